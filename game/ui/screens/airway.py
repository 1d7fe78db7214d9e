"""The airway station: the head, mask and bag, oxygen, breaths due, the capnograph; all else through the tray."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.rules.skills.params import skills
from game.rules.skills.squeeze import volume_ml
from game.stations import Station
from game.ui import art, docks, frame, shapes, text, tray
from game.ui.board import Board, backdrop
from game.ui.drawers import tray_of
from game.ui.keymap import cap, steps_in
from game.ui.screen import Control, Intent
from game.ui.screens import mask, rail, throat
from game.ui.text import Align
from game.ui.theme import AIR, CO2, INK, LINE2, MON, OK, S2, SPO2, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.traces import Glass, Sweep
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button, keycap, keycap_width
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import AirwayView
    from game.ui.screen import Model


CART: Final = pygame.Rect(16, 72, 224, 400)
CART_TILES: Final = pygame.Rect(24, 106, 208, 358)
OXYGEN: Final = pygame.Rect(16, 480, 224, 96)
LESS: Final = pygame.Rect(28, 516, 46, 48)
MORE: Final = pygame.Rect(78, 516, 46, 48)
AWAY: Final = pygame.Rect(130, 516, 98, 48)

CAPNOGRAPH: Final = pygame.Rect(948, 76, 316, 236)
GLASS: Final = pygame.Rect(990, 114, 258, 118)
SQUEEZE: Final = pygame.Rect(948, 324, 316, 124)
VOLUME: Final = pygame.Rect(964, 362, 284, 26)
FOUND: Final = pygame.Rect(948, 460, 316, 116)
FOUND_TILES: Final = pygame.Rect(958, 496, 296, 72)
CHOICES: Final = pygame.Rect(252, 492, 684, 84)

RING: Final = (316, 264)
WAIT_TAG: Final = pygame.Rect(246, 334, 146, 50)
DUE: Final = pygame.Rect(246, 194, 220, 192)
HANDS: Final = pygame.Rect(266, 236, 664, 402)
"""All that moves with a squeeze, and what it lies on."""
BAG: Final = pygame.Rect(632, 250, 290, 330)
"""Where bag and squeezing hand are pressed."""

SEAL_HAND: Final = (270, 240)
BAG_AT: Final = (625, 248)
HAND_AT: Final = (716, 260)
MASK: Final = (560, 320)
TUBE: Final = (534, 281)
CONNECTOR: Final = (600, 302)
"""Middles of what lies on the mouth and of the piece between it and the bag."""
DRAWN_IN_PX: Final = 12
"""How far the hand closes on a full squeeze."""

CO2_TOPS: Final = (40, 80)
"""Scales of the capnograph, mmHg: the higher one while the patient's CO2 goes beyond the lower."""

FULL_ML: Final = 900
STEP_ML: Final = 20
"""The squeeze is painted in steps of this much: enough for the eye, few enough to be cheap."""
BREATHS_KEPT: Final = 12
ROWS: Final = 7
"""Tiles of the airway cart that are up at once; the last turns the page."""


class Breath(NamedTuple):
    """A breath on the capnogram: when the bag was let go, and the CO2 of what came back."""

    at_ms: int
    etco2_mmhg: int


class Capnogram:
    """Expired CO2 by time: up as the breath comes out, a slight slope, down with the next one."""

    RISE_MS: Final = 250
    OUT_MS: Final = 2_200
    FALL_MS: Final = 180
    SLOPE: Final = 0.92

    def __init__(self) -> None:
        self._breaths: deque[Breath] = deque(maxlen=BREATHS_KEPT)

    def note(self, view: AirwayView) -> None:
        """Takes in what the view says of the latest breath."""
        if view.last_breath_ms < 0 or not view.co2_connected:
            return
        if not self._breaths or view.last_breath_ms > self._breaths[-1].at_ms:
            self._breaths.append(Breath(view.last_breath_ms, max(0, view.etco2_mmhg)))

    def step(self, at_ms: int) -> float:
        """Expired CO2 at `at_ms`, mmHg."""
        latest = next((breath for breath in reversed(self._breaths) if breath.at_ms <= at_ms), None)
        if latest is None:
            return 0.0
        since = at_ms - latest.at_ms
        plateau = self.SLOPE + (1 - self.SLOPE) * min(1.0, since / self.OUT_MS)
        if since < self.RISE_MS:
            return latest.etco2_mmhg * plateau * since / self.RISE_MS
        if since < self.OUT_MS:
            return latest.etco2_mmhg * plateau
        return max(0.0, latest.etco2_mmhg * (1 - (since - self.OUT_MS) / self.FALL_MS))


class AirwayScreen:
    """The picture from the head of the bed."""

    def __init__(self) -> None:
        self._board = Board(backdrop(art.stage("airway")))
        self._changes = rail.Changes()
        self._capnogram = Capnogram()
        glasses = {top: Glass(GLASS, 12.0, -top / 20, top * 1.05, CO2, 2, 29, MON, "#141A20") for top in CO2_TOPS}
        self._sweeps = {top: Sweep(glass, self._capnogram) for top, glass in glasses.items()}
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; the own squeeze shows in the frame it is pressed in."""
        self._model = model
        view = model.view.airway
        if view is None:
            return
        self._capnogram.note(view)
        squeezed = _squeezed_ml(model, view, now_ms)
        if self._changes.seen(model, now_ms, squeezed // STEP_ML):
            self._declare(model, view, squeezed // STEP_ML * STEP_ML, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        if view.co2_connected:
            self._sweeps[_top(view)].draw(surface, now_ms)
        if model.view.task:
            shown = tray.on_page(model, _entries(model), ROWS - 1)
            tray.progress(surface, model, shown, tray.grid(CART_TILES, ROWS, columns=1), now_ms)
        if view.seal and view.window:
            mask.draw(surface, model, view.seal, now_ms)
        if view.tube:
            throat.draw(surface, view.tube, now_ms)
        frame.order_bar(surface, model, now_ms)

    def controls(self) -> Sequence[Control]:
        """The bag first, then everything that lies over it."""
        model = self._model
        if model is None or model.view.airway is None:
            return ()
        entries = _entries(model)
        places = tray.grid(CART_TILES, ROWS, columns=1)[: len(tray.on_page(model, entries, ROWS - 1))]
        squeeze = "push" if steps_in(model.seat, model.view) else "squeeze"
        flows = _flows(model, model.view.airway)
        found = [
            Control(frame.STAGE_RECT if squeeze == "push" else BAG, Intent(squeeze), Feel.EDGES),
            *(mask.controls() if model.view.airway.seal else ()),
            *(throat.controls(model, model.view.airway.tube) if model.view.airway.tube else ()),
            *tray.controls(model, entries, places, ROWS - 1),
            *(Control(rect, Intent("oxygen", (flow,))) for rect, flow in zip((LESS, MORE, AWAY), flows, strict=True)),
            *rail.found_controls(model, FOUND_TILES),
            *frame.station_controls(model),
            *docks.controls(model),
            *tray.offer_controls(model, rail.choice_rects(CHOICES, model)),
            *rail.back_control(model, CHOICES),
        ]
        if model.view.switch.asked_ms >= 0:
            found.append(Control(rail.SWITCH, Intent("switch_yes"), enabled=frame.works(model, "switch_yes")))
        return found

    def _declare(self, model: Model, view: AirwayView, squeezed: int, now_ms: int) -> None:
        board = self._board
        closed = round(DRAWN_IN_PX * min(1.0, squeezed / FULL_ML))
        board.part("hands", HANDS, (view.device, closed), lambda surface: _paint_hands(surface, view.device, closed))
        due = _due(model, view, now_ms)
        board.part("due", DUE, due, lambda surface: _paint_due(surface, due))
        frame.top_bar(board, model)
        docks.declare(board, model)
        board.part("cart", CART, 0, lambda surface: panel(surface, CART, say("airway.cart"), opacity=0.95))
        cells = tray.cells(model, _entries(model), ROWS - 1)
        tray.declare(board, "tray", cells, tray.grid(CART_TILES, ROWS, columns=1)[: len(cells)])
        if view.seal:
            mask.declare(board, model, wanted=view.window)
        board.part("oxygen", OXYGEN, view.flow_l_min, lambda surface: _paint_oxygen(surface, view.flow_l_min))
        numbers = (view.co2_connected, view.etco2_mmhg, view.breaths_per_min, view.spo2_pct)
        board.part("capnograph", CAPNOGRAPH, numbers, lambda surface: _paint_capnograph(surface, view))
        volumes = (squeezed, view.last_volume_ml, model.pack.tidal_volume_ml, view.bag)
        board.part("squeeze", SQUEEZE, volumes, lambda surface: _paint_squeeze(surface, *volumes))
        rail.found(board, model, FOUND, FOUND_TILES)
        rail.switch(board, model, now_ms)
        frame.order_part(board, model, now_ms)
        frame.captions(board, model, now_ms)
        rail.choices(board, model, CHOICES)


def _entries(model: Model) -> tuple[str, ...]:
    """What the airway cart holds."""
    return tray_of(Station.AIRWAY, 0, model.view)


def _flows(model: Model, view: AirwayView) -> tuple[int, int, int]:
    """The flows that less, more and away set."""
    flows = model.pack.oxygen_flows_l_min
    less = max((flow for flow in flows if flow < view.flow_l_min), default=view.flow_l_min)
    more = min((flow for flow in flows if flow > view.flow_l_min), default=view.flow_l_min)
    return less, more, 0


def _squeezed_ml(model: Model, view: AirwayView, now_ms: int) -> int:
    """What the bag has given since it was pressed, as the model of the skill predicts it; 0 while it is let go."""
    since = model.hands.squeeze_since_ms
    if since < 0:
        return 0
    return volume_ml(now_ms - since, seal_pct=view.seal.pct if view.seal else 100, skills=skills())


def _paint_hands(surface: pygame.Surface, device: str, closed: int) -> None:
    """Both hands, mask or tube, and the bag; the right hand closes with the squeeze."""
    surface.blit(art.sprite("airway_seal_hand"), SEAL_HAND)
    name, centre = ("mask", MASK) if device == "mask" else ("tube", TUBE)
    shapes.put(surface, art.turned(name, 180, 262), centre)
    shapes.put(surface, connector(), CONNECTOR)
    surface.blit(art.sprite("bag"), (BAG_AT[0], BAG_AT[1] + closed // 3))
    surface.blit(art.sprite("airway_squeeze_hand"), (HAND_AT[0] - closed // 3, HAND_AT[1] + closed))


@cache
def connector() -> pygame.Surface:
    """The piece between mask or tube and bag."""
    made = shapes.clear((120 * shapes.FINE, 60 * shapes.FINE), "#C9E6EF")
    path = [(20, 32), (36, 28), (54, 26), (72, 28), (100, 34)]
    fine = [(x * shapes.FINE, y * shapes.FINE) for x, y in path]
    shapes.thick_lines(made, pygame.Color("#C9E6EF"), fine, 30 * shapes.FINE)
    shapes.thick_lines(made, pygame.Color("#5E8FA6"), fine, 20 * shapes.FINE)
    for radius, colour in ((21.5, "#E5F3F8"), (18.5, "#7FB2C6"), (9, "#2B4857")):
        pygame.draw.circle(made, pygame.Color(colour), fine[0], radius * shapes.FINE)
    return pygame.transform.smoothscale(made, (120, 60))


class Due(NamedTuple):
    """The breaths that are due, as the ring and its tag show them."""

    filled: int
    steps: int
    figure: str
    below: str
    title: str
    hint: str
    wanted: bool
    key: str = ""
    """The key to press now, in place of a figure."""


def _due(model: Model, view: AirwayView, now_ms: int) -> Due:
    """A count in a pause with a mask, seconds to the next breath with an airway in."""
    wanted = view.window and view.breaths_due > 0
    if steps_in(model.seat, model.view):
        return Due(0, 1, "", "", say("airway.step_in"), say("airway.step_in_what"), wanted=True, key=cap("Space"))
    if view.ventilator_per_min:
        rate = say("unit.breaths", count=view.ventilator_per_min)
        return Due(
            0, 1, str(view.ventilator_per_min), say("unit.per_min"), say("airway.ventilator"), rate, wanted=False
        )
    moving = any(seen.hands_on and seen.stations & Station.CHEST for seen in model.view.crew)
    rescued = model.view.check.pulse == "felt" and not moving
    if view.device == "mask" and not rescued:
        every = model.pack.breaths_per_set
        given = every - view.breaths_due
        key = "now" if view.window else "wait"
        hint = say("airway.due_what" if view.window else "airway.wait_what")
        below = say("airway.of", count=every)
        return Due(given, every, str(given), below, say(f"airway.breaths_{key}"), hint, wanted)
    every_ms = round(model.pack.breath_interval_s * 1000)
    left_ms = max(0, every_ms - (now_ms - view.last_breath_ms)) if view.last_breath_ms >= 0 else 0
    left_s = -(-left_ms // 1000)
    if rescued and not (left_s or view.window):
        return Due(0, 1, "", "", say("airway.own_breaths"), say("airway.own_breaths_what"), wanted=False)
    title = say("airway.one_in", seconds=f"{model.pack.breath_interval_s:g}")
    below = say("airway.to_go" if left_s else "airway.now")
    return Due(
        left_s,
        every_ms // 1000,
        str(left_s),
        below,
        title,
        say("airway.pulse_what" if rescued else "airway.tube_what"),
        wanted,
    )


def _paint_due(surface: pygame.Surface, due: Due) -> None:
    shapes.put(surface, shapes.disc(66, INK), RING)
    paint_steps = gauge.ring if due.steps <= 2 else gauge.segments
    paint_steps(surface, RING, 54, due.filled, due.steps, 10, AIR)
    if due.figure:
        text.number_middle(surface, RING[0], RING[1] - 8, due.figure, 52)
    if due.key:
        keycap(surface, RING[0] - keycap_width(due.key) / 2, RING[1], due.key)
    text.middle(surface, RING[0], RING[1] + 28, due.below, 15, 500, TEXT2, align=Align.MIDDLE)
    wide = max(146, round(text.width(due.hint, 15)) + 24, round(text.width(due.title, 17, 700)) + 24)
    tag = pygame.Rect(WAIT_TAG.x, WAIT_TAG.y, wide, WAIT_TAG.h)
    surface.blit(shapes.box(tag.size, 14, INK, opacity=0.92), tag.topleft)
    text.write(surface, tag.centerx, tag.y + 21, due.title, 17, 700, WARN if due.wanted else TEXT, align=Align.MIDDLE)
    text.write(surface, tag.centerx, tag.y + 40, due.hint, 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_oxygen(surface: pygame.Surface, flow: int) -> None:
    panel(surface, OXYGEN, opacity=0.95)
    text.write(surface, 32, 504, say("airway.oxygen"), 15, 600, TEXT2)
    words = say("unit.flow", flow=flow)
    text.write(surface, 228, 504, words, 17, 700, TEXT if flow else WARN, align=Align.END)
    for rect, sign, key in ((LESS, "-", ","), (MORE, "+", ".")):
        surface.blit(shapes.box(rect.size, 10, S2, LINE2, 1.5), rect.topleft)
        text.middle(surface, rect.x + 13, rect.centery, sign, 20, 700, align=Align.MIDDLE)
        keycap(surface, rect.x + 19, rect.centery, key)
    label = Label(say("airway.away_1"), say("airway.away_2"), "/", px=14)
    button(surface, AWAY, label, State.IDLE if flow else State.OK)


def _top(view: AirwayView) -> int:
    """The scale of the capnograph for the CO2 of now."""
    return CO2_TOPS[view.etco2_mmhg > CO2_TOPS[0]]


def _paint_capnograph(surface: pygame.Surface, view: AirwayView) -> None:
    panel(surface, CAPNOGRAPH, say("airway.capnograph"), say("airway.only_you"), opacity=0.97)
    x, y = CAPNOGRAPH.topleft
    surface.blit(shapes.box((284, 118), 6, MON), (x + 16, y + 38))
    top = _top(view)
    for mark in (0, top // 2, top):
        at = GLASS.bottom - (mark / top + 0.05) / 1.1 * GLASS.h
        text.number(surface, x + 38, at + 5, str(mark), 14, 400, TEXT3, align=Align.END)
    if not view.co2_connected:
        text.middle(surface, GLASS.centerx, GLASS.centery, say("airway.no_line"), 16, 600, WARN, align=Align.MIDDLE)
    _subscripted(surface, x + 16, y + 186, say("airway.etco2"), CO2)
    etco2 = str(view.etco2_mmhg) if view.etco2_mmhg >= 0 else "--"
    end = text.number(surface, x + 16, y + 222, etco2, 44, 700, CO2)
    text.write(surface, end + 4, y + 222, say("unit.mmhg"), 15, 500, TEXT2)
    text.write(surface, x + 140, y + 186, say("airway.breaths"), 16, 600, TEXT2)
    end = text.number(surface, x + 140, y + 222, str(view.breaths_per_min), 44)
    text.write(surface, end + 4, y + 222, say("unit.per_min"), 15, 500, TEXT2)
    _subscripted(surface, x + 244, y + 186, say("airway.spo2"), SPO2)
    spo2 = str(view.spo2_pct) if view.spo2_pct >= 0 else "--"
    text.number(surface, x + 244, y + 221, spo2, 30, 700, SPO2)


def _subscripted(surface: pygame.Surface, x: int, baseline: int, words: str, colour: str) -> None:
    """`words` and a small 2 below the line: the typeface has no subscript."""
    end = text.write(surface, x, baseline, words, 16, 600, colour)
    text.write(surface, end, baseline + 3, "2", 11, 600, colour)


def _paint_squeeze(surface: pygame.Surface, squeezed: int, last: int, band: tuple[float, float], bag: str) -> None:
    panel(surface, SQUEEZE, say("airway.squeeze"), opacity=0.97)
    wide = keycap_width("Space")
    keycap(surface, SQUEEZE.right - 14 - wide, SQUEEZE.y + 18, "Space")
    hint = say("airway.hold")
    text.middle(surface, SQUEEZE.right - 22 - wide, SQUEEZE.y + 18, hint, 14, 500, TEXT3, align=Align.END)
    surface.blit(shapes.box(VOLUME.size, 6, MON), VOLUME.topleft)
    low, high = (VOLUME.x + edge / FULL_ML * VOLUME.w for edge in band)
    surface.blit(shapes.box((round(high - low), VOLUME.h), 0, OK, opacity=0.25), (round(low), VOLUME.y))
    shown = squeezed or last
    filled = round(VOLUME.w * min(1.0, shown / FULL_ML))
    if filled > 6:
        fill = shapes.box((VOLUME.w, 20), 4, AIR, opacity=1.0 if squeezed else 0.55)
        surface.blit(fill, (VOLUME.x, VOLUME.y + 3), (0, 0, filled, 20))
    for edge in (low, high):
        surface.fill(OK, (round(edge) - 1, VOLUME.y - 4, 2, 34))
    if shown:
        text.number(surface, min(VOLUME.x + filled + 8, VOLUME.right - 40), VOLUME.y + 19, str(shown), 16)
    text.write(surface, low, VOLUME.y + 47, f"{band[0]:g}", 14, 500, TEXT2, align=Align.MIDDLE)
    top = say("airway.volume_mark", volume=f"{band[1]:g}")
    text.write(surface, high, VOLUME.y + 47, top, 14, 500, TEXT2, align=Align.MIDDLE)
    words = say("airway.feel_now") if squeezed else say(_feel_key(last, band))
    text.write(surface, VOLUME.x, VOLUME.y + 76, words, 15, 600)
    if bag and not squeezed:
        ink = TEXT2 if bag == "easy" else WARN
        feel = say("airway.bag", feel=say(f"sign.bag.{bag}"))
        text.write(surface, VOLUME.right, VOLUME.y + 76, feel, 15, 600, ink, align=Align.END)


def _feel_key(volume: int, band: tuple[float, float]) -> str:
    if volume <= 0:
        return "airway.feel_none"
    if volume < band[0]:
        return "airway.feel_small"
    return "airway.feel_good" if volume <= band[1] else "airway.feel_large"
