"""The cart station: lines, the syringe in hand, drugs, pumps and bags, blood tests, probe and needle, paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.content import Drug
from game.log import Fact, Plain
from game.rules import acts, doses, lead, orders, slips
from game.rules.commands import OTHER_WAYS, SITES
from game.rules.game import Game, Handler, Test, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import Dose, Fluid, Flush, Infuse, Treat
from game.sim.chance import Stream, uniform
from game.stations import Station

OPEN: Final = "open"
BLOWN: Final = "blown"
TRYING: Final = "trying"
LINE_ROUTE: Final = "iv"
"""The pack's word for any line, in a vein or in bone."""

MINUTE_MS: Final = 60_000
SCAN: Final = "scan"


def lines(game: Game, seat: int) -> dict[str, str]:
    """State by site of every line in place or blown, and of the one that this seat's hands are trying for."""
    task = game.state.seats[seat].task
    trying = {str(task.args[0]): TRYING} if task is not None and task.op == "access" else {}
    return game.state.cart.lines | trying


def may_give(game: Game, seat: int) -> Refusal:
    """Whether the syringe in hand may go in now."""
    cart = game.state.cart
    if not cart.drug:
        return Refusal.NOTHING_IN_HAND
    if game.pack.drugs[cart.drug].routes == (LINE_ROUTE,) and not _open_lines(game):
        return Refusal.NO_LINE
    if not orders.may_give(game, cart.drug, cart.dose_ug):
        return Refusal.READ_BACK_FIRST
    return hands_free(game, seat)


def follow(game: Game) -> None:
    """Time passes at the cart: flushes are missed, bags run empty, the probe sees the chest move or not."""
    cart = game.state.cart
    doses.watch_the_lines(game)
    if cart.fluids:
        cart.fluids = [bag for bag in cart.fluids if bag[3] > game.now_ms]
    task = game.state.seats[game.seat_of(Station.CART)].task
    if task is None or task.op != SCAN or game.state.chest.hands_on:
        cart.still_since_ms = -1
    elif cart.still_since_ms < 0:
        cart.still_since_ms = game.now_ms
    elif game.now_ms - cart.still_since_ms >= game.skills.times.clip_ms:
        cart.clip = True


def lose_a_line(game: Game) -> None:
    """The first open line is blown; what waits or runs in it is lost."""
    for site in _open_lines(game)[:1]:
        cart = game.state.cart
        cart.lines[site] = BLOWN
        cart.unflushed.pop(site, None)
        for drug, (_, pump_site) in list(cart.infusions.items()):
            if pump_site == site:
                _set_pump(game, game.seat_of(Station.CART), drug, 0, site)


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is done."""
    if op in SAMPLES:
        slips.take(game, SAMPLES[op])
        acts.done(game, seat, op)
    else:
        FINISH[op](game, seat, args)


def _open_lines(game: Game) -> list[str]:
    return [site for site, state in game.state.cart.lines.items() if state == OPEN]


def _is_open(game: Game, site: Plain) -> bool:
    return game.state.cart.lines.get(str(site)) == OPEN


def _route(way: str) -> str:
    """The way into the body as the patient knows it."""
    if way in OTHER_WAYS:
        return OTHER_WAYS[way]
    return way if way.startswith("io_") else LINE_ROUTE


def _access(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    site = str(args[0])
    state = game.state.cart.lines.get(site)
    if state is not None:
        return Refusal.LINE_BLOWN if state == BLOWN else Refusal.ALREADY_DONE
    return start_task(game, seat, "access", args, "access_io" if site.startswith("io_") else "access_iv")


def _accessed(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    """A try for a line: the luck of the n-th try is the n-th number of the room's own stream."""
    cart, odds, site = game.state.cart, game.skills.lines, str(args[0])
    luck_pct = odds.bone_pct if site.startswith("io_") else odds.vein_pct
    success = 100.0 * uniform(game.patient.body.seed, Stream.ROOM, cart.tries) < luck_pct
    cart.tries += 1
    cart.lines[site] = OPEN if success else BLOWN
    if success:
        acts.done(game, seat, "access", site)


def _draw(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "draw", args, length_ms=game.pack.drugs[str(args[0])].draw_ms)


def _drawn(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    assert isinstance(args[1], int)
    game.state.cart.drug, game.state.cart.dose_ug = str(args[0]), args[1]
    acts.done(game, seat, "draw", *args)


def _give(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    way = str(args[0])
    drug = game.pack.drugs[game.state.cart.drug]
    if (LINE_ROUTE if way in SITES else OTHER_WAYS[way]) not in drug.routes:
        return Refusal.WRONG_WAY
    if way in SITES and not _is_open(game, way):
        return Refusal.NO_LINE
    return start_task(game, seat, "give", args)


def _given(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    """The dose goes in; one into a line waits there for its flush. A line that blew meanwhile takes nothing."""
    cart, way = game.state.cart, str(args[0])
    if not cart.drug or (way in SITES and not _is_open(game, way)):
        return
    name, dose_ug = cart.drug, cart.dose_ug
    drug = game.pack.drugs[name]
    doses.judge(game, seat, drug, dose_ug, way)
    cart.drug, cart.dose_ug = "", 0
    cart.given.append((game.now_ms, name, dose_ug))
    if way in SITES:
        cart.unflushed[way] = (name, game.now_ms)
    game.patient.apply(Dose(game.now_ms, name, dose_ug, _route(way)))
    game.emit(Fact.DRUG, seat, name, dose_ug, way)
    ordered = acts.done(game, seat, "give", name, dose_ug, way)
    if _by_the_clock(drug):
        lead.count_dose(game, told=ordered)


def _by_the_clock(drug: Drug) -> bool:
    """The drug of the algorithm that is repeated by time: epinephrine."""
    return drug.routine and drug.repeat_s is not None


def _line_and_hands(game: Game, seat: int) -> Refusal:
    return hands_free(game, seat) if _open_lines(game) else Refusal.NO_LINE


def _flush(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "flush", args) if _is_open(game, args[0]) else Refusal.NO_LINE


def _flushed(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    site = str(args[0])
    if _is_open(game, site):
        game.state.cart.unflushed.pop(site, None)
        game.patient.apply(Flush(game.now_ms, _route(site)))
        acts.done(game, seat, "flush", site)


def _may_discard(game: Game, seat: int) -> Refusal:
    return Refusal.DONE if game.state.cart.drug else Refusal.NOTHING_IN_HAND


def _discard(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The syringe is put away; a hand that is pushing it lets go."""
    task = game.state.seats[seat].task
    if task is not None and task.op == "give":
        return Refusal.BUSY
    game.state.cart.drug, game.state.cart.dose_ug = "", 0
    acts.done(game, seat, "discard")
    return Refusal.DONE


def _pump(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """Setting up a pump takes its time; another rate of one that runs, or none, is set at once."""
    drug, per_min_ug, site = args
    assert isinstance(per_min_ug, int)
    running = game.state.cart.infusions.get(str(drug))
    if not per_min_ug and running is None:
        return Refusal.ALREADY_DONE
    if not _is_open(game, site):
        return Refusal.NO_LINE
    if running is not None and (running[1] == site or not per_min_ug):
        _set_pump(game, seat, str(drug), per_min_ug, running[1])
        acts.done(game, seat, "pump", drug, per_min_ug, running[1])
        return Refusal.DONE
    return start_task(game, seat, "pump", args)


def _pumped(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    drug, per_min_ug, site = args
    assert isinstance(per_min_ug, int)
    if not _is_open(game, site):
        return
    running = game.state.cart.infusions.get(str(drug))
    if running is not None:
        _set_pump(game, seat, str(drug), 0, running[1])
    _set_pump(game, seat, str(drug), per_min_ug, str(site))
    acts.done(game, seat, "pump", *args)


def _set_pump(game: Game, seat: int, drug: str, per_min_ug: int, site: str) -> None:
    cart = game.state.cart
    if per_min_ug:
        cart.infusions[drug] = (per_min_ug, site)
    else:
        cart.infusions.pop(drug, None)
    game.patient.apply(Infuse(game.now_ms, drug, per_min_ug, _route(site)))
    game.emit(Fact.INFUSION, seat, drug, per_min_ug, site)


def _hang(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "hang", args) if _is_open(game, args[2]) else Refusal.NO_LINE


def _hung(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    name, volume_ml, site = args
    assert isinstance(volume_ml, int)
    if not _is_open(game, site):
        return
    fluid = game.pack.fluids[str(name)]
    length_ms = volume_ml * MINUTE_MS // fluid.ml_per_min
    game.state.cart.fluids.append((fluid.name, volume_ml, str(site), game.now_ms + length_ms))
    game.patient.apply(Fluid(game.now_ms, volume_ml, length_ms, fluid.kind))
    game.emit(Fact.FLUID, seat, fluid.name, volume_ml, site)
    acts.done(game, seat, "hang", *args)


def _scan(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    game.state.cart.still_since_ms, game.state.cart.clip = -1, False
    return start_task(game, seat, SCAN)


def _scanned(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    """A clip needs some seconds of a chest that nobody pushes."""
    if game.state.cart.clip:
        slips.take(game, "ultrasound")
        acts.done(game, seat, SCAN)
    else:
        game.emit(Fact.SHOWN, seat, "ultrasound.nothing", "")


def _chart_read(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    game.state.cart.chart_read = True
    acts.done(game, seat, "chart")


def _drained(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    game.patient.apply(Treat(game.now_ms, "pericardiocentesis"))
    acts.done(game, seat, "drain")


def _treated(game: Game, seat: int, args: tuple[Plain, ...]) -> None:
    game.patient.apply(Treat(game.now_ms, str(args[0]), BOTH_SIDES.get(str(args[0]), "")))
    acts.done(game, seat, "treat", *args)


def _task(op: str) -> tuple[Test, Handler]:
    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        return start_task(game, seat, op, args)

    return hands_free, act


SAMPLES: Final = {"gas": "gas", "labs": "labs"}
"""What a task of the cart sends off."""

BOTH_SIDES: Final = {"chest_drain": "both"}
"""Treatments that nobody asks the side of."""

FINISH: Final[dict[str, Callable[[Game, int, tuple[Plain, ...]], None]]] = {
    "access": _accessed,
    "draw": _drawn,
    "give": _given,
    "flush": _flushed,
    "pump": _pumped,
    "hang": _hung,
    "scan": _scanned,
    "chart": _chart_read,
    "drain": _drained,
    "treat": _treated,
}

HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "access": (hands_free, _access),
    "draw": (hands_free, _draw),
    "give": (may_give, _give),
    "flush": (_line_and_hands, _flush),
    "discard": (_may_discard, _discard),
    "pump": (_line_and_hands, _pump),
    "hang": (_line_and_hands, _hang),
    "chart": _task("chart"),
    "gas": _task("gas"),
    "labs": _task("labs"),
    "scan": (hands_free, _scan),
    "drain": _task("drain"),
    "treat": _task("treat"),
}
