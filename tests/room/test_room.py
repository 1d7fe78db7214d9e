"""Whatever hands send, a room plays on: it can be shown, kept, scored and replayed."""

from __future__ import annotations

import json
from itertools import accumulate, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.bots.crew import crew_of_bots
from game.content import Level, Pack, load_level, load_pack
from game.log import Entry, Fact, Plain
from game.room.fold import fold
from game.room.host import Host
from game.rules.commands import ORDER_ARGS, PUSH_KEY, SITES, SQUEEZE_KEY, TABLE, Choice, choices
from game.rules.refusals import Refusal
from game.scoring import score
from game.scoring.weights import load_weights
from game.stations import LinkState, Role, Station
from game.wire import Cmd, Ev, Snap, encode, pack_bytes
from tests.room.conftest import LEVELS

LEVEL = load_level((LEVELS / "S01.toml").read_text(), "S01.toml")
PACK = load_pack((LEVELS / "packs" / "aha2025.toml").read_text(), "aha2025.toml")
SEATS = range(len(Role))
OPS = [row.op for row in TABLE]
LARGEST = 2**53 - 1

anything: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.integers(-LARGEST, LARGEST) | st.sampled_from([*OPS, *SITES, *PACK.drugs, "", "x" * 64]),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)


def argument(kind: Choice) -> st.SearchStrategy[Plain]:
    """What an argument may be, or now and then anything."""
    values = choices(kind, LEVEL, PACK, of="epinephrine") or (*OPS, 1, 2, 3)
    return st.one_of(*[st.sampled_from(values)] * 3, anything)


def command(op: str, *kinds: Choice) -> st.SearchStrategy[tuple[Plain, ...]]:
    return st.tuples(st.just(op), *map(argument, kinds))


ordered = [
    st.tuples(st.just("order"), argument(Choice.STATION), command(op, *kinds)).map(lambda said: (*said[:2], *said[2]))
    for op, kinds in ORDER_ARGS.items()
]
nonsense = st.tuples(st.sampled_from(OPS), st.lists(anything, max_size=5)).map(lambda said: (said[0], *said[1]))
commands = st.one_of([command(row.op, *row.args) for row in TABLE] + ordered + [nonsense])
edges = st.builds(
    lambda key, down, first_ms, gaps_ms: (key, down, *accumulate(gaps_ms, initial=first_ms)),
    st.sampled_from([PUSH_KEY, SQUEEZE_KEY, 15]),
    st.integers(0, 1),
    st.integers(-3000, 1500) | st.sampled_from([-86_400_000, 86_400_000]),
    st.lists(st.integers(0, 900), max_size=12),
)
acts = st.tuples(st.sampled_from(SEATS), commands | edges, st.sampled_from([0, 50, 1500, 6000]))


def send(host: Host, seat: int, act: tuple[Plain, ...]) -> None:
    """A command, or edges with stamps that count from now."""
    if isinstance(act[0], str):
        host.command(seat, 1, act[0], act[1:])
        encode(Cmd(1, act[0], act[1:]))
    else:
        key, down, *stamps_ms = (number for number in act if isinstance(number, int))
        host.edges(seat, 1, key, bool(down), tuple(host.now_ms + ms for ms in stamps_ms))


def show(host: Host, events: list[tuple[int, Entry]]) -> None:
    """Everything that a tick would send, within what a message may hold."""
    for _, entry in events:
        encode(Ev(1, 1, entry.ms, entry.kind.value, entry.seat, entry.args))
    for seat in SEATS:
        encode(Snap(1, 1, host.now_ms, pack_bytes(host.view(seat))))


def room_with(people: set[int]) -> Host:
    """A room in which bots hold all other seats."""
    host = Host(LEVEL, PACK, 5, crew_of_bots(LEVEL, PACK, 5))
    for seat in set(SEATS) - people:
        host.link(seat, LinkState.BOT)
    return host


def number(entry: Entry, place: int) -> int:
    value = entry.args[place]
    assert isinstance(value, int)
    return value


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(SEATS), min_size=1), st.lists(acts, max_size=30))
def test_whatever_is_sent_the_room_is_shown_kept_scored_and_replayed(
    people: set[int], script: list[tuple[int, tuple[Plain, ...], int]]
) -> None:
    host = room_with(people)
    entries: list[Entry] = []
    for seat, act, wait_ms in script:
        send(host, seat, act)
        tick = host.tick(host.now_ms + 50 + wait_ms)
        entries += tick.entries
        show(host, tick.events)
    folded = fold(LEVEL, PACK, 5, entries, to_ms=host.now_ms)
    assert folded.entries == entries
    assert folded.room.state_hash() == host.room.state_hash()
    assert len(host.keyframe()) <= 50_000
    weights = load_weights((LEVELS / "score.toml").read_text(), "score.toml")
    assert json.dumps(score(entries, PACK, LEVEL, weights).to_json_dict(), allow_nan=False)


@pytest.mark.parametrize("op", OPS)
def test_an_act_is_ordered_with_what_belongs_to_it_and_nothing_else(op: str) -> None:
    host = room_with({Role.LEADER})
    for number in range(40):
        for station in Station:
            host.command(Role.LEADER, 1, "order", (int(station), op, "epinephrine", None, (number,)))
            host.command(Role.LEADER, 1, "order", (int(station), op, str(number)))
    tick = host.tick(50)
    assert {refusal for _, _, refusal in tick.answers} == {Refusal.BAD_ARGUMENTS}
    assert not host.view(Role.LEADER).orders


def test_no_stamps_make_hands_faster_than_hands(level: Level, pack: Pack) -> None:
    host = Host(level, pack, 5)
    luck = Random(5)
    entries: list[Entry] = []
    for _ in range(2000):
        key = luck.choice((PUSH_KEY, SQUEEZE_KEY))
        stamps_ms = tuple(sorted(host.now_ms - luck.randrange(2500) for _ in range(luck.randrange(1, 12))))
        host.edges(key, 1, key, luck.random() < 0.5, stamps_ms)
        entries += host.tick(host.now_ms + 50).entries
    for kind, least_ms in ((Fact.COMPRESSION, 250), (Fact.BREATH, 100)):
        starts = [entry.ms for entry in entries if entry.kind is kind]
        assert len(starts) > 20
        assert all(later - sooner >= least_ms for sooner, later in pairwise(starts))
    assert all(number(entry, 1) >= 100 for entry in entries if entry.kind is Fact.BREATH)
