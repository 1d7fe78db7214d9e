"""The table the stations play on: level, pack, patient and memory, and the one way to say that something happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from game.content import Level, Pack
from game.log import NO_SEAT, Entry, Fact, Input, Plain
from game.rules.refusals import Refusal
from game.rules.skills.params import Skills
from game.rules.state import RoomState, Task
from game.sim import Patient
from game.stations import Station


@dataclass(slots=True)
class Game:
    """One room's rules in play. `log` collects entries in order until the room hands them on."""

    level: Level
    pack: Pack
    skills: Skills
    state: RoomState
    patient: Patient
    log: list[Entry] = field(default_factory=list)

    @property
    def now_ms(self) -> int:
        """Room time of the tick being played."""
        return self.state.now_ms

    def emit(self, fact: Fact, seat: int = NO_SEAT, *args: Plain, ms: int | None = None) -> None:
        """A fact happened, now or at `ms`."""
        self.log.append(Entry(self.now_ms if ms is None else ms, fact, seat, args))

    def record(self, kind: Input, seat: int, args: tuple[Plain, ...]) -> None:
        """An input is being applied now."""
        self.log.append(Entry(self.now_ms, kind, seat, args))

    def holds(self, seat: int, station: Station) -> bool:
        """True if the seat holds (one of) the stations."""
        return bool(self.state.seats[seat].stations & int(station))

    def seat_of(self, station: int) -> int:
        """The seat that holds `station`; every station is held by one seat."""
        mask = int(station)
        for number, seat in enumerate(self.state.seats):
            if seat.stations & mask:
                return number
        raise LookupError(f"no seat holds {station!r}")

    @property
    def known_pulse(self) -> bool:
        """Whether there is a pulse, and the team was told of this very one, whatever it was ordered to do since."""
        return self.state.pulse and self.state.pulse_said_ms >= self.state.pulse_since_ms

    def safety(self, seat: int, code: str, *why: Plain, critical: bool = False, ms: int | None = None) -> None:
        """Something unsafe happened, by whom and why: for the debrief, never shown in play."""
        self.emit(Fact.SAFETY, seat, code, int(critical), *why, ms=ms)


Handler = Callable[[Game, int, tuple[Plain, ...]], Refusal]
"""A command's act: game, seat, arguments (already checked); Refusal.DONE or the reason it was not done."""

Test = Callable[[Game, int], Refusal]
"""Whether a command could be done now, whatever its arguments: what a control shows before it is pressed."""


def always(game: Game, seat: int) -> Refusal:
    """The test of a command that needs nothing."""
    return Refusal.DONE


def hands_free(game: Game, seat: int) -> Refusal:
    """A seat does one timed task at a time, and none while it holds a blade or feels whether a device sits."""
    airway = game.state.airway
    at_the_throat = bool(airway.tube.step or airway.placing) and game.holds(seat, Station.AIRWAY)
    return Refusal.BUSY if at_the_throat or game.state.seats[seat].task else Refusal.DONE


def start_task(
    game: Game, seat: int, op: str, args: tuple[Plain, ...] = (), task: str = "", length_ms: int = -1
) -> Refusal:
    """Busy the seat's hands with `op` for the time the pack gives to `task`, which is mostly called like the op."""
    length_ms = game.pack.tasks_ms[task or op] if length_ms < 0 else length_ms
    game.state.seats[seat].task = Task(op, args, game.now_ms, game.now_ms + length_ms)
    game.emit(Fact.TASK, seat, op, "started", *args)
    return Refusal.DONE


def break_task(game: Game, seat: int) -> None:
    """Hands are wanted elsewhere: what they were doing is undone."""
    task = game.state.seats[seat].task
    if task is not None:
        game.state.seats[seat].task = None
        game.emit(Fact.TASK, seat, task.op, "broken", *task.args)
