"""Keys, pointers and fingers: taps, holds, strokes, and what is open over the station."""

from dataclasses import replace

import pygame
import pytest

from game.log import Plain
from game.platform import InputEvent, Kind
from game.rules.commands import COMMANDS, PUSH_KEY, Feel, commands_of, orders_to
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.stations import Station
from game.ui import library
from game.ui.desk import Desk
from game.ui.drawers import DRAWERS
from game.ui.input import DOCK_REST_MS, TAP_MS, TWICE_MS, Act, Input, Notice, Stroke
from game.ui.keymap import station_layer
from game.ui.pads import ACTS
from game.ui.screen import Control, Intent, Local
from game.ui.settings import Settings
from game.ui.tiles import PAGE
from tests.ui import views

MEDS = Station.CART | Station.DEFIBRILLATOR


class Player:
    """A seat with a fixed view, and fingers to press keys with."""

    def __init__(self, stations: Station, seat: int = 0, **changes: object) -> None:
        self.stations, self.seat = stations, seat
        self.settings = Settings()
        self.desk = Desk(library.level("S01"), library.pack("aha2025"), views.view(stations, **changes))
        self.input = Input(self)
        self.now_ms = 0.0

    def key(self, code: str, *, down: bool = True, after_ms: float = 1.0) -> list[Act]:
        self.now_ms += after_ms
        return self.input.feed(InputEvent(Kind.KEY, code, down, self.now_ms, 0, 0, 0), ())

    def tap(self, *codes: str) -> list[Act]:
        return [act for code in codes for down in (True, False) for act in self.key(code, down=down)]

    def finger(self, control: Control, kind: Kind, x: int, y: int, *, down: bool) -> list[Act]:
        self.now_ms += 1
        return self.input.feed(InputEvent(kind, "", down, self.now_ms, x, y, 1), [control])

    def wait(self, ms: float) -> list[Act]:
        self.now_ms += ms
        return self.input.frame(self.now_ms)


def test_space_on_the_chest_is_a_stroke_with_its_stamps() -> None:
    player = Player(Station.CHEST)
    assert player.key("Space", after_ms=100) == [Stroke(PUSH_KEY, True, 100)]
    assert player.key("Space", down=False, after_ms=180) == [Stroke(PUSH_KEY, False, 280)]


def test_a_stroke_that_began_as_a_push_ends_as_a_push() -> None:
    player = Player(Station.CHEST | Station.AIRWAY)
    down = player.key("Space")
    player.desk = Desk(player.desk.level, player.desk.pack, views.view(Station.AIRWAY))
    player.stations = Station.AIRWAY
    up = player.key("Space", down=False)
    assert [(act.key, act.down) for act in (*down, *up) if isinstance(act, Stroke)] == [(1, True), (1, False)]


def test_the_shock_key_is_held_400_ms() -> None:
    player = Player(MEDS)
    assert player.tap("KeyX") == []
    assert player.key("KeyX") == []
    assert player.wait(399) == []
    assert player.wait(1) == [Intent("shock")]
    assert player.wait(1000) == []


def test_a_finger_that_slides_off_cancels_a_held_control() -> None:
    player = Player(MEDS)
    control = Control(pygame.Rect(100, 100, 50, 50), Intent("shock"), Feel.HOLD)
    player.finger(control, Kind.POINTER, 110, 110, down=True)
    player.finger(control, Kind.MOVE, 300, 110, down=True)
    assert player.wait(500) == []


def test_the_leader_taps_r_to_confirm_and_holds_it_to_correct() -> None:
    orders = (views.order(4, Station.CART, "give", "epinephrine", 1000, state="read_back"),)
    assert Player(Station.LEAD, orders=orders).tap("KeyR") == [Intent("confirm", (4,))]
    player = Player(Station.LEAD, orders=orders)
    player.key("KeyR")
    assert player.wait(400) == [Intent("correct", (4,))]
    assert player.key("KeyR", down=False) == []


DRUG_PAD = ["Epinephrine", "Antiarrhythmic", "Calcium", "Bicarbonate", "Fluid or blood", "Other"]


def test_the_drug_pad_asks_what_and_how_much_with_nothing_filled_in() -> None:
    player = Player(Station.LEAD)
    player.tap("Digit4")
    assert [tile.title for tile in player.input.tiles] == DRUG_PAD
    player.tap("Digit2", "Digit1")
    assert [tile.title for tile in player.input.tiles] == ["300 mg", "150 mg"]
    assert player.input.trail == ("Cart", "Give", "Amiodarone")
    assert player.tap("Digit1") == [Intent("order", (4, "give", "amiodarone", 300_000))]
    assert player.input.tiles == ()


def test_esc_goes_back_one_step_and_the_pads_own_digit_closes_it() -> None:
    player = Player(Station.LEAD)
    player.tap("Digit4", "Digit2", "Digit1", "Escape")
    assert [tile.title for tile in player.input.tiles] == ["Amiodarone", "Lidocaine"]
    player.tap("Escape")
    assert [tile.title for tile in player.input.tiles] == DRUG_PAD
    player.tap("Escape")
    assert player.input.tiles == ()
    player.tap("Escape")
    assert player.input.mode.menu


@pytest.mark.parametrize(
    ("keys", "op", "args"),
    [
        (("Digit3", "Digit2"), "order", (8, "charge")),
        (("Digit5", "Digit1"), "order", (4, "access")),
        (("Digit3", "Digit4", "Digit2"), "order", (8, "move_pads", "ap")),
        (("Digit3", "Digit7", "Digit2"), "order", (8, "shock")),
        (("Digit4", "Digit5", "Digit1", "Digit1"), "order", (4, "hang", "crystalloid", 500)),
        (("Digit4", "Digit6", "Digit1", "Digit1", "Digit1"), "order", (4, "pump", "epinephrine", 5)),
        (("Digit5", "Digit4"), "order", (2, "tube")),
        (("Digit5", "Digit7", "Digit1", "Digit1"), "order", (2, "oxygen", 0)),
        (
            ("Digit5", "Digit7", "Digit7", "Digit3", "Digit2", "Digit1"),
            "order",
            (2, "decompress", "thoracostomy", "left"),
        ),
        (("Digit6", "Digit6"), "hush", ()),
        (("Digit6", "Digit7", "Digit2"), "callout", ("concern",)),
        (("Digit6", "Digit7", "Digit4"), "end", ()),
        (("Digit6", "Digit1", "Digit1", "Digit2", "Digit1"), "summary", ("vf", 1, 0)),
        (("Digit6", "Digit3", "Digit1"), "ask", (next(iter(library.level("S01").questions)),)),
        (("Digit6", "Digit5"), "order", (1, "switch_ask")),
        (("KeyH", "Digit2", "Digit3"), "cause", ("hypoxia", "ruled_out")),
        (("KeyT", "Digit6", "Digit2"), "cause", ("low_glucose", "possible")),
        (("Digit1",), "check", ()),
        (("KeyZ",), "restart_cycle", ()),
    ],
)
def test_the_leader_says_it_in_digits(keys: tuple[str, ...], op: str, args: tuple[Plain, ...]) -> None:
    player = Player(Station.LEAD)
    acts = []
    for key in keys:
        acts += player.tap(key)
        player.now_ms += TWICE_MS
    assert acts == [Intent(op, args)]


def test_the_tray_is_walked_with_arrows_and_taken_with_enter() -> None:
    player = Player(Station.AIRWAY)
    at = player.input.tray().index("glucose")
    player.tap(*["ArrowRight"] * at)
    assert player.tap("Enter") == [Intent("glucose")]


@pytest.mark.parametrize("stations", [Station.CHEST, Station.AIRWAY, MEDS, Station.CART, Station.DEFIBRILLATOR])
def test_every_command_of_the_tray_can_be_played_from_the_keyboard(stations: Station) -> None:
    layer = station_layer(stations, 0, Player(stations).desk)
    played = {str(key.intent.args[0] if key.intent.op == Local.OPEN else key.intent.op) for key in layer}
    for place, entry in enumerate(Player(stations).input.tray()):
        for inside in range(PAGE if entry in DRAWERS else 1):
            player = Player(stations)
            player.tap(*["ArrowDown"] * place)
            acts = player.tap("Enter")
            acts += player.tap(*["ArrowDown"] * inside, "Enter") if entry in DRAWERS else []
            for _ in range(4):
                acts = acts or player.tap("PageUp", "Enter" if player.input.mode.picked else "Digit1")
            played |= {act.op for act in acts if isinstance(act, Intent)}
    by_state = {"tube_aim", "tube_pass", "pull_back"} | {"pads", "charge", "pace_current"}
    assert {row.op for row in commands_of(stations) if row.tray} - by_state <= played


def test_what_stays_on_this_device_is_no_command() -> None:
    assert set(Local).isdisjoint(COMMANDS)


def test_what_is_not_possible_says_why_instead_of_opening() -> None:
    player = Player(MEDS)
    busy = tuple(int(Refusal.BUSY) for _ in player.desk.view.ready)
    player.desk = Desk(player.desk.level, player.desk.pack, views.view(MEDS, ready=busy))
    player.tap(*["ArrowDown"] * player.input.tray().index("bags"), "Enter")
    assert player.tap("Enter") == [Notice("hang", Refusal.BUSY)]


def test_a_disabled_control_answers_with_its_reason() -> None:
    player = Player(MEDS, ready=(int(Refusal.NOT_CHARGED),) * len(views.view(MEDS).ready))
    control = Control(pygame.Rect(0, 0, 50, 50), Intent("shock"), Feel.HOLD, enabled=False)
    assert player.finger(control, Kind.POINTER, 5, 5, down=True) == [Notice("shock", Refusal.NOT_CHARGED)]


@pytest.mark.parametrize("keys", [("Digit4", "Digit1", "Digit1"), ("Digit4", "Digit4"), ("Digit3", "Escape")])
def test_one_digit_too_many_after_a_pad_stops_nobodys_hands(keys: tuple[str, ...]) -> None:
    player = Player(Station.LEAD)
    player.tap(*keys)
    player.now_ms += DOCK_REST_MS - 10
    assert player.tap("Digit1", "Digit2", *(key for key in keys[-1:] if key != "Escape")) == []
    assert not player.input.mode.pad
    player.now_ms += 10
    assert player.tap("Digit1") == [Intent("check")]


@pytest.mark.parametrize("keys", [("Digit4", "Digit1", "Digit1"), ("Digit3", "Escape"), ("KeyT", "Digit3", "Digit4")])
def test_another_pad_opens_as_soon_as_one_has_closed(keys: tuple[str, ...]) -> None:
    """A swallowed 5 once made "5, 7, 7, 3, 2": charge, of an order to decompress."""
    player = Player(Station.LEAD)
    player.tap(*keys)
    player.now_ms += 100
    player.tap("Digit5")
    assert player.input.mode.pad == 5


def test_stop_is_never_asleep() -> None:
    player = Player(Station.LEAD)
    player.tap("Digit4", "Digit4")
    assert player.tap("Digit0") == [Intent("stop")]


def test_a_pad_that_a_finger_opened_again_takes_its_digits_at_once() -> None:
    player = Player(Station.LEAD)
    player.tap("Digit4", "Digit4")
    control = Control(pygame.Rect(472, 650, 144, 56), Intent(Local.PAD, (4,)))
    player.finger(control, Kind.POINTER, 480, 660, down=True)
    player.finger(control, Kind.POINTER, 480, 660, down=False)
    player.tap("Digit1")
    assert player.input.trail == ("Cart", "Give", "Epinephrine")


def test_findings_can_be_said_one_after_the_other() -> None:
    player = Player(Station.CHEST)
    player.tap("Tab")
    assert player.tap("Digit3", "Digit1") == [Intent("callout", ("thank_you",)), Intent("report", ("chest_feel",))]


def test_the_wheel_sends_on_release_and_nothing_chosen_sends_nothing() -> None:
    player = Player(Station.AIRWAY)
    player.key("Tab")
    assert player.tap("Digit4") == []
    assert player.key("Tab", down=False) == [Intent("callout", ("concern",))]
    player.key("Tab")
    assert player.key("Tab", down=False, after_ms=TAP_MS) == []
    assert not player.input.mode.wheel


def test_a_list_of_the_wheel_that_was_held_open_and_let_go_sends_nothing() -> None:
    player = Player(Station.CHEST)
    player.key("Tab")
    player.tap("Digit1")
    assert player.key("Tab", down=False, after_ms=TAP_MS) == []


def test_a_tap_on_tab_leaves_the_wheel_open_until_something_is_chosen() -> None:
    player = Player(Station.CHEST)
    player.tap("Tab")
    assert player.input.mode.wheel
    assert player.tap("Digit1", "Digit2") == [Intent("report", ("skin",))]
    assert not player.input.mode.wheel


@pytest.mark.parametrize("key", ["Tab", "Escape"])
def test_tab_or_esc_closes_the_open_wheel(key: str) -> None:
    player = Player(Station.CHEST)
    player.tap("Tab")
    assert player.tap("Enter", key) == []
    assert not player.input.mode.wheel


def test_the_open_wheel_is_walked_with_arrows_from_its_first_place() -> None:
    player = Player(Station.CHEST)
    player.tap("Tab", "ArrowRight", "ArrowRight")
    assert player.tap("Enter") == [Intent("callout", ("say_again",))]


def test_the_wheel_reports_a_finding_two_digits_deep() -> None:
    player = Player(Station.CHEST)
    player.key("Tab")
    player.tap("Digit1", "Digit2")
    assert player.key("Tab", down=False) == [Intent("report", ("skin",))]


def test_a_finger_opens_the_wheel_and_its_choice_is_sent_at_once() -> None:
    player = Player(Station.CHEST)
    control = Control(pygame.Rect(928, 650, 112, 56), Intent(Local.WHEEL))
    player.finger(control, Kind.POINTER, 930, 655, down=True)
    player.finger(control, Kind.POINTER, 930, 655, down=False)
    assert player.input.mode.wheel
    assert player.input.mean(Intent(Local.CHOOSE, (2,)), 0) == [Intent("callout", ("thank_you",))]
    assert not player.input.mode.wheel


def test_bedside_digits_say_what_is_sensed() -> None:
    assert Player(Station.CHEST).tap("Digit2") == [Intent("report", ("skin",))]
    assert Player(Station.CHEST).tap("Digit6") == [Intent("callout", ("say_again",))]


def test_shift_and_slash_is_help_and_slash_alone_takes_the_oxygen_away() -> None:
    player = Player(Station.AIRWAY)
    assert player.tap("Slash") == [Intent("oxygen", (0,))]
    player.key("ShiftLeft")
    assert player.tap("Slash") == []
    assert player.input.mode.lit_until_ms > 0


def test_a_button_of_the_page_is_a_team_command() -> None:
    player = Player(Station.CHEST)
    assert player.input.feed(InputEvent(Kind.ACT, "start", True, 0, 0, 0, 0), ()) == [Intent("start")]


def test_the_wheel_coaches_the_chest() -> None:
    player = Player(Station.AIRWAY)
    player.key("Tab")
    player.tap("Digit7")
    assert [tile.title for tile in player.input.tiles][:4] == ["Faster", "Slower", "Deeper", "Let it up"]
    player.tap("Digit3")
    assert player.key("Tab", down=False) == [Intent("callout", ("deeper",))]


def test_a_list_with_nothing_in_it_does_not_open() -> None:
    player = Player(Station.LEAD)
    assert player.input.mean(Intent(Local.OPEN, ("report",)), 0) == [Notice("report", Refusal.NOT_SENSED)]
    assert player.input.tiles == ()


def test_in_the_open_view_the_dose_of_an_order_is_filled_in() -> None:
    player = Player(Station.LEAD)
    player.desk = replace(player.desk, sight=Sight.OPEN)
    assert player.tap("Digit4", "Digit1") == [Intent("order", (4, "give", "epinephrine", 1000))]


def test_what_goes_into_the_only_line_asks_for_no_line() -> None:
    player = Player(MEDS)
    player.tap(*["ArrowDown"] * player.input.tray().index("bags"), "Enter")
    assert player.tap("Digit1", "Digit1") == [Intent("hang", ("crystalloid", 500, "iv_left"))]


def test_a_drug_that_goes_into_a_muscle_offers_the_muscle_and_the_open_line() -> None:
    player = Player(MEDS)
    player.tap(*["ArrowDown"] * player.input.tray().index("lines"), "Enter", "Digit5")
    assert [tile.title for tile in player.input.tiles] == ["IV left arm", "IM thigh"]


def test_without_a_line_a_bag_says_so() -> None:
    player = Player(MEDS, cart=replace(views.cart(), lines=(), drug="", dose_ug=0))
    player.tap(*["ArrowDown"] * player.input.tray().index("bags"), "Enter", "Digit1")
    assert player.tap("Digit1") == [Notice("hang", Refusal.NO_LINE)]


def test_a_station_is_handed_over_from_the_menu() -> None:
    player = Player(Station.AIRWAY, 1)
    player.desk = replace(player.desk, seat=1)
    player.tap("Escape", "Digit6", "Enter")
    assert [tile.title for tile in player.input.tiles] == ["Airway"]
    player.tap("Digit1")
    assert [tile.title for tile in player.input.tiles] == ["Compressor", "Meds", "Leader"]
    assert player.tap("Digit2") == [Intent("hand_over", (2, 2))]


def test_both_hands_hold_the_seal_as_edges() -> None:
    player = Player(Station.AIRWAY)
    held = [*player.key("KeyF"), *player.key("KeyJ"), *player.key("KeyF", down=False)]
    assert [(act.key, act.down) for act in held if isinstance(act, Stroke)] == [(2, True), (3, True), (2, False)]


def test_every_act_that_can_be_ordered_is_on_a_pad() -> None:
    asked = {entry for acts in ACTS.values() for entry in acts if not isinstance(entry, str)}
    by_drug, by_word = {"give", "pump", "hang"}, {"switch_ask"}
    for station in (Station.CHEST, Station.AIRWAY, Station.CART, Station.DEFIBRILLATOR):
        missing = {op for op in orders_to(station) if (station, op) not in asked} - by_drug - by_word
        assert missing == set()
