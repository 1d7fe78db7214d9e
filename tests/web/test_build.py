"""What the build makes: everything a browser needs, from here alone, within its budget."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from server.front.site import Site
from web import build


@pytest.fixture(scope="module")
def manifest(site_folder: Path) -> dict[str, list[dict[str, object]]]:
    loaded: dict[str, list[dict[str, object]]] = json.loads((site_folder / "manifest.json").read_text("utf-8"))
    return loaded


def archive(site_folder: Path) -> zipfile.ZipFile:
    (path,) = site_folder.glob("*.apk")
    return zipfile.ZipFile(path)


def test_the_front_can_serve_it(site_folder: Path) -> None:
    site = Site.load(site_folder)
    assert "/index.html" in site.assets
    assert site.index.cache_control == "no-cache"


def test_the_page_names_only_files_of_the_site(site_folder: Path) -> None:
    html = (site_folder / "index.html").read_text("utf-8")
    names = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert names
    assert all((site_folder / name.lstrip("/")).exists() for name in names)
    assert "{{" not in html
    assert "@" not in re.sub(r'"[^"]*@[^"]*"', "", html)


def test_only_the_page_may_change_under_its_name(manifest: dict[str, list[dict[str, object]]]) -> None:
    for row in manifest["files"]:
        hashed = re.search(r"-[0-9a-f]{12}[/.]", str(row["path"]))
        assert row["cache"] == ("immutable" if hashed else "revalidate")


def test_the_first_load_is_within_its_budget(manifest: dict[str, list[dict[str, object]]]) -> None:
    def gzipped(row: dict[str, object]) -> int:
        sizes = row["bytes"]
        assert isinstance(sizes, dict)
        return int(sizes["gzip"] if "gzip" in sizes else sizes["identity"])

    total = sum(gzipped(row) for row in manifest["files"])
    join = sum(gzipped(row) for row in manifest["files"] if str(row["path"]).startswith(("page-", "index.html")))
    assert total <= 9_000_000
    assert join <= 200_000


def test_the_bundle_holds_the_client_and_nothing_of_the_server(site_folder: Path) -> None:
    names = archive(site_folder).namelist()
    tops = {name.split("/")[1] for name in names}
    assert tops == {"main.py", "game", "levels", "assets", "msgpack"}
    assert "assets/game/sim/patient.pyc" in names
    assert "assets/msgpack/fallback.pyc" in names
    assert "assets/msgpack/COPYING" in names
    assert not [name for name in names if "desktop" in name or "__pycache__" in name]


def test_equal_inputs_give_equal_bytes(site_folder: Path) -> None:
    assert all(entry.date_time == (2020, 1, 1, 0, 0, 0) for entry in archive(site_folder).infolist())


def test_unchanged_inputs_build_nothing(site_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site_folder.exists()
    monkeypatch.setattr(build, "fingerprint", build.built_from)
    monkeypatch.setattr(build, "pack", pytest.fail)
    assert build.main([]) == 0


def test_the_wheel_is_the_one_of_known_origin(root: Path, site_folder: Path) -> None:
    expected, name = (root / "web" / "runtime" / "SHA256SUMS").read_text("utf-8").split()
    (served,) = site_folder.glob(f"runtime-*/{name}")
    assert hashlib.sha256(served.read_bytes()).hexdigest() == expected
    (lock,) = site_folder.glob("runtime-*/pyodide-lock.json")
    (package,) = json.loads(lock.read_text("utf-8"))["packages"].values()
    assert (package["file_name"], package["sha256"]) == (name, expected)


def test_the_npm_lock_pins_one_package_and_names_no_host(root: Path) -> None:
    lock = (root / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert json.loads((root / "package.json").read_text("utf-8"))["dependencies"] == {"pyodide": "0.29.5"}
    assert json.loads(lock)["packages"]["node_modules/pyodide"]["version"] == "0.29.5"
    assert "omit-lockfile-registry-resolved=true" in (root / ".npmrc").read_text("utf-8")


def test_a_missing_runtime_is_named_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "PYODIDE", tmp_path)
    with pytest.raises(build.BuildError, match="npm ci --ignore-scripts"):
        build.check_tools()


def test_the_bundles_own_python_runs_the_pure_core(root: Path, site_folder: Path, tmp_path: Path) -> None:
    assert site_folder.exists()
    script = tmp_path / "core.py"
    script.write_text("import sys, game.room.fold, game.wire.codec\nprint(sys.platform, *sys.argv[1:])\n", "utf-8")
    done = subprocess.run(
        ["node", str(root / "web" / "node" / "run_python.mjs"), script.name, "one", "two"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "emscripten one two\n"), done.stderr
