"""Dataclasses travel as positional lists, and only data that fits them becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Annotated

import pytest

from game.wire import Bounds, WireError, WireFault, pack, pack_bytes, pack_plain, unpack, unpack_bytes, unpack_plain
from game.wire.schema import SPREAD


class Rhythm(Enum):
    VF = "vf"
    FLAT = "flat"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Line:
    site: str
    open: bool


@dataclass(frozen=True, slots=True)
class Chart:
    rhythm: Rhythm
    level: Level
    line: Line | None
    lines: tuple[Line, ...]
    pair: tuple[int, Line]
    notes: list[str]
    doses: dict[str, float]
    by_site: dict[str, Line]
    either: int | str | None
    blob: bytes
    small: Annotated[int, Bounds(low=0, high=9)] = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class Tail:
    name: str
    rest: Annotated[tuple[int, ...], SPREAD] = ()


CHART = Chart(
    Rhythm.VF,
    Level.HIGH,
    None,
    (Line("arm", True), Line("leg", False)),
    (3, Line("neck", True)),
    ["a", "b"],
    {"epinephrine": 1.0},
    {"arm": Line("arm", False)},
    "x",
    b"\x00\x01",
    9,
)


def test_a_dataclass_comes_back_as_it_was() -> None:
    assert unpack_bytes(Chart, pack_bytes(CHART)) == CHART


def test_fields_travel_by_position() -> None:
    assert pack(Line("arm", True)) == ["arm", True]
    assert pack(Nothing()) == []
    assert pack(Tail("x", (1, 2, 3))) == ["x", 1, 2, 3]


def test_a_spread_field_takes_the_rest_of_the_list() -> None:
    assert unpack(Tail, ["x"]) == Tail("x")
    assert unpack(Tail, ["x", 1, 2]) == Tail("x", (1, 2))
    with pytest.raises(WireError, match="wrong-length"):
        unpack(Tail, [])


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (0, "ventricular", WireFault.OUT_OF_RANGE),
        (0, ["vf"], WireFault.WRONG_TYPE),
        (1, 3, WireFault.OUT_OF_RANGE),
        (1, True, WireFault.WRONG_TYPE),
        (2, "arm", WireFault.WRONG_TYPE),
        (2, ["arm"], WireFault.WRONG_LENGTH),
        (3, [["arm", 1]], WireFault.WRONG_TYPE),
        (3, "arm", WireFault.WRONG_TYPE),
        (4, [3], WireFault.WRONG_LENGTH),
        (4, 3, WireFault.WRONG_TYPE),
        (5, [1], WireFault.WRONG_TYPE),
        (6, {"epinephrine": "1"}, WireFault.WRONG_TYPE),
        (6, {"epinephrine": float("inf")}, WireFault.OUT_OF_RANGE),
        (6, [], WireFault.WRONG_TYPE),
        (8, 1.5, WireFault.WRONG_TYPE),
        (9, "text", WireFault.WRONG_TYPE),
        (10, 10, WireFault.OUT_OF_RANGE),
    ],
)
def test_a_field_that_does_not_fit_is_named(place: int, value: object, fault: WireFault) -> None:
    row: list[object] = [
        *("vf", 2, None, [["arm", True]], [3, ["neck", True]], ["a"], {"epinephrine": 1}, {"arm": ["arm", False]}),
        *(None, b"", 9),
    ]
    assert isinstance(unpack(Chart, row), Chart)
    row[place] = value
    with pytest.raises(WireError, match=r"^[a-z-]+: (Chart|Line)\.") as caught:
        unpack(Chart, row)
    assert caught.value.code is fault


def test_an_error_never_quotes_what_was_sent() -> None:
    with pytest.raises(WireError) as caught:
        unpack(Line, ["arm", "secret"])
    assert "secret" not in str(caught.value)


def test_plain_values_come_back_as_tuples() -> None:
    values = (1, "two", None, (3, ("four",)))
    assert unpack_plain(pack_plain(values)) == values


def test_a_class_that_cannot_travel_is_a_programming_error() -> None:
    @dataclass
    class Odd:
        when: complex

    @dataclass
    class Alike:
        which: list[int] | tuple[str, ...]

    with pytest.raises(TypeError, match="cannot travel"):
        unpack(Odd, [1])
    with pytest.raises(TypeError, match="look alike"):
        unpack(Alike, [[1]])
    with pytest.raises(TypeError, match="not a dataclass"):
        pack(3)
