"""The room as a fold: inputs are applied at ticks of 50 ms, the patient follows half a second behind, facts come out.

A room is born playing at room time 0, the moment of collapse. Live play, recovery, replay and tests are this one class.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgpack

from game.content import Level, Pack
from game.log import Entry, Fact, Input, Plain
from game.rules import (
    airway,
    audience,
    breathing,
    cart,
    chest,
    defibrillator,
    ending,
    experts,
    handover,
    injects,
    orders,
    referee,
    safety,
    seatview,
    sight,
    slips,
    switch,
    tasks,
    trace,
    vitals,
)
from game.rules.check import hands_came_off
from game.rules.commands import CAUSES, EDGE_OPS, PUSH_KEY, SEAL_LEFT_KEY, SQUEEZE_KEY
from game.rules.game import Game
from game.rules.refusals import Refusal
from game.rules.setup import Setup
from game.rules.skills.params import skills
from game.rules.state import Airway, Cart, Defibrillator, RoomState, Seat
from game.rules.views import SeatView
from game.sim import (
    AirwayPlaced,
    Captured,
    Case,
    ChargeKept,
    Injured,
    Patient,
    PulseChanged,
    RhythmChanged,
    Sampled,
    Shocked,
    Treated,
    Vomited,
)
from game.stations import SEAT_SETS, LinkState, Station
from game.wire.schema import pack, unpack

TICK_MS: Final = 50
EDGE_STATIONS: Final = {key: Station.CHEST if key == PUSH_KEY else Station.AIRWAY for key in EDGE_OPS}

DEFAULT_SETUP: Final = Setup()


def starting_state(level: Level, guideline: Pack, setup: Setup, patient: Patient) -> RoomState:
    """What is in place at room time 0. A team that begins with a pulse knows of it."""
    start, beating = level.start, patient.has_pulse
    state = RoomState(now_ms=0, seats=[Seat(int(stations)) for stations in SEAT_SETS[setup.players]])
    state.sight = setup.sight.value
    state.airway = Airway(
        device=start.airway,
        flow_l_min=start.oxygen_l_min,
        co2=start.co2,
        spo2=start.spo2,
        ventilator_per_min=start.ventilator_per_min,
    )
    state.cart = Cart(lines=dict.fromkeys(start.lines, cart.OPEN))
    state.defibrillator = Defibrillator(
        pads=start.pads, step=guideline.first_step, pace_rate_per_min=guideline.pacing.rates_per_min[0]
    )
    state.lead.causes = [0 for _ in CAUSES]
    state.lead.clues = [0 for _ in CAUSES]
    state.pulse = state.pulse_said = beating
    state.pulse_since_ms = state.pulse_said_ms = 0 if beating else -1
    state.pulse_lost_ms = -1 if beating else 0
    state.rhythm = patient.rhythm.value
    return state


class Room:
    """One run of one level. `log` holds the entries since they were last taken."""

    def __init__(self, level: Level, guideline: Pack, seed: int, setup: Setup = DEFAULT_SETUP) -> None:
        self._case = Case.of(**level.patient)
        patient = Patient.new(self._case, seed)
        self.game = Game(level, guideline, skills(), starting_state(level, guideline, setup, patient), patient)
        self._all_see: seatview.Common | None = None
        airway.begin(self.game)

    @property
    def now_ms(self) -> int:
        """Room time reached: a multiple of TICK_MS."""
        return self.game.state.now_ms

    @property
    def ended(self) -> str:
        """Why the run ended (held, stopped, time), "" while it goes on."""
        return self.game.state.ended

    def tick(self, inputs: Sequence[Entry] = ()) -> list[Refusal]:
        """Play the next 50 ms: apply `inputs` in order, then let time pass. Returns the answer to each input."""
        game = self.game
        self._all_see = None
        game.state.now_ms += TICK_MS
        over = bool(game.state.ended)
        answers = [self._apply(entry.kind, entry.seat, entry.args) for entry in inputs]
        if not over:
            self._pass_time()
        return answers

    def take_log(self) -> list[Entry]:
        """The entries since the last call, in log order."""
        taken, self.game.log = self.game.log, []
        return taken

    def view(self, seat: int) -> SeatView:
        """What `seat` is shown now."""
        if self._all_see is None:
            self._all_see = seatview.common(self.game)
        return seatview.seat_view(self.game, seat, self._all_see)

    def audience(self, entry: Entry) -> int:
        """Bitmask of the seats that may know `entry`."""
        return audience.audience(self.game, entry)

    def state_hash(self) -> str:
        """16 hex digits over everything that the future depends on."""
        memory = msgpack.packb(pack(self.game.state))
        return hashlib.sha256(memory + self.game.patient.state_hash().encode()).hexdigest()[:16]

    def keyframe(self) -> bytes:
        """The whole state as bytes: a cache of the fold, never the truth."""
        frame: bytes = msgpack.packb([pack(self.game.state), self.game.patient.snapshot()])
        return frame

    def restore(self, keyframe: bytes) -> None:
        """Go on from a keyframe of the same level, pack and model version; raises WireError if it is not one."""
        state, patient = msgpack.unpackb(keyframe, use_list=True, strict_map_key=False)
        self.game.state = unpack(RoomState, state)
        self.game.patient = Patient.restore(self._case, patient)
        self.game.log = []
        self._all_see = None

    def _apply(self, kind: Input | Fact, seat: int, args: tuple[Plain, ...]) -> Refusal:
        assert isinstance(kind, Input), f"{kind} is not an input"
        self.game.record(kind, seat, args)
        if kind is Input.COMMAND:
            return referee.judge(self.game, seat, str(args[0]), args[1:])
        if kind is Input.EDGES:
            return self._edges(seat, args)
        if kind is Input.LINK:
            return self._link(seat, args)
        return injects.inject(self.game, str(args[0]))

    def _edges(self, seat: int, args: tuple[Plain, ...]) -> Refusal:
        """Back-dated presses and releases; what comes after sealing is refused (decisions 2)."""
        key, down, *stamps = (arg for arg in args if isinstance(arg, int))
        station = EDGE_STATIONS.get(key)
        if station is None or self.ended:
            return Refusal.RUN_OVER if self.ended else Refusal.UNKNOWN_COMMAND
        if not self.game.holds(seat, station) and not (key == PUSH_KEY and switch.may_step_in(self.game, seat)):
            return Refusal.NOT_YOUR_STATION
        refusal = Refusal.DONE
        times = self.game.skills.times
        for ms in stamps:
            if ms < self.now_ms - times.sealing_ms:
                self.game.emit(Fact.LATE, seat, key, ms)
                refusal = Refusal.TOO_LATE
            else:
                self._edge(seat, key, bool(down & 1), min(ms, self.now_ms + times.stamp_ahead_ms))
            down += 1
        return refusal

    def _edge(self, seat: int, key: int, down: bool, ms: int) -> None:
        if key >= SEAL_LEFT_KEY:
            breathing.seal(self.game, key, down, ms)
        else:
            EDGE_ACTS[key, down](self.game, seat, ms)

    def _link(self, seat: int, args: tuple[Plain, ...]) -> Refusal:
        """A person is there, away, or replaced by a bot: held keys are let go, stations stay."""
        self.game.state.seats[seat].link = int(LinkState(int(str(args[0]))))
        if self.game.holds(seat, Station.CHEST):
            chest.let_go(self.game)
        if self.game.holds(seat, Station.AIRWAY):
            breathing.let_go(self.game)
        return Refusal.DONE

    def _pass_time(self) -> None:
        game, times = self.game, self.game.skills.times
        if self.now_ms == TICK_MS and game.state.pulse:
            game.emit(Fact.PULSE, -1, 1, ms=0)
        tasks.finish_due(game)
        defibrillator.follow_the_charge(game)
        cart.follow(game)
        chest.hands(game)
        hands_came_off(game)
        airway.pass_time(game)
        experts.arrive(game)
        orders.lapse_forgotten(game)
        handover.withdraw(game)
        safety.settle_shocks(game)
        safety.watch_the_hands(game)
        game.patient.advance(self.now_ms - times.patient_lag_ms)
        for happening in game.patient.drain():
            HAPPENED[type(happening)](game, happening)
        trace.keep(game)
        sight.tell_all(game)
        if self.now_ms % times.vitals_every_ms == 0:
            vitals.keep(game)
        ending.end_when_due(game)
        if self.now_ms % times.hash_every_ms == 0:
            game.emit(Fact.HASH, -1, self.state_hash())


def _pulse_changed(game: Game, change: PulseChanged) -> None:
    state = game.state
    state.pulse, state.pulse_since_ms = bool(change.pulse), change.ms
    if not change.pulse and state.pulse_lost_ms < 0:
        state.pulse_lost_ms = change.ms
    game.emit(Fact.PULSE, -1, change.pulse, ms=change.ms)


def _rhythm_changed(game: Game, change: RhythmChanged) -> None:
    game.state.rhythm = change.rhythm.value
    game.emit(Fact.RHYTHM, -1, change.rhythm.value, ms=change.ms)


def _unseen(game: Game, happening: object) -> None:
    """What has signs of its own needs no more."""


EDGE_ACTS: Final = {
    (PUSH_KEY, True): chest.down,
    (PUSH_KEY, False): chest.up,
    (SQUEEZE_KEY, True): breathing.squeeze_down,
    (SQUEEZE_KEY, False): breathing.squeeze_up,
}

HAPPENED: Final[dict[type, Callable[[Game, Any], None]]] = {
    PulseChanged: _pulse_changed,
    RhythmChanged: _rhythm_changed,
    Shocked: defibrillator.discharged,
    ChargeKept: defibrillator.charge_kept,
    Captured: defibrillator.captured,
    AirwayPlaced: airway.placed,
    Treated: airway.treated,
    Sampled: slips.came_back,
    Vomited: _unseen,
    Injured: _unseen,
}
"""Who listens to what the patient reports of himself."""
