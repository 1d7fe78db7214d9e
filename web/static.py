"""Practice as a folder that any web host can carry: `python -m web.static` makes build/static from build/web.

The same files with relative addresses, and a page that asks no server: it offers practice alone.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

from web import build
from web.site import replace_folder

FOLDER: Final = build.BUILD / "static"
ALONE: Final = ' data-alone="yes"'


def main() -> int:
    """Make the client if need be, and the folder; 0 on success."""
    if done := build.main([]):
        return done
    make(build.SITE, FOLDER)
    build.say(f"made {FOLDER.relative_to(build.ROOT)}: put its contents anywhere on a web host, in any folder")
    return 0


def make(site: Path, folder: Path) -> None:
    """Copies a built site to `folder`, to be served from any path. Compressing is the host's own business."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    paths = [row["path"] for row in json.loads((site / "manifest.json").read_text("utf-8"))["files"]]
    for path in paths:
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path, fresh / path)
    index = fresh / "index.html"
    html = index.read_text("utf-8")
    for name in {path.partition("/")[0] for path in paths}:
        html = html.replace(f'"/{name}', f'"{name}')
    index.write_text(html.replace("<body", f"<body{ALONE}", 1), "utf-8")
    replace_folder(fresh, folder)


if __name__ == "__main__":
    sys.exit(main())
