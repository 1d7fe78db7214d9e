"""What hands do against a cause, and what an instructor changes: done once, the causes' laws do the rest."""

from __future__ import annotations

from typing import Final

from game.sim.body.causes import CLOSED, DRAIN, HOLE, NEEDLE, POISONS, RESEALED, Causes
from game.sim.body.lungs import Lungs
from game.sim.body.told import TREATED, Told, tell
from game.sim.chance import Stream, uniform
from game.sim.laws.lungs import let_air_out
from game.sim.params.causes import CausesParameters

(
    NEEDLED, THORACOSTOMY, CHEST_DRAIN, PERICARDIOCENTESIS, THORACOTOMY, STOP_BLEEDING, REWARM_EXTERNAL,
    REWARM_INTERNAL, ECMO_REWARM, COOL, DIALYSIS, REPERFUSION, DISPLACE_UTERUS, DELIVER, BURP_CHEST,
) = range(15)  # fmt: skip
"""Codes of the treatments: positions in `game.sim.events.TREATMENTS`."""

BOTH: Final = 3
"""Codes of the sides: positions in `game.sim.events.SIDES`; one less is the side's place in the causes."""

(
    BLEEDING, TENSION_LEFT, TENSION_RIGHT, RESEALS_LEFT, RESEALS_RIGHT, PERICARDIAL, PERICARDIAL_RATE,
    PULMONARY_OBSTRUCTION, CORONARY_OCCLUSION, AIRWAY_OBSTRUCTION, ANAPHYLAXIS, BRONCHOSPASM, LUNG_WATER,
    UTERUS_LET_GO, POTASSIUM_GAIN, ACID_GAIN, GLUCOSE_USE, POISONED,
) = range(18)  # fmt: skip
"""Codes of the changes: positions in `game.sim.body.causes.CAUSE_CHANGES`; from POISONED on they are poisons."""


def treat(
    causes: Causes, p: CausesParameters, lungs: Lungs, told: Told, seed: int, ms: int, treatment: int, side: int
) -> None:
    """One treatment ends at `ms` on `side` (0 none named, 1 left, 2 right, 3 both); reports TREATED.

    It has worked if it did to the body what it is for: let air out, drew blood, opened a vessel, gave heat. On the
    wrong side, or in a patient without that cause, it has not.
    """
    worked = False
    if treatment in (NEEDLED, THORACOSTOMY, CHEST_DRAIN, BURP_CHEST):
        worked = _open_chest(causes, p, seed, treatment, side)
        if treatment == BURP_CHEST and lungs.held_ml > 0.0:
            let_air_out(lungs)
            worked = True
    elif treatment == PERICARDIOCENTESIS:
        worked = _tap(causes, p, seed)
    elif treatment == THORACOTOMY:
        worked = _open_heart(causes, p)
    elif treatment == STOP_BLEEDING:
        worked = _stop_bleeding(causes, p, seed)
    elif treatment == REPERFUSION:
        worked = _open_vessel(causes, p, seed)
    elif treatment == DISPLACE_UTERUS:
        worked = causes.uterus > 0.0 and not causes.uterus_displaced
        causes.uterus_displaced = True
    elif treatment == DELIVER:
        worked = causes.uterus > 0.0 and not causes.delivered
        causes.delivered = True
    else:
        worked = _connect(causes, treatment)
    tell(told, ms, TREATED, treatment, int(worked))


def _connect(causes: Causes, treatment: int) -> bool:
    """Start a device for heat or blood; a second start changes nothing."""
    if treatment == REWARM_EXTERNAL:
        causes.rewarm_external = True
        causes.cooling = False
    elif treatment == REWARM_INTERNAL:
        causes.rewarm_internal = True
        causes.cooling = False
    elif treatment == ECMO_REWARM:
        causes.ecmo = True
        causes.cooling = False
    elif treatment == COOL:
        causes.cooling = True
        causes.rewarm_external = False
        causes.rewarm_internal = False
    elif treatment == DIALYSIS:
        causes.dialysis = True
    else:
        return False
    return True


def _open_chest(causes: Causes, p: CausesParameters, seed: int, treatment: int, side: int) -> bool:
    """Let air out on one side or both. A side that is not named is the left, where a right-handed operator stands."""
    worked = False
    for each in range(2):
        named = side in (each + 1, BOTH) or (side == 0 and each == 0)
        if named:
            if treatment == NEEDLED:
                worked = _needle(causes, p, seed, each) or worked
            elif treatment == BURP_CHEST:
                worked = causes.vent[each] == RESEALED or worked
                if causes.vent[each] == RESEALED:
                    causes.vent[each] = HOLE
            else:
                worked = causes.air_mmhg[each] > p.tension_found_mmhg or worked
                if treatment == CHEST_DRAIN:
                    causes.vent[each] = DRAIN
                elif causes.vent[each] != DRAIN:
                    causes.vent[each] = HOLE
    return worked


def _needle(causes: Causes, p: CausesParameters, seed: int, side: int) -> bool:
    """A needle may not reach the air; in a chest without any it may hurt the lung. Draw n belongs to needle n."""
    number = causes.needles
    causes.needles += 1
    if causes.air_mmhg[side] > p.tension_found_mmhg:
        if uniform(seed, Stream.NEEDLE_MISSES, number) < p.needle_fails_chance:
            return False
        if causes.vent[side] == CLOSED or causes.vent[side] == RESEALED:
            causes.vent[side] = NEEDLE
        return True
    if causes.vent[side] == CLOSED and uniform(seed, Stream.NEEDLE_INJURES, number) < p.needle_pneumothorax_chance:
        causes.leak_mmhg_per_min[side] = max(causes.leak_mmhg_per_min[side], p.needle_leak_mmhg_per_min)
    return False


def _tap(causes: Causes, p: CausesParameters, seed: int) -> bool:
    """Draw from around the heart and leave a drain. Clotted blood does not come; without fluid the heart is at risk."""
    number = causes.taps
    causes.taps += 1
    if causes.pericardial_ml < p.pericardial_found_ml:
        if uniform(seed, Stream.TAP_PUNCTURES, number) < p.tap_puncture_chance:
            causes.pericardial_ml_per_min += p.tap_puncture_ml_per_min
        return False
    fails = p.tap_fails_chance
    if p.pericardial_clotted > 0.0:
        fails = p.tap_clotted_fails_chance
    if uniform(seed, Stream.TAP_MISSES, number) < fails:
        return False
    causes.pericardial_tap_ml = p.tap_ml
    causes.pericardial_drain = True
    return True


def _open_heart(causes: Causes, p: CausesParameters) -> bool:
    """Open chest and pericardium: clots come out, and both sides let their air go."""
    worked = causes.pericardial_ml >= p.pericardial_found_ml
    for side in range(2):
        worked = causes.air_mmhg[side] > p.tension_found_mmhg or worked
        causes.vent[side] = DRAIN
    causes.pericardial_tap_ml = causes.pericardial_ml
    causes.pericardial_drain = True
    return worked


def _stop_bleeding(causes: Causes, p: CausesParameters, seed: int) -> bool:
    """Press, bind, clamp or seal what bleeds."""
    number = causes.stops
    causes.stops += 1
    if causes.bleeding_ml_per_min <= 0.0:
        return False
    if uniform(seed, Stream.BLEEDING_STOPS, number) >= p.stop_bleeding_chance:
        return False
    causes.bleeding_ml_per_min *= 1.0 - p.stop_bleeding_share
    return True


def _open_vessel(causes: Causes, p: CausesParameters, seed: int) -> bool:
    """Reach the closed artery, of the heart or of the lung, and open it."""
    number = causes.openings
    causes.openings += 1
    if causes.coronary_occlusion + causes.pulmonary_obstruction <= 0.0:
        return False
    if uniform(seed, Stream.VESSEL_OPENS, number) >= p.reperfusion_chance:
        return False
    causes.opening = True
    return True


def change(causes: Causes, code: int, amount: float) -> None:
    """An instructor's change: entry `code` of `game.sim.body.causes.CAUSE_CHANGES` becomes `amount` of its unit.

    Shares are held to 0..1 and nothing goes below 0. A code outside the list changes nothing.
    """
    value = max(0.0, amount)
    share = min(1.0, value)
    if code == BLEEDING:
        causes.bleeding_ml_per_min = value
    elif code in (TENSION_LEFT, TENSION_RIGHT):
        side = code - TENSION_LEFT
        causes.leak_mmhg_per_min[side] = value
        if value > 0.0:
            causes.vent[side] = _resealed(causes.vent[side])
    elif code in (RESEALS_LEFT, RESEALS_RIGHT):
        side = code - RESEALS_LEFT
        causes.vent[side] = _resealed(causes.vent[side])
    elif code == PERICARDIAL:
        causes.pericardial_ml = value
    elif code == PERICARDIAL_RATE:
        causes.pericardial_ml_per_min = value
    elif code == PULMONARY_OBSTRUCTION:
        causes.pulmonary_obstruction = share
    elif code == CORONARY_OCCLUSION:
        causes.coronary_occlusion = share
        causes.opening = False
    elif code == AIRWAY_OBSTRUCTION:
        causes.airway_obstruction = share
    elif code == ANAPHYLAXIS:
        causes.anaphylaxis = share
    elif code == BRONCHOSPASM:
        causes.bronchospasm = share
    elif code == LUNG_WATER:
        causes.lung_water = share
    elif code == UTERUS_LET_GO:
        causes.uterus_displaced = False
    elif code == POTASSIUM_GAIN:
        causes.potassium_gain_mmol_per_min = value
    elif code == ACID_GAIN:
        causes.acid_gain_mmol_per_min = value
    elif code == GLUCOSE_USE:
        causes.glucose_use_mmol_per_min = value
    elif POISONED <= code < POISONED + POISONS:
        causes.poison[code - POISONED] = share
        causes.poisoned = True


def _resealed(vent: int) -> int:
    """What becomes of a way out when it is blocked; a drain stays open."""
    if vent == HOLE:
        return RESEALED
    if vent == NEEDLE:
        return CLOSED
    return vent
