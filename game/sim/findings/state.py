"""What several findings and samples read out of the body alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.sim.body.causes import SODIUM_CHANNEL
from game.sim.body.circulation import STEP_MS
from game.sim.body.whole import Body
from game.sim.params.labs import LabParameters

_TENTH_MM_PER_UV: Final = 0.1
"""Height on paper at 10 mm per mV, in tenths of a millimetre."""


@dataclass(frozen=True, slots=True)
class LeadChanges:
    """What beats look like in the leads; all 0 and False where there are none. Heights in tenths of a millimetre."""

    st_tenth_mm: int = 0
    tall_t_tenth_mm: int = 0
    u_wave: bool = False
    osborn_tenth_mm: int = 0
    avr_tenth_mm: int = 0
    strain: bool = False
    low_voltage: bool = False


def now_ms(body: Body) -> int:
    """The room time (ms) at which the body stands."""
    return body.step * STEP_MS


def beats_per_min(body: Body) -> float:
    """Complexes a minute on the monitor, 0 in fibrillation and on a flat line."""
    return body.electrical.rate_per_min if body.electrical.beating else 0.0


def lead_changes(body: Body, lab_p: LabParameters) -> LeadChanges:
    """What twelve leads show of muscle, salts, cold, poison and strain, as long as there are beats."""
    if beats_per_min(body) <= 0.0:
        return LeadChanges()
    trace, causes = body.electrical.trace, body.causes
    poison = causes.poison[SODIUM_CHANNEL] * (1.0 - min(1.0, body.drugs.effects.sodium_load))
    tall = trace.t_share > lab_p.tall_t_share
    return LeadChanges(
        st_tenth_mm=round(trace.st_uv * _TENTH_MM_PER_UV),
        tall_t_tenth_mm=round(trace.t_share * lab_p.t_height_tenth_mm) if tall else 0,
        u_wave=trace.u_uv > lab_p.u_seen_uv,
        osborn_tenth_mm=round(trace.j_uv * _TENTH_MM_PER_UV),
        avr_tenth_mm=round(poison * lab_p.avr_tenth_mm),
        strain=causes.pulmonary_obstruction > lab_p.strain_share,
        low_voltage=trace.qrs_share < lab_p.low_qrs_share,
    )
