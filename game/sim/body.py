"""The whole state of a patient, part by part; what a keyframe holds and a state hash covers."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.blood import Blood
from game.sim.circulation import NEVER_MS, Circulation
from game.sim.drugs import Drugs
from game.sim.electrical import Electrical
from game.sim.events import Event
from game.sim.lungs import Lungs
from game.sim.myocardium import Myocardium
from game.sim.pulse import Pulse
from game.sim.reflex import Reflex


@dataclass(slots=True)
class Infusion:
    """A running infusion into the veins."""

    start_ms: int
    end_ms: int
    volume_ml: float

    def given_ml(self, from_ms: int, to_ms: int) -> float:
        """What runs in between two times."""
        share_ms = min(to_ms, self.end_ms) - max(from_ms, self.start_ms)
        return self.volume_ml * max(0, share_ms) / (self.end_ms - self.start_ms)


@dataclass(slots=True)
class Pending:
    """An event waiting for its moment; `order` decides between events of the same millisecond."""

    ms: int
    order: int
    event: Event


@dataclass(slots=True)
class Body:
    """The state at the start of `step` of the grid.

    `relaxation` is how far the vessels are those of a beating heart (0 to 1), `veins_ml` the unstressed volume the
    veins hold beyond normal, `order` the number of events taken so far.
    """

    seed: int
    circulation: Circulation
    myocardium: Myocardium
    electrical: Electrical
    pulse: Pulse
    lungs: Lungs
    blood: Blood
    reflex: Reflex = field(default_factory=Reflex)
    drugs: Drugs = field(default_factory=Drugs)
    infusions: list[Infusion] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    step: int = 0
    order: int = 0
    relaxation: float = 1.0
    veins_ml: float = 0.0
    flow_l_min: float = 0.0
    mean_mmhg: float = 0.0
    systolic_mmhg: float = 0.0
    diastolic_mmhg: float = 0.0
    rate_per_min: float = 0.0
    push_end_ms: int = NEVER_MS
