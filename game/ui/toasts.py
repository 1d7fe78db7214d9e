"""Short notices that go away by themselves."""

from __future__ import annotations

from typing import Final

from game.ui.screen import Toast

TOAST_MS: Final = 2500
TOASTS_SHOWN: Final = 2


class Toasts:
    """The notices that are up; times are local stamps."""

    def __init__(self) -> None:
        self.up: list[Toast] = []

    def show(self, words: str, now_ms: float, *, urgent: bool = False) -> None:
        """Says something; what is up already is only said for longer."""
        self.up = [toast for toast in self.up if toast.words != words]
        self.up.append(Toast(words, now_ms + TOAST_MS, urgent))

    def pass_by(self, now_ms: float) -> None:
        """Takes down what has been up long enough, and the oldest of too many."""
        self.up = [toast for toast in self.up if toast.until_ms > now_ms][-TOASTS_SHOWN:]
