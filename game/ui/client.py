"""The client's model: what the authority told this seat, the player's own hands, what is not yet acknowledged."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from game.content import ContentError, Level, Pack
from game.log import Fact, Plain
from game.net.clock import RoomClock
from game.net.link import Connection, Link
from game.platform import Ticket
from game.rules.commands import EDGE_OPS
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.rules.views import SeatView
from game.stations import Station
from game.ui import library, roster
from game.ui.acts import why_not
from game.ui.asked import Asked
from game.ui.assist import Assist, Pace
from game.ui.captions import Scene, first_words, spoken
from game.ui.desk import Desk
from game.ui.input import Act, Input, Notice, Stroke
from game.ui.screen import Finished, Hands, Jolt, Mode, Seated, Spoken, Toast
from game.ui.settings import Settings
from game.ui.shocks import Shocks
from game.ui.strokes import Strokes
from game.ui.tiles import Tile
from game.ui.toasts import Toasts
from game.ui.words import say
from game.wire.codec import decode_server, encode
from game.wire.errors import WireError
from game.wire.messages import (
    PROTOCOL_VERSION,
    Ack,
    Close,
    CloseCode,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    ServerMessage,
    Snap,
    Sync,
    Synced,
    TeamEvent,
    Welcome,
)
from game.wire.schema import unpack_bytes

CAPTIONS_KEPT: Final = 200
UNANSWERED_KEPT: Final = 64
"""Commands that wait for an answer; above it the oldest is given up (its moment is long past). Less than the authority
takes at once, since all are sent again after a lost connection."""
NEWS_KEPT: Final = 64
"""Facts that wait to be heard; a device that falls further behind has missed their moment."""
BACK_MS: Final = 4000
"""How long it is told that the run was taken back in time."""
BACK_FROM_MS: Final = 2000
"""A run that begins earlier than this has just begun."""
NEW_KEYS_MS: Final = 5000
"""How long a seat that got new stations is shown its keys (decisions 7)."""

PLAYED: Final = frozenset({"playing", "frozen"})


class Client:
    """One seat's side of the conversation. `now_ms` arguments are local stamps (`Platform.now_ms`)."""

    def __init__(self, link: Link, build: str, renew: Callable[[str], None] = lambda token: None) -> None:
        self.seat = -1
        self.stations = Station(0)
        self.team = ""
        self.phase = ""
        self.result = ""
        self.sight = Sight.REAL
        self.run = ""
        self.roster: tuple[Seated, ...] = ()
        self.ready: frozenset[int] = frozenset()
        """Seats that have said they are ready for the next run."""
        self.captions: deque[Spoken] = deque(maxlen=CAPTIONS_KEPT)
        self.new_keys_until_ms = 0.0
        self.back_to_ms = -1
        """The room time that the run was taken back to, as long as it is told: until `back_until_ms`, a local stamp."""
        self.back_until_ms = 0.0
        self.closed: Close | None = None
        self.clock = RoomClock()
        self.input = Input(self)
        self.settings = Settings()
        """What the player has chosen for this device; the app reads and keeps it."""
        self.news: deque[Ev] = deque(maxlen=NEWS_KEPT)
        """Facts as they come in, until somebody takes them: what just happened, not what was told on coming back."""
        self.spoken = 0
        """How many captions there have been: more than before means news for people who listen."""
        self._link = link
        self._build = build
        self._renew = renew
        self._token = ""
        self._level: Level | None = None
        self._pack: Pack | None = None
        self._view: SeatView | None = None
        self._asked = Asked()
        self._toasts = Toasts()
        self._epoch = -1
        self._branched = False
        """True from the start of another branch of the run until it is played."""
        self._event_seq = self._seq = self._opened = 0
        self._welcomed = False
        self._countdown_end_ms = 0.0
        self._froze_at_ms: int | None = None
        self._shocks = Shocks()
        self._strokes = Strokes()
        self._assist = Assist()
        self._unanswered: dict[int, tuple[bytes, str]] = {}

    @property
    def view(self) -> SeatView:
        """What the seat senses; asserts that there is a view (`seen`)."""
        assert self._view is not None
        return self._view

    @property
    def seen(self) -> bool:
        """True once there is a view to show."""
        return self._view is not None and self._level is not None

    @property
    def known(self) -> bool:
        """True once the level of this session is known."""
        return self._level is not None

    @property
    def level(self) -> Level:
        assert self._level is not None
        return self._level

    @property
    def pack(self) -> Pack:
        assert self._pack is not None
        return self._pack

    @property
    def desk(self) -> Desk | None:
        """What choices depend on, while the run is played."""
        if self.phase not in PLAYED or self._view is None or self._level is None or self._pack is None:
            return None
        return Desk(self._level, self._pack, self._view, self.seat, self.sight)

    @property
    def mode(self) -> Mode:
        return self.input.mode

    @property
    def tiles(self) -> Sequence[Tile]:
        """The choices that are open now."""
        return self.input.tiles

    @property
    def trail(self) -> Sequence[str]:
        """What of the open choice was said so far."""
        return self.input.trail

    @property
    def jolt(self) -> Jolt | None:
        """The latest shock."""
        return self._shocks.jolt

    @property
    def toasts(self) -> Sequence[Toast]:
        """Notices that are up, the latest last."""
        return self._toasts.up

    @property
    def finished(self) -> Sequence[Finished]:
        """The orders this seat knows to be over, the latest last."""
        return self._asked.finished

    @property
    def ping_ms(self) -> int:
        return round(self.clock.round_trip_ms)

    @property
    def hands(self) -> Hands:
        return self._strokes.hands

    @property
    def connected(self) -> bool:
        """True while the authority hears this seat."""
        return self._welcomed and self._link.connection is Connection.OPEN

    def room_ms(self, now_ms: float) -> int:
        """Room time at a local stamp; while the run is frozen, the time at which it froze."""
        return self.clock.room_ms(now_ms) if self._froze_at_ms is None else self._froze_at_ms

    def local_ms(self, room_ms: float, now_ms: float) -> float:
        """The local stamp of a room time, as the clock stands at `now_ms`."""
        return now_ms + (room_ms - self.room_ms(now_ms)) / self.clock.rate

    def caption(self, said: Spoken) -> None:
        """Adds a line to what is said: the bar, the history and those who listen get it."""
        self.captions.append(said)
        self.spoken += 1

    def countdown_ms(self, now_ms: float) -> int:
        """Time left until play."""
        return max(0, round(self._countdown_end_ms - now_ms))

    def sit(self, ticket: Ticket) -> None:
        """The player has a seat: from now on the link is greeted in its name."""
        self._token, self.team, self.seat = ticket.token, ticket.team, ticket.seat
        self._learn(ticket.level, "", 0.0)

    def perform(self, acts: Sequence[Act], now_ms: float) -> None:
        """Does what the input meant."""
        for act in acts:
            if isinstance(act, Stroke):
                self._stroke(act)
            elif isinstance(act, Notice):
                self._say_refused(act.op, act.refusal, now_ms)
            else:
                self.command(act.op, *act.args)

    def _stroke(self, stroke: Stroke) -> None:
        """An edge of the player's; on a device that makes the rhythm, what it becomes there."""
        if not (self.phase == "playing" or (self.phase == "frozen" and not stroke.down)):
            return
        if not self.settings.assisted:
            self._edge(stroke)
            return
        if not self._assist.told:
            self._assist.told = True
            self.command("assisted", str(self.settings.press))
        for made in self._assist.take(stroke, self.settings.press, Pace.of(self.pack)):
            self._edge(made)

    def _edge(self, stroke: Stroke) -> None:
        self._strokes.add(stroke.key, stroke.down, self.room_ms(stroke.stamp_ms))

    def _run_assist(self, now_ms: float) -> None:
        """The edges that the device owes by now; it rests where nobody plays or the player has chosen otherwise."""
        if self._pack is None:
            return
        plays = self.phase == "playing" and self.settings.assisted
        for made in self._assist.due(now_ms, Pace.of(self._pack)) if plays else self._assist.rest(now_ms):
            self._edge(made)

    def command(self, op: str, *args: Plain) -> None:
        """Sends a command; it is sent again after a lost connection until it is answered."""
        self._seq += 1
        self._send_numbered(self._seq, op, encode(Cmd(self._seq, op, args)))

    def receive(self, now_ms: float) -> None:
        """Takes in all that has come; greets a link that has opened."""
        if self._token and self._link.opened != self._opened and self._link.connection is Connection.OPEN:
            self._opened = self._link.opened
            self._welcomed = False
            self.clock.reconnected()
            self._link.send(encode(Hello(PROTOCOL_VERSION, self._token, self._event_seq, self._build)))
        for data in self._link.receive():
            try:
                message = decode_server(data)
            except WireError:
                # A message nobody can read is worth less than the next snapshot.
                continue
            self._heed(message, now_ms)
        self._toasts.pass_by(now_ms)

    def flush(self, now_ms: float) -> None:
        """Sends this frame's edges, and asks the authority's clock when it is time."""
        self._run_assist(now_ms)
        for key, first_is_down, stamps_ms in self._strokes.sent():
            self._seq += 1
            message = Edges.of(self._seq, key, first_is_down, stamps_ms)
            self._send_numbered(self._seq, EDGE_OPS[key], encode(message))
        if self._welcomed and (t0_ms := self.clock.ask(now_ms)) is not None:
            self._link.send(encode(Sync(t0_ms)))

    def _send_numbered(self, seq: int, op: str, data: bytes) -> None:
        self._unanswered[seq] = (data, op)
        if len(self._unanswered) > UNANSWERED_KEPT:
            del self._unanswered[min(self._unanswered)]
        if self._welcomed:
            self._link.send(data)

    def _heed(self, message: ServerMessage, now_ms: float) -> None:
        match message:
            case Snap():
                self._heed_snap(message)
            case Ev():
                self._heed_event(message, now_ms)
            case Ack(seq=seq):
                self._unanswered.pop(seq, None)
            case Nak(seq=seq, code=code):
                _, op = self._unanswered.pop(seq, (b"", ""))
                self._say_refused(op, Refusal(code) if code in set(Refusal) else Refusal.NOT_NOW, now_ms)
            case Synced(t0_ms, t1_ms, t2_ms):
                self.clock.answer(t0_ms, t1_ms, t2_ms, now_ms)
            case Welcome():
                self._heed_welcome(message)
            case Resync(full):
                self._heed_full(full, now_ms)
            case Close():
                self._heed_close(message, now_ms)

    def _heed_welcome(self, welcome: Welcome) -> None:
        self._token = welcome.token
        self._renew(welcome.token)
        self.seat = welcome.seat
        if not self.stations:
            self.stations = Station(welcome.stations)
        self.clock.rate = welcome.clock_rate
        self._welcomed, self.closed = True, None
        for data, _ in self._unanswered.values():
            self._link.send(data)

    def _heed_full(self, full: Full, now_ms: float) -> None:
        self._begin(full.epoch)
        if full.phase in PLAYED:
            self._shocks.lose_count()
        self._event_seq, self.run, self.result = full.seq, full.run, full.result
        self.clock.zero_ms = full.zero_ms
        self._learn(full.level, full.pack, now_ms)
        self.sight = Sight(full.sight) if full.sight in set(Sight) else Sight.REAL
        self._regroup(roster.seated(full.roster), now_ms)
        self.ready = frozenset(full.ready)
        self._enter(full.phase, 0, now_ms)
        self._view = unpack_bytes(SeatView, full.view) if full.view else None
        for event in full.recent:
            self._tell(event.ms, event.kind, event.seat, event.args)

    def _begin(self, epoch: int) -> None:
        """A run begins: nothing of the last one is shown."""
        self._branched = 0 <= self._epoch < epoch
        self._epoch = epoch
        self._asked = Asked()
        self.captions.clear()
        self.news.clear()
        self._strokes = Strokes()
        self._assist = Assist()
        self._shocks = Shocks()
        self._view, self.result = None, ""
        self.input.close()

    def _heed_snap(self, snap: Snap) -> None:
        if snap.epoch != self._epoch:
            return
        self._view = unpack_bytes(SeatView, snap.blob)

    def _heed_event(self, event: Ev, now_ms: float) -> None:
        if event.seq <= self._event_seq:
            return
        self._event_seq = event.seq
        if event.epoch > self._epoch:
            self._begin(event.epoch)
        if event.epoch < self._epoch:
            return
        match event.kind, event.args:
            case TeamEvent.PHASE, (str(phase), int(countdown_ms), int(zero_ms)):
                self.clock.zero_ms = zero_ms
                self._enter(phase, countdown_ms, now_ms)
            case TeamEvent.ROSTER, rows:
                self._regroup(roster.told(rows), now_ms)
            case TeamEvent.READY, seats:
                self.ready = frozenset(seat for seat in seats if isinstance(seat, int))
            case TeamEvent.RESULT, (str(result),):
                self.result = result
            case TeamEvent.RECORDING, (int(recording),):
                self._toast("toast.recording_on" if recording else "toast.recording_off", now_ms, urgent=not recording)
            case TeamEvent.APOLOGY, _:
                self._toast("toast.apology", now_ms, urgent=True)
            case _:
                self._heed_fact(event, now_ms)

    def _heed_fact(self, event: Ev, now_ms: float) -> None:
        self.news.append(event)
        self._shocks.heed(event, self._view)
        if event.kind == Fact.SWITCH and event.args[0] == "done" and isinstance(event.args[1], int):
            self._regroup(roster.traded(self.roster, event.seat, event.args[1]), now_ms)
        elif event.kind == Fact.HANDOVER and event.args[0] == "taken":
            _, station, to_seat = event.args
            self._regroup(roster.given_over(self.roster, int(str(station)), int(str(to_seat))), now_ms)
        self._tell(event.ms, event.kind, event.seat, event.args)

    def _tell(self, ms: int, kind: str, seat: int, args: tuple[Plain, ...]) -> None:
        """The caption of an event, if anybody speaks it."""
        self._asked.heed(ms, kind, args)
        if self._level is None or self._pack is None:
            return
        held = {seated.seat: Station(seated.stations) for seated in self.roster}
        pulse = self._view is not None and self._view.check.pulse == "felt"
        scene = Scene(self._level, self._pack, held, self._asked.of, pulse)
        caption = spoken(ms, kind, seat, args, scene)
        if caption is not None:
            self.caption(caption)

    def _regroup(self, rows: tuple[Seated, ...], now_ms: float) -> None:
        """Stations have gone from seat to seat; whoever got new ones is told the role."""
        self.roster = rows
        stations = Station(roster.stations_of(rows, self.seat, int(self.stations)))
        if stations == self.stations:
            return
        self.stations = stations
        # A snapshot of the old stations does not fit the new ones: the next one is less than a blink away.
        self._view = None
        self.input.close()
        for made in self._assist.rest(now_ms):
            self._edge(made)
        self.new_keys_until_ms = now_ms + NEW_KEYS_MS

    def _enter(self, phase: str, countdown_ms: int, now_ms: float) -> None:
        self.phase = phase
        self._froze_at_ms = self.room_ms(now_ms) if phase == "frozen" else None
        self._countdown_end_ms = now_ms + countdown_ms
        self.clock.in_run = phase == "playing"
        if phase == "playing" and not self.captions and self._level is not None:
            self.caption(first_words(self._level))
        if phase not in PLAYED:
            self.input.close()
            return
        at_ms = self.room_ms(now_ms)
        if self._branched and at_ms > BACK_FROM_MS:
            # A new branch that begins in the middle was taken back to there.
            self.back_to_ms, self.back_until_ms = at_ms, now_ms + BACK_MS
        self._branched = False

    def _learn(self, level: str, pack: str, now_ms: float) -> None:
        """The case that is played, by the names of level and pack; the level's own pack where none is named yet."""
        try:
            self._level, self._pack = library.case(level, pack)
        except (OSError, ContentError):
            self._toast("toast.unknown_level", now_ms, urgent=True)

    def _heed_close(self, close: Close, now_ms: float) -> None:
        self.closed = close
        self._welcomed = False
        self._toast(f"close.{CloseCode(close.code).name.lower()}", now_ms, urgent=True)
        self._link.hang_up(close.retry_ms)

    def _say_refused(self, op: str, refusal: Refusal, now_ms: float) -> None:
        if refusal is not Refusal.DONE:
            self._toasts.show(why_not(op, refusal), now_ms)

    def _toast(self, key: str, now_ms: float, *, urgent: bool = False) -> None:
        self._toasts.show(say(key), now_ms, urgent=urgent)
