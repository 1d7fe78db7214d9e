"""What differs between patients: spread as published, each factor with its own number for ever."""

from __future__ import annotations

from math import log
from statistics import fmean, stdev

import pytest

from game.sim.body.latent import Latent
from game.sim.chance import Stream, normal
from game.sim.latent import draw_latent
from game.sim.params.latent import LatentParameters
from game.sim.params.reader import read_group

P = read_group(LatentParameters, "latent")
MANY = [draw_latent(P, seed) for seed in range(2000)]


def test_without_spread_everyone_is_the_patient_in_the_middle() -> None:
    middle = draw_latent(read_group(LatentParameters, "latent", {"latent_spread": 0.0}), 7)
    assert middle == Latent(defibrillation_logit=1.8, pacing_threshold_ma=65.0)


def test_the_same_seed_is_the_same_patient() -> None:
    assert draw_latent(P, 3) == draw_latent(P, 3) != draw_latent(P, 4)


def test_each_number_of_the_stream_belongs_to_its_factor() -> None:
    """Old logs break if one is moved: only append."""
    one = draw_latent(P, 11)
    assert one.coronary == pytest.approx(max(0.0, 1.0 + 0.45 * normal(11, Stream.LATENT, 0)))
    assert log(one.energy_decay) == pytest.approx(0.35 * normal(11, Stream.LATENT, 1))
    assert one.defibrillation_logit == pytest.approx(1.8 + 1.3 * normal(11, Stream.LATENT, 2))
    assert log(one.left_squeeze) == pytest.approx(0.4 * normal(11, Stream.LATENT, 3))
    assert log(one.stiffness) == pytest.approx(0.35 * normal(11, Stream.LATENT, 5))
    assert one.pacing_threshold_ma == pytest.approx(65.0 + 12.0 * normal(11, Stream.LATENT, 10))


def test_the_spread_is_the_published_one() -> None:
    assert fmean(one.defibrillation_logit for one in MANY) == pytest.approx(1.8, abs=0.1)
    assert stdev(one.defibrillation_logit for one in MANY) == pytest.approx(1.3, abs=0.1)
    assert stdev(log(one.energy_decay) for one in MANY) == pytest.approx(0.35, abs=0.03)
    assert all(0.6 <= one.squeeze_on_right_atrium <= 1.0 for one in MANY)
    assert min(one.coronary for one in MANY) == 0.0
    assert fmean(one.coronary for one in MANY) == pytest.approx(1.0, abs=0.05)
    assert fmean(not one.fixable for one in MANY) == pytest.approx(0.13, abs=0.025)
    assert 0.05 <= fmean(one.pacing_fails for one in MANY) <= 0.10
