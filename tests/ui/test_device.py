"""The defibrillator: what each button shows in each state, and the key and the touch that work it."""

from dataclasses import replace

import pygame
import pytest

from game.platform import InputEvent, Kind
from game.rules.commands import Feel
from game.rules.views import DefibrillatorView
from game.stations import Station
from game.ui.keymap import Binding, keymap
from game.ui.screen import Control, Intent, Local, Mode
from game.ui.screens import device, pins
from game.ui.screens.meds import MedsScreen
from game.ui.theme import State
from tests.ui import views
from tests.ui.stills import Still

MEDS = Station.CART | Station.DEFIBRILLATOR
ECG = replace(views.ECG, rhythm="vt", rate_per_min=150, beat_ms=views.NOW_MS - 100, compressing=False)


def view(**changes: object) -> DefibrillatorView:
    return replace(views.defibrillator(), ecg=ECG, **changes)  # type: ignore[arg-type]  # the tests name real fields


def still(**changes: object) -> Still:
    return Still(MEDS, 2, defibrillator=view(**changes))


def controls(canvas: pygame.Surface, seen: Still) -> list[Control]:
    screen = MedsScreen()
    screen.draw(canvas, seen, views.NOW_MS)
    return list(screen.controls())


def at(found: list[Control], rect: pygame.Rect) -> Control:
    return next(control for control in reversed(found) if control.rect.collidepoint(rect.center))


def binding(seen: Still, key: str) -> Binding:
    assert seen.desk is not None
    return keymap(MEDS, 2, seen.desk, Mode(), tiles=0)[key]


IDLE: dict[str, object] = {"charge": "idle", "dump_ms": -1}
PACING: dict[str, object] = {"charge": "idle", "pacing": True}
WORKED: list[tuple[dict[str, object], str, pygame.Rect, Intent]] = [
    (IDLE, "KeyQ", device.UP, Intent("energy", (1,))),
    (IDLE, "KeyA", device.DOWN, Intent("energy", (-1,))),
    (PACING, "KeyQ", device.CURRENT[1], Intent("pace_current", (1,))),
    (PACING, "KeyA", device.CURRENT[0], Intent("pace_current", (-1,))),
    (PACING, "Equal", device.RATE[1], Intent("pace_rate", (1,))),
    (PACING, "Minus", device.RATE[0], Intent("pace_rate", (-1,))),
    (IDLE, "KeyC", device.CHARGE, Intent("charge")),
    ({}, "KeyC", device.CHARGE, Intent("dump")),
    ({}, "KeyV", device.CLEAR, Intent("clear")),
    ({}, "KeyX", device.SHOCK, Intent("shock")),
    (IDLE, "KeyY", device.SYNC, Intent("sync")),
    (IDLE, "KeyB", device.PACE, Intent("pace")),
]


@pytest.mark.parametrize(("state", "key", "rect", "intent"), WORKED)
def test_every_control_of_the_device_has_a_key_and_a_place_for_a_finger(
    canvas: pygame.Surface, state: dict[str, object], key: str, rect: pygame.Rect, intent: Intent
) -> None:
    seen = still(**state)
    control, bound = at(controls(canvas, seen), rect), binding(seen, key)
    assert control.intent == bound.intent == intent
    assert control.feel == bound.feel
    assert min(control.rect.size) >= 44


@pytest.mark.parametrize(("state", "op"), [({}, "shock"), ({}, "dump")])
def test_what_cannot_be_taken_back_is_held(canvas: pygame.Surface, state: dict[str, object], op: str) -> None:
    held = [control.feel for control in controls(canvas, still(**state)) if control.intent.op == op]
    assert held == [Feel.HOLD]


def test_a_hold_shows_how_much_of_it_is_over() -> None:
    seen = still()
    seen.input.feed(InputEvent(Kind.KEY, "KeyX", True, 1_000.0, 0, 0, 0), ())
    seen.input.frame(1_200.0)
    assert (seen.mode.hold, seen.mode.hold_pct) == ("shock", 50)
    assert seen.input.frame(1_400.0) == [Intent("shock")]
    seen.input.frame(1_416.0)
    assert seen.mode.hold == ""


@pytest.mark.parametrize(
    ("changes", "clear", "state", "words"),
    [
        (IDLE, True, State.DISABLED, "not charged"),
        ({"chest_off": False, "head_off": True}, True, State.DANGER, "not clear, hold"),
        ({"chest_off": True, "head_off": True}, False, State.DANGER, "not clear, hold"),
        ({"chest_off": True, "head_off": True}, True, State.ARMED, "all clear, hold"),
        ({"chest_off": True, "head_off": True, "sync": True}, True, State.ARMED, "on next R, hold"),
    ],
)
def test_the_shock_button_says_what_a_press_would_do(
    changes: dict[str, object], clear: bool, state: State, words: str
) -> None:
    assert device.shot_of(view(**changes), clear) == (words, state)


def test_a_charge_counts_down_to_its_dump() -> None:
    assert device.charge_of(view(), views.NOW_MS).seconds == 48
    growing = view(charge="charging", since_ms=views.NOW_MS - 2_000, ready_ms=views.NOW_MS + 3_000)
    assert device.charge_of(growing, views.NOW_MS).seconds == 3


@pytest.mark.parametrize(
    ("changes", "off"),
    [({"pads": False, "charge": "idle"}, "pads are off"), (PACING, "the pacemaker is on"),
     ({"charge": "blocked"}, "STOP was called"), (IDLE, "")],
)  # fmt: skip
def test_a_charge_that_cannot_be_says_why(changes: dict[str, object], off: str) -> None:
    assert device.charge_of(view(**changes), views.NOW_MS).off == off


def test_sync_drops_with_the_shock_and_the_device_says_so(canvas: pygame.Surface) -> None:
    screen, seen = MedsScreen(), still(sync=True, shocks=0)
    pictures = []
    for changes, now_ms in (({"sync": True}, 0), ({"shocks": 1, **IDLE}, 500), ({"shocks": 1, **IDLE}, 8_000)):
        seen.view = replace(seen.view, defibrillator=view(**({"shocks": 0} | changes)))
        screen.draw(canvas, seen, views.NOW_MS + now_ms)
        pictures.append(pygame.image.tobytes(canvas.subsurface((984, 236, 160, 20)), "RGB"))
    assert len(set(pictures)) == 3


def test_sync_and_pace_exclude_each_other_in_the_picture(canvas: pygame.Surface) -> None:
    for changes, dashed in (({"sync": True}, device.PACE), (PACING, device.SYNC)):
        plain, off = [], []
        controls(canvas, still())
        plain.append(pygame.image.tobytes(canvas.subsurface(dashed), "RGB"))
        controls(canvas, still(**changes))
        off.append(pygame.image.tobytes(canvas.subsurface(dashed), "RGB"))
        assert plain != off


def test_pads_that_are_on_are_moved_to_another_vector_by_touch_and_by_key(canvas: pygame.Surface) -> None:
    seen = still(**IDLE)
    assert at(controls(canvas, seen), device.PADS).intent == Intent(Local.OPEN, ("move_pads",))
    place = seen.input.tray().index("move_pads")
    for code in (*["ArrowDown"] * place, "Enter"):
        for down in (True, False):
            seen.input.feed(InputEvent(Kind.KEY, code, down, 1.0, 0, 0, 0), ())
    assert [tile.intent for tile in seen.tiles] == [Intent("move_pads", ("al",)), Intent("move_pads", ("ap",))]


def test_pads_in_the_hand_are_stuck_by_either_place(canvas: pygame.Surface) -> None:
    found = controls(canvas, still(pads=False, **IDLE))
    for spot in pins.SPOTS["al"]:
        assert at(found, pygame.Rect((0, 0), pins.SPOT).move_to(center=spot)).intent == Intent("pads")


def test_a_seat_without_the_cart_finds_its_choices_too(canvas: pygame.Surface) -> None:
    seen = Still(Station.DEFIBRILLATOR, 2, defibrillator=view(**IDLE))
    seen.input.mode = Mode(path=("move_pads",), root=1)
    taken = [control.intent for control in controls(canvas, seen) if control.intent.op == Local.CHOOSE]
    assert taken == [Intent(Local.CHOOSE, (0,)), Intent(Local.CHOOSE, (1,))]
