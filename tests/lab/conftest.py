"""A patient who writes down what is done to him and never changes, and small plans and specs to try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from game.sim import Case, Event, Happening, Rhythm
from game.sim.happenings import AirwayPlaced, PulseChanged, Shocked
from game.sim.rhythm import ShockResult
from lab.plan import Plan, plan_of
from lab.record import Record
from lab.schema import Source
from lab.team import Condition, Team

WEIGHT_KG = 80.0


class Dummy:
    """Holds a rhythm; a script of (ms, pulse) changes may bring a pulse and take it. Keeps every event it is given."""

    systolic_mmhg = diastolic_mmhg = 0
    saturation_pct = amsa_mv_hz = 0.0
    energy, survival, good_outcome, cardiac_output_l_min = 0.5, 1.0, 1.0, 1.0
    cpp_mmhg = 15.0

    def __init__(self, rhythm: Rhythm = Rhythm.ASYSTOLE, pulses: list[tuple[int, int]] | None = None) -> None:
        self.arrested = rhythm
        self.script = list(pulses or ())
        self.has_pulse = False
        self.mean_mmhg = 80
        self.etco2_mmhg: int | None = 20
        self.spo2_pct: int | None = None
        self.placing = [1]
        self.events: list[Event] = []
        self.now_ms = 0
        self.told: list[Happening] = []
        self.case = Case.of()
        gases = SimpleNamespace(oxygen_mmhg=100.0, arterial_mmhg=40.0)
        self.body = SimpleNamespace(
            lungs=gases,
            blood=SimpleNamespace(ph=7.2, lactate_mmol_l=5.0),
            electrical=SimpleNamespace(beating=False),
        )

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm.SINUS if self.has_pulse else self.arrested

    def apply(self, event: Event) -> None:
        assert event.ms >= self.now_ms, "an event in the past would be moved to now"
        self.events.append(event)

    def advance(self, to_ms: int) -> None:
        assert to_ms >= self.now_ms
        while self.script and self.script[0][0] <= to_ms:
            ms, pulse = self.script.pop(0)
            self.has_pulse = bool(pulse)
            self.told.append(PulseChanged(ms, pulse))
        for event in self.events:
            kind = type(event).__name__
            if self.now_ms <= event.ms < to_ms and kind == "Shock":
                self.told.append(Shocked(event.ms, event.energy_j, ShockResult.FAILED))  # type: ignore[union-attr]
            if self.now_ms <= event.ms < to_ms and kind == "AirwayAct" and event.act in ("sga", "tube"):  # type: ignore[union-attr]
                seats = self.placing.pop(0) if len(self.placing) > 1 else self.placing[0]
                self.told.append(AirwayPlaced(event.ms, event.act, seats))  # type: ignore[union-attr]
        self.now_ms = to_ms

    def drain(self) -> list[Happening]:
        told, self.told = self.told, []
        return told

    def given(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]


Played = Callable[..., tuple[Dummy, Record]]


def plan(text: str = "") -> Plan:
    """A plan of these lines; what they leave out is as by default."""
    return plan_of(Source.parsed(f'name = "p"\ntitle = "P"\nsource = "a test"\n{text}', "p.toml"))


def played(
    text: str = "",
    dummy: Dummy | None = None,
    *,
    minutes: float = 10,
    seed: int = 1,
    condition: Condition | None = None,
) -> tuple[Dummy, Record]:
    """A plan of these lines on a dummy, and what was recorded."""
    dummy = dummy or Dummy()
    team = Team(dummy, plan(text).draw(seed), WEIGHT_KG, limit_ms=int(minutes * 60_000), condition=condition)
    return dummy, team.play()


SPEC = """
name = "small"
title = "A small cohort"
source = "a test"
care = "als"
minutes = 12
set.crew.at_s = { uniform = [10, 60] }
set.compressions.depth_mm = { normal = [45, 8], lo = 20, hi = 60 }

[population]
age = { normal = [60, 15], lo = 18, hi = 90 }
witnessed = { chance = 0.5 }
unseen_s = 30

[[kind]]
name = "vf"
patient.rhythm = "vf"

[[kind]]
name = "flat"
patient.rhythm = "asystole"

[[arm]]
name = "drug"

[[arm]]
name = "placebo"
set.drug.epinephrine.placebo = true
"""


@pytest.fixture
def spec_file(tmp_path: Path) -> Path:
    """A spec of two arms and two kinds of patients."""
    path = tmp_path / "small.toml"
    path.write_text(SPEC, encoding="utf-8")
    return path
