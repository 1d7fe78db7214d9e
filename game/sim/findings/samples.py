"""Samples: what paper, strip, cuff, thermometer and ultrasound say about the moment at which they were taken.

Every kind has the same names whatever the patient's state, so that values can be kept without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from game.sim.body.causes import BELLY, CARBON_MONOXIDE, LEFT, PELVIS, RIGHT
from game.sim.body.whole import Body
from game.sim.chance import Stream, uniform
from game.sim.findings.state import beats_per_min, lead_changes, now_ms
from game.sim.laws.circulation import filling_ml
from game.sim.parameters import Parameters
from game.sim.params.labs import LabParameters, lab_parameters
from game.sim.rhythm import TORSADES, VF
from game.sim.tables import clamp

Values = tuple[tuple[str, int], ...]

STANDSTILL, WEAK, BEATING, FIBRILLATING = 0, 1, 2, 3
"""What the heart does on the ultrasound (`heart_motion`)."""

TERRITORIES: Final = 3
"""Walls of the heart on the 12-lead (`st_territory`): 1 anterior, 2 inferior, 3 lateral; 0 none."""


def sample(kind: str, body: Body, p: Parameters) -> Values:
    """The values of a sample of `kind` (`game.sim.events.SAMPLES`) taken now: whole numbers, units in their names.

    KeyError for a kind that is not known.
    """
    return _SAMPLES[kind](body, p, lab_parameters())


def sample_delay_ms(kind: str) -> int:
    """How long a sample of `kind` takes until its values are known (ms). KeyError for a kind that is not known."""
    return round(1000.0 * _DELAYS_S[kind](lab_parameters()))


def _gas(body: Body, _: Parameters, __: LabParameters) -> Values:
    blood, lungs = body.blood, body.lungs
    return (
        ("ph_thousandth", round(1000.0 * blood.ph)),
        ("paco2_mmhg", round(lungs.arterial_mmhg)),
        ("pao2_mmhg", round(lungs.oxygen_mmhg)),
        ("bicarbonate_tenth_mmol_l", round(10.0 * blood.bicarbonate_mmol_l)),
        ("base_excess_tenth_mmol_l", round(10.0 * blood.base_excess)),
        ("lactate_tenth_mmol_l", round(10.0 * blood.lactate_mmol_l)),
        ("potassium_tenth_mmol_l", round(10.0 * blood.potassium_mmol_l)),
        ("calcium_hundredth_mmol_l", round(100.0 * blood.calcium_mmol_l)),
        ("glucose_tenth_mmol_l", round(10.0 * blood.glucose_mmol_l)),
        ("haemoglobin_g_l", round(blood.haemoglobin_g_per_l)),
        ("carboxyhaemoglobin_pct", round(100.0 * body.causes.poison[CARBON_MONOXIDE])),
    )


def _labs(body: Body, _: Parameters, __: LabParameters) -> Values:
    blood = body.blood
    return (
        ("haemoglobin_g_l", round(blood.haemoglobin_g_per_l)),
        ("potassium_tenth_mmol_l", round(10.0 * blood.potassium_mmol_l)),
        ("magnesium_hundredth_mmol_l", round(100.0 * blood.magnesium_mmol_l)),
        ("calcium_hundredth_mmol_l", round(100.0 * blood.calcium_mmol_l)),
        ("glucose_tenth_mmol_l", round(10.0 * blood.glucose_mmol_l)),
        ("lactate_tenth_mmol_l", round(10.0 * blood.lactate_mmol_l)),
    )


def _glucose(body: Body, _: Parameters, lab_p: LabParameters) -> Values:
    """The strip; below and above what it can tell it shows its ends."""
    shown = clamp(body.blood.glucose_mmol_l, lab_p.strip_least_mmol_l, lab_p.strip_most_mmol_l)
    return (("glucose_tenth_mmol_l", round(10.0 * shown)),)


def _temperature(body: Body, _: Parameters, __: LabParameters) -> Values:
    return (("core_tenth_degc", round(10.0 * body.blood.temperature_degc)),)


def _nibp(body: Body, _: Parameters, lab_p: LabParameters) -> Values:
    """The cuff; all 0 when it finds nothing to measure."""
    c = body.circulation
    if not body.pulse.present or c.systolic_mmhg < lab_p.nibp_least_mmhg:
        return (("systolic_mmhg", 0), ("diastolic_mmhg", 0), ("mean_mmhg", 0))
    return (
        ("systolic_mmhg", round(c.systolic_mmhg)),
        ("diastolic_mmhg", round(c.diastolic_mmhg)),
        ("mean_mmhg", round(c.mean_mmhg)),
    )


def _ecg12(body: Body, p: Parameters, lab_p: LabParameters) -> Values:
    """Twelve leads. Without P waves there is no PR interval.

    Soon after the pulse is back the ST segment may be raised without a closed artery.
    """
    trace, changes = body.electrical.trace, lead_changes(body, lab_p)
    st_tenth_mm = changes.st_tenth_mm
    territory = 0
    if st_tenth_mm >= lab_p.st_seen_tenth_mm:
        territory = 1 + int(p.causes.coronary_territory)
    elif body.pulse.present and body.pulse.ever:
        since_ms = body.pulse.since_ms
        early = now_ms(body) - since_ms < lab_p.st_early_min * 60_000.0
        if early and uniform(body.seed, Stream.ST_DECEIVES, since_ms) < lab_p.st_false_chance:
            st_tenth_mm = round(lab_p.st_false_tenth_mm)
            territory = 1 + int(TERRITORIES * uniform(body.seed, Stream.ST_DECEIVES, since_ms + 1))
    return (
        ("rate_per_min", round(beats_per_min(body))),
        ("pr_ms", round(trace.pr_ms) if trace.p_share > 0.0 else 0),
        ("qrs_ms", round(trace.qrs_ms)),
        ("qt_ms", round(trace.qt_ms)),
        ("qtc_ms", round(trace.qtc_ms)),
        ("st_tenth_mm", st_tenth_mm),
        ("st_territory", territory),
        ("tall_t_tenth_mm", changes.tall_t_tenth_mm),
        ("u_wave", int(changes.u_wave)),
        ("osborn_tenth_mm", changes.osborn_tenth_mm),
        ("r_in_avr_tenth_mm", changes.avr_tenth_mm),
        ("s1q3t3", int(changes.strain)),
        ("low_voltage", int(changes.low_voltage)),
        ("alternans", int(changes.low_voltage)),
    )


def _ultrasound(body: Body, p: Parameters, lab_p: LabParameters) -> Values:
    causes, own = body.causes, p.causes
    rv_lv_pct = lab_p.rv_lv_pct + lab_p.rv_embolism_pct * min(1.0, causes.pulmonary_obstruction / own.pulmonary_dead_at)
    if not body.pulse.present:
        rv_lv_pct += lab_p.rv_arrest_pct
    ivc_mm = clamp(lab_p.ivc_mm_per_mmhg * body.circulation.right_atrial_mmhg, 0.0, lab_p.ivc_most_mm)
    lost_ml = own.blood_loss_ml + causes.bled_ml
    fluid = int(own.bleeding_site) in (BELLY, PELVIS) and lost_ml > lab_p.free_fluid_ml
    return (
        ("heart_motion", _motion(body)),
        ("rv_lv_pct", round(rv_lv_pct)),
        ("filling_pct", round(max(0.0, 100.0 * filling_ml(body.circulation) / lab_p.filling_normal_ml))),
        ("effusion_mm", round(causes.pericardial_ml / lab_p.effusion_ml_per_mm)),
        ("ivc_mm", round(ivc_mm)),
        ("sliding_left", int(causes.air_mmhg[LEFT] <= own.tension_found_mmhg)),
        ("sliding_right", int(causes.air_mmhg[RIGHT] <= own.tension_found_mmhg)),
        ("lung_water", int(causes.lung_water > lab_p.sign_share)),
        ("free_fluid", int(fluid)),
        ("leg_clot", int(own.pulmonary_obstruction > 0.0)),
        ("still_wall", int(body.pulse.present and causes.coronary_occlusion > lab_p.sign_share)),
    )


def _motion(body: Body) -> int:
    electrical = body.electrical
    if electrical.rhythm in (VF, TORSADES):
        return FIBRILLATING
    if not electrical.beating:
        return STANDSTILL
    if body.pulse.present:
        return BEATING
    return WEAK if body.circulation.beat_peak_mmhg > lab_parameters().motion_mmhg else STANDSTILL


_SAMPLES: Final[Mapping[str, Callable[[Body, Parameters, LabParameters], Values]]] = {
    "gas": _gas,
    "glucose": _glucose,
    "labs": _labs,
    "ecg12": _ecg12,
    "nibp": _nibp,
    "temperature": _temperature,
    "ultrasound": _ultrasound,
}

_DELAYS_S: Final[Mapping[str, Callable[[LabParameters], float]]] = {
    "gas": lambda lab_p: lab_p.gas_s,
    "glucose": lambda lab_p: lab_p.glucose_s,
    "labs": lambda lab_p: lab_p.labs_s,
    "ecg12": lambda lab_p: lab_p.ecg12_s,
    "nibp": lambda lab_p: lab_p.nibp_s,
    "temperature": lambda lab_p: lab_p.temperature_s,
    "ultrasound": lambda lab_p: lab_p.ultrasound_s,
}
