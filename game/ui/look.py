"""How this device shows things: the choices that all drawing depends on, put on together."""

from __future__ import annotations

from collections.abc import Hashable

from game.ui import keyboard, text, words
from game.ui.settings import Settings


def look_of(settings: Settings) -> Hashable:
    """Everything that what is drawn depends on, in one: another look needs all screens made anew."""
    shown = (settings.palette, settings.text_pct, settings.calm, settings.captions, settings.pseudo)
    return shown, tuple(settings.keys.items()), tuple(settings.caps.items())


def wear(settings: Settings) -> None:
    """From now on text, caps and words are those of `settings`."""
    keyboard.wear(settings)
    text.grow(settings.text_pct)
    words.speak(words.PSEUDO if settings.pseudo else words.LANGUAGE)
