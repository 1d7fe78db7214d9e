"""The shape of a score: frozen records whose field names are the keys of its JSON (docs/reference/score.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeAlias

from game.scoring.coaching import Coaching
from game.scoring.compression import CompressionFigures
from game.scoring.coordination import LoopResult
from game.scoring.deductions import Deduction
from game.scoring.metrics import Metric
from game.scoring.record import Prognosis
from game.scoring.ventilation import VentilationFigures

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One measure. `value` is None without opportunity: its points then follow the block's mean."""

    value: float | None
    points: float
    of: int
    opportunities: int
    formula: str
    source: str
    detail: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class BlockResult:
    """One block: whole points of `of`; `enough` is false where too little was seen to rank."""

    points: int
    of: int
    opportunities: int
    enough: bool
    measures: Mapping[str, MeasureResult]


@dataclass(frozen=True, slots=True)
class PauseResult:
    """One pause longer than the run gap. `owner_seat` is -1 where nobody owns it."""

    start_ms: int
    end_ms: int
    length_ms: int
    cause: str
    owner_seat: int
    breaths: int
    allowed_ms: int
    avoidable_ms: int


@dataclass(frozen=True, slots=True)
class ShockResult:
    """One shock."""

    ms: int
    seat: int
    energy_j: int
    result: str
    clear: bool
    called: bool
    due: bool
    charged_ahead: bool
    pre_ms: int
    post_ms: int
    peri_ms: int


@dataclass(frozen=True, slots=True)
class DrugResult:
    """One dose given, or one that was owed and missing (`ms` None). `verdict` as game.scoring.drugs.Verdict."""

    ms: int | None
    seat: int
    drug: str
    dose_ug: int
    site: str
    plan: str
    due_ms: int | None
    delay_ms: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class TokenResult:
    """One press that ended no pause."""

    ms: int
    depth_um: int
    seat: int


@dataclass(frozen=True, slots=True)
class CriticalError:
    """One critical safety event."""

    ms: int
    code: str
    seat: int
    why: str


@dataclass(frozen=True, slots=True)
class Track:
    """One number a second: hands on the chest, pulse in the patient."""

    hands_on: tuple[int, ...]
    pulse: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What a log is worth, and why. Times in ms of room time, shares 0 to 1."""

    schema: int
    level: str
    pack: str
    weights: str
    end_ms: int
    ended: str
    outcome: str
    score: int
    of: int
    passed: bool
    band: str
    ranked: bool
    not_ranked: tuple[str, ...]
    ccf: float
    ccf_no_vent: float
    pulseless_ms: int
    hands_on_ms: int
    hands_off_ms: int
    avoidable_ms: int
    avoidable_fraction: float
    longest_pause_ms: int
    peri_shock_ms: tuple[int, ...]
    coordination: int
    critical_errors: tuple[CriticalError, ...]
    blocks: Mapping[str, BlockResult]
    deductions: tuple[Deduction, ...]
    measures: tuple[Metric, ...]
    compressions: CompressionFigures
    ventilation: VentilationFigures
    pauses: tuple[PauseResult, ...]
    shocks: tuple[ShockResult, ...]
    drugs: tuple[DrugResult, ...]
    tokens: tuple[TokenResult, ...]
    loops: tuple[LoopResult, ...]
    track: Track
    prognosis: Prognosis | None
    """For the debrief."""
    coaching: tuple[Coaching, ...]
    """Figures of single people: for their owner and the instructor only."""

    def to_json_dict(self, coached: Collection[int] = ()) -> dict[str, Json]:
        """Plain lists, dicts, numbers and words, ready for any JSON writer; keys are the field names.

        `coached` are the seats whose own figures the reader may see: one's own, all for the instructor.
        """
        told = replace(self, coaching=tuple(each for each in self.coaching if each.seat in coached))
        return {field.name: _plain(getattr(told, field.name)) for field in fields(told)}


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Prognosis):
        return dict(value._asdict())
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    assert is_dataclass(value), value
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
