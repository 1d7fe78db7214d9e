"""From what is wanted to a whole order: doses, rates, volumes and flows come from the pack, the side from reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.bots.habits import habits
from game.bots.knowledge import Request
from game.bots.mind import Mind
from game.bots.wishes import give, name_of, pump, wish_for
from game.rules.commands import ORDER_ARGS, fits
from game.rules.views import OrderView
from game.stations import CART, Station
from tests.bots.conftest import Case

NEEDLE = Request(Station.AIRWAY, "decompress", "needle")


@pytest.fixture
def mind(cases: Callable[..., Case]) -> Mind:
    level, pack = cases("S09")
    return Mind(level, pack, habits("expert").lead)


def done(mind: Mind, *said: int | str) -> None:
    """An order of the cart was given and done."""
    order = OrderView(1, CART, str(said[0]), said[1:], "sent", 0, ())
    mind.ledger.watch([order], 1000)
    mind.ledger.watch([], 5000)


def test_everything_known_becomes_an_order_that_the_table_takes(mind: Mind) -> None:
    knows = mind.knows
    mind.reports = {"breath_left": "absent"}
    steps = [remedy.request for remedies in knows.remedies.values() for remedy in remedies]
    for request in [*steps, *(look.request for look in knows.search), *(answer.request for answer in knows.answers)]:
        wish = wish_for(request, mind)
        assert wish is not None, request
        op, *args = wish[1]
        assert fits(ORDER_ARGS.get(str(op), ()), tuple(args), mind.level, mind.pack), wish


def test_doses_of_the_algorithm_follow_each_other_and_others_stay(mind: Mind) -> None:
    assert wish_for(give("amiodarone"), mind) == (Station.CART, ("give", "amiodarone", 300_000))
    done(mind, "give", "amiodarone", 300_000)
    assert wish_for(give("amiodarone"), mind) == (Station.CART, ("give", "amiodarone", 150_000))
    first = wish_for(give("naloxone"), mind)
    done(mind, "give", "naloxone", 400)
    assert wish_for(give("naloxone"), mind) == first


def test_a_pump_that_does_not_do_is_turned_up(mind: Mind) -> None:
    rates = mind.pack.drugs["norepinephrine"].rates_ug_per_min
    assert wish_for(pump("norepinephrine"), mind) == (Station.CART, ("pump", "norepinephrine", rates[0]))
    done(mind, "pump", "norepinephrine", rates[0])
    again = wish_for(pump("norepinephrine"), mind)
    assert again is not None
    assert again[1][2] == min(rate for rate in rates if rate > rates[0])


def test_a_chest_is_opened_on_the_side_that_reports_point_to_or_not_at_all(mind: Mind) -> None:
    assert wish_for(NEEDLE, mind) is None
    mind.reports = {"breath_right": "absent", "trachea": "left", "breath_left": "faint"}
    assert wish_for(NEEDLE, mind) == (Station.AIRWAY, ("decompress", "needle", "right"))


def test_what_the_pack_does_not_have_is_not_ordered(mind: Mind) -> None:
    assert wish_for(give("snake_oil"), mind) is None
    assert wish_for(pump("aspirin"), mind) is None


def test_a_deed_is_known_by_its_drug_and_not_by_its_dose() -> None:
    assert name_of(give("naloxone")) == ("give", "naloxone")
    assert name_of(Request(Station.AIRWAY, "oxygen", "most")) == ("oxygen",)
    assert name_of(Request(Station.AIRWAY, "look")) == ("look",)
