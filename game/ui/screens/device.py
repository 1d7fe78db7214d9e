"""The defibrillator's panel: screen, energy, charge, clear and shock, numbered in the order they are worked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import COMMANDS, Feel
from game.rules.refusals import Refusal
from game.stations import Station
from game.ui import frame, icons, shapes, text
from game.ui.desk import refusal
from game.ui.keyboard import cap
from game.ui.keymap import meant
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import (
    ACC,
    DANGER,
    DANGER_BG,
    DANGER_PALE,
    DANGER_TEXT,
    DISABLED,
    ECG,
    LEAD,
    LINE,
    LINE2,
    MON,
    OK,
    S1,
    S3,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    WARN_BG,
    WARN_TEXT,
    Colours,
    State,
    livery,
)
from game.ui.tiles import step
from game.ui.traces import Ecg, Glass, Kind, Mark, Sweep, heart_rate, trace_colour
from game.ui.widgets import badge, gauge
from game.ui.widgets.button import CAP_ARMED, CAP_DANGER, Label, button, keycap
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import DefibrillatorView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


BODY: Final = pygame.Rect(868, 72, 396, 504)
SCREEN: Final = pygame.Rect(884, 92, 364, 172)
GLASS: Final = pygame.Rect(888, 124, 356, 104)
ENERGY: Final = pygame.Rect(884, 274, 364, 56)
DOWN: Final = pygame.Rect(986, 279, 70, 46)
UP: Final = pygame.Rect(1156, 279, 70, 46)
CHARGE: Final = pygame.Rect(924, 344, 308, 56)
CLEAR: Final = pygame.Rect(924, 422, 110, 68)
SHOCK: Final = pygame.Rect(1042, 422, 190, 68)
HANDS: Final = pygame.Rect(884, 512, 184, 52)
SYNC: Final = pygame.Rect(1074, 512, 84, 52)
PACE: Final = pygame.Rect(1164, 512, 84, 52)
PADS: Final = pygame.Rect(1100, 94, 146, 44)
"""The word for the pads on the screen: pressed, they can be moved."""
MARKS: Final = pygame.Rect(888, 126, 356, 16)
RATE: Final = (pygame.Rect(924, 279, 44, 46), pygame.Rect(1034, 279, 44, 46))
CURRENT: Final = (pygame.Rect(1090, 279, 44, 46), pygame.Rect(1198, 279, 44, 46))
"""Less and more of the pacemaker, in the place of the energy while it paces."""
ROWS: Final = ((274, 56), (336, 72), (414, 84))
"""Top and height of the numbered rows."""
NO_TRACE: Final = pygame.Rect(978, 150, 176, 52)

METAL: Final = ("#2A3A49", "#1C2833")
"""The body's shade at the top and at the foot."""
ON_WARN: Final = "#2B1E00"
ON_WARN2: Final = "#4A3505"
SHOCK_LOOKS: Final = {
    State.DISABLED: (S1, LINE2, DISABLED, DISABLED, 1.5),
    State.DANGER: (DANGER_BG, DANGER, DANGER_PALE, DANGER_TEXT, 2.5),
    State.ARMED: (DANGER, DANGER_PALE, "#1B0507", "#1B0507", 2.5),
}
"""Fill, border, ink, ink of the second line and stroke of the shock button."""
CAP_WARN: Final = Colours(ON_WARN2, ON_WARN2, "#FFE9B8")
GROWING: Final = "#7A5D1C"
OLD_MARK: Final = "#5B7A66"
WINDOW_S: Final = 6.0
DROPPED_MS: Final = 6_000
"""How long the device says that sync has dropped."""


class Shot(NamedTuple):
    """The shock button: what it says and how loud."""

    words: str
    state: State


def shot_of(view: DefibrillatorView, check_clear: bool) -> Shot:
    """Not charged, charged and not clear (it can be pressed: a real device does not know), or all clear."""
    if view.charge != "charged":
        return Shot(say("device.not_charged"), State.DISABLED)
    if view.chest_off and view.head_off and check_clear:
        return Shot(say("device.next_r" if view.sync else "device.all_clear"), State.ARMED)
    return Shot(say("device.not_clear"), State.DANGER)


class Device:
    """The panel with its own trace, and a memory for the sync that a shock has switched off."""

    def __init__(self) -> None:
        self._shown: tuple[Ecg, Sweep] | None = None
        self._was: tuple[bool, int] = (False, 0)
        self._dropped_ms = -DROPPED_MS

    def declare(self, board: Board, model: Model, view: DefibrillatorView, now_ms: int, cursor: str = "") -> None:
        """Declares everything of the panel that changes with the state. `cursor` is the op the keyboard is on."""
        self._watch_sync(view, now_ms)
        note = note_of(view, dropped=now_ms - self._dropped_ms < DROPPED_MS)
        ecg, on = view.ecg, cursor == "move_pads"
        shown = (view.pads, view.vector, view.sync, view.energy_j, ecg.compressing, ecg.rate_per_min, note, on)
        board.part("device", BODY, 0, _paint_body)
        board.part("device screen", SCREEN, shown, lambda surface: _paint_screen(surface, view, note, cursor=on))
        steps = (view.energy_j, view.pacing, view.pace_rate_per_min, view.pace_ma)
        paint_steps = _paint_pacer if view.pacing else _paint_energy
        board.part("energy", ENERGY, steps, lambda surface: paint_steps(surface, view))
        charge = charge_of(view, now_ms, cursor=cursor == "dump")
        board.part("charge", CHARGE, charge, lambda surface: paint_charge(surface, CHARGE, charge))
        said = model.view.check.clear_said
        board.part("clear", CLEAR, said, lambda surface: paint_clear(surface, CLEAR, said=said))
        shot = held_shot(shot_of(view, said), model)
        board.part("shock", SHOCK, shot, lambda surface: paint_shock(surface, SHOCK, shot))
        hands = (view.chest_off, view.head_off, shot.state is State.DANGER)
        board.part("hands", HANDS, hands, lambda surface: _paint_hands(surface, *hands))
        for op, rect, lit in (("sync", SYNC, view.sync), ("pace", PACE, view.pacing)):
            state = State.OK if lit else small_state(model, op, other=view.sync if op == "pace" else view.pacing)
            board.part(op, rect, state, _switch_painter(op, rect, state))

    def draw(self, surface: pygame.Surface, model: Model, view: DefibrillatorView, now_ms: int) -> None:
        """What moves: the trace with its marks, the charge that grows, the holds that count."""
        if view.pads:
            ecg, sweep = self._trace(view, model)
            sweep.draw(surface, now_ms)
            if view.sync:
                draw_marks(surface, MARKS, ecg.marks(now_ms, WINDOW_S))
        draw_charge(surface, CHARGE, view, now_ms)
        for op, rect, inset in (("shock", SHOCK, 14), ("dump", CHARGE, 10)):
            if model.mode.hold == op:
                bar = pygame.Rect(rect.x + inset, rect.bottom - 10, rect.w - 2 * inset, 6)
                gauge.bar(surface, bar, model.mode.hold_pct / 100, TEXT, "#1B0507")
        task = model.view.task
        if task is not None and task.op == "move_pads":
            share = (now_ms - task.start_ms) / max(1, task.end_ms - task.start_ms)
            gauge.bar(surface, pygame.Rect(PADS.x + 8, PADS.bottom - 12, PADS.w - 18, 4), share, ACC, LINE)

    def _watch_sync(self, view: DefibrillatorView, now_ms: int) -> None:
        sync, shocks = self._was
        if sync and not view.sync and view.shocks > shocks:
            self._dropped_ms = now_ms
        self._was = (view.sync, view.shocks)

    def _trace(self, view: DefibrillatorView, model: Model) -> tuple[Ecg, Sweep]:
        if self._shown is None:
            ecg, colour = Ecg(view.ecg), trace_colour(Kind.ECG, model.settings.palette)
            self._shown = ecg, Sweep(Glass(GLASS, WINDOW_S, -1.8, 1.8, colour), ecg)
        self._shown[0].view = view.ecg
        return self._shown


def controls(model: Model) -> list[Control]:
    """Hit areas of the panel."""
    view = model.view.defibrillator
    if view is None:
        return []
    charge = meant("charge", model.view)
    feel = Feel.HOLD if charge.op == "dump" else Feel.TAP
    found = [Control(CHARGE, charge, feel, frame.works(model, charge.op))]
    found += [Control(rect, Intent(op), enabled=frame.works(model, op)) for rect, op in _PLAIN]
    if view.pads:
        found.append(Control(PADS, step("move_pads"), enabled=frame.works(model, "move_pads")))
    found.append(Control(SHOCK, Intent("shock"), Feel.HOLD, frame.works(model, "shock")))
    steps = (("pace_rate", RATE), ("pace_current", CURRENT)) if view.pacing else (("energy", (DOWN, UP)),)
    for op, rects in steps:
        found += [Control(rect, Intent(op, (change,))) for rect, change in zip(rects, (-1, 1), strict=True)]
    return found


_PLAIN: Final = ((CLEAR, "clear"), (SYNC, "sync"), (PACE, "pace"))


def held_shot(shot: Shot, model: Model) -> Shot:
    """The shock button while it is being held."""
    return shot._replace(words=say("device.keep_holding")) if model.mode.hold == "shock" else shot


def note_of(view: DefibrillatorView, *, dropped: bool) -> tuple[str, str]:
    """What the device says at the foot of its screen, and in which colour."""
    if not view.pads:
        return say("device.stick"), TEXT3
    if view.ecg.compressing:
        return say("device.artefact"), TEXT3
    if dropped and not view.sync:
        return say("device.sync_dropped", letter=cap(COMMANDS["sync"].key)), WARN
    if view.sync:
        return say("device.sync_on"), OK
    if view.pacing:
        rate, current = say("unit.paced", rate=view.pace_rate_per_min), say("unit.milliamps", current=view.pace_ma)
        return say("device.pacing", rate=rate, current=current), OK
    return "", TEXT3


def _switch_painter(op: str, rect: pygame.Rect, state: State) -> Paint:
    label = Label(say(f"command.{op}.label"), key=cap(COMMANDS[op].key), px=15)
    return lambda surface: button(surface, rect, label, state)


def small_state(model: Model, op: str, *, other: bool) -> State:
    """Sync and Pace exclude each other: the one that would switch the other off is dashed, and still works."""
    return State.DISABLED if other or refusal(op, model.stations, model.view) is not Refusal.DONE else State.IDLE


def _paint_body(surface: pygame.Surface) -> None:
    surface.blit(_body(), BODY.topleft)


@cache
def _body() -> pygame.Surface:
    """The metal with its numbered rows."""
    made = shapes.box(BODY.size, 20, "#FFFFFF").copy()
    for row in range(BODY.h):
        shade = pygame.Color(METAL[0]).lerp(pygame.Color(METAL[1]), row / BODY.h)
        made.fill(shade, (0, row, BODY.w, 1), special_flags=pygame.BLEND_RGBA_MULT)
    made.blit(shapes.box(BODY.size, 20, "", "#4A6178", 2), (0, 0))
    made.blit(shapes.box((100, 8), 4, "#1A2733"), (BODY.w / 2 - 50, 4))
    for number, (top, high) in enumerate(ROWS, 1):
        made.blit(shapes.box((364, high), 10, "#18242F"), (16, top - BODY.y))
        centre = (36, top - BODY.y + high / 2)
        shapes.put(made, shapes.disc(13, S3), centre)
        text.number_middle(made, *centre, str(number), 16)
    return made


def _paint_screen(surface: pygame.Surface, view: DefibrillatorView, note: tuple[str, str], *, cursor: bool) -> None:
    surface.blit(shapes.box(SCREEN.size, 10, MON, "#0A1218", 3), SCREEN.topleft)
    surface.blit(_ruling(), (SCREEN.x + 3, SCREEN.y + 3))
    left, right, foot = SCREEN.x + 12, SCREEN.right - 12, SCREEN.y + 158
    end = text.write(surface, left, SCREEN.y + 24, say("device.lead"), 16, 700, ECG)
    end = text.write(surface, end + 7, SCREEN.y + 24, say("device.gain"), 14, 500, TEXT3)
    if view.sync:
        x = max(left + 50, end + 8)
        text.write(surface, x, SCREEN.y + 24, say("device.sync_drops"), 14, 600, WARN, room=PADS.x - x - 8)
    _paint_pads_words(surface, view, right, cursor=cursor)
    text.write(surface, left, foot, say("device.hr"), 14, 500, TEXT2)
    text.number(surface, left + 24, foot + 1, heart_rate(view.ecg) if view.pads else "---", 24, 700, ECG)
    joules = say("unit.joules", energy=view.energy_j)
    words, colour = note
    room = round(right - text.number_width(joules, 26) - left - 110)
    text.write(surface, left + 102, foot, text.fit(words, 14, 600, room), 14, 600, colour)
    text.number(surface, right, foot + 2, joules, 26, align=Align.END)
    if not view.pads:
        _paint_no_trace(surface)


@cache
def _ruling() -> pygame.Surface:
    """The glass behind the words, ruled as the trace is."""
    made = pygame.Surface((SCREEN.w - 6, SCREEN.h - 6))
    made.fill(MON)
    for x in range(22, made.get_width(), 24):
        made.fill("#0B1712", (x, 0, 1, made.get_height()))
    for y in range(22, made.get_height(), 24):
        made.fill("#0B1712", (0, y, made.get_width(), 1))
    return made


def _paint_pads_words(surface: pygame.Surface, view: DefibrillatorView, right: int, *, cursor: bool) -> None:
    if cursor:
        surface.blit(shapes.box((PADS.w, 32), 8, S3, ACC, 2), (PADS.x, PADS.y + 1))
    if not view.pads:
        text.write(surface, right, SCREEN.y + 24, say("device.pads_off"), 14, 600, WARN, align=Align.END)
        return
    words = say("device.pads_on", vector=say(f"vector_short.{view.vector}"))
    text.write(surface, right - 20, SCREEN.y + 24, words, 14, 600, OK, align=Align.END)
    icons.draw(surface, "swap", (right - 7, SCREEN.y + 19), 15, OK, 2)


def _paint_no_trace(surface: pygame.Surface) -> None:
    surface.blit(shapes.dashes(SCREEN.w - 8, "#3C7A34", 3, 9), (SCREEN.x + 4, NO_TRACE.centery))
    surface.blit(shapes.box(NO_TRACE.size, 10, WARN_BG, WARN, 1.5, dashed=True), NO_TRACE.topleft)
    x, y = NO_TRACE.center
    text.middle(surface, x, y - 8, say("device.no_trace"), 17, 700, WARN_TEXT, align=Align.MIDDLE)
    text.middle(surface, x, y + 12, say("device.in_your_hand"), 14, 500, TEXT2, align=Align.MIDDLE)


def draw_marks(surface: pygame.Surface, rect: pygame.Rect, marks: Sequence[Mark]) -> None:
    """A triangle above each R wave on the glass; those of the last sweep are dim."""
    for share, fresh in marks:
        shapes.put(surface, _mark(LEAD if fresh else OLD_MARK), (rect.x + share * rect.w, rect.centery))


def _mark(colour: str) -> pygame.Surface:
    return shapes.polygon((14, 12), ((1, 1), (13, 1), (7, 11)), colour)


def _paint_energy(surface: pygame.Surface, view: DefibrillatorView) -> None:
    text.write(surface, ENERGY.x + 40, ENERGY.y + 34, say("device.energy"), 16, 600)
    for rect in (DOWN, UP):
        button(surface, rect, Label(""))
    keycap(surface, DOWN.x + 8, DOWN.centery, cap("KeyA"))
    icons.draw(surface, "left", (DOWN.x + 53, DOWN.centery), 20, TEXT, 2.2)
    icons.draw(surface, "right", (UP.x + 18, UP.centery), 20, TEXT, 2.2)
    keycap(surface, UP.x + 36, UP.centery, cap("KeyQ"))
    text.number_middle(surface, (DOWN.right + UP.x) / 2, ENERGY.centery, say("unit.joules", energy=view.energy_j), 22)


def _paint_pacer(surface: pygame.Surface, view: DefibrillatorView) -> None:
    """Rate and current with less and more."""
    rate, current = say("unit.paced", rate=view.pace_rate_per_min), say("unit.milliamps", current=view.pace_ma)
    rows = ((RATE, ("Minus", "Equal"), rate), (CURRENT, ("KeyA", "KeyQ"), current))
    for (less, more), keys, words in rows:
        for rect, icon, key in ((less, "left", keys[0]), (more, "right", keys[1])):
            button(surface, rect, Label(""))
            keycap(surface, rect.x + 3, rect.centery, cap(key))
            icons.draw(surface, icon, (rect.right - 9, rect.centery), 14, TEXT, 2.2)
        text.number_middle(surface, (less.right + more.left) / 2, less.centery, words, 16)


class Charge(NamedTuple):
    """The charge button: what the capacitor does, and for how many seconds more."""

    charge: str
    energy_j: int
    seconds: int
    off: str
    """Why nothing can be charged, in words; "" where it can."""
    cursor: bool = False


def charge_of(view: DefibrillatorView, now_ms: int, *, cursor: bool = False) -> Charge:
    """What the charge button shows now."""
    until = {"charging": view.ready_ms, "charged": view.dump_ms}.get(view.charge, -1)
    seconds = max(0, -(-(until - now_ms) // 1000)) if until >= 0 else -1
    off = "" if view.pads else say("device.no_pads")
    off = off or (say("device.is_pacing") if view.pacing else "")
    off = off or (say("device.blocked") if view.charge == "blocked" else "")
    return Charge(view.charge, view.energy_j, seconds, off, cursor)


def paint_charge(surface: pygame.Surface, rect: pygame.Rect, charge: Charge) -> None:
    """Idle, growing, or charged with the time until the device dumps it; held, it is dumped at once."""
    if charge.charge == "charged":
        _paint_charged(surface, rect, charge)
        return
    key = cap(COMMANDS["charge"].key)
    if charge.charge == "charging":
        words = Label(say("device.charging"), say("device.ready_in", seconds=charge.seconds), key, px=18)
        button(surface, rect, words, State.WARN)
        return
    second = charge.off or say("device.while_pushing")
    button(surface, rect, Label(say("device.charge"), second, key, px=18), State.DISABLED if charge.off else State.IDLE)
    colour = DISABLED if charge.off else TEXT
    icons.draw(surface, "bolt", (rect.right - 30, rect.centery), 24, colour, 2.2)


def _paint_charged(surface: pygame.Surface, rect: pygame.Rect, charge: Charge) -> None:
    border = TEXT if charge.cursor else "#FFE9B8"
    surface.blit(shapes.box(rect.size, 10, WARN, border, 3 if charge.cursor else 2), rect.topleft)
    keycap(surface, rect.x + 10, rect.centery, cap(COMMANDS["charge"].key), CAP_WARN)
    icons.draw(surface, "bolt", (rect.x + 56, rect.centery), 24, ON_WARN, 2.4)
    text.write(surface, rect.x + 74, rect.y + 27, say("device.charged"), 20, 800, ON_WARN)
    text.write(surface, rect.x + 74, rect.y + 46, say("device.hold_dumps"), 14, 600, ON_WARN2)
    joules, right = say("unit.joules", energy=charge.energy_j), rect.right - 12
    text.number(surface, right, rect.y + 26, joules, 17, 700, ON_WARN, align=Align.END)
    dumps = say("device.dumps_in", seconds=charge.seconds)
    text.write(surface, right, rect.y + 46, dumps, 14, 600, ON_WARN2, align=Align.END)


def draw_charge(surface: pygame.Surface, rect: pygame.Rect, view: DefibrillatorView, now_ms: int) -> None:
    """The charge that grows, over its button."""
    if view.charge == "charging":
        share = (now_ms - view.since_ms) / max(1, view.ready_ms - view.since_ms)
        wide = round((rect.w - 8) * max(0.0, min(1.0, share)))
        # The brighter of both: the words stay as they are.
        surface.fill(GROWING, (rect.x + 4, rect.y + 4, wide, rect.h - 8), special_flags=pygame.BLEND_RGB_MAX)


def paint_clear(surface: pygame.Surface, rect: pygame.Rect, *, said: bool) -> None:
    """Say clear; once said it stays said until the charge is gone."""
    second = say("device.clear_said" if said else "device.clear")
    label = Label(say("device.say"), second, cap(COMMANDS["clear"].key), px=17, tone=TEXT)
    button(surface, rect, label, State.OK if said else State.IDLE)
    if said:
        icons.draw(surface, "check", (rect.right - 16, rect.y + 16), 14, OK, 2.6)


def paint_shock(surface: pygame.Surface, rect: pygame.Rect, shot: Shot) -> None:
    """The one button that is never small: dashed, outlined in danger, or armed."""
    fill, border, ink, second, stroke = SHOCK_LOOKS[shot.state]
    off = shot.state is State.DISABLED
    surface.blit(shapes.box(rect.size, 14, fill, border, stroke, dashed=off), rect.topleft)
    caps, key = {State.DANGER: CAP_DANGER, State.ARMED: CAP_ARMED}, cap(COMMANDS["shock"].key)
    if shot.state in caps:
        keycap(surface, rect.x + 10, rect.centery, key, caps[shot.state])
    else:
        keycap(surface, rect.x + 10, rect.centery, key)
    icons.draw(surface, "bolt", (rect.x + 58, rect.centery), 26, second, 2.2)
    text.write(surface, rect.x + 78, rect.centery - 4, say("device.shock"), 20, 800, ink)
    words = text.fit(shot.words, 14, 600, rect.w - 82)
    text.write(surface, rect.x + 78, rect.centery + 17, words, 14, 600, second)


def _paint_hands(surface: pygame.Surface, chest_off: bool, head_off: bool, danger: bool) -> None:
    sides = ((Station.CHEST, "device.chest", chest_off), (Station.AIRWAY, "device.head", head_off))
    for place, (station, words, off) in enumerate(sides):
        x = BODY.x + 14 + place * 93
        badge.draw(surface, livery(station), (x + 14, 538), 24)
        text.write(surface, x + 30, 534, say(words), 14, 600, room=62)
        hands = say("frame.hands_off" if off else "frame.hands_on")
        text.write(surface, x + 30, 552, hands, 14, 500, OK if off else DANGER_TEXT if danger else TEXT, room=62)
