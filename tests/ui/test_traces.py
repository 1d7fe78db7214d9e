"""What a trace shows is what the rhythm is, and compressions hide it."""

import itertools
import math
from dataclasses import replace
from statistics import fmean, pstdev

import pygame
import pytest

from game.rules.views import EcgView
from game.ui.traces import SAMPLE_MS, Ecg, Glass, Sweep, Vf, beats, gaussians, shape_of

VF = EcgView("vf", 0, 1100, 4600, -1, connected=True, compressing=False)
SINUS = EcgView("sinus", 100, 0, 0, 1000, connected=True, compressing=False)
FLAT = EcgView("asystole", 0, 0, 0, -1, connected=True, compressing=False)


def samples(view: EcgView, seconds: float = 8.0, seed: int = 3) -> list[float]:
    ecg = Ecg(view, seed)
    return [ecg.step(at_ms) for at_ms in range(0, round(seconds * 1000), SAMPLE_MS)]


def crossings_per_s(wave: list[float]) -> float:
    ups = sum(1 for before, after in itertools.pairwise(wave) if before < 0 <= after)
    return ups / (len(wave) * SAMPLE_MS / 1000)


def peak_to_peak(wave: list[float]) -> float:
    ranked = sorted(wave)
    return ranked[round(len(ranked) * 0.975)] - ranked[round(len(ranked) * 0.025)]


@pytest.mark.parametrize(("amplitude_uv", "frequency_mhz"), [(1300, 6000), (1100, 4600), (150, 3000)])
def test_vf_has_the_amplitude_and_frequency_of_its_view(amplitude_uv: int, frequency_mhz: int) -> None:
    wave = samples(replace(VF, amplitude_uv=amplitude_uv, frequency_mhz=frequency_mhz), 30)
    assert peak_to_peak(wave) == pytest.approx(amplitude_uv / 1000, rel=0.25)
    assert crossings_per_s(wave) == pytest.approx(frequency_mhz / 1000, rel=0.3)


def test_vf_has_no_period() -> None:
    vf = Vf(1)
    wave = [vf.step(at_ms / 1000, 4.6, 1.0) for at_ms in range(0, 30_000, SAMPLE_MS)]
    half = len(wave) // 2
    spread = pstdev(wave) ** 2
    for lag in range(250, half, 125):
        together = fmean(wave[index] * wave[index + lag] for index in range(half)) / spread
        assert abs(together) < 0.75


def test_a_flat_line_is_flat() -> None:
    assert peak_to_peak(samples(FLAT)) < 0.1


def test_beats_come_at_the_rate_and_on_the_beat_of_the_view() -> None:
    ecg = Ecg(SINUS)
    wave = {at_ms: ecg.step(at_ms) for at_ms in range(0, 6000, SAMPLE_MS)}
    tall = [at_ms for at_ms, value in wave.items() if value > 0.8]
    starts = [at_ms for before, at_ms in zip([-999, *tall], tall, strict=False) if at_ms - before > 100]
    assert [start // 600 for start in starts] == sorted({start // 600 for start in starts})
    assert all(abs((start - 1000 + 300) % 600 - 300) < 20 for start in starts)


@pytest.mark.parametrize("view", [VF, SINUS, FLAT, replace(VF, amplitude_uv=150, frequency_mhz=3000)])
def test_compressions_hide_every_rhythm(view: EcgView) -> None:
    under = samples(replace(view, compressing=True))
    artefact = samples(replace(FLAT, compressing=True))
    heart = [one - other for one, other in zip(under, artefact, strict=True)]
    assert peak_to_peak(artefact) > 1.5
    assert pstdev(heart) < 0.6 * pstdev(artefact)
    assert crossings_per_s(under) < 2.2 * 1.85


def test_the_artefact_ends_with_the_hands() -> None:
    ecg = Ecg(replace(FLAT, compressing=True))
    for at_ms in range(0, 2000, SAMPLE_MS):
        ecg.step(at_ms)
    ecg.view = FLAT
    after = [ecg.step(at_ms) for at_ms in range(2000, 3000, SAMPLE_MS)]
    assert peak_to_peak(after[60:]) < 0.1


@pytest.mark.parametrize("name", sorted(beats()))
def test_every_beat_shape_has_one_main_deflection_near_its_r_wave(name: str) -> None:
    shape = beats()[name]
    tallest = max(shape, key=lambda wave: abs(wave.height_mv))
    assert abs(tallest.centre_ms) <= 400
    assert abs(gaussians(shape, tallest.centre_ms)) >= 0.3


def test_every_organised_rhythm_of_the_patient_has_a_beat_shape() -> None:
    for rhythm in ("sinus", "idioventricular", "vt"):
        for rate in (20, 40, 75, 100, 140, 220):
            assert shape_of(rhythm, rate) in beats()


def test_a_sweep_draws_only_what_is_new(canvas: pygame.Surface) -> None:
    glass = Glass(pygame.Rect(0, 0, 424, 120), 6.0, -1.9, 1.9)
    ecg = Ecg(VF)
    sweep = Sweep(glass, ecg)
    asked: list[int] = []
    step = ecg.step

    def counted(at_ms: int) -> float:
        asked.append(at_ms)
        return step(at_ms)

    ecg.step = counted  # type: ignore[method-assign]  # counts what the sweep asks for
    for now_ms in range(0, 10_000, 16):
        sweep.draw(canvas, now_ms)
    assert asked == sorted(set(asked))
    assert len(asked) == math.floor(9_984 / SAMPLE_MS)
