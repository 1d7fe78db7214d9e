"""The lead station: overview, clocks, orders and their loops, the ECG, what was reported, and the board of causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.stations import Station
from game.ui import art, frame
from game.ui.board import Board, backdrop
from game.ui.screen import Control, Intent, Local
from game.ui.screens.leading import asking, causes, clocks, orders, overview, reported
from game.ui.theme import TEXT, State
from game.ui.widgets.bars import SLOTS, Slot
from game.ui.widgets.button import Label
from game.ui.widgets.monitor import Monitor
from game.ui.widgets.pad import SCRIM, choices, order_pad
from game.ui.words import knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import LeadView
    from game.ui.screen import Model


ECG_PANEL: Final = pygame.Rect(824, 76, 440, 156)
ECG_TRACE: Final = pygame.Rect(832, 104, 424, 120)
WINDOW_S: Final = 6.0


class LeadScreen:
    """The leader's picture."""

    def __init__(self) -> None:
        self._ground = Board(backdrop(art.stage("leader_nocrew")))
        self._over = Board()
        self._monitor = Monitor(ECG_PANEL, ECG_TRACE, WINDOW_S)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame: panels as they change, clocks and trace as they run."""
        self._model = model
        lead = model.view.lead
        if lead is None:
            return
        self._declare(model, lead, now_ms)
        self._ground.show(surface)
        clocks.draw(surface, model, lead, now_ms)
        self._monitor.draw(surface, lead.ecg, now_ms)
        face = asking.open_pad(model)
        if face:
            self._over.part("pad", SCRIM, face, lambda target: order_pad(target, face))
        frame.captions(self._over, model, now_ms)
        self._over.show(surface)

    def controls(self) -> Sequence[Control]:
        """Everything that can be pressed; an open pad lies over the board."""
        model = self._model
        if model is None or model.view.lead is None:
            return ()
        found = frame.furniture_controls()
        found += orders.controls(model)
        found.append(Control(clocks.RESTART, Intent("restart_cycle")))
        tiles = asking.open_tiles(model)
        if tiles is None:
            found += causes.controls(model, model.view.lead)
        found += _dock_controls(model, model.view.lead)
        if tiles is not None:
            found += [Control(rect, Intent(Local.CHOOSE, (place,))) for rect, place in choices(tiles)]
        return found

    def _declare(self, model: Model, lead: LeadView, now_ms: int) -> None:
        ground = self._ground
        crew = frame.people(model)
        ground.part("crew", overview.STAGE, crew, lambda surface: overview.paint_crew(surface, model))
        restart = lead.cycle_ms >= 0
        ground.part("clocks", clocks.CLOCKS, restart, lambda surface: clocks.paint(surface, running=restart))
        self._declare_orders(model, lead, now_ms)
        owner = role_word(Station(frame.seated(model, Station.DEFIBRILLATOR).stations))
        ecg = (lead.ecg.connected, lead.ecg.compressing, owner)
        ground.part("ecg", ECG_PANEL, ecg, lambda surface: self._monitor.paint(surface, lead.ecg, owner))
        now_s = now_ms // 1000
        said = (lead.reported, now_s if lead.reported else 0)
        ground.part("reported", reported.REPORTED, said, lambda surface: reported.paint(surface, model, lead, now_ms))
        if lead.started:
            known = (lead.causes, lead.clues)
            ground.part("causes", causes.CAUSE_BOARD, known, lambda surface: causes.paint(surface, lead))
        else:
            pads = lead.ecg.connected
            ground.part("first acts", causes.CAUSE_BOARD, pads, lambda surface: causes.paint_first(surface, lead))
        frame.top_bar(ground, model)
        frame.dock_bar(ground, dock_slots(model, lead), lead=True, wheel=_wheel(model))

    def _declare_orders(self, model: Model, lead: LeadView, now_ms: int) -> None:
        given, rect = model.view.orders, orders.ORDERS
        if not lead.started and not given:
            self._ground.part("orders", rect, "brief", lambda surface: orders.paint_brief(surface, model, lead))
            return
        key = (given, now_ms // 1000 if given else 0, model.roster)
        self._ground.part("orders", rect, key, lambda surface: orders.paint(surface, model, now_ms))


def _dock_controls(model: Model, lead: LeadView) -> list[Control]:
    first = "check" if lead.started else "start"
    found = [Control(SLOTS[0], Intent(first), enabled=frame.works(model, first))]
    found.append(Control(SLOTS[1], Intent("resume"), enabled=lead.started))
    return found + [Control(SLOTS[digit - 1], Intent(Local.PAD, (digit,))) for digit in range(3, 7)]


_DOCK: Final = {3: "dock_lead.shock", 4: "dock_lead.drugs", 5: "dock_lead.do", 6: "dock_lead.tell"}


def dock_slots(model: Model, lead: LeadView) -> list[Slot]:
    """Start or stop and check, resume, and the four pads."""
    closed = not model.mode.pad
    idle = State.IDLE if closed else State.DISABLED
    if lead.started:
        state = idle if frame.works(model, "check") else State.DISABLED
        first = Slot(_dock_label("dock_lead.check", 1, shown=closed), state)
    else:
        first = Slot(Label(say("dock_lead.start"), key="1", px=20), State.PRIMARY if closed else State.DISABLED)
    resume = idle if lead.started else State.DISABLED
    slots = [first, Slot(_dock_label("dock_lead.resume", 2, shown=closed), resume)]
    for digit, words in _DOCK.items():
        is_open = model.mode.pad == digit
        slots.append(Slot(_dock_label(words, digit, shown=closed or is_open), State.HOVER if is_open else idle))
    return slots


def _dock_label(words: str, digit: int, *, shown: bool) -> Label:
    key = str(digit) if shown else ""
    if knows(words):
        return Label(say(words), key=key, px=15)
    return Label(say(f"{words}_1"), say(f"{words}_2"), key, px=15, tone=TEXT)


def _wheel(model: Model) -> State:
    return State.DISABLED if model.mode.pad else State.HOVER if model.mode.wheel else State.IDLE
