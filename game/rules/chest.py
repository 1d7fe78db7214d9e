"""The chest station: pressing, counting, fingers on a pulse, and what hands find on the trunk."""

from __future__ import annotations

from typing import Final

from game.log import Fact, Plain
from game.rules import breathing, check, orders, reports, signs, slips, switch
from game.rules.acts import done
from game.rules.game import Game, Handler, Test, always, hands_free, start_task
from game.rules.refusals import Refusal
from game.rules.skills.compression import press
from game.sim import Compression
from game.stations import Station


def down(game: Game, seat: int, ms: int) -> None:
    """A hand goes down at `ms`; presses that follow too fast, or before the last release, are none.

    Whatever else these hands were doing is left, but for a tube that is being passed.
    """
    chest, task = game.state.chest, game.state.seats[seat].task
    if task is not None and task.op == "tube_pass":
        return
    too_fast = chest.last_down_ms >= 0 and ms - chest.last_down_ms < game.skills.push.shortest_gap_ms
    if chest.down_ms >= 0 or too_fast or ms < chest.last_up_ms:
        return
    if not game.holds(seat, Station.CHEST):
        switch.step_in(game, seat)
    breathing.free_the_hands(game, seat, ms)
    chest.fingers_ms = -1
    chest.released_ms = ms - chest.last_up_ms if chest.last_up_ms >= 0 else 2 * game.skills.recoil.full_release_ms
    chest.last_gap_ms = ms - chest.last_down_ms if chest.last_down_ms >= 0 else -1
    chest.down_ms = chest.last_down_ms = ms
    check.first_push(game, seat, ms)
    hands(game)


def up(game: Game, seat: int, ms: int) -> None:
    """The hand comes up at `ms`: the press becomes a compression of the patient."""
    chest, skills = game.state.chest, game.skills
    if chest.down_ms < 0:
        return
    start_ms, hold_ms = chest.down_ms, min(ms - chest.down_ms, skills.push.longest_hold_ms)
    chest.down_ms = -1
    if hold_ms < skills.push.shortest_hold_ms:
        return
    chest.last_up_ms = start_ms + hold_ms
    push = press(game.state.seats[seat].arms, start_ms, hold_ms, chest.released_ms, skills)
    chest.count, chest.pushes = chest.count + 1, chest.pushes + 1
    chest.depth_um, chest.residual_um = push.depth_um, push.residual_um
    game.state.presses.append((start_ms, chest.last_up_ms))
    compression = (push.start_ms, push.down_ms, push.up_ms, push.depth_um, push.residual_um)
    game.patient.apply(Compression(*compression))
    game.emit(Fact.COMPRESSION, seat, *compression, ms=push.start_ms)
    orders.close_done(game, seat, Station.CHEST, "push")


def let_go(game: Game) -> None:
    """The person on the chest is gone or has moved: a held press ends where it was last known, fingers come off."""
    game.state.chest.down_ms = game.state.chest.fingers_ms = -1


def hands(game: Game) -> None:
    """Tell when hands go on or come off: on while down and for a short while after release (decisions 2)."""
    chest = game.state.chest
    lingering = chest.last_up_ms >= 0 and game.now_ms - chest.last_up_ms <= game.skills.push.hands_linger_ms
    on = chest.down_ms >= 0 or lingering
    if on != chest.hands_on:
        chest.hands_on = on
        if not on:
            chest.off_since_ms = game.now_ms
        if on and chest.count >= game.pack.compressions_per_set:
            chest.count = 0
        game.emit(Fact.HANDS, game.seat_of(Station.CHEST), int(on))


def hands_off_ms(game: Game, since_ms: int) -> int:
    """How long the hands have now been off the chest, counted from `since_ms` at the earliest."""
    chest = game.state.chest
    return 0 if chest.hands_on else game.now_ms - max(since_ms, chest.off_since_ms)


def finish(game: Game, seat: int, op: str, args: tuple[Plain, ...]) -> None:
    """A timed task of this station is over."""
    if op == "examine":
        signs.find(game, seat, op)
    else:
        slips.take(game, op)
    done(game, seat, op)


def _feel(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    chest = game.state.chest
    if chest.down_ms >= 0:
        return Refusal.HANDS_NEEDED
    chest.fingers_ms = -1 if chest.fingers_ms >= 0 else game.now_ms
    return Refusal.DONE


def _may_say_pulse(game: Game, seat: int) -> Refusal:
    """A pulse can be said by certain fingers; in a check only after Organised was called."""
    ring = game.state.check
    if not signs.fingers_certain(game):
        return Refusal.FINGERS_FIRST
    if ring.since_ms >= 0 and not ring.call.startswith("organised"):
        return Refusal.NOT_NOW
    return Refusal.DONE


def _pulse(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
    answer = str(args[0])
    reports.say(game, seat, "pulse", answer)
    game.emit(Fact.PULSE_FELT, seat, answer)
    done(game, seat, "feel")
    check.answered(game, seat, answer)
    return Refusal.DONE


def _task(op: str) -> tuple[Test, Handler]:
    def act(game: Game, seat: int, args: tuple[Plain, ...]) -> Refusal:
        game.state.chest.fingers_ms = -1
        return start_task(game, seat, op)

    return hands_free, act


HANDLERS: Final[dict[str, tuple[Test, Handler]]] = {
    "feel": (always, _feel),
    "pulse": (_may_say_pulse, _pulse),
    "examine": _task("examine"),
    "nibp": _task("nibp"),
    "ecg12": _task("ecg12"),
}
