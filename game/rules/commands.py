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
from game.stations import STATION_WORDS, Role, Station

EVERY: Final = Station.CHEST | Station.AIRWAY | Station.CART | Station.DEFIBRILLATOR | Station.LEAD


class Choice(StrEnum):
    """What an argument may be; `choices` lists the values that level and pack allow."""

    FINDING = "finding"  # the key of a finding this seat senses now
    ORDER = "order"  # the number of an open order
    CALLOUT = "callout"
    PULSE = "pulse"
    SITE = "site"  # a line to place
    WAY = "way"  # a line, or a way into the body that needs none
    FLOW = "flow"  # litres of oxygen a minute
    DRUG = "drug"
    DOSE = "dose"  # micrograms
    INFUSION = "infusion"  # a drug that can run by a pump
    PER_MIN = "per_min"  # micrograms a minute; 0 stops the pump
    FLUID = "fluid"
    VOLUME = "volume"  # millilitres
    RATE = "rate"  # breaths a minute of the ventilator; 0 is the bag
    METHOD = "method"  # how a chest is opened
    SIDE = "side"
    TREATMENT = "treatment"
    VECTOR = "vector"  # where the pads sit
    STEP = "step"  # -1 or 1
    RHYTHM = "rhythm"
    STATION = "station"  # the value of game.stations.Station
    SEAT = "seat"  # the number of a seat
    ACT = "act"  # the op of another row, followed by that row's own arguments
    QUESTION = "question"
    EXPERT = "expert"
    CAUSE = "cause"
    CAUSE_STATE = "cause_state"
    COUNT = "count"
    PRESS = "press"  # who makes the rhythm of this seat: its hands, or its device


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
    Command("call_to", EVERY, "", (Choice.CALLOUT, Choice.STATION), tray=False),
    Command("assisted", EVERY, "", (Choice.PRESS,), tray=False),
    Command("hand_over", EVERY, "", (Choice.STATION, Choice.SEAT), tray=False),
    Command("take", EVERY, "", (Choice.STATION,), tray=False),
    Command("switch_ask", Station.CHEST, "KeyS", tray=False),
    Command("switch_yes", Station.AIRWAY | Station.CART, "KeyS", tray=False),
    Command("push", Station.CHEST, "Space", feel=Feel.EDGES, tray=False),
    Command("feel", Station.CHEST, "KeyP", tray=False),
    Command("pulse", Station.CHEST, "", (Choice.PULSE,), tray=False),
    Command("examine", Station.CHEST, "", task="examine"),
    Command("nibp", Station.CHEST, "", task="nibp"),
    Command("ecg12", Station.CHEST, "", task="ecg12"),
    Command("squeeze", Station.AIRWAY, "Space", feel=Feel.EDGES),
    Command("seal_left", Station.AIRWAY, "KeyF", feel=Feel.EDGES, tray=False),
    Command("seal_right", Station.AIRWAY, "KeyJ", feel=Feel.EDGES, tray=False),
    Command("oxygen", Station.AIRWAY, "", (Choice.FLOW,)),
    Command("open_airway", Station.AIRWAY, "", task="open_airway"),
    Command("suction", Station.AIRWAY, "KeyU", task="suction"),
    Command("oral", Station.AIRWAY, "KeyW", task="oral"),
    Command("nasal", Station.AIRWAY, "KeyN", task="nasal"),
    Command("sga", Station.AIRWAY, "KeyD", task="sga"),
    Command("tube", Station.AIRWAY, "KeyI", task="tube"),
    Command("tube_aim", Station.AIRWAY, ""),
    Command("tube_pass", Station.AIRWAY, ""),
    Command("pull_back", Station.AIRWAY, "", task="pull_back"),
    Command("remove_airway", Station.AIRWAY, "", task="remove_airway"),
    Command("magill", Station.AIRWAY, "", task="magill"),
    Command("co2", Station.AIRWAY, "KeyO", task="co2"),
    Command("spo2", Station.AIRWAY, "", task="spo2"),
    Command("listen", Station.AIRWAY, "KeyE", task="listen"),
    Command("look", Station.AIRWAY, "", task="look"),
    Command("glucose", Station.AIRWAY, "", task="glucose"),
    Command("temperature", Station.AIRWAY, "", task="temperature"),
    Command("ventilator", Station.AIRWAY, "", (Choice.RATE,)),
    Command("decompress", Station.AIRWAY, "", (Choice.METHOD, Choice.SIDE), task="needle"),
    Command("head_up", Station.AIRWAY, "", task="head_up"),
    Command("cool", Station.AIRWAY, "", task="cool"),
    Command("access", Station.CART, "", (Choice.SITE,), task="access_iv"),
    Command("draw", Station.CART, "", (Choice.DRUG, Choice.DOSE), task="draw"),
    Command("give", Station.CART, "KeyG", (Choice.WAY,), feel=Feel.HOLD, task="give"),
    Command("flush", Station.CART, "KeyL", (Choice.SITE,), task="flush"),
    Command("discard", Station.CART),
    Command("pump", Station.CART, "", (Choice.INFUSION, Choice.PER_MIN, Choice.SITE), task="pump"),
    Command("hang", Station.CART, "", (Choice.FLUID, Choice.VOLUME, Choice.SITE), task="hang"),
    Command("chart", Station.CART, "KeyM", task="chart"),
    Command("gas", Station.CART, "", task="gas"),
    Command("labs", Station.CART, "", task="labs"),
    Command("scan", Station.CART, "", task="scan"),
    Command("drain", Station.CART, "", task="drain"),
    Command("treat", Station.CART, "", (Choice.TREATMENT,), task="treat"),
    Command("pads", Station.DEFIBRILLATOR, "", task="pads"),
    Command("move_pads", Station.DEFIBRILLATOR, "", (Choice.VECTOR,), task="move_pads"),
    Command("energy", Station.DEFIBRILLATOR, "", (Choice.STEP,)),
    Command("charge", Station.DEFIBRILLATOR, "KeyC"),
    Command("dump", Station.DEFIBRILLATOR),
    Command("clear", Station.DEFIBRILLATOR, "KeyV"),
    Command("shock", Station.DEFIBRILLATOR, "KeyX", feel=Feel.HOLD),
    Command("sync", Station.DEFIBRILLATOR, "KeyY"),
    Command("pace", Station.DEFIBRILLATOR, "KeyB"),
    Command("pace_rate", Station.DEFIBRILLATOR, "", (Choice.STEP,)),
    Command("pace_current", Station.DEFIBRILLATOR, "", (Choice.STEP,)),
    Command("start", Station.LEAD, "Digit1", tray=False),
    Command("check", Station.LEAD, "Digit1", tray=False),
    Command("resume", Station.LEAD, "Digit2", tray=False),
    Command("call", Station.LEAD, "", (Choice.RHYTHM,), tray=False),
    Command("order", Station.LEAD, "", (Choice.STATION, Choice.ACT), tray=False),
    Command("confirm", Station.LEAD, "KeyR", (Choice.ORDER,), tray=False),
    Command("correct", Station.LEAD, "", (Choice.ORDER,), tray=False),
    Command("ask", Station.LEAD, "", (Choice.QUESTION,), task="ask", tray=False),
    Command("call_expert", Station.LEAD, "", (Choice.EXPERT,), task="call_expert", tray=False),
    Command("hush", Station.LEAD, "", tray=False),
    Command("restart_cycle", Station.LEAD, "KeyZ", tray=False),
    Command("cause", Station.LEAD, "", (Choice.CAUSE, Choice.CAUSE_STATE), tray=False),
    Command("summary", Station.LEAD, "", (Choice.RHYTHM, Choice.COUNT, Choice.COUNT), tray=False),
    Command("end", Station.LEAD, tray=False),
)

MORE_TASKS: Final = ("access_io", "thoracostomy", "tube_pass")
"""Tasks of the pack whose command has another by default: bone instead of vein, finger instead of needle."""

COMMANDS: Final[dict[str, Command]] = {row.op: row for row in TABLE}

PUSH_KEY: Final = 0
SQUEEZE_KEY: Final = 1
SEAL_LEFT_KEY: Final = 2
SEAL_RIGHT_KEY: Final = 3
"""Numbers of the held and rhythmic keys in EDGES messages."""

EDGE_OPS: Final[dict[int, str]] = {
    PUSH_KEY: "push",
    SQUEEZE_KEY: "squeeze",
    SEAL_LEFT_KEY: "seal_left",
    SEAL_RIGHT_KEY: "seal_right",
}

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
PRESSES: Final = ("steady", "switch")
"""How a device makes the rhythm: as long as a key is held, or from one press to the next."""
SITES: Final = ("iv_left", "iv_right", "io_tibia", "io_humerus")
OTHER_WAYS: Final = {"im_thigh": "im", "nose": "in", "mouth": "po", "mask_neb": "neb"}
"""Ways into the body that need no line, and the route of the pack that each is."""
METHODS: Final = ("needle", "thoracostomy")
SIDES: Final = ("left", "right")
VECTORS: Final = ("al", "ap")
TREATMENTS: Final = ("stop_bleeding", "chest_drain", "rewarm_external", "rewarm_internal", "displace_uterus")
"""Treatments at the cart that need no drug and no expert."""


@cache
def commands_of(stations: int) -> tuple[Command, ...]:
    """The rows a seat that holds `stations` may use, in table order: `SeatView.ready` follows this order."""
    return tuple(row for row in TABLE if row.station & stations)


def orders_to(station: Station) -> tuple[str, ...]:
    """The ops a Leader can order of `station`: every row of its own that a person does, not says; none of his own."""
    if station is Station.LEAD:
        return ()
    unordered = {
        "hear", "read_back", "stop", "report", "callout", "call_to", "assisted", "hand_over", "take", "energy", "draw",
        "discard", "tube_aim", "tube_pass", "seal_left", "seal_right", "pulse", "pace_rate", "pace_current",
    }  # fmt: skip
    return tuple(row.op for row in TABLE if row.station & station and row.op not in unordered)


ORDER_ARGS: Final[dict[str, tuple[Choice, ...]]] = {
    "give": (Choice.DRUG, Choice.DOSE),
    "oxygen": (Choice.FLOW,),
    "pump": (Choice.INFUSION, Choice.PER_MIN),
    "hang": (Choice.FLUID, Choice.VOLUME),
    "ventilator": (Choice.RATE,),
    "decompress": (Choice.METHOD, Choice.SIDE),
    "treat": (Choice.TREATMENT,),
    "move_pads": (Choice.VECTOR,),
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
    return len(args) == len(kinds) and all(
        kind in OPEN_CHOICES or arg in choices(kind, level, pack, of=item_of(args, pack))
        for kind, arg in zip(kinds, args, strict=True)
    )


def item_of(args: tuple[Plain, ...], pack: Pack) -> str:
    """The drug or fluid among arguments, on which dose, rate and volume depend; "" without one."""
    return next((arg for arg in args if isinstance(arg, str) and (arg in pack.drugs or arg in pack.fluids)), "")


def choices(choice: Choice, level: Level, pack: Pack, *, of: str = "") -> tuple[Plain, ...]:
    """The values an argument may take, in the order a tray offers them; () where only the view knows.

    `of` is the drug or fluid that was chosen before.
    """
    drug, fluid = pack.drugs.get(of), pack.fluids.get(of)
    table: dict[Choice, tuple[Plain, ...]] = {
        Choice.CALLOUT: CALLOUTS,
        Choice.PULSE: PULSE_ANSWERS,
        Choice.SITE: SITES,
        Choice.WAY: (*SITES, *OTHER_WAYS),
        Choice.FLOW: pack.oxygen_flows_l_min,
        Choice.DRUG: tuple(name for name, each in pack.drugs.items() if each.doses_ug),
        Choice.DOSE: drug.doses_ug if drug else (),
        Choice.INFUSION: pack.infusions,
        Choice.PER_MIN: (*drug.rates_ug_per_min, 0) if drug else (),
        Choice.FLUID: tuple(pack.fluids),
        Choice.VOLUME: fluid.volumes_ml if fluid else (),
        Choice.RATE: pack.ventilator_rates_per_min,
        Choice.METHOD: METHODS,
        Choice.SIDE: SIDES,
        Choice.TREATMENT: TREATMENTS,
        Choice.VECTOR: VECTORS,
        Choice.STEP: (-1, 1),
        Choice.RHYTHM: RHYTHM_CALLS,
        Choice.STATION: tuple(int(station) for station in STATION_WORDS.values()),
        Choice.SEAT: tuple(range(len(Role))),
        Choice.QUESTION: tuple(level.questions),
        Choice.EXPERT: tuple(level.experts),
        Choice.CAUSE: CAUSES,
        Choice.CAUSE_STATE: CAUSE_STATES,
        Choice.COUNT: tuple(range(13)),
        Choice.PRESS: PRESSES,
    }
    return table.get(choice, ())
