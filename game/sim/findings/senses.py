"""What each station would see, hear and feel of the patient now.

The body's state decides the word; which words there are, who senses them and the source are in `findings.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.body.airway import BRONCHUS, OESOPHAGUS, OUT
from game.sim.body.causes import (
    BELLY,
    CARBON_MONOXIDE,
    CHEST,
    CYANIDE,
    GUT,
    LEFT,
    LOCAL_ANAESTHETIC,
    OPIOID,
    ORGANOPHOSPHATE,
    OUTSIDE,
    PELVIS,
    RIGHT,
    SODIUM_CHANNEL,
    STIMULANT,
)
from game.sim.body.whole import Body
from game.sim.findings.state import beats_per_min, lead_changes
from game.sim.laws.circulation import filling_ml
from game.sim.parameters import Parameters
from game.sim.params.findings import senses
from game.sim.params.labs import LabParameters, lab_parameters


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a station senses: its name, the word it takes now, its source key, and the station."""

    name: str
    value: str
    source: str
    station: str


def findings(body: Body, p: Parameters) -> tuple[Finding, ...]:
    """Everything that can be sensed now, once for each station that senses it, in the order of `findings.toml`."""
    lab_p = lab_parameters()
    words = {
        **_skin(body, lab_p),
        **_chest(body, p, lab_p),
        **_breath(body, lab_p),
        **_head(body, p, lab_p),
        **_pulse(body, lab_p),
        **_trunk(body, p, lab_p),
        **_trace(body, lab_p),
    }
    return tuple(
        Finding(sense.name, words[sense.name], sense.source, station)
        for sense in senses().values()
        for station in sense.stations
    )


def _skin(body: Body, lab_p: LabParameters) -> dict[str, str]:
    causes, blood, pulse = body.causes, body.blood, body.pulse.present
    lost = (
        blood.haemoglobin_g_per_l < lab_p.pale_haemoglobin_g_per_l
        or filling_ml(body.circulation) < lab_p.filling_empty_ml
    )
    if causes.poison[CARBON_MONOXIDE] > lab_p.sign_share:
        colour = "cherry"
    elif causes.anaphylaxis > lab_p.sign_share:
        colour = "flushed"
    elif lost:
        colour = "pale"
    elif body.lungs.saturation < lab_p.blue_saturation:
        colour = "blue"
    else:
        colour = "normal" if pulse else "grey"
    degc = blood.temperature_degc
    if degc <= lab_p.stiff_degc:
        warmth = "stiff"
    elif degc <= lab_p.cold_degc:
        warmth = "cold"
    elif degc >= lab_p.hot_degc:
        warmth = "hot"
    else:
        warmth = "warm" if pulse and body.circulation.flow_l_min > lab_p.cool_flow_l_min else "cool"
    if causes.poison[SODIUM_CHANNEL] > lab_p.sign_share:
        moisture = "dry"
    elif blood.glucose_mmol_l < lab_p.low_glucose_mmol_l or causes.poison[ORGANOPHOSPHATE] > lab_p.sign_share:
        moisture = "sweaty"
    else:
        moisture = "normal"
    return {"skin_colour": colour, "skin_warmth": warmth, "skin_moisture": moisture}


def _chest(body: Body, p: Parameters, lab_p: LabParameters) -> dict[str, str]:
    """Neck, trachea, what is heard and tapped on each side, and the heart."""
    causes = body.causes
    left, right = causes.air_mmhg[LEFT], causes.air_mmhg[RIGHT]
    found = p.causes.tension_found_mmhg
    atrial = body.circulation.right_atrial_mmhg
    dammed = (
        max(left, right, causes.burden.pericardial_mmhg) > found or causes.pulmonary_obstruction > lab_p.strain_share
    )
    veins = (
        "flat" if atrial < lab_p.veins_flat_mmhg else "full" if dammed or atrial > lab_p.veins_full_mmhg else "normal"
    )
    trachea = "middle"
    if left - right > lab_p.trachea_mmhg:
        trachea = "right"
    elif right - left > lab_p.trachea_mmhg:
        trachea = "left"
    bloody = p.causes.bleeding_site == CHEST and p.causes.blood_loss_ml + causes.bled_ml > lab_p.chest_blood_ml
    side = int(p.causes.tension_side)
    heart = "muffled" if causes.pericardial_ml > lab_p.muffled_ml else "heard" if body.pulse.present else "none"
    return {
        "neck_veins": veins,
        "trachea": trachea,
        "breath_left": _breath_sound(body, lab_p, left > found or body.airway.place == BRONCHUS),
        "breath_right": _breath_sound(body, lab_p, right > found),
        "percussion_left": _percussion(left > found, bloody and side != RIGHT),
        "percussion_right": _percussion(right > found, bloody and side != LEFT),
        "heart_sounds": heart,
    }


def _percussion(air: bool, blood: bool) -> str:
    if air:
        return "hollow"
    return "dull" if blood else "normal"


def _unaired(body: Body, lab_p: LabParameters) -> bool:
    """Whether no air gets into the chest, whoever pushes it."""
    return body.airway.place in (OESOPHAGUS, OUT) or body.airway.patency < lab_p.blocked_patency


def _breath_sound(body: Body, lab_p: LabParameters, silent: bool) -> str:
    burden = body.causes.burden
    if silent or _unaired(body, lab_p):
        return "absent"
    if burden.airway_resistance > lab_p.silent_resistance or body.airway.patency < lab_p.small_patency:
        return "faint"
    if burden.airway_resistance > lab_p.wheeze_resistance:
        return "wheeze"
    wet = max(body.causes.lung_water, body.airway.aspirated, body.causes.poison[ORGANOPHOSPHATE])
    return "crackles" if wet > lab_p.sign_share else "clear"


def _breath(body: Body, lab_p: LabParameters) -> dict[str, str]:
    """The bag in the hand, the chest that rises or not, the curve of carbon dioxide, and own breathing."""
    airway, burden, causes = body.airway, body.causes.burden, body.causes
    misplaced = airway.place in (OESOPHAGUS, OUT)
    if _unaired(body, lab_p):
        rise = "none"
    elif airway.place == BRONCHUS:
        rise = "right"
    elif burden.compliance < lab_p.small_compliance:
        left, right = causes.air_mmhg
        rise = "small" if abs(left - right) < lab_p.trachea_mmhg else "right" if left > right else "left"
    else:
        rise = "both" if airway.patency > lab_p.small_patency else "small"
    blocked = airway.patency < lab_p.blocked_patency and not misplaced
    if blocked or burden.compliance < lab_p.hard_compliance or burden.airway_resistance > lab_p.hard_resistance:
        bag = "hard"
    else:
        stiff = burden.compliance < lab_p.stiff_compliance or burden.airway_resistance > lab_p.wheeze_resistance
        bag = "stiff" if stiff else "easy"
    return {
        "chest_rise": rise,
        "bag": bag,
        "capnogram": _capnogram(body, lab_p),
        "stomach_gurgle": "heard" if airway.place == OESOPHAGUS else "none",
        "breathing": _breathing(body, lab_p),
    }


def _capnogram(body: Body, lab_p: LabParameters) -> str:
    airway, mmhg = body.airway, body.lungs.exhaled_mmhg
    if airway.place == OESOPHAGUS:
        return "fading" if mmhg > lab_p.capnogram_flat_mmhg else "flat"
    if mmhg <= lab_p.capnogram_flat_mmhg or _unaired(body, lab_p):
        return "flat"
    if body.causes.burden.airway_resistance > lab_p.wheeze_resistance:
        return "shark_fin"
    if mmhg < lab_p.capnogram_low_mmhg:
        return "low"
    return "high" if mmhg > lab_p.capnogram_high_mmhg else "square"


def _breathing(body: Body, lab_p: LabParameters) -> str:
    rate = body.airway.own_breaths_per_min
    if rate <= 0.0:
        return "none"
    # What breath is left without a pulse is no normal breathing, however fast it comes.
    if not body.pulse.present or rate < lab_p.gasp_breaths_per_min:
        return "gasping"
    if rate < lab_p.slow_breaths_per_min:
        return "slow"
    if body.blood.base_excess < lab_p.acid_base_excess:
        return "deep"
    return "fast" if rate > lab_p.fast_breaths_per_min else "normal"


def _head(body: Body, p: Parameters, lab_p: LabParameters) -> dict[str, str]:
    causes, blood, airway = body.causes, body.blood, body.airway
    poison = causes.poison
    if causes.burden.obstruction > lab_p.blocked_obstruction:
        throat = "blocked"
    elif airway.soiled > lab_p.throat_share:
        throat = "vomit"
    elif p.causes.bleeding_site == GUT and p.causes.blood_loss_ml + causes.bled_ml > lab_p.distended_blood_ml:
        throat = "blood"
    elif causes.lung_water > lab_p.sign_share:
        throat = "foam"
    else:
        throat = "secretions" if poison[ORGANOPHOSPHATE] > lab_p.sign_share else "clear"
    if poison[CYANIDE] > lab_p.sign_share:
        odour = "almond"
    elif poison[ORGANOPHOSPHATE] > lab_p.sign_share:
        odour = "garlic"
    elif poison[CARBON_MONOXIDE] > lab_p.sign_share:
        odour = "smoke"
    else:
        sour = blood.base_excess < lab_p.acid_base_excess and blood.glucose_mmol_l > lab_p.fruity_glucose_mmol_l
        odour = "fruity" if sour else "none"
    opioid = poison[OPIOID] * (1.0 - min(1.0, body.drugs.effects.opioid_reversal))
    narrowed = max(opioid, body.drugs.effects.opioid, poison[ORGANOPHOSPHATE])
    widened = max(poison[SODIUM_CHANNEL], poison[STIMULANT], body.drugs.effects.vagolysis)
    if narrowed > lab_p.sign_share:
        pupils = "pin"
    else:
        unfed = body.circulation.cerebral_ml_s < lab_p.wide_flow_ml_s or blood.temperature_degc <= lab_p.stiff_degc
        pupils = "wide" if unfed or widened > lab_p.sign_share else "normal"
    seizing = poison[LOCAL_ANAESTHETIC] > lab_p.sign_share or blood.glucose_mmol_l < lab_p.low_glucose_mmol_l
    return {
        "throat": throat,
        "lips": "swollen" if causes.anaphylaxis > lab_p.sign_share else "normal",
        "odour": odour,
        "pupils": pupils,
        "face": "twitching" if body.pulse.present and seizing else "still",
    }


def _pulse(body: Body, lab_p: LabParameters) -> dict[str, str]:
    present = body.pulse.present
    rate = body.circulation.rate_per_min
    strong = body.circulation.systolic_mmhg > lab_p.strong_mmhg
    paradox = present and body.causes.burden.pericardial_mmhg > lab_p.paradox_mmhg
    return {
        "pulse": ("strong" if strong else "weak") if present else "none",
        "pulse_rate": _speed(rate, lab_p) if present else "none",
        "pulsus": "paradox" if paradox else "none",
    }


def _speed(per_min: float, lab_p: LabParameters) -> str:
    if per_min < lab_p.slow_per_min:
        return "slow"
    return "fast" if per_min > lab_p.fast_per_min else "normal"


def _trunk(body: Body, p: Parameters, lab_p: LabParameters) -> dict[str, str]:
    causes, own = body.causes, p.causes
    site = int(own.bleeding_site)
    inside = site in (BELLY, GUT, PELVIS) and own.blood_loss_ml + causes.bled_ml > lab_p.distended_blood_ml
    flow = causes.burden.bleeding_ml_per_min if site == OUTSIDE or own.wound_ml_per_min > 0.0 else 0.0
    if causes.uterus > 0.0:
        belly = "gravid"
    else:
        belly = "distended" if inside or body.airway.stomach_ml > lab_p.distended_stomach_ml else "soft"
    if causes.uterus <= 0.0:
        womb = "none"
    elif causes.uterus_displaced:
        womb = "moved_aside"
    else:
        womb = "above_navel" if own.pregnancy_weeks > lab_p.navel_weeks else "below_navel"
    wall = "broken" if body.chest.injuries >= lab_p.broken_ribs else "crackling" if own.trauma > 0.0 else "firm"
    weak = body.blood.potassium_mmol_l < lab_p.weak_potassium_mmol_l
    return {
        "rash": "hives" if causes.anaphylaxis > lab_p.sign_share else "none",
        "blood_seen": "running"
        if flow > lab_p.running_ml_per_min
        else "oozing"
        if flow > lab_p.oozing_ml_per_min
        else "none",
        "belly": belly,
        "womb": womb,
        "pelvis": "unstable" if site == PELVIS and own.trauma > 0.0 else "stable",
        "chest_wall": wall,
        "legs": "left_swollen" if own.pulmonary_obstruction > 0.0 else "equal",
        "knees": "silent" if body.blood.magnesium_mmol_l > own.magnesium_high_mmol_l else "normal",
        "limbs": "weak" if weak else "normal",
    }


def _trace(body: Body, lab_p: LabParameters) -> dict[str, str]:
    """What the monitor's electrocardiogram shows at a glance."""
    trace = body.electrical.trace
    changes = lead_changes(body, lab_p)
    per_min = beats_per_min(body)
    width = "none"
    if per_min > 0.0:
        width = "wide" if trace.qrs_ms >= lab_p.wide_ms else "narrow"
    t_wave = "normal"
    if per_min > 0.0 and changes.tall_t_tenth_mm > 0:
        t_wave = "tall"
    elif per_min > 0.0 and changes.u_wave:
        t_wave = "flat"
    return {
        "trace_width": width,
        "trace_rate": _speed(per_min, lab_p) if per_min > 0.0 else "none",
        "trace_height": "low" if changes.low_voltage else "normal",
        "trace_t": t_wave,
        "trace_st": "raised" if changes.st_tenth_mm >= lab_p.st_seen_tenth_mm else "level",
        "trace_end": "j_wave" if changes.osborn_tenth_mm > 0 else "normal",
    }
