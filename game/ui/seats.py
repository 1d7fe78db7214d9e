"""Where the person at this device sits: in a team's seat, in a practice of their own, or in both.

A practice that is begun in the lobby lies over the team's seat, which goes on being heard below it, and is given up as
soon as the team plays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.content import ContentError
from game.platform import Ticket
from game.solo.table import RUN, SoloTable
from game.solo.wish import read_wish, trial_of
from game.ui import library
from game.ui.client import Client
from game.ui.words import say

if TYPE_CHECKING:
    from game.net.link import Link
    from game.platform import Platform
    from game.solo.wish import Wish
    from game.ui.settings import Settings

Place = tuple[str, str, int]
"""Session code, team and seat: what tells one seat from another (tokens are renewed while one sits)."""

GATHERING: Final = frozenset({"", "lobby"})
"""Phases of the team in which one may try a station meanwhile."""


class Seats:
    """The clients of this device: that of the ticket's seat, and over it perhaps that of a practice."""

    def __init__(self, platform: Platform, link: Link) -> None:
        self.told = 0
        """How many captions of the shown client the page has had."""
        self.resting = False
        """True while a practice stands still: nobody can look at it."""
        self._platform = platform
        self._link = link
        self._place: Place | None = None
        self._table: SoloTable | None = None
        self._own = self._of_a_team()
        self._tried: Client | None = None

    @property
    def client(self) -> Client:
        """The one that is shown and played."""
        return self._tried or self._own

    @property
    def alone(self) -> bool:
        """True while what is shown is a practice in this process."""
        return self._table is not None

    def take(self, now_ms: float, settings: Settings) -> None:
        """Sits down where the ticket says. A new seat is a new player: nothing of the last one is shown or sent."""
        ticket = self._platform.ticket()
        place = (ticket.code, ticket.team, ticket.seat) if ticket else None
        if place != self._place:
            self._place = place
            self._sit(ticket)
        self._live(now_ms)
        for client in (self._own, self._tried):
            if client:
                client.settings = settings

    def receive(self, now_ms: float) -> None:
        """News for all clients, shown or not."""
        self._own.receive(now_ms)
        if self._tried:
            self._tried.receive(now_ms)

    def flush(self, now_ms: float) -> None:
        """What all clients have to say."""
        self._own.flush(now_ms)
        if self._tried:
            self._tried.flush(now_ms)

    def try_station(self) -> None:
        """A minute alone at the stations of the seat, while the team gathers."""
        own = self._own
        if self._tried or self._table or own.phase not in GATHERING or not own.stations:
            return
        wish = trial_of(own.stations, own.seat)
        self._tried = self._alone(wish, "")
        if self._tried:
            self._tried.settings = self._own.settings
        self.told = 0

    def leave(self) -> None:
        """Out of the practice, or out of the seat."""
        if self._tried:
            self._give_up_trial()
        else:
            self._platform.leave()

    def _sit(self, ticket: Ticket | None) -> None:
        self._link.receive()  # what was still on its way is for somebody who has left
        self._table = self._tried = None
        self.told = 0
        if ticket is None or ticket.solo is None:
            self._own = self._of_a_team()
            if ticket:
                self._own.sit(ticket)
            return
        wish = read_wish(ticket.level, ticket.seat, ticket.solo)
        alone = self._alone(wish, ticket.name)
        if alone:
            self._own = alone
        else:
            self._platform.leave()

    def _alone(self, wish: Wish, name: str) -> Client | None:
        """Somebody at a table of their own; None for a case that this client does not carry."""
        try:
            case = library.case(wish.level, wish.pack)
        except (OSError, ContentError):
            return None
        self._table = SoloTable(wish, case, library.weights(), name)
        client = Client(self._table.link, self._platform.build)
        client.sit(Ticket("", _team_words(wish), wish.seat, name, RUN, wish.level))
        return client

    def _live(self, now_ms: float) -> None:
        """The room of a practice lives by the frames of this device, and rests while nobody can look at it."""
        table = self._table
        self.resting = table is not None and (bool(self.client.mode.menu) or not self._platform.shown())
        if table is None:
            return
        table.frame(now_ms, shown=not self.resting)
        if self._tried and self._own.phase not in GATHERING:
            self._give_up_trial()
        elif table.over:
            self.leave()

    def _give_up_trial(self) -> None:
        self._tried = self._table = None
        self.told = self._own.spoken

    def _of_a_team(self) -> Client:
        return Client(self._link, self._platform.build, self._platform.renew)


def _team_words(wish: Wish) -> str:
    """What stands where a team's name would: that this is practice, and at which pace."""
    if wish.trial:
        return say("solo.trial")
    return say("solo.slower") if wish.slow else say("solo.alone")
