"""What can be looked at in a patient without changing him: ready values for monitors, traces and tests."""

from __future__ import annotations

from typing import Final

from game.sim.body.circulation import STEP_MS
from game.sim.body.electrical import Trace
from game.sim.body.whole import Body
from game.sim.case import Case
from game.sim.findings import Finding, findings
from game.sim.findings.state import LeadChanges, lead_changes
from game.sim.laws.brain import cause_factor, good_outcome_chance, survival_chance
from game.sim.laws.electrical import vf_grain
from game.sim.laws.lungs import capnograph_reading, probe_reading
from game.sim.params.labs import lab_parameters
from game.sim.rhythm import KINDS, VF, Rhythm, shown

COMPARTMENTS: Final = (
    "aorta", "arteries", "veins", "right_atrium", "right_ventricle", "pulmonary_arteries", "pulmonary_veins",
    "left_ventricle",
)  # fmt: skip
"""The eight compartments of the circulation, in the order of `Monitors.compartments_ml`."""

VF_GRAINS: Final = ("fine", "medium", "coarse")
"""What a fibrillation is called, as `Monitors.vf_grain` says it."""

BRAIN_HARMS: Final = ("hypoxia", "hyperoxia", "hypotension", "hypocapnia", "fever", "glucose")
"""What hurts a brain whose circulation is back, as `Monitors.brain_harm_min` counts it."""


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
    def body(self) -> Body:
        """The whole state, for those who study it. Look only."""
        return self._body

    @property
    def now_ms(self) -> int:
        """Time reached."""
        return int(self._body.step) * STEP_MS

    @property
    def rhythm(self) -> Rhythm:
        """What the heart's electricity does: PEA and PVT are beats and tachycardia without a pulse."""
        electrical = self._body.electrical
        return shown(electrical.rhythm, self.has_pulse, bool(electrical.paced))

    @property
    def pattern(self) -> str:
        """How the rhythm looks on paper, which does not tell whether there is a pulse: a word of Rhythm."""
        electrical = self._body.electrical
        return Rhythm.PACED.value if electrical.paced else KINDS[electrical.rhythm].value

    @property
    def has_pulse(self) -> bool:
        """Whether the heart holds a pressure of its own."""
        return bool(self._body.pulse.present)

    @property
    def heart_rate_per_min(self) -> int:
        """Beats of the heart per minute; 0 without an organised rhythm. A PEA has a rate, too."""
        electrical = self._body.electrical
        return _whole(electrical.rate_per_min) if electrical.beating else 0

    @property
    def last_beat_ms(self) -> int:
        """When the last R wave was; far in the past if there was none."""
        return int(self._body.electrical.last_beat_ms)

    @property
    def next_beat_ms(self) -> int:
        """When the next R wave comes if nothing happens; -1 in a heart that does not beat."""
        electrical = self._body.electrical
        return int(electrical.next_beat_ms) if electrical.beating else -1

    @property
    def beats(self) -> int:
        """How many beats there have been."""
        return int(self._body.electrical.beats)

    @property
    def next_pr_ms(self) -> int:
        """From P wave to R wave in the beat that comes next: in a group of blocked beats it is not that of the last."""
        electrical = self._body.electrical
        usual = self._case.parameters.rhythm.kinds[electrical.rhythm].pr_ms * electrical.trace.pr_share
        return _whole(electrical.group_pr_ms if electrical.group_size and electrical.group_at else usual)

    @property
    def lead_changes(self) -> LeadChanges:
        """What muscle, salts, cold, poison and strain do to the leads."""
        return lead_changes(self._body, lab_parameters())

    @property
    def trace(self) -> Trace:
        """What the electricity looks like, to draw it by. Look only."""
        return self._body.electrical.trace

    @property
    def captured(self) -> bool:
        """Whether the pacemaker drives the heart."""
        return bool(self._body.electrical.pacing.capturing)

    @property
    def systolic_mmhg(self) -> int:
        """Highest aortic pressure of the last cycle of compression or beat."""
        return _whole(self._body.circulation.systolic_mmhg)

    @property
    def diastolic_mmhg(self) -> int:
        """Lowest aortic pressure of the last cycle of compression or beat."""
        return _whole(self._body.circulation.diastolic_mmhg)

    @property
    def mean_mmhg(self) -> int:
        """Mean aortic pressure of the last seconds."""
        return _whole(self._body.circulation.mean_mmhg)

    @property
    def cpp_mmhg(self) -> float:
        """Coronary perfusion pressure, aorta over right atrium, at the end of the last release or diastole."""
        return self._body.circulation.last_cpp_mmhg

    @property
    def cardiac_output_l_min(self) -> float:
        """Flow out of the left ventricle, smoothed over some seconds."""
        return self._body.circulation.flow_l_min

    @property
    def etco2_mmhg(self) -> int | None:
        """Carbon dioxide at the end of the last breath out; None when no breath came back for a while."""
        reading = capnograph_reading(self._body.lungs, self._case.parameters.lungs, self.now_ms)
        return reading if reading >= 0 else None

    @property
    def spo2_pct(self) -> int | None:
        """Saturation at the finger; None without a pulse and until the probe has found a new one."""
        body, p, pulse = self._body, self._case.parameters.lungs, self._body.pulse
        reading = probe_reading(body.lungs, p, body.circulation, body.blood, pulse.present, pulse.since_ms, self.now_ms)
        return reading if reading >= 0 else None

    @property
    def saturation_pct(self) -> float:
        """True saturation of arterial blood."""
        return 100.0 * self._body.lungs.saturation

    @property
    def energy(self) -> float:
        """Readiness of the heart muscle, 0 to 0.9."""
        return self._body.myocardium.energy

    @property
    def amsa_mv_hz(self) -> float:
        """Amplitude spectrum area of the fibrillation; 0 in other rhythms."""
        electrical = self._body.electrical
        return electrical.amsa_mv_hz

    @property
    def vf_amplitude_uv(self) -> int:
        """Peak to peak, to draw the fibrillation by; 0 in other rhythms."""
        electrical = self._body.electrical
        return _whole(electrical.trace.vf_amplitude_uv) if electrical.rhythm == VF else 0

    @property
    def vf_frequency_mhz(self) -> int:
        """Dominant frequency in millihertz, to draw the fibrillation by; 0 in other rhythms."""
        electrical = self._body.electrical
        return _whole(electrical.trace.vf_frequency_mhz) if electrical.rhythm == VF else 0

    @property
    def vf_grain(self) -> str:
        """What the fibrillation is called: fine, medium or coarse; empty in other rhythms."""
        electrical, muscle = self._body.electrical, self._body.myocardium
        return VF_GRAINS[vf_grain(self._case.parameters.rhythm, muscle.energy)] if electrical.rhythm == VF else ""

    @property
    def bag_cmh2o(self) -> int:
        """Highest pressure at the bag in the last breath that was pushed; 0 if it went past the lungs."""
        return _whole(self._body.airway.peak_cmh2o)

    @property
    def breath_ml(self) -> int:
        """What reached the lungs of the last breath that was pushed."""
        return _whole(self._body.airway.breath_ml)

    @property
    def own_breaths_per_min(self) -> int:
        """Breaths the patient takes by himself."""
        return _whole(self._body.airway.own_breaths_per_min)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What each station would sense now if it looked, listened or felt."""
        return findings(self._body, self._case.parameters)

    @property
    def brain_harm_min(self) -> tuple[tuple[str, float], ...]:
        """Minutes with a pulse in which each of BRAIN_HARMS went on hurting the brain."""
        return tuple((harm, getattr(self._body.brain, f"{harm}_min")) for harm in BRAIN_HARMS)

    @property
    def survival(self) -> float:
        """Chance to be alive after 30 days if the pulse holds from now on."""
        body, p = self._body, self._case.parameters.brain
        cause = cause_factor(p, bool(body.electrical.shockable_origin))
        return survival_chance(body.brain, p, body.latent.brain_reserve, cause)

    @property
    def good_outcome(self) -> float:
        """Chance of a good neurological outcome in case of survival."""
        return good_outcome_chance(self._body.brain, self._case.parameters.brain, self._body.latent.brain_reserve)

    @property
    def compartments_ml(self) -> tuple[float, ...]:
        """Blood in each of the eight compartments of the circulation (COMPARTMENTS)."""
        circulation, unstressed = self._body.circulation, self._case.parameters.circulation.unstressed
        return tuple(
            getattr(circulation, f"{name}_ml")
            + getattr(unstressed, f"{name}_ml")
            + (circulation.slack_ml if name == "veins" else 0.0)
            for name in COMPARTMENTS
        )
