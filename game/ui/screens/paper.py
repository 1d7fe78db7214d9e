"""Paper: the chart, the slips with their values, and what runs in; four lines of it on the card, all of it large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import icons, text
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import ACC, LINE, TEXT, TEXT2, TEXT3, WARN
from game.ui.values import drug_rate, finding_label, finding_value, measured, way_words
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import clock, first_upper, say

if TYPE_CHECKING:
    from game.rules.views import CartView, SlipView
    from game.ui.board import Board
    from game.ui.screen import Model


SHEET: Final = pygame.Rect(16, 72, 840, 504)
COLUMNS: Final = 2
ROW_PX: Final = 26
ROWS: Final = 17
CARD_ROWS: Final = 4
CARD_PX: Final = 282
"""What the card holds of a line."""


class Row(NamedTuple):
    """A line of paper; a heading has no value."""

    label: str
    value: str = ""
    waits: bool = False


def _chart(model: Model) -> list[Row]:
    """What the chart and the lines have shown: the level's findings of the cart that this seat has."""
    keys = {finding.key for finding in model.level.findings if finding.station & Station.CART}
    return [
        Row(finding_label(model, seen.key), finding_value(model, seen.key, seen.value))
        for seen in model.view.findings
        if seen.key in keys
    ]


def _slip(model: Model, slip: SlipView, now_ms: int) -> Row:
    """A slip on the card: when it comes, or what on it is out of range."""
    name = say(f"slip.{slip.kind}")
    if not slip.values:
        return Row(name, say("meds.to_go", time=clock(max(0, slip.due_ms - now_ms))), waits=True)
    out = [
        f"{finding_label(model, seen.key)} {finding_value(model, seen.key, seen.value).split(' ')[0]}"
        for seen in model.view.findings
        if seen.key.startswith(f"{slip.kind}.")
    ]
    label = say("meds.ago", label=name, ago=clock(now_ms - slip.taken_ms))
    return Row(label, ", ".join(out) if out else say("meds.in_range"))


def _running(model: Model, cart: CartView, now_ms: int) -> list[Row]:
    pumps = [
        Row(
            first_upper(say(f"drug.{each.drug}")),
            f"{drug_rate(model, each.drug, each.ug_per_min)}, {way_words(each.site)}",
        )
        for each in cart.infusions
    ]
    bags = [
        Row(
            f"{first_upper(say(f'fluid.{each.fluid}'))} {say('unit.volume', volume=each.volume_ml)}",
            say("meds.runs", time=clock(max(0, each.end_ms - now_ms))),
        )
        for each in cart.fluids
    ]
    return pumps + bags


def summary(model: Model, now_ms: int) -> tuple[Row, ...]:
    """What is on the card: the chart first, and the newest results and pumps in its last lines."""
    cart = model.view.cart
    if cart is None:
        return ()
    fresh = [_slip(model, slip, now_ms) for slip in reversed(cart.slips)] + _running(model, cart, now_ms)
    chart = _chart(model)
    last = fresh[: max(2, CARD_ROWS - len(chart))]
    return (*chart[: CARD_ROWS - len(last)], *last)


def paint_card(surface: pygame.Surface, rect: pygame.Rect, rows: Sequence[Row]) -> None:
    """The card at the upper left of the cart."""
    panel(surface, rect, opacity=0.96)
    icons.draw(surface, "chart", (rect.x + 24, rect.y + 24), 20, TEXT3)
    text.write(surface, rect.x + 42, rect.y + 29, say("meds.chart"), 16, 700)
    keycap(surface, rect.right - 36, rect.y + 24, "M")
    for place, row in enumerate(rows or (Row(say("meds.chart_unread"), say("meds.chart_press")),)):
        y = rect.y + 42 + place * 43
        surface.fill(LINE, (rect.x + 16, y, 274, 1))
        text.write(surface, rect.x + 16, y + 18, row.label, 14, 500, TEXT3)
        px = text.largest(row.value, (15, 14), 600, CARD_PX)
        value = text.fit(row.value, px, 600, CARD_PX)
        text.write(surface, rect.x + 16, y + 37, value, px, 600, WARN if row.waits else TEXT)


def _sheet(model: Model, now_ms: int) -> tuple[Row, ...]:
    """All that is known on paper, with a heading before each part."""
    cart = model.view.cart
    if cart is None:
        return ()
    rows = [Row(say("meds.chart")), *(_chart(model) or [Row(say("meds.nothing_read"), " ")])]
    for slip in reversed(cart.slips):
        rows.append(_slip(model, slip, now_ms)._replace(value="") if slip.values else _slip(model, slip, now_ms))
        rows += [Row(say(f"value.{name}"), measured(name, value)) for name, value in slip.values]
    return (*rows, *_running(model, cart, now_ms))


def declare(board: Board, model: Model, now_ms: int) -> None:
    """Declares the sheet over the station."""
    rows = _sheet(model, now_ms)
    board.part("sheet", SHEET, rows, lambda surface: _paint(surface, rows))


def controls() -> list[Control]:
    """A press on the sheet puts it away."""
    return [Control(SHEET, Intent(Local.PAPER))]


def _paint(surface: pygame.Surface, rows: Sequence[Row]) -> None:
    panel(surface, SHEET, say("meds.paper"), say("meds.paper_hint"), border=ACC, stroke=2)
    wide = (SHEET.w - 32 - 24 * (COLUMNS - 1)) // COLUMNS
    for place, row in enumerate(rows[: ROWS * COLUMNS]):
        x = SHEET.x + 16 + place // ROWS * (wide + 24)
        y = SHEET.y + 46 + place % ROWS * ROW_PX
        if not row.value:
            text.write(surface, x, y + 18, row.label, 15, 700, ACC)
            continue
        end = text.write(surface, x, y + 18, row.label, 14, 500, TEXT2)
        value = text.fit(row.value, 15, 600, round(x + wide - end - 10))
        text.write(surface, x + wide, y + 18, value, 15, 600, WARN if row.waits else TEXT, align=Align.END)
        surface.fill(LINE, (x, y + ROW_PX - 1, wide, 1))
