"""Blood in eight compartments, the push, breath and beat that move it now, and what can be read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

STEP_MS: Final = 4
"""Length of a step of the grid."""

NEVER_MS: Final = -1_000_000_000
"""A time before all play."""


@dataclass(slots=True)
class Vessels:
    """The vessels as they are now, in the form the mechanics want; the law `set_vessels` writes them.

    `*_stiff` are mmHg per mL above the unstressed volume. The others are mL per mmHg and (half) step, save
    `tricuspid_leak` and `cerebral_share`, which are shares. Contractility is the peak stiffness of a beat, mmHg/mL.
    """

    relaxation: float = -1.0
    substeps: int = 1
    aorta_stiff: float = 0.0
    arteries_stiff: float = 0.0
    veins_stiff: float = 0.0
    right_atrium_stiff: float = 0.0
    right_ventricle_stiff: float = 0.0
    pulmonary_arteries_stiff: float = 0.0
    pulmonary_veins_stiff: float = 0.0
    left_ventricle_stiff: float = 0.0
    aortic: float = 0.0
    systemic: float = 0.0
    coronary: float = 0.0
    venous: float = 0.0
    tricuspid: float = 0.0
    tricuspid_leak: float = 0.0
    pulmonary_valve: float = 0.0
    pulmonary: float = 0.0
    mitral: float = 0.0
    aortic_valve: float = 0.0
    cerebral_share: float = 0.0
    left_contractility: float = 0.0
    right_contractility: float = 0.0
    squeeze: float = 1.0
    left_squeeze_per_ml_mm: float = 0.0
    squeeze_on_right_atrium: float = 0.0


@dataclass(slots=True)
class Circulation:
    """The mechanics. Each compartment's `*_ml` is what it holds above its unstressed volume.

    `slack_ml` is how much the veins' unstressed volume has grown (negative: veins tightened). `relaxation` is 0 for a
    stone heart in relaxed vessels, 1 for a heart that pumps. Pressures from outside: `pericardial_mmhg` on atrium and
    ventricles, `thoracic_mmhg` on all that lies in the chest.
    """

    aorta_ml: float = 0.0
    arteries_ml: float = 0.0
    veins_ml: float = 0.0
    right_atrium_ml: float = 0.0
    right_ventricle_ml: float = 0.0
    pulmonary_arteries_ml: float = 0.0
    pulmonary_veins_ml: float = 0.0
    left_ventricle_ml: float = 0.0
    slack_ml: float = 0.0
    vessels: Vessels = field(default_factory=Vessels)
    relaxation: float = 1.0
    pericardial_mmhg: float = 0.0
    thoracic_mmhg: float = 0.0

    depth_mm: float = 0.0
    priming: float = 0.0
    squeezed_ms: int = NEVER_MS
    push_start_ms: int = NEVER_MS
    push_end_ms: int = NEVER_MS
    push_depth_mm: float = 0.0
    lean_mm: float = 0.0
    lean_until_ms: int = NEVER_MS
    breath_end_ms: int = NEVER_MS
    breath_mmhg: float = 0.0
    trapped_mmhg: float = 0.0
    trapped_until_ms: int = NEVER_MS
    beat_start_ms: int = NEVER_MS
    systole_ms: float = 1.0
    beat_peak_mmhg: float = 0.0
    wave_ms: int = NEVER_MS
    rate_per_min: float = 0.0

    perfusion_mmhg: float = 0.0
    aorta_mmhg: float = 0.0
    highest_mmhg: float = 0.0
    lowest_mmhg: float = 0.0
    ticks: int = 0
    aorta_sum_mmhg: float = 0.0
    ejected_ml: float = 0.0
    run_off_ml: float = 0.0
    left_heart_ml: float = 0.0

    cpp_mmhg: float = 0.0
    last_cpp_mmhg: float = 0.0
    second_cpp_mmhg: float = 0.0
    third_cpp_mmhg: float = 0.0
    systolic_mmhg: float = 0.0
    diastolic_mmhg: float = 0.0
    right_atrial_mmhg: float = 0.0
    flow_l_min: float = 0.0
    pulmonary_l_min: float = 0.0
    cerebral_ml_s: float = 0.0
    mean_mmhg: float = 0.0
