"""What all seats share (the ring, the shock, the wheel, the results) and the Leader after ROSC stand where drawn."""

import json
from pathlib import Path

import pygame
import pytest

from game.ui import frame
from game.ui.screens import lost, overlay, results, ring, shock
from game.ui.screens.checking import answers, cards, face, fingers
from game.ui.screens.leading import causes, clocks, orders, overview, reported, targets
from game.ui.widgets.order import answer_rects

MOCKUPS: dict[str, dict[str, list[int]]] = json.loads(
    Path(__file__).with_name("mockup_rects.json").read_text(encoding="utf-8")
)


def around(centre: tuple[int, int], radius: int) -> pygame.Rect:
    return pygame.Rect(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)


def spoke(place: int) -> pygame.Rect:
    dx, dy = overlay.SPOTS[place]
    return pygame.Rect((0, 0), overlay.SPOKE).move_to(center=(overlay.MIDDLE[0] + dx, overlay.MIDDLE[1] + dy))


LEADER = {
    "stage (overview, you at the foot)": overview.STAGE,
    "clocks": clocks.CLOCKS,
    "restart cycle (Z)": clocks.RESTART,
    "order board": orders.ORDERS,
    "order stack": orders.STACK,
    "confirm read-back (R)": answer_rects(pygame.Rect(28, 242, 340, 98))[0],
    "correct read-back (hold R)": answer_rects(pygame.Rect(28, 242, 340, 98))[1],
    "last reported": reported.REPORTED,
}
REPORTED_06 = ("Rhythm", "Pulse", "CO2", "Breaths", "Blood gas", "Glucose")
REPORTED_17 = ("Pulse", "Pressure", "SpO2", "CO2", "Temp", "Glucose")
TARGETS = ("SpO2", "MAP", "Breaths", "CO2", "Temp", "12-lead")
CAUSES = (
    "Hypovolemia", "Hypoxia", "Acidosis H+", "Hyper-K", "Hypo-K", "Hypothermia",
    "Toxins", "Tamponade", "Tension pneumo", "Thrombosis heart", "Thrombosis lung", "Low glucose",
)  # fmt: skip
BLOCKS = ("Flow", "Coordination", "Therapy", "Compression quality", "Ventilation", "Safety")
SPOKES = ("Report", "Copy", "Done", "Ask", "Thanks", "Concern", "Hush", "Order")
CHIPS = ("Compressor", "Airway", "Meds + Defib", "Leader")

BUILT: dict[str, dict[str, pygame.Rect]] = {
    "06-leader": LEADER
    | {f"value {name}": rect for name, rect in zip(REPORTED_06, reported.VALUES, strict=True)}
    | {f"cause {name}": rect for name, rect in zip(CAUSES, causes.CAUSE_TILES, strict=True)},
    "17-post-rosc-leader": LEADER
    | {"targets": targets.TARGETS}
    | {f"value {name}": rect for name, rect in zip(REPORTED_17, reported.VALUES, strict=True)}
    | {f"target {name}": rect for name, rect in zip(TARGETS, targets.TILES, strict=True)},
    "07-rhythm-check": {
        "10-second ring": face.DIAL,
        "ECG strip": ring.SENSE,
        "report card Compressor": cards.CARDS[0],
        "report card Airway": cards.CARDS[1],
        "report card Meds": cards.CARDS[2],
        "decision VF": answers.QUARTERS[0],
        "decision VT": answers.QUARTERS[1],
        "decision Organised": answers.QUARTERS[2],
        "decision Flat": answers.QUARTERS[3],
        "sub-choice narrow": answers.NARROW,
        "sub-choice wide": answers.WIDE,
        "resume now": answers.LEFT,
    },
    "07b-rhythm-check-compressor": {
        "touch trace": fingers.TOUCH,
        "certainty bar": fingers.SURE,
        "rhythm called": ring.CALLED,
        "report Pulse felt": answers.THIRDS[0],
        "report No pulse": answers.THIRDS[1],
        "report Not sure": answers.THIRDS[2],
        "resume (Space)": answers.LEFT,
    },
    "08-shock": {
        "stage (shock camera, all seats)": frame.STAGE_RECT,
        "shock banner": shock.BANNER,
        "pause clock": shock.CLOCK,
        "pause bar": shock.BAR,
        "resume prompt": shock.PUSH,
    }
    | {f"clear chip {name}": rect for name, rect in zip(CHIPS, shock.CHIPS, strict=True)},
    "08b-first-push": {
        "shock banner": shock.BANNER,
        "pause clock": shock.CLOCK,
        "pause bar": shock.BAR,
        "cycle started": shock.PUSH,
    },
    "13-results": {
        "top bar": results.TOP,
        "team score card": results.CARD,
        "CCF": results.CCF,
        "outcome star": results.OUTCOME,
        "again same seed": results.SAME,
        "leave": results.LEAVE,
    }
    | {f"score block {name}": rect for name, rect in zip(BLOCKS, results.BLOCKS, strict=True)},
    "15-callout-wheel": {"target picker": overlay.HUB, "wheel help": overlay.HOW}
    | {f"wheel {name}": spoke(place) for place, name in enumerate(SPOKES)},
    "22-end-lost": {
        "stage (still, hands off, monitor off)": lost.STAGE,
        "end card": lost.CARD,
        "a quiet minute": lost.QUIET,
        "leave": lost.LEAVE,
        "again": lost.LOOK,
        "debrief": lost.AGAIN,
    },
}


@pytest.mark.parametrize(("mockup", "name"), [(mockup, name) for mockup, rects in BUILT.items() for name in rects])
def test_what_all_share_stands_where_the_design_put_it(mockup: str, name: str) -> None:
    built = BUILT[mockup][name]
    drawn = pygame.Rect(MOCKUPS[mockup][name])
    for side in ("left", "top", "right", "bottom"):
        assert abs(getattr(built, side) - getattr(drawn, side)) <= 2, (side, built, drawn)


def test_everything_that_answers_the_ring_is_large_enough_for_a_finger() -> None:
    for rect in (*answers.QUARTERS, *answers.THIRDS, answers.NARROW, answers.WIDE, answers.LEFT):
        assert min(rect.size) >= 44
