"""Painted pictures: the patient as each station sees them, and sprites of assets/art, loaded once."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Final, NamedTuple

import pygame

from game.ui.files import asset


class Body(NamedTuple):
    """What of the patient can be seen from every side: the state that a backdrop is painted in."""

    woman: bool = False
    awake: bool = False
    mottled: bool = False
    pads: bool = False
    device: str = ""
    """What is in the mouth or over it: mask, sga, tube, or nothing."""
    lines: tuple[str, ...] = ()
    """Sites of lines that are open: iv_left and iv_right show."""


STILL: Final = Body()
LINES: Final = {"iv_left": "line-left", "iv_right": "line-right"}
STAGES_KEPT: Final = 6
DRAWN_OUT: Final = 60
STAGE_TOP: Final = 60
"""Where a stage begins on the canvas."""


@lru_cache(maxsize=STAGES_KEPT)
def stage(name: str, body: Body = STILL) -> pygame.Surface:
    """The backdrop of a station (compressor, airway, meds, leader_nocrew, shock_nocrew) with a patient in it.

    Composed once for each state of the body; a layer that the station's camera does not see is left out.
    """
    made = _picture(f"stage_{name}.jpg").copy()
    for layer in _layers(body):
        if place := place_of(f"stage_{name}-{layer}"):
            made.blit(_layer(f"stage_{name}-{layer}"), place)
    return made


def _layers(body: Body) -> list[str]:
    """What lies over the plain patient, lowest first."""
    sex = "woman-" if body.woman else ""
    found = ["woman"] if body.woman else []
    found += [f"{sex}awake"] if body.awake else []
    found += ["mottle"] if body.mottled else []
    found += ["pads"] if body.pads else []
    found += [LINES[site] for site in body.lines if site in LINES]
    return [*found, body.device] if body.device else found


@cache
def _places() -> dict[str, tuple[int, int]]:
    read: dict[str, list[int]] = json.loads(asset("art", "stages.json").read_text("utf-8"))
    return {name: (place[0], place[1]) for name, place in read.items()}


def place_of(name: str) -> tuple[int, int] | None:
    """Where on its stage a baked piece lies (the stage itself begins at 0,60); None for one that is not there."""
    return _places().get(name)


def lay(surface: pygame.Surface, name: str, dx: int = 0, dy: int = 0) -> None:
    """Blits a baked piece at its place on the canvas, moved by some pixels; nothing where it was baked for no place."""
    if place := place_of(name):
        surface.blit(sprite(name), (place[0] + dx, place[1] + STAGE_TOP + dy))


def _layer(name: str) -> pygame.Surface:
    return _picture(f"{name}.jpg") if _is_patch(name) else sprite(name)


def _is_patch(name: str) -> bool:
    return name.endswith(("woman", "awake"))


@cache
def _picture(file: str) -> pygame.Surface:
    return _ready(pygame.image.load(str(asset("art", file))), alpha=False)


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


@cache
def arms() -> pygame.Surface:
    """The compressor's arms with their last row drawn out, so that they never end before the edge they come from."""
    drawn = sprite("compressor_hands_arms")
    wide, high = drawn.get_size()
    made = pygame.Surface((wide, high + DRAWN_OUT), pygame.SRCALPHA)
    made.blit(drawn, (0, 0))
    made.blit(pygame.transform.scale(drawn.subsurface((0, high - 2, wide, 1)), (wide, DRAWN_OUT + 2)), (0, high - 2))
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
