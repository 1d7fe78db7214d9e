"""The head of the bed in pictures: the patient, both own hands and what they hold, and whoever pushes the chest."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import art, patient

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.board import Board
    from game.ui.screen import Model


HANDS: Final = pygame.Rect(240, 170, 690, 468)
"""All that moves with a squeeze, and what it lies on."""
BAG: Final = pygame.Rect(632, 250, 290, 330)
"""Where bag and squeezing hand are pressed."""
CHEST: Final = pygame.Rect(300, 60, 648, 150)
"""The chest as it rises, and the hands that push it."""

DRAWN_IN_PX: Final = 12
"""How far the hand closes on a full squeeze."""
CLOSED_SHARE: Final = 0.26
"""How much thinner the bag is then."""
RISE_STEPS: Final = 6

PUSHING: Final = (566, 70)
HOVERING: Final = (640, 86)
"""Where the hands of the compressor lie, and where they wait in a pause."""
SINKS_PX: Final = 9
DOWN_MS: Final = 300
"""How far they move with a push, and for how long after it began: the coach sees the rate."""
NEAR: Final = 1.05
MID_TO_HEEL: Final = 130
"""From the heel of the hands to the middle of the sprite of both arms."""
WAITS_MS: Final = 12_000
"""A pause longer than this is no pause: whoever pushed has stepped back."""
BAGGED_MS: Final = 15_000
"""The mask stays in the hands for so long after a breath."""

AWAY_FROM_MASK: Final = frozenset({"suction", "oral", "nasal", "look", "magill", "open_airway", "remove_airway"})
"""Acts in the mouth: the mask is off the face meanwhile."""
BLADE: Final = frozenset({"tube", "tube_pass"})


class Scene(NamedTuple):
    """Everything the picture of the hands depends on."""

    grip: str
    """mask, tube, sga: what both hands hold; placing: an airway, no bag; vent: the hose; blade, rest: nothing."""
    closed: int
    """How far the hand on the bag is closed, pixels."""


def scene_of(model: Model, view: AirwayView, squeezed_share: float, now_ms: int) -> Scene:
    """What the hands are about."""
    return Scene(_grip(model, view, now_ms), round(DRAWN_IN_PX * min(1.0, squeezed_share)))


def _grip(model: Model, view: AirwayView, now_ms: int) -> str:
    task = model.view.task.op if model.view.task else ""
    if view.tube or task in BLADE:
        return "blade"
    if view.device != "mask":
        return "vent" if view.ventilator_per_min else view.device
    if task == "sga":
        return "placing"
    held = model.hands.seal_left or model.hands.seal_right or model.hands.squeeze_since_ms >= 0
    bagging = 0 <= now_ms - view.last_breath_ms < BAGGED_MS and view.last_breath_ms >= 0
    if task in AWAY_FROM_MASK or not (held or bagging or view.window or pushed(model)):
        return "rest"
    return "mask"


def pushed(model: Model) -> bool:
    """True while somebody's hands are on the chest."""
    return any(seen.hands_on and seen.stations & Station.CHEST for seen in model.view.crew)


def declare(board: Board, model: Model, scene: Scene, rise: int, now_ms: int) -> None:
    """Declares patient, chest and hands, the lowest parts of the board."""
    patient.declare(board, "airway", model, worn=False)
    waits = 0 <= model.view.check.hands_off_ms < WAITS_MS and model.view.check.pulse != "felt"
    place = PUSHING if pushed(model) else HOVERING if waits else None
    if model.stations & Station.CHEST:
        place = None
    if place and 0 <= now_ms - model.view.body.press_ms < DOWN_MS and model.view.body.press_ms >= 0:
        place = (place[0] + SINKS_PX, place[1])
    board.part("chest", CHEST, (rise, place), lambda surface: paint_chest(surface, rise, place))
    board.part("hands", HANDS, scene, lambda surface: paint_hands(surface, scene))


def rise_of(share: float) -> int:
    """The step of the chest's rise for a share of a good breath."""
    return round(RISE_STEPS * max(0.0, min(1.0, share)))


def paint_chest(surface: pygame.Surface, rise: int, place: tuple[int, int] | None) -> None:
    """The chest's rise, and at `place` the hands that push or wait."""
    if rise and (at := art.place_of("stage_airway-rise")):
        surface.blit(art.faded("stage_airway-rise", RISE_STEPS)[rise], (at[0], at[1] + art.STAGE_TOP))
    if place:
        arms = _partner()
        wide, high = arms.get_size()
        middle = place[0] + round(MID_TO_HEEL * NEAR) + art.DRAWN_OUT // 2
        surface.blit(arms, (middle - wide // 2, place[1] - high // 2))


@cache
def _partner() -> pygame.Surface:
    return pygame.transform.rotozoom(art.arms(), 90, NEAR)


def paint_hands(surface: pygame.Surface, scene: Scene) -> None:
    """Both hands with mask, airway or tube between them, and the bag."""
    if scene.grip in ("blade", "rest"):
        _paint_bag(surface, 0)
        return
    side = "seal" if scene.grip == "mask" else "hold"
    held = {"vent": "tube", "placing": "sga"}.get(scene.grip, scene.grip)
    art.lay(surface, f"airway_{side}-back")
    art.lay(surface, f"stage_airway-{held}")
    art.lay(surface, f"airway_{side}-front")
    if scene.grip == "placing":
        _paint_bag(surface, 0)
        return
    art.lay(surface, f"airway_hose-{'mask' if scene.grip == 'mask' else 'tube'}")
    if scene.grip == "vent":
        return
    _paint_bag(surface, scene.closed)
    art.lay(surface, "airway_squeeze", -scene.closed // 3, scene.closed)


def _paint_bag(surface: pygame.Surface, closed: int) -> None:
    place = art.place_of("airway_bag")
    if place:
        bag = _bag(closed)
        dy = (art.sprite("airway_bag").get_height() - bag.get_height()) // 2
        surface.blit(bag, (place[0], place[1] + art.STAGE_TOP + dy + closed // 3))


@lru_cache(maxsize=DRAWN_IN_PX + 1)
def _bag(closed: int) -> pygame.Surface:
    """The bag as thin as the hand has made it."""
    drawn = art.sprite("airway_bag")
    wide, high = drawn.get_size()
    return pygame.transform.smoothscale(drawn, (wide, round(high * (1 - CLOSED_SHARE * closed / DRAWN_IN_PX))))
