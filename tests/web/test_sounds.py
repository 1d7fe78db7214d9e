"""What the rendered sounds are: lengths, pitches, levels, shapes; measured here, by other means than they are made."""

from __future__ import annotations

import io
import json
import math
import re
import wave
from array import array
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from web import sounds

KEEP_BYTES = 250_000
FULL = 32_768


def heard(name: str) -> tuple[int, list[float]]:
    """Rate and samples (-1 to 1) of a rendered file."""
    with wave.open(io.BytesIO(sounds.files()[f"{name}.wav"])) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), [value / FULL for value in array("h", file.readframes(file.getnframes()))]


def level(samples: list[float], rate: int, hz: float) -> float:
    """How much of one frequency there is: one term of the discrete Fourier transform under a Hann window."""
    whole = len(samples)
    window = [0.5 - 0.5 * math.cos(math.tau * place / whole) for place in range(whole)]
    angle = math.tau * hz / rate
    terms = [value * weight for value, weight in zip(samples, window, strict=True)]
    real = sum(value * math.cos(angle * place) for place, value in enumerate(terms))
    imaginary = sum(value * math.sin(angle * place) for place, value in enumerate(terms))
    return math.hypot(real, imaginary) / whole


def strongest_hz(samples: list[float], rate: int, low: int = 40, high: int = 3000, step: int = 5) -> int:
    return max(range(low, high, step), key=lambda hz: level(samples, rate, hz))


def pulses(samples: list[float], rate: int) -> list[tuple[int, int]]:
    """Start and length in ms of everything between silences of at least 20 ms."""
    frame = rate // 200
    loud = [max(map(abs, samples[start : start + frame])) > 0.002 for start in range(0, len(samples), frame)]
    found: list[tuple[int, int]] = []
    place = 0
    for on, run in groupby(loud):
        frames = len(list(run))
        if on:
            found.append((place * 5, frames * 5))
        place += frames
    return found


def length_ms(name: str) -> int:
    rate, samples = heard(name)
    return round(1000 * len(samples) / rate)


PITCHES = [
    ("metro", 1200, 80), ("metro5", 1600, 80), ("pulse", 880, 10), ("charge", 400, 10), ("charged", 1200, 10),
    ("copy", 880, 15), ("alarm_hi", 523, 5), ("alarm_med", 523, 5), ("alarm_lo", 523, 5), ("check10", 1000, 60),
]  # fmt: skip


@pytest.mark.parametrize(("name", "hz", "within"), PITCHES)
def test_a_tone_has_the_pitch_of_its_recipe(name: str, hz: int, within: int) -> None:
    rate, samples = heard(name)
    assert abs(strongest_hz(samples[: rate // 8], rate) - hz) <= within


LENGTHS = [
    ("metro", 12), ("metro5", 12), ("thud", 60), ("pulse", 80), ("shock", 120), ("disarm", 250), ("order", 180),
    ("copy", 60), ("switch", 60),
]  # fmt: skip


@pytest.mark.parametrize(("name", "ms"), LENGTHS)
def test_a_sound_lasts_as_long_as_its_recipe_says(name: str, ms: int) -> None:
    assert length_ms(name) == ms


@pytest.mark.parametrize("name", list(sounds.SOUNDS))
def test_no_sound_clips_begins_or_ends_with_a_click(name: str) -> None:
    _, samples = heard(name)
    peak = max(map(abs, samples))
    assert peak < 0.9
    assert 20 * math.log10(peak) == pytest.approx(sounds.SOUNDS[name].peak_db, abs=0.1)
    if not sounds.SOUNDS[name].loops:
        assert abs(samples[-1]) < 0.05 * peak
    else:
        step = max(abs(one - other) for one, other in pairwise(samples))
        assert abs(samples[0] - samples[-1]) <= step


@pytest.mark.parametrize(("name", "bursts"), [("alarm_hi", (5, 5)), ("alarm_med", (3,)), ("alarm_lo", (2,))])
def test_an_alarm_says_its_priority_by_its_number_of_pulses(name: str, bursts: tuple[int, ...]) -> None:
    rate, samples = heard(name)
    found = pulses(samples, rate)
    gaps = [later - start - length for (start, length), (later, _) in pairwise(found)]
    sizes = [1]
    for gap in gaps:
        if gap > 300:
            sizes.append(1)
        else:
            sizes[-1] += 1
    assert tuple(sizes) == bursts
    assert all(75 <= length <= 250 for _, length in found)


@pytest.mark.parametrize("name", ["alarm_hi", "alarm_med", "alarm_lo"])
def test_an_alarm_has_four_harmonics_within_15_db(name: str) -> None:
    rate, samples = heard(name)
    pulse = samples[: rate // 10]
    levels = [level(pulse, rate, 523.25 * number) for number in range(1, 6)]
    assert all(abs(20 * math.log10(harmonic / levels[0])) <= 15 for harmonic in levels[1:])


def test_the_bag_is_air_between_250_and_900_hz() -> None:
    rate, samples = heard("bag")
    part = samples[: rate // 4]

    def power(low: int, high: int) -> float:
        return sum(level(part, rate, hz) ** 2 for hz in range(low, high, 8))

    assert power(250, 900) > 4 * (power(40, 200) + power(1200, 3000))


def test_a_disarm_falls_a_thud_drops_a_concern_is_louder_the_second_time() -> None:
    for name, parts, low, high in (("disarm", 5, 400, 1400), ("thud", 2, 40, 160)):
        rate, samples = heard(name)
        part = len(samples) // parts
        first, last = samples[:part], samples[-part:]
        assert strongest_hz(first, rate, low, high) > strongest_hz(last, rate, low, high)
    rate, samples = heard("concern")
    assert max(samples[-len(samples) // 3 :]) > 1.8 * max(samples[: len(samples) // 3])


def test_notes_rise_from_660_to_880_hz_for_an_order_and_to_1175_when_it_is_done() -> None:
    for name, notes in (("order", (660, 880)), ("done", (880, 1175))):
        rate, samples = heard(name)
        middle = rate * 9 // 100 if name == "order" else rate * 6 // 100
        assert [strongest_hz(part, rate) for part in (samples[:middle], samples[middle:])] == pytest.approx(
            notes, abs=15
        )


def test_the_charge_that_waits_trembles_four_times_a_second() -> None:
    rate, samples = heard("charged")
    assert length_ms("charged") == 250
    part = rate // 50
    swell = [max(map(abs, samples[start : start + part])) for start in range(0, len(samples), part)]
    assert swell.index(max(swell)) in range(len(swell) // 2 - 2, len(swell) // 2 + 2)
    assert min(swell) < 0.55 * max(swell)


def test_every_run_renders_the_same_bytes_and_they_stay_small() -> None:
    first = dict(sounds.files())
    sounds.files.cache_clear()
    assert sounds.files() == first
    assert sum(map(len, first.values())) < KEEP_BYTES


def test_the_index_names_every_file() -> None:
    index = json.loads(sounds.files()[sounds.INDEX])
    assert {row["file"] for row in index.values()} | {sounds.INDEX} == set(sounds.files())
    assert list(index) == list(sounds.SOUNDS)


def test_the_page_about_sounds_tells_what_is_rendered(root: Path) -> None:
    page = (root / "docs" / "reference" / "sounds.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| (\d+)[^|]*\| (-\d+) ", page, re.MULTILINE)
    told = {name: (int(ms), int(peak_db)) for name, ms, peak_db in rows}
    assert told == {name: (length_ms(name), sound.peak_db) for name, sound in sounds.SOUNDS.items()}
