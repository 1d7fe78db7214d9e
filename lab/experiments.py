"""Short experiments on single patients: what physiology says of pressure, flow and gas, asked of the whole patient.

Each is the function of its row and gives an Estimate, without an interval, for each of the row's keys. The patient is
the average one, in an asystole that stays, so that nothing but what is asked for changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Final

from game.sim import (
    AirwayAct,
    Breath,
    Case,
    Compression,
    Dose,
    Event,
    Oxygen,
    Patient,
    Shock,
    Shocked,
    parameter_rows,
)
from game.sim.laws.chest import depth_for_force, force_for_depth
from lab.hands import Hands
from lab.plan import Breaths, Compressions
from lab.record import Record
from lab.statistics import Estimate, mean

Found = Mapping[str, Estimate]

MINUTE_MS: Final = 60_000
_FASTER_ML: Final = round(500 * 0.5**0.35)
LBF_N: Final = 4.448
KGF_N: Final = 9.807
HELD: Final[Mapping[str, object]] = {
    "rhythm": "asystole",
    "latent_spread": 0.0,
    "asystole_organises_per_min": 0.0,
    "asystole_fibrillates_per_min": 0.0,
}
"""An average patient who stays in asystole."""

TABLE: Final[Mapping[str, object]] = {**HELD, "tone_loss_min": 600.0, "trapped_mmhg": 0.0}
"""The patient of table 1.2, which was made without fading tone and trapped air."""


@dataclass(frozen=True, slots=True)
class Care:
    """Steady hands: compressions, and breaths of oxygen by tube (`breaths_per_min` 0: none)."""

    rate_per_min: float = 110.0
    depth_mm: float = 50.0
    lean_mm: float = 0.0
    duty: float = 0.45
    breaths_per_min: float = 10.0
    volume_ml: int = 500

    def events(self, from_ms: int, to_ms: int) -> Iterator[Event]:
        """What begins in a span of time."""
        cycle = MINUTE_MS / self.rate_per_min
        stroke = int(cycle * self.duty)
        depth, lean = round(self.depth_mm * 1000), round(self.lean_mm * 1000)
        for n in range(int((to_ms - from_ms) / cycle)):
            yield Compression(from_ms + int(n * cycle), stroke // 2, stroke - stroke // 2, depth, min(lean, depth))
        if self.breaths_per_min:
            gap = MINUTE_MS / self.breaths_per_min
            for n in range(int((to_ms - from_ms) / gap)):
                yield Breath(from_ms + int(n * gap), 1000, self.volume_ml, 100, "tube")


BEST: Final = Care()
FIELD: Final = Care(depth_mm=42)
"""Depth as it is measured in the field (physiology 3.1)."""


@dataclass(slots=True)
class Readings:
    """Means over a window. Pressures in mmHg, flow in L/min; `squeezed` and `released` are aorta over right atrium."""

    cpp: float
    flow: float
    systolic: float
    diastolic: float
    atrium: float
    etco2: float
    squeezed: float
    released: float


@dataclass(frozen=True, slots=True)
class Bench:
    """Where patients come from: `overrides` change the parameters beneath what an experiment sets."""

    overrides: Mapping[str, float] = field(default_factory=dict)

    def patient(self, overrides: Mapping[str, object], seed: int = 1) -> Any:
        """A patient with these parameters."""
        return Patient.new(Case.of(**{**self.overrides, **overrides}), seed)


def give(someone: Any, events: Iterator[Event] | list[Event]) -> None:
    """Lay events out ahead."""
    for event in events:
        someone.apply(event)


def steady(
    bench: Bench, care: Care, overrides: Mapping[str, object], seed: int = 1, from_s: int = 52, to_s: int = 76
) -> Readings:
    """Care from the start, read over a window of whole breaths."""
    someone = bench.patient(overrides, seed)
    give(someone, care.events(0, (to_s + 2) * 1000))
    someone.advance(from_s * 1000)
    return read(someone, from_s * 1000, to_s * 1000)


@dataclass(slots=True)
class _Sums:
    every: dict[str, list[float]] = field(default_factory=dict)

    def add(self, **values: float) -> None:
        for name, value in values.items():
            self.every.setdefault(name, []).append(value)


def read(someone: Any, from_ms: int, to_ms: int) -> Readings:
    """Means between two times; the gradient is parted by whether the sternum is down."""
    sums = _Sums()
    circulation = someone.body.circulation
    for ms in range(from_ms + 20, to_ms + 1, 20):
        someone.advance(ms)
        sums.add(
            cpp=someone.cpp_mmhg,
            flow=someone.cardiac_output_l_min,
            systolic=circulation.systolic_mmhg,
            diastolic=circulation.diastolic_mmhg,
            atrium=circulation.right_atrial_mmhg,
            etco2=float(someone.etco2_mmhg or 0),
        )
        down = circulation.depth_mm > 0.5 * circulation.push_depth_mm
        sums.add(**{"squeezed" if down else "released": circulation.perfusion_mmhg})
    return Readings(**{name: fmean(values) for name, values in sums.every.items()})


def fixed(**values: float) -> dict[str, Estimate]:
    """Figures without intervals."""
    return {name: Estimate(float(value), n=1) for name, value in values.items()}


_TONE: Final = "arrest_systemic_resistance"
_LUNGS: Final = "arrest_pulmonary_resistance"
_BLOOD: Final = "blood_volume_ml"


def _row(name: str) -> float:
    """A parameter as the product has it."""
    return parameter_rows()[name].value


_TABLE_ROWS: Final[Mapping[str, tuple[Care, Mapping[str, float]]]] = {
    "base": (BEST, {}),
    **{f"depth_{mm}": (Care(depth_mm=mm), {}) for mm in (20, 30, 38, 60)},
    **{f"rate_{rate}": (Care(rate_per_min=rate), {}) for rate in (60, 80, 140, 160)},
    "lean_8": (Care(lean_mm=8.5), {}),
    "lean_15": (Care(lean_mm=15), {}),
    **{f"breaths_{breaths}": (Care(breaths_per_min=breaths), {}) for breaths in (12, 20, 30)},
    **{
        f"tone_{a}_{b}": (BEST, {_TONE: _row(_TONE) * (a + b / 10)})
        for a, b in ((1, 3), (1, 6), (1, 9), (0, 6), (0, 4))
    },
    **{f"blood_{lost}": (BEST, {_BLOOD: _row(_BLOOD) - lost}) for lost in (500, 1000, 1500)},
    **{f"lungs_{a}_{b}": (BEST, {_LUNGS: a + b / 10}) for a, b in ((0, 6), (1, 2), (2, 5))},
    **{f"duty_{duty}": (Care(duty=duty / 100), {}) for duty in (30, 40, 60)},
}


def table(bench: Bench) -> Found:
    """Table 1.2: pressure and flow under steady compressions."""
    found: dict[str, Estimate] = {}
    for name, (care, overrides) in _TABLE_ROWS.items():
        seen = steady(bench, care, {**TABLE, **overrides})
        found |= fixed(**{f"{name}_cpp": seen.cpp, f"{name}_flow": seen.flow})
    return found


def c7(bench: Bench) -> Found:
    """Gradients of twelve different patients in the twentieth minute of compressions, as those in hospital were."""
    spread = {name: value for name, value in HELD.items() if name != "latent_spread"}
    seen = [steady(bench, FIELD, spread, seed, 1188, 1200) for seed in range(1, 13)]
    return {
        "squeezed": mean([each.squeezed for each in seen]),
        "released": mean([each.released for each in seen]),
    }


def _depth_mm(someone: Any, newton: float) -> float:
    return depth_for_force(someone.body.chest, someone.case.parameters.chest, newton)


def c8(bench: Bench) -> Found:
    """Pressures and carbon dioxide at two forces, eight minutes into compressions that have softened the chest."""
    found: dict[str, Estimate] = {}
    for pounds in (20, 140):
        someone = bench.patient(HELD)
        start = 8 * MINUTE_MS
        give(someone, FIELD.events(0, start))
        someone.advance(start)
        depth_mm = _depth_mm(someone, pounds * LBF_N)
        give(someone, Care(depth_mm=depth_mm, rate_per_min=80, duty=0.5).events(start, start + 3 * MINUTE_MS))
        someone.advance(start + 2 * MINUTE_MS)
        seen = read(someone, start + 2 * MINUTE_MS, start + 2 * MINUTE_MS + 24_000)
        names = (f"systolic_{pounds}", f"diastolic_{pounds}", f"etco2_{pounds}")
        found |= fixed(**dict(zip(names, (seen.systolic, seen.diastolic, seen.etco2), strict=True)))
    return found


def _carbon_dioxide(bench: Bench, care: Care) -> float:
    return steady(bench, care, HELD, 1, 180, 204).etco2


def c9(bench: Bench) -> Found:
    """What depth, breaths and rate do to end-tidal carbon dioxide, after three minutes of each.

    Who squeezes a bag twice as often squeezes less air each time.
    """
    return fixed(
        depth=(_carbon_dioxide(bench, Care(depth_mm=55)) - _carbon_dioxide(bench, Care(depth_mm=40))) / 1.5,
        breaths=_carbon_dioxide(bench, Care(breaths_per_min=20, volume_ml=_FASTER_ML)) - _carbon_dioxide(bench, BEST),
        rate=(_carbon_dioxide(bench, Care(rate_per_min=120)) - _carbon_dioxide(bench, Care(rate_per_min=90))) / 3,
    )


def c18(bench: Bench) -> Found:
    """Perfusion pressure over the rate of breaths."""
    cpp = {breaths: steady(bench, Care(breaths_per_min=breaths), HELD).cpp for breaths in (12, 20, 30)}
    return fixed(cpp_20=cpp[20] / cpp[12], cpp_30=cpp[30] / cpp[12])


def _sets(pause_ms: int, sets: int = 6) -> Iterator[tuple[int, int]]:
    """Start and end of sets of 15 compressions at 100 a minute with pauses between them, as in the study."""
    length = 15 * 600
    for n in range(sets):
        start = n * (length + pause_ms)
        yield start, start + length


def c19(bench: Bench) -> Found:
    """15:2 by one rescuer, with 14 s for two breaths, against compressions only."""
    care = Care(rate_per_min=100, breaths_per_min=0)
    broken = bench.patient(TABLE)
    spans = list(_sets(14_000))
    for start, end in spans:
        give(broken, care.events(start, end))
        give(broken, [Breath(end + 2_000, 1000, 500, 21, "mask"), Breath(end + 6_000, 1000, 500, 21, "mask")])
    firsts, lasts = [], []
    for start, end in spans[2:]:
        firsts += [_cpp_at(broken, start + ms) for ms in (1_190, 1_790)]
        lasts += [_cpp_at(broken, end - ms) for ms in (610, 10)]
    return fixed(
        first_two=fmean(firsts) / fmean(lasts),
        flow=_coronary(bench, care, spans) / _coronary(bench, care, [(0, spans[-1][1])]),
    )


def _cpp_at(someone: Any, ms: int) -> float:
    """The newest sample of perfusion pressure: that of the release just before the push which `ms` is about to end."""
    someone.advance(ms)
    return float(someone.body.circulation.last_cpp_mmhg)


def _coronary(bench: Bench, care: Care, spans: list[tuple[int, int]]) -> float:
    """Mean of the gradient that drives heart muscle flow, squeezed or not, over whole sets and their pauses."""
    someone = bench.patient(TABLE)
    for start, end in spans:
        give(someone, care.events(start, end))
    p = someone.case.parameters.circulation
    from_ms, to_ms = spans[len(spans) // 3][0], spans[-1][0] if len(spans) > 1 else spans[0][1]
    someone.advance(from_ms)
    circulation = someone.body.circulation
    total = 0.0
    for ms in range(from_ms + 20, to_ms + 1, 20):
        someone.advance(ms)
        squeezed = circulation.depth_mm > p.dead_zone_mm
        total += circulation.perfusion_mmhg * (p.coronary_share_squeezed if squeezed else 1.0)
    return total / (to_ms - from_ms)


def _organised(bench: Bench, energy: float, pause_s: int, seeds: int = 120) -> float:
    """Percent of shocks that gave an organised rhythm after a pause, in a heart that any shock stops fibrillating."""
    overrides = {
        "rhythm": "vf",
        "latent_spread": 0.0,
        "amsa_log_sd": 0.0,
        "vf_fades_per_min": 0.0,
        "refibrillation_per_min": 0.0,
        "defibrillation_logit": 8.0,
        "energy": energy,
    }
    hits = 0
    for seed in range(1, seeds + 1):
        someone = bench.patient(overrides, seed)
        give(someone, BEST.events(0, 4_000))
        at = 4_000 + pause_s * 1000
        someone.apply(Shock(at, 200))
        someone.advance(at + 6_000)
        hits += any(isinstance(each, Shocked) and str(each.result) == "organised" for each in someone.drain())
    return 100.0 * hits / seeds


def c21(bench: Bench) -> Found:
    """The chance of an organised rhythm after 20 s without hands, where it was high, middling and low before."""
    return fixed(
        from_high=_organised(bench, 0.60, 20),
        from_middle=_organised(bench, 0.46, 20),
        from_low=_organised(bench, 0.05, 20),
    )


def c22(bench: Bench) -> Found:
    """Right atrial pressure and flow, leaning with 10 and 20 % of the force (8.5 and 15 mm)."""
    none, some, much = (steady(bench, Care(lean_mm=lean), TABLE) for lean in (0, 8.5, 15))
    return fixed(
        atrium_10=some.atrium / none.atrium,
        atrium_20=much.atrium / none.atrium,
        flow_10=some.flow / none.flow,
        flow_20=much.flow / none.flow,
    )


def _arrival_s(bench: Bench, route: str, care: Care = BEST) -> tuple[float, float]:
    """When half of what ever arrives of a milligram has arrived, and that total, in the blood under compressions."""
    someone = bench.patient(HELD)
    give(someone, care.events(0, 400_000))
    someone.apply(Dose(60_000, "epinephrine", 1000, route, flush=True))
    curve: list[tuple[int, float]] = []
    total = 0.0
    for ms in range(60_000, 400_000, 500):
        someone.advance(ms)
        total += sum(someone.body.drugs.arrived_ug)
        curve.append((ms, total))
    half = next(ms for ms, come in curve if come >= 0.5 * total)
    return (half - 60_000) / 1000, total


def c27(bench: Bench) -> Found:
    """Time and share of arrival by three routes."""
    (sternum_s, sternum), (tibia_s, tibia), (central_s, central) = (
        _arrival_s(bench, route) for route in ("io_sternum", "io_tibia", "central")
    )
    return fixed(
        tibia_time=tibia_s / sternum_s,
        central_time=central_s / sternum_s,
        tibia_share=100 * tibia / sternum,
        sternum_share=100 * sternum / central,
    )


def c28(bench: Bench) -> Found:
    """Energy of the heart muscle in four minutes of VF, and in two of good compressions after them."""
    someone = bench.patient({"rhythm": "vf", "latent_spread": 0.0, "vf_fades_per_min": 0.0})
    start = someone.energy
    someone.advance(4 * MINUTE_MS)
    spent = someone.energy
    give(someone, BEST.events(4 * MINUTE_MS, 6 * MINUTE_MS))
    someone.advance(6 * MINUTE_MS)
    return fixed(restored=someone.energy - spent, lost=start - spent)


def c30(_: Bench) -> Found:
    """Depth of arms that began at 48.3 mm and went on at 110 a minute."""
    pushing = Compressions(rate_per_min=110, depth_mm=48.3, tires=True, switch=False)
    hands = Hands(pushing, Breaths(give=False), 1, Record())
    end_ms = 185_000
    hands.resume(0, end_ms, 0)
    pushes = [push for push in hands.lay(0, end_ms, _no_depth) if isinstance(push, Compression)]

    def depth_mm(from_s: int, to_s: int) -> float:
        return fmean(push.depth_um / 1000 for push in pushes if from_s * 1000 <= push.start_ms < to_s * 1000)

    return fixed(after_105=depth_mm(90, 120), after_180=depth_mm(175, 185))


def _no_depth(newton: float) -> float:
    return 0.0


def c31(bench: Bench) -> Found:
    """Force at 50 mm at the first push on the average chest, and depth at 30.3 kg after 600 pushes."""
    someone = bench.patient(HELD)
    force = force_for_depth(someone.body.chest, someone.case.parameters.chest, 50.0)
    span = int(600 * MINUTE_MS / FIELD.rate_per_min)
    give(someone, FIELD.events(0, span))
    someone.advance(span)
    return fixed(force_50=force, depth_297=_depth_mm(someone, 30.3 * KGF_N))


def _apnoea_min(bench: Bench, overrides: Mapping[str, object]) -> float:
    """Minutes from paralysis to a saturation of 85 %, after four minutes of oxygen, the airway held open in air."""
    someone = bench.patient({"rhythm": "sinus", "latent_spread": 0.0, **overrides})
    start = 4 * MINUTE_MS
    give(someone, [Oxygen(0, 100), Dose(start - 30_000, "rocuronium", 100_000, "central", flush=True)])
    give(someone, [AirwayAct(start, "jaw_thrust"), Oxygen(start, 21)])
    someone.advance(start)
    while someone.saturation_pct >= 85 and someone.now_ms < start + 20 * MINUTE_MS:
        someone.advance(someone.now_ms + 1000)
    return float((someone.now_ms - start) / MINUTE_MS)


def c35(bench: Bench) -> Found:
    """Apnoea after breathing oxygen: a healthy adult, and an obese one with small lungs and a larger demand."""
    return fixed(
        healthy=_apnoea_min(bench, {}),
        obese=_apnoea_min(bench, {"weight_kg": 127.0, "resting_volume_l": 1.3, "oxygen_demand_ml_per_min": 400.0}),
    )


EXPERIMENTS: Final[Mapping[str, Callable[[Bench], Found]]] = {
    "C7": c7,
    "C8": c8,
    "C9": c9,
    "C18": c18,
    "C19": c19,
    "C21": c21,
    "C22": c22,
    "C27": c27,
    "C28": c28,
    "C30": c30,
    "C31": c31,
    "C35": c35,
    "1.2": table,
}
