"""The busiest half minute of a run on the screens of all four seats, as pictures: `python -m tests.ui --film DIR`.

Bots play, and nobody else: four real clients watch in their seats, and the bots' presses become keys under their hands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pygame

from game.bots.bot import Act
from game.bots.crew import CrewBot
from game.log import Entry, Fact, Input
from game.platform import DESK, InputEvent, Kind
from game.room.host import BOT_EVERY_MS, NO_REF, Host, Tick
from game.rules.commands import PUSH_KEY, SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.ui import library
from game.ui.app import App
from game.ui.client import Client
from game.wire.messages import Ack, Cmd, Edges
from tests.ui.table import TICK_MS, Line

LEVEL: Final = "S01"
SEED: Final = 2
SEATS: Final = 4
LENGTH_MS: Final = 30_000
WATCHED_MS: Final = 8_000
"""How long the clients sit there before the film begins: traces have swept, and what is said has been heard."""
PICTURE_MS: Final = 100
BEFORE_SHOCK_MS: Final = 14_000
WIDTH: Final = 800
KEYS: Final = {PUSH_KEY: "Space", SQUEEZE_KEY: "Space", SEAL_LEFT_KEY: "KeyF", SEAL_RIGHT_KEY: "KeyJ"}


class Play:
    """A run that bots play in seats of people: their screens do not call them bots."""

    def __init__(self) -> None:
        self.level, pack = library.case(LEVEL)
        self.host = Host(self.level, pack, SEED)
        self._bots = [CrewBot(seat, self.level, pack, SEED) for seat in range(SEATS)]

    def tick(self) -> Tick:
        """The next 50 ms."""
        if self.host.now_ms % BOT_EVERY_MS == 0:
            for seat, bot in enumerate(self._bots):
                self._act(seat, bot)
        return self.host.tick(self.host.now_ms + TICK_MS)

    def _act(self, seat: int, bot: CrewBot) -> None:
        for act in bot.play(self.host.view(seat)):
            if isinstance(act, Act):
                self.host.command(seat, NO_REF, act.op, act.args)
            else:
                self.host.edges(seat, NO_REF, act.key, act.first_is_down, act.stamps_ms)


class Watcher(Line):
    """A client in its seat that only watches: what it says is acknowledged, and counts for nothing."""

    def __init__(self, play: Play, seat: int) -> None:
        super().__init__(play.host, play.level, seat)
        self.platform.time_ms = float(play.host.now_ms)
        self.picture = pygame.Surface(DESK)
        self._app = App(self.platform, self.wire.client)
        self._app.open()
        self._coming: deque[InputEvent] = deque()

    @property
    def client(self) -> Client:
        """What it shows."""
        return self._app.client

    def do(self, message: Cmd | Edges) -> None:
        self.send(Ack(message.seq))

    def hear(self, done: Tick) -> None:
        """What a tick brought: news for the client, and what its hands did."""
        self.tell(done)
        for entry in done.entries:
            if entry.kind is Input.EDGES and entry.seat == self.seat:
                self._coming.extend(_strokes(entry))

    def frame(self, now_ms: float) -> None:
        """One frame of the client."""
        self.platform.time_ms = now_ms
        while self._coming and self._coming[0].stamp_ms <= now_ms:
            self.platform.queue.append(self._coming.popleft())
        self.answer()
        self._app.frame(self.picture)


def _strokes(entry: Entry) -> Iterator[InputEvent]:
    key, first_is_down, *stamps_ms = entry.args
    down = bool(first_is_down)
    for stamp_ms in stamps_ms:
        yield InputEvent(Kind.KEY, KEYS[int(str(key))], down, float(str(stamp_ms)), 0, 0, 0)
        down = not down


def busiest_ms() -> int:
    """When the half minute with a shock in it begins that has the most kinds of facts, and a drug among them."""
    play, log = Play(), list[Entry]()
    while not play.host.ended:
        log += play.tick().entries
    begins = [entry.ms - BEFORE_SHOCK_MS for entry in log if entry.kind is Fact.SHOCK]
    return max(begins, key=lambda begin_ms: _busy(log, begin_ms))


def _busy(log: list[Entry], begin_ms: int) -> tuple[bool, int]:
    kinds = {entry.kind for entry in log if begin_ms <= entry.ms < begin_ms + LENGTH_MS}
    return Fact.DRUG in kinds, len(kinds)


def pictures(begin_ms: int, length_ms: int = LENGTH_MS) -> Iterator[pygame.Surface]:
    """All four screens in one picture, ten a second; each is painted over by the next."""
    play = Play()
    while play.host.now_ms < begin_ms - WATCHED_MS:
        play.tick()
    watchers = [Watcher(play, seat) for seat in range(SEATS)]
    wide, high = DESK
    four = pygame.Surface((WIDTH, WIDTH * high // wide))
    while play.host.now_ms < begin_ms + length_ms:
        done = play.tick()
        for watcher in watchers:
            watcher.hear(done)
            watcher.frame(play.host.now_ms)
        if play.host.now_ms >= begin_ms and play.host.now_ms % PICTURE_MS == 0:
            for watcher in watchers:
                _hang(four, watcher)
            yield four


def _hang(four: pygame.Surface, watcher: Watcher) -> None:
    """The screen of a seat in its quarter: chest and head above, drugs and lead below."""
    quarter = four.get_rect().scale_by(0.5).size
    place = (watcher.seat % 2 * quarter[0], watcher.seat // 2 * quarter[1])
    four.blit(pygame.transform.smoothscale(watcher.picture, quarter), place)


def film(folder: Path) -> None:
    """Writes 0000.png and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(pictures(busiest_ms())):
        pygame.image.save(picture, folder / f"{number:04}.png")
