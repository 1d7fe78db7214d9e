"""The chance of one bot: a stream of its own, so that nobody else's luck moves with it."""

from __future__ import annotations

from game.sim.chance import Stream, threshold, uniform


class Luck:
    """Draws of the bot in `seat` of a run with `seed`, one after the other."""

    def __init__(self, seed: int, seat: int) -> None:
        self._seed = seed
        self._stream = Stream.BOTS + seat
        self._draws = 0

    def happens(self, share: float) -> bool:
        """True in `share` of the calls."""
        return share > 0.0 and self._next() < share

    def scatter(self, width: int) -> int:
        """A whole number from -width to width."""
        return round((self._next() - 0.5) * 2 * width)

    def pick(self, size: int) -> int:
        """One of 0 .. size - 1."""
        return int(self._next() * size)

    def wait(self, mean: int) -> int:
        """A waiting time for something that comes by chance, on average after `mean`."""
        self._draws += 1
        return round(mean * threshold(self._seed, self._stream, self._draws))

    def _next(self) -> float:
        self._draws += 1
        return uniform(self._seed, self._stream, self._draws)
