"""What a seat may not know is in no byte that is sent to it: neither in its view nor in what it is told."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content import Level, Pack, case_of
from game.log import Entry, Fact, Input
from game.room.room import Room
from game.rules.setup import Setup, Sight
from game.sim import Rhythm
from game.sim.params.findings import senses
from game.stations import STATION_WORDS, Station
from game.wire import Ev, encode, pack_bytes
from tests.room.conftest import LEVELS
from tests.room.hands import any_act, any_event

TRUTHS: Final = frozenset({Rhythm.PEA, Rhythm.PVT})
"""Rhythms by what they do to the pulse: no monitor says so."""

TRACES: Final = frozenset(Rhythm) - TRUTHS - {Rhythm.VF, Rhythm.VT, Rhythm.TORSADES}
"""Rhythms by their look, as no person calls them."""

SILENT: Final = (
    Fact.SAFETY,
    Fact.VITALS,
    Fact.PROGNOSIS,
    Fact.INJECTED,
    Fact.PULSE,
    Fact.RHYTHM,
    Fact.SHOCK,
    Fact.AIRWAY,
)
SLIPS: Final = {
    Station.CART: ("potassium_tenth_mmol_l", "lactate_tenth_mmol_l", "haemoglobin_g_l"),
    Station.CHEST: ("systolic_mmhg",),
}
"""Names of values on slips, by the one station that reads them."""

SIGNS: Final = {
    name: Station(sum(int(STATION_WORDS[word]) for word in set(sense.stations)))
    for name, sense in senses().items()
    if name != "pulse"
}
"""Names of signs, with the stations that sense them; the pulse is said by an act of its own."""

NAMES: Final = ("S01", "S03", "S09B")
PATH: Final = LEVELS.parent / "tests" / "rules" / "a_case.toml"


def cases() -> Iterator[tuple[str, Level, Pack]]:
    pack = (LEVELS / "packs" / "aha2025.toml").read_text()
    yield ("T01", *case_of(PATH.read_text(), pack, "T01"))
    for name in NAMES:
        path = LEVELS / f"{name[:3]}.toml"
        if path.exists():
            yield (name, *case_of(path.read_text(), pack, name))


CASES: Final = {name: (level, pack) for name, level, pack in cases()}


def token(word: str) -> bytes:
    """A word as it stands on the wire."""
    packed: bytes = msgpack.packb(word)
    return packed


def hidden_from(room: Room, seat: int, said: set[str]) -> dict[str, bytes]:
    """Every word that must not reach `seat` now, with its bytes."""
    stations = Station(room.game.state.seats[seat].stations)
    level, shown = room.game.level, room.game.state.shown
    words = {str(word) for word in TRUTHS}
    if not stations & (Station.DEFIBRILLATOR | Station.LEAD):
        slips = room.game.state.slips if stations & Station.CART else []
        paper = {str(slip.sheet.rhythm) for slip in slips if slip.sheet and slip.values}
        words |= {str(word) for word in TRACES} - paper
    words |= {
        finding.value
        for finding in level.findings
        if not finding.station & stations or (finding.found_by and finding.key not in shown)
    }
    words |= {question.answer for question in level.questions.values()}
    words |= {expert.answer for expert in level.experts.values()}
    for station, names in SLIPS.items():
        words |= set(names) if not station & stations else set()
    words |= {name for name, station in SIGNS.items() if not station & stations}
    cause = {level.cause: token(level.cause)} if level.cause else {}
    return {word: token(word) for word in words - said} | cause


def words_of(entries: list[Entry]) -> set[str]:
    """What was said aloud in these."""
    kinds = (Fact.REPORT, Fact.CHECK, Fact.CALLOUT)
    return {str(arg) for entry in entries if entry.kind in kinds for arg in entry.args}


@pytest.mark.parametrize("sight", [Sight.REAL, Sight.BLIND])
@pytest.mark.parametrize("name", tuple(CASES))
@settings(max_examples=6, deadline=None)
@given(luck=st.randoms(use_true_random=False), players=st.sampled_from([4, 4, 3, 2]))
def test_no_byte_tells_a_seat_what_it_may_not_know(name: str, sight: Sight, luck: Random, players: int) -> None:
    level, pack = CASES[name]
    room = Room(level, pack, luck.randrange(1000), Setup(sight, players))
    said: set[str] = set()
    shown_earlier: dict[int, set[str]] = {seat: set() for seat in range(players)}
    for op, station in (("gas", Station.CART), ("nibp", Station.CHEST)):
        room.tick([Entry(0, Input.COMMAND, room.game.seat_of(station), (op,))])
    for _ in range(120):
        seat = luck.randrange(players)
        act = any_event(luck, room) if luck.random() < 0.05 else any_act(luck, room, seat, room.view(seat))
        room.tick([act])
        for _ in range(luck.choice((0, 0, 2, 20, 160))):
            room.tick()
        entries = room.take_log()
        said |= words_of(entries)
        for seat in range(players):
            sent = pack_bytes(room.view(seat)) + b"".join(
                encode(Ev(1, 1, entry.ms, entry.kind.value, entry.seat, entry.args))
                for entry in entries
                if room.audience(entry) & 1 << seat
            )
            own = {str(entry.args[1]) for entry in entries if entry.kind is Fact.SHOWN and entry.seat == seat}
            shown_earlier[seat] |= own
            for word, packed in hidden_from(room, seat, said | shown_earlier[seat]).items():
                assert packed not in sent, f"seat {seat} of {name} ({sight}) is sent {word!r}"
        assert not any(room.audience(entry) for entry in entries if entry.kind in SILENT)


@pytest.mark.parametrize("kind", list(Fact))
def test_every_fact_has_an_audience(kind: Fact) -> None:
    level, pack = CASES["T01"]
    entry = Entry(0, kind, 0, (1, int(Station.CHEST)))
    assert 0 <= Room(level, pack, 1).audience(entry) < 16
