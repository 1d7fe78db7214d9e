"""What papers found, as data: each result with the band in which a simulated one agrees, read from `published.toml`.

Bands follow from the figures by one rule for each kind of study, so that nobody draws them by hand:

- a **trial**: within its confidence interval, or 15 % of the value, whichever is wider;
- an **observed** level: the same; an observed effect (ratio or difference): from half the effect, since sicker patients
  are treated differently, to the far end of its confidence interval or 15 % beyond the effect;
- a **bench** figure, measured on one patient, animal or manikin: within `tolerance_pct` or the `band` beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, isnan, log
from typing import Final

from game.content import ContentError, Table, read_toml
from lab.statistics import Estimate, share

FILE: Final = "published.toml"
RULES: Final = ("trial", "observed", "bench")
KINDS: Final = ("level", "ratio", "difference")
GRADES: Final = ("A", "B", "C+", "C", "D", "A/B")
MARKS: Final = ("V", "M", "V/M")

_RELATIVE: Final = 0.15
_HALF: Final = 0.5
HUGE: Final = 1e9


@dataclass(frozen=True, slots=True)
class Result:
    """One published figure. `value` is NaN where a paper gives a direction only; `ci` is its 95 % interval or None.

    `kind` tells what "no effect" is: 1 for a ratio, 0 for a difference; a level has none. `beside` marks a figure that
    is shown and does not decide whether its row agrees.
    """

    key: str
    says: str
    unit: str
    kind: str
    value: float
    ci: tuple[float, float] | None
    band: tuple[float, float] | None
    sign: int
    beside: bool

    @property
    def null(self) -> float:
        """The value of no effect; NaN for a level."""
        return {"ratio": 1.0, "difference": 0.0}.get(self.kind, float("nan"))

    def holds(self, found: Estimate) -> bool | None:
        """Whether a simulated figure lies in the band; None where there is no band or nothing was found."""
        if self.band is None or not found.known:
            return None
        return self.band[0] <= found.value <= self.band[1]

    def points_right(self, found: Estimate) -> bool | None:
        """Whether a simulated effect has the published direction; None where there is no direction to compare."""
        if self.sign == 0 or not found.known:
            return None
        return (found.value - self.null) * self.sign > 0


@dataclass(frozen=True, slots=True)
class Row:
    """One study of the validation table. `asks` is its question; `specs` are the cohorts that answer it.

    `specs` is empty where short experiments on single patients answer it. `unanswered` says why a simulation cannot.
    """

    key: str
    study: str
    doi: str
    asks: str
    n: str
    grade: str
    mark: str
    rule: str
    outcome: bool
    specs: tuple[str, ...]
    results: tuple[Result, ...]
    unanswered: str

    @property
    def deciding(self) -> tuple[Result, ...]:
        """The results by which the row agrees or not."""
        return tuple(result for result in self.results if not result.beside)


@cache
def published() -> Mapping[str, Row]:
    """Every row by its key, in the order of the table. ContentError where the file is wrong."""
    return read(files("lab").joinpath(FILE).read_text(encoding="utf-8"), FILE)


def read(text: str, file: str) -> Mapping[str, Row]:
    """The rows of a text in the form of `published.toml`; ContentError names file and line of what is wrong in it."""
    root = read_toml(text, file)
    return {key: _row(key, root.table(key)) for key in root}


def _row(key: str, table: Table) -> Row:
    rule = _word(table, "rule", RULES)
    tables = table.tables("result")
    row = Row(
        key=key,
        study=table.text("study"),
        doi=table.text("doi", ""),
        asks=table.text("asks"),
        n=table.text("n", ""),
        grade=_word(table, "grade", GRADES),
        mark=_word(table, "mark", MARKS),
        rule=rule,
        outcome=table.flag("outcome", False),
        specs=tuple(str(name) for name in table.plain("specs", [])),
        results=tuple(_result(each, rule) for each in tables),
        unanswered=table.text("unanswered", ""),
    )
    if bool(row.results) == bool(row.unanswered):
        raise table.error("unanswered", row.unanswered, "either results, or the reason why there are none")
    table.done()
    return row


def _result(table: Table, rule: str) -> Result:
    kind = _word(table, "kind", KINDS) if "kind" in table else "level"
    value = table.number("value", -HUGE, HUGE, float("nan")) if "value" in table else float("nan")
    ci = _interval(table, value)
    sign = table.integer("sign", -1, 1, 0) if "sign" in table else _sign(kind, value)
    result = Result(
        key=table.text("key"),
        says=table.text("says"),
        unit=table.text("unit", ""),
        kind=kind,
        value=value,
        ci=ci,
        band=_band(table, rule, kind, value, ci),
        sign=sign,
        beside=table.flag("beside", False),
    )
    if result.band is None and result.sign == 0:
        raise table.error("value", "nothing", "a value with a band, or a sign")
    table.done()
    return result


def _word(table: Table, key: str, words: tuple[str, ...]) -> str:
    found = table.text(key)
    if found not in words:
        raise table.error(key, found, "one of " + ", ".join(words))
    return found


def _sign(kind: str, value: float) -> int:
    """+1 where the published effect raises, -1 where it lowers, 0 for a level."""
    if kind == "level" or isnan(value):
        return 0
    return 1 if value > (1.0 if kind == "ratio" else 0.0) else -1


def _interval(table: Table, value: float) -> tuple[float, float] | None:
    """The confidence interval: as given, or that of a percentage `of` so many patients, or None."""
    if "ci" in table:
        low, high = table.band("ci", -HUGE, HUGE)
        if not low <= value <= high:
            raise table.error("ci", [low, high], f"an interval around the value {value:g}")
        return low, high
    if "of" in table:
        n = table.integer("of", 1, int(HUGE))
        found = share(value / 100 * n, n).scaled(100)
        return found.lo, found.hi
    return None


def _band(
    table: Table, rule: str, kind: str, value: float, ci: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Where a simulated figure agrees with the published one."""
    if "band" in table:
        return table.band("band", -HUGE, HUGE)
    if "tolerance_pct" in table:
        half = abs(value) * table.number("tolerance_pct", 0.1, 100) / 100
        return value - half, value + half
    if isnan(value) or rule == "bench":
        return None
    if rule == "observed" and kind == "ratio":
        return _observed_ratio(value, ci)
    if rule == "observed" and kind == "difference":
        return _ordered(_HALF * value, _far(value, 0.0, ci, (1 + _RELATIVE) * value))
    half = _RELATIVE * abs(value)
    low, high = ci if ci is not None else (value, value)
    return min(low, value - half), max(high, value + half)


def _observed_ratio(value: float, ci: tuple[float, float] | None) -> tuple[float, float]:
    return _ordered(exp(_HALF * log(value)), _far(value, 1.0, ci, exp((1 + _RELATIVE) * log(value))))


def _far(value: float, null: float, ci: tuple[float, float] | None, otherwise: float) -> float:
    """The end of the interval that lies away from no effect."""
    if ci is None:
        return otherwise
    return ci[1] if value > null else ci[0]


def _ordered(a: float, b: float) -> tuple[float, float]:
    return (a, b) if a < b else (b, a)


__all__ = ["FILE", "ContentError", "Result", "Row", "published", "read"]
