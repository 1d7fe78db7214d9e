"""The head of a log: everything besides its entries that a replay or a score needs."""

from __future__ import annotations

from dataclasses import dataclass


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
    `started_unix_ms` is wall-clock time.
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
