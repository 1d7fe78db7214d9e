"""Acts that are owed by a limit, and what a patient with a pulse should be kept at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.log import NO_SEAT
from game.scoring.course import Course
from game.scoring.measure import Chance, Event, Figures, seconds
from game.scoring.record import Act, Vitals
from game.scoring.spans import Span, within_ms
from game.scoring.targets import Acts, KeyAct


@dataclass(frozen=True, slots=True)
class Owed:
    """One key act: when its limit began to run, by when it was done, and how far over its limit that is."""

    act: KeyAct
    from_ms: int
    done: Act | None
    over_ms: int

    @property
    def is_open(self) -> bool:
        """Neither done nor late."""
        return self.done is None and self.over_ms <= 0


def matching(acts: Sequence[Act], does: Acts) -> list[Act]:
    """The acts that begin as any one of `does` says."""
    return [act for act in acts if any(act.does[: len(wanted)] == wanted for wanted in does)]


def owed(act: KeyAct, course: Course) -> Owed | None:
    """A key act against its limit; None while what it counts from has not happened.

    Time with a pulse that came back does not run against an act of the case itself.
    """
    begun = _clock(act, course)
    if begun is None:
        return None
    from_ms, clock = begun
    acts = matching(_counting(act, course), act.does)
    done = acts[act.times - 1] if len(acts) >= act.times else None
    passed_ms = within_ms(clock, from_ms, course.end_ms if done is None else done.ms)
    return Owed(act, from_ms, done, passed_ms - act.limit_ms)


def _counting(act: KeyAct, course: Course) -> list[Act]:
    """The acts that can be the one: after the return of the pulse earlier ones are, where their effect still stands."""
    acts = [done for done in course.record.acts if done.ms <= course.end_ms]
    before = [Act(0, NO_SEAT, does) for does in course.targets.in_place]
    back = course.returned
    if act.counts_from != "rosc" or back is None:
        return before + acts
    standing = {
        done.does[0]: done
        for done in (*before, *acts)
        if done.ms < back.start_ms and done.does[0] in course.weights.care.standing
    }
    return [*standing.values(), *(done for done in acts if done.ms >= back.start_ms)]


def _clock(act: KeyAct, course: Course) -> tuple[int, tuple[Span, ...]] | None:
    if act.counts_from == "rosc":
        known_ms = recognised_ms(course)
        return None if known_ms is None else (known_ms, (Span(known_ms, course.end_ms),))
    if act.counts_from == "pulse_lost":
        return (course.pulseless[0].start_ms, course.pulseless) if course.pulseless else None
    return 0, course.case_time


def recognised_ms(course: Course) -> int | None:
    """When the team knew of the pulse that came back, at the latest when a check was overdue; None without one.

    Nobody can know before the next check: compressing until then is right.
    """
    back = course.returned
    if back is None:
        return None
    overdue_ms = back.start_ms + course.targets.cycle_ms + course.weights.pauses.late_tolerance_ms
    felt = (said.ms for said in course.record.pulses_felt if said.word == "felt" and said.ms >= back.start_ms)
    return min(next(felt, overdue_ms), overdue_ms, course.end_ms)


def chance(owing: Owed, course: Course, fault: float = 1.0, why: str = "", figures: Figures | None = None) -> Chance:
    """What a key act earned by its delay; `fault`, `why` and `figures` where it was done in a wrong way."""
    value = course.weights.curves.key_act(owing.over_ms / 1000)
    told: dict[str, float | str] = {
        "label": owing.act.label,
        "over_s": seconds(max(0, owing.over_ms)),
        **(figures or {}),
    }
    key = "missing" if owing.done is None else why if value >= 1.0 and why else "late"
    event = Event(owing.done.ms, f"done:{owing.done.does[0]}", owing.done.seat) if owing.done else None
    at_ms = owing.done.ms if owing.done else owing.from_ms + owing.act.limit_ms
    return Chance(at_ms, value * fault, why=key, figures=told, events=(event,) if event else ())


def acts_owed(acts: Sequence[KeyAct], course: Course) -> list[Owed]:
    """Those of the acts that were done or are late."""
    found = [owed(act, course) for act in acts]
    return [each for each in found if each is not None and not each.is_open]


def held(course: Course) -> list[Chance]:
    """After the return of the pulse: pressure, oxygen, carbon dioxide and temperature, by the share in their bands."""
    back = course.returned
    if back is None:
        return []
    rules, bands = course.weights.care, course.targets.held
    vitals = [each for each in course.record.vitals if back.start_ms <= each.ms <= course.end_ms]
    low_ms = next((each.ms for each in vitals if 0 <= each.mean_mmhg < bands.mean_mmhg[0]), back.start_ms)
    found = [
        _in_band("MAP", vitals, "mean_mmhg", bands.mean_mmhg, low_ms + rules.pressure_after_ms, course),
        _in_band("SpO2", vitals, "spo2_pct", bands.spo2_pct, back.start_ms + rules.oxygen_after_ms, course),
        _in_band(
            "PaCO2", vitals, "paco2_mmhg", bands.paco2_mmhg, back.start_ms + rules.carbon_dioxide_after_ms, course
        ),
        _in_band(
            "Temperature",
            vitals,
            "temperature_tenth_degc",
            (bands.temperature_degc[0] * 10, bands.temperature_degc[1] * 10),
            back.start_ms + rules.temperature_after_ms,
            course,
        ),
    ]
    return [each for each in found if each is not None]


def _in_band(
    label: str, vitals: Sequence[Vitals], name: str, band: tuple[float, float], since_ms: int, course: Course
) -> Chance | None:
    """The share of the readings from `since_ms` on that lie in the band; None where there were too few."""
    readings = [value for each in vitals if each.ms >= since_ms and (value := getattr(each, name)) >= 0]
    if len(readings) < course.weights.care.least_samples:
        return None
    share = sum(band[0] <= value <= band[1] for value in readings) / len(readings)
    figures = {"label": label, "share_pct": round(100 * share)}
    return Chance(since_ms, course.weights.curves.held(share), why="unheld", figures=figures)
