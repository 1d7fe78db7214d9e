"""The Leader's pads: which act is asked of which station, which drug, and what is said, in the order of the digits."""

from __future__ import annotations

from typing import Final

from game.rules.setup import Sight
from game.rules.skills.params import skills
from game.stations import Station
from game.ui.acts import icon_of
from game.ui.desk import Desk
from game.ui.screen import Intent, Local
from game.ui.tiles import Tile, step
from game.ui.values import drug_dose
from game.ui.words import first_upper, say

Asked = tuple[Station, str] | str
"""An act asked of a station, or the name of a group of them."""

_C, _A, _M, _D = Station.CHEST, Station.AIRWAY, Station.CART, Station.DEFIBRILLATOR

ACTS: Final[dict[int | str, tuple[Asked, ...]]] = {
    3: (
        (_D, "pads"), (_D, "charge"), (_D, "dump"), (_D, "move_pads"), (_D, "sync"), (_D, "pace"),
        (_D, "clear"), (_D, "shock"),
    ),
    5: (
        (_M, "access"), (_A, "squeeze"), (_A, "sga"), (_A, "tube"), "tests", (_M, "scan"),
        (_A, "oxygen"), (_A, "co2"), (_A, "look"), (_A, "listen"), (_C, "examine"), (_C, "nibp"),
        (_C, "ecg12"), (_A, "spo2"), (_A, "decompress"), (_M, "drain"), (_A, "ventilator"), (_M, "treat"),
        (_M, "chart"), (_A, "suction"), (_A, "open_airway"), (_A, "oral"), (_A, "nasal"), (_M, "flush"),
        (_C, "feel"), (_A, "head_up"), (_A, "cool"), (_A, "pull_back"), (_A, "remove_airway"), (_A, "magill"),
        (_C, "push"), (_M, "switch_yes"), (_A, "switch_yes"),
    ),
    "tests": ((_A, "glucose"), (_M, "gas"), (_M, "labs"), (_A, "temperature")),
}  # fmt: skip
"""The pads that ask for acts; after the first six come those that are asked for more rarely."""

DRUG_GROUPS: Final = ("epinephrine", "antiarrhythmic", "calcium", "bicarbonate")
"""The first tiles of the pad of drugs: groups of the pack."""


def pad_tiles(digit: int, desk: Desk) -> tuple[Tile, ...]:
    """The tiles of a dock pad 3 to 6 before anything is chosen in it."""
    if digit in ACTS:
        return _acts(digit)
    return _drugs(desk) if digit == 4 else _tell()


def group_tiles(name: str, desk: Desk) -> tuple[Tile, ...]:
    """The tiles of a group of a pad."""
    if name in ACTS:
        return _acts(name)
    if name == "fluids":
        return tuple(_item("hang", fluid, say(f"fluid.{fluid}")) for fluid in desk.pack.fluids)
    if name == "pumps":
        return tuple(_item("pump", drug, say(f"drug.{drug}")) for drug in desk.pack.infusions)
    drugs = tuple(_give(drug, desk) for drug in _of_group(name, desk))
    return (_group("pumps", "drop"), *sorted(drugs, key=lambda tile: tile.title)) if name == "other" else drugs


def _acts(name: int | str) -> tuple[Tile, ...]:
    return tuple(_group(asked, "lab") if isinstance(asked, str) else _order(*asked) for asked in ACTS[name])


def _order(station: Station, op: str) -> Tile:
    who = say("choose.to", who=say(f"station.{str(station.name).lower()}"))
    return Tile(say(f"command.{op}.label"), step("order", int(station), op), who, icon_of(op))


def _group(name: str, icon: str = "") -> Tile:
    return Tile(say(f"group.{name}"), Intent(Local.GROUP, (name,)), say("tray.choose"), icon)


def _item(op: str, item: str, title: str) -> Tile:
    return Tile(first_upper(title), step("order", int(Station.CART), op, item))


def _of_group(name: str, desk: Desk) -> tuple[str, ...]:
    return tuple(drug.name for drug in desk.pack.drugs.values() if drug.group == name and drug.doses_ug)


def _give(drug: str, desk: Desk) -> Tile:
    """An order for a drug; the dose is filled in where everybody sees everything, and said by the Leader elsewhere."""
    title = first_upper(say(f"drug.{drug}"))
    if desk.sight is not Sight.OPEN:
        return Tile(title, step("order", int(Station.CART), "give", drug))
    dose_ug = desk.pack.drugs[drug].doses_ug[0]
    return Tile(title, Intent("order", (int(Station.CART), "give", drug, dose_ug)), drug_dose(desk, drug, dose_ug))


def _drugs(desk: Desk) -> tuple[Tile, ...]:
    groups = ((name, _of_group(name, desk)) for name in DRUG_GROUPS)
    first = tuple(_give(drugs[0], desk) if len(drugs) == 1 else _group(name) for name, drugs in groups if drugs)
    return (*first, _group("fluids", "drop"), _group("other", "plus"))


def _tell() -> tuple[Tile, ...]:
    confirm_s = skills().times.end_confirm_ms // 1000
    chest = say("choose.to", who=say("station.chest"))
    return (
        Tile(say("command.summary.label"), step("summary"), say("choose.summary"), "note"),
        Tile(say("choose.working_cause"), step("cause"), say("choose.cause"), "flag"),
        Tile(say("choose.history"), step("ask"), say("choose.ask"), "ear"),
        Tile(say("command.call_expert.label"), step("call_expert"), say("choose.expert"), "phone"),
        Tile(say("choose.switch"), step("order", int(Station.CHEST), "switch_ask"), chest, "swap"),
        Tile(say("command.hush.label"), step("hush"), say("choose.hush"), "pause"),
        Tile(say("choose.tell"), step("callout"), say("choose.everybody"), "speak"),
        Tile(say("callout.concern"), Intent("callout", ("concern",)), say("choose.concern"), "flag"),
        Tile(say("command.hand_over.label"), step("hand_over"), say("choose.hand_over"), "swap"),
        Tile(say("command.end.label"), step("end"), say("choose.end", seconds=confirm_s), "stop"),
    )
