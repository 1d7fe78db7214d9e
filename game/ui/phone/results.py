"""How it went, on a phone: score and blocks at the left, the field's own measure and what was lost at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.ui import icons, library, text
from game.ui.board import Board
from game.ui.outcome import Outcome, read
from game.ui.phone.places import INSET, TOP, WIDTH, Places
from game.ui.screen import Control, Intent, Local
from game.ui.screens import lost
from game.ui.screens import results as desk
from game.ui.text import Align
from game.ui.theme import BAR, INK, LEAD, LINE, OK, ROOM, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.screen import Model

BARE_PX: Final = 22
"""A block in a lower row than this has no bar: its points tell it."""
ROW_PX: Final = 46
"""Height of a line of what was lost."""


class ResultsPlaces:
    """Where the parts of this screen lie at a height."""

    def __init__(self, places: Places) -> None:
        y = places.height - 70
        self.again = pygame.Rect(INSET, y, 176, 50)
        self.same = pygame.Rect(226, y, 158, 50)
        self.more = pygame.Rect(390, y, 134, 50)
        self.look = pygame.Rect(530, y, 130, 50)
        self.leave = pygame.Rect(666, y, 134, 50)
        self.card = pygame.Rect(INSET, 54, 330, y - 60)
        self.big = pygame.Rect(382, 54, 418, 76)
        self.lost = pygame.Rect(382, 136, 418, y - 142)
        self.wide = pygame.Rect(INSET, 54, WIDTH - 2 * INSET, y - 60)
        self.legal_y = places.height - 7
        self.rows = max(1, (self.lost.h - 34) // ROW_PX)


class ResultsScreen:
    """The result of a run, won or lost."""

    def __init__(self, places: Places) -> None:
        self._at = ResultsPlaces(places)
        ground = pygame.Surface(places.size)
        ground.fill(ROOM)
        self._board = Board(ground)
        self._whole = ground.get_rect()
        self._model: Model | None = None
        self._minute_ms = -1
        """When the quiet minute began."""

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; it changes only when the result comes, or somebody turns a page."""
        self._model = model
        outcome, board, at = read(model.result), self._board, self._at
        quiet = desk.is_lost(model, outcome) and not model.mode.look
        left_ms = self._left_ms(now_ms) if quiet and model.mode.paper else -1
        if left_ms < 0:
            self._minute_ms = -1
        key = (outcome, model.mode, model.team, model.pack.label, left_ms)
        if left_ms >= 0:
            paint = partial(_paint_minute, left_ms=left_ms)
        else:
            paint = partial(_paint_quiet if quiet else _paint_figures, outcome=outcome)
        board.part("all", self._whole, key, partial(paint, model=model, at=at))
        board.show(surface)

    def _left_ms(self, now_ms: int) -> int:
        """What is left of the quiet minute, in whole seconds."""
        self._minute_ms = now_ms if self._minute_ms < 0 else self._minute_ms
        return max(0, lost.MINUTE_MS - (now_ms - self._minute_ms)) // 1000 * 1000

    def controls(self) -> Sequence[Control]:
        """Again, or leave; after a lost case to the figures and back; pages of what was lost."""
        model, at = self._model, self._at
        outcome = read(model.result) if model else None
        found = [Control(at.again, Intent("again"), key="Enter"), Control(at.leave, Intent("leave"), key="KeyL")]
        found.append(Control(at.same, Intent("again", ("same",)), key="KeyS"))
        if model is None or outcome is None:
            return found
        lost_case = desk.is_lost(model, outcome)
        if lost_case:
            found.append(Control(at.look, Intent(Local.LOOK), key="KeyD"))
            if not model.mode.look:
                return [*found, Control(at.more, Intent(Local.PAPER), key="KeyQ")]
        if len(outcome.losses) > at.rows:
            found.append(Control(at.more, Intent(Local.PAGE), key="PageDown"))
        return found


def _paint_frame(surface: pygame.Surface, model: Model, at: ResultsPlaces, *, look: str, more: str) -> None:
    surface.fill(BAR, TOP)
    surface.fill(LINE, (0, 47, WIDTH, 1))
    title = say("results.bar", setting=model.level.setting, team=model.team)
    text.write(surface, INSET, 30, text.fit(title, 17, 700, WIDTH - 2 * INSET), 17, 700)
    again = text.fit(say("results.again"), 17, 600, at.again.w - 12)
    button(surface, at.again, Label(again, px=17), State.PRIMARY)
    button(surface, at.same, Label(say("results.same"), px=16))
    if look:
        button(surface, at.look, Label(say(look), px=15))
    if more:
        button(surface, at.more, Label(text.fit(say(more), 15, 600, at.more.w - 12), px=15))
    button(surface, at.leave, Label(say("results.leave"), px=16))
    line = f"{model.level.name} · {model.pack.label} · {say('frame.training')}"
    text.write(surface, WIDTH / 2, at.legal_y, line, 12, 500, TEXT3, align=Align.MIDDLE)


def _paint_figures(surface: pygame.Surface, *, model: Model, at: ResultsPlaces, outcome: Outcome | None) -> None:
    lost_case = desk.is_lost(model, outcome)
    more = "choose.more" if outcome is not None and len(outcome.losses) > at.rows else ""
    _paint_frame(surface, model, at, look="results.look_back" if lost_case else "", more=more)
    panel(surface, at.card, radius=14, border=LEAD, stroke=1.5)
    if outcome is None:
        text.write(surface, at.card.x + 16, at.card.y + 36, say("results.over"), 22, 700)
        text.write(surface, at.card.x + 16, at.card.y + 64, say("results.counting"), 15, 500, TEXT2)
        return
    _paint_card(surface, model, at, outcome)
    _paint_big(surface, at, outcome)
    _paint_lost(surface, model, at, outcome)


def _paint_card(surface: pygame.Surface, model: Model, at: ResultsPlaces, outcome: Outcome) -> None:
    rect = at.card
    words = say(f"band.{outcome.band}") if knows(f"band.{outcome.band}") else ""
    text.write(surface, rect.x + 16, rect.y + 24, say("results.title", team=model.team), 18, 700)
    text.write(surface, rect.x + 16, rect.y + 44, text.fit(words, 14, 600, 170), 14, 600, TEXT2)
    text.number(surface, rect.right - 16, rect.y + 32, str(outcome.score), 30, align=Align.END)
    of = say("results.of", most=outcome.most, line=library.weights().passing.points)
    text.write(surface, rect.right - 16, rect.y + 48, text.fit(of, 14, 500, 180), 14, 500, TEXT2, align=Align.END)
    high = (rect.h - 88) // max(1, len(outcome.blocks))
    for place, block in enumerate(outcome.blocks):
        y = rect.y + 58 + place * high
        share = block.points / block.most if block.most > 0 else 0.0
        end = text.write(surface, rect.x + 16, y + 14, say(f"block.{block.name}"), 14, 600)
        desk.paint_medal(surface, (end + 14, y + 9), share)
        text.number(surface, rect.right - 16, y + 14, f"{block.points} / {block.most}", 14, align=Align.END)
        colour = OK if share >= desk.GOOD else TEXT if share >= desk.FAIR else WARN
        if high > BARE_PX:
            gauge.bar(surface, pygame.Rect(rect.x + 16, y + 19, rect.w - 32, 5), share, colour, INK)
    held = say("results.held" if outcome.pulse_held else "results.not_held")
    ink = OK if outcome.pulse_held else TEXT2
    icons.draw(surface, "heart", (rect.x + 26, rect.bottom - 16), 18, ink, 2.2)
    text.middle(surface, rect.x + 44, rect.bottom - 16, text.fit(held, 15, 700, rect.w - 60), 15, 700, ink)


def _paint_big(surface: pygame.Surface, at: ResultsPlaces, outcome: Outcome) -> None:
    rect = at.big
    panel(surface, rect, radius=14)
    end = text.number(surface, rect.x + 14, rect.y + 52, f"{outcome.ccf * 100:.0f}", 50)
    text.write(surface, end + 2, rect.y + 52, "%", 26, 700)
    text.write(surface, rect.x + 16, rect.y + 69, text.fit(say("phone.ccf"), 14, 500, 106), 14, 500, TEXT2)
    rows = (
        (f"{outcome.ccf_no_vent * 100:.0f} %", "phone.without_breaths"),
        (f"{outcome.avoidable_ms / 1000:.1f} s", "phone.avoidable"),
        (f"{outcome.longest_pause_ms / 1000:.1f} s", "phone.longest"),
    )
    for place, (figure, words) in enumerate(rows):
        x = rect.x + 130 + place * 96
        text.number(surface, x, rect.y + 40, figure, 20)
        text.write(surface, x, rect.y + 62, text.fit(say(words), 14, 500, 92), 14, 500, TEXT2)


def _paint_lost(surface: pygame.Surface, model: Model, at: ResultsPlaces, outcome: Outcome) -> None:
    """Why points were lost, what cost most first."""
    rect = at.lost
    panel(surface, rect, radius=14)
    text.write(surface, rect.x + 16, rect.y + 22, say("results.lost"), 15, 600, TEXT2)
    if not outcome.losses:
        text.write(surface, rect.x + 16, rect.y + 50, say("results.nothing_lost"), 15, 500)
    pages = max(1, -(-len(outcome.losses) // at.rows))
    start = model.mode.page % pages * at.rows
    for row, loss in enumerate(outcome.losses[start : start + at.rows]):
        y = rect.y + 30 + row * ROW_PX
        surface.fill(LINE, (rect.x + 16, y, rect.w - 32, 1))
        points = f"{loss.points:.0f}" if loss.points >= 1 else "<1"
        text.number(surface, rect.x + 52, y + 20, points, 17, align=Align.END)
        name = say(f"block.{loss.block}") if loss.block else say("results.critical_one")
        text.write(surface, rect.x + 62, y + 19, name, 14, 600, TEXT if loss.block else WARN)
        text.write(surface, rect.x + 62, y + 38, text.fit(loss.why, 14, 500, rect.w - 76), 14, 500, TEXT2)


def _paint_minute(surface: pygame.Surface, *, model: Model, at: ResultsPlaces, left_ms: int) -> None:
    """A minute in which nothing is asked of anybody."""
    _paint_frame(surface, model, at, look="phone.look", more="results.look_back")
    rect = at.wide
    panel(surface, rect, radius=14)
    text.write(surface, rect.centerx, rect.y + 56, say("lost.quiet"), 24, 700, align=Align.MIDDLE)
    text.number(surface, rect.centerx, rect.y + 110, clock(left_ms), 44, 400, TEXT2, align=Align.MIDDLE)
    for row, line in enumerate(text.wrap(say("lost.care"), 16, 500, rect.w - 120)[:3]):
        text.write(surface, rect.centerx, rect.y + 146 + row * 23, line, 16, 500, TEXT2, align=Align.MIDDLE)


def _paint_quiet(surface: pygame.Surface, *, model: Model, at: ResultsPlaces, outcome: Outcome | None) -> None:
    """Neutral facts, no score, and a way to a person."""
    if outcome is None:
        return
    _paint_frame(surface, model, at, look="phone.look", more="lost.quiet")
    rect = at.wide
    panel(surface, rect, radius=14)
    text.write(surface, rect.x + 24, rect.y + 38, say("lost.title"), 24, 700)
    how = say("lost.stopped" if outcome.stopped else "lost.time", at=clock(outcome.end_ms))
    text.write(surface, rect.right - 24, rect.y + 36, how, 15, 500, TEXT2, align=Align.END)
    surface.fill(LINE, (rect.x + 24, rect.y + 52, rect.w - 48, 1))
    facts = lost.facts_of(outcome)[: 4 if rect.h > 230 else 2]
    for place, (icon, words) in enumerate(facts):
        y = rect.y + 74 + place * 28
        icons.draw(surface, icon, (rect.x + 34, y), 18, TEXT2)
        text.middle(surface, rect.x + 54, y, text.fit(words, 16, 600, rect.w - 80), 16, 600)
    y = rect.y + 86 + 28 * len(facts)
    for key, colour in (("lost.truth", TEXT), ("lost.care", TEXT2)):
        for line in text.wrap(say(key), 15, 500, rect.w - 48)[:2]:
            if y < rect.bottom - 6:
                text.write(surface, rect.x + 24, y, line, 15, 500, colour)
            y += 21
