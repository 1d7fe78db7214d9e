"""Top bar, line of speech and dock of the 4:3 canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.stations import LinkState, Station
from game.ui import docks, frame, icons, shapes, text
from game.ui.board import Board
from game.ui.drawers import pictures
from game.ui.keyboard import cap
from game.ui.screens.ring import dock_of
from game.ui.text import Align, Family, Part
from game.ui.theme import (
    BAR,
    CAPTION,
    LINE,
    ROOM_LIVERY,
    S1,
    S2,
    S3,
    STATE_COLOURS,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    State,
    livery,
)
from game.ui.widgets import badge, bars
from game.ui.widgets.bars import SLOTS, Slot
from game.ui.widgets.button import Label, button, keycap, stop
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from game.ui.screen import Control, Model, Spoken

WIDTH: Final = 960
TOP: Final = pygame.Rect(0, 0, WIDTH, 60)
BADGES: Final = tuple(pygame.Rect(580 + 66 * seat, 8, 60, 44) for seat in range(4))
HELP: Final = pygame.Rect(856, 8, 44, 44)
MENU: Final = pygame.Rect(908, 8, 44, 44)
SPEECH: Final = pygame.Rect(16, 588, 928, 44)
SPEECH_KEY: Final = pygame.Rect(900, 588, 44, 44)
DOCK: Final = pygame.Rect(0, 638, WIDTH, 82)
PLACES: Final = tuple(pygame.Rect(16 + 110 * place, 650, 104, 56) for place in range(6))
WHEEL: Final = pygame.Rect(676, 650, 64, 56)
STOP: Final = pygame.Rect(748, 650, 196, 56)
NAME_X: Final = 68
PACK_PX: Final = 220

_OWN: Final = {
    (one.x, one.y, one.w, one.h): other
    for one, other in zip(
        (*SLOTS, bars.WHEEL_RECT, bars.STOP_RECT, frame.HELP_RECT, frame.MENU_RECT, frame.CAPTION_KEY_RECT),
        (*PLACES, WHEEL, STOP, HELP, MENU, SPEECH_KEY),
        strict=True,
    )
} | {(one.x, one.y, one.w, one.h): other for one, other in zip(frame.CHIPS, BADGES, strict=True)}


def is_bar(rect: pygame.Rect) -> bool:
    """True for what lies in a bar of the large canvas."""
    return (rect.x, rect.y, rect.w, rect.h) in _OWN


def moved(controls: Iterable[Control]) -> list[Control]:
    """Controls of the large canvas's bars at their places here."""
    found = []
    for control in controls:
        place = _OWN.get((control.rect.x, control.rect.y, control.rect.w, control.rect.h))
        if place is not None:
            found.append(control._replace(rect=place))
    return found


def in_a_check(model: Model) -> list[Control]:
    """The large canvas's bars while the ring is open: orders and the chest's findings sleep."""
    asleep = model.stations & (Station.LEAD | Station.CHEST)
    return [*frame.furniture_controls(), *(() if asleep else docks.controls(model))]


class Bars:
    """The three bars, painted again when what they say has changed."""

    def __init__(self) -> None:
        self._board = Board(size=(WIDTH, 720))

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        board, crew = self._board, frame.people(model)
        strength = frame.signal(model)
        key = (crew, model.seat, model.stations, model.team, model.level.name, model.pack.label, strength)
        board.part("top", TOP, key, lambda target: _paint_top(target, model, crew, strength))
        last = model.captions[-1] if model.captions else None
        shown = last if last and now_ms - last.at_ms < frame.CAPTION_HOLD_MS else None
        hush = now_ms < model.view.hush_until_ms
        board.part("speech", SPEECH, (shown, hush), lambda target: _paint_speech(target, model, shown, hush=hush))
        slots = slots_of(model)
        wheel = State.DISABLED if model.mode.pad else State.HOVER if model.mode.wheel else State.IDLE
        leads = bool(model.stations & Station.LEAD)
        board.part("dock", DOCK, (slots, wheel, leads), lambda target: _paint_dock(target, slots, wheel, leads=leads))
        board.show(surface)


def slots_of(model: Model) -> tuple[Slot, ...]:
    """What the dock offers now: while the ring is open its digits belong to the ring."""
    if model.view.check.since_ms >= 0:
        return tuple(dock_of(model))
    leads = bool(model.stations & Station.LEAD)
    slots = docks.leader_slots(model) if leads else docks.bedside_slots(model)
    if model.mode.wheel:
        slots = [Slot(slot.label._replace(key=""), State.DISABLED) for slot in slots]
    return tuple(slots)


def _paint_top(surface: pygame.Surface, model: Model, crew: tuple[frame.Person, ...], strength: int) -> None:
    own = livery(model.stations)
    surface.fill(BAR, TOP)
    surface.fill(own.colour, (0, 57, WIDTH, 3))
    badge.draw(surface, own, (36, 28), 40)
    name = crew[model.seat].name if model.seat < len(crew) else ""
    role = role_word(model.stations)
    room = round(BADGES[0].x - 12 - NAME_X - text.width(role, 21, 700))
    name = text.fit(f" / {name}", 21, 500, room) if name else ""
    text.rich(surface, NAME_X, 26, (Part(role, 700, TEXT), Part(name, 500, TEXT2)), 21)
    team = say("frame.team", team=model.team, level=model.level.name)
    text.write(surface, NAME_X, 46, team, 14, 500, TEXT2, room=BADGES[0].x - PACK_PX - 48 - NAME_X)
    frame.paint_ping(surface, strength, BADGES[0].x - PACK_PX - 38)
    pack = f"{model.pack.label} · {say('frame.training')}"
    text.write(surface, BADGES[0].x - PACK_PX - 14, 46, pack, 12, 500, TEXT3, room=PACK_PX)
    for seat, person in enumerate(crew[: len(BADGES)]):
        _paint_badge(surface, BADGES[seat], person, own=seat == model.seat)
    if len(pictures(model.stations)) > 1:
        keycap(surface, BADGES[model.seat].right - 26, BADGES[model.seat].y + 14, cap("Backquote"))
    for rect in (HELP, MENU):
        surface.blit(shapes.box(rect.size, 8, S2, LINE, 1.5), rect.topleft)
    text.middle(surface, *HELP.center, say("frame.help"), 20, 700, family=Family.MONO, align=Align.MIDDLE)
    icons.draw(surface, "menu", (MENU.centerx, 22), 20, TEXT)
    text.middle(surface, MENU.centerx, 41, say("frame.menu"), 13, 700, TEXT2, family=Family.MONO, align=Align.MIDDLE)


def _paint_badge(surface: pygame.Surface, rect: pygame.Rect, person: frame.Person, *, own: bool) -> None:
    look, link = livery(person.stations), LinkState(person.link)
    surface.blit(shapes.box(rect.size, 10, S3 if own else S1, look.colour if own else LINE, 1.5), rect.topleft)
    badge.draw(surface, look, (rect.x + (16 if own else rect.w // 2), rect.y + 15), 22, link)
    words = say("square.on" if person.hands_on else "square.off")
    words = words if link is LinkState.HERE else say(f"link.{link.name.lower()}")
    ink = WARN if link is LinkState.AWAY else TEXT if person.hands_on else TEXT2
    text.write(
        surface, rect.centerx, rect.bottom - 5, text.fit(words, 13, 600, rect.w - 6), 13, 600, ink, align=Align.MIDDLE
    )


def _paint_speech(surface: pygame.Surface, model: Model, shown: Spoken | None, *, hush: bool) -> None:
    surface.blit(shapes.box(SPEECH.size, 10, CAPTION, LINE, 1, 0.9), SPEECH.topleft)
    keycap(surface, SPEECH.right - 36, SPEECH.centery, cap("KeyK"))
    end = SPEECH_KEY.x - 8
    if hush:
        quiet = say("frame.quiet")
        text.middle(surface, end, SPEECH.centery, quiet, 16, 700, livery(Station.LEAD).colour, align=Align.END)
        end -= round(text.width(quiet, 16, 700)) + 12
    if shown is None:
        return
    look = livery(frame.stations_of(model, shown.seat)) if frame.stations_of(model, shown.seat) else ROOM_LIVERY
    badge.draw(surface, look, (SPEECH.x + 26, SPEECH.centery), 26)
    x = SPEECH.x + 50
    who = f"{shown.speaker}: "
    room = round(end - x - text.width(who, 17, 700))
    said = text.fit(shown.words, 17, 500, room)
    text.rich(surface, x, SPEECH.y + 28, (Part(who, 700, look.colour), Part(said, 500, TEXT)), 17)


def _paint_dock(surface: pygame.Surface, slots: tuple[Slot, ...], wheel: State, *, leads: bool) -> None:
    surface.fill(BAR, DOCK)
    surface.fill(LINE, (0, DOCK.y, DOCK.w, 1))
    for rect, slot in zip(PLACES, slots, strict=False):
        if slot.label.words:
            _paint_slot(surface, rect, slot)
    button(surface, WHEEL, Label("", icon="speak"), wheel)
    stop(surface, STOP, say("frame.stop"), say("frame.lead" if leads else "frame.bedside"))


def _paint_slot(surface: pygame.Surface, rect: pygame.Rect, slot: Slot) -> None:
    """Its key above, its words below in one line: a narrow button has no room for both side by side."""
    label = slot.label
    button(surface, rect, Label(), slot.state)
    ink = STATE_COLOURS[slot.state].text
    words = f"{label.words} {label.second}" if label.tone == TEXT and label.second else label.words
    if label.key:
        keycap(surface, rect.x + 8, rect.y + 17, label.key)
    if label.second and label.tone != TEXT:
        room = rect.w - (46 if label.key else 14)
        second = text.fit(label.second, 13, 600, room)
        text.middle(surface, rect.right - 8, rect.y + 17, second, 13, 600, TEXT2, align=Align.END)
    shown, px = text.fitted(words, 15, 600, rect.w - 12)
    text.middle(surface, rect.centerx, rect.y + 40, shown, px, 600, ink, align=Align.MIDDLE)
