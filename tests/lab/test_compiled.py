"""The compiled step: records hold what dataclasses hold, and a compiled function gives the bits of its source."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core.errors import NumbaError

from game.sim import chance, tables
from game.sim.body.told import RHYTHM, ROOM, Told, tell
from game.sim.plain import digest, to_plain
from lab.compiled.records import LayoutError, to_record, to_state, view
from lab.compiled.twins import SubsetError, explained, twin


@dataclass(slots=True)
class Part:
    share: float = 0.5
    open: bool = True
    steps: list[int] = field(default_factory=lambda: [3, 5])


@dataclass(slots=True)
class Whole:
    count: int = 7
    first: Part = field(default_factory=Part)
    parts: list[Part] = field(default_factory=lambda: [Part(), Part(0.25, open=False)])
    rows: list[float] = field(default_factory=lambda: [1.5, -2.0])
    flags: list[bool] = field(default_factory=lambda: [True, False, True])


@dataclass(frozen=True, slots=True)
class Numbers:
    gain: float
    parts: tuple[Part, ...]


def bits(number: float) -> bytes:
    return struct.pack("<d", number)


finite = st.floats(allow_nan=False, allow_infinity=False, width=64)
whole_numbers = st.integers(-(2**62), 2**62)


@given(whole_numbers, finite, st.booleans(), st.lists(finite, min_size=2, max_size=2))
@settings(max_examples=50, deadline=None)
def test_a_record_gives_back_exactly_what_was_put_in(count: int, share: float, shut: bool, rows: list[float]) -> None:
    state = Whole(count, Part(share, open=not shut, steps=[count, -count]), rows=rows)
    back = to_state(view(to_record(state), Whole), Whole)
    assert back == state
    assert [bits(number) for number in back.rows] == [bits(number) for number in rows]


def test_a_view_reads_pythons_own_numbers_and_writes_the_record() -> None:
    record = to_record(Whole())
    seen = view(record, Whole)
    assert [type(seen.count), type(seen.first.share), type(seen.first.open)] == [int, float, bool]
    assert (len(seen.parts), seen.parts[1].share, seen.parts[-1].open) == (2, 0.25, False)
    assert (list(seen.rows), list(seen.flags), list(seen.first.steps)) == ([1.5, -2.0], [True, False, True], [3, 5])
    seen.parts[0].share = 0.75
    seen.rows[1] = 4.0
    seen.first.open = False
    assert record[0]["parts"][0]["share"] == 0.75
    assert record[0]["rows"].tolist() == [1.5, 4.0]
    assert not record[0]["first"]["open"]


def test_a_view_and_its_dataclass_have_the_same_plain_form_and_hash() -> None:
    state = Whole(rows=[0.1, 0.2])
    seen = view(to_record(state), Whole)
    assert to_plain(seen, Whole) == to_plain(state)
    assert digest(to_plain(seen, Whole)) == digest(to_plain(state))


def test_numbers_that_never_change_are_records_too() -> None:
    made = to_record(Numbers(2.0, (Part(), Part(0.125), Part())))
    assert made[0]["parts"][1]["share"] == 0.125


@pytest.mark.parametrize(("kind", "value"), [("list[float]", []), ("str", "x"), ("dict[str, int]", {})])
def test_a_field_without_a_fixed_place_is_refused_by_name(kind: str, value: object) -> None:
    made: Any = dataclass(type("Odd", (), {"__annotations__": {"fine": "int", "odd": kind}}))
    with pytest.raises(LayoutError, match=r"Odd\.odd"):
        to_record(made(1, value))


# ---- compiled functions ----


@pytest.mark.parametrize("curve", [tables.exp, tables.log, tables.normal_quantile, tables.logistic, tables.decay])
def test_curves_compiled_give_the_same_bits(curve: Callable[[float], float]) -> None:
    compiled = _calling(curve)
    for step in range(1, 4000):
        x = step / 4000.0 if curve is tables.normal_quantile else step * 0.0041
        assert bits(compiled(x)) == bits(curve(x)), x
    if isinstance(curve, tables.Table):
        for x in (-40.0, -3.3, curve.lo, curve.hi, 0.0, -0.0, 40.0):
            assert bits(compiled(x)) == bits(curve(x)), x


def _calling(curve: Callable[[float], float]) -> Any:
    if curve is tables.logistic:
        return twin(by_logistic)
    return twin(by_decay if curve is tables.decay else curve)


def by_logistic(x: float) -> float:
    return tables.logistic(x)


def by_decay(x: float) -> float:
    return tables.decay(x)


@given(whole_numbers, st.integers(0, 2000), st.integers(0, 2**40))
@settings(max_examples=500, deadline=None)
def test_chance_compiled_is_the_same_chance(seed: int, stream: int, counter: int) -> None:
    assert bits(twin(chance.uniform)(seed, stream, counter)) == bits(chance.uniform(seed, stream, counter))
    assert bits(twin(chance.normal)(seed, stream, counter)) == bits(chance.normal(seed, stream, counter))
    assert bits(twin(chance.threshold)(seed, stream, counter)) == bits(chance.threshold(seed, stream, counter))


STEPS = (1.0, 2.0, 4.0)


def choose(a: float, b: float) -> float:
    return max(min(a, b, 1.0), -1.0, -a, 0.25 * b) * STEPS[int(abs(a)) % 3] + a // 3.0 - b % 0.7


def smallest(a: float, b: float) -> float:
    return min(a, b)


def largest(a: float, b: float) -> float:
    return max(a, b)


@given(finite.filter(lambda x: abs(x) < 1e9), finite.filter(lambda x: abs(x) < 1e9))
@settings(max_examples=500, deadline=None)
def test_arithmetic_and_choices_are_pythons_own(a: float, b: float) -> None:
    assert bits(twin(choose)(a, b)) == bits(choose(a, b))


@pytest.mark.parametrize("law", [smallest, largest])
@pytest.mark.parametrize(("a", "b"), [(0.0, -0.0), (-0.0, 0.0), (1.0, 2.0), (2.0, 1.0)])
def test_of_equal_numbers_the_first_is_chosen(law: Callable[[float, float], float], a: float, b: float) -> None:
    assert bits(twin(law)(a, b)) == bits(law(a, b))


def report_often(told: Told, times: int) -> None:
    for i in range(times):
        tell(told, 4 * i, RHYTHM, i, chance.Stream.ROOM)


def test_a_law_compiled_leaves_the_state_its_source_leaves() -> None:
    told = Told()
    report_often(told, ROOM + 3)
    record = to_record(Told())
    twin(report_often)(record[0], ROOM + 3)
    assert to_state(view(record, Told), Told) == told
    assert told.lost == 3


# ---- outside the subset ----


def squares(x: float) -> float:
    return x**2


def summed(told: Told) -> int:
    return sum(told.a)


def listed(told: Told) -> float:
    return max([1.0 * a for a in told.a])


def of_a_dict(x: int) -> int:
    return WORDS[x]


WORDS = {1: 2}


def hidden(x: float) -> float:
    if x > 0.0:
        return x
    return squares(x)


@pytest.mark.parametrize(
    ("law", "what"),
    [
        (squares, "squares: a power"),
        (summed, r"summed: sum\(\)"),
        (listed, "listed: a comprehension"),
        (of_a_dict, "of_a_dict: the global WORDS is a dict"),
        (hidden, "squares: a power"),
    ],
)
def test_a_law_outside_the_subset_is_refused_with_its_name_and_line(law: Callable[..., object], what: str) -> None:
    with pytest.raises(SubsetError, match=rf"test_compiled\.py:\d+ {what}"):
        twin(law)


def mixed(told: Told, x: Any) -> float:
    kept = told
    if x > 0.0:
        kept = x
    return kept.a[0]


def test_what_only_the_compiler_finds_is_told_with_the_line_it_means() -> None:
    with pytest.raises(NumbaError) as found:
        twin(mixed)(to_record(Told())[0], 1.0)
    said = str(explained(mixed, found.value))
    assert f"test_compiled.py:{mixed.__code__.co_firstlineno} mixed: " in said
    assert "unify" in said
