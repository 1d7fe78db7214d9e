"""What is open over a station, step by step: from one mode to the next. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.ui.screen import Local, Mode, Sheet

if TYPE_CHECKING:
    from game.log import Plain

LIT_MS: Final = 4000
"""How long ? lights the next useful control and lists the keys; held longer, it lasts as long as it is held."""
CAUSES_PAD: Final = 6
"""The pad behind the board of causes."""
PAGED: Final = frozenset({"cause", "callout"})
"""Commands whose first argument is words, so that a number after them is the page of choices to begin at."""


def turned(op: Local, args: tuple[Plain, ...], mode: Mode, stamp_ms: float) -> Mode:
    """The mode after a local intent that opens, closes or turns something over."""
    closed = mode.closed()
    match op:
        case Local.PAD:
            return closed if mode.pad == args[0] else closed._replace(pad=int(str(args[0])))
        case Local.GROUP:
            return closed._replace(pad=mode.pad, group="" if mode.group == args[0] else str(args[0]))
        case Local.SPLIT:
            return mode._replace(ring_split=True)
        case Local.TARGET:
            return mode._replace(to=0 if mode.to == args[0] else int(str(args[0])))
        case Local.FACT:
            return closed._replace(fact="" if mode.fact == args[0] else str(args[0]))
        case Local.TAB:
            return closed._replace(tab=int(str(args[0])))
        case Local.HELP:
            return mode._replace(lit_until_ms=round(stamp_ms) + LIT_MS)
        case Local.BACK:
            return back(mode)
        case Local.TURN:
            return closed._replace(turn=mode.turn + 1, tray=0)
        case _:
            return flipped(op, mode)


def flipped(op: Local, mode: Mode) -> Mode:
    """The mode with what is either open or not turned over, and all else closed."""
    closed = mode.closed()
    flags = {
        Local.WHEEL: closed._replace(wheel=not mode.wheel, cursor=start(not mode.wheel)),
        Local.CAPTIONS: closed._replace(history=not mode.history),
        Local.MENU: closed._replace(menu=None if mode.menu else Sheet()),
        Local.PAPER: closed._replace(paper=not mode.paper),
        Local.LOOK: closed._replace(look=not mode.look),
    }
    return flags[op]


def opened(args: tuple[Plain, ...], mode: Mode) -> Mode:
    """The choices of a half-said command `(op, *args so far)`; those of PAGED may come with the page to begin at."""
    first = args[1] if args[0] in PAGED and len(args) == 2 else 0
    path, begin = (args[:1], first) if isinstance(first, int) and first else (args, 0)
    deeper = bool(mode.path) and path[: len(mode.path)] == mode.path
    return mode.closed()._replace(
        pad=mode.pad or (CAUSES_PAD if args[0] == "cause" else 0),
        group=mode.group,
        path=path,
        root=mode.root if deeper else len(path),
        page=begin,
        wheel=mode.wheel,
        cursor=start(mode.wheel),
    )


def start(wheel: bool) -> int:
    """Where the cursor is in choices that have just opened: nowhere in a wheel, since letting go sends."""
    return -1 if wheel else 0


def back(mode: Mode) -> Mode:
    """One step back: the last choice, then the group, then the pad or wheel, then whatever else is open."""
    closed = mode.closed()
    if len(mode.path) > mode.root:
        return mode._replace(path=mode.path[:-1], page=0, cursor=start(mode.wheel))
    if mode.path:
        return closed._replace(pad=mode.pad, group=mode.group, wheel=mode.wheel, cursor=start(mode.wheel))
    return closed._replace(pad=mode.pad) if mode.group else closed
