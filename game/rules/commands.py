"""The command table: everything a seat can do, with the station that may do it, its key and its arguments.

The authority dispatches on it, the client draws its action tray from it, bots and orders speak it. An order is a row of
this table asked of another station, so what can be done can be ordered, and doing it closes the order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from game.content import Level, Pack
from game.log import Plain
from game.stations import STATION_WORDS, Station

EVERY: Final = Station.CHEST | Station.AIRWAY | Station.CART | Station.DEFIBRILLATOR | Station.LEAD


class Choice(StrEnum):
    """What an argument may be; `choices` lists the values that level and pack allow."""

    FINDING = "finding"  # the key of a finding this seat senses now
    ORDER = "order"  # the number of an open order
    CALLOUT = "callout"
    PULSE = "pulse"
    SITE = "site"
    FLOW = "flow"  # litres of oxygen a minute
    DRUG = "drug"
    DOSE = "dose"  # micrograms
    STEP = "step"  # -1 or 1
    RHYTHM = "rhythm"
    STATION = "station"  # the value of game.stations.Station
    ACT = "act"  # the op of another row, followed by that row's own arguments
    QUESTION = "question"
    CAUSE = "cause"
    CAUSE_STATE = "cause_state"
    COUNT = "count"


class Feel(StrEnum):
    """How a control is worked."""

    TAP = "tap"
    HOLD = "hold"  # hold 400 ms, on every device
    EDGES = "edges"  # pressed and released in rhythm: its stamps travel as EDGES, not as a command


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table. `key` is a physical key (`event.code`), "" where the tray or an answer bar offers it."""

    op: str
    station: Station
    key: str = ""
    args: tuple[Choice, ...] = ()
    feel: Feel = Feel.TAP
    task: str = ""
    """Key of the pack's task time, "" for an act done at once."""
    tray: bool = True
    """False for commands with a control of their own on every screen (orders, ring, STOP)."""


TABLE: Final[tuple[Command, ...]] = (
    Command("hear", EVERY, "KeyR", (Choice.ORDER,), tray=False),
    Command("read_back", EVERY, "KeyR", (Choice.ORDER,), tray=False),
    Command("stop", EVERY, "Digit0", tray=False),
    Command("report", EVERY, "", (Choice.FINDING,), tray=False),
    Command("callout", EVERY, "", (Choice.CALLOUT,), tray=False),
    Command("switch_ask", Station.CHEST, "KeyS", tray=False),
    Command("switch_yes", Station.AIRWAY | Station.CART, "KeyS", tray=False),
    Command("push", Station.CHEST, "Space", feel=Feel.EDGES, tray=False),
    Command("feel", Station.CHEST, "KeyP", tray=False),
    Command("pulse", Station.CHEST, "", (Choice.PULSE,), tray=False),
    Command("squeeze", Station.AIRWAY, "Space", feel=Feel.EDGES),
    Command("oxygen", Station.AIRWAY, "", (Choice.FLOW,)),
    Command("suction", Station.AIRWAY, "KeyU", task="suction"),
    Command("oral", Station.AIRWAY, "KeyW", task="oral"),
    Command("sga", Station.AIRWAY, "KeyD", task="sga"),
    Command("tube", Station.AIRWAY, "KeyI", task="tube"),
    Command("co2", Station.AIRWAY, "KeyO", task="co2"),
    Command("listen", Station.AIRWAY, "KeyE", task="listen"),
    Command("glucose", Station.AIRWAY, "", task="glucose"),
    Command("temperature", Station.AIRWAY, "", task="temperature"),
    Command("access", Station.CART, "", (Choice.SITE,), task="access"),
    Command("draw", Station.CART, "", (Choice.DRUG, Choice.DOSE), task="draw"),
    Command("give", Station.CART, "KeyG", (Choice.SITE,), feel=Feel.HOLD, task="give"),
    Command("flush", Station.CART, "KeyL", (Choice.SITE,), task="flush"),
    Command("discard", Station.CART),
    Command("chart", Station.CART, "KeyM", task="chart"),
    Command("gas", Station.CART, "", task="gas"),
    Command("pads", Station.DEFIBRILLATOR, "", task="pads"),
    Command("energy", Station.DEFIBRILLATOR, "", (Choice.STEP,)),
    Command("charge", Station.DEFIBRILLATOR, "KeyC"),
    Command("dump", Station.DEFIBRILLATOR),
    Command("clear", Station.DEFIBRILLATOR, "KeyV"),
    Command("shock", Station.DEFIBRILLATOR, "KeyX", feel=Feel.HOLD),
    Command("start", Station.LEAD, "Digit1", tray=False),
    Command("check", Station.LEAD, "Digit1", tray=False),
    Command("resume", Station.LEAD, "Digit2", tray=False),
    Command("call", Station.LEAD, "", (Choice.RHYTHM,), tray=False),
    Command("order", Station.LEAD, "", (Choice.STATION, Choice.ACT), tray=False),
    Command("confirm", Station.LEAD, "KeyR", (Choice.ORDER,), tray=False),
    Command("correct", Station.LEAD, "", (Choice.ORDER,), tray=False),
    Command("ask", Station.LEAD, "", (Choice.QUESTION,), task="ask", tray=False),
    Command("restart_cycle", Station.LEAD, "KeyZ", tray=False),
    Command("cause", Station.LEAD, "", (Choice.CAUSE, Choice.CAUSE_STATE), tray=False),
    Command("summary", Station.LEAD, "", (Choice.RHYTHM, Choice.COUNT, Choice.COUNT), tray=False),
    Command("end", Station.LEAD, tray=False),
)

COMMANDS: Final[dict[str, Command]] = {row.op: row for row in TABLE}

PUSH_KEY: Final = 0
SQUEEZE_KEY: Final = 1
"""Numbers of the two rhythmic keys in EDGES messages."""

EDGE_OPS: Final[dict[int, str]] = {PUSH_KEY: "push", SQUEEZE_KEY: "squeeze"}

RHYTHM_CALLS: Final = ("vf", "vt", "organised_narrow", "organised_wide", "flat")
PULSE_ANSWERS: Final = ("felt", "none", "unsure")
CALLOUTS: Final = (
    "say_again",
    "thank_you",
    "concern",
    "help",
    "ten_seconds",
    "faster",
    "slower",
    "deeper",
    "let_it_up",
    "hands_off",
)
CAUSES: Final = (
    "hypovolemia",
    "hypoxia",
    "acidosis",
    "hyperkalemia",
    "hypokalemia",
    "hypothermia",
    "toxins",
    "tamponade",
    "tension_pneumothorax",
    "thrombosis_coronary",
    "thrombosis_pulmonary",
    "low_glucose",
)
"""The twelve tiles of the board, H1 to H6 and T1 to T6; low glucose is the twelfth (decisions 6)."""
CAUSE_STATES: Final = ("open", "possible", "ruled_out", "working", "treated")
SITES: Final = ("iv_left", "iv_right", "io_tibia", "io_humerus")


@cache
def commands_of(stations: int) -> tuple[Command, ...]:
    """The rows a seat that holds `stations` may use, in table order: `SeatView.ready` follows this order."""
    return tuple(row for row in TABLE if row.station & stations)


def orders_to(station: Station) -> tuple[str, ...]:
    """The ops a Leader can order of `station`: every row of its own that a person does, not says."""
    unordered = {"hear", "read_back", "stop", "report", "callout", "energy", "draw", "discard"}
    return tuple(row.op for row in TABLE if row.station & station and row.op not in unordered)


ORDER_ARGS: Final[dict[str, tuple[Choice, ...]]] = {
    "give": (Choice.DRUG, Choice.DOSE),
    "oxygen": (Choice.FLOW,),
}
"""What the Leader says with an order, beyond the act; where and how is the ordered person's skill."""


def arguments(op: str, args: tuple[Plain, ...]) -> tuple[Choice, ...]:
    """The kinds of all arguments of `op`; an order's go on with what is said with its act."""
    kinds = COMMANDS[op].args
    if kinds and kinds[-1] is Choice.ACT and len(args) >= len(kinds):
        return kinds + ORDER_ARGS.get(str(args[len(kinds) - 1]), ())
    return kinds


OPEN_CHOICES: Final = frozenset({Choice.FINDING, Choice.ORDER, Choice.ACT})
"""Choices whose values only the moment, or another argument, knows: the handlers check them."""


def fits(kinds: tuple[Choice, ...], args: tuple[Plain, ...], level: Level, pack: Pack) -> bool:
    """True for the right number of arguments, each among its choices."""
    drug = next((arg for arg in args if isinstance(arg, str) and arg in pack.drugs), "")
    return len(args) == len(kinds) and all(
        kind in OPEN_CHOICES or arg in choices(kind, level, pack, drug=drug)
        for kind, arg in zip(kinds, args, strict=True)
    )


def choices(choice: Choice, level: Level, pack: Pack, *, drug: str = "") -> tuple[Plain, ...]:
    """The values an argument may take, in the order a tray offers them; () where only the view knows."""
    table: dict[Choice, tuple[Plain, ...]] = {
        Choice.CALLOUT: CALLOUTS,
        Choice.PULSE: PULSE_ANSWERS,
        Choice.SITE: SITES,
        Choice.FLOW: pack.oxygen_flows_l_min,
        Choice.DRUG: tuple(pack.drugs),
        Choice.DOSE: pack.drugs[drug].doses_ug if drug in pack.drugs else (),
        Choice.STEP: (-1, 1),
        Choice.RHYTHM: RHYTHM_CALLS,
        Choice.STATION: tuple(int(station) for station in STATION_WORDS.values()),
        Choice.QUESTION: tuple(level.questions),
        Choice.CAUSE: CAUSES,
        Choice.CAUSE_STATE: CAUSE_STATES,
        Choice.COUNT: tuple(range(13)),
    }
    return table.get(choice, ())
