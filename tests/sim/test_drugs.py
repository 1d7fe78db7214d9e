"""Drugs are carried by flow and act by concentration."""

from __future__ import annotations

import pytest

from game.sim import Case, Dose, Flush, known_drugs, known_routes
from game.sim.drugs import Drugs
from tests.sim.care import breaths, compressions, patient, watch

P = Case.of().parameters.drugs
STEP_MIN = 0.5 / 60.0


def peak_s(route: str, flow_l_min: float, *, flush: bool = False, flush_after_s: float | None = None) -> float:
    """When the blood holds half of all that will arrive of a dose."""
    drugs = Drugs()
    drugs.give(Dose(0, "epinephrine", 1000, route, flush))
    arrives = getattr(P, route).flushed_arrives_share if flush else getattr(P, route).arrives_share
    for half_second in range(2, 4000):
        if flush_after_s is not None and half_second / 2 >= flush_after_s:
            drugs.flush(route)
        drugs.advance(P, STEP_MIN, flow_l_min, 70.0, 7.35)
        on_the_way = sum(sum(transit.stages_ug) for transit in drugs.transits)
        if on_the_way <= 500.0:
            assert 0.0 < arrives <= 1.0
            return half_second / 2
    return 1e9


@pytest.mark.parametrize(
    ("route", "flush", "arrival_s"),
    [("central", True, 65), ("io_humerus", True, 83), ("io_tibia", True, 106), ("iv", True, 100), ("iv", False, 160)],
)
def test_a_dose_arrives_when_flow_has_moved_its_volume(route: str, flush: bool, arrival_s: float) -> None:
    """Half of a dose is through a little before the mean of four stages (the mean is what was published)."""
    assert peak_s(route, 1.3, flush=flush) == pytest.approx(0.92 * arrival_s, rel=0.08)
    assert peak_s(route, 5.0, flush=flush) < 0.35 * arrival_s


def test_a_later_flush_moves_the_dose_on() -> None:
    assert peak_s("iv", 1.3, flush=True) < peak_s("iv", 1.3, flush_after_s=20.0) < peak_s("iv", 1.3)


def test_without_flow_nothing_arrives() -> None:
    drugs = Drugs()
    drugs.give(Dose(0, "epinephrine", 1000, "iv", True))
    for _ in range(600):
        drugs.advance(P, STEP_MIN, 0.0, 70.0, 7.35)
    assert drugs.central_ug == [0.0] * len(known_drugs())
    assert drugs.effects.resistance == 1.0


def test_epinephrine_raises_coronary_pressure_once_compressions_have_carried_it() -> None:
    treated, plain = (
        watch(
            patient(1, compressions(0, 300_000), breaths(0, 300_000), doses, latent_spread=0.0, vf_fades_per_min=0.0),
            180_000,
            240_000,
            every_ms=500,
        )
        for doses in ([Dose(60_000, "epinephrine", 1000, "iv", True)], [])
    )
    assert 2.0 < treated.mean_cpp_mmhg - plain.mean_cpp_mmhg < 8.0


def test_one_milligram_tightens_the_vessels_by_about_half() -> None:
    drugs = Drugs()
    drugs.give(Dose(0, "epinephrine", 1000, "iv", True))
    highest = 1.0
    for _ in range(720):
        drugs.advance(P, STEP_MIN, 1.3, 70.0, 7.2)
        highest = max(highest, drugs.effects.resistance)
    assert 1.4 <= highest <= 1.7


def test_amiodarone_quietens_refibrillation_and_helps_the_shock() -> None:
    drugs = Drugs()
    drugs.give(Dose(0, "amiodarone", 300_000, "iv", True))
    for _ in range(400):
        drugs.advance(P, STEP_MIN, 1.3, 70.0, 7.2)
    assert 0.4 <= drugs.effects.refibrillation <= 0.65
    assert drugs.effects.terminate_logit > 0.15


def test_a_drug_wears_off() -> None:
    drugs = Drugs()
    drugs.give(Dose(0, "epinephrine", 1000, "iv", True))
    for _ in range(3600):
        drugs.advance(P, STEP_MIN, 5.0, 70.0, 7.35)
    assert drugs.effects.resistance < 1.05
    assert drugs.transits == []


def test_a_drug_the_model_does_not_know_passes_without_effect() -> None:
    made = patient(1, [Dose(1_000, "aspirin", 300_000, "iv"), Flush(2_000, "iv")])
    made.advance(60_000)
    assert made._body.drugs.transits == []


def test_a_route_that_does_not_exist_is_refused() -> None:
    made = patient(1)
    with pytest.raises(ValueError, match="expected one of iv, io_humerus"):
        made.apply(Dose(0, "epinephrine", 1000, "oral"))
    with pytest.raises(ValueError, match="no route"):
        made.apply(Flush(0, "oral"))
    assert "io_tibia" in known_routes()
