"""Cohorts as validation and fits read them: run when first asked for, kept while the program lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from game.sim.rhythm import TRAITS, Rhythm
from lab.cohort import Result, cohort
from lab.draw import constant
from lab.frame import Frame
from lab.measures import PULSE
from lab.progress import Progress
from lab.rows import RHYTHM_COLUMNS, SHOCK_COLUMNS, Row
from lab.spec import Spec, load_spec

_END: Final = "end"


@dataclass(frozen=True, slots=True)
class Ran:
    """One cohort: a row a patient, a row a shock, a row a spell."""

    rows: Frame
    shocks: Frame
    spells: Frame


@dataclass
class Runs:
    """Runs specs by name with `n` patients an arm.

    `overrides` change the patient's parameters beneath what a spec sets. With `expected`, survival and good outcome are
    the model's chances instead of draws from them: the same means with less noise. `progress` makes what tells how far
    each cohort is.
    """

    n: int
    seed: int
    overrides: Mapping[str, float] = field(default_factory=dict)
    engine: str = "auto"
    jobs: int = 0
    expected: bool = False
    progress: Callable[[str, int, int], Progress] | None = None
    _ran: dict[str, Ran] = field(default_factory=dict, repr=False)

    def rows(self, spec: str) -> Frame:
        """One row a patient, with the columns of `lab.rows`."""
        return self._of(spec).rows

    def shocks(self, spec: str) -> Frame:
        """One row a shock."""
        return self._of(spec).shocks

    def spells(self, spec: str) -> Frame:
        """One row for each stay in a state, with start, end and what came next."""
        return self._of(spec).spells

    def _of(self, name: str) -> Ran:
        if name not in self._ran:
            self._ran[name] = self._run(load_spec(name))
        return self._ran[name]

    def _run(self, spec: Spec) -> Ran:
        beneath = {name: constant(value) for name, value in self.overrides.items()}
        spec = replace(spec, patient={**beneath, **spec.patient})
        progress = self.progress(spec.name, self.n, len(spec.arms)) if self.progress is not None else None
        results: list[Result] = []
        for result in cohort(spec, self.n, self.seed, engine=self.engine, jobs=self.jobs):
            results.append(result)
            if progress is not None:
                progress.step()
        if progress is not None:
            progress.done()
        rows = [row for result in results for row in result.rows]
        if self.expected:
            rows = [_expected(row) for row in rows]
        rhythms = Frame.of((row for result in results for row in result.rhythms), RHYTHM_COLUMNS)
        shocks = Frame.of((row for result in results for row in result.shocks), SHOCK_COLUMNS)
        return Ran(Frame.of(rows), shocks, spells(rhythms))


def _expected(row: Row) -> Row:
    survive, good = float(str(row["p_survive"] or 0.0)), float(str(row["p_good"] or 0.0))
    return {**row, "survived_30d": survive, "good_neuro": survive * good}


def spells(rhythms: Frame) -> Frame:
    """Stays in one state from the changes of rhythm and pulse of `lab.rows.rhythm_rows`.

    A state is "vf", "pvt" (any other shockable rhythm), "asystole", "pea", or "rosc" for beats with a pulse; changes
    within a state do not part a spell. `next` is the state after it, "" where the record ends.
    """
    arms, patients = rhythms.words("arm").tolist(), rhythms["patient"].tolist()
    times, words, pulses = rhythms["time_s"].tolist(), rhythms.words("rhythm").tolist(), rhythms["pulse"].tolist()
    states = [_state(word, bool(pulse)) for word, pulse in zip(words, pulses, strict=True)]
    found: list[dict[str, object]] = []
    start = 0
    for n, state in enumerate(states):
        if state == _END:
            continue
        if n == 0 or states[n - 1] == _END:
            start = n
        if states[n + 1] != state:
            following = states[n + 1]
            found.append(
                {
                    "arm": arms[n],
                    "patient": int(patients[n]),
                    "state": state,
                    "start_s": times[start],
                    "end_s": times[n + 1],
                    "next": "" if following == _END else following,
                }
            )
            start = n + 1
    return Frame.of(found, ("arm", "patient", "state", "start_s", "end_s", "next"))


def _state(word: str, pulse: bool) -> str:
    if word == _END:
        return _END
    traits = TRAITS[Rhythm(word)]
    if traits.shockable:
        return "vf" if word == Rhythm.VF else "pvt"
    if not traits.organised:
        return "asystole"
    return PULSE if pulse else "pea"
