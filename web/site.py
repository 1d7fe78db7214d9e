"""The site folder: content-hashed names, copies compressed ahead of time, and the manifest that the front serves from.

Files that must keep their names (Pyodide asks for them by name, modules import each other) share a folder whose name
carries the hash of all of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import brotli

HASH_CHARS: Final = 12
WORTH_IT: Final = 0.95
"""A compressed copy is kept only if it is at most this share of the original."""

CONTENT_TYPES: Final[dict[str, str]] = {
    ".apk": "application/zip",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".wav": "audio/wav",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}


def _brotli(data: bytes) -> bytes:
    compressed: bytes = brotli.compress(data, quality=11)
    return compressed


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=9, mtime=0)


ENCODERS: Final[dict[str, tuple[str, Callable[[bytes], bytes]]]] = {"br": (".br", _brotli), "gzip": (".gz", _gzip)}


@dataclass(frozen=True, slots=True)
class File:
    """A row of the manifest. `bytes` holds the size in each encoding, `identity` being the file itself."""

    path: str
    type: str
    cache: str
    """immutable or revalidate."""
    encodings: list[str]
    bytes: dict[str, int]

    def size(self, encoding: str) -> int:
        """Bytes on the wire for a browser that takes `encoding`."""
        return self.bytes.get(encoding, self.bytes["identity"])


def digest(files: Mapping[str, bytes]) -> str:
    """One hash for a set of named files."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()[:HASH_CHARS]


@dataclass(slots=True)
class Site:
    """Collects the files of a site in `folder`; `cache` keeps compressed copies between builds, by content."""

    folder: Path
    cache: Path
    say: Callable[[str], None]
    files: list[File] = field(default_factory=list)

    def add_folder(self, name: str, files: Mapping[str, bytes]) -> str:
        """Add files that refer to each other by name; returns their folder's URL path, which ends in a slash."""
        folder = f"{name}-{digest(files)}"
        for path, data in sorted(files.items()):
            self._add(f"{folder}/{path}", data, "immutable")
        return f"/{folder}/"

    def add_file(self, name: str, data: bytes) -> str:
        """Add one file under a name with its hash; returns its URL path."""
        stem, dot, suffix = name.rpartition(".")
        path = f"{stem}-{digest({name: data})}{dot}{suffix}"
        self._add(path, data, "immutable")
        return f"/{path}"

    def add_page(self, name: str, data: bytes) -> None:
        """Add a file that keeps its name, and is therefore asked for again at each visit."""
        self._add(name, data, "revalidate")

    def total(self, encoding: str, prefix: str = "") -> int:
        """Bytes on the wire of all files whose path begins with `prefix`."""
        return sum(file.size(encoding) for file in self.files if file.path.startswith(prefix))

    def write_manifest(self, **facts: str | int) -> None:
        """Write manifest.json: one row a file, and `facts` about the build."""
        manifest = {**facts, "files": [asdict(file) for file in self.files]}
        (self.folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")

    def _add(self, path: str, data: bytes, cache: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sizes = {"identity": len(data)}
        for encoding, (suffix, encode) in ENCODERS.items():
            compressed = self._compressed(path, data, suffix, encode)
            if len(compressed) <= len(data) * WORTH_IT:
                sizes[encoding] = len(compressed)
                target.with_name(target.name + suffix).write_bytes(compressed)
        encodings = [name for name in ENCODERS if name in sizes]
        self.files.append(File(path, CONTENT_TYPES[target.suffix], cache, encodings, sizes))

    def _compressed(self, path: str, data: bytes, suffix: str, encode: Callable[[bytes], bytes]) -> bytes:
        kept = self.cache / (hashlib.sha256(data).hexdigest() + suffix)
        if not kept.exists():
            if len(data) > 1_000_000:
                patience = "up to a minute, the first time only" if suffix == ".br" else "a moment"
                self.say(f"compressing {path} ({suffix}, {len(data) / 1e6:.1f} MB): {patience}")
            self.cache.mkdir(parents=True, exist_ok=True)
            kept.with_suffix(".part").write_bytes(encode(data))
            kept.with_suffix(".part").rename(kept)
        return kept.read_bytes()


def replace_folder(new: Path, old: Path) -> None:
    """Put a finished folder in the place of the old one."""
    shutil.rmtree(old, ignore_errors=True)
    new.rename(old)
