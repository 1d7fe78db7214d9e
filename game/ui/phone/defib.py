"""The defibrillator's tab on a phone: its trace, and its buttons at the right under one thumb."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import COMMANDS
from game.ui import frame, icons, shapes, text
from game.ui.phone.places import GAP, Places, at, columns, moved, rows
from game.ui.screen import Control, Intent
from game.ui.screens import device
from game.ui.text import Align
from game.ui.theme import (
    DANGER_TEXT,
    ECG,
    MON,
    OK,
    TEXT,
    TEXT2,
    WARN,
    State,
)
from game.ui.traces import Ecg, Glass, Kind, Sweep, heart_rate, trace_colour
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import DefibrillatorView
    from game.ui.board import Board
    from game.ui.screen import Model

WINDOW_S: Final = 6.0
ON_WARN: Final = "#2B1E00"


class DefibPlaces:
    """Where trace and buttons lie at a height."""

    def __init__(self, places: Places) -> None:
        body, low = places.body, places.low
        top = body.y + (52 if low else 56)
        self.screen = pygame.Rect(136, top, 440, body.bottom - top)
        self.glass = pygame.Rect(142, top + (22 if low else 28), 428, self.screen.h - (52 if low else 78))
        self.pads = pygame.Rect(426, top, 150, 44)
        self.stick = pygame.Rect(256, self.glass.centery - 26, 200, 52)
        self.body = pygame.Rect(584, body.y, 216, body.h)
        if low:
            lines = rows(pygame.Rect(592, body.y, 200, 194), 4)
        else:
            tops = ((62, 44), (112, 52), (170, 60), (236, 44))
            lines = [pygame.Rect(592, y, 200, high) for y, high in tops]
        energy, self.charge, shock, small = lines
        self.less = pygame.Rect(energy.x, energy.y, 50, energy.h)
        self.more = pygame.Rect(energy.right - 50, energy.y, 50, energy.h)
        self.steps = columns(energy, 4)
        self.clear = pygame.Rect(shock.x, shock.y, 64, shock.h)
        self.shock = pygame.Rect(shock.x + 70, shock.y, 130, shock.h)
        self.sync = pygame.Rect(small.x, small.y, 64, small.h)
        self.pace = pygame.Rect(small.x + 70, small.y, 64, small.h)
        self.dump = pygame.Rect(small.x + 140, small.y, 60, small.h)
        self.hands_y = 294 if not low else 0
        self.switch = pygame.Rect(146, self.screen.bottom - 44 - GAP, 200, 44)


class Defib:
    """The tab with its own trace."""

    def __init__(self, places: Places) -> None:
        self.at = DefibPlaces(places)
        self._shown: tuple[Ecg, Sweep] | None = None

    def declare(self, board: Board, model: Model, view: DefibrillatorView, now_ms: int) -> None:
        """Declares everything that changes with the state."""
        where, said = self.at, model.view.check.clear_said
        note = device.note_of(view, dropped=False)
        shown = (view.pads, view.vector, view.sync, view.energy_j, heart_rate(view.ecg) if view.pads else "", note)
        board.part("screen", where.screen, shown, lambda surface: _paint_screen(surface, where, view, note))
        board.part("body", where.body, 0, lambda surface: _paint_body(surface, where.body))
        steps = (view.energy_j, view.pacing, view.pace_rate_per_min, view.pace_ma)
        band = where.less.union(where.more)
        paint_steps = _paint_pacer if view.pacing else _paint_energy
        board.part("steps", band, steps, lambda surface: paint_steps(surface, where, view))
        charge = device.charge_of(view, now_ms)
        board.part("charge", where.charge, charge, lambda surface: _paint_charge(surface, where.charge, charge))
        clear = Label(say("device.say"), say("device.clear_said" if said else "device.clear"), px=15, tone=TEXT)
        clear = clear._replace(second=text.fit(clear.second, 14, 500, where.clear.w - 8))
        state = State.OK if said else State.IDLE
        board.part("clear", where.clear, (clear, state), partial(button, rect=where.clear, label=clear, state=state))
        shot = device.held_shot(device.shot_of(view, said), model)
        board.part("shock", where.shock, shot, lambda surface: _paint_shock(surface, where.shock, shot))
        self._declare_small(board, model, view)
        if where.hands_y:
            hands = (view.chest_off, view.head_off)
            rect = pygame.Rect(592, where.hands_y - 14, 200, 20)
            board.part("hands", rect, hands, lambda surface: _paint_hands(surface, where, *hands))

    def _declare_small(self, board: Board, model: Model, view: DefibrillatorView) -> None:
        where = self.at
        for op, rect, lit in (("sync", where.sync, view.sync), ("pace", where.pace, view.pacing)):
            other = view.sync if op == "pace" else view.pacing
            state = State.OK if lit else device.small_state(model, op, other=other)
            label = Label(say(f"command.{op}.label"), px=15)
            board.part(op, rect, state, partial(button, rect=rect, label=label, state=state))
        state = State.IDLE if frame.works(model, "dump") else State.DISABLED
        dump = Label(text.fit(say("phone.dump"), 15, 600, where.dump.w - 6), px=15)
        board.part("dump", where.dump, state, partial(button, rect=where.dump, label=dump, state=state))

    def draw(self, surface: pygame.Surface, model: Model, view: DefibrillatorView, now_ms: int) -> None:
        """What moves: the trace with its marks, the charge that grows, the hold that counts."""
        where = self.at
        if view.pads:
            ecg, sweep = self._trace(view, model)
            sweep.draw(surface, now_ms)
            if view.sync:
                marks = pygame.Rect(where.glass.x, where.glass.y - 2, where.glass.w, 14)
                device.draw_marks(surface, marks, ecg.marks(now_ms, WINDOW_S))
        device.draw_charge(surface, where.charge, view, now_ms)
        for op, rect in (("shock", where.shock), ("dump", where.charge)):
            if model.mode.hold == op:
                bar = pygame.Rect(rect.x + 10, rect.bottom - 9, rect.w - 20, 5)
                gauge.bar(surface, bar, model.mode.hold_pct / 100, TEXT, "#1B0507")

    def controls(self, model: Model) -> list[Control]:
        """The device's own controls at their places here, pads to stick or to move, and Dump."""
        where, view = self.at, model.view.defibrillator
        if view is None:
            return []
        places = {
            at(device.CHARGE): where.charge,
            at(device.CLEAR): where.clear,
            at(device.SHOCK): where.shock,
            at(device.SYNC): where.sync,
            at(device.PACE): where.pace,
            at(device.DOWN): where.less,
            at(device.UP): where.more,
            at(device.PADS): where.pads,
        }
        for rect, place in zip((*device.RATE, *device.CURRENT), where.steps, strict=True):
            places[at(rect)] = place
        found = moved(device.controls(model), places)
        found.append(Control(where.dump, Intent("dump"), COMMANDS["dump"].feel, frame.works(model, "dump")))
        if not view.pads:
            found.append(Control(where.stick, Intent("pads"), enabled=frame.works(model, "pads")))
        return found

    def _trace(self, view: DefibrillatorView, model: Model) -> tuple[Ecg, Sweep]:
        if self._shown is None:
            ecg, colour = Ecg(view.ecg), trace_colour(Kind.ECG, model.settings.palette)
            self._shown = ecg, Sweep(Glass(self.at.glass, WINDOW_S, -1.8, 1.8, colour), ecg)
        self._shown[0].view = view.ecg
        return self._shown


def _paint_body(surface: pygame.Surface, rect: pygame.Rect) -> None:
    surface.blit(shapes.box(rect.size, 14, "#24333F", "#4A6178", 1.5), rect.topleft)


def _paint_screen(surface: pygame.Surface, where: DefibPlaces, view: DefibrillatorView, note: tuple[str, str]) -> None:
    rect = where.screen
    surface.blit(shapes.box(rect.size, 10, MON, "#0A1218", 3), rect.topleft)
    text.write(surface, rect.x + 14, rect.y + 22, say("device.lead"), 16, 700, ECG)
    foot = rect.bottom - 12
    text.write(surface, rect.x + 14, foot, say("device.hr"), 14, 500, TEXT2)
    rate = heart_rate(view.ecg) if view.pads else "---"
    text.number(surface, rect.x + 38, foot + 1, rate, 24, 700, ECG)
    joules = say("unit.joules", energy=view.energy_j)
    words, colour = note
    room = round(rect.w - text.number_width(joules, 26) - 150)
    text.write(surface, rect.x + 124, foot, text.fit(words, 14, 600, room), 14, 600, colour)
    text.number(surface, rect.right - 12, foot + 2, joules, 26, align=Align.END)
    if view.pads:
        on = say("device.pads_on", vector=say(f"vector_short.{view.vector}"))
        text.write(surface, rect.right - 32, rect.y + 22, on, 14, 600, OK, align=Align.END)
        icons.draw(surface, "swap", (rect.right - 18, rect.y + 17), 15, OK, 2)
        return
    text.write(surface, rect.right - 12, rect.y + 22, say("device.pads_off"), 14, 600, WARN, align=Align.END)
    button(surface, where.stick, Label(say("command.pads.label"), icon="bolt", px=17), State.PRIMARY)


def _paint_energy(surface: pygame.Surface, where: DefibPlaces, view: DefibrillatorView) -> None:
    for rect, icon in ((where.less, "left"), (where.more, "right")):
        button(surface, rect, Label(icon=icon))
    middle = ((where.less.right + where.more.x) / 2, where.less.centery)
    text.number_middle(surface, *middle, say("unit.joules", energy=view.energy_j), 21)


def _paint_pacer(surface: pygame.Surface, where: DefibPlaces, view: DefibrillatorView) -> None:
    """Less and more of rate and of current: what each is now stands on its two buttons."""
    rate, current = str(view.pace_rate_per_min), say("unit.milliamps", current=view.pace_ma)
    labels = (("phone.less", rate), ("phone.more_of", rate), ("phone.less", current), ("phone.more_of", current))
    for rect, (words, now) in zip(where.steps, labels, strict=True):
        button(surface, rect, Label(say(words), text.fit(now, 14, 500, rect.w - 2), px=14), radius=8)


def _paint_charge(surface: pygame.Surface, rect: pygame.Rect, charge: device.Charge) -> None:
    if charge.charge == "charged":
        surface.blit(shapes.box(rect.size, 10, WARN, "#FFE9B8", 2), rect.topleft)
        icons.draw(surface, "bolt", (rect.x + 22, rect.centery), 22, ON_WARN, 2.4)
        text.middle(surface, rect.x + 38, rect.centery, say("device.charged"), 18, 800, ON_WARN)
        seconds = say("unit.seconds", seconds=charge.seconds)
        text.number(surface, rect.right - 8, rect.centery + 6, seconds, 16, 700, ON_WARN, align=Align.END)
        return
    if charge.charge == "charging":
        label = Label(say("device.charging"), say("device.ready_in", seconds=charge.seconds), px=17)
        button(surface, rect, label, State.WARN)
        return
    second = text.fit(charge.off or say("device.while_pushing"), 15, 500, rect.w - 12)
    state = State.DISABLED if charge.off else State.IDLE
    button(surface, rect, Label(say("device.charge"), second, px=17), state)


def _paint_shock(surface: pygame.Surface, rect: pygame.Rect, shot: device.Shot) -> None:
    fill, border, ink, second, stroke = device.SHOCK_LOOKS[shot.state]
    off = shot.state is State.DISABLED
    surface.blit(shapes.box(rect.size, 12, fill, border, stroke, dashed=off), rect.topleft)
    icons.draw(surface, "bolt", (rect.x + 20, rect.centery), 22, second, 2.2)
    text.write(surface, rect.x + 36, rect.centery - 4, say("device.shock"), 18, 800, ink)
    words = text.fit(shot.words.partition(",")[0], 14, 600, rect.w - 42)
    text.write(surface, rect.x + 36, rect.centery + 17, words, 14, 600, second)


def _paint_hands(surface: pygame.Surface, where: DefibPlaces, chest_off: bool, head_off: bool) -> None:
    off = chest_off and head_off
    words = say("phone.all_off") if off else say("phone.head_on" if chest_off else "phone.chest_on")
    colour = OK if off else DANGER_TEXT
    text.write(surface, 692, where.hands_y + 4, words, 14, 600, colour, align=Align.MIDDLE)
