"""What each station finds: signs come with their cause, sit where the roles say, and go when it is treated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.sim import Case, Patient
from game.sim.body.airway import BRONCHUS, OESOPHAGUS, TUBE
from game.sim.body.causes import TOXINS
from game.sim.body.told import Told
from game.sim.body.whole import Body
from game.sim.events import SAMPLES, TREATMENTS
from game.sim.findings import findings, sample, sample_delay_ms
from game.sim.findings.samples import BEATING, FIBRILLATING, STANDSTILL, WEAK
from game.sim.laws.causes import begin_causes, live_causes
from game.sim.laws.electrical import look_at_trace
from game.sim.laws.treatments import treat
from game.sim.parameters import make_parameters
from game.sim.params.findings import senses
from game.sim.params.labs import lab_parameters
from game.sim.rhythm import ASYSTOLE, SINUS, VF

STATIONS = {"lead", "defibrillator", "airway", "chest"}
TAKEN_BY = {
    "gas": "cart", "labs": "cart", "glucose": "airway", "temperature": "airway", "ecg12": "cart", "nibp": "chest",
    "ultrasound": "cart",
}  # fmt: skip
"""Who reads each sample (decisions, section 6)."""

LEFT = 1


@dataclass
class Ward:
    """A patient whose readings are set by hand, with the causes he has."""

    overrides: dict[str, float] = field(default_factory=dict)
    pulse: bool = False
    body: Body = field(default_factory=lambda: Body(seed=1, step=100_000))

    def __post_init__(self) -> None:
        self.p = make_parameters(self.overrides)
        body = self.body
        begin_causes(body.causes, self.p.causes)
        body.electrical.rhythm, body.electrical.beating = SINUS, True
        body.electrical.rate_per_min = 80.0
        body.pulse.present = self.pulse
        c = body.circulation
        c.veins_ml, c.aorta_ml, c.rate_per_min = 1300.0, 100.0, 80.0
        c.right_atrial_mmhg, c.flow_l_min, c.cerebral_ml_s = 8.0, 1.3, 4.0
        c.systolic_mmhg, c.diastolic_mmhg, c.mean_mmhg = (120.0, 75.0, 90.0) if self.pulse else (55.0, 22.0, 32.0)
        c.flow_l_min = 5.0 if self.pulse else 1.3
        body.lungs.saturation, body.lungs.fio2, body.lungs.exhaled_mmhg = 0.96, 1.0, 20.0
        body.lungs.arterial_mmhg, body.lungs.oxygen_mmhg = 45.0, 150.0
        blood = body.blood
        blood.haemoglobin_g_per_l, blood.temperature_degc, blood.ph = 140.0, 36.8, 7.25
        blood.potassium_mmol_l, blood.magnesium_mmol_l, blood.calcium_mmol_l = 4.3, 0.9, 1.2
        blood.glucose_mmol_l, blood.lactate_mmol_l, blood.base_excess = 7.0, 5.0, -5.0
        body.airway.device = TUBE
        self.look()

    def look(self, seconds: float = 0.5) -> None:
        body = self.body
        live_causes(
            body.causes, self.p.causes, body.circulation, body.lungs, body.blood, body.drugs.effects, seconds / 60.0
        )
        look_at_trace(
            body.electrical, self.p.rhythm, body.myocardium, body.blood, body.drugs.effects, body.causes.burden
        )

    def treat(self, treatment: str, side: int = 0) -> None:
        code = TREATMENTS.index(treatment)
        treat(self.body.causes, self.p.causes, self.body.lungs, Told(), self.body.seed, 0, code, side)

    def found(self) -> dict[str, str]:
        return {each.name: each.value for each in findings(self.body, self.p)}

    def sampled(self, kind: str) -> dict[str, int]:
        return dict(sample(kind, self.body, self.p))

    def all_by_station(self) -> set[tuple[str, str, object]]:
        """Every finding and every value of every sample, with the station that learns it."""
        known: set[tuple[str, str, object]] = {
            (each.station, each.name, each.value) for each in findings(self.body, self.p)
        }
        for kind, station in TAKEN_BY.items():
            known |= {(station, name, value) for name, value in sample(kind, self.body, self.p)}
        return known


def with_blood(**readings: float) -> Ward:
    ward = Ward()
    for name, value in readings.items():
        setattr(ward.body.blood, name, value)
    ward.look()
    return ward


def bled_out() -> Ward:
    ward = Ward({"blood_loss_ml": 1500.0, "bleeding_site": 2.0})
    ward.body.circulation.veins_ml = 250.0
    ward.body.circulation.right_atrial_mmhg = -1.0
    ward.body.blood.haemoglobin_g_per_l = 55.0
    return ward


def choked() -> Ward:
    ward = Ward({"airway_obstruction": 1.0})
    ward.body.airway.patency, ward.body.lungs.saturation, ward.body.lungs.oxygen_mmhg = 0.05, 0.4, 24.0
    ward.body.lungs.exhaled_mmhg = 0.0
    return ward


def sour() -> Ward:
    ward = Ward(pulse=True)
    ward.body.blood.base_excess, ward.body.blood.ph, ward.body.blood.glucose_mmol_l = -22.0, 6.9, 40.0
    ward.body.airway.own_breaths_per_min = 32.0
    return ward


def wheezing() -> Ward:
    ward = Ward({"bronchospasm": 1.0}, pulse=True)
    ward.body.lungs.saturation, ward.body.lungs.arterial_mmhg, ward.body.lungs.oxygen_mmhg = 0.7, 80.0, 40.0
    return ward


TWELVE: dict[str, Callable[[], Ward]] = {
    "hypovolaemia": bled_out,
    "hypoxia": choked,
    "hydrogen_ion": sour,
    "hypokalaemia": lambda: with_blood(potassium_mmol_l=1.9, magnesium_mmol_l=0.45),
    "hyperkalaemia": lambda: with_blood(potassium_mmol_l=8.4),
    "hypothermia": lambda: with_blood(temperature_degc=27.0),
    "hypoglycaemia": lambda: with_blood(glucose_mmol_l=1.1),
    "tension_pneumothorax": lambda: Ward({"tension_mmhg": 20.0}),
    "tamponade": lambda: Ward({"pericardial_ml": 250.0}),
    "toxins": lambda: Ward({"sodium_channel_level": 0.9}),
    "thrombosis_pulmonary": lambda: Ward({"pulmonary_obstruction": 0.8}),
    "thrombosis_coronary": lambda: Ward({"coronary_occlusion": 1.0}, pulse=True),
}
MORE: dict[str, Callable[[], Ward]] = {
    "anaphylaxis": lambda: Ward({"anaphylaxis": 1.0}),
    "asthma": wheezing,
    "drowning": lambda: Ward({"lung_water": 1.0}),
    "magnesium": lambda: with_blood(magnesium_mmol_l=9.0),
    "pelvic_trauma": lambda: Ward({"trauma": 1.0, "bleeding_site": 4.0, "blood_loss_ml": 1500.0}),
}


@pytest.mark.parametrize("cause", [*TWELVE, *MORE])
def test_every_cause_shows_at_least_two_things_at_two_stations(cause: str) -> None:
    ward = {**TWELVE, **MORE}[cause]()
    well = Ward(pulse=ward.pulse)
    signs = ward.all_by_station() - well.all_by_station()
    assert len({name for _, name, _ in signs}) >= 2
    assert len({station for station, _, _ in signs}) >= 2


def test_a_closed_coronary_artery_shows_on_paper_and_on_the_leader_s_monitor() -> None:
    ward = TWELVE["thrombosis_coronary"]()
    stations = {station for station, name, value in ward.all_by_station() if (name, value) == ("trace_st", "raised")}
    assert stations == {"lead", "defibrillator"}
    assert ward.sampled("ecg12")["st_tenth_mm"] >= 20


@pytest.mark.parametrize("toxin", TOXINS)
def test_every_poison_leaves_a_sign(toxin: str) -> None:
    poisoned, well = Ward({f"{toxin}_level": 1.0}, pulse=True), Ward(pulse=True)
    poisoned.body.electrical.rate_per_min *= poisoned.body.causes.burden.rate
    assert poisoned.found() != well.found()


def test_every_finding_has_words_a_known_station_and_a_source_and_says_one_of_its_words() -> None:
    for ward in [Ward(), Ward(pulse=True), *(make() for make in (*TWELVE.values(), *MORE.values()))]:
        names = set()
        for each in findings(ward.body, ward.p):
            names.add(each.name)
            assert each.station in STATIONS
            assert each.value in senses()[each.name].words
            assert each.source == senses()[each.name].source
        assert names == set(senses())


def test_each_station_has_its_own_share() -> None:
    by_station = {station: [s.name for s in senses().values() if station in s.stations] for station in STATIONS}
    assert {"neck_veins", "trachea", "breath_left", "pupils", "capnogram"} <= set(by_station["airway"])
    assert {"pulse", "belly", "legs", "rash", "pelvis"} <= set(by_station["chest"])
    assert not {"neck_veins", "breath_left", "pupils", "belly", "pulse"} & set(by_station["defibrillator"])
    assert all(name.startswith("trace_") for name in by_station["lead"])


def test_tension_on_the_left_as_in_the_book_and_gone_ten_seconds_after_the_finger() -> None:
    ward = Ward({"tension_mmhg": 20.0})
    ward.body.circulation.right_atrial_mmhg = 16.0
    found = ward.found()
    assert found["breath_left"] == "absent"
    assert found["breath_right"] == "clear"
    assert found["percussion_left"] == "hollow"
    assert found["trachea"] == "right"
    assert found["neck_veins"] == "full"
    assert found["bag"] == "hard"
    assert found["chest_rise"] == "right"
    assert ward.sampled("ultrasound")["sliding_left"] == 0
    assert ward.sampled("ultrasound")["sliding_right"] == 1

    ward.treat("thoracostomy", LEFT)
    ward.body.circulation.right_atrial_mmhg = 8.0
    for _ in range(20):
        ward.look()
    assert ward.found() == Ward().found()
    assert ward.sampled("ultrasound") == Ward().sampled("ultrasound")


def test_tamponade_shows_on_ultrasound_paper_and_neck_and_less_after_the_needle() -> None:
    ward = Ward({"pericardial_ml": 240.0, "tap_fails_chance": 0.0})
    assert ward.sampled("ultrasound")["effusion_mm"] == 12
    assert ward.sampled("ecg12")["low_voltage"] == 1
    assert ward.found()["heart_sounds"] == "muffled"
    assert ward.found()["neck_veins"] == "full"
    ward.treat("pericardiocentesis")
    for _ in range(480):
        ward.look()
    assert ward.sampled("ultrasound")["effusion_mm"] <= 4
    assert ward.sampled("ecg12")["low_voltage"] == 0
    assert ward.found()["neck_veins"] == "normal"


def test_a_pulse_with_fluid_around_the_heart_is_paradoxical() -> None:
    ward = Ward({"pericardial_ml": 220.0}, pulse=True)
    assert ward.found()["pulsus"] == "paradox"
    assert Ward(pulse=True).found()["pulsus"] == "none"


def test_lysis_takes_the_strain_but_not_the_swollen_leg() -> None:
    ward = Ward({"pulmonary_obstruction": 0.8})
    assert ward.sampled("ultrasound")["rv_lv_pct"] > 100
    assert ward.sampled("ecg12")["s1q3t3"] == 1
    assert ward.found()["legs"] == "left_swollen"
    ward.body.drugs.effects.lysis = 1.0
    ward.look(45.0 * 60.0)
    assert ward.sampled("ultrasound")["rv_lv_pct"] < 100
    assert ward.sampled("ecg12")["s1q3t3"] == 0
    assert ward.found()["legs"] == "left_swollen"


@pytest.mark.parametrize(
    ("place", "heard"),
    [
        (
            OESOPHAGUS,
            {"breath_left": "absent", "breath_right": "absent", "chest_rise": "none", "stomach_gurgle": "heard"},
        ),
        (BRONCHUS, {"breath_left": "absent", "breath_right": "clear", "chest_rise": "right", "stomach_gurgle": "none"}),
    ],
)
def test_where_the_tube_sits_can_be_heard_and_seen(place: int, heard: dict[str, str]) -> None:
    ward = Ward()
    ward.body.airway.place = place
    found = ward.found()
    assert {name: found[name] for name in heard} == heard


def test_the_curve_of_the_capnograph() -> None:
    ward = Ward()
    assert ward.found()["capnogram"] == "square"
    ward.body.lungs.exhaled_mmhg = 9.0
    assert ward.found()["capnogram"] == "low"
    ward.body.lungs.exhaled_mmhg = 60.0
    assert ward.found()["capnogram"] == "high"
    ward.body.airway.place = OESOPHAGUS
    assert ward.found()["capnogram"] == "fading"
    ward.body.lungs.exhaled_mmhg = 0.0
    assert ward.found()["capnogram"] == "flat"
    asthma = Ward({"bronchospasm": 1.0})
    assert asthma.found()["capnogram"] == "shark_fin"


def test_pupils_tell_opioid_from_tricyclic_and_naloxone_widens_them() -> None:
    opioid = Ward({"opioid_level": 1.0}, pulse=True)
    assert opioid.found()["pupils"] == "pin"
    opioid.body.drugs.effects.opioid_reversal = 1.0
    assert opioid.found()["pupils"] == "normal"
    assert Ward({"sodium_channel_level": 0.9}, pulse=True).found()["pupils"] == "wide"


def test_high_potassium_widens_and_calcium_narrows_by_a_fifth() -> None:
    ward = with_blood(potassium_mmol_l=8.4)
    wide_ms = ward.sampled("ecg12")["qrs_ms"]
    assert wide_ms >= 140
    assert ward.found()["trace_t"] == "tall"
    assert ward.sampled("gas")["potassium_tenth_mmol_l"] == 84
    ward.body.drugs.effects.membrane = 1.0
    ward.look()
    assert ward.sampled("ecg12")["qrs_ms"] <= 0.8 * wide_ms
    assert ward.sampled("gas")["potassium_tenth_mmol_l"] == 84


def test_st_elevation_deceives_only_early_and_not_always() -> None:
    minute_ms = 60_000
    early = late = 0
    for seed in range(300):
        ward = Ward(pulse=True)
        ward.body.seed, ward.body.pulse.ever = seed, True
        now_ms = ward.body.step * 4
        ward.body.pulse.since_ms = now_ms - 3 * minute_ms
        early += ward.sampled("ecg12")["st_tenth_mm"] >= 10
        assert ward.sampled("ecg12") == ward.sampled("ecg12")
        ward.body.pulse.since_ms = now_ms - 9 * minute_ms
        late += ward.sampled("ecg12")["st_tenth_mm"] >= 10
    assert 0.12 < early / 300 < 0.25
    assert late == 0


@pytest.mark.parametrize(("territory", "name"), [(0.0, 1), (1.0, 2), (2.0, 3)])
def test_a_closed_artery_shows_its_wall(territory: float, name: int) -> None:
    ward = Ward({"coronary_occlusion": 1.0, "coronary_territory": territory}, pulse=True)
    assert ward.sampled("ecg12")["st_territory"] == name
    assert ward.sampled("ultrasound")["still_wall"] == 1


def test_what_the_heart_does_on_the_ultrasound() -> None:
    ward = Ward(pulse=True)
    assert ward.sampled("ultrasound")["heart_motion"] == BEATING
    ward = Ward()
    ward.body.circulation.beat_peak_mmhg = 45.0
    assert ward.sampled("ultrasound")["heart_motion"] == WEAK
    ward.body.circulation.beat_peak_mmhg = 3.0
    assert ward.sampled("ultrasound")["heart_motion"] == STANDSTILL
    ward.body.electrical.rhythm, ward.body.electrical.beating = ASYSTOLE, False
    assert ward.sampled("ultrasound")["heart_motion"] == STANDSTILL
    ward.body.electrical.rhythm = VF
    assert ward.sampled("ultrasound")["heart_motion"] == FIBRILLATING


def test_free_fluid_lies_in_the_belly_and_not_in_the_gut() -> None:
    belly = Ward({"bleeding_site": 2.0, "blood_loss_ml": 1200.0})
    gut = Ward({"bleeding_site": 3.0, "blood_loss_ml": 1200.0})
    assert (belly.sampled("ultrasound")["free_fluid"], gut.sampled("ultrasound")["free_fluid"]) == (1, 0)
    assert (belly.found()["throat"], gut.found()["throat"]) == ("clear", "blood")


def test_samples_take_the_time_they_take() -> None:
    delays_s = {kind: sample_delay_ms(kind) / 1000.0 for kind in SAMPLES}
    assert 120.0 <= delays_s["gas"] <= 180.0
    assert 120.0 <= delays_s["labs"] <= 180.0
    assert delays_s["ultrasound"] <= 10.0
    assert delays_s["glucose"] <= 180.0
    assert set(TAKEN_BY) == set(SAMPLES)


def test_the_cuff_finds_nothing_without_a_pulse() -> None:
    assert set(Ward().sampled("nibp").values()) == {0}
    assert Ward(pulse=True).sampled("nibp") == {"systolic_mmhg": 120, "diastolic_mmhg": 75, "mean_mmhg": 90}


def test_samples_have_the_same_names_whatever_the_state() -> None:
    for kind in SAMPLES:
        names = {tuple(name for name, _ in sample(kind, make().body, make().p)) for make in TWELVE.values()}
        assert len(names) == 1


def test_looking_changes_nothing() -> None:
    ward = TWELVE["tension_pneumothorax"]()
    before = repr(ward.body)
    ward.all_by_station()
    assert repr(ward.body) == before


def test_a_womb_is_seen_until_the_child_is_born() -> None:
    ward = Ward({"pregnancy_weeks": 34.0})
    assert (ward.found()["belly"], ward.found()["womb"]) == ("gravid", "above_navel")
    ward.treat("displace_uterus")
    assert ward.found()["womb"] == "moved_aside"
    ward.treat("deliver")
    ward.look(180.0)
    assert (ward.found()["belly"], ward.found()["womb"]) == ("soft", "none")


@given(
    severities=st.fixed_dictionaries(
        {},
        optional={
            "tension_mmhg": st.floats(0.0, 30.0),
            "tension_side": st.sampled_from([0.0, 1.0, 2.0]),
            "pericardial_ml": st.floats(0.0, 500.0),
            "anaphylaxis": st.floats(0.0, 1.0),
            "bleeding_site": st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            "blood_loss_ml": st.floats(0.0, 3000.0),
            "pregnancy_weeks": st.floats(0.0, 42.0),
            **{f"{toxin}_level": st.floats(0.0, 1.0) for toxin in TOXINS},
        },
    ),
    readings=st.tuples(st.floats(15.0, 43.0), st.floats(0.2, 60.0), st.floats(1.0, 10.0), st.floats(-20.0, 40.0)),
    place=st.integers(0, 3),
    pulse=st.booleans(),
)
def test_whatever_the_state_every_finding_is_one_of_its_words(
    severities: dict[str, float], readings: tuple[float, float, float, float], place: int, pulse: bool
) -> None:
    ward = Ward(severities, pulse=pulse)
    blood = ward.body.blood
    blood.temperature_degc, blood.glucose_mmol_l, blood.potassium_mmol_l, atrial_mmhg = readings
    ward.body.circulation.right_atrial_mmhg = atrial_mmhg
    ward.body.airway.place = place
    ward.look()
    assert all(each.value in senses()[each.name].words for each in findings(ward.body, ward.p))
    for kind in SAMPLES:
        assert all(type(value) is int for _, value in sample(kind, ward.body, ward.p))
    assert lab_parameters().gas_s > 0.0


@pytest.mark.parametrize("rhythm", ["vf", "pea", "asystole"])
def test_nobody_without_a_pulse_breathes_normally(rhythm: str) -> None:
    patient = Patient.new(Case.of(rhythm), 1)
    for second in range(120):
        patient.advance(second * 1000)
        word = next(finding.value for finding in patient.findings if finding.name == "breathing")
        assert patient.has_pulse or word in ("none", "gasping")
