"""The CPR coach: with an airway in, whoever bags also watches the hands on the chest and says what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import icons, shapes, text
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import LINE, LINE2, OK, S2, TEXT, TEXT2, TEXT3, WARN
from game.ui.widgets.counted import counted
from game.ui.widgets.panel import panel
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.content import Pack
    from game.rules.views import AirwayView
    from game.ui.board import Board
    from game.ui.screen import Model


PANEL: Final = pygame.Rect(16, 72, 224, 400)
VALUES: Final = tuple(pygame.Rect(28, 158 + 76 * row, 200, 70) for row in range(3))
SAID: Final = pygame.Rect(28, 384, 200, 36)
CART: Final = pygame.Rect(28, 420, 200, 46)
"""Leads to the airway cart, which the coach still works from."""

MINUTE_MS: Final = 60_000
WATCHED: Final = 6
"""Pushes whose distance the eye averages."""
STILL_MS: Final = 2_000
"""Longer between two pushes, and the hands are off."""


class Eye:
    """Watches hands on the chest: how fast they push, from the pushes anybody at the bed sees."""

    def __init__(self) -> None:
        self._downs: list[int] = []

    def note(self, press_ms: int) -> None:
        """Takes in the latest push of the view."""
        if press_ms < 0 or (self._downs and press_ms == self._downs[-1]):
            return
        if self._downs and not 0 < press_ms - self._downs[-1] < STILL_MS:
            self._downs.clear()
        self._downs = [*self._downs[-WATCHED:], press_ms]

    def rate_per_min(self, now_ms: int) -> int:
        """Pushes a minute, -1 before enough were seen or once the hands rest."""
        if len(self._downs) < WATCHED // 2 or now_ms - self._downs[-1] > STILL_MS:
            return -1
        return MINUTE_MS * (len(self._downs) - 1) // max(1, self._downs[-1] - self._downs[0])


class Row(NamedTuple):
    """One thing to watch: its figure or target, and a word about it."""

    label: str
    value: str
    word: str = ""
    good: bool = True


def rows(view: AirwayView, pack: Pack, seen_per_min: int) -> tuple[Row, ...]:
    """Rate, depth and release: the device's figures where the level has one, else what the eye sees and the targets."""
    if view.depth_um >= 0:
        rate = view.rate_per_min
        release = view.residual_um <= pack.full_recoil_mm * 1000
        word = say("coach.full" if release else "coach.leaning")
        return (
            Row(say("coach.rate"), str(rate) if rate > 0 else "--", *_judged_rate(rate, pack)),
            Row(say("coach.depth"), say("coach.mm", depth=view.depth_um // 1000), *_judged_depth(view.depth_um, pack)),
            Row(say("coach.release"), word, "", release),
        )
    low, high = pack.rate_per_min
    shallow, deep = pack.depth_mm
    eye = say("coach.by_eye")
    rate_band = say("coach.rate_band", low=f"{low:g}", high=f"{high:g}")
    word, good = _judged_rate(seen_per_min, pack)
    return (
        Row(say("coach.rate"), rate_band, word or eye, good),
        Row(say("coach.depth"), say("coach.depth_band", low=f"{shallow:g}", high=f"{deep:g}"), eye),
        Row(say("coach.release"), say("coach.all_up"), eye),
    )


def _judged_rate(rate: int, pack: Pack) -> tuple[str, bool]:
    if rate <= 0:
        return "", True
    low, high = pack.rate_per_min
    key = "slow" if rate < low else "fast" if rate > high else "in_band"
    return say(f"coach.{key}"), key == "in_band"


def _judged_depth(depth_um: int, pack: Pack) -> tuple[str, bool]:
    low, high = pack.depth_mm
    key = "shallow" if depth_um < low * 1000 else "deep" if depth_um > high * 1000 else "in_band"
    return say(f"coach.{key}"), key == "in_band"


def _said(model: Model, now_ms: int) -> tuple[str, str]:
    """What this seat said last, and how long ago; empty before it said anything."""
    own = next((each for each in reversed(model.captions) if each.seat == model.seat), None)
    return (own.words.rstrip("."), clock(now_ms - own.at_ms)) if own else ("", "")


def declare(board: Board, model: Model, view: AirwayView, eye: Eye, now_ms: int) -> None:
    """Declares the panel in the place of the airway cart."""
    shown = rows(view, model.pack, eye.rate_per_min(now_ms))
    said, device = _said(model, now_ms), model.level.feedback_device
    key = (shown, said, device)
    board.part("coach", PANEL, key, lambda surface: _paint(surface, shown, said, device=device))


def controls() -> list[Control]:
    """The way to the cart: the keyboard's cursor goes there too."""
    return [Control(CART, Intent(Local.MOVE, (1,)))]


def _paint(surface: pygame.Surface, shown: tuple[Row, ...], said: tuple[str, str], *, device: bool) -> None:
    hint = say("chest.in_level") if device else ""
    panel(surface, PANEL, say("coach.title"), hint, opacity=0.95)
    icons.draw(surface, "eye", (44, 126), 22, TEXT3)
    text.write(surface, 64, 122, say("coach.see"), 15, 600, room=PANEL.right - 76)
    text.write(surface, 64, 142, say("coach.change"), 14, 500, TEXT2, room=PANEL.right - 76)
    for rect, row in zip(VALUES, shown, strict=True):
        _paint_row(surface, rect, row)
    _paint_said(surface, *said)
    surface.blit(shapes.box(CART.size, 9, S2, LINE2, 1.2), CART.topleft)
    icons.draw(surface, "airway", (CART.x + 22, CART.centery), 24, TEXT)
    text.middle(surface, CART.x + 44, CART.centery, say("coach.cart"), 15, 600, room=CART.w - 76)
    icons.draw(surface, "right", (CART.right - 18, CART.centery), 18, TEXT2)


def _paint_said(surface: pygame.Surface, words: str, ago: str) -> None:
    if not words:
        text.write(surface, SAID.x + 4, SAID.y + 22, say("coach.nothing_said"), 14, 500, TEXT3)
        return
    counted(surface, (SAID.x + 4, SAID.y + 15), "coach.said", ago, 14)
    text.write(surface, SAID.x + 4, SAID.y + 32, text.fit(words, 14, 600, SAID.w - 8), 14, 600, TEXT)


def _paint_row(surface: pygame.Surface, rect: pygame.Rect, row: Row) -> None:
    border, stroke = (LINE, 1) if row.good else (WARN, 1.5)
    surface.blit(shapes.box(rect.size, 9, S2, border, stroke), rect.topleft)
    text.write(surface, rect.x + 14, rect.y + 22, row.label, 14, 600, TEXT2)
    ink = WARN if not row.good else OK if row.word == say("coach.in_band") else TEXT3
    text.write(surface, rect.right - 12, rect.y + 22, row.word, 14, 500, ink, align=Align.END)
    px = text.largest(row.value, (24, 22, 20, 18), 700, rect.w - 28)
    if row.value.isdigit():
        text.number(surface, rect.x + 14, rect.y + 52, row.value, 24)
    else:
        text.write(surface, rect.x + 14, rect.y + 52, row.value, px, 700, TEXT)
