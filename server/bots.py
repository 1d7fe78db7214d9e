"""Bots that sit in seats of a real session: they join, see and act as people do, over the network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from game.bots.bot import Act, Bot
from game.wire.messages import ServerMessage, Snap
from server.authority.team import Phase
from server.client import Api, ClientError, Player

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


async def play_seats(
    api: Api, code: str, seats: Sequence[int] | None, make_bot: Callable[[int, str, str], Bot]
) -> list[Player]:
    """Joins bots to `seats` of the first team (None: every free one) and plays until the run has its result.

    Where all that sit are bots, they start the run; with a person among them they are ready, and the person starts.
    `make_bot` gets a seat and the names of level and pack. Returns the players, who know the result.
    Raises ClientError.
    """
    session = await api.session(code)
    team = session.teams[0]
    free = [seat.seat for seat in team.seats if not seat.taken]
    wanted = free if seats is None else list(seats)
    if not wanted:
        raise ClientError(f"{session.code} has no free seat")
    crew = [make_bot(seat, session.level, session.pack_name) for seat in wanted]
    players = [Player(api.socket_url, await api.join(session.code, team.team, seat)) for seat in wanted]
    starts = len(free) == len(team.seats)
    try:
        async with asyncio.TaskGroup() as group:
            for player, bot in zip(players, crew, strict=True):
                group.create_task(player.run(_Playing(player, bot).heed))
            group.create_task(_begin(players, starts=starts))
    except* ClientError as errors:
        raise ClientError(str(errors.exceptions[0])) from None
    return players


async def _begin(players: Sequence[Player], *, starts: bool) -> None:
    """Starts once all are here (before that the server's own bots would fill the seats), or says ready in each."""
    for player in players:
        await player.here.wait()
    if starts:
        await players[0].command("start")
        return
    for player in players:
        await player.command("ready")


class _Playing:
    """A bot at the eyes and hands of a player."""

    def __init__(self, player: Player, bot: Bot) -> None:
        self._player = player
        self._bot = bot

    async def heed(self, message: ServerMessage) -> None:
        """Plays on what each snapshot shows; leaves when the run is over and scored."""
        player = self._player
        if player.told.phase == Phase.DEBRIEF:
            await player.leave()
        elif isinstance(message, Snap) and player.told.view is not None:
            for act in self._bot.play(player.told.view):
                if isinstance(act, Act):
                    await player.command(act.op, *act.args)
                else:
                    await player.edges(act.key, act.first_is_down, act.stamps_ms)
