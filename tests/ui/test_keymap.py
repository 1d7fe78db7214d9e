"""No key means two things at once, whatever stations a seat holds; every command has a way in by key."""

from dataclasses import replace
from itertools import combinations

import pytest

from game.rules.commands import PUSH_KEY, SQUEEZE_KEY, Feel, commands_of
from game.rules.views import SwitchView, TubeView
from game.stations import SEAT_SETS, Station
from game.ui import frame, library
from game.ui.desk import Desk
from game.ui.drawers import picture, pictures
from game.ui.keymap import Binding, keymap, next_step, rhythm_key, ring_layer, station_layer, useful
from game.ui.screen import Intent, Local, Mode, Sheet
from tests.ui import views
from tests.ui.stills import Still

LEVEL, PACK = library.level("S01"), library.pack("aha2025")
SETS = [Station(sum(group)) for count in range(1, 6) for group in combinations([int(one) for one in Station], count)]
MEDS = Station.CART | Station.DEFIBRILLATOR
ORDERS = (
    views.order(1, Station.CART, "give", "epinephrine", 1000, state="read_back"),
    views.order(2, Station.AIRWAY, "sga"),
)


def desk(stations: Station, **changes: object) -> Desk:
    return Desk(LEVEL, PACK, views.view(stations, **changes))


MOMENTS: dict[str, dict[str, object]] = {
    "nothing asked": {"orders": ()},
    "orders wait": {"orders": ORDERS},
    "a station is offered": {"orders": (), "offers": ((int(Station.CART), 2),)},
    "the pacemaker is on": {"defibrillator": replace(views.defibrillator(), pacing=True)},
    "the blade is in": {"airway": replace(views.airway(), tube=TubeView("view", 0, 7, shaking=False, attempts=1))},
    "the cords are seen": {"airway": replace(views.airway(), tube=TubeView("cords", 0, 7, shaking=True, attempts=1))},
    "the chart was read": {"cart": replace(views.cart(), chart_read=True)},
}


def moments(stations: Station) -> list[dict[str, object]]:
    held = {"airway": Station.AIRWAY, "cart": Station.CART, "defibrillator": Station.DEFIBRILLATOR}
    return [changes for changes in MOMENTS.values() if all(held.get(part, stations) & stations for part in changes)]


@pytest.mark.parametrize("stations", SETS)
def test_no_key_means_two_things_at_once(stations: Station) -> None:
    for changes in moments(stations):
        keys = [binding.key for binding in station_layer(stations, 0, desk(stations, **changes))]
        assert len(keys) == len(set(keys)), changes


@pytest.mark.parametrize("players", SEAT_SETS)
def test_a_seat_reaches_every_picture_of_its_stations(players: int) -> None:
    for stations in SEAT_SETS[players]:
        own = pictures(stations)
        assert {picture(stations, turn) for turn in range(len(own))} == set(own)
        keys = keymap(stations, 0, desk(stations), Mode(), 0)
        assert ("Backquote" in keys) is (len(own) > 1)


def test_one_key_goes_through_the_steps_of_a_tube() -> None:
    meant = [
        keymap(Station.AIRWAY, 1, desk(Station.AIRWAY, **changes), Mode(), 0)["KeyI"].intent.op
        for changes in ({}, MOMENTS["the blade is in"], MOMENTS["the cords are seen"])
    ]
    assert meant == ["tube", "tube_aim", "tube_pass"]


def test_m_reads_the_chart_and_then_opens_it() -> None:
    meant = [
        keymap(MEDS, 2, desk(MEDS, **changes), Mode(), 0)["KeyM"].intent.op
        for changes in ({}, MOMENTS["the chart was read"])
    ]
    assert meant == ["chart", Local.PAPER]


def test_r_takes_what_is_offered_once_no_order_waits() -> None:
    offer = MOMENTS["a station is offered"]
    assert next_step(Station.AIRWAY, views.view(Station.AIRWAY, **offer)) == Binding("KeyR", Intent("take", (4,)))


@pytest.mark.parametrize("stations", SETS)
@pytest.mark.parametrize("call", ["", "vf", "organised_wide"])
def test_no_key_means_two_things_in_the_ring(stations: Station, call: str) -> None:
    keys = [binding.key for binding in ring_layer(stations, views.view(stations, check=views.ring(call)))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("stations", SETS)
def test_stop_works_in_every_mode(stations: Station) -> None:
    for mode in (Mode(), Mode(pad=4), Mode(wheel=True), Mode(menu=Sheet()), Mode(path=("oxygen",)), Mode(history=True)):
        for check in (views.ring(), views.ring("vf")):
            keys = keymap(stations, 0, desk(stations, check=check), mode, tiles=6)
            assert keys["Digit0"].intent == Intent("stop")


@pytest.mark.parametrize("stations", SETS)
def test_every_command_of_the_tray_is_reached_by_a_key_of_its_own_or_by_the_cursor(stations: Station) -> None:
    keys = keymap(stations, 0, desk(stations), Mode(), tiles=0)
    tray = [row for row in commands_of(stations) if row.tray]
    if tray:
        assert keys["ArrowRight"].intent.op == Local.MOVE
        assert keys["Enter"].intent.op == Local.TAKE
    for row in tray:
        if row.key.startswith("Key"):
            meant = keys[row.key].intent
            # What is charged can only be dumped.
            assert {row.op, *(("dump",) if row.op == "charge" else ())} & {meant.op, *meant.args}


def test_r_hears_then_reads_back_only_what_is_read_back() -> None:
    steps = {}
    for state in ("sent", "heard", "corrected", "confirmed"):
        view = views.view(MEDS, orders=(views.order(7, Station.CART, "give", "epinephrine", 1000, state=state),))
        answer = next_step(MEDS, view)
        steps[state] = answer.intent if answer else None
    assert steps == {
        "sent": Intent("hear", (7,)),
        "heard": Intent("read_back", (7,)),
        "corrected": Intent("read_back", (7,)),
        "confirmed": None,
    }
    heard = views.view(Station.AIRWAY, orders=(views.order(8, Station.AIRWAY, "sga", state="heard"),))
    assert next_step(Station.AIRWAY, heard) is None


def test_what_is_not_drawn_up_yet_keeps_no_other_order_unheard() -> None:
    heard = views.order(7, Station.CART, "give", "atropine", 1000, state="heard")
    unheard = views.order(8, Station.CART, "give", "midazolam", 2000)
    empty, full = replace(views.cart(), drug="", dose_ug=0), replace(views.cart(), drug="atropine", dose_ug=1000)
    answers = [
        next_step(MEDS, views.view(MEDS, orders=orders, cart=cart))
        for orders, cart in (((heard, unheard), empty), ((heard, unheard), full), ((heard,), empty))
    ]
    assert [answer and answer.intent for answer in answers] == [
        Intent("hear", (8,)),
        Intent("read_back", (7,)),
        Intent("read_back", (7,)),
    ]
    for cart, shown in ((empty, unheard), (full, heard)):
        assert frame.own_order(Still(MEDS, 2, orders=(heard, unheard), cart=cart)) == shown


def test_the_leader_confirms_with_r_and_corrects_by_holding_it() -> None:
    answer = next_step(Station.LEAD, views.view(Station.LEAD, orders=ORDERS))
    assert answer is not None
    assert answer.intent == Intent("confirm", (1,))
    assert answer.held == Intent("correct", (1,))


def test_s_asks_on_the_chest_and_says_yes_elsewhere() -> None:
    asked = SwitchView(views.NOW_MS, -1, open=False)
    assert keymap(Station.CHEST, 0, desk(Station.CHEST), Mode(), 0)["KeyS"].intent == Intent("switch_ask")
    assert keymap(Station.AIRWAY, 1, desk(Station.AIRWAY, switch=asked), Mode(), 0)["KeyS"].intent == Intent(
        "switch_yes"
    )


def test_space_pushes_for_the_partner_who_said_yes_once_a_check_has_freed_the_chest() -> None:
    keys = {
        is_open: rhythm_key(
            Station.AIRWAY, 1, views.view(Station.AIRWAY, switch=SwitchView(views.NOW_MS, 1, open=is_open))
        )
        for is_open in (False, True)
    }
    assert keys == {False: SQUEEZE_KEY, True: PUSH_KEY}


def test_in_the_ring_the_leader_resumes_with_enter_and_the_dock_is_dead() -> None:
    keys = keymap(Station.LEAD, 3, desk(Station.LEAD, check=views.ring()), Mode(), 0)
    assert keys["Enter"].intent == keys["Digit2"].intent == Intent("resume")
    assert keys["KeyV"].intent == Intent("call", ("vf",))
    assert not {"Digit1", "Digit3", "Digit4", "Digit5", "Digit6"} & keys.keys()


def test_v_calls_the_rhythm_before_it_says_clear_where_one_seat_leads_and_shocks() -> None:
    both = Station.LEAD | Station.DEFIBRILLATOR
    meant = [keymap(both, 0, desk(both, check=views.ring(call)), Mode(), 0)["KeyV"].intent for call in ("", "vf")]
    assert meant == [Intent("call", ("vf",)), Intent("clear")]


def test_give_goes_into_the_one_open_line_and_is_held() -> None:
    binding = keymap(MEDS, 2, desk(MEDS), Mode(), 0)["KeyG"]
    assert binding.intent == Intent("give", ("iv_left",))
    assert binding.feel is Feel.HOLD


def test_oxygen_goes_up_and_down_by_the_flows_of_the_pack() -> None:
    keys = keymap(Station.AIRWAY, 1, desk(Station.AIRWAY), Mode(), 0)
    assert keys["Comma"].intent == Intent("oxygen", (10,))
    assert keys["Slash"].intent == Intent("oxygen", (0,))


@pytest.mark.parametrize("stations", SETS)
def test_help_finds_something_to_do(stations: Station) -> None:
    assert useful(stations, 0, desk(stations)) is not None
