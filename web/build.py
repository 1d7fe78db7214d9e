"""Builds the site that the server serves: `python -m web.build` packs the client with pygbag into build/web.

Needs `npm ci --ignore-scripts` and the development requirements, and no network. A second run with unchanged inputs
does nothing; changed inputs compress only what changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any, Final

from server.authority.directory import playable
from server.authority.library import load_library
from web import sounds
from web.site import Site, digest, replace_folder

ROOT: Final = Path(__file__).resolve().parents[1]
WEB: Final = ROOT / "web"
BUILD: Final = ROOT / "build"
SITE: Final = BUILD / "web"
PYODIDE: Final = ROOT / "node_modules" / "pyodide"
STDLIB: Final = "python_stdlib.zip"
RUNTIME_FILES: Final = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", STDLIB)

TITLE: Final = "Resus Crew"
APP: Final = "resus-crew"
SIZE: Final = (1280, 720)

FIRST_LOAD_BYTES: Final = 9_000_000
"""Everything a browser fetches before the first frame, as sent with gzip (browsers take brotli only over https)."""
JOIN_PAGE_BYTES: Final = 200_000
"""What it fetches before one can join."""

DESKTOP_ONLY: Final = {"game/main.py", "game/__main__.py", "game/platform_desktop.py", "game/net/desktop.py"}
"""Not in the bundle's `game/`; main.py goes to the top, where pygbag looks for it."""
MSGPACK_FILES: Final = ("__init__.py", "exceptions.py", "ext.py", "fallback.py")


class BuildError(Exception):
    """The build cannot go on; the message says what is missing and how to get it."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"web: {text}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build unless everything is up to date; 0 on success."""
    parser = argparse.ArgumentParser(prog="python -m web.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    options = parser.parse_args(arguments)
    try:
        check_tools()
        inputs = fingerprint()
        if not options.force and built_from() == inputs:
            say("the client is up to date")
            return 0
        build(inputs)
    except BuildError as error:
        print(f"web: {error}", file=sys.stderr)
        return 1
    return 0


def check_tools() -> None:
    """Raise BuildError unless the pinned Pyodide is there."""
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
    package = PYODIDE / "package.json"
    if not package.exists() or json.loads(package.read_text("utf-8"))["version"] != wanted:
        raise BuildError(f"Pyodide {wanted} is not installed. Get it with: npm ci --ignore-scripts")
    if shutil.which("node") is None:
        raise BuildError(
            "node is not installed. Get it with your system's packages, on Debian: apt-get install nodejs npm"
        )


def bundled_files() -> Iterator[tuple[str, Path]]:
    """What goes into the bundle: (name inside, file)."""
    yield "main.py", ROOT / "game" / "main.py"
    for top in ("game", "levels", "assets"):
        for path in sorted((ROOT / top).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in path.parts and name not in DESKTOP_ONLY:
                yield name, path
    msgpack = Distribution.from_name("msgpack")
    for file in msgpack.files or ():
        if file.parent.name == "msgpack" and file.name in MSGPACK_FILES:
            yield f"msgpack/{file.name}", Path(str(msgpack.locate_file(file)))
        if file.name == "COPYING":
            yield "msgpack/COPYING", Path(str(msgpack.locate_file(file)))


def page_files() -> dict[str, bytes]:
    """Scripts, styles, fonts and pictures of the page, by their names in its folder."""
    base = WEB / "page"
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in sorted(base.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    } | {"offer.json": offer()}


def offer() -> bytes:
    """What the page can play without a server, as its API would say it, with the words of each case."""
    library = load_library(ROOT / "levels")
    told: dict[str, Any] = asdict(playable(library))
    for level in told["levels"]:
        level["briefs"] = {form: library.levels[form].brief for form in level["forms"]}
    return json.dumps(told, ensure_ascii=False).encode()


def wheel() -> Path:
    """The pygame-ce wheel that web/runtime/build.sh makes; raises BuildError if its hash is not the known one."""
    expected, name = (WEB / "runtime" / "SHA256SUMS").read_text("utf-8").split()
    path = WEB / "runtime" / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise BuildError(f"{path.relative_to(ROOT)} is damaged: its SHA-256 is not the one in SHA256SUMS")
    return path


def fingerprint() -> str:
    """A hash over every input of the build."""
    files = dict(bundled_files())
    files |= {f"web/{path.name}": path for path in (*WEB.glob("*.py"), WEB / "page.tmpl", WEB / "icon.png")}
    contents = {name: path.read_bytes() for name, path in files.items()}
    contents |= {f"page/{name}": data for name, data in page_files().items()}
    contents |= {"wheel": wheel().read_bytes(), "pyodide": (PYODIDE / "package.json").read_bytes()}
    return digest(contents)


def built_from() -> str | None:
    """The fingerprint of the inputs of the site there is, None if there is none."""
    try:
        inputs: str = json.loads((SITE / "manifest.json").read_text("utf-8"))["inputs"]
    except (OSError, ValueError, KeyError):
        return None
    return inputs


def build(inputs: str) -> None:
    """Make the site anew."""
    started = time.monotonic()
    say("packing game, levels and assets with pygbag")
    packed = pack()
    fresh = BUILD / "web.new"
    shutil.rmtree(fresh, ignore_errors=True)
    site = Site(fresh, BUILD / "cache", say)
    page = site.add_folder("page", page_files())
    runtime = site.add_folder("runtime", runtime_files())
    played = site.add_folder("sounds", sounds.files())
    app = site.add_file(f"{APP}.apk", packed.archive)
    icon = site.add_file("icon.png", packed.icon)
    build_id = digest(
        {"page": page.encode(), "runtime": runtime.encode(), "app": app.encode(), "sounds": played.encode()}
    )
    modules = "\n".join(f'<link rel="modulepreload" href="{page}{name}">' for name in scripts())
    marks = {
        "@PAGE@": page,
        "@RUNTIME@": runtime,
        "@APP@": app,
        "@SOUNDS@": played,
        "@ICON@": icon,
        "@BUILD@": build_id,
        "@MODULES@": modules,
    }
    html = packed.index
    for mark, value in marks.items():
        html = html.replace(mark, value)
    site.add_page("index.html", html.encode())
    site.write_manifest(inputs=inputs, build=build_id)
    report(site)
    replace_folder(fresh, SITE)
    say(f"built {SITE.relative_to(ROOT)} in {time.monotonic() - started:.0f} s")


@dataclass(frozen=True, slots=True)
class Packed:
    """What pygbag made of the staging copy."""

    archive: bytes
    index: str
    icon: bytes


def pack() -> Packed:
    """Run pygbag over a staging copy: it writes into the folder it packs, and may reformat sources there."""
    stage = BUILD / "stage" / APP
    shutil.rmtree(stage, ignore_errors=True)
    for name, path in bundled_files():
        target = stage / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    width, height = SIZE
    command = [sys.executable, "-m", "pygbag", "--build", "--no_opt", "--title", TITLE]
    command += ["--width", str(width), "--height", str(height)]
    # Without both of these pygbag would look for them on its own server.
    command += ["--template", str(WEB / "page.tmpl"), "--icon", str(WEB / "icon.png"), str(stage)]
    done = subprocess.run(command, cwd=stage.parent, capture_output=True, text=True, check=False)
    made = stage / "build" / "web"
    if done.returncode != 0 or not (made / "index.html").exists():
        raise BuildError(f"pygbag failed:\n{done.stdout}\n{done.stderr}")
    archive = precompiled("app", (made / f"{APP}.apk").read_bytes())
    return Packed(archive, (made / "index.html").read_text("utf-8"), (made / "favicon.png").read_bytes())


def precompiled(kind: str, archive: bytes) -> bytes:
    """A zip with its Python compiled by the browser's interpreter (web/precompile.py), from the cache if possible."""
    folder = BUILD / "precompile"
    folder.mkdir(parents=True, exist_ok=True)
    script = Path(shutil.copy(WEB / "precompile.py", folder))
    key = digest({"kind": kind.encode(), "archive": archive, "script": script.read_bytes()})
    kept = BUILD / "cache" / f"{kind}-{key}.zip"
    if not kept.exists():
        say(f"compiling the Python of the {kind} archive")
        (folder / "in.zip").write_bytes(archive)
        command = ["node", str(WEB / "node" / "run_python.mjs"), "--bare", script.name, kind, "in.zip", "out.zip"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildError(f"compiling the {kind} archive failed:\n{done.stdout}\n{done.stderr}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        (folder / "out.zip").rename(kept)
    return kept.read_bytes()


def scripts() -> list[str]:
    """The page's modules, for the browser to fetch at once instead of one after the other."""
    return [name for name in page_files() if name.endswith(".js") and name not in {"check.js", "beat.js"}]


def runtime_files() -> dict[str, bytes]:
    """Pyodide, the wheel, and a lock file that knows this one package only."""
    files = {name: (PYODIDE / name).read_bytes() for name in RUNTIME_FILES}
    files[STDLIB] = precompiled("stdlib", files[STDLIB])
    path = wheel()
    data = path.read_bytes()
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = {
        "pygame-ce": {
            "name": "pygame-ce",
            "version": path.name.split("-")[1],
            "file_name": path.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(data).hexdigest(),
            "package_type": "package",
            "imports": ["pygame"],
            "depends": [],
            "unvendored_tests": False,
        }
    }
    return files | {path.name: data, "pyodide-lock.json": json.dumps(lock).encode()}


def report(site: Site) -> None:
    """Print the sizes; raise BuildError if a budget is exceeded."""
    for file in sorted(site.files, key=lambda file: -file.size("gzip"))[:8]:
        print(f"     {file.size('gzip') / 1e6:6.2f} MB  {file.path}")
    join = site.total("gzip", "page-") + site.total("gzip", "index.html")
    first, first_br = site.total("gzip"), site.total("br")
    say(f"join page {join / 1e3:.0f} kB, first load {first / 1e6:.2f} MB with gzip, {first_br / 1e6:.2f} with brotli")
    if first > FIRST_LOAD_BYTES or join > JOIN_PAGE_BYTES:
        raise BuildError(f"over budget: join page {JOIN_PAGE_BYTES} bytes, first load {FIRST_LOAD_BYTES} bytes")


if __name__ == "__main__":
    # pygbag prints box-drawing signs, whatever the terminal's encoding.
    os.environ.setdefault("PYTHONUTF8", "1")
    sys.exit(main())
