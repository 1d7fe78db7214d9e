"""What was said so far, on the 4:3 canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.square.cuts import Cut, cut

if TYPE_CHECKING:
    from game.ui.screen import Model


def history(model: Model) -> list[Cut]:
    """Its lines, its right edge, and the button of its pages."""
    if not model.mode.history:
        return []
    return [cut(0, 146, 930, 438, 0), cut(1250, 146, 30, 438, 930), cut(1076, 154, 152, 36, 760)]
