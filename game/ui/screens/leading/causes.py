"""The board of causes, and before Start the first acts in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import CAUSE_STATES, CAUSES
from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import (
    ACC,
    INK,
    LINE,
    LINE2,
    OK,
    S1,
    S2,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    WARN_BG,
    WARN_TEXT,
    Colours,
)
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import LeadView
    from game.ui.screen import Model


CAUSE_BOARD: Final = pygame.Rect(16, 452, 1248, 124)
CAUSE_TILES: Final = tuple(
    pygame.Rect(28 + place * 102 + (8 if place > 5 else 0), 486, 96, 80) for place in range(len(CAUSES))
)
FIRST_ACTS: Final = tuple(pygame.Rect(28 + place * 245, 490, 237, 76) for place in range(5))
_TILE: Final = {
    "open": Colours(S2, LINE2, TEXT),
    "possible": Colours(S2, TEXT2, TEXT),
    "ruled_out": Colours(S1, LINE, TEXT3),
    "working": Colours(WARN_BG, WARN, TEXT),
    "treated": Colours("#10302A", OK, TEXT),
}


def next_cause_state(now: int) -> str:
    """What a tap on a tile makes of it: possible, ruled out, treated, open again."""
    after = {"open": "possible", "possible": "ruled_out", "ruled_out": "treated", "working": "treated"}
    return after.get(CAUSE_STATES[now], "open")


def has_pulse(model: Model) -> bool:
    """True while the team knows of a pulse."""
    return model.view.check.pulse == "felt"


def controls(model: Model, lead: LeadView, places: Sequence[pygame.Rect] = CAUSE_TILES) -> list[Control]:
    """Hit areas of the board, or of the first acts; a fact that was picked makes its cause a possible one."""
    if lead.started:
        return [
            Control(rect, Intent("cause", (cause, "possible" if model.mode.fact else next_cause_state(state))))
            for rect, cause, state in zip(places, CAUSES, lead.causes, strict=False)
        ]
    acts = first_acts(lead, pulse=has_pulse(model))
    return [Control(rect, act.intent) for rect, act in zip(FIRST_ACTS, acts, strict=True)]


def paint(
    surface: pygame.Surface,
    lead: LeadView,
    fact: str = "",
    board: pygame.Rect = CAUSE_BOARD,
    places: Sequence[pygame.Rect] = CAUSE_TILES,
) -> None:
    """The board of twelve; `fact` is what the Leader is about to put on one of them."""
    panel(surface, board, opacity=0.97, border=ACC if fact else LINE, stroke=2 if fact else 1)
    text.write(surface, board.x + 16, board.y + 24, say("lead.causes"), 15, 600, TEXT2)
    hint, colour = (say("board.put", fact=fact), ACC) if fact else (say("board.hint"), TEXT3)
    hint = text.fit(hint, 14, 600 if fact else 500, board.w - 160)
    text.write(surface, board.right - 16, board.y + 24, hint, 14, 600 if fact else 500, colour, align=Align.END)
    for place, rect in enumerate(places):
        state = CAUSE_STATES[lead.causes[place]] if place < len(lead.causes) else "open"
        clues = lead.clues[place] if place < len(lead.clues) else 0
        _paint_cause(surface, rect, place, state, clues)


def _paint_cause(surface: pygame.Surface, rect: pygame.Rect, place: int, state: str, clues: int) -> None:
    hot = state == "working" or (clues > 1 and state in ("open", "possible"))
    colours = _TILE["working" if hot else state]
    out, strong = state == "ruled_out", hot or state == "treated"
    picture = shapes.box(rect.size, 9, colours.fill, colours.border, 2 if strong else 1, dashed=out)
    surface.blit(picture, rect.topleft)
    tint = Colours(INK, LINE2, WARN if hot else TEXT3 if out else TEXT2)
    caps = cap("KeyH" if place < 6 else "KeyT") + cap(f"Digit{place % 6 + 1}")
    keycap(surface, rect.x + 7, rect.y + 18, caps, tint)
    words = say(f"cause.{CAUSES[place]}")
    lines = words.split(" ") if text.width(words, 14, 600) > rect.w - 14 else [words]
    for row, line in enumerate(lines[:2]):
        shown = text.fit(line, 14, 600, rect.w - 10)
        y = rect.y + (44 if len(lines) > 1 else 50) + row * 14
        text.write(surface, rect.x + 9, y, shown, 14, 600, colours.text)
    below = rect.y + (73 if len(lines) > 1 else 70)
    note = _note(state, clues)
    shade = WARN_TEXT if hot else TEXT3 if out else TEXT2
    text.write(surface, rect.x + 9, below, text.fit(note, 14, 500, rect.w - 12), 14, 500, shade)
    if out:
        icons.draw(surface, "x", (rect.right - 16, rect.y + 18), 14, TEXT3)
    elif state == "treated":
        icons.draw(surface, "check", (rect.right - 16, rect.y + 18), 16, OK, 2.4)
    else:
        for clue in range(min(clues, 3)):
            mark = shapes.box((10, 14), 2, WARN if hot else TEXT2)
            surface.blit(mark, (rect.right - 18 - clue * 14, rect.y + 11))


def paint_low(surface: pygame.Surface, rect: pygame.Rect, place: int, state: str, clues: int) -> None:
    """A tile of half the height: its key and its note above, its name below."""
    hot = state == "working" or (clues > 1 and state in ("open", "possible"))
    colours = _TILE["working" if hot else state]
    out, strong = state == "ruled_out", hot or state == "treated"
    surface.blit(shapes.box(rect.size, 9, colours.fill, colours.border, 2 if strong else 1, dashed=out), rect.topleft)
    tint = Colours(INK, LINE2, WARN if hot else TEXT3 if out else TEXT2)
    caps = cap("KeyH" if place < 6 else "KeyT") + cap(f"Digit{place % 6 + 1}")
    wide = keycap(surface, rect.x + 7, rect.y + 16, caps, tint)
    note, shade = _note(state, clues), WARN_TEXT if hot else TEXT3 if out else TEXT2
    room = rect.w - wide - 20
    text.middle(surface, rect.right - 7, rect.y + 16, text.fit(note, 14, 500, room), 14, 500, shade, align=Align.END)
    words = say(f"cause.{CAUSES[place]}")
    text.write(surface, rect.x + 9, rect.y + 44, words, 14, 600, colours.text, room=rect.w - 16)


def _note(state: str, clues: int) -> str:
    if clues and state in ("open", "possible"):
        return say("lead.one_clue") if clues == 1 else say("lead.clues", count=clues)
    return "" if state == "open" else say("lead.working" if state == "working" else f"cause_state.{state}")


class FirstAct(NamedTuple):
    """One of the acts a Leader starts with: it opens the pad of its digit, or starts."""

    name: str
    icon: str
    digit: int
    intent: Intent


def first_acts(lead: LeadView, *, pulse: bool) -> tuple[FirstAct, ...]:
    """The five of the opening. Pads that are on are charged; where there is a pulse nobody pushes or charges."""
    pads = {3: Intent(Local.PAD, (3,)), 5: Intent(Local.PAD, (5,)), 6: Intent(Local.PAD, (6,))}
    pressure, shock = FirstAct("pressure", "heart", 5, pads[5]), FirstAct("shock", "bolt", 3, pads[3])
    charge = pressure if pulse else shock
    return (
        FirstAct("begin", "heart", 1, Intent("start")) if pulse else FirstAct("push", "compress", 1, Intent("start")),
        charge if lead.ecg.connected else FirstAct("pads", "bolt", 3, pads[3]),
        FirstAct("line", "drop", 5, pads[5]),
        FirstAct("oxygen", "lung", 5, pads[5]),
        FirstAct("ask", "ear", 6, pads[6]),
    )


def paint_first(surface: pygame.Surface, acts: tuple[FirstAct, ...]) -> None:
    """The five acts to begin with."""
    panel(surface, CAUSE_BOARD, opacity=0.97)
    text.write(surface, 32, 478, say("lead.opening"), 15, 600, TEXT2)
    text.write(surface, 1248, 478, say("lead.opening_hint"), 14, 500, TEXT3, align=Align.END)
    for rect, act in zip(FIRST_ACTS, acts, strict=True):
        surface.blit(shapes.box(rect.size, 12, S2, LINE2, 1.3), rect.topleft)
        keycap(surface, rect.x + 14, rect.centery, cap(f"Digit{act.digit}"))
        icons.draw(surface, act.icon, (rect.x + 62, rect.centery), 26, TEXT, 2.2)
        text.write(surface, rect.x + 86, rect.y + 34, say(f"first_act.{act.name}"), 18, 700)
        text.write(surface, rect.x + 86, rect.y + 56, say(f"first_act.{act.name}_detail"), 15, 500, TEXT2)
