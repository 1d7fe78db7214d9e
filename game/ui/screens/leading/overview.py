"""The overview: the patient from the foot of the bed, and who has hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Role, Station
from game.ui import art, frame, shapes
from game.ui.theme import (
    LIVERY,
    livery,
)
from game.ui.widgets.crew import hand_tag
from game.ui.words import say

if TYPE_CHECKING:
    from game.ui.screen import Model


STAGE: Final = pygame.Rect(388, 60, 428, 392)


class Figure(NamedTuple):
    """A crew sprite on the overview: art, place, turn and where its tag lies."""

    station: Station
    place: tuple[float, float]
    turn: int
    tag: tuple[int, int]
    shorter: int = 0
    """Pixels that the reach is too long for where this person stands."""


SCALE: Final = 62
"""Per cent: the overview's camera."""
CENTRE: Final = (602, 262)
FIGURES: Final = (
    Figure(Station.CHEST, (-172, -4), 90, (400, 292)),
    Figure(Station.AIRWAY, (0, -268), 180, (626, 72), 62),
    Figure(Station.CART, (172, 96), -78, (694, 342), 70),
)
PULSE_REACH: Final = 84
"""What is off the arms of somebody who feels a pulse: hands at the side, not on the breastbone."""
ORIGIN: Final = {"reach": (0.0, -81.0), "hands_up": (0.0, -11.0)}
"""From a sprite's own origin to its middle, in its own units."""


def paint_crew(surface: pygame.Surface, model: Model, shift: tuple[int, int] = (0, 0)) -> None:
    """Sprites and tags: hands on or off, and no more; `shift` is where another picture has the patient."""
    beating = model.view.check.pulse == "felt"
    for figure in FIGURES:
        held = frame.seated(model, figure.station)
        person = frame.people(model)[held.seat] if held.seat >= 0 else None
        on = bool(person and person.hands_on)
        role = {Station.CHEST: Role.COMPRESSOR, Station.AIRWAY: Role.AIRWAY}.get(figure.station, Role.MEDS)
        pose = "reach" if on else "hands_up"
        shorter = PULSE_REACH if beating and figure.station is Station.CHEST else figure.shorter
        picture = art.turned(f"crew_{LIVERY[role].art}_{pose}", figure.turn, SCALE, shorter if on else 0)
        away = pygame.Vector2(ORIGIN[pose]).rotate(figure.turn) * SCALE / 100
        place = (CENTRE[0] + figure.place[0] * SCALE / 100, CENTRE[1] + figure.place[1] * SCALE / 100)
        shapes.put(surface, picture, (place[0] + away.x + shift[0], place[1] + away.y + shift[1]))
    for figure in FIGURES:
        held = frame.seated(model, figure.station)
        on = held.seat >= 0 and frame.people(model)[held.seat].hands_on
        words = say("frame.hands_on" if on else "frame.hands_off")
        tag = (figure.tag[0] + shift[0], figure.tag[1] + shift[1])
        hand_tag(surface, tag, livery(figure.station), words, on=on)
