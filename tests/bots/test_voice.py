"""Ears and mouth of a bot: it hears what is asked of it, and says the most telling thing first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from game.bots.habits import Attention, habits
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.bots.voice import Voice
from game.room.host import Host
from game.rules.views import FindingView, OrderView, SeatView
from game.stations import Role, Station
from tests.bots.conftest import Case

EXPERT = habits("expert").attention


@pytest.fixture(scope="module")
def view(cases: Callable[..., Case]) -> SeatView:
    """What the person at the head of S01 is shown after half a minute in which nobody acted."""
    level, pack = cases("S01")
    host = Host(level, pack, 1)
    host.tick(30_000)
    return host.view(Role.AIRWAY)


def voice(cases: Callable[..., Case], attention: Attention = EXPERT) -> Voice:
    return Voice(cases("S01")[0], attention, Luck(1, Role.AIRWAY))


def said(view: SeatView, speaker: Voice) -> str:
    act = speaker.news(Scene(view, Role.AIRWAY))
    return "" if act is None else str(act.args[0])


def test_a_telling_sign_comes_before_a_number_and_what_is_normal_is_not_said(
    cases: Callable[..., Case], view: SeatView
) -> None:
    found = (FindingView("lips", "normal"), FindingView("etco2", "21"), FindingView("breath_left", "absent"))
    speaker = voice(cases)
    turns = [replace(view, findings=found, now_ms=view.now_ms + EXPERT.say_every_ms * turn) for turn in range(3)]
    assert [said(turn, speaker) for turn in turns] == ["breath_left", "etco2", ""]


def test_a_number_is_said_again_when_it_moved_or_after_a_while(cases: Callable[..., Case], view: SeatView) -> None:
    speaker = voice(cases)

    def at(after_ms: int, value: str) -> str:
        found = (FindingView("etco2", value),)
        return said(replace(view, findings=found, now_ms=view.now_ms + after_ms), speaker)

    assert at(0, "20") == "etco2"
    assert not at(EXPERT.say_every_ms, "24")
    assert at(2 * EXPERT.say_every_ms, "30") == "etco2"
    assert at(2 * EXPERT.say_every_ms + EXPERT.again_every_ms, "30") == "etco2"


def test_each_syringe_is_said_once(cases: Callable[..., Case], view: SeatView) -> None:
    speaker = voice(cases)
    held, put_down = (FindingView("in_hand", "epinephrine 1000"),), ()
    turns = [held, held, put_down, held]
    heard = [
        said(replace(view, findings=found, now_ms=view.now_ms + 10_000 * turn), speaker)
        for turn, found in enumerate(turns)
    ]
    assert heard == ["in_hand", "", "", "in_hand"]


def test_what_was_said_is_said_again_only_when_it_changes(cases: Callable[..., Case], view: SeatView) -> None:
    speaker = voice(cases)
    first = replace(view, findings=(FindingView("bag", "hard"),))
    assert said(first, speaker) == "bag"
    assert not said(replace(first, now_ms=first.now_ms + 60_000), speaker)
    later = replace(first, now_ms=first.now_ms + 70_000, findings=(FindingView("bag", "easy"),))
    assert said(later, speaker) == "bag"


def test_nobody_speaks_into_a_check_or_a_hush(cases: Callable[..., Case], view: SeatView) -> None:
    telling = replace(view, findings=(FindingView("bag", "hard"),))
    assert not said(replace(telling, check=replace(view.check, since_ms=view.now_ms - 500)), voice(cases))
    assert not said(replace(telling, hush_until_ms=view.now_ms + 1000), voice(cases))


def test_an_order_is_heard_and_may_slip_the_mind(cases: Callable[..., Case], view: SeatView) -> None:
    order = OrderView(7, int(Station.AIRWAY), "look", (), "sent", view.now_ms - 5000, ())
    asked = replace(view, orders=(order,))
    forgetful = voice(cases, replace(EXPERT, forgets=1.0))
    assert [act.op for act in forgetful.answer(Scene(asked, Role.AIRWAY))] == ["hear"]
    heard = replace(view, orders=(replace(order, state="heard"),))
    assert Scene(heard, Role.AIRWAY, forgetful.forgotten).order("look") is None
    assert Scene(heard, Role.AIRWAY).order("look") is not None


def test_a_station_on_offer_is_taken(cases: Callable[..., Case], view: SeatView) -> None:
    offered = replace(view, offers=((int(Station.DEFIBRILLATOR), int(Role.MEDS)),))
    acts = voice(cases).answer(Scene(offered, Role.AIRWAY))
    assert [(act.op, act.args) for act in acts] == [("take", (int(Station.DEFIBRILLATOR),))]
