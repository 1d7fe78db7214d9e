"""The cart: luck with lines, ways into the body, pumps, bags, tests and clips."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.content import Level, Pack
from game.log import Fact
from game.rules.refusals import Refusal
from game.rules.views import CartView
from game.stations import Role, Station
from tests.rules.conftest import Team

CART = int(Station.CART)


def cart_of(team: Team) -> CartView:
    cart = team.view(Role.MEDS).cart
    assert cart is not None
    return cart


def test_about_seven_of_ten_veins_and_nine_of_ten_bones_succeed_at_the_first_try(level: Level, pack: Pack) -> None:
    opened = {"iv_left": 0, "io_tibia": 0}
    for seed in range(120):
        for site in opened:
            team = Team(level, pack, seed)
            team.act(Role.MEDS, "access", site)
            team.room.game.state.seats[Role.MEDS].task.end_ms = 0  # type: ignore[union-attr]
            team.wait(50)
            opened[site] += team.room.game.state.cart.lines[site] == "open"
    assert 70 <= opened["iv_left"] <= 98
    assert 102 <= opened["io_tibia"] <= 119


def test_a_blown_site_is_not_tried_again_and_only_success_closes_the_order(level: Level, pack: Pack) -> None:
    outcomes = set()
    for seed in range(8):
        team = Team(level, pack, seed)
        team.act(Role.LEADER, "order", CART, "access")
        team.act(Role.MEDS, "hear", team.view(Role.MEDS).orders[0].order_id)
        team.do(Role.MEDS, "access", "iv_left")
        (line,) = cart_of(team).lines
        closed = bool(team.facts(Fact.CLOSED))
        assert closed == (line.state == "open") == (("access", "iv_left") in team.done())
        again = team.act(Role.MEDS, "access", "iv_left")
        assert again is (Refusal.ALREADY_DONE if closed else Refusal.LINE_BLOWN)
        outcomes.add(line.state)
    assert outcomes == {"open", "blown"}


def test_each_drug_takes_its_own_time_to_draw(ward: Team, pack: Pack) -> None:
    for drug in ("epinephrine", "amiodarone"):
        ward.act(Role.MEDS, "draw", drug, pack.drugs[drug].doses_ug[0])
        task = ward.view(Role.MEDS).task
        assert task is not None
        assert task.end_ms - task.start_ms == pack.drugs[drug].draw_ms
        ward.wait(pack.drugs[drug].draw_ms)


def test_a_drug_goes_only_the_ways_it_is_made_for(ward: Team) -> None:
    ward.do(Role.MEDS, "draw", "amiodarone", 300_000)
    assert ward.act(Role.MEDS, "give", "im_thigh") is Refusal.WRONG_WAY
    assert ward.act(Role.MEDS, "give", "iv_right") is Refusal.NO_LINE
    ward.do(Role.MEDS, "give", "iv_left")
    ward.push("naloxone", 2000, "nose")
    assert [fact.args for fact in ward.facts(Fact.DRUG)] == [
        ("amiodarone", 300_000, "iv_left"),
        ("naloxone", 2000, "nose"),
    ]


def test_without_any_line_a_drug_for_the_nose_can_still_go_in(team: Team) -> None:
    team.do(Role.MEDS, "draw", "amiodarone", 300_000)
    assert team.act(Role.MEDS, "give", "iv_left") is Refusal.NO_LINE
    team.push("naloxone", 2000, "nose")
    assert team.facts(Fact.DRUG)


def test_a_dose_waits_in_its_line_until_it_is_flushed(ward: Team) -> None:
    ward.push("epinephrine", 1000, flush=False)
    assert [line.holds for line in cart_of(ward).lines] == ["epinephrine"]
    ward.do(Role.MEDS, "flush", "iv_left")
    assert [line.holds for line in cart_of(ward).lines] == [""]
    assert ("flush", "iv_left") in ward.done()


def test_a_pump_runs_changes_and_stops(ward: Team) -> None:
    ward.act(Role.LEADER, "order", CART, "pump", "norepinephrine", 10)
    ward.do(Role.MEDS, "pump", "norepinephrine", 10, "iv_left")
    assert not ward.view(Role.MEDS).orders
    (pump,) = cart_of(ward).infusions
    assert (pump.drug, pump.ug_per_min, pump.site) == ("norepinephrine", 10, "iv_left")
    assert ward.act(Role.MEDS, "pump", "norepinephrine", 20, "iv_left") is Refusal.DONE
    assert cart_of(ward).infusions[0].ug_per_min == 20
    assert ward.act(Role.MEDS, "pump", "norepinephrine", 0, "iv_left") is Refusal.DONE
    assert not cart_of(ward).infusions
    assert ward.act(Role.MEDS, "pump", "norepinephrine", 0, "iv_left") is Refusal.ALREADY_DONE
    assert [fact.args[1] for fact in ward.facts(Fact.INFUSION)] == [10, 20, 0]


def test_a_bag_runs_until_it_is_empty(ward: Team, pack: Pack) -> None:
    ward.do(Role.MEDS, "hang", "crystalloid", 250, "iv_left")
    (bag,) = cart_of(ward).fluids
    assert bag.end_ms - ward.facts(Fact.FLUID)[0].ms == 250 * 60_000 // pack.fluids["crystalloid"].ml_per_min
    ward.wait(bag.end_ms - ward.room.now_ms)
    assert not cart_of(ward).fluids


def test_a_blood_gas_comes_back_as_a_slip_that_the_cart_reads(ward: Team) -> None:
    ward.do(Role.MEDS, "gas")
    (slip,) = cart_of(ward).slips
    assert not slip.values
    ward.wait(slip.due_ms - ward.room.now_ms + 1000)
    (slip,) = cart_of(ward).slips
    assert "potassium_tenth_mmol_l" in dict(slip.values)


@pytest.mark.parametrize("pushing", [True, False])
def test_a_probe_sees_something_only_while_nobody_pushes(ward: Team, pushing: bool) -> None:
    assert ward.act(Role.MEDS, "scan") is Refusal.DONE
    if pushing:
        ward.compress(9)
    else:
        ward.wait(9000)
    nothing = [fact for fact in ward.facts(Fact.SHOWN) if fact.args[0] == "ultrasound.nothing"]
    assert bool(nothing) is pushing
    assert bool(cart_of(ward).slips) is not pushing


@pytest.mark.parametrize("pushing", [True, False])
def test_what_a_case_hides_behind_an_act_is_found_by_the_act_done(case: Level, pack: Pack, pushing: bool) -> None:
    hidden = replace(case.findings[0], key="still_heart", station=Station.CART, found_by="scan")
    team = Team(replace(case, findings=(hidden,)), pack, 1)
    assert team.act(Role.MEDS, "scan") is Refusal.DONE
    if pushing:
        team.compress(9)
    else:
        team.wait(9000)
    assert (team.act(Role.MEDS, "report", "still_heart") is Refusal.DONE) is not pushing


@pytest.mark.parametrize(
    "act", [("treat", "stop_bleeding"), ("treat", "displace_uterus"), ("drain",), ("labs",), ("chart",)]
)
def test_what_hands_do_takes_its_time_and_is_done_once(ward: Team, act: tuple[str, ...]) -> None:
    ward.act(Role.LEADER, "order", CART, *act)
    ward.do(Role.MEDS, *act)
    assert ward.done().count(act) == 1
    assert not ward.view(Role.MEDS).orders


def test_a_syringe_can_be_put_away_but_not_while_it_is_pushed(ward: Team) -> None:
    assert ward.act(Role.MEDS, "discard") is Refusal.NOTHING_IN_HAND
    ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    ward.act(Role.MEDS, "give", "iv_left")
    assert ward.act(Role.MEDS, "discard") is Refusal.BUSY
    ward.wait(5000)
    ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    assert ward.act(Role.MEDS, "discard") is Refusal.DONE
    assert not cart_of(ward).drug
