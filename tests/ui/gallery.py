"""Every player screen at a fixed state: what `make screens` renders beside its design, and golden tests compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import pygame

from game.platform import DESK, PHONE, PHONE_LOW, SQUARE
from game.stations import Station
from game.ui.screen import Hands, Intent, Local, Sheet
from game.ui.stagehand import Stagehand
from tests.ui import moments
from tests.ui.stills import Still
from tests.ui.views import NOW_MS

if TYPE_CHECKING:
    from game.ui.client import Client

FRAME_MS: Final = 16
WATCHED_MS: Final = 6_000
"""Before the picture is taken: traces have swept and rings have turned."""
PUSH_EVERY_MS: Final = 545
PUSH_HOLD_MS: Final = 165

Act = Callable[[Still, int], None]


class Shot(NamedTuple):
    """A picture: the state it shows, the name of its design without ending, the canvas, and what hands do before."""

    still: Callable[[], Still]
    design: str = ""
    size: tuple[int, int] = DESK
    act: Act | None = None


def push(still: Still, now_ms: int) -> None:
    """Six seconds of compressions, one of them shallow and one that leans."""
    began_ms = NOW_MS - WATCHED_MS
    beat = (now_ms - began_ms) // PUSH_EVERY_MS
    since = began_ms + beat * PUSH_EVERY_MS
    down = now_ms - since < PUSH_HOLD_MS
    up_ms = since + PUSH_HOLD_MS - (0 if not down else PUSH_EVERY_MS)
    still.hands = Hands(since if down else -1, up_ms, -1)
    chest = still.view.chest
    if chest is None:
        return
    known = replace(chest, count=14 + beat - (1 if down else 0))
    if chest.depth_um >= 0:
        depth_um = 44_000 if beat == 5 else 51_000 + beat * 700 % 4000
        known = replace(known, depth_um=depth_um, residual_um=9_000 if beat == 6 else 1_000)
    still.view = replace(still.view, chest=known)


def on_tab(still: Callable[[], Still], tab: int) -> Callable[[], Still]:
    """The same moment with another tab up."""

    def turned() -> Still:
        made = still()
        made.input.mean(Intent(Local.TAB, (tab,)), 0)
        return made

    return turned


SHOTS: Final[dict[str, Shot]] = {
    "chest": Shot(moments.chest, "03-compressor", act=push),
    "chest-no-device": Shot(lambda: moments.chest(device=False), "03b-compressor-no-device", act=push),
    "chest-first": Shot(moments.first_touch, "03b-compressor-no-device"),
    "chest-fingers": Shot(moments.fingers, "03-compressor"),
    "chest-pulse": Shot(moments.hand_on_pulse, "03b-compressor-no-device"),
    "chest-awake": Shot(lambda: moments.awake(0), "03b-compressor-no-device"),
    "airway-awake": Shot(lambda: moments.awake(1), "04-airway"),
    "airway-placing": Shot(moments.placing, "04-airway"),
    "airway": Shot(moments.airway, "04-airway"),
    "airway-coach": Shot(moments.coach, "04b-airway-coach"),
    "airway-blade": Shot(moments.blade, "04-airway"),
    "meds": Shot(moments.meds, "05-meds"),
    "meds-opening": Shot(moments.bag_open, "16b-opening-meds"),
    "meds-sync": Shot(moments.fast_heart, "18-tachy-sync"),
    "meds-pacing": Shot(moments.slow_heart, "18-tachy-sync"),
    "paper": Shot(moments.papers),
    "twelve-leads": Shot(lambda: moments.papers(1)),
    "lead": Shot(moments.lead, "06-leader"),
    "lead-drugs": Shot(moments.lead_pad, "06b-leader-drugs"),
    "lead-book": Shot(moments.lead_book),
    "lead-opening": Shot(moments.walk_in, "16-opening-leader"),
    "lead-pulse": Shot(moments.pulse_back, "17-post-rosc-leader"),
    "ring-lead": Shot(lambda: moments.ring(3), "07-rhythm-check"),
    "ring-chest": Shot(
        lambda: moments.ring(0, "organised_wide", shock_pending=False, age_ms=6_600), "07b-rhythm-check-compressor"
    ),
    "ring-airway": Shot(lambda: moments.ring(1), "07-rhythm-check"),
    "ring-meds": Shot(lambda: moments.ring(2), "07-rhythm-check"),
    "shock": Shot(moments.shock, "08-shock"),
    "first-push": Shot(lambda: moments.shock(pushing=True), "08b-first-push"),
    "results": Shot(moments.results, "13-results"),
    "lost": Shot(lambda: moments.results("S03", "distracted"), "22-end-lost"),
    "wheel": Shot(moments.wheel, "15-callout-wheel"),
    "menu": Shot(moments.menu),
    "menu-keys": Shot(lambda: moments.menu(Sheet("keys", 1))),
    "menu-clash": Shot(lambda: moments.menu(Sheet("keys", grab="KeyP", clash="KeyC"))),
    "menu-sound": Shot(lambda: moments.menu(Sheet("sound", 1))),
    "menu-leave": Shot(lambda: moments.menu(Sheet("leave", asked=True))),
    "keys": Shot(moments.keys_listed),
    "watching": Shot(moments.watcher),
    "waiting": Shot(lambda: moments.waiting("lobby")),
    "countdown": Shot(lambda: moments.waiting("countdown")),
    "frozen": Shot(moments.frozen),
    "taken-back": Shot(moments.taken_back),
    "quiet-minute": Shot(moments.quiet_minute),
    "cut-off": Shot(moments.cut_off),
    "toasts": Shot(moments.told),
    "pump-and-lungs": Shot(lambda: moments.joint(Station.CHEST | Station.AIRWAY, moments.MEDS | Station.LEAD)),
    "one-for-all": Shot(lambda: moments.joint(~Station(0))),
    "phone-chest": Shot(moments.chest, "12-phone-compressor", PHONE, push),
    "phone-chest-no-device": Shot(lambda: moments.chest(device=False), "12b-phone-no-device", PHONE, push),
    "phone-airway": Shot(moments.airway, "", PHONE),
    "phone-airway-coach": Shot(moments.coach, "", PHONE),
    "phone-airway-blade": Shot(moments.blade, "", PHONE),
    "phone-cart": Shot(moments.meds, "", PHONE),
    "phone-build": Shot(on_tab(moments.meds, 1), "", PHONE),
    "phone-defib": Shot(on_tab(moments.meds, 2), "24-phone-meds", PHONE),
    "phone-pacing": Shot(on_tab(moments.slow_heart, 2), "", PHONE),
    "phone-chart": Shot(on_tab(moments.papers, 3), "", PHONE),
    "phone-lead": Shot(moments.lead, "", PHONE),
    "phone-lead-orders": Shot(on_tab(moments.lead, 1), "", PHONE),
    "phone-lead-causes": Shot(on_tab(moments.lead, 2), "", PHONE),
    "phone-lead-pulse": Shot(on_tab(moments.pulse_back, 2), "", PHONE),
    "phone-lead-drugs": Shot(moments.lead_pad, "", PHONE),
    "phone-ring-lead": Shot(lambda: moments.ring(3), "", PHONE),
    "phone-ring-chest": Shot(lambda: moments.ring(0, "organised_wide", shock_pending=False, age_ms=6_600), "", PHONE),
    "phone-ring-meds": Shot(lambda: moments.ring(2), "", PHONE),
    "phone-shock": Shot(moments.shock, "", PHONE),
    "phone-first-push": Shot(lambda: moments.shock(pushing=True), "", PHONE),
    "phone-results": Shot(moments.results, "", PHONE),
    "phone-lost": Shot(lambda: moments.results("S03", "distracted"), "", PHONE),
    "phone-wheel": Shot(moments.wheel, "", PHONE),
    "phone-menu": Shot(moments.menu, "", PHONE),
    "phone-watching": Shot(moments.watcher, "", PHONE),
    "phone-waiting": Shot(lambda: moments.waiting("lobby"), "", PHONE),
    "phone-frozen": Shot(moments.frozen, "", PHONE),
    "phone-low-chest": Shot(moments.chest, "", PHONE_LOW, push),
    "phone-low-airway": Shot(moments.airway, "", PHONE_LOW),
    "phone-low-cart": Shot(moments.meds, "", PHONE_LOW),
    "phone-low-build": Shot(on_tab(moments.meds, 1), "", PHONE_LOW),
    "phone-low-defib": Shot(on_tab(moments.meds, 2), "", PHONE_LOW),
    "phone-low-lead": Shot(moments.lead, "", PHONE_LOW),
    "phone-low-results": Shot(moments.results, "", PHONE_LOW),
    "square-chest": Shot(moments.chest, "", SQUARE, push),
    "square-chest-no-device": Shot(lambda: moments.chest(device=False), "", SQUARE, push),
    "square-airway": Shot(moments.airway, "", SQUARE),
    "square-airway-coach": Shot(moments.coach, "", SQUARE),
    "square-airway-blade": Shot(moments.blade, "", SQUARE),
    "square-meds": Shot(moments.meds, "", SQUARE),
    "square-cart": Shot(moments.bag_open, "", SQUARE),
    "square-chart": Shot(on_tab(moments.bag_open, 3), "", SQUARE),
    "square-paper": Shot(moments.papers, "", SQUARE),
    "square-lead": Shot(moments.lead, "", SQUARE),
    "square-lead-drugs": Shot(moments.lead_pad, "", SQUARE),
    "square-lead-book": Shot(moments.lead_book, "", SQUARE),
    "square-lead-opening": Shot(moments.walk_in, "", SQUARE),
    "square-lead-pulse": Shot(moments.pulse_back, "", SQUARE),
    "square-ring-lead": Shot(lambda: moments.ring(3), "", SQUARE),
    "square-ring-chest": Shot(lambda: moments.ring(0), "", SQUARE),
    "square-ring-meds": Shot(lambda: moments.ring(2), "", SQUARE),
    "square-shock": Shot(moments.shock, "", SQUARE),
    "square-results": Shot(moments.results, "", SQUARE),
    "square-lost": Shot(lambda: moments.results("S03", "distracted"), "", SQUARE),
    "square-wheel": Shot(moments.wheel, "", SQUARE),
    "square-watching": Shot(moments.watcher, "", SQUARE),
    "square-waiting": Shot(lambda: moments.waiting("lobby"), "", SQUARE),
    "square-frozen": Shot(moments.frozen, "", SQUARE),
}


def render(shot: Shot) -> pygame.Surface:
    """The picture after some seconds in its state; a surface of its own."""
    surface = pygame.display.set_mode(shot.size)
    surface.fill("#000000")
    still, hand = shot.still(), Stagehand(shot.size)
    for now_ms in range(NOW_MS - WATCHED_MS, NOW_MS + 1, FRAME_MS):
        if shot.act:
            shot.act(still, now_ms)
        hand.draw(surface, cast("Client", still), float(now_ms))
    return surface.copy()
