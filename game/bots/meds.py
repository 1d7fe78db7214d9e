"""The bot at cart and defibrillator: charges on order, clears, shocks, opens a line, draws, gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.bots.bot import Act
from game.rules.views import CartView, DefibrillatorView, SeatView

LINE: Final = "iv_left"
CLEAR_TO_SHOCK_MS: Final = 1000
ENERGY_STEPS: Final = 2


class DefibrillatorPlayer:
    """Says clear once VF or VT was called, looks, and shocks."""

    def __init__(self) -> None:
        self._clear_ms = -1
        self._raised_after = 0

    def play(self, view: SeatView, device: DefibrillatorView) -> Sequence[Act]:
        """The next step of the device, if one is due."""
        ordered = {order.op for order in view.orders}
        in_check = view.check.since_ms >= 0 and view.check.shock_pending
        if device.charge == "charged" and (in_check or "shock" in ordered):
            return self._shock(view, device)
        self._clear_ms = -1
        if device.charge == "charged" and view.check.call and view.check.since_ms >= 0:
            return [Act("dump")]
        if device.charge == "idle" and 0 < device.shocks <= ENERGY_STEPS and self._raised_after < device.shocks:
            self._raised_after = device.shocks
            return [Act("energy", (1,))]
        if "charge" in ordered and device.charge == "idle":
            return [Act("charge")]
        return []

    def _shock(self, view: SeatView, device: DefibrillatorView) -> list[Act]:
        if self._clear_ms < 0:
            self._clear_ms = view.now_ms
            return [Act("clear")]
        clear = device.chest_off and device.head_off
        return [Act("shock")] if clear and view.now_ms - self._clear_ms >= CLEAR_TO_SHOCK_MS else []


class CartPlayer:
    """Does what is ordered; opens a line unasked once a shock was given or half a minute has passed."""

    def __init__(self) -> None:
        self._flush = False

    def play(self, view: SeatView, cart: CartView) -> Sequence[Act]:
        """The next step with hands at the cart, if they are free."""
        if view.task is not None or view.check.since_ms >= 0:
            return []
        open_line = next((line.site for line in cart.lines if line.state == "open"), "")
        if self._flush and not cart.drug:
            self._flush = False
            return [Act("flush", (open_line,))]
        if not cart.lines and any(order.op == "access" for order in view.orders):
            return [Act("access", (LINE,))]
        return self._drug(view, cart, open_line)

    def _drug(self, view: SeatView, cart: CartView, open_line: str) -> list[Act]:
        order = next((order for order in view.orders if order.op == "give"), None)
        if order is None:
            return []
        drug, dose_ug = order.args[0], order.args[1]
        if (cart.drug, cart.dose_ug) != (drug, dose_ug):
            return [Act("discard")] if cart.drug else [Act("draw", (drug, dose_ug))]
        if order.state in ("heard", "corrected"):
            return [Act("read_back", (order.order_id,))]
        if order.state == "confirmed" and open_line:
            self._flush = True
            return [Act("give", (open_line,))]
        return []
