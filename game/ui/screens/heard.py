"""What the airway seat has found, each a tile that says it: breath sounds, or the latest of all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS
from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import ACC, AIR, DISABLED, LINE, LINE2, S1, S2, S3, TEXT, TEXT2, TEXT3
from game.ui.values import finding_label, finding_value
from game.ui.widgets import gauge
from game.ui.widgets.counted import counted
from game.ui.widgets.panel import panel
from game.ui.words import clock, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import FindingView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


PANEL: Final = pygame.Rect(948, 460, 316, 116)
TILES: Final = tuple(pygame.Rect(958 + 100 * place, 496, 96, 72) for place in range(3))
PROGRESS: Final = pygame.Rect(964, 489, 284, 4)

SOUNDS: Final = ("breath_right", "breath_left", "stomach_gurgle")
NUMBERS: Final = frozenset({"etco2", "breaths", "spo2"})
"""What has figures of its own on this screen."""
BARS: Final[dict[str, tuple[int, ...]]] = {
    "clear": (4, 8, 13, 17, 14, 11, 13, 8, 4),
    "faint": (3, 4, 6, 7, 6, 5, 6, 4, 3),
    "wheeze": (10, 15, 10, 15, 10, 15, 10, 15, 10),
    "crackles": (4, 14, 3, 16, 4, 13, 3, 15, 4),
    "heard": (5, 16, 8, 17, 6, 15, 9, 16, 5),
}
"""How a sound looks as nine bars; what is silent is flat."""
FLAT: Final = (3,) * 9


class Tile(NamedTuple):
    """A finding as its tile shows it; `value` "" was not looked for yet."""

    key: str
    label: str
    value: str
    bars: tuple[int, ...] = ()


class Heard:
    """Remembers when each finding was found, since a view tells only what is known."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, int]] = {}
        self._seen_ms = 0

    def note(self, findings: Sequence[FindingView], now_ms: int) -> None:
        """Takes in what the view knows now; a clock that runs back belongs to another run."""
        if now_ms < self._seen_ms:
            self._found.clear()
        self._seen_ms = now_ms
        for seen in findings:
            known = self._found.get(seen.key)
            if known is None or known[0] != seen.value:
                self._found[seen.key] = (seen.value, now_ms)

    def at_ms(self, keys: Sequence[str]) -> int:
        """When the latest of `keys` was found, -1 for none."""
        return max((self._found[key][1] for key in keys if key in self._found), default=-1)

    def latest(self, findings: Sequence[FindingView]) -> list[FindingView]:
        """What has no other place on this screen, the latest found first."""
        rest = [seen for seen in findings if seen.key not in NUMBERS and seen.key not in SOUNDS]
        return sorted(rest, key=lambda seen: -self._found.get(seen.key, ("", 0))[1])

    def sounds_up(self, findings: Sequence[FindingView]) -> bool:
        """True while the breath sounds are what was found last, or nothing else is known."""
        rest = self.latest(findings)
        return not rest or self.at_ms(SOUNDS) >= self.at_ms([seen.key for seen in rest])


def _tiles(model: Model, heard: Heard) -> list[Tile]:
    findings = model.view.findings
    known = {seen.key: seen.value for seen in findings}
    sounds = [_sound(model, key, known.get(key)) for key in SOUNDS]
    if heard.sounds_up(findings):
        return sounds
    shown = heard.latest(findings)[: len(TILES)]
    words = [
        Tile(seen.key, finding_label(model, seen.key), finding_value(model, seen.key, seen.value)) for seen in shown
    ]
    return [*words, *sounds][: len(TILES)]


def _sound(model: Model, key: str, value: str | None) -> Tile:
    label = say(f"airway.sound.{key}")
    if value is None:
        return Tile(key, label, "", FLAT)
    return Tile(key, label, finding_value(model, key, value), BARS.get(value, FLAT))


def declare(board: Board, model: Model, heard: Heard, now_ms: int) -> None:
    """Declares the panel and its tiles."""
    sounds = heard.sounds_up(model.view.findings)
    tiles = _tiles(model, heard)
    at_ms = heard.at_ms(SOUNDS) if sounds else heard.at_ms([tile.key for tile in tiles])
    ago = clock(now_ms - at_ms) if at_ms >= 0 else ""
    title = say("airway.sounds" if sounds else "airway.found")
    board.part("found", PANEL, (title, ago), lambda surface: _paint_panel(surface, title, ago))
    for rect, tile in zip(TILES, tiles, strict=False):
        board.part(f"found {rect.x}", rect, tile, _painter(rect, tile))


def _paint_panel(surface: pygame.Surface, title: str, ago: str) -> None:
    hint = "" if ago else say("airway.not_heard", cap=cap(COMMANDS["listen"].key))
    panel(surface, PANEL, title, hint, opacity=0.97)
    if ago:
        counted(surface, (PANEL.right - 16, PANEL.y + 26), "airway.heard", ago, 14, TEXT3, align=Align.END)


def draw(surface: pygame.Surface, model: Model, now_ms: int) -> None:
    """How far the listening is, while it lasts."""
    task = model.view.task
    if task is not None and task.op in ("listen", "look"):
        share = (now_ms - task.start_ms) / max(1, task.end_ms - task.start_ms)
        gauge.bar(surface, PROGRESS, share, ACC, LINE)


def controls(model: Model, heard: Heard) -> list[Control]:
    """A tap says what was found; on a sound nobody has heard yet it listens."""
    found = []
    for rect, tile in zip(TILES, _tiles(model, heard), strict=False):
        if tile.value or not tile.bars:
            found.append(Control(rect, Intent("report", (tile.key,))))
        else:
            found.append(Control(rect, Intent("listen"), enabled=frame.works(model, "listen")))
    return found


def _painter(rect: pygame.Rect, tile: Tile) -> Paint:
    return lambda surface: _paint(surface, rect, tile)


def _paint(surface: pygame.Surface, rect: pygame.Rect, tile: Tile) -> None:
    known = bool(tile.value) or not tile.bars
    fill, border = (S2, LINE2) if known else (S1, LINE)
    surface.blit(shapes.box(rect.size, 9, fill, border, 1.2, dashed=not known), rect.topleft)
    if not tile.bars:
        _paint_words(surface, rect, tile)
        return
    colour = (AIR if max(tile.bars) > min(tile.bars) else TEXT3) if known else S3
    for place, high in enumerate(tile.bars):
        bar = shapes.box((5, high), 2.5, colour)
        surface.blit(bar, (rect.x + 9 + place * 9, round(rect.y + 17 - high / 2)))
    text.write(
        surface, rect.x + 9, rect.y + 44, text.fit(tile.label, 14, 600, 80), 14, 600, TEXT if known else DISABLED
    )
    words = tile.value or say("airway.unheard")
    text.write(surface, rect.x + 9, rect.y + 62, text.fit(words, 14, 500, 64), 14, 500, TEXT2 if known else DISABLED)
    if known:
        icons.draw(surface, "speak", (rect.x + 80, rect.y + 53), 16, TEXT2, 1.8)


def _paint_words(surface: pygame.Surface, rect: pygame.Rect, tile: Tile) -> None:
    icons.draw(surface, "speak", (rect.right - 15, rect.y + 16), 16, TEXT2, 1.8)
    text.write(surface, rect.x + 9, rect.y + 21, text.fit(tile.label, 14, 600, rect.w - 34), 14, 600)
    for row, line in enumerate(text.wrap(tile.value, 14, 500, rect.w - 14)[:2]):
        text.write(surface, rect.x + 9, rect.y + 42 + 18 * row, text.fit(line, 14, 500, rect.w - 12), 14, 500, TEXT2)
