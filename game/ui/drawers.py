"""The pictures of a seat and what their trays offer: commands, and drawers that hold several."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from game.content import Pack
from game.rules.commands import SITES
from game.rules.views import SeatView
from game.stations import Station
from game.ui.acts import icon_of, state_words
from game.ui.desk import Desk, refusal
from game.ui.screen import Intent, Local, Mode
from game.ui.stock import Container, shelf
from game.ui.tiles import Tile, lined, step
from game.ui.values import drug_rate
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
    "suction", "oral", "nasal", "sga", "tube", "co2", "listen",
    "look", "open_airway", "spo2", "glucose", "temperature", "decompress", "ventilator",
    "remove_airway", "magill", "head_up", "cool",
)  # fmt: skip
"""Pages of seven: what is wanted first, what is looked for, the rest. A tube that is in has its way back there."""

DRAWERS: Final[dict[str, Station]] = {
    "arrest_drugs": Station.CART,
    "other_drugs": Station.CART,
    "lines": Station.CART,
    "bags": Station.CART,
    "samples": Station.CART,
}
"""Drawers beside the patient's left arm, and whose they are."""

DRAWER_OPS: Final[dict[str, tuple[str, ...]]] = {
    "arrest_drugs": ("draw", "flush"),
    "lines": ("access", "give", "discard"),
    "bags": ("hang", "pump"),
    "samples": ("chart", "gas", "labs", "scan", "drain", "treat"),
}
"""Which commands are played from a drawer."""


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
            return (*(name for name, station in DRAWERS.items() if station & stations), *_device_tray(stations, view))
        case _:
            return ()


def _device_tray(stations: Station, view: SeatView) -> tuple[str, ...]:
    """What of the device has no letter of its own: the pads, and the way out of a charge."""
    device = view.defibrillator
    if device is None or not stations & Station.DEFIBRILLATOR:
        return ()
    pads = "move_pads" if device.pads else "pads"
    return (pads, "dump") if device.charge in ("charging", "charged") else (pads,)


def sleeps(mode: Mode, view: SeatView) -> bool:
    """True for an open drawer while the rhythm-check ring is up: the ring's keys win."""
    return mode.group in DRAWERS and not mode.path and view.check.since_ms >= 0


def first_acts(stations: Station, view: SeatView) -> tuple[Intent, ...]:
    """What a seat with the bag still closed does first; the dock offers it where it has nothing to say yet."""
    acts = []
    if view.defibrillator is not None and not view.defibrillator.pads:
        acts.append(Intent("pads"))
    if view.cart is not None:
        if not view.cart.chart_read:
            acts.append(Intent("chart"))
        if not any(line.state in ("open", "trying") for line in view.cart.lines):
            acts.append(Intent("access", ("iv_left",)))
    if view.chest is not None:
        acts += [Intent("nibp"), Intent("ecg12")] if view.check.pulse == "felt" else []
        acts.append(Intent("examine"))
    return tuple(acts)


def drawer_of(op: str) -> str:
    """The drawer that holds `op`, "" for none."""
    return next((name for name, ops in DRAWER_OPS.items() if op in ops), "")


def drawer_tiles(name: str, desk: Desk, stations: Station) -> tuple[Tile, ...]:
    """What lies in a drawer: containers to take, lines to place, bags and pumps to hang, samples to send."""
    match name:
        case "arrest_drugs" | "other_drugs":
            return tuple(_container(each, desk) for each in shelf(name, desk.level, desk.pack))
        case "lines":
            ways = (_act("give", desk, stations), _act("discard", desk, stations))
            return (*(_site(site, desk) for site in SITES), *ways)
        case "bags":
            return _hung(desk)
        case _:
            return tuple(_act(op, desk, stations) for op in DRAWER_OPS[name])


def _container(container: Container, desk: Desk) -> Tile:
    if not container.drug:
        return Tile(
            say(f"stock.{container.key}"),
            lined("flush", desk.view),
            say("unit.volume", volume=f"{container.volume_ml:g}"),
        )
    title = first_upper(say(f"drug.{container.drug}"))
    return Tile(title, Intent(Local.PICK, (container.key,)), strength(container, desk.pack))


def strength(container: Container, pack: Pack) -> str:
    """What a container holds, as its slot says it: "1 mg/10 mL"; "tablet" where no strength is printed."""
    if not container.content:
        return say("stock.tablet")
    content = f"{container.content:g} {pack.drugs[container.drug].unit}"
    return f"{content}/{say('unit.volume', volume=f'{container.volume_ml:g}')}" if container.volume_ml else content


def _site(site: str, desk: Desk) -> Tile:
    lines = desk.view.cart.lines if desk.view.cart else ()
    state = next((line.state for line in lines if line.site == site), "free")
    return Tile(say(f"site_short.{site}"), Intent("access", (site,)), say(f"line.{state}"), icon_of("access"))


def _hung(desk: Desk) -> tuple[Tile, ...]:
    """What runs now, then what can be hung."""
    running = {each.drug: each for each in desk.view.cart.infusions} if desk.view.cart else {}
    fluids = [Tile(first_upper(say(f"fluid.{name}")), step("hang", name), say("tray.choose"), icon_of("hang"))
              for name in desk.pack.fluids]  # fmt: skip
    pumps = sorted(desk.pack.infusions, key=lambda drug: drug not in running)
    tiles = [
        Tile(
            first_upper(say(f"drug.{drug}")),
            step("pump", drug),
            drug_rate(desk, drug, running[drug].ug_per_min) if drug in running else say("drawer.pump"),
            "play" if drug in running else icon_of("pump"),
        )
        for drug in pumps
    ]
    return (*tiles[: len(running)], *fluids, *tiles[len(running) :])


def _act(op: str, desk: Desk, stations: Station) -> Tile:
    name = say("drawer.other_way") if op == "give" else say(f"command.{op}.label")
    return Tile(name, step(op), state_words(op, refusal(op, stations, desk.view)), icon_of(op))
