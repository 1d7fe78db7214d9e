"""The rhythms: how they are told, and that each has what others need to know."""

from __future__ import annotations

import pytest

from game.sim import rhythm as r
from game.sim.params.reader import read_group
from game.sim.params.rhythm import RhythmParameters
from game.sim.rhythm import KINDS, TRAITS, Rhythm, begins_with_pulse, code_of, shown


def test_words_that_others_rely_on_stay() -> None:
    assert [str(word) for word in (Rhythm.VF, Rhythm.PVT, Rhythm.ASYSTOLE, Rhythm.PEA, Rhythm.SINUS)] == [
        "vf",
        "pvt",
        "asystole",
        "pea",
        "sinus",
    ]


def test_codes_are_the_places_in_the_list_of_kinds() -> None:
    for place, kind in enumerate(KINDS):
        assert getattr(r, kind.name) == place
    assert len(read_group(RhythmParameters, "rhythm").kinds) == len(KINDS)


def test_every_rhythm_has_traits() -> None:
    assert set(TRAITS) == set(Rhythm)
    assert {rhythm for rhythm, traits in TRAITS.items() if traits.shockable} == {
        Rhythm.VF,
        Rhythm.PVT,
        Rhythm.TORSADES,
    }
    assert {rhythm for rhythm, traits in TRAITS.items() if traits.cardiovertible} == {
        Rhythm.VT,
        Rhythm.AF,
        Rhythm.FLUTTER,
        Rhythm.SVT,
    }


@pytest.mark.parametrize("code", range(r.SINUS, len(KINDS)))
def test_beats_without_a_pulse_are_told_as_pea(code: int) -> None:
    assert shown(code, pulse=False) is Rhythm.PEA
    assert shown(code, pulse=True) is KINDS[code]


def test_ventricular_tachycardia_goes_by_its_pulse() -> None:
    assert shown(r.VT, pulse=True) is Rhythm.VT
    assert shown(r.VT, pulse=False) is Rhythm.PVT
    assert not TRAITS[Rhythm.VT].shockable


def test_lone_p_waves_are_asystole_to_whoever_asks() -> None:
    assert shown(r.P_WAVES, pulse=False) is Rhythm.ASYSTOLE


def test_paced_beats_are_told_as_such_only_with_a_pulse() -> None:
    assert shown(r.ASYSTOLE, pulse=True, paced=True) is Rhythm.PACED
    assert shown(r.COMPLETE_BLOCK_WIDE, pulse=False, paced=True) is Rhythm.PEA


def test_a_case_can_begin_in_any_rhythm_but_a_paced_one() -> None:
    for rhythm in Rhythm:
        if rhythm is Rhythm.PACED:
            with pytest.raises(ValueError, match="not in tuple"):
                code_of(rhythm)
        else:
            pulse = begins_with_pulse(rhythm)
            told = Rhythm.ASYSTOLE if rhythm is Rhythm.P_WAVES else rhythm
            assert shown(code_of(rhythm), pulse) is told
