"""Numbers that two groups share are one row."""

from __future__ import annotations

import pytest

from game.sim import Case, CaseError


def test_a_borrowed_number_is_one_row_for_all_laws_that_read_it() -> None:
    parameters = Case.of(standard_ph=7.42, standard_degc=36.8, air_oxygen=0.16).parameters
    assert parameters.blood.standard_ph == parameters.lungs.standard_ph == 7.42
    assert parameters.blood.standard_degc == parameters.lungs.standard_degc == 36.8
    assert parameters.lungs.air_oxygen == parameters.causes.air_oxygen == 0.16


def test_a_borrowed_number_keeps_the_range_of_its_row() -> None:
    with pytest.raises(CaseError, match=r"7\.3 to 7\.5"):
        Case.of(standard_ph=8.0)
