"""The causes: what each does, how it goes by itself, and how its treatment undoes it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sim.body.blood import Blood
from game.sim.body.causes import CAUSE_CHANGES, POISONS, TOXINS, Burden, Causes
from game.sim.body.circulation import Circulation
from game.sim.body.drugs import Effects
from game.sim.body.lungs import Lungs
from game.sim.body.told import TREATED, Told
from game.sim.events import TREATMENTS
from game.sim.laws.causes import begin_causes, clear_airway, live_causes
from game.sim.laws.circulation import begin_circulation, press_from_outside, set_vessels, settle_circulation
from game.sim.laws.treatments import BURP_CHEST, DELIVER, NEEDLED, POISONED, change, treat
from game.sim.params.causes import CausesParameters
from game.sim.params.reader import read_group, rows_of
from tests.sim.laws import pump

LOOK_MIN = 0.5 / 60.0
LEFT, RIGHT, BOTH = 1, 2, 3
USUAL_LYSIS = 0.66
"""Activity of 50 mg of alteplase a quarter of an hour after it was given."""


@dataclass
class Bedside:
    """The causes of one patient, alone with the readings they depend on."""

    overrides: dict[str, float] = field(default_factory=dict)
    seed: int = 1
    causes: Causes = field(default_factory=Causes)
    circulation: Circulation = field(default_factory=lambda: Circulation(veins_ml=1400.0, mean_mmhg=90.0))
    lungs: Lungs = field(default_factory=lambda: Lungs(saturation=0.97, fio2=0.21))
    effects: Effects = field(default_factory=Effects)
    told: Told = field(default_factory=Told)
    blood: Blood = field(
        default_factory=lambda: Blood(
            temperature_degc=37.0, ph=7.4, potassium_mmol_l=4.2, magnesium_mmol_l=0.9, glucose_mmol_l=6.0
        )
    )

    def __post_init__(self) -> None:
        self.p = read_group(CausesParameters, "causes", self.overrides)
        begin_causes(self.causes, self.p)
        self.look()

    @property
    def burden(self) -> Burden:
        return self.causes.burden

    def look(self, minutes: float = LOOK_MIN) -> None:
        live_causes(self.causes, self.p, self.circulation, self.lungs, self.blood, self.effects, minutes)

    def wait(self, seconds: float) -> None:
        for _ in range(int(2.0 * seconds)):
            self.look()

    def treat(self, treatment: str, side: int = 0) -> bool:
        code = TREATMENTS.index(treatment)
        treat(self.causes, self.p, self.lungs, self.told, self.seed, 1000, code, side)
        assert self.told.kind[self.told.count - 1] == TREATED
        assert self.told.a[self.told.count - 1] == code
        return bool(self.told.b[self.told.count - 1])

    def change(self, name: str, amount: float) -> None:
        change(self.causes, CAUSE_CHANGES.index(name), amount)


def differences(burden: Burden) -> set[str]:
    """The fields in which a burden is not that of a patient without any cause."""
    none = Burden()
    return {each.name for each in fields(Burden) if getattr(burden, each.name) != getattr(none, each.name)}


def lucky(treatment: str, wanted: bool, side: int = 0, **overrides: float) -> Bedside:
    """The first bedside whose luck lets `treatment` work at once (or fail)."""
    for seed in range(200):
        bedside = Bedside(overrides, seed)
        if bedside.treat(treatment, side) == wanted:
            return bedside
    raise AssertionError(f"no seed in which {treatment} ends with {wanted}")


def test_a_patient_without_a_cause_bears_nothing() -> None:
    bedside = Bedside()
    bedside.wait(60.0)
    assert differences(bedside.burden) == set()


@pytest.mark.parametrize(
    ("overrides", "fields_changed"),
    [
        ({"bleeding_ml_per_min": 150.0}, {"bleeding_ml_per_min"}),
        (
            {"tension_mmhg": 20.0},
            {"pneumothorax_mmhg", "venous_resistance", "compliance", "shunt_share", "stands"},
        ),
        ({"pericardial_ml": 300.0}, {"pericardial_mmhg", "stands"}),
        ({"pulmonary_obstruction": 0.4}, {"pulmonary_resistance", "dead_share", "stands"}),
        ({"pulmonary_obstruction": 0.8}, {"pulmonary_resistance", "dead_share", "contractility", "stands"}),
        ({"coronary_occlusion": 1.0}, {"coronary", "energy_ceiling"}),
        ({"airway_obstruction": 1.0}, {"obstruction"}),
        ({"anaphylaxis": 1.0}, {"resistance", "veins_ml", "airway_resistance", "obstruction", "stands"}),
        ({"bronchospasm": 1.0}, {"airway_resistance", "shunt_share", "dead_share", "stands"}),
        ({"lung_water": 1.0}, {"shunt_share", "compliance"}),
        ({"pregnancy_weeks": 34.0}, {"venous_resistance", "veins_ml", "compliance", "stands"}),
        ({"opioid_level": 1.0}, {"breathing_drive", "stands"}),
        ({"potassium_gain_mmol_per_min": 0.5}, {"potassium_mmol_per_min"}),
        ({"acid_gain_mmol_per_min": 5.0}, {"acid_mmol_per_min"}),
        ({"glucose_use_mmol_per_min": 1.0}, {"glucose_mmol_per_min"}),
    ],
)
def test_each_cause_changes_what_it_should_and_nothing_else(
    overrides: dict[str, float], fields_changed: set[str]
) -> None:
    assert differences(Bedside(overrides).burden) == fields_changed


@pytest.mark.parametrize("toxin", TOXINS)
def test_every_poison_is_deadly_by_heart_vessels_or_breath_and_fades(toxin: str) -> None:
    bedside = Bedside({f"{toxin}_level": 1.0})
    burden = bedside.burden
    harm = min(burden.contractility, burden.resistance, burden.energy_ceiling, burden.breathing_drive)
    assert harm < 0.51 or burden.ectopy * burden.refibrillation > 4.0
    half_life_min = bedside.p.toxins[TOXINS.index(toxin)].half_life_min
    bedside.look(half_life_min)
    assert bedside.causes.poison[TOXINS.index(toxin)] == pytest.approx(0.5, abs=0.01)


def test_tamponade_rises_as_the_brief_says_and_a_little_drained_drops_it_steeply() -> None:
    mmhg = {ml: Bedside({"pericardial_ml": ml}).burden.pericardial_mmhg for ml in (150.0, 230.0, 310.0)}
    assert mmhg[150.0] == pytest.approx(3.0)
    assert mmhg[230.0] == pytest.approx(3.0 * 2.71828, rel=1e-4)
    assert mmhg[310.0] == pytest.approx(3.0 * 7.38906, rel=1e-4)

    bedside = lucky("pericardiocentesis", True, pericardial_ml=300.0)
    before = bedside.burden.pericardial_mmhg
    bedside.wait(30.0)
    assert 40.0 <= 300.0 - bedside.causes.pericardial_ml <= 80.0
    assert bedside.burden.pericardial_mmhg < 0.5 * before


def test_clotted_blood_around_the_heart_does_not_come_through_a_needle_half_the_time() -> None:
    worked = [
        Bedside({"pericardial_ml": 300.0, "pericardial_clotted": 1.0}, seed).treat("pericardiocentesis")
        for seed in range(400)
    ]
    assert 0.43 < sum(worked) / 400 < 0.57
    opened = Bedside({"pericardial_ml": 300.0, "pericardial_clotted": 1.0})
    assert opened.treat("thoracotomy")
    opened.wait(180.0)
    assert opened.burden.pericardial_mmhg < 1.0


def test_a_needle_fails_in_a_third_and_empties_the_chest_within_ten_seconds_when_it_reaches_the_air() -> None:
    worked = [Bedside({"tension_mmhg": 20.0}, seed).treat("needle", LEFT) for seed in range(400)]
    assert 0.58 < sum(worked) / 400 < 0.72

    bedside = lucky("needle", True, LEFT, tension_mmhg=20.0)
    bedside.wait(10.0)
    assert bedside.burden.pneumothorax_mmhg < 0.5
    assert bedside.burden.venous_resistance == pytest.approx(1.0, abs=0.1)
    assert not bedside.burden.stands

    missed = lucky("needle", False, LEFT, tension_mmhg=20.0)
    missed.wait(10.0)
    assert missed.burden.pneumothorax_mmhg > 20.0
    assert missed.treat("thoracostomy", LEFT)
    missed.wait(10.0)
    assert missed.burden.pneumothorax_mmhg < 0.5


def test_the_wrong_side_costs_time_and_both_sides_need_both() -> None:
    right = Bedside({"tension_mmhg": 20.0, "tension_side": 1.0})
    assert not right.treat("thoracostomy", LEFT)
    right.wait(10.0)
    assert right.burden.pneumothorax_mmhg >= 20.0
    assert right.treat("thoracostomy", RIGHT)
    right.wait(10.0)
    assert right.burden.pneumothorax_mmhg < 0.5

    both = Bedside({"tension_mmhg": 20.0, "tension_side": 2.0})
    both.treat("chest_drain", LEFT)
    both.wait(10.0)
    assert both.burden.pneumothorax_mmhg >= 20.0
    both.treat("chest_drain", BOTH)
    both.wait(10.0)
    assert both.burden.pneumothorax_mmhg < 0.5


def test_tension_grows_until_its_limit_and_comes_back_when_a_finger_hole_closes() -> None:
    bedside = Bedside({"tension_mmhg": 10.0})
    bedside.wait(120.0)
    assert bedside.burden.pneumothorax_mmhg == pytest.approx(14.0, abs=0.1)
    bedside.wait(900.0)
    assert bedside.burden.pneumothorax_mmhg == bedside.p.tension_limit_mmhg

    bedside.treat("thoracostomy", LEFT)
    bedside.wait(10.0)
    bedside.change("chest_reseals_left", 0.0)
    bedside.wait(300.0)
    assert bedside.burden.pneumothorax_mmhg > 8.0
    assert bedside.treat("burp_chest", LEFT)
    bedside.wait(10.0)
    assert bedside.burden.pneumothorax_mmhg < 0.5


def test_a_drain_does_not_close_again() -> None:
    bedside = Bedside({"tension_mmhg": 20.0})
    bedside.treat("chest_drain", LEFT)
    bedside.change("chest_reseals_left", 0.0)
    bedside.wait(300.0)
    assert bedside.burden.pneumothorax_mmhg < 0.5


def test_a_needle_in_a_healthy_chest_sometimes_makes_what_it_was_meant_to_treat() -> None:
    harmed = 0
    for seed in range(300):
        bedside = Bedside({}, seed)
        assert not bedside.treat("needle", LEFT)
        bedside.wait(5.0)
        harmed += bedside.causes.leak_mmhg_per_min[0] > 0.0
    assert 0.05 < harmed / 300 < 0.16


def test_pressing_the_chest_lets_trapped_air_go() -> None:
    bedside = Bedside({"bronchospasm": 1.0})
    bedside.lungs.held_ml = 600.0
    bedside.lungs.trapped_mmhg = 8.0
    assert bedside.treat("burp_chest")
    assert bedside.lungs.held_ml == 0.0
    assert bedside.lungs.trapped_mmhg == 0.0
    assert not bedside.treat("burp_chest")


def test_bleeding_follows_the_pressure_and_the_clotting_and_stops_when_it_is_stopped() -> None:
    bedside = Bedside({"bleeding_ml_per_min": 200.0})
    full = bedside.burden.bleeding_ml_per_min
    assert full == pytest.approx(200.0, rel=0.05)
    bedside.circulation.mean_mmhg = 30.0
    bedside.look()
    assert bedside.burden.bleeding_ml_per_min == pytest.approx(full / 3.0, rel=0.05)
    bedside.effects.bleeding = 2.0
    bedside.look()
    assert bedside.burden.bleeding_ml_per_min == pytest.approx(full * 2.0 / 3.0, rel=0.05)
    while not bedside.treat("stop_bleeding"):
        pass
    bedside.look()
    assert bedside.burden.bleeding_ml_per_min < 0.15 * full


def test_a_fresh_wound_bleeds_only_when_a_clot_is_dissolved() -> None:
    bedside = Bedside({"wound_ml_per_min": 40.0})
    assert bedside.burden.bleeding_ml_per_min == 0.0
    bedside.effects.bleeding = 2.0
    bedside.look()
    assert bedside.burden.bleeding_ml_per_min > 10.0


def test_a_clot_in_the_lung_goes_with_lysis_in_the_time_of_the_brief_and_a_level_may_speed_its_clock() -> None:
    bedside = Bedside({"pulmonary_obstruction": 1.0})
    assert bedside.burden.pulmonary_resistance == pytest.approx(12.0)
    assert bedside.burden.dead_share == pytest.approx(0.3)
    bedside.wait(300.0)
    assert bedside.burden.pulmonary_resistance == pytest.approx(12.0)
    bedside.effects.lysis = USUAL_LYSIS
    bedside.wait(17.5 * 60.0)
    assert bedside.causes.pulmonary_obstruction == pytest.approx(0.368, abs=0.01)

    fast = Bedside({"pulmonary_obstruction": 1.0, "lysis_clock": 10.0})
    fast.effects.lysis = USUAL_LYSIS
    fast.wait(105.0)
    assert fast.causes.pulmonary_obstruction == pytest.approx(0.368, abs=0.01)


def test_reopening_a_coronary_artery_ends_its_ischaemia() -> None:
    bedside = lucky("reperfusion", True, coronary_occlusion=1.0)
    assert bedside.burden.energy_ceiling == pytest.approx(0.7)
    bedside.wait(180.0)
    assert bedside.burden.coronary == 0.0
    assert bedside.burden.energy_ceiling == 1.0
    assert not Bedside().treat("reperfusion")


def test_epinephrine_ends_anaphylaxis_and_waiting_does_not() -> None:
    waited, treated = Bedside({"anaphylaxis": 1.0}), Bedside({"anaphylaxis": 1.0})
    assert waited.burden.resistance == pytest.approx(0.35, abs=0.01)
    assert waited.burden.airway_resistance == pytest.approx(4.0, abs=0.1)
    assert waited.burden.veins_ml == pytest.approx(1300.0, rel=0.01)
    treated.effects.epinephrine = 0.6
    waited.wait(300.0)
    treated.wait(300.0)
    assert waited.burden.resistance < 0.42
    assert treated.burden.resistance > 0.7


@pytest.mark.parametrize(
    ("toxin", "antidote", "reading", "least"),
    [
        ("opioid", "opioid_reversal", "breathing_drive", 0.95),
        ("sodium_channel", "sodium_load", "contractility", 0.8),
        ("local_anaesthetic", "lipid", "contractility", 0.85),
        ("beta_blocker", "beta_block_reversal", "contractility", 0.8),
        ("calcium_blocker", "beta_block_reversal", "contractility", 0.7),
        ("calcium_blocker", "membrane", "contractility", 0.5),
        ("digoxin", "digoxin_bound", "rate", 0.9),
        ("cyanide", "cyanide_bound", "energy_ceiling", 0.9),
        ("organophosphate", "vagolysis", "rate", 0.75),
    ],
)
def test_each_antidote_takes_its_poison_s_effect_away_and_no_other_drug_does(
    toxin: str, antidote: str, reading: str, least: float
) -> None:
    bedside = Bedside({f"{toxin}_level": 1.0})
    poisoned = getattr(bedside.burden, reading)
    setattr(bedside.effects, antidote, 1.0)
    bedside.look()
    assert getattr(bedside.burden, reading) > max(least, poisoned + 0.15)
    setattr(bedside.effects, antidote, 0.0)
    bedside.effects.torsades_guard = bedside.effects.insulin = bedside.effects.paralysis = 1.0
    bedside.look()
    assert getattr(bedside.burden, reading) == pytest.approx(poisoned, abs=0.01)


def test_bicarbonate_and_hyperventilation_narrow_a_tricyclic_qrs_from_168_to_112() -> None:
    bedside = Bedside({"sodium_channel_level": 0.9})
    wide = bedside.burden.qrs
    assert 1.7 < wide < 2.0
    bedside.effects.sodium_load = 0.7
    bedside.blood.ph = 7.5
    bedside.look()
    assert bedside.burden.qrs < wide * 112.0 / 168.0


def test_carbon_monoxide_leaves_faster_in_oxygen() -> None:
    air, oxygen = Bedside({"carbon_monoxide_level": 0.5}), Bedside({"carbon_monoxide_level": 0.5})
    oxygen.lungs.fio2 = 1.0
    air.look(75.0)
    oxygen.look(75.0)
    place = TOXINS.index("carbon_monoxide")
    assert oxygen.causes.poison[place] == pytest.approx(0.25, abs=0.01)
    assert air.causes.poison[place] > 0.4


def test_low_glucose_stops_the_heart_and_glucose_brings_it_back() -> None:
    bedside = Bedside()
    bedside.blood.glucose_mmol_l = 1.1
    bedside.look()
    assert bedside.burden.contractility < 0.3
    assert bedside.burden.rate < 0.7
    assert bedside.burden.stands
    bedside.blood.glucose_mmol_l = 5.0
    bedside.look()
    assert differences(bedside.burden) == set()


def test_calcium_opposes_magnesium() -> None:
    bedside = Bedside()
    bedside.blood.magnesium_mmol_l = 9.0
    bedside.look()
    assert bedside.burden.contractility < 0.2
    assert bedside.burden.breathing_drive == 0.0
    bedside.effects.membrane = 0.9
    bedside.look()
    assert bedside.burden.contractility > 0.85


def test_the_womb_presses_from_twenty_weeks_on_until_it_is_moved_or_emptied() -> None:
    assert Bedside({"pregnancy_weeks": 19.0}).burden.veins_ml == 0.0
    bedside = Bedside({"pregnancy_weeks": 34.0})
    pressed = bedside.burden.veins_ml
    assert pressed > 300.0
    assert bedside.treat("displace_uterus", LEFT)
    bedside.look()
    assert bedside.burden.veins_ml < 0.3 * pressed
    bedside.change("uterus_let_go", 0.0)
    bedside.look()
    assert bedside.burden.veins_ml == pytest.approx(pressed)
    assert bedside.treat("deliver")
    bedside.wait(120.0)
    assert differences(bedside.burden) == set()
    assert not bedside.treat("deliver")


@pytest.mark.parametrize(
    ("treatment", "lo_per_h", "hi_per_h"),
    [("rewarm_external", 1.0, 2.0), ("rewarm_internal", 3.0, 8.0), ("ecmo_rewarm", 12.0, 24.0)],
)
def test_each_way_of_rewarming_has_its_speed_and_stops_when_warm(
    treatment: str, lo_per_h: float, hi_per_h: float
) -> None:
    bedside = Bedside()
    bedside.blood.temperature_degc = 27.0
    bedside.look()
    assert bedside.burden.warming_degc_per_min == 0.0
    assert bedside.burden.stands
    assert bedside.treat(treatment)
    bedside.look()
    assert lo_per_h <= 60.0 * bedside.burden.warming_degc_per_min <= hi_per_h
    bedside.blood.temperature_degc = 36.5
    bedside.look()
    assert bedside.burden.warming_degc_per_min == 0.0


def test_the_heat_clock_speeds_heat_only() -> None:
    bedside = Bedside({"heat_clock": 10.0, "tension_mmhg": 10.0})
    bedside.blood.temperature_degc = 27.0
    bedside.treat("ecmo_rewarm")
    bedside.look()
    assert bedside.burden.warming_degc_per_min == pytest.approx(3.0)
    bedside.wait(60.0)
    assert bedside.burden.pneumothorax_mmhg < 12.1


def test_cooling_takes_fever_down_and_no_further() -> None:
    bedside = Bedside()
    bedside.blood.temperature_degc = 38.5
    bedside.treat("cool")
    bedside.look()
    assert bedside.burden.warming_degc_per_min < 0.0
    bedside.blood.temperature_degc = 36.0
    bedside.look()
    assert bedside.burden.warming_degc_per_min == 0.0


def test_dialysis_takes_potassium_and_acid_out() -> None:
    bedside = Bedside({"potassium_gain_mmol_per_min": 0.2})
    assert bedside.burden.potassium_mmol_per_min > 0.0
    bedside.treat("dialysis")
    bedside.look()
    assert bedside.burden.potassium_mmol_per_min < 0.0
    assert bedside.burden.acid_mmol_per_min < 0.0


def test_a_body_in_the_throat_can_be_taken_out() -> None:
    bedside = Bedside({"airway_obstruction": 1.0})
    clear_airway(bedside.causes, 1.0)
    bedside.look()
    assert differences(bedside.burden) == set()


@pytest.mark.parametrize("treatment", [each for each in TREATMENTS if "rewarm" not in each])
def test_no_treatment_hurts_a_patient_who_does_not_need_it_beyond_its_known_risks(treatment: str) -> None:
    bedside = Bedside({"needle_pneumothorax_chance": 0.0, "tap_puncture_chance": 0.0})
    worked = bedside.treat(treatment, BOTH)
    assert worked == (treatment in ("cool", "dialysis"))
    bedside.wait(60.0)
    exchange = {"potassium_mmol_per_min", "acid_mmol_per_min", "warming_degc_per_min"}
    assert differences(bedside.burden) <= exchange


def test_the_same_luck_decides_the_same_attempt() -> None:
    for seed in range(20):
        quick, slow = (Bedside({"tension_mmhg": 20.0}, seed) for _ in range(2))
        slow.wait(60.0)
        quick_results = [quick.treat("needle", LEFT) for _ in range(4)]
        assert quick_results == [slow.treat("needle", LEFT) for _ in range(4)]


@pytest.mark.parametrize("name", CAUSE_CHANGES)
def test_every_change_changes_something_and_none_changes_an_outcome(name: str) -> None:
    bedside = Bedside({"pregnancy_weeks": 34.0, "tension_mmhg": 10.0, "tension_side": 2.0})
    bedside.treat("displace_uterus")
    bedside.treat("thoracostomy", BOTH)
    before = repr(bedside.causes)
    bedside.change(name, 0.7)
    assert repr(bedside.causes) != before


def test_codes_and_names_agree() -> None:
    assert (TREATMENTS[NEEDLED], TREATMENTS[DELIVER], TREATMENTS[BURP_CHEST]) == ("needle", "deliver", "burp_chest")
    assert len(CAUSE_CHANGES) == POISONED + POISONS
    assert len(TOXINS) == POISONS


def test_a_rearrest_can_be_injected_on_a_treated_side() -> None:
    bedside = lucky("needle", True, LEFT, tension_mmhg=20.0)
    bedside.wait(10.0)
    bedside.change("tension_left_mmhg_per_min", 30.0)
    bedside.wait(60.0)
    assert bedside.burden.pneumothorax_mmhg > 15.0


def beating_against(**overrides: float) -> tuple[float, float, float]:
    """Systolic pressure (mmHg) of a healthy and of a weak heart under the causes, and the CPP of good compressions."""
    burden = Bedside(overrides).burden
    systolic = [_course(burden, strength)[0] for strength in (1.0, 0.45)]
    return systolic[0], systolic[1], _course(burden, 0.0)[1]


def _course(burden: Burden, strength: float) -> tuple[float, float]:
    p = pump.parameters()
    c = Circulation()
    begin_circulation(c, p, 1.0, 1.0)
    settle_circulation(c, p, 80.0, pump.LEFT, pump.RIGHT, 20)
    c.veins_ml -= burden.veins_ml
    c.relaxation = 1.0 if strength > 0.0 else 0.0
    strength *= burden.contractility
    set_vessels(
        c,
        p,
        burden.resistance,
        burden.pulmonary_resistance,
        burden.venous_resistance,
        pump.LEFT * strength,
        pump.RIGHT * strength,
        1.0,
    )
    press_from_outside(c, burden.pericardial_mmhg, burden.pneumothorax_mmhg, 0.0)
    hands = pump.Care(rate_per_min=0.0 if strength > 0.0 else 110.0)
    beats = 100.0 * burden.rate if strength > 0.0 else 0.0
    late = pump.pump(c, p, 20_000, hands, beats_per_min=beats).between(15_000, 20_000)
    return late.highest_mmhg, late.cpp_mmhg


@pytest.mark.parametrize(
    ("overrides", "treated"),
    [
        ({"tension_mmhg": 20.0}, {}),
        ({"pericardial_ml": 250.0}, {"pericardial_ml": 60.0}),
        ({"pulmonary_obstruction": 0.9}, {"pulmonary_obstruction": 0.1}),
        ({"anaphylaxis": 1.0}, {"anaphylaxis": 0.1}),
    ],
)
def test_no_pulse_stands_against_the_cause_and_the_same_heart_has_one_after_its_treatment(
    overrides: dict[str, float], treated: dict[str, float]
) -> None:
    healthy, weak, cpp = beating_against(**overrides)
    _, weak_after, cpp_after = beating_against(**treated)
    assert weak < 50.0
    assert healthy < 70.0
    assert cpp < 10.0
    assert weak_after > 65.0
    assert cpp_after > 13.0


def test_without_displacement_a_womb_costs_a_third_of_the_coronary_pressure() -> None:
    *_, free = beating_against()
    *_, pressed = beating_against(pregnancy_weeks=34.0)
    assert 0.6 < pressed / free < 0.8


SEVERITIES = {
    name: row
    for name, row in rows_of("causes").items()
    if name.endswith("_level")
    or name
    in ("tension_mmhg", "tension_side", "pericardial_ml", "pericardial_growth_ml_per_min", "bleeding_ml_per_min")
    or name in ("pulmonary_obstruction", "coronary_occlusion", "airway_obstruction", "anaphylaxis", "bronchospasm")
    or name in ("lung_water", "pregnancy_weeks", "wound_ml_per_min")
}
SHARES = ("opioid_reversal", "sodium_load", "lipid", "beta_block_reversal", "membrane", "vagolysis", "lysis")


@given(
    overrides=st.fixed_dictionaries({}, optional={name: st.floats(row.lo, row.hi) for name, row in SEVERITIES.items()}),
    drugs=st.fixed_dictionaries({name: st.floats(0.0, 1.0) for name in SHARES}),
    blood=st.fixed_dictionaries(
        {
            "glucose_mmol_l": st.floats(0.2, 50.0),
            "magnesium_mmol_l": st.floats(0.2, 15.0),
            "temperature_degc": st.floats(15.0, 43.0),
            "ph": st.floats(6.4, 7.8),
        }
    ),
    steps=st.lists(
        st.tuples(st.sampled_from(range(len(TREATMENTS))), st.integers(0, 3), st.floats(0.0, 120.0)), max_size=6
    ),
    changes=st.lists(st.tuples(st.integers(0, len(CAUSE_CHANGES) - 1), st.floats(-5.0, 500.0)), max_size=3),
)
def test_whatever_comes_together_the_burden_stays_bearable_numbers(
    overrides: dict[str, float],
    drugs: dict[str, float],
    blood: dict[str, Any],
    steps: list[tuple[int, int, float]],
    changes: list[tuple[int, float]],
) -> None:
    bedside = Bedside(overrides)
    for name, value in drugs.items():
        setattr(bedside.effects, name, value)
    for name, value in blood.items():
        setattr(bedside.blood, name, value)
    for code, amount in changes:
        change(bedside.causes, code, amount)
    for code, side, seconds in steps:
        treat(bedside.causes, bedside.p, bedside.lungs, bedside.told, 1, 0, code, side)
        bedside.look(seconds / 60.0)
        burden = bedside.burden
        assert all(isfinite(getattr(burden, each.name)) for each in fields(Burden))
        for name in ("contractility", "resistance", "rate", "compliance", "energy_ceiling"):
            assert 0.0 < getattr(burden, name) < 4.0
        assert 0.0 <= burden.breathing_drive <= 1.0
        assert 0.0 <= burden.obstruction <= 1.0
        assert 0.0 <= burden.coronary <= 1.0
        assert 0.0 <= burden.dead_share <= 0.6
        assert 0.0 <= burden.shunt_share <= 1.2
        assert 1.0 <= burden.venous_resistance <= 8.0
        assert 1.0 <= burden.pulmonary_resistance <= 12.0
        assert 0.0 <= burden.pneumothorax_mmhg <= 30.0
        assert 0.0 <= burden.pericardial_mmhg <= 100.0
        assert burden.bleeding_ml_per_min >= 0.0


def test_a_look_at_a_patient_without_causes_is_cheap() -> None:
    bedside = Bedside()
    best = min(_seconds(bedside) for _ in range(20))
    assert best / 200.0 < 30e-6


def _seconds(bedside: Bedside) -> float:
    start = time.perf_counter()
    for _ in range(200):
        bedside.look()
    return time.perf_counter() - start
