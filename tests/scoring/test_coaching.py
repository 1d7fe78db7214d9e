"""Figures of single people: right, and never in what everybody is told."""

from __future__ import annotations

import json

from game.log import Fact
from game.scoring.coaching import Coaching
from tests.scoring.logs import Log
from tests.scoring.reference import vf_run


def part(log: Log, seat: int) -> Coaching:
    return next(each for each in log.score().coaching if each.seat == seat)


def test_fatigue_is_the_depth_that_a_turn_loses() -> None:
    log = Log()
    for number in range(120):
        log.press(545 * number, depth_um=56_000 - 100 * number)
    mine = part(log.end(70_000), 0)
    assert (mine.presses, mine.depth_lost_mm) == (120, 8.0)


def test_a_mask_that_leaks_shows_in_its_owners_part() -> None:
    log = Log().train(0, 30_000, seat=0)
    for ms, seal in ((10_000, 60), (11_500, 80)):
        log.fact(ms, Fact.BREATH, ms, 1_000, 420, "mask", seal, seat=1)
    assert part(log.end(30_000), 1).seal_pct == 70.0


def test_how_soon_orders_are_heard_and_read_back_belongs_to_who_took_them() -> None:
    team = vf_run()
    assert (part(team, 2).heard_s, part(team, 2).read_back_s) == (2.0, 4.0)
    assert part(team, 3).orders_given > 5
    assert part(team, 3).orders_taken == 0


def test_long_stretches_without_an_act_are_idle_time() -> None:
    mine = part(Log().dose(30_000).dose(90_000).end(100_000), 2)
    assert (mine.idle_s, mine.longest_idle_s) == (50.0, 40.0)


def test_nobody_reads_a_part_that_is_not_theirs() -> None:
    result = vf_run().score()
    assert result.to_json_dict()["coaching"] == []
    (mine,) = json.loads(json.dumps(result.to_json_dict(coached=(1,))))["coaching"]
    assert (mine["seat"], mine["audience"]) == (1, ["owner", "instructor"])
    assert len(json.loads(json.dumps(result.to_json_dict(coached=range(4))))["coaching"]) == 4
