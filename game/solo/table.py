"""The authority of a person who plays alone: a live room driven by the client's own frames, over a wire in memory.

It speaks the protocol of a real one, so the client cannot tell the difference. Its clock is the platform's, slowed in
slower practice, and never steps: a pause only moves room time 0, as the protocol has it for every phase.
"""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Final

from game.bots.crew import crew_of_bots
from game.content import Level, Pack
from game.log import NO_SEAT, Entry, Fact, Plain
from game.net.link import LocalLink, LocalWire
from game.room.host import Host, Tick
from game.room.room import TICK_MS
from game.room.told import PRACTICE, SLOWER, result_text, unranked
from game.rules.refusals import Refusal
from game.scoring import Weights, score
from game.solo.wish import TRIAL_MS, Wish
from game.stations import SEAT_SETS, LinkState
from game.wire.codec import decode_client, encode
from game.wire.messages import (
    SAME_PATIENT,
    Ack,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    RosterSeat,
    ServerMessage,
    Snap,
    Sync,
    Synced,
    TeamEvent,
    Welcome,
)
from game.wire.schema import pack_bytes

COUNTDOWN_MS: Final = 3_000
TICKS_A_FRAME: Final = 4
"""More than this in one frame would be seen as a stutter; what is behind then is made up for in the next frames."""
BEHIND_MS: Final = 500
"""Further behind than this nothing is made up for: the room has stood still, and goes on from where it was."""
SNAPSHOT_EVERY_MS: Final = 2 * TICK_MS
"""At its multiples, when bots do not think: so no frame has both to do."""
SEEDS: Final = 2**32
RUN: Final = "practice"


class Phase(StrEnum):
    """The life of a practice run."""

    COUNTDOWN = "countdown"
    PLAYING = "playing"
    FROZEN = "frozen"
    ENDED = "ended"
    DEBRIEF = "debrief"


class SoloTable:
    """One person's room. Call `frame` once a frame; `link` is the client's end of the wire."""

    def __init__(
        self, wish: Wish, case: tuple[Level, Pack], weights: Weights, name: str, seed: int | None = None
    ) -> None:
        """`seed` makes the first run a given one; every other run draws its own."""
        self.wish: Final = wish
        self.over = False
        """True once a trial is done."""
        self.log: list[Entry] = []
        """Inputs and facts of this run."""
        self.phase = Phase.COUNTDOWN
        self._level, self._pack = case
        self._weights = weights
        self._name = name
        self._seed = secrets.randbelow(SEEDS) if seed is None else seed
        self._wire = LocalWire()
        self._epoch = self._seq = self._snaps = 0
        self._clock_ms = self._frozen_at_ms = 0.0
        self._shown = -1
        self._zero_ms: int | None = None
        self._counted = False
        self._host = self._new_host()

    @property
    def link(self) -> LocalLink:
        return self._wire.client

    @property
    def room_ms(self) -> int:
        """Room time now; negative before the collapse."""
        return round(self._clock_ms) - (self._zero_ms or 0)

    def frame(self, now_ms: float, *, shown: bool = True) -> None:
        """Lives up to a local stamp. While the person cannot see the room (`shown` is False), it stands still."""
        self._clock_ms = now_ms * self.wish.rate
        if self._zero_ms is None:
            self._begin()
        for data in self._wire.host.receive():
            self._heed(data)
        match self.phase:
            case Phase.COUNTDOWN if shown and self.room_ms >= 0:
                self._collapse()
            case Phase.PLAYING if not shown:
                self._frozen_at_ms = self._clock_ms
                self._enter(Phase.FROZEN)
            case Phase.PLAYING:
                self._play()
            case Phase.FROZEN if shown:
                self._shift(round(self._clock_ms - self._frozen_at_ms))
            case Phase.ENDED:
                self._count_the_score()
            case _:
                pass

    def _new_host(self) -> Host:
        bots = crew_of_bots(self._level, self._pack, self._seed, self.wish.setup.players, self.wish.bots)
        host = Host(self._level, self._pack, self._seed, bots, self.wish.setup)
        for seat in range(self.wish.setup.players):
            if seat != self.wish.seat:
                host.link(seat, LinkState.BOT)
        return host

    def _begin(self) -> None:
        """A run: whoever tries a station plays at once, all others after the count-down."""
        countdown_ms = 0 if self.wish.trial else COUNTDOWN_MS
        self._epoch += 1
        self._zero_ms = round(self._clock_ms) + countdown_ms
        self._shown = -1
        self._counted = False
        self.log.clear()
        if self._epoch > 1:
            self.phase = Phase.COUNTDOWN
            self._tell_all()
        self._enter(Phase.COUNTDOWN, countdown_ms)

    def _again(self, *, same: bool) -> None:
        if not same:
            self._seed = secrets.randbelow(SEEDS)
        self._host = self._new_host()
        self._begin()

    def _collapse(self) -> None:
        self.phase = Phase.PLAYING
        self._shift(self.room_ms if self.room_ms > BEHIND_MS else 0)

    def _shift(self, by_ms: int) -> None:
        """Time in which the room stood still was none; play goes on."""
        assert self._zero_ms is not None
        self._zero_ms += by_ms
        self._enter(Phase.PLAYING)

    def _play(self) -> None:
        behind_ms = self.room_ms - self._host.now_ms - TICKS_A_FRAME * TICK_MS
        if behind_ms > BEHIND_MS:
            self._shift(behind_ms)
        self._tell(self._host.tick(min(self.room_ms, self._host.now_ms + TICKS_A_FRAME * TICK_MS)))
        if self._host.ended:
            self.over = self.wish.trial
            self._enter(Phase.ENDED)
        elif self.wish.trial and self._host.now_ms >= TRIAL_MS:
            self.over = True

    def _tell(self, tick: Tick) -> None:
        self.log += tick.entries
        for mask, fact in tick.events:
            if mask >> self.wish.seat & 1:
                self._event(fact.ms, fact.kind.value, fact.seat, fact.args)
            if fact.kind is Fact.SWITCH:
                self._event(fact.ms, TeamEvent.ROSTER, NO_SEAT, tuple(_row(row) for row in self._roster()))
        for seat, ref, refusal in tick.answers:
            if seat == self.wish.seat:
                self._send(Nak(ref, refusal) if refusal else Ack(ref))
        if self._host.now_ms // SNAPSHOT_EVERY_MS > self._shown:
            self._shown = self._host.now_ms // SNAPSHOT_EVERY_MS
            self._snaps += 1
            self._send(Snap(self._snaps, self._epoch, self._host.now_ms, self._view()))

    def _count_the_score(self) -> None:
        """Not in the frame that says so: by then it can be read that the score is being counted."""
        if self.wish.trial or not self._counted:
            self._counted = True
            return
        found = score(self.log, self._pack, self._level, self._weights)
        result = result_text(RUN, unranked(found, PRACTICE, *((SLOWER,) if self.wish.slow else ())))
        self._event(self.room_ms, TeamEvent.RESULT, NO_SEAT, (result,))
        self._enter(Phase.DEBRIEF)

    def _enter(self, phase: Phase, countdown_ms: int = 0) -> None:
        self.phase = phase
        # The client counts down on its own clock.
        left_ms = round(countdown_ms / self.wish.rate)
        self._event(self.room_ms, TeamEvent.PHASE, NO_SEAT, (phase.value, left_ms, self._zero_ms or 0))

    def _heed(self, data: bytes) -> None:
        message = decode_client(data)
        match message:
            case Hello():
                self._greet()
            case Sync(t0_ms):
                now_ms = round(self._clock_ms)
                self._send(Synced(t0_ms, now_ms, now_ms))
            case Cmd(seq, "again", args):
                self._again(same=args == (SAME_PATIENT,))
                self._send(Ack(seq))
            case Cmd(seq, "leave", _):
                self._send(Ack(seq))
            case Cmd(seq, op, args) if self.phase is Phase.PLAYING:
                self._host.command(self.wish.seat, seq, op, args)
            case Edges() if self.phase in (Phase.PLAYING, Phase.FROZEN):
                # A key that is let go while the room stands still is let go.
                self._host.edges(self.wish.seat, message.seq, message.key, message.first_is_down, message.stamps_ms)
            case Cmd(seq=seq) | Edges(seq=seq):
                self._send(Nak(seq, Refusal.NOT_NOW))
            case _:
                pass

    def _greet(self) -> None:
        mine = int(SEAT_SETS[self.wish.setup.players][self.wish.seat])
        rate = self.wish.rate
        self._send(Welcome(self.wish.seat, mine, self._epoch, self.room_ms, self._seq, self._level.hash, RUN, rate))
        self._tell_all()

    def _tell_all(self) -> None:
        self._send(
            Resync(
                Full(
                    phase=self.phase.value,
                    roster=self._roster(),
                    level=self._level.name,
                    pack=self._pack.name,
                    sight=self.wish.setup.sight.value,
                    view=b"" if self.phase is Phase.COUNTDOWN else self._view(),
                    recent=(),
                    epoch=self._epoch,
                    seq=self._seq,
                    zero_ms=self._zero_ms or 0,
                    run=RUN,
                    result="",
                    recording=False,
                    ready=(),
                )
            )
        )

    def _roster(self) -> tuple[RosterSeat, ...]:
        crew = self._host.view(self.wish.seat).crew
        mine = self.wish.seat
        return tuple(
            RosterSeat(
                seat,
                seen.stations,
                self._name if seat == mine else None,
                LinkState.HERE if seat == mine else LinkState.BOT,
            )
            for seat, seen in enumerate(crew)
        )

    def _view(self) -> bytes:
        return pack_bytes(self._host.view(self.wish.seat))

    def _event(self, ms: int, kind: str, seat: int, args: tuple[Plain, ...]) -> None:
        self._seq += 1
        self._send(Ev(self._seq, self._epoch, ms, kind, seat, args))

    def _send(self, message: ServerMessage) -> None:
        self._wire.host.send(encode(message))


def _row(row: RosterSeat) -> tuple[Plain, ...]:
    return (row.seat, row.stations, row.name, row.link)
