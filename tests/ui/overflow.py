"""What words do on a picture: every run of text with the part that it was painted for, and which of them do not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pygame

from game.ui import text
from game.ui.board import Board
from game.ui.look import wear
from game.ui.settings import Settings
from game.ui.stagehand import Stagehand
from tests.ui.views import NOW_MS

if TYPE_CHECKING:
    import pytest

    from game.ui.client import Client
    from tests.ui.gallery import Shot

FRAMES = 2
SLACK = 3
"""Pixels by which a run may stand over, as side bearings of letters do."""


class Written(NamedTuple):
    """A run of text as it was set: its box is that of the letters, without the line's air."""

    words: str
    box: pygame.Rect


class Page:
    """The runs of the latest painting of each part, by the part's name."""

    def __init__(self) -> None:
        self.parts: dict[tuple[int, str], tuple[pygame.Rect, list[Written]]] = {}
        self.open: list[tuple[int, str]] = []

    def note(self, words: str, box: pygame.Rect) -> None:
        if self.open and words.strip():
            self.parts[self.open[-1]][1].append(Written(words, box))

    def faults(self) -> Iterator[str]:
        """Runs that leave their part, and runs that lie over each other."""
        for (_, name), (rect, runs) in self.parts.items():
            for run in runs:
                if run.box.left < rect.left - SLACK or run.box.right > rect.right + SLACK:
                    yield f"{name}: {run.words!r} leaves {tuple(rect)} at {tuple(run.box)}"
            for one, other in combinations(runs, 2):
                shared = one.box.clip(other.box)
                if shared.w > SLACK and shared.h > SLACK and one.words != other.words:
                    yield f"{name}: {one.words!r} and {other.words!r} lie over each other"


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Notes what is written while it lasts."""
    page, write, part = Page(), text.write, Board.part

    def noting(surface: pygame.Surface, x: float, baseline: float, words: str, *args: Any, **more: Any) -> float:
        end = write(surface, x, baseline, words, *args, **more)
        px = args[0] if args else more.get("px", 16)
        weight = args[1] if len(args) > 1 else more.get("weight", 500)
        if more.get("room"):
            words, px = text.fitted(words, px, weight, round(more["room"]))
        wide = text.width(words, px, weight, more.get("family", text.Family.NEXT))
        size = text.sized(px)
        page.note(words, pygame.Rect(round(end - wide), round(baseline - 0.66 * size), round(wide), round(0.66 * size)))
        return end

    def declared(board: Board, name: str, rect: pygame.Rect, key: object, paint: Any) -> None:
        def painted(surface: pygame.Surface) -> None:
            page.parts[id(board), name] = (rect, [])
            page.open.append((id(board), name))
            paint(surface)
            page.open.pop()

        part(board, name, rect, cast("Any", key), painted)

    with monkeypatch.context() as patch:
        patch.setattr(text, "write", noting)
        patch.setattr(Board, "part", declared)
        yield page


def faults(monkeypatch: pytest.MonkeyPatch, shot: Shot, settings: Settings) -> list[str]:
    """What does not fit on the picture of a shot, on a device with these settings."""
    surface = pygame.display.set_mode(shot.size)
    wear(settings)
    try:
        with watched(monkeypatch) as page:
            still, hand = shot.still(), Stagehand(shot.size)
            still.settings = settings
            for frame in range(FRAMES):
                hand.draw(surface, cast("Client", still), float(NOW_MS + 16 * frame))
        return sorted(set(page.faults()))
    finally:
        wear(Settings())
