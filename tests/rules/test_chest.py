"""Compressions: from stamped presses to what the patient and the log get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.rules.commands import PUSH_KEY
from game.rules.refusals import Refusal
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team


def test_a_press_becomes_a_compression_at_its_own_stamp(team: Team) -> None:
    team.wait(1000)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 985)
    team.wait(150)
    team.edges(Role.COMPRESSOR, PUSH_KEY, False, 1175)
    (compression,) = team.compressions()
    assert (compression.start_ms, compression.down_ms) == (985, 190)
    assert 50_000 <= compression.depth_um <= 60_000
    assert compression.residual_um == 0
    assert team.facts(Fact.COMPRESSION)[0].ms == 985


def test_a_longer_hold_presses_deeper(team: Team) -> None:
    depths = []
    for hold_ms in (80, 150, 230, 320):
        team.compress(0.6, hold_ms=hold_ms, interval_ms=600)
        depths.append(team.compressions()[-1].depth_um)
    assert depths == sorted(depths)
    assert abs(depths[1] - 50_000) < 100


def test_presses_closer_than_a_quarter_second_and_touches_of_a_blink_are_none(team: Team) -> None:
    team.wait(1000)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 900, 1000, 1100, 1200)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 1300, 1320)
    assert [push.start_ms for push in team.compressions()] == [900]


def test_a_press_begins_after_the_release_before_it(team: Team) -> None:
    team.wait(1000)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 200, 900)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 500, 700)
    assert [push.start_ms for push in team.compressions()] == [200]


def test_a_press_after_sealing_is_refused_and_logged(team: Team) -> None:
    team.wait(5000)
    assert team.edges(Role.COMPRESSOR, PUSH_KEY, True, 2000, 2200) is Refusal.TOO_LATE
    assert not team.facts(Fact.COMPRESSION)
    assert [fact.args for fact in team.facts(Fact.LATE)] == [(PUSH_KEY, 2000), (PUSH_KEY, 2200)]


def test_nobody_else_can_press(team: Team) -> None:
    for role in (Role.AIRWAY, Role.MEDS, Role.LEADER):
        assert team.edges(role, PUSH_KEY, True, 10) is Refusal.NOT_YOUR_STATION


def test_hands_are_on_while_down_and_for_a_moment_after(team: Team) -> None:
    team.compress(3)
    team.wait(2000)
    on, off = team.facts(Fact.HANDS)
    last = team.compressions()[-1]
    assert (on.args, off.args) == ((1,), (0,))
    assert 700 <= off.ms - (last.start_ms + last.down_ms) <= 800


def test_arms_tire_and_say_so_only_later(team: Team) -> None:
    team.compress(20)
    pushes = team.compressions()
    assert pushes[-1].depth_um < pushes[0].depth_um
    view = team.view(Role.COMPRESSOR)
    assert view.chest is not None
    assert not view.chest.heavy
    team.compress(60)
    view = team.view(Role.COMPRESSOR)
    assert view.chest is not None
    assert view.chest.heavy


def test_a_short_release_leaves_the_chest_pressed(team: Team) -> None:
    team.wait(1000)
    team.edges(Role.COMPRESSOR, PUSH_KEY, True, 500, 710, 780, 990)
    first, second = team.compressions()
    assert first.residual_um == 0
    assert second.residual_um > 5000


def test_a_pulse_needs_fingers_and_time(team: Team) -> None:
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.FINGERS_FIRST
    team.act(Role.COMPRESSOR, "feel")
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.FINGERS_FIRST
    team.wait(3000)
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.FINGERS_FIRST, "that there is none takes longer"
    team.wait(2000)
    assert team.act(Role.COMPRESSOR, "pulse", "none") is Refusal.DONE
