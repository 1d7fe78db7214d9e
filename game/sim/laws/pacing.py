"""The pacemaker on the chest: whether its current makes beats. Whether these make a pulse is up to the muscle."""

from __future__ import annotations

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.electrical import Electrical
from game.sim.body.latent import Latent
from game.sim.body.myocardium import Myocardium
from game.sim.body.told import CAPTURE, Told, tell
from game.sim.laws.electrical import begin_capture, end_capture, plan_beat
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import TORSADES


def set_pacing(
    e: Electrical, p: RhythmParameters, now_ms: int, rate_per_min: float, current_ma: float, told: Told
) -> None:
    """Pace on demand at this rate and current; a rate of 0 stops. Capture shows with the next `live_pacing`."""
    e.pacing.rate_per_min = max(rate_per_min, 0.0)
    e.pacing.current_ma = max(current_ma, 0.0)
    if not e.pacing.capturing:
        return
    if e.pacing.rate_per_min > 0.0:
        plan_beat(e, now_ms)
    else:
        end_capture(e, p, now_ms)
        tell(told, now_ms, CAPTURE, 0, 0)


def capture_threshold_ma(p: RhythmParameters, weight_kg: float, blood: Blood, burden: Burden, latent: Latent) -> float:
    """The current from which on this patient's heart follows now."""
    threshold_ma = latent.pacing_threshold_ma
    if blood.potassium_mmol_l > p.pacing_potassium_mmol_l:
        threshold_ma += p.pacing_shift_ma
    if weight_kg > p.pacing_obese_kg:
        threshold_ma += p.pacing_shift_ma
    if burden.pericardial_mmhg > p.pacing_pericardial_mmhg:
        threshold_ma += p.pacing_shift_ma
    return threshold_ma


def live_pacing(
    e: Electrical,
    p: RhythmParameters,
    seed: int,
    now_ms: int,
    weight_kg: float,
    muscle: Myocardium,
    blood: Blood,
    burden: Burden,
    latent: Latent,
    told: Told,
) -> None:
    """See whether the current captures now. Call every 100 ms; does nothing while the pacemaker is off."""
    pacing = e.pacing
    if pacing.rate_per_min <= 0.0:
        return
    follows = (
        not latent.pacing_fails
        and e.rhythm > TORSADES
        and muscle.energy > p.pacing_energy
        and pacing.current_ma >= capture_threshold_ma(p, weight_kg, blood, burden, latent)
    )
    if follows == pacing.capturing:
        return
    if follows:
        begin_capture(e, p, seed, now_ms)
    else:
        end_capture(e, p, now_ms)
    tell(told, now_ms, CAPTURE, int(follows), 0)
