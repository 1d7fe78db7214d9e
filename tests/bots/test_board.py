"""The board: a cause is named when the clues speak for it, and the mind is changed only for good reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.bots.board import OPEN, POSSIBLE, WORKING, Board
from game.bots.habits import habits
from game.bots.knowledge import knowledge
from game.bots.luck import Luck
from game.rules.commands import CAUSES
from game.rules.views import EcgView, LeadView, ReportedView

EXPERT = habits("expert").lead
LATER_MS = EXPERT.names_after_ms + 1000
QUIET = EcgView("vf", 0, 0, 0, -1, True, False)


def lead(states: dict[str, int] | None = None, reports: tuple[tuple[str, str], ...] = (), **clues: int) -> LeadView:
    return LeadView(
        ecg=QUIET,
        cycle_ms=0,
        last_epinephrine_ms=-1,
        started=True,
        reported=tuple(ReportedView(key, word, 0, 1) for key, word in reports),
        causes=tuple((states or {}).get(cause, OPEN) for cause in CAUSES),
        clues=tuple(clues.get(cause, 0) for cause in CAUSES),
        experts=(),
        answers=(),
    )


@pytest.fixture
def board() -> Board:
    return Board(EXPERT, knowledge(), Luck(1, 3))


def named(board: Board, view: LeadView, now_ms: int = LATER_MS) -> str:
    act = board.move(view, now_ms, shockable=False)
    return str(act.args[0]) if act is not None and act.args[1] == "working" else ""


def test_two_clues_ahead_of_all_others_name_the_cause(board: Board) -> None:
    assert not named(board, lead(hypoxia=1))
    assert not named(board, lead(hypoxia=2, toxins=2))
    assert named(board, lead(hypoxia=3, toxins=2)) == "hypoxia"


def test_early_on_it_takes_more(board: Board) -> None:
    assert not named(board, lead(hypoxia=2, toxins=1), now_ms=10_000)
    assert named(board, lead(hypoxia=3, toxins=1), now_ms=10_000) == "hypoxia"


def test_at_last_something_is_named_and_among_equals_what_the_rhythm_speaks_for() -> None:
    for shockable, cause in ((True, knowledge().likely_shockable), (False, knowledge().likely_other)):
        act = Board(EXPERT, knowledge(), Luck(1, 3)).move(lead(), EXPERT.names_by_ms, shockable=shockable)
        assert act is not None
        assert act.args == (cause, "working")


def test_a_mind_is_changed_for_two_clues_more(board: Board) -> None:
    working = {"hypoxia": WORKING, "toxins": POSSIBLE}
    assert not named(board, lead(working, hypoxia=3, toxins=4))
    assert named(board, lead(working, hypoxia=3, toxins=5)) == "toxins"


def test_one_sign_can_be_proof(board: Board) -> None:
    view = lead(reports=(("percussion_right", "hollow"),), hypoxia=6, tension_pneumothorax=4)
    assert named(board, view) == "tension_pneumothorax"


def test_what_a_clue_speaks_for_is_marked_and_late_on_the_rest_is_ruled_out(board: Board) -> None:
    act = board.move(lead(acidosis=1), 20_000, shockable=False)
    assert act is not None
    assert act.args == ("acidosis", "possible")
    settled = lead({"acidosis": POSSIBLE}, acidosis=1)
    act = board.move(settled, EXPERT.rules_out_after_ms, shockable=False)
    assert act is not None
    assert act.args[1] == "ruled_out"


def test_a_guess_comes_before_the_truth_where_the_course_was_short() -> None:
    board = Board(replace(EXPERT, wrong_guess=1.0), knowledge(), Luck(5, 3))
    assert named(board, lead(hypoxia=5)) not in ("", "hypoxia")
