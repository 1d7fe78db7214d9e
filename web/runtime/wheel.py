"""Packs pygame-ce's Python files and its WebAssembly module into a wheel that is the same, bit for bit, every time.

usage: wheel.py PYGAME_SOURCE MODULE_SO TAG OUTDIR        (TAG: python-abi-platform)
"""

import base64
import hashlib
import sys
import tomllib
import zipfile
from pathlib import Path

SKIPPED_FOLDERS = {"__pyinstaller", "__briefcase", "__pycache__"}
SKIPPED_NAMES = {"meson.build", "macosx.py", "pygame_icon_mac.bmp", "_sdl3_mixer.py", "_audio.py"}
SKIPPED_SUFFIXES = {".pyc", ".svg", ".icns", ".ico", ".pyi"}
ZIP_EPOCH = (2020, 1, 1, 0, 0, 0)


def python_files(source: Path) -> dict[str, bytes]:
    """Everything below src_py that a browser can use, by its name in the wheel."""
    base = source / "src_py"
    wanted = {
        path
        for path in base.rglob("*")
        if path.is_file()
        and not set(path.relative_to(base).parts) & SKIPPED_FOLDERS
        and path.name not in SKIPPED_NAMES
        and path.suffix not in SKIPPED_SUFFIXES
    }
    return {f"pygame/{path.relative_to(base).as_posix()}": path.read_bytes() for path in sorted(wanted)}


def metadata_files(source: Path, folder: str, tag: str) -> dict[str, bytes]:
    """METADATA, WHEEL and the licence."""
    wheel = f"Wheel-Version: 1.0\nGenerator: runtime-build\nRoot-Is-Purelib: false\nTag: {tag}\n"
    files = {f"{folder}/METADATA": (source / "PKG-INFO").read_bytes(), f"{folder}/WHEEL": wheel.encode()}
    for name in ("LICENSE", "docs/LGPL.txt", "docs/LGPL"):
        if (source / name).is_file():
            files[f"{folder}/licenses/{Path(name).name}"] = (source / name).read_bytes()
    return files


def record(files: dict[str, bytes], folder: str) -> bytes:
    """The RECORD file: each file's hash and size."""
    lines = []
    for name, data in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}\n")
    return "".join([*lines, f"{folder}/RECORD,,\n"]).encode()


def main(source_name: str, module: str, tag: str, out: str) -> None:
    """Write OUTDIR/pygame_ce-VERSION-TAG.whl."""
    source = Path(source_name)
    version = tomllib.loads((source / "pyproject.toml").read_text())["project"]["version"]
    folder = f"pygame_ce-{version}.dist-info"
    files = python_files(source)
    files[f"pygame/{Path(module).name}"] = Path(module).read_bytes()
    files |= metadata_files(source, folder, tag)
    files[f"{folder}/RECORD"] = record(files, folder)
    target = Path(out) / f"pygame_ce-{version}-{tag}.whl"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    print(f"   {target.name}: {target.stat().st_size} bytes, {len(files)} files")


if __name__ == "__main__":
    main(*sys.argv[1:])
