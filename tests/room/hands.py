"""Hands that do anything a seat could do, sensible or not, for tests of a whole room."""

from __future__ import annotations

from random import Random
from typing import Final

from game.log import NO_SEAT, Entry, Input, Plain
from game.room.room import Room
from game.rules.commands import (
    EDGE_OPS,
    ORDER_ARGS,
    Choice,
    Command,
    Feel,
    choices,
    commands_of,
    item_of,
    orders_to,
)
from game.rules.views import SeatView
from game.stations import LinkState, Station

SHORT_MS: Final = (190, 900, 1100)

EAGER: Final = frozenset({"give", "shock", "take", "confirm", "tube_aim", "tube_pass", "pulse", "switch_yes", "flush"})
"""What hands rarely come to by chance: done mostly as soon as it works."""


def any_act(luck: Random, room: Room, seat: int, view: SeatView) -> Entry:
    """One input by `seat`: mostly a control that works now, sometimes one that does not, or presses."""
    if luck.random() < 0.25:
        return any_press(luck, room, seat)
    rows = commands_of(view.crew[seat].stations)
    works = [row for row, refusal in zip(rows, view.ready, strict=True) if refusal == 0 and row.feel is not Feel.EDGES]
    eager = [row for row in works if row.op in EAGER]
    if eager and luck.random() < 0.5:
        works = eager
    row = luck.choice(works if works and luck.random() < 0.9 else [row for row in rows if row.feel is not Feel.EDGES])
    if row.op == "end" and luck.random() < 0.9:
        row = next(each for each in rows if each.op == "stop")
    return Entry(0, Input.COMMAND, seat, (row.op, *_arguments(luck, room, row, view)))


def any_press(luck: Random, room: Room, seat: int) -> Entry:
    """A press and its release, of any rhythmic key."""
    start_ms = room.now_ms + luck.randrange(-200, 50)
    key = luck.choice(tuple(EDGE_OPS))
    return Entry(0, Input.EDGES, seat, (key, 1, start_ms, start_ms + luck.choice(SHORT_MS)))


def any_event(luck: Random, room: Room) -> Entry:
    """What comes from outside the team: a surprise, or a link."""
    if room.game.level.injects and luck.random() < 0.5:
        return Entry(0, Input.INJECT, NO_SEAT, (luck.choice(tuple(room.game.level.injects)),))
    seat = luck.randrange(len(room.game.state.seats))
    return Entry(0, Input.LINK, seat, (int(luck.choice(tuple(LinkState))),))


def _arguments(luck: Random, room: Room, row: Command, view: SeatView) -> tuple[Plain, ...]:
    args: list[Plain] = []
    for kind in row.args:
        if kind is Choice.ACT:
            station = args[-1]
            assert isinstance(station, int)
            op = luck.choice(orders_to(Station(station)) or ("push",))
            args.append(op)
            for said in ORDER_ARGS.get(op, ()):
                args.append(_one(luck, room, said, view, tuple(args)))
        else:
            args.append(_one(luck, room, kind, view, tuple(args)))
    return tuple(args)


def _one(luck: Random, room: Room, kind: Choice, view: SeatView, before: tuple[Plain, ...]) -> Plain:
    if kind is Choice.FINDING:
        return luck.choice([finding.key for finding in view.findings] or ["nothing"])
    if kind is Choice.ORDER:
        return luck.choice([order.order_id for order in view.orders] or [0])
    if kind in (Choice.SITE, Choice.WAY) and view.cart is not None and luck.random() < 0.7:
        return luck.choice([line.site for line in view.cart.lines if line.state == "open"] or ["iv_right"])
    if kind is Choice.STATION and view.offers and luck.random() < 0.7:
        return view.offers[0][0]
    level, pack = room.game.level, room.game.pack
    if kind is Choice.CAUSE:
        return luck.choice([cause for cause in choices(kind, level, pack) if cause != level.cause])
    return luck.choice(choices(kind, level, pack, of=item_of(before, pack)) or ("nothing",))
