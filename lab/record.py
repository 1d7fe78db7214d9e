"""What a team did and what came of it, kept while a plan is played. All times in ms from collapse."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final, TypeVar

from game.sim.happenings import Happening
from game.sim.rhythm import TRAITS
from lab.look import Look, Outlook

T = TypeVar("T")

SHOCKABLE: Final = tuple(rhythm.value for rhythm, traits in TRAITS.items() if traits.shockable)
"""Rhythms that a team shocks."""

MINUTE_MS: Final = 60_000

RUN_GAP_MS: Final = 1500
"""Pushes further apart than this are two runs of compressions (clinical 8.4)."""

ROSC_MS: Final = 30_000
"""A pulse shorter than this is no return of circulation (Utstein: some 30 s)."""


@dataclass(slots=True)
class ShockGiven:
    """One shock: what came before it, and what it did at once (`result` is a word of game.sim.ShockResult).

    `pre_pause_ms` is None where nobody had pushed.
    """

    ms: int
    energy_j: int
    pre_pause_ms: int | None
    rhythm: str
    amsa_mv_hz: float
    energy: float
    result: str = ""


@dataclass(frozen=True, slots=True)
class DoseGiven:
    """One dose: how much, in the plan's unit ("mg", "mmol", "U"); of a placebo nothing went in."""

    ms: int
    drug: str
    amount: float
    unit: str
    placebo: bool


@dataclass(slots=True)
class Record:
    """Everything a row, a table or a picture is made from."""

    crew_ms: int = -1
    als_ms: int = -1
    end_ms: int = 0
    end: str = ""
    first_rhythm: str = ""
    enrolled_ms: int = -1
    pushes: list[int] = field(default_factory=list)
    releases: list[int] = field(default_factory=list)
    """When the chest was let go after each push."""
    crew_from: int = 0
    """Index of the crew's first push in `pushes`."""
    crew_depth_um: int = 0
    """Sum over the crew's pushes."""
    breaths: list[int] = field(default_factory=list)
    set_pauses: int = 0
    real_pauses: int = 0
    shocks: list[ShockGiven] = field(default_factory=list)
    doses: list[DoseGiven] = field(default_factory=list)
    acts: list[tuple[int, str]] = field(default_factory=list)
    """Everything else that was done, in words."""
    airway: str = "mask"
    rhythms: list[tuple[int, str]] = field(default_factory=list)
    pulses: list[tuple[int, bool]] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    """Readings at regular times, when they were asked for."""
    marks: dict[str, Look] = field(default_factory=dict)
    """Readings at named moments."""
    max_cpp_mmhg: float = 0.0
    outlook: Outlook | None = None
    """Of a patient whose circulation stood at the end."""

    def rhythm_at(self, ms: int) -> str:
        """The true rhythm at a time."""
        return _at(self.rhythms, ms, "")

    def pulse_at(self, ms: int) -> bool:
        """Whether there was a true pulse at a time."""
        return _at(self.pulses, ms, False)

    def with_pulse(self) -> list[tuple[int, int]]:
        """Spans with a true pulse after the first moment without one; one that stands at the end ends there."""
        return [span for span in _spans(self.pulses, self.end_ms, wanted=True) if span[0] > 0]

    def circulations(self) -> list[tuple[int, int]]:
        """Returns of circulation: those spans with a pulse that were long enough."""
        return [span for span in self.with_pulse() if span[1] - span[0] >= ROSC_MS]

    def stands(self) -> bool:
        """Whether there was a circulation at the end."""
        since, pulse = self.pulses[-1] if self.pulses else (0, False)
        return self.end == "held" or (pulse and self.end_ms - since >= ROSC_MS)

    def pulseless(self) -> list[tuple[int, int]]:
        """Spans without."""
        return _spans(self.pulses, self.end_ms, wanted=False)

    def runs(self, from_ms: int = 0) -> list[tuple[int, int]]:
        """Runs of compressions that began from `from_ms` on, each from its first push to its last release."""
        found: list[tuple[int, int]] = []
        begun = bisect_left(self.pushes, from_ms)
        first = last = release = -1
        for ms, let_go in zip(self.pushes[begun:], self.releases[begun:], strict=True):
            if last < 0 or ms - last > RUN_GAP_MS:
                if last >= 0:
                    found.append((first, release))
                first = ms
            last, release = ms, let_go
        if last >= 0:
            found.append((first, release))
        return found


def _at(track: list[tuple[int, T]], ms: int, before: T) -> T:
    found = before
    for changed_ms, value in track:
        if changed_ms > ms:
            break
        found = value
    return found


def _spans(track: list[tuple[int, bool]], end_ms: int, *, wanted: bool) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for i, (from_ms, value) in enumerate(track):
        to_ms = track[i + 1][0] if i + 1 < len(track) else end_ms
        if value is wanted and to_ms > from_ms:
            spans.append((from_ms, to_ms))
    return spans


def overlap_ms(some: list[tuple[int, int]], others: list[tuple[int, int]], from_ms: int, to_ms: int) -> int:
    """How long a time lies in both of two lists of spans, between two moments."""
    shared = 0
    for start, end in some:
        for start2, end2 in others:
            shared += max(0, min(end, end2, to_ms) - max(start, start2, from_ms))
    return shared
