"""The player's keyboard: on which physical key a key of the design lies, and what stands on the caps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from game.ui.settings import Settings
from game.ui.words import knows, say

HELP_KEY: Final = "Question"
"""The name under which Shift + Slash is known: plain Slash takes the oxygen away."""

FIXED: Final = frozenset({"Escape"})
"""Keys that lie where they lie: there is always a way out."""

ALTERNATE: Final = MappingProxyType({"Space": "Enter", "Enter": "Space"})
"""For a keyboard that drops F + J + Space: one of the three lies elsewhere in its wiring."""

_SIGNS: Final = {
    "Comma": ",", "Period": ".", "Slash": "/", "Minus": "-", "Equal": "=", "Backquote": "`", "Semicolon": ";",
    "Quote": "'", "BracketLeft": "[", "BracketRight": "]", "Backslash": "\\", "IntlBackslash": "<", HELP_KEY: "?",
}  # fmt: skip


def is_sign(physical: str) -> bool:
    """True for a key that types a letter, a figure or a sign (WCAG 2.1.4)."""
    return physical.startswith(("Key", "Digit")) or physical in _SIGNS


def place(key: str, keys: Mapping[str, str]) -> str:
    """The physical key on which a key of the design lies."""
    return keys.get(key, key)


def meaning(physical: str, settings: Settings) -> str:
    """The key of the design that lies on a physical key; "" for none, or where letters are switched off."""
    if is_sign(physical) and not settings.letter_keys:
        return ""
    return _there(physical, settings.keys)


def _there(physical: str, keys: Mapping[str, str]) -> str:
    return next((key for key, where in keys.items() if where == physical), physical)


def moved(keys: Mapping[str, str], key: str, physical: str) -> Mapping[str, str]:
    """The keys with `key` on `physical`; what lay there goes to where `key` was."""
    made = {**keys, key: physical, _there(physical, keys): place(key, keys)}
    return MappingProxyType({each: where for each, where in made.items() if each != where})


def letter(physical: str, caps: Mapping[str, str]) -> str:
    """What stands on a physical key: the player's own letter where the page knows it, else as on a US keyboard."""
    if physical.startswith("Digit"):
        return physical[-1]
    if known := caps.get(physical, ""):
        return known.upper() if len(known) == 1 else known
    if physical.startswith("Key"):
        return physical[-1]
    if physical in _SIGNS:
        return _SIGNS[physical]
    return say(f"cap.{physical}") if knows(f"cap.{physical}") else physical


class _Worn:
    """The settings this device wears now: caps are asked for from everywhere on the screen."""

    settings = Settings()


def wear(settings: Settings) -> None:
    """From now on caps are those of `settings`."""
    _Worn.settings = settings


def cap(key: str) -> str:
    """What stands on the cap of a key of the design, wherever the player has put it."""
    return letter(place(key, _Worn.settings.keys), _Worn.settings.caps)
