"""What hands do at the airway, and how much of a squeezed bag reaches the lungs, the stomach or the room.

Air takes the easier way: above the pressure that opens the gullet, an airway that is not sealed off fills the stomach.
"""

from __future__ import annotations

from game.sim.body.airway import (
    BARE,
    BRONCHUS,
    CLEAR_FOREIGN_BODY,
    DECOMPRESS_STOMACH,
    JAW_THRUST,
    MASK,
    NASAL,
    OESOPHAGUS,
    OPEN,
    ORAL,
    OUT,
    PULL_BACK,
    PUT_NASAL,
    PUT_ORAL,
    PUT_SGA,
    PUT_TUBE,
    REGURGITATION,
    REMOVE,
    SGA,
    SGA_LEAKS,
    SUCTION,
    TRACHEA,
    TUBE,
    TUBE_DEEP,
    TUBE_IN_OESOPHAGUS,
    TUBE_OUT,
    Airway,
)
from game.sim.body.causes import Burden, Causes
from game.sim.body.drugs import Effects
from game.sim.body.told import AIRWAY, VOMIT, Told, tell
from game.sim.chance import Stream, threshold, uniform
from game.sim.laws.causes import clear_airway
from game.sim.params.airway import AirwayParameters
from game.sim.tables import clamp


def begin_airway(airway: Airway, p: AirwayParameters, seed: int) -> None:
    """The airway of a patient before anybody touches it."""
    airway.stomach_ml = p.stomach_start_ml
    airway.regurgitation_at = threshold(seed, Stream.REGURGITATION, 0)


def live_airway(
    airway: Airway,
    p: AirwayParameters,
    burden: Burden,
    effects: Effects,
    gag: float,
    seed: int,
    ms: int,
    minutes: float,
    told: Told,
) -> None:
    """Let `minutes` pass: who guards his throat (`gag`, 0 to 1) coughs it free, and who feels sick may vomit."""
    if airway.soiled > 0.0:
        airway.soiled -= airway.soiled * min(1.0, p.cough_per_min * gag * minutes)
    if effects.nausea > 0.0:
        _irritate(airway, p, seed, ms, p.regurgitation_nausea_per_min * effects.nausea * minutes, told)
    see_patency(airway, p, burden, gag)


def seated(airway: Airway) -> bool:
    """Whether what is pushed in goes towards the lungs."""
    return airway.place in (TRACHEA, BRONCHUS)


def see_patency(airway: Airway, p: AirwayParameters, burden: Burden, gag: float) -> None:
    """How much of a breath passes the throat now: head, tongue, vomit, and what blocks it.

    Beside a tube that lies wrong the throat is as open as without one. Who guards his throat (`gag`) holds it open.
    """
    blocked = burden.obstruction
    if airway.device == TUBE and seated(airway):
        airway.patency = 1.0 - blocked * (1.0 - p.tube_past_obstruction)
        return
    passes = (1.0 - blocked) * (1.0 - p.soiled_blocks * airway.soiled)
    if airway.device != SGA and not airway.opened and airway.adjunct == BARE:
        passes *= p.tongue_patency + (1.0 - p.tongue_patency) * gag
    airway.patency = passes


def compliance_share(airway: Airway, p: AirwayParameters, burden: Burden) -> float:
    """How easily the chest fills, 1 when nothing is wrong: causes, a stomach full of air, one lung alone."""
    share = burden.compliance * (1.0 - p.stomach_stiffens * min(1.0, airway.stomach_ml / p.stomach_full_ml))
    if airway.place == BRONCHUS:
        share *= p.bronchus_compliance
    return share


def push_breath(
    airway: Airway,
    p: AirwayParameters,
    burden: Burden,
    seed: int,
    ms: int,
    duration_ms: int,
    volume_ml: float,
    device: int,
    seal_pct: float,
    told: Told,
) -> float:
    """A squeeze of `volume_ml` in `duration_ms` through `device`; returns the mL that reach the lungs.

    A device that nobody was seen to place sits where it should, and a mask means that none is in.
    """
    if airway.device != device:
        _seat(airway, device, TRACHEA)
    airway.opened = airway.opened or device == MASK
    see_patency(airway, p, burden, 0.0)
    if not seated(airway):
        airway.misplaced_breaths += 1
        airway.peak_cmh2o = 0.0
        airway.breath_ml = 0.0
        if airway.place == OESOPHAGUS:
            _fill_stomach(airway, p, seed, ms, volume_ml, told)
        return 0.0
    passed_ml = max(0.0, volume_ml)
    if device == MASK:
        passed_ml *= clamp(0.01 * seal_pct, 0.0, 1.0) * airway.patency
        if airway.adjunct == BARE:
            passed_ml *= p.bare_patency
    elif device == SGA:
        passed_ml *= (1.0 - airway.sga_leak) * airway.patency
    else:
        passed_ml *= airway.patency
    seconds = 0.001 * max(duration_ms, 1)
    cmh2o_per_ml = (
        1.0 / (p.lung_compliance_ml_per_cmh2o * compliance_share(airway, p, burden))
        + 0.001 * p.breath_resistance_cmh2o_s_per_l * burden.airway_resistance / seconds
    )
    passed_ml = min(passed_ml, p.bag_limit_cmh2o / cmh2o_per_ml)
    if device != TUBE:
        opens_cmh2o = p.stomach_opens_cmh2o if device == MASK else p.sga_seal_cmh2o
        share = p.stomach_share_mask if device == MASK else p.stomach_share_sga
        above_ml = passed_ml - opens_cmh2o / cmh2o_per_ml
        if above_ml > 0.0:
            passed_ml -= share * above_ml
            _fill_stomach(airway, p, seed, ms, share * above_ml, told)
    airway.peak_cmh2o = passed_ml * cmh2o_per_ml
    airway.breath_ml = passed_ml
    if airway.soiled > 0.0 and device != TUBE:
        moved = airway.soiled * p.aspiration_per_breath * (p.aspiration_past_sga if device == SGA else 1.0)
        airway.aspirated = min(1.0, airway.aspirated + moved)
    return passed_ml


def act_on_airway(
    airway: Airway,
    p: AirwayParameters,
    causes: Causes,
    gag: float,
    seed: int,
    ms: int,
    act: int,
    skill_pct: float,
    told: Told,
) -> None:
    """One act is finished. `gag` is how well the patient guards his throat, 0 to 1; `skill_pct` scales the chance."""
    skill = 0.01 * skill_pct
    if act == PUT_TUBE:
        _try_tube(airway, p, seed, ms, skill, told)
    elif act == PUT_SGA:
        _try_sga(airway, p, seed, ms, skill, told)
    elif act == SUCTION:
        airway.soiled *= p.soiled_after_suction
    elif act == DECOMPRESS_STOMACH:
        airway.stomach_ml *= p.stomach_left_after_tube
    elif act == PULL_BACK:
        _pull_back(airway, p, seed)
    elif act == REMOVE:
        _seat(airway, MASK, TRACHEA)
    elif act == CLEAR_FOREIGN_BODY:
        if _succeeds(airway, p, seed, p.chance_foreign_body * skill):
            clear_airway(causes, 1.0)
    elif act in (OPEN, JAW_THRUST):
        airway.opened = _succeeds(airway, p, seed, p.chance_open * skill) or airway.opened
    elif act == PUT_ORAL:
        if _succeeds(airway, p, seed, p.chance_oral * skill):
            airway.adjunct = ORAL
        _irritate(airway, p, seed, ms, p.regurgitation_gag * gag, told)
    elif act == PUT_NASAL and _succeeds(airway, p, seed, p.chance_nasal * skill):
        airway.adjunct = NASAL


def change_airway(airway: Airway, p: AirwayParameters, seed: int, ms: int, change: int, told: Told) -> None:
    """An instructor's change: a tube slips, a seal is lost, the stomach comes up."""
    if change == REGURGITATION:
        _vomit(airway, p, seed, ms, told)
    elif change == SGA_LEAKS and airway.device == SGA:
        airway.sga_leak = p.sga_leak_worst
    elif airway.device != MASK and change == TUBE_OUT:
        _seat(airway, airway.device, OUT)
    elif airway.device == TUBE and change == TUBE_DEEP:
        _seat(airway, TUBE, BRONCHUS)
    elif airway.device == TUBE and change == TUBE_IN_OESOPHAGUS:
        _misplace(airway, p)


def false_wave_mmhg(airway: Airway, p: AirwayParameters) -> float:
    """What the capnograph shows of a tube that lies wrong: waves that fade over some breaths, then nothing."""
    left = 1.0 - (airway.misplaced_breaths - 1) / p.false_waves
    return airway.wave_mmhg * clamp(left, 0.0, 1.0)


def _seat(airway: Airway, device: int, place: int) -> None:
    airway.device = device
    airway.place = place
    airway.misplaced_breaths = 0
    airway.wave_mmhg = 0.0
    if device != SGA:
        airway.sga_leak = 0.0


def _misplace(airway: Airway, p: AirwayParameters) -> None:
    """Into the oesophagus: gas that breaths by mask left in the stomach gives false waves."""
    _seat(airway, TUBE, OESOPHAGUS)
    airway.wave_mmhg = p.false_wave_mmhg * min(1.0, airway.stomach_ml / p.false_wave_stomach_ml)


def _succeeds(airway: Airway, p: AirwayParameters, seed: int, chance: float) -> bool:
    airway.small_acts += 1
    return uniform(seed, Stream.AIRWAY_ACT, airway.small_acts) < min(p.chance_highest, chance)


def _try_tube(airway: Airway, p: AirwayParameters, seed: int, ms: int, skill: float, told: Told) -> None:
    airway.tube_attempts += 1
    attempt = airway.tube_attempts
    chance = p.chance_tube_later
    if attempt == 1:
        chance = p.chance_tube_first
    elif attempt == 2:
        chance = p.chance_tube_second
    chance *= skill * (1.0 - airway.soiled * (1.0 - p.chance_tube_soiled))
    if uniform(seed, Stream.TUBE_ATTEMPT, attempt) >= min(p.chance_highest, chance):
        _seat(airway, MASK, TRACHEA)
        tell(told, ms, AIRWAY, TUBE, 0)
        return
    place = uniform(seed, Stream.TUBE_PLACE, attempt)
    if place < p.chance_oesophagus:
        _misplace(airway, p)
    elif place < p.chance_oesophagus + p.chance_bronchus:
        _seat(airway, TUBE, BRONCHUS)
    else:
        _seat(airway, TUBE, TRACHEA)
    tell(told, ms, AIRWAY, TUBE, 1)


def _try_sga(airway: Airway, p: AirwayParameters, seed: int, ms: int, skill: float, told: Told) -> None:
    airway.sga_attempts += 1
    attempt = airway.sga_attempts
    chance = skill * (p.chance_sga_first if attempt == 1 else p.chance_sga_later)
    if uniform(seed, Stream.SGA_ATTEMPT, attempt) >= min(p.chance_highest, chance):
        _seat(airway, MASK, TRACHEA)
        tell(told, ms, AIRWAY, SGA, 0)
        return
    _seat(airway, SGA, TRACHEA)
    bad_seal = uniform(seed, Stream.SGA_LEAK, attempt)
    airway.sga_leak = p.sga_leak_worst * bad_seal * bad_seal
    tell(told, ms, AIRWAY, SGA, 1)


def _pull_back(airway: Airway, p: AirwayParameters, seed: int) -> None:
    """Two centimetres out: right for a tube in the bronchus, a risk for one that sat well."""
    if airway.device != TUBE:
        return
    if airway.place == BRONCHUS:
        _seat(airway, TUBE, TRACHEA)
    elif airway.place == TRACHEA and _succeeds(airway, p, seed, p.chance_slips_out):
        _seat(airway, TUBE, OUT)


def _fill_stomach(airway: Airway, p: AirwayParameters, seed: int, ms: int, ml: float, told: Told) -> None:
    airway.stomach_ml = min(p.stomach_most_ml, airway.stomach_ml + max(0.0, ml))
    _irritate(airway, p, seed, ms, p.regurgitation_per_breath, told)


def _irritate(airway: Airway, p: AirwayParameters, seed: int, ms: int, hazard: float, told: Told) -> None:
    airway.regurgitation += hazard
    if airway.regurgitation >= airway.regurgitation_at:
        _vomit(airway, p, seed, ms, told)


def _vomit(airway: Airway, p: AirwayParameters, seed: int, ms: int, told: Told) -> None:
    """The stomach comes up and fouls the throat; the hazard starts afresh."""
    ml = airway.stomach_ml * p.vomit_share
    airway.stomach_ml -= ml
    airway.soiled += (1.0 - airway.soiled) * p.vomit_soils
    airway.vomits += 1
    airway.regurgitation = 0.0
    airway.regurgitation_at = threshold(seed, Stream.REGURGITATION, airway.vomits)
    tell(told, ms, VOMIT, int(ml), 0)
