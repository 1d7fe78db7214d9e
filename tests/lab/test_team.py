"""A team does what its plan says: rates, pauses, breaths, shocks, doses, airways, and care for a pulse."""

from __future__ import annotations

from itertools import pairwise

import pytest

from game.sim import Breath, Case, Compression, Dose, Patient, Rhythm, Shock
from game.sim.events import AirwayAct, Fluid, Infuse, Oxygen, Treat
from lab.record import RUN_GAP_MS
from lab.team import Condition, Team
from tests.lab.conftest import WEIGHT_KG, Dummy, plan, played

CONTINUOUS = "[breaths]\ncontinuous = true\n"
STEADY = CONTINUOUS + "[check]\nevery_s = 1200\n[crew]\ncheck_after_s = 1200\n"
MINUTE_MS = 60_000


def gaps(dummy: Dummy) -> list[int]:
    pushes = dummy.given(Compression)
    return [b.start_ms - (a.start_ms + a.down_ms + a.up_ms) for a, b in pairwise(pushes)]


class TestHands:
    def test_pushes_come_at_the_rate_depth_duty_and_lean_of_the_plan(self) -> None:
        text = "[compressions]\nrate_per_min = 100\ndepth_mm = 47\nlean_mm = 4\nduty = 0.5\n" + STEADY
        dummy, _ = played(text, minutes=2)
        pushes = dummy.given(Compression)
        assert len(pushes) == 200
        assert {b.start_ms - a.start_ms for a, b in pairwise(pushes)} == {600}
        assert {(p.depth_um, p.residual_um, p.down_ms + p.up_ms) for p in pushes} == {(47_000, 4_000, 300)}

    def test_thirty_pushes_and_two_breaths(self) -> None:
        dummy, record = played("[breaths]\nset_pause_s = 5\nvolume_ml = 550\nseal_pct = 80\n", minutes=2)
        pauses = [gap for gap in gaps(dummy) if gap > RUN_GAP_MS]
        assert pauses[0] == pytest.approx(5000, abs=2)
        firsts = dummy.given(Compression)
        assert firsts[30].start_ms - firsts[29].start_ms > RUN_GAP_MS
        breaths = dummy.given(Breath)
        assert record.set_pauses == record.real_pauses == len(breaths) // 2
        assert {(b.volume_ml, b.airway, b.seal_pct, b.fio2_pct) for b in breaths} == {(550, "mask", 80, 100)}
        during = [p for p in firsts for b in breaths if b.start_ms < p.start_ms < b.start_ms + b.duration_ms]
        assert during == []

    def test_some_pauses_pass_without_air(self) -> None:
        dummy, record = played("[breaths]\nreal_share = 0.4\n", minutes=30)
        assert record.set_pauses > 60
        assert 0.2 < record.real_pauses / record.set_pauses < 0.6
        assert len(dummy.given(Breath)) == 2 * record.real_pauses

    def test_breaths_beside_the_pushes(self) -> None:
        dummy, _ = played("[breaths]\ncontinuous = true\nper_min = 12\n" + STEADY.replace(CONTINUOUS, ""), minutes=2)
        breaths = dummy.given(Breath)
        assert {b.start_ms - a.start_ms for a, b in pairwise(breaths)} == {5000}
        assert max(gaps(dummy)) < RUN_GAP_MS

    def test_no_breaths_at_all(self) -> None:
        dummy, _ = played("[breaths]\ngive = false\n", minutes=2)
        assert dummy.given(Breath) == []
        assert dummy.given(Compression) != []

    @pytest.mark.parametrize("wanted", [0.25, 0.5, 0.8])
    def test_idle_pauses_bring_the_time_without_hands_to_what_the_plan_wants(self, wanted: float) -> None:
        _, record = played(f"[compressions]\nhands_off = {wanted}\n", minutes=10)
        on = sum(end - start for start, end in record.runs())
        assert 1 - on / (10 * MINUTE_MS) == pytest.approx(wanted, abs=0.06)

    def test_arms_tire_and_fresh_ones_take_over_at_the_check(self) -> None:
        dummy, _ = played("[compressions]\ntires = true\n" + CONTINUOUS, minutes=6)
        depth = {p.start_ms: p.depth_um for p in dummy.given(Compression)}
        checks = [ms for (ms, a) in zip(list(depth)[1:], gaps(dummy), strict=True) if a > RUN_GAP_MS]
        assert depth[0] == pytest.approx(50_000, rel=0.01)
        before = max(ms for ms in depth if ms < checks[1])
        assert depth[before] < 0.95 * 50_000
        assert depth[checks[1]] > depth[before] + 2_000
        leans = [p.residual_um for p in dummy.given(Compression)]
        assert leans[0] < max(leans)

    def test_high_rates_cost_depth(self) -> None:
        text = "[compressions]\nrate_per_min = 145\nrate_costs_depth = 0.004\n"
        assert played(text, minutes=1)[0].given(Compression)[0].depth_um == pytest.approx(45_000, abs=2)


class TestLuck:
    PLANS = (
        "[compressions]\ntires = true\nhands_off = 0.2\n[breaths]\nreal_share = 0.6\n",
        "[compressions]\nforce_n = 420\n[rosc]\nnotice_s = 0\n[airway]\ndevice = 'tube'\nafter_s = 100\npause_s = 7\n",
    )
    LINE = "[access]\nafter_s = 3\n"
    IDLE = LINE + "[drug.epinephrine]\ndoses = [1]\nafter_shocks = [0]\nevery_s = 37\nplacebo = true\n"

    @pytest.mark.parametrize("text", PLANS)
    @pytest.mark.parametrize("rhythm", ["vf", "pea"])
    def test_a_job_that_does_nothing_changes_nothing(self, text: str, rhythm: str) -> None:
        ends = []
        for more in (self.LINE, self.IDLE):
            patient = Patient.new(Case.of(rhythm), 11)
            record = Team(patient, plan(text + more).draw(11), WEIGHT_KG, limit_ms=5 * MINUTE_MS).play()
            ends.append((patient.state_hash(), record.pushes, record.breaths, record.happenings, record.max_cpp_mmhg))
            assert (len(record.doses) >= 5) is (more == self.IDLE)
        assert ends[0] == ends[1]


class TestBeforeTheCrew:
    BYSTANDER = """
[bystander]
cpr = true
after_s = 60
[bystander_compressions]
depth_mm = 38
[bystander_breaths]
give = false
[crew]
at_s = 300
"""

    def test_a_bystander_pushes_until_the_crew_comes(self) -> None:
        dummy, record = played(self.BYSTANDER, minutes=8)
        pushes = dummy.given(Compression)
        assert pushes[0].start_ms == 60_000
        assert {p.depth_um for p in pushes if p.start_ms < 300_000} == {38_000}
        assert {p.depth_um for p in pushes if p.start_ms >= 300_000} == {50_000}
        assert record.crew_ms == 300_000
        assert record.pushes[record.crew_from] == 300_000
        assert all(b.start_ms >= 300_000 for b in dummy.given(Breath))

    def test_without_a_bystander_nobody_touches_the_patient(self) -> None:
        dummy, _ = played("[crew]\nat_s = 300\n", minutes=8)
        assert dummy.given(Compression)[0].start_ms == 300_000

    def test_a_crew_that_never_comes(self) -> None:
        dummy, record = played("[crew]\nat_s = false\n", minutes=8)
        assert dummy.events == []
        assert (record.end, record.end_ms, record.crew_ms) == ("limit", 8 * MINUTE_MS, -1)


class TestShocks:
    def test_pauses_before_and_after_are_those_of_the_plan(self) -> None:
        text = "[shock]\npre_pause_s = 6\npost_pause_s = 5\n" + CONTINUOUS
        _, record = played(text, Dummy(Rhythm.VF), minutes=8)
        assert len(record.shocks) > 2
        assert {shock.pre_pause_ms for shock in record.shocks} == {6000}
        for shock in record.shocks[:-1]:
            after = min(ms for ms in record.pushes if ms >= shock.ms)
            assert after - shock.ms == pytest.approx(5000, abs=30)
        assert all(shock.result == "failed" for shock in record.shocks)

    def test_hands_go_back_on_while_charging_unless_the_plan_says_otherwise(self) -> None:
        _, record = played("[shock]\ncharge_s = 6\n" + CONTINUOUS, Dummy(Rhythm.VF), minutes=2)
        first = record.shocks[0].ms
        assert any(first - 10_000 < ms < first - 4_000 for ms in record.pushes)
        text = "[shock]\ncharge_while_compressing = false\npre_pause_s = 14\n" + CONTINUOUS
        _, record = played(text, Dummy(Rhythm.VF), minutes=2)
        first = record.shocks[0].ms
        assert not any(first - 14_000 < ms < first for ms in record.pushes)

    def test_energies_rise_and_the_pads_move(self) -> None:
        text = "[shock]\nenergies_j = [120, 200]\nvector_after = 3\n"
        dummy, _ = played(text, Dummy(Rhythm.VF), minutes=12)
        shocks = dummy.given(Shock)
        assert [s.energy_j for s in shocks[:4]] == [120, 200, 200, 200]
        assert [s.vector for s in shocks[:5]] == ["al", "al", "al", "ap", "ap"]

    def test_shocks_come_every_two_minutes_and_hands_stay_on_in_between(self) -> None:
        _, record = played(CONTINUOUS, Dummy(Rhythm.VF), minutes=12)
        between = [b.ms - a.ms for a, b in pairwise(record.shocks)]
        assert all(120_000 <= gap < 140_000 for gap in between)

    def test_three_in_a_row(self) -> None:
        _, record = played("[shock]\nstack = 3\nstack_s = 10\n", Dummy(Rhythm.VF), minutes=2)
        a, b, c = record.shocks[:3]
        assert b.ms - a.ms < 16_000
        assert c.ms - b.ms < 16_000
        assert not any(a.ms < ms < c.ms for ms in record.pushes)

    @pytest.mark.parametrize("rhythm", [Rhythm.ASYSTOLE, Rhythm.PEA])
    def test_what_is_not_shockable_is_not_shocked(self, rhythm: Rhythm) -> None:
        assert played("", Dummy(rhythm), minutes=6)[0].given(Shock) == []

    def test_a_plan_may_forbid_shocks(self) -> None:
        assert played("[shock]\ngive = false\n", Dummy(Rhythm.VF), minutes=6)[0].given(Shock) == []


EPINEPHRINE = "[drug.epinephrine]\ndoses = [1]\nafter_shocks = [2]\nevery_s = 240\n"


class TestDrugs:
    def test_in_a_flat_line_the_first_dose_goes_in_with_the_line_and_then_by_the_clock(self) -> None:
        dummy, _record = played(EPINEPHRINE + "[access]\nafter_s = 90\nroute = 'io_tibia'\n", minutes=10)
        doses = dummy.given(Dose)
        assert [(d.ms - 90_000) // 1000 for d in doses] == [0, 240, 480]
        assert {(d.drug, d.dose_ug, d.route, d.flush) for d in doses} == {("epinephrine", 1000, "io_tibia", True)}

    def test_in_vf_it_waits_for_the_second_shock(self) -> None:
        dummy, record = played(EPINEPHRINE, Dummy(Rhythm.VF), minutes=10)
        first = dummy.given(Dose)[0].ms
        assert record.shocks[1].ms < first < record.shocks[1].ms + 10_000

    def test_an_antiarrhythmic_follows_the_third_and_fifth_shock_only_in_vf(self) -> None:
        text = "[drug.amiodarone]\ndoses = [300, 150]\nafter_shocks = [3, 5]\nnot_shockable = false\n"
        dummy, record = played(text, Dummy(Rhythm.VF), minutes=20)
        assert [d.dose_ug for d in dummy.given(Dose)] == [300_000, 150_000]
        assert record.shocks[2].ms < dummy.given(Dose)[0].ms < record.shocks[3].ms
        assert record.shocks[4].ms < dummy.given(Dose)[1].ms < record.shocks[5].ms
        assert played(text, Dummy(Rhythm.PEA), minutes=20)[0].given(Dose) == []

    def test_a_placebo_is_on_record_and_nothing_goes_in(self) -> None:
        dummy, record = played(EPINEPHRINE + "placebo = true\n", minutes=10)
        assert dummy.given(Dose) == []
        assert [(d.drug, d.amount, d.unit, d.placebo) for d in record.doses] == [("epinephrine", 1, "mg", True)] * 3

    def test_doses_by_weight(self) -> None:
        dummy, _ = played("[drug.lidocaine]\ndoses = [1.5]\nunit = 'mg/kg'\n", minutes=6)
        assert [d.dose_ug for d in dummy.given(Dose)] == [1500 * WEIGHT_KG]

    def test_not_before_its_time_and_not_more_than_the_most(self) -> None:
        text = EPINEPHRINE + "from_collapse_s = 300\nmost = 2\n"
        doses = played(text, minutes=20)[0].given(Dose)
        assert [d.ms // 1000 for d in doses] == [300, 540]

    def test_the_same_drug_by_two_rules(self) -> None:
        text = EPINEPHRINE + "[drug.late]\ndrug = 'epinephrine'\ndoses = [3]\nfrom_collapse_s = 400\n"
        assert 3000 in [d.dose_ug for d in played(text, minutes=10)[0].given(Dose)]

    def test_fluids_and_treatments_at_their_time(self) -> None:
        text = "[fluid.blood]\nkind = 'blood'\nvolume_ml = 800\n"
        text += "[treatment.needle]\nside = 'left'\nafter_s = 200\ntries = 2\n"
        text += "[treatment.foreign_body]\nafter_s = 30\ntries = 1\n"
        dummy, _ = played(text, minutes=8)
        fluid, needles = dummy.given(Fluid)[0], dummy.given(Treat)
        assert (fluid.ms, fluid.volume_ml, fluid.kind) == (90_000, 800, "blood")
        assert [(n.ms, n.treatment, n.side) for n in needles] == [
            (200_000, "needle", "left"),
            (260_000, "needle", "left"),
        ]
        assert (30_000, "foreign_body") in [(a.ms, a.act) for a in dummy.given(AirwayAct)]


class TestAirway:
    TUBE = "[airway]\ndevice = 'tube'\nafter_s = 100\nattempt_s = 30\npause_s = 10\n"

    def test_an_attempt_takes_its_time_and_its_pause_and_then_breaths_go_beside(self) -> None:
        dummy, record = played(self.TUBE, minutes=4)
        assert record.airway == "tube"
        attempt = next(a for a in dummy.given(AirwayAct) if a.act == "tube")
        assert attempt.ms == 130_000
        assert not any(120_500 < ms < 130_000 for ms in record.pushes)
        assert not any(100_000 < b.start_ms < 130_000 for b in dummy.given(Breath))
        assert {b.airway for b in dummy.given(Breath) if b.start_ms > 130_000} == {"tube"}

    def test_a_failed_attempt_is_tried_again_and_then_given_up(self) -> None:
        dummy = Dummy()
        dummy.placing = [0]
        _, record = played(self.TUBE, dummy, minutes=8)
        assert [a.act for a in dummy.given(AirwayAct)].count("tube") == 2
        assert record.airway == "mask"

    def test_a_tube_without_carbon_dioxide_comes_out(self) -> None:
        dummy = Dummy()
        dummy.etco2_mmhg = None
        _, record = played(self.TUBE, dummy, minutes=8)
        assert [a.act for a in dummy.given(AirwayAct)] == ["open", "opa", "tube", "remove", "tube", "remove"]
        assert record.airway == "mask"
        dummy = Dummy()
        dummy.etco2_mmhg = None
        assert played(self.TUBE + "capnograph = false\n", dummy, minutes=8)[1].airway == "tube"

    def test_a_pause_longer_than_the_attempt_lasts_its_time(self) -> None:
        _, record = played(self.TUBE.replace("pause_s = 10", "pause_s = 45"), minutes=4)
        assert not any(100_000 <= ms < 145_000 for ms in record.pushes)
        assert (145_000, "tube in") in [(round(ms, -3), what) for ms, what in record.acts]

    def test_an_attempt_that_the_end_cuts_short_leaves_nothing(self) -> None:
        dummy, record = played(self.TUBE, minutes=2)
        assert record.end_ms == dummy.now_ms == 120_000
        assert [a.act for a in dummy.given(AirwayAct)] == ["open", "opa"]
        assert record.acts == []

    def test_idle_time_is_planned_anew_after_an_attempt_and_not_twice(self) -> None:
        text = CONTINUOUS + "[compressions]\nhands_off = 0.3\n[check]\nevery_s = 600\nlook_s = 30\n"
        text += "[crew]\ncheck_after_s = 20\n[airway]\ndevice = 'tube'\nafter_s = 400\nattempt_s = 30\npause_s = 30\n"
        _, record = played(text, minutes=10)
        on = sum(end - start for start, end in record.runs(20_000))
        assert 1 - on / 580_000 == pytest.approx(0.3, abs=0.02)


class TestPulse:
    def test_a_pulse_is_found_at_the_check_and_held_for_twenty_minutes(self) -> None:
        _, record = played("", Dummy(pulses=[(200_000, 1)]), minutes=60)
        assert record.end == "held"
        assert record.end_ms - 200_000 == pytest.approx(1200_000, abs=16_000)
        assert record.outlook is not None
        last = record.pushes[-1]
        assert 200_000 < last < 320_000

    def test_signs_of_life_are_noticed_before_the_check(self) -> None:
        _, record = played("[rosc]\nnotice_s = 5\n", Dummy(pulses=[(200_000, 1)]), minutes=60)
        assert record.pushes[-1] < 216_000

    def test_breaths_and_oxygen_go_to_what_is_measured(self) -> None:
        dummy = Dummy(pulses=[(100_000, 1)])
        dummy.spo2_pct, dummy.etco2_mmhg = 100, 60
        played("", dummy, minutes=30)
        late = [b for b in dummy.given(Breath) if b.start_ms > 900_000]
        assert late[0].fio2_pct == 30
        assert late[1].start_ms - late[0].start_ms == 3000
        assert dummy.given(Oxygen)[-1].fio2_pct == 30

    def test_low_pressure_gets_fluid_once_and_a_pressor_in_steps(self) -> None:
        dummy = Dummy(pulses=[(100_000, 1)])
        dummy.mean_mmhg = 50
        played("", dummy, minutes=30)
        assert len(dummy.given(Fluid)) == 1
        assert [i.per_min_ug for i in dummy.given(Infuse)] == [8, 16, 24, 32, 40]

    def test_fluid_is_given_once_to_a_patient_and_not_to_each_pulse(self) -> None:
        dummy = Dummy(pulses=[(100_000, 1), (400_000, 0), (500_000, 1)])
        dummy.mean_mmhg = 50
        played("", dummy, minutes=20)
        assert len(dummy.given(Fluid)) == 1

    def test_oxygen_is_set_as_the_plan_wants_it_from_the_pulse_on(self) -> None:
        text = "[breaths]\noxygen_pct = 90\n[rosc]\noxygen_pct = 60\ntitrate_oxygen = false\n"
        dummy, _ = played(text, Dummy(pulses=[(100_000, 1), (400_000, 0)]), minutes=15)
        assert [o.fio2_pct for o in dummy.given(Oxygen)] == [90, 60, 90]
        assert {b.fio2_pct for b in dummy.given(Breath) if 200_000 < b.start_ms < 400_000} == {60}

    def test_a_pulse_that_is_noticed_while_charging_is_not_shocked(self) -> None:
        dummy = Dummy(Rhythm.VF, pulses=[(46_000, 1)])
        text = "[rosc]\nnotice_s = 0\n[shock]\ncharge_s = 20\n"
        assert played(text, dummy, minutes=5)[0].given(Shock) == []

    def test_pressure_made_by_the_heart_is_not_the_hands_doing(self) -> None:
        assert played("", minutes=2)[1].max_cpp_mmhg == 15.0
        dummy = Dummy(Rhythm.PEA)
        dummy.body.electrical.beating = True
        assert played("", dummy, minutes=2)[1].max_cpp_mmhg == 0.0

    def test_a_pulse_that_is_lost_brings_the_hands_back(self) -> None:
        _, record = played("", Dummy(pulses=[(100_000, 1), (400_000, 0)]), minutes=15)
        assert not any(260_000 < ms < 400_000 for ms in record.pushes)
        back = min(ms for ms in record.pushes if ms > 400_000)
        assert back < 430_000
        assert record.end == "limit"

    def test_no_drug_of_the_arrest_while_the_pulse_is_known(self) -> None:
        dummy, _ = played(EPINEPHRINE, Dummy(pulses=[(100_000, 1)]), minutes=30)
        assert all(d.ms < 260_000 for d in dummy.given(Dose))


class TestEnds:
    def test_time_is_up(self) -> None:
        _, record = played("[stop]\nafter_s = 600\nasystole_s = false\n", Dummy(Rhythm.VF), minutes=60)
        assert record.end == "time"
        assert 600_000 <= record.end_ms < 740_000

    def test_asystole_for_long_enough(self) -> None:
        _, record = played("[stop]\nasystole_s = 600\n", minutes=60)
        assert record.end == "asystole"
        assert 600_000 <= record.end_ms < 800_000


class TestConditions:
    def test_still_in_vf_after_three_shocks(self) -> None:
        condition = Condition(shocks=3, rhythms=("vf",))
        text = EPINEPHRINE + "enrolled = true\n"
        dummy, record = played(text, Dummy(Rhythm.VF), minutes=15, condition=condition)
        assert record.enrolled_ms > record.shocks[2].ms
        assert record.enrolled_ms <= record.shocks[3].ms
        assert dummy.given(Dose)[0].ms >= record.enrolled_ms
        assert played(text, Dummy(Rhythm.PEA), minutes=15, condition=condition)[1].enrolled_ms == -1

    def test_an_airway_and_a_fluid_may_wait_for_it_too(self) -> None:
        text = "[airway]\ndevice = 'sga'\nafter_s = 0\nenrolled = true\n[fluid.blood]\nenrolled = true\n"
        dummy, record = played(text, minutes=15, condition=Condition(at_s=400))
        placed = [a.ms for a in dummy.given(AirwayAct) if a.act == "sga"]
        assert record.enrolled_ms >= 400_000
        assert min(placed[0], dummy.given(Fluid)[0].ms) >= record.enrolled_ms
        dummy, _ = played(text, minutes=5, condition=Condition(at_s=400))
        assert dummy.given(Fluid) == []

    def test_whoever_has_a_pulse_before_is_not_in(self) -> None:
        condition = Condition(at_s=300)
        _, record = played("", Dummy(pulses=[(100_000, 1)]), minutes=60, condition=condition)
        assert (record.enrolled_ms, record.end) == (-1, "not enrolled")
        assert record.end_ms < 300_000
