"""What the bedside screens have of the mockups stands where it was drawn."""

import json
from pathlib import Path

import pygame
import pytest

from game.ui import frame
from game.ui.screens import airway, bagging, breaths, chest, coach, count, feel, head, heard, mask, palpate, placed
from game.ui.widgets import bars
from game.ui.widgets.handshake import act_rect

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)


def around(centre: tuple[int, int], radius: int) -> pygame.Rect:
    return pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)


def assist(device: bool) -> pygame.Rect:
    (x, y), radius = count.RING[device]
    return pygame.Rect(x - 38, y - radius - 32, 76, 26)


def rows(device: bool) -> dict[str, pygame.Rect]:
    names = ("Chest", "Skin", "Belly", "Arm, legs", "Chest sound")
    return {f"feel row {name}": rect for name, rect in zip(names, feel.rows(device), strict=False)}


FRAME = {"captions bar": bars.CAPTION_RECT, "call-out dock": bars.DOCK_RECT, "top bar": frame.TOP_RECT}
PATIENT = {"stage (patient, head left)": frame.STAGE_RECT, "hands sprite": chest.HANDS}
HEAD = {
    "stage (patient, head toward you)": frame.STAGE_RECT,
    "oxygen control": bagging.OXYGEN,
    "oxygen flow down": bagging.LESS,
    "oxygen flow up": bagging.MORE,
    "oxygen away (/)": bagging.AWAY,
    "capnograph panel": airway.CAPNOGRAPH,
    "bag squeeze panel": bagging.SQUEEZE,
    "volume bar": bagging.VOLUME,
    "breath sounds panel": heard.PANEL,
    "say sound Right": heard.TILES[0],
    "say sound Left": heard.TILES[1],
    "say sound Stomach": heard.TILES[2],
}
CART = ("Suction", "Oral airway", "Nasal airway", "SGA size 4", "Tube 7.5 + blade", "CO2 line", "Listen")

BUILT: dict[str, dict[str, pygame.Rect]] = {
    "03-compressor": FRAME
    | PATIENT
    | rows(True)
    | {
        "monitor back (no ECG here)": chest.MONITOR,
        "palpate carotid (hold P)": palpate.FEEL,
        "order card": frame.ORDER_RECT,
        "count ring": around(*count.RING[True]),
        "assist tag": assist(True),
        "what you feel card": feel.PANEL[True],
        "arms heavy": chest.HEAVY,
        "switch handshake": chest.SWITCH[True],
        "tiring = switch (S)": act_rect(chest.SWITCH[True]),
        "compression trace panel": chest.DEVICE,
        "depth plot": chest.PLOT,
        "rate dial panel": chest.RATE,
    },
    "03b-compressor-no-device": FRAME
    | PATIENT
    | rows(False)
    | {
        "monitor back (no ECG here)": chest.MONITOR,
        "palpate carotid (hold P)": palpate.FEEL,
        "order card": frame.ORDER_RECT,
        "count ring": around(*count.RING[False]),
        "assist tag": assist(False),
        "what you feel card": feel.PANEL[False],
        "arms card": chest.ARMS,
        "switch handshake": chest.SWITCH[False],
        "tiring = switch (S)": act_rect(chest.SWITCH[False]),
    },
    "04-airway": FRAME
    | HEAD
    | {
        "seal ring": around(mask.DESK.centre, mask.RADIUS + 10),
        "seal value": pygame.Rect(mask.DESK.tag, mask.TAG),
        "seal left (F)": mask.PILLS["seal_left"],
        "seal right (J)": mask.PILLS["seal_right"],
        "breath ring": around(breaths.RING, breaths.RADIUS),
        "airway cart": airway.CART,
        "order card": frame.ORDER_RECT,
    }
    | {f"cart {name}": rect for name, rect in zip(CART, airway.CART_TILES, strict=True)},
    "04b-airway-coach": FRAME
    | HEAD
    | {
        "six-second ring": around(breaths.SIX, breaths.SIX_RADIUS),
        "tube depth": placed.TAG,
        "coach panel": coach.PANEL,
        "coach value Rate": coach.VALUES[0],
        "coach value Depth": coach.VALUES[1],
        "coach value Release": coach.VALUES[2],
    },
}


@pytest.mark.parametrize(("mockup", "name"), [(mockup, name) for mockup, rects in BUILT.items() for name in rects])
def test_furniture_stands_where_the_design_put_it(mockup: str, name: str) -> None:
    built = BUILT[mockup][name]
    drawn = pygame.Rect(MOCKUPS[mockup][name])
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(built, side) - getattr(drawn, side)) <= 2, (side, built, drawn)


def test_the_bag_is_pressed_where_it_is_drawn() -> None:
    for name in ("bag sprite", "squeeze hand sprite"):
        drawn = pygame.Rect(MOCKUPS["04-airway"][name])
        assert head.BAG.contains(drawn.clip(head.BAG))
        assert drawn.clip(head.BAG).w * drawn.clip(head.BAG).h >= 0.6 * drawn.w * drawn.h
