"""One frame as the ear hears it, and what comes of it: sounds to play, sounds that end, captions to say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from game.log import NO_SEAT
from game.platform import Cue
from game.stations import Station
from game.ui.screen import Spoken
from game.ui.words import say

if TYPE_CHECKING:
    from collections import deque

    from game.content import Pack
    from game.net.clock import RoomClock
    from game.rules.views import SeatView
    from game.ui.screen import Hands
    from game.ui.settings import Settings
    from game.wire.messages import Ev

AHEAD_MS: Final = 600.0
"""How far ahead a steady beat is handed over: it then keeps its time through slow frames, and in a hidden tab, which
gets a frame each 500 ms."""
PLAYING: Final = "playing"


class Heard(Protocol):
    """What the ear needs of the client."""

    stations: Station
    phase: str
    settings: Settings
    clock: RoomClock
    news: deque[Ev]

    @property
    def seat(self) -> int: ...
    @property
    def seen(self) -> bool: ...
    @property
    def view(self) -> SeatView: ...
    @property
    def pack(self) -> Pack: ...
    @property
    def hands(self) -> Hands: ...

    def room_ms(self, now_ms: float) -> int: ...
    def local_ms(self, room_ms: float, now_ms: float) -> float: ...


@dataclass(slots=True)
class Moment:
    """`now_ms` is a local stamp, `room_ms` room time then."""

    client: Heard
    now_ms: float
    room_ms: int
    cues: list[Cue] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    """Sounds that end now, before any of the cues begins."""
    said: list[Spoken] = field(default_factory=list)

    @property
    def view(self) -> SeatView:
        return self.client.view

    @property
    def speaker(self) -> bool:
        """True where this device plays what the whole team is to hear."""
        return self.client.settings.team_alarms

    @property
    def pulse(self) -> bool:
        """True while the team knows of a pulse."""
        return self.view.check.pulse == "felt"

    @property
    def ring(self) -> bool:
        """True while the rhythm is checked."""
        return self.view.check.since_ms >= 0

    def holds(self, stations: Station) -> bool:
        """True if this seat has one of these stations."""
        return bool(self.client.stations & stations)

    def local_ms(self, room_ms: float) -> float:
        """The local stamp of a room time."""
        return self.client.local_ms(room_ms, self.now_ms)

    def play(  # the words of a Cue, each by its name
        self,
        name: str,
        at_ms: float | None = None,
        *,
        loudness: float = 1.0,
        pitch: float = 1.0,
        glide: float = 1.0,
        length_ms: float = 0.0,
    ) -> None:
        """Plays a sound at a local stamp, now if none is given."""
        self.cues.append(Cue(name, self.now_ms if at_ms is None else at_ms, loudness, pitch, glide, length_ms))

    def end(self, *names: str) -> None:
        """Ends sounds."""
        self.ends += names

    def caption(self, key: str, *, alarm: bool = False, **fields: object) -> None:
        """Says a sound in words; what no voice says is left out where the player wants no captions, alarms never."""
        if alarm or self.client.settings.captions:
            who = say("speaker.alarm" if alarm else "speaker.sound")
            self.said.append(Spoken(self.room_ms, NO_SEAT, who, say(key, **fields), alarm))
