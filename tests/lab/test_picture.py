"""The picture of a course: nothing lies on anything else, and axes begin where quantities do."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from lab.picture import draw
from lab.record import DoseGiven, Record, ShockGiven
from tests.lab.conftest import Dummy, played

MINUTE_MS = 60_000


def busy() -> Record:
    """An hour in which rhythms change within seconds and drugs come together."""
    _, record = played("", Dummy(), minutes=60)
    record.rhythms = [(0, "vf"), (600_000, "asystole"), (605_000, "vf"), (700_000, "complete_block_wide")]
    record.rhythms += [(900_000 + 20_000 * n, ("pea", "asystole")[n % 2]) for n in range(20)]
    record.pulses = [(0, False), (1_500_000, True)]
    record.doses = [DoseGiven(ms, "epinephrine", 1.0, "mg", False) for ms in (300_000, 310_000, 320_000, 900_000)]
    record.shocks = [ShockGiven(400_000, 200, 3000, "vf", 10.0, 0.5)]
    record.end_ms = 60 * MINUTE_MS
    return record


@pytest.fixture(scope="module")
def figure() -> Any:
    drawn = draw(busy(), "a title")
    drawn.draw_without_rendering()
    return drawn


def test_names_stand_beside_the_curves(figure: Any) -> None:
    for axes in figure.axes:
        assert axes.get_legend().get_window_extent().x0 >= axes.get_window_extent().x1


def test_every_colour_of_a_rhythm_is_named_once(figure: Any) -> None:
    names = [text.get_text() for text in figure.axes[3].get_legend().get_texts()]
    assert names == ["vf", "asystole", "other rhythm", "pea"]


def test_axes_begin_at_nothing(figure: Any) -> None:
    assert [axes.get_ylim()[0] for axes in figure.axes[:3]] == [0, 0, 0]
    assert figure.axes[0].get_xlim() == (0, 60)


def test_no_word_lies_on_another(figure: Any) -> None:
    texts = [text for text in figure.axes[3].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert len(texts) >= 6
    for (one, box), (other, beside) in combinations(zip(texts, boxes, strict=True), 2):
        assert not box.overlaps(beside), f"{one.get_text()} on {other.get_text()}"


def test_every_bar_has_its_name(figure: Any) -> None:
    assert [label.get_text() for label in figure.axes[3].get_yticklabels()] == [
        "rhythm", "pulse", "hands on", "shocks", "drugs",
    ]  # fmt: skip
