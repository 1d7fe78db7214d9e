"""A bot that can sit in any seat: a player for each station, woken by what the view shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.bots.airway import AirwayPlayer
from game.bots.bot import Act, Edges
from game.bots.chest import ChestPlayer
from game.bots.lead import LeadPlayer
from game.bots.meds import CartPlayer, DefibrillatorPlayer
from game.content import Level, Pack
from game.rules.views import SeatView

HEAR_AFTER_MS: Final = 800
SPEAK_EVERY_MS: Final = 9000


class CrewBot:
    """Follows the reference run (clinical 1.7) from its own seat's view; stations may come and go by a switch."""

    def __init__(self, seat: int, level: Level, pack: Pack, seed: int) -> None:
        self._seat = seat
        self._chest = ChestPlayer(seat, pack, seed)
        self._airway = AirwayPlayer(pack)
        self._cart = CartPlayer()
        self._defibrillator = DefibrillatorPlayer()
        self._lead = LeadPlayer(level, pack)
        self._said: set[str] = set()
        self._spoke_ms = 0

    def play(self, view: SeatView) -> Sequence[Act | Edges]:
        """What this seat does now."""
        acts: list[Act | Edges] = [*self._answer(view), *self._speak(view)]
        if view.chest is not None:
            acts += self._chest.play(view, view.chest)
        elif view.switch.open and view.switch.partner == self._seat:
            acts += self._chest.step_in(view)
        else:
            self._chest.step_back()
        if view.airway is not None:
            acts += self._airway.play(view, view.airway)
        else:
            self._airway.step_back()
        if view.defibrillator is not None:
            acts += self._defibrillator.play(view, view.defibrillator)
        if view.cart is not None:
            acts += self._cart.play(view, view.cart)
        if view.lead is not None:
            acts += self._lead.play(view, view.lead)
        return acts

    def _answer(self, view: SeatView) -> list[Act]:
        """Hear orders; say yes to a switch as the person at the head, and take the chest at the check."""
        stations = view.crew[self._seat].stations
        heard = [
            Act("hear", (order.order_id,))
            for order in view.orders
            if order.state == "sent" and order.station & stations and view.now_ms - order.since_ms >= HEAR_AFTER_MS
        ]
        asked = view.airway is not None or any(order.op == "switch_yes" for order in view.orders)
        partner = asked and view.switch.asked_ms >= 0 and view.switch.partner < 0
        return [*heard, Act("switch_yes")] if partner else heard

    def _speak(self, view: SeatView) -> list[Act]:
        """Each thing this seat senses is said once, a while after the last, and not into a check."""
        new = next((finding.key for finding in view.findings if finding.key not in self._said), None)
        if new is None or view.check.since_ms >= 0 or view.now_ms - self._spoke_ms < SPEAK_EVERY_MS:
            return []
        self._said.add(new)
        self._spoke_ms = view.now_ms
        return [Act("report", (new,))]


def crew_of_bots(level: Level, pack: Pack, seed: int, seats: int = 4) -> dict[int, CrewBot]:
    """A bot for every seat: each plays while its seat's link says so."""
    return {seat: CrewBot(seat, level, pack, seed) for seat in range(seats)}
