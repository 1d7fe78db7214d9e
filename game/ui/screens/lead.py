"""The lead station: overview, clocks, orders and their loops, the ECG, what was reported, and the board of causes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import pygame

from game.rules.setup import Sight
from game.stations import Station
from game.ui import art, docks, frame, patient
from game.ui.board import Board, backdrop
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.screens.leading import asking, book, causes, clocks, orders, overview, reported, targets
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
HEAD: Final = pygame.Rect(causes.CAUSE_BOARD.topleft, (causes.CAUSE_BOARD.w, targets.HEAD))
"""The title of the lower board: after the return of the pulse it turns the board over."""


def holds_targets(model: Model) -> bool:
    """True while the targets are up in place of the causes: a pulse is back, no fact is picked, nobody looked away."""
    return targets.up(model) and not (model.mode.look or model.mode.fact)


class LeadScreen:
    """The leader's picture."""

    book = book.BOOK

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
        if self._changes.seen(model, now_ms, self._monitor.rate):
            self._declare(model, lead, now_ms)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
        clocks.draw(surface, model, lead, now_ms)
        self._monitor.draw(surface, lead.ecg, now_ms, model.settings.palette)
        face = asking.open_pad(model)
        if face:
            self._over.part("pad", SCRIM, face, lambda target: order_pad(target, face))
        elif model.mode.paper:
            book.declare(self._over, model, lead, now_ms, self.book)
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
        found += reported.controls(model, model.view.lead)
        if tiles is None:
            found += self.lower_controls(model, model.view.lead)
        found += docks.controls(model)
        if model.mode.paper:
            found += book.controls(model, model.view.lead, self.book)
        if tiles is not None:
            found += [Control(rect, Intent(Local.CHOOSE, (place,))) for rect, place in choices(tiles)]
        return found

    def lower_controls(self, model: Model, lead: LeadView) -> list[Control]:
        """Hit areas of the board under the stage."""
        if lead.started and holds_targets(model):
            return targets.controls(model)
        turn = [Control(HEAD, Intent(Local.LOOK))] if targets.up(model) else []
        return [*turn, *causes.controls(model, lead)]

    def _declare(self, model: Model, lead: LeadView, now_ms: int) -> None:
        ground = self._ground
        patient.declare(ground, "leader_nocrew", model)
        crew = frame.people(model)
        ground.part("crew", overview.STAGE, crew, lambda surface: overview.paint_crew(surface, model))
        running, beating = lead.cycle_ms >= 0, causes.has_pulse(model)
        still = (running, beating)
        paint_clocks = partial(clocks.paint, running=running, beating=beating)
        ground.part("clocks", clocks.CLOCKS, still, paint_clocks)
        self._declare_orders(model, lead, now_ms)
        owner = role_word(Station(frame.seated(model, Station.DEFIBRILLATOR).stations))
        blind = model.sight is Sight.BLIND
        why = (
            say("lead.blind" if blind else "lead.no_trace"),
            say("lead.ask_for" if blind else "lead.has_pads", who=owner),
        )
        ecg = (lead.ecg.connected, lead.ecg.compressing, why, self._monitor.rate)
        ground.part(
            "ecg", ECG_PANEL, ecg, lambda surface: self._monitor.paint(surface, lead.ecg, why, model.settings.palette)
        )
        now_s = now_ms // 1000
        said = (lead.reported, now_s if lead.reported else 0, model.mode.fact, reported.wanted(model))
        ground.part("reported", reported.REPORTED, said, lambda surface: reported.paint(surface, model, lead, now_ms))
        self.declare_lower(self._ground, model, lead, now_ms)
        frame.top_bar(ground, model)
        docks.declare(ground, model)

    def declare_lower(self, ground: Board, model: Model, lead: LeadView, now_ms: int) -> None:
        """The board under the stage: the first acts, the causes, or what is to be held once the pulse is back."""
        rect = causes.CAUSE_BOARD
        if not lead.started:
            acts = causes.first_acts(lead, pulse=causes.has_pulse(model))
            ground.part("first acts", rect, acts, lambda surface: causes.paint_first(surface, acts))
        elif holds_targets(model):
            held = targets.tiles(model, lead, now_ms)
            ground.part("targets", rect, held, lambda surface: targets.paint(surface, model, held))
        else:
            fact = reported.picked(model, lead)
            known = (lead.causes, lead.clues, fact)
            ground.part("causes", rect, known, lambda surface: causes.paint(surface, lead, fact))

    def _declare_orders(self, model: Model, lead: LeadView, now_ms: int) -> None:
        given, rect = orders.rows(model, now_ms), orders.ORDERS
        if not lead.started and not given:
            self._ground.part("orders", rect, "brief", lambda surface: orders.paint_brief(surface, model, lead))
            return
        key = (tuple(given), now_ms // 1000 if given else 0, model.roster)
        self._ground.part("orders", rect, key, lambda surface: orders.paint(surface, model, now_ms))
