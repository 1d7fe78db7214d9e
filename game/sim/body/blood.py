"""The blood's chemistry: what it holds now, and the stores behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Blood:
    """Arterial blood of a patient; the public readings first, then the stores the law keeps.

    `ph`, `base_excess` and `bicarbonate_mmol_l` hold together with the arterial carbon dioxide. Potassium is what is
    measured in plasma with all shifts, calcium is ionised. `metabolism` is the factor by which tissue burns, 1 at
    normal temperature. `carbon_dioxide_ml_per_min` comes out of given bicarbonate into the venous blood.

    Stores: `fixed_base_mmol_l` is the base excess without lactate (and the acids that come with it) and without given
    bicarbonate (`given_base_mmol_l`). Potassium is that of the body's fluids (`potassium_pool_mmol_l`), given and
    spread (`potassium_given_mmol_l`), given and still in plasma (`potassium_fresh_mmol`), and leaked from starved
    tissue (`potassium_leaked_mmol_l`). `citrate_mmol` binds calcium. `buffering_ml` is carbon dioxide that given
    bicarbonate will still set free. `heat_degc` is the temperature `metabolism` was worked out for.
    """

    haemoglobin_g_per_l: float = 0.0
    temperature_degc: float = 0.0
    ph: float = 0.0
    base_excess: float = 0.0
    bicarbonate_mmol_l: float = 0.0
    lactate_mmol_l: float = 0.0
    potassium_mmol_l: float = 0.0
    calcium_mmol_l: float = 0.0
    magnesium_mmol_l: float = 0.0
    glucose_mmol_l: float = 0.0
    metabolism: float = 1.0
    carbon_dioxide_ml_per_min: float = 0.0

    fixed_base_mmol_l: float = 0.0
    given_base_mmol_l: float = 0.0
    potassium_pool_mmol_l: float = 0.0
    potassium_given_mmol_l: float = 0.0
    potassium_fresh_mmol: float = 0.0
    potassium_leaked_mmol_l: float = 0.0
    citrate_mmol: float = 0.0
    buffering_ml: float = 0.0
    heat_degc: float = 0.0
