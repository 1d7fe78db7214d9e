"""Whatever anybody presses: two hands do one thing, and what lies in the airway is a thing that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.log import Entry, Fact, Input
from game.room.room import Room
from game.rules.airway import PLACES
from game.rules.commands import EDGE_OPS, PUSH_KEY, TABLE, Choice, choices
from game.rules.skills.intubation import STEPS
from game.rules.skills.params import skills
from game.sim.events import DEVICES
from game.stations import Role, Station
from tests.rules.bedside import case

if TYPE_CHECKING:
    from game.content import Level, Pack

HANDS = tuple(
    row for row in TABLE if row.op not in EDGE_OPS.values() and row.station & (Station.CHEST | Station.AIRWAY)
)
ANY = st.integers(0, 1 << 16)
steps = st.lists(st.tuples(st.integers(0, 9), ANY, ANY, st.integers(1, 120)), min_size=5, max_size=40)


def inputs(step: tuple[int, int, int, int], room: Room, level: Level, pack: Pack) -> list[Entry]:
    """A command with arguments of its kinds, or presses and releases of a held key."""
    kind, which, pick, _ = step
    if kind < 3:
        key = which % len(EDGE_OPS)
        role = Role.COMPRESSOR if key == PUSH_KEY else Role.AIRWAY
        stamps = (room.now_ms, room.now_ms + 40 + pick % 900)
        return [Entry(0, Input.EDGES, role, (key, pick % 2, *stamps[: 1 + pick % 2]))]
    row = HANDS[which % len(HANDS)]
    role = Role.COMPRESSOR if row.station & Station.CHEST else Role.AIRWAY
    args = []
    for choice in row.args:
        offered = choices(choice, level, pack) or ("",)
        args.append(1 if choice is Choice.ORDER else offered[pick % len(offered)])
    return [Entry(0, Input.COMMAND, role, (row.op, *args))]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), play=steps)
def test_hands_do_one_thing_and_devices_exist(
    level: Level, pack: Pack, seed: int, play: list[tuple[int, int, int, int]]
) -> None:
    at = case(level)
    room = Room(at, pack, seed)
    for step in play:
        room.tick(inputs(step, room, at, pack))
        for _ in range(step[3]):
            room.tick()
            airway = room.game.state.airway
            task = room.game.state.seats[Role.AIRWAY].task
            assert airway.device in DEVICES
            assert airway.sits[0] in DEVICES
            assert airway.sits[1] in PLACES
            assert airway.placing in ("", "sga", "tube")
            assert not airway.ventilator_per_min or airway.device != "mask"
            assert airway.tube.step in ("", *STEPS)
            assert not (airway.tube.step and task), "the blade is in the hand"
            assert not (airway.down_ms >= 0 and task), "the bag is in the hand"
            assert abs(airway.seal.squeezed_at) <= skills().seal.furthest
        for role in Role:
            room.view(role)
    facts = room.take_log()
    tasks: dict[int, str] = {}
    for fact in facts:
        if fact.kind is Fact.TASK and fact.args[1] == "started":
            assert fact.seat not in tasks, "one task a seat"
            tasks[fact.seat] = str(fact.args[0])
        elif fact.kind is Fact.TASK and tasks.get(fact.seat) == fact.args[0]:
            del tasks[fact.seat]
    assert all(0 <= pct <= 100 for fact in facts if fact.kind is Fact.BREATH for pct in fact.args[4:5])  # type: ignore[operator]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1000), play=steps)
def test_a_keyframe_forgets_nothing_of_the_head_of_the_bed(
    level: Level, pack: Pack, seed: int, play: list[tuple[int, int, int, int]]
) -> None:
    at = case(level)
    room, again = Room(at, pack, seed), Room(at, pack, seed)
    for step in play:
        room.tick(inputs(step, room, at, pack))
        for _ in range(step[3]):
            room.tick()
    again.restore(room.keyframe())
    assert again.state_hash() == room.state_hash()
    for _ in range(200):
        room.tick()
        again.tick()
    assert again.state_hash() == room.state_hash()
