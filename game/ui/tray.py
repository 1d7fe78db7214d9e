"""The action tray: any commands of the command table as tiles with their keys, and why one does not work now.

It needs to know nothing about a command: what has no art yet is played from here, with its argument choices beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS, Feel
from game.rules.refusals import Refusal
from game.ui import icons, shapes, text
from game.ui.acts import icon_of, state_words
from game.ui.desk import refusal
from game.ui.drawers import DRAWERS
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS, taken
from game.ui.screen import Control, Intent, Local
from game.ui.theme import ACC, AIR, DISABLED, LINE, LINE2, OK, S2, STATE_COLOURS, TEXT, TEXT3, State
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap, keycap_width
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


GAP: Final = 6
TOUCH: Final = 44
"""Least height of a tile: a finger's."""
STACKED: Final = 70
"""From this height on a narrow tile has its key and icon above its words."""
WIDE: Final = 150
"""From this width on a tile is one row: icon, words, key; a narrower one stacks them."""

MORE: Final = "more"
"""The entry that turns the page of a tray longer than its place."""


class Cell(NamedTuple):
    """A command, a drawer or the way on, as its tile shows it."""

    op: str
    title: str
    detail: str
    key: str
    icon: str
    state: State


def on_page(model: Model, entries: Sequence[str], size: int) -> tuple[str, ...]:
    """The entries that are up: all without a `size`, else those of the page where the keyboard is, and the way on."""
    if not size or len(entries) <= size:
        return tuple(entries)
    start = _start(model, entries, size)
    return (*entries[start : start + size], MORE)


def _start(model: Model, entries: Sequence[str], size: int) -> int:
    return model.mode.tray % len(entries) // size * size


def intent_of(entry: str, model: Model) -> Intent:
    """What pressing a tile means: the command, its choices, its drawer."""
    return taken(entry, model.view)


def cells(model: Model, entries: Sequence[str], size: int = 0) -> tuple[Cell, ...]:
    """The tiles of the entries that are up; see `on_page`."""
    under_cursor = entries[model.mode.tray % len(entries)] if entries and not model.tiles and model.mode.tray else ""
    return tuple(_cell(model, entry, on_cursor=entry == under_cursor) for entry in on_page(model, entries, size))


def _cell(model: Model, entry: str, *, on_cursor: bool) -> Cell:
    if entry == MORE:
        return Cell(entry, say("choose.more"), say("tray.page"), "", "right", State.IDLE)
    if entry in DRAWERS:
        opened = model.mode.group == entry
        state = State.HOVER if opened or on_cursor else State.IDLE
        return Cell(entry, say(f"group.{entry}"), "", "", "", state)
    reason = refusal(entry, model.stations, model.view)
    task = model.view.task
    busy_with_it = task is not None and task.op == entry
    opened = bool(model.mode.path) and model.mode.path[0] == entry
    key = cap(COMMANDS[entry].key) if COMMANDS[entry].key else ""
    return Cell(
        entry,
        say(f"command.{entry}.label"),
        say(f"command.{entry}.doing") if busy_with_it else _running(model, entry) or state_words(entry, reason),
        key,
        icon_of(entry),
        _state(reason, busy=busy_with_it, chosen=opened or on_cursor),
    )


SLIPS: Final = {"scan": "ultrasound"}
"""Kinds of measurements whose command has another name."""


def _running(model: Model, op: str) -> str:
    """How long the measurement of `op` still takes, "" while none runs."""
    view = model.view
    for part in (view.chest, view.airway, view.cart):
        for slip in part.slips if part else ():
            if slip.kind == SLIPS.get(op, op) and not slip.values and slip.due_ms > view.now_ms:
                return say("tray.to_go", time=clock(slip.due_ms - view.now_ms))
    return ""


def _state(reason: Refusal, *, busy: bool, chosen: bool) -> State:
    if busy or chosen:
        return State.HOVER
    if reason is Refusal.ALREADY_DONE:
        return State.OK
    return State.DISABLED if reason else State.IDLE


def grid(rect: pygame.Rect, count: int, *, columns: int = 0, height: int = 0) -> list[pygame.Rect]:
    """Places for `count` tiles in `rect`: as few columns as leave each tile a finger high, or as many as asked."""
    while not columns or _fit(rect, count, columns) < TOUCH:
        columns += 1
        if columns >= count:
            break
    rows = -(-count // columns)
    wide = (rect.w - GAP * (columns - 1)) // columns
    high = height or (rect.h - GAP * (rows - 1)) // max(rows, 1)
    return [
        pygame.Rect(rect.x + (place % columns) * (wide + GAP), rect.y + (place // columns) * (high + GAP), wide, high)
        for place in range(count)
    ]


def _fit(rect: pygame.Rect, count: int, columns: int) -> int:
    rows = -(-count // columns)
    return (rect.h - GAP * (rows - 1)) // max(rows, 1)


def declare(board: Board, name: str, cells_: Sequence[Cell], rects: Sequence[pygame.Rect]) -> None:
    """Declares the tiles as parts of a board."""
    for cell, rect in zip(cells_, rects, strict=True):
        board.part(f"{name} {cell.op}", rect, cell, _painter(rect, cell))


def _painter(rect: pygame.Rect, cell: Cell) -> Paint:
    return lambda surface: paint(surface, rect, cell)


def controls(model: Model, entries: Sequence[str], rects: Sequence[pygame.Rect], size: int = 0) -> list[Control]:
    """The hit areas of the tiles that are up."""
    found = []
    for entry, rect in zip(on_page(model, entries, size), rects, strict=True):
        if entry == MORE:
            start = _start(model, entries, size)
            on = start + size if start + size < len(entries) else 0
            found.append(Control(rect, Intent(Local.MOVE, (on - model.mode.tray % len(entries),))))
            continue
        works = entry in DRAWERS or refusal(entry, model.stations, model.view) is Refusal.DONE
        intent = intent_of(entry, model)
        feel = COMMANDS[entry].feel if intent.op == entry else Feel.TAP
        found.append(Control(rect, intent, feel, works))
    return found


def paint(surface: pygame.Surface, rect: pygame.Rect, cell: Cell) -> None:
    """One tile; the reason it does not work stands where its hint would."""
    colours = STATE_COLOURS[cell.state]
    off = cell.state is State.DISABLED
    stroke = 1 if off else 1.5
    surface.blit(shapes.box(rect.size, 9, colours.fill, colours.border, stroke, dashed=off), rect.topleft)
    ink = OK if cell.state is State.OK else colours.text
    second = {State.OK: "#9BE8D2", State.DISABLED: DISABLED, State.HOVER: AIR}.get(cell.state, TEXT3)
    (_paint_row if rect.w >= WIDE else _paint_stack)(surface, rect, cell, ink, second)


def _paint_row(surface: pygame.Surface, rect: pygame.Rect, cell: Cell, ink: str, second: str) -> None:
    icons.draw(surface, cell.icon, (rect.x + 22, rect.centery), 24, ink)
    end = rect.right - 8
    if cell.key:
        end -= keycap_width(cell.key)
        keycap(surface, end, rect.centery, cell.key)
    room = end - rect.x - 48
    words = TEXT if cell.state is State.OK else ink
    text.write(surface, rect.x + 44, rect.centery - 3, text.fit(cell.title, 15, 600, room), 15, 600, words)
    text.write(surface, rect.x + 44, rect.centery + 15, text.fit(cell.detail, 14, 500, room), 14, 500, second)


def _paint_stack(surface: pygame.Surface, rect: pygame.Rect, cell: Cell, ink: str, second: str) -> None:
    words = TEXT if cell.state is State.OK else ink
    room = rect.w - 16
    if rect.h < STACKED:
        if cell.key:
            keycap(surface, rect.right - 30, rect.centery, cell.key)
            room -= 28
        title = text.fit(cell.title, 14, 600, room)
        if not cell.detail:
            text.middle(surface, rect.x + 8, rect.centery, title, 14, 600, words)
            return
        text.write(surface, rect.x + 8, rect.centery - 3, title, 14, 600, words)
        text.write(surface, rect.x + 8, rect.centery + 15, text.fit(cell.detail, 14, 500, room), 14, 500, second)
        return
    if cell.key:
        keycap(surface, rect.x + 8, rect.y + 18, cell.key)
    icons.draw(surface, cell.icon, (rect.right - 20, rect.y + 18), 20, ink)
    lines = text.wrap(cell.detail, 14, 500, room)[: 2 if rect.h >= STACKED + 10 else 1]
    text.write(surface, rect.x + 8, rect.y + 49, text.fit(cell.title, 14, 600, room), 14, 600, words)
    for row, line in enumerate(lines):
        text.write(surface, rect.x + 8, rect.y + 65 + 15 * row, line, 14, 500, second)


def progress(
    surface: pygame.Surface, model: Model, ops: Sequence[str], rects: Sequence[pygame.Rect], now_ms: int
) -> None:
    """The bar of the task that keeps the hands busy, over its tile; drawn every frame."""
    task = model.view.task
    if task is None or task.op not in ops:
        return
    rect = rects[list(ops).index(task.op)]
    share = (now_ms - task.start_ms) / max(1, task.end_ms - task.start_ms)
    gauge.bar(surface, pygame.Rect(rect.x + 9, rect.y + 3, rect.w - 18, 4), share, ACC, LINE)


class Offer(NamedTuple):
    """An open choice as its tile shows it."""

    title: str
    detail: str
    key: str
    icon: str
    chosen: bool


def offers(model: Model) -> tuple[Offer, ...]:
    """The open choices with the digits that take them."""
    return tuple(
        Offer(tile.title, tile.detail, cap(DIGITS[place]), tile.icon, place == model.mode.cursor)
        for place, tile in enumerate(model.tiles)
    )


def declare_offers(board: Board, model: Model, rects: Sequence[pygame.Rect]) -> None:
    """Declares the open choices as parts of a board."""
    for place, (offer, rect) in enumerate(zip(offers(model), rects, strict=False)):
        board.part(f"offer {place}", rect, offer, _offer_painter(rect, offer))


def _offer_painter(rect: pygame.Rect, offer: Offer) -> Paint:
    return lambda surface: paint_offer(surface, rect, offer)


def offer_controls(model: Model, rects: Sequence[pygame.Rect]) -> list[Control]:
    """The hit areas of the open choices."""
    return [Control(rect, Intent(Local.CHOOSE, (place,))) for place, rect in enumerate(rects[: len(model.tiles)])]


def paint_offer(surface: pygame.Surface, rect: pygame.Rect, offer: Offer) -> None:
    """A choice: its digit at the left, its words in up to two lines."""
    border = ACC if offer.chosen else LINE2
    surface.blit(shapes.box(rect.size, 9, S2, border, 2 if offer.chosen else 1.5), rect.topleft)
    keycap(surface, rect.x + 8, rect.y + 18, offer.key)
    if offer.icon:
        icons.draw(surface, offer.icon, (rect.right - 20, rect.y + 18), 18, TEXT3)
    lines = text.wrap(offer.title, 15, 600, rect.w - 16)[:2]
    below = [*[(line, 600, TEXT) for line in lines], *([(offer.detail, 500, TEXT3)] if offer.detail else [])]
    top = rect.bottom - 8 - 17 * (len(below) - 1)
    for row, (words, weight, colour) in enumerate(below[:3]):
        line = text.fit(words, 14, weight, rect.w - 16)
        text.write(surface, rect.x + 8, top + 17 * row, line, 14, weight, colour)
