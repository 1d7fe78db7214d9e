"""How far a cohort is, told on stderr."""

from __future__ import annotations

import sys
from time import monotonic
from typing import Final

_SHOWN_EVERY_S: Final = 0.2


class Progress:
    """Tells how far a cohort is: in place on a terminal, a line for each tenth elsewhere."""

    def __init__(self, name: str, n: int, arms: int) -> None:
        self._name, self._n, self._arms = name, n, arms
        self._done = self._told = 0
        self._began = self._shown = monotonic()
        self._live = sys.stderr.isatty()

    def step(self) -> None:
        """One patient more."""
        self._done += 1
        now = monotonic()
        tenth = 10 * self._done // max(1, self._n)
        if self._live and now - self._shown > _SHOWN_EVERY_S:
            self._shown = now
            print(f"\r{self._line(now)}", end="", file=sys.stderr, flush=True)
        elif not self._live and tenth > self._told:
            self._told = tenth
            print(self._line(now), file=sys.stderr, flush=True)

    def done(self) -> None:
        """All are through."""
        if self._live or self._n == 0:
            print(f"{chr(13) if self._live else ''}{self._line(monotonic())}", file=sys.stderr)

    def _line(self, now: float) -> str:
        spent = now - self._began
        left = spent * (self._n - self._done) / self._done if self._done else 0.0
        return f"{self._name}: {self._done}/{self._n} patients x {self._arms}, {spent:.0f} s, {left:.0f} s left "
