"""The order board: open orders by what they need from the Leader, and before the first one the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import frame, icons, shapes, text
from game.ui.screen import Control, Intent
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

    from game.rules.views import LeadView, OrderView
    from game.ui.screen import Model


ORDERS: Final = pygame.Rect(16, 208, 364, 232)


def sorted_orders(orders: Sequence[OrderView]) -> list[OrderView]:
    """What asks for the Leader's word first, then the newest."""
    return sorted(orders, key=lambda order: (order.state != "read_back", -order.since_ms))


def order_rects(orders: Sequence[OrderView]) -> list[pygame.Rect]:
    """Where the rows of the sorted board lie; what does not fit goes into the stack."""
    rects: list[pygame.Rect] = []
    y = ORDERS.y + 34
    for place, order in enumerate(orders):
        high = 98 if order.state == "read_back" else 44
        last = place == len(orders) - 1
        if y + high > ORDERS.bottom - (6 if last else 50):
            break
        rects.append(pygame.Rect(28, y, 340, high))
        y += high + 3
    return rects


def controls(model: Model) -> list[Control]:
    """Confirm and Correct of each read-back."""
    orders = sorted_orders(model.view.orders)
    found: list[Control] = []
    for order, rect in zip(orders, order_rects(orders), strict=False):
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
            text.middle(surface, 66, y, words, 15, 500, TEXT2)


def paint(surface: pygame.Surface, model: Model, now_ms: int) -> None:
    """The open orders, what asks for a word first."""
    orders = sorted_orders(model.view.orders)
    hint = say("lead.open_orders", count=len(orders)) if orders else ""
    panel(surface, ORDERS, say("lead.orders"), hint, opacity=0.96)
    if not orders:
        text.write(surface, 32, 278, say("lead.no_orders"), 16, 600, TEXT2)
        text.write(surface, 32, 302, say("lead.no_orders_hint"), 14, 500, TEXT3)
        return
    rects = order_rects(orders)
    for order, rect in zip(orders, rects, strict=False):
        order_row(surface, rect, _sent(model, order, now_ms), say("lead.confirm"), say("lead.correct"))
    if len(orders) > len(rects):
        _paint_stack(surface, orders[len(rects) :])


def _sent(model: Model, order: OrderView, now_ms: int) -> Sent:
    person = frame.seated(model, order.station)
    who = person.name or role_word(Station(person.stations))
    said = command_words(model, str(order.said[0]), order.said[1:]) if order.said else ""
    key = f"order_state.{order.state}"
    state = say(key, who=who, ago=clock(now_ms - order.since_ms), said=said) if knows(key) else order.state
    return Sent(livery(order.station), command_words(model, order.op, order.args), state, order.state)


def _paint_stack(surface: pygame.Surface, orders: Sequence[OrderView]) -> None:
    surface.blit(shapes.box((316, 38), 9, S1, LINE, 1), (40, 398))
    surface.blit(shapes.box((328, 38), 9, S1, LINE2, 1), (34, 394))
    surface.blit(shapes.box((340, 40), 9, S2, LINE2, 1.2), (28, 390))
    shapes.put(surface, shapes.disc(13, LEAD), (50, 410))
    text.number_middle(surface, 50, 410, str(len(orders)), 15, 700, INK)
    text.middle(surface, 72, 410, say("lead.more"), 15, 600)
    for place, order in enumerate(orders[:4]):
        x = 132 + place * 54
        badge.draw(surface, livery(order.station), (x, 410), 20)
        name, colour = MARKS.get(order.state, ("clock", WARN))
        icons.draw(surface, name, (x + 22, 410), 16, colour, 2.2)
