"""The phone's screens by the names the stagehand knows them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.phone.airway import AirwayScreen
from game.ui.phone.chest import ChestScreen
from game.ui.phone.lead import LeadScreen
from game.ui.phone.meds import MedsScreen
from game.ui.phone.places import Places
from game.ui.phone.results import ResultsScreen
from game.ui.phone.ring import RingScreen
from game.ui.phone.shock import ShockScreen
from game.ui.phone.watching import WatchingScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from game.ui.screen import Screen


def screens(places: Places) -> Mapping[str, Callable[[], Screen]]:
    """How each screen is made on a canvas of this height."""
    made: dict[str, Callable[[Places], Screen]] = {
        "lead": LeadScreen,
        "chest": ChestScreen,
        "airway": AirwayScreen,
        "meds": MedsScreen,
        "ring": RingScreen,
        "shock": ShockScreen,
        "results": ResultsScreen,
        "watching": WatchingScreen,
    }
    return {name: _bound(make, places) for name, make in made.items()}


def _bound(make: Callable[[Places], Screen], places: Places) -> Callable[[], Screen]:
    return lambda: make(places)
