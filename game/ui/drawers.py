"""The pictures of a seat and what their trays offer: commands, and drawers that hold several."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from game.rules.views import SeatView
from game.stations import Station
from game.ui.acts import icon_of, state_words
from game.ui.desk import Desk, refusal
from game.ui.tiles import Tile, step
from game.ui.values import drug_dose
from game.ui.words import first_upper, say


class Picture(StrEnum):
    """A station's screen."""

    LEAD = "lead"
    CHEST = "chest"
    AIRWAY = "airway"
    MEDS = "meds"


STATIONS: Final[dict[Picture, Station]] = {
    Picture.LEAD: Station.LEAD,
    Picture.CHEST: Station.CHEST,
    Picture.AIRWAY: Station.AIRWAY,
    Picture.MEDS: Station.CART | Station.DEFIBRILLATOR,
}
"""Whose picture each is; a seat that holds several begins with the first of its own."""

CHEST_TRAY: Final = ("examine", "nibp", "ecg12")
AIRWAY_TRAY: Final = (
    "suction", "oral", "sga", "tube", "co2", "listen",
    "look", "nasal", "open_airway", "spo2", "glucose", "temperature",
    "decompress", "ventilator", "remove_airway", "magill", "head_up", "cool",
)  # fmt: skip
"""Pages of six: what is wanted first, what is looked for, the rest. A tube that is in has its way back in its place."""

DRAWERS: Final[dict[str, Station]] = {
    "arrest_drugs": Station.CART,
    "other_drugs": Station.CART,
    "lines": Station.CART,
    "paper": Station.CART,
    "device": Station.DEFIBRILLATOR,
}
"""Drawers beside the patient's left arm, and whose they are."""

DRAWER_OPS: Final[dict[str, tuple[str, ...]]] = {
    "lines": ("access", "hang", "pump", "give", "flush", "discard"),
    "paper": ("chart", "gas", "labs", "scan", "drain", "treat"),
    "device": ("pads", "move_pads", "dump", "pace_rate", "pace_current", "energy"),
}
ARREST_GROUPS: Final = frozenset({"epinephrine", "antiarrhythmic", "calcium", "bicarbonate"})


def pictures(stations: Station) -> tuple[Picture, ...]:
    """The pictures of a seat that holds `stations`."""
    return tuple(picture for picture, station in STATIONS.items() if station & stations)


def picture(stations: Station, turn: int) -> Picture:
    """The picture a seat looks at after so many turns; the lead's where it holds nothing."""
    own = pictures(stations)
    return own[turn % len(own)] if own else Picture.LEAD


def tray_of(stations: Station, turn: int, view: SeatView) -> tuple[str, ...]:
    """What the tray of the present picture offers: ops and drawers, in the order the keyboard walks them."""
    match picture(stations, turn):
        case Picture.CHEST:
            return CHEST_TRAY
        case Picture.AIRWAY:
            tubed = view.airway is not None and view.airway.device == "tube"
            return tuple("pull_back" if op == "tube" and tubed else op for op in AIRWAY_TRAY)
        case Picture.MEDS:
            return tuple(name for name, station in DRAWERS.items() if station & stations)
        case _:
            return ()


def drawer_of(op: str) -> str:
    """The drawer that holds `op`, "" for none."""
    return next((name for name, ops in DRAWER_OPS.items() if op in ops), "")


def drawer_tiles(name: str, desk: Desk, stations: Station) -> tuple[Tile, ...]:
    """What lies in a drawer: syringes to draw up, or commands."""
    if name in DRAWER_OPS:
        return tuple(_act(op, desk, stations) for op in DRAWER_OPS[name])
    wanted = name == "arrest_drugs"
    drugs = [drug for drug in desk.pack.drugs.values() if drug.doses_ug and (drug.group in ARREST_GROUPS) is wanted]
    if not wanted:
        drugs.sort(key=lambda drug: say(f"drug.{drug.name}"))
    return tuple(
        Tile(
            first_upper(say(f"drug.{drug.name}")),
            step("draw", drug.name),
            drug_dose(desk, drug.name, drug.doses_ug[0]) if len(drug.doses_ug) == 1 else say("tray.choose"),
        )
        for drug in drugs
    )


def _act(op: str, desk: Desk, stations: Station) -> Tile:
    name = say("drawer.other_way") if op == "give" else say(f"command.{op}.label")
    return Tile(name, step(op), state_words(op, refusal(op, stations, desk.view)), icon_of(op))
