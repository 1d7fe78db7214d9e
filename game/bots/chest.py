"""The bot at the chest: presses in time, stops for breaths, checks and shocks, feels, examines, takes the pressure."""

from __future__ import annotations

from typing import Final

from game.bots.bot import Act, Edges
from game.bots.habits import Hands
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.rules.check import SHOCKABLE_CALLS
from game.rules.commands import PUSH_KEY
from game.rules.views import ChestView

FIRM_TOUCH: Final = 55
"""From this strength on what the fingers feel is called a pulse, of 100."""
HANDS_OFF: Final = ("nibp", "examine", "ecg12")
"""Tasks that a person on the chest can only do while the hands are off."""
LONGEST_HANDS_OFF_MS: Final = 20_000
"""So long a chest is left alone where somebody said so; then whoever stands there goes on."""
ALMOST_DONE_MS: Final = 5000
"""A task so near its end is finished before the hands go back on."""


class ChestPlayer:
    """Presses are planned ahead and sent once their stamps have passed."""

    def __init__(self, hands: Hands, breaths_per_set: int, luck: Luck) -> None:
        self._hands = hands
        self._breaths = breaths_per_set
        self._luck = luck
        self._next_down_ms = -1
        self._up_ms = -1
        self._felt_ms = 0

    def press(self, scene: Scene, chest: ChestView, *, away: bool) -> list[Edges]:
        """The release and the press that are due by now."""
        return self._plan(scene.now_ms, pressing=not away and self._should_press(scene, chest))

    def step_in(self, scene: Scene) -> list[Edges]:
        """The partner of a switch takes the chest with the first push."""
        return self._plan(scene.now_ms, pressing=_is_free(scene))

    def step_back(self) -> None:
        """Another person is on the chest now."""
        self._next_down_ms = self._up_ms = -1

    def act(self, scene: Scene, chest: ChestView) -> Act | None:
        """Fingers, a switch, or what was ordered and can be done with the hands off."""
        if not scene.free:
            return None
        fingers = self._fingers(scene, chest)
        if fingers is not None:
            return fingers
        tired = chest.heavy or scene.order("switch_ask") is not None
        if tired and not scene.in_check and scene.view.switch.asked_ms < 0 and scene.can("switch_ask"):
            return Act("switch_ask")
        return self._with_hands_off(scene, chest)

    def _with_hands_off(self, scene: Scene, chest: ChestView) -> Act | None:
        """With a pulse whatever was ordered; without one a look at the body, while breaths are given."""
        if chest.on_chest or not scene.free:
            return None
        if scene.pulse:
            return next((Act(op) for op in HANDS_OFF if scene.order(op) is not None and scene.can(op)), None)
        pause = chest.count >= chest.breaths_after if chest.breaths_after else scene.in_check
        told = scene.order("examine") is not None and scene.can("examine")
        return Act("examine") if pause and told and not scene.view.check.shock_pending else None

    def _should_press(self, scene: Scene, chest: ChestView) -> bool:
        check, task = scene.view.check, scene.view.task
        told = any(order.op == "push" for order in scene.view.orders)
        if scene.pulse or (_left_to_others(scene) and check.hands_off_ms <= LONGEST_HANDS_OFF_MS):
            return False
        almost_done = task is not None and task.end_ms - scene.now_ms <= ALMOST_DONE_MS and not chest.on_chest
        if almost_done or (scene.alone and task is not None):
            return False
        if scene.now_ms < self._hands.starts_after_ms and not told:
            return False
        if chest.breaths_after and chest.breaths_given < self._breaths:
            under_way = not chest.on_chest and chest.breaths_given > 0
            if under_way or chest.count >= chest.breaths_after:
                hands = self._hands
                patience_ms = hands.longest_wait_for_breaths_ms if under_way else hands.wait_for_first_breath_ms
                return check.hands_off_ms > patience_ms
        return True

    def _plan(self, now_ms: int, *, pressing: bool) -> list[Edges]:
        """Send what is due: at most one release and one press in a call of 100 ms."""
        edges: list[Edges] = []
        if 0 <= self._up_ms <= now_ms:
            edges.append(Edges(PUSH_KEY, False, (self._up_ms,)))
            self._up_ms = -1
        if self._up_ms >= 0:
            return edges
        if not pressing:
            self._next_down_ms = -1
            return edges
        if self._next_down_ms < 0:
            self._next_down_ms = now_ms
        if self._next_down_ms <= now_ms:
            edges.append(Edges(PUSH_KEY, True, (self._next_down_ms,)))
            self._up_ms = self._next_down_ms + self._hands.hold_ms + self._luck.scatter(self._hands.scatter_ms // 2)
            self._next_down_ms += self._hands.interval_ms + self._luck.scatter(self._hands.scatter_ms)
        return edges

    def _fingers(self, scene: Scene, chest: ChestView) -> Act | None:
        """On the pulse in every check, now and then where there is one, and when told."""
        check = scene.view.check
        told = scene.order("feel") is not None
        again = scene.pulse and scene.now_ms - self._felt_ms >= self._hands.fingers_again_ms
        if chest.fingers_ms < 0:
            wanted = not check.pulse if scene.in_check else (told or again)
            return Act("feel") if wanted and not chest.on_chest and scene.can("feel") else None
        if not scene.in_check and self._felt_ms > chest.fingers_ms:
            return Act("feel")
        sure = scene.now_ms - chest.fingers_ms >= self._hands.fingers_ms
        if sure and scene.can("pulse") and (not scene.in_check or not check.pulse):
            self._felt_ms = scene.now_ms
            return Act("pulse", ("felt" if chest.touch >= FIRM_TOUCH else "none",))
        return None


def _left_to_others(scene: Scene) -> bool:
    """A partner is to take the chest, a check holds the hands off, or somebody is about to shock."""
    return scene.view.switch.open or not _is_free(scene)


def _is_free(scene: Scene) -> bool:
    """No check holds the hands off, and nobody is about to shock; the shock itself frees the chest."""
    check = scene.view.check
    shocked = check.call in SHOCKABLE_CALLS and not check.shock_pending
    return not check.clear_said and (not scene.in_check or shocked)
