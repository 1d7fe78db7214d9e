"""The lead station: overview, clocks, orders and their loops, the ECG, what was reported, and the board of causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.setup import Sight
from game.stations import Station
from game.ui import art, docks, frame
from game.ui.board import Board, backdrop
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.screens.leading import asking, causes, clocks, orders, overview, reported
from game.ui.widgets.monitor import Monitor
from game.ui.widgets.pad import SCRIM, choices, order_pad
from game.ui.words import role_word, say

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
        self._changes = rail.Changes()
        self._monitor = Monitor(ECG_PANEL, ECG_TRACE, WINDOW_S)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame: panels as they change, clocks and trace as they run."""
        self._model = model
        lead = model.view.lead
        if lead is None:
            return
        if self._changes.seen(model, now_ms):
            self._declare(model, lead, now_ms)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
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
        found = frame.station_controls(model)
        found += orders.controls(model)
        found.append(Control(clocks.RESTART, Intent("restart_cycle")))
        tiles = asking.open_tiles(model)
        if tiles is None:
            found += causes.controls(model, model.view.lead)
        found += docks.controls(model)
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
        blind = model.sight is Sight.BLIND
        why = (
            say("lead.blind" if blind else "lead.no_trace"),
            say("lead.ask_for" if blind else "lead.has_pads", who=owner),
        )
        ecg = (lead.ecg.connected, lead.ecg.compressing, why)
        ground.part("ecg", ECG_PANEL, ecg, lambda surface: self._monitor.paint(surface, lead.ecg, why))
        now_s = now_ms // 1000
        said = (lead.reported, now_s if lead.reported else 0)
        ground.part("reported", reported.REPORTED, said, lambda surface: reported.paint(surface, model, lead, now_ms))
        if lead.started:
            known = (lead.causes, lead.clues)
            ground.part("causes", causes.CAUSE_BOARD, known, lambda surface: causes.paint(surface, lead))
        else:
            acts = causes.first_acts(lead, pulse=causes.has_pulse(model))
            ground.part("first acts", causes.CAUSE_BOARD, acts, lambda surface: causes.paint_first(surface, acts))
        frame.top_bar(ground, model)
        docks.declare(ground, model)

    def _declare_orders(self, model: Model, lead: LeadView, now_ms: int) -> None:
        given, rect = model.view.orders, orders.ORDERS
        if not lead.started and not given:
            self._ground.part("orders", rect, "brief", lambda surface: orders.paint_brief(surface, model, lead))
            return
        key = (given, now_ms // 1000 if given else 0, model.roster)
        self._ground.part("orders", rect, key, lambda surface: orders.paint(surface, model, now_ms))
