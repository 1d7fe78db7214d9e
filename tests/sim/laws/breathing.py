"""A driver for the laws of airway, lungs and brain alone: flow is what the test says, breaths come by the clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.body.airway import TUBE, Airway
from game.sim.body.blood import Blood
from game.sim.body.brain import Brain
from game.sim.body.causes import Causes
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.lungs import Lungs
from game.sim.body.told import Told
from game.sim.laws.airway import act_on_airway, begin_airway, live_airway
from game.sim.laws.brain import begin_brain, gag, live_brain
from game.sim.laws.lungs import begin_lungs, live_lungs, take_breath
from game.sim.params.airway import AirwayParameters
from game.sim.params.brain import BrainParameters
from game.sim.params.lungs import LungParameters
from game.sim.params.reader import read_group, rows_of

LOOK_MS = 500
CPR_L_MIN = 1.39
NORMAL_L_MIN = 5.0


def normal_blood() -> Blood:
    """Blood as it is before anything happens."""
    return Blood(
        haemoglobin_g_per_l=145.0,
        temperature_degc=37.0,
        ph=7.4,
        bicarbonate_mmol_l=24.0,
        lactate_mmol_l=1.0,
        potassium_mmol_l=4.2,
        calcium_mmol_l=1.2,
        magnesium_mmol_l=0.9,
        glucose_mmol_l=6.0,
    )


def some(kind: type, group: str, overrides: dict[str, float]) -> object:
    """The parameters of one group with the overrides that are its own."""
    return read_group(kind, group, {name: value for name, value in overrides.items() if name in rows_of(group)})


@dataclass
class Breather:
    """A patient of gases only. `flow_l_min`, `beating` and `pulse` are his heart; nobody breathes unless told."""

    seed: int = 1
    overrides: dict[str, float] = field(default_factory=dict)
    flow_l_min: float = NORMAL_L_MIN
    beating: float = 1.0
    drive: float = 0.0
    blood: Blood = field(default_factory=normal_blood)

    def __post_init__(self) -> None:
        self.airway, self.lungs, self.brain = Airway(), Lungs(), Brain()
        self.circulation, self.causes = Circulation(), Causes()
        self.effects, self.told = Effects(), Told()
        self.burden = self.causes.burden
        self.pa: AirwayParameters = some(AirwayParameters, "airway", self.overrides)  # type: ignore[assignment]
        self.pl: LungParameters = some(LungParameters, "lungs", self.overrides)  # type: ignore[assignment]
        self.pb: BrainParameters = some(BrainParameters, "brain", self.overrides)  # type: ignore[assignment]
        self.now_ms = 0
        begin_airway(self.airway, self.pa, self.seed)
        begin_lungs(self.lungs, self.pl, self.blood, 1.0)
        begin_brain(self.brain, self.pb)
        self.hearts(self.flow_l_min, self.beating)

    def hearts(self, flow_l_min: float, beating: float) -> None:
        """Set flow, the brain's share of it, and how far the heart pumps by itself."""
        c = self.circulation
        c.flow_l_min, c.relaxation = flow_l_min, beating
        c.cerebral_ml_s = 4.6 * flow_l_min / CPR_L_MIN if beating < 0.5 else 12.5
        c.mean_mmhg, c.systolic_mmhg, c.diastolic_mmhg = (85.0, 115.0, 70.0) if beating >= 0.5 else (35.0, 59.0, 24.0)
        c.right_atrial_mmhg = 6.6 if beating >= 0.5 else 8.8

    def breath(
        self, volume_ml: float = 550.0, fio2_pct: float = 100.0, device: int = TUBE, ms: int = 1000, seal: float = 100.0
    ) -> float:
        """One squeeze of the bag now."""
        return take_breath(
            self.lungs, self.pl, self.airway, self.pa, self.burden, self.seed, self.now_ms, ms, volume_ml, fio2_pct,
            device, seal, self.told,
        )  # fmt: skip

    def act(self, act: int, skill_pct: float = 100.0) -> None:
        """One act at the airway."""
        guard = gag(self.brain, self.effects)
        act_on_airway(self.airway, self.pa, self.causes, guard, self.seed, self.now_ms, act, skill_pct, self.told)

    def look(self) -> None:
        """500 ms pass."""
        self.now_ms += LOOK_MS
        self.burden.breathing_drive = self.drive
        live_airway(
            self.airway, self.pa, self.burden, self.effects, gag(self.brain, self.effects), self.seed, self.now_ms,
            0.5 / 60.0, self.told,
        )  # fmt: skip
        live_lungs(
            self.lungs, self.pl, self.airway, self.pa, self.circulation, self.blood, self.effects, self.burden,
            self.brain.stem, self.now_ms, 0.5,
        )  # fmt: skip
        pulse = self.circulation.relaxation >= 0.5
        live_brain(self.brain, self.pb, self.circulation, self.lungs, self.blood, self.effects, pulse, 0.5 / 60.0)

    def live(self, minutes: float, per_min: float = 0.0, **breath: float) -> None:
        """Minutes of looks, with a breath every so often."""
        end_ms = self.now_ms + int(minutes * 60_000)
        due = float(self.now_ms)
        while self.now_ms < end_ms:
            if per_min > 0.0 and self.now_ms >= due:
                self.breath(**breath)  # type: ignore[arg-type]
                due += 60_000.0 / per_min
            self.look()
