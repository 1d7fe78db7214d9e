"""What each physical key means now: layers of bindings, a key once in each; the layer of what is open wins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from game.log import Plain
from game.rules.commands import EDGE_OPS, PUSH_KEY, SQUEEZE_KEY, Feel, commands_of
from game.rules.refusals import Refusal
from game.rules.views import FindingView, OrderView, SeatView
from game.stations import Station
from game.ui.desk import Desk, refusal
from game.ui.drawers import DRAWERS, first_acts, pictures, sleeps
from game.ui.keyboard import HELP_KEY
from game.ui.menu import SHEETS
from game.ui.screen import Intent, Local, Mode
from game.ui.tiles import PAGE, lined, step

OXYGEN_KEYS: Final = {"Comma": -1, "Period": 1}
READ_BACK_OPS: Final = frozenset({"give"})
"""Orders whose second step is a read-back."""


class Binding(NamedTuple):
    """A key and what it means. `held` is meant instead when the key is held; then `intent` waits for the release."""

    key: str
    intent: Intent
    feel: Feel = Feel.TAP
    held: Intent | None = None


Layer = list[Binding]

DIGITS: Final = tuple(f"Digit{number}" for number in range(1, 10))


def next_step(stations: Station, view: SeatView) -> Binding | None:
    """R: confirm what was read back (held: correct it), else answer an order; else take what is handed over."""
    for order in view.orders:
        if order.state == "read_back" and stations & Station.LEAD:
            number = (order.order_id,)
            return Binding("KeyR", Intent("confirm", number), held=Intent("correct", number))
    if asked := answered_next(stations, view):
        return Binding("KeyR", Intent(_answer(asked), (asked.order_id,)))
    return next((Binding("KeyR", Intent("take", (station,))) for station, _ in view.offers), None)


def answered_next(stations: Station, view: SeatView) -> OrderView | None:
    """The order that R answers: what the hand holds is read back, then the oldest unheard is heard.

    What is not drawn up yet can wait: it keeps no other order unheard.
    """
    mine = [order for order in view.orders if order.station & stations and _answer(order)]
    return min(mine, key=lambda order: _turn(order, view), default=None)


def _turn(order: OrderView, view: SeatView) -> int:
    """0 for what is in the hand, 1 for what nobody has heard, 2 for what waits for a syringe."""
    if _answer(order) == "hear":
        return 1
    held = view.cart.drug if view.cart else ""
    return 0 if held and order.args[:1] == (held,) else 2


def _answer(order: OrderView) -> str:
    if order.state == "sent":
        return "hear"
    return "read_back" if order.op in READ_BACK_OPS and order.state in ("heard", "corrected") else ""


def steps_in(seat: int, view: SeatView) -> bool:
    """True while a push of this seat takes the chest over: its yes stands and a check has freed the chest."""
    return view.switch.partner == seat and view.switch.open


def rhythm_key(stations: Station, seat: int, view: SeatView) -> int | None:
    """Which key Space is: push on the chest or when stepping in, squeeze at the head; for both, breaths if due."""
    if steps_in(seat, view):
        return PUSH_KEY
    if stations & Station.CHEST and stations & Station.AIRWAY:
        breaths = view.airway is not None and view.airway.window and view.airway.breaths_due > 0
        return SQUEEZE_KEY if breaths else PUSH_KEY
    if stations & Station.CHEST:
        return PUSH_KEY
    return SQUEEZE_KEY if stations & Station.AIRWAY else None


def _everywhere(stations: Station, view: SeatView) -> Iterator[Binding]:
    yield Binding("Digit0", Intent("stop"))
    yield Binding("KeyK", Intent(Local.CAPTIONS))
    yield Binding("Escape", Intent(Local.MENU))
    yield Binding("Tab", Intent(Local.WHEEL))
    yield Binding(HELP_KEY, Intent(Local.HELP))
    if answer := next_step(stations, view):
        yield answer
    asks = stations & Station.CHEST and view.switch.asked_ms < 0
    yield Binding("KeyS", Intent("switch_ask" if asks else "switch_yes"))
    if len(pictures(stations)) > 1:
        yield Binding("Backquote", Intent(Local.TURN))


def _dock(stations: Station, view: SeatView) -> Iterator[Binding]:
    if stations & Station.LEAD:
        started = view.lead is not None and view.lead.started
        yield Binding("Digit1", Intent("check" if started else "start"))
        yield Binding("Digit2", Intent("resume"))
        yield from (Binding(f"Digit{pad}", Intent(Local.PAD, (pad,))) for pad in range(3, 7))
        return
    if coaches(stations, view):
        yield from (Binding(digit, Intent("callout", (call,))) for digit, call in zip(DIGITS, COACHED, strict=False))
        return
    said = said_by_digit(stations, view)
    for digit, finding in zip(DIGITS, said, strict=False):
        yield Binding(digit, Intent("report", (finding.key,)))
    for digit, act in zip(DIGITS[len(said) : dock_places(stations)], first_acts(stations, view), strict=False):
        yield Binding(digit, act)
    if stations & Station.CHEST:
        yield Binding("Digit5", Intent(Local.OPEN, ("pulse",)))
    yield Binding("Digit6", Intent("callout", ("say_again",)))


COACHED: Final = ("faster", "slower", "deeper", "let_it_up", "ten_seconds", "hands_off")
"""What whoever bags through an airway says to whoever pushes, on the dock's six digits."""


def coaches(stations: Station, view: SeatView) -> bool:
    """True for the head of the bed once an airway is in and the chest is pushed: it coaches (decisions 6)."""
    alone = stations & Station.AIRWAY and not stations & (Station.CHEST | Station.LEAD)
    return bool(alone and view.airway and view.airway.device != "mask" and view.check.pulse != "felt")


def said_by_digit(stations: Station, view: SeatView) -> tuple[FindingView, ...]:
    """The findings on the dock: the first five, or four where the fifth place is the pulse; one less with pads off."""
    pads_off = view.defibrillator is not None and not view.defibrillator.pads
    return view.findings[: dock_places(stations) - pads_off]


def dock_places(stations: Station) -> int:
    """How many places of the dock are for findings and first acts."""
    return 4 if stations & Station.CHEST else 5


def _rows(stations: Station, seat: int, view: SeatView) -> Iterator[Binding]:
    """Keys that the command table names, beside those that every seat or the dock has."""
    key = rhythm_key(stations, seat, view)
    if key is not None:
        yield Binding("Space", Intent(EDGE_OPS[key]), Feel.EDGES)
    for row in commands_of(stations):
        if row.key.startswith("Key") and row.key not in ("KeyR", "KeyS"):
            intent = meant(row.op, view)
            feel = row.feel if intent.op == row.op else Feel.HOLD if intent.op == "dump" else Feel.TAP
            yield Binding(row.key, intent, feel)


def taken(entry: str, view: SeatView) -> Intent:
    """What taking an entry of the tray means: a drawer opens, a command is done or asks on."""
    return Intent(Local.GROUP, (entry,)) if entry in DRAWERS else meant(entry, view)


def meant(op: str, view: SeatView) -> Intent:
    """What a command means at this moment: the next step of a tube, the paper once it was read."""
    if op in ("give", "flush"):
        return lined(op, view)
    if op == "charge" and view.defibrillator and view.defibrillator.charge == "charged":
        return Intent("dump")
    if op == "tube" and view.airway and view.airway.tube:
        return Intent("tube_aim" if view.airway.tube.step == "view" else "tube_pass")
    if op == "chart" and view.cart and view.cart.chart_read:
        return Intent(Local.PAPER)
    return step(op)


def _flow(change: int, desk: Desk) -> Intent:
    """Oxygen one step less or more than now."""
    flows = sorted(desk.pack.oxygen_flows_l_min)
    now = desk.view.airway.flow_l_min if desk.view.airway else 0
    beyond = [flow for flow in flows if (flow - now) * change > 0]
    return Intent("oxygen", ((min(beyond) if change > 0 else max(beyond)) if beyond else now,))


def _extras(stations: Station, desk: Desk) -> Iterator[Binding]:
    """Keys for one argument of a command: steps of energy and oxygen, the two halves of the board of causes."""
    if stations & Station.DEFIBRILLATOR:
        # While it paces, the device's one pair of steps is for the current.
        pacing = desk.view.defibrillator is not None and desk.view.defibrillator.pacing
        for key, rate_key, way in (("KeyQ", "Equal", 1), ("KeyA", "Minus", -1)):
            yield Binding(key, Intent("pace_current" if pacing else "energy", (way,)))
            yield Binding(rate_key, Intent("pace_rate", (way,)))
    if stations & Station.CART:
        yield Binding("PageUp", Intent(Local.PLUNGER, (1,)))
        yield Binding("PageDown", Intent(Local.PLUNGER, (-1,)))
    if stations & Station.AIRWAY:
        yield from (Binding(key, _flow(change, desk)) for key, change in OXYGEN_KEYS.items())
        yield Binding("Slash", Intent("oxygen", (0,)))
    if stations & Station.LEAD:
        yield Binding("KeyH", Intent(Local.OPEN, ("cause",)))
        yield Binding("KeyT", Intent(Local.OPEN, ("cause", 1)))
        if not stations & Station.CART:
            yield Binding("KeyM", Intent(Local.PAPER))
    if any(row.tray for row in commands_of(stations)):
        yield from _cursor()


def _cursor() -> Iterator[Binding]:
    for key, way in (("ArrowLeft", -1), ("ArrowUp", -1), ("ArrowRight", 1), ("ArrowDown", 1)):
        yield Binding(key, Intent(Local.MOVE, (way,)))
    yield Binding("Enter", Intent(Local.TAKE))


def station_layer(stations: Station, seat: int, desk: Desk) -> Layer:
    """What the keys mean while nothing is open."""
    view = desk.view
    return [
        *_everywhere(stations, view),
        *_dock(stations, view),
        *_rows(stations, seat, view),
        *_extras(stations, desk),
    ]


def ring_layer(stations: Station, view: SeatView) -> Layer:
    """What the open rhythm-check ring owns: calls and Enter for the Leader, the pulse on the chest's digits."""
    made: Layer = []
    if stations & Station.LEAD:
        made.append(Binding("Enter", Intent("resume")))
        # One person with board and defibrillator calls first and says clear after: both are V.
        if not (view.check.call and stations & Station.DEFIBRILLATOR):
            made += _calls()
        if not stations & Station.CHEST:
            made.append(Binding("Digit2", Intent("resume")))
    if stations & Station.CHEST:
        answers = ("felt", "none", "unsure")
        made += [Binding(digit, Intent("pulse", (answer,))) for digit, answer in zip(DIGITS, answers, strict=False)]
    return made


def _calls() -> Iterator[Binding]:
    calls = {"KeyV": "vf", "KeyT": "vt", "KeyF": "flat", "KeyN": "organised_narrow", "KeyW": "organised_wide"}
    yield from (Binding(key, Intent("call", (call,))) for key, call in calls.items())
    yield Binding("KeyO", Intent(Local.SPLIT))


DOCK_ORDERS: Final = frozenset({"check", "resume", "start", Local.PAD})
"""The Leader's orders on the dock: dead while the ring is open, and for a moment after choices closed."""


def choice_layer(count: int) -> Layer:
    """Open tiles own the digits, the arrows and Enter; Esc goes one step back."""
    tiles = [Binding(DIGITS[place], Intent(Local.CHOOSE, (place,))) for place in range(count)]
    return [*tiles, *_cursor(), Binding("Escape", Intent(Local.BACK))]


TARGET_KEYS: Final = ("KeyQ", "KeyW", "KeyE")


def targets(seat: int, view: SeatView) -> tuple[int, ...]:
    """Whom a seat can call out to by name: the stations of each of the others."""
    others = (seen.stations for number, seen in enumerate(view.crew) if number != seat and seen.stations)
    return tuple(others)[: len(TARGET_KEYS)]


def target_layer(seat: int, view: SeatView) -> Layer:
    """The open wheel's own letters: to whom it calls out."""
    held = zip(TARGET_KEYS, targets(seat, view), strict=False)
    return [Binding(key, Intent(Local.TARGET, (stations,))) for key, stations in held]


def menu_layer() -> Layer:
    """The open menu's own keys: always as the design puts them, so that whoever has moved too much finds back."""
    sheets = [Binding(digit, Intent(Local.SHEET, (name,))) for digit, name in zip(DIGITS[1:], SHEETS, strict=False)]
    walk = {"ArrowUp": (Local.MOVE, -1), "ArrowDown": (Local.MOVE, 1), "ArrowLeft": (Local.NUDGE, -1)}
    walk["ArrowRight"] = (Local.NUDGE, 1)
    return [
        Binding(DIGITS[0], Intent(Local.MENU)),
        *sheets,
        *(Binding(key, Intent(op, (way,))) for key, (op, way) in walk.items()),
        Binding("Enter", Intent(Local.TAKE)),
        Binding("Tab", Intent(Local.SHEET)),
        Binding("Escape", Intent(Local.BACK)),
    ]


def goes_on(binding: Binding) -> bool:
    """True for what works under the open menu too: hands that push or squeeze, STOP, captions and help."""
    return binding.feel is Feel.EDGES or binding.intent.op in ("stop", Local.CAPTIONS, Local.HELP)


def keymap(stations: Station, seat: int, desk: Desk, mode: Mode, tiles: int) -> dict[str, Binding]:
    """Every key that means something now. `tiles` is how many choices are open."""
    keys = {binding.key: binding for binding in station_layer(stations, seat, desk)}
    if desk.view.check.since_ms >= 0:
        asleep = [key for key, binding in keys.items() if key in DIGITS and binding.intent.op in DOCK_ORDERS]
        for key in asleep:
            del keys[key]
        keys |= {binding.key: binding for binding in ring_layer(stations, desk.view)}
    if mode.menu:
        return {key: binding for key, binding in keys.items() if goes_on(binding)}
    if mode.choosing and not sleeps(mode, desk.view):
        for digit in DIGITS[: PAGE + 2]:
            keys.pop(digit, None)
        if mode.pad:
            keys[f"Digit{mode.pad}"] = Binding(f"Digit{mode.pad}", Intent(Local.PAD, (mode.pad,)))
        keys |= {binding.key: binding for binding in choice_layer(tiles)}
        if mode.wheel and not mode.path:
            keys |= {binding.key: binding for binding in target_layer(seat, desk.view)}
    elif mode.history or mode.paper:
        keys["Escape"] = Binding("Escape", Intent(Local.BACK))
        if mode.paper:
            keys["PageDown"] = Binding("PageDown", Intent(Local.PAGE))
    return keys


def useful(stations: Station, seat: int, desk: Desk) -> Intent | None:
    """The most useful act of a seat now."""
    return next(useful_acts(stations, seat, desk), None)


def useful_acts(stations: Station, seat: int, desk: Desk) -> Iterator[Intent]:
    """What ? lights, the most useful first: the answer somebody waits for, the station's next acts, what can be said.

    The first that has a control on the screen is lit; the wheel always has one.
    """
    view = desk.view
    if answer := next_step(stations, view):
        yield answer.intent
    if steps_in(seat, view):
        yield Intent("push")
    wanted: tuple[tuple[Station, tuple[str, ...]], ...] = (
        (Station.LEAD, ("start", "call", "check")),
        (Station.CHEST, ("push",)),
        (Station.DEFIBRILLATOR, ("pads", "shock", "charge")),
        (Station.AIRWAY, ("tube_aim", "tube_pass", "squeeze", "co2", "sga")),
        (Station.CART, ("flush", "access", "draw")),
    )
    for station, ops in wanted:
        for op in ops:
            if station & stations and refusal(op, stations, view) is Refusal.DONE:
                # Which drug is for the Leader to say: the drawer lights up, no container in it.
                yield Intent(Local.GROUP, ("arrest_drugs",)) if op == "draw" else Intent(op)
    yield from (Intent("report", (seen.key,)) for seen in view.findings)
    yield Intent(Local.WHEEL)


def same_act(intent: Intent, other: Intent | None) -> bool:
    """True if two intents belong to the same control."""
    return other is not None and _op(intent) == _op(other)


def _op(intent: Intent) -> Plain:
    return intent.args[0] if intent.op == Local.OPEN else intent.op
