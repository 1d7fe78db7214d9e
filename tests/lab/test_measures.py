"""What is counted from the rows of a cohort: made-up rows whose answer is known."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from lab.frame import Frame
from lab.measures import MEASURES, walk
from lab.published import published
from lab.statistics import Floats

SEED = 3
RHYTHMS = ("vf", "pvt", "pea", "asystole")


@dataclass
class Made:
    """Cohorts made by hand; each table for every spec. `asked` keeps the names of the specs."""

    patients: Frame
    shock: Frame = field(default_factory=lambda: Frame({}))
    spell: Frame = field(default_factory=lambda: Frame({}))
    asked: set[str] = field(default_factory=set)

    def rows(self, spec: str) -> Frame:
        self.asked.add(spec)
        return self.patients

    def shocks(self, spec: str) -> Frame:
        self.asked.add(spec)
        return self.shock

    def spells(self, spec: str) -> Frame:
        self.asked.add(spec)
        return self.spell


def coin(draw: np.random.Generator, chance: Floats | float, n: int) -> Floats:
    return (draw.random(n) < chance).astype(float)


def logistic(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float64)


def frame(**columns: object) -> Frame:
    n = max(len(c) for c in columns.values() if isinstance(c, np.ndarray | list))
    cells = {k: c if isinstance(c, np.ndarray | list) else [c] * n for k, c in columns.items()}
    return Frame({k: [str(each) for each in c] for k, c in cells.items()})


def patients(n: int = 4000, **columns: object) -> Frame:
    """Rows with every column of a cohort, drawn without any law; `columns` replace some."""
    draw = np.random.default_rng(SEED)
    survived = np.asarray(columns.get("survived_30d", coin(draw, 0.3, n)))
    arms = ("placebo", "epinephrine", "amiodarone", "lidocaine", "sga", "tube")
    filled: dict[str, object] = {
        "arm": [arms[k % len(arms)] for k in range(n)],
        "patient": np.arange(n) // len(arms),
        "age": draw.normal(60, 10, n),
        "witnessed": coin(draw, 0.5, n),
        "bystander_cpr": coin(draw, 0.5, n),
        "first_rhythm": draw.choice(RHYTHMS, n),
        "collapse_to_cpr_s": draw.uniform(0, 600, n),
        "collapse_to_shock_s": draw.uniform(60, 1200, n),
        "collapse_to_als_s": draw.uniform(300, 1200, n),
        "ccf": draw.uniform(0.05, 0.95, n),
        "rate_mean": draw.uniform(70, 170, n),
        "depth_mean_mm": draw.uniform(25, 60, n),
        "pre_shock_pause_s": draw.uniform(2, 40, n),
        "peri_shock_pause_s": draw.uniform(5, 60, n),
        "airway": draw.choice(("sga", "tube", "mask"), n),
        "first_shock_terminated": coin(draw, 0.9, n),
        "amsa_first": draw.uniform(2, 18, n),
        "max_cpp_mmhg": draw.uniform(0, 40, n),
        "etco2_20min": draw.uniform(0, 40, n),
        "paco2_20min": draw.uniform(40, 100, n),
        "ph_20min": draw.uniform(6.7, 7.2, n),
        "lactate_20min": draw.uniform(8, 16, n),
        "rosc": coin(draw, 0.3, n),
        "rosc_time_s": draw.uniform(300, 2400, n),
        "rosc_sustained": coin(draw, 0.25, n),
        "admitted": coin(draw, 0.25, n),
        "survived_30d": survived,
        "good_neuro": survived * coin(draw, 0.7, n),
    }
    return frame(**(filled | columns))


def shocks(n: int = 1000, **columns: object) -> Frame:
    draw = np.random.default_rng(SEED)
    filled: dict[str, object] = {
        "arm": "placebo",
        "patient": np.arange(n),
        "number": 1,
        "time_s": draw.uniform(60, 1200, n),
        "pre_pause_s": draw.uniform(2, 40, n),
        "amsa": draw.uniform(2, 18, n),
        "result": draw.choice(("failed", "asystole", "organised"), n),
        "pulse_60s": coin(draw, 0.2, n),
        "rhythm_60s": draw.choice(RHYTHMS, n),
        "perfusing_60s": coin(draw, 0.2, n),
    }
    return frame(**(filled | columns))


def spells(*stays: tuple[int, str, float, float, str], arm: str = "all") -> Frame:
    names = ("patient", "state", "start_s", "end_s", "next")
    return Frame.of([{"arm": arm, **dict(zip(names, stay, strict=True))} for stay in stays])


@pytest.mark.parametrize("key", MEASURES)
def test_a_measure_gives_every_figure_of_its_row_from_the_cohorts_of_its_row(key: str) -> None:
    stays = [(n, state, 0.0, 600.0, "rosc") for n, state in enumerate(("vf", "pea", "asystole", "vf") * 5)] + [
        (n, "rosc", 600.0, 1800.0, "vf" if n % 2 else "pea") for n in range(20)
    ]
    both = [spells(*stays, arm=arm) for arm in ("nothing", "compressions", "placebo")]
    merged = Frame({name: [w for each in both for w in each.words(name).tolist()] for name in ("arm", *_SPELL)})
    made = Made(patients(), shocks(), merged)
    assert set(MEASURES[key](made)) == {result.key for result in published()[key].results}
    assert made.asked == set(published()[key].specs)


_SPELL = ("patient", "state", "start_s", "end_s", "next")


def test_pauses_are_blamed_by_their_odds_ratio() -> None:
    draw = np.random.default_rng(SEED)
    pause = draw.uniform(2, 40, 8000)
    lived = coin(draw, logistic(-0.5 + np.log(0.82) / 5 * pause), 8000)
    found = MEASURES["C2"](Made(patients(8000, pre_shock_pause_s=pause, survived_30d=lived)))
    assert found["pre_per_5"].value == pytest.approx(0.82, abs=0.03)
    assert found["pre_20"].value < 0.6
    assert found["peri_40"].value == pytest.approx(1.0, abs=0.2)


def test_a_plane_of_delays_is_found_again() -> None:
    draw = np.random.default_rng(SEED)
    n = 20_000
    cpr, shock, als = draw.uniform(0, 6, n), draw.uniform(1, 10, n), draw.uniform(3, 12, n)
    chance = 0.67 - 0.023 * cpr - 0.011 * shock - 0.021 * als
    rows = patients(
        n,
        arm=["any"] * (n - 1000) + ["2_5_8"] * 1000,
        patient=np.arange(n),
        collapse_to_cpr_s=60 * cpr,
        collapse_to_shock_s=60 * shock,
        collapse_to_als_s=60 * als,
        survived_30d=np.concatenate([coin(draw, chance, n)[:-1000], coin(draw, 0.401, 1000)]),
    )
    found = MEASURES["C11"](Made(rows))
    papers = {result.key: result for result in published()["C11"].results}
    for key in ("start", "cpr", "shock", "als", "at_2_5_8"):
        assert found[key].lo < papers[key].value < found[key].hi, key
    assert not found["at_1_3_6"].known


def test_arms_with_the_same_patients_are_compared_pair_by_pair() -> None:
    draw = np.random.default_rng(SEED)
    luck = draw.random(2000)
    lived = np.concatenate([(luck < 0.024).astype(float), (luck < 0.032).astype(float)])
    returned = np.concatenate([(luck < 0.117).astype(float), (luck < 0.363).astype(float)])
    rows = patients(
        4000,
        arm=["placebo"] * 2000 + ["epinephrine"] * 2000,
        patient=np.concatenate([np.arange(2000), np.arange(2000)]),
        survived_30d=lived,
        rosc=returned,
    )
    found = MEASURES["C16"](Made(rows))
    assert found["rosc_gain"].value == pytest.approx(24.6, abs=1.5)
    assert found["survival_odds"].value == pytest.approx(1.35, abs=0.25)
    assert found["survival_odds"].lo > 1.0


def test_chances_of_a_fit_give_every_figure_of_a_trial() -> None:
    """A fit counts chances of survival instead of draws from them."""
    n = 600
    survive = np.tile([0.03, 0.05], n // 2)
    arms = ["placebo"] * 300 + ["epinephrine"] * 300
    numbers = np.concatenate([np.arange(300), np.arange(300)])
    rows = patients(n, arm=arms, patient=numbers, survived_30d=survive, good_neuro=0.75 * survive)
    found = MEASURES["C16"](Made(rows))
    assert found["severe_placebo"].value == pytest.approx(25.0)
    assert found["survival_placebo"].value == pytest.approx(4.0)
    assert [key for key, each in found.items() if not each.known] == []


def test_the_first_shock_is_judged_by_its_own_pause() -> None:
    draw = np.random.default_rng(SEED)
    n = 3000
    pause = draw.uniform(2, 40, n)
    ended = coin(draw, logistic(2.0 - 0.08 * pause), n)
    # The later shocks of the same patients, with pauses of their own, say nothing.
    rows = patients(n, arm="all", patient=np.arange(n), first_shock_terminated=ended)
    shock = shocks(
        2 * n,
        arm="all",
        patient=np.concatenate([np.arange(n), np.arange(n)]),
        number=[1] * n + [2] * n,
        pre_pause_s=np.concatenate([pause, draw.uniform(2, 40, n)]),
    )
    found = MEASURES["C3"](Made(rows, shock))["pause_less_5"]
    assert found.lo < np.exp(0.4) < found.hi
    assert found.n == n


def test_untreated_vf_is_that_of_the_patients_nobody_touched() -> None:
    untreated = spells(
        (1, "vf", 0, 1900, ""), (2, "vf", 0, 600, "asystole"), (2, "asystole", 600, 1900, ""), arm="nothing"
    )
    pushed = spells((1, "vf", 0, 1900, ""), (2, "vf", 0, 1900, ""), arm="compressions")
    both = Frame({k: [*untreated.words(k).tolist(), *pushed.words(k).tolist()] for k in ("arm", *_SPELL)})
    assert MEASURES["C12"](Made(patients(), spell=both))["still_vf"].value == pytest.approx(50.0)


def test_patients_seen_in_several_arms_are_no_more_patients() -> None:
    draw = np.random.default_rng(SEED)
    n, arms = 300, ("1_3_6", "2_5_8", "any")
    delay = draw.uniform(60, 1000, n)
    lived = coin(draw, logistic(1.0 - delay / 400), n)

    def found(times: int) -> tuple[float, float]:
        rows = patients(
            times * n,
            arm=[arm for arm in arms[:times] for _ in range(n)],
            patient=np.tile(np.arange(n), times),
            collapse_to_shock_s=np.tile(delay, times),
            survived_30d=np.tile(lived, times),
        )
        by_minute = MEASURES["C12"](Made(rows, spell=spells((1, "vf", 0, 1900, ""), arm="nothing")))["by_minute"]
        return by_minute.lo, by_minute.hi

    assert found(3) == pytest.approx(found(1), rel=0.02)


def test_a_shock_whose_minute_nobody_saw_counts_neither_way() -> None:
    seen = shocks(5, patient=[1, 2, 3, 4, 5], perfusing_60s=["1", "0", "0", "", ""], amsa=[10.0, 4.0, 6.0, 1.0, 1.0])
    found = MEASURES["C20"](Made(Frame({}), seen))
    assert found["success"].value == pytest.approx(100 / 3)
    assert found["success"].n == 3
    assert (found["amsa_success"].value, found["amsa_failure"].value) == (10.0, 5.0)


def test_first_rhythms_count_by_the_shares_of_the_study() -> None:
    lived = {"pvt": 370, "vf": 370, "pea": 120, "asystole": 110}
    rows = patients(
        4000,
        first_rhythm=[name for name in lived for _ in range(1000)],
        survived_30d=np.concatenate([np.arange(1000) < n for n in lived.values()]).astype(float),
    )
    found = MEASURES["C17"](Made(rows, spell=spells((1, "pea", 0, 60, ""))))
    assert found["survival_pea"].value == pytest.approx(12.0)
    quiet = (37 * 0.12 + 39 * 0.11) / 76
    assert found["shockable"].value == pytest.approx(0.37 / 0.63 * (1 - quiet) / quiet)


def test_a_pulse_from_pea_is_primary_or_secondary_by_what_came_before() -> None:
    found = MEASURES["C23"](
        Made(
            Frame({}),
            spell=spells(
                (1, "pea", 0, 600, "rosc"),
                (1, "rosc", 600, 1200, "pea"),
                (1, "pea", 1200, 1320, "rosc"),
                (2, "asystole", 0, 60, "pea"),
                (2, "pea", 60, 660, "asystole"),
                (3, "vf", 0, 60, "pea"),
                (3, "pea", 60, 180, ""),
                # A shock's own pulse, as soon as it can be told, is no PEA before it.
                (4, "vf", 0, 60, "pea"),
                (4, "pea", 60, 75, "rosc"),
                (4, "rosc", 75, 600, ""),
            ),
        )
    )
    assert found["primary"].value == pytest.approx(1 / 20)
    assert found["secondary"].value == pytest.approx(1 / 4)
    assert found["contrast"].value == pytest.approx(5.0)


def test_the_loss_of_a_pulse_is_counted_by_origin_and_by_minute() -> None:
    found = MEASURES["C24"](
        Made(
            Frame({}),
            spell=spells(
                (1, "pea", 0, 60, "rosc"),
                (1, "rosc", 60, 60 + 300, "pea"),
                (1, "pea", 360, 420, "rosc"),
                (1, "rosc", 420, 420 + 1140, ""),
                (2, "vf", 0, 60, "pea"),
                (2, "pea", 60, 120, "rosc"),
                (2, "rosc", 120, 120 + 240, "vf"),
            ),
        )
    )
    assert found["other_to_other"].value == pytest.approx(100 / (5 + 9))
    assert found["other_to_other_late"].value == 0
    assert found["vf_to_vf"].value == pytest.approx(25.0)
    assert found["other_to_vf"].value == 0
    assert not found["origin"].known


def test_the_return_of_vf_is_timed_from_the_shock_that_ended_it() -> None:
    shock = frame(
        arm="all",
        patient=[1, 1, 2, 3],
        number=[1, 2, 1, 1],
        time_s=[100.0, 220.0, 100.0, 100.0],
        result=["organised", "asystole", "failed", "organised"],
    )
    stays = spells(
        (1, "vf", 0, 100, "pea"),
        (1, "pea", 100, 127, "vf"),
        (1, "vf", 127, 220, "asystole"),
        (1, "asystole", 220, 600, ""),
        (2, "vf", 0, 600, ""),
        (3, "vf", 0, 100, "pea"),
        (3, "pea", 100, 190, "vf"),
        (3, "vf", 190, 600, ""),
    )
    found = MEASURES["C25"](Made(Frame({}), shock, stays))
    assert found["ended"].value == pytest.approx(75.0)
    assert found["back"].value == pytest.approx(200 / 3)
    assert found["median"].value == pytest.approx((27 + 90) / 2)
    assert found["within_60"].value == pytest.approx(50.0)


def test_vf_that_fades_by_a_hazard_shows_it_in_the_odds_per_minute() -> None:
    draw = np.random.default_rng(SEED)
    stays: list[tuple[int, str, float, float, str]] = []
    for n, minutes in enumerate(draw.exponential(12.0, 400)):
        at = 60 * min(30.0, float(minutes))
        stays += [(n, "vf", 0.0, at, "asystole"), (n, "asystole", at, 1900.0, "")]
    found = MEASURES["C13"](Made(Frame({}), spell=spells(*stays, arm="nothing")))
    assert found["vf_without"].hi < 1.0
    assert found["asystole_without"].lo > 1.0
    assert found["vf_without"].value == pytest.approx(1 / found["asystole_without"].value)
    assert not found["vf_with"].known


def test_walking_keeps_patients_and_arms_apart() -> None:
    mixed = spells((2, "pea", 0, 10, "vf"), (1, "vf", 5, 9, ""), (2, "vf", 10, 20, ""), (1, "pea", 0, 5, "vf"))
    assert [(stay.state, stay.before) for stay in walk(mixed)] == [
        ("pea", ()),
        ("vf", ("pea",)),
        ("pea", ()),
        ("vf", ("pea",)),
    ]


@pytest.mark.parametrize(("cell", "number"), [("true", 1.0), ("False", 0.0), ("", None), ("2.5", 2.5)])
def test_cells_are_read_as_numbers(cell: str, number: float | None) -> None:
    found = Frame({"a": [cell]})["a"][0]
    assert np.isnan(found) if number is None else found == number
