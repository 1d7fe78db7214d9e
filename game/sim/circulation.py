"""Where pressure and flow come from: eight compartments of blood, a chest that is pushed, a heart that may beat.

A compression acts twice: it raises the pressure of the whole thorax, and beyond a dead zone it squeezes the ventricles
like a weak beat from outside (an *elastance*, mmHg per mL of filling). Spontaneous beats are the same elastance from
inside. Coronary perfusion pressure is what the aorta has over the right atrium while the chest is up.

The grid is absolute: step k covers 4k..4k+4 ms. A heart stiffer than `stiff_from_mmhg_per_ml` takes two half steps.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from game.sim.events import Breath, Compression
from game.sim.parameters import CirculationParameters, Unstressed, Vessels
from game.sim.tables import total

STEP_MS: Final = 4
"""Length of a step of the grid."""

NEVER_MS: Final = -1_000_000_000
"""A time before all play."""

AORTA, ARTERIES, VEINS, RIGHT_ATRIUM, RIGHT_VENTRICLE, PULMONARY_ARTERIES, PULMONARY_VEINS, LEFT_VENTRICLE = range(8)


def vessel_values(vessels: Vessels | Unstressed) -> tuple[float, ...]:
    """The fields in the order of their declaration, which is the order of the compartments."""
    return tuple(getattr(vessels, field.name) for field in fields(vessels))


def between(arrest: tuple[float, ...], beating: tuple[float, ...], share: float) -> tuple[float, ...]:
    """Vessels `share` of the way from the arrested to the beating circulation."""
    return tuple(a + (b - a) * share for a, b in zip(arrest, beating, strict=True))


@dataclass(slots=True)
class Circulation:
    """State of the mechanics. `filling_ml` holds each compartment's volume above its unstressed volume.

    `coefficients` are the vessel values as the inner loop wants them; they change only with `set_vessels`.
    """

    filling_ml: list[float]
    coefficients: list[float]
    chest: list[float]
    substeps: int = 1
    left_contractility: float = 0.0
    right_contractility: float = 0.0
    outside_mmhg: float = 0.0
    depth_mm: float = 0.0
    priming: float = 0.0
    squeezed_ms: float = float(NEVER_MS)
    push_start_ms: int = NEVER_MS
    push_end_ms: int = NEVER_MS
    push_depth_mm: float = 0.0
    lean_mm: float = 0.0
    lean_until_ms: int = NEVER_MS
    breath_start_ms: int = NEVER_MS
    breath_end_ms: int = NEVER_MS
    breath_mmhg: float = 0.0
    trapped_mmhg: float = 0.0
    trapped_until_ms: int = NEVER_MS
    beat_start_ms: int = NEVER_MS
    systole_ms: float = 1.0
    beat_peak_mmhg: float = 0.0
    perfusion_mmhg: float = 0.0
    aorta_mmhg: float = 0.0
    aorta_highest_mmhg: float = 0.0
    aorta_lowest_mmhg: float = 0.0
    aorta_sum_mmhg: float = 0.0
    ejected_ml: float = 0.0

    @classmethod
    def new(cls, p: CirculationParameters, left_squeeze: float, right_atrium_squeeze: float) -> Circulation:
        """Blood at rest, the same pressure everywhere. The two arguments are the patient's own pump mix."""
        unstressed = vessel_values(p.unstressed)
        beating = vessel_values(p.beating)
        mean_filling_mmhg = (p.blood_volume_ml - total(unstressed)) / total(beating[:8])
        chest = [
            p.thorax_mmhg_per_mm,
            p.squeeze_mmhg_per_mm,
            p.dead_zone_mm,
            left_squeeze,
            p.right_squeeze_per_ml_mm,
            right_atrium_squeeze,
            p.squeeze_on_aorta,
            p.squeeze_on_pulmonary_vessels,
            p.coronary_share_squeezed,
            p.priming_floor,
            p.priming_span,
            p.priming_window_ms,
        ]
        made = cls([c * mean_filling_mmhg for c in beating[:8]], [], chest)
        made.set_vessels(p, beating, 1.0, 0.0, 0.0)
        return made

    def set_vessels(
        self,
        p: CirculationParameters,
        vessels: tuple[float, ...],
        resistance_factor: float,
        left_contractility: float,
        right_contractility: float,
    ) -> None:
        """Use these vessels, arterial tone and contractility (mmHg/mL) from the next step on."""
        self.left_contractility = left_contractility
        self.right_contractility = right_contractility
        self.substeps = 2 if left_contractility > p.stiff_from_mmhg_per_ml else 1
        dt = 0.001 * STEP_MS / self.substeps
        (
            aortic, systemic, cerebral, coronary, venous, tricuspid, leak, pulmonary_valve, pulmonary, mitral,
            aortic_valve,
        ) = vessels[8:]  # fmt: skip
        self.coefficients = [
            *[1.0 / c for c in vessels[:8]],
            dt / aortic,
            dt / (systemic * resistance_factor) + dt / cerebral,
            dt / coronary,
            dt / venous,
            dt / tricuspid,
            leak,
            dt / pulmonary_valve,
            dt / pulmonary,
            dt / mitral,
            dt / aortic_valve,
            dt / p.recoil_s,
            dt / p.priming_rise_s,
            dt / p.priming_fall_s,
        ]

    def push(self, p: CirculationParameters, event: Compression) -> None:
        """Begin a compression; the one before ends here if it has not ended yet."""
        deepest = p.deepest_mm
        self.push_start_ms = event.start_ms
        self.push_end_ms = event.start_ms + max(event.down_ms + event.up_ms, STEP_MS)
        self.push_depth_mm = min(max(event.depth_um * 0.001, 0.0), deepest)
        self.lean_mm = min(max(event.residual_um * 0.001, 0.0), self.push_depth_mm)
        self.lean_until_ms = self.push_end_ms + int(p.lean_lasts_ms)

    def breathe(self, p: CirculationParameters, event: Breath) -> None:
        """Begin a breath: pressure on the whole thorax, and air trapped if the breath before had no time to leave."""
        expired_s = 0.001 * max(event.start_ms - self.breath_end_ms, 0)
        self.breath_start_ms = event.start_ms
        self.breath_end_ms = event.start_ms + event.duration_ms
        self.breath_mmhg = p.breath_pleural_mmhg * event.volume_ml / p.breath_reference_ml
        self.trapped_mmhg = p.trapped_mmhg * max(0.0, 1.0 - expired_s / p.expiry_s)
        self.trapped_until_ms = self.breath_end_ms + int(1000.0 * p.expiry_s)

    def beat(self, now_ms: int, systole_ms: float) -> None:
        """Begin a heartbeat."""
        self.beat_start_ms = now_ms
        self.systole_ms = systole_ms
        self.beat_peak_mmhg = 0.0

    def new_cycle(self) -> tuple[float, float]:
        """Highest and lowest aortic pressure since the last call, which begins a new cycle."""
        seen = (self.aorta_highest_mmhg, self.aorta_lowest_mmhg)
        self.aorta_highest_mmhg = self.aorta_lowest_mmhg = self.aorta_mmhg
        return seen

    def collect(self) -> tuple[float, float]:
        """Since the last call: volume (mL) the left ventricle ejected, and aortic pressure (mmHg) summed over steps."""
        seen = (self.ejected_ml, self.aorta_sum_mmhg)
        self.ejected_ml = self.aorta_sum_mmhg = 0.0
        return seen

    def run(self, first: int, last: int) -> None:  # noqa: C901, PLR0912, PLR0915 - one piece, since a call a step costs more
        """Run steps `first` to `last` - 1 of the grid. No compression, breath or beat may begin inside."""
        ao, ea, ev, ra, rv, pa, pv, lv = self.filling_ml
        (
            ao_stiff, ea_stiff, ev_stiff, ra_stiff, rv_stiff, pa_stiff, pv_stiff, lv_stiff,
            aortic, systemic, coronary, venous, tricuspid, leak, pulmonary_valve, pulmonary, mitral, aortic_valve,
            recoil, prime_up, prime_down,
        ) = self.coefficients  # fmt: skip
        (
            thorax_per_mm, squeeze_per_mm, dead_zone, left_squeeze, right_squeeze, on_ra, on_ao, on_pulmonary,
            coronary_squeezed, priming_floor, priming_span, priming_window,
        ) = self.chest  # fmt: skip
        depth, priming, squeezed_ms = self.depth_mm, self.priming, self.squeezed_ms
        push_start, push_end, push_stroke = self.push_start_ms, self.push_end_ms, self.push_depth_mm - self.lean_mm
        push_per_ms, lean, lean_until = 1.0 / (push_end - push_start or 1), self.lean_mm, self.lean_until_ms
        breath_end, breath_mmhg, trapped_until, trapped_mmhg = (
            self.breath_end_ms, self.breath_mmhg, self.trapped_until_ms, self.trapped_mmhg,
        )  # fmt: skip
        beat_start, beat_per_ms = self.beat_start_ms, 1.0 / self.systole_ms
        beat_end = beat_start + self.systole_ms
        left_max, right_max, outside = self.left_contractility, self.right_contractility, self.outside_mmhg
        highest, lowest, ao_sum, ejected, peak = (
            self.aorta_highest_mmhg, self.aorta_lowest_mmhg, self.aorta_sum_mmhg, self.ejected_ml, self.beat_peak_mmhg,
        )  # fmt: skip
        substeps = self.substeps
        tick_ms = STEP_MS / substeps
        p_ao = p_ra = 0.0
        for tick in range(first * substeps, last * substeps):
            ms = tick * tick_ms

            if ms < push_end:
                x = (ms - push_start) * push_per_ms
                s = 4.0 * x * (1.0 - x)
                commanded = lean + push_stroke * s * (2.0 - s)
            else:
                commanded = lean if ms < lean_until else 0.0
            if commanded < depth:
                depth += (commanded - depth) * recoil
            else:
                depth = commanded
            thorax = thorax_per_mm * depth
            if ms < trapped_until:
                thorax += trapped_mmhg
                if ms < breath_end:
                    thorax += breath_mmhg

            left, right = lv_stiff, rv_stiff
            if ms < beat_end:
                x = (ms - beat_start) * beat_per_ms
                s = 4.0 * x * (1.0 - x)
                s *= 2.0 - s
                left += left_max * s
                right += right_max * s
                if lv * left > peak:
                    peak = lv * left

            squeezed = depth - dead_zone
            if squeezed > 0.0:
                squeezed_ms = ms
                squeeze = squeeze_per_mm * squeezed
                left += left_squeeze * (priming_floor + priming_span * priming) * squeezed
                right += right_squeeze * squeezed
                heart = thorax + squeeze + outside
                p_ao = ao * ao_stiff + thorax + on_ao * squeeze
                p_ra = ra * ra_stiff + thorax + on_ra * squeeze + outside
                lungs = thorax + on_pulmonary * squeeze
                through_heart = (p_ao - p_ra) * coronary * coronary_squeezed
            else:
                heart = thorax + outside
                p_ao = ao * ao_stiff + thorax
                p_ra = ra * ra_stiff + heart
                lungs = thorax
                through_heart = (p_ao - p_ra) * coronary
            if ms - squeezed_ms < priming_window:
                priming += (1.0 - priming) * prime_up
            else:
                priming -= priming * prime_down

            p_ea = ea * ea_stiff
            p_ev = ev * ev_stiff
            p_rv = rv * right + heart
            p_pa = pa * pa_stiff + lungs
            p_pv = pv * pv_stiff + lungs
            p_lv = lv * left + heart

            to_ea = (p_ao - p_ea) * aortic
            to_ev = (p_ea - p_ev) * systemic if p_ea > p_ev else 0.0
            to_ra = (p_ev - p_ra) * venous if p_ev > p_ra else 0.0
            if through_heart < 0.0:
                through_heart = 0.0
            to_rv = (p_ra - p_rv) * tricuspid
            if to_rv < 0.0:
                to_rv *= leak
            to_pa = (p_rv - p_pa) * pulmonary_valve if p_rv > p_pa else 0.0
            to_pv = (p_pa - p_pv) * pulmonary
            to_lv = (p_pv - p_lv) * mitral if p_pv > p_lv else 0.0
            to_ao = (p_lv - p_ao) * aortic_valve if p_lv > p_ao else 0.0

            ao += to_ao - to_ea - through_heart
            ea += to_ea - to_ev
            ev += to_ev - to_ra
            ra += to_ra + through_heart - to_rv
            rv += to_rv - to_pa
            pa += to_pa - to_pv
            pv += to_pv - to_lv
            lv += to_lv - to_ao

            ejected += to_ao
            ao_sum += p_ao
            if p_ao > highest:
                highest = p_ao
            elif p_ao < lowest:
                lowest = p_ao
        self.filling_ml = [ao, ea, ev, ra, rv, pa, pv, lv]
        self.depth_mm, self.priming, self.squeezed_ms = depth, priming, squeezed_ms
        self.perfusion_mmhg, self.aorta_mmhg = p_ao - p_ra, p_ao
        self.aorta_highest_mmhg, self.aorta_lowest_mmhg = highest, lowest
        self.aorta_sum_mmhg, self.ejected_ml, self.beat_peak_mmhg = ao_sum, ejected, peak
