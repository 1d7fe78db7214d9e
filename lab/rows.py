"""One row a patient, one row a shock, one row a rhythm: the columns of a cohort, and how each is made from a record."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from lab.draw import luck
from lab.look import Look
from lab.record import ROSC_MS, RUN_GAP_MS, SHOCKABLE, Record, overlap_ms
from lab.team import MINUTE_MS

Cell = str | int | float | None
Row = dict[str, Cell]

COLUMNS: Final = (
    "arm",
    "patient",
    "age",
    "weight_kg",
    "first_rhythm",
    "witnessed",
    "bystander_cpr",
    "collapse_to_cpr_s",
    "collapse_to_shock_s",
    "collapse_to_als_s",
    "ccf",
    "ccf_5min",
    "rate_mean",
    "depth_mean_mm",
    "pre_shock_pause_s",
    "post_shock_pause_s",
    "peri_shock_pause_s",
    "ventilated_pause_share",
    "airway",
    "epi_first_s",
    "epi_doses",
    "antiarrhythmic",
    "shocks",
    "first_shock_terminated",
    "amsa_first",
    "max_cpp_mmhg",
    "etco2_20min",
    "paco2_20min",
    "ph_20min",
    "pao2_20min",
    "rhythm_3min",
    "rosc",
    "rosc_time_s",
    "rosc_sustained",
    "rearrest",
    "admitted",
    "survived_30d",
    "good_neuro",
    "cpr_duration_s",
    "kind",
    "collapse_rhythm",
    "enrolled_s",
    "crew_s",
    "end",
    "end_s",
    "later_shockable",
    "pulse_s",
    "p_survive",
    "p_good",
    "lactate_20min",
)
"""Columns of a patient's row: first those every reader may count on, then ours."""

SHOCK_COLUMNS: Final = (
    "arm",
    "patient",
    "number",
    "time_s",
    "energy_j",
    "pre_pause_s",
    "post_pause_s",
    "rhythm",
    "amsa",
    "e",
    "result",
    "pulse_60s",
    "rhythm_60s",
    "refibrillation_s",
)
RHYTHM_COLUMNS: Final = ("arm", "patient", "time_s", "rhythm", "pulse")

_ANTIARRHYTHMICS: Final = ("amiodarone", "lidocaine")
_FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the row is about: what a record does not know of its patient."""

    arm: str
    number: int
    seed: int
    kind: str
    age: float
    weight_kg: float
    witnessed: bool
    bystander: bool


def _seconds(ms: float) -> float:
    return round(ms / 1000.0, 2)


def _median(values: list[float]) -> float | None:
    return round(median(values), 2) if values else None


def patient_row(subject: Subject, record: Record) -> Row:
    """The row of one patient; what did not happen or was not reached is None."""
    shocks = record.shocks
    pauses = [(_seconds(shock.pre_pause_ms), post_pause_s(record, shock.ms)) for shock in shocks]
    whole = [(pre, post) for pre, post in pauses if post is not None]
    circulations = [span for span in record.with_pulse() if span[1] - span[0] >= ROSC_MS]
    sustained = record.end == "held"
    later = record.marks.get("20min")
    epinephrine = [dose.ms for dose in record.doses if dose.drug == "epinephrine" and not dose.placebo]
    anti = [dose.drug for dose in record.doses if dose.drug in _ANTIARRHYTHMICS and not dose.placebo]
    row: Row = {
        "arm": subject.arm,
        "patient": subject.number,
        "age": round(subject.age, 1),
        "weight_kg": round(subject.weight_kg, 1),
        "first_rhythm": record.first_rhythm,
        "witnessed": int(subject.witnessed),
        "bystander_cpr": int(subject.bystander),
        "collapse_to_cpr_s": _seconds(record.pushes[0]) if record.pushes else None,
        "collapse_to_shock_s": _seconds(shocks[0].ms) if shocks else None,
        "collapse_to_als_s": _seconds(record.als_ms) if record.als_ms >= 0 else None,
        "ccf": compression_fraction(record, record.end_ms),
        "ccf_5min": compression_fraction(record, record.crew_ms + 5 * MINUTE_MS),
        **_pushing(record),
        "pre_shock_pause_s": _median([pre for pre, _ in pauses]),
        "post_shock_pause_s": _median([post for _, post in whole]),
        "peri_shock_pause_s": _median([pre + post for pre, post in whole]),
        "ventilated_pause_share": round(record.real_pauses / record.set_pauses, 3) if record.set_pauses else None,
        "airway": record.airway,
        "epi_first_s": _seconds(epinephrine[0]) if epinephrine else None,
        "epi_doses": len(epinephrine),
        "antiarrhythmic": anti[0] if anti else "",
        "shocks": len(shocks),
        "first_shock_terminated": int(shocks[0].result != _FAILED) if shocks else None,
        "amsa_first": round(shocks[0].amsa_mv_hz, 2) if shocks else None,
        "max_cpp_mmhg": round(record.max_cpp_mmhg, 1),
        **_gases(later),
        "rhythm_3min": record.marks["3min"].rhythm if "3min" in record.marks else None,
        "rosc": int(bool(circulations)),
        "rosc_time_s": _seconds(circulations[0][0]) if circulations else None,
        "rosc_sustained": int(sustained),
        "rearrest": int(any(end < record.end_ms for _, end in circulations)),
        "admitted": int(sustained),
        **_fate(subject, record),
        "cpr_duration_s": _seconds(_cpr_ms(record)),
        "kind": subject.kind,
        "collapse_rhythm": record.rhythms[0][1],
        "enrolled_s": _seconds(record.enrolled_ms) if record.enrolled_ms >= 0 else None,
        "crew_s": _seconds(record.crew_ms) if record.crew_ms >= 0 else None,
        "end": record.end,
        "end_s": _seconds(record.end_ms),
        "later_shockable": int(_later_shockable(record)),
        "pulse_s": _seconds(sum(end - start for start, end in record.with_pulse())),
        "p_survive": round(record.outlook.survive, 4) if record.outlook else None,
        "p_good": round(record.outlook.good, 4) if record.outlook else None,
        "lactate_20min": round(later.lactate_mmol_l, 2) if later else None,
    }
    assert tuple(row) == COLUMNS
    return row


def compression_fraction(record: Record, to_ms: int) -> float | None:
    """Share of the time without a true pulse, from the crew's arrival to `to_ms`, in runs of compressions."""
    if record.crew_ms < 0:
        return None
    to_ms = min(to_ms, record.end_ms)
    pulseless = record.pulseless()
    total = overlap_ms([(record.crew_ms, to_ms)], pulseless, record.crew_ms, to_ms)
    if total <= 0:
        return None
    return round(overlap_ms(record.runs(), pulseless, record.crew_ms, to_ms) / total, 4)


def _pushing(record: Record) -> Row:
    """Mean rate inside runs and mean depth, of the crew's pushes."""
    pushes = record.pushes[record.crew_from :]
    gaps = [b - a for a, b in pairwise(pushes) if b - a <= RUN_GAP_MS]
    return {
        "rate_mean": round(MINUTE_MS * len(gaps) / sum(gaps), 1) if gaps else None,
        "depth_mean_mm": round(record.crew_depth_um / len(pushes) / 1000.0, 2) if pushes else None,
    }


def _gases(reading: Look | None) -> Row:
    if reading is None:
        return dict.fromkeys(("etco2_20min", "paco2_20min", "ph_20min", "pao2_20min"))
    return {
        "etco2_20min": reading.etco2_mmhg,
        "paco2_20min": round(reading.paco2_mmhg, 1),
        "ph_20min": round(reading.ph, 3),
        "pao2_20min": round(reading.pao2_mmhg, 1),
    }


def _fate(subject: Subject, record: Record) -> Row:
    """Life and mind at day 30, by luck that belongs to the patient and not to the arm."""
    chances = record.outlook
    if chances is None:
        return {"survived_30d": 0, "good_neuro": 0}
    lives = luck(subject.seed, "survived_30d") < chances.survive
    good = lives and luck(subject.seed, "good_neuro") < chances.good
    return {"survived_30d": int(lives), "good_neuro": int(good)}


def _cpr_ms(record: Record) -> int:
    """From the crew's first push to the pulse that was held, or to the end."""
    if record.crew_from >= len(record.pushes):
        return 0
    until = record.pulses[-1][0] if record.end == "held" else record.end_ms
    return max(0, until - record.pushes[record.crew_from])


def _later_shockable(record: Record) -> bool:
    """Whether VF or VT came after a first rhythm that was neither."""
    if record.first_rhythm in SHOCKABLE:
        return False
    return any(rhythm in SHOCKABLE for ms, rhythm in record.rhythms if ms > record.crew_ms)


def post_pause_s(record: Record, shock_ms: int) -> float | None:
    """Seconds from a shock to the next push, None if there was none."""
    after = next((push for push in record.pushes if push >= shock_ms), None)
    return _seconds(after - shock_ms) if after is not None else None


def shock_rows(subject: Subject, record: Record) -> list[Row]:
    """A row for each shock. `refibrillation_s` counts from a shock that ended VF or VT to its return."""
    rows: list[Row] = []
    for number, shock in enumerate(record.shocks, 1):
        seen = shock.ms + MINUTE_MS <= record.end_ms
        later = record.shocks[number].ms if number < len(record.shocks) else record.end_ms
        again = None
        if shock.rhythm in SHOCKABLE and shock.result != _FAILED:
            again = next((ms for ms, r in record.rhythms if shock.ms < ms <= later and r in SHOCKABLE), None)
        rows.append(
            {
                "arm": subject.arm,
                "patient": subject.number,
                "number": number,
                "time_s": _seconds(shock.ms),
                "energy_j": shock.energy_j,
                "pre_pause_s": _seconds(shock.pre_pause_ms),
                "post_pause_s": post_pause_s(record, shock.ms),
                "rhythm": shock.rhythm,
                "amsa": round(shock.amsa_mv_hz, 3),
                "e": round(shock.energy, 4),
                "result": shock.result,
                "pulse_60s": int(record.pulse_at(shock.ms + MINUTE_MS)) if seen else None,
                "rhythm_60s": record.rhythm_at(shock.ms + MINUTE_MS) if seen else None,
                "refibrillation_s": _seconds(again - shock.ms) if again is not None else None,
            }
        )
    return rows


def rhythm_rows(subject: Subject, record: Record) -> list[Row]:
    """A row for each change of rhythm or pulse, and one for the end (rhythm "end")."""
    times = sorted({ms for ms, _ in record.rhythms} | {ms for ms, _ in record.pulses})
    rows = [(ms, record.rhythm_at(ms), record.pulse_at(ms)) for ms in times]
    rows.append((record.end_ms, "end", record.pulse_at(record.end_ms)))
    return [
        {"arm": subject.arm, "patient": subject.number, "time_s": _seconds(ms), "rhythm": rhythm, "pulse": int(pulse)}
        for ms, rhythm, pulse in rows
    ]
