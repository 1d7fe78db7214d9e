"""Doing strictly better never lowers the score, and an early return of the pulse never costs."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from game.content import Action
from game.log import Fact
from game.stations import Station
from tests.scoring.logs import Log, level_of

END_MS = 480_000
INTERVAL_MS = 545
CASE = replace(
    level_of(END_MS // 1000),
    actions=(
        Action("calcium", "Calcium", (("give", "calcium_chloride"),), 1, 180_000, "start", treats=True, source="C"),
    ),
)
GIVE = ("give", "epinephrine", 1_000)


class Team:
    """How well a team does: every number and flag has a better side."""

    def __init__(self, **habits: int) -> None:
        self.habits = habits

    def log(self, rosc_at_shock: int = 0) -> Log:
        """Their run: a check and a shock each two minutes, from a first hands-on."""
        habits = self.habits
        log, start_ms = Log().vf(), habits["first_ms"]
        checks_ms = (60_000, 182_000, 304_000, 426_000)
        back_ms = checks_ms[rosc_at_shock - 1] + habits["pre_ms"] if rosc_at_shock else END_MS
        for number, stop_ms in enumerate((*checks_ms, END_MS)):
            # Counted back from the stop, so that the last compression is where the pause begins.
            for at_ms in range(min(stop_ms, back_ms), start_ms, -INTERVAL_MS):
                log.press(at_ms, habits["depth_um"], habits["residual_um"], seat=number % 2)
            for ms in range(start_ms, min(stop_ms, back_ms), habits["breath_ms"]):
                log.breath(ms, habits["volume_ml"], airway="sga")
            log.fact(start_ms + 30_000, Fact.SUMMARY, habits["chips"], seat=3)
            if stop_ms == END_MS or stop_ms > back_ms:
                break
            start_ms = stop_ms + habits["pre_ms"] + habits["post_ms"]
            log.check(stop_ms, call_ms=min(2_000, habits["pre_ms"]), resume_ms=habits["pre_ms"] + habits["post_ms"])
            log.shock(stop_ms + habits["pre_ms"], stop_ms - 6_000 if habits["ahead"] else stop_ms)
            if stop_ms + habits["pre_ms"] == back_ms:
                log.fact(back_ms, Fact.RHYTHM, "sinus").fact(back_ms, Fact.PULSE, 1)
                break
            log.fact(start_ms, Fact.SWITCH, "done", number % 2, seat=1 - number % 2)
        for ms in (190_000 + habits["drug_late_ms"],):
            if ms < back_ms:
                log.order(ms - 20_000, Station.CART, *GIVE, said=GIVE if habits["read_back"] else ())
                log.fact(ms, Fact.CLOSED, 1, seat=2).dose(ms)
        if habits["treat_ms"] < back_ms:
            log.act(habits["treat_ms"], "give", "calcium_chloride", 1_000_000, "iv_left")
        for number in range(habits["mishaps"]):
            log.fact(40_000 + number, Fact.SAFETY, "wrong_dose", 0, seat=2)
        return log

    def points(self) -> int:
        return self.log().end(END_MS).score(CASE).score


HABITS = {
    "first_ms": st.integers(4_000, 50_000),
    "pre_ms": st.integers(1_500, 14_000),
    "post_ms": st.integers(500, 9_000),
    "depth_um": st.integers(30_000, 52_000),
    "residual_um": st.integers(2_000, 14_000),
    "breath_ms": st.integers(6_000, 14_000),
    "volume_ml": st.integers(250, 500),
    "chips": st.integers(0, 3),
    "ahead": st.integers(0, 1),
    "drug_late_ms": st.integers(0, 100_000),
    "read_back": st.integers(0, 1),
    "treat_ms": st.integers(60_000, 470_000),
    "mishaps": st.integers(0, 4),
}
BETTER_UP = {"depth_um", "volume_ml", "chips", "ahead", "read_back"}
BEST = {
    "first_ms": 4_000, "pre_ms": 1_500, "post_ms": 500, "depth_um": 52_000, "residual_um": 2_000,
    "breath_ms": 6_000, "volume_ml": 500, "chips": 3, "ahead": 1, "drug_late_ms": 0, "read_back": 1,
    "treat_ms": 60_000, "mishaps": 0,
}  # fmt: skip
ROUNDING = 1
"""Blocks are whole points: two of them may round apart by one."""


@given(st.fixed_dictionaries(HABITS), st.sampled_from(sorted(HABITS)), st.data())
@settings(max_examples=60, deadline=None)
def test_one_habit_that_gets_better_never_lowers_the_score(
    habits: dict[str, int], key: str, data: st.DataObject
) -> None:
    low, high = sorted((habits[key], BEST[key]))
    better = Team(**{**habits, key: data.draw(st.integers(low, high))})
    assert better.points() >= Team(**habits).points() - ROUNDING


@given(st.fixed_dictionaries(HABITS))
@settings(max_examples=20, deadline=None)
def test_nobody_beats_the_team_that_does_everything_best(habits: dict[str, int]) -> None:
    assert Team(**habits).points() <= Team(**BEST).points()


@given(st.integers(1, 4))
@settings(max_examples=4, deadline=None)
def test_the_best_team_loses_nothing_by_an_early_pulse(number: int) -> None:
    whole = Team(**BEST).points()
    early = Team(**BEST).log(number)
    back_ms = max(entry.ms for entry in early.entries if entry.kind is Fact.PULSE)
    early.fact(back_ms + 60_000, Fact.PULSE_FELT, "felt", seat=0)
    for op in ("nibp", "spo2", "gas", "ecg12", "glucose", "temperature", "call_expert"):
        early.act(back_ms + 70_000, op)
    early.act(back_ms + 71_000, "ventilator", 10, seat=1)
    assert early.end(back_ms + 120_000, "held", "pulse_held").score(CASE).score >= whole - 10


def test_a_pause_before_an_early_pulse_costs_no_more_than_it_would_in_a_long_run() -> None:
    def paused(log: Log) -> Log:
        return log.train(5_000, 19_000).train(26_000, 60_000)

    early = paused(Log()).fact(60_000, Fact.PULSE, 1).end(200_000, "held", "pulse_held").score()
    late = paused(Log()).train(60_000, 200_000).fact(260_000, Fact.PULSE, 1).end(400_000, "held", "pulse_held").score()
    points = [result.blocks["flow"].measures["avoidable"].points for result in (early, late)]
    assert points[0] >= points[1]
