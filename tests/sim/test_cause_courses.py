"""Whole courses: a cause stops a healthy heart, no pulse lasts while it stands, and one is back after its treatment."""

from __future__ import annotations

import pytest

from game.sim.case import Case
from game.sim.events import Breath, Compression, Dose, Event, Fluid, Treat
from game.sim.happenings import PulseChanged
from game.sim.patient import Patient

MINUTE_MS = 60_000
CYCLE_MS = 545
BREATH_MS = 6_000
LOOK_MS = 2_000
EPINEPHRINE = Dose(MINUTE_MS, "epinephrine", 1000, "io_humerus", flush=True)


def pulse_over_time(cause: dict[str, float], acts: list[Event], minutes: int) -> list[tuple[int, bool]]:
    """When the pulse came and went under good compressions and breaths, which stop while there is one."""
    patient = Patient.new(Case.of(rhythm="sinus", latent_spread=0.0, energy=0.9, **cause), 1)
    for act in acts:
        patient.apply(act)
    course = [(0, True)]
    for from_ms in range(0, minutes * MINUTE_MS, LOOK_MS):
        to_ms = from_ms + LOOK_MS
        if not course[-1][1]:
            for k in range(-(-from_ms // CYCLE_MS), -(-to_ms // CYCLE_MS)):
                patient.apply(Compression(k * CYCLE_MS, 122, 123, 50_000, 0))
        for k in range(-(-from_ms // BREATH_MS), -(-to_ms // BREATH_MS)):
            patient.apply(Breath(k * BREATH_MS, 1000, 550, 100, "tube"))
        patient.advance(to_ms)
        course += [(h.ms, bool(h.pulse)) for h in patient.drain() if isinstance(h, PulseChanged)]
    return course


COURSES: dict[str, tuple[dict[str, float], list[Event], float]] = {
    "tension": ({"tension_mmhg": 20.0}, [Treat(2 * MINUTE_MS, "thoracostomy", "left")], 1.5),
    "tamponade": (
        {"pericardial_ml": 250.0, "tap_fails_chance": 0.0},
        [Treat(2 * MINUTE_MS, "pericardiocentesis")],
        1.5,
    ),
    "haemorrhage": (
        {"blood_loss_ml": 1800.0, "bleeding_ml_per_min": 80.0, "stop_bleeding_chance": 1.0},
        [
            Treat(MINUTE_MS, "stop_bleeding"),
            Fluid(MINUTE_MS, 1000, MINUTE_MS),
            Fluid(2 * MINUTE_MS, 1000, MINUTE_MS, "blood"),
        ],
        3.0,
    ),
    "low glucose": (
        {"glucose_mmol_l": 1.1},
        [Dose(2 * MINUTE_MS, "glucose", 25_000_000, "io_humerus", flush=True)],
        3.0,
    ),
    "local anaesthetic": (
        {"local_anaesthetic_level": 0.95},
        [Dose(2 * MINUTE_MS, "lipid", 21_000_000, "io_humerus", flush=True)],
        4.0,
    ),
}


@pytest.mark.parametrize("cause", COURSES)
def test_the_cause_takes_the_pulse_and_its_treatment_alone_gives_it_back(cause: str) -> None:
    severity, acts, within_min = COURSES[cause]
    minutes = 2 + round(within_min + 0.5)
    untreated = pulse_over_time(severity, [EPINEPHRINE], minutes)
    assert untreated[1][1] is False
    assert untreated[1][0] < MINUTE_MS
    assert len(untreated) == 2, "a pulse came back although the cause stands"

    treated = pulse_over_time(severity, [EPINEPHRINE, *acts], minutes)
    assert treated[-1][1] is True
    assert treated[-1][0] <= (2.0 + within_min) * MINUTE_MS
