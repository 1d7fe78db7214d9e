"""Fingers feel the beats of a live patient, who is always told of a little late."""

from dataclasses import replace
from itertools import pairwise

from game.ui.screens.checking.fingers import Touch
from tests.ui import views

GAP_MS = 700
TOLD_AFTER_MS = (500, 600)


def felt(touch: int) -> list[float]:
    """Five seconds of fingers on a neck whose beats come over the wire as they do in play."""
    fingers, wave = Touch(), []
    for now_ms in range(0, 5000, 4):
        if now_ms % 100 == 0:
            beat_ms = (now_ms - TOLD_AFTER_MS[0]) // GAP_MS * GAP_MS
            fingers.note(replace(views.chest(), fingers_ms=0, touch=touch, beat_ms=max(-1, beat_ms)))
        wave.append(fingers.step(now_ms))
    return wave[400:]


def test_a_strong_pulse_is_felt_at_its_rate() -> None:
    wave = felt(100)
    beats = sum(1 for before, after in pairwise(wave) if before < 0.6 <= after)
    assert max(wave) > 0.8
    assert 4 <= beats <= 8


def test_no_pulse_is_only_a_tremor() -> None:
    assert max(felt(0)) < 0.2
