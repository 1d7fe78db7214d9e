"""The whole state of a patient, part by part; what a keyframe holds and a state hash covers."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.sim.body.airway import Airway
from game.sim.body.blood import Blood
from game.sim.body.brain import Brain
from game.sim.body.causes import Causes
from game.sim.body.chest import Chest
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Drugs
from game.sim.body.electrical import Electrical
from game.sim.body.fluids import Fluids
from game.sim.body.latent import Latent
from game.sim.body.lungs import Lungs
from game.sim.body.myocardium import Myocardium
from game.sim.body.pulse import Pulse
from game.sim.body.reflex import Reflex


@dataclass(slots=True)
class Body:
    """The state at the start of `step` of the 4 ms grid."""

    seed: int = 0
    step: int = 0
    weight_kg: float = 0.0
    latent: Latent = field(default_factory=Latent)
    circulation: Circulation = field(default_factory=Circulation)
    chest: Chest = field(default_factory=Chest)
    pulse: Pulse = field(default_factory=Pulse)
    reflex: Reflex = field(default_factory=Reflex)
    myocardium: Myocardium = field(default_factory=Myocardium)
    electrical: Electrical = field(default_factory=Electrical)
    airway: Airway = field(default_factory=Airway)
    lungs: Lungs = field(default_factory=Lungs)
    blood: Blood = field(default_factory=Blood)
    drugs: Drugs = field(default_factory=Drugs)
    fluids: Fluids = field(default_factory=Fluids)
    causes: Causes = field(default_factory=Causes)
    brain: Brain = field(default_factory=Brain)
