"""The heart's electricity: which rhythm, which comes next, when it beats, and what a shock does.

Changes that come by themselves are hazards (per minute). Each has a threshold drawn when its rhythm is entered and
fires when its hazard, added up, passes it: the outcome does not depend on how often one looks, and luck stays the
patient's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from game.sim.chance import Stream, normal, threshold, uniform
from game.sim.circulation import NEVER_MS
from game.sim.drugs import Effects
from game.sim.latent import Latent
from game.sim.parameters import HeartParameters, Parameters, RhythmParameters
from game.sim.rhythm import TRAITS, Rhythm, ShockResult
from game.sim.tables import decay, exp, log, logistic


@dataclass(slots=True)
class Situation:
    """What the hazards depend on.

    `since_termination_s` counts from the last shock that ended fibrillation, `pulse_min` from the last change of pulse.
    """

    energy: float
    perfusion: float
    compressed_beats: bool
    since_termination_s: float | None
    pulse_min: float
    shockable_origin: bool
    effects: Effects


Rate = Callable[[RhythmParameters, Situation], float]


@dataclass(frozen=True, slots=True)
class Transition:
    """A way out of a rhythm: from any of `sources` to `target`, at `rate` per minute."""

    sources: tuple[Rhythm, ...]
    target: Rhythm
    stream: Stream
    rate: Rate


def _refibrillation(p: RhythmParameters, s: Situation) -> float:
    if s.since_termination_s is None:
        return 0.0
    early = p.refibrillation_per_min * max(0.0, p.refibrillation_energy - s.energy)
    rate = early * decay(s.since_termination_s / p.refibrillation_s) + p.refibrillation_floor_per_min
    return rate * s.effects.refibrillation * (p.refibrillation_compressed if s.compressed_beats else 1.0)


def _rearrest_vf(p: RhythmParameters, s: Situation) -> float:
    if not s.shockable_origin:
        return p.rearrest_vf_other_per_min
    return p.rearrest_vf_early_per_min if s.pulse_min < p.rearrest_early_min else p.rearrest_vf_late_per_min


def _rearrest_pea(p: RhythmParameters, s: Situation) -> float:
    if s.shockable_origin:
        return 0.0
    return p.rearrest_pea_early_per_min if s.pulse_min < p.rearrest_early_min else p.rearrest_pea_late_per_min


TRANSITIONS: Final = (
    Transition(
        (Rhythm.VF,),
        Rhythm.ASYSTOLE,
        Stream.VF_FADES,
        lambda p, s: p.vf_fades_per_min * (p.vf_fades_energy - s.energy),
    ),
    Transition((Rhythm.PVT,), Rhythm.VF, Stream.PVT_DEGENERATES, lambda p, s: p.pvt_degenerates_per_min),
    Transition(
        (Rhythm.PEA,),
        Rhythm.ASYSTOLE,
        Stream.PEA_STOPS,
        lambda p, s: p.pea_stops_per_min * (p.pea_stops_energy - s.energy),
    ),
    Transition(
        (Rhythm.PEA,),
        Rhythm.VF,
        Stream.PEA_FIBRILLATES,
        lambda p, s: p.pea_fibrillates_per_min * s.effects.organising,
    ),
    Transition(
        (Rhythm.ASYSTOLE,),
        Rhythm.PEA,
        Stream.ASYSTOLE_ORGANISES,
        lambda p, s: p.asystole_organises_per_min * s.perfusion * s.effects.organising,
    ),
    Transition(
        (Rhythm.ASYSTOLE,),
        Rhythm.VF,
        Stream.ASYSTOLE_FIBRILLATES,
        lambda p, s: p.asystole_fibrillates_per_min * s.perfusion * s.effects.organising,
    ),
    Transition((Rhythm.ASYSTOLE, Rhythm.PEA, Rhythm.SINUS), Rhythm.VF, Stream.REFIBRILLATION, _refibrillation),
    Transition((Rhythm.SINUS,), Rhythm.VF, Stream.REARREST_VF, _rearrest_vf),
    Transition((Rhythm.SINUS,), Rhythm.PEA, Stream.REARREST_PEA, _rearrest_pea),
)

_WAYS_OUT: Final = {
    rhythm: tuple(index for index, way in enumerate(TRANSITIONS) if rhythm in way.sources) for rhythm in Rhythm
}


@dataclass(slots=True)
class Electrical:
    """State. `hazards` and `thresholds` stand in the order of TRANSITIONS.

    `vigour` makes one fibrillation coarser than another. `pulse_energy` is the energy of the muscle at which the beats
    of this organised rhythm become strong enough to be felt.
    """

    rhythm: Rhythm
    shockable_origin: bool
    hazards: list[float] = field(default_factory=lambda: [0.0] * len(TRANSITIONS))
    thresholds: list[float] = field(default_factory=lambda: [0.0] * len(TRANSITIONS))
    entries: int = 0
    fibrillations: int = 0
    organisations: int = 0
    shocks: int = 0
    vigour: float = 1.0
    pulse_energy: float = 0.0
    terminated_ms: int = NEVER_MS
    next_beat_ms: int = NEVER_MS
    last_beat_ms: int = NEVER_MS

    @classmethod
    def new(cls, parameters: Parameters, seed: int, rhythm: Rhythm, energy: float) -> Electrical:
        """The first rhythm. A first PEA is one whose beats are too weak to be felt at the energy of the case."""
        made = cls(rhythm, TRAITS[rhythm].shockable)
        made.enter(parameters, seed, rhythm, 0)
        if rhythm is Rhythm.PEA:
            made.weaken(parameters.rhythm, energy)
        if rhythm is Rhythm.SINUS:
            made.pulse_energy = min(made.pulse_energy, parameters.heart.pulse_energy_mean)
        return made

    @property
    def organised(self) -> bool:
        """True while there are beats."""
        return TRAITS[self.rhythm].organised

    @property
    def shockable(self) -> bool:
        """True in VF and pulseless VT."""
        return TRAITS[self.rhythm].shockable

    def amsa_mv_hz(self, p: RhythmParameters, energy: float) -> float:
        """Amplitude spectrum area of the fibrillation."""
        return p.amsa_mv_hz * energy * self.vigour

    def enter(self, parameters: Parameters, seed: int, rhythm: Rhythm, now_ms: int) -> None:
        """Go into `rhythm` and draw the thresholds of its ways out."""
        beating = self.organised and self.entries > 0
        self.rhythm = rhythm
        self.entries += 1
        for index in _WAYS_OUT[rhythm]:
            self.hazards[index] = 0.0
            self.thresholds[index] = threshold(seed, TRANSITIONS[index].stream, self.entries)
        if self.shockable:
            self.fibrillations += 1
            p = parameters.rhythm
            self.vigour = exp(p.amsa_log_sd * normal(seed, Stream.VF_VIGOUR, self.fibrillations))
            self.terminated_ms = NEVER_MS
        elif self.organised and not beating:
            self.organisations += 1
            h = parameters.heart
            u = uniform(seed, Stream.PULSE_ENERGY, self.organisations)
            self.pulse_energy = h.pulse_energy_mean + h.pulse_energy_width * log(u / (1.0 - u))
            self.next_beat_ms = now_ms + int(h.first_beat_ms)

    def weaken(self, p: RhythmParameters, energy: float) -> None:
        """Beats lose their grip: they can be felt again only at a higher energy than now."""
        self.pulse_energy = max(self.pulse_energy, energy + p.rearrest_pea_energy_step)

    def beat(self, interval_ms: int) -> int:
        """Take the beat that is due: returns its time and sets the next one `interval_ms` later."""
        self.last_beat_ms = self.next_beat_ms
        self.next_beat_ms += interval_ms
        return self.last_beat_ms

    def advance(self, p: RhythmParameters, minutes: float, situation: Situation) -> Rhythm | None:
        """Add up the hazards of this rhythm; the rhythm to go to when one has passed its threshold."""
        for index in _WAYS_OUT[self.rhythm]:
            way = TRANSITIONS[index]
            self.hazards[index] += minutes * way.rate(p, situation)
            if self.hazards[index] >= self.thresholds[index]:
                return way.target
        return None

    def shock(
        self,
        p: RhythmParameters,
        seed: int,
        latent: Latent,
        *,
        energy: float,
        energy_j: int,
        pause_s: float,
        terminate_logit: float,
    ) -> ShockResult:
        """Draw what a shock does, without changing the rhythm: `pause_s` is the time since the last compression.

        Ending fibrillation and leaving an organised rhythm are separate draws; whether that rhythm has a pulse is the
        third, `pulse_energy` on entering it.
        """
        self.shocks += 1
        if not self.shockable:
            fibrillates = self.organised and uniform(seed, Stream.SHOCK_ON_BEATS, self.shocks) < p.shock_on_beats_vf
            unharmed = ShockResult.ORGANISED if self.organised else ShockResult.ASYSTOLE
            return ShockResult.FAILED if fibrillates else unharmed
        amsa = self.amsa_mv_hz(p, energy)
        terminate = (
            latent.defibrillation_logit
            + p.terminate_per_amsa * (amsa - p.terminate_amsa_mid)
            + p.terminate_per_log_energy * log(max(energy_j, 1) / p.terminate_reference_j)
            + terminate_logit
        )
        if uniform(seed, Stream.SHOCK_TERMINATES, self.shocks) >= logistic(terminate):
            return ShockResult.FAILED
        readiness = amsa * decay(p.organise_pause_per_s * pause_s)
        organise = logistic(p.organise_per_amsa * (readiness - p.organise_amsa_mid))
        organised = uniform(seed, Stream.SHOCK_ORGANISES, self.shocks) < organise
        return ShockResult.ORGANISED if organised else ShockResult.ASYSTOLE


def intrinsic_rate_per_min(h: HeartParameters, energy: float, effects: Effects, reflex_per_min: float) -> float:
    """Beats per minute of an organised rhythm: slow in an exhausted heart, quicker with energy, drugs and reflex."""
    share = (energy - h.rate_weak_energy) / (h.rate_strong_energy - h.rate_weak_energy)
    share = min(1.0, max(0.0, share))
    own = h.rate_weak_per_min + (h.rate_strong_per_min - h.rate_weak_per_min) * share
    if reflex_per_min:
        own = min(h.reflex_rate_hi_per_min, max(h.reflex_rate_lo_per_min, own + reflex_per_min))
    wanted = (own + effects.rate_per_min) * effects.rate
    return min(h.rate_highest_per_min, max(h.rate_lowest_per_min, wanted))
