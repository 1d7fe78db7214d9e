"""Every player screen at a fixed state: what `make screens` renders beside its design, and golden tests compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import pygame

from game.platform import DESK
from game.stations import Station
from game.ui.screen import Hands
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


SHOTS: Final[dict[str, Shot]] = {
    "chest": Shot(moments.chest, "03-compressor", act=push),
    "chest-no-device": Shot(lambda: moments.chest(device=False), "03b-compressor-no-device", act=push),
    "airway": Shot(moments.airway, "04-airway"),
    "airway-coach": Shot(moments.coach, "04b-airway-coach"),
    "airway-blade": Shot(moments.blade, "04-airway"),
    "meds": Shot(moments.meds, "05-meds"),
    "meds-opening": Shot(moments.bag_open, "16b-opening-meds"),
    "meds-sync": Shot(moments.fast_heart, "18-tachy-sync"),
    "meds-pacing": Shot(moments.slow_heart, "18-tachy-sync"),
    "lead": Shot(moments.lead, "06-leader"),
    "lead-drugs": Shot(moments.lead_pad, "06b-leader-drugs"),
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
    "keys": Shot(moments.keys_listed),
    "watching": Shot(moments.watcher),
    "waiting": Shot(lambda: moments.waiting("lobby")),
    "countdown": Shot(lambda: moments.waiting("countdown")),
    "frozen": Shot(moments.frozen),
    "cut-off": Shot(moments.cut_off),
    "toasts": Shot(moments.told),
    "pump-and-lungs": Shot(lambda: moments.joint(Station.CHEST | Station.AIRWAY, moments.MEDS | Station.LEAD)),
    "one-for-all": Shot(lambda: moments.joint(~Station(0))),
}


def render(shot: Shot) -> pygame.Surface:
    """The picture after some seconds in its state; a surface of its own."""
    surface = pygame.display.set_mode(shot.size)
    surface.fill("#000000")
    still, hand = shot.still(), Stagehand()
    for now_ms in range(NOW_MS - WATCHED_MS, NOW_MS + 1, FRAME_MS):
        if shot.act:
            shot.act(still, now_ms)
        hand.draw(surface, cast("Client", still), float(now_ms))
    return surface.copy()
