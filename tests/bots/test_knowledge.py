"""What bots know fits the game: every order can be given, every drug is in every pack, every cause is on the board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.bots.knowledge import Answer, Knowledge, Request, bound, knowledge, number_in
from game.content import Pack, load_pack
from game.content.clues import clues
from game.rules.commands import CAUSES, METHODS, RHYTHM_CALLS, TREATMENTS, orders_to
from game.sim import Rhythm
from game.stations import Station

BEDSIDE = ("nibp", "breaths", "spo2", "etco2")


@pytest.fixture(scope="module", params=["aha2025", "erc2025"])
def pack(root: Path, request: pytest.FixtureRequest) -> Pack:
    name = f"{request.param}.toml"
    return load_pack((root / "levels" / "packs" / name).read_text(), name)


def requests(knows: Knowledge) -> Iterator[Request]:
    yield from (look.request for look in knows.search)
    yield from (answer.request for answer in knows.answers)
    yield from (remedy.request for steps in knows.remedies.values() for remedy in steps)


def test_whatever_is_ordered_can_be_ordered_of_that_station() -> None:
    for request in requests(knowledge()):
        assert request.op in orders_to(request.station), request


def test_drugs_fluids_methods_and_treatments_are_those_of_pack_and_table(pack: Pack) -> None:
    known = {
        "give": {name for name, drug in pack.drugs.items() if drug.doses_ug},
        "pump": set(pack.infusions),
        "hang": set(pack.fluids),
        "decompress": set(METHODS),
        "treat": set(TREATMENTS),
        "oxygen": {"more", "less", "most"},
    }
    for request in requests(knowledge()):
        if request.what:
            assert request.what in known[request.op], request


def test_every_cause_of_the_board_has_a_treatment() -> None:
    assert set(knowledge().remedies) == set(CAUSES)


def test_rhythms_and_calls_are_known() -> None:
    for rhythm, call in knowledge().calls.items():
        assert rhythm in list(Rhythm)
        assert call in RHYTHM_CALLS


def test_drugs_for_a_heart_too_slow_or_too_fast_are_in_the_pack(pack: Pack) -> None:
    pulse = knowledge().pulse
    assert pack.drugs[pulse.sedative].doses_ug
    assert pack.drugs[pulse.for_slow].doses_ug
    assert pack.drugs[pulse.slow_pressor].rates_ug_per_min
    assert all(getattr(pack.cardioversion, key) > 0 for key in pulse.tachycardias.values())


def test_what_a_report_calls_for_names_a_sign_or_a_value_that_exists() -> None:
    known = {*clues().signs, *clues().bands, *BEDSIDE}
    for answer in knowledge().answers:
        assert answer.key in known, answer.key


@pytest.mark.parametrize(
    ("value", "number"), [("88/50 (63)", 63), ("21", 21), ("-5", -5), ("---", None), ("absent", None)]
)
def test_the_number_of_a_report_is_its_mean_where_it_is_a_pressure(value: str, number: int | None) -> None:
    assert number_in(value) == number


def test_a_limit_may_be_a_target_of_the_pack(pack: Pack) -> None:
    answer = Answer("nibp", "", None, "map_mmhg", 1, Request(Station.CART, "pump", "norepinephrine"), True, 0)
    low = int(bound("map_mmhg", pack)) - 1
    assert answer.fits(f"80/50 ({low})", pack)
    assert not answer.fits(f"120/80 ({low + 20})", pack)
    assert not answer.fits("---", pack)
