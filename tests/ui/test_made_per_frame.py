"""Nothing is made frame by frame: pictures, fonts and sounds are made when what they show changes, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pygame
import pytest

from game.ui.stagehand import Stagehand
from tests.ui.gallery import FRAME_MS, SHOTS
from tests.ui.views import NOW_MS

if TYPE_CHECKING:
    from game.ui.client import Client

MAKERS = (
    (pygame, "Surface"),
    (pygame.font, "Font"),
    (pygame.mixer, "Sound"),
    *((pygame.transform, name) for name in ("scale", "smoothscale", "rotate", "rotozoom", "flip")),
)
WARM_FRAMES, FRAMES = 120, 250
CHANGES = 30
"""Frames in four seconds that may make something: words that count seconds change once each."""
BUSY = (
    "chest", "airway", "airway-coach", "meds", "meds-sync", "lead", "ring-lead", "ring-chest", "results", "wheel",
    "phone-chest", "phone-airway", "phone-build", "phone-defib", "phone-lead", "phone-ring-chest", "phone-wheel",
    "square-chest", "square-airway", "square-meds", "square-lead", "square-ring-chest", "square-wheel",
)  # fmt: skip


@pytest.mark.parametrize("name", BUSY)
def test_a_still_scene_makes_nothing_frame_by_frame(
    canvas: pygame.Surface, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shot = SHOTS[name]
    still, hand, surface = shot.still(), Stagehand(shot.size), pygame.display.set_mode(shot.size)
    made = 0

    def counted(maker: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object, **named: object) -> object:
            nonlocal made
            made += 1
            return maker(*given, **named)

        return counting

    def draw(frame: int) -> None:
        now_ms = NOW_MS - (WARM_FRAMES + FRAMES - frame) * FRAME_MS
        if shot.act:
            shot.act(still, now_ms)
        hand.draw(surface, cast("Client", still), float(now_ms))

    for frame in range(WARM_FRAMES):
        draw(frame)
    for home, maker in MAKERS:
        monkeypatch.setattr(home, maker, counted(getattr(home, maker)))
    busy = 0
    for frame in range(WARM_FRAMES, WARM_FRAMES + FRAMES):
        before = made
        draw(frame)
        busy += made > before
    assert busy <= CHANGES
