"""Paper: the chart, the slips with their values, and what runs in; four lines of it on the card, all of it large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import icons, text
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import ACC, LINE, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.values import drug_rate, finding_label, finding_value, measured, way_words
from game.ui.widgets import twelve
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import clock, first_upper, say

if TYPE_CHECKING:
    from game.rules.views import CartView, SlipView
    from game.ui.board import Board
    from game.ui.screen import Model


SHEET: Final = pygame.Rect(16, 72, 840, 504)
TURN: Final = pygame.Rect(330, 76, 190, 44)
BACK: Final = pygame.Rect(532, 78, 150, 44)
COLUMN_PX: Final = 392
ROW_PX: Final = 25
FOOT: Final = 486
"""Lowest baseline on the sheet, from its top."""
CARD_ROWS: Final = 4
CARD_PX: Final = 282
"""What the card holds of a line."""
CHART_ROWS: Final = 2
"""Lines of the card that are the chart's."""


class Row(NamedTuple):
    """A line of paper. `tone`: "" plain, "warn" waits or is out of range, "quiet" is not there yet."""

    label: str
    value: str = ""
    tone: str = ""


class Block(NamedTuple):
    """A part of the sheet under its heading; the hint stands at the heading's right."""

    title: str
    hint: str
    rows: tuple[Row, ...]


INKS: Final = {"": TEXT, "warn": WARN, "quiet": TEXT3}


def _chart(model: Model) -> list[Row]:
    """What the chart and the lines have shown: the level's findings of the cart that this seat has."""
    keys = {finding.key for finding in model.level.findings if finding.station & Station.CART}
    return [
        Row(finding_label(model, seen.key), finding_value(model, seen.key, seen.value))
        for seen in model.view.findings
        if seen.key in keys
    ]


def _telling(model: Model, slip: SlipView) -> dict[str, str]:
    """The values of a slip that say something, by name, in words."""
    return {
        seen.key.partition(".")[2]: finding_value(model, seen.key, seen.value)
        for seen in model.view.findings
        if seen.key.startswith(f"{slip.kind}.")
    }


def _newest(cart: CartView) -> list[SlipView]:
    """What waits first, then the latest results."""
    return sorted(cart.slips, key=lambda slip: (bool(slip.values), -slip.taken_ms))


def _slip(model: Model, slip: SlipView, now_ms: int) -> Row:
    """A slip on the card: when it comes, or what on it is out of range."""
    name = say(f"slip.{slip.kind}")
    if not slip.values:
        return Row(name, say("chart.back_in", time=clock(max(0, slip.due_ms - now_ms))), "warn")
    out = tuple(f"{say(f'value.{key}')} {words.split(' ')[0]}" for key, words in _telling(model, slip).items())
    label = say("meds.ago", label=name, ago=clock(now_ms - slip.taken_ms))
    return Row(label, _as_many(out, CARD_PX) if out else say("meds.in_range"))


@lru_cache(maxsize=64)
def _as_many(items: tuple[str, ...], room: int) -> str:
    """As many of `items` as fit a line, and how many more there are: never half of one."""
    for count in range(len(items), 0, -1):
        rest = say("chart.more", count=len(items) - count) if count < len(items) else ""
        line = ", ".join(items[:count]) + rest
        if text.width(line, 14, 600) <= room:
            return line
    return items[0]


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
    """What is on the card: the chart first, then what waits, the newest results and what runs."""
    cart = model.view.cart
    if cart is None:
        return ()
    chart = _chart(model)
    if not chart and not cart.chart_read:
        chart = [Row(say("chart.papers"), say("chart.press", letter=cap("KeyM")), "quiet")]
    fresh = [_slip(model, slip, now_ms) for slip in _newest(cart)] + _running(model, cart, now_ms)
    fresh = fresh or [Row(say("slip.gas"), say("chart.not_sent"), "quiet")]
    last = fresh[: max(CARD_ROWS - CHART_ROWS, CARD_ROWS - len(chart))]
    return (*chart[: CARD_ROWS - len(last)], *last)


def card(board: Board, model: Model, rect: pygame.Rect, now_ms: int) -> None:
    """Declares the card."""
    rows = summary(model, now_ms)
    board.part("chart", rect, rows, lambda surface: paint_card(surface, rect, rows))


def paint_card(surface: pygame.Surface, rect: pygame.Rect, rows: Sequence[Row]) -> None:
    """The card at the upper left of the cart."""
    panel(surface, rect, opacity=0.96)
    icons.draw(surface, "chart", (rect.x + 24, rect.y + 24), 20, TEXT3)
    text.write(surface, rect.x + 42, rect.y + 29, say("chart.title"), 16, 700)
    keycap(surface, rect.right - 36, rect.y + 24, cap("KeyM"))
    for place, row in enumerate(rows):
        y = rect.y + 42 + place * 43
        surface.fill(LINE, (rect.x + 16, y, rect.w - 32, 1))
        text.write(surface, rect.x + 16, y + 18, text.fit(row.label, 14, 500, CARD_PX), 14, 500, TEXT3)
        px = text.largest(row.value, (15, 14), 600, CARD_PX)
        value = text.fit(row.value, px, 600, CARD_PX)
        text.write(surface, rect.x + 16, y + 37, value, px, 600, INKS[row.tone])


def blocks_of(model: Model, now_ms: int) -> tuple[Block, ...]:
    """All that is known on paper: the chart, what runs, then each slip with what is out of range first."""
    cart = model.view.cart
    if cart is None:
        return ()
    read = _chart(model) or [Row(say("meds.nothing_read"), "", "quiet")]
    blocks = [Block(say("chart.papers"), "", tuple(read))]
    if runs := _running(model, cart, now_ms):
        blocks.append(Block(say("chart.runs"), "", tuple(runs)))
    return (*blocks, *(_slip_block(model, slip, now_ms) for slip in _newest(cart)))


def _slip_block(model: Model, slip: SlipView, now_ms: int) -> Block:
    title = say(f"slip.{slip.kind}")
    if not slip.values:
        return Block(title, say("chart.back_in", time=clock(max(0, slip.due_ms - now_ms))), ())
    out = _telling(model, slip)
    values = sorted(slip.values, key=lambda pair: pair[0] not in out)
    rows = tuple(
        Row(say(f"value.{name}"), measured(name, value), "warn" if name in out else "") for name, value in values
    )
    return Block(title, say("chart.ago", ago=clock(now_ms - slip.taken_ms)), rows)


def declare(board: Board, model: Model, now_ms: int) -> None:
    """Declares the sheet over the station: what is known, or on its other side the newest twelve leads."""
    leads = _leads(model)
    if leads is not None and model.mode.page % 2:
        board.part("leads", SHEET, leads, lambda surface: _paint_leads(surface, leads))
        return
    blocks = blocks_of(model, now_ms)
    board.part("sheet", SHEET, blocks, lambda surface: _paint(surface, blocks))
    if leads is not None:
        board.part("turn", TURN, cap("PageDown"), _paint_turn)


def controls(model: Model) -> list[Control]:
    """A press on the sheet puts it away; where twelve leads have come back, a key and a button turn it over."""
    if _leads(model) is None:
        return [Control(SHEET, Intent(Local.PAPER))]
    if model.mode.page % 2:
        return [Control(SHEET, Intent(Local.PAPER)), Control(BACK, Intent(Local.PAGE), key="PageDown")]
    return [Control(SHEET, Intent(Local.PAPER)), Control(TURN, Intent(Local.PAGE), key="PageDown")]


def _leads(model: Model) -> SlipView | None:
    """The newest twelve leads that this seat reads."""
    return twelve.newest(model.view.cart.slips) if model.view.cart else None


def _paint_leads(surface: pygame.Surface, slip: SlipView) -> None:
    surface.blit(twelve.picture(SHEET.size, slip), SHEET.topleft)
    pygame.draw.rect(surface, ACC, SHEET, 2)
    button(surface, BACK, Label(say("monitor.words"), px=14, key=cap("PageDown")))


def _paint_turn(surface: pygame.Surface) -> None:
    button(surface, TURN, Label(say("monitor.turns"), px=14, key=cap("PageDown")), State.WARN)


class Spot(NamedTuple):
    """Where a line of the sheet stands: its left edge and its baseline from the sheet's corner."""

    x: int
    y: int


def _flow(blocks: Sequence[Block]) -> Iterator[tuple[Spot, Block | Row]]:
    """Lines one under the other in two columns; a heading goes on with its first rows."""
    x, y = 16, 64
    for block in blocks:
        if y + ROW_PX * min(3, 1 + len(block.rows)) > FOOT and x == 16:
            x, y = 32 + COLUMN_PX, 64
        yield Spot(x, y), block
        y += ROW_PX
        for row in block.rows:
            if y > FOOT and x == 16:
                x, y = 32 + COLUMN_PX, 64
            if y > FOOT:
                return
            yield Spot(x, y), row
            y += ROW_PX * (1 if _one_line(row) else 2)
        y += 8


def _one_line(row: Row) -> bool:
    return text.width(row.label, 14, 500) + text.width(row.value, 15, 600) + 40 <= COLUMN_PX


def _paint(surface: pygame.Surface, blocks: Sequence[Block]) -> None:
    hint = say("chart.closes", letter=cap("KeyM"), other=cap("Escape"))
    panel(surface, SHEET, say("meds.paper"), hint, border=ACC, stroke=2)
    for spot, what in _flow(blocks):
        x, y = SHEET.x + spot.x, SHEET.y + spot.y
        if isinstance(what, Block):
            text.write(surface, x, y, what.title, 15, 700, ACC)
            text.write(surface, x + COLUMN_PX, y, what.hint, 14, 600, WARN if not what.rows else TEXT3, align=Align.END)
        else:
            _paint_row(surface, x, y, what)


def _paint_row(surface: pygame.Surface, x: int, y: int, row: Row) -> None:
    if row.tone == "warn":
        icons.draw(surface, "flag", (x + 7, y - 5), 14, WARN, 2)
    left = x + (20 if row.tone == "warn" else 0)
    text.write(surface, left, y, row.label, 14, 500, TEXT2 if row.value else TEXT3)
    below = 0 if _one_line(row) else ROW_PX
    value = text.fit(row.value, 15, 600, COLUMN_PX)
    text.write(surface, x + COLUMN_PX, y + below, value, 15, 600, INKS[row.tone], align=Align.END)
    surface.fill(LINE, (x, y + below + 7, COLUMN_PX, 1))
