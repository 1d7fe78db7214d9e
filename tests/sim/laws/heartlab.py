"""A heart in surroundings that a test sets: muscle, electricity, shocks and pacing without the rest of the patient."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.body.blood import Blood
from game.sim.body.causes import Burden
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.electrical import Electrical
from game.sim.body.latent import Latent
from game.sim.body.lungs import Lungs
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.body.reflex import Reflex
from game.sim.body.told import RHYTHM, SHOCKED, Told
from game.sim.laws.electrical import begin_rhythm, live_rate, look_at_trace, take_beat
from game.sim.laws.hazards import live_rhythm
from game.sim.laws.myocardium import live_muscle, set_contractility
from game.sim.laws.pacing import live_pacing, set_pacing
from game.sim.laws.shock import give_synchronised, keep_charge, shock
from game.sim.params.heart import HeartParameters
from game.sim.params.reader import read_group
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import SHOCK_RESULTS, TORSADES, VF, ShockResult

LOOK_MS = 100
HEART = read_group(HeartParameters, "heart")
RHYTHMS = read_group(RhythmParameters, "rhythm")


def usual_blood() -> Blood:
    """Blood as it should be."""
    return Blood(
        haemoglobin_g_per_l=140.0,
        temperature_degc=37.0,
        ph=7.4,
        potassium_mmol_l=4.2,
        calcium_mmol_l=1.2,
        magnesium_mmol_l=0.85,
        glucose_mmol_l=6.0,
        metabolism=1.0,
    )


@dataclass
class Heartlab:
    """One heart. The test holds coronary pressure, pulse, blood, drugs and causes where it wants them."""

    rhythm: int = VF
    seed: int = 1
    energy: float = 0.9
    pulse: bool = False
    cpp_mmhg: float = 0.0
    weight_kg: float = 75.0
    held_energy: bool = False
    p: RhythmParameters = RHYTHMS
    heart: HeartParameters = HEART
    latent: Latent = field(default_factory=lambda: Latent(defibrillation_logit=1.8, pacing_threshold_ma=65.0))

    def __post_init__(self) -> None:
        self.now_ms = 0
        self.told = Told()
        self.e = Electrical()
        self.muscle = Myocardium(energy=self.energy)
        self.beat = Pulse(present=self.pulse, since_ms=0)
        self.circulation = Circulation(cpp_mmhg=self.cpp_mmhg, push_end_ms=10**9 if self.cpp_mmhg else -(10**9))
        self.circulation.mean_mmhg = 85.0
        self.lungs = Lungs(arterial_oxygen=190.0, saturation=0.97)
        self.blood = usual_blood()
        self.effects = Effects()
        self.burden = Burden()
        self.reflex = Reflex()
        self.beats_ms: list[int] = []
        weak = not self.pulse and self.rhythm != TORSADES
        begin_rhythm(self.e, self.p, self.seed, self.rhythm, self.pulse, weak, self.energy)

    def look(self, look_ms: int = LOOK_MS) -> None:
        """100 ms as a rule; the beats are left to `run`."""
        minutes = look_ms / 60_000.0
        if not self.held_energy:
            live_muscle(
                self.muscle, self.heart, minutes, self.now_ms, self.e, self.beat, self.circulation, self.lungs,
                self.blood, self.effects, self.burden, self.latent,
            )  # fmt: skip
        live_pacing(
            self.e, self.p, self.seed, self.now_ms, self.weight_kg, self.muscle, self.blood, self.burden, self.latent,
            self.told,
        )  # fmt: skip
        live_rate(
            self.e, self.p, self.now_ms, self.muscle, self.beat, self.reflex, self.lungs, self.blood, self.effects,
            self.burden,
        )  # fmt: skip
        look_at_trace(self.e, self.p, self.muscle, self.blood, self.effects, self.burden)
        live_rhythm(
            self.e, self.p, self.seed, self.now_ms, minutes, self.muscle, self.beat, self.circulation, self.lungs,
            self.blood, self.effects, self.burden, self.told,
        )  # fmt: skip
        keep_charge(self.e, self.p, self.now_ms, self.told)
        set_contractility(self.muscle, self.heart, self.e, self.lungs, self.blood, self.effects, self.burden)

    def run(self, seconds: float) -> Heartlab:
        """Live on; beats fall when they are due."""
        until_ms = self.now_ms + int(seconds * 1000.0)
        while self.now_ms < until_ms:
            self.look()
            self.now_ms += LOOK_MS
            while self.e.next_beat_ms < self.now_ms:
                take_beat(self.e, self.p, self.seed, self.told)
                self.beats_ms.append(self.e.last_beat_ms)
                if self.e.held.energy_j:
                    give_synchronised(
                        self.e, self.p, self.seed, self.muscle, self.heart, self.effects, self.told
                    )  # fmt: skip
        return self

    def until(self, rhythms: set[int], minutes: float, look_ms: int = 1000) -> float | None:
        """Live on, beats left out, until the heart is in one of `rhythms`: seconds taken, None if over `minutes`."""
        start_ms = self.now_ms
        while self.now_ms - start_ms < minutes * 60_000.0:
            self.look(look_ms)
            self.now_ms += look_ms
            self.told.count = 0
            if self.e.rhythm in rhythms:
                return 0.001 * (self.now_ms - start_ms)
        return None

    def shock(
        self, energy_j: int = 200, *, pause_s: float = 4.0, vector: int = 0, contact_pct: float = 100.0
    ) -> ShockResult:
        """A shock now, with the last compression `pause_s` ago."""
        self.circulation.push_end_ms = self.now_ms - int(1000.0 * pause_s)
        self.e.since_ms = min(self.e.since_ms, self.circulation.push_end_ms)
        shock(
            self.e, self.p, self.seed, self.now_ms, energy_j, vector, contact_pct, self.muscle, self.heart, self.beat,
            self.circulation, self.blood, self.effects, self.burden, self.latent, self.told,
        )  # fmt: skip
        return SHOCK_RESULTS[self.reports(SHOCKED)[-1][2]]

    def pace(self, rate_per_min: float, current_ma: float) -> None:
        """Turn the pacemaker to this."""
        set_pacing(self.e, self.p, self.now_ms, rate_per_min, current_ma, self.told)

    def reports(self, kind: int = RHYTHM) -> list[tuple[int, int, int]]:
        """Time and the two numbers of every report of this kind."""
        told = self.told
        return [(told.ms[i], told.a[i], told.b[i]) for i in range(told.count) if told.kind[i] == kind]

    def intervals_ms(self) -> list[int]:
        """Between the beats so far."""
        return [b - a for a, b in zip(self.beats_ms, self.beats_ms[1:], strict=False)]


def rhythm_parameters(**overrides: float) -> RhythmParameters:
    """The rows with some changed."""
    return read_group(RhythmParameters, "rhythm", overrides)
