"""What the laws report while they run: a short list of what happened, read and emptied by the patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ROOM: Final = 64
"""Reports there is room for until they are read; later ones are dropped and counted in `lost`, which stays 0 in a
patient: he reads after every event and every ten seconds."""

PULSE: Final = 0
"""The true pulse came (a = 1) or went (a = 0)."""
RHYTHM: Final = 1
"""The heart went into rhythm a (code of game.sim.rhythm)."""
SHOCKED: Final = 2
"""A shock of a joules went through the heart with result b (code of ShockResult)."""
CAPTURE: Final = 3
"""The pacemaker began (a = 1) or ceased (a = 0) to capture."""
AIRWAY: Final = 4
"""An attempt with device a ended; b = 1 when it seems to sit, 0 when it failed."""
VOMIT: Final = 5
"""The stomach came up; a = mL."""
INJURY: Final = 6
"""The chest broke: a = 0 a rib, 1 the liver."""
TREATED: Final = 7
"""Treatment a (code of game.sim.events) ended; b = 1 when it worked."""
CHARGE_KEPT: Final = 8
"""A synchronised shock of a joules found no beat to fall on and was not given."""


def _row() -> list[int]:
    return [0] * ROOM


@dataclass(slots=True)
class Told:
    """Reports in order: time (ms), kind, and two numbers whose meaning the kind gives."""

    count: int = 0
    lost: int = 0
    ms: list[int] = field(default_factory=_row)
    kind: list[int] = field(default_factory=_row)
    a: list[int] = field(default_factory=_row)
    b: list[int] = field(default_factory=_row)


def tell(told: Told, ms: int, kind: int, a: int, b: int) -> None:
    """Add a report."""
    if told.count >= ROOM:
        told.lost += 1
        return
    told.ms[told.count] = ms
    told.kind[told.count] = kind
    told.a[told.count] = a
    told.b[told.count] = b
    told.count += 1
