"""How an act looks on a tile: its icon, and what stands below its name."""

from __future__ import annotations

from typing import Final

from game.rules.commands import COMMANDS, Feel
from game.rules.refusals import Refusal
from game.ui.words import knows, say

ICONS: Final[dict[str, str]] = {
    "examine": "hand",
    "nibp": "heart",
    "ecg12": "wave",
    "squeeze": "airway",
    "oxygen": "wave",
    "open_airway": "hand",
    "suction": "suction",
    "oral": "airway",
    "nasal": "airway",
    "sga": "lung",
    "tube": "tube",
    "pull_back": "tube",
    "co2": "wave",
    "listen": "ear",
    "look": "eye",
    "glucose": "drop",
    "temperature": "temp",
    "cool": "temp",
    "spo2": "drop",
    "ventilator": "lung",
    "decompress": "lung",
    "remove_airway": "x",
    "access": "drop",
    "draw": "syringe",
    "give": "syringe",
    "pump": "syringe",
    "hang": "drop",
    "flush": "drop",
    "discard": "x",
    "chart": "chart",
    "gas": "lab",
    "labs": "lab",
    "scan": "wave",
    "pads": "bolt",
    "move_pads": "swap",
    "sync": "sync",
    "pace": "heart",
    "energy": "bolt",
    "charge": "bolt",
    "dump": "down2",
    "clear": "speak",
    "shock": "bolt",
}
"""An icon beside the words, where there is one; a new command shows "plus" until somebody draws for it."""


def icon_of(op: str) -> str:
    """The icon of a command's tile."""
    return ICONS.get(op, "plus")


def state_words(op: str, reason: Refusal) -> str:
    """What stands below the name of a command: why it does not work now, or how it is worked."""
    if reason is Refusal.ALREADY_DONE and knows(f"tray_done.{op}"):
        return say(f"tray_done.{op}")
    if reason:
        return say(f"refusal.{reason.name.lower()}")
    if knows(f"tray_hint.{op}"):
        return say(f"tray_hint.{op}")
    if COMMANDS[op].feel is Feel.HOLD:
        return say("tray.hold")
    return say("tray.choose") if COMMANDS[op].args else say("tray.ready")


def why_not(op: str, reason: Refusal) -> str:
    """A refusal as it is told: in the words of this command where it has its own, else in the words for all."""
    own = f"refused.{op}.{reason.name.lower()}"
    what = say(f"command.{op}.label") if knows(f"command.{op}.label") else op
    return say(own) if knows(own) else say("toast.refused", what=what, why=say(f"refusal.{reason.name.lower()}"))
