"""Measurements, taken now and read later: paper, strip, cuff, thermometer, ultrasound, each by its own station."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from game.content.clues import clues
from game.log import Fact
from game.rules import trace
from game.rules.game import Game
from game.rules.state import Slip
from game.rules.views import FindingView, SlipView
from game.sim import Sample, Sampled
from game.sim.findings import sample_delay_ms
from game.stations import Station

NIBP: Final = "nibp"
TWELVE_LEADS: Final = "ecg12"
NO_PRESSURE: Final = "---"
"""What the cuff shows when it finds nothing to measure."""

READER: Final[dict[str, Station]] = {
    "gas": Station.CART,
    "labs": Station.CART,
    TWELVE_LEADS: Station.CART,
    "ultrasound": Station.CART,
    "glucose": Station.AIRWAY,
    "temperature": Station.AIRWAY,
    NIBP: Station.CHEST,
}
"""Which station reads each kind of measurement (decisions 6)."""


def take(game: Game, kind: str) -> None:
    """A sample of `kind` is taken now; its slip waits for the values."""
    due_ms = game.now_ms + sample_delay_ms(kind) + game.skills.times.patient_lag_ms
    game.patient.apply(Sample(game.now_ms, kind))
    sheet = trace.seen(game) if kind == TWELVE_LEADS else None
    game.state.slips.append(Slip(kind, game.now_ms, due_ms, sheet=sheet))


def came_back(game: Game, sampled: Sampled) -> None:
    """The values are there: the station that reads them is shown each, and the older slip of the kind is put away."""
    slips = game.state.slips
    waiting = next((slip for slip in slips if slip.kind == sampled.kind and not slip.values), None)
    if waiting is None:
        return
    waiting.values = list(sampled.values)
    game.state.slips = [slip for slip in slips if slip is waiting or slip.kind != sampled.kind or not slip.values]
    reader = game.seat_of(READER[sampled.kind])
    for name, value in [(NIBP, pressure(waiting))] if sampled.kind == NIBP else _said(waiting.kind, waiting.values):
        game.emit(Fact.SHOWN, reader, name, value)


def of(game: Game, station: Station) -> tuple[SlipView, ...]:
    """The slips this station reads, waiting or with their values."""
    return tuple(
        SlipView(slip.kind, slip.due_ms, slip.taken_ms, tuple(slip.values), slip.sheet if slip.values else None)
        for slip in game.state.slips
        if READER[slip.kind] is station
    )


def pressure_found(game: Game) -> list[FindingView]:
    """What the cuff said last."""
    return [FindingView(NIBP, pressure(slip)) for slip in game.state.slips if slip.kind == NIBP and slip.values]


def telling(game: Game, stations: int) -> list[FindingView]:
    """The values outside their normal band, or that speak for or against a cause, of the slips that `stations` read."""
    return [
        view
        for slip in game.state.slips
        if slip.kind != NIBP and int(READER[slip.kind]) & stations
        for view in _tells(slip.kind, tuple(slip.values))
    ]


@lru_cache(maxsize=256)
def _tells(kind: str, values: tuple[tuple[str, int], ...]) -> tuple[FindingView, ...]:
    return tuple(
        FindingView(key, said)
        for key, said in _said(kind, values)
        if not clues().is_normal(key, int(said)) or clues().of(key, said)
    )


def pressure(slip: Slip) -> str:
    """A cuff's reading as it is said: 88/50 (63)."""
    systolic, diastolic, mean = (value for _, value in slip.values)
    return f"{systolic}/{diastolic} ({mean})" if systolic > 0 else NO_PRESSURE


def _said(kind: str, values: Sequence[tuple[str, int]]) -> list[tuple[str, str]]:
    """The values by the names they are said with; of twelve leads without a beat there is only the rate."""
    beatless = kind == TWELVE_LEADS and dict(values).get("rate_per_min") == 0
    return [(f"{kind}.{name}", str(value)) for name, value in values[: 1 if beatless else None]]
