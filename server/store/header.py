"""The head of a log: everything besides its entries that a replay or a score needs."""

from __future__ import annotations

from dataclasses import dataclass

from game.content import Level, Pack, case_of
from game.rules.setup import Setup, Sight


@dataclass(frozen=True, slots=True)
class SeatHeader:
    """Who held a seat when the run began: a person, or a bot. No names: a log outlives the day of training."""

    seat: int
    role: str
    person: bool


@dataclass(frozen=True, slots=True)
class RunHeader:
    """One run: where it belongs, and the very texts it was played by.

    `parent` and `at_ms` name the run and the room time from which it was rewound, None for a run from the start;
    `parameter_texts` are the patient's parameter files by name; `model` is the version that alone may replay the log;
    `sight` is how much people saw (open, real, blind), `seats` how many they were; `started_unix_ms` is wall-clock
    time.
    """

    run: str
    session: str
    team: str
    epoch: int
    level: str
    level_text: str
    pack_text: str
    parameter_texts: dict[str, str]
    seed: int
    model: str
    seats: tuple[SeatHeader, ...]
    started_unix_ms: int
    parent: str | None = None
    at_ms: int | None = None
    sight: str = Sight.REAL.value

    @property
    def setup(self) -> Setup:
        """How the room was set up. ValueError for a word that this version does not know."""
        return Setup(Sight(self.sight), len(self.seats))

    def case(self) -> tuple[Level, Pack]:
        """Level and pack as they were played, out of the texts. ContentError where they are none."""
        return case_of(self.level_text, self.pack_text, self.level)
