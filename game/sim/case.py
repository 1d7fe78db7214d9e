"""The patient as a level describes him: first rhythm, who he is, and the numbers of his body."""

from __future__ import annotations

from dataclasses import dataclass

from game.sim.parameters import Parameters, make_parameters
from game.sim.params.reader import CaseError
from game.sim.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Case:
    """What is true at the moment of collapse, or before it if the rhythm is one that carries a pulse."""

    rhythm: Rhythm
    parameters: Parameters

    @classmethod
    def of(cls, rhythm: object = Rhythm.VF, **overrides: object) -> Case:
        """A case from a level's table: `rhythm` and any parameter by its name (see `parameter_rows`).

        CaseError for a rhythm or name that does not exist and for a value out of range.
        """
        words = [known.value for known in Rhythm if known is not Rhythm.PACED]
        if rhythm not in words:
            raise CaseError("rhythm", rhythm, "one of " + ", ".join(words))
        return cls(Rhythm(str(rhythm)), make_parameters(overrides))

    @property
    def weight_kg(self) -> float:
        """Body weight."""
        return self.parameters.case.weight_kg

    @property
    def age(self) -> float:
        """Years."""
        return self.parameters.case.age
