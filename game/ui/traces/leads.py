"""Twelve leads from the parameters of lead II: how large each wave is in each, and where a closed artery shows.

Only I, II and the chest leads are drawn for themselves; the other limb leads are what Einthoven's triangle makes of
them. Which leads stand for which wall: the project's clinical reference, 4.1 and 5.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from game.ui.traces.beats import Shape, Wave
from game.ui.traces.ecg import HEART_LEFT, Ecg
from game.ui.traces.wander import Compressions

if TYPE_CHECKING:
    from game.rules.views import EcgView

LEADS: Final = (
    ("I", "aVR", "V1", "V4"),
    ("II", "aVL", "V2", "V5"),
    ("III", "aVF", "V3", "V6"),
)
"""Rows of the sheet; each column lasts a quarter of it."""

CHEST: Final = ("V1", "V2", "V3", "V4", "V5", "V6")

SHARES: Final[dict[str, dict[str, float]]] = {
    "I": {"P": 0.6, "Q": 0.6, "R": 0.74, "S": 0.35, "T": 0.7, "wide": 0.55, "J": 0.6, "U": 0.6},
    "II": {},
    "V1": {"P": 0.5, "Q": 0.0, "R": 0.24, "S": 4.2, "T": -0.25, "wide": -0.85, "J": 0.3, "U": 0.6},
    "V2": {"P": 0.5, "Q": 0.0, "R": 0.45, "S": 6.0, "T": 1.5, "wide": -0.9, "J": 0.6, "U": 1.5},
    "V3": {"P": 0.6, "Q": 0.0, "R": 0.8, "S": 4.0, "T": 1.6, "wide": -0.5, "J": 1.1, "U": 1.5},
    "V4": {"P": 0.7, "Q": 0.3, "R": 1.4, "S": 2.2, "T": 1.5, "wide": 0.4, "J": 1.4, "U": 1.2},
    "V5": {"P": 0.7, "Q": 0.7, "R": 1.35, "S": 1.2, "T": 1.3, "wide": 0.8, "J": 1.3, "U": 1.0},
    "V6": {"P": 0.7, "Q": 0.8, "R": 1.05, "S": 0.6, "T": 1.0, "wide": 0.9, "J": 1.0, "U": 0.8},
}
"""Height of each wave as a share of that in lead II; "wide" for complexes that spread outside the conduction system."""

WALLS: Final[tuple[dict[str, float], ...]] = (
    {},
    {"I": 0.3, "II": -0.2, "V1": 0.6, "V2": 1.0, "V3": 1.0, "V4": 0.8, "V5": 0.4, "V6": 0.1},
    {"I": -0.3, "II": 0.75, "V1": -0.2, "V2": -0.4, "V3": -0.3, "V6": 0.2},
    {"I": 0.9, "II": 0.1, "V1": -0.3, "V2": -0.2, "V4": 0.4, "V5": 1.0, "V6": 1.0},
)
"""Where ST stands up or, opposite, down, as a share of the highest: no wall, anterior, inferior, lateral."""

TREMBLING: Final = {"I": 0.5, "V1": 1.5, "V2": 0.9, "V3": 0.6, "V4": 0.5, "V5": 0.5, "V6": 0.5}
"""Height of what is not beats (fibrillation, flutter waves), as a share of that in lead II."""

DEEPEST_MV: Final = -1.4
"""No wave goes deeper: the next row stands there."""
WIDE: Final = ("R1", "R2", "S1")
MV_PER_TENTH_MM: Final = 0.01


class Marks(NamedTuple):
    """What a measured sheet knows that lead II alone does not."""

    st_tenth_mm: int = 0
    territory: int = 0
    avr_tenth_mm: int = 0
    strain: bool = False

    @classmethod
    def of(cls, values: Sequence[tuple[str, int]]) -> Marks:
        """From the values of a slip."""
        by_name: Mapping[str, int] = dict(values)
        return cls(
            by_name.get("st_tenth_mm", 0),
            by_name.get("st_territory", 0),
            by_name.get("r_in_avr_tenth_mm", 0),
            bool(by_name.get("s1q3t3", 0)),
        )


def in_lead(name: str, waves: Shape, marks: Marks) -> Shape:
    """The waves of a beat in lead II as lead `name` sees them."""
    shares = SHARES[name]
    raised = WALLS[marks.territory].get(name, 0.0) * marks.st_tenth_mm * MV_PER_TENTH_MM
    found = []
    for wave in waves:
        if wave.name in ("ST", "Rp"):
            continue
        share = shares.get("wide" if wave.name in WIDE else wave.name, 1.0)
        height = max(DEEPEST_MV, wave.height_mv * share) + (0.45 * raised if wave.name == "T" else 0.0)
        found.append(wave._replace(height_mv=_strained(name, wave.name, height) if marks.strain else height))
    end = max((wave.centre_ms + 2.4 * wave.width_ms for wave in waves if wave.name in ("R", "S", *WIDE)), default=0.0)
    if raised:
        found.append(Wave("ST", end + 61, 42, raised))
    if marks.avr_tenth_mm:
        late = marks.avr_tenth_mm * MV_PER_TENTH_MM
        found.append(Wave("Rp", end - 10, 11, 0.5 * late if name == "V1" else -late if name in ("I", "II") else 0.0))
    return tuple(found)


def _strained(name: str, wave: str, height: float) -> float:
    """The right heart strains: S in I, Q and a T upside down in III, T upside down in V1 to V4."""
    if name == "I":
        return {"S": -0.35, "T": abs(height)}.get(wave, height)
    if name == "II":
        return {"Q": 2.5 * height}.get(wave, height)
    if wave == "T":
        return -abs(height) if name in ("V1", "V2", "V3", "V4") else abs(height)
    return height


class Lead(Ecg):
    """One lead that is drawn for itself."""

    def __init__(self, view: EcgView, name: str, marks: Marks) -> None:
        super().__init__(view)
        self._name, self._marks = name, marks
        self.trembling = TREMBLING.get(name, 1.0)

    def seen(self, waves: Shape) -> Shape:
        return in_lead(self._name, waves, self._marks)


Traces = Mapping[str, Sequence[float]]


def sheet(view: EcgView, marks: Marks, end_ms: int, length_ms: int, step_ms: int) -> Traces:
    """Twelve leads and the strip ("rhythm") of a sheet that ends at `end_ms`, in mV.

    Each lead has the samples of its own quarter; the strip runs through.
    """
    start_ms = end_ms - length_ms
    quarter_ms = length_ms // 4
    shaken = Compressions()

    def drawn(name: str, first: int, last: int) -> list[float]:
        lead = Lead(view, name, marks)
        times = range(start_ms + first * quarter_ms, start_ms + last * quarter_ms, step_ms)
        if view.compressing:
            return [HEART_LEFT * lead.heart(at_ms) + shaken.full(at_ms) for at_ms in times]
        return [lead.heart(at_ms) for at_ms in times]

    found: dict[str, Sequence[float]] = {"rhythm": drawn("II", 0, 4)}
    one, two = drawn("I", 0, 2), found["rhythm"]
    half = len(one) // 2
    found["I"], found["II"] = one[:half], two[:half]
    found["III"] = [b - a for a, b in zip(one[:half], two[:half], strict=True)]
    later = list(zip(one[half:], two[half : len(one)], strict=True))
    found["aVR"] = [-(a + b) / 2 for a, b in later]
    found["aVL"] = [a - b / 2 for a, b in later]
    found["aVF"] = [b - a / 2 for a, b in later]
    for place, name in enumerate(CHEST):
        column = 2 + place // 3
        found[name] = drawn(name, column, column + 1)
    return found
