"""The client's one loop: input, news from the authority, one screen drawn, and the frame is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.platform import Member, Scene
from game.ui.client import PLAYED, Client
from game.ui.pace import Pace
from game.ui.screen import Intent
from game.ui.stagehand import Stagehand

if TYPE_CHECKING:
    from game.net.link import Link
    from game.platform import Platform

Place = tuple[str, str, int]
"""Session code, team and seat: what tells one seat from another (tokens are renewed while one sits)."""

MARK_EVERY: Final = 30
"""Frames between two reports to tests and benchmarks."""


class App:
    """One seat's program. It owns the loop; everything it shows or sends is the client's and the screens'."""

    def __init__(self, platform: Platform, link: Link) -> None:
        self.pace = Pace()
        self._platform = platform
        self._link = link
        self._seated: Place | None = None
        self._scene: Scene | None = None
        self._stand_up()
        self._stagehand: Stagehand | None = None

    async def run(self) -> None:
        """Frames without end; a closed window or tab ends them."""
        surface = self.open()
        while True:
            self.frame(surface)
            await self._platform.frame()

    def open(self) -> pygame.Surface:
        """The window, with fonts and pictures ready before the first frame."""
        pygame.font.init()
        surface = self._platform.open_window()
        self._stagehand = Stagehand()
        return surface

    def frame(self, surface: pygame.Surface) -> None:
        """One frame, from the hands to the picture."""
        began_ms = self._platform.now_ms()
        self._take_seat()
        self.client.receive(began_ms)
        self._take_input(began_ms)
        self._draw(surface, began_ms)
        self.client.flush(began_ms)
        self._tell_page(began_ms)
        self.pace.add(self._platform.now_ms() - began_ms)
        if self.pace.frames % MARK_EVERY == 1:
            self._mark(began_ms)

    def _take_seat(self) -> None:
        """A new seat is a new player: nothing of the last one is shown, said or sent again."""
        ticket = self._platform.ticket()
        place = (ticket.code, ticket.team, ticket.seat) if ticket else None
        if place == self._seated:
            return
        self._seated = place
        self._stand_up()
        if ticket:
            self.client.sit(ticket)

    def _stand_up(self) -> None:
        """A client that nobody sits at; what was still on its way is for somebody who has left."""
        self._link.receive()
        self.client = Client(self._link, self._platform.build, self._platform.renew)
        self._told = 0

    def _take_input(self, now_ms: float) -> None:
        """Every event means something on the screen that was last drawn."""
        client = self.client
        events = self._platform.events()
        controls = self._stagehand.controls(client) if self._stagehand and events else ()
        acts = [act for event in events for act in client.input.feed(event, controls)]
        acts += client.input.frame(now_ms)
        client.perform(acts, now_ms)
        if any(isinstance(act, Intent) and act.op == "leave" for act in acts):
            client.flush(now_ms)
            self._platform.leave()

    def _draw(self, surface: pygame.Surface, now_ms: float) -> None:
        if self._stagehand:
            self._stagehand.draw(surface, self.client, now_ms)

    def _tell_page(self, now_ms: float) -> None:
        """Lobby, notices and captions for the page around the canvas; it hears only what is new."""
        client = self.client
        crew = tuple(Member(line.seat, line.name, line.link, line.seat in client.ready) for line in client.roster)
        notice = client.toasts[-1].words if client.toasts and client.phase not in PLAYED else ""
        scene = Scene(client.phase, client.countdown_ms(now_ms), crew, notice)
        if scene != self._scene:
            self._scene = scene
            self._platform.show(scene)
        if client.spoken > self._told:
            fresh = list(client.captions)[-(client.spoken - self._told) :]
            self._told = client.spoken
            for said in fresh:
                self._platform.caption(f"{said.speaker}: {said.words}")

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
