"""Every act that can be ordered closes its own order; an order nobody works on lapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from game.log import Fact
from game.rules.commands import orders_to
from game.rules.refusals import Refusal
from game.stations import Role, Station

if TYPE_CHECKING:
    from tests.rules.conftest import Team

CART = int(Station.CART)


def hear(team: Team, role: Role) -> None:
    for order in team.view(role).orders:
        team.act(role, "hear", order.order_id)


def test_an_order_that_is_worked_on_stays_and_one_that_is_not_lapses_after_a_minute(ward: Team) -> None:
    ward.act(Role.LEADER, "order", CART, "pump", "norepinephrine", 10)
    ward.act(Role.LEADER, "order", CART, "gas")
    hear(ward, Role.MEDS)
    ward.act(Role.MEDS, "pump", "norepinephrine", 10, "iv_left")
    ward.wait(70_000)
    assert [order.op for order in ward.view(Role.MEDS).orders] == ["pump"]
    ward.wait(20_000)
    assert len(ward.facts(Fact.CLOSED)) == 1


def test_an_ordered_drug_in_hand_keeps_its_order(ward: Team) -> None:
    ward.act(Role.LEADER, "order", CART, "give", "epinephrine", 1000)
    hear(ward, Role.MEDS)
    ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    ward.wait(90_000)
    assert len(ward.view(Role.MEDS).orders) == 1
    ward.act(Role.MEDS, "discard")
    ward.wait(61_000)
    assert not ward.view(Role.MEDS).orders


def test_the_acts_of_device_and_cart_close_what_was_ordered(alive: Team) -> None:
    station = int(Station.DEFIBRILLATOR)
    for op, args in (("sync", ()), ("pace", ()), ("move_pads", ("ap",)), ("clear", ()), ("charge", ()), ("dump", ())):
        assert op in orders_to(Station.DEFIBRILLATOR)
        assert alive.act(Role.LEADER, "order", station, op, *args) is Refusal.DONE
        if op == "charge":
            alive.act(Role.MEDS, "pace")
        assert alive.act(Role.MEDS, op, *args) is Refusal.DONE
        alive.wait(20_000 if op == "move_pads" else 6000)
        assert [order.op for order in alive.view(Role.MEDS).orders] == [], op


ACTS = {
    "access": ("io_tibia",),
    "give": ("iv_left",),
    "flush": ("iv_left",),
    "pump": ("norepinephrine", 10, "iv_left"),
    "hang": ("blood", 300, "iv_left"),
    "treat": ("stop_bleeding",),
    "move_pads": ("ap",),
}
SAID = {
    "give": ("epinephrine", 1000),
    "pump": ("norepinephrine", 10),
    "hang": ("blood", 300),
    "treat": ("stop_bleeding",),
    "move_pads": ("ap",),
}
STATIONS = (Station.CART, Station.DEFIBRILLATOR)


@pytest.mark.parametrize("op", [op for station in STATIONS for op in orders_to(station) if op != "switch_yes"])
def test_whatever_can_be_ordered_of_cart_and_device_is_closed_by_doing_it(ward: Team, op: str) -> None:
    station = next(int(station) for station in STATIONS if op in orders_to(station))
    ward.room.game.state.defibrillator.pads = op != "pads"
    if op in ("shock", "dump"):
        ward.act(Role.MEDS, "charge")
        ward.wait(6000)
    if op == "give":
        ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    assert ward.act(Role.LEADER, "order", station, op, *SAID.get(op, ())) is Refusal.DONE
    hear(ward, Role.MEDS)
    if op == "give":
        order_id = ward.view(Role.MEDS).orders[0].order_id
        ward.act(Role.MEDS, "read_back", order_id)
        ward.act(Role.LEADER, "confirm", order_id)
    ward.do(Role.MEDS, op, *ACTS.get(op, ()))
    ward.wait(6000)
    if op == "access":
        ward.line()
    assert len(ward.facts(Fact.CLOSED)) == 1
    assert not ward.facts(Fact.LAPSED)


def test_an_order_for_a_switch_that_is_on_already_closes_when_it_is_heard(alive: Team) -> None:
    alive.act(Role.MEDS, "pace")
    alive.act(Role.LEADER, "order", int(Station.DEFIBRILLATOR), "pace")
    hear(alive, Role.MEDS)
    assert not alive.view(Role.MEDS).orders


@pytest.mark.parametrize("op", ["sync", "pace"])
def test_putting_a_switch_off_is_not_what_was_ordered(alive: Team, op: str) -> None:
    alive.act(Role.MEDS, op)
    alive.act(Role.LEADER, "order", int(Station.DEFIBRILLATOR), op)
    alive.act(Role.MEDS, op)
    assert [order.op for order in alive.view(Role.MEDS).orders] == [op]
    alive.act(Role.MEDS, op)
    assert not alive.view(Role.MEDS).orders


def test_a_mismatch_that_was_confirmed_is_given_once_and_no_more(ward: Team) -> None:
    ward.act(Role.LEADER, "order", CART, "give", "epinephrine", 1000)
    hear(ward, Role.MEDS)
    ward.do(Role.MEDS, "draw", "amiodarone", 300_000)
    (order,) = ward.view(Role.MEDS).orders
    ward.act(Role.MEDS, "read_back", order.order_id)
    ward.act(Role.LEADER, "confirm", order.order_id)
    ward.do(Role.MEDS, "give", "iv_left")
    assert not ward.view(Role.LEADER).orders
    assert ("mismatch_confirmed", 0) in ward.safety()
    assert ward.act(Role.LEADER, "order", CART, "give", "epinephrine", 1000) is Refusal.DONE
    ward.do(Role.MEDS, "draw", "amiodarone", 300_000)
    assert ward.act(Role.MEDS, "give", "iv_left") is Refusal.READ_BACK_FIRST


def test_hands_that_are_at_it_have_answered(ward: Team) -> None:
    ward.act(Role.LEADER, "order", CART, "access")
    ward.do(Role.MEDS, "access", "io_tibia")
    lines = ward.room.game.state.cart.lines
    assert not ward.facts(Fact.LAPSED)
    assert bool(ward.facts(Fact.CLOSED)) is (lines["io_tibia"] == "open")
