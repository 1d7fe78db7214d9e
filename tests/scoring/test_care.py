"""Key acts, care after the return of the pulse, levels that start with a pulse, drills."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.content import Action, Level
from game.log import Fact, Plain
from game.scoring import Score
from game.scoring.result import MeasureResult
from tests.scoring.logs import LEVEL, Log


def action(*does: Plain, limit_s: int = 180, times: int = 1, counts_from: str = "start", treats: bool = True) -> Action:
    return Action("act", "The act", (does,), times, limit_s * 1_000, counts_from, treats, "C")


def case(*actions: Action, **changes: object) -> Level:
    return replace(LEVEL, actions=actions, **changes)  # type: ignore[arg-type]


def measure(result: Score, key: str) -> MeasureResult:
    return result.blocks["therapy"].measures[key]


CALCIUM = ("give", "calcium_chloride")


@pytest.mark.parametrize(("done_s", "value"), [(170, 1.0), (300, 0.5), (None, 0.0)])
def test_treating_the_cause_is_worth_less_the_later_it_comes(done_s: int | None, value: float) -> None:
    log = Log()
    if done_s:
        log.act(done_s * 1_000, *CALCIUM, 1_000, "iv_left")
    assert measure(log.end(600_000).score(case(action(*CALCIUM))), "treated").value == value


def test_another_drug_or_dose_is_not_the_act() -> None:
    level = case(action("give", "calcium_chloride", 1_000_000))
    log = Log().act(100_000, "give", "calcium_chloride", 500_000, "iv_left").act(110_000, "give", "aspirin", 1_000_000)
    assert measure(log.end(600_000).score(level), "treated").value == 0.0


def test_an_act_owed_three_times_is_done_with_the_third() -> None:
    log = Log()
    for ms in (50_000, 90_000, 300_000):
        log.act(ms, "hang", "blood", 300, "iv_left", seat=2)
    assert measure(log.end(600_000).score(case(action("hang", "blood", times=3))), "treated").value == 0.5


def test_acts_that_do_not_treat_stand_on_their_own() -> None:
    result = Log().act(60_000, "gas").end(600_000).score(case(action("gas", treats=False)))
    assert measure(result, "actions").value == 1.0
    assert measure(result, "treated").value is None


def test_time_with_a_returned_pulse_does_not_run_against_the_case() -> None:
    log = Log().fact(100_000, Fact.PULSE, 1).end(600_000, "held", "pulse_held")
    assert measure(log.score(case(action(*CALCIUM))), "treated").value is None


def test_what_is_in_place_at_the_start_need_not_be_done() -> None:
    start = replace(LEVEL.start, co2=True)
    assert measure(Log().end(600_000).score(case(action("co2"), start=start)), "treated").value == 1.0


def returned(log: Log) -> Score:
    return log.fact(300_000, Fact.PULSE, 1).end(720_000, "held", "pulse_held").score()


@pytest.mark.parametrize(("done_s", "lost"), [(410, False), (440, False), (520, True)])
def test_care_is_owed_from_when_a_check_could_tell_of_the_pulse(done_s: int, *, lost: bool) -> None:
    """Back at 300 s, felt at the check at 400 s: the cuff has its minute from there."""
    log = Log().fact(400_000, Fact.PULSE_FELT, "felt", seat=0).act(done_s * 1_000, "nibp", seat=0)
    told = {each.figures.get("label") for each in returned(log).deductions if each.measure == "rosc_care"}
    assert ("Blood pressure" in told) is lost


def test_the_probe_that_is_on_counts_and_an_early_cuff_does_not() -> None:
    before = returned(Log().act(100_000, "spo2", seat=1).act(100_000, "nibp", seat=0))
    labels = {each.figures.get("label") for each in before.deductions if each.measure == "rosc_care"}
    assert "Blood pressure" in labels
    assert "Oxygen probe" not in labels


@pytest.mark.parametrize(("mean", "lost"), [(75, False), (50, True)])
def test_the_pressure_is_to_be_held_three_minutes_after_it_first_fell(mean: int, *, lost: bool) -> None:
    result = returned(Log().vitals(300_000, 720_000, mean=mean))
    told = {each.figures.get("label") for each in result.deductions if each.rule == "rosc_care.unheld"}
    assert ("MAP" in told) is lost


def test_oxygen_and_carbon_dioxide_are_judged_by_the_pack_once_they_can_be_known() -> None:
    result = returned(Log().vitals(300_000, 720_000, spo2=100, paco2=28))
    told = {each.figures.get("label") for each in result.deductions if each.rule == "rosc_care.unheld"}
    assert told == {"SpO2", "PaCO2"}


def with_pulse() -> Log:
    return Log().fact(0, Fact.PULSE, 1).fact(0, Fact.RHYTHM, "complete_block_wide")


def test_a_pulse_at_the_start_owes_no_compressions_checks_or_epinephrine() -> None:
    result = with_pulse().end(600_000).score()
    assert (result.pulseless_ms, result.pauses, result.drugs) == (0, (), ())
    assert result.blocks["flow"].opportunities == 0
    assert all(measure(result, key).value is None for key in ("first_compression", "first_epinephrine", "redose"))


def test_a_synchronised_shock_with_a_pulse_needs_no_call_of_an_arrest() -> None:
    result = with_pulse().shock(60_000, 50_000).act(60_000, "shock", 100, 1).end(300_000).score()
    assert result.blocks["safety"].points == 50


def test_feeling_for_the_pulse_again_is_right_while_there_is_one() -> None:
    plain, checked = with_pulse(), with_pulse()
    for ms in range(30_000, 300_000, 30_000):
        checked.check(ms, "organised_wide").fact(ms + 3_000, Fact.PULSE_FELT, "felt", seat=0)
    assert checked.end(600_000).score().score >= plain.end(600_000).score().score


def test_after_the_loss_of_the_pulse_everything_is_owed_from_there() -> None:
    log = with_pulse().fact(200_000, Fact.PULSE, 0).fact(200_000, Fact.RHYTHM, "pea").train(206_000, 600_000)
    result = log.end(600_000).score()
    assert result.pulseless_ms == 400_000
    assert measure(result, "first_compression").detail == {"first_ms": 6_000}
    assert [(drug.plan, drug.due_ms) for drug in result.drugs] == [("epinephrine", 200_000)]


def test_an_act_counted_from_the_loss_of_the_pulse_waits_for_it() -> None:
    level = case(action(*CALCIUM, limit_s=60, counts_from="pulse_lost"))
    assert measure(with_pulse().end(600_000).score(level), "treated").value is None
    lost = with_pulse().fact(200_000, Fact.PULSE, 0).act(250_000, *CALCIUM).end(600_000)
    assert measure(lost.score(level), "treated").value == 1.0


def drill(*focus: str) -> Level:
    return replace(LEVEL, kind="drill", focus=focus, cause="", time_limit_ms=120_000, loops=())


def test_a_drill_of_the_chest_is_judged_by_compressions_alone() -> None:
    result = Log().vf().train(4_000, 120_000).end(120_000).score(drill("chest"))
    assert result.score == 1_000
    assert not result.blocks["ventilation"].enough
    assert "not_enough_seen:ventilation" in result.not_ranked


def test_a_poor_drill_earns_little() -> None:
    log = Log().vf()
    for ms in range(30_000, 120_000, 900):
        log.press(ms, depth_um=30_000)
    assert log.end(120_000).score(drill("chest")).score < 200


def test_a_drill_of_breaths_asks_nothing_of_the_defibrillator() -> None:
    result = Log().vf().sets(4_000, 120_000).end(120_000).score(drill("airway"))
    assert result.blocks["ventilation"].points == 80
    assert result.score >= 990
    assert not [each for each in result.deductions if each.block == "therapy" and ".unseen" not in each.rule]


def test_the_prognosis_is_told_and_earns_nothing() -> None:
    poor = Log().train(5_000, 60_000).fact(60_000, Fact.PROGNOSIS, 100, 50).end(60_000).score()
    fine = Log().train(5_000, 60_000).fact(60_000, Fact.PROGNOSIS, 900, 800).end(60_000).score()
    assert poor.score == fine.score
    assert fine.to_json_dict()["prognosis"] == {"survival_permille": 900, "good_permille": 800}
