"""The patient as a level describes him: first rhythm, who he is, and the numbers of his body."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.parameters import CaseError, Parameters, make_parameters
from game.sim.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Case:
    """What is true at the moment of collapse. `energy` is myocardial readiness from 0 to 0.9."""

    rhythm: Rhythm
    energy: float
    weight_kg: float
    age: float
    parameters: Parameters

    @classmethod
    def of(cls, rhythm: object = Rhythm.VF, **overrides: object) -> Case:
        """A case from a level's table: `rhythm` and any parameter by its name (see `parameter_rows`).

        CaseError for a rhythm or name that does not exist and for a value out of range.
        """
        words = [known.value for known in Rhythm]
        if rhythm not in words:
            raise CaseError("rhythm", rhythm, "one of " + ", ".join(words))
        parameters = make_parameters(overrides)
        who = parameters.case
        return cls(Rhythm(str(rhythm)), who.energy, who.weight_kg, who.age, parameters)
