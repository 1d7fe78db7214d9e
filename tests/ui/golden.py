"""Small pictures of every screen as it was last approved, kept beside the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pygame

FOLDER: Final = Path(__file__).with_name("golden")
SHRINK: Final = 8
"""One golden pixel is the mean of a square of this many pixels: text may move by a hair, furniture may not."""
FAR: Final = 24
"""Of 255 in any channel: golden pixels that are further off have changed."""


def small(picture: pygame.Surface) -> pygame.Surface:
    """The picture as the mean of its squares."""
    size = (picture.get_width() // SHRINK, picture.get_height() // SHRINK)
    plain = picture.convert(24) if picture.get_bitsize() != 24 else picture
    return pygame.transform.smoothscale(plain, size)


def keep(name: str, picture: pygame.Surface) -> None:
    """Makes this the picture that later ones are compared with."""
    FOLDER.mkdir(exist_ok=True)
    pygame.image.save(small(picture), FOLDER / f"{name}.png")


def changed(name: str, picture: pygame.Surface) -> float:
    """The share of golden pixels that have changed, 0 to 1; 1 where the size has. Raises FileNotFoundError."""
    kept, now = pygame.image.load(FOLDER / f"{name}.png"), small(picture)
    if kept.get_size() != now.get_size():
        return 1.0
    one, other = pygame.image.tobytes(kept, "RGB"), pygame.image.tobytes(now, "RGB")
    far = sum(
        any(abs(one[at + channel] - other[at + channel]) > FAR for channel in range(3)) for at in range(0, len(one), 3)
    )
    return far / (len(one) // 3)
