"""An instructor's surprise changes causes or equipment, and is told to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.rules.refusals import Refusal
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team


def test_pads_that_come_off_take_trace_and_charge_with_them(ward: Team) -> None:
    ward.act(Role.MEDS, "charge")
    assert ward.inject("pads") is Refusal.DONE
    device = ward.view(Role.MEDS).defibrillator
    assert device is not None
    assert (device.pads, device.ecg.connected, device.charge) == (False, False, "idle")
    ward.do(Role.MEDS, "pads")
    assert ward.act(Role.MEDS, "charge") is Refusal.DONE


def test_a_line_that_blows_takes_nothing_any_more(ward: Team) -> None:
    ward.do(Role.MEDS, "pump", "norepinephrine", 10, "iv_left")
    ward.do(Role.MEDS, "draw", "epinephrine", 1000)
    ward.act(Role.MEDS, "give", "iv_left")
    ward.inject("line")
    ward.wait(5000)
    cart = ward.view(Role.MEDS).cart
    assert cart is not None
    assert [(line.site, line.state) for line in cart.lines] == [("iv_left", "blown")]
    assert not cart.infusions
    assert cart.drug == "epinephrine"
    assert not ward.facts(Fact.DRUG)


def test_oxygen_and_capnograph_can_fail(ward: Team) -> None:
    ward.act(Role.AIRWAY, "oxygen", 15)
    ward.inject("oxygen")
    ward.inject("capnograph")
    airway = ward.view(Role.AIRWAY).airway
    assert airway is not None
    assert (airway.flow_l_min, airway.co2_connected) == (0, False)


def test_a_change_of_the_patient_is_the_patients(ward: Team) -> None:
    assert ward.inject("vomit") is Refusal.DONE
    ward.wait(2000)
    assert ward.room.game.patient.body.airway.soiled > 0
    assert [fact.args for fact in ward.facts(Fact.INJECTED)] == [("vomit",)]
    assert ward.room.audience(ward.facts(Fact.INJECTED)[0]) == 0


def test_a_surprise_that_is_not_on_the_list_is_none(ward: Team) -> None:
    assert ward.inject("earthquake") is Refusal.BAD_ARGUMENTS
