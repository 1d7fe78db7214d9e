"""Stations change hands, and every one is always held by exactly one seat."""

from __future__ import annotations

from game.content import Level, Pack
from game.log import Fact
from game.rules.refusals import Refusal
from game.rules.setup import Setup
from game.stations import Role, Station
from tests.rules.conftest import Team

DEFIBRILLATOR, CART, CHEST, LEAD = (
    int(station) for station in (Station.DEFIBRILLATOR, Station.CART, Station.CHEST, Station.LEAD)
)


def test_the_defibrillator_goes_over_by_two_words(ward: Team) -> None:
    assert ward.act(Role.MEDS, "hand_over", DEFIBRILLATOR, int(Role.AIRWAY)) is Refusal.DONE
    assert ward.view(Role.AIRWAY).offers == ((DEFIBRILLATOR, int(Role.MEDS)),)
    assert ward.act(Role.LEADER, "take", DEFIBRILLATOR) is Refusal.NOTHING_TO_ANSWER
    assert ward.act(Role.AIRWAY, "take", DEFIBRILLATOR) is Refusal.DONE
    assert ward.view(Role.AIRWAY).defibrillator is not None
    assert ward.view(Role.MEDS).defibrillator is None
    assert [fact.args for fact in ward.facts(Fact.HANDOVER)] == [
        ("offered", DEFIBRILLATOR, int(Role.AIRWAY)),
        ("taken", DEFIBRILLATOR, int(Role.AIRWAY)),
    ]


def test_an_offer_nobody_takes_is_void_after_half_a_minute(ward: Team) -> None:
    ward.act(Role.MEDS, "hand_over", DEFIBRILLATOR, int(Role.AIRWAY))
    ward.wait(30_000)
    assert ward.view(Role.AIRWAY).offers == ()
    assert ward.act(Role.AIRWAY, "take", DEFIBRILLATOR) is Refusal.NOTHING_TO_ANSWER


def test_nobody_gives_away_his_last_station_or_one_he_does_not_hold(ward: Team) -> None:
    assert ward.act(Role.LEADER, "hand_over", LEAD, int(Role.AIRWAY)) is Refusal.NOT_NOW
    assert ward.act(Role.MEDS, "hand_over", LEAD, int(Role.AIRWAY)) is Refusal.NOT_YOUR_STATION
    assert ward.act(Role.MEDS, "hand_over", CART, int(Role.MEDS)) is Refusal.BAD_ARGUMENTS


def test_the_chest_changes_hands_only_by_a_switch(case: Level, pack: Pack) -> None:
    pair = Team(case, pack, 1, Setup(players=2))
    assert pair.act(Role.COMPRESSOR, "hand_over", CHEST, 1) is Refusal.SWITCH_INSTEAD
    assert pair.act(Role.COMPRESSOR, "hand_over", int(Station.AIRWAY), 1) is Refusal.DONE


def test_what_hands_were_doing_there_is_undone_and_the_syringe_stays(ward: Team) -> None:
    ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    ward.act(Role.MEDS, "access", "iv_right")
    ward.act(Role.MEDS, "hand_over", CART, int(Role.LEADER))
    ward.act(Role.LEADER, "take", CART)
    assert ward.view(Role.MEDS).task is None
    cart = ward.view(Role.LEADER).cart
    assert cart is not None
    assert cart.drug == "epinephrine"


def test_fewer_players_hold_more_stations_and_none_is_lost(case: Level, pack: Pack) -> None:
    for players in (1, 2, 3, 4):
        team = Team(case, pack, 1, Setup(players=players))
        held = [seat.stations for seat in team.room.game.state.seats]
        assert len(held) == players
        assert sum(held) == 31
