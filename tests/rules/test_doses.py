"""Drug errors D1 to D9: on record with who, when and why, and told to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team


def codes(team: Team) -> list[object]:
    return [args[0] for args in team.safety()]


def call(team: Team, rhythm: str) -> None:
    team.act(Role.LEADER, "check")
    team.act(Role.LEADER, "call", rhythm)


def say_pulse(team: Team) -> None:
    call(team, "organised_narrow")
    team.act(Role.COMPRESSOR, "feel")
    team.wait(6000)
    team.act(Role.COMPRESSOR, "pulse", "felt")


def test_the_algorithm_done_right_leaves_no_error(ward: Team) -> None:
    call(ward, "vf")
    ward.room.game.state.defibrillator.shocks = 2
    ward.push("epinephrine", 1000)
    ward.wait(180_000)
    ward.push("epinephrine", 1000)
    ward.room.game.state.defibrillator.shocks = 3
    ward.push("amiodarone", 300_000)
    ward.room.game.state.defibrillator.shocks = 5
    ward.push("amiodarone", 150_000)
    ward.push("calcium_chloride", 1_000_000)
    assert not ward.safety()


def test_an_antiarrhythmic_after_a_flat_line_was_called_is_for_the_wrong_rhythm(ward: Team) -> None:
    call(ward, "flat")
    ward.push("amiodarone", 300_000)
    assert ("wrong_rhythm", 0, "amiodarone", "nonshockable") in ward.safety()
    fact = ward.facts(Fact.SAFETY)[0]
    assert (fact.seat, fact.ms) == (Role.MEDS, ward.facts(Fact.DRUG)[0].ms)
    assert not any(ward.room.audience(entry) for entry in ward.facts(Fact.SAFETY))


def test_the_first_epinephrine_waits_for_its_shock(ward: Team) -> None:
    call(ward, "vf")
    ward.push("epinephrine", 1000)
    assert ward.safety() == [("too_early", 0, "epinephrine", "0 shocks")]


def test_in_a_flat_line_the_first_epinephrine_waits_for_nothing(ward: Team) -> None:
    call(ward, "flat")
    ward.push("epinephrine", 1000)
    assert not ward.safety()


def test_epinephrine_again_within_three_minutes_is_early_and_at_once_a_double(ward: Team) -> None:
    call(ward, "flat")
    ward.push("epinephrine", 1000)
    ward.wait(100_000)
    ward.push("epinephrine", 1000)
    assert codes(ward) == ["too_early"]
    ward.push("epinephrine", 1000)
    assert codes(ward) == ["too_early", "duplicate"]


def test_a_second_amiodarone_before_its_shock_is_a_double(ward: Team) -> None:
    call(ward, "vf")
    ward.push("amiodarone", 300_000)
    assert codes(ward) == ["too_early"]
    ward.room.game.state.defibrillator.shocks = 3
    ward.push("amiodarone", 300_000)
    assert codes(ward)[1:] == ["wrong_dose", "duplicate"]


def test_too_much_in_all_is_a_wrong_dose(ward: Team) -> None:
    for _ in range(2):
        ward.push("naloxone", 4000, "nose")
    assert "wrong_dose" not in codes(ward)
    ward.push("naloxone", 4000, "nose")
    assert "wrong_dose" in codes(ward)


def test_a_drug_for_another_cause_is_not_indicated(ward: Team) -> None:
    ward.push("magnesium_sulfate", 2_000_000)
    assert ("not_indicated", 0, "magnesium_sulfate", "hyperkalemia") in ward.safety()
    ward.push("calcium_gluconate", 3_000_000)
    assert codes(ward) == ["not_indicated"]


def test_a_dose_that_nobody_flushes_within_fifteen_seconds_is_late(ward: Team) -> None:
    call(ward, "flat")
    ward.push("epinephrine", 1000, flush=False)
    ward.wait(14_950)
    assert not ward.safety()
    ward.wait(5000)
    assert ward.safety() == [("no_flush", 0, "epinephrine")]


def test_calcium_and_bicarbonate_in_one_unflushed_line_spoil_each_other(ward: Team) -> None:
    ward.push("calcium_chloride", 1_000_000, flush=False)
    ward.push("bicarbonate", 50_000, flush=False)
    assert ("incompatible", 0, "bicarbonate", "calcium_chloride") in ward.safety()
    ward.do(Role.MEDS, "flush", "iv_left")
    ward.push("calcium_chloride", 1_000_000)
    assert codes(ward).count("incompatible") == 1


def test_epinephrine_into_a_pulse_the_team_was_told_of_is_critical(alive: Team) -> None:
    alive.push("epinephrine", 1000)
    assert ("epinephrine_with_pulse", 1, 1000) in alive.safety()


def test_epinephrine_into_the_thigh_of_one_with_a_pulse_is_no_error(alive: Team) -> None:
    alive.push("epinephrine", 1000, "im_thigh")
    assert not [code for code in codes(alive) if str(code).endswith("with_pulse")]


def test_a_pulse_missed_at_a_check_is_as_bad_as_one_that_was_said(alive: Team) -> None:
    call(alive, "organised_narrow")
    alive.act(Role.LEADER, "resume")
    alive.push("epinephrine", 1000)
    assert "epinephrine_with_pulse" in codes(alive)


def test_nobody_is_blamed_for_a_pulse_he_could_not_know(alive: Team) -> None:
    alive.act(Role.COMPRESSOR, "feel")
    alive.wait(6000)
    alive.act(Role.COMPRESSOR, "pulse", "none")
    alive.push("epinephrine", 1000)
    alive.compress(20)
    assert not codes(alive)


def test_an_order_to_resume_makes_no_one_forget_a_pulse(alive: Team) -> None:
    say_pulse(alive)
    alive.act(Role.LEADER, "resume")
    alive.compress(20)
    assert "compressions_with_pulse" in codes(alive)


def test_hands_that_go_on_pushing_on_a_known_pulse_are_put_on_record_once(alive: Team) -> None:
    say_pulse(alive)
    alive.compress(9)
    assert "compressions_with_pulse" not in codes(alive)
    alive.compress(20)
    assert codes(alive).count("compressions_with_pulse") == 1


def test_the_case_names_its_own_mistakes(ward: Team) -> None:
    ward.push("potassium_chloride", 20_000)
    ward.do(Role.MEDS, "hang", "crystalloid", 1000, "iv_left")
    assert ("mistake", 1, "potassium") in ward.safety()
    assert ("fluid_against", 0, "volume") in ward.safety()
