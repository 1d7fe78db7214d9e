"""The patient's numbers: read from the TOML texts once, checked, and frozen into typed groups.

Every row of `params/*.toml` holds `value`, `lo`, `hi`, `unit` and `source`. A row in a table is named by table and key
("beating_aorta_ml_per_mmhg"); names are unique over all files, so that a level can override any of them by name.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar, get_type_hints

CODE_VERSION: Final = "1"
"""Raise when the equations change, so that older logs are known to belong to another model."""

_FILES: Final = ("case", "circulation", "drugs", "heart", "latent", "lungs", "rhythm", "sources")

T = TypeVar("T")


class CaseError(ValueError):
    """A patient cannot be made as asked: parameter `name` was given `value` where `expected` was wanted."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(f"patient parameter {name} = {value!r}: expected {expected}")
        self.name = name
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Row:
    """One number with the range a level may choose from, its unit and where it comes from."""

    name: str
    value: float
    lo: float
    hi: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Unstressed:
    """Volumes (mL) at which the compartments hold no pressure."""

    aorta_ml: float
    arteries_ml: float
    veins_ml: float
    right_atrium_ml: float
    right_ventricle_ml: float
    pulmonary_arteries_ml: float
    pulmonary_veins_ml: float
    left_ventricle_ml: float


@dataclass(frozen=True, slots=True)
class Vessels:
    """Compliances (mL/mmHg) and resistances (mmHg s/mL) of one state of the heart."""

    aorta_ml_per_mmhg: float
    arteries_ml_per_mmhg: float
    veins_ml_per_mmhg: float
    right_atrium_ml_per_mmhg: float
    right_ventricle_ml_per_mmhg: float
    pulmonary_arteries_ml_per_mmhg: float
    pulmonary_veins_ml_per_mmhg: float
    left_ventricle_ml_per_mmhg: float
    aortic_resistance: float
    systemic_resistance: float
    cerebral_resistance: float
    coronary_resistance: float
    venous_resistance: float
    tricuspid_resistance: float
    tricuspid_leak: float
    pulmonary_valve_resistance: float
    pulmonary_resistance: float
    mitral_resistance: float
    aortic_valve_resistance: float


@dataclass(frozen=True, slots=True)
class CirculationParameters:
    """See `params/circulation.toml`."""

    blood_volume_ml: float
    thorax_mmhg_per_mm: float
    squeeze_mmhg_per_mm: float
    dead_zone_mm: float
    left_squeeze_per_ml_mm: float
    right_squeeze_per_ml_mm: float
    squeeze_on_right_atrium: float
    squeeze_on_aorta: float
    squeeze_on_pulmonary_vessels: float
    coronary_share_squeezed: float
    recoil_s: float
    deepest_mm: float
    lean_lasts_ms: float
    priming_floor: float
    priming_span: float
    priming_rise_s: float
    priming_fall_s: float
    priming_window_ms: float
    breath_pleural_mmhg: float
    breath_reference_ml: float
    trapped_mmhg: float
    expiry_s: float
    pneumothorax_mmhg: float
    pericardial_mmhg: float
    abdominal_mmhg: float
    bleeding_ml_per_min: float
    systole_s: float
    stiff_from_mmhg_per_ml: float
    unstressed: Unstressed
    arrest: Vessels
    beating: Vessels


@dataclass(frozen=True, slots=True)
class HeartParameters:
    """See `params/heart.toml`."""

    energy_ceiling: float
    energy_decay_vf_min: float
    energy_decay_quiet_min: float
    energy_recovery_per_min: float
    perfusion_mid_mmhg: float
    perfusion_width_mmhg: float
    oxygen_content_enough: float
    oxygen_factor_cap: float
    damage_per_min: float
    damage_below_energy: float
    idle_sample_ms: float
    compressing_window_ms: float
    left_contractility: float
    right_contractility: float
    contractility_span: float
    pulse_energy_mean: float
    pulse_energy_width: float
    pulse_energy_reserve: float
    stun_per_shock: float
    stun_reference_j: float
    stun_recovery_min: float
    acid_contractility_ph: float
    acid_contractility_slope: float
    acid_contractility_floor: float
    warm_up_s: float
    relaxed_at: float
    first_beat_ms: float
    rate_normal_per_min: float
    rate_weak_per_min: float
    rate_strong_per_min: float
    rate_weak_energy: float
    rate_strong_energy: float
    rate_lowest_per_min: float
    rate_highest_per_min: float
    pulse_mmhg: float
    pulse_hold_s: float
    pulse_smoothing: float
    pulse_lost_mmhg: float
    pulse_lost_s: float
    reflex_map_mmhg: float
    reflex_gain: float
    reflex_resistance_per_mmhg: float
    reflex_resistance_lo: float
    reflex_resistance_hi: float
    reflex_resistance_s: float
    reflex_veins_ml_per_mmhg: float
    reflex_veins_lo_ml: float
    reflex_veins_hi_ml: float
    reflex_veins_s: float
    reflex_rate_per_mmhg: float
    reflex_rate_lo_per_min: float
    reflex_rate_hi_per_min: float
    reflex_rate_s: float
    reflex_contractility_per_mmhg: float
    tone_loss_min: float
    tone_acid_ph: float
    tone_acid_slope: float


@dataclass(frozen=True, slots=True)
class RhythmParameters:
    """See `params/rhythm.toml`."""

    amsa_mv_hz: float
    amsa_log_sd: float
    vf_amplitude_floor_uv: float
    vf_amplitude_span_uv: float
    vf_frequency_floor_mhz: float
    vf_frequency_span_mhz: float
    terminate_per_amsa: float
    terminate_amsa_mid: float
    terminate_per_log_energy: float
    terminate_reference_j: float
    organise_per_amsa: float
    organise_amsa_mid: float
    organise_pause_per_s: float
    shock_on_beats_vf: float
    vf_fades_per_min: float
    vf_fades_energy: float
    pvt_degenerates_per_min: float
    pea_stops_per_min: float
    pea_stops_energy: float
    pea_fibrillates_per_min: float
    asystole_organises_per_min: float
    asystole_fibrillates_per_min: float
    refibrillation_per_min: float
    refibrillation_energy: float
    refibrillation_s: float
    refibrillation_floor_per_min: float
    refibrillation_compressed: float
    rearrest_early_min: float
    rearrest_vf_early_per_min: float
    rearrest_vf_late_per_min: float
    rearrest_vf_other_per_min: float
    rearrest_pea_early_per_min: float
    rearrest_pea_late_per_min: float
    rearrest_pea_energy_step: float


@dataclass(frozen=True, slots=True)
class LungParameters:
    """See `params/lungs.toml`."""

    resting_volume_l: float
    dead_space_ml: float
    dead_alveolar_share: float
    shunt_share: float
    air_pressure_mmhg: float
    alveolar_oxygen: float
    uptake_expansion: float
    oxygen_demand_ml_per_min: float
    oxygen_extraction: float
    oxygen_per_haemoglobin: float
    oxygen_dissolved: float
    dissociation_cube: float
    dissociation_line: float
    dissociation_per_ph: float
    dissociation_per_degc: float
    arterial_pool_l: float
    venous_pool_l: float
    tissue_pool_l: float
    carbon_dioxide_per_mmhg: float
    gas_mmhg_l_per_ml: float
    respiratory_quotient: float
    buffered_carbon_dioxide: float
    carbon_dioxide_mmhg: float
    exhaled_dead_arrest: float
    exhaled_dead_beating: float
    exhaled_mask: float
    capnograph_blank_ms: float
    probe_lag_s: float
    probe_first_value_s: float
    flow_smoothing_s: float
    flow_normal_l_min: float
    haemoglobin_g_per_l: float
    temperature_degc: float
    ph: float
    standard_degc: float
    standard_ph: float
    metabolic_q10: float


@dataclass(frozen=True, slots=True)
class Route:
    """A way into the blood: the flow (L) that brings the mean of a dose, and the share that arrives."""

    volume_l: float
    arrives_share: float
    flushed_volume_l: float
    flushed_arrives_share: float


@dataclass(frozen=True, slots=True)
class Drug:
    """One drug: the amount (ug in a reference body) of half effect, elimination, and its effects at full saturation."""

    half_ug: float
    elimination_low_per_min: float
    elimination_high_per_min: float
    resistance: float
    veins_ml: float
    contractility: float
    rate_per_min: float
    rate: float
    demand: float
    refibrillation: float
    organising: float
    terminate_logit: float


@dataclass(frozen=True, slots=True)
class DrugParameters:
    """See `params/drugs.toml`."""

    transit_stages_rate: float
    drug_reference_kg: float
    elimination_flow_low_l_min: float
    elimination_flow_high_l_min: float
    transit_left_share: float
    pressor_acid_ph: float
    iv: Route
    io_humerus: Route
    io_sternum: Route
    io_tibia: Route
    central: Route
    epinephrine: Drug
    amiodarone: Drug


@dataclass(frozen=True, slots=True)
class LatentParameters:
    """See `params/latent.toml`."""

    latent_spread: float
    coronary_factor_sd: float
    left_squeeze_log_sd: float
    squeeze_on_right_atrium_drop: float
    defibrillation_logit: float
    defibrillation_logit_sd: float
    energy_decay_log_sd: float


@dataclass(frozen=True, slots=True)
class CaseParameters:
    """See `params/case.toml`."""

    energy: float
    weight_kg: float
    age: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All numbers of one patient."""

    case: CaseParameters
    circulation: CirculationParameters
    heart: HeartParameters
    rhythm: RhythmParameters
    lungs: LungParameters
    drugs: DrugParameters
    latent: LatentParameters


@cache
def parameter_texts() -> Mapping[str, str]:
    """The TOML texts by file name, to embed in an exported log."""
    folder = files("game.sim.params")
    return {f"{name}.toml": folder.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in _FILES}


@cache
def model_version() -> str:
    """Twelve hex digits that name these equations with these numbers."""
    digest = hashlib.sha256(CODE_VERSION.encode())
    for name, text in parameter_texts().items():
        digest.update(f"\n{name}\n{text}".encode())
    return digest.hexdigest()[:12]


@cache
def parameter_rows() -> Mapping[str, Row]:
    """Every row by its name. ValueError if a row is malformed, out of its own range, unsourced or named twice."""
    texts = parameter_texts()
    sources = tomllib.loads(texts["sources.toml"])
    rows: dict[str, Row] = {}
    for file, text in texts.items():
        if file == "sources.toml":
            continue
        for name, cells in _flat(tomllib.loads(text), ""):
            row = Row(name=name, **cells)
            if name in rows or row.source not in sources or not row.lo <= row.value <= row.hi:
                raise ValueError(f"{file}: {row} is named twice, has no known source or lies out of its range")
            rows[name] = row
    return rows


def make_parameters(overrides: Mapping[str, object]) -> Parameters:
    """All numbers, with `overrides` by name. CaseError for an unknown name, a non-number or a value out of range."""
    rows = parameter_rows()
    values = {name: row.value for name, row in rows.items()}
    for name, value in overrides.items():
        row = rows.get(name)
        if row is None:
            raise CaseError(name, value, f"a parameter's name, such as {_nearest(name, rows)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not row.lo <= value <= row.hi:
            raise CaseError(name, value, f"a number from {row.lo:g} to {row.hi:g} ({row.unit})")
        values[name] = float(value)
    groups = {name: _group(kind, values, "") for name, kind in get_type_hints(Parameters).items()}
    return Parameters(**groups)


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, cells in table.items():
        if "value" in cells:
            yield prefix + key, cells
        else:
            yield from _flat(cells, f"{prefix}{key}_")


def _group(kind: type[T], values: Mapping[str, float], prefix: str) -> T:
    hints = get_type_hints(kind)
    made = {
        field.name: _group(hints[field.name], values, f"{prefix}{field.name}_")
        if is_dataclass(hints[field.name])
        else values[prefix + field.name]
        for field in fields(kind)  # type: ignore[arg-type]
    }
    return kind(**made)


def _nearest(name: str, rows: Mapping[str, Row]) -> str:
    def common(other: str) -> int:
        return len(set(name.split("_")) & set(other.split("_")))

    return max(rows, key=common)
