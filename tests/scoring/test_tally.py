"""The whole score: the reference run, pass and fail, early stops, and what must hold for any log."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.log import Entry, Fact, Input, Plain
from game.scoring import Score, score
from tests.scoring.logs import LEVEL, PACK, WEIGHTS, Log
from tests.scoring.reference import vf_run

FULL = vf_run().score()


def test_the_reference_run_scores_at_least_950_and_passes() -> None:
    assert FULL.score >= 950
    assert FULL.passed
    assert (FULL.band, FULL.outcome, FULL.critical_errors) == ("gold", "no_pulse", ())


@pytest.mark.parametrize("number", range(1, 7))
def test_the_reference_run_cut_by_a_pulse_at_any_shock_stays_within_ten_points(number: int) -> None:
    assert abs(vf_run(rosc_at_shock=number).score().score - FULL.score) <= 10


def test_blocks_add_up_to_the_score_and_measures_to_their_block() -> None:
    result = Log().vf().sets(20_000, 200_000).check(60_000).shock(63_000, 62_000).end(300_000).score()
    assert result.score == sum(block.points for block in result.blocks.values())
    assert result.coordination == result.blocks["coordination"].points
    for block in result.blocks.values():
        assert block.points == pytest.approx(sum(measure.points for measure in block.measures.values()), abs=0.51)
        assert block.of == sum(measure.of for measure in block.measures.values())


def test_a_measure_without_opportunity_takes_its_blocks_mean() -> None:
    block = Log().train(10_000, 100_000).end(100_000).score().blocks["ventilation"]
    assert block.measures["volume"].value is None
    assert block.measures["volume"].points == 0.0
    flow = Log().train(10_000, 100_000).end(100_000).score().blocks["flow"]
    assert flow.measures["peri_shock"].value is None
    assert flow.measures["peri_shock"].points == flow.measures["peri_shock"].of


def test_a_run_in_which_nobody_compresses_fails_with_no_flow_and_no_quality() -> None:
    result = Log().vf().end(720_000).score()
    assert not result.passed
    assert result.ccf == 0.0
    assert [result.blocks[name].points for name in ("flow", "compression", "ventilation")] == [0, 0, 0]
    assert result.score < 100


def test_each_critical_error_costs_a_hundred_and_the_pass() -> None:
    result = vf_run().fact(100_000, Fact.SAFETY, "shock_not_clear", 1, seat=2).score()
    assert result.score <= FULL.score - 100
    assert not result.passed
    assert result.band == ""


def test_a_run_with_too_much_avoidable_hands_off_does_not_pass() -> None:
    log = vf_run()
    log.entries = [entry for entry in log.entries if entry.kind is not Fact.COMPRESSION or entry.ms % 100_000 < 40_000]
    result = log.score()
    assert 1 - result.avoidable_fraction < 0.60
    assert not result.passed


def test_stopping_early_gains_nothing() -> None:
    points = [vf_run(end_ms=end_ms).score().score for end_ms in (720_000,)]
    for stopped_ms in (60_000, 180_000, 400_000):
        log = vf_run()
        log.entries = [entry for entry in log.entries if entry.ms < stopped_ms]
        points.append(log.end(stopped_ms, "stopped").score().score)
    assert points == [points[0], *sorted(points[1:])]
    assert points[-1] < points[0] * 0.6


def test_the_track_has_one_number_a_second() -> None:
    result = Log().train(2_000, 5_000).fact(8_000, Fact.PULSE, 1).end(10_000).score()
    assert result.track.hands_on == (0, 0, 1, 1, 1, 0, 0, 0, 0, 0)
    assert result.track.pulse == (0, 0, 0, 0, 0, 0, 0, 0, 1, 1)


def test_the_json_holds_every_promised_key() -> None:
    plain = json.loads(json.dumps(FULL.to_json_dict()))
    promised = (
        "deductions measures prognosis coaching "
        "ccf ccf_no_vent avoidable_fraction longest_pause_ms peri_shock_ms blocks coordination critical_errors outcome "
        "score passed ranked not_ranked pauses shocks drugs tokens loops compressions ventilation track"
    )
    assert set(promised.split()) <= set(plain)
    assert plain["blocks"]["flow"]["measures"]["avoidable"]["formula"]
    assert plain["peri_shock_ms"] == list(FULL.peri_shock_ms)


STAMPS = st.integers(-1_000, 800_000)
WORDS = st.sampled_from(
    [
        *("", "vf", "pea", "stop", "call", "resume", "give", "epinephrine", "amiodarone", "sga", "tube", "mask"),
        *("charged", "delivered", "asked", "yes", "done", "started", "working", "stopped", "time", "shock_not_clear"),
    ]
)
ARGS: st.SearchStrategy[tuple[Plain, ...]] = st.lists(
    st.one_of(st.integers(-5, 400_000), WORDS, st.none()), max_size=6
).map(tuple)
SHAPED: st.SearchStrategy[tuple[Fact | Input, tuple[Plain, ...]]] = st.one_of(
    st.tuples(st.just(Fact.PULSE), st.tuples(st.integers(0, 1))),
    st.tuples(st.just(Fact.RHYTHM), st.tuples(WORDS)),
    st.tuples(st.just(Fact.COMPRESSION), st.tuples(STAMPS, STAMPS, STAMPS, STAMPS, STAMPS)),
    st.tuples(st.just(Fact.BREATH), st.tuples(STAMPS, STAMPS, st.integers(0, 900), WORDS)),
    st.tuples(st.just(Fact.CHARGE), st.tuples(WORDS, st.just(200))),
    st.tuples(st.just(Fact.SHOCK), st.tuples(st.just(200), WORDS)),
    st.tuples(st.just(Fact.DRUG), st.tuples(WORDS, STAMPS, WORDS)),
    st.tuples(st.just(Fact.TASK), st.tuples(WORDS, WORDS)),
    st.tuples(st.just(Fact.ORDER), st.tuples(st.integers(0, 3), st.just(4), WORDS, WORDS, STAMPS)),
    st.tuples(st.sampled_from([Fact.HEARD, Fact.CORRECTED, Fact.CLOSED]), st.tuples(st.integers(0, 3))),
    st.tuples(st.just(Fact.READ_BACK), st.tuples(st.integers(0, 3), WORDS, WORDS, STAMPS)),
    st.tuples(st.just(Fact.CONFIRMED), st.tuples(st.integers(0, 3), st.integers(0, 1))),
    st.tuples(st.sampled_from([Fact.CHECK, Fact.SWITCH, Fact.CAUSE, Fact.REPORT]), st.tuples(WORDS, WORDS)),
    st.tuples(st.just(Fact.SUMMARY), st.tuples(st.integers(-2, 9))),
    st.tuples(st.just(Fact.DONE), st.lists(WORDS, min_size=1, max_size=3).map(tuple)),
    st.tuples(st.just(Fact.VITALS), st.tuples(*[st.integers(-1, 300)] * 8)),
    st.tuples(st.sampled_from([Fact.PULSE_FELT, Fact.AIRWAY]), st.tuples(WORDS, WORDS)),
    st.tuples(st.just(Fact.SAFETY), st.tuples(WORDS, st.integers(0, 1))),
    st.tuples(st.just(Fact.ENDED), st.tuples(WORDS, WORDS)),
    st.tuples(st.just(Input.LINK), st.tuples(st.integers(0, 2))),
    st.tuples(st.sampled_from([*Fact, *Input]), ARGS),
)
ENTRIES = st.lists(
    st.tuples(STAMPS, st.integers(-1, 3), SHAPED).map(lambda item: Entry(item[0], item[2][0], item[1], item[2][1])),
    max_size=60,
)


def scored(entries: list[Entry]) -> Score:
    return score(entries, PACK, LEVEL, WEIGHTS)


@given(ENTRIES)
@settings(max_examples=150, deadline=None)
def test_any_log_has_a_score_from_0_to_1000(entries: list[Entry]) -> None:
    result = scored(entries)
    assert 0 <= result.score <= 1000
    assert 0.0 <= result.ccf <= result.ccf_no_vent <= 1.0
    assert 0.0 <= result.avoidable_fraction <= 1.0
    for block in result.blocks.values():
        assert 0 <= block.points <= block.of
    json.dumps(result.to_json_dict())


UNRELATED = (Fact.HASH, Fact.REFUSED, Fact.LATE, Fact.HANDS, Fact.INJECTED)


@given(st.lists(st.tuples(st.integers(0, 700_000), st.sampled_from(UNRELATED), ARGS), max_size=30))
@settings(max_examples=25, deadline=None)
def test_kinds_the_score_does_not_read_change_nothing(extra: list[tuple[int, Fact, tuple[Plain, ...]]]) -> None:
    log = vf_run()
    for ms, kind, args in extra:
        log.fact(ms, kind, *args, seat=1)
    assert log.score() == FULL


def tubed(pauses: list[tuple[int, int]], log: Log | None = None) -> Log:
    """Four minutes with a tube and pauses of nobody's making, (start, end) in seconds."""
    log = log or Log()
    at_ms = 5_000
    for start_s, end_s in pauses:
        log.train(at_ms, start_s * 1_000)
        at_ms = end_s * 1_000
    log.train(at_ms, 240_000)
    for ms in range(1_000, 240_000, 6_000):
        log.breath(ms, airway="tube")
    return log.end(240_000)


@given(st.integers(20, 60), st.integers(3, 30), st.integers(1, 29), st.integers(110, 150), st.integers(3, 60))
@settings(max_examples=40, deadline=None)
def test_a_shorter_pause_never_lowers_the_score(first: int, length: int, cut: int, second: int, other: int) -> None:
    others = [(second, second + other)]
    longer = tubed([(first, first + length), *others]).score()
    shorter = tubed([(first, first + max(2, length - cut)), *others]).score()
    none = tubed(others).score()
    assert longer.score <= shorter.score <= none.score
    assert longer.ccf <= shorter.ccf <= none.ccf


@given(st.integers(1, 6), st.integers(2, 25))
@settings(max_examples=20, deadline=None)
def test_a_shorter_check_never_lowers_the_score(number: int, length_s: int) -> None:
    def checked(length: int) -> int:
        start_ms = 20_000 * number
        log = Log().vf().check(start_ms, resume_ms=length * 1_000)
        return tubed([(start_ms // 1_000, start_ms // 1_000 + length)], log).score().score

    assert checked(length_s + 1) <= checked(length_s)


@pytest.mark.parametrize("kind", [Fact.SUMMARY, Fact.SWITCH, Fact.CAUSE, Fact.BREATH, Fact.HEARD, Fact.CLOSED])
def test_leaving_out_what_the_reference_run_did_never_raises_its_score(kind: Fact) -> None:
    log = vf_run()
    log.entries = [entry for entry in log.entries if entry.kind is not kind]
    assert log.score().score < FULL.score
