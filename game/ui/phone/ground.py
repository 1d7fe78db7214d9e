"""The station's backdrop on a phone's stage: the same picture, nearer or further, with its focus in another place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import art
from game.ui.board import Board
from game.ui.theme import INK

if TYPE_CHECKING:
    from game.ui.phone.places import Places

FLOOR: Final = "#0F1922"
STAGE_Y: Final = 60
"""Where a stage picture begins on the canvas it was painted for."""
DUSK: Final = 220
DUSK_PX: Final = 230
"""Of 255: how dark the edges are, under the panels."""


class Camera(NamedTuple):
    """How a station is looked at: the point of its own canvas that is in focus, how near, and where that lies here."""

    stage: str
    focus: tuple[int, int]
    scale: float
    centre: tuple[int, int]


@lru_cache(maxsize=6)
def ground(camera: Camera, size: tuple[int, int], body: art.Body = art.STILL) -> pygame.Surface:
    """The stage through a camera, on a canvas of `size`."""
    picture = art.stage(camera.stage, body)
    wide, high = (round(side * camera.scale) for side in picture.get_size())
    near = pygame.transform.smoothscale(picture, (wide, high))
    canvas = pygame.Surface(size)
    canvas.fill(FLOOR)
    x, y = place_of(camera, (0, STAGE_Y))
    canvas.blit(near, (x, y))
    if x > 0:
        canvas.blit(pygame.transform.scale(near.subsurface((0, 0, 1, high)), (x, high)), (0, y))
    if x + wide < size[0]:
        edge = near.subsurface((wide - 1, 0, 1, high))
        canvas.blit(pygame.transform.scale(edge, (size[0] - x - wide, high)), (x + wide, y))
    for column in range(DUSK_PX):
        shade = pygame.Color(INK)
        shade.a = round(DUSK * (1 - column / DUSK_PX))
        strip = pygame.Surface((1, size[1]), pygame.SRCALPHA)
        strip.fill(shade)
        canvas.blit(strip, (column, 0))
        canvas.blit(strip, (size[0] - 1 - column, 0))
    return canvas


def place_of(camera: Camera, point: tuple[float, float]) -> tuple[int, int]:
    """Where a point of the station's own canvas lies here."""
    return (
        round(camera.centre[0] + (point[0] - camera.focus[0]) * camera.scale),
        round(camera.centre[1] + (point[1] - camera.focus[1]) * camera.scale),
    )


class Ground:
    """A board over the backdrop of the moment: it changes with what can be seen of the patient."""

    def __init__(self, camera: Camera, places: Places) -> None:
        self.camera = camera
        self._places = places
        self._body = art.STILL
        self.board = Board(ground(camera, places.size))

    def show_body(self, body: art.Body) -> bool:
        """Takes the state of the patient; True if the board is a new one."""
        if body == self._body:
            return False
        self._body = body
        self.board = Board(ground(self.camera, self._places.size, body))
        return True
