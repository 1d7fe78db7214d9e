"""A whole table in one process on virtual time: the host, bots in the other seats, one real client on a local wire."""

import pygame

from game.bots.crew import CrewBot
from game.content import Level
from game.log import Entry
from game.net.link import Link, LocalWire
from game.platform import DESK, Cue, InputEvent, Kind, Scene, Ticket
from game.room.host import Host, Tick
from game.stations import LinkState
from game.ui import library
from game.ui.app import App
from game.ui.first.lessons import CARD, LESSONS
from game.ui.first.minutes import CARDS, KEPT
from game.wire.codec import decode_client, encode
from game.wire.messages import (
    Ack,
    Cmd,
    Edges,
    Ev,
    Full,
    Hello,
    Nak,
    Resync,
    RosterSeat,
    Snap,
    Sync,
    Synced,
    Welcome,
)
from game.wire.schema import pack_bytes

NAMES = ("Badger", "Otter", "Lynx", "Hare")
TICK_MS = 50
FRAME_MS = 16


class StillPlatform:
    """A platform without a window or a clock of its own: the table moves both."""

    build = "test"

    def __init__(self, link: Link, seat: int, level: str) -> None:
        self.time_ms = 0.0
        self.size = DESK
        """The shape of the window: another one may be set at any time."""
        self.queue: list[InputEvent] = []
        self.marks: dict[str, str] = {}
        self.kept = {KEPT: ",".join([*LESSONS, *(CARD + picture for picture in CARDS)])}
        self.captions: list[str] = []
        self.scenes: list[Scene] = []
        self.sounds: list[Cue] = []
        self.silenced: list[tuple[float, str]] = []
        self._link = link
        self._ticket: Ticket | None = Ticket("K7M4QX", "Kestrel", seat, NAMES[seat], "token", level)

    def open_window(self, size: tuple[int, int] = DESK) -> pygame.Surface:
        pygame.display.init()
        return pygame.display.set_mode(size)

    def preferred_size(self) -> tuple[int, int]:
        return self.size

    async def frame(self) -> None:
        self.time_ms += FRAME_MS

    def now_ms(self) -> float:
        return self.time_ms

    def events(self) -> list[InputEvent]:
        events, self.queue = self.queue, []
        return events

    def ticket(self) -> Ticket | None:
        return self._ticket

    def seat_of(self, ticket: Ticket | None) -> None:
        """The player leaves (None) or takes a seat."""
        self._ticket = ticket

    def renew(self, token: str) -> None:
        pass

    def link(self) -> Link:
        return self._link

    def show(self, scene: Scene) -> None:
        self.scenes.append(scene)

    def caption(self, text: str, *, alarm: bool = False) -> None:
        self.captions.append(text)

    def sound(self, cue: Cue) -> None:
        self.sounds.append(cue)

    def silence(self, name: str) -> None:
        self.silenced.append((self.time_ms, name))

    def shown(self) -> bool:
        return True

    def query(self, name: str, default: str = "") -> str:
        return default

    def setting(self, name: str, default: str = "") -> str:
        return self.kept.get(name, default)

    def keep(self, name: str, value: str) -> None:
        self.kept[name] = value

    def mark(self, name: str, value: str) -> None:
        self.marks[name] = value

    def leave(self) -> None:
        pass


class Line:
    """A host's side of one seat's local wire: what the seat may know goes out, what its client sends is done."""

    def __init__(self, host: Host, level: Level, seat: int) -> None:
        self.host, self.level, self.seat = host, level, seat
        self.wire = LocalWire()
        self.platform = StillPlatform(self.wire.client, seat, level.name)
        self._seq = 0
        self._snaps = 0

    def tell(self, done: Tick) -> None:
        """What a tick brought, as far as the seat may know it, and its view ten times a second."""
        for mask, fact in done.events:
            if mask >> self.seat & 1:
                self._seq += 1
                self.send(Ev(self._seq, 1, fact.ms, str(fact.kind), fact.seat, fact.args))
        for seat, ref, refusal in done.answers:
            if seat == self.seat:
                self.send(Nak(ref, refusal) if refusal else Ack(ref))
        if self.host.now_ms % (2 * TICK_MS) == 0:
            self._snaps += 1
            self.send(Snap(self._snaps, 1, self.host.now_ms, pack_bytes(self.host.view(self.seat))))

    def answer(self) -> None:
        """Takes in all that the client has sent."""
        for data in self.wire.host.receive():
            message = decode_client(data)
            match message:
                case Hello():
                    self._greet()
                case Sync(t0_ms):
                    now = round(self.platform.time_ms)
                    self.send(Synced(t0_ms, now, now))
                case Cmd() | Edges():
                    self.do(message)

    def do(self, message: Cmd | Edges) -> None:
        """What a client sends is done in its seat's name."""
        if isinstance(message, Cmd):
            self.host.command(self.seat, message.seq, message.op, message.args)
        else:
            self.host.edges(self.seat, message.seq, message.key, message.first_is_down, message.stamps_ms)

    def send(self, message: Welcome | Resync | Ev | Ack | Nak | Snap | Synced) -> None:
        """To the client."""
        self.wire.host.send(encode(message))

    def _greet(self) -> None:
        view = self.host.view(self.seat)
        crew = tuple(RosterSeat(seat, seen.stations, NAMES[seat], seen.link) for seat, seen in enumerate(view.crew))
        mine = view.crew[self.seat].stations
        self.send(Welcome(self.seat, mine, 1, self.host.now_ms, 0, self.level.hash, "token"))
        names = (self.level.name, self.level.pack, "real")
        self.send(Resync(Full("playing", crew, *names, pack_bytes(view), (), 1, 0, 0, "run", "", True)))


class Table:
    """Room time is the platform's time: both start at the moment of collapse."""

    def __init__(self, seat: int, level: str = "S01", seed: int = 7, *, first_run: bool = False) -> None:
        """`first_run`: nobody has played on this device, so that it explains itself."""
        self.seat = seat
        self.level, pack = library.case(level)
        self.host = Host(self.level, pack, seed, {bot: CrewBot(bot, self.level, pack, seed) for bot in range(4)})
        for other in range(4):
            self.host.link(other, LinkState.HERE if other == seat else LinkState.BOT)
        self._line = Line(self.host, self.level, seat)
        self.log: list[Entry] = []
        self.platform = self._line.platform
        if first_run:
            self.platform.kept.clear()
        self.app = App(self.platform, self._line.wire.client)
        self.surface = self.app.open()

    def frame(self) -> None:
        """One frame of the client, and every tick of the host that is due before it."""
        while self.host.now_ms + TICK_MS <= self.platform.time_ms and not self.host.ended:
            self._tick()
        self._line.answer()
        self.draw()
        self.platform.time_ms += FRAME_MS

    def draw(self) -> None:
        """The client's own work on a frame."""
        self.app.frame(self.surface)

    def play(self, seconds: float) -> None:
        """Frames for that long."""
        until = self.platform.time_ms + seconds * 1000
        while self.platform.time_ms < until:
            self.frame()

    def key(self, code: str, *, down: bool) -> None:
        """A key goes down or up now."""
        self.platform.queue.append(InputEvent(Kind.KEY, code, down, self.platform.time_ms, 0, 0, 0))

    def tap(self, code: str) -> None:
        """A key is pressed and let go within two frames."""
        self.key(code, down=True)
        self.frame()
        self.key(code, down=False)
        self.frame()

    def click(self, x: int, y: int) -> None:
        """The pointer presses and lets go at a point."""
        for down in (True, False):
            self.platform.queue.append(InputEvent(Kind.POINTER, "", down, self.platform.time_ms, x, y, 1))
            self.frame()

    def push(self, seconds: float, *, every_ms: int = 545, hold_ms: int = 165) -> None:
        """Compressions at a steady rate."""
        start, until = self.platform.time_ms, self.platform.time_ms + seconds * 1000
        down = False
        while self.platform.time_ms < until:
            wanted = (self.platform.time_ms - start) % every_ms < hold_ms
            if wanted != down:
                down = wanted
                self.key("Space", down=down)
            self.frame()
        if down:
            self.key("Space", down=False)
            self.frame()

    def _tick(self) -> None:
        done = self.host.tick(self.host.now_ms + TICK_MS)
        self.log += done.entries
        self._line.tell(done)
