"""Choices as tiles: what a half-said command and the wheel offer on the digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from game.log import Plain
from game.rules.commands import OTHER_WAYS, Choice, arguments, choices, item_of
from game.rules.views import CartView, InfusionView, SeatView
from game.stations import STATION_WORDS
from game.ui.desk import Desk
from game.ui.screen import Intent, Local
from game.ui.values import command_words, drug_dose, drug_rate, finding_label, finding_value, way_words
from game.ui.words import clock, first_upper, role_word, say

PAGE: Final = 6
"""Tiles that fit the digits 1 to 6; a longer list keeps the last place for turning the page."""


class Tile(NamedTuple):
    """One choice: what it is called, a second line, and what taking it means."""

    title: str
    intent: Intent
    detail: str = ""
    icon: str = ""


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
    if pump := _running(args, desk):
        return _steered(pump, desk)
    kind, item = arguments(str(op), args)[len(args)], item_of(args, desk.pack)
    return tuple(
        Tile(_title(kind, value, desk, item), step(str(op), *args, value), _detail(kind, value, desk))
        for value in _values(kind, args, desk, str(op))
    )


def _running(args: tuple[Plain, ...], desk: Desk) -> InfusionView | None:
    """The pump of the drug that is all of `args`, if it runs."""
    pumps = desk.view.cart.infusions if desk.view.cart else ()
    return next((pump for pump in pumps if args == (pump.drug,)), None)


def _steered(pump: InfusionView, desk: Desk) -> tuple[Tile, ...]:
    """More, less or none of what runs, in the line it runs in."""
    rates = sorted({*desk.pack.drugs[pump.drug].rates_ug_per_min, pump.ug_per_min}, reverse=True)
    tiles = []
    for rate in (*rates, 0):
        way = "stop" if not rate else "up" if rate > pump.ug_per_min else "down" if rate < pump.ug_per_min else "now"
        title = drug_rate(desk, pump.drug, rate) if rate else say("stop_pump.title")
        icon = "check" if way == "now" else way
        tiles.append(Tile(first_upper(title), Intent("pump", (pump.drug, rate, pump.site)), say(f"steer.{way}"), icon))
    return tuple(tiles)


def _values(kind: Choice, args: tuple[Plain, ...], desk: Desk, op: str) -> tuple[Plain, ...]:
    """What the next argument may be: of what level and pack allow, what makes sense at this moment."""
    view = desk.view
    if kind is Choice.FINDING:
        return tuple(finding.key for finding in view.findings)
    if kind is Choice.ORDER:
        return tuple(order.order_id for order in view.orders)
    if kind is Choice.SEAT:
        return tuple(seat for seat in range(len(view.crew)) if seat != desk.seat)
    if kind is Choice.STATION and op == "take":
        return tuple(station for station, _ in view.offers)
    allowed = choices(kind, desk.level, desk.pack, of=item_of(args, desk.pack))
    if kind is Choice.STATION and op == "hand_over":
        return tuple(value for value in allowed if int(str(value)) & desk.holds)
    if view.cart and op != "access" and kind in (Choice.SITE, Choice.WAY):
        return tuple(value for value in allowed if value in _ways(desk, view.cart))
    return allowed


def _ways(desk: Desk, cart: CartView) -> tuple[str, ...]:
    """The open lines, and the other ways that what is in the hand can take."""
    drug = desk.pack.drugs.get(cart.drug)
    routes = drug.routes if drug else ()
    return (*open_lines(cart), *(way for way, route in OTHER_WAYS.items() if route in routes))


def open_lines(cart: CartView) -> tuple[str, ...]:
    """The lines that something can go into."""
    return tuple(line.site for line in cart.lines if line.state == "open")


def lined(op: str, view: SeatView) -> Intent:
    """Give or flush: into the one open line, or ask which."""
    lines = open_lines(view.cart) if view.cart else ()
    return step(op, lines[0]) if len(lines) == 1 else step(op)


def _order_title(value: Plain, desk: Desk) -> str:
    order = next(order for order in desk.view.orders if order.order_id == value)
    return command_words(desk, order.op, order.args)


def _station_title(value: Plain) -> str:
    return say(f"station.{next(word for word, station in STATION_WORDS.items() if station == value)}")


_TITLES: Final[dict[Choice, Callable[[Plain, Desk, str], str]]] = {
    Choice.FINDING: lambda value, desk, item: finding_label(desk, str(value)),
    Choice.ORDER: lambda value, desk, item: _order_title(value, desk),
    Choice.CALLOUT: lambda value, desk, item: say(f"callout.{value}"),
    Choice.PULSE: lambda value, desk, item: say(f"pulse.{value}"),
    Choice.SITE: lambda value, desk, item: way_words(str(value)),
    Choice.WAY: lambda value, desk, item: way_words(str(value)),
    Choice.FLOW: lambda value, desk, item: say("unit.flow", flow=value),
    Choice.DRUG: lambda value, desk, item: first_upper(say(f"drug.{value}")),
    Choice.DOSE: lambda value, desk, item: drug_dose(desk, item, int(str(value))),
    Choice.INFUSION: lambda value, desk, item: first_upper(say(f"drug.{value}")),
    Choice.PER_MIN: lambda value, desk, item: first_upper(drug_rate(desk, item, int(str(value)))),
    Choice.FLUID: lambda value, desk, item: first_upper(say(f"fluid.{value}")),
    Choice.VOLUME: lambda value, desk, item: say("unit.volume", volume=value),
    Choice.RATE: lambda value, desk, item: (
        say("unit.breaths", count=value) if value else first_upper(say("unit.by_hand"))
    ),
    Choice.METHOD: lambda value, desk, item: say(f"method.{value}"),
    Choice.SIDE: lambda value, desk, item: first_upper(say(f"side.{value}")),
    Choice.TREATMENT: lambda value, desk, item: say(f"treatment.{value}"),
    Choice.VECTOR: lambda value, desk, item: first_upper(say(f"vector.{value}")),
    Choice.STEP: lambda value, desk, item: say("step.up" if value == 1 else "step.down"),
    Choice.RHYTHM: lambda value, desk, item: say(f"rhythm.{value}"),
    Choice.STATION: lambda value, desk, item: _station_title(value),
    Choice.SEAT: lambda value, desk, item: role_word(desk.view.crew[int(str(value))].stations),
    Choice.ACT: lambda value, desk, item: say(f"command.{value}.label"),
    Choice.QUESTION: lambda value, desk, item: desk.level.questions[str(value)].label,
    Choice.EXPERT: lambda value, desk, item: desk.level.experts[str(value)].label,
    Choice.CAUSE: lambda value, desk, item: say(f"cause.{value}"),
    Choice.CAUSE_STATE: lambda value, desk, item: first_upper(say(f"cause_state.{value}")),
    Choice.COUNT: lambda value, desk, item: str(value),
}


def _title(kind: Choice, value: Plain, desk: Desk, item: str) -> str:
    return _TITLES[kind](value, desk, item)


def _detail(kind: Choice, value: Plain, desk: Desk) -> str:
    """A second line: what is known of the choice by now."""
    lead, cart = desk.view.lead, desk.view.cart
    if kind is Choice.FINDING:
        finding = next(finding for finding in desk.view.findings if finding.key == value)
        return finding_value(desk, finding.key, finding.value)
    if kind is Choice.SITE and cart:
        state = next((line.state for line in cart.lines if line.site == value), "free")
        return say(f"line.{state}")
    if kind is Choice.INFUSION and cart:
        return next((drug_rate(desk, each.drug, each.ug_per_min) for each in cart.infusions if each.drug == value), "")
    if kind is Choice.QUESTION and lead:
        return say("choose.asked") if value in lead.answers else ""
    if kind is Choice.EXPERT and lead:
        return next((_expert(desk, each.there_ms) for each in lead.experts if each.key == value), "")
    return ""


def _expert(desk: Desk, there_ms: int) -> str:
    if there_ms < 0:
        return say("choose.called")
    left_ms = there_ms - desk.view.now_ms
    return say("choose.there_in", time=clock(left_ms)) if left_ms > 0 else say("choose.there")


def page(tiles: tuple[Tile, ...], number: int, *, wide: bool = False) -> tuple[Tile, ...]:
    """What of a list is on the digits: all of it if it fits, else a part and the way on.

    The way on takes the last of the six digits; a `wide` list shows six and has it on the seventh.
    """
    if len(tiles) <= PAGE:
        return tiles
    size = PAGE if wide else PAGE - 1
    pages = -(-len(tiles) // size)
    start = (number % pages) * size
    count = say("choose.page", page=number % pages + 1, pages=pages)
    return (*tiles[start : start + size], Tile(say("choose.more"), Intent(Local.PAGE), count, "right"))


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


def trail(path: tuple[Plain, ...], desk: Desk) -> tuple[str, ...]:
    """The breadcrumb of a half-said command: what was chosen so far, in words."""
    if not path:
        return ()
    op, *args = path
    kinds = arguments(str(op), tuple(args))
    item = item_of(tuple(args), desk.pack)
    words = tuple(_title(kind, value, desk, item) for kind, value in zip(kinds, args, strict=False))
    return words if op == "order" else (say(f"command.{op}.label"), *words)
