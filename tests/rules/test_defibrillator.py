"""The device: pads and vectors, sync that waits for its beat, the pacemaker, and shocks that should not have been."""

from __future__ import annotations

import pytest

from game.content import Pack
from game.log import Fact
from game.rules.refusals import Refusal
from game.rules.views import DefibrillatorView
from game.sim import Patient
from game.stations import Role
from tests.rules.conftest import Team, level_of


def device_of(team: Team) -> DefibrillatorView:
    device = team.view(Role.MEDS).defibrillator
    assert device is not None
    return device


def charge(team: Team) -> None:
    assert team.act(Role.MEDS, "charge") is Refusal.DONE
    team.wait(6000)


def shock(team: Team) -> None:
    charge(team)
    assert team.act(Role.MEDS, "shock") is Refusal.DONE
    team.wait(6000)


def codes(team: Team) -> list[object]:
    return [args[0] for args in team.safety()]


def test_the_device_starts_at_the_packs_first_energy(ward: Team, pack: Pack) -> None:
    assert device_of(ward).energy_j == pack.first_shock_j


def test_pads_move_to_another_vector_and_shocks_go_that_way(ward: Team) -> None:
    assert ward.act(Role.MEDS, "move_pads", "al") is Refusal.ALREADY_DONE
    ward.do(Role.MEDS, "move_pads", "ap")
    assert device_of(ward).vector == "ap"
    assert ward.facts(Fact.PADS)[0].args == ("ap",)
    assert ("move_pads", "ap") in ward.done()


def test_a_synchronised_shock_waits_for_the_beat_and_turns_sync_off(alive: Team) -> None:
    alive.act(Role.MEDS, "sync")
    charge(alive)
    alive.act(Role.MEDS, "shock")
    assert device_of(alive).charge == "charged"
    assert alive.act(Role.MEDS, "shock") is Refusal.BUSY
    alive.wait(4000)
    view = device_of(alive)
    assert (view.charge, view.sync, view.shocks) == ("idle", False, 1)
    assert [args for args in alive.done() if args[0] == "shock"] == [("shock", view.energy_j, 1)]
    assert "unsynchronised_with_pulse" not in codes(alive)


def test_a_stop_after_the_button_is_too_late_for_a_synchronised_shock(alive: Team) -> None:
    alive.act(Role.MEDS, "sync")
    charge(alive)
    alive.act(Role.MEDS, "shock")
    alive.act(Role.AIRWAY, "stop")
    alive.wait(2500)
    view = device_of(alive)
    assert (view.charge, view.shocks) == ("blocked", 1)
    assert len(alive.facts(Fact.SHOCK)) == 1


def test_sync_in_a_fibrillation_gives_no_shock_and_keeps_the_charge(ward: Team) -> None:
    ward.act(Role.MEDS, "sync")
    shock(ward)
    view = device_of(ward)
    assert (view.charge, view.sync, view.shocks) == ("charged", True, 0)
    assert not ward.facts(Fact.SHOCK)
    assert codes(ward) == ["sync_on_vf"]


def test_an_unsynchronised_shock_into_a_known_pulse_is_critical(alive: Team) -> None:
    shock(alive)
    assert ("unsynchronised_with_pulse", 1, "complete_block") in alive.safety()


def test_a_shock_without_a_call_in_the_last_fifteen_seconds_is_on_record(ward: Team) -> None:
    shock(ward)
    assert "shock_without_call" in codes(ward)


def test_a_flat_line_is_not_shocked(pack: Pack) -> None:
    team = Team(level_of(rhythm="asystole"), pack, 1)
    shock(team)
    assert ("shock_flat", 0, "asystole") in team.safety()


def test_pacing_and_sync_put_each_other_off(alive: Team) -> None:
    alive.act(Role.MEDS, "sync")
    alive.act(Role.MEDS, "pace")
    assert (device_of(alive).sync, device_of(alive).pacing) == (False, True)
    assert alive.act(Role.MEDS, "charge") is Refusal.PACING
    alive.act(Role.MEDS, "sync")
    assert (device_of(alive).sync, device_of(alive).pacing) == (True, False)


def test_current_is_raised_until_the_heart_follows(alive: Team, pack: Pack) -> None:
    alive.act(Role.MEDS, "pace")
    assert device_of(alive).pace_rate_per_min == pack.pacing.rates_per_min[0]
    for _ in range(pack.pacing.most_ma // pack.pacing.step_ma):
        assert alive.act(Role.MEDS, "pace_current", 1) is Refusal.DONE
        alive.wait(1500)
    assert alive.act(Role.MEDS, "pace_current", 1) is Refusal.ALREADY_DONE
    captures = [fact.args[2] for fact in alive.facts(Fact.PACE)]
    assert captures[0] == 0
    assert captures[-1] == 1
    alive.act(Role.MEDS, "pace")
    alive.wait(3000)
    assert alive.facts(Fact.PACE)[-1].args[1:] == (0, 0)


def test_rates_of_the_pacemaker_go_up_and_down_the_packs_list(alive: Team, pack: Pack) -> None:
    rates = sorted(pack.pacing.rates_per_min)
    while alive.act(Role.MEDS, "pace_rate", -1) is Refusal.DONE:
        pass
    seen = [device_of(alive).pace_rate_per_min]
    while alive.act(Role.MEDS, "pace_rate", 1) is Refusal.DONE:
        seen.append(device_of(alive).pace_rate_per_min)
    assert seen == rates


@pytest.mark.parametrize("op", ["sync", "pace", "pace_rate", "pace_current", "move_pads", "charge"])
def test_nothing_works_without_pads(team: Team, op: str) -> None:
    team.room.game.state.defibrillator.pads = False
    args = {"pace_rate": (1,), "pace_current": (1,), "move_pads": ("ap",)}.get(op, ())
    assert team.act(Role.MEDS, op, *args) is Refusal.NO_PADS


@pytest.mark.parametrize(("flow", "dangerous"), [(15, True), (0, False)])
def test_oxygen_in_a_bag_that_is_squeezed_burns_at_the_shock(ward: Team, flow: int, dangerous: bool) -> None:
    ward.room.game.state.airway.flow_l_min = flow
    charge(ward)
    ward.edges(Role.AIRWAY, 1, True, ward.room.now_ms)
    ward.act(Role.MEDS, "shock")
    assert ("oxygen_near_shock" in codes(ward)) is dangerous


def test_the_fact_of_a_shock_tells_what_it_did_and_nobody_hears_it(ward: Team) -> None:
    shock(ward)
    (fact,) = ward.facts(Fact.SHOCK)
    assert fact.args[1] in ("failed", "asystole", "organised")
    assert ward.room.audience(fact) == 0
    assert isinstance(ward.room.game.patient, Patient)
