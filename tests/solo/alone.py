"""Playing alone on virtual time: a table in this process, and a bare client on its wire."""

from __future__ import annotations

from pathlib import Path

from game.content import Level, Pack, load_level, load_pack, played_by
from game.net.link import LocalLink
from game.scoring import Weights, load_weights
from game.solo.table import SoloTable
from game.solo.wish import Wish
from game.wire.codec import decode_server, encode
from game.wire.messages import PROTOCOL_VERSION, ClientMessage, Cmd, Ev, Hello, ServerMessage

LEVELS = Path(__file__).parents[2] / "levels"
FRAME_MS = 40


def case(name: str, pack: str = "aha2025", *, limit_s: int = 0) -> tuple[Level, Pack]:
    """A bundled level, perhaps with another time limit."""
    text = (LEVELS / f"{name}.toml").read_text(encoding="utf-8")
    if limit_s:
        lines = [f"time_limit_s = {limit_s}" if line.startswith("time_limit_s") else line for line in text.splitlines()]
        text = "\n".join(lines)
    level = load_level(text, f"{name}.toml")
    return level, played_by(level, load_pack((LEVELS / "packs" / f"{pack}.toml").read_text("utf-8"), pack), name)


def weights() -> Weights:
    return load_weights((LEVELS / "score.toml").read_text(encoding="utf-8"), "score.toml")


class Alone:
    """A person at a table of their own. `now_ms` is real time."""

    def __init__(self, wish: Wish, found: tuple[Level, Pack], seed: int | None = 7) -> None:
        self.table = SoloTable(wish, found, weights(), "Otter", seed)
        self.now_ms = 10_000.0
        self.heard: list[ServerMessage] = []
        self.say(Hello(PROTOCOL_VERSION, "practice", 0, "test"))

    @property
    def link(self) -> LocalLink:
        return self.table.link

    def say(self, message: ClientMessage) -> None:
        self.link.send(encode(message))

    def command(self, op: str, *args: int | str) -> None:
        """A command; nobody waits for the answer here."""
        self.say(Cmd(len(self.heard) + 1, op, args))

    def live(self, seconds: float, *, shown: bool = True, frame_ms: float = FRAME_MS) -> None:
        """Frames for so long."""
        until_ms = self.now_ms + seconds * 1000
        while self.now_ms < until_ms and not self.table.over:
            self.table.frame(self.now_ms, shown=shown)
            self.heard += [decode_server(data) for data in self.link.receive()]
            self.now_ms += frame_ms

    def events(self, kind: str) -> list[tuple[object, ...]]:
        """Arguments of the events of a kind, in order."""
        return [said.args for said in self.heard if isinstance(said, Ev) and said.kind == kind]

    def phases(self) -> list[object]:
        """The phases told so far."""
        return [args[0] for args in self.events("phase-is")]
