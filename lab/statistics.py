"""The few statistics that comparing a cohort with a paper needs, each with its 95 % confidence interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z95: Final = 1.959963984540054
"""Standard normal deviate that leaves 2.5 % above it."""

_T95: Final = {1: 12.7062, 2: 4.3027, 3: 3.1824}
_STEPS: Final = 60
_CLOSE: Final = 1e-9
_LONGEST_STEP: Final = 3.0
_NAN: Final = float("nan")


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % confidence interval; `n` is how many observations it rests on.

    `lo` and `hi` are NaN where a figure has no interval, and all three are NaN where nothing could be observed.
    """

    value: float
    lo: float = _NAN
    hi: float = _NAN
    n: int = 0

    @property
    def known(self) -> bool:
        """Whether there was anything to observe."""
        return self.value == self.value

    def scaled(self, factor: float) -> Estimate:
        """The same figure in another unit; `factor` is positive."""
        return Estimate(self.value * factor, self.lo * factor, self.hi * factor, self.n)


UNKNOWN: Final = Estimate(_NAN)


def array(values: Sequence[float] | Floats) -> Floats:
    """The values that are known, as floats."""
    found = np.asarray(values, dtype=np.float64)
    return found[~np.isnan(found)]


def share(successes: float, n: float) -> Estimate:
    """A proportion with Wilson's interval, which stays inside 0 to 1 and works for rare events.

    Both numbers may be sums of chances.
    """
    if n == 0:
        return UNKNOWN
    p = successes / n
    middle = (p + Z95 * Z95 / (2 * n)) / (1 + Z95 * Z95 / n)
    half = Z95 * np.sqrt(p * (1 - p) / n + Z95 * Z95 / (4 * n * n)) / (1 + Z95 * Z95 / n)
    # Rounding would leave a hair beyond 0 and 1.
    lo, hi = max(0.0, float(middle - half)) if p > 0 else 0.0, float(middle + half) if p < 1 else 1.0
    return Estimate(p, lo, hi, round(n))


def share_of(flags: Sequence[float] | Floats, groups: Sequence[float] | Floats | None = None) -> Estimate:
    """The proportion of ones among zeros and ones; what is not known does not count.

    `groups` names the patient of each flag where a patient has several: the interval is that of as many separate ones
    as they are worth.
    """
    known = array(flags)
    found = share(float(known.sum()), len(known))
    if groups is None or not found.known:
        return found
    worth = _worth(known, np.asarray(groups)[~np.isnan(np.asarray(flags, dtype=np.float64))])
    alone = share(found.value * worth, worth)
    return Estimate(found.value, alone.lo, alone.hi, len(known))


def _worth(flags: Floats, groups: NDArray[Any]) -> float:
    """As many separate flags would leave the share as uncertain as these, whose groups go together."""
    _, number = np.unique(groups, return_inverse=True)
    n, middle = int(number.max()) + 1, float(flags.mean())
    sums = np.bincount(number, weights=flags - middle)
    variance = float((sums * sums).sum()) / len(flags) ** 2 * n / max(1, n - 1)
    if variance == 0.0:
        return float(n)
    return min(float(len(flags)), middle * (1.0 - middle) / variance)


def share_difference(a: Sequence[float] | Floats, b: Sequence[float] | Floats) -> Estimate:
    """Proportion in `a` less proportion in `b`, two separate groups (Newcombe's interval)."""
    one, other = share_of(a), share_of(b)
    if not (one.known and other.known):
        return UNKNOWN
    difference = one.value - other.value
    below = np.hypot(one.value - one.lo, other.hi - other.value)
    above = np.hypot(one.hi - one.value, other.value - other.lo)
    return Estimate(difference, difference - float(below), difference + float(above), one.n + other.n)


def paired_difference(a: Sequence[float] | Floats, b: Sequence[float] | Floats) -> Estimate:
    """Mean of `a` less `b` over the same patients in the same order; pairs with an unknown half do not count.

    Zeros and ones have Newcombe's interval for paired shares (1998, Stat Med 17:2635, method 10), which keeps its width
    where no pair differs; chances have that of a mean.
    """
    one, other = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    known = ~(np.isnan(one) | np.isnan(other))
    one, other = one[known], other[known]
    if not len(one) or not np.isin(np.concatenate([one, other]), (0.0, 1.0)).all():
        return mean(one - other)
    p, q = share_of(one), share_of(other)
    difference, together = p.value - q.value, _together(one, other)

    def half(mine: float, others: float) -> float:
        return float(np.sqrt(max(0.0, mine * mine - 2.0 * together * mine * others + others * others)))

    below = half(p.value - p.lo, q.hi - q.value)
    above = half(p.hi - p.value, q.value - q.lo)
    return Estimate(difference, difference - below, difference + above, len(one))


def _together(a: Floats, b: Floats) -> float:
    """The correlation of two flags of the same patients, corrected for continuity where it is positive."""
    n = len(a)
    both, neither = float((a * b).sum()), float(((1.0 - a) * (1.0 - b)).sum())
    first, second = float(a.sum()), float(b.sum())
    margins = first * (n - first) * second * (n - second)
    if margins == 0.0:
        return 0.0
    cross = both * neither - (first - both) * (second - both)
    return (max(0.0, cross - 0.5 * n) if cross > 0.0 else cross) / float(np.sqrt(margins))


def mean(values: Sequence[float] | Floats) -> Estimate:
    """The mean of the known values."""
    known = array(values)
    if not len(known):
        return UNKNOWN
    middle = float(known.mean())
    if len(known) == 1:
        return Estimate(middle, n=1)
    half = t95(len(known) - 1) * float(known.std(ddof=1)) / float(np.sqrt(len(known)))
    return Estimate(middle, middle - half, middle + half, len(known))


def t95(freedom: int) -> float:
    """Student's deviate that leaves 2.5 % above it, to within 0.002 (Abramowitz and Stegun 26.7.5 from 4 on)."""
    if freedom in _T95:
        return _T95[freedom]
    z, n = Z95, float(freedom)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / n**power for power, term in enumerate(terms, 1))


def quantile(values: Sequence[float] | Floats, at: float) -> Estimate:
    """The quantile `at` (0.5 is the median) with the order statistics that bound it."""
    known = np.sort(array(values))
    n = len(known)
    if n == 0:
        return UNKNOWN
    half = Z95 * np.sqrt(n * at * (1 - at))
    low, high = int(np.floor(n * at - half)) - 1, int(np.ceil(n * at + half))
    middle = float(np.quantile(known, at))
    return Estimate(middle, float(known[max(0, low)]), float(known[min(n - 1, high)]), n)


def median(values: Sequence[float] | Floats) -> Estimate:
    """The median of the known values."""
    return quantile(values, 0.5)


def roc_area(scores: Sequence[float] | Floats, events: Sequence[float] | Floats) -> Estimate:
    """Area under the ROC curve: how often a score with an event exceeds one without (Hanley and McNeil's interval)."""
    x, y = np.asarray(scores, dtype=np.float64), np.asarray(events, dtype=np.float64)
    known = ~(np.isnan(x) | np.isnan(y))
    with_event, without = x[known & (y > 0)], np.sort(x[known & (y == 0)])
    n1, n0 = len(with_event), len(without)
    if n1 == 0 or n0 == 0:
        return UNKNOWN
    below = np.searchsorted(without, with_event, side="left")
    upto = np.searchsorted(without, with_event, side="right")
    area = float((below + upto).sum()) / (2 * n1 * n0)
    q1, q2 = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (n1 - 1) * (q1 - area * area) + (n0 - 1) * (q2 - area * area)
    half = Z95 * float(np.sqrt(max(0.0, spread) / (n1 * n0)))
    return Estimate(area, max(0.0, area - half), min(1.0, area + half), n1 + n0)


def rate(events: float, exposure: float) -> Estimate:
    """Events per unit of exposure; half an event stands in for none when the interval is made."""
    if exposure <= 0:
        return UNKNOWN
    widest = float(np.exp(Z95 / np.sqrt(max(events, 0.5))))
    seen = max(events, 0.5) / exposure
    return Estimate(events / exposure, 0.0 if events == 0 else seen / widest, seen * widest, int(events))


def linear(outcome: Sequence[float] | Floats, *columns: Sequence[float] | Floats) -> list[Estimate]:
    """Least squares of `outcome` on an intercept and `columns`: their coefficients, the intercept first.

    The intervals hold for unequal spread as well (White's sandwich), as an outcome of zeros and ones needs.
    """
    x, y, _ = _design(outcome, columns)
    if len(y) <= x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        return [UNKNOWN] * x.shape[1]
    bread = np.linalg.inv(x.T @ x)
    beta = bread @ x.T @ y
    left = y - x @ beta
    spread = np.sqrt(np.diag(bread @ (x.T * (left * left)) @ x @ bread) * len(y) / (len(y) - x.shape[1]))
    return [
        Estimate(float(b), float(b - Z95 * s), float(b + Z95 * s), len(y)) for b, s in zip(beta, spread, strict=True)
    ]


def logistic(
    outcome: Sequence[float] | Floats,
    *columns: Sequence[float] | Floats,
    groups: Sequence[float] | Floats | None = None,
) -> list[Estimate]:
    """Logistic regression of zeros and ones on an intercept and `columns`: log odds, the intercept first.

    Fitted with Firth's penalty, so that it stays finite when a column separates the outcomes or events are rare.
    Rows with an unknown value do not count. `groups` names the patient of each row where a patient has several; the
    intervals then allow for that. All UNKNOWN when there is no event, no non-event, or a column that tells nothing new.
    """
    x, y, known = _design(outcome, columns)
    if len(y) <= x.shape[1] or y.min() == y.max() or np.linalg.matrix_rank(x) < x.shape[1]:
        return [UNKNOWN] * (1 + len(columns))
    centre, scale = x.mean(axis=0), x.std(axis=0)
    centre[0], scale[0] = 0.0, 1.0
    z = (x - centre) / scale
    beta, spread = _firth(z, y)
    if groups is not None:
        spread = _clustered(z, y, beta, spread, np.asarray(groups)[known])
    back = np.diag(1 / scale)
    back[0, 1:] = -centre[1:] / scale[1:]
    return _around(back @ beta, np.sqrt(np.diag(back @ spread @ back.T)), len(y))


def odds_ratio(
    outcome: Sequence[float] | Floats,
    exposure: Sequence[float] | Floats,
    covariates: Sequence[Sequence[float] | Floats] = (),
    per: float = 1.0,
    groups: Sequence[float] | Floats | None = None,
) -> Estimate:
    """Odds ratio of `outcome` for `per` units more of `exposure`, adjusted for `covariates`.

    Covariates that do not vary among the rows that count are left out. UNKNOWN where the exposure does not vary.
    `groups` as in `logistic`.
    """
    useful = _useful(outcome, exposure, covariates)
    found = logistic(outcome, exposure, *useful, groups=groups)[1]
    if not found.known:
        return UNKNOWN
    half = abs(per) * (found.hi - found.value)
    return _from_log(per * found.value, half, found.n)


def _useful(
    outcome: Sequence[float] | Floats,
    exposure: Sequence[float] | Floats,
    covariates: Sequence[Sequence[float] | Floats],
) -> list[Floats]:
    """The covariates that vary among the rows in which all of them are known."""
    columns = [np.asarray(each, dtype=np.float64) for each in covariates]
    _, _, asked = _design(outcome, (exposure,))
    columns = [each for each in columns if not np.isnan(each[asked]).all()]
    _, _, kept = _design(outcome, (exposure, *columns))
    return [each for each in columns if kept.any() and np.ptp(each[kept]) > 0]


def vertex(outcome: Sequence[float] | Floats, x: Sequence[float] | Floats) -> tuple[Estimate, Estimate]:
    """Where a parabola of log odds over `x` peaks, and its bend (negative: a peak; positive: a trough).

    The interval of the peak is by the delta method. The peak is UNKNOWN where the parabola does not bend downwards.
    """
    values = np.asarray(x, dtype=np.float64)
    known = array(values)
    if not len(known) or np.ptp(known) == 0:
        return UNKNOWN, UNKNOWN
    centre, scale = float(known.mean()), float(known.std())
    z = (values - centre) / scale
    design, y, _ = _design(outcome, (z, z * z))
    if len(y) <= design.shape[1] or y.min() == y.max() or np.linalg.matrix_rank(design) < design.shape[1]:
        return UNKNOWN, UNKNOWN
    beta, spread = _firth(design, y)
    error = float(np.sqrt(spread[2, 2]))
    bend = Estimate(float(beta[2]), float(beta[2]) - Z95 * error, float(beta[2]) + Z95 * error, len(y))
    if beta[2] >= 0:
        return UNKNOWN, bend
    peak = -beta[1] / (2 * beta[2])
    slope = np.array([-1 / (2 * beta[2]), beta[1] / (2 * beta[2] ** 2)])
    half = Z95 * float(np.sqrt(slope @ spread[1:, 1:] @ slope))
    return Estimate(
        float(centre + scale * peak),
        float(centre + scale * (peak - half)),
        float(centre + scale * (peak + half)),
        len(y),
    ), bend


def _around(values: Floats, errors: Floats, n: int) -> list[Estimate]:
    """Each value with the interval of its standard error."""
    return [
        Estimate(float(value), float(value - Z95 * error), float(value + Z95 * error), n)
        for value, error in zip(values, errors, strict=True)
    ]


def _from_log(middle: float, half: float, n: int) -> Estimate:
    return Estimate(float(np.exp(middle)), float(np.exp(middle - half)), float(np.exp(middle + half)), n)


def _design(
    outcome: Sequence[float] | Floats, columns: Sequence[Sequence[float] | Floats]
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The columns beside an intercept, the outcome, and which rows are in them: those in which all is known."""
    y = np.asarray(outcome, dtype=np.float64)
    x = np.column_stack([np.ones(len(y)), *[np.asarray(c, dtype=np.float64) for c in columns]])
    known = ~(np.isnan(x).any(axis=1) | np.isnan(y))
    return x[known], y[known], known


def _clustered(x: Floats, y: Floats, beta: Floats, bread: Floats, groups: NDArray[Any]) -> Floats:
    """The covariance of coefficients when rows of one group go together (sandwich of sums over groups)."""
    left = (y - 1 / (1 + np.exp(-np.clip(x @ beta, -500, 500))))[:, None] * x
    _, number = np.unique(groups, return_inverse=True)
    n = int(number.max()) + 1
    sums = np.zeros((n, x.shape[1]))
    np.add.at(sums, number, left)
    covariance: Floats = bread @ (sums.T @ sums) @ bread * (n / max(1, n - 1))
    return covariance


def _firth(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Coefficients and their covariance by iterated weighted least squares with Firth's penalty."""
    beta = np.zeros(x.shape[1])
    covariance: Floats = np.eye(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -500, 500)))
        weight = np.maximum(p * (1 - p), 1e-12)
        covariance = np.linalg.inv(x.T @ (x * weight[:, None])).astype(np.float64)
        leverage = weight * ((x @ covariance) * x).sum(axis=1)
        step = covariance @ (x.T @ (y - p + leverage * (0.5 - p)))
        longest = float(np.abs(step).max())
        if longest > _LONGEST_STEP:
            step *= _LONGEST_STEP / longest
        beta = beta + step
        if longest < _CLOSE:
            break
    return beta, covariance
