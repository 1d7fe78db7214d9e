"""What every bot does with ears and mouth: hear orders, say what is new, agree to a switch, take a station."""

from __future__ import annotations

from typing import Final

from game.bots.bot import Act
from game.bots.habits import Attention
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.content import Level
from game.content.clues import clues
from game.rules.views import FindingView

NUMBERS: Final = ("etco2", "spo2", "breaths")
"""Numbers on a screen: said anew when they moved, or after a while."""
HANDS: Final = ("in_hand", "line")
TELLING_STEP: Final = 5
"""A number that moved by more than this is news."""
UNSAID: Final = 2


class Voice:
    """One person's ears and mouth. `forgotten` are orders that were heard and slipped the mind."""

    def __init__(self, level: Level, attention: Attention, luck: Luck) -> None:
        self._own_words = frozenset(finding.key for finding in level.findings)
        self._attention = attention
        self._luck = luck
        self._said: dict[str, tuple[str, int]] = {}
        self._spoke_ms = attention.hear_after_ms - attention.say_every_ms
        self.forgotten: set[int] = set()

    def answer(self, scene: Scene) -> list[Act]:
        """Orders heard, a switch agreed to, stations taken: short words that wait for nothing."""
        acts = [Act("take", (station,)) for station, _ in scene.view.offers]
        for order in scene.view.orders:
            asked = order.state == "sent" and order.station & scene.stations
            if asked and scene.now_ms - order.since_ms >= self._attention.hear_after_ms:
                acts.append(Act("hear", (order.order_id,)))
                if self._luck.happens(self._attention.forgets):
                    self.forgotten.add(order.order_id)
        switch = scene.view.switch
        if switch.asked_ms >= 0 and switch.partner < 0 and scene.can("switch_yes"):
            acts.append(Act("switch_yes"))
        return acts

    def news(self, scene: Scene) -> Act | None:
        """The next thing to say: the most telling first; nothing while the ring is open."""
        now = scene.now_ms
        if scene.in_check or now - self._spoke_ms < self._attention.say_every_ms or now < scene.view.hush_until_ms:
            return None
        for key in HANDS:
            if not scene.senses(key):
                self._said.pop(key, None)
        found = self._most_telling(scene)
        if found is None:
            return None
        self._said[found.key] = (found.value, now)
        self._spoke_ms = now
        return Act("report", (found.key,))

    def _most_telling(self, scene: Scene) -> FindingView | None:
        """What moves the board or was measured, then what stands on a screen; what is as it should be is not said."""
        new = (found for found in scene.view.findings if self._is_new(found, scene.now_ms))
        ranked = [(self._rank(found), found) for found in new]
        return min((each for each in ranked if each[0] < UNSAID), key=lambda each: each[0], default=(UNSAID, None))[1]

    def _rank(self, found: FindingView) -> int:
        """First what is abnormal or no longer so, measured, or the level's own; numbers and hands later; else never."""
        if found.key in (*NUMBERS, *HANDS):
            return 1
        measured = "." in found.key or found.key in ("nibp", "trace")
        suggests = clues().of(found.key, found.value).suggests
        telling = measured or suggests or found.key in self._own_words or found.key in self._said
        return 0 if telling else UNSAID

    def _is_new(self, found: FindingView, now_ms: int) -> bool:
        """Never said, or changed since; a number on a screen also when it was long ago."""
        if found.key not in self._said:
            return True
        value, at_ms = self._said[found.key]
        if found.key not in NUMBERS:
            return found.value != value
        moved = abs(int(found.value) - int(value)) > TELLING_STEP
        return moved or now_ms - at_ms >= self._attention.again_every_ms
