"""The tray of a picture as open choices, where the canvas has no place to show it beside the patient."""

from __future__ import annotations

from typing import Final

from game.stations import Station
from game.ui.acts import icon_of, state_words
from game.ui.desk import Desk, refusal
from game.ui.drawers import DRAWERS, tray_of
from game.ui.keymap import taken
from game.ui.tiles import Tile
from game.ui.words import say

TRAY: Final = "tray"
"""The group that holds all of the present picture's tray."""


def tray_tiles(desk: Desk, stations: Station, turn: int) -> tuple[Tile, ...]:
    """Every command and drawer of the tray, each with why it does not work now."""
    return tuple(_tile(entry, desk, stations) for entry in tray_of(stations, turn, desk.view))


def _tile(entry: str, desk: Desk, stations: Station) -> Tile:
    if entry in DRAWERS:
        return Tile(say(f"group.{entry}"), taken(entry, desk.view))
    why = state_words(entry, refusal(entry, stations, desk.view))
    return Tile(say(f"command.{entry}.label"), taken(entry, desk.view), why, icon_of(entry))
