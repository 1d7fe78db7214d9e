"""One run of a level: the live room, and its log."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from game.bots.crew import crew_of_bots
from game.log import Entry, Fact, Plain
from game.room.host import Host, Tick
from game.rules.views import SeatView
from game.sim.parameters import model_version, parameter_texts
from game.stations import SEAT_SETS, LinkState, role_word
from server.authority.library import Case
from server.store.header import RunHeader, SeatHeader
from server.store.live import LiveStore, RunLog

KEYFRAME_EVERY_MS: Final = 10_000
_RUN_NAME_BYTES: Final = 12


class LiveRoom(Protocol):
    """What a team needs of a room: game.room.host.Host, or something simpler in a test."""

    @property
    def ended(self) -> bool: ...
    def command(self, seat: int, ref: int, op: str, args: tuple[Plain, ...]) -> None: ...
    def edges(self, seat: int, ref: int, key: int, first_is_down: bool, stamps_ms: tuple[int, ...]) -> None: ...
    def link(self, seat: int, state: LinkState) -> None: ...
    def tick(self, to_ms: int) -> Tick: ...
    def view(self, seat: int) -> SeatView: ...
    def keyframe(self) -> bytes: ...


MakeRoom = Callable[[Case, int], LiveRoom]
"""A new room for a case and a seed."""


def make_room(case: Case, seed: int) -> LiveRoom:
    """The real room, with a bot ready for every seat."""
    bots = crew_of_bots(case.level, case.pack, seed, case.setup.players, case.bots)
    return Host(case.level, case.pack, seed, bots, case.setup)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run belongs."""

    session: str
    team: str
    epoch: int
    people: tuple[int, ...]
    """The seats that are not a bot's."""


class Run:
    """A room from its collapse to its end, every entry of it gathered for the store before anybody is told."""

    def __init__(self, room: LiveRoom, log: RunLog, case: Case, seed: int, zero_ms: int) -> None:
        self.room = room
        self.seed = seed
        self.log = log
        self.case = case
        self.zero_ms = zero_ms
        """Game ms of the authority's clock at room time 0."""
        self.result = ""
        self.known_patient = False
        """True where the team has played this seed before: such a run has no rank."""
        self._keyframe_ms = KEYFRAME_EVERY_MS

    @classmethod
    def begin(cls, place: Place, case: Case, seed: int, zero_ms: int, store: LiveStore, make: MakeRoom) -> Run:
        """A new run; its head is gathered for the store."""
        header = RunHeader(
            run=secrets.token_hex(_RUN_NAME_BYTES),
            session=place.session,
            team=place.team,
            epoch=place.epoch,
            level=case.level.name,
            level_text=case.level.text,
            pack_text=case.pack.text,
            parameter_texts=dict(parameter_texts()),
            seed=seed,
            sight=case.setup.sight.value,
            model=model_version(),
            seats=tuple(
                SeatHeader(number, role_word(stations), number in place.people)
                for number, stations in enumerate(SEAT_SETS[case.setup.players])
            ),
            started_unix_ms=time.time_ns() // 1_000_000,
        )
        return cls(make(case, seed), store.add_run(header), case, seed, zero_ms)

    @property
    def name(self) -> str:
        return self.log.name

    def room_ms(self, game_ms: int) -> int:
        """Room time at an instant of the authority's clock; negative before the collapse."""
        return game_ms - self.zero_ms

    def tick(self, game_ms: int) -> Tick:
        """Plays up to now, and gathers what happened."""
        room_ms = self.room_ms(game_ms)
        tick = self.room.tick(room_ms)
        self.log.add(tick.entries)
        if self.room.ended:
            self.log.end(_reason(tick.entries))
        elif room_ms >= self._keyframe_ms:
            self.log.add_keyframe(room_ms, self.room.keyframe())
            self._keyframe_ms += KEYFRAME_EVERY_MS
        return tick

    def stations(self) -> tuple[int, ...]:
        """Which stations each seat holds now."""
        return tuple(crew.stations for crew in self.room.view(0).crew)


def _reason(entries: Iterable[Entry]) -> str:
    return next((str(entry.args[0]) for entry in entries if entry.kind is Fact.ENDED), "ended")
