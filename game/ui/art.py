"""Painted pictures: station backdrops and sprites of assets/art, loaded once."""

from __future__ import annotations

from functools import cache

import pygame

from game.ui.files import asset


@cache
def stage(name: str) -> pygame.Surface:
    """The backdrop of a station: compressor, airway, meds, leader_nocrew, shock_nocrew."""
    return _ready(pygame.image.load(str(asset("art", f"stage_{name}.jpg"))), alpha=False)


@cache
def sprite(name: str) -> pygame.Surface:
    """A picture with alpha, as drawn."""
    return _ready(pygame.image.load(str(asset("art", f"{name}.png"))), alpha=True)


@cache
def turned(name: str, degrees: int, percent: int, shorter: int = 0) -> pygame.Surface:
    """A sprite turned clockwise and scaled about its middle, baked once; `shorter` takes pixels from the arms."""
    drawn = sprite(name)
    return pygame.transform.rotozoom(_shorten(drawn, shorter) if shorter else drawn, -degrees, percent / 100)


def _shorten(drawn: pygame.Surface, pixels: int) -> pygame.Surface:
    """A reaching person with shorter arms: hands and body as they are, what lies between pressed together."""
    wide, high = drawn.get_size()
    hands, body = 40, high - 70
    made = pygame.Surface((wide, high), pygame.SRCALPHA)
    arms = drawn.subsurface((0, hands, wide, body - hands))
    made.blit(pygame.transform.smoothscale(arms, (wide, body - hands - pixels)), (0, hands + pixels))
    made.blit(drawn, (0, pixels), (0, 0, wide, hands))
    made.blit(drawn, (0, body), (0, body, wide, high - body))
    return made


def _ready(picture: pygame.Surface, *, alpha: bool) -> pygame.Surface:
    if not pygame.display.get_surface():
        return picture
    return picture.convert_alpha() if alpha else picture.convert()


def quick(picture: pygame.Surface) -> pygame.Surface:
    """The picture run-length encoded: its clear parts cost nothing. Not for pictures that are painted on again."""
    picture.set_alpha(255, pygame.RLEACCEL)
    return picture


@cache
def faded(name: str, steps: int) -> tuple[pygame.Surface, ...]:
    """A sprite at 0 to `steps` of its opacity, baked once."""
    made = []
    for step in range(steps + 1):
        picture = sprite(name).copy()
        picture.fill((255, 255, 255, 255 * step // steps), special_flags=pygame.BLEND_RGBA_MULT)
        made.append(quick(picture))
    return tuple(made)
