"""Plans and specs are read strictly, with file, line, value and wish in every error; arms share their luck."""

from __future__ import annotations

import pytest

from game.content import ContentError
from game.sim.chance import Stream
from lab.cohort import SPECS, draw_patient, load_spec, spec_of
from lab.draw import STREAM, Spread, luck
from lab.plan import PLANS, find_plan, plan_of
from lab.schema import Source
from tests.lab.conftest import SPEC, plan


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
            ('patient.rhythm = "vf"', "patient.luck = 1", "a parameter of the patient"),
            ('patient.rhythm = "vf"', "patient.energy = 7", "from 0 to 0.9"),
            ("set.drug.epinephrine.placebo = true", "set.drug.epinephrine.sugar = true", "a known key"),
            ("set.drug.epinephrine.placebo = true", "set.tea.hot = true", "a known key"),
            ('name = "placebo"', 'name = "drug"', "each name only once"),
            ("minutes = 12", "minutes = 0", "from 1 to 1440"),
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
