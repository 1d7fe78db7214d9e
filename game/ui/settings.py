"""What a player has chosen for this device: read from the platform, kept there, never a reason to fail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol


class Palette(StrEnum):
    """Colours of the traces and their figures (design system 2)."""

    CREW = "crew"
    CLINICAL_A = "clinical_a"
    CLINICAL_B = "clinical_b"
    CONTRAST = "contrast"


class Press(StrEnum):
    """How a rhythm is made on this device. All but HAND are assisted: the run is shown and not ranked."""

    HAND = "hand"  # every compression and squeeze is a press
    STEADY = "steady"  # held: this device presses at the pace of the guideline
    SWITCH = "switch"  # one press starts, the next one stops


TEXT_PCTS: Final = (100, 115, 130)
"""Sizes of small text, in percent."""
VOLUME_STEP: Final = 10

ON: Final = "on"
OFF: Final = "off"


class Device(Protocol):
    """The part of `Platform` that settings need."""

    def query(self, name: str, default: str = "") -> str: ...
    def setting(self, name: str, default: str = "") -> str: ...
    def keep(self, name: str, value: str) -> None: ...


def _no_keys() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices of this device; each is kept under its own name, truths as "on" and "off"."""

    sound: bool = True
    volume: int = 70
    """0 to 100, of everything this device plays."""
    team_alarms: bool = True
    """True where this device sounds the alarms of the whole team: one speaker a team is enough."""
    metronome: bool = False
    captions: bool = True
    palette: Palette = Palette.CREW
    text_pct: int = 100
    """Size of small text, one of TEXT_PCTS."""
    calm: bool = False
    """Reduced motion. Until the player chooses, it is what the page's device asks for."""
    press: Press = Press.HAND
    letter_keys: bool = True
    """False switches every shortcut off that is a single letter, figure or sign."""
    keys: Mapping[str, str] = field(default_factory=_no_keys, hash=False)
    """The physical key (`event.code`) on which a key of the design now lies; those that lie on their own are absent."""
    caps: Mapping[str, str] = field(default_factory=_no_keys, hash=False)
    """The letter on a physical key of this device's keyboard, where the page knows it. Not a choice: never kept."""
    pseudo: bool = False
    """True for tests of the words: a made language, longer than English. Not a choice: never kept."""

    @property
    def assisted(self) -> bool:
        """True if this device makes the rhythm for the player."""
        return self.press is not Press.HAND

    @classmethod
    def read(cls, device: Device) -> Settings:
        """The choices this device remembers; what is not one of the choices is as if it had not been made."""
        plain = cls()
        return cls(
            sound=_truth(device, "sound", plain.sound),
            volume=_number(device, "volume", range(101), plain.volume),
            team_alarms=_truth(device, "team_alarms", plain.team_alarms),
            metronome=_truth(device, "metronome", plain.metronome),
            captions=_truth(device, "captions", plain.captions),
            palette=Palette(_one_of(device, "palette", plain.palette)),
            text_pct=_number(device, "text_pct", TEXT_PCTS, plain.text_pct),
            calm=_truth(device, "calm", plain.calm),
            press=Press(_one_of(device, "press", plain.press)),
            letter_keys=_truth(device, "letter_keys", plain.letter_keys),
            keys=_keys(device.setting("keys")),
            caps=_table(device.setting("caps")),
            pseudo=device.query("words") == "pseudo",
        )

    def changed(self, **choices: object) -> Settings:
        """These settings with some choices made anew."""
        return replace(self, **choices)  # type: ignore[arg-type]  # the fields by name

    def keep(self, device: Device, before: Settings) -> None:
        """Remembers what differs from `before`."""
        for name in KEPT:
            value = getattr(self, name)
            if value != getattr(before, name):
                device.keep(name, _text(value))


KEPT: Final = tuple(each.name for each in fields(Settings) if each.name not in ("caps", "pseudo"))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return ON if value else OFF
    return json.dumps(dict(value)) if isinstance(value, Mapping) else str(value)


def _truth(device: Device, name: str, otherwise: bool) -> bool:
    kept = device.setting(name)
    return kept == ON if kept in (ON, OFF) else otherwise


def _number(device: Device, name: str, allowed: Iterable[int], otherwise: int) -> int:
    kept = device.setting(name)
    return int(kept) if kept in {str(each) for each in allowed} else otherwise


def _one_of(device: Device, name: str, otherwise: StrEnum) -> str:
    kept = device.setting(name)
    return kept if kept in set(type(otherwise)) else otherwise


def _table(text: str) -> Mapping[str, str]:
    """A table of words from JSON; empty for anything else."""
    try:
        found: object = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return _no_keys()
    if not isinstance(found, dict) or not all(isinstance(word, str) for pair in found.items() for word in pair):
        return _no_keys()
    return MappingProxyType(found)


def _keys(text: str) -> Mapping[str, str]:
    """A table of keys that have changed places; empty where two lie on one key: no key may mean two things."""
    moved = _table(text)
    return moved if set(moved.values()) == set(moved) else _no_keys()
