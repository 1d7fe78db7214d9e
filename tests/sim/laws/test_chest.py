"""The chest under the hands: force, depth, softening, and what too deep a push breaks."""

from __future__ import annotations

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sim.body.chest import Chest
from game.sim.body.told import INJURY, Told
from game.sim.laws.chest import LIVER, RIB, begin_chest, depth_for_force, force_for_depth, push_chest
from game.sim.params.chest import ChestParameters
from game.sim.params.reader import read_group

P = read_group(ChestParameters, "chest")
NEWTON_PER_KG = 9.81


def pushed(seed: int, depths_mm: list[float], stiffness: float = 1.0) -> tuple[Chest, Told]:
    chest, told = Chest(), Told()
    begin_chest(chest, seed, stiffness)
    for i, depth_mm in enumerate(depths_mm):
        push_chest(chest, P, seed, told, i * 545, depth_mm)
    return chest, told


def pushes_to_injury(seed: int, depth_mm: float) -> int:
    chest, told = Chest(), Told()
    begin_chest(chest, seed, 1.0)
    while not chest.injuries:
        push_chest(chest, P, seed, told, 0, depth_mm)
    return chest.pushes


def test_five_centimetres_of_an_average_chest_take_545_newton() -> None:
    assert force_for_depth(Chest(), P, 50.0) == pytest.approx(545, abs=2)


@given(depth_mm=st.floats(0.0, 80.0), stiffness=st.floats(0.3, 3.0), softening=st.floats(0.75, 1.0))
def test_depth_and_force_are_each_others_inverse(depth_mm: float, stiffness: float, softening: float) -> None:
    chest = Chest(stiffness=stiffness, softening=softening)
    assert depth_for_force(chest, P, force_for_depth(chest, P, depth_mm)) == pytest.approx(depth_mm, abs=1e-6)


def test_thirty_kilograms_reach_the_mean_depth_of_real_care() -> None:
    """Tomlinson 2007: 30.3 +- 8.2 kg and 42 +- 8 mm; nearly all chests give 38 mm for less than 50 kg."""
    softened, _ = pushed(1, [42.0] * 600)
    assert depth_for_force(softened, P, 30.3 * NEWTON_PER_KG) == pytest.approx(42, abs=8)
    assert force_for_depth(softened, P, 38.0) < 50.0 * NEWTON_PER_KG


def test_a_chest_softens_under_many_pushes_towards_three_quarters() -> None:
    seen = [pushed(1, [50.0] * n)[0].softening for n in (0, 100, 600, 1200, 9000)]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == 1.0
    assert seen[2] == pytest.approx(0.842, abs=0.001)
    assert seen[-1] == pytest.approx(0.75, abs=0.001)


def test_a_stiffer_chest_gives_less_to_the_same_force() -> None:
    assert depth_for_force(Chest(stiffness=1.5), P, 500.0) < depth_for_force(Chest(), P, 500.0) - 5.0


def test_six_centimetres_break_nothing() -> None:
    chest, told = pushed(1, [60.0] * 20_000)
    assert chest.injuries == told.count == 0
    assert chest.squeeze == 1.0


def test_deeper_pushes_break_a_chest_at_the_hazard_they_carry() -> None:
    """0.2 % a push at 70 mm: half of all chests after 347 pushes, and twice as soon at 80 mm."""
    at_70 = sorted(pushes_to_injury(seed, 70.0) for seed in range(300))
    assert fmean(at_70) == pytest.approx(500, rel=0.15)
    assert at_70[150] == pytest.approx(347, rel=0.2)
    assert fmean(pushes_to_injury(seed, 80.0) for seed in range(300)) == pytest.approx(250, rel=0.15)


def test_the_same_patient_breaks_later_under_kinder_hands() -> None:
    for seed in range(20):
        assert pushes_to_injury(seed, 66.0) >= pushes_to_injury(seed, 70.0) >= pushes_to_injury(seed, 75.0)


def test_each_injury_is_told_and_costs_squeeze() -> None:
    chest, told = pushed(3, [75.0] * 4_000)
    assert chest.injuries >= 3
    assert told.count == chest.injuries
    assert set(told.kind[: told.count]) == {INJURY}
    assert set(told.a[: told.count]) <= {RIB, LIVER}
    assert chest.squeeze == pytest.approx(0.95**chest.injuries)


def test_a_torn_liver_bleeds_slowly_and_ribs_do_not() -> None:
    livers = 0
    for seed in range(200):
        chest, told = pushed(seed, [80.0] * 250)
        torn = told.a[: told.count].count(LIVER)
        assert (chest.bleeding_ml_per_min > 0.0) == (torn > 0)
        assert 10.0 * torn <= chest.bleeding_ml_per_min <= 30.0 * torn
        livers += torn > 0
    assert 5 <= livers <= 50
