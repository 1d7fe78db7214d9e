"""A room in the hands of chance: acts, presses, surprises, lost links, rewinds; and it always folds to the same."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from game.log import Entry, Input
from game.room.fold import fold
from game.room.room import TICK_MS, Room
from game.rules.commands import CAUSE_STATES, CAUSES, COMMANDS
from game.rules.setup import Setup, Sight
from game.stations import LinkState
from tests.room.hands import any_act, any_event
from tests.room.test_secrets import CASES

STATES = {"sent", "heard", "read_back", "confirmed", "corrected"}
CHARGES = {"idle", "charging", "charged", "blocked"}
chance = st.randoms(use_true_random=False)


class AnyTeam(RuleBasedStateMachine):
    """One room, its log, and the keyframes it was asked for."""

    @initialize(
        name=st.sampled_from(tuple(CASES)),
        seed=st.integers(0, 999),
        sight=st.sampled_from(Sight),
        players=st.integers(1, 4),
    )
    def begin(self, name: str, seed: int, sight: Sight, players: int) -> None:
        self.level, self.pack = CASES[name]
        self.seed, self.setup_ = seed, Setup(sight, players)
        self.room = self.new_room()
        self.entries: list[Entry] = []
        self.kept: list[tuple[bytes, int]] = []

    def new_room(self) -> Room:
        return Room(self.level, self.pack, self.seed, self.setup_)

    def tick(self, *inputs: Entry) -> None:
        if not self.room.ended:
            self.room.tick(inputs)
            self.entries += self.room.take_log()

    @rule(luck=chance)
    def act(self, luck: Random) -> None:
        for _ in range(8):
            seat = luck.randrange(self.setup_.players)
            self.tick(any_act(luck, self.room, seat, self.room.view(seat)))

    @rule(luck=chance)
    def surprise(self, luck: Random) -> None:
        self.tick(any_event(luck, self.room))

    @rule(seconds=st.sampled_from([1, 5, 40]))
    def wait(self, seconds: int) -> None:
        for _ in range(seconds * 1000 // TICK_MS):
            self.tick()

    @rule()
    def keep(self) -> None:
        self.kept.append((self.room.keyframe(), len(self.entries)))

    @rule(luck=chance)
    def rewind(self, luck: Random) -> None:
        if self.kept:
            keyframe, length = luck.choice(self.kept)
            self.room = self.new_room()
            self.room.restore(keyframe)
            self.entries = self.entries[:length]
            self.kept = [kept for kept in self.kept if kept[1] <= length]

    @invariant()
    def every_station_is_held_once_and_time_goes_by_ticks(self) -> None:
        state = self.room.game.state
        assert state.now_ms % TICK_MS == 0
        assert sum(seat.stations for seat in state.seats) == 31
        assert all(seat.stations for seat in state.seats)

    @invariant()
    def hands_do_what_their_station_allows(self) -> None:
        state = self.room.game.state
        for seat in state.seats:
            assert LinkState(seat.link) in LinkState
            if seat.task is not None:
                assert COMMANDS[seat.task.op].station & seat.stations, seat.task
        for station, (giver, to, _) in state.offers.items():
            assert giver != to
            assert station != 1
            assert to < len(state.seats)

    @invariant()
    def orders_and_boards_hold_what_there_is(self) -> None:
        state = self.room.game.state
        numbers = [order.order_id for order in state.orders]
        assert numbers == sorted(set(numbers))
        assert {order.state for order in state.orders} <= STATES
        assert len(state.lead.causes) == len(state.lead.clues) == len(CAUSES)
        assert all(0 <= cause < len(CAUSE_STATES) for cause in state.lead.causes)
        assert set(state.lead.answers) <= set(self.level.questions)
        assert set(state.lead.there) <= set(state.lead.experts) <= set(self.level.experts)

    @invariant()
    def the_cart_and_the_device_are_in_a_state_they_know(self) -> None:
        cart, device = self.room.game.state.cart, self.room.game.state.defibrillator
        assert set(cart.lines.values()) <= {"open", "blown"}
        assert set(cart.unflushed) <= {site for site, state in cart.lines.items() if state == "open"}
        assert all(rate > 0 and cart.lines[site] == "open" for rate, site in cart.infusions.values())
        assert device.charge in CHARGES
        assert not (device.sync and device.pacing)
        assert device.pads or not (device.pacing or device.charge in ("charging", "charged"))
        assert not device.waiting or device.charge != "charging"

    def teardown(self) -> None:
        if not hasattr(self, "room"):
            return
        assert all(entry.kind in (*Input, *type(entry.kind)) for entry in self.entries)
        folded = fold(self.level, self.pack, self.seed, self.entries, setup=self.setup_, to_ms=self.room.now_ms)
        assert folded.entries == self.entries
        assert folded.room.state_hash() == self.room.state_hash()


TestAnyTeam = AnyTeam.TestCase
TestAnyTeam.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
