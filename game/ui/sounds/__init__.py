"""Which sound when: what one device plays of the run its player takes part in (design system 11)."""

from game.ui.sounds.ear import Ear

__all__ = ["Ear"]
