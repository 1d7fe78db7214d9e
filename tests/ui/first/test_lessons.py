"""A hint waits, says one thing, and ends when the person has done it once; not when time is up."""

from __future__ import annotations

from game.content import Pack
from game.rules.commands import PUSH_KEY, SQUEEZE_KEY
from game.rules.refusals import Refusal
from game.ui import library
from game.ui.first.lessons import PATIENCE_MS, PRAISE_MS, Lessons
from game.ui.input import Notice, Stroke
from game.ui.screen import Intent

PUSH = Intent("push")


def pack() -> Pack:
    return library.pack("aha2025")


def press(lessons: Lessons, key: int, held_ms: float, at_ms: float, rate: float = 1.0) -> None:
    strokes = [Stroke(key, down=True, stamp_ms=at_ms), Stroke(key, down=False, stamp_ms=at_ms + held_ms)]
    lessons.heed(strokes, pack(), rate, at_ms + held_ms)


def shown(lessons: Lessons, wanted: Intent | None = PUSH) -> str:
    """What is said after somebody has waited long enough."""
    lessons.hint(wanted, 0.0)
    return lessons.hint(wanted, PATIENCE_MS)


def test_whoever_knows_what_to_do_hears_nothing() -> None:
    lessons = Lessons()
    assert lessons.hint(PUSH, 0.0) == ""
    assert lessons.hint(PUSH, PATIENCE_MS - 1) == ""
    press(lessons, PUSH_KEY, 180, 1000)
    assert lessons.hint(PUSH, 10_000) == ""


def test_a_hint_stays_until_the_act_has_been_done() -> None:
    lessons = Lessons()
    assert shown(lessons) == "push"
    assert lessons.hint(PUSH, 600_000) == "push"
    press(lessons, PUSH_KEY, 180, 600_000)
    assert lessons.hint(PUSH, 600_200) == ""
    assert lessons.praised == "push"
    lessons.hint(PUSH, 600_200 + PRAISE_MS)
    assert lessons.praised == ""


def test_a_tap_that_presses_no_chest_is_no_success_and_neither_is_a_push_too_deep() -> None:
    lessons = Lessons()
    shown(lessons)
    press(lessons, PUSH_KEY, 50, 2000)
    press(lessons, PUSH_KEY, 900, 3000)
    assert lessons.hint(PUSH, 5000) == "push"


def test_a_breath_that_is_large_enough_is_a_success() -> None:
    squeeze = Intent("squeeze")
    lessons = Lessons()
    assert shown(lessons, squeeze) == "squeeze"
    press(lessons, SQUEEZE_KEY, 120, 2000)
    assert lessons.hint(squeeze, 3000) == "squeeze"
    press(lessons, SQUEEZE_KEY, 1000, 4000)
    assert lessons.hint(squeeze, 5100) == ""


def test_in_slower_practice_the_hold_is_measured_in_the_rooms_time() -> None:
    lessons = Lessons()
    shown(lessons)
    press(lessons, PUSH_KEY, 170 / 0.75, 2000, rate=0.75)
    assert "push" in lessons.learned


def test_what_is_refused_at_once_teaches_nothing() -> None:
    lessons = Lessons()
    lessons.heed([Notice("pads", Refusal.NOT_NOW)], pack(), 1.0, 0.0)
    assert lessons.learned == frozenset()


def test_another_act_that_is_due_is_waited_for_anew() -> None:
    lessons = Lessons()
    assert shown(lessons) == "push"
    assert lessons.hint(Intent("hear", (1,)), PATIENCE_MS + 10) == ""
    assert lessons.hint(Intent("hear", (1,)), 2 * PATIENCE_MS + 10) == "hear"


def test_what_is_due_all_the_time_is_never_hinted_at() -> None:
    assert shown(Lessons(), Intent("check")) == ""


def test_a_lesson_learned_on_this_device_is_not_taught_again() -> None:
    lessons = Lessons(["push", "card.chest"])
    assert shown(lessons) == ""
    assert not lessons.card_due("chest")
    assert lessons.card_due("airway")
