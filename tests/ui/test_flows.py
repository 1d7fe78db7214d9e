"""Pleth, pressure and capnogram have the shapes a monitor shows, and a sweep draws each in its own style."""

import itertools
import math
from dataclasses import replace

import pygame
import pytest

from game.rules.views import AirwayView, EcgView
from game.ui.traces import (
    DELAY_MS,
    PALETTES,
    SAMPLE_MS,
    STYLES,
    Arterial,
    Capnogram,
    Ecg,
    Kind,
    Pleth,
    Rate,
    Sweep,
    etco2,
    glass,
    heart_rate,
    spo2,
    trace_colour,
)
from tests.ui import views

STEP_MS = 8
TUBE = replace(
    views.airway(), device="tube", etco2_mmhg=36, capnogram="square", last_breath_ms=-1, seal=None, spo2_connected=True
)
BREATHS = (2_000, 8_000, 14_000)
SINUS = EcgView("sinus", 75, 0, 0, 1000, connected=True, compressing=False)


def capnogram(view: AirwayView, levels: tuple[int, ...] = (), seconds: float = 20) -> list[float]:
    """Breaths at 2, 8 and 14 s; `levels` replace what comes back with each. Times of the list are room time."""
    source, wave = Capnogram(), []
    for at_ms in range(0, round(seconds * 1000) + DELAY_MS, STEP_MS):
        taken = [place for place, breath in enumerate(BREATHS) if breath <= at_ms - 500]
        now = view
        if taken:
            level = levels[taken[-1]] if levels else view.etco2_mmhg
            now = replace(view, last_breath_ms=BREATHS[taken[-1]], etco2_mmhg=level)
        source.note(now)
        wave.append(source.step(at_ms))
    return wave[DELAY_MS // STEP_MS :]


def at(wave: list[float], ms: int) -> float:
    return wave[ms // STEP_MS]


def rise_ms(wave: list[float], start_ms: int) -> int:
    """From a tenth to nine tenths of the wave's height."""
    part = wave[start_ms // STEP_MS : (start_ms + 2600) // STEP_MS]
    low = next(place for place, value in enumerate(part) if value > 0.1 * max(part))
    high = next(place for place, value in enumerate(part) if value > 0.9 * max(part))
    return (high - low) * STEP_MS


def test_a_breath_through_a_free_airway_is_a_box() -> None:
    wave = capnogram(TUBE)
    assert at(wave, 7_000) < 1
    assert rise_ms(wave, 8_000) < 400
    assert at(wave, 8_900) == pytest.approx(34, abs=2)
    assert at(wave, 10_400) == pytest.approx(36, abs=1.5)
    assert at(wave, 10_400) > at(wave, 9_000)
    assert at(wave, 12_900) < 2


def test_a_narrow_airway_makes_a_fin() -> None:
    box, fin = capnogram(TUBE), capnogram(replace(TUBE, capnogram="shark_fin"))
    assert rise_ms(fin, 8_000) > 2.5 * rise_ms(box, 8_000)
    part = fin[8_200 // STEP_MS : 10_400 // STEP_MS]
    assert all(after >= before - 0.05 for before, after in itertools.pairwise(part))


def test_a_tube_in_the_gullet_shows_fading_waves_and_then_nothing() -> None:
    wave = capnogram(replace(TUBE, capnogram="fading"), (12, 4, 0))
    tops = [max(wave[ms // STEP_MS : (ms + 3000) // STEP_MS]) for ms in BREATHS]
    assert tops[0] > 2 * tops[1] > 0
    assert tops[2] < 1.5
    assert max(capnogram(replace(TUBE, capnogram="flat"))) < 0.5


def test_the_jump_of_a_pulse_that_is_back_shows_at_the_next_breath() -> None:
    wave = capnogram(TUBE, (14, 14, 42))
    assert at(wave, 10_000) == pytest.approx(14, abs=1.5)
    assert at(wave, 16_000) == pytest.approx(42, abs=2)


def test_compressions_ripple_on_the_level() -> None:
    still, pressed = capnogram(TUBE), capnogram(replace(TUBE, compressing=True))
    flat, rough = still[8_800 // STEP_MS : 10_400 // STEP_MS], pressed[8_800 // STEP_MS : 10_400 // STEP_MS]
    turns = sum(1 for a, b, c in zip(rough, rough[1:], rough[2:], strict=False) if (b - a) * (c - b) < 0)
    assert turns >= 4
    assert max(rough) - min(rough) > 0.1 * max(flat)
    assert max(pressed[7_000 // STEP_MS : 8_000 // STEP_MS]) < 1


def test_without_its_line_a_capnograph_shows_nothing() -> None:
    assert max(capnogram(replace(TUBE, co2_connected=False))) < 0.1


def test_a_patient_who_breathes_by_himself_has_waves_of_his_own() -> None:
    source, wave = Capnogram(), []
    for at_ms in range(0, 24_000, STEP_MS):
        source.note(replace(TUBE, own_breaths_per_min=15))
        wave.append(source.step(at_ms))
    ups = sum(1 for before, after in itertools.pairwise(wave) if before < 15 <= after)
    assert ups == pytest.approx(6, abs=1)


def pulses(view: AirwayView, at_ms: int, gap_ms: int = 800) -> AirwayView:
    """What the view says half a second after each beat."""
    known_ms = (at_ms - 500) // gap_ms * gap_ms
    return replace(view, pulse_ms=known_ms, next_pulse_ms=known_ms + gap_ms, pulse_per_min=75, pleth_pct=90)


def pleth(view: AirwayView, *, beating: bool, seconds: float = 12) -> list[float]:
    source, wave = Pleth(), []
    for at_ms in range(0, round(seconds * 1000), STEP_MS):
        source.note(pulses(view, at_ms) if beating and at_ms > 1_000 else view)
        wave.append(source.step(at_ms))
    return wave


def test_the_pleth_beats_with_the_pulse_and_is_flat_without_one() -> None:
    wave, still = pleth(TUBE, beating=True), pleth(TUBE, beating=False)
    half = wave[len(wave) // 2 :]
    middle = (max(half) + min(half)) / 2
    ups = [place for place, (a, b) in enumerate(itertools.pairwise(half)) if a < middle <= b]
    gaps = [STEP_MS * (after - before) for before, after in itertools.pairwise(ups)]
    assert sum(gaps) / len(gaps) == pytest.approx(800, rel=0.05)
    assert max(half) - min(half) > 0.5
    assert max(still) - min(still) < 0.06


def test_compressions_shake_the_pleth_without_a_pulse() -> None:
    shaken = pleth(replace(TUBE, compressing=True), beating=False)
    assert 0.25 < max(shaken) - min(shaken) < 1.1


def arterial(per_min: int, *, compressing: bool = False, seconds: float = 10) -> list[float]:
    source, wave = Arterial(), []
    source.compressing = compressing
    for at_ms in range(0, round(seconds * 1000), SAMPLE_MS):
        known_ms = (at_ms - 500) // 800 * 800
        source.note(known_ms, known_ms + 800, per_min, 120 if per_min else 70, 70 if per_min else 20)
        wave.append(source.step(at_ms))
    return wave


def test_an_arterial_line_shows_the_pulse_with_its_notch() -> None:
    wave = arterial(75)[1500:]
    assert max(wave) == pytest.approx(120, abs=4)
    assert min(wave) == pytest.approx(70, abs=6)
    beat = wave[: 200 + 1]
    turns = sum(1 for a, b, c in zip(beat, beat[1:], beat[2:], strict=False) if (b - a) * (c - b) < 0)
    assert turns >= 3


def test_an_arterial_line_shows_compressions_and_falls_when_they_end() -> None:
    pushed = arterial(0, compressing=True)[1000:]
    assert 55 < max(pushed) <= 75
    assert 15 <= min(pushed) < 35
    still = arterial(0)
    assert still[-1] == pytest.approx(16, abs=1)
    assert max(still) - min(still) < 2


def test_numbers_are_dashes_where_there_is_nothing_to_count() -> None:
    assert heart_rate(SINUS) == "75"
    assert heart_rate(replace(SINUS, compressing=True)) == "---"
    assert heart_rate(replace(SINUS, rhythm="vf", rate_per_min=0)) == "---"
    assert heart_rate(replace(SINUS, connected=False)) == "---"
    assert spo2(replace(TUBE, spo2_connected=False)) == "OFF"
    assert spo2(replace(TUBE, spo2_pct=-1)) == "--"
    assert spo2(replace(TUBE, spo2_pct=97)) == "97"
    assert etco2(replace(TUBE, co2_connected=False)) == "OFF"
    assert etco2(replace(TUBE, etco2_mmhg=-1)) == "--"


def test_a_rate_is_counted_on_the_glass_and_renewed_each_second() -> None:
    source, rate, seen = Ecg(SINUS), Rate(), []
    for at_ms in range(0, 20_000, 100):
        source.view = SINUS if at_ms < 12_000 else replace(SINUS, rate_per_min=150, beat_ms=11_800)
        source.heart(at_ms)
        seen.append(rate.shown(source.view, source.train, at_ms))
    assert seen[0] != seen[-1] == "150"
    assert "75" in seen
    changes = [place for place, (a, b) in enumerate(itertools.pairwise(seen)) if a != b]
    assert all(after - before >= 10 for before, after in itertools.pairwise(changes))


@pytest.mark.parametrize("palette", PALETTES)
def test_every_palette_tells_the_traces_apart_by_more_than_colour(palette: str) -> None:
    looks = {(style.stroke, style.dash, style.fill) for style in STYLES.values()}
    assert len(looks) == len({style.slot for style in STYLES.values()}) == len(STYLES)
    colours = {trace_colour(kind, palette) for kind in Kind}
    assert len(colours) == (1 if palette == "contrast" else len(Kind))
    assert trace_colour("ecg", "no such palette") == trace_colour("ecg", "crew")


def test_a_sweep_draws_only_what_is_new(canvas: pygame.Surface) -> None:
    shown = glass(Kind.ECG, pygame.Rect(0, 0, 424, 120), 6.0, -1.9, 1.9)
    source = Ecg(SINUS)
    sweep = Sweep(shown, source)
    asked: list[int] = []
    step = source.step

    def counted(at_ms: int) -> float:
        asked.append(at_ms)
        return step(at_ms)

    source.step = counted  # type: ignore[method-assign]  # counts what the sweep asks for
    for now_ms in range(0, 10_000, 16):
        sweep.draw(canvas, now_ms)
    assert asked == sorted(set(asked))
    assert len(asked) == math.floor(9_984 / SAMPLE_MS)


def test_a_glass_that_was_away_catches_up_over_some_frames(canvas: pygame.Surface) -> None:
    source = Ecg(SINUS)
    sweep = Sweep(glass(Kind.ECG, pygame.Rect(0, 0, 424, 120), 6.0, -1.9, 1.9), source)
    asked: list[int] = []
    step = source.step

    def counted(at_ms: int) -> float:
        asked.append(at_ms)
        return step(at_ms)

    source.step = counted  # type: ignore[method-assign]  # counts what the sweep asks for
    most = 0
    for now_ms in range(400_000, 401_000, 16):
        before = len(asked)
        sweep.draw(canvas, now_ms)
        most = max(most, len(asked) - before)
    assert most < 200
    assert asked[-1] > 400_980
    assert asked[0] < 395_000


class Steady:
    """A source that stays where it is."""

    def step(self, at_ms: int) -> float:
        return 20.0


def drawn(kind: Kind, canvas: pygame.Surface) -> pygame.Surface:
    rect = pygame.Rect(0, 0, 300, 100)
    shown = glass(kind, rect, 6.0, 0, 40)._replace(ruling="#04080C", dot=0.5)
    sweep = Sweep(shown, Steady())
    for now_ms in range(0, 5_000, 16):
        sweep.draw(canvas, now_ms)
    return canvas


def bright(surface: pygame.Surface, y: int) -> list[bool]:
    return [sum(surface.get_at((x, y))[:3]) > 150 for x in range(4, 230)]


def test_pressure_is_dashed_carbon_dioxide_is_filled_and_the_rest_are_lines(canvas: pygame.Surface) -> None:
    assert all(bright(drawn(Kind.ECG, canvas), 50)[120:])
    dashed = bright(drawn(Kind.ART, canvas), 50)
    assert 4 < sum(1 for before, after in itertools.pairwise(dashed) if before and not after) < 30
    filled = drawn(Kind.CO2, canvas)
    ground = pygame.Color("#04080C")
    assert sum(filled.get_at((200, 80))[:3]) > 3 * sum(ground[:3])
    assert filled.get_at((200, 20))[:3] == ground[:3]


def test_a_sweep_leaves_a_gap_ahead_and_dims_what_is_old(canvas: pygame.Surface) -> None:
    rect = pygame.Rect(0, 0, 300, 100)
    sweep = Sweep(glass(Kind.ECG, rect, 6.0, 0, 40)._replace(ruling="#04080C", dot=0.5), Steady())
    for now_ms in range(0, 15_000, 16):
        sweep.draw(canvas, now_ms)
    head = round(14_992 % 6000 / 6000 * 300)

    def light(x: int) -> int:
        return sum(canvas.get_at((x % 300, 50))[:3])

    assert light(head + 4) < 40
    assert light(head - 10) > light(head + 30) > 40
