"""Curves made of + - * / and tables only, so that every platform computes the same bits.

The mathematical functions of libm differ between platforms in the last place; nothing here calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

LN_2: Final = 0.6931471805599453
LN_10: Final = 2.302585092994046


def clamp(x: float, lo: float, hi: float) -> float:
    """`x`, but not below `lo` nor above `hi`."""
    if x < lo:
        return lo
    if x > hi:
        return hi
    return x


def ramp(x: float, none: float, full: float) -> float:
    """0 at `none` and before, 1 at `full` and beyond (which may lie below `none`), straight between."""
    return clamp((x - none) / (full - none), 0.0, 1.0)


def exp(x: float) -> float:
    """Exponential of x by halving, a Taylor series and squaring; relative error under 1e-12 for |x| < 40."""
    halvings = 0
    while x > 0.0625 or x < -0.0625:
        x *= 0.5
        halvings += 1
    power = term = 1.0
    for n in range(1, 11):
        term *= x / n
        power += term
    for _ in range(halvings):
        power *= power
    return power


def log(x: float) -> float:
    """Natural logarithm of x > 0, by scaling to 2/3..4/3 and the series of the area tangent. ValueError if x <= 0."""
    if not x > 0.0:
        raise ValueError("no logarithm: the number is not above 0")
    doublings = 0
    while x > 4.0 / 3.0:
        x *= 0.5
        doublings += 1
    while x < 2.0 / 3.0:
        x *= 2.0
        doublings -= 1
    z = (x - 1.0) / (x + 1.0)
    square = z * z
    series = 0.0
    for n in range(21, 0, -2):
        series = series * square + 1.0 / n
    return 2.0 * z * series + doublings * LN_2


def cube_root(x: float) -> float:
    """By Newton's steps from 1; good to 1e-4 for 0.2 to 6."""
    y = 1.0
    for _ in range(6):
        y -= (y * y * y - x) / (3.0 * y * y)
    return y


def total(values: Iterable[float]) -> float:
    """Sum from first to last. The built-in `sum` compensates from Python 3.12 on and gives other bits there."""
    so_far = 0.0
    for value in values:
        so_far += value
    return so_far


@dataclass(frozen=True, slots=True)
class Table:
    """A curve between `lo` and `hi` by linear interpolation between equally spaced values; flat outside."""

    lo: float
    hi: float
    per_unit: float
    values: tuple[float, ...]

    @classmethod
    def of(cls, curve: Callable[[float], float], lo: float, hi: float, intervals: int) -> Table:
        """Sample `curve`, which must itself be made of deterministic arithmetic."""
        width = (hi - lo) / intervals
        return cls(lo, hi, intervals / (hi - lo), tuple(curve(lo + width * i) for i in range(intervals + 1)))

    def __call__(self, x: float) -> float:
        """The curve at `x`."""
        if x <= self.lo:
            return self.values[0]
        if x >= self.hi:
            return self.values[-1]
        position = (x - self.lo) * self.per_unit
        index = int(position)
        if index >= len(self.values) - 1:
            return self.values[-1]
        low = self.values[index]
        return low + (self.values[index + 1] - low) * (position - index)


logistic: Final = Table.of(lambda x: 1.0 / (1.0 + exp(-x)), -16.0, 16.0, 2048)
"""The logistic curve 1 / (1 + exp(-x)); interpolation error under 5e-6."""

decay: Final = Table.of(lambda x: exp(-x), 0.0, 16.0, 4096)
"""exp(-x) for x >= 0; relative error under 2e-6, and exp(-16) from there on."""

_CENTRE_TOP: Final = (
    -39.69683028665376,
    220.9460984245205,
    -275.9285104469687,
    138.3577518672690,
    -30.66479806614716,
    2.506628277459239,
)
_CENTRE_BOTTOM: Final = (
    -54.47609879822406,
    161.5858368580409,
    -155.6989798598866,
    66.80131188771972,
    -13.28068155288572,
    1.0,
)
_TAIL_TOP: Final = (
    -0.007784894002430293,
    -0.3223964580411365,
    -2.400758277161838,
    -2.549732539343734,
    4.374664141464968,
    2.938163982698783,
)
_TAIL_BOTTOM: Final = (0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0)
_TAIL: Final = 0.02425


def _polynomial(coefficients: tuple[float, ...], x: float) -> float:
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


def normal_quantile(u: float) -> float:
    """The standard normal variate below which a share `u` lies, 0 < u < 1; relative error under 1.2e-9 (Acklam)."""
    if u > 0.5:
        return -normal_quantile(1.0 - u)
    if u < _TAIL:
        q = sqrt(-2.0 * log(u))
        return _polynomial(_TAIL_TOP, q) / _polynomial(_TAIL_BOTTOM, q)
    q = u - 0.5
    r = q * q
    return q * _polynomial(_CENTRE_TOP, r) / _polynomial(_CENTRE_BOTTOM, r)
