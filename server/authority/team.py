"""A team: its seats, and the life of its runs from lobby to debrief. Knows no socket and no clock.

A tick has two halves: `advance` takes in what was sent, moves the run on and gathers what must be kept; after the
commit, `tell` sends events, answers and snapshots. So whatever a player has been told is on disk.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from enum import StrEnum
from typing import Final, Protocol

from game.log import NO_SEAT, Entry, Fact
from game.rules.refusals import Refusal
from game.stations import SEAT_SETS, LinkState, role_word
from game.wire import (
    SAME_PATIENT,
    CloseCode,
    Cmd,
    Edges,
    Full,
    Plain,
    RecentEvent,
    Resync,
    RosterSeat,
    Snap,
    TeamEvent,
    Welcome,
    encode,
    pack_bytes,
)
from server.authority.clock import Moment
from server.authority.library import Case
from server.authority.limits import INBOX, SEAT_HOLD_MS
from server.authority.line import Line
from server.authority.run import MakeRoom, Place, Run
from server.authority.seat import Seat
from server.store.live import LiveStore

COUNTDOWN_MS: Final = 3_000
SEEDS: Final = 2**32
SNAPSHOT_EVERY_TICKS: Final = 2


class Phase(StrEnum):
    """The life of a run."""

    LOBBY = "lobby"
    COUNTDOWN = "countdown"
    PLAYING = "playing"
    ENDED = "ended"
    DEBRIEF = "debrief"


class Owner(Protocol):
    """Who keeps a team; told within a tick."""

    def run_ended(self, team: Team, run: Run) -> None:
        """A run wants its score: `team.scored` will be called with it."""
        ...

    def seat_freed(self, team: Team, number: int) -> None:
        """A seat was given up: no token opens it any more."""
        ...


class Team:
    """One team of a session."""

    def __init__(
        self,
        session: str,
        name: str,
        case: Case,
        store: LiveStore,
        make_room: MakeRoom,
        owner: Owner,
        clock_rate: int = 1,
        first_seed: int | None = None,
    ) -> None:
        """`first_seed` makes the first run a given one; every other run draws its own."""
        self.session = session
        self.name = name
        self.case = case
        self.seats: Final = tuple(
            Seat(number, role_word(stations)) for number, stations in enumerate(SEAT_SETS[case.setup.players])
        )
        self._everyone: Final = (1 << len(self.seats)) - 1
        self.phase = Phase.LOBBY
        self.epoch = 1
        self.run: Run | None = None
        self._store = store
        self._make_room = make_room
        self._owner = owner
        self._clock_rate = clock_rate
        self._next_seed = first_seed
        self._known_patient = False
        self._now = Moment(0, 0)
        self._ticks = 0
        self._inbox: list[tuple[int, Cmd | Edges]] = []
        self._events: list[tuple[int, RecentEvent]] = []
        self._answers: list[tuple[int, int, int]] = []
        self._leaving: list[Line] = []
        self._score: tuple[Run, str] | None = None
        self._roster_changed = False
        self._resync_due = False
        self._recording = True
        leave: dict[str, Callable[[Seat], None]] = {"leave": self._leave}
        # What people may ask of the team, by phase; in play every other word ("start" among them) is the room's.
        self._ops: Final[dict[Phase, dict[str, Callable[[Seat], None]]]] = {
            Phase.LOBBY: {"ready": self._ready, "start": self._start, **leave},
            Phase.COUNTDOWN: leave,
            Phase.PLAYING: leave,
            Phase.ENDED: leave,
            Phase.DEBRIEF: {"again": self._again, **leave},
        }

    @property
    def connected(self) -> int:
        """How many people are connected."""
        return sum(seat.line is not None for seat in self.seats)

    @property
    def waiting(self) -> int:
        """How many messages wait for the next tick."""
        return len(self._inbox)

    def sit(self, number: int, name: str, now: Moment) -> None:
        """A person takes a free seat."""
        self.seats[number].sit(name, now.real_ms)
        self._roster_changed = True

    def connect(self, number: int, line: Line, token: str, last_seq: int, now: Moment) -> bool:
        """A seat's person is connected: welcomed, then told what they missed. True if that took a resync."""
        seat = self.seats[number]
        if seat.line is not None:
            seat.line.close(CloseCode.REPLACED)
        seat.line = line
        seat.heard_ms = now.real_ms
        fresh = last_seq == 0
        if fresh:
            seat.forget_commands()
        missed = None if fresh else seat.stream.since(last_seq)
        line.tell(encode(self._welcome(seat, token, now)))
        for data in missed or ():
            line.tell(data)
        if missed is None:
            self._resync(seat)
        return missed is None

    def disconnect(self, number: int, line: Line) -> None:
        """A connection is gone; it may long have been replaced."""
        seat = self.seats[number]
        if seat.line is line:
            seat.line = None
            seat.hold_until_ms = self._now.real_ms + SEAT_HOLD_MS

    def hear(self, number: int, now: Moment) -> None:
        """A seat's person gave a sign of life."""
        self.seats[number].heard_ms = now.real_ms

    def receive(self, number: int, message: Cmd | Edges) -> bool:
        """Queues a command for the next tick. False if too many are waiting already."""
        if len(self._inbox) >= INBOX:
            return False
        if self.seats[number].is_new(message.seq):
            self._inbox.append((number, message))
        return True

    def leave(self, number: int) -> None:
        """A seat's person leaves for good."""
        seat = self.seats[number]
        if seat.taken:
            if seat.line is not None:
                self._leaving.append(seat.line)
            seat.free()
            # What its person had still sent is not the next one's doing.
            self._inbox = [(sender, message) for sender, message in self._inbox if sender != number]
            self._roster_changed = True
            self._owner.seat_freed(self, number)

    def scored(self, run: Run, result: str) -> None:
        """The score of a run is there ("" if it could not be told): with the next tick the debrief begins."""
        self._score = (run, result)

    def advance(self, now: Moment) -> None:
        """Everything that happens in this tick; nobody is told yet."""
        self._now = now
        self._ticks += 1
        inbox, self._inbox = self._inbox, []
        for number, message in inbox:
            if self.seats[number].taken:
                self._take(self.seats[number], message)
        self._note_links()
        if self.phase is Phase.COUNTDOWN and self._room_ms() >= 0:
            self._collapse()
        if self.phase is Phase.PLAYING:
            self._play()
        self._note_score()
        self._note_recording()
        if self._roster_changed:
            self._announce(TeamEvent.ROSTER, self._roster_rows())
            self._roster_changed = False

    def tell(self) -> None:
        """All that this tick brought is on disk: events first, then answers, then what each seat sees."""
        events, self._events = self._events, []
        for mask, event in events:
            for seat in self.seats:
                if mask >> seat.number & 1 and seat.taken:
                    data = seat.stream.add(self.epoch, event)
                    if seat.line is not None:
                        seat.line.tell(data)
        answers, self._answers = self._answers, []
        for number, seq, refusal in answers:
            self.seats[number].answer(seq, refusal)
        leaving, self._leaving = self._leaving, []
        for line in leaving:
            line.close(CloseCode.LEFT)
        if self._resync_due:
            self._resync_due = False
            for seat in self.seats:
                self._resync(seat)
        if self.phase is Phase.PLAYING:
            self._show()

    def close(self, code: CloseCode) -> None:
        """The end of this team: everybody is told and disconnected."""
        for seat in self.seats:
            if seat.line is not None:
                seat.line.close(code)
                seat.line = None

    def abandon(self, code: CloseCode) -> None:
        """Nobody plays on: the run, if one is under way, is marked so, and everybody disconnected."""
        if self.run is not None and self.phase in (Phase.COUNTDOWN, Phase.PLAYING):
            self.run.log.end("abandoned")
        self.close(code)

    def apologise(self) -> None:
        """A defect of ours ended this room."""
        self._events = [(self._everyone, RecentEvent(self._room_ms(), TeamEvent.APOLOGY, NO_SEAT, ()))]
        self._answers = []
        self.phase = Phase.ENDED
        if self.run is not None:
            self.run.log.end("failed")
        self.tell()
        self.close(CloseCode.ROOM_FAILED)

    def _take(self, seat: Seat, message: Cmd | Edges) -> None:
        room = self.run.room if self.run is not None and self.phase is Phase.PLAYING else None
        op = self._ops[self.phase].get(message.op) if isinstance(message, Cmd) else None
        if isinstance(message, Cmd) and op is not None:
            self._answers.append((seat.number, message.seq, self._do(op, seat, message.args)))
        elif room is None:
            self._answers.append((seat.number, message.seq, Refusal.NOT_NOW))
        elif isinstance(message, Cmd):
            room.command(seat.number, message.seq, message.op, message.args)
        else:
            room.edges(seat.number, message.seq, message.key, message.first_is_down, message.stamps_ms)

    def _do(self, op: Callable[[Seat], None], seat: Seat, args: tuple[Plain, ...]) -> Refusal:
        if args == (SAME_PATIENT,) and op == self._again and self.run is not None:
            self._next_seed, self._known_patient = self.run.seed, True
        elif args:
            return Refusal.BAD_ARGUMENTS
        op(seat)
        return Refusal.DONE

    def _ready(self, seat: Seat) -> None:
        seat.ready = True
        self._announce(TeamEvent.READY, tuple(seat.number for seat in self.seats if seat.ready))
        if all(seat.ready for seat in self.seats):
            self._count_down()

    def _start(self, _: Seat) -> None:
        self._count_down()

    def _again(self, _: Seat) -> None:
        self.epoch += 1
        self.run = None
        for seat in self.seats:
            seat.ready = False
            seat.stream.restart()
        self._enter(Phase.LOBBY)
        self._roster_changed = True
        self._resync_due = True
        if sum(seat.taken for seat in self.seats) == 1:
            # Whoever plays alone waits for nobody.
            self._count_down()

    def _leave(self, seat: Seat) -> None:
        self.leave(seat.number)

    def _count_down(self) -> None:
        people = tuple(seat.number for seat in self.seats if seat.taken)
        place = Place(self.session, self.name, self.epoch, people)
        zero_ms = self._now.game_ms + COUNTDOWN_MS
        seed = secrets.randbelow(SEEDS) if self._next_seed is None else self._next_seed
        self._next_seed = None
        self.run = Run.begin(place, self.case, seed, zero_ms, self._store, self._make_room)
        self.run.known_patient, self._known_patient = self._known_patient, False
        self._announce(TeamEvent.RUN, (self.run.name,))
        self._enter(Phase.COUNTDOWN, COUNTDOWN_MS)

    def _collapse(self) -> None:
        assert self.run is not None
        for seat in self.seats:
            if seat.link is not LinkState.HERE:
                self.run.room.link(seat.number, seat.link)
        self._enter(Phase.PLAYING)

    def _play(self) -> None:
        assert self.run is not None
        tick = self.run.tick(self._now.game_ms)
        self._answers.extend(tick.answers)
        for mask, entry in tick.events:
            self._note(mask, entry)
        if self.run.room.ended:
            self._enter(Phase.ENDED)
            self._owner.run_ended(self, self.run)

    def _note(self, mask: int, entry: Entry) -> None:
        self._events.append((mask, RecentEvent(entry.ms, entry.kind.value, entry.seat, entry.args)))
        if entry.kind is Fact.SWITCH:
            self._roster_changed = True

    def _note_links(self) -> None:
        playing = self.phase is Phase.PLAYING
        for seat in self.seats:
            link = seat.link_now(self._now.real_ms, playing)
            if link is not seat.link:
                seat.link = link
                self._roster_changed = True
                if playing and self.run is not None:
                    self.run.room.link(seat.number, link)
            if not playing and seat.taken and seat.line is None and self._now.real_ms > seat.hold_until_ms:
                self.leave(seat.number)

    def _note_score(self) -> None:
        run, result = self._score or (None, "")
        self._score = None
        if run is None or run is not self.run:
            return
        if result:
            run.result = result
            run.log.add_result(result)
            self._announce(TeamEvent.RESULT, (result,))
        self._enter(Phase.DEBRIEF)

    def _note_recording(self) -> None:
        recording = self._store.recording and (self.run is None or self.run.log.recorded)
        if recording is not self._recording:
            self._recording = recording
            self._announce(TeamEvent.RECORDING, (int(recording),))

    def _enter(self, phase: Phase, countdown_ms: int = 0) -> None:
        self.phase = phase
        zero_ms = self.run.zero_ms if self.run is not None else 0
        self._announce(TeamEvent.PHASE, (phase, countdown_ms, zero_ms))

    def _announce(self, kind: TeamEvent, args: tuple[Plain, ...]) -> None:
        self._events.append((self._everyone, RecentEvent(self._room_ms(), kind, NO_SEAT, args)))

    def _room_ms(self) -> int:
        return 0 if self.run is None else self.run.room_ms(self._now.game_ms)

    def _show(self) -> None:
        """Snapshots go out at every other tick, to one half of the seats at each."""
        assert self.run is not None
        for seat in self.seats:
            if seat.line is not None and (self._ticks + seat.number) % SNAPSHOT_EVERY_TICKS == 0:
                snap = Snap(self._ticks, self.epoch, self._room_ms(), self._view(seat))
                seat.line.show(encode(snap))

    def _view(self, seat: Seat) -> bytes:
        if self.run is None or self.phase not in (Phase.PLAYING, Phase.ENDED):
            return b""
        return pack_bytes(self.run.room.view(seat.number))

    def _welcome(self, seat: Seat, token: str, now: Moment) -> Welcome:
        return Welcome(
            seat=seat.number,
            stations=self._stations()[seat.number],
            epoch=self.epoch,
            room_ms=0 if self.run is None else self.run.room_ms(now.game_ms),
            seq=seat.stream.seq,
            level_hash=self.case.level.hash,
            token=token,
            clock_rate=self._clock_rate,
        )

    def _resync(self, seat: Seat) -> None:
        if seat.line is None:
            return
        full = Full(
            phase=self.phase,
            roster=self.roster(),
            level=self.case.level.name,
            pack=self.case.pack.name,
            sight=self.case.setup.sight.value,
            view=self._view(seat),
            recent=seat.stream.recent(),
            epoch=self.epoch,
            seq=seat.stream.seq,
            zero_ms=0 if self.run is None else self.run.zero_ms,
            run="" if self.run is None else self.run.name,
            result="" if self.run is None else self.run.result,
            recording=self._recording,
            ready=tuple(each.number for each in self.seats if each.ready),
        )
        seat.line.tell(encode(Resync(full)))

    def roster(self) -> tuple[RosterSeat, ...]:
        """The seats as the team sees them."""
        stations = self._stations()
        return tuple(RosterSeat(seat.number, stations[seat.number], seat.name, int(seat.link)) for seat in self.seats)

    def _roster_rows(self) -> tuple[Plain, ...]:
        return tuple((row.seat, row.stations, row.name, row.link) for row in self.roster())

    def _stations(self) -> tuple[int, ...]:
        if self.run is not None and self.phase is Phase.PLAYING:
            return self.run.stations()
        return tuple(int(stations) for stations in SEAT_SETS[self.case.setup.players])
