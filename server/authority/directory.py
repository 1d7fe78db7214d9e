"""The directory: which sessions there are, who may sit where, and what the front is told about them."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import structlog

from game.bots.crew import SKILLS
from game.content import ContentError, Level
from game.rules.setup import Setup, Sight
from game.stations import SEAT_SETS, role_word
from game.wire import CloseCode
from server.authority import names
from server.authority.clock import Clock
from server.authority.library import Case, Library
from server.authority.limits import JOIN_TOKEN_MS, NAME_CHARS, SESSION_IDLE_MS, SESSIONS
from server.authority.metrics import Metrics
from server.authority.run import MakeRoom, Run
from server.authority.scheduler import Scheduler
from server.authority.seat import Seat
from server.authority.team import Phase, Team
from server.authority.tokens import TokenBook, digest_of, new_token
from server.bus import (
    BusError,
    Created,
    CreateSession,
    Health,
    Joined,
    LevelInfo,
    PackInfo,
    Playable,
    SeatInfo,
    SessionInfo,
    TeamInfo,
)
from server.store.live import LiveStore

_log: Final = structlog.get_logger("resus.authority")

Place = tuple[Team, int]
"""A seat of a team, by its number."""

Score = Callable[[Run], Awaitable[str]]
"""The JSON text of a run's score, "" if there is none."""

_PHASES: Final = tuple(Phase)


@dataclass(slots=True)
class Session:
    """What a code stands for. `used_ms` is when somebody was last connected (real ms)."""

    code: str
    case: Case
    host_digest: bytes
    teams: dict[str, Team]
    used_ms: int


class Directory:
    """All sessions of an authority process. Answers the front (server.bus.Authority) and owns the teams."""

    def __init__(
        self,
        library: Library,
        store: LiveStore,
        scheduler: Scheduler,
        metrics: Metrics,
        clock: Clock,
        make_room: MakeRoom,
        score: Score,
    ) -> None:
        self.tokens: Final[TokenBook[Place]] = TokenBook()
        self._library = library
        self._playable = playable(library)
        self._store = store
        self._scheduler = scheduler
        self._metrics = metrics
        self._clock = clock
        self._make_room = make_room
        self._score = score
        self._sessions: dict[str, Session] = {}
        self._scoring: set[asyncio.Task[None]] = set()

    async def playable(self) -> Playable:
        return self._playable

    async def create_session(self, wish: CreateSession) -> Created:
        case = self._case(wish)
        if len(self._sessions) >= SESSIONS:
            raise BusError(HTTPStatus.SERVICE_UNAVAILABLE, "too-many-sessions", "This server is full. Try again later.")
        code = names.new_code(self._sessions)
        host_key = new_token()
        bird = secrets.choice(names.BIRDS)
        team = Team(code, bird, case, self._store, self._make_room, self, self._clock.rate, wish.seed)
        self._sessions[code] = Session(code, case, digest_of(host_key), {bird: team}, self._clock.now().real_ms)
        self._scheduler.add(team)
        self._store.add_session(code, wish.level, time.time_ns() // 1_000_000, [bird])
        return Created(code, host_key, bird)

    async def describe_session(self, code: str) -> SessionInfo:
        session = self._session(code)
        teams = tuple(_team_info(team) for team in session.teams.values())
        level = session.case.level
        furthest = max((team.phase for team in session.teams.values()), key=_PHASES.index)
        return SessionInfo(
            code=session.code,
            level=level.name,
            title=known_before(level),
            brief=level.brief,
            pack=session.case.pack.label,
            pack_name=session.case.pack.name,
            phase=furthest,
            teams=teams,
        )

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        where = self._session(code).teams.get(team)
        if where is None:
            raise BusError(HTTPStatus.NOT_FOUND, "unknown-team", "There is no such team in this session.")
        if not 0 <= seat < len(where.seats):
            raise BusError(HTTPStatus.BAD_REQUEST, "bad-seat", "There is no such seat.")
        if where.seats[seat].taken:
            raise BusError(HTTPStatus.CONFLICT, "seat-taken", "Somebody else has taken this seat.")
        player = _player_name(where, name)
        now = self._clock.now()
        where.sit(seat, player, now)
        token = self.tokens.issue((where, seat), now.real_ms + JOIN_TOKEN_MS)
        return Joined(token, seat, where.seats[seat].role, player, team, where.case.level.name)

    async def score_of(self, run: str, token: str) -> str:
        place = self.tokens.holder_of(token, self._clock.now().real_ms)
        if place is None:
            raise BusError(HTTPStatus.UNAUTHORIZED, "bad-token", "This seat is not yours (any more).")
        played = place[0].run
        if played is None or played.name != run:
            raise BusError(HTTPStatus.NOT_FOUND, "unknown-run", "Your team has no such run.")
        if not played.result:
            raise BusError(HTTPStatus.CONFLICT, "not-scored", "This run has no score yet.")
        return played.result

    async def metrics(self) -> str:
        phases = Counter(team.phase for team in self._scheduler.teams)
        for phase in Phase:
            self._metrics.rooms.labels(phase).set(phases[phase])
        self._metrics.inbox.set(sum(team.waiting for team in self._scheduler.teams))
        return self._metrics.text()

    async def health(self) -> Health:
        teams = self._scheduler.teams
        return Health(len(teams), sum(team.connected for team in teams), self._store.recording)

    def run_ended(self, team: Team, run: Run) -> None:
        """Scores the run in the background; the team is told with a later tick."""
        task = asyncio.create_task(self._score_run(team, run), name="score")
        self._scoring.add(task)
        task.add_done_callback(self._scoring.discard)

    def seat_freed(self, team: Team, number: int) -> None:
        """Nothing opens this seat any more."""
        self.tokens.revoke((team, number))

    def sweep(self) -> None:
        """Closes sessions that nobody has used for long, and those whose rooms have failed. Call it now and then."""
        now_ms = self._clock.now().real_ms
        ticked = set(self._scheduler.teams)
        for session in list(self._sessions.values()):
            if any(team.connected for team in session.teams.values()):
                session.used_ms = now_ms
            elif now_ms - session.used_ms > SESSION_IDLE_MS or not ticked & set(session.teams.values()):
                self._close(session)

    def _case(self, wish: CreateSession) -> Case:
        if wish.level not in self._library.levels:
            raise BusError(HTTPStatus.NOT_FOUND, "unknown-level", "There is no such level here.")
        if wish.pack and wish.pack not in self._library.packs:
            raise BusError(HTTPStatus.NOT_FOUND, "unknown-pack", "There is no such guideline pack here.")
        known = self._playable
        if wish.sight not in known.sights or wish.bots not in known.bots or wish.players not in SEAT_SETS:
            raise BusError(HTTPStatus.BAD_REQUEST, "bad-setup", "A session cannot be set up like this.")
        setup = Setup(Sight(wish.sight), wish.players)
        try:
            return self._library.case(wish.level, wish.pack, setup, wish.bots)
        except ContentError as error:
            _log.warning("level and pack do not fit", level=wish.level, pack=wish.pack, error=str(error))
            sentence = "This level cannot be played by this guideline pack."
            raise BusError(HTTPStatus.BAD_REQUEST, "pack-does-not-fit", sentence) from None

    def _close(self, session: Session) -> None:
        del self._sessions[session.code]
        for team in session.teams.values():
            self._scheduler.remove(team)
            team.abandon(CloseCode.SESSION_OVER)
            for seat in team.seats:
                self.tokens.revoke((team, seat.number))

    async def _score_run(self, team: Team, run: Run) -> None:
        team.scored(run, await self._score(run))

    def _session(self, code: str) -> Session:
        session = self._sessions.get(code)
        if session is None:
            raise BusError(HTTPStatus.NOT_FOUND, "unknown-session", "There is no session with this code.")
        return session


def _player_name(team: Team, wish: str | None) -> str:
    """The name a player will have in a team; raises BusError if the wish cannot be had.

    A made-up name that two pages threw at the same moment costs nobody the seat: the second gets another one.
    """
    taken = {seat.name for seat in team.seats if seat.name is not None}
    if wish is None:
        return names.new_name(names.MAMMALS, taken)
    name = names.clean_name(wish)
    if name is None:
        raise BusError(HTTPStatus.BAD_REQUEST, "bad-name", f"A name has 1 to {NAME_CHARS:d} characters.")
    if name.lower() in {other.lower() for other in taken}:
        if name in names.MAMMALS:
            return names.new_name(names.MAMMALS, taken)
        raise BusError(HTTPStatus.CONFLICT, "name-taken", "Somebody in this team has this name.")
    return name


def _team_info(team: Team) -> TeamInfo:
    return TeamInfo(team.name, team.phase, tuple(_seat_info(seat) for seat in team.seats))


def _seat_info(seat: Seat) -> SeatInfo:
    return SeatInfo(seat.number, seat.role, seat.taken, seat.name, int(seat.link))


def known_before(level: Level) -> str:
    """What players may know of a level before they play it; the title of a case may name the diagnosis."""
    return level.title if level.kind == "drill" else f"{level.setting}: {level.who}"


def playable(library: Library) -> Playable:
    """What a library lets people open."""
    forms: dict[str, list[Level]] = {}
    for level in library.levels.values():
        forms.setdefault(level.case, []).append(level)
    return Playable(
        tuple(
            LevelInfo(name, same[0].kind, known_before(same[0]), tuple(level.name for level in same))
            for name, same in forms.items()
        ),
        tuple(PackInfo(pack.name, pack.label) for pack in library.packs.values()),
        tuple(sight.value for sight in Sight),
        SKILLS,
        tuple(tuple(map(role_word, SEAT_SETS[players])) for players in sorted(SEAT_SETS, reverse=True)),
    )
