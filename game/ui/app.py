"""The client's one loop: input, news from the authority, one screen drawn, and the frame is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.platform import Member, Scene
from game.ui.client import PLAYED, Client
from game.ui.first.minutes import FirstMinutes
from game.ui.look import wear
from game.ui.pace import Pace
from game.ui.screen import Intent
from game.ui.seats import Seats
from game.ui.settings import Settings
from game.ui.sounds import Ear
from game.ui.stagehand import Stagehand

if TYPE_CHECKING:
    from game.net.link import Link
    from game.platform import Platform
    from game.ui.input import Act

LEAVE, TRY = "leave", "try"
"""Buttons of the page that mean this device and not the team alone."""

MARK_EVERY: Final = 30
"""Frames between two reports to tests and benchmarks."""


class App:
    """One seat's program. It owns the loop; everything it shows or sends is the client's and the screens'."""

    def __init__(self, platform: Platform, link: Link) -> None:
        self.pace = Pace()
        self._platform = platform
        self._seats = Seats(platform, link)
        self.first = FirstMinutes(platform)
        self._ear = Ear()
        self._scene: Scene | None = None
        self._phase = ""
        self._settings = Settings.read(platform)
        wear(self._settings)
        self._stagehand: Stagehand | None = None

    @property
    def client(self) -> Client:
        """What this device shows and plays."""
        return self._seats.client

    async def run(self) -> None:
        """Frames without end; a closed window or tab ends them."""
        surface = self.open()
        while True:
            self.frame(surface)
            await self._platform.frame()

    def open(self) -> pygame.Surface:
        """The window, with fonts and pictures ready before the first frame."""
        pygame.font.init()
        return self._shaped(self._platform.preferred_size())

    def _shaped(self, size: tuple[int, int]) -> pygame.Surface:
        """The window as a canvas of `size`, with screens made for it; the seat and what it sees are the client's."""
        surface = self._platform.open_window(size)
        self._stagehand = Stagehand(size)
        return surface

    def frame(self, surface: pygame.Surface) -> None:
        """One frame, from the hands to the picture."""
        began_ms = self._platform.now_ms()
        if (size := self._platform.preferred_size()) != surface.get_size():
            surface = self._shaped(size)
        self._seats.take(began_ms, self._settings)
        self._seats.receive(began_ms)
        self._take_input(began_ms)
        self._draw(surface, began_ms)
        self._seats.flush(began_ms)
        self._sound(self._platform.now_ms())
        self._tell_page(began_ms)
        self.pace.add(self._platform.now_ms() - began_ms)
        if self.pace.frames % MARK_EVERY == 1:
            self._mark(began_ms)

    def _take_input(self, now_ms: float) -> None:
        """Every event means something on the screen that was last drawn."""
        client = self.client
        events = [event for event in self._platform.events() if not self.first.takes(event)]
        controls = self._stagehand.controls(client) if self._stagehand and events else ()
        acts = [act for event in events for act in client.input.feed(event, controls)]
        acts += client.input.frame(now_ms)
        client.perform([act for act in acts if not _is(act, TRY)], now_ms)
        self.first.heed(client, acts, now_ms)
        if any(_is(act, LEAVE) for act in acts):
            client.flush(now_ms)
            self._seats.leave()
        elif any(_is(act, TRY) for act in acts):
            self._seats.try_station()
        self._take_settings()

    def _take_settings(self) -> None:
        """What the player has just chosen is worn at once, and remembered; before a run the page may have chosen."""
        client = self.client
        if client.phase != self._phase:
            self._phase = client.phase
            client.settings = Settings.read(self._platform)
        if client.settings != self._settings:
            client.settings.keep(self._platform, self._settings)
            self._settings = client.settings
            wear(self._settings)

    def _draw(self, surface: pygame.Surface, now_ms: float) -> None:
        if self._stagehand:
            client, stagehand = self.client, self._stagehand
            stagehand.draw(surface, client, now_ms)
            self.first.draw(surface, client, stagehand.name, lambda: stagehand.controls(client), now_ms)

    def _sound(self, now_ms: float) -> None:
        """What is heard of this frame, to the loudspeaker and into the captions; `now_ms` is after all the drawing."""
        heard = self._ear.listen(self.client, now_ms, resting=self._seats.resting)
        for name in heard.ends:
            self._platform.silence(name)
        for cue in heard.cues:
            self._platform.sound(cue)
        for said in heard.said:
            self.client.caption(said)

    def _tell_page(self, now_ms: float) -> None:
        """Lobby, notices and captions for the page around the canvas; it hears only what is new."""
        client = self.client
        crew = tuple(Member(line.seat, line.name, line.link, line.seat in client.ready) for line in client.roster)
        notice = client.toasts[-1].words if client.toasts and client.phase not in PLAYED else ""
        scene = Scene(client.phase, client.countdown_ms(now_ms), crew, notice, self._seats.alone)
        if scene != self._scene:
            self._scene = scene
            self._platform.show(scene)
        if client.spoken > self._seats.told:
            fresh = list(client.captions)[-(client.spoken - self._seats.told) :]
            self._seats.told = client.spoken
            for said in fresh:
                self._platform.caption(f"{said.speaker}: {said.words}", alarm=said.alarm)

    def _mark(self, now_ms: float) -> None:
        client, pace = self.client, self.pace
        marks = {
            "frames": str(pace.frames),
            "frame_ms_median": f"{pace.share(0.5):.2f}",
            "frame_ms_p95": f"{pace.share(0.95):.2f}",
            "phase": client.phase,
            "seat": str(client.seat),
            "stations": str(int(client.stations)),
            "room_ms": str(client.room_ms(now_ms)),
            "screen": self._stagehand.name if self._stagehand else "",
        }
        if client.seen:
            marks["started"] = str(int(bool(client.view.lead and client.view.lead.started)))
            marks["checking"] = str(int(client.view.check.since_ms >= 0))
        for name, value in marks.items():
            self._platform.mark(name, value)


def _is(act: Act, op: str) -> bool:
    return isinstance(act, Intent) and act.op == op
