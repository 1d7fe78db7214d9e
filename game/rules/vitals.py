"""What the log keeps of the patient for the score and the debrief: true values that nobody is told in play."""

from __future__ import annotations

from game.log import Fact
from game.rules.game import Game


def keep(game: Game) -> None:
    """Put the patient on record as he truly is now; -1 stands for what there is not."""
    patient = game.patient
    body = patient.body
    flowing = patient.has_pulse or game.state.chest.hands_on
    pressures = (patient.systolic_mmhg, patient.diastolic_mmhg, patient.mean_mmhg) if flowing else (-1, -1, -1)
    etco2, spo2 = patient.etco2_mmhg, patient.spo2_pct
    game.emit(
        Fact.VITALS,
        -1,
        *pressures,
        -1 if etco2 is None else etco2,
        -1 if spo2 is None else spo2,
        round(body.lungs.arterial_mmhg),
        round(10.0 * body.blood.temperature_degc),
        patient.own_breaths_per_min,
    )


def foretell(game: Game) -> None:
    """At the end: the chances to survive, and to survive well, in thousandths."""
    survival, good = game.patient.survival, game.patient.good_outcome
    game.emit(Fact.PROGNOSIS, -1, round(1000.0 * survival), round(1000.0 * survival * good))
