"""What a patient reports of himself, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from game.sim.body.told import AIRWAY, CAPTURE, CHARGE_KEPT, INJURY, PULSE, RHYTHM, SHOCKED, VOMIT, Told
from game.sim.body.whole import Body
from game.sim.events import DEVICES, TREATMENTS
from game.sim.rhythm import SHOCK_RESULTS, Rhythm, ShockResult, shown

INJURIES: Final = ("rib", "liver")
"""What can break; codes of the laws are positions here."""


@dataclass(frozen=True, slots=True)
class PulseChanged:
    """The true pulse came back (1) or was lost (0)."""

    ms: int
    pulse: int


@dataclass(frozen=True, slots=True)
class RhythmChanged:
    """The heart went into another rhythm."""

    ms: int
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Shocked:
    """A shock went through the heart, with its result."""

    ms: int
    energy_j: int
    result: ShockResult


@dataclass(frozen=True, slots=True)
class ChargeKept:
    """A synchronised shock found no beat to fall on and was not given."""

    ms: int
    energy_j: int


@dataclass(frozen=True, slots=True)
class Captured:
    """The pacemaker began (1) or ceased (0) to drive the heart."""

    ms: int
    captured: int


@dataclass(frozen=True, slots=True)
class AirwayPlaced:
    """An attempt at an airway ended: it seems to sit (1) or failed (0). Where a tube truly sits is not told."""

    ms: int
    device: str
    placed: int


@dataclass(frozen=True, slots=True)
class Vomited:
    """The stomach came up."""

    ms: int
    volume_ml: int


@dataclass(frozen=True, slots=True)
class Injured:
    """Too deep a compression broke something: "rib" or "liver"."""

    ms: int
    kind: str


@dataclass(frozen=True, slots=True)
class Treated:
    """A treatment ended, with (1) or without (0) the effect it is meant to have."""

    ms: int
    treatment: str
    worked: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """The result of a sample: whole numbers by name, each name with its unit."""

    ms: int
    kind: str
    values: tuple[tuple[str, int], ...]


Happening = (
    PulseChanged
    | RhythmChanged
    | Shocked
    | ChargeKept
    | Captured
    | AirwayPlaced
    | Vomited
    | Injured
    | Treated
    | Sampled
)


class Hearing:
    """Turns what the laws tell into happenings. It knows which rhythm, by name, it told last."""

    __slots__ = ("_code", "_named", "_pulse")

    def __init__(self, body: Body) -> None:
        """Begin with what the body is now."""
        self._code = int(body.electrical.rhythm)
        self._pulse = bool(body.pulse.present)
        self._named = shown(self._code, self._pulse)

    def heard(self, told: Told) -> list[Happening]:
        """What was told since the last call, in order; the list is empty afterwards."""
        happenings: list[Happening] = []
        for index in range(told.count):
            ms, kind, a, b = int(told.ms[index]), int(told.kind[index]), int(told.a[index]), int(told.b[index])
            if kind == PULSE:
                self._pulse = a > 0
                happenings.append(PulseChanged(ms, a))
            elif kind == RHYTHM:
                self._code = a
            else:
                happenings.append(_happening(ms, kind, a, b))
                continue
            named = shown(self._code, self._pulse)
            if named is not self._named:
                self._named = named
                happenings.append(RhythmChanged(ms, named))
        told.count = 0
        return happenings


def _happening(ms: int, kind: int, a: int, b: int) -> Happening:
    if kind == SHOCKED:
        return Shocked(ms, a, SHOCK_RESULTS[b])
    if kind == CHARGE_KEPT:
        return ChargeKept(ms, a)
    if kind == CAPTURE:
        return Captured(ms, a)
    if kind == AIRWAY:
        return AirwayPlaced(ms, DEVICES[a], b)
    if kind == VOMIT:
        return Vomited(ms, a)
    if kind == INJURY:
        return Injured(ms, INJURIES[a])
    return Treated(ms, TREATMENTS[a], b)
