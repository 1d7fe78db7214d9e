"""What a bot is: it sees one seat's view and answers with what a person could do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from game.log import Plain
from game.rules.views import SeatView


@dataclass(frozen=True, slots=True)
class Act:
    """A command: a row of the command table with its arguments."""

    op: str
    args: tuple[Plain, ...] = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """Presses and releases of a rhythmic key, stamped in room time, alternating from `first_is_down` on."""

    key: int
    first_is_down: bool
    stamps_ms: tuple[int, ...]


class Bot(Protocol):
    """A player made of code. It remembers what it likes; a replay never runs it."""

    def play(self, view: SeatView) -> Sequence[Act | Edges]:
        """What to do now, having seen `view`; called about ten times a second."""
        ...
