"""Running figures: at every second what the whole score would say of the log so far."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.bots.crew import crew_of_bots
from game.content import case_of
from game.log import Entry, Fact
from game.room.host import Host
from game.scoring.course import course_of
from game.scoring.live import Live, LiveFigures, figures_of
from game.scoring.record import read
from game.scoring.targets import targets_of
from game.stations import LinkState, Role
from tests.scoring.logs import LEVEL, LEVELS, PACK, WEIGHTS, Log
from tests.scoring.reference import vf_run
from tests.scoring.test_tally import ENTRIES

TARGETS = targets_of(PACK, LEVEL)


def batch(entries: list[Entry], ms: int) -> LiveFigures:
    """The same figures from the whole log up to `ms`, worked out at once."""
    return figures_of(course_of(read(entry for entry in entries if entry.ms <= ms), TARGETS, WEIGHTS, ms))


def assert_equal_each_second(entries: list[Entry], end_ms: int, step_ms: int = 1_000) -> None:
    live = Live(PACK, LEVEL, WEIGHTS)
    live.add(entries)
    for ms in range(0, end_ms + 1, step_ms):
        assert live.advance(ms) == batch(entries, ms), f"at {ms} ms"


def test_the_running_figures_of_the_reference_run_are_those_of_the_score() -> None:
    assert_equal_each_second(vf_run(rosc_at_shock=3).entries, 430_000, 3_000)


def test_the_running_figures_of_the_bots_are_those_of_the_score() -> None:
    text, pack_text = (LEVELS / "S03.toml").read_text("utf-8"), (LEVELS / "packs" / "aha2025.toml").read_text("utf-8")
    level, pack = case_of(text, pack_text, "S03")
    host = Host(level, pack, 7, crew_of_bots(level, pack, 7))
    for role in Role:
        host.link(role.value, LinkState.BOT)
    assert_equal_each_second(host.tick(100_000).entries, 100_000)


def test_pauses_re_arrests_and_checks_are_told_as_the_score_tells_them() -> None:
    log = Log().vf().sets(14_000, 40_000).check(40_500).shock(44_000, 39_000).train(47_000, 60_000)
    log.fact(60_000, Fact.PULSE, 1).fact(80_000, Fact.PULSE, 0).press(85_000).train(92_000, 120_000)
    assert_equal_each_second(log.end(130_000).entries, 132_000, 500)


@given(ENTRIES, st.integers(700, 5_000))
@settings(max_examples=40, deadline=None)
def test_any_log_gives_the_same_figures_second_by_second_as_at_once(entries: list[Entry], step_ms: int) -> None:
    stamped = [entry for entry in entries if 0 <= entry.ms <= 60_000]
    assert_equal_each_second(stamped, 61_000, step_ms)


PRESSES = st.lists(
    st.tuples(st.integers(300, 4_000), st.sampled_from([15_000, 54_000]), st.integers(0, 1)), min_size=5, max_size=60
)


@given(PRESSES, st.integers(700, 2_500))
@settings(max_examples=40, deadline=None)
def test_hands_that_come_and_go_give_the_same_figures_too(presses: list[tuple[int, int, int]], step_ms: int) -> None:
    log, ms = Log().vf().check(9_000).fact(33_000, Fact.PULSE, 1).fact(45_000, Fact.PULSE, 0), 0
    for gap_ms, depth_um, seat in presses:
        ms += gap_ms
        log.press(ms, depth_um, seat=seat)
        if gap_ms > 2_000:
            log.breath(ms - 1_000).breath(ms - 1_900)
    assert_equal_each_second(log.entries, ms + 2_000, step_ms)


def test_an_entry_that_comes_after_its_time_was_sealed_is_counted_all_the_same() -> None:
    log = Log().train(5_000, 20_000).train(25_000, 40_000)
    late = [entry for entry in log.entries if 12_000 <= entry.ms < 15_000]
    live = Live(PACK, LEVEL, WEIGHTS)
    live.add(entry for entry in log.entries if entry not in late)
    live.advance(30_000)
    live.add(late)
    assert live.advance(40_000) == batch(log.entries, 40_000)


def test_the_pause_of_the_moment_is_told_with_its_cause() -> None:
    live = Live(PACK, LEVEL, WEIGHTS)
    live.add(Log().vf().train(2_000, 30_000).check(30_500).entries)
    assert live.advance(20_000).pause_ms == -1
    figures = live.advance(34_000)
    assert (figures.pause_ms, figures.pause_cause) == (4_000, "check")


@pytest.mark.parametrize(("ms", "avoidable_ms"), [(8_000, 0), (13_000, 3_000)])
def test_hands_that_never_come_are_avoidable_after_the_free_seconds(ms: int, avoidable_ms: int) -> None:
    live = Live(PACK, LEVEL, WEIGHTS)
    assert live.advance(ms).avoidable_ms == avoidable_ms
