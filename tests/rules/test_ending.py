"""Who may end the attempt, and when that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.log import Fact
from game.rules.refusals import Refusal
from game.stations import Role

if TYPE_CHECKING:
    from tests.rules.conftest import Team


def test_nobody_ends_the_attempt_on_a_pulse_the_team_knows_of(alive: Team) -> None:
    assert alive.act(Role.LEADER, "end") is Refusal.NOT_NOW
    alive.wait(12_000)
    assert alive.act(Role.LEADER, "end") is Refusal.NOT_NOW
    assert not alive.facts(Fact.ENDED)


def test_an_attempt_that_ends_on_a_pulse_nobody_felt_is_a_critical_error(alive: Team) -> None:
    alive.act(Role.LEADER, "resume")
    assert alive.act(Role.LEADER, "end") is Refusal.DONE
    alive.wait(10_000)
    assert alive.act(Role.LEADER, "end") is Refusal.DONE
    assert ("stopped_with_pulse", 1) in alive.safety()
    assert alive.facts(Fact.ENDED)[-1].args[0] == "stopped"
