"""Gases in alveoli, blood and tissue, and what capnograph and finger probe make of them."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.body.circulation import NEVER_MS


@dataclass(slots=True)
class Lungs:
    """Oxygen as a share of alveolar gas and as content (mL per L of blood), carbon dioxide as pressure (mmHg).

    `arterial_mmhg` is the carbon dioxide and `oxygen_mmhg` the oxygen pressure of arterial blood, `saturation` (0 to 1)
    its haemoglobin's. `exhaled_mmhg` came back at the end of the last breath, at `exhaled_ms`. `fio2` is the share of
    oxygen last breathed, `supply` that of the gas at the mouth. `collapsed` (0 to 1) is how far compressions have
    closed the bases of the lungs. Tissue burns `uptake_ml_per_min` of oxygen and would burn `demand_ml_per_min`.

    Of the breath under way (`breath_*`) `fresh_ml`, with `fresh_oxygen_ml` in it, has come in since the last look.
    `held_ml` is what slow expiry had left in the chest when the last breath ended, and `trapped_mmhg` its pressure.
    """

    alveolar_oxygen: float = 0.0
    arterial_oxygen: float = 0.0
    venous_oxygen: float = 0.0
    alveolar_mmhg: float = 0.0
    arterial_mmhg: float = 0.0
    venous_mmhg: float = 0.0
    tissue_mmhg: float = 0.0
    oxygen_mmhg: float = 0.0
    saturation: float = 1.0
    exhaled_mmhg: float = 0.0
    exhaled_ms: int = NEVER_MS
    probe_pct: float = 0.0
    uptake_ml_per_min: float = 0.0
    demand_ml_per_min: float = 0.0
    fio2: float = 0.0
    supply: float = 0.0
    shunt_share: float = 0.0
    dead_share: float = 0.0
    collapsed: float = 0.0
    volume_l: float = 1.0
    held_ml: float = 0.0
    trapped_mmhg: float = 0.0
    fresh_ml: float = 0.0
    fresh_oxygen_ml: float = 0.0
    breath_start_ms: int = NEVER_MS
    breath_end_ms: int = NEVER_MS
    breath_ml: float = 0.0
    breath_oxygen: float = 0.0
    breath_share: float = 1.0
    breath_counted_ms: int = NEVER_MS
