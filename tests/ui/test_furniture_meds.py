"""The cart and the defibrillator stand where the design put them, in each of its three pictures."""

import json
from pathlib import Path

import pygame
import pytest

from game.rules.commands import SITES
from game.ui.screens import builder, cupboard, device, meds, pins

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)
LINES = ("L arm", "R arm", "IO tibia", "IO humerus")


def spot(number: int) -> pygame.Rect:
    return pygame.Rect((0, 0), pins.SPOT).move_to(center=pins.SPOTS["al"][number])


DRAWERS = ("Arrest drugs", "Other drugs", "IV and IO", "Fluids", "Blood tests")
CART, SYRINGE = cupboard.DESK, builder.DESK
SLOTS = {
    name: CART.slots[place]
    for place, names in enumerate(
        (
            ("slot Epinephrine 1 mg/10 mL", "slot Midazolam 5 mg/5 mL"),
            ("slot Epinephrine 1 mg/1 mL", "slot Fentanyl 50 mcg/mL"),
            ("slot Ketamine 10 mg/mL",),
            ("slot Atropine 1 mg/10 mL",),
            ("slot Lidocaine 100 mg/5 mL", "slot Adenosine 6 mg/2 mL"),
            ("slot Flush 20 mL NaCl", "slot Magnesium 2 g/4 mL"),
        )
    )
    for name in names
}
MEDS = (
    {
        "order card": meds.ORDER,
        "chart card": meds.CHART,
        "crash cart": CART.cart,
        "drawer tray": CART.tray,
        "label zoom": CART.zoom,
        "syringe builder": SYRINGE.panel,
        "syringe graphic": SYRINGE.syringe,
        "you-hold line": SYRINGE.hold,
        "read back (R)": SYRINGE.read_back,
        "give (hold G)": SYRINGE.give,
        "flush (L)": SYRINGE.flush,
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
    | SLOTS
    | {f"site pin {name}": pins.pin_rect(site) for name, site in zip(LINES, SITES, strict=True)}
    | {f"site {name}": rect for name, rect in zip(LINES, SYRINGE.lines, strict=True)}
    | {f"drawer {name}": rect for name, rect in zip(DRAWERS, CART.fronts, strict=True)}
)


def drawn(mockup: str) -> dict[str, pygame.Rect]:
    """What of the cart and the device this design shows; drawers hold other things in each."""
    amiodarone = CART.slots[3 if mockup == "18-tachy-sync" else 2]
    shown = MEDS | {"slot Amiodarone 150 mg/3 mL": amiodarone}
    return {name: rect for name, rect in shown.items() if name in MOCKUPS[mockup]}


BUILT = {
    "05-meds": drawn("05-meds"),
    "16b-opening-meds": drawn("16b-opening-meds")
    | {"pads in hand": pins.IN_HAND, "pad target 1": spot(0), "pad target 2": spot(1)},
    "18-tachy-sync": drawn("18-tachy-sync") | {"sync markers": device.MARKS},
}


@pytest.mark.parametrize(("mockup", "name"), [(mockup, name) for mockup, rects in BUILT.items() for name in rects])
def test_cart_and_device_stand_where_the_design_put_them(mockup: str, name: str) -> None:
    built = BUILT[mockup][name]
    design = pygame.Rect(MOCKUPS[mockup][name])
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(built, side) - getattr(design, side)) <= 2, (side, built, design)


def test_all_of_the_first_picture_is_built() -> None:
    shared = {"stage (patient, your side: left arm)"}
    own = {name for name in MOCKUPS["05-meds"] if not any(word in name for word in ("call-out", "crew", "bar", "ping"))}
    furniture = {"role badge", "pack line", "help key (?)", "menu (Esc)", "stop (0)", "step pips"}
    assert own - furniture - shared <= set(BUILT["05-meds"])
