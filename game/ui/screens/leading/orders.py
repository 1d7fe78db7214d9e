"""The order board: open orders by what they need from the Leader, and before the first one the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.views import OrderView
from game.stations import Station
from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Finished, Intent, Local
from game.ui.theme import (
    INK,
    LEAD,
    LINE,
    LINE2,
    S1,
    S2,
    TEXT2,
    TEXT3,
    WARN,
    livery,
)
from game.ui.values import command_words
from game.ui.widgets import badge
from game.ui.widgets.order import MARKS, Sent, answer_rects, order_row
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import LeadView
    from game.ui.screen import Model


ORDERS: Final = pygame.Rect(16, 208, 364, 232)


STACK: Final = pygame.Rect(28, 390, 340, 44)
FINISHED_MS: Final = 60_000
"""How long an order that is over stays on the board."""

Row = OrderView | Finished


def sorted_orders(orders: Sequence[OrderView]) -> list[OrderView]:
    """What asks for the Leader's word first, then the newest."""
    return sorted(orders, key=lambda order: (order.state != "read_back", -order.since_ms))


def lately(model: Model, now_ms: int) -> tuple[Finished, ...]:
    """The orders that were over a moment ago, the latest first."""
    return tuple(over for over in reversed(model.finished) if now_ms - over.at_ms < FINISHED_MS)


def rows(model: Model, now_ms: int) -> list[Row]:
    """All that the board lists: open orders, then how the last ones ended."""
    return [*sorted_orders(model.view.orders), *lately(model, now_ms)]


def order_rects(orders: Sequence[Row], board: pygame.Rect = ORDERS) -> list[pygame.Rect]:
    """Where the rows of the sorted board lie; what does not fit goes into the stack."""
    rects: list[pygame.Rect] = []
    y = board.y + 34
    for place, order in enumerate(orders):
        high = 98 if order.state == "read_back" else 44
        last = place == len(orders) - 1
        if y + high > board.bottom - (6 if last else 50):
            break
        rects.append(pygame.Rect(board.x + 12, y, board.w - 24, high))
        y += high + 3
    return rects


def stack_rect(board: pygame.Rect = ORDERS) -> pygame.Rect:
    """Where the orders after the first ones fold into one card."""
    return STACK.move(board.x - ORDERS.x, board.bottom - ORDERS.bottom)


def controls(model: Model, board: pygame.Rect = ORDERS) -> list[Control]:
    """Confirm and Correct of each read-back; the stack opens over the stage."""
    found = [Control(stack_rect(board), Intent(Local.PAPER))] if model.view.orders or model.finished else []
    orders = sorted_orders(model.view.orders)
    for order, rect in zip(orders, order_rects(orders, board), strict=False):
        if order.state == "read_back":
            confirm, correct = answer_rects(rect)
            found.append(Control(confirm, Intent("confirm", (order.order_id,))))
            found.append(Control(correct, Intent("correct", (order.order_id,))))
    return found


def paint_brief(surface: pygame.Surface, model: Model, lead: LeadView) -> None:
    """What the team walks into."""
    panel(surface, ORDERS, say("lead.brief"), say("lead.brief_hint"), opacity=0.96)
    lines = text.wrap(model.level.brief, 17, 600, ORDERS.w - 32)[:4]
    for row, line in enumerate(lines):
        text.write(surface, 32, 262 + row * 24, line, 17, 600)
    some = bool(model.level.start.lines)
    facts = (
        ("bolt", say("lead.pads_on" if lead.ecg.connected else "lead.pads_off")),
        ("drop", say("lead.lines_some" if some else "lead.lines_none")),
        ("heart", say("lead.pulse_known" if model.view.check.pulse == "felt" else "lead.pulse_unknown")),
        ("eye", say("lead.crew_count", count=len(model.view.crew))),
    )
    top = 262 + len(lines) * 24 + 12
    for row, (name, words) in enumerate(facts):
        y = top + row * 26
        if y < ORDERS.bottom - 10:
            icons.draw(surface, name, (46, y), 18, TEXT3)
            text.middle(surface, 66, y, words, 15, 500, TEXT2, room=ORDERS.right - 74)


def paint(surface: pygame.Surface, model: Model, now_ms: int, board: pygame.Rect = ORDERS) -> None:
    """The open orders, what asks for a word first, and how the last ones ended."""
    shown, count = rows(model, now_ms), len(model.view.orders)
    hint = say("lead.open_orders", count=count) if count else ""
    panel(surface, board, say("lead.orders"), hint, opacity=0.96)
    if not shown:
        text.write(surface, board.x + 16, board.y + 70, say("lead.no_orders"), 16, 600, TEXT2, room=board.w - 32)
        hint = say("lead.no_orders_hint", first=cap("Digit3"), last=cap("Digit6"))
        text.write(surface, board.x + 16, board.y + 94, hint, 14, 500, TEXT3, room=board.w - 32)
        return
    rects = order_rects(shown, board)
    for order, rect in zip(shown, rects, strict=False):
        order_row(surface, rect, sent(model, order, now_ms), say("lead.confirm"), say("lead.correct"))
    if len(shown) > len(rects):
        _paint_stack(surface, shown[len(rects) :], stack_rect(board))


def sent(model: Model, order: Row, now_ms: int) -> Sent:
    """An order as the board lists it: what, whom, and what has become of it."""
    words = command_words(model, order.op, order.args)
    if isinstance(order, Finished):
        state = say(f"order_state.{order.state}", at=clock(order.at_ms))
        return Sent(livery(order.station), words, state, order.state)
    person = frame.seated(model, order.station)
    who = person.name or role_word(Station(person.stations))
    said = command_words(model, str(order.said[0]), order.said[1:]) if order.said else ""
    key = f"order_state.{order.state}"
    state = say(key, who=who, ago=clock(now_ms - order.since_ms), said=said) if knows(key) else order.state
    return Sent(livery(order.station), words, state, order.state)


def _paint_stack(surface: pygame.Surface, orders: Sequence[Row], rect: pygame.Rect) -> None:
    x, y = rect.topleft
    surface.blit(shapes.box((316, 38), 9, S1, LINE, 1), (x + 12, y + 8))
    surface.blit(shapes.box((328, 38), 9, S1, LINE2, 1), (x + 6, y + 4))
    surface.blit(shapes.box((340, 40), 9, S2, LINE2, 1.2), (x, y))
    shapes.put(surface, shapes.disc(13, LEAD), (x + 22, y + 20))
    text.number_middle(surface, x + 22, y + 20, str(len(orders)), 15, 700, INK)
    text.middle(surface, x + 44, y + 20, say("lead.more"), 15, 600)
    for place, order in enumerate(orders[:4]):
        left = x + 104 + place * 54
        badge.draw(surface, livery(order.station), (left, y + 20), 20)
        name, colour = MARKS.get(order.state, ("clock", WARN))
        icons.draw(surface, name, (left + 22, y + 20), 16, colour, 2.2)
    icons.draw(surface, "down", (x + 324, y + 20), 18, TEXT2, 2.2)
