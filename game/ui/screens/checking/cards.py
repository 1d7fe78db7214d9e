"""What a check shows of the other seats: hands, and what each has just said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import frame, icons, shapes, text
from game.ui.theme import (
    LINE2,
    OK,
    S1,
    TEXT,
    TEXT2,
    WARN,
    livery,
)
from game.ui.values import finding_label, finding_value
from game.ui.widgets import badge
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from game.ui.board import Paint
    from game.ui.screen import Model


CARDS: Final = tuple(pygame.Rect(400 + place * 292, 320, 280, 84) for place in range(3))
LOW_CARD: Final = 64
"""Height of a card that says nothing but hands."""


class Card(NamedTuple):
    """What the Leader sees of another seat: hands, and the last thing it said."""

    stations: int
    who: str
    hands_on: bool
    said: str
    age: str
    fresh: bool


def card_of(model: Model, seat: int, now_ms: int) -> Card:
    """The card of a seat, as this one knows of it."""
    person = frame.people(model)[seat]
    role = role_word(person.stations)
    who = say("frame.title", seat=role, name=person.name) if person.name else role
    if model.view.lead is None:
        return Card(person.stations, who, person.hands_on, "", "", fresh=not person.hands_on)
    reported = [said for said in model.view.lead.reported if said.seat == seat]
    if not reported:
        return Card(person.stations, who, person.hands_on, say("ring.report_none"), "", fresh=False)
    last = max(reported, key=lambda said: said.at_ms)
    label = finding_label(model, last.key)
    words = f"{label}: {finding_value(model, last.key, last.value)}"
    fresh = last.at_ms >= model.view.check.since_ms
    return Card(person.stations, who, person.hands_on, words, clock(now_ms - last.at_ms), fresh)


def card_painter(rect: pygame.Rect, card: Card) -> Paint:
    """Paints a card; a low one says nothing but hands."""
    return lambda surface: _paint_card(surface, rect, card)


def _paint_card(surface: pygame.Surface, rect: pygame.Rect, card: Card) -> None:
    border = WARN if card.hands_on else OK if card.fresh else LINE2
    surface.blit(shapes.box(rect.size, 12, S1, border, 1.5), rect.topleft)
    badge.draw(surface, livery(card.stations), (rect.x + 34, rect.centery), 38)
    text.write(surface, rect.x + 64, rect.y + 25, card.who, 15, 600, TEXT2)
    if card.fresh and not card.hands_on:
        icons.draw(surface, "check", (rect.right - 22, rect.y + 21), 16, OK, 2.6)
    hands = say("frame.hands_on" if card.hands_on else "frame.hands_off")
    # What was said in this pause leads; hands that are still on go before everything.
    told = card.fresh and bool(card.said) and not card.hands_on
    title = card.said if told else hands
    room = rect.w - 76
    px = text.largest(title, (18, 16), 700, room)
    colour = WARN if card.hands_on else TEXT
    text.write(surface, rect.x + 64, rect.y + 49, text.fit(title, px, 700, room), px, 700, colour)
    if rect.h <= LOW_CARD:
        return
    below = hands if told else card.said
    below = say("ring.report_age", said=below, age=card.age) if card.age else below
    text.write(surface, rect.x + 64, rect.y + 70, text.fit(below, 14, 500, room), 14, 500, TEXT2)
