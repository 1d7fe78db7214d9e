"""What the bedside screens, the ring, the shock and the results have of the mockups stands where it was drawn."""

import json
from pathlib import Path

import pygame
import pytest

from game.rules.commands import SITES
from game.ui import frame
from game.ui.screens import airway, device, meds, overlay, results, ring, shock

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)
LINES = ("L arm", "R arm", "IO tibia", "IO humerus")


def pin(site: str) -> pygame.Rect:
    return pygame.Rect(0, 0, 44, 44).move_to(center=meds.PINS[site])


def around(centre: tuple[int, int], radius: int) -> pygame.Rect:
    return pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)


def spoke(place: int) -> pygame.Rect:
    dx, dy = overlay.SPOTS[place]
    return pygame.Rect((0, 0), overlay.SPOKE).move_to(center=(overlay.MIDDLE[0] + dx, overlay.MIDDLE[1] + dy))


BUILT: dict[str, dict[str, pygame.Rect]] = {
    "04-airway": {
        "airway cart": airway.CART,
        "oxygen control": airway.OXYGEN,
        "oxygen flow down": airway.LESS,
        "oxygen flow up": airway.MORE,
        "oxygen away (/)": airway.AWAY,
        "breath ring": around(airway.RING, 66),
        "capnograph panel": airway.CAPNOGRAPH,
        "bag squeeze panel": airway.SQUEEZE,
        "volume bar": airway.VOLUME,
        "breath sounds panel": airway.FOUND,
        "order card": frame.ORDER_RECT,
    },
    "05-meds": {
        "order card": meds.ORDER,
        "chart card": meds.CHART,
        "crash cart": meds.CART,
        "drawer tray": meds.TRAY,
        "slot Epinephrine 1 mg/10 mL": meds.SLOTS[0],
        "slot Flush 20 mL NaCl": meds.SLOTS[5],
        "label zoom": meds.ZOOM,
        "syringe builder": meds.BUILDER,
        "syringe graphic": meds.SYRINGE,
        "you-hold line": meds.HOLD,
        "read back (R)": meds.READ_BACK,
        "give (hold G)": meds.GIVE,
        "flush (L)": meds.FLUSH,
        "defibrillator panel": device.BODY,
        "defib ECG": device.SCREEN,
        "energy down (A)": device.DOWN,
        "energy up (Q)": device.UP,
        "charge button (C)": device.CHARGE,
        "clear call (V)": device.CLEAR,
        "shock button (X, hold)": device.SHOCK,
        "hands chips": device.HANDS,
        "sync (Y)": device.SYNC,
        "pace (B)": device.PACE,
    }
    | {f"site pin {name}": pin(site) for name, site in zip(LINES, SITES, strict=True)}
    | {f"site {name}": rect for name, rect in zip(LINES, meds.LINES, strict=True)},
    "07-rhythm-check": {
        "10-second ring": ring.DIAL,
        "ECG strip": ring.SENSE,
        "report card Compressor": ring.CARDS[0],
        "report card Meds": ring.CARDS[2],
        "decision VF": ring.QUARTERS[0],
        "decision Flat": ring.QUARTERS[3],
        "sub-choice narrow": ring.NARROW,
        "sub-choice wide": ring.WIDE,
        "resume now": ring.LEFT,
    },
    "07b-rhythm-check-compressor": {
        "touch trace": ring.TOUCH,
        "certainty bar": ring.SURE,
        "rhythm called": ring.CALLED,
        "report Pulse felt": ring.THIRDS[0],
        "report Not sure": ring.THIRDS[2],
        "resume (Space)": ring.LEFT,
    },
    "08-shock": {
        "shock banner": shock.BANNER,
        "clear chip Compressor": shock.CHIPS[0],
        "clear chip Leader": shock.CHIPS[3],
        "pause clock": shock.CLOCK,
        "pause bar": shock.BAR,
        "resume prompt": shock.PUSH,
    },
    "13-results": {"team score card": results.CARD, "outcome star": results.OUTCOME, "leave": results.LEAVE},
    "22-end-lost": {"end card": results.END_CARD, "leave": results.END_LEAVE, "debrief": results.END_AGAIN},
    "15-callout-wheel": {"wheel Report": spoke(0), "wheel Copy": spoke(1), "wheel Thanks": spoke(4)},
}


@pytest.mark.parametrize(("mockup", "name"), [(mockup, name) for mockup, rects in BUILT.items() for name in rects])
def test_furniture_stands_where_the_design_put_it(mockup: str, name: str) -> None:
    built = BUILT[mockup][name]
    drawn = pygame.Rect(MOCKUPS[mockup][name])
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(built, side) - getattr(drawn, side)) <= 2, (side, built, drawn)
