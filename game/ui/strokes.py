"""The rhythmic keys of this device: since when each is down or up, and the edges that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from game.rules.commands import PUSH_KEY, SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.ui.screen import Hands

EDGES_A_MESSAGE: Final = 32


@dataclass(slots=True)
class Strokes:
    """By key, in room time: the press that holds it down, its latest release, its latest edge, its unsent edges."""

    down_ms: dict[int, int] = field(default_factory=dict)
    up_ms: dict[int, int] = field(default_factory=dict)
    last_ms: dict[int, int] = field(default_factory=dict)
    waiting: dict[int, list[tuple[int, bool]]] = field(default_factory=dict)

    def add(self, key: int, down: bool, room_ms: int) -> None:
        """Takes an edge; one that does not alternate is no edge. Stamps never run backwards."""
        if down == (key in self.down_ms):
            return
        at_ms = max(room_ms, self.last_ms[key] + 1) if key in self.last_ms else room_ms
        self.last_ms[key] = at_ms
        if down:
            self.down_ms[key] = at_ms
        else:
            del self.down_ms[key]
            self.up_ms[key] = at_ms
        self.waiting.setdefault(key, []).append((at_ms, down))

    def sent(self) -> Iterator[tuple[int, bool, tuple[int, ...]]]:
        """Takes what waits, in parts that fit a message each: key, whether its first edge is a press, stamps."""
        for key, edges in self.waiting.items():
            for start in range(0, len(edges), EDGES_A_MESSAGE):
                part = edges[start : start + EDGES_A_MESSAGE]
                yield key, part[0][1], tuple(at_ms for at_ms, _ in part)
        self.waiting.clear()

    @property
    def hands(self) -> Hands:
        """The player's own hands, as screens show them."""
        return Hands(
            self.down_ms.get(PUSH_KEY, -1),
            self.up_ms.get(PUSH_KEY, -1),
            self.down_ms.get(SQUEEZE_KEY, -1),
            SEAL_LEFT_KEY in self.down_ms,
            SEAL_RIGHT_KEY in self.down_ms,
        )
