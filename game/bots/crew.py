"""A bot that can sit in any seat: a player for each station, woken by what the view shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from game.bots.airway import AirwayPlayer
from game.bots.bot import Act, Edges
from game.bots.cart import CartPlayer
from game.bots.chest import ChestPlayer
from game.bots.defibrillator import DefibrillatorPlayer
from game.bots.habits import SKILLS, Attention, habits
from game.bots.knowledge import knowledge
from game.bots.lead import LeadPlayer
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.bots.voice import Voice
from game.content import Level, Pack
from game.rules.views import SeatView

__all__ = ["SKILLS", "CrewBot", "crew_of_bots"]

STEPPED: Final = ("energy", "pace_rate", "pace_current", "feel", "pulse")
"""Done again and again: knobs until they stand right, fingers on and off a pulse."""
BETWEEN_PAUSES_MS: Final = 16_000
"""Whoever compresses and does more goes back to the chest for so long between two other things."""
REFRAIN_MS: Final = 2000
LONGEST_REFRAIN_MS: Final = 64_000


class CrewBot:
    """Plays by one of SKILLS (`game.bots.habits`) from its own seat's view; stations may come and go by a switch."""

    def __init__(self, seat: int, level: Level, pack: Pack, seed: int, skill: str = "expert") -> None:
        self._seat = seat
        ways, luck = habits(skill), Luck(seed, seat)
        self._ways = ways
        self._away = _Lapses(ways.attention, luck)
        self._voice = Voice(level, ways.attention, luck)
        self._chest = ChestPlayer(ways.hands, pack.breaths_per_set, luck)
        self._airway = AirwayPlayer(ways, pack, luck)
        self._cart = CartPlayer(ways.attention, pack, luck)
        self._defibrillator = DefibrillatorPlayer(ways.attention, pack, knowledge().pulse)
        self._lead = LeadPlayer(level, pack, ways.lead, luck)
        self._refrains = _Refrains()
        self._next_ms = 0
        self._worked_ms = -BETWEEN_PAUSES_MS

    def play(self, view: SeatView) -> Sequence[Act | Edges]:
        """What this seat does now: rhythms in time, short words at once, then one act after another."""
        if view.task is not None:
            self._worked_ms = view.now_ms
        rested = view.now_ms - self._worked_ms >= BETWEEN_PAUSES_MS
        scene = Scene(view, self._seat, self._voice.forgotten, may_pause=rested)
        away = self._away.now(scene.now_ms)
        acts: list[Act | Edges] = [*self._rhythms(scene, away=away)]
        if away:
            return acts
        acts += [act for act in self._voice.answer(scene) if self._refrains.allow(act, scene.now_ms)]
        if scene.now_ms >= self._next_ms and (act := self._next(scene)) is not None:
            self._next_ms = scene.now_ms + self._ways.attention.think_ms
            acts.append(act)
        return acts

    def _rhythms(self, scene: Scene, *, away: bool) -> list[Edges]:
        """Presses and squeezes."""
        view, edges = scene.view, list[Edges]()
        if view.chest is not None:
            edges += self._chest.press(scene, view.chest, away=away)
        elif view.switch.open and view.switch.partner == self._seat:
            edges += self._chest.step_in(scene)
        else:
            self._chest.step_back()
        if view.airway is not None:
            edges += self._airway.squeeze(scene, view.airway, away=away)
        else:
            self._airway.step_back()
        return edges

    def _next(self, scene: Scene) -> Act | None:
        """The first act that a station of this seat has to offer, else something to say."""
        view = scene.view
        wishes: list[Callable[[], Act | None]] = []
        if (device := view.defibrillator) is not None:
            wishes.append(lambda: self._defibrillator.act(scene, device))
        if (lead := view.lead) is not None:
            wishes.append(lambda: self._lead.act(scene, lead))
        if (cart := view.cart) is not None:
            wishes.append(lambda: self._cart.act(scene, cart))
        if (airway := view.airway) is not None:
            wishes.append(lambda: self._airway.act(scene, airway))
        if (chest := view.chest) is not None:
            wishes.append(lambda: self._chest.act(scene, chest))
        wishes.append(lambda: self._voice.news(scene))
        for wish in wishes:
            act = wish()
            if act is not None and self._refrains.allow(act, scene.now_ms):
                return act
        return None


class _Lapses:
    """When a person's mind is elsewhere."""

    def __init__(self, attention: Attention, luck: Luck) -> None:
        self._attention = attention
        self._luck = luck
        self._from_ms = luck.wait(attention.lapse_every_ms) if attention.lapse_every_ms else -1

    def now(self, now_ms: int) -> bool:
        """True during a lapse."""
        if self._from_ms < 0 or now_ms < self._from_ms:
            return False
        if now_ms >= self._from_ms + self._attention.lapse_ms:
            self._from_ms = now_ms + self._luck.wait(self._attention.lapse_every_ms)
            return False
        return True


class _Refrains:
    """Keeps a person from doing the very same thing again at once: what did not help waits longer each time."""

    def __init__(self) -> None:
        self._until: dict[Act, tuple[int, int]] = {}

    def allow(self, act: Act, now_ms: int) -> bool:
        """True where `act` may be done now; it is taken as done."""
        if act.op in STEPPED:
            return True
        until_ms, wait_ms = self._until.get(act, (0, 0))
        if now_ms < until_ms:
            return False
        wait_ms = min(2 * wait_ms, LONGEST_REFRAIN_MS) if now_ms < until_ms + wait_ms else REFRAIN_MS
        self._until[act] = (now_ms + wait_ms, wait_ms)
        return True


def crew_of_bots(level: Level, pack: Pack, seed: int, seats: int = 4, skill: str = "expert") -> dict[int, CrewBot]:
    """A bot of `skill` for every seat: each plays while its seat's link says so."""
    return {seat: CrewBot(seat, level, pack, seed, skill) for seat in range(seats)}
