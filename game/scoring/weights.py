"""The score's weights, thresholds and curves as data: what `levels/score.toml` holds, checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Final, TypeVar

from game.content import Table, read_toml
from game.stations import STATION_WORDS

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
        "treated",
        "actions",
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
    """What one measure can earn, the formula screens show, and the sentences that tell why points were lost.

    `why` holds a sentence for each way to lose them; "" is the key of the only one.
    """

    points: int
    formula: str
    why: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said of points that no single measure lost."""

    unseen: str
    unseen_block: str
    unseen_stopped: str
    stopped: str
    critical: str


@dataclass(frozen=True, slots=True)
class Register:
    """One of the measures of the clinical reference: what it is called and what it should be.

    `good` is the band that meets the target, `fair` the wider one that is near it; None where a figure has no target.
    """

    number: int
    key: str
    name: str
    unit: str
    target: str
    good: tuple[float, float] | None
    fair: tuple[float, float] | None
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

    judged_at_least_ms: int
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
    free_dumps: int
    rest_ms: int
    drug_ready_ms: int
    switch_without_handshake: float
    summary_chips: int
    self_closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TherapyRules:
    """Rhythms that a shock can end, what an early dose is worth, how a cause may be named and treated."""

    shockable: tuple[str, ...]
    shockable_calls: tuple[str, ...]
    early_epinephrine: float
    early_antiarrhythmic: float
    free_cause_changes: int
    clues_first: int
    cause_fault: float
    free_blind_treatments: int
    blind_treatment: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """Codes of safety events: who touched, what costs nothing, what costs half."""

    not_clear: tuple[str, ...]
    harmless: tuple[str, ...]
    minor: tuple[str, ...]
    minor_share: float


@dataclass(frozen=True, slots=True)
class CareRules:
    """From when after the return of the pulse a figure of the patient is judged."""

    pressure_after_ms: int
    oxygen_after_ms: int
    carbon_dioxide_after_ms: int
    temperature_after_ms: int
    least_samples: int
    standing: tuple[str, ...]
    """Acts whose effect stands: done before the return of the pulse they need not be done again."""


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
    key_act: Curve
    held: Curve
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
    safety: SafetyRules
    care: CareRules
    rank: RankRules
    passing: PassRules
    loop_due_ms: Mapping[str, int]
    """When an order of the level is owed, milliseconds without a pulse, by op; `other` for the rest."""
    focus: Mapping[str, frozenset[str]]
    """What a drill of a station is judged by: "block.measure" keys by station."""
    sentences: Sentences
    register: tuple[Register, ...]
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
        safety=_rules(SafetyRules, root.table("safety"), keys),
        care=_rules(CareRules, root.table("care"), keys),
        rank=_rules(RankRules, root.table("rank"), keys),
        passing=_rules(PassRules, root.table("passing"), keys),
        loop_due_ms=_loop_due(root.table("loop_due_s"), keys),
        focus=_focus(root.table("focus"), keys),
        sentences=_sentences(root.table("sentences")),
        register=_register(root.tables("register"), keys),
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
    points, formula = table.integer("points", 1, most), table.text("formula")
    why = {"": table.text("why")} if isinstance(table.raw("why"), str) else _texts(table.table("why"))
    weight = MeasureWeight(points, formula, why, _source(table, known))
    table.done()
    return weight


def _texts(table: Table) -> dict[str, str]:
    return {key: table.text(key) for key in table}


def _sentences(table: Table) -> Sentences:
    sentences = Sentences(**{field.name: table.text(field.name) for field in fields(Sentences)})
    table.done()
    return sentences


def _focus(table: Table, known: frozenset[str]) -> dict[str, frozenset[str]]:
    every = [f"{block}.{key}" for block, keys in BLOCKS.items() for key in keys]
    found = {station: frozenset(table.words(station, every)) for station in STATION_WORDS}
    _source(table, known)
    table.done()
    return found


def _register(tables: list[Table], known: frozenset[str]) -> tuple[Register, ...]:
    found: list[Register] = []
    for table in tables:
        number = table.integer("number", 1, 99)
        if number != len(found) + 1:
            raise table.error("number", number, f"{len(found) + 1}, the next one")
        found.append(
            Register(
                number=number,
                key=table.text("key"),
                name=table.text("name"),
                unit=table.text("unit"),
                target=table.text("target"),
                good=_range(table, "good"),
                fair=_range(table, "fair"),
                source=_source(table, known),
            )
        )
        table.done()
    return tuple(found)


def _range(table: Table, key: str) -> tuple[float, float] | None:
    if key not in table:
        return None
    ends = table.numbers(key, 0, _MOST)
    if len(ends) != 2 or ends[0] > ends[1]:
        raise table.error(key, list(ends), "two numbers, the lower first")
    return ends[0], ends[1]


_MOST: Final = 3_600_000
R = TypeVar(
    "R",
    RunRules,
    PauseRules,
    BreathRules,
    PressRules,
    TeamRules,
    TherapyRules,
    SafetyRules,
    CareRules,
    RankRules,
    PassRules,
)


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
