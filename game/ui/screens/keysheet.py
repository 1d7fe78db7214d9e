"""The sheet of keys: every control of the seat with its present key; pick one, press its new key."""

from __future__ import annotations

from typing import Final

import pygame

from game.ui import text
from game.ui.controls import words_of
from game.ui.keyboard import cap, letter
from game.ui.menu import KEY_ACTS, Menu, key_rows
from game.ui.screen import Intent, Local
from game.ui.theme import TEXT2, WARN, State
from game.ui.widgets.button import Label, Pressable
from game.ui.words import say

ROW_HEIGHT: Final = 52
COLUMNS: Final = 2
FOOT: Final = 64
HEAD: Final = 26


def key_places(rect: pygame.Rect, menu: Menu) -> list[Pressable]:
    """What can be pressed on the sheet: a page of controls, and the acts on all keys; or an answer."""
    if menu.sheet.clash:
        return _answers(rect, menu)
    keys = key_rows(menu.stations)[: -len(KEY_ACTS)]
    down = max(1, (rect.h - HEAD - FOOT) // ROW_HEIGHT)
    page = down * COLUMNS
    begin = min(menu.sheet.row, len(keys) - 1) // page * page
    shown = keys[begin : begin + page]
    made = [_control(rect, menu, down, place, key) for place, key in enumerate(shown)]
    return made + _acts(rect, menu, len(keys), page)


def _control(rect: pygame.Rect, menu: Menu, down: int, place: int, key: str) -> Pressable:
    wide = rect.w // COLUMNS
    box = pygame.Rect(rect.x + place // down * wide, rect.y + HEAD + place % down * ROW_HEIGHT, wide - 8, 46)
    state = State.WARN if menu.sheet.grab == key else State.IDLE
    focus = key == key_rows(menu.stations)[menu.sheet.row]
    label = Label(words_of(key, menu.stations), key=cap(key), px=15)
    return Pressable(box, Intent(Local.GRAB, (key,)), label, state, focus=focus)


def _acts(rect: pygame.Rect, menu: Menu, controls: int, page: int) -> list[Pressable]:
    """Under the controls: keys as drawn, the alternate set, and the next page where there is one."""
    pages = -(-controls // page)
    names = (*KEY_ACTS, "more") if pages > 1 else KEY_ACTS
    wide = rect.w // len(names)
    made = []
    for place, name in enumerate(names):
        box = pygame.Rect(rect.x + wide * place, rect.bottom - 54, wide - 8, 46)
        if name == "more":
            turned = (min(menu.sheet.row, controls - 1) // page + 1) % pages * page
            intent = Intent(Local.MOVE, (turned - menu.sheet.row,))
        else:
            intent = Intent(Local.KEYS, (name,))
        focus = menu.sheet.row - controls == place
        made.append(Pressable(box, intent, Label(say(f"menu.key.{name}"), px=15), focus=focus))
    return made


def _answers(rect: pygame.Rect, menu: Menu) -> list[Pressable]:
    """The pressed key is taken: swap the two, or leave it."""
    swap = pygame.Rect(rect.x, rect.y + 120, rect.w // 2 - 8, 60)
    keep = swap.move(rect.w // 2, 0)
    row = menu.sheet.row
    return [
        Pressable(swap, Intent(Local.SWAP), Label(say("menu.key.swap"), icon="swap"), State.WARN, row == 0),
        Pressable(keep, Intent(Local.BACK), Label(say("menu.key.keep"), icon="x"), State.IDLE, row == 1),
    ]


def paint_keys(surface: pygame.Surface, rect: pygame.Rect, menu: Menu) -> None:
    """The line over the controls: what to do, which control waits, or which one the key already is."""
    sheet = menu.sheet
    if not sheet.clash:
        words = say("menu.key.title")
        if sheet.grab:
            waits = say("menu.key.wait", what=words_of(sheet.grab, menu.stations))
            words = f"{waits}. {say('menu.key.cancel')}"
        colour = WARN if sheet.grab else TEXT2
        text.write(surface, rect.x, rect.y + 14, text.fit(words, 16, 600, rect.w), 16, 600, colour)
        return
    key = letter(sheet.clash, menu.settings.caps)
    words = say("menu.key.clash", cap=key, what=menu.taker)
    for row, line in enumerate(text.wrap(words, 20, 700, rect.w)[:2]):
        text.write(surface, rect.x, rect.y + 34 + 28 * row, line, 20, 700, WARN)
