"""The messages: one dataclass each, in the order their fields travel.

A message is a msgpack array whose first item is its type. Every message of the authority has fewer than 16 items, so
its second byte is its type: the page's script can sort frames (newest snapshot wins, no event is dropped) without a
parser.

Clocks: `Sync` is answered with the *authority's* clock (`t1_ms`, `t2_ms`), which never steps while the process lives.
Room time is that clock minus `zero_ms`, which comes in `Full` and with each `phase-is` event:
`room_ms = clock_ms - zero_ms`, negative before the moment of collapse. A new run (a new epoch) only brings a new
`zero_ms`; no clock has to be learned again. `Welcome.clock_rate` is 1, except in test builds whose clock runs faster
and in slower practice: multiply your own clock by it first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import accumulate, pairwise
from typing import Annotated, ClassVar, Final

from game.wire import limits
from game.wire.schema import SPREAD, Bounds, Plain

PROTOCOL_VERSION: Final = 1
SAME_PATIENT: Final = "same"
"""The argument of "again" that keeps the patient: the next run has the seed of the last."""

Seq = Annotated[int, Bounds(low=0, high=limits.SEQUENCE_MAX)]
RoomMs = Annotated[int, Bounds(low=-limits.ROOM_MS_MAX, high=limits.ROOM_MS_MAX)]


class MessageType(IntEnum):
    """The first item of a message. Client types are below 16."""

    HELLO = 1
    CMD = 2
    EDGES = 3
    SYNC = 4
    BEAT = 5
    BYE = 6
    WELCOME = 16
    SNAP = 17
    EV = 18
    ACK = 19
    NAK = 20
    SYNCED = 21
    RESYNC = 22
    CLOSE = 23


class CloseCode(IntEnum):
    """Why the authority closes a connection; also the WebSocket close code."""

    GOING_DOWN = 4000  # the server restarts: come back after retry_ms
    BAD_MESSAGE = 4001  # bytes that are no message, or a message out of place
    BAD_TOKEN = 4002  # unknown, used or expired: join again
    WRONG_VERSION = 4003  # the page is older or newer than the server: reload it
    REPLACED = 4004  # the same seat came in from elsewhere
    TOO_MANY = 4005  # more messages than anyone's hands can make
    TOO_SLOW = 4006  # the connection cannot take what it must be told: come back after retry_ms
    HELLO_LATE = 4007  # connected, but never said hello
    ROOM_FAILED = 4008  # a defect of ours closed this room; others live on
    SESSION_OVER = 4009  # the session has ended
    FULL = 4010  # the server has no room for more connections
    LEFT = 4011  # the player said good-bye


class TeamEvent(StrEnum):
    """Kinds of `Ev` that come from the team's life, beside the facts of game/log.py."""

    PHASE = "phase-is"  # (phase, countdown_ms, zero_ms)
    ROSTER = "roster"  # ((seat, stations, name, link), ...)
    READY = "ready"  # (seat, ...)  the seats that have said they are ready
    RUN = "run"  # (name,)  a run was begun; its score will be found under this name
    RESULT = "result"  # (json text,)
    RECORDING = "recording"  # (0 or 1,)  0: the log cannot be written at the moment
    APOLOGY = "apology"  # ()  the room has failed and is closed


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message: who comes. `last_seq` is the last event held, 0 for a client that starts from nothing."""

    TYPE: ClassVar[MessageType] = MessageType.HELLO
    version: Annotated[int, Bounds(low=0, high=65_535)]
    token: Annotated[str, Bounds(chars=limits.TOKEN_CHARS)]
    last_seq: Seq
    build: Annotated[str, Bounds(chars=limits.BUILD_CHARS)]


@dataclass(frozen=True, slots=True)
class Cmd:
    """A command. `seq` is the client's own count, shared with Edges and starting at 1: a resend is harmless."""

    TYPE: ClassVar[MessageType] = MessageType.CMD
    seq: Annotated[int, Bounds(low=1, high=limits.SEQUENCE_MAX)]
    op: Annotated[str, Bounds(chars=limits.OP_CHARS)]
    args: Annotated[
        tuple[Plain, ...], Bounds(chars=limits.ARG_CHARS, items=limits.ARG_ITEMS, depth=limits.ARG_DEPTH)
    ] = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """Downs and ups of one rhythmic key, alternating: `base_ms` is the first edge's room time, then ms differences."""

    TYPE: ClassVar[MessageType] = MessageType.EDGES
    seq: Annotated[int, Bounds(low=1, high=limits.SEQUENCE_MAX)]
    key_code: Annotated[int, Bounds(low=0, high=limits.KEY_CODE_MAX)]
    base_ms: RoomMs
    gaps_ms: Annotated[
        tuple[int, ...], Bounds(low=0, high=limits.EDGE_GAP_MS_MAX, items=limits.EDGE_GAPS_MAX), SPREAD
    ] = ()

    @classmethod
    def of(cls, seq: int, key: int, first_is_down: bool, stamps_ms: tuple[int, ...]) -> Edges:
        """The message for edges at these room times (at least one, ascending)."""
        gaps = tuple(later - earlier for earlier, later in pairwise(stamps_ms))
        return cls(seq, key * 2 + first_is_down, stamps_ms[0], gaps)

    @property
    def key(self) -> int:
        """The key's number: 0 push, 1 squeeze."""
        return self.key_code >> 1

    @property
    def first_is_down(self) -> bool:
        """Whether the first edge is a press (else a release)."""
        return bool(self.key_code & 1)

    @property
    def stamps_ms(self) -> tuple[int, ...]:
        """The room time of every edge."""
        return tuple(accumulate(self.gaps_ms, initial=self.base_ms))


@dataclass(frozen=True, slots=True)
class Sync:
    """A clock sample begins: `t0_ms` is the client's own clock, given back untouched."""

    TYPE: ClassVar[MessageType] = MessageType.SYNC
    t0_ms: int


@dataclass(frozen=True, slots=True)
class Beat:
    """Sign of life, every 500 ms and whenever the page is hidden or shown."""

    TYPE: ClassVar[MessageType] = MessageType.BEAT
    visible: bool


@dataclass(frozen=True, slots=True)
class Bye:
    """The player leaves for good: the seat is free."""

    TYPE: ClassVar[MessageType] = MessageType.BYE


@dataclass(frozen=True, slots=True)
class Welcome:
    """Answer to Hello; then come the missed events, or a Resync.

    `token` opens the next connection: keep it and forget the old one, which ends with the client's next message.
    """

    TYPE: ClassVar[MessageType] = MessageType.WELCOME
    seat: int
    stations: int
    epoch: int
    room_ms: int
    seq: int
    level_hash: str
    token: str
    clock_rate: float = 1


@dataclass(frozen=True, slots=True)
class Snap:
    """What the seat senses now: the `n`th snapshot; `blob` is the seat's view by `schema.pack_bytes`.

    Snapshots may be left out under load; only the newest matters, so the blob of an older one need not be unpacked.
    """

    TYPE: ClassVar[MessageType] = MessageType.SNAP
    n: int
    epoch: int
    room_ms: int
    blob: bytes


@dataclass(frozen=True, slots=True)
class Ev:
    """An event of the seat's own stream. `kind` is a fact of game/log.py or a TeamEvent; no `seq` is ever skipped."""

    TYPE: ClassVar[MessageType] = MessageType.EV
    seq: int
    epoch: int
    ms: int
    kind: str
    seat: int
    args: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Ack:
    """The command or edges with this client `seq` were done, and are on disk."""

    TYPE: ClassVar[MessageType] = MessageType.ACK
    seq: int


@dataclass(frozen=True, slots=True)
class Nak:
    """The command or edges with this client `seq` were refused; `code` is a Refusal of the rules."""

    TYPE: ClassVar[MessageType] = MessageType.NAK
    seq: int
    code: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A clock sample's answer: received at `t1_ms`, answered at `t2_ms` of the authority's clock."""

    TYPE: ClassVar[MessageType] = MessageType.SYNCED
    t0_ms: int
    t1_ms: int
    t2_ms: int


@dataclass(frozen=True, slots=True)
class RosterSeat:
    """One seat as its team sees it; `name` is None while nobody has it; `link` is a LinkState."""

    seat: int
    stations: int
    name: str | None
    link: int


@dataclass(frozen=True, slots=True)
class RecentEvent:
    """An event of this run shortly before a resync: enough for its caption."""

    ms: int
    kind: str
    seat: int
    args: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Full:
    """Everything a client must know to show the present, whatever it knew before.

    `view` is as a snapshot's blob, empty outside play; `seq` the last event this includes; `zero_ms` the authority's
    clock at room time 0 (0 while no run has been started); `run` names the run for its score; `result` is its JSON, ""
    if there is none yet. `level`, `pack` and `sight` (open, real, blind) are what is played here.
    """

    phase: str
    roster: tuple[RosterSeat, ...]
    level: str
    pack: str
    sight: str
    view: bytes
    recent: tuple[RecentEvent, ...]
    epoch: int
    seq: int
    zero_ms: int
    run: str
    result: str
    recording: bool
    ready: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Resync:
    """Forget what you knew; this is how things are."""

    TYPE: ClassVar[MessageType] = MessageType.RESYNC
    full: Full


@dataclass(frozen=True, slots=True)
class Close:
    """The last message: why, and after how long a return may work (-1: do not return by yourself)."""

    TYPE: ClassVar[MessageType] = MessageType.CLOSE
    code: CloseCode
    retry_ms: int


ClientMessage = Hello | Cmd | Edges | Sync | Beat | Bye
ServerMessage = Welcome | Snap | Ev | Ack | Nak | Synced | Resync | Close
