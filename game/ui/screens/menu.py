"""The menu over any screen: sheets at the left, rows at the right; the team plays on behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import shapes, text
from game.ui.board import Board
from game.ui.keyboard import letter
from game.ui.keymap import DIGITS
from game.ui.menu import ICONS, SHEETS, Menu, Row
from game.ui.screen import Control, Intent, Local
from game.ui.screens.keysheet import key_places, paint_keys
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE, LINE2, TEXT, TEXT2, TEXT3, State
from game.ui.widgets.button import Label, Pressable
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence


PANEL_SIZE: Final = (1040, 504)
"""At most: smaller canvases give the menu what they have."""
TOP: Final = 60
FOOT: Final = 36
GAP: Final = 8
LOW: Final = 480
"""A canvas lower than this is a phone's: no title, and all the height for the sheets."""
TAB_HEIGHT: Final = 56
ROW_HEIGHT: Final = 68
SEGMENTS: Final = 4
"""More options than these are stepped through."""
CONTROL: Final = 0.58
"""How much of a row its controls take."""


class Frame(NamedTuple):
    """Where the menu lies on a canvas: the panel, its sheets, its rows."""

    panel: pygame.Rect
    tabs: pygame.Rect
    body: pygame.Rect


def framed(size: tuple[int, int]) -> Frame:
    """The menu's rects on a canvas of `size` logical pixels."""
    wide, high = size
    low = high < LOW
    box = pygame.Rect(0, 0, min(PANEL_SIZE[0], wide - 16), min(PANEL_SIZE[1], high - (8 if low else 152)))
    box.midtop = (wide // 2, 4 if low else 70)
    head, foot = (8, 24) if low else (TOP, FOOT)
    tabs = pygame.Rect(box.x + 16, box.y + head, 136 if low else 196, box.h - head - foot)
    body = pygame.Rect(tabs.right + 20, tabs.y, box.right - 16 - tabs.right - 20, tabs.h)
    return Frame(box, tabs, body)


class MenuScreen:
    """Drawn last, over everything, while the menu is open."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._frame = framed(size)
        self._board = Board(size=size)
        self._scrim = pygame.Surface(size)
        self._scrim.fill("#070C12")
        self._scrim.set_alpha(200)
        self._controls: list[Control] = []

    def draw(self, surface: pygame.Surface, menu: Menu) -> None:
        """One frame of the open menu."""
        places = (*_tabs(self._frame.tabs, menu), *_body(self._frame.body, menu))
        self._controls = [
            Control(surface.get_rect(), Intent(Local.BACK)),
            Control(self._frame.panel, Intent(Local.MOVE, (0,))),
            *(Control(place.rect, place.intent) for place in places),
        ]
        surface.blit(self._scrim, (0, 0))
        board, frame = self._board, self._frame
        board.part("panel", frame.panel, menu, lambda kept: _paint(kept, frame, menu))
        for number, place in enumerate(places):
            board.part(f"place {number}", place.rect.inflate(6, 6), place, place.paint)
        board.show(surface)

    def controls(self) -> Sequence[Control]:
        """What can be pressed: a press beside the panel closes it."""
        return self._controls


def _tabs(rect: pygame.Rect, menu: Menu) -> list[Pressable]:
    """Resume, and the sheets."""
    gap = GAP if rect.h > (TAB_HEIGHT + GAP) * len(SHEETS) else GAP // 2
    high = min(TAB_HEIGHT, (rect.h - len(SHEETS) * gap) // (1 + len(SHEETS)))
    boxes = [pygame.Rect(rect.x, rect.y + (high + gap) * row, rect.w, high) for row in range(1 + len(SHEETS))]
    resume = Label(say("menu.resume"), key=letter(DIGITS[0], {}), icon="play")
    made = [Pressable(boxes[0], Intent(Local.MENU), resume, State.PRIMARY)]
    for digit, box, name in zip(DIGITS[1:], boxes[1:], SHEETS, strict=False):
        state = State.HOVER if name == menu.sheet.name else State.IDLE
        label = Label(say(f"menu.{name}"), key=letter(digit, {}), icon=ICONS[name])
        made.append(Pressable(box, Intent(Local.SHEET, (name,)), label, state))
    return made


def _body(rect: pygame.Rect, menu: Menu) -> list[Pressable]:
    """What the open sheet offers."""
    if menu.sheet.asked:
        return _question(rect, menu)
    if menu.sheet.name == "keys":
        return key_places(rect, menu)
    made: list[Pressable] = []
    for place, (row, box) in enumerate(zip(menu.rows, row_rects(rect, menu), strict=True)):
        made += _row(box, row, focus=place == menu.sheet.row)
    return made


def row_rects(rect: pygame.Rect, menu: Menu) -> list[pygame.Rect]:
    """Where the rows of a sheet lie."""
    high = min(ROW_HEIGHT, rect.h // max(5, len(menu.rows)))
    return [pygame.Rect(rect.x, rect.y + high * row, rect.w, high) for row in range(len(menu.rows))]


def _row(rect: pygame.Rect, row: Row, *, focus: bool) -> list[Pressable]:
    """The controls of a row: its options side by side, a pair of steps, or the one act."""
    control = pygame.Rect(0, 0, round(rect.w * CONTROL), min(48, rect.h - 8))
    control.midright = (rect.right - 12, rect.centery)
    if row.act:
        return [Pressable(control, row.act, Label(say(f"menu.row.{row.name}")), focus=focus)]
    if len(row.options) > SEGMENTS:
        return _steps(control, row, focus=focus)
    wide = control.w // len(row.options)
    made = []
    for place, option in enumerate(row.options):
        box = pygame.Rect(control.x + wide * place, control.y, wide - GAP, control.h)
        now = place == row.chosen
        label = Label(option.words, icon="check" if now else "", px=15)
        state = State.OK if now else State.IDLE
        made.append(Pressable(box, Intent(Local.SET, (row.name, place)), label, state, focus=focus and now))
    return made


def _steps(control: pygame.Rect, row: Row, *, focus: bool) -> list[Pressable]:
    """Less, the value, more."""
    last = len(row.options) - 1
    less, more = (pygame.Rect(x, control.y, 64, control.h) for x in (control.x, control.right - 64 - GAP))
    value = pygame.Rect(less.right + GAP, control.y, more.x - less.right - 2 * GAP, control.h)
    at = row.chosen
    return [
        Pressable(less, Intent(Local.SET, (row.name, max(0, at - 1))), Label(icon="left"), _free(at > 0)),
        Pressable(value, Intent(Local.SET, (row.name, at)), Label(row.options[at].words), State.OK, focus=focus),
        Pressable(more, Intent(Local.SET, (row.name, min(last, at + 1))), Label(icon="right"), _free(at < last)),
    ]


def _free(works: bool) -> State:
    return State.IDLE if works else State.DISABLED


def _question(rect: pygame.Rect, menu: Menu) -> list[Pressable]:
    """Stay or leave: staying is what Enter means."""
    stay = pygame.Rect(rect.x, rect.bottom - 76, rect.w // 2 - GAP, 60)
    go = stay.move(rect.w // 2, 0)
    row = menu.sheet.row
    return [
        Pressable(stay, Intent(Local.BACK), Label(say("menu.leaving.stay"), icon="play"), State.PRIMARY, row == 0),
        Pressable(go, Intent("leave"), Label(say("menu.leaving.go"), icon="x"), State.DANGER, row == 1),
    ]


def _paint(surface: pygame.Surface, frame: Frame, menu: Menu) -> None:
    """The panel and all words that are not on a control."""
    box, body = frame.panel, frame.body
    panel(surface, box, radius=16, border=LINE2, stroke=1.5)
    if frame.tabs.y - box.y >= TOP:
        text.write(surface, box.x + 20, box.y + 40, say("menu.title"), 28, 700)
        text.write(surface, body.x, box.y + 40, say(f"menu.{menu.sheet.name}"), 22, 700)
        text.write(surface, box.right - 20, box.y + 38, say("frame.training"), 14, 500, TEXT3, align=Align.END)
    surface.fill(LINE, (frame.tabs.right + 9, frame.tabs.y, 1, frame.tabs.h))
    foot = box.bottom - (14 if frame.tabs.y - box.y >= TOP else 8)
    end = text.write(surface, box.x + 20, foot, text.fit(say("menu.goes_on"), 14, 500, box.w // 2), 14, 500, TEXT3)
    how = text.fit(say("menu.how"), 14, 500, round(box.right - 20 - end - 24))
    text.write(surface, box.right - 20, foot, how, 14, 500, TEXT3, align=Align.END)
    if menu.sheet.asked:
        _paint_question(surface, body)
    elif menu.sheet.name == "keys":
        paint_keys(surface, body, menu)
    else:
        for place, (row, rect) in enumerate(zip(menu.rows, row_rects(body, menu), strict=True)):
            _paint_row(surface, rect, row, focus=place == menu.sheet.row)


def _paint_row(surface: pygame.Surface, rect: pygame.Rect, row: Row, *, focus: bool) -> None:
    if focus:
        surface.blit(shapes.box((rect.w, rect.h - 4), 10, INK, ACC, 1.5), (rect.x, rect.y + 2))
    room = round(rect.w * (1 - CONTROL)) - 36
    step = text.sized(14) + 3
    lines = text.wrap(say(f"menu.row.{row.name}_what"), 14, 500, room)[: 2 if rect.h >= 3 * step + 10 else 1]
    top = rect.centery - step * len(lines) // 2 + 4
    text.write(surface, rect.x + 12, top, text.fit(say(f"menu.row.{row.name}"), 16, 600, room), 16, 600, TEXT)
    for number, line in enumerate(lines):
        text.write(surface, rect.x + 12, top + step * (1 + number), text.fit(line, 14, 500, room), 14, 500, TEXT2)


def _paint_question(surface: pygame.Surface, body: pygame.Rect) -> None:
    text.write(surface, body.x, body.y + 30, say("menu.leaving.title"), 28, 700)
    for row, line in enumerate(text.wrap(say("menu.leaving.what"), 18, 500, body.w)):
        text.write(surface, body.x, body.y + 70 + 27 * row, line, 18, 500, TEXT2)
