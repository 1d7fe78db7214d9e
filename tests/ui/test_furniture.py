"""Furniture stands where the design put it, on every station, to two pixels."""

import json
from pathlib import Path

import pygame
import pytest

from game.ui import frame
from game.ui.screens import chest, count, feel, lead, palpate
from game.ui.screens.leading import causes, clocks, orders, overview, reported
from game.ui.widgets import bars, pad
from game.ui.widgets.handshake import act_rect
from game.ui.widgets.order import answer_rects

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)


def around(centre: tuple[int, int], radius: int) -> pygame.Rect:
    return pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)


SHARED = {
    "top bar": frame.TOP_RECT,
    "crew chip Compressor": frame.CHIPS[0],
    "crew chip Airway": frame.CHIPS[1],
    "crew chip Meds": frame.CHIPS[2],
    "crew chip Leader": frame.CHIPS[3],
    "help key (?)": frame.HELP_RECT,
    "menu (Esc)": frame.MENU_RECT,
    "captions bar": bars.CAPTION_RECT,
    "call-out dock": bars.DOCK_RECT,
    "call-out wheel": bars.WHEEL_RECT,
    "stop (0)": bars.STOP_RECT,
} | {f"call-out {place + 1}": rect for place, rect in enumerate(bars.SLOTS)}

FIRST = ("Ask him", "Pads on", "Line in", "Oxygen?", "Who pushes")

BUILT: dict[str, dict[str, pygame.Rect]] = {
    "03-compressor": SHARED
    | {
        "monitor back (no ECG here)": chest.MONITOR,
        "palpate carotid (hold P)": palpate.FEEL,
        "order card": frame.ORDER_RECT,
        "count ring": around(*count.RING[True]),
        "what you feel card": feel.PANEL[True],
        "arms heavy": chest.HEAVY,
        "switch handshake": chest.SWITCH[True],
        "tiring = switch (S)": act_rect(chest.SWITCH[True]),
        "compression trace panel": chest.DEVICE,
        "depth plot": chest.PLOT,
        "rate dial panel": chest.RATE,
    },
    "03b-compressor-no-device": SHARED
    | {
        "count ring": around(*count.RING[False]),
        "what you feel card": feel.PANEL[False],
        "arms card": chest.ARMS,
        "switch handshake": chest.SWITCH[False],
        "tiring = switch (S)": act_rect(chest.SWITCH[False]),
    },
    "06-leader": SHARED
    | {
        "stage (overview, you at the foot)": overview.STAGE,
        "clocks": clocks.CLOCKS,
        "cycle ring": around(clocks.RING, 52),
        "restart cycle (Z)": clocks.RESTART,
        "order board": orders.ORDERS,
        "ECG panel": lead.ECG_PANEL,
        "ECG trace": lead.ECG_TRACE,
        "last reported": reported.REPORTED,
        "value Rhythm": reported.VALUES[0],
        "value Glucose": reported.VALUES[5],
        "H and T board": causes.CAUSE_BOARD,
        "cause Hypovolemia": causes.CAUSE_TILES[0],
        "cause Toxins": causes.CAUSE_TILES[6],
        "cause Low glucose": causes.CAUSE_TILES[11],
    },
    "06b-leader-drugs": {
        "order pad 4 Drugs": pad.PAD,
        "pad tile Epinephrine": pad.TILES[0],
        "pad tile Other": pad.TILES[5],
        "pad next step": pad.NEXT,
    },
    "16-opening-leader": {"brief card": orders.ORDERS, "opening strip": causes.CAUSE_BOARD}
    | {f"first act {name}": rect for name, rect in zip(FIRST, causes.FIRST_ACTS, strict=True)},
}


@pytest.mark.parametrize(("mockup", "name"), [(mockup, name) for mockup, rects in BUILT.items() for name in rects])
def test_furniture_stands_where_the_design_put_it(mockup: str, name: str) -> None:
    built = BUILT[mockup][name]
    drawn = pygame.Rect(MOCKUPS[mockup][name])
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(built, side) - getattr(drawn, side)) <= 2, (side, built, drawn)


def test_confirm_and_correct_are_large_enough_for_a_finger() -> None:
    for rect in answer_rects(pygame.Rect(28, 242, 340, 98)):
        assert rect.h >= 44
        assert rect.w >= 44
