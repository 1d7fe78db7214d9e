"""Rates: how often one address may act."""

from __future__ import annotations

from server.front import limits
from server.front.limits import Rate, RateLimit


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_burst_is_allowed_and_the_next_act_waits_one_interval() -> None:
    limit = RateLimit(Rate(burst=3, interval_s=2.0), Clock())
    assert [limit.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 2.0]


def test_refused_acts_do_not_prolong_the_wait() -> None:
    clock = Clock()
    limit = RateLimit(Rate(burst=1, interval_s=2.0), clock)
    limit.take("a")
    assert [limit.take("a") for _ in range(5)] == [2.0] * 5
    clock.now_s += 2.0
    assert limit.take("a") == 0.0


def test_an_idle_address_regains_its_burst_and_no_more() -> None:
    clock = Clock()
    limit = RateLimit(Rate(burst=2, interval_s=1.0), clock)
    limit.take("a")
    clock.now_s += 1000.0
    assert [limit.take("a") for _ in range(3)] == [0.0, 0.0, 1.0]


def test_one_address_does_not_spend_what_belongs_to_another() -> None:
    limit = RateLimit(Rate(burst=1, interval_s=1.0), Clock())
    assert limit.take("a") == limit.take("b") == 0.0


def test_forty_students_behind_one_address_can_join_at_once() -> None:
    limit = RateLimit(limits.JOINS, Clock())
    assert all(limit.take("the school") == 0.0 for _ in range(40))


def test_remembered_addresses_are_bounded() -> None:
    limit = RateLimit(Rate(burst=1, interval_s=1e6), Clock())
    for number in range(limits.ADDRESSES + 10):
        limit.take(f"address {number}")
    assert limit.take("address 0") == 0.0
    assert limit.take(f"address {limits.ADDRESSES + 9}") > 0.0
