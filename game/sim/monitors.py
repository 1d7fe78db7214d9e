"""What can be looked at in a patient without changing him: ready values for monitors, traces and tests."""

from __future__ import annotations

from game.sim.body import Body
from game.sim.case import Case
from game.sim.circulation import STEP_MS, VEINS, vessel_values
from game.sim.rhythm import Rhythm


def _whole(value: float) -> int:
    return int(value + 0.5) if value >= 0.0 else -int(0.5 - value)


class Monitors:
    """Read-only views of a body. True values: what a bedside monitor may show of them is for the rules to decide."""

    __slots__ = ("_body", "_case")

    def __init__(self, case: Case, body: Body) -> None:
        """Look at `body`, which lives by the numbers of `case`."""
        self._case = case
        self._body = body

    @property
    def case(self) -> Case:
        """The case this patient was made from."""
        return self._case

    @property
    def now_ms(self) -> int:
        """Time reached."""
        return self._body.step * STEP_MS

    @property
    def rhythm(self) -> Rhythm:
        """What the heart's electricity does."""
        return self._body.electrical.rhythm

    @property
    def has_pulse(self) -> bool:
        """Whether the heart holds a pressure of its own."""
        return self._body.pulse.present

    @property
    def heart_rate_per_min(self) -> int:
        """Beats of the heart per minute; 0 without an organised rhythm. A PEA has a rate, too."""
        return _whole(self._body.rate_per_min) if self._body.electrical.organised else 0

    @property
    def last_beat_ms(self) -> int:
        """When the last R wave was; far in the past if there was none."""
        return self._body.electrical.last_beat_ms

    @property
    def systolic_mmhg(self) -> int:
        """Highest aortic pressure of the last cycle of compression or beat."""
        return _whole(self._body.systolic_mmhg)

    @property
    def diastolic_mmhg(self) -> int:
        """Lowest aortic pressure of the last cycle of compression or beat."""
        return _whole(self._body.diastolic_mmhg)

    @property
    def mean_mmhg(self) -> int:
        """Mean aortic pressure of the last seconds."""
        return _whole(self._body.mean_mmhg)

    @property
    def cpp_mmhg(self) -> float:
        """Coronary perfusion pressure, aorta over right atrium, at the end of the last release or diastole."""
        return self._body.myocardium.samples_mmhg[-1]

    @property
    def cardiac_output_l_min(self) -> float:
        """Flow out of the left ventricle, smoothed over some seconds."""
        return self._body.flow_l_min

    @property
    def etco2_mmhg(self) -> int | None:
        """Carbon dioxide at the end of the last breath out; None when no breath came back for a while."""
        lungs = self._body.lungs
        blank_ms = self._case.parameters.lungs.capnograph_blank_ms
        return _whole(lungs.exhaled_mmhg) if self.now_ms - lungs.exhaled_ms <= blank_ms else None

    @property
    def spo2_pct(self) -> int | None:
        """Saturation at the finger; None without a pulse and until the probe has found a new one."""
        pulse = self._body.pulse
        blind_ms = 1000.0 * self._case.parameters.lungs.probe_first_value_s
        found = pulse.present and self.now_ms - pulse.since_ms >= blind_ms
        return _whole(self._body.lungs.probe_pct) if found else None

    @property
    def saturation_pct(self) -> float:
        """True saturation of arterial blood."""
        return self._body.lungs.saturation_pct(self._case.parameters.lungs, self._body.blood)

    @property
    def energy(self) -> float:
        """Readiness of the heart muscle, 0 to 0.9."""
        return self._body.myocardium.energy

    @property
    def amsa_mv_hz(self) -> float:
        """Amplitude spectrum area of the fibrillation; 0 in other rhythms."""
        electrical = self._body.electrical
        return electrical.amsa_mv_hz(self._case.parameters.rhythm, self.energy) if electrical.shockable else 0.0

    @property
    def vf_amplitude_uv(self) -> int:
        """Peak to peak, to draw the fibrillation by; 0 in other rhythms."""
        p = self._case.parameters.rhythm
        fibrillating = self.rhythm is Rhythm.VF
        return _whole(p.vf_amplitude_floor_uv + p.vf_amplitude_span_uv * self.energy) if fibrillating else 0

    @property
    def vf_frequency_mhz(self) -> int:
        """Dominant frequency in millihertz, to draw the fibrillation by; 0 in other rhythms."""
        p = self._case.parameters.rhythm
        fibrillating = self.rhythm is Rhythm.VF
        return _whole(p.vf_frequency_floor_mhz + p.vf_frequency_span_mhz * self.energy) if fibrillating else 0

    @property
    def compartments_ml(self) -> tuple[float, ...]:
        """Blood in each of the eight compartments of the circulation."""
        unstressed = list(vessel_values(self._case.parameters.circulation.unstressed))
        unstressed[VEINS] += self._body.veins_ml
        return tuple(a + b for a, b in zip(self._body.circulation.filling_ml, unstressed, strict=True))
