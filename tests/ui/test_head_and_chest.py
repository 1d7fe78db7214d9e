"""The patient, the head of the bed and the chest: what is drawn follows from what the seat sees and does."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.rules.commands import commands_of
from game.rules.refusals import Refusal
from game.rules.views import BodyView, FindingView, TubeView
from game.stations import Station
from game.ui import art, docks, library, patient, tray
from game.ui.files import ASSETS
from game.ui.keymap import COACHED, DIGITS, keymap
from game.ui.screen import Control, Hands, Intent, Local, Mode
from game.ui.screens import airway, breaths, chest, coach, count, feel, head, heard, mask, palpate, placed
from game.ui.screens.airway import AirwayScreen
from game.ui.screens.chest import ChestScreen
from tests.ui import moments, views
from tests.ui.stills import Still
from tests.ui.views import NOW_MS

STAGES = ("compressor", "airway", "meds", "leader_nocrew", "shock_nocrew")
LARGEST_KB = 900


def picture(screen: AirwayScreen | ChestScreen, still: Still, canvas: pygame.Surface, now_ms: int = NOW_MS) -> bytes:
    screen.draw(canvas, still, now_ms)
    return pygame.image.tobytes(canvas, "RGB")


def controls_at(screen: AirwayScreen | ChestScreen, point: tuple[int, int]) -> Control:
    return next(each for each in reversed(list(screen.controls())) if each.rect.collidepoint(point))


def test_art_and_fonts_are_small_enough_for_a_classroom() -> None:
    files = [*Path(ASSETS / "art").iterdir(), *Path(ASSETS / "fonts").iterdir()]
    assert sum(file.stat().st_size for file in files) <= LARGEST_KB * 1024


@pytest.mark.parametrize("name", STAGES)
def test_every_state_of_the_body_looks_different_on_every_camera(canvas: pygame.Surface, name: str) -> None:
    plain = art.Body()
    states = [plain, plain._replace(woman=True), plain._replace(awake=True), plain._replace(pads=True)]
    states += [
        plain._replace(woman=True, awake=True),
        *(plain._replace(device=each) for each in ("mask", "tube", "sga")),
    ]
    drawn = {pygame.image.tobytes(art.stage(name, state), "RGB") for state in states}
    assert len(drawn) == len(states)


def test_pads_are_seen_by_every_seat_and_only_while_they_are_on() -> None:
    for stations, seat in ((Station.CHEST, 0), (Station.AIRWAY, 1), (Station.LEAD, 3)):
        assert not patient.body_of(Still(stations, seat, body=BodyView(pads=False))).pads
        assert patient.body_of(Still(stations, seat, body=BodyView(pads=True))).pads


def test_the_patient_is_who_the_level_says_and_awake_while_the_eyes_are_open() -> None:
    still = Still(Station.CHEST, 0, body=BodyView(eyes_open=True))
    assert [library.level(name).sex for name in ("S16", "S16B")] == ["man", "woman"]
    for name in ("S16", "S16B"):
        still.level = library.level(name)
        assert patient.body_of(still).woman is (name == "S16B")
    assert patient.body_of(still).awake
    assert not patient.body_of(Still(Station.CHEST, 0)).awake


def test_a_mask_lies_on_the_face_only_while_hands_hold_it() -> None:
    for on, device in ((True, "mask"), (False, "")):
        crew = tuple(replace(seen, hands_on=on) for seen in views.view(Station.CHEST).crew)
        assert patient.body_of(Still(Station.CHEST, 0, crew=crew)).device == device
    crew = tuple(replace(seen, hands_on=False) for seen in views.view(Station.CHEST).crew)
    assert patient.body_of(Still(Station.CHEST, 0, crew=crew, body=BodyView(device="tube"))).device == "tube"


def test_hands_leave_the_picture_over_a_pulse_and_over_open_eyes() -> None:
    hover = Still(Station.CHEST, 0)
    assert chest.lift(hover, views.chest(), NOW_MS) == chest.LIFTED_PX
    known = Still(Station.CHEST, 0, check=replace(views.view(Station.CHEST).check, pulse="felt"))
    awake = Still(Station.CHEST, 0, body=BodyView(eyes_open=True))
    for still in (known, awake, Still(Station.CHEST, 0, task=views.task("examine"))):
        assert chest.lift(still, views.chest(), NOW_MS) == chest.AWAY_PX
        still.hands = Hands(NOW_MS, -1, -1)
        assert chest.lift(still, views.chest(), NOW_MS) == 0


def test_nobody_counts_over_open_eyes(canvas: pygame.Surface) -> None:
    still = moments.chest(device=False, orders=(), body=BodyView(eyes_open=True))
    still.view = replace(still.view, chest=replace(views.chest(), on_chest=False))
    canvas.fill("black")
    count.draw(canvas, still, replace(views.chest(), on_chest=False), NOW_MS, device=False)
    assert canvas.get_at(count.RING[False][0]) == pygame.Color("black")


def test_arms_do_not_shake_for_whoever_asked_for_less_motion(canvas: pygame.Surface) -> None:
    for calm, pictures in ((False, 2), (True, 1)):
        still = moments.chest(device=False, orders=())
        still.settings = still.settings.changed(calm=calm)
        still.hands = Hands(NOW_MS - 1_000, -1, -1)
        screen, seen = ChestScreen(), set()
        for now_ms in range(NOW_MS, NOW_MS + 150, 10):
            screen.draw(canvas, still, now_ms)
            seen.add(pygame.image.tobytes(canvas.subsurface((400, 500, 40, 60)), "RGB"))
        assert (len(seen) > 1) == (pictures > 1)


def test_an_empty_panel_of_findings_invites_to_examine_and_a_tap_does(canvas: pygame.Surface) -> None:
    for device in (True, False):
        still = moments.chest(device=device, orders=(), findings=())
        still.view = replace(still.view, ready=(0,) * len(still.view.ready))
        screen = ChestScreen()
        screen.draw(canvas, still, NOW_MS)
        control = controls_at(screen, feel.rows(device)[0].center)
        assert (control.intent, control.enabled) == (Intent("examine"), True)


def test_what_was_felt_is_said_by_a_tap(canvas: pygame.Surface) -> None:
    screen = ChestScreen()
    screen.draw(canvas, moments.chest(), NOW_MS)
    for rect, seen in zip(feel.rows(True), moments.FELT, strict=True):
        assert controls_at(screen, rect.center).intent == Intent("report", (seen.key,))


def test_fingers_grow_sure_where_they_lie(canvas: pygame.Surface) -> None:
    seen = []
    for since_ms in (500, 2_000, 8_000):
        canvas.fill("black")
        palpate.draw(canvas, replace(views.chest(), fingers_ms=NOW_MS - since_ms, touch=100), NOW_MS)
        seen.append(pygame.image.tobytes(canvas, "RGB"))
    assert len(set(seen)) == len(seen)


def test_the_seal_ring_is_up_only_in_a_breath_window(canvas: pygame.Surface) -> None:
    top = (mask.DESK.centre[0], mask.DESK.centre[1] + mask.RADIUS)
    rings = []
    for window in (True, False):
        still = moments.airway(orders=(), airway=replace(views.airway(), window=window))
        picture(AirwayScreen(), still, canvas)
        rings.append(canvas.get_at((top[0] - 60, top[1] - 14)))
    assert rings[0] != rings[1]


def test_the_further_the_dot_the_more_of_the_ring_leaks() -> None:
    pictures = {pygame.image.tobytes(mask.ring(leaks, right), "RGBA") for leaks in (1, 4, 8) for right in (True, False)}
    assert len(pictures) == 6


@pytest.mark.parametrize(
    ("changes", "grip"),
    [
        ({}, "mask"),
        ({"task": views.task("suction")}, "rest"),
        ({"task": views.task("sga")}, "placing"),
        ({"airway": replace(views.airway(), device="sga", seal=None)}, "sga"),
        ({"airway": replace(views.airway(), device="tube", seal=None, ventilator_per_min=10)}, "vent"),
        ({"airway": replace(views.airway(), tube=TubeView("view", NOW_MS, 7, shaking=False, attempts=1))}, "blade"),
        ({"airway": replace(views.airway(), window=False, last_breath_ms=-1), "crew": moments.crew()}, "rest"),
    ],
)
def test_hands_hold_what_is_in_use(changes: dict[str, object], grip: str) -> None:
    still = Still(Station.AIRWAY, 1, **changes)
    view = still.view.airway
    assert view is not None
    assert head.scene_of(still, view, 0.0, NOW_MS).grip == grip


def test_with_an_airway_in_the_dock_coaches(canvas: pygame.Surface) -> None:
    still = moments.coach()
    assert [slot.label.words for slot in docks.bedside_slots(still)][:4] == ["Faster", "Slower", "Deeper", "Let it up"]
    keys = keymap(still.stations, still.seat, still.desk, Mode(), 0) if still.desk else {}
    assert [keys[digit].intent for digit in DIGITS[:6]] == [Intent("callout", (call,)) for call in COACHED]
    screen = AirwayScreen()
    screen.draw(canvas, still, NOW_MS)
    assert controls_at(screen, coach.CART.center).intent == Intent(Local.MOVE, (1,))
    still.input.mode = Mode(tray=1)
    screen.draw(canvas, still, NOW_MS)
    assert controls_at(screen, airway.CART_TILES[0].center).intent == Intent("suction")


def test_with_a_pulse_there_is_nobody_to_coach() -> None:
    still = moments.coach()
    still.view = replace(still.view, check=replace(still.view.check, pulse="felt"))
    assert docks.bedside_slots(still)[0].label.words != "Faster"


def test_the_coach_reads_the_device_and_without_one_the_hands() -> None:
    pack = library.pack("aha2025")
    told = replace(views.airway(), depth_um=53_000, residual_um=9_000, rate_per_min=126)
    assert [row.good for row in coach.rows(told, pack, -1)] == [False, True, False]
    eye = coach.Eye()
    for beat in range(8):
        eye.note(NOW_MS + 600 * beat)
    assert eye.rate_per_min(NOW_MS + 4_300) == 100
    assert eye.rate_per_min(NOW_MS + 9_000) == -1
    by_eye = coach.rows(views.airway(), pack, 90)
    assert [row.good for row in by_eye] == [False, True, True]
    assert all(not any(figure in row.value for figure in ("90", "53")) for row in by_eye)


def test_a_breath_sound_is_said_by_a_tap_and_heard_by_a_tap_before(canvas: pygame.Surface) -> None:
    screen = AirwayScreen()
    screen.draw(canvas, moments.airway(), NOW_MS)
    assert controls_at(screen, heard.TILES[1].center).intent == Intent("report", ("breath_left",))
    screen = AirwayScreen()
    screen.draw(canvas, moments.airway(findings=()), NOW_MS)
    assert controls_at(screen, heard.TILES[1].center).intent == Intent("listen")


def test_what_was_found_last_is_up() -> None:
    listened = heard.Heard()
    sounds = (FindingView("breath_left", "absent"),)
    looked = (*sounds, FindingView("pupils", "wide"))
    listened.note(sounds, NOW_MS)
    assert listened.sounds_up(sounds)
    listened.note(looked, NOW_MS + 5_000)
    assert not listened.sounds_up(looked)
    listened.note((FindingView("breath_left", "clear"), looked[1]), NOW_MS + 9_000)
    assert listened.sounds_up(looked)


def test_the_cart_shows_seven_things_and_its_head_turns_the_page(canvas: pygame.Surface) -> None:
    still, screen, shown = moments.airway(), AirwayScreen(), []
    for _ in range(3):
        screen.draw(canvas, still, NOW_MS)
        shown += [str(each.intent) for each in screen.controls() if each.rect in airway.CART_TILES]
        way_on = controls_at(screen, airway.PAGES.center)
        assert way_on.intent.op == Local.MOVE
        still.input.mode = Mode(tray=still.mode.tray + int(str(way_on.intent.args[0])))
    assert len(set(shown)) >= 18
    assert min(airway.PAGES.size) >= tray.TOUCH


def test_a_task_shows_how_much_of_it_is_left(canvas: pygame.Surface) -> None:
    seen = set()
    for now_ms in (NOW_MS, NOW_MS + 2_500, NOW_MS + 5_000):
        screen = AirwayScreen()
        seen.add(picture(screen, moments.airway(orders=(), task=views.task("sga")), canvas, now_ms))
    assert len(seen) == 3


def test_nobody_is_told_whether_the_tube_is_where_it_should_be(canvas: pygame.Surface) -> None:
    tags = set()
    for etco2 in (0, 3, 38):
        still = moments.coach()
        assert still.view.airway is not None
        still.view = replace(still.view, airway=replace(still.view.airway, etco2_mmhg=etco2))
        picture(AirwayScreen(), still, canvas)
        tags.add(pygame.image.tobytes(canvas.subsurface(placed.TAG), "RGB"))
    assert len(tags) == 1


def test_the_pause_for_breaths_is_counted_against_what_it_may_take() -> None:
    still = moments.airway()
    assert still.view.airway is not None
    shown = breaths.due_of(still, still.view.airway, NOW_MS)
    assert (shown.off, shown.wanted, shown.figure) == ("2.4", True, "1")
    tubed = moments.coach()
    assert tubed.view.airway is not None
    by_clock = breaths.due_of(tubed, tubed.view.airway, NOW_MS)
    assert by_clock.timed
    assert breaths.is_large(tubed, by_clock)


def test_a_seat_with_both_stations_sees_both_pictures(canvas: pygame.Surface) -> None:
    both = Station.CHEST | Station.AIRWAY
    still = Still(both, 0, ready=(int(Refusal.DONE),) * len(commands_of(both)))
    for screen in (ChestScreen(), AirwayScreen()):
        screen.draw(canvas, still, NOW_MS)
        assert any(control.intent.op == Local.TURN for control in screen.controls())
