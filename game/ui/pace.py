"""How long frames take: the work of each, and its median and 95th percentile for whoever measures."""

from __future__ import annotations

from collections import deque
from typing import Final

KEPT: Final = 600
"""Frames in the window: ten seconds at 60 a second."""


class Pace:
    """Work times of the latest frames, in ms."""

    def __init__(self) -> None:
        self.frames = 0
        self._work_ms: deque[float] = deque(maxlen=KEPT)

    def add(self, work_ms: float) -> None:
        """Counts a frame."""
        self.frames += 1
        self._work_ms.append(work_ms)

    def share(self, part: float) -> float:
        """The work that `part` (0 to 1) of the frames stay within; 0 before the first."""
        if not self._work_ms:
            return 0.0
        ranked = sorted(self._work_ms)
        return ranked[min(len(ranked) - 1, int(part * len(ranked)))]
