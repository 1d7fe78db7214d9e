"""The last reported values: the Leader knows what people said, and how long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.content.clues import clues
from game.ui import frame, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import (
    ACC,
    DANGER,
    LINE,
    LINE2,
    OK,
    S2,
    TEXT2,
    TEXT3,
    WARN,
)
from game.ui.values import finding_label, finding_value
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.content import Level
    from game.rules.views import LeadView, ReportedView
    from game.ui.screen import Model


REPORTED: Final = pygame.Rect(824, 244, 440, 196)
VALUES: Final = tuple(pygame.Rect(840 + place % 3 * 138, 280 + place // 3 * 78, 132, 72) for place in range(6))
WANTED: Final = ("rhythm", "pulse", "etco2", "breaths", "gas.ph_thousandth", "glucose.glucose_tenth_mmol_l")
"""What the Leader needs first; other reports take the places that nobody has filled, clues to a cause first."""
UNITS: Final = {"etco2": "unit.mmhg", "breaths": "unit.per_min", "nibp": "unit.mmhg"}
FRESH_S: Final = 60
STALE_S: Final = 180
FADED: Final = 0.6
BEATING: Final = ("pulse", "nibp", "spo2", "etco2", "temperature.core_tenth_degc", "glucose.glucose_tenth_mmol_l")
"""What is needed first of a patient whose heart beats."""
HEAD: Final = 34
"""Height of the title line, which opens the book of all that was said."""
BOOK_KEY: Final = "KeyM"


def wanted(model: Model) -> tuple[str, ...]:
    """What the Leader needs first, with and without a pulse."""
    return BEATING if model.view.check.pulse == "felt" else WANTED


def reported_slots(
    lead: LeadView, level: Level, first: Sequence[str] = WANTED
) -> list[tuple[str, ReportedView | None]]:
    """Six tiles: what is wanted `first`, in fixed places; other reports take places that nobody has filled."""
    known = {said.key: said for said in lead.reported}
    slots: list[tuple[str, ReportedView | None]] = [(key, known.pop(key, None)) for key in first]
    others = sorted(known.values(), key=lambda said: (not _is_clue(said, level), -said.at_ms))
    for place in range(len(slots) - 1, -1, -1):
        if slots[place][1] is None and others:
            said = others.pop(0)
            slots[place] = (said.key, said)
    return slots


def _is_clue(said: ReportedView, level: Level) -> bool:
    """True for what points to a cause, in general or in this level: it stays while "Mouth: clear" goes."""
    own = (finding.suggests for finding in level.findings if (finding.key, finding.value) == (said.key, said.value))
    return any(own) or bool(clues().of(said.key, said.value).suggests)


def controls(
    model: Model, lead: LeadView, board: pygame.Rect = REPORTED, places: Sequence[pygame.Rect] = VALUES
) -> list[Control]:
    """A tap on a value picks it for the board of causes, one on the title opens the book."""
    slots = zip(places, reported_slots(lead, model.level, wanted(model)), strict=True)
    facts = [Control(rect, Intent(Local.FACT, (key,))) for rect, (key, said) in slots if said and lead.started]
    head = Control(pygame.Rect(board.x, board.y, board.w, HEAD), Intent(Local.PAPER))
    return [head, *facts]


def picked(model: Model, lead: LeadView) -> str:
    """The fact that was picked, in words; "" while none is."""
    said = next((said for said in lead.reported if said.key == model.mode.fact), None)
    return f"{finding_label(model, said.key)}: {value_words(model, said)}" if said else ""


def paint(
    surface: pygame.Surface,
    model: Model,
    lead: LeadView,
    now_ms: int,
    board: pygame.Rect = REPORTED,
    places: Sequence[pygame.Rect] = VALUES,
) -> None:
    """Six tiles that fade with age."""
    slots = reported_slots(lead, model.level, wanted(model))
    hidden = len(lead.reported) - sum(said is not None for _, said in slots)
    hint = (
        say("board.more_said", count=hidden, cap=cap(BOOK_KEY)) if hidden else say("board.all_said", cap=cap(BOOK_KEY))
    )
    panel(surface, board, say("lead.reported"), hint, opacity=0.96)
    for rect, (key, said) in zip(places, slots, strict=True):
        dashed, chosen = said is None, said is not None and key == model.mode.fact
        border = ACC if chosen else LINE2 if dashed else LINE
        surface.blit(shapes.box(rect.size, 8, S2, border, 2 if chosen else 1, dashed=dashed), rect.topleft)
        label = text.fit(finding_label(model, key), 14, 600, 78)
        text.write(surface, rect.x + 12, rect.y + 22, label, 14, 600, TEXT2)
        if said is None:
            text.write(surface, rect.x + 12, rect.y + 48, "?", 24, 700, alpha=153)
            text.write(surface, rect.x + 12, rect.y + 65, say("lead.nobody_yet"), 14, 500, TEXT3)
            continue
        _paint_value(surface, rect, model, said, max(0, now_ms - said.at_ms) // 1000)


def age_colour(age_s: int) -> str:
    """Fresh, to be asked for again soon, or too old to act on."""
    return OK if age_s < FRESH_S else WARN if age_s < STALE_S else DANGER


def _paint_value(surface: pygame.Surface, rect: pygame.Rect, model: Model, said: ReportedView, age_s: int) -> None:
    colour = age_colour(age_s)
    text.number(surface, rect.right - 10, rect.y + 22, clock(age_s * 1000), 14, 400, colour, align=Align.END)
    value = value_words(model, said)
    room = rect.w - 22
    px = text.largest(value, (24, 20, 16, 14), 700, room)
    alpha = round(255 * (1 - (1 - FADED) * min(1.0, age_s / STALE_S)))
    lines = _two_lines(value, px, room)
    for row, line in enumerate(lines):
        y = rect.y + (48 if len(lines) == 1 else 38 + 14 * row)
        text.write(surface, rect.x + 12, y, text.fit(line, px, 700, room), px, 700, alpha=alpha)
    held = frame.stations_of(model, said.seat)
    who = role_word(held) if held else ""
    if said.seat == model.seat:
        who = say("lead.you_at_check")
    unit = UNITS.get(said.key)
    line = say("lead.by_unit", who=who, unit=say(unit)) if unit else say("lead.by", who=who)
    text.write(surface, rect.x + 12, rect.y + 65, text.fit(line, 14, 500, rect.w - 16), 14, 500, TEXT3)


def _two_lines(value: str, px: int, room: int) -> list[str]:
    """Words too long for one line take two: what comes last is often how much, and stays with its unit."""
    lines = list(text.wrap(value, px, 700, room))
    if len(lines) > 1 and lines[0][-1].isdigit():
        first, _, number = lines[0].rpartition(" ")
        lines[:2] = [first, f"{number} {lines[1]}"]
    return lines[:2]


def value_words(model: Model, said: ReportedView) -> str:
    """A report as it stands on its tile: the unit is under it."""
    words = f"lead_value.{said.key}_{said.value}"
    if knows(words):
        return say(words)
    if said.key in UNITS:
        return said.value
    return finding_value(model, said.key, said.value)
