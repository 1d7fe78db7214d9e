"""How it went: CCF large and the six blocks, the log's facts, the outcome apart.

A lost case begins with neutral facts and no score; the same figures are one key away, for whoever is ready to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import STATIONS_OF
from game.ui import art, icons, library, shapes, text
from game.ui.board import Board
from game.ui.outcome import Block, Outcome, read
from game.ui.screen import Control, Intent, Local
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
BLOCKS_TOP: Final = 226
BLOCK_STEP: Final = 54
OUTCOME: Final = pygame.Rect(32, 560, 412, 60)
BIG: Final = pygame.Rect(500, 76, 764, 236)
FACTS: Final = pygame.Rect(500, 328, 764, 308)
FOOT: Final = pygame.Rect(0, 648, 1280, 72)
AGAIN: Final = pygame.Rect(16, 656, 300, 56)
LEAVE: Final = pygame.Rect(1120, 656, 144, 56)
BACK: Final = pygame.Rect(960, 656, 144, 56)

END_CARD: Final = pygame.Rect(744, 84, 520, 524)
END_FOOT: Final = pygame.Rect(0, 642, 1280, 78)
END_LEAVE: Final = pygame.Rect(760, 652, 120, 58)
END_LOOK: Final = pygame.Rect(888, 652, 128, 58)
END_AGAIN: Final = pygame.Rect(1024, 652, 240, 58)

GOOD, FAIR = 0.85, 0.70
"""From these shares on a block's bar is in "ok", and no longer in "warn"."""


class ResultsScreen:
    """The result of a run, won or lost."""

    def __init__(self) -> None:
        self._figures = Board(_plain_ground())
        self._quiet = Board(_dim_ground())
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; it changes only when the result comes."""
        self._model = model
        outcome = read(model.result)
        lost = _lost(model, outcome)
        board = self._quiet if lost and not model.mode.look else self._figures
        key = (model.team, model.pack.label)
        board.part("top", TOP, key, lambda surface: _paint_top(surface, model))
        if outcome is None:
            board.part("card", CARD, 0, _paint_counting)
        elif board is self._quiet:
            board.part("end", END_CARD, outcome, lambda surface: _paint_end(surface, outcome))
        else:
            board.part("card", CARD, outcome, lambda surface: _paint_card(surface, model, outcome))
            board.part("big", BIG, outcome, lambda surface: _paint_big(surface, outcome))
            board.part("facts", FACTS, outcome, lambda surface: _paint_facts(surface, model, outcome))
        if board is self._quiet:
            board.part("foot", END_FOOT, 0, _paint_end_foot)
        else:
            board.part("foot", FOOT, lost, lambda surface: _paint_foot(surface, back=lost))
        board.show(surface)

    def controls(self) -> Sequence[Control]:
        """Again, or leave; after a lost case to the figures and back."""
        model = self._model
        lost = model is not None and _lost(model, read(model.result))
        quiet = lost and model is not None and not model.mode.look
        again, look, leave = (END_AGAIN, END_LOOK, END_LEAVE) if quiet else (AGAIN, BACK, LEAVE)
        found = [Control(again, Intent("again"), key="Enter"), Control(leave, Intent("leave"), key="KeyL")]
        return [*found, Control(look, Intent(Local.LOOK), key="KeyD")] if lost else found


def _lost(model: Model, outcome: Outcome | None) -> bool:
    """True for a case that ended without a pulse; nobody is mourned in a drill."""
    return outcome is not None and not outcome.pulse_held and model.level.kind != "drill"


def _plain_ground() -> pygame.Surface:
    canvas = pygame.Surface((WIDTH, HEIGHT))
    canvas.fill(ROOM)
    return canvas


def _dim_ground() -> pygame.Surface:
    """The room, still and dim."""
    canvas = pygame.Surface((WIDTH, HEIGHT))
    canvas.fill(INK)
    stage = art.stage("leader_nocrew")
    canvas.blit(stage, (-228, 60))
    veil = pygame.Surface((WIDTH, HEIGHT))
    veil.fill(INK)
    veil.set_alpha(100)
    canvas.blit(veil, (0, 60))
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
    if not outcome.ranked:
        text.write(surface, 40, 190, say("results.not_ranked"), 15, 500, TEXT3)
    for place, block in enumerate(outcome.blocks[:6]):
        _paint_block(surface, BLOCKS_TOP - 22 + place * BLOCK_STEP + 22, block)
    _paint_outcome(surface, held=outcome.pulse_held)


def _paint_outcome(surface: pygame.Surface, *, held: bool) -> None:
    """What became of the patient, beside the score: no verdict, and a lost case in no colour of warning."""
    fill, border, second = (OK_BG, OK, "#BFEFE1") if held else (S2, LINE2, TEXT2)
    surface.blit(shapes.box(OUTCOME.size, 12, fill, border, 1.5), OUTCOME.topleft)
    icons.draw(surface, "heart", (62, OUTCOME.centery), 28, OK if held else TEXT2, 2.4)
    text.write(surface, 88, 586, say("results.held" if held else "results.not_held"), 19, 700)
    text.write(surface, 88, 608, say("results.apart"), 15, 500, second)


def _paint_block(surface: pygame.Surface, y: int, block: Block) -> None:
    surface.fill(LINE, (40, y - 18, 396, 1))
    text.write(surface, 40, y + 6, say(f"block.{block.name}"), 17, 600)
    text.number(surface, 436, y + 6, f"{block.points} / {block.most}", 16, align=Align.END)
    share = block.points / block.most if block.most > 0 else 0.0
    colour = OK if share >= GOOD else TEXT if share >= FAIR else WARN
    gauge.bar(surface, pygame.Rect(40, y + 15, 396, 8), share, colour, INK)


def _paint_big(surface: pygame.Surface, outcome: Outcome) -> None:
    panel(surface, BIG, radius=16)
    text.write(surface, BIG.x + 32, BIG.y + 44, say("results.ccf"), 20, 600, TEXT2)
    end = text.number(surface, BIG.x + 28, BIG.y + 160, f"{outcome.ccf * 100:.0f}", 120)
    text.write(surface, end + 8, BIG.y + 160, "%", 54, 700)
    text.write(surface, BIG.x + 32, BIG.y + 206, say("results.ccf_what"), 17, 500, TEXT2)
    x = BIG.x + 400
    rows = (
        (f"{outcome.ccf_no_vent * 100:.0f} %", "results.without_breaths"),
        (f"{outcome.avoidable_ms / 1000:.1f} s", "results.avoidable"),
        (f"{outcome.longest_pause_ms / 1000:.1f} s", "results.longest"),
    )
    for place, (figure, words) in enumerate(rows):
        y = BIG.y + 66 + place * 66
        text.number(surface, x, y, figure, 36)
        text.write(surface, x, y + 22, say(words), 15, 500, TEXT2)


def _paint_facts(surface: pygame.Surface, model: Model, outcome: Outcome) -> None:
    panel(surface, FACTS, radius=16)
    text.write(surface, FACTS.x + 32, FACTS.y + 38, say("results.facts"), 20, 600, TEXT2)
    if model.level.cause:
        cause = say("results.cause", cause=say(f"cause.{model.level.cause}"))
        text.write(surface, FACTS.right - 32, FACTS.y + 38, cause, 18, 700, align=Align.END)
    peri = ", ".join(f"{pause / 1000:.1f}" for pause in outcome.peri_shock_ms if pause >= 0)
    rows = (
        ("clock", "results.first_compression", clock(outcome.first_push_ms)),
        ("bolt", "results.first_shock", clock(outcome.first_shock_ms)),
        ("bolt", "results.shocks", str(outcome.shocks)),
        ("pause", "results.peri_shock", f"{peri} s" if peri else "--"),
        ("syringe", "results.first_epinephrine", clock(outcome.first_epinephrine_ms)),
        ("swap", "results.loops_closed", f"{outcome.loops_closed} / {outcome.loops}"),
        ("hand", "results.tokens", str(outcome.tokens)),
        ("stop", "results.critical", str(len(outcome.critical))),
    )
    for place, (icon, words, figure) in enumerate(rows):
        x = FACTS.x + 32 + place % 2 * 366
        y = FACTS.y + 86 + place // 2 * 46
        icons.draw(surface, icon, (x + 12, y - 6), 22, TEXT2)
        text.write(surface, x + 36, y, say(words), 17, 500, TEXT2)
        text.write(surface, x + 334, y, figure, 18, 700, align=Align.END)
    errors = "; ".join(dict.fromkeys(safety_words(model, *error) for error in outcome.critical))
    text.write(surface, FACTS.x + 32, FACTS.bottom - 48, text.fit(errors, 15, 600, FACTS.w - 64), 15, 600, WARN)
    text.write(surface, FACTS.x + 32, FACTS.bottom - 22, say("results.loops"), 15, 500, TEXT3)


def _paint_foot(surface: pygame.Surface, *, back: bool) -> None:
    surface.fill(BAR, FOOT)
    surface.fill(LINE, (0, FOOT.y, WIDTH, 1))
    button(surface, AGAIN, Label(say("results.again"), key="Enter", px=18), State.PRIMARY)
    text.write(surface, 340, 691, say("results.thanks"), 18, 600)
    if back:
        button(surface, BACK, Label(say("results.look_back"), key="D", px=17))
    button(surface, LEAVE, Label(say("results.leave"), key="L", px=17))


def _paint_end(surface: pygame.Surface, outcome: Outcome) -> None:
    """Neutral facts, no score, and a way to a person."""
    x = END_CARD.x
    panel(surface, END_CARD, radius=18, opacity=0.97)
    text.write(surface, x + 36, 140, say("lost.title"), 34, 700)
    how = say("lost.stopped" if outcome.stopped else "lost.time", at=clock(outcome.end_ms))
    text.write(surface, x + 36, 172, how, 19, 500, TEXT2)
    surface.fill(LINE, (x + 36, 196, END_CARD.w - 72, 1))
    facts = (
        ("clock", say("lost.first", push=clock(outcome.first_push_ms), shock=clock(outcome.first_shock_ms))),
        ("compress", say("lost.hands_on", share=f"{outcome.ccf * 100:.0f} %")),
        ("bolt", say("lost.shocks", count=outcome.shocks, longest=f"{outcome.longest_pause_ms / 1000:.1f}")),
        ("check", say("lost.loops", closed=outcome.loops_closed, all=outcome.loops)),
    )
    for place, (icon, words) in enumerate(facts):
        y = 226 + place * 38
        icons.draw(surface, icon, (x + 50, y), 22, TEXT2)
        text.middle(surface, x + 76, y, words, 18, 600)
    box = pygame.Rect(x + 36, 374, END_CARD.w - 72, 92)
    surface.blit(shapes.box(box.size, 12, INK, LINE, 1), box.topleft)
    for row, line in enumerate(text.wrap(say("lost.truth"), 17, 500, box.w - 40)[:3]):
        text.write(surface, x + 56, 406 + row * 24, line, 17)
    for row, line in enumerate(text.wrap(say("lost.care"), 16, 500, END_CARD.w - 72)[:3]):
        text.write(surface, x + 36, 504 + row * 24, line, 16, 500, TEXT2)


def _paint_end_foot(surface: pygame.Surface) -> None:
    surface.fill(BAR, END_FOOT)
    surface.fill(LINE, (0, END_FOOT.y, WIDTH, 1))
    for place, stations in enumerate(STATIONS_OF.values()):
        badge.draw(surface, livery(stations), (40 + place * 44, 681), 30)
    text.write(surface, 216, 687, say("results.thanks"), 18, 600)
    button(surface, END_LEAVE, Label(say("results.leave"), key="L", px=17))
    button(surface, END_LOOK, Label(say("results.look_1"), say("results.look_2"), "D", tone=TEXT))
    button(surface, END_AGAIN, Label(say("results.again"), key="Enter", px=17), State.PRIMARY)
