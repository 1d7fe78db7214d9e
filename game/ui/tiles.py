"""Choices as tiles: a half-said command, an order pad, the wheel and the menu offer up to six on the digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.content import Level, Pack
from game.log import Plain
from game.rules.commands import Choice, arguments, choices
from game.rules.skills.params import skills
from game.rules.views import SeatView
from game.stations import Station
from game.ui.captions import command_words, finding_label, finding_value
from game.ui.screen import Intent, Local
from game.ui.words import first_upper, mass, say

PAGE: Final = 6
"""Tiles that fit the digits 1 to 6; a longer list keeps the last place for turning the page."""


class Tile(NamedTuple):
    """One choice: what it is called, a second line, and what taking it means."""

    title: str
    intent: Intent
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What choices depend on: level, pack, and what the seat sees now."""

    level: Level
    pack: Pack
    view: SeatView


def complete(op: str, args: tuple[Plain, ...]) -> bool:
    """True if nothing is left to choose."""
    return len(args) >= len(arguments(op, args))


def step(op: str, *args: Plain) -> Intent:
    """What taking a choice means: the command if nothing is left to choose, else the next choices."""
    return Intent(op, args) if complete(op, args) else Intent(Local.OPEN, (op, *args))


def open_choices(path: tuple[Plain, ...], desk: Desk) -> tuple[Tile, ...]:
    """The tiles for the next argument of a half-said command `(op, *args)`."""
    op, *taken = path
    args = tuple(taken)
    kind = arguments(str(op), args)[len(args)]
    return tuple(
        Tile(_title(kind, value, desk), step(str(op), *args, value), _detail(kind, value, desk))
        for value in _values(kind, args, desk)
    )


def _values(kind: Choice, args: tuple[Plain, ...], desk: Desk) -> tuple[Plain, ...]:
    if kind is Choice.FINDING:
        return tuple(finding.key for finding in desk.view.findings)
    if kind is Choice.ORDER:
        return tuple(order.order_id for order in desk.view.orders)
    drug = next((str(arg) for arg in args if arg in desk.pack.drugs), "")
    return choices(kind, desk.level, desk.pack, drug=drug)


def _order_title(value: Plain, desk: Desk) -> str:
    order = next(order for order in desk.view.orders if order.order_id == value)
    return command_words(order.op, order.args)


_TITLES: Final[dict[Choice, Callable[[Plain, Desk], str]]] = {
    Choice.FINDING: lambda value, desk: finding_label(desk.level, str(value)),
    Choice.ORDER: _order_title,
    Choice.CALLOUT: lambda value, desk: say(f"callout.{value}"),
    Choice.PULSE: lambda value, desk: say(f"pulse.{value}"),
    Choice.SITE: lambda value, desk: say(f"site.{value}"),
    Choice.FLOW: lambda value, desk: say("unit.flow", flow=value),
    Choice.DRUG: lambda value, desk: first_upper(say(f"drug.{value}")),
    Choice.DOSE: lambda value, desk: mass(int(str(value))),
    Choice.STEP: lambda value, desk: say("step.up" if value == 1 else "step.down"),
    Choice.RHYTHM: lambda value, desk: say(f"rhythm.{value}"),
    Choice.STATION: lambda value, desk: say(f"station.{str(Station(int(str(value))).name).lower()}"),
    Choice.ACT: lambda value, desk: say(f"command.{value}.label"),
    Choice.QUESTION: lambda value, desk: desk.level.questions[str(value)].label,
    Choice.CAUSE: lambda value, desk: say(f"cause.{value}"),
    Choice.CAUSE_STATE: lambda value, desk: first_upper(say(f"cause_state.{value}")),
    Choice.COUNT: lambda value, desk: str(value),
}


def _title(kind: Choice, value: Plain, desk: Desk) -> str:
    return _TITLES[kind](value, desk)


def _detail(kind: Choice, value: Plain, desk: Desk) -> str:
    if kind is Choice.FINDING:
        finding = next(finding for finding in desk.view.findings if finding.key == value)
        return finding_value(desk.level, finding.key, finding.value)
    if kind is Choice.SITE and desk.view.cart:
        state = next((line.state for line in desk.view.cart.lines if line.site == value), "free")
        return say(f"line.{state}")
    return ""


def page(tiles: tuple[Tile, ...], number: int) -> tuple[Tile, ...]:
    """What of a list is on the digits: all of it if it fits, else five and the way on; two even halves for twelve."""
    if len(tiles) <= PAGE:
        return tiles
    if len(tiles) == 2 * PAGE:
        return tiles[PAGE * (number % 2) :][:PAGE]
    pages = -(-len(tiles) // (PAGE - 1))
    start = (number % pages) * (PAGE - 1)
    return (*tiles[start : start + PAGE - 1], Tile(say("choose.more"), Intent(Local.PAGE), icon="right"))


def _order(station: Station, op: str) -> Tile:
    return Tile(say(f"command.{op}.label"), step("order", int(station), op), say("choose.to", who=_holder(station)))


def _holder(station: Station) -> str:
    return say(f"station.{str(station.name).lower()}")


PAD_ORDERS: Final[dict[int, tuple[tuple[Station, str], ...]]] = {
    3: (
        (Station.DEFIBRILLATOR, "pads"),
        (Station.DEFIBRILLATOR, "charge"),
        (Station.DEFIBRILLATOR, "dump"),
        (Station.DEFIBRILLATOR, "clear"),
        (Station.DEFIBRILLATOR, "shock"),
    ),
    5: (
        (Station.CART, "access"),
        (Station.AIRWAY, "squeeze"),
        (Station.AIRWAY, "oxygen"),
        (Station.AIRWAY, "sga"),
        (Station.AIRWAY, "tube"),
        (Station.AIRWAY, "co2"),
        (Station.AIRWAY, "glucose"),
        (Station.CART, "gas"),
        (Station.CART, "flush"),
        (Station.CART, "chart"),
        (Station.AIRWAY, "suction"),
        (Station.AIRWAY, "oral"),
        (Station.AIRWAY, "listen"),
        (Station.AIRWAY, "temperature"),
        (Station.CHEST, "feel"),
        (Station.CART, "switch_yes"),
    ),
}
"""The Leader's pads 3 and 5: which act is asked of which station, in the order of the tiles."""


def _drug_pad(desk: Desk) -> tuple[Tile, ...]:
    return open_choices(("order", int(Station.CART), "give"), desk)


def _tell_pad(desk: Desk) -> tuple[Tile, ...]:
    confirm_s = skills().times.end_confirm_ms // 1000
    return (
        Tile(say("command.summary.label"), step("summary"), say("choose.summary")),
        Tile(say("choose.working_cause"), step("cause"), say("choose.cause")),
        Tile(say("choose.history"), step("ask"), say("choose.ask")),
        Tile(
            say("choose.switch"),
            step("order", int(Station.CHEST), "switch_ask"),
            say("choose.to", who=_holder(Station.CHEST)),
        ),
        Tile(say("choose.tell"), step("callout"), say("choose.everybody")),
        Tile(say("command.end.label"), step("end"), say("choose.end", seconds=confirm_s)),
    )


def pad_tiles(digit: int, desk: Desk) -> tuple[Tile, ...]:
    """The tiles of a dock pad 3..6 before anything is chosen in it."""
    if digit in PAD_ORDERS:
        return tuple(_order(station, op) for station, op in PAD_ORDERS[digit])
    return _drug_pad(desk) if digit == 4 else _tell_pad(desk)


def wheel_tiles() -> tuple[Tile, ...]:
    """The eight call-outs of the wheel, clockwise from the top."""
    said = ("say_again", "thank_you", "concern", "help", "ten_seconds")
    return (
        Tile(say("command.report.label"), Intent(Local.OPEN, ("report",)), say("choose.report"), "speak"),
        *(Tile(say(f"callout.{code}"), Intent("callout", (code,)), icon=_WHEEL_ICONS[code]) for code in said),
        Tile(say("choose.coach"), Intent(Local.OPEN, ("callout", 1)), say("choose.coach_what"), "compress"),
        Tile(say("choose.next_step"), Intent(Local.STEP), say("choose.next_step_what"), "swap"),
    )


_WHEEL_ICONS: Final = {
    "say_again": "ear",
    "thank_you": "heart",
    "concern": "flag",
    "help": "hand",
    "ten_seconds": "clock",
}


def menu_tiles() -> tuple[Tile, ...]:
    """What Esc offers; none of it ends the run for the others."""
    return (
        Tile(say("menu.back"), Intent(Local.BACK), icon="play"),
        Tile(say("menu.captions"), Intent(Local.CAPTIONS), icon="speak"),
        Tile(say("menu.leave"), Intent("leave"), say("menu.leave_what"), "x"),
    )


def trail(path: tuple[Plain, ...], desk: Desk) -> tuple[str, ...]:
    """The breadcrumb of a half-said command: what was chosen so far, in words."""
    if not path:
        return ()
    op, *args = path
    kinds = arguments(str(op), tuple(args))
    words = tuple(_title(kind, value, desk) for kind, value in zip(kinds, args, strict=False))
    return words if op == "order" else (say(f"command.{op}.label"), *words)
