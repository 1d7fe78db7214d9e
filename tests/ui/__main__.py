"""Renders every player screen at its fixed state, without a window: `python -m tests.ui --help`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Final

import pygame

from tests.ui.film import film
from tests.ui.gallery import SHOTS, render
from tests.ui.golden import keep
from tests.ui.keyspage import PAGE, text

OUT: Final = Path(__file__).resolve().parents[2] / "build" / "screens"


def main(arguments: list[str] | None = None) -> int:
    """Writes NAME.png for each screen and, where its design is at hand, NAME-beside.png; 2 for a name there is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui", description="Render player screens to PNG.")
    parser.add_argument("names", metavar="NAME", nargs="*", help="which screens (default: all)")
    parser.add_argument("--list", action="store_true", help="name the screens and stop")
    parser.add_argument("--out", metavar="DIR", type=Path, default=OUT, help="%(default)s")
    parser.add_argument(
        "--designs",
        metavar="DIR",
        type=Path,
        help="a folder with the design's sheets: each screen is tiled over its own",
    )
    parser.add_argument("--golden", action="store_true", help="renew the small pictures that the golden tests compare")
    parser.add_argument("--film", metavar="DIR", type=Path, help="write the film of the four seats there, and stop")
    parser.add_argument("--keys", action="store_true", help="write the page of all keys, and stop")
    asked = parser.parse_args(arguments)
    if asked.list:
        print("\n".join(SHOTS))
        return 0
    if asked.keys:
        PAGE.write_text(text(), encoding="utf-8")
        return 0
    if unknown := [name for name in asked.names if name not in SHOTS]:
        parser.error(f"there is no screen {unknown[0]!r}: --list names them")
    os.environ |= {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    pygame.display.init()
    pygame.font.init()
    if asked.film:
        film(asked.film)
        return 0
    asked.out.mkdir(parents=True, exist_ok=True)
    names = asked.names or list(SHOTS)
    for number, name in enumerate(names, 1):
        shot = SHOTS[name]
        picture = render(shot)
        pygame.image.save(picture, asked.out / f"{name}.png")
        if asked.golden:
            keep(name, picture)
        design = asked.designs / f"{shot.design}.png" if asked.designs and shot.design else None
        if design and design.is_file():
            _tile(picture, pygame.image.load(design), asked.out / f"{name}-beside.png")
        print(f"[{number}/{len(names)}] {asked.out / name}.png")
    return 0


def _tile(picture: pygame.Surface, design: pygame.Surface, file: Path) -> None:
    """The screen above, its design below."""
    wide = max(picture.get_width(), design.get_width())
    tiled = pygame.Surface((wide, picture.get_height() + design.get_height()))
    tiled.blit(picture, (0, 0))
    tiled.blit(design, (0, picture.get_height()))
    pygame.image.save(tiled, file)


if __name__ == "__main__":
    sys.exit(main())
