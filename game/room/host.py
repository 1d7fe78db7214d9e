"""A live room: the fold, the bots in its seats, and the queue of what people send. The clock comes from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from game.bots.bot import Act, Bot
from game.content import Level, Pack
from game.log import NO_SEAT, Entry, Input, Plain
from game.room.room import DEFAULT_SETUP, TICK_MS, Room
from game.rules.setup import Setup
from game.rules.views import SeatView
from game.stations import LinkState

BOT_EVERY_MS: Final = 100
NO_REF: Final = 0


@dataclass(frozen=True, slots=True)
class Tick:
    """What a call of `Host.tick` brought."""

    entries: list[Entry] = field(default_factory=list)
    """Inputs and facts in log order: commit these before telling anybody."""
    events: list[tuple[int, Entry]] = field(default_factory=list)
    """Facts with the bitmask of the seats that may know them."""
    answers: list[tuple[int, int, int]] = field(default_factory=list)
    """(seat, ref, refusal): 0 is done, else a Refusal code."""


class Host:
    """One live room. Everything queued is applied by the next tick, in the order it came."""

    def __init__(
        self,
        level: Level,
        pack: Pack,
        seed: int,
        bots: Mapping[int, Bot] | None = None,
        setup: Setup = DEFAULT_SETUP,
    ) -> None:
        self.room = Room(level, pack, seed, setup)
        self._bots = dict(bots or {})
        self._queue: list[tuple[int, Entry]] = []

    @property
    def now_ms(self) -> int:
        """Room time reached."""
        return self.room.now_ms

    @property
    def ended(self) -> bool:
        """True once the run is over."""
        return bool(self.room.ended)

    def command(self, seat: int, ref: int, op: str, args: tuple[Plain, ...]) -> None:
        """A seat's command; `ref` is the sender's sequence number, NO_REF where nobody waits for the answer."""
        self._queue.append((ref, Entry(0, Input.COMMAND, seat, (op, *args))))

    def edges(self, seat: int, ref: int, key: int, first_is_down: bool, stamps_ms: tuple[int, ...]) -> None:
        """A seat's presses and releases of a rhythmic key, stamped in room time."""
        self._queue.append((ref, Entry(0, Input.EDGES, seat, (key, int(first_is_down), *stamps_ms))))

    def link(self, seat: int, state: LinkState) -> None:
        """The seat's person is here, away, or a bot plays for them."""
        self._queue.append((NO_REF, Entry(0, Input.LINK, seat, (int(state),))))

    def inject(self, key: str) -> None:
        """An instructor's surprise from the level's list."""
        self._queue.append((NO_REF, Entry(0, Input.INJECT, NO_SEAT, (key,))))

    def tick(self, to_ms: int) -> Tick:
        """Play every tick that ends at or before `to_ms`; stops at the end of the run."""
        done = Tick()
        while self.room.now_ms + TICK_MS <= to_ms and not self.room.ended:
            self._one_tick(done)
        return done

    def view(self, seat: int) -> SeatView:
        """What `seat` is shown now."""
        return self.room.view(seat)

    def keyframe(self) -> bytes:
        """The room's state as bytes."""
        return self.room.keyframe()

    def _one_tick(self, done: Tick) -> None:
        if self.room.now_ms % BOT_EVERY_MS == 0:
            self._let_bots_play()
        queue, self._queue = self._queue, []
        answers = self.room.tick([entry for _, entry in queue])
        done.answers.extend(
            (entry.seat, ref, int(refusal))
            for (ref, entry), refusal in zip(queue, answers, strict=True)
            if ref != NO_REF
        )
        entries = self.room.take_log()
        done.entries.extend(entries)
        done.events.extend((mask, entry) for entry in entries if (mask := self.room.audience(entry)))

    def _let_bots_play(self) -> None:
        for seat, bot in self._bots.items():
            if self.room.game.state.seats[seat].link != LinkState.BOT:
                continue
            for act in bot.play(self.room.view(seat)):
                if isinstance(act, Act):
                    self.command(seat, NO_REF, act.op, act.args)
                else:
                    self.edges(seat, NO_REF, act.key, act.first_is_down, act.stamps_ms)
