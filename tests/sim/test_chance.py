"""Chance is a function, and streams do not know each other."""

from __future__ import annotations

from statistics import fmean, stdev

from game.sim.chance import Stream, normal, threshold, uniform

KNOWN = ("0x1.7880ff10a4b74p-3", "0x1.4f74395cf5f2fp-1")


def test_the_same_question_has_the_same_answer() -> None:
    assert uniform(1, Stream.LATENT, 5) == uniform(1, Stream.LATENT, 5)


def test_known_numbers_never_change() -> None:
    """Logs hold seeds, not draws: these bits are part of every log."""
    assert uniform(0, Stream.LATENT, 0).hex() == KNOWN[0]
    assert uniform(2**63, Stream.REFIBRILLATION, 17).hex() == KNOWN[1]


def test_draws_are_even() -> None:
    draws = [uniform(42, Stream.SHOCK_TERMINATES, n) for n in range(20_000)]
    assert 0.0 < min(draws) < 0.001
    assert 0.999 < max(draws) < 1.0
    assert abs(fmean(draws) - 0.5) < 0.01


def test_neighbouring_streams_seeds_and_counters_are_unrelated() -> None:
    for seed, stream, shift in ((7, 2, 0), (8, 1, 0), (7, 1, 1)):
        pairs = [(uniform(7, 1, n) - 0.5, uniform(seed, stream, n + shift) - 0.5) for n in range(5_000)]
        assert abs(fmean(a * b for a, b in pairs)) < 0.005


def test_normal_and_exponential_variates_have_their_moments() -> None:
    normals = [normal(3, Stream.LATENT, n) for n in range(10_000)]
    assert abs(fmean(normals)) < 0.03
    assert abs(stdev(normals) - 1.0) < 0.03
    thresholds = [threshold(3, Stream.VF_FADES, n) for n in range(10_000)]
    assert min(thresholds) > 0.0
    assert abs(fmean(thresholds) - 1.0) < 0.03


def test_no_two_processes_share_a_stream() -> None:
    assert len({int(stream) for stream in Stream}) == len(Stream.__members__)
