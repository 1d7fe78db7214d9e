"""One seat of a team: who has it, what they were told, what they sent, and whether they are there."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from game.stations import LinkState
from game.wire import Ack, Nak, encode
from server.authority.limits import ANSWERS_KEPT, JOIN_TOKEN_MS
from server.authority.line import Line
from server.authority.stream import EventStream

AWAY_AFTER_MS: Final = 2_000
"""Without a beat from a visible page for this long, a person is away."""
BOT_AFTER_MS: Final = 5_000
"""And after this long a bot plays the seat until they are back."""


@dataclass(slots=True)
class Seat:
    """A seat is free while `name` is None; then a bot plays it once a run is on."""

    number: int
    role: str = ""
    name: str | None = None
    line: Line | None = None
    ready: bool = False
    link: LinkState = LinkState.BOT
    heard_ms: int = 0
    """When its person last gave a sign of life (real ms)."""
    hold_until_ms: int = 0
    """Until when the seat is kept, between runs, for a person who is not connected (real ms)."""
    stream: EventStream = field(default_factory=EventStream)
    taken_seq: int = 0
    """The highest client sequence number taken so far: what is not above it is a resend."""
    _answers: OrderedDict[int, int] = field(default_factory=OrderedDict)

    @property
    def taken(self) -> bool:
        return self.name is not None

    def sit(self, name: str, now_ms: int) -> None:
        """A person takes the seat; until they connect they are not there."""
        self.name = name
        self.heard_ms = now_ms - BOT_AFTER_MS
        self.hold_until_ms = now_ms + JOIN_TOKEN_MS
        self.ready = False
        self.stream = EventStream()
        self.forget_commands()

    def free(self) -> None:
        """The seat is given up."""
        self.name = None
        self.line = None
        self.ready = False

    def link_now(self, now_ms: int, playing: bool) -> LinkState:
        """Who moves this seat, by how long nothing was heard. Bots take over only while a run is played."""
        if not self.taken:
            return LinkState.BOT
        silent_ms = now_ms - self.heard_ms
        if silent_ms < AWAY_AFTER_MS:
            return LinkState.HERE
        return LinkState.BOT if playing and silent_ms >= BOT_AFTER_MS else LinkState.AWAY

    def forget_commands(self) -> None:
        """A page that starts from nothing counts its commands from 1 again."""
        self.taken_seq = 0
        self._answers.clear()

    def is_new(self, seq: int) -> bool:
        """True for a command not taken before; a resend is answered again if its answer is known."""
        if seq > self.taken_seq:
            self.taken_seq = seq
            return True
        if seq in self._answers:
            self._tell_answer(seq)
        return False

    def answer(self, seq: int, refusal: int) -> None:
        """The answer to a command: 0 is done. Kept for a resend."""
        self._answers[seq] = refusal
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        self._tell_answer(seq)

    def _tell_answer(self, seq: int) -> None:
        refusal = self._answers[seq]
        if self.line is not None:
            self.line.tell(encode(Nak(seq, refusal) if refusal else Ack(seq)))
