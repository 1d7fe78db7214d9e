"""Plays levels through with bots, many seeds at once: can a good team win, and does doing nothing fail?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final

from game.bots.crew import crew_of_bots
from game.content import Level, Pack
from game.log import Fact
from game.room.host import Host
from game.stations import LinkState, Role

SHARE: Final = 0.5
"""Share of seeds in which a crew of expert bots must hold the pulse to the end."""

HELD: Final = "pulse_held"
STEP_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Played:
    """How one run of one form ended: by whom it was played, its outcome, and when."""

    level: str
    pack: str
    seed: int
    crew: bool
    """Played by expert bots; else nobody acted."""
    outcome: str
    ms: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """All runs of one level by one pack."""

    level: str
    pack: str
    crew: tuple[Played, ...]
    nobody: tuple[Played, ...]

    @property
    def held(self) -> int:
        """Runs in which the crew held the pulse."""
        return sum(run.outcome == HELD for run in self.crew)

    @property
    def problems(self) -> list[str]:
        """What the runs say against the level."""
        found = []
        if self.held < SHARE * len(self.crew):
            lost = ", ".join(str(run.seed) for run in self.crew if run.outcome != HELD)
            share = f"{self.held} of {len(self.crew)}"
            found.append(f"a crew of expert bots held the pulse in {share} runs (not with seeds {lost}), expected half")
        if saved := [str(run.seed) for run in self.nobody if run.outcome == HELD]:
            found.append(f"nobody acted and the pulse held with seeds {', '.join(saved)}, expected a lost one")
        return found


def play_levels(
    cases: Sequence[tuple[Level, Pack]], seeds: int, told: Callable[[int, int], None], jobs: int = 0
) -> list[Verdict]:
    """Plays each case with seeds 1 to `seeds`, with and without a crew, on `jobs` processes (0: one a core).

    `told` hears how many of all runs are over, after each.
    """
    tasks = [
        (level, pack, seed, crew) for level, pack in cases for seed in range(1, seeds + 1) for crew in (True, False)
    ]
    runs: list[Played] = []
    with ProcessPoolExecutor(jobs or os.cpu_count()) as pool:
        waiting = [pool.submit(play, *task) for task in tasks]
        for done in as_completed(waiting):
            runs.append(done.result())
            told(len(runs), len(tasks))
    runs.sort(key=lambda run: run.seed)
    return list(_verdicts(cases, runs))


def _verdicts(cases: Sequence[tuple[Level, Pack]], runs: Sequence[Played]) -> Iterator[Verdict]:
    for level, pack in cases:
        mine = [run for run in runs if (run.level, run.pack) == (level.name, pack.name)]
        crew, nobody = (tuple(run for run in mine if run.crew == by_crew) for by_crew in (True, False))
        yield Verdict(level.name, pack.name, crew, nobody)


def play(level: Level, pack: Pack, seed: int, crew: bool) -> Played:
    """One run to its end on virtual time."""
    host = Host(level, pack, seed, crew_of_bots(level, pack, seed) if crew else {})
    if crew:
        for role in Role:
            host.link(role, LinkState.BOT)
    outcome = ""
    while not host.ended:
        for entry in host.tick(host.now_ms + STEP_MS).entries:
            if entry.kind is Fact.ENDED:
                outcome = str(entry.args[1])
    return Played(level.name, pack.name, seed, crew, outcome, host.now_ms)
