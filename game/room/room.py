"""The room as a fold: inputs are applied at ticks of 50 ms, the patient follows half a second behind, facts come out.

A room is born playing at room time 0, the moment of collapse. Live play, recovery, replay and tests are this one class.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgpack

from game.content import Level, Pack
from game.log import Entry, Fact, Input, Plain
from game.rules import airway, audience, chest, defibrillator, orders, referee, seatview, switch, tasks
from game.rules.check import hands_came_off
from game.rules.commands import CAUSES, PUSH_KEY, SQUEEZE_KEY
from game.rules.game import Game, break_task
from game.rules.refusals import Refusal
from game.rules.skills.params import skills
from game.rules.state import Airway, Cart, Defibrillator, RoomState, Seat
from game.rules.views import SeatView
from game.sim import Case, Patient, PulseChanged, RhythmChanged, Shocked
from game.stations import STATIONS_OF, LinkState, Station
from game.wire.schema import pack, unpack

TICK_MS: Final = 50
EDGE_STATIONS: Final = {PUSH_KEY: Station.CHEST, SQUEEZE_KEY: Station.AIRWAY}


class Room:
    """One run of one level. `log` holds the entries since they were last taken."""

    def __init__(self, level: Level, guideline: Pack, seed: int) -> None:
        start = level.start
        state = RoomState(now_ms=0, seats=[Seat(int(stations)) for stations in STATIONS_OF.values()])
        state.airway = Airway(flow_l_min=start.oxygen_l_min, co2=start.co2)
        state.cart = Cart(lines=dict.fromkeys(start.lines, "open"))
        state.defibrillator = Defibrillator(pads=start.pads)
        state.lead.causes = [0 for _ in CAUSES]
        self._case = Case.of(**level.patient)
        self.game = Game(level, guideline, skills(), state, Patient.new(self._case, seed))

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
        return seatview.seat_view(self.game, seat)

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
        state, patient = msgpack.unpackb(keyframe, use_list=True)
        self.game.state = unpack(RoomState, state)
        self.game.patient = Patient.restore(self._case, patient)

    def _apply(self, kind: Input | Fact, seat: int, args: tuple[Plain, ...]) -> Refusal:
        assert isinstance(kind, Input), f"{kind} is not an input"
        self.game.record(kind, seat, args)
        if kind is Input.COMMAND:
            return referee.judge(self.game, seat, str(args[0]), args[1:])
        if kind is Input.EDGES:
            return self._edges(seat, args)
        if kind is Input.LINK:
            return self._link(seat, args)
        return Refusal.UNKNOWN_COMMAND

    def _edges(self, seat: int, args: tuple[Plain, ...]) -> Refusal:
        """Back-dated presses and releases; what comes after sealing is refused (decisions 2)."""
        key, down, *stamps = (arg for arg in args if isinstance(arg, int))
        station = EDGE_STATIONS.get(key)
        if station is None or self.ended:
            return Refusal.RUN_OVER if self.ended else Refusal.UNKNOWN_COMMAND
        if not self.game.holds(seat, station) and not (key == PUSH_KEY and switch.may_step_in(self.game, seat)):
            return Refusal.NOT_YOUR_STATION
        act = {
            (PUSH_KEY, 1): chest.down,
            (PUSH_KEY, 0): chest.up,
            (SQUEEZE_KEY, 1): airway.squeeze_down,
            (SQUEEZE_KEY, 0): airway.squeeze_up,
        }
        refusal = Refusal.DONE
        times = self.game.skills.times
        for ms in stamps:
            if ms < self.now_ms - times.sealing_ms:
                self.game.emit(Fact.LATE, seat, key, ms)
                refusal = Refusal.TOO_LATE
            else:
                act[key, down & 1](self.game, seat, min(ms, self.now_ms + times.stamp_ahead_ms))
            down += 1
        return refusal

    def _link(self, seat: int, args: tuple[Plain, ...]) -> Refusal:
        """A person is there, away, or replaced by a bot: held keys are let go, stations stay."""
        self.game.state.seats[seat].link = int(LinkState(int(str(args[0]))))
        if self.game.holds(seat, Station.CHEST):
            chest.let_go(self.game)
        if self.game.holds(seat, Station.AIRWAY):
            self.game.state.airway.down_ms = -1
        return Refusal.DONE

    def _pass_time(self) -> None:
        game = self.game
        tasks.finish_due(game)
        defibrillator.follow_the_charge(game)
        chest.hands(game)
        hands_came_off(game)
        airway.forget_old_breaths(game)
        orders.lapse_forgotten(game)
        defibrillator.settle_shocks(game)
        self._advance_patient()
        self._end_when_due()
        if self.now_ms % game.skills.times.hash_every_ms == 0:
            game.emit(Fact.HASH, -1, self.state_hash())

    def _advance_patient(self) -> None:
        game, state = self.game, self.game.state
        game.patient.advance(self.now_ms - game.skills.times.patient_lag_ms)
        for happening in game.patient.drain():
            if isinstance(happening, PulseChanged):
                state.pulse = bool(happening.pulse)
                state.pulse_since_ms = happening.ms
                game.emit(Fact.PULSE, -1, happening.pulse, ms=happening.ms)
            elif isinstance(happening, RhythmChanged):
                game.emit(Fact.RHYTHM, -1, str(happening.rhythm.value), ms=happening.ms)
            elif isinstance(happening, Shocked):
                game.emit(Fact.SHOCK, -1, happening.energy_j, str(happening.result.value), ms=happening.ms)

    def _end_when_due(self) -> None:
        state, level = self.game.state, self.game.level
        if state.pulse and self.now_ms - state.pulse_since_ms >= level.hold_ms:
            state.ended = state.ended or "held"
        elif self.now_ms >= level.time_limit_ms:
            state.ended = state.ended or "time"
        if state.ended:
            for seat in range(len(state.seats)):
                break_task(self.game, seat)
            self.game.emit(Fact.ENDED, -1, state.ended, "pulse_held" if state.pulse else "no_pulse")
