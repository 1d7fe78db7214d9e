"""The syringe in the hand before it is filled: which container was taken, and how far the plunger is pulled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.rules.setup import Sight
from game.ui.screen import Intent, Mode
from game.ui.stock import Container, amounts, barrel_ml, container_of, stock

if TYPE_CHECKING:
    from game.content import Pack
    from game.rules.views import SeatView
    from game.ui.desk import Desk


def pick(mode: Mode, key: str, desk: Desk) -> Mode:
    """Takes a container; nothing is drawn up for a person but in the Open view, where the usual dose is preset."""
    if key == mode.picked:
        return mode
    drug = desk.pack.drugs.get(stock()[key].drug)
    preset = drug is not None and desk.sight is Sight.OPEN
    pulled = amounts(desk.pack, drug.name).index(drug.doses_ug[0]) + 1 if drug and preset else 0
    return mode._replace(picked=key, pulled=pulled)


def plunge(mode: Mode, change: int, desk: Desk) -> Mode:
    """Moves the plunger to the amount before or after; it stays between home and the largest."""
    container = stock().get(mode.picked)
    most = len(amounts(desk.pack, container.drug)) if container else 0
    return mode._replace(pulled=max(0, min(most, mode.pulled + change)))


def to_draw(mode: Mode, pack: Pack) -> Intent | None:
    """The command that draws up what the plunger is set to; None while it is at home."""
    container = stock().get(mode.picked)
    if container is None or not mode.pulled:
        return None
    return Intent("draw", (container.drug, amounts(pack, container.drug)[mode.pulled - 1]))


class Syringe(NamedTuple):
    """What the barrel shows."""

    container: Container | None
    dose_ug: int = 0
    """What is in it or what it is set to; 0 while it is empty."""
    since_ms: int = -1
    until_ms: int = -1
    """While it is being filled, from when to when."""
    ready: bool = False
    """True for what is held; False for what is only chosen."""


def syringe(mode: Mode, view: SeatView, pack: Pack) -> Syringe:
    """The syringe of the moment: being filled, set to an amount, held, or empty beside its container."""
    task, cart = view.task, view.cart
    if task is not None and task.op == "draw":
        drug, dose_ug = task.args
        return Syringe(container_of(str(drug), mode.picked), int(dose_ug), task.start_ms, task.end_ms)
    if chosen := to_draw(mode, pack):
        return Syringe(stock()[mode.picked], int(str(chosen.args[1])))
    if cart is not None and cart.drug:
        return Syringe(container_of(cart.drug, mode.picked), cart.dose_ug, ready=True)
    return Syringe(stock().get(mode.picked))


def stops_ml(container: Container, pack: Pack) -> tuple[float, ...]:
    """Where the plunger can stand: home, then the volume of each amount."""
    return (0.0, *(container.volume_of(pack, dose_ug) for dose_ug in amounts(pack, container.drug)))


def size_ml(container: Container | None, pack: Pack) -> int:
    """How much the barrel holds; the smallest that takes the largest amount."""
    return barrel_ml(max(stops_ml(container, pack))) if container and container.drug else barrel_ml(10)
