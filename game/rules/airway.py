"""The airway station: what hands do at the head of the bed. Breaths are in `breathing`, the tube in `intubating`."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import breathing, intubating, signs, slips
from game.rules.acts import done
from game.rules.game import Game, Handler, Test, hands_free, start_task
from game.rules.refusals import Refusal
from game.sim import AirwayAct, AirwayPlaced, Treat, Treated
from game.sim.events import DEVICES
from game.stations import Station

PLACES: Final = ("trachea", "oesophagus", "bronchus", "out")
"""Where a device can end, in the order of the patient's codes."""

ACTS: Final = {
    "open_airway": "open",
    "suction": "suction",
    "oral": "opa",
    "nasal": "npa",
    "pull_back": "pull_back",
    "remove_airway": "remove",
    "magill": "foreign_body",
}
"""Tasks that are an act at the patient's airway, and its name there."""

CHANGES: Final = {"suction": ("throat",), "magill": ("throat",)}
"""Signs that an act changes, so that what was found of them does not hold any more."""

LOOKS: Final = ("look", "listen")
STRIPS: Final = ("glucose", "temperature")
FLAGS: Final = {"co2": "co2", "spo2": "spo2", "head_up": "head_up", "cool": "cooling"}
"""Tasks after which something is in place, and the memory of it."""

TREATMENTS: Final[dict[str, tuple[str, str] | None]] = {"decompress": None, "cool": ("cool", "")}
"""Tasks that treat, with treatment and side; None where the arguments name them."""


def begin(game: Game) -> None:
    """What is in place when the case begins."""
    breathing.begin(game)


def pass_time(game: Game) -> None:
    """What goes on at the head of the bed without a command; once a tick, before the patient lives on."""
    signs.notice(game)
    _see_what_sits(game)
    intubating.watch_the_clock(game, game.seat_of(Station.AIRWAY))
    breathing.pass_time(game)


def placed(game: Game, happening: AirwayPlaced) -> None:
    """An attempt is over: the device is in, wherever it lies, or it could not be put in."""
    airway, seat = game.state.airway, game.seat_of(Station.AIRWAY)
    airway.placing = ""
    if happening.placed:
        airway.device = happening.device
        done(game, seat, happening.device)
    else:
        airway.device = "mask"
        game.emit(Fact.SHOWN, seat, "airway.failed", happening.device)


def treated(game: Game, happening: Treated) -> None:
    """Air that leaves an opened chest hisses, which whoever opened it hears."""
    if happening.treatment in ("needle", "thoracostomy"):
        heard = "hiss" if happening.worked else "silent"
        game.emit(Fact.SHOWN, game.seat_of(Station.AIRWAY), "decompress", heard)


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is over."""
    airway = game.state.airway
    if op == "tube":
        intubating.blade_is_in(game)
        return
    if op == "sga":
        _put_in_sga(game)
        return
    if op == "tube_pass":
        intubating.tube_is_in(game)
    elif op in ACTS:
        _act(game, op)
    elif op in LOOKS:
        signs.find(game, seat, op)
    elif op in STRIPS:
        slips.take(game, op)
    elif op in FLAGS:
        setattr(airway, FLAGS[op], True)
    if op in TREATMENTS:
        treatment, side = TREATMENTS[op] or args
        game.patient.apply(Treat(game.now_ms, str(treatment), str(side)))
    done(game, seat, op, *args)


def _put_in_sga(game: Game) -> None:
    game.state.airway.placing = "sga"
    game.patient.apply(AirwayAct(game.now_ms, "sga"))


def _act(game: Game, op: str) -> None:
    game.patient.apply(AirwayAct(game.now_ms, ACTS[op]))
    signs.forget(game, *CHANGES.get(op, ()))
    if op == "suction":
        game.state.airway.dry_until_ms = game.now_ms + game.skills.senses.wells_up_ms
    if op == "remove_airway":
        game.state.airway.device, game.state.airway.ventilator_per_min = "mask", 0


def _see_what_sits(game: Game) -> None:
    """What truly lies in the airway, for the log; a tube in the gullet that nobody finds is a critical error."""
    airway, body = game.state.airway, game.patient.body.airway
    airway.oral, airway.nasal = body.adjunct == 1, body.adjunct == 2
    sits = (DEVICES[body.device], PLACES[body.place])
    seat = game.seat_of(Station.AIRWAY)
    if sits != airway.sits:
        airway.sits = sits
        airway.misplaced_ms = game.now_ms if sits == ("tube", "oesophagus") else -1
        game.emit(Fact.AIRWAY, seat, *sits)
    if 0 <= airway.misplaced_ms <= game.now_ms - game.skills.senses.misplaced_ms:
        airway.misplaced_ms = -1
        game.safety(seat, "oesophageal", critical=True)


def _bare(game: Game, seat: int) -> Refusal:
    """What goes into the throat needs a throat without a device."""
    return Refusal.NOT_NOW if game.state.airway.device != "mask" else hands_free(game, seat)


def _task(op: str, test: Test = hands_free, task: str = "") -> tuple[Test, Handler]:
    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        game.state.airway.down_ms = -1
        return start_task(game, seat, op, args, task)

    return test, act


def _once(flag: str, test: Test = hands_free) -> Test:
    def once(game: Game, seat: int) -> Refusal:
        return Refusal.ALREADY_DONE if getattr(game.state.airway, flag) else test(game, seat)

    return once


def _device(device: str) -> Test:
    def device_test(game: Game, seat: int) -> Refusal:
        return Refusal.ALREADY_DONE if game.state.airway.device == device else _bare(game, seat)

    return device_test


def _may_pull_back(game: Game, seat: int) -> Refusal:
    return hands_free(game, seat) if game.state.airway.device == "tube" else Refusal.NOT_NOW


def _may_remove(game: Game, seat: int) -> Refusal:
    airway = game.state.airway
    if airway.tube.step:
        return Refusal.DONE
    return Refusal.ALREADY_DONE if airway.device == "mask" else hands_free(game, seat)


def _remove(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    """The device comes out; or the blade, while it is in, which ends the attempt at once."""
    if game.state.airway.tube.step:
        intubating.give_up(game, seat)
        return Refusal.DONE
    return start_task(game, seat, "remove_airway")


def _oxygen(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    game.state.airway.flow_l_min = args[0]
    done(game, seat, "oxygen", args[0])
    return Refusal.DONE


def _may_ventilate(game: Game, seat: int) -> Refusal:
    """A machine needs an airway that stays in by itself."""
    return Refusal.NOT_NOW if game.state.airway.device == "mask" else Refusal.DONE


def _ventilator(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    assert isinstance(args[0], int)
    airway = game.state.airway
    if not airway.ventilator_per_min:
        airway.down_ms, airway.next_breath_ms = -1, game.now_ms
    airway.ventilator_per_min = args[0]
    game.emit(Fact.VENTILATOR, seat, args[0])
    done(game, seat, "ventilator", args[0])
    return Refusal.DONE


def _decompress(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    return start_task(game, seat, "decompress", args, str(args[0]))


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "oxygen": (lambda game, seat: Refusal.DONE, _oxygen),
    "open_airway": _task("open_airway"),
    "suction": _task("suction"),
    "oral": _task("oral", _once("oral", _bare)),
    "nasal": _task("nasal", _once("nasal", _bare)),
    "sga": _task("sga", _device("sga")),
    "tube": (_device("tube"), intubating.take_the_blade),
    "tube_aim": (intubating.may_aim, intubating.aim),
    "tube_pass": (intubating.may_pass, intubating.pass_the_tube),
    "pull_back": _task("pull_back", _may_pull_back),
    "remove_airway": (_may_remove, _remove),
    "magill": _task("magill", _bare),
    "co2": _task("co2", _once("co2")),
    "spo2": _task("spo2", _once("spo2")),
    "listen": _task("listen"),
    "look": _task("look"),
    "glucose": _task("glucose"),
    "temperature": _task("temperature"),
    "ventilator": (_may_ventilate, _ventilator),
    "decompress": (hands_free, _decompress),
    "head_up": _task("head_up", _once("head_up")),
    "cool": _task("cool", _once("cooling")),
}
