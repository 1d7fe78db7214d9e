"""The ear of a device: it listens to the client each frame and says what is to be played and captioned.

It hears no more than its seat does: all comes from the seat's own view, the facts told to it and its player's own hands
(decisions 6). Nothing here plays anything: the app hands cues to the platform, which keeps their time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from game.ui.sounds.alarms import Alarms
from game.ui.sounds.beats import Metronome, PulseTone, Ring
from game.ui.sounds.hands import Bag, Chest
from game.ui.sounds.moment import PLAYING, Moment
from game.ui.sounds.room import Room

if TYPE_CHECKING:
    from game.ui.sounds.moment import Heard

STEADY: Final = ("metro", "metro5", "pulse", "charge", "charged", "bag", "check10", "switch")
"""Sounds that last, or are handed over ahead of their time: they end with the play."""


class Listener(Protocol):
    """Hears one thing."""

    def listen(self, moment: Moment) -> None: ...


class Ear:
    """What one device plays. Ask it once a frame."""

    def __init__(self) -> None:
        self._client: Heard | None = None
        self._listeners: tuple[Listener, ...] = ()
        self._resting = False

    def listen(self, client: Heard, now_ms: float, *, resting: bool = False) -> Moment:
        """What comes of this frame, at a local stamp; nothing while the room rests, as a practice does now and then."""
        moment = Moment(client, now_ms, client.room_ms(now_ms))
        playing = client.seen and client.phase == PLAYING
        if self._listeners and not (playing and client is self._client):
            self._listeners = ()
            moment.end(*STEADY)
        if playing and not self._listeners:
            self._client = client
            self._listeners = (Metronome(), Chest(), Bag(), PulseTone(), Room(), Ring(), Alarms())
        if resting and not self._resting:
            moment.end(*STEADY)
        self._resting = resting
        for listener in () if resting else self._listeners:
            listener.listen(moment)
        client.news.clear()
        return moment
