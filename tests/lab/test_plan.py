"""Plans and specs are read strictly, with file, line, value and wish in every error; arms share their luck."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from game.content import ContentError
from game.sim import Rhythm
from game.sim.chance import Stream
from lab.cohort import cohort, draw_patient
from lab.draw import STREAM, Spread, luck
from lab.frame import Frame
from lab.plan import PLANS, Care, find_plan, plan_of
from lab.schema import Source, parameter_wish
from lab.spec import SPECS, Spec, load_spec, spec_of
from lab.team import Team
from tests.lab.conftest import SPEC, WEIGHT_KG, Dummy, plan

FIRST_IN_HOSPITAL = {"vt": 7, "vf": 17, "pea": 37, "asystole": 39}
"""Percent of arrests in hospital by first rhythm (Meaney 2010)."""


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("[compressions]\nrate_per_min = 900", 5, "compressions.rate_per_min: a number from 40 to 200"),
            ("[compressions]\nspeed = 100", 5, "a known key: arms, depth_mm"),
            ("[compresions]\n", 4, "a known key"),
            ("[compressions]\ndepth_mm = { normal = [50] }", 5, "two numbers for normal"),
            ("[compressions]\ndepth_mm = { normal = [50, -1] }", 5, "two numbers for normal"),
            ("[compressions]\ndepth_mm = { lognormal = [0, 1] }", 5, "a median above 0"),
            ("[compressions]\ndepth_mm = { uniform = [50, 40] }", 5, "two numbers for uniform"),
            ("[compressions]\ndepth_mm = { uniform = [40, 50], lo = 45, hi = 41 }", 5, "lo below hi"),
            ("[compressions]\ndepth_mm = { binomial = [50, 1] }", 5, "one of { normal"),
            ("[compressions]\ntires = 0.4", 5, "true, false or { chance"),
            ("[compressions]\ntires = { chance = 2 }", 5, "a number from 0 to 1"),
            ("[airway]\ndevice = 'trumpet'", 5, "one of mask, sga, tube"),
            ("[airway]\ndevice = { choice = ['sga', 'tube'], weights = [1] }", 5, "2 weights"),
            ("[airway]\ndevice = { normal = [1, 2] }", 5, "a word or"),
            ("[shock]\nenergies_j = 200", 5, "a list of numbers"),
            ("[access]\nroute = 'ear'", 5, "one of "),
            ("[drug.honey]\ndoses = [1]", 4, "one of "),
            ("[drug.epinephrine]\nevery_s = 240", 4, "at least one dose"),
            ("[treatment.prayer]\n", 4, "needle"),
            ("drug = 3", 4, "a table"),
            ("base = 'nowhere'", 4, "als"),
            ("rate = = 1", 4, "TOML"),
        ],
    )
    def test_a_wrong_plan_is_refused_by_line_and_wish(self, text: str, line: int, words: str) -> None:
        with pytest.raises(ContentError) as caught:
            plan(text)
        assert caught.value.line == line
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("drug.epinephrine.every_s = 240", 4),
            ("\ndrug = { epinephrine = { every_s = 240 } }", 5),
            ("[drug]\nepinephrine.every_s = 240", 4),
            ("[access]\nflush = true\n[drug.epinephrine]\nevery_s = 240", 6),
        ],
    )
    def test_what_is_missing_is_missed_where_it_should_stand(self, text: str, line: int) -> None:
        with pytest.raises(ContentError, match="at least one dose") as caught:
            plan(text)
        assert caught.value.line == line

    def test_a_misspelt_parameter_is_told_its_neighbour(self) -> None:
        assert parameter_wish("organise_asma_mid") == "a parameter's name, such as organise_amsa_mid"

    def test_a_plan_says_who_it_is(self) -> None:
        with pytest.raises(ContentError, match="name"):
            plan_of(Source.parsed('title = "x"\nsource = "y"', "p.toml"))

    def test_a_plan_that_is_not_there_names_those_that_are(self) -> None:
        with pytest.raises(ContentError, match="als"):
            find_plan("alz")

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            ('care = "als"', 'care = "alz"', "als"),
            ('patient.rhythm = "vf"', 'patient.rhythm = "waltz"', "one of vf"),
            ('patient.rhythm = "vf"', "patient.energi = 1", "energy"),
            ('patient.rhythm = "vf"', "patient.energy = 7", "from 0 to 0.9"),
            ("set.drug.epinephrine.placebo = true", "set.drug.epinephrine.sugar = true", "a known key"),
            ("set.drug.epinephrine.placebo = true", "set.tea.hot = true", "a known key"),
            ('name = "placebo"', 'name = "drug"', "each name only once"),
            ('patient.rhythm = "vf"', 'patient.rhythm = "paced"', "one of vf"),
            ("minutes = 12", "minutes = 0", "from 1 to 1440"),
            ("minutes = 12", "minutes = { normal = [60, 10] }", "the same for all"),
            ('name = "flat"', 'name = "flat"\nshare = { uniform = [1, 2] }', "the same for all"),
            ('name = "flat"', "share = 1", "kind.name: words in quotes"),
            ("minutes = 12", "hours = 1", "a known key"),
            ("witnessed = { chance = 0.5 }", "witnessed = 0.5", "chance"),
            ("[[arm]]", "[[leg]]", "a known key"),
            ('name = "flat"', 'title = "flat"', "a known key"),
            ("[population]", "[condition]\nrhythms = ['waltz']\n[population]", "a list of vf"),
        ],
    )
    def test_a_wrong_spec_is_refused(self, old: str, new: str, words: str) -> None:
        with pytest.raises(ContentError, match=r"small\.toml") as caught:
            spec_of(Source.parsed(SPEC.replace(old, new, 1), "small.toml"))
        assert words in str(caught.value)

    def test_what_is_missing_from_a_spec_is_told_by_line(self) -> None:
        armless = SPEC[: SPEC.index("[[arm]]")]
        shareless = SPEC.replace("[[kind]]", "[[kind]]\nshare = 0")
        for text, line in ((armless, len(armless.splitlines())), (shareless, 16)):
            with pytest.raises(ContentError) as caught:
                spec_of(Source.parsed(text, "small.toml"))
            assert caught.value.line == line


HEAD = 'name = "x"\ntitle = "X"\nsource = "a test"\n'


class TestBases:
    def test_a_base_is_looked_for_beside_the_plan_that_names_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inner = tmp_path / "plans" / "more"
        inner.mkdir(parents=True)
        (tmp_path / "plans" / "deep.toml").write_text(HEAD + "compressions.depth_mm = 61", encoding="utf-8")
        fast = f"{HEAD}base = '../deep.toml'\ncompressions.rate_per_min = 131"
        (inner / "fast.toml").write_text(fast, encoding="utf-8")
        (inner / "long.toml").write_text(f"{HEAD}base = 'fast.toml'\ncompressions.duty = 0.51", encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        found = find_plan("plans/more/long.toml").draw(1).compressions
        assert (found.depth_mm, found.rate_per_min, found.duty) == (61, 131, 0.51)

    def test_a_spec_finds_its_plans_beside_itself(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = tmp_path / "study"
        folder.mkdir()
        (folder / "mine.toml").write_text(f"{HEAD}base = 'als'\ncompressions.depth_mm = 61", encoding="utf-8")
        (folder / "study.toml").write_text(SPEC.replace('care = "als"', 'care = "mine.toml"'), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        spec = load_spec("study/study.toml")
        assert "epinephrine" in spec.arms[0].plans["vf"].draw(1).drugs
        assert spec.title == "A small cohort"

    @pytest.mark.parametrize("names", [("a",), ("a", "b"), ("a", "b", "c")])
    def test_a_plan_that_rests_on_itself_is_refused_once_and_where_it_does(
        self, tmp_path: Path, names: tuple[str, ...]
    ) -> None:
        for name, base in zip(names, (*names[1:], names[0]), strict=True):
            (tmp_path / f"{name}.toml").write_text(f"{HEAD}base = '{base}.toml'", encoding="utf-8")
        with pytest.raises(ContentError, match="a plan that does not rest on itself") as caught:
            find_plan(str(tmp_path / "a.toml"))
        assert caught.value.file == str(tmp_path / f"{names[-1]}.toml")
        assert caught.value.line == 4
        assert str(caught.value).count("base:") == 1

    def test_an_error_in_a_base_blames_the_base(self, tmp_path: Path) -> None:
        (tmp_path / "low.toml").write_text(HEAD + "compressions.depth_mm = 900", encoding="utf-8")
        (tmp_path / "top.toml").write_text(f"{HEAD}base = 'low.toml'", encoding="utf-8")
        with pytest.raises(ContentError, match=r"low\.toml:4: found 900") as caught:
            find_plan(str(tmp_path / "top.toml"))
        assert str(caught.value).count("expected") == 1


class TestLuck:
    def test_a_name_and_a_seed_always_draw_the_same(self) -> None:
        assert luck(5, "a") == luck(5, "a")
        assert len({luck(5, "a"), luck(6, "a"), luck(5, "b"), luck(5, "a", 1)}) == 4

    def test_the_stream_is_none_of_the_patients_or_the_rooms(self) -> None:
        assert max(Stream) < STREAM

    def test_spreads_have_the_middle_and_the_ends_they_were_given(self) -> None:
        assert Spread("normal", (42.0, 10.0)).at(0.5) == pytest.approx(42.0, abs=1e-6)
        assert Spread("normal", (42.0, 10.0), lo=40.0).at(0.01) == 40.0
        assert Spread("lognormal", (480.0, 0.35)).at(0.8413) == pytest.approx(480.0 * 1.419, rel=1e-3)
        assert Spread("uniform", (10.0, 20.0)).at(0.25) == 12.5
        assert [Spread("choice", ("a", "b"), (1.0, 3.0)).at(q) for q in (0.2, 0.3)] == ["a", "b"]
        assert [Spread("chance", (0.3,)).at(q) for q in (0.2, 0.4)] == [True, False]

    def test_another_distribution_is_read_at_the_same_quantile(self) -> None:
        narrow, wide = (
            plan("[compressions]\ndepth_mm = { normal = [45, 2] }"),
            plan("[compressions]\ndepth_mm = { normal = [45, 8] }"),
        )
        deeper = [
            (narrow.draw(seed).compressions.depth_mm > 45, wide.draw(seed).compressions.depth_mm > 45)
            for seed in range(20)
        ]
        assert all(a == b for a, b in deeper)
        assert {a for a, _ in deeper} == {True, False}

    def test_arms_share_who_the_patient_is_and_what_they_do_not_change(self) -> None:
        spec = spec_of(Source.parsed(SPEC, "small.toml"))
        drug, placebo = spec.arms
        for n in range(10):
            drawn = draw_patient(spec, 3, n)
            a, b = (arm.plans[drawn.kind.name].draw(drawn.seed) for arm in (drug, placebo))
            assert a.compressions == b.compressions
            assert a.crew == b.crew
            assert (a.drugs["epinephrine"].placebo, b.drugs["epinephrine"].placebo) == (False, True)
        depths = {drug.plans["vf"].draw(draw_patient(spec, 3, n).seed).compressions.depth_mm for n in range(10)}
        assert len(depths) == 10

    def test_a_change_in_an_arm_leaves_the_plan_it_came_from_alone(self) -> None:
        assert plan("base = 'als'").draw(1) == find_plan("als").draw(1)
        assert find_plan("als").draw(1).drugs["epinephrine"].placebo is False


class TestWhatComesAlong:
    @pytest.mark.parametrize("name", sorted(path.stem for path in PLANS.glob("*.toml")))
    def test_plans_can_be_drawn_and_go_by_their_file(self, name: str) -> None:
        assert find_plan(name).name == name
        assert find_plan(name).draw(1).seed == 1

    @pytest.mark.parametrize("name", sorted(path.stem for path in SPECS.glob("*.toml")))
    def test_specs_can_be_read_and_go_by_their_file(self, name: str) -> None:
        spec = load_spec(name)
        assert spec.name == name
        assert draw_patient(spec, 1, 0) == draw_patient(spec, 1, 0)

    @pytest.mark.parametrize(("rhythm", "share"), FIRST_IN_HOSPITAL.items())
    def test_a_first_rhythm_alone_has_the_patients_it_has_among_all_in_hospital(
        self, rhythm: str, share: float
    ) -> None:
        every, alone = load_spec("ihca"), load_spec(f"ihca_{rhythm}")
        assert every.population == alone.population
        own = _kinds(alone)
        among = [kind for kind in _kinds(every) if kind[1]["rhythm"] == own[0][1]["rhythm"]]
        assert [kind[1:] for kind in own] == [kind[1:] for kind in among]
        assert sum(kind[0] for kind in among) == share
        assert [kind[0] * share / sum(kind[0] for kind in own) for kind in own] == [kind[0] for kind in among]

    def test_the_ends_of_holmbergs_curve_are_shocked_by_two_minutes_and_at_fifteen(self) -> None:
        spec, curve = load_spec("holmberg"), load_spec("larsen")
        assert (spec.population, spec.patient) == (curve.population, curve.patient)
        result = next(cohort(replace(spec, minutes=16), 1, 1, engine="python", jobs=1))
        soon_s, late_s = Frame.of(result.rows)["collapse_to_shock_s"]
        assert 60 < soon_s <= 120
        assert late_s == pytest.approx(900, abs=15)


def _kinds(spec: Spec) -> list[tuple[float, dict[str, Spread], Care]]:
    """Share, what is wrong and what is done, of each kind of patient in the first arm."""
    plans = spec.arms[0].plans
    return [(kind.share, {**spec.patient, **kind.patient}, plans[kind.name].draw(1)) for kind in spec.kinds]


class Spy:
    """A section of a drawn plan that writes down which of its fields were read."""

    def __init__(self, section: object, name: str, read: set[str]) -> None:
        self._section, self._name, self._read = section, name, read

    def __getattr__(self, field: str) -> object:
        self._read.add(f"{self._name}.{field}")
        return getattr(self._section, field)


EVERYTHING = """
[bystander]
cpr = true
after_s = 5
[crew]
at_s = 30
[compressions]
tires = true
hands_off = 0.4
[shock]
vector_after = 1
stack = 2
[airway]
device = "sga"
after_s = 20
[rosc]
map_mmhg = 100
[drug.epinephrine]
doses = [1]
every_s = 180
[fluid.blood]
[treatment.needle]
after_s = 20
"""


COURSES: tuple[tuple[Rhythm, list[tuple[int, int]]], ...] = (
    (Rhythm.VF, []),
    (Rhythm.VF, [(200_000, 1), (500_000, 0)]),
    (Rhythm.ASYSTOLE, []),
    (Rhythm.PEA, [(150_000, 1)]),
)


def test_every_word_of_a_plan_is_heard() -> None:
    read: set[str] = set()
    known: set[str] = set()

    def spy(section: Any) -> Any:
        if isinstance(section, dict):
            return {key: spy(row) for key, row in section.items()}
        if not is_dataclass(section):
            return section
        name = type(section).__name__
        known.update(f"{name}.{each.name}" for each in fields(section))
        return Spy(section, name, read)

    for seed, (rhythm, pulses) in enumerate(COURSES):
        care = plan(EVERYTHING).draw(seed)
        spied = {each.name: spy(getattr(care, each.name)) for each in fields(Care)}
        dummy = Dummy(rhythm, pulses)
        dummy.spo2_pct, dummy.placing, dummy.mean_mmhg = 99, [0, 1], 50
        Team(dummy, replace(care, **spied), WEIGHT_KG, limit_ms=1_500_000).play()
    assert sorted(known - read) == []
