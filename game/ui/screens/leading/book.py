"""The book of the case: every order and how it ended, and every report that the Leader has heard, with its age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.ui import frame, icons, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Finished, Intent, Local
from game.ui.screens.leading import orders, reported
from game.ui.text import Align, Part
from game.ui.theme import ACC, CAPTION, LINE, TEXT, TEXT2, TEXT3, WARN, livery
from game.ui.values import finding_label, finding_value
from game.ui.widgets import badge
from game.ui.widgets.button import Label, button
from game.ui.widgets.order import MARKS
from game.ui.widgets.panel import panel
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.rules.views import LeadView, ReportedView
    from game.ui.board import Board
    from game.ui.screen import Model


BOOK: Final = pygame.Rect(16, 208, 1248, 368)
TOP: Final = 72
"""From the panel's upper edge to its first row."""
ROW: Final = 30
ORDERS_W: Final = 0.38
"""Share of the book's width that the orders take."""
COLUMNS: Final = 2
MORE: Final = (132, 28)


def rows_of(rect: pygame.Rect) -> int:
    """Rows that a column holds."""
    return (rect.h - TOP - 8) // ROW


def _pages(lead: LeadView, rect: pygame.Rect) -> int:
    return max(1, -(-len(lead.reported) // (COLUMNS * rows_of(rect))))


def on_page(model: Model, lead: LeadView, rect: pygame.Rect = BOOK) -> list[ReportedView]:
    """The reports of the page that is open, the latest first."""
    size = COLUMNS * rows_of(rect)
    start = model.mode.page % _pages(lead, rect) * size
    return sorted(lead.reported, key=lambda said: -said.at_ms)[start : start + size]


def _places(rect: pygame.Rect) -> list[pygame.Rect]:
    """Where the reports lie, column by column."""
    left, count = rect.x + round(rect.w * ORDERS_W) + 16, rows_of(rect)
    wide = (rect.right - 12 - left) // COLUMNS
    return [
        pygame.Rect(left + place // count * wide, rect.y + TOP + place % count * ROW, wide - 8, ROW)
        for place in range(COLUMNS * count)
    ]


def _more(rect: pygame.Rect) -> pygame.Rect:
    return pygame.Rect((rect.right - 16 - MORE[0], rect.y + 36), MORE)


def controls(model: Model, lead: LeadView, rect: pygame.Rect = BOOK) -> list[Control]:
    """A tap closes the book, turns its page, or picks a report for the board of causes."""
    found = [Control(rect, Intent(Local.PAPER))]
    facts = zip(_places(rect), on_page(model, lead, rect), strict=False)
    found += [Control(place, Intent(Local.FACT, (said.key,))) for place, said in facts if lead.started]
    if _pages(lead, rect) > 1:
        found.append(Control(_more(rect), Intent(Local.PAGE), key="PageDown"))
    return found


def declare(board: Board, model: Model, lead: LeadView, now_ms: int, rect: pygame.Rect = BOOK) -> None:
    """Declares the book over the stage."""
    key = (model.view.orders, tuple(model.finished), lead.reported, model.mode.page, now_ms // 1000)
    board.part("book", rect, key, lambda surface: paint(surface, model, lead, now_ms, rect))


def paint(surface: pygame.Surface, model: Model, lead: LeadView, now_ms: int, rect: pygame.Rect = BOOK) -> None:
    """Orders at the left, reports at the right."""
    hint = say("book.hint", cap=cap(reported.BOOK_KEY))
    panel(surface, rect, say("book.title"), hint, fill=CAPTION, border=ACC, stroke=2)
    middle = rect.x + round(rect.w * ORDERS_W)
    surface.fill(LINE, (middle, rect.y + 44, 1, rect.h - 56))
    text.write(surface, rect.x + 16, rect.y + 58, say("book.orders"), 16, 700)
    text.write(surface, middle + 16, rect.y + 58, say("book.reports"), 16, 700)
    _paint_orders(surface, model, now_ms, rect, middle)
    page = on_page(model, lead, rect)
    for place, said in zip(_places(rect), page, strict=False):
        _paint_report(surface, model, said, now_ms, place)
    if not page:
        text.write(surface, middle + 16, rect.y + TOP + 20, say("book.none_said"), 16, 500, TEXT3)
    if (pages := _pages(lead, rect)) > 1:
        words = say("book.page", page=model.mode.page % pages + 1, pages=pages)
        button(surface, _more(rect), Label(words, key=cap("PageDown"), px=14))


def _paint_orders(surface: pygame.Surface, model: Model, now_ms: int, rect: pygame.Rect, right: int) -> None:
    given: list[orders.Row] = [*orders.sorted_orders(model.view.orders), *reversed(model.finished)]
    if not given:
        text.write(surface, rect.x + 16, rect.y + TOP + 20, say("book.none_asked"), 16, 500, TEXT3)
    for row, order in enumerate(given[: rows_of(rect)]):
        y = rect.y + TOP + row * ROW + ROW / 2
        sent = orders.sent(model, order, now_ms)
        badge.draw(surface, sent.livery, (rect.x + 28, y), 20)
        name, colour = MARKS.get(sent.mark, ("clock", WARN))
        icons.draw(surface, name, (rect.x + 52, y), 16, colour, 2.2)
        room = right - rect.x - 84
        words = text.fit(sent.order, 15, 600, round(room * 0.6))
        end = text.middle(surface, rect.x + 70, y, words, 15, 600, TEXT2 if isinstance(order, Finished) else TEXT)
        left = round(right - 16 - end - 12)
        text.middle(surface, right - 16, y, text.fit(sent.state, 14, 500, left), 14, 500, TEXT3, align=Align.END)


def _paint_report(surface: pygame.Surface, model: Model, said: ReportedView, now_ms: int, place: pygame.Rect) -> None:
    age_s = max(0, now_ms - said.at_ms) // 1000
    y = place.centery
    badge.draw(surface, livery(frame.stations_of(model, said.seat)), (place.x + 12, y), 20)
    text.number(surface, place.x + 64, y + 5, clock(age_s * 1000), 14, 400, reported.age_colour(age_s), align=Align.END)
    label = finding_label(model, said.key)
    room = round(place.right - place.x - 84 - text.width(f"{label}: ", 15))
    value = text.fit(finding_value(model, said.key, said.value), 15, 700, max(40, room))
    text.rich(surface, place.x + 74, y + 5, (Part(f"{label}: ", 500, TEXT2), Part(value, 700, TEXT)), 15)
