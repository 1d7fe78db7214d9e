"""How the lab draws: every quantity by its own name, so that two arms of a trial share a patient's luck.

The number drawn for a name depends on the patient's seed and the name alone. A quantity that has another distribution
in another arm is read off at the same quantile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final
from zlib import crc32

from game.sim.chance import uniform
from game.sim.tables import exp, normal_quantile

STREAM: Final = 1024
"""The lab's stream of chance; the patient and the room use lower ones."""

Value = float | str | bool

_REPEATS: Final = 1 << 20


@cache
def _counter(name: str) -> int:
    return crc32(name.encode()) * _REPEATS


def luck(seed: int, name: str, repeat: int = 0) -> float:
    """The quantile, inside 0..1, at which draw number `repeat` (below 2**20) of `name` falls for this seed."""
    return uniform(seed, STREAM, _counter(name) + repeat)


@dataclass(frozen=True, slots=True)
class Spread:
    """A constant or a distribution. `shape` is "constant", "normal", "lognormal", "uniform", "choice" or "chance".

    `values` holds the constant; mean and standard deviation; median and sigma of the logarithm; the two ends; what to
    choose from (with `weights`); or the chance of True. Numbers are held between `lo` and `hi`.
    """

    shape: str
    values: tuple[Value, ...]
    weights: tuple[float, ...] = ()
    lo: float = -inf
    hi: float = inf

    def at(self, quantile: float) -> Value:
        """The value below which `quantile` of all patients lie."""
        match self.shape:
            case "constant":
                return self.values[0]
            case "choice":
                return self._chosen(quantile)
            case "chance":
                return quantile < float(self.values[0])
        first, second = float(self.values[0]), float(self.values[1])
        if self.shape == "uniform":
            found = first + (second - first) * quantile
        elif self.shape == "normal":
            found = first + second * normal_quantile(quantile)
        else:
            found = first * exp(second * normal_quantile(quantile))
        return min(self.hi, max(self.lo, found))

    def drawn(self, seed: int, name: str) -> Value:
        """The value for one patient."""
        return self.values[0] if self.shape == "constant" else self.at(luck(seed, name))

    def _chosen(self, quantile: float) -> Value:
        left = quantile * sum(self.weights)
        for value, weight in zip(self.values, self.weights, strict=True):
            left -= weight
            if left < 0.0:
                return value
        return self.values[-1]


def constant(value: Value) -> Spread:
    """A spread of one value."""
    return Spread("constant", (value,))
