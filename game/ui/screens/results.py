"""How it went: CCF large and the six blocks, the log's facts, the outcome apart.

A lost case begins with neutral facts and no score; the same figures are one key away, for whoever is ready to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.room.told import PRACTICE
from game.stations import STATIONS_OF
from game.ui import art, icons, library, shapes, text
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.outcome import Block, Loss, Outcome, read
from game.ui.screen import Control, Intent, Local
from game.ui.screens import lost
from game.ui.text import Align
from game.ui.theme import (
    BAR,
    HEIGHT,
    INK,
    LEAD,
    LINE,
    LINE2,
    OK,
    OK_BG,
    ROOM,
    S2,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    WIDTH,
    State,
    livery,
)
from game.ui.values import safety_words
from game.ui.widgets import badge, gauge
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, say

if TYPE_CHECKING:
    from game.ui.screen import Model


TOP: Final = pygame.Rect(0, 0, 1280, 60)
CARD: Final = pygame.Rect(16, 76, 444, 560)
CCF: Final = pygame.Rect(40, 170, 396, 40)
BLOCKS: Final = tuple(pygame.Rect(40, 216 + place * 56, 396, 54) for place in range(6))
OUTCOME: Final = pygame.Rect(32, 560, 412, 60)
BIG: Final = pygame.Rect(500, 76, 764, 142)
LOST: Final = pygame.Rect(500, 230, 764, 262)
LOST_ROWS: Final = 5
FACTS: Final = pygame.Rect(500, 504, 764, 132)
MORE: Final = pygame.Rect(1116, 238, 132, 32)
FOOT: Final = pygame.Rect(0, 648, 1280, 72)
AGAIN: Final = pygame.Rect(16, 656, 300, 56)
SAME: Final = pygame.Rect(332, 656, 220, 56)
LEAVE: Final = pygame.Rect(1120, 656, 144, 56)
BACK: Final = pygame.Rect(960, 656, 144, 56)

GOLD, SILVER, BRONZE = "#D9A300", "#8796A3", "#A8632D"

GOOD, FAIR = 0.85, 0.70
"""From these shares on a block's bar is in "ok", and no longer in "warn"."""


class ResultsScreen:
    """The result of a run, won or lost."""

    def __init__(self) -> None:
        self._figures = Board(_plain_ground())
        self._quiet = Board(_plain_ground())
        self._model: Model | None = None
        self._minute_ms = -1
        """When the quiet minute began."""

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; it changes only when the result comes, or somebody turns a page."""
        self._model = model
        outcome = read(model.result)
        lost_case = is_lost(model, outcome)
        quiet = lost_case and not model.mode.look
        board = self._quiet if quiet else self._figures
        if quiet and outcome is not None:
            self._declare_quiet(model, outcome, now_ms)
        elif outcome is None:
            board.part("card", CARD, 0, _paint_counting)
        else:
            self._declare_figures(model, outcome)
        key = (model.team, model.pack.label)
        board.part("top", TOP, key, lambda surface: _paint_top(surface, model))
        if quiet:
            board.part("foot", lost.FOOT, 0, lost.paint_foot)
        else:
            board.part("foot", FOOT, lost_case, lambda surface: _paint_foot(surface, back=lost_case))
        board.show(surface)

    def controls(self) -> Sequence[Control]:
        """Again, or leave; after a lost case to the figures and back."""
        model = self._model
        outcome = read(model.result) if model else None
        lost_case = model is not None and is_lost(model, outcome)
        if model is not None and lost_case and not model.mode.look:
            return lost.controls(quiet=model.mode.paper)
        found = [Control(AGAIN, Intent("again"), key="Enter"), Control(LEAVE, Intent("leave"), key="KeyL")]
        found.append(Control(SAME, Intent("again", ("same",)), key="KeyS"))
        if outcome and pages_of(outcome) > 1:
            found.append(Control(MORE, Intent(Local.PAGE), key="PageDown"))
        return [*found, Control(BACK, Intent(Local.LOOK), key="KeyD")] if lost_case else found

    def _declare_figures(self, model: Model, outcome: Outcome) -> None:
        board, page = self._figures, model.mode.page
        board.part("card", CARD, outcome, lambda surface: _paint_card(surface, model, outcome))
        board.part("big", BIG, outcome, lambda surface: _paint_big(surface, model, outcome))
        board.part("lost", LOST, (outcome, page), lambda surface: _paint_lost(surface, model, outcome, page))
        board.part("facts", FACTS, outcome, lambda surface: _paint_facts(surface, model, outcome))

    def _declare_quiet(self, model: Model, outcome: Outcome, now_ms: int) -> None:
        board = self._quiet
        pads = model.level.start.pads or outcome.shocks > 0
        body = art.Body(woman=model.level.sex == "woman", mottled=True, pads=pads, lines=model.level.start.lines)
        board.part("room", lost.STAGE, body, lambda surface: lost.paint_room(surface, body))
        if not model.mode.paper:
            self._minute_ms = -1
            board.part("end", lost.CARD, outcome, lambda surface: lost.paint_card(surface, outcome))
            return
        self._minute_ms = now_ms if self._minute_ms < 0 else self._minute_ms
        left_ms = max(0, lost.MINUTE_MS - (now_ms - self._minute_ms)) // 1000 * 1000
        board.part("minute", lost.CARD, left_ms, lambda surface: lost.paint_minute(surface, left_ms))


def is_lost(model: Model, outcome: Outcome | None) -> bool:
    """True for a case that ended without a pulse; nobody is mourned in a drill."""
    return outcome is not None and not outcome.pulse_held and model.level.kind != "drill"


def _plain_ground() -> pygame.Surface:
    canvas = pygame.Surface((WIDTH, HEIGHT))
    canvas.fill(ROOM)
    return canvas


def _paint_top(surface: pygame.Surface, model: Model) -> None:
    surface.fill(BAR, TOP)
    surface.fill(LINE, (0, 59, WIDTH, 1))
    logo = pygame.transform.smoothscale(art.sprite("logo"), (48, 48))
    shapes.put(surface, logo, (40, 30))
    title = say("results.bar", setting=model.level.setting, team=model.team)
    text.write(surface, 72, 37, title, 22, 700)
    line = f"{model.level.name} · {model.pack.label} · {say('frame.training')}"
    text.write(surface, 1264, 37, line, 14, 500, TEXT3, align=Align.END)


def _paint_counting(surface: pygame.Surface) -> None:
    panel(surface, CARD, radius=16, border=LEAD, stroke=1.5)
    text.write(surface, 40, 118, say("results.over"), 28, 700)
    text.write(surface, 40, 152, say("results.counting"), 17, 500, TEXT2)


def _paint_card(surface: pygame.Surface, model: Model, outcome: Outcome) -> None:
    panel(surface, CARD, radius=16, border=LEAD, stroke=1.5)
    text.write(surface, 40, 118, say("results.title", team=model.team), 28, 700)
    text.number(surface, 436, 118, str(outcome.score), 44, align=Align.END)
    of = say("results.of", most=outcome.most, line=library.weights().passing.points)
    text.write(surface, 436, 142, of, 15, 500, TEXT2, align=Align.END)
    for place, stations in enumerate(STATIONS_OF.values()):
        badge.draw(surface, livery(stations), (54 + place * 34, 148), 26)
    words = say(f"band.{outcome.band}") if knows(f"band.{outcome.band}") else ""
    text.write(surface, 192, 153, words, 15, 600, TEXT2)
    text.write(surface, CCF.x, 196, say("results.ccf"), 15, 600, TEXT2)
    end = text.number(surface, 112, 202, f"{outcome.ccf * 100:.0f}", 38)
    text.write(surface, end + 2, 202, "%", 28, 700)
    text.write(surface, 206, 188, say("results.ccf_what"), 14, 500, TEXT2)
    without = say("results.without", share=f"{outcome.ccf_no_vent * 100:.0f} %")
    text.write(surface, 206, 206, without, 14, 500, TEXT2)
    for rect, block in zip(BLOCKS, outcome.blocks, strict=False):
        _paint_block(surface, rect, block, note_of(outcome, block.name))
    _paint_outcome(surface, held=outcome.pulse_held)


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.0f}" if ms >= 0 else "--"


def note_of(outcome: Outcome, block: str) -> str:
    """The figures behind a block, in a line."""
    seen = outcome.details
    fields: dict[str, object] = {
        "avoidable": _seconds(outcome.avoidable_ms),
        "longest": _seconds(outcome.longest_pause_ms),
        "check": _seconds(seen.check_ms),
        "closed": outcome.loops_closed,
        "loops": outcome.loops,
        "switches": max(0, seen.switches),
        "due": max(0, seen.switches_due),
        "shock": clock(outcome.first_shock_ms),
        "epinephrine": clock(outcome.first_epinephrine_ms),
        "depth": seen.depth_mm if seen.depth_mm >= 0 else "--",
        "rate": seen.rate_per_min if seen.rate_per_min >= 0 else "--",
        "delivered": max(0, seen.delivered),
        "breaths": max(0, seen.breaths),
        "clear": max(0, seen.shocks_clear),
        "shocks": outcome.shocks,
    }
    key = f"block_note.{block}"
    told = knows(key) and not (block == "ventilation" and seen.breaths <= 0)
    return say(key, **fields) if told else ""


def _paint_outcome(surface: pygame.Surface, *, held: bool) -> None:
    """What became of the patient, beside the score: no verdict, and a lost case in no colour of warning."""
    fill, border, second = (OK_BG, OK, "#BFEFE1") if held else (S2, LINE2, TEXT2)
    surface.blit(shapes.box(OUTCOME.size, 12, fill, border, 1.5), OUTCOME.topleft)
    icons.draw(surface, "heart", (62, OUTCOME.centery), 28, OK if held else TEXT2, 2.4)
    text.write(surface, 88, 586, say("results.held" if held else "results.not_held"), 19, 700)
    text.write(surface, 88, 608, say("results.apart"), 15, 500, second)


def _paint_block(surface: pygame.Surface, rect: pygame.Rect, block: Block, note: str) -> None:
    surface.fill(LINE, (rect.x, rect.y - 4, rect.w, 1))
    end = text.write(surface, rect.x, rect.y + 18, say(f"block.{block.name}"), 17, 600)
    text.number(surface, rect.right, rect.y + 18, f"{block.points} / {block.most}", 16, align=Align.END)
    share = block.points / block.most if block.most > 0 else 0.0
    paint_medal(surface, (end + 16, rect.y + 12), share)
    colour = OK if share >= GOOD else TEXT if share >= FAIR else WARN
    gauge.bar(surface, pygame.Rect(rect.x, rect.y + 25, rect.w, 8), share, colour, INK)
    text.write(surface, rect.x, rect.y + 48, text.fit(note, 14, 500, rect.w), 14, 500, TEXT2)


def paint_medal(surface: pygame.Surface, centre: tuple[float, float], share: float) -> None:
    """A star, a diamond or a circle: what a whole run of such a share would earn."""
    line = library.weights()
    most = sum(line.blocks.values())
    if share * most >= line.passing.gold:
        icons.draw(surface, "star", centre, 18, GOLD, 2.4)
    elif share * most >= line.passing.silver:
        corners = ((8.0, 0.0), (16.0, 8.0), (8.0, 16.0), (0.0, 8.0))
        shapes.put(surface, shapes.polygon((16, 16), corners, SILVER), centre)
    elif share * most >= line.passing.points:
        shapes.put(surface, shapes.disc(7, BRONZE), centre)


def _paint_big(surface: pygame.Surface, model: Model, outcome: Outcome) -> None:
    panel(surface, BIG, radius=16)
    if model.level.cause:
        cause = say("results.cause", cause=say(f"cause.{model.level.cause}"))
        text.write(surface, BIG.right - 32, BIG.y + 36, cause, 17, 700, align=Align.END, room=BIG.w / 2 - 40)
    text.write(surface, BIG.x + 32, BIG.y + 36, say("results.ccf_long"), 17, 600, TEXT2, room=BIG.w / 2 - 40)
    end = text.number(surface, BIG.x + 28, BIG.y + 110, f"{outcome.ccf * 100:.0f}", 88)
    text.write(surface, end + 6, BIG.y + 110, "%", 44, 700)
    # Whoever plays alone needs no further reason.
    codes = (PRACTICE,) if PRACTICE in outcome.not_ranked else outcome.not_ranked
    reasons = [say(f"not_ranked.{code}") for code in codes if knows(f"not_ranked.{code}")]
    if not outcome.ranked:
        words = say("results.not_ranked", why="; ".join(reasons)) if reasons else say("results.no_rank")
        text.write(surface, BIG.x + 32, BIG.bottom - 10, text.fit(words, 14, 500, BIG.w - 64), 14, 500, TEXT3)
    rows = (
        (f"{outcome.ccf_no_vent * 100:.0f} %", "results.without_breaths"),
        (f"{outcome.avoidable_ms / 1000:.1f} s", "results.avoidable"),
        (f"{outcome.longest_pause_ms / 1000:.1f} s", "results.longest"),
    )
    for place, (figure, words) in enumerate(rows):
        x = BIG.x + 252 + place * 168
        text.number(surface, x, BIG.y + 84, figure, 32)
        text.write(surface, x, BIG.y + 110, text.fit(say(words), 15, 500, 162), 15, 500, TEXT2)


def pages_of(outcome: Outcome) -> int:
    """How many pages the lost points take."""
    return max(1, -(-(len(outcome.critical) + len(outcome.losses)) // LOST_ROWS))


def losses_of(model: Model, outcome: Outcome) -> tuple[Loss, ...]:
    """Critical errors in words, then what else cost points."""
    cost = library.weights().passing.critical_error_points
    return (*(Loss("", safety_words(model, *error), cost) for error in outcome.critical), *outcome.losses)


def _paint_lost(surface: pygame.Surface, model: Model, outcome: Outcome, page: int) -> None:
    """Why points were lost, what cost most first."""
    panel(surface, LOST, radius=16)
    text.write(surface, LOST.x + 32, LOST.y + 34, say("results.lost"), 20, 600, TEXT2)
    pages = pages_of(outcome)
    losses = losses_of(model, outcome)
    if not losses:
        text.write(surface, LOST.x + 32, LOST.y + 80, say("results.nothing_lost"), 17, 500, TEXT)
    if pages > 1:
        words = say("book.page", page=page % pages + 1, pages=pages)
        button(surface, MORE, Label(words, key=cap("PageDown"), px=14))
    start = page % pages * LOST_ROWS
    for row, loss in enumerate(losses[start : start + LOST_ROWS]):
        y = LOST.y + 50 + row * 41
        colour = TEXT if loss.block else WARN
        surface.fill(LINE, (LOST.x + 32, y, LOST.w - 64, 1))
        text.number(
            surface, LOST.x + 84, y + 26, f"{loss.points:.0f}" if loss.points >= 1 else "<1", 18, align=Align.END
        )
        name = say(f"block.{loss.block}") if loss.block else say("results.critical_one")
        text.write(surface, LOST.x + 100, y + 26, text.fit(name, 15, 600, 150), 15, 600, colour)
        lines = text.wrap(loss.why, 15, 500, LOST.w - 300)[:2]
        for line_row, line in enumerate(lines):
            line_y = y + (26 if len(lines) == 1 else 18 + 18 * line_row)
            text.write(surface, LOST.x + 262, line_y, text.fit(line, 15, 500, LOST.w - 290), 15, 500, TEXT2)


def _paint_facts(surface: pygame.Surface, model: Model, outcome: Outcome) -> None:
    panel(surface, FACTS, radius=16)
    peri = ", ".join(f"{pause / 1000:.1f}" for pause in outcome.peri_shock_ms if pause >= 0)
    rows = (
        ("results.first_compression", clock(outcome.first_push_ms)),
        ("results.first_shock", clock(outcome.first_shock_ms)),
        ("results.first_epinephrine", clock(outcome.first_epinephrine_ms)),
        ("results.loops_closed", f"{outcome.loops_closed} / {outcome.loops}"),
        ("results.shocks", str(outcome.shocks)),
        ("results.peri_shock", f"{peri} s" if peri else "--"),
        ("results.tokens", str(outcome.tokens)),
        ("results.critical", str(len(outcome.critical))),
    )
    for place, (words, figure) in enumerate(rows):
        x = FACTS.x + 32 + place % 4 * 182
        y = FACTS.y + 22 + place // 4 * 44
        text.write(surface, x, y, say(words), 14, 500, TEXT2, room=172)
        text.write(surface, x, y + 21, text.fit(figure, 17, 700, 172), 17, 700)
    notes = f"{say('results.tokens_what')} {say('results.loops')}"
    text.write(surface, FACTS.x + 32, FACTS.bottom - 12, text.fit(notes, 14, 500, FACTS.w - 64), 14, 500, TEXT3)


def _paint_foot(surface: pygame.Surface, *, back: bool) -> None:
    surface.fill(BAR, FOOT)
    surface.fill(LINE, (0, FOOT.y, WIDTH, 1))
    button(surface, AGAIN, Label(say("results.again"), key=cap("Enter"), px=18), State.PRIMARY)
    button(surface, SAME, Label(say("results.same"), key=cap("KeyS"), px=18))
    text.write(surface, 580, 691, say("results.thanks"), 18, 600)
    if back:
        button(surface, BACK, Label(say("results.look_back"), key=cap("KeyD"), px=17))
    button(surface, LEAVE, Label(say("results.leave"), key=cap("KeyL"), px=17))
