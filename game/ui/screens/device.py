"""The defibrillator's panel: screen, energy, charge, clear and shock, numbered in the order they are worked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.rules.refusals import Refusal
from game.stations import Station
from game.ui import frame, icons, shapes, text
from game.ui.keymap import refusal
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
PADS: Final = pygame.Rect(1074, 512, 84, 52)
DUMP: Final = pygame.Rect(1164, 512, 84, 52)
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
        shown = (view.pads, ecg.compressing, ecg.rate_per_min, view.energy_j)
        board.part("device", BODY, 0, _paint_body)
        board.part("device screen", SCREEN, shown, lambda surface: _paint_screen(surface, view))
        board.part("energy", ENERGY, view.energy_j, lambda surface: _paint_energy(surface, view))
        seconds = _seconds(view, now_ms)
        board.part("charge", CHARGE, (view.charge, view.pads, view.energy_j, seconds), _charge_painter(view, seconds))
        said = model.view.check.clear_said
        board.part("clear", CLEAR, said, lambda surface: _paint_clear(surface, said=said))
        shot = shot_of(view, said)
        board.part("shock", SHOCK, shot, lambda surface: paint_shock(surface, SHOCK, shot))
        hands = (view.chest_off, view.head_off)
        board.part("hands", HANDS, hands, lambda surface: _paint_hands(surface, *hands))
        pads, dump = _small(model, "pads"), _small(model, "dump")
        board.part("pads", PADS, pads, lambda surface: button(surface, PADS, Label(say("defib.pads"), px=15), pads))
        board.part("dump", DUMP, dump, lambda surface: button(surface, DUMP, Label(say("defib.dump"), px=15), dump))

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
    plain = ((CHARGE, "charge"), (CLEAR, "clear"), (PADS, "pads"), (DUMP, "dump"))
    found = [Control(rect, Intent(op), enabled=frame.works(model, op)) for rect, op in plain]
    found.append(Control(SHOCK, Intent("shock"), Feel.HOLD, frame.works(model, "shock")))
    found += [Control(rect, Intent("energy", (change,))) for rect, change in ((DOWN, -1), (UP, 1))]
    return found


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
    words, colour = ("defib.pads_on", OK) if view.pads else ("defib.pads_off", WARN)
    text.write(surface, 1236, 116, say(words), 14, 600, colour, align=Align.END)
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


def _charge_painter(view: DefibrillatorView, seconds: int) -> Paint:
    return lambda surface: _paint_charge(surface, view, seconds)


def _paint_charge(surface: pygame.Surface, view: DefibrillatorView, seconds: int) -> None:
    if view.charge == "charged":
        surface.blit(shapes.box(CHARGE.size, 10, WARN, "#FFE9B8", 2), CHARGE.topleft)
        keycap(surface, CHARGE.x + 10, CHARGE.centery, "C", CAP_WARN)
        icons.draw(surface, "bolt", (CHARGE.x + 56, CHARGE.centery), 24, ON_WARN, 2.4)
        text.middle(surface, CHARGE.x + 74, CHARGE.centery, say("defib.charged"), 20, 800, ON_WARN)
        joules = say("unit.joules", energy=view.energy_j)
        text.number(surface, 1220, 370, joules, 17, 700, ON_WARN, align=Align.END)
        text.write(surface, 1220, 390, say("defib.dumps", seconds=seconds), 14, 600, "#4A3505", align=Align.END)
        return
    words = {
        "charging": (say("defib.charging"), say("defib.ready_in", seconds=seconds), State.WARN),
        "blocked": (say("defib.charge"), say("defib.blocked"), State.DISABLED),
    }
    idle = State.IDLE if view.pads else State.DISABLED
    hint = say("defib.while_pushing" if view.pads else "defib.no_pads")
    title, second, state = words.get(view.charge, (say("defib.charge"), hint, idle))
    button(surface, CHARGE, Label(title, second, "C", px=18), state)


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
