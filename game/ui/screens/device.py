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
from game.ui.keymap import cap
from game.ui.screen import Control, Intent
from game.ui.text import Align
from game.ui.theme import (
    DANGER,
    DANGER_BG,
    DANGER_PALE,
    DANGER_TEXT,
    DISABLED,
    ECG,
    LINE2,
    MON,
    OK,
    S1,
    S3,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    Colours,
    State,
    livery,
)
from game.ui.traces import Ecg, Glass, Sweep
from game.ui.widgets import badge
from game.ui.widgets.button import CAP_ARMED, CAP_DANGER, Label, button, keycap
from game.ui.words import say

if TYPE_CHECKING:
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
DUMP: Final = pygame.Rect(1136, 350, 90, 44)
"""At the end of the charge, while there is one."""
RATE: Final = (pygame.Rect(924, 279, 44, 46), pygame.Rect(1034, 279, 44, 46))
CURRENT: Final = (pygame.Rect(1090, 279, 44, 46), pygame.Rect(1198, 279, 44, 46))
"""Less and more of the pacemaker, in the place of the energy while it paces."""
ROWS: Final = ((274, 56), (336, 72), (414, 84))
"""Top and height of the numbered rows."""

METAL: Final = ("#2A3A49", "#1C2833")
"""The body's shade at the top and at the foot."""
ON_WARN: Final = "#2B1E00"
CAP_WARN: Final = Colours("#4A3505", "#4A3505", "#FFE9B8")


class Shot(NamedTuple):
    """The shock button: what it says and how loud."""

    words: str
    state: State


def shot_of(view: DefibrillatorView, check_clear: bool) -> Shot:
    """Not charged, charged and not clear (it can be pressed: a real device does not know), or all clear."""
    if view.charge != "charged":
        return Shot(say("defib.not_charged"), State.DISABLED)
    if view.chest_off and view.head_off and check_clear:
        return Shot(say("defib.all_clear"), State.ARMED)
    return Shot(say("defib.not_clear"), State.DANGER)


class Device:
    """The panel with its own trace."""

    def __init__(self) -> None:
        self._sweep: Sweep | None = None
        self._ecg: Ecg | None = None

    def declare(self, board: Board, model: Model, view: DefibrillatorView, now_ms: int) -> None:
        """Declares everything of the panel that changes with the state."""
        ecg = view.ecg
        shown = (view.pads, ecg.compressing, ecg.rate_per_min, view.energy_j, view.vector, view.sync)
        board.part("device", BODY, 0, _paint_body)
        board.part("device screen", SCREEN, shown, lambda surface: _paint_screen(surface, view))
        steps = (view.energy_j, view.pacing, view.pace_rate_per_min, view.pace_ma)
        paint_steps = _paint_pacer if view.pacing else _paint_energy
        board.part("energy", ENERGY, steps, lambda surface: paint_steps(surface, view))
        seconds = _seconds(view, now_ms)
        board.part("charge", CHARGE, (view.charge, view.pads, view.energy_j, seconds), _charge_painter(view, seconds))
        said = model.view.check.clear_said
        board.part("clear", CLEAR, said, lambda surface: _paint_clear(surface, said=said))
        shot = shot_of(view, said)
        board.part("shock", SHOCK, shot, lambda surface: paint_shock(surface, SHOCK, shot))
        hands = (view.chest_off, view.head_off)
        board.part("hands", HANDS, hands, lambda surface: _paint_hands(surface, *hands))
        for op, rect, on in (("sync", SYNC, view.sync), ("pace", PACE, view.pacing)):
            state = State.OK if on else _small(model, op)
            board.part(op, rect, state, _switch_painter(op, rect, state))

    def draw(self, surface: pygame.Surface, model: Model, view: DefibrillatorView, now_ms: int) -> None:
        """What moves: the trace, the charge that grows, the hold that counts."""
        if view.pads:
            self._trace(view).draw(surface, now_ms)
        if view.charge == "charging":
            share = (now_ms - view.since_ms) / max(1, view.ready_ms - view.since_ms)
            wide = round(CHARGE.w * max(0.0, min(1.0, share)))
            surface.blit(shapes.box((CHARGE.w, 6), 3, WARN), (CHARGE.x, CHARGE.bottom - 8), (0, 0, wide, 6))

    def _trace(self, view: DefibrillatorView) -> Sweep:
        if self._sweep is None or self._ecg is None:
            self._ecg = Ecg(view.ecg, seed=5)
            self._sweep = Sweep(Glass(GLASS, 6.0, -1.8, 1.8), self._ecg)
        self._ecg.view = view.ecg
        return self._sweep


def controls(model: Model) -> list[Control]:
    """Hit areas of the panel."""
    view = model.view.defibrillator
    if view is None:
        return []
    plain = [(CHARGE, "charge" if view.pads else "pads"), (CLEAR, "clear"), (SYNC, "sync"), (PACE, "pace")]
    if view.charge in ("charging", "charged"):
        plain.append((DUMP, "dump"))
    found = [Control(rect, Intent(op), enabled=frame.works(model, op)) for rect, op in plain]
    found.append(Control(SHOCK, Intent("shock"), Feel.HOLD, frame.works(model, "shock")))
    steps = (("pace_rate", RATE), ("pace_current", CURRENT)) if view.pacing else (("energy", (DOWN, UP)),)
    for op, rects in steps:
        found += [Control(rect, Intent(op, (change,))) for rect, change in zip(rects, (-1, 1), strict=True)]
    return found


def _switch_painter(op: str, rect: pygame.Rect, state: State) -> Paint:
    label = Label(say(f"command.{op}.label"), key=cap(COMMANDS[op].key), px=15)
    return lambda surface: button(surface, rect, label, state)


def _small(model: Model, op: str) -> State:
    reason = refusal(op, model.stations, model.view)
    if reason is Refusal.ALREADY_DONE:
        return State.OK
    return State.DISABLED if reason else State.IDLE


def _seconds(view: DefibrillatorView, now_ms: int) -> int:
    until = {"charging": view.ready_ms, "charged": view.dump_ms}.get(view.charge, -1)
    return max(0, -(-(until - now_ms) // 1000)) if until >= 0 else -1


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


def _paint_screen(surface: pygame.Surface, view: DefibrillatorView) -> None:
    surface.blit(shapes.box(SCREEN.size, 10, MON, "#0A1218", 3), SCREEN.topleft)
    end = text.write(surface, 896, 116, say("defib.lead"), 16, 700, ECG)
    text.write(surface, end + 7, 116, say("defib.gain"), 14, 500, TEXT3)
    on = say("defib.pads_on", vector=say(f"vector_short.{view.vector}"))
    words, colour = (on, OK) if view.pads else (say("defib.pads_off"), WARN)
    text.write(surface, 1236, 116, words, 14, 600, colour, align=Align.END)
    if view.sync:
        text.write(surface, end + 40, 116, say("defib.sync"), 14, 700, ECG)
    text.write(surface, 896, 250, say("defib.hr"), 14, 500, TEXT2)
    shown = view.pads and not view.ecg.compressing and view.ecg.rate_per_min > 0
    text.number(surface, 920, 251, str(view.ecg.rate_per_min) if shown else "---", 24, 700, ECG)
    if view.pads and view.ecg.compressing:
        text.write(surface, 998, 250, say("defib.artefact"), 14, 500, TEXT3)
    if not view.pads:
        text.middle(surface, GLASS.centerx, GLASS.centery, say("lead.no_trace"), 16, 600, WARN, align=Align.MIDDLE)
    text.number(surface, 1236, 252, say("unit.joules", energy=view.energy_j), 26, align=Align.END)


def _paint_energy(surface: pygame.Surface, view: DefibrillatorView) -> None:
    text.write(surface, 924, 308, say("defib.energy"), 16, 600)
    for rect in (DOWN, UP):
        button(surface, rect, Label(""))
    keycap(surface, 994, DOWN.centery, "A")
    icons.draw(surface, "left", (1039, DOWN.centery), 20, TEXT, 2.2)
    icons.draw(surface, "right", (1174, UP.centery), 20, TEXT, 2.2)
    keycap(surface, 1192, UP.centery, "Q")
    text.number_middle(surface, 1106, 302, say("unit.joules", energy=view.energy_j), 22)


def _paint_pacer(surface: pygame.Surface, view: DefibrillatorView) -> None:
    """Rate and current with less and more."""
    rate, current = say("unit.paced", rate=view.pace_rate_per_min), say("unit.milliamps", current=view.pace_ma)
    for (less, more), keys, words in ((RATE, ("-", "="), rate), (CURRENT, ("A", "Q"), current)):
        for rect, icon, key in ((less, "left", keys[0]), (more, "right", keys[1])):
            button(surface, rect, Label(""))
            keycap(surface, rect.x + 3, rect.centery, key)
            icons.draw(surface, icon, (rect.right - 9, rect.centery), 14, TEXT, 2.2)
        text.number_middle(surface, (less.right + more.left) / 2, less.centery, words, 16)


def _charge_painter(view: DefibrillatorView, seconds: int) -> Paint:
    return lambda surface: _paint_charge(surface, view, seconds)


def _paint_charge(surface: pygame.Surface, view: DefibrillatorView, seconds: int) -> None:
    if view.charge == "charged":
        surface.blit(shapes.box(CHARGE.size, 10, WARN, "#FFE9B8", 2), CHARGE.topleft)
        keycap(surface, CHARGE.x + 10, CHARGE.centery, "C", CAP_WARN)
        icons.draw(surface, "bolt", (CHARGE.x + 56, CHARGE.centery), 24, ON_WARN, 2.4)
        text.write(surface, CHARGE.x + 74, 366, say("defib.charged"), 20, 800, ON_WARN)
        joules = say("unit.joules", energy=view.energy_j)
        end = text.number(surface, CHARGE.x + 74, 386, joules, 17, 700, ON_WARN)
        text.write(surface, end + 8, 386, say("unit.seconds", seconds=seconds), 14, 600, "#4A3505")
        _paint_dump(surface)
        return
    words = {
        "charging": (say("defib.charging"), say("defib.ready_in", seconds=seconds), State.WARN),
        "blocked": (say("defib.charge"), say("defib.blocked"), State.DISABLED),
    }
    if not view.pads:
        button(surface, CHARGE, Label(say("command.pads.label"), say("defib.no_pads"), px=18), State.WARN)
        return
    title, second, state = words.get(view.charge, (say("defib.charge"), say("defib.while_pushing"), State.IDLE))
    button(surface, CHARGE, Label(title, second, "C", px=18), state)
    if view.charge == "charging":
        _paint_dump(surface)


def _paint_dump(surface: pygame.Surface) -> None:
    button(surface, DUMP, Label(say("defib.dump"), px=15))


def _paint_clear(surface: pygame.Surface, *, said: bool) -> None:
    second = say("defib.clear_said" if said else "defib.clear")
    button(surface, CLEAR, Label(say("defib.say"), second, "V", px=17), State.OK if said else State.IDLE)


def paint_shock(surface: pygame.Surface, rect: pygame.Rect, shot: Shot) -> None:
    """The one button that is never small: dashed, outlined in danger, or armed."""
    looks = {
        State.DISABLED: (S1, LINE2, DISABLED, DISABLED, 1.5),
        State.DANGER: (DANGER_BG, DANGER, DANGER_PALE, DANGER_TEXT, 2.5),
        State.ARMED: (DANGER, DANGER_PALE, "#1B0507", "#1B0507", 2.5),
    }
    fill, border, ink, second, stroke = looks[shot.state]
    off = shot.state is State.DISABLED
    surface.blit(shapes.box(rect.size, 14, fill, border, stroke, dashed=off), rect.topleft)
    caps = {State.DANGER: CAP_DANGER, State.ARMED: CAP_ARMED}
    if shot.state in caps:
        keycap(surface, rect.x + 10, rect.centery, "X", caps[shot.state])
    else:
        keycap(surface, rect.x + 10, rect.centery, "X")
    icons.draw(surface, "bolt", (rect.x + 58, rect.centery), 26, second, 2.2)
    text.write(surface, rect.x + 78, rect.centery - 4, say("defib.shock"), 20, 800, ink)
    text.write(surface, rect.x + 78, rect.centery + 17, shot.words, 14, 600, second)


def _paint_hands(surface: pygame.Surface, chest_off: bool, head_off: bool) -> None:
    sides = ((Station.CHEST, "defib.chest", chest_off), (Station.AIRWAY, "defib.head", head_off))
    for place, (station, words, off) in enumerate(sides):
        x = BODY.x + 14 + place * 93
        badge.draw(surface, livery(station), (x + 14, 538), 24)
        text.write(surface, x + 30, 534, say(words), 14, 600)
        hands = say("frame.hands_off" if off else "frame.hands_on")
        text.write(surface, x + 30, 552, hands, 14, 500, OK if off else DANGER_TEXT)
