"""Renders screens at fixed states, headless and beside $MOCKUPS: `python tools/screens.py OUT [NAME ...]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pygame

from game.content import Level, Pack
from game.rules.commands import CAUSES, commands_of
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.rules.views import (
    AirwayView,
    CartView,
    CheckView,
    ChestView,
    CrewView,
    DefibrillatorView,
    EcgView,
    FindingView,
    InfusionView,
    LeadView,
    LineView,
    OrderView,
    ReportedView,
    SealView,
    SeatView,
    SlipView,
    SwitchView,
    TubeView,
)
from game.stations import Station
from game.ui import library
from game.ui.desk import Desk
from game.ui.pads import pad_tiles
from game.ui.screen import Hands, Jolt, Mode, Screen, Seated, Spoken, Toast
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from game.ui.screens.lead import LeadScreen
from game.ui.screens.meds import MedsScreen
from game.ui.tiles import Tile

NAMES = ("Badger", "Otter", "Lynx", "Hare")
SEATS = (Station.CHEST, Station.AIRWAY, Station.CART | Station.DEFIBRILLATOR, Station.LEAD)


@dataclass(slots=True)
class Still:
    """A client that stands still: what screens may read, at one moment."""

    view: SeatView
    seat: int
    captions: Sequence[Spoken]
    hands: Hands = field(default_factory=lambda: Hands(-1, -1, -1))
    mode: Mode = field(default_factory=Mode)
    team: str = "Kestrel"
    ping_ms: int = 34
    level: Level = field(default_factory=lambda: library.level("S01"))
    pack: Pack = field(default_factory=lambda: library.pack("aha2025"))

    sight: Sight = Sight.REAL
    phase: str = "playing"
    tiles: Sequence[Tile] = ()
    trail: Sequence[str] = ()
    toasts: Sequence[Toast] = ()
    jolt: Jolt | None = None
    result: str = ""

    @property
    def stations(self) -> Station:
        return Station(self.view.crew[self.seat].stations)

    @property
    def roster(self) -> Sequence[Seated]:
        return [Seated(seat, seen.stations, NAMES[seat], seen.link) for seat, seen in enumerate(self.view.crew)]


ECG = EcgView("vf", 0, 1100, 4600, -1, connected=True, compressing=True)


def seat_view(seat: int, *, on: tuple[bool, ...] = (True, True, False, False)) -> SeatView:
    """A view with nothing in it but the crew; every control works."""
    crew = tuple(CrewView(int(held), hands, 0) for held, hands in zip(SEATS, on, strict=True))
    return SeatView(
        now_ms=402_000,
        crew=crew,
        orders=(),
        check=CheckView(-1, "", "", shock_pending=False, clear_said=False, hands_off_ms=-1),
        switch=SwitchView(-1, -1, open=False),
        task=None,
        findings=(),
        offers=(),
        hush_until_ms=-1,
        ready=tuple(0 for _ in commands_of(SEATS[seat])),
        chest=None,
        airway=None,
        cart=None,
        defibrillator=None,
        lead=None,
    )


def chest_still(*, device: bool = True) -> Still:
    """Mockups 03 and 03b."""
    keys = ("chest_feel", "skin", "belly", "limbs")
    figures = (53_000, 1_000, 112) if device else (-1, -1, -1)
    rows = [row.op for row in commands_of(Station.CHEST)]
    ready = tuple(int(Refusal.FINGERS_FIRST) if op == "pulse" else 0 for op in rows)
    view = replace(
        seat_view(0),
        findings=tuple(FindingView(key, "") for key in keys),
        ready=ready,
        switch=SwitchView(388_000, -1, open=False),
        orders=(OrderView(7, int(Station.CHEST), "switch_ask", (), "sent", 399_000, ()),),
        chest=ChestView(True, 24, 30, 0, True, -1, -1, -1, *figures, ()),
    )
    said = Spoken(400_000, 3, "Leader to Compressor", "Good rate. Keep going, switch at the next check.")
    still = Still(view, 0, (said,))
    still.level = replace(still.level, feedback_device=device)
    return still


def press(still: Still, screen: Screen, surface: pygame.Surface) -> None:
    """Six seconds of pushing, so that plots and hands have something to show."""
    start, every, hold = 396_000, 545, 165
    for now_ms in range(start, 402_001, 16):
        beat = (now_ms - start) // every
        since = start + beat * every
        down = now_ms - since < hold
        up_ms = since + hold if not down else since - every + hold
        still.hands = Hands(since if down else -1, up_ms, -1)
        chest = still.view.chest
        if chest:
            depth = 44_000 if beat == 5 else 51_000 + beat * 700 % 4000
            count = 14 + beat - (1 if down else 0)
            known = replace(chest, count=count)
            if chest.depth_um >= 0:
                known = replace(known, depth_um=depth, residual_um=9_000 if beat == 6 else 1_000)
            still.view = replace(still.view, chest=known)
        screen.draw(surface, still, now_ms)


def hold(still: Still, screen: Screen, surface: pygame.Surface) -> None:
    """Six seconds of watching, so that traces have swept."""
    for now_ms in range(396_000, 402_001, 16):
        screen.draw(surface, still, now_ms)


Act = Callable[[Still, Screen, pygame.Surface], None]


def lead_still(**changes: object) -> Still:
    """Mockup 06."""
    reported = (
        ReportedView("rhythm", "vf", 318_000, 3),
        ReportedView("pulse", "none", 318_000, 0),
        ReportedView("etco2", "16", 394_000, 1),
        ReportedView("breaths", "9", 394_000, 1),
    )
    causes = [0] * len(CAUSES)
    causes[3], causes[4], causes[5], causes[8], causes[9] = 1, 2, 2, 2, 3
    clues = (0, 1, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0)
    lead = LeadView(ECG, 318_000, 272_000, True, reported, tuple(causes), clues, (), ())
    cart, chest, air = int(Station.CART), int(Station.CHEST), int(Station.AIRWAY)
    give = ("epinephrine", 1000)
    orders = (
        OrderView(3, cart, "give", give, "read_back", 390_000, ("give", *give)),
        OrderView(4, chest, "switch_ask", (), "heard", 380_000, ()),
        OrderView(5, air, "sga", (), "sent", 398_000, ()),
        OrderView(6, cart, "access", ("iv_left",), "heard", 398_000, ()),
        OrderView(8, air, "co2", (), "heard", 398_000, ()),
    )
    view = replace(seat_view(3), lead=lead, orders=orders)
    said = Spoken(400_000, 2, "Meds to Leader", "Reading back: epinephrine one milligram, I V left arm.")
    return Still(replace(view, **changes), 3, (said,))  # type: ignore[arg-type]  # fields of SeatView by name


def opening_still() -> Still:
    """Mockup 16."""
    still = lead_still(orders=())
    ecg = replace(ECG, connected=False, compressing=False)
    lead = LeadView(ecg, -1, -1, False, (), (0,) * 12, (0,) * 12, (), ())
    still.view = replace(seat_view(3, on=(False,) * 4), lead=lead)
    return still


def pad_still() -> Still:
    """Mockup 06b."""
    still = lead_still()
    still.mode = Mode(pad=4)
    still.tiles = pad_tiles(4, Desk(still.level, still.pack, still.view))
    return still


def airway_still(*, tube: bool = False) -> Still:
    """Mockup 04, and the look down the blade."""
    seal = None if tube else SealView(240, 0, False, False, 401_000, 97, False)
    attempt = TubeView("view", 400_500, 12_345_678, False, 1) if tube else None
    airway = AirwayView(
        "mask", True, 15, True, 16, -1, 9, True, 1, -1, 400_000, 430, False, False, 0, "easy", "clear", seal, attempt,
        False, False, (),
    )  # fmt: skip
    findings = (FindingView("etco2", "16"), FindingView("breaths", "9"), FindingView("chest_rise", "both"))
    view = replace(seat_view(1), airway=airway, findings=findings)
    said = Spoken(400_000, 0, "Compressor to Airway", "Twenty-eight, twenty-nine, thirty. Pause, two breaths.")
    return Still(view, 1, (said,), hands=Hands(-1, -1, -1, seal_left=True, seal_right=True))


def meds_still(*, pacing: bool = False) -> Still:
    """Mockup 05, and the pacemaker in the place of the energy."""
    lines = (LineView("iv_left", "open", ""), LineView("io_tibia", "trying", ""))
    gas = SlipView("gas", 443_000, 383_000, ())
    pumps = (InfusionView("norepinephrine", 10, "iv_left"),)
    cart = CartView(lines, "epinephrine", 1000, True, True, pumps, (), (gas,))
    charge = ("idle", -1, -1, -1) if pacing else ("charged", 390_000, 390_000, 450_000)
    ecg = replace(ECG, rhythm="complete_block", rate_per_min=36, compressing=False) if pacing else ECG
    shocker = DefibrillatorView(ecg, True, 200, *charge, False, False, 2, "al", False, pacing, 70, 60)
    give = OrderView(3, int(Station.CART), "give", ("epinephrine", 1000), "heard", 396_000, ())
    findings = (FindingView("in_hand", "epinephrine 1000"), FindingView("allergies", ""))
    view = replace(seat_view(2), cart=cart, defibrillator=shocker, orders=(give,), findings=findings)
    said = Spoken(400_000, 3, "Leader to Meds", "Epinephrine one milligram I V now, then charge before the check.")
    return Still(view, 2, (said,))


def scenes() -> dict[str, tuple[str, Callable[[], Still], Callable[[], Screen], Act]]:
    """Name -> (mockup, state, screen, what happens before the picture)."""
    return {
        "chest": ("03-compressor", chest_still, ChestScreen, press),
        "chest-no-device": ("03b-compressor-no-device", lambda: chest_still(device=False), ChestScreen, press),
        "airway": ("04-airway", airway_still, AirwayScreen, hold),
        "airway-tube": ("04-airway", lambda: airway_still(tube=True), AirwayScreen, hold),
        "meds": ("05-meds", meds_still, MedsScreen, hold),
        "meds-pacing": ("05-meds", lambda: meds_still(pacing=True), MedsScreen, hold),
        "lead": ("06-leader", lead_still, LeadScreen, hold),
        "lead-drugs": ("06b-leader-drugs", pad_still, LeadScreen, hold),
        "lead-opening": ("16-opening-leader", opening_still, LeadScreen, hold),
    }


def main(arguments: Sequence[str]) -> None:
    """Writes NAME.png for each scene, and NAME-beside.png with its mockup if a folder MOCKUPS is named."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    pygame.display.init()
    pygame.font.init()
    surface = pygame.display.set_mode((1280, 720))
    for name, (mockup, state, screen_of, act) in scenes().items():
        if len(arguments) > 1 and name not in arguments[1:]:
            continue
        screen = screen_of()
        surface.fill("#000000")
        act(state(), screen, surface)
        pygame.image.save(surface, out / f"{name}.png")
        beside = Path(os.environ.get("MOCKUPS", "")) / f"{mockup}.png"
        if beside.is_file():
            tiled = pygame.Surface((1280, 1440))
            tiled.blit(surface, (0, 0))
            tiled.blit(pygame.image.load(beside), (0, 720))
            pygame.image.save(tiled, out / f"{name}-beside.png")


if __name__ == "__main__":
    main(sys.argv[1:])
