"""The Leader: people to ask and to call, the weight of what is said, quiet, concern, and how an attempt ends."""

from __future__ import annotations

from game.content import Level, Pack
from game.log import Fact
from game.rules.commands import CAUSES
from game.rules.refusals import Refusal
from game.rules.views import LeadView
from game.stations import Role
from tests.rules.conftest import Team, level_of


def lead_of(team: Team) -> LeadView:
    lead = team.view(Role.LEADER).lead
    assert lead is not None
    return lead


def weight(team: Team, cause: str) -> int:
    return lead_of(team).clues[CAUSES.index(cause)]


def test_only_what_was_said_or_answered_weighs_on_the_board(ward: Team) -> None:
    assert weight(ward, "hyperkalemia") == 0
    ward.do(Role.MEDS, "chart")
    assert weight(ward, "hyperkalemia") == 0
    ward.act(Role.MEDS, "report", "dialysis")
    ward.act(Role.COMPRESSOR, "report", "fistula")
    ward.do(Role.LEADER, "ask", "family")
    assert weight(ward, "hyperkalemia") == 3
    assert weight(ward, "acidosis") == 1
    assert weight(ward, "low_glucose") == 0
    assert lead_of(ward).answers == ("family",)
    assert ("ask", "family") in ward.done()


def test_an_expert_answers_at_once_and_comes_later_with_what_he_brings(ward: Team) -> None:
    ward.do(Role.LEADER, "call_expert", "kidney")
    assert ward.act(Role.LEADER, "call_expert", "kidney") is Refusal.ALREADY_DONE
    (shown,) = (fact for fact in ward.facts(Fact.SHOWN) if fact.args[0] == "expert.kidney")
    assert shown.args[1] == "Dialysis can start at the bedside."
    (expert,) = lead_of(ward).experts
    assert expert.there_ms - expert.called_ms == 30_000
    assert not ward.room.game.patient.body.causes.dialysis
    ward.wait(31_000)
    assert [fact.args for fact in ward.facts(Fact.EXPERT)] == [("kidney", "called"), ("kidney", "there")]
    assert ward.room.game.patient.body.causes.dialysis


def test_one_who_only_advises_never_comes(ward: Team) -> None:
    ward.do(Role.LEADER, "call_expert", "poisons")
    ward.wait(60_000)
    assert [fact.args for fact in ward.facts(Fact.EXPERT)] == [("poisons", "called")]
    assert lead_of(ward).experts[0].there_ms == -1


def test_quiet_is_asked_for_a_moment(ward: Team) -> None:
    assert ward.act(Role.LEADER, "hush") is Refusal.DONE
    assert ward.act(Role.LEADER, "hush") is Refusal.ALREADY_DONE
    assert ward.view(Role.AIRWAY).hush_until_ms > ward.room.now_ms
    ward.wait(3000)
    assert ward.act(Role.LEADER, "hush") is Refusal.DONE


def test_a_concern_said_again_soon_is_louder(ward: Team) -> None:
    ward.act(Role.AIRWAY, "callout", "concern")
    ward.wait(20_000)
    ward.act(Role.COMPRESSOR, "callout", "concern")
    ward.wait(31_000)
    ward.act(Role.AIRWAY, "callout", "concern")
    assert [fact.args[0] for fact in ward.facts(Fact.CALLOUT)] == ["concern", "concern_again", "concern"]


def stop(team: Team) -> None:
    team.act(Role.LEADER, "end")
    team.wait(10_000)
    assert team.act(Role.LEADER, "end") is Refusal.DONE


def test_a_concern_holds_up_the_end_and_a_forgotten_proposal_is_none(ward: Team) -> None:
    ward.act(Role.LEADER, "end")
    ward.wait(8000)
    ward.act(Role.AIRWAY, "callout", "concern")
    ward.wait(4000)
    assert ward.act(Role.LEADER, "end") is Refusal.NOT_NOW
    ward.wait(40_000)
    assert ward.act(Role.LEADER, "end") is Refusal.DONE
    assert not ward.facts(Fact.ENDED)
    assert [fact.args[0] for fact in ward.facts(Fact.CALLOUT)].count("end_proposed") == 2


def test_stopping_with_an_untreated_cause_is_critical(ward: Team) -> None:
    stop(ward)
    assert ("stopped_with_cause", 1, "hyperkalemia") in ward.safety()


def test_stopping_after_the_cause_was_treated_is_not(ward: Team) -> None:
    ward.push("calcium_chloride", 1_000_000)
    stop(ward)
    assert "stopped_with_cause" not in [args[0] for args in ward.safety()]


def test_stopping_while_carbon_dioxide_still_comes_back_is_critical(ward: Team) -> None:
    ward.push("calcium_chloride", 1_000_000)
    for _ in range(4):
        ward.compress(17)
        ward.breathe()
        ward.breathe()
    ward.act(Role.LEADER, "end")
    ward.compress(11)
    ward.act(Role.LEADER, "end")
    etco2 = ward.room.game.patient.etco2_mmhg
    assert etco2 is not None
    assert (("stopped_with_etco2", 1, etco2) in ward.safety()) == (etco2 > 20)


def test_the_end_tells_what_the_patient_may_hope_for(ward: Team) -> None:
    stop(ward)
    prognosis, ended = ward.entries[-2:] if ward.entries[-1].kind is Fact.ENDED else ward.entries[-3:-1]
    assert (prognosis.kind, ended.kind) == (Fact.PROGNOSIS, Fact.ENDED)
    alive, well = prognosis.args
    assert isinstance(alive, int)
    assert isinstance(well, int)
    assert 0 <= well <= alive <= 1000


def test_a_pulse_that_was_never_lost_ends_the_run_only_after_the_treatment(alive: Team) -> None:
    alive.wait(60_000)
    assert not alive.facts(Fact.ENDED)
    alive.push("calcium_chloride", 1_000_000)
    alive.wait(25_000)
    assert alive.facts(Fact.ENDED)[-1].args == ("held", "pulse_held")


def test_a_drill_lasts_until_its_time_is_over(beating: Level, pack: Pack) -> None:
    drill = Team(level_of(rhythm="complete_block", kind="drill", time_limit_s=60), pack, 1)
    drill.push("calcium_chloride", 1_000_000)
    drill.wait(60_000)
    assert drill.facts(Fact.ENDED)[-1].args == ("time", "pulse_held")


def test_every_five_seconds_the_true_patient_is_kept_for_the_score_and_for_nobody_else(ward: Team) -> None:
    ward.wait(20_000)
    vitals = ward.facts(Fact.VITALS)
    assert [fact.ms for fact in vitals] == [5000, 10_000, 15_000, 20_000]
    assert all(len(fact.args) == 8 and ward.room.audience(fact) == 0 for fact in vitals)
    assert vitals[0].args[:3] == (-1, -1, -1)


def test_with_a_pulse_neither_hands_nor_cycles_are_owed(alive: Team) -> None:
    alive.act(Role.LEADER, "start")
    assert lead_of(alive).cycle_ms == -1
    assert not alive.facts(Fact.ORDER)
    assert alive.view(Role.LEADER).check.pulse == "felt"
    alive.act(Role.LEADER, "resume")
    assert lead_of(alive).cycle_ms >= 0
    assert alive.view(Role.LEADER).check.pulse == ""


def test_a_felt_pulse_ends_the_cycles_and_resume_begins_them_again(alive: Team) -> None:
    alive.act(Role.LEADER, "start")
    alive.act(Role.LEADER, "resume")
    alive.act(Role.LEADER, "check")
    alive.act(Role.LEADER, "call", "organised_wide")
    alive.act(Role.COMPRESSOR, "feel")
    alive.wait(6000)
    assert alive.act(Role.COMPRESSOR, "pulse", "felt") is Refusal.DONE
    assert lead_of(alive).cycle_ms == -1
    assert [fact.args[0] for fact in alive.facts(Fact.CHECK)][-1] == "pulse"
    alive.act(Role.LEADER, "resume")
    assert lead_of(alive).cycle_ms == alive.room.now_ms
