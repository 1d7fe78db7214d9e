"""The cart station: lines, the syringe in hand, drugs into the patient, paper and blood tests."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import lead, orders
from game.rules.game import Game, Handler, Test, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import Dose, Flush
from game.stations import Station

OPEN: Final = "open"
TRYING: Final = "trying"


def _access(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    if args[0] in game.state.cart.lines:
        return Refusal.ALREADY_DONE
    return start_task(game, seat, "access", args)


def _draw(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "draw", args)


def may_give(game: Game, seat: int) -> Refusal:
    """Whether the syringe in hand may go in now."""
    cart = game.state.cart
    if not cart.drug:
        return Refusal.NOTHING_IN_HAND
    if OPEN not in cart.lines.values():
        return Refusal.NO_LINE
    if not orders.may_give(game, cart.drug, cart.dose_ug):
        return Refusal.READ_BACK_FIRST
    return hands_free(game, seat)


def _give(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    if game.state.cart.lines.get(str(args[0])) != OPEN:
        return Refusal.NO_LINE
    return start_task(game, seat, "give", args)


def _may_flush(game: Game, seat: int) -> Refusal:
    return hands_free(game, seat) if OPEN in game.state.cart.lines.values() else Refusal.NO_LINE


def _flush(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    if game.state.cart.lines.get(str(args[0])) != OPEN:
        return Refusal.NO_LINE
    return start_task(game, seat, "flush", args)


def _may_discard(game: Game, seat: int) -> Refusal:
    return Refusal.DONE if game.state.cart.drug else Refusal.NOTHING_IN_HAND


def _discard(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.cart.drug, game.state.cart.dose_ug = "", 0
    return Refusal.DONE


def _chart(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "chart")


def _gas(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "gas")


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is done."""
    cart = game.state.cart
    if op == "access":
        cart.lines[str(args[0])] = OPEN
    elif op == "draw":
        assert isinstance(args[1], int)
        cart.drug, cart.dose_ug = str(args[0]), args[1]
    elif op == "give":
        _into_the_line(game, seat, str(args[0]))
    elif op == "flush":
        game.patient.apply(Flush(game.now_ms, _route(str(args[0]))))
    elif op == "chart":
        cart.chart_read = True


def lines(game: Game, seat: int) -> dict[str, str]:
    """State by site of every line in place, and of the one that this seat's hands are trying for."""
    task = game.state.seats[seat].task
    trying = {str(task.args[0]): TRYING} if task is not None and task.op == "access" else {}
    return game.state.cart.lines | trying


def _into_the_line(game: Game, seat: int, site: str) -> None:
    cart = game.state.cart
    drug, dose_ug = cart.drug, cart.dose_ug
    cart.drug, cart.dose_ug = "", 0
    game.patient.apply(Dose(game.now_ms, drug, dose_ug, _route(site)))
    game.emit(Fact.DRUG, seat, drug, dose_ug, site)
    ordered = orders.close_done(game, seat, Station.CART, "give", (drug, dose_ug))
    if game.pack.drugs[drug].repeat_s is not None:
        lead.count_dose(game, told=ordered)


def _route(site: str) -> str:
    return site if site.startswith("io_") else "iv"


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "access": (hands_free, _access),
    "draw": (hands_free, _draw),
    "give": (may_give, _give),
    "flush": (_may_flush, _flush),
    "discard": (_may_discard, _discard),
    "chart": (hands_free, _chart),
    "gas": (hands_free, _gas),
}
