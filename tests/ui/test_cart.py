"""The cart: drawers that stay open, labels that can be read, a plunger that chooses nothing by itself, and paper."""

from dataclasses import replace

import pygame
import pytest

from game.content.pack import UNITS
from game.log import Input, Plain
from game.platform import InputEvent, Kind
from game.rules.commands import SITES, Feel
from game.rules.setup import Sight
from game.rules.views import FindingView, FluidView, InfusionView, OrderView, SlipView
from game.stations import Station
from game.ui import docks, hand, library, stock, text
from game.ui.drawers import DRAWERS
from game.ui.screen import Control, Intent, Local, Mode
from game.ui.screens import builder, cupboard, paper, pins
from game.ui.screens.meds import MedsScreen
from game.ui.theme import STATE_COLOURS, State
from tests.ui import views
from tests.ui.stills import Still
from tests.ui.table import Table

MEDS = Station.CART | Station.DEFIBRILLATOR
EMPTY = replace(views.cart(), drug="", dose_ug=0)
PACKS = ("aha2025", "erc2025")


def key(still: Still, *codes: str) -> list[object]:
    """Presses keys; returns what they mean."""
    acts: list[object] = []
    for code in codes:
        for down in (True, False):
            acts += still.input.feed(InputEvent(Kind.KEY, code, down, 1.0, 0, 0, 0), ())
    return acts


def controls(canvas: pygame.Surface, still: Still) -> list[Control]:
    screen = MedsScreen()
    screen.draw(canvas, still, views.NOW_MS)
    return list(screen.controls())


def at(found: list[Control], place: tuple[int, int]) -> Control:
    return next(control for control in reversed(found) if control.rect.collidepoint(place))


def finger(still: Still, found: list[Control], kind: Kind, place: tuple[int, int], *, down: bool) -> list[object]:
    return list(still.input.feed(InputEvent(kind, "", down, 1.0, *place, 1), found))


@pytest.mark.parametrize("name", PACKS)
def test_every_drug_that_can_be_drawn_up_lies_in_a_drawer_with_its_label(name: str) -> None:
    pack = library.pack(name)
    for drug in pack.drugs.values():
        if not drug.doses_ug:
            continue
        container = stock.container_of(drug.name)
        assert container is not None, drug.name
        assert container.source
        label = cupboard.printed(container, pack)
        assert all(label)
        content = container.content * UNITS[drug.unit]
        assert container.volume_of(pack, round(content)) == pytest.approx(container.volume_ml)


@pytest.mark.parametrize("name", PACKS)
def test_what_can_be_given_fits_a_syringe(name: str) -> None:
    pack = library.pack(name)
    for container in stock.stock().values():
        if stock.amounts(pack, container.drug):
            assert max(hand.stops_ml(container, pack)) <= hand.size_ml(container, pack)


def test_epinephrine_of_both_kinds_differs_in_what_is_printed() -> None:
    pack = library.pack("aha2025")
    ready, ampoule = (stock.stock()[name] for name in ("epinephrine", "epinephrine_ampoule"))
    assert cupboard.printed(ready, pack)[1] == "0.1 mg/mL"
    assert cupboard.printed(ampoule, pack)[1] == "1 mg/mL"
    assert ready.colour == ampoule.colour


def test_late_cases_have_their_drawers_filled_in_another_order() -> None:
    pack = library.pack("aha2025")
    early, late = (stock.shelf("arrest_drugs", library.level(name), pack) for name in ("S01", "S13"))
    assert {each.key for each in early} == {each.key for each in late}
    assert [each.key for each in early] != [each.key for each in late]


def test_a_drawer_stays_open_until_it_is_closed_and_its_digits_never_become_reports() -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    key(still, "Enter", "Digit1", "PageUp")
    assert key(still, "Enter") == [Intent("draw", ("epinephrine", 1000))]
    assert still.mode.group == "arrest_drugs"
    assert key(still, "Digit3") == []
    assert still.mode.picked == "amiodarone"
    key(still, "Escape")
    assert key(still, "Digit1") == [Intent("report", (still.view.findings[0].key,))]


def test_the_dock_shows_no_caps_while_a_drawer_has_the_digits(canvas: pygame.Surface) -> None:
    still = Still(MEDS, 2)
    assert all(slot.label.key for slot in docks.bedside_slots(still) if slot.label.words)
    still.input.mode = Mode(group="bags")
    assert not any(slot.label.key for slot in docks.bedside_slots(still))


def test_an_open_drawer_sleeps_while_the_ring_is_up() -> None:
    still = Still(MEDS, 2, check=views.ring())
    still.input.mode = Mode(group="arrest_drugs")
    assert still.tiles == ()
    assert key(still, "Digit1") == [Intent("report", (still.view.findings[0].key,))]


def test_nothing_is_drawn_up_before_the_plunger_is_pulled() -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    key(still, "Enter", "Digit3")
    assert (still.mode.picked, still.mode.pulled) == ("amiodarone", 0)
    assert key(still, "Enter") == []
    assert key(still, "PageUp", "Enter") == [Intent("draw", ("amiodarone", 150_000))]


def test_the_plunger_walks_the_amounts_on_offer_and_stops_at_both_ends() -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    key(still, "Enter", "Digit3", "PageDown")
    seen = []
    for code in ("PageUp", "PageUp", "PageUp", "PageDown"):
        key(still, code)
        drawn = hand.to_draw(still.mode, still.pack)
        seen.append(drawn.args[1] if drawn else 0)
    assert seen == [150_000, 300_000, 300_000, 150_000]


def test_the_open_view_presets_the_usual_dose() -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    still.sight = Sight.OPEN
    key(still, "Enter", "Digit3")
    assert hand.to_draw(still.mode, still.pack) == Intent("draw", ("amiodarone", 300_000))


def test_the_plunger_is_dragged_as_far_as_the_finger_goes_and_a_touch_alone_moves_nothing(
    canvas: pygame.Surface,
) -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    still.input.mode = Mode(picked="amiodarone")
    found = controls(canvas, still)
    finger(still, found, Kind.POINTER, (740, 380), down=True)
    assert still.mode.pulled == 0
    for x, pulled in ((760, 0), (800, 1), (850, 2), (700, 0), (852, 2)):
        finger(still, found, Kind.MOVE, (x, 380), down=True)
        assert still.mode.pulled == pulled, x
    finger(still, found, Kind.POINTER, (852, 380), down=False)
    assert at(controls(canvas, still), builder.DESK.read_back.center).intent == Intent("draw", ("amiodarone", 300_000))


def test_two_buttons_do_what_page_up_and_page_down_do(canvas: pygame.Surface) -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    still.input.mode = Mode(picked="lidocaine")
    for rect, pulled in ((builder.DESK.more, 1), (builder.DESK.more, 2), (builder.DESK.less, 1)):
        found = controls(canvas, still)
        for down in (True, False):
            finger(still, found, Kind.POINTER, rect.center, down=down)
        assert still.mode.pulled == pulled


def test_a_look_alike_is_taken_by_touch_and_shown_by_its_label(canvas: pygame.Surface) -> None:
    still = Still(MEDS, 2, cart=EMPTY)
    found = controls(canvas, still)
    for down in (True, False):
        finger(still, found, Kind.POINTER, cupboard.DESK.slots[1].center, down=down)
    assert still.mode.picked == "epinephrine_ampoule"
    assert hand.syringe(still.mode, still.view, still.pack).container == stock.stock()["epinephrine_ampoule"]


def test_a_page_of_a_long_drawer_is_turned_by_its_front(canvas: pygame.Surface) -> None:
    still = Still(MEDS, 2)
    still.input.mode = Mode(group="other_drugs")
    front = cupboard.DESK.fronts[list(DRAWERS).index("other_drugs")]
    assert at(controls(canvas, still), front.center).intent == Intent(Local.PAGE)
    first = still.tiles[0]
    key(still, "Digit7")
    assert still.tiles[0] != first


def test_a_pump_that_runs_is_turned_up_down_and_off_in_its_own_line() -> None:
    pumps = (InfusionView("norepinephrine", 10, "iv_left"),)
    still = Still(MEDS, 2, cart=replace(views.cart(), infusions=pumps))
    still.input.mode = Mode(group="bags")
    assert still.tiles[0].title == "Norepinephrine"
    key(still, "Digit1")
    meant = {tile.detail: tile.intent.args for tile in still.tiles}
    assert meant["runs now"] == ("norepinephrine", 10, "iv_left")
    assert meant["the pump"] == ("norepinephrine", 0, "iv_left")
    assert {"more", "less"} <= set(meant)


def test_the_bag_still_closed_the_dock_offers_pads_chart_and_line(canvas: pygame.Surface) -> None:
    device = replace(views.defibrillator(), pads=False, charge="idle")
    still = Still(MEDS, 2, cart=replace(EMPTY, lines=()), defibrillator=device, findings=())
    first = [Intent("pads"), Intent("chart"), Intent("access", ("iv_left",))]
    assert key(still, "Digit1", "Digit2", "Digit3") == first
    found = controls(canvas, still)
    assert {at(found, pins.IN_HAND.center).intent} == {Intent("pads")}
    assert [control.intent for control in docks.controls(still)[:3]] == first


@pytest.mark.parametrize("place", range(4))
def test_a_site_is_reached_by_pin_button_and_key(canvas: pygame.Surface, place: int) -> None:
    still, site = Still(MEDS, 2, cart=replace(EMPTY, lines=())), SITES[place]
    found = controls(canvas, still)
    for rect in (pins.pin_rect(site), builder.DESK.lines[place]):
        control = at(found, rect.center)
        assert control.intent == Intent("access", (site,))
        assert min(control.rect.size) >= 44
    still.input.mode = Mode(group="lines")
    assert key(still, f"Digit{place + 1}") == [Intent("access", (site,))]


def test_what_is_in_the_hand_goes_into_an_open_line_by_a_hold(canvas: pygame.Surface) -> None:
    still = Still(MEDS, 2)
    control = at(controls(canvas, still), pins.pin_rect("iv_left").center)
    assert (control.intent, control.feel) == (Intent("give", ("iv_left",)), Feel.HOLD)


@pytest.mark.parametrize("name", PACKS)
def test_every_slot_of_every_drawer_says_its_words_whole(canvas: pygame.Surface, name: str) -> None:
    still = Still(MEDS, 2)
    still.pack = library.pack(name)
    for drawer in DRAWERS:
        for page in range(8):
            still.input.mode = Mode(group=drawer, page=page)
            for slot in cupboard._slots(still):
                assert text.width(slot.detail, 14, 500) <= cupboard.SLOT_PX or not slot.container, slot


def test_the_paper_is_turned_over_by_the_key_of_the_plunger_while_it_is_up() -> None:
    still = Still(MEDS, 2)
    still.input.mode = Mode(paper=True, picked="amiodarone")
    key(still, "PageDown")
    assert (still.mode.page, still.mode.pulled, still.mode.paper) == (1, 0, True)


def inputs(table: Table) -> list[tuple[Plain, ...]]:
    return [entry.args for entry in table.log if entry.kind is Input.COMMAND and entry.seat == table.seat]


def test_a_drug_is_drawn_up_given_and_flushed_by_keys(canvas: pygame.Surface) -> None:
    table = Table(2)
    table.play(0.3)
    for code in ("ArrowDown", "ArrowDown", "Enter", "Digit4", "Escape"):
        table.tap(code)
    table.play(table.app.client.pack.tasks_ms["access_io"] / 1000 + 0.5)
    for code in ("ArrowUp", "ArrowUp", "Enter", "Digit1", "PageUp", "Enter"):
        table.tap(code)
    table.play(table.app.client.pack.drugs["epinephrine"].draw_ms / 1000 + 0.5)
    assert table.app.client.view.cart is not None
    assert table.app.client.view.cart.drug == "epinephrine"
    table.key("KeyG", down=True)
    table.play(0.2)
    assert table.app.client.mode.hold == "give"
    table.play(0.4)
    table.key("KeyG", down=False)
    table.play(table.app.client.pack.tasks_ms["give"] / 1000 + 0.5)
    table.tap("KeyL")
    table.play(0.3)
    assert [args[0] for args in inputs(table)] == ["access", "draw", "give", "flush"]


ORDER = views.order(1, Station.CART, "give", "epinephrine", 1000, state="heard")


def shown(canvas: pygame.Surface, **changes: object) -> pygame.Color:
    """The ground of the button for the next step."""
    MedsScreen().draw(canvas, Still(MEDS, 2, **changes), views.NOW_MS)
    return canvas.get_at((builder.DESK.read_back.right - 10, builder.DESK.read_back.y + 10))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, State.DISABLED),
        ({"orders": (ORDER,), "cart": EMPTY}, State.DISABLED),
        ({"orders": (ORDER,)}, State.PRIMARY),
        ({"orders": (replace(ORDER, state="sent"),), "cart": EMPTY}, State.PRIMARY),
    ],
    ids=["nobody asked", "nothing in hand", "asked and drawn", "not heard yet"],
)
def test_read_back_lights_once_an_order_waits_for_what_is_in_the_hand(
    canvas: pygame.Surface, changes: dict[str, object], state: State
) -> None:
    assert shown(canvas, **changes) == pygame.Color(STATE_COLOURS[state].fill)


@pytest.mark.parametrize(
    ("orders", "ticked"),
    [
        ((), False),
        ((replace(ORDER, state="read_back", said=("give", "epinephrine", 1000)),), True),
        ((replace(ORDER, state="confirmed", said=("give", "epinephrine", 1000)),), True),
        ((replace(ORDER, state="corrected", said=("give", "epinephrine", 1000)),), False),
        ((replace(ORDER, state="confirmed", said=("give", "amiodarone", 300_000)),), False),
    ],
)
def test_the_read_back_is_ticked_only_where_one_was_said_of_this_syringe(
    canvas: pygame.Surface, orders: tuple[OrderView, ...], ticked: bool
) -> None:
    assert (shown(canvas, orders=orders) == pygame.Color(STATE_COLOURS[State.OK].fill)) is ticked


GAS = SlipView(
    "gas", 0, views.NOW_MS - 61_000, (("ph_thousandth", 6_900), ("paco2_mmhg", 40), ("lactate_tenth_mmol_l", 140))
)


def test_paper_is_in_parts_with_what_waits_first_and_what_is_out_of_range_marked() -> None:
    waits = SlipView("labs", views.NOW_MS + 41_000, views.NOW_MS, ())
    pumps, bags = (InfusionView("norepinephrine", 10, "iv_left"),), (FluidView("crystalloid", 500, "iv_left", 500_000),)
    cart = replace(views.cart(), slips=(GAS, waits), infusions=pumps, fluids=bags)
    findings = (FindingView("gas.lactate_tenth_mmol_l", "140"), FindingView("gas.ph_thousandth", "6900"))
    still = Still(MEDS, 2, cart=cart, findings=findings)
    blocks = paper.blocks_of(still, views.NOW_MS)
    assert [block.title for block in blocks] == ["Chart", "Runs in", "Lab bloods", "Blood gas"]
    assert blocks[2].hint == "back in 0:41"
    assert [row.tone for row in blocks[3].rows] == ["warn", "warn", ""]


def test_every_line_of_paper_fits_its_column(canvas: pygame.Surface) -> None:
    values = tuple((name, 12_345) for name in ("ph_thousandth", "paco2_mmhg", "lactate_tenth_mmol_l"))
    still = Still(MEDS, 2, cart=replace(views.cart(), slips=(replace(GAS, values=values),)))
    for spot, _ in paper._flow(paper.blocks_of(still, views.NOW_MS)):
        assert spot.y <= paper.FOOT
    assert paper._as_many(("potassium 8.5", "pH 6.9", "lactate 14", "glucose 2.1", "sodium 120"), 200).endswith("+3")


def test_the_plunger_is_dragged_in_a_running_case(canvas: pygame.Surface) -> None:
    table = Table(2)
    table.play(0.3)

    def point(kind: Kind, place: tuple[int, int], *, down: bool) -> None:
        table.platform.queue.append(InputEvent(kind, "", down, table.platform.time_ms, *place, 1))
        table.play(0.05)

    slot, start, button = cupboard.DESK.slots[2].center, (740, 380), builder.DESK.read_back.center
    for down in (True, False):
        point(Kind.POINTER, slot, down=down)
    point(Kind.POINTER, start, down=True)
    point(Kind.MOVE, (start[0] + 113, 380), down=True)
    point(Kind.POINTER, (start[0] + 113, 380), down=False)
    for down in (True, False):
        point(Kind.POINTER, button, down=down)
    table.play(0.3)
    assert inputs(table) == [("draw", "amiodarone", 300_000)]
    assert table.app.client.view.task is not None
