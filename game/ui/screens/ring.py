"""The rhythm-check ring, the same for all seats: ten seconds, what each seat senses, and the calls of the Leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import docks, frame, patient, shapes, text
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.screen import Control
from game.ui.screens import rail
from game.ui.screens.checking.answers import (
    LEFT,
    NARROW,
    WIDE,
    choice_painter,
    lower,
    lower_controls,
    paint_split,
    paint_way,
    way_controls,
    way_on,
)
from game.ui.screens.checking.cards import CARDS, LOW_CARD, card_of, card_painter
from game.ui.screens.checking.face import DIAL, dial_of, draw_clock, ground, paint_dial, paint_face
from game.ui.screens.checking.fingers import TALL, TOUCH, Touch, Touching, draw_certainty, paint_fingers, touching
from game.ui.text import Align, Part
from game.ui.theme import (
    AIR,
    COMP,
    LEAD,
    LINE,
    MON,
    S1,
    TEXT,
    TEXT2,
    WARN,
    State,
    livery,
)
from game.ui.traces import Ecg, Glass, Kind, Sweep, trace_colour
from game.ui.values import finding_label, finding_value
from game.ui.widgets import badge
from game.ui.widgets.bars import Slot
from game.ui.widgets.button import Label, keycap
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import EcgView, SeatView
    from game.ui.screen import Model


SENSE: Final = pygame.Rect(400, 76, 864, 232)
STRIP: Final = pygame.Rect(408, 120, 848, 176)
YOUR_CALL: Final = pygame.Rect(400, 410, 864, 30)
CALLED: Final = pygame.Rect(400, 388, 864, 44)


LEADER_DOCK: Final = (
    "command.check.label",
    "dock_lead.resume",
    "dock_lead.shock",
    "dock_lead.drugs",
    "pad_title.5",
    "pad_title.6",
)


class RingScreen:
    """The ring over whatever station the seat holds."""

    def __init__(self) -> None:
        self._ground = Board(ground())
        self._changes = rail.Changes()
        self._ecg: Ecg | None = None
        self._sweep: Sweep | None = None
        self._touch = Touch()
        self._feel = Sweep(Glass(TOUCH, 5.0, -0.4, 1.1, "#F0B48C", 2, 26, MON, "#131B22"), self._touch)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        view = model.view
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
        draw_clock(surface, model, view.check, now_ms)
        ecg = ecg_of(view)
        if ecg is not None and ecg.connected:
            self._trace(ecg, model.settings.palette).draw(surface, now_ms)
        elif view.chest is not None:
            self._touch.note(view.chest)
            if touching(view.chest, view.check) is Touching.NECK:
                self._feel.draw(surface, now_ms)
                draw_certainty(surface, view.chest, now_ms)

    def controls(self) -> Sequence[Control]:
        """The calls or the answers of this seat, the way on at the left, and the furniture; the dock is dead."""
        model = self._model
        if model is None:
            return ()
        asleep = model.stations & (Station.LEAD | Station.CHEST)
        said = [] if asleep else docks.controls(model)
        return [*frame.station_controls(model), *said, *lower_controls(model), *way_controls(model)]

    def _declare(self, model: Model, now_ms: int) -> None:
        board, view = self._ground, model.view
        frame.top_bar(board, model)
        frame.dock_bar(board, dock_of(model), lead=bool(model.stations & Station.LEAD))
        frame.captions(board, model, now_ms)
        body = patient.body_of(model)
        board.part("face", DIAL, body, lambda surface: paint_face(surface, body))
        dial = dial_of(model, now_ms)
        board.part("dial", DIAL, dial, lambda surface: paint_dial(surface, dial))
        left = way_on(model)
        board.part("left", LEFT, left, lambda surface: paint_way(surface, left))
        if view.lead is not None or view.defibrillator is not None:
            ecg = ecg_of(view)
            key = (ecg.connected, ecg.compressing) if ecg else ()
            board.part("strip", SENSE, key, lambda surface: _paint_strip(surface, ecg, model.settings.palette))
        elif view.chest is not None:
            touch = touching(view.chest, view.check)
            board.part("fingers", TALL, touch, lambda surface: paint_fingers(surface, touch))
        else:
            senses = tuple(view.findings)
            board.part("senses", TALL, senses, lambda surface: _paint_senses(surface, model))
        if view.lead is not None or view.defibrillator is not None:
            self._declare_cards(model, now_ms)
        if view.lead is not None:
            board.part("your call", YOUR_CALL, 0, _paint_your_call)
        else:
            call = (view.check.call, view.check.shock_pending)
            board.part("called", CALLED, call, lambda surface: _paint_called(surface, *call))
        for rect, choice in lower(model):
            board.part(f"lower {rect.x}", rect, choice, choice_painter(rect, choice))
        if view.lead is not None:
            split = model.mode.ring_split
            board.part("split", NARROW.union(WIDE), split, lambda surface: paint_split(surface, asked=split))

    def _declare_cards(self, model: Model, now_ms: int) -> None:
        board = self._ground
        others = [seat for seat in range(len(model.view.crew)) if seat != model.seat]
        low = model.view.lead is None
        for full, seat in zip(CARDS, others, strict=False):
            rect = pygame.Rect(full.x, full.y - 4, full.w, LOW_CARD) if low else full
            card = card_of(model, seat, now_ms)
            board.part(f"card {seat}", rect, card, card_painter(rect, card))

    def _trace(self, view: EcgView, palette: str) -> Sweep:
        if self._sweep is None or self._ecg is None:
            self._ecg = Ecg(view)
            self._sweep = Sweep(
                Glass(STRIP, 7.0, -1.9, 1.9, trace_colour(Kind.ECG, palette), 3, 24, MON, "#0D1C14", 5), self._ecg
            )
        self._ecg.view = view
        return self._sweep


def ecg_of(view: SeatView) -> EcgView | None:
    """The trace this seat sees; the device's own where the Leader sees none."""
    if view.lead is not None and (view.lead.ecg.connected or view.defibrillator is None):
        return view.lead.ecg
    return view.defibrillator.ecg if view.defibrillator is not None else None


def dock_of(model: Model) -> list[Slot]:
    """The Leader's orders and the chest's findings sleep: their digits belong to the ring."""
    if model.stations & Station.LEAD:
        return [Slot(Label(say(words), px=15), State.DISABLED) for words in LEADER_DOCK]
    slots = docks.bedside_slots(model)
    if model.stations & Station.CHEST:
        return [Slot(slot.label._replace(key=""), State.DISABLED) for slot in slots]
    return slots


def _paint_strip(surface: pygame.Surface, ecg: EcgView | None, palette: str) -> None:
    own = trace_colour(Kind.ECG, palette)
    surface.blit(shapes.box(SENSE.size, 14, MON, own, 1.5), SENSE.topleft)
    text.write(surface, 420, 110, say("lead.ecg"), 22, 700, own)
    if ecg is None or not ecg.connected:
        text.middle(surface, *SENSE.center, say("lead.no_trace"), 22, 700, WARN, align=Align.MIDDLE)
        return
    words, colour = ("ring.noisy", COMP) if ecg.compressing else ("ring.clean", TEXT2)
    text.write(surface, 1244, 110, say(words), 18, 600, colour, align=Align.END)


def _paint_your_call(surface: pygame.Surface) -> None:
    end = text.write(surface, 400, 432, say("ring.your_call"), 20, 700)
    text.write(surface, end + 14, 432, say("ring.your_call_hint"), 16, 500, TEXT2)


def _paint_called(surface: pygame.Surface, call: str, shock_pending: bool) -> None:
    surface.blit(shapes.box(CALLED.size, 10, S1, LEAD, 1.5), CALLED.topleft)
    badge.draw(surface, livery(Station.LEAD), (424, 410), 26)
    if not call:
        text.write(surface, 446, 416, say("ring.not_called"), 17, 500, TEXT2)
        return
    key = "ring.called_pulse" if call.startswith("organised") else "ring.called_push"
    key = "ring.called_shock" if shock_pending else key
    parts = (
        Part(say("ring.called") + " ", 500, TEXT2),
        Part(say(f"rhythm.{call}") + ". ", 700, LEAD),
        Part(say(key), 500, TEXT),
    )
    text.rich(surface, 446, 416, parts, 17)


def _paint_senses(surface: pygame.Surface, model: Model) -> None:
    """The head's own sense of the pause: the numbers only this seat has."""
    surface.blit(shapes.box(TALL.size, 14, "#101A24", AIR, 1.5), TALL.topleft)
    text.write(surface, TALL.x + 20, TALL.y + 38, say("ring.say"), 22, 700)
    text.write(surface, TALL.right - 20, TALL.y + 38, say("airway.only_you"), 16, 500, TEXT2, align=Align.END)
    for row, seen in enumerate(model.view.findings[:5]):
        y = TALL.y + 62 + row * 46
        surface.fill(LINE, (TALL.x + 20, y, TALL.w - 40, 1))
        keycap(surface, TALL.x + 20, y + 23, cap(f"Digit{row + 1}"))
        text.write(surface, TALL.x + 60, y + 29, finding_label(model, seen.key), 17, 500, TEXT2)
        text.write(surface, TALL.x + 260, y + 30, finding_value(model, seen.key, seen.value), 20, 700)
