"""Orders as a seat hears of them: what each asks for, and how the last ones ended."""

from __future__ import annotations

from collections import deque
from typing import Final

from game.log import Fact, Plain
from game.ui.screen import Finished

FINISHED_KEPT: Final = 24
"""Orders that are over, of which the Leader is shown how they ended."""
ENDS: Final[dict[str, str]] = {Fact.CLOSED: "done", Fact.LAPSED: "lapsed"}
"""Facts that end an order, and how it ended."""


class Asked:
    """The orders of a run."""

    def __init__(self) -> None:
        self.of: dict[int, tuple[Plain, ...]] = {}
        """Station, op and arguments of each order, by its number."""
        self.finished: deque[Finished] = deque(maxlen=FINISHED_KEPT)

    def heed(self, ms: int, kind: str, args: tuple[Plain, ...]) -> None:
        """Takes a fact; most are about no order."""
        if kind == Fact.ORDER:
            self.of[int(str(args[0]))] = args[1:]
        elif kind in ENDS and args[0] in self.of:
            number = int(str(args[0]))
            station, op, *rest = self.of[number]
            self.finished.append(Finished(number, int(str(station)), str(op), tuple(rest), ENDS[kind], ms))
