"""Orders, checks, shocks, drugs and switches as a team plays them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.log import Fact
from game.rules.game import break_task
from game.rules.refusals import Refusal
from game.stations import Role, Station

if TYPE_CHECKING:
    from tests.rules.conftest import Team

CART, DEFIBRILLATOR, CHEST = int(Station.CART), int(Station.DEFIBRILLATOR), int(Station.CHEST)


def charge(team: Team) -> None:
    assert team.act(Role.MEDS, "charge") is Refusal.DONE
    team.wait(5000)


def call_vf(team: Team) -> None:
    team.act(Role.LEADER, "check")
    team.act(Role.LEADER, "call", "vf")


def test_a_visible_act_closes_its_own_order(team: Team) -> None:
    team.act(Role.LEADER, "order", DEFIBRILLATOR, "charge")
    charge(team)
    assert [fact.kind for fact in team.facts(Fact.CLOSED)] == [Fact.CLOSED]
    assert team.view(Role.MEDS).orders == ()


def test_the_same_order_twice_is_one_order(team: Team) -> None:
    assert team.act(Role.LEADER, "order", DEFIBRILLATOR, "charge") is Refusal.DONE
    assert team.act(Role.LEADER, "order", DEFIBRILLATOR, "charge") is Refusal.ALREADY_DONE


def test_an_order_nobody_answers_lapses(team: Team) -> None:
    team.act(Role.LEADER, "order", CART, "gas")
    team.wait(30_000)
    assert len(team.facts(Fact.LAPSED)) == 1


def test_only_the_ordered_seat_and_the_leader_see_an_order(team: Team) -> None:
    team.act(Role.LEADER, "order", CART, "gas")
    assert len(team.view(Role.MEDS).orders) == len(team.view(Role.LEADER).orders) == 1
    assert team.view(Role.AIRWAY).orders == team.view(Role.COMPRESSOR).orders == ()


def test_a_drug_goes_in_after_its_read_back_was_confirmed(team: Team) -> None:
    site = team.line()
    team.act(Role.LEADER, "order", CART, "give", "epinephrine", 1000)
    team.do(Role.MEDS, "draw", "epinephrine", 1000)
    assert team.act(Role.MEDS, "give", site) is Refusal.READ_BACK_FIRST
    order_id = team.view(Role.MEDS).orders[0].order_id
    assert team.act(Role.MEDS, "hear", order_id) is Refusal.DONE
    assert team.act(Role.MEDS, "read_back", order_id) is Refusal.DONE
    assert team.act(Role.LEADER, "confirm", order_id) is Refusal.DONE
    team.do(Role.MEDS, "give", site)
    assert team.facts(Fact.DRUG)[0].args == ("epinephrine", 1000, site)
    assert team.facts(Fact.CONFIRMED)[0].args[1] == 1


def test_a_read_back_says_what_the_hands_really_hold(team: Team) -> None:
    team.act(Role.LEADER, "order", CART, "give", "epinephrine", 1000)
    team.do(Role.MEDS, "draw", "amiodarone", 300_000)
    order_id = team.view(Role.MEDS).orders[0].order_id
    team.act(Role.MEDS, "hear", order_id)
    team.act(Role.MEDS, "read_back", order_id)
    assert team.facts(Fact.READ_BACK)[0].args == (order_id, "give", "amiodarone", 300_000)
    team.act(Role.LEADER, "confirm", order_id)
    assert team.facts(Fact.CONFIRMED)[0].args[1] == 0
    assert ("mismatch_confirmed", 0) in team.safety()


def test_the_first_push_after_hands_off_ends_a_check(team: Team) -> None:
    team.compress(5)
    team.act(Role.LEADER, "check")
    team.wait(2000)
    assert team.view(Role.LEADER).check.since_ms >= 0
    team.compress(1)
    assert team.view(Role.LEADER).check.since_ms < 0
    assert [fact.args[0] for fact in team.facts(Fact.CHECK)] == ["stop", "resume"]


def test_vf_without_a_charge_sends_hands_back_to_the_chest(team: Team) -> None:
    team.compress(5)
    team.act(Role.LEADER, "check")
    team.wait(2000)
    team.act(Role.LEADER, "call", "vf")
    view = team.view(Role.COMPRESSOR)
    assert view.check.since_ms < 0
    assert view.check.shock_pending


def test_a_clear_shock_is_safe_and_a_touch_is_a_critical_error(team: Team) -> None:
    charge(team)
    call_vf(team)
    team.wait(1000)
    team.act(Role.MEDS, "shock")
    team.wait(3000)
    assert team.facts(Fact.SHOCK)
    assert not team.facts(Fact.SAFETY)
    charge(team)
    call_vf(team)
    now = team.room.now_ms
    team.edges(Role.COMPRESSOR, 0, True, now)
    team.wait(400)
    team.act(Role.MEDS, "shock")
    team.edges(Role.COMPRESSOR, 0, False, team.room.now_ms)
    team.wait(3000)
    assert ("shock_not_clear", 1) in team.safety()


def test_a_press_within_a_blink_of_the_shock_is_a_near_miss(team: Team) -> None:
    charge(team)
    call_vf(team)
    team.edges(Role.COMPRESSOR, 0, True, team.room.now_ms - 50)
    team.act(Role.MEDS, "shock")
    team.wait(100)
    team.edges(Role.COMPRESSOR, 0, False, team.room.now_ms)
    team.wait(3000)
    assert team.safety() == [("near_miss", 0)]


def test_stop_dumps_and_blocks_the_charge_but_never_the_hands(team: Team) -> None:
    charge(team)
    team.act(Role.AIRWAY, "stop")
    assert team.act(Role.MEDS, "shock") is Refusal.BLOCKED_BY_STOP
    assert team.act(Role.MEDS, "charge") is Refusal.BLOCKED_BY_STOP
    team.compress(2)
    assert team.facts(Fact.COMPRESSION)
    team.wait(3000)
    assert team.act(Role.MEDS, "charge") is Refusal.DONE


def test_a_charge_nobody_uses_is_dumped_by_the_device(team: Team) -> None:
    charge(team)
    team.wait(60_000)
    assert [fact.args[0] for fact in team.facts(Fact.CHARGE)] == ["charging", "charged", "dumped"]


def test_a_switch_trades_whole_stations_at_the_first_push_after_a_check(team: Team) -> None:
    team.compress(5)
    team.act(Role.COMPRESSOR, "switch_ask")
    assert team.act(Role.MEDS, "switch_yes") is Refusal.NOT_YOUR_STATION
    assert team.act(Role.AIRWAY, "switch_yes") is Refusal.DONE
    assert team.edges(Role.AIRWAY, 0, True, team.room.now_ms) is Refusal.NOT_YOUR_STATION
    team.act(Role.LEADER, "check")
    team.wait(1500)
    team.compress(2, role=Role.AIRWAY)
    crew = team.view(Role.LEADER).crew
    assert crew[Role.AIRWAY].stations == Station.CHEST
    assert crew[Role.COMPRESSOR].stations == Station.AIRWAY
    assert team.view(Role.AIRWAY).chest is not None
    assert team.view(Role.AIRWAY).airway is None
    assert team.facts(Fact.SWITCH)[-1].args[0] == "done"


def test_meds_takes_the_chest_only_when_the_leader_asks(team: Team) -> None:
    team.compress(5)
    team.act(Role.COMPRESSOR, "switch_ask")
    assert team.act(Role.MEDS, "switch_yes") is Refusal.NOT_YOUR_STATION
    team.act(Role.LEADER, "order", CART, "switch_yes")
    assert team.act(Role.MEDS, "switch_yes") is Refusal.DONE
    assert len(team.facts(Fact.CLOSED)) == 1
    team.act(Role.LEADER, "check")
    team.wait(1500)
    team.compress(2, role=Role.MEDS)
    assert team.view(Role.LEADER).crew[Role.MEDS].stations == Station.CHEST


def test_an_order_that_was_heard_and_forgotten_lapses_too(team: Team) -> None:
    team.act(Role.LEADER, "order", CART, "gas")
    team.act(Role.MEDS, "hear", team.view(Role.MEDS).orders[0].order_id)
    team.wait(50_000)
    assert not team.facts(Fact.LAPSED)
    team.wait(10_000)
    assert len(team.facts(Fact.LAPSED)) == 1


def test_the_leaders_drug_clock_starts_only_for_a_dose_he_ordered(team: Team) -> None:
    team.push("epinephrine", 1000)
    lead = team.view(Role.LEADER).lead
    assert team.facts(Fact.DRUG)
    assert lead is not None
    assert lead.last_epinephrine_ms == -1


def test_a_pulse_is_said_in_a_check_only_after_organised(team: Team) -> None:
    team.act(Role.LEADER, "check")
    team.act(Role.COMPRESSOR, "feel")
    team.wait(5000)
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.NOT_NOW
    team.act(Role.LEADER, "call", "organised_narrow")
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.DONE


def test_a_finding_must_be_looked_for_before_it_can_be_said(ward: Team) -> None:
    assert ward.act(Role.MEDS, "report", "dialysis") is Refusal.NOT_SENSED
    ward.do(Role.MEDS, "chart")
    assert ward.act(Role.MEDS, "report", "dialysis") is Refusal.DONE
    lead = ward.view(Role.LEADER).lead
    assert lead is not None
    assert [said.key for said in lead.reported] == ["dialysis"]


def test_nobody_can_say_what_another_station_senses(team: Team) -> None:
    assert team.act(Role.MEDS, "report", "skin_colour") is Refusal.NOT_SENSED


def test_hands_do_one_thing_at_a_time(team: Team) -> None:
    team.act(Role.MEDS, "access", "iv_left")
    assert team.act(Role.MEDS, "draw", "epinephrine", 1000) is Refusal.BUSY


def test_a_line_that_hands_were_called_away_from_can_be_tried_again(team: Team) -> None:
    team.act(Role.MEDS, "access", "iv_left")
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    assert [(line.site, line.state) for line in cart.lines] == [("iv_left", "trying")]
    break_task(team.room.game, Role.MEDS)
    team.do(Role.MEDS, "access", "iv_left")
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    assert [(line.site, line.state) for line in cart.lines] in ([("iv_left", "open")], [("iv_left", "blown")])


@pytest.mark.parametrize(
    ("station", "said"),
    [
        (CART, ("give",)),
        (CART, ("give", "epinephrine")),
        (CART, ("give", "epinephrine", None)),
        (CART, ("give", "epinephrine", 10_000)),
        (CART, ("access", "iv_left")),
        (CHEST, ("charge",)),
        (3, ("push",)),
        (CHEST, ("push", "x" * 64)),
    ],
)
def test_an_order_says_what_belongs_to_its_act_and_nothing_else(
    team: Team, station: int, said: tuple[str | int | None, ...]
) -> None:
    assert team.act(Role.LEADER, "order", station, *said) is Refusal.BAD_ARGUMENTS
    assert team.view(Role.LEADER).orders == ()


def test_ten_milligrams_of_epinephrine_cannot_be_drawn(team: Team) -> None:
    assert team.act(Role.MEDS, "draw", "epinephrine", 10_000) is Refusal.BAD_ARGUMENTS


def test_a_lost_case_ends_at_its_time_limit(team: Team) -> None:
    team.wait(720_000)
    assert team.facts(Fact.ENDED)[-1].args == ("time", "no_pulse")
    assert team.act(Role.LEADER, "check") is Refusal.RUN_OVER


def test_the_leader_ends_the_attempt_by_asking_first(team: Team) -> None:
    assert team.act(Role.LEADER, "end") is Refusal.DONE
    assert team.act(Role.LEADER, "end") is Refusal.NOT_NOW
    team.wait(10_000)
    assert team.act(Role.LEADER, "end") is Refusal.DONE
    assert team.facts(Fact.ENDED)[-1].args == ("stopped", "no_pulse")


def test_an_order_for_what_is_already_so_closes_when_it_is_heard(team: Team) -> None:
    charge(team)
    team.act(Role.LEADER, "order", DEFIBRILLATOR, "charge")
    team.act(Role.MEDS, "hear", team.view(Role.MEDS).orders[0].order_id)
    assert team.view(Role.LEADER).orders == ()
    assert [fact.kind for fact in team.facts(Fact.CLOSED)] == [Fact.CLOSED]


def test_stop_withdraws_the_order_to_charge(team: Team) -> None:
    team.act(Role.LEADER, "order", DEFIBRILLATOR, "charge")
    team.act(Role.COMPRESSOR, "stop")
    assert team.view(Role.LEADER).orders == ()


def test_the_two_minutes_count_anew_from_a_check_and_from_a_shock(team: Team) -> None:
    team.act(Role.LEADER, "start")
    team.compress(5)
    team.act(Role.LEADER, "check")
    team.wait(2000)
    team.compress(2)
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    resumed_ms = team.facts(Fact.CHECK)[-1].ms
    assert lead.cycle_ms == resumed_ms
    charge(team)
    team.act(Role.MEDS, "shock")
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    assert lead.cycle_ms == team.room.now_ms


def test_who_shocks_has_let_go_of_the_line(team: Team) -> None:
    charge(team)
    team.act(Role.MEDS, "access", "iv_left")
    team.act(Role.MEDS, "shock")
    assert team.view(Role.MEDS).task is None
    assert team.facts(Fact.TASK)[-1].args[:2] == ("access", "broken")
