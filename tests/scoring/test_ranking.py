"""What keeps a run out of a ranking, though it is scored and shown."""

from __future__ import annotations

from game.log import Fact
from tests.scoring.logs import Log

HERE, AWAY, BOT = 0, 1, 2


def reasons(log: Log) -> tuple[str, ...]:
    return log.score().not_ranked


def uneven(log: Log, start_ms: int, end_ms: int, seat: int = 0) -> Log:
    """Compressions that scatter as a hand does."""
    at, number = start_ms, 0
    while at <= end_ms:
        log.press(at, seat=seat)
        at, number = at + 545 + 30 * (number % 3 - 1), number + 1
    return log


def test_a_macro_is_told_by_intervals_that_do_not_scatter() -> None:
    assert "macro:0" in reasons(Log().train(0, 90_000).end(90_000))
    assert "macro:0" not in reasons(Log().train(0, 50_000).end(50_000))
    assert "macro:0" not in reasons(uneven(Log(), 0, 90_000).end(90_000))


def test_a_macro_that_rests_between_sets_is_still_one() -> None:
    assert "macro:0" in reasons(Log().sets(0, 120_000).end(120_000))


def test_a_bot_is_no_macro_but_bots_do_not_rank() -> None:
    log = Log().link(0, BOT, seat=0).train(0, 90_000).end(90_000)
    assert "macro:0" not in reasons(log)
    assert "bots" in reasons(log)


def test_a_bot_for_a_few_seconds_does_not_matter() -> None:
    assert "bots" not in reasons(Log().link(0, BOT, seat=2).link(30_000, HERE, seat=2).end(90_000))


def test_a_link_lost_for_two_percent_of_the_time_does_not_rank() -> None:
    assert "lost_link" in reasons(Log().link(10_000, AWAY, seat=1).link(13_000, HERE, seat=1).end(100_000))
    assert "lost_link" not in reasons(Log().link(10_000, AWAY, seat=1).link(11_000, HERE, seat=1).end(100_000))


def test_a_block_with_under_three_opportunities_is_not_enough_seen() -> None:
    log = Log().train(0, 30_000).end(30_000)
    assert "not_enough_seen:ventilation" in reasons(log)
    assert not log.score().blocks["ventilation"].enough


def test_a_log_without_an_end_is_unfinished() -> None:
    assert "unfinished" in reasons(Log().train(0, 30_000))


def test_an_early_stop_does_not_rank() -> None:
    assert "stopped_early" in reasons(Log().train(0, 60_000).end(60_000, "stopped"))


def test_a_seat_whose_device_made_the_rhythm_is_assisted_and_no_macro() -> None:
    log = Log().fact(0, Fact.ASSISTED, "switch", seat=0).train(0, 90_000).end(90_000)
    assert {"assisted:0", "macro:0"} & set(reasons(log)) == {"assisted:0"}


def test_what_a_device_pressed_is_not_judged_but_hands_were_on() -> None:
    kinds = (Fact.HUSH, Fact.ASSISTED)
    plain, assisted = (Log().fact(0, kind, "switch", seat=0).train(0, 90_000).end(90_000).score() for kind in kinds)
    assert all(measure.opportunities > 0 for measure in plain.blocks["compression"].measures.values())
    assert not any(measure.opportunities for measure in assisted.blocks["compression"].measures.values())
    assert assisted.ccf == plain.ccf > 0.9
