"""The view of a seat: the union of what its stations sense, and None for every station it does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from game.rules import handover, senses
from game.rules.game import Game
from game.rules.referee import ready
from game.rules.views import BodyView, CheckView, CrewView, SeatView, SwitchView
from game.stations import AIRWAY, CART, CHEST, DEFIBRILLATOR, LEAD


@dataclass(frozen=True, slots=True)
class Common:
    """What all seats are shown alike."""

    crew: tuple[CrewView, ...]
    check: CheckView
    switch: SwitchView
    body: BodyView


def common(game: Game) -> Common:
    """What all seats are shown now."""
    return Common(senses.crew(game), senses.check_view(game), senses.switch_view(game), senses.body_view(game))


def seat_view(game: Game, seat: int, all_see: Common) -> SeatView:
    """All that `seat` is shown now."""
    stations = game.state.seats[seat].stations
    return SeatView(
        now_ms=game.now_ms,
        crew=all_see.crew,
        orders=senses.orders_for(game, seat),
        check=all_see.check,
        switch=all_see.switch,
        task=senses.task_view(game, seat),
        findings=senses.sensed(game, seat),
        offers=handover.offers(game, seat),
        hush_until_ms=game.state.hush_until_ms,
        ready=ready(game, seat),
        chest=senses.chest_view(game, seat) if stations & CHEST else None,
        airway=senses.airway_view(game) if stations & AIRWAY else None,
        cart=senses.cart_view(game, seat) if stations & CART else None,
        defibrillator=senses.defibrillator_view(game) if stations & DEFIBRILLATOR else None,
        lead=senses.lead_view(game) if stations & LEAD else None,
        body=all_see.body,
    )
