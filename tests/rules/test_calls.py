"""Call-outs: to all, or to a seat by the station it holds."""

from game.log import Fact
from game.rules.refusals import Refusal
from game.stations import Role, Station
from tests.rules.conftest import Team


def test_a_call_out_can_name_the_seat_it_is_for(ward: Team) -> None:
    assert ward.act(Role.AIRWAY, "call_to", "help", int(Station.LEAD)) is Refusal.DONE
    ward.act(Role.AIRWAY, "callout", "help")
    assert [fact.args for fact in ward.facts(Fact.CALLOUT)] == [("help", int(Station.LEAD)), ("help", 0)]


def test_a_concern_is_louder_the_second_time_whoever_it_is_said_to(ward: Team) -> None:
    ward.act(Role.AIRWAY, "callout", "concern")
    ward.act(Role.MEDS, "call_to", "concern", int(Station.LEAD))
    assert [fact.args[0] for fact in ward.facts(Fact.CALLOUT)] == ["concern", "concern_again"]
