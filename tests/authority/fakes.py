"""Stand-ins for the edges of the authority: a clock that is set, a line that remembers, an obedient room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from game.log import NO_SEAT, Entry, Fact, Input, Plain
from game.room.host import Host, Tick
from game.rules.views import SeatView
from game.stations import LinkState
from game.wire import Close, CloseCode, Cmd, Ev, ServerMessage, decode_server
from server.authority.clock import Moment
from server.authority.library import Case, Library, load_library
from server.authority.metrics import Metrics
from server.authority.run import Run
from server.authority.scheduler import Scheduler
from server.authority.team import Phase, Team
from server.resources import levels_dir
from server.store.live import LiveStore

M = TypeVar("M")

TICK_MS: Final = 50
ALL_SEATS: Final = 15


def library() -> Library:
    """The levels that ship with the game."""
    return load_library(levels_dir())


@cache
def first_view(seat: int) -> SeatView:
    """What a seat is shown at the moment of collapse."""
    case = library().case("S01")
    return Host(case.level, case.pack, 1).view(seat)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, rate: int = 1) -> None:
        self.rate = rate
        self.real_ms = 0

    def now(self) -> Moment:
        return Moment(self.real_ms, self.real_ms * self.rate)


class TapeLine:
    """A line whose messages can be looked at."""

    def __init__(self) -> None:
        self.messages: list[ServerMessage] = []
        self.closed: CloseCode | None = None

    def tell(self, data: bytes) -> None:
        self.messages.append(decode_server(data))

    def show(self, data: bytes) -> None:
        self.messages.append(decode_server(data))

    def close(self, code: CloseCode, reason: str = "") -> None:
        self.closed = self.closed or code
        self.messages.append(Close(code, -1))

    def of(self, kind: type[M]) -> list[M]:
        """The messages of one kind so far."""
        return [message for message in self.messages if isinstance(message, kind)]

    def events(self, kind: str) -> list[Ev]:
        """The events of one kind so far."""
        return [event for event in self.of(Ev) if event.kind == kind]


class ObedientRoom:
    """A room that does every command, says so to all seats, and ends at `end_ms`.

    The op `secret` is told to seat 2 alone, `refuse` is refused with code 9, `crash` raises.
    """

    def __init__(self, end_ms: int = 10_000) -> None:
        self.end_ms = end_ms
        self.now_ms = 0
        self.done: list[tuple[int, str]] = []
        self.links: list[tuple[int, LinkState]] = []
        self._queue: list[tuple[int, int, str]] = []

    @property
    def ended(self) -> bool:
        return self.now_ms >= self.end_ms

    def command(self, seat: int, ref: int, op: str, args: tuple[Plain, ...]) -> None:
        self._queue.append((seat, ref, op))

    def edges(self, seat: int, ref: int, key: int, first_is_down: bool, stamps_ms: tuple[int, ...]) -> None:
        self._queue.append((seat, ref, f"edges-{key}-{len(stamps_ms)}"))

    def link(self, seat: int, state: LinkState) -> None:
        self.links.append((seat, state))

    def tick(self, to_ms: int) -> Tick:
        tick = Tick()
        self.now_ms = to_ms
        for seat, ref, op in self._queue:
            if op == "crash":
                raise ZeroDivisionError
            self.done.append((seat, op))
            entry = Entry(to_ms, Fact.CALLOUT, seat, (op, 0))
            tick.entries.extend([Entry(to_ms, Input.COMMAND, seat, (op,)), entry])
            tick.events.append((4 if op == "secret" else ALL_SEATS, entry))
            tick.answers.append((seat, ref, 9 if op == "refuse" else 0))
        self._queue = []
        if self.ended:
            tick.entries.append(Entry(to_ms, Fact.ENDED, NO_SEAT, ("time", "no_pulse")))
        return tick

    def view(self, seat: int) -> SeatView:
        return first_view(seat)

    def keyframe(self) -> bytes:
        return b"frame"


@dataclass
class Keeper:
    """The owner of the teams in a test: notes what it is told, scores nothing by itself."""

    ended: list[Run] = field(default_factory=list)
    freed: list[int] = field(default_factory=list)

    def run_ended(self, team: Team, run: Run) -> None:
        self.ended.append(run)

    def seat_freed(self, team: Team, number: int) -> None:
        self.freed.append(number)


class Table:
    """One team on a set clock, ticked by the real scheduler over a real store."""

    def __init__(self, store: LiveStore, case: Case, end_ms: int = 10_000) -> None:
        self.clock = SetClock()
        self.metrics = Metrics()
        self.scheduler = Scheduler(self.clock, store, self.metrics)
        self.keeper = Keeper()
        self.rooms: list[ObedientRoom] = []
        self.store = store
        self.case = case
        self._end_ms = end_ms
        self._seqs = [0, 0, 0, 0]
        self.team = self.new_team()

    def new_team(self) -> Team:
        team = Team("K7M4QX", "Kestrel", self.case, self.store, self._make_room, self.keeper)
        self.scheduler.add(team)
        return team

    def _make_room(self, case: Case, seed: int) -> ObedientRoom:
        self.rooms.append(ObedientRoom(self._end_ms))
        return self.rooms[-1]

    @property
    def room(self) -> ObedientRoom:
        return self.rooms[-1]

    @property
    def phase(self) -> Phase:
        return self.team.phase

    def sit(self, seat: int, name: str = "") -> TapeLine:
        """A person takes a seat and connects."""
        self.team.sit(seat, name or f"Otter {seat}", self.clock.now())
        return self.connect(seat)

    def connect(self, seat: int, last_seq: int = 0) -> TapeLine:
        line = TapeLine()
        self.team.connect(seat, line, "token", last_seq, self.clock.now())
        return line

    def send(self, seat: int, op: str, *args: Plain) -> int:
        """A command with the seat's next number."""
        self._seqs[seat] += 1
        assert self.team.receive(seat, Cmd(self._seqs[seat], op, args))
        return self._seqs[seat]

    def run(self, ms: int, beating: tuple[int, ...] = (0, 1, 2, 3)) -> None:
        """Lets time pass, tick by tick, with signs of life from these seats."""
        for _ in range(ms // TICK_MS):
            self.clock.real_ms += TICK_MS
            for seat in beating:
                self.team.hear(seat, self.clock.now())
            self.scheduler.tick_all()

    def play(self) -> None:
        """From the lobby until just after the collapse."""
        self.send(next(seat.number for seat in self.team.seats if seat.taken), "start")
        self.run(3_100)


@contextmanager
def table(folder: Path, end_ms: int = 10_000) -> Iterator[Table]:
    with LiveStore(folder) as store:
        yield Table(store, library().case("S01"), end_ms)
