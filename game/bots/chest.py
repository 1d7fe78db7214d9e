"""The bot at the chest: presses in time, stops for breaths, checks and shocks, feels for a pulse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.bots.bot import Act, Edges
from game.content import Pack
from game.rules.check import SHOCKABLE_CALLS
from game.rules.commands import PUSH_KEY
from game.rules.views import ChestView, SeatView
from game.sim.chance import Stream, uniform

INTERVAL_MS: Final = 545
HOLD_MS: Final = 185
SCATTER_MS: Final = 24
LONGEST_WAIT_FOR_BREATHS_MS: Final = 5000
CERTAIN_MS: Final = 3400
FIRM_TOUCH: Final = 30


class ChestPlayer:
    """Presses are planned ahead and sent once their stamps have passed."""

    def __init__(self, seat: int, pack: Pack, seed: int) -> None:
        self._breaths = pack.breaths_per_set
        self._seed = seed
        self._stream = Stream.BOTS + seat
        self._draws = 0
        self._next_down_ms = -1
        self._up_ms = -1

    def play(self, view: SeatView, chest: ChestView) -> Sequence[Act | Edges]:
        """Presses due by now, and what the fingers say."""
        acts: list[Act | Edges] = []
        pressing = self._should_press(view, chest)
        self._plan(view.now_ms, pressing, acts)
        if view.check.since_ms >= 0:
            acts += self._fingers(view, chest)
        ordered = any(order.op == "switch_ask" for order in view.orders)
        if (chest.heavy or ordered) and view.switch.asked_ms < 0 and view.check.since_ms < 0:
            acts.append(Act("switch_ask"))
        return acts

    def step_back(self) -> None:
        """Another person is on the chest now."""
        self._next_down_ms = self._up_ms = -1

    def step_in(self, view: SeatView) -> Sequence[Act | Edges]:
        """The partner of a switch takes the chest with the first push."""
        acts: list[Act | Edges] = []
        self._plan(view.now_ms, _chest_is_free(view), acts)
        return acts

    def _should_press(self, view: SeatView, chest: ChestView) -> bool:
        check = view.check
        told = any(order.op == "push" for order in view.orders)
        if not _chest_is_free(view) or view.switch.open or check.pulse == "felt":
            return False
        if view.now_ms < 1000 and not told:
            return False
        breaths_wanted = chest.breaths_after and chest.count >= chest.breaths_after
        waited = check.hands_off_ms
        if breaths_wanted and chest.breaths_given < self._breaths:
            return waited > LONGEST_WAIT_FOR_BREATHS_MS
        if not chest.on_chest and 0 < chest.breaths_given < self._breaths:
            return waited > LONGEST_WAIT_FOR_BREATHS_MS
        return True

    def _plan(self, now_ms: int, pressing: bool, acts: list[Act | Edges]) -> None:
        """Send what is due: at most one release and one press in a call of 100 ms."""
        if 0 <= self._up_ms <= now_ms:
            acts.append(Edges(PUSH_KEY, False, (self._up_ms,)))
            self._up_ms = -1
        if not pressing or self._up_ms >= 0:
            if not pressing:
                self._next_down_ms = -1
            return
        if self._next_down_ms < 0:
            self._next_down_ms = now_ms
        if self._next_down_ms <= now_ms:
            acts.append(Edges(PUSH_KEY, True, (self._next_down_ms,)))
            self._up_ms = self._next_down_ms + HOLD_MS + self._scatter() // 2
            self._next_down_ms += INTERVAL_MS + self._scatter()

    def _scatter(self) -> int:
        self._draws += 1
        return round((uniform(self._seed, self._stream, self._draws) - 0.5) * 2 * SCATTER_MS)

    def _fingers(self, view: SeatView, chest: ChestView) -> list[Act | Edges]:
        if chest.fingers_ms < 0:
            return [] if chest.on_chest else [Act("feel")]
        organised = view.check.call.startswith("organised")
        if organised and not view.check.pulse and view.now_ms - chest.fingers_ms >= CERTAIN_MS:
            return [Act("pulse", ("felt" if chest.touch >= FIRM_TOUCH else "none",))]
        return []


def _chest_is_free(view: SeatView) -> bool:
    """No check holds the hands off, and nobody is about to shock; the shock itself frees the chest."""
    check = view.check
    shocked = check.call in SHOCKABLE_CALLS and not check.shock_pending
    return not check.clear_said and (check.since_ms < 0 or shocked)
