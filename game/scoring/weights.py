"""The score's weights, thresholds and curves as data: what `levels/score.toml` holds, checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Final, TypeVar

from game.content import Table, read_toml

BLOCKS: Final[dict[str, tuple[str, ...]]] = {
    "flow": ("avoidable", "longest_pause", "peri_shock", "check_length"),
    "coordination": ("loops", "read_backs", "switches", "charged_ahead", "drug_ready", "bundled", "summaries"),
    "therapy": (
        "first_compression",
        "first_shock",
        "first_epinephrine",
        "redose",
        "antiarrhythmic",
        "cause",
        "rosc_care",
    ),
    "compression": ("rate", "depth", "recoil"),
    "ventilation": ("pairs", "volume", "advanced_rate"),
    "safety": ("shocks_clear", "shocks_called", "events"),
}
"""Every block and its measures, in the order screens show them."""


@dataclass(frozen=True, slots=True)
class Curve:
    """What a figure is worth: straight lines between (at, worth), level outside the first and last."""

    at: tuple[float, ...]
    worth: tuple[float, ...]

    def __call__(self, figure: float) -> float:
        if figure <= self.at[0]:
            return self.worth[0]
        for index in range(1, len(self.at)):
            if figure <= self.at[index]:
                low, high = self.at[index - 1], self.at[index]
                share = (figure - low) / (high - low)
                return self.worth[index - 1] + share * (self.worth[index] - self.worth[index - 1])
        return self.worth[-1]

    @property
    def full_until(self) -> float:
        """The greatest figure that is still worth everything; the first point where none is."""
        return max((at for at, worth in zip(self.at, self.worth, strict=True) if worth >= 1.0), default=self.at[0])


@dataclass(frozen=True, slots=True)
class MeasureWeight:
    """What one measure can earn, the formula screens show, the source key."""

    points: int
    formula: str
    source: str


@dataclass(frozen=True, slots=True)
class RunRules:
    """Which presses count as hands on."""

    gap_ms: int
    token_depth_um: int
    token_presses: int
    token_gap_ms: int


@dataclass(frozen=True, slots=True)
class PauseRules:
    """What a pause may cost, what makes it due, what names it."""

    start_allowance_ms: int
    breaths_allowance_ms: int
    check_allowance_ms: int
    shock_allowance_ms: int
    breath_pause_cap_ms: int
    early_tolerance_ms: int
    late_tolerance_ms: int
    call_before_shock_ms: int
    reaction_ms: int
    hand_back_ms: int
    same_moment_ms: int
    airway_tasks: tuple[str, ...]
    access_tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreathRules:
    """What counts as a breath, when two are due, how a rate is read."""

    delivered_ml: int
    set_early_compressions: int
    set_late_compressions: int
    window_ms: int
    window_step_ms: int


@dataclass(frozen=True, slots=True)
class PressRules:
    """How compressions are gathered before they are valued."""

    window_ms: int


@dataclass(frozen=True, slots=True)
class TeamRules:
    """When a loop is closed in time, and what counts as thinking ahead."""

    heard_ms: int
    charged_before_ms: int
    drug_ready_ms: int
    switch_without_handshake: float
    summary_chips: int
    self_closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TherapyRules:
    """Rhythms that a shock can end, what an early dose is worth, how a cause may be named, codes of safety events."""

    shockable: tuple[str, ...]
    shockable_calls: tuple[str, ...]
    early_epinephrine: float
    early_antiarrhythmic: float
    free_cause_changes: int
    clues_first: int
    cause_fault: float
    not_clear: tuple[str, ...]
    harmless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankRules:
    """What keeps a run out of a ranking."""

    least_opportunities: int
    lost_link_share: float
    bot_share: float
    macro_window_ms: int
    macro_sd_ms: int


@dataclass(frozen=True, slots=True)
class PassRules:
    """What a run must reach."""

    points: int
    hands_on_share: float
    critical_error_points: int
    silver: int
    gold: int


@dataclass(frozen=True, slots=True)
class Curves:
    """The worth of every figure; units stand in levels/score.toml."""

    avoidable: Curve
    longest_pause: Curve
    peri_shock: Curve
    check_length: Curve
    switch_turn: Curve
    first_compression: Curve
    first_shock: Curve
    epinephrine_after_shock: Curve
    epinephrine_asap: Curve
    redose: Curve
    antiarrhythmic: Curve
    cause: Curve
    rosc_care: Curve
    press_rate: Curve
    press_depth: Curve
    press_residual: Curve
    press_window: Curve
    breaths_in_pause: Curve
    breath_volume: Curve
    advanced_rate: Curve
    safety_events: Curve


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything of the score that is data."""

    name: str
    revision: int
    blocks: Mapping[str, int]
    measures: Mapping[str, Mapping[str, MeasureWeight]]
    runs: RunRules
    pauses: PauseRules
    breaths: BreathRules
    presses: PressRules
    team: TeamRules
    therapy: TherapyRules
    rank: RankRules
    passing: PassRules
    loop_due_ms: Mapping[str, int]
    """When an order of the level is owed, milliseconds without a pulse, by op; `other` for the rest."""
    curves: Curves
    text: str

    @property
    def label(self) -> str:
        """What exports show: name and revision."""
        return f"{self.name} r{self.revision}"


def load_weights(text: str, name: str) -> Weights:
    """The weights from their TOML text; `name` is the file's name for errors. Raises game.content.ContentError."""
    root = read_toml(text, name)
    sources = root.table("sources")
    keys = frozenset(sources)
    for key in sources:
        sources.text(key)
    total = root.integer("points", 1, 100_000)
    weights = Weights(
        name=root.text("name"),
        revision=root.integer("revision", 1, 999),
        blocks=(blocks := _blocks(root.table("blocks"), keys, total)),
        measures=_measures(root.table("measures"), keys, blocks),
        runs=_rules(RunRules, root.table("runs"), keys),
        pauses=_rules(PauseRules, root.table("pauses"), keys),
        breaths=_rules(BreathRules, root.table("breaths"), keys),
        presses=_rules(PressRules, root.table("presses"), keys),
        team=_rules(TeamRules, root.table("team"), keys),
        therapy=_rules(TherapyRules, root.table("therapy"), keys),
        rank=_rules(RankRules, root.table("rank"), keys),
        passing=_rules(PassRules, root.table("passing"), keys),
        loop_due_ms=_loop_due(root.table("loop_due_s"), keys),
        curves=_curves(root.table("curves"), keys),
        text=text,
    )
    root.done()
    return weights


def _source(table: Table, known: frozenset[str]) -> str:
    source = table.text("source")
    for key in source.split(", "):
        if key not in known:
            raise table.error("source", source, "keys of [sources]: " + ", ".join(sorted(known)))
    return source


def _blocks(table: Table, known: frozenset[str], total: int) -> dict[str, int]:
    points = {block: table.integer(block, 1, total) for block in BLOCKS}
    _source(table, known)
    table.done()
    if sum(points.values()) != total:
        raise table.error(next(iter(BLOCKS)), sum(points.values()), f"blocks that add up to {total} points")
    return points


def _measures(table: Table, known: frozenset[str], blocks: Mapping[str, int]) -> dict[str, dict[str, MeasureWeight]]:
    found: dict[str, dict[str, MeasureWeight]] = {}
    for block, keys in BLOCKS.items():
        rows = table.table(block)
        found[block] = {key: _measure(rows.table(key), known, blocks[block]) for key in keys}
        rows.done()
        points = sum(weight.points for weight in found[block].values())
        if points != blocks[block]:
            raise rows.table(keys[0]).error("points", points, f"measures that add up to {blocks[block]} points")
    table.done()
    return found


def _measure(table: Table, known: frozenset[str], most: int) -> MeasureWeight:
    weight = MeasureWeight(table.integer("points", 1, most), table.text("formula"), _source(table, known))
    table.done()
    return weight


_MOST: Final = 3_600_000
R = TypeVar("R", RunRules, PauseRules, BreathRules, PressRules, TeamRules, TherapyRules, RankRules, PassRules)


def _rules(kind: type[R], table: Table, known: frozenset[str]) -> R:
    """A group of thresholds: the fields of `kind` are the keys, their types the check."""
    values: dict[str, Any] = {field.name: _value(table, field.name, str(field.type)) for field in fields(kind)}
    rules = kind(**values)
    _source(table, known)
    table.done()
    return rules


def _value(table: Table, key: str, kind: str) -> int | float | tuple[str, ...]:
    if kind == "int":
        return table.integer(key, 0, _MOST)
    return table.number(key, 0.0, 1.0) if kind == "float" else _words(table, key)


def _words(table: Table, key: str) -> tuple[str, ...]:
    words = table.plain(key)
    if not all(isinstance(word, str) for word in words):
        raise table.error(key, list(words), "a list of words")
    return tuple(str(word) for word in words)


def _loop_due(table: Table, known: frozenset[str]) -> dict[str, int]:
    due_ms = {op: table.milliseconds(op, 0, 3600) for op in table if op != "source"}
    due_ms.setdefault("other", table.milliseconds("other", 0, 3600))
    _source(table, known)
    table.done()
    return due_ms


def _curves(table: Table, known: frozenset[str]) -> Curves:
    curves = Curves(**{field.name: _curve(table.table(field.name), known) for field in fields(Curves)})
    table.done()
    return curves


def _curve(table: Table, known: frozenset[str]) -> Curve:
    table.text("unit")
    at, worth = table.numbers("at", -1e6, 1e6), table.numbers("worth", 0.0, 1.0)
    if any(right <= left for left, right in pairwise(at)):
        raise table.error("at", list(at), "numbers that rise")
    if len(at) != len(worth):
        raise table.error("worth", list(worth), f"{len(at)} numbers, one for each of `at`")
    _source(table, known)
    table.done()
    return Curve(at, worth)
