"""The open order pad: whom it asks, what was said so far, and the choices on the digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.rules.commands import arguments
from game.stations import Station
from game.ui import frame
from game.ui.screen import Mode
from game.ui.theme import (
    TEXT,
    livery,
)
from game.ui.widgets.pad import Face
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from game.ui.screen import Model
    from game.ui.tiles import Tile


def open_tiles(model: Model) -> tuple[Tile, ...] | None:
    """The choices of an open pad or half-said command, None while none is open."""
    mode = model.mode
    opened = (mode.pad or mode.path or mode.group) and not (mode.wheel or mode.menu)
    return tuple(model.tiles) if opened else None


def open_pad(model: Model) -> Face | None:
    """What the open pad shows."""
    tiles = open_tiles(model)
    if tiles is None:
        return None
    mode = model.mode
    title = f"{mode.pad} {say(f'pad_title.{mode.pad}')}" if mode.pad else say("lead.choice")
    said = list(model.trail)
    asked = _asked_station(mode)
    if asked and said and mode.path:
        said.pop(0)
    who = frame.seated(model, asked) if asked else None
    name = f"{role_word(Station(who.stations))}{f' / {who.name}' if who.name else ''}" if who else ""
    return Face(
        title,
        name,
        livery(who.stations).colour if who else TEXT,
        tuple(said),
        _asks(mode),
        tuple(_dress(tile, mode, model) for tile in tiles),
        mode.cursor,
        say("lead.pad_hint", digit=mode.pad) if mode.pad else "",
        _ahead(mode),
    )


PAD_ICONS: Final = {3: "bolt", 4: "syringe", 5: "plus", 6: "speak"}


def _dress(tile: Tile, mode: Mode, model: Model) -> Tile:
    """A tile with the pad's icon, and with when epinephrine was last given."""
    lead = model.view.lead
    if tile.intent.args[-1:] == ("epinephrine",) and lead and lead.last_epinephrine_ms >= 0:
        tile = tile._replace(detail=say("lead.last_ago", ago=clock(model.view.now_ms - lead.last_epinephrine_ms)))
    return tile if tile.icon else tile._replace(icon=PAD_ICONS.get(mode.pad, ""))


def _asked_station(mode: Mode) -> int:
    """Whom an open pad or half-said order asks, 0 while that is open."""
    if mode.path[:1] == ("order",) and len(mode.path) > 1:
        return int(str(mode.path[1]))
    return int(Station.CART) if mode.pad == 4 else 0


def _ahead(mode: Mode) -> tuple[str, ...]:
    """What is chosen after the open choice, in words."""
    if not mode.path:
        return (say("asks.dose"),) if mode.pad == 4 else ()
    op, *args = mode.path
    return tuple(say(f"asks.{kind}") for kind in arguments(str(op), tuple(args))[len(args) + 1 :])


def _asks(mode: Mode) -> str:
    """What the open choice decides, in a word."""
    if not mode.path:
        return say("asks.drug" if mode.pad == 4 else "asks.act")
    op, *args = mode.path
    return say(f"asks.{arguments(str(op), tuple(args))[len(args)]}")
