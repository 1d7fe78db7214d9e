"""A whole game, played by bots, comes out of its log again: every entry, every hash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.bots.crew import crew_of_bots
from game.content import Level, Pack
from game.log import Entry, Fact, Input
from game.room.fold import ReplayError, fold, verify
from game.room.host import Host
from game.room.room import Room
from game.stations import LinkState


def play(level: Level, pack: Pack, seed: int, to_ms: int) -> tuple[Host, list[Entry]]:
    """Four bots play until `to_ms` or the end."""
    host = Host(level, pack, seed, crew_of_bots(level, pack, seed))
    for seat in range(4):
        host.link(seat, LinkState.BOT)
    entries: list[Entry] = []
    while host.now_ms < to_ms and not host.ended:
        entries += host.tick(host.now_ms + 50).entries
    return host, entries


@pytest.fixture(scope="module")
def played(level: Level, pack: Pack) -> tuple[Host, list[Entry]]:
    return play(level, pack, seed=7, to_ms=900_000)


def test_bots_play_a_case_to_its_end(played: tuple[Host, list[Entry]]) -> None:
    host, entries = played
    kinds = {entry.kind for entry in entries}
    assert host.ended
    assert {Fact.COMPRESSION, Fact.BREATH, Fact.SHOCK, Fact.CHECK, Fact.ORDER, Fact.CLOSED, Fact.ENDED} <= kinds


def test_the_fold_of_a_whole_game_equals_the_live_room(
    played: tuple[Host, list[Entry]], level: Level, pack: Pack
) -> None:
    host, entries = played
    folded = verify(level, pack, 7, entries)
    assert folded.room.state_hash() == host.room.state_hash()


def test_a_log_that_was_touched_is_found_out(played: tuple[Host, list[Entry]], level: Level, pack: Pack) -> None:
    _, entries = played
    at = next(n for n, entry in enumerate(entries) if entry.kind is Fact.COMPRESSION)
    deeper = entries[at]._replace(args=(*entries[at].args[:3], 59_000, 0))
    with pytest.raises(ReplayError) as found:
        verify(level, pack, 7, [*entries[:at], deeper, *entries[at + 1 :]])
    assert found.value.line == at + 1


def test_a_keyframe_goes_on_like_the_room_it_was_taken_from(level: Level, pack: Pack) -> None:
    host, entries = play(level, pack, seed=3, to_ms=90_000)
    keyframe = host.keyframe()
    assert len(keyframe) <= 50_000
    other = Room(level, pack, 3)
    other.restore(keyframe)
    assert other.state_hash() == host.room.state_hash()
    for room in (other, host.room):
        for _ in range(200):
            room.tick()
        room.take_log()
    assert other.state_hash() == host.room.state_hash()
    assert entries


def test_two_seeds_are_two_patients(level: Level, pack: Pack) -> None:
    assert Room(level, pack, 1).state_hash() != Room(level, pack, 2).state_hash()


COMMANDS = st.tuples(
    st.integers(0, 3),
    st.sampled_from(["check", "charge", "shock", "call", "stop", "switch_ask", "switch_yes", "feel", "access", "?"]),
    st.lists(st.sampled_from(["vf", "iv_left", 3, -1, "x"]), max_size=2),
)


@settings(max_examples=30)
@given(st.lists(st.tuples(COMMANDS, st.integers(0, 4000)), max_size=12))
def test_arbitrary_commands_never_break_a_room_and_always_replay(
    level: Level, pack: Pack, script: list[tuple[tuple[int, str, list[int | str]], int]]
) -> None:
    host = Host(level, pack, 5)
    entries: list[Entry] = []
    for (seat, op, args), wait_ms in script:
        host.command(seat, 1, op, tuple(args))
        host.edges(seat, 2, 0, True, (host.now_ms, host.now_ms + 180))
        entries += host.tick(host.now_ms + 50 + wait_ms).entries
    folded = fold(level, pack, 5, entries, to_ms=host.now_ms)
    assert folded.entries == entries
    assert folded.room.state_hash() == host.room.state_hash()
    assert all(entry.kind in (*Input, *Fact) for entry in entries)
