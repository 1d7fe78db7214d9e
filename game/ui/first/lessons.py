"""What the person at this device has done once, and what to say next. Pure: own acts and the clock in, a lesson out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from game.content import Pack
from game.rules.commands import EDGE_OPS
from game.rules.skills.params import on_curve, skills
from game.ui.input import Act, Notice, Stroke
from game.ui.screen import Intent

PATIENCE_MS: Final = 1500
"""How long an act may be due before it is hinted at: whoever knows it needs no hint."""
PRAISE_MS: Final = 1200
"""How long the success of a hinted act is shown."""
CARD: Final = "card."
"""What begins the name of a starter card among the lessons."""
LESSONS: Final = frozenset(
    {
        *("push", "squeeze", "co2"),
        *("hear", "read_back", "confirm", "take"),
        *("start", "call"),
        *("pads", "shock", "access", "flush"),
    }
)
"""Acts that are hinted at when they are due (`keymap.useful`), by op. Others are due all the time and are not."""


class Lessons:
    """The learned ones are `learned`, to be kept on the device."""

    def __init__(self, learned: Iterable[str] = ()) -> None:
        self.learned = frozenset(learned)
        self.praised = ""
        """The lesson that has just ended with success."""
        self._praised_until_ms = 0.0
        self._due = ""
        self._due_since_ms = 0.0
        self._shown = ""
        self._down_ms: dict[int, float] = {}

    def heed(self, acts: Sequence[Act], pack: Pack, rate: float, now_ms: float) -> None:
        """Own acts of this frame. `rate` is room time in a unit of the time that stamps them."""
        for act in acts:
            op = self._stroke(act, pack, rate) if isinstance(act, Stroke) else _op(act)
            if op in LESSONS:
                self._learn(op, now_ms)

    def teaches(self, op: str) -> bool:
        """True for an act that is worth a hint and has not been done on this device."""
        return op in LESSONS and op not in self.learned

    def hint(self, wanted: Intent | None, now_ms: float) -> str:
        """The lesson to say now, "" for none. `wanted` is the act that is due."""
        if now_ms >= self._praised_until_ms:
            self.praised = ""
        op = wanted.op if wanted and self.teaches(wanted.op) else ""
        if op != self._due:
            self._due, self._due_since_ms = op, now_ms
        patient = now_ms - self._due_since_ms < PATIENCE_MS
        self._shown = "" if patient else op
        return self._shown

    def card_due(self, picture: str) -> bool:
        """True until the starter card of a picture has done its work."""
        return CARD + picture not in self.learned

    def put_away(self, picture: str) -> None:
        """The card has been read, or is not needed."""
        self.learned |= {CARD + picture}

    def _stroke(self, stroke: Stroke, pack: Pack, rate: float) -> str:
        """The op of a press that ends as well as it should be; "" for all others."""
        if stroke.down:
            self._down_ms[stroke.key] = stroke.stamp_ms
            return ""
        held_ms = round((stroke.stamp_ms - self._down_ms.pop(stroke.key, stroke.stamp_ms)) * rate)
        op = EDGE_OPS[stroke.key]
        if op == "push":
            low_mm, high_mm = pack.depth_mm
            return op if low_mm <= on_curve(skills().push.depth_um, held_ms) / 1000 <= high_mm else ""
        if op == "squeeze":
            return op if on_curve(skills().squeeze.volume_ml, held_ms) >= pack.tidal_volume_ml[0] else ""
        return op

    def _learn(self, op: str, now_ms: float) -> None:
        if op == self._shown:
            self.praised, self._praised_until_ms = op, now_ms + PRAISE_MS
        self.learned |= {op}


def _op(act: Intent | Notice) -> str:
    """The op of an act that goes out; what was refused at once is none."""
    return act.op if isinstance(act, Intent) else ""
