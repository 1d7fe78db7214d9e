"""The action tray: any commands of the command table as tiles with their keys, and why one does not work now.

It needs to know nothing about a command: what has no art yet is played from here, with its argument choices beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS, Feel, commands_of
from game.rules.refusals import Refusal
from game.ui import icons, shapes, text
from game.ui.keymap import DIGITS, cap, lined, refusal
from game.ui.screen import Control, Intent, Local
from game.ui.theme import ACC, AIR, DISABLED, LINE, LINE2, OK, S2, STATE_COLOURS, TEXT, TEXT3, State
from game.ui.tiles import step
from game.ui.widgets import gauge
from game.ui.widgets.button import keycap, keycap_width
from game.ui.words import knows, say

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

ICONS: Final[dict[str, str]] = {
    "squeeze": "airway",
    "oxygen": "wave",
    "suction": "suction",
    "oral": "airway",
    "sga": "lung",
    "tube": "tube",
    "co2": "wave",
    "listen": "ear",
    "glucose": "drop",
    "temperature": "temp",
    "access": "drop",
    "draw": "syringe",
    "give": "syringe",
    "flush": "drop",
    "discard": "x",
    "chart": "chart",
    "gas": "lab",
    "pads": "bolt",
    "energy": "bolt",
    "charge": "bolt",
    "dump": "down2",
    "clear": "speak",
    "shock": "bolt",
}
"""An icon beside the words, where there is one; a new command shows "plus" until somebody draws for it."""


class Cell(NamedTuple):
    """A command as its tile shows it."""

    op: str
    title: str
    detail: str
    key: str
    icon: str
    state: State


def intent_of(op: str, model: Model) -> Intent:
    """What pressing a command's tile means: the command, or its choices."""
    return lined(op, model.view) if op in ("give", "flush") else step(op)


def cells(model: Model, ops: Sequence[str]) -> tuple[Cell, ...]:
    """The tiles of `ops`, in that order."""
    rows = [row.op for row in commands_of(model.stations) if row.tray]
    under_cursor = rows[model.mode.cursor % len(rows)] if rows and not model.tiles else ""
    return tuple(_cell(model, op, on_cursor=model.mode.cursor > 0 and op == under_cursor) for op in ops)


def _cell(model: Model, op: str, *, on_cursor: bool) -> Cell:
    reason = refusal(op, model.stations, model.view)
    task = model.view.task
    busy_with_it = task is not None and task.op == op
    opened = bool(model.mode.path) and model.mode.path[0] == op
    key = cap(COMMANDS[op].key) if COMMANDS[op].key else ""
    return Cell(
        op,
        say(f"command.{op}.label"),
        say(f"command.{op}.doing") if busy_with_it else _detail(op, reason),
        key,
        ICONS.get(op, "plus"),
        _state(reason, busy=busy_with_it, chosen=opened or on_cursor),
    )


def _detail(op: str, reason: Refusal) -> str:
    if reason is Refusal.ALREADY_DONE and knows(f"tray_done.{op}"):
        return say(f"tray_done.{op}")
    if reason:
        return say(f"refusal.{reason.name.lower()}")
    if knows(f"tray_hint.{op}"):
        return say(f"tray_hint.{op}")
    if COMMANDS[op].feel is Feel.HOLD:
        return say("tray.hold")
    return say("tray.choose") if COMMANDS[op].args else say("tray.ready")


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


def controls(model: Model, ops: Sequence[str], rects: Sequence[pygame.Rect]) -> list[Control]:
    """The hit areas of the tiles."""
    found = []
    for op, rect in zip(ops, rects, strict=True):
        intent = intent_of(op, model)
        feel = COMMANDS[op].feel if intent.op == op else Feel.TAP
        found.append(Control(rect, intent, feel, refusal(op, model.stations, model.view) is Refusal.DONE))
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
        text.write(surface, rect.x + 8, rect.centery - 3, text.fit(cell.title, 14, 600, room), 14, 600, words)
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
