"""The whole authority but its sockets: sessions, seats, a run of the real room to its score, and its log on disk."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from game.content import load_level
from game.log import Fact
from game.wire import Cmd, TeamEvent
from server.authority import directory, limits, names
from server.authority.clock import MonotonicClock
from server.authority.library import Library
from server.authority.service import Authority, running
from server.authority.team import Phase
from server.bus import BusError, CreateSession
from server.store.reader import reading
from tests.authority.fakes import SetClock, TapeLine, library

FAST = 8
LIMIT_S = 12


def short_library() -> Library:
    """S01, ended by its time limit after a few seconds."""
    whole = library()
    text = whole.levels["S01"].text.replace("time_limit_s = 720", f"time_limit_s = {LIMIT_S}")
    return Library({"S01": load_level(text, "S01.toml")}, whole.packs, whole.weights)


@pytest.fixture
async def authority(tmp_path: Path) -> AsyncIterator[Authority]:
    async with running(short_library(), tmp_path, clock=MonotonicClock(FAST)) as authority:
        yield authority


async def until(authority: Authority, phase: Phase) -> None:
    async with asyncio.timeout(10):
        while authority.scheduler.teams[0].phase is not phase:  # noqa: ASYNC110  phases have no event to wait for
            await asyncio.sleep(0.02)


async def test_a_run_is_played_scored_and_kept(authority: Authority, tmp_path: Path) -> None:
    created = await authority.directory.create_session(CreateSession("S01", 7))
    joined = await authority.directory.join(created.code, created.team, 3, "Zwetla")
    team = authority.scheduler.teams[0]
    line = TapeLine()
    team.connect(3, line, joined.token, 0, MonotonicClock().now())
    team.receive(3, Cmd(1, "start"))
    await until(authority, Phase.DEBRIEF)
    await asyncio.sleep(0.1)
    assert team.run is not None
    (event,) = line.events(TeamEvent.RESULT)
    told = json.loads(str(event.args[0]))
    assert told["run"] == team.run.name
    assert told["outcome"]
    assert json.loads(await authority.directory.score_of(team.run.name, joined.token)) == told
    with reading(tmp_path) as reader:
        header, entries = reader.header(team.run.name), reader.entries(team.run.name)
        assert json.loads(reader.result(team.run.name) or "") == told
    assert (header.seed, header.level_text) == (7, team.case.level.text)
    assert [seat.person for seat in header.seats] == [False, False, False, True]
    assert "Zwetla" not in repr(header)
    assert entries[-1].kind is Fact.ENDED or any(entry.kind is Fact.ENDED for entry in entries[-5:])
    assert any(entry.kind is Fact.COMPRESSION for entry in entries)
    assert any(entry.kind is Fact.HASH for entry in entries)


async def test_a_session_is_described_as_it_stands(authority: Authority) -> None:
    created = await authority.directory.create_session(CreateSession("S01"))
    await authority.directory.join(created.code, created.team, 0, "Zwetla")
    session = await authority.directory.describe_session(created.code)
    assert (session.code, session.level, session.phase) == (created.code, "S01", "lobby")
    assert created.team in names.BIRDS
    (team,) = session.teams
    assert [(seat.role, seat.taken, seat.name) for seat in team.seats] == [
        ("compressor", True, "Zwetla"),
        ("airway", False, None),
        ("meds", False, None),
        ("leader", False, None),
    ]


async def test_cases_are_offered_without_their_diagnosis_and_drills_by_what_they_train(tmp_path: Path) -> None:
    whole = library()
    async with running(whole, tmp_path) as authority:
        offered = await authority.directory.playable()
    titles = {level.name: level.title for level in offered.levels}
    shown = {name for name, title in titles.items() if title == whole.levels[name].title}
    assert shown == {level.name for level in offered.levels if level.kind == "drill"} != set()
    assert all(level.forms == (level.name, f"{level.name}B") for level in offered.levels)


async def test_the_seats_of_every_number_of_players_are_offered_and_opened(authority: Authority) -> None:
    offered = await authority.directory.playable()
    for words in offered.seats:
        created = await authority.directory.create_session(CreateSession("S01", players=len(words)))
        (team,) = (await authority.directory.describe_session(created.code)).teams
        assert tuple(seat.role for seat in team.seats) == words
    assert offered.seats[0] == ("compressor", "airway", "meds", "leader")
    assert [len(words) for words in offered.seats] == [4, 3, 2, 1]


async def test_names_are_given_where_nobody_wishes_one(authority: Authority) -> None:
    created = await authority.directory.create_session(CreateSession("S01"))
    given = {(await authority.directory.join(created.code, created.team, seat)).name for seat in range(4)}
    assert len(given) == 4
    assert given <= set(names.MAMMALS)


async def test_two_pages_that_threw_the_same_name_both_get_a_seat(authority: Authority) -> None:
    created = await authority.directory.create_session(CreateSession("S01"))
    given = {(await authority.directory.join(created.code, created.team, seat, "Shrew")).name for seat in range(4)}
    assert "Shrew" in given
    assert len(given) == 4


@pytest.mark.parametrize(
    ("code", "team", "seat", "name", "error", "status"),
    [
        ("AAAAAA", None, 0, None, "unknown-session", 404),
        (None, "Dodo", 0, None, "unknown-team", 404),
        (None, None, 4, None, "bad-seat", 400),
        (None, None, -1, None, "bad-seat", 400),
        (None, None, 0, None, "seat-taken", 409),
        (None, None, 1, "ZWETLA", "name-taken", 409),
        (None, None, 1, "", "bad-name", 400),
        (None, None, 1, "x" * 99, "bad-name", 400),
    ],
)
async def test_a_join_that_cannot_be_says_why(
    authority: Authority, code: str | None, team: str | None, seat: int, name: str | None, error: str, status: int
) -> None:
    created = await authority.directory.create_session(CreateSession("S01"))
    await authority.directory.join(created.code, created.team, 0, "Zwetla")
    with pytest.raises(BusError) as caught:
        await authority.directory.join(code or created.code, team or created.team, seat, name)
    assert (caught.value.code, caught.value.status) == (error, status)


async def test_an_unknown_level_makes_no_session(authority: Authority) -> None:
    for level in ("S99", "../S01", ""):
        with pytest.raises(BusError, match="no such level"):
            await authority.directory.create_session(CreateSession(level))


async def test_there_is_a_most_of_sessions(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "SESSIONS", 1)
    await authority.directory.create_session(CreateSession("S01"))
    with pytest.raises(BusError) as caught:
        await authority.directory.create_session(CreateSession("S01"))
    assert caught.value.code == "too-many-sessions"


async def test_a_score_is_for_those_who_played(authority: Authority) -> None:
    created = await authority.directory.create_session(CreateSession("S01"))
    token = (await authority.directory.join(created.code, created.team, 0)).token
    for run, key, code in (("run", "guess", "bad-token"), ("run", token, "unknown-run")):
        with pytest.raises(BusError) as caught:
            await authority.directory.score_of(run, key)
        assert caught.value.code == code


async def test_metrics_and_health_are_told(authority: Authority) -> None:
    await authority.directory.create_session(CreateSession("S01"))
    text = await authority.directory.metrics()
    assert 'resus_rooms{phase="lobby"} 1.0' in text
    assert "resus_tick_late_seconds_bucket" in text
    health = await authority.directory.health()
    assert (health.rooms, health.clients, health.recording) == (1, 0, True)


async def test_a_session_nobody_uses_is_closed(tmp_path: Path) -> None:
    clock = SetClock()
    async with running(library(), tmp_path, clock=clock) as authority:
        created = await authority.directory.create_session(CreateSession("S01"))
        clock.real_ms = limits.SESSION_IDLE_MS - 1
        authority.directory.sweep()
        assert (await authority.directory.describe_session(created.code)).code == created.code
        clock.real_ms += 2
        authority.directory.sweep()
        with pytest.raises(BusError):
            await authority.directory.describe_session(created.code)
        assert authority.scheduler.teams == []


def test_every_limit_says_its_unit_and_its_policy() -> None:
    assert len(limits.LIMITS) > 10
    assert all(limit.unit and limit.policy for limit in limits.LIMITS.values())
