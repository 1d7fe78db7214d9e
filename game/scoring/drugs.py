"""Doses against their due times: which were owed, which came, how late."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from game.scoring.course import Course
from game.scoring.record import Dose
from game.scoring.spans import Span, within_ms
from game.scoring.weights import Curve


class Verdict(StrEnum):
    """How a dose stands to its due time."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    UNASKED = "unasked"  # nothing had asked for it yet
    EXTRA = "extra"  # no plan knows it


@dataclass(frozen=True, slots=True)
class Due:
    """One dose of the plan. `delay_ms` counts pulseless time after `due_ms`, so far if it was never given."""

    plan: str
    drugs: tuple[str, ...]
    due_ms: int
    dose: Dose | None
    delay_ms: int
    value: float
    verdict: Verdict
    window_ms: int = 0
    """How long after `due_ms` it was still on time by the plan itself."""


def due_doses(course: Course) -> tuple[Due, ...]:
    """Every dose that was owed, and every early one, in plan order: first epinephrine, its repeats, antiarrhythmics."""
    return (*_first_epinephrine(course), *_repeats(course), *_antiarrhythmics(course))


def _given(course: Course, names: tuple[str, ...]) -> list[Dose]:
    """Doses of these drugs that were given without a pulse."""
    return [dose for dose in course.record.doses if dose.drug in names and _inside(course.pulseless, dose.ms)]


def _inside(spans: tuple[Span, ...], ms: int) -> bool:
    return any(span.start_ms <= ms <= span.end_ms for span in spans)


def _nth_shock_ms(course: Course, number: int) -> int | None:
    """When the nth shock of a rhythm that a shock can end was given: others move no plan on."""
    shocks = [pause for pause in course.shocks if pause.can_end]
    return shocks[number - 1].shock.ms if 0 < number <= len(shocks) else None


@dataclass(frozen=True, slots=True)
class _Plan:
    """How doses of one plan are judged: the time that counts as delay, the worth of a delay, that of an early dose."""

    name: str
    drugs: tuple[str, ...]
    clock: tuple[Span, ...]
    end_ms: int
    curve: Curve
    early: float
    window_ms: int = 0

    def judge(self, due_ms: int, dose: Dose | None) -> Due | None:
        """One dose against its due time; None while it is neither given nor late."""
        if dose is not None and dose.ms < due_ms:
            return Due(self.name, self.drugs, due_ms, dose, dose.ms - due_ms, self.early, Verdict.EARLY)
        delay_ms = within_ms(self.clock, due_ms, self.end_ms if dose is None else dose.ms)
        value = self.curve(delay_ms / 1000)
        if dose is not None:
            verdict = Verdict.ON_TIME if value >= 1.0 else Verdict.LATE
        elif value < 1.0:
            verdict = Verdict.MISSING
        else:
            return None
        return Due(self.name, self.drugs, due_ms, dose, delay_ms, value, verdict, self.window_ms)

    def unasked(self, dose: Dose) -> Due:
        """A dose that nothing had asked for yet."""
        return Due(self.name, self.drugs, dose.ms, dose, 0, self.early, Verdict.UNASKED)


def _first_epinephrine(course: Course) -> list[Due]:
    """After the shock the guideline names, or at once in a rhythm that no shock ends, whichever came first."""
    curves, targets = course.weights.curves, course.targets
    dose = next(iter(_given(course, targets.epinephrine)), None)
    after_shock_ms = _nth_shock_ms(course, targets.epinephrine_after_shock)
    at_once_ms = course.not_shockable[0].start_ms if targets.epinephrine_at_once and course.not_shockable else None
    at_once = at_once_ms is not None and (after_shock_ms is None or at_once_ms < after_shock_ms)
    due_ms = at_once_ms if at_once else after_shock_ms
    curve = curves.epinephrine_asap if at_once else curves.epinephrine_after_shock
    early = course.weights.therapy.early_epinephrine
    window_ms = round(curve.full_until * 1000) if at_once else 0
    plan = _Plan("epinephrine", targets.epinephrine, course.pulseless, course.end_ms, curve, early, window_ms)
    due = plan.judge(due_ms, dose) if due_ms is not None else plan.unasked(dose) if dose is not None else None
    return [due] if due else []


def _repeats(course: Course) -> list[Due]:
    """Each interval between doses, in pulseless time, against the pack's window."""
    targets = course.targets
    if targets.epinephrine_interval_ms is None:
        return []
    low_ms, high_ms = targets.epinephrine_interval_ms
    doses = _given(course, targets.epinephrine)
    found: list[Due] = []
    for index, dose in enumerate(doses):
        follower = doses[index + 1] if index + 1 < len(doses) else None
        passed_ms = within_ms(course.pulseless, dose.ms, follower.ms if follower else course.end_ms)
        # Negative is too soon, positive too late, 0 is inside the window.
        off_ms = min(passed_ms - low_ms, 0) + max(passed_ms - high_ms, 0)
        if follower is None and off_ms <= 0:
            continue
        timed = Verdict.ON_TIME if off_ms == 0 else Verdict.EARLY if off_ms < 0 else Verdict.LATE
        verdict = timed if follower else Verdict.MISSING
        value = course.weights.curves.redose(off_ms / 1000)
        found.append(
            Due(
                plan="redose",
                drugs=targets.epinephrine,
                due_ms=dose.ms + low_ms,
                dose=follower,
                delay_ms=off_ms,
                value=value,
                verdict=verdict,
                window_ms=high_ms - low_ms,
            )
        )
    return found


def _antiarrhythmics(course: Course) -> list[Due]:
    """One dose of any of them after each shock the guideline names, while the rhythm is one that a shock can end."""
    weights, names = course.weights, course.targets.antiarrhythmics
    doses = _given(course, names)
    early = weights.therapy.early_antiarrhythmic
    plan = _Plan("antiarrhythmic", names, course.shockable, course.end_ms, weights.curves.antiarrhythmic, early)
    found: list[Due | None] = []
    for index, number in enumerate(course.targets.antiarrhythmic_after_shock):
        dose = doses[index] if index < len(doses) else None
        due_ms = _nth_shock_ms(course, number)
        if due_ms is not None:
            found.append(plan.judge(due_ms, dose))
        elif dose is not None:
            found.append(plan.unasked(dose))
    return [due for due in found if due]
