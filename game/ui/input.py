"""Keys, pointers and fingers become intents: one way for all devices, with taps, holds and rhythmic strokes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from game.log import Plain
from game.platform import InputEvent, Kind
from game.rules.commands import EDGE_OPS, Choice, Feel, arguments
from game.rules.refusals import Refusal
from game.stations import Station
from game.ui import hand, modes
from game.ui.desk import Desk, refusal
from game.ui.drawers import DRAWERS, drawer_tiles, sleeps, tray_of
from game.ui.keyboard import HELP_KEY, is_sign, meaning, place
from game.ui.keymap import DIGITS, DOCK_ORDERS, Binding, keymap, menu_layer, next_step, taken
from game.ui.menu import MENU_OPS, Menu, Turn
from game.ui.pads import group_tiles, pad_tiles
from game.ui.screen import Control, Intent, Local, Mode
from game.ui.settings import Settings
from game.ui.tiles import Tile, open_choices, page, trail, wheel_tiles
from game.ui.traylist import TRAY, tray_tiles
from game.ui.words import say

HOLD_MS: Final = 400
"""How long a held control is held, on every device."""
LIT_ON_MS: Final = 100
"""How far ahead of a frame the light of a held ? reaches: to the next frame, also a slow one."""
DOCK_REST_MS: Final = 800
"""How long the dock's digits order nothing after choices closed: pads share its digits, and one too many is no order
to stop compressions. Another digit than the last opens its pad at once: a pad orders nothing by itself."""
TAP_MS: Final = 250
"""Tab let go sooner than this leaves the wheel open."""
TWICE_MS: Final = 350
"""A pad's own digit pressed again sooner than this closes it; later it takes the tile that lies on it."""
SHIFTS: Final = frozenset({"ShiftLeft", "ShiftRight"})

EDGE_KEYS: Final = {op: key for key, op in EDGE_OPS.items()}


class Stroke(NamedTuple):
    """An edge of a rhythmic or held key (one of EDGE_OPS) at a local stamp."""

    key: int
    down: bool
    stamp_ms: float


class Notice(NamedTuple):
    """A control was pressed that does not work now, and why."""

    op: str
    refusal: Refusal


Act = Intent | Stroke | Notice
"""What input asks of the client: a command, an edge, or words about why not."""


class Seat(Protocol):
    """What input must know of the client's present; the settings are the menu's to change."""

    settings: Settings

    @property
    def seat(self) -> int: ...
    @property
    def stations(self) -> Station: ...
    @property
    def desk(self) -> Desk | None:
        """Level, pack and view; None while nothing is played."""


@dataclass(slots=True)
class Press:
    """A key or finger that is down: what it will mean when held long enough or let go."""

    since_ms: float
    tap: Intent | None
    held: Intent | None
    stroke: int | None
    control: Control | None = None
    fired: bool = False
    helps: bool = False
    """True for ?, whose light lasts while it is held."""


@dataclass(slots=True)
class Input:
    """The state of the hands on this device, and what is open over the station."""

    seat: Seat
    mode: Mode = field(default_factory=Mode)
    _presses: dict[str, Press] = field(default_factory=dict)
    _shifted: set[str] = field(default_factory=set)
    _dock_rests_until_ms: float = -math.inf
    _closed_by: str = ""
    _pad_opened_ms: float = -math.inf
    _grabbed: tuple[float, int] = (0.0, 0)
    """Where a finger came down, and how far the plunger was pulled then."""

    def feed(self, event: InputEvent, controls: Sequence[Control]) -> list[Act]:
        """What one event means. `controls` are those on screen, the topmost last."""
        if event.kind is Kind.ACT:
            return [Intent(event.code)] if event.down else []
        choosing = self.mode.choosing
        acts = (self._key if event.kind is Kind.KEY else self._pointer)(event, controls)
        if choosing and not self.mode.choosing:
            self._dock_rests_until_ms = event.stamp_ms + DOCK_REST_MS
            self._closed_by = event.code
        return acts

    def frame(self, now_ms: float) -> list[Act]:
        """What has been held long enough by `now_ms`, a local stamp. Call once a frame."""
        acts: list[Act] = []
        self._count_hold(now_ms)
        for press in self._presses.values():
            if press.helps:
                lit_until_ms = max(self.mode.lit_until_ms, round(now_ms) + LIT_ON_MS)
                self.mode = self.mode._replace(lit_until_ms=lit_until_ms)
            if press.held is not None and not press.fired and now_ms - press.since_ms >= HOLD_MS:
                press.fired = True
                acts += self.mean(press.held, now_ms)
        return acts

    def _count_hold(self, now_ms: float) -> None:
        """Keeps in the mode which control is held and how much of its time is over, in steps of ten percent."""
        waits = next((press for press in self._presses.values() if press.held is not None and not press.fired), None)
        op = waits.held.op if waits is not None and waits.held is not None else ""
        pct = min(100, int((now_ms - waits.since_ms) / HOLD_MS * 10) * 10) if waits is not None else 0
        if (op, pct) != (self.mode.hold, self.mode.hold_pct):
            self.mode = self.mode._replace(hold=op, hold_pct=pct)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The choices that are open now, as they lie on the digits."""
        mode = self.mode
        tiles = self._all_tiles()
        return (
            tiles
            if mode.wheel and not mode.path
            else page(tiles, mode.page, wide=bool(mode.pad) or mode.group in (*DRAWERS, TRAY))
        )

    @property
    def trail(self) -> tuple[str, ...]:
        """What of the open choice was said so far, in words."""
        desk = self.seat.desk
        if desk is None or self.mode.path or not self.mode.group:
            return trail(self.mode.path, desk) if desk else ()
        return (say(f"group.{self.mode.group}"),)

    @property
    def menu(self) -> Menu | None:
        """The open menu."""
        if self.mode.menu is None:
            return None
        return Menu(self.mode.menu, self.seat.settings, self.seat.stations, self.seat.desk is not None)

    def _turn(self, turn: Turn, stamp_ms: float) -> list[Act]:
        """What the menu made of a press: settings act at once."""
        self.mode = self.mode._replace(menu=turn.sheet)
        self.seat.settings = turn.settings
        return self.mean(turn.act, stamp_ms) if turn.act else []

    def close(self) -> None:
        """Back to the station."""
        self.mode = Mode()

    def _all_tiles(self) -> tuple[Tile, ...]:
        desk, mode = self.seat.desk, self.mode
        if desk is None:
            return ()
        if mode.path:
            return open_choices(mode.path, desk)
        if mode.group == TRAY:
            return tray_tiles(desk, self.seat.stations, mode.turn)
        if mode.group in DRAWERS:
            return () if sleeps(mode, desk.view) else drawer_tiles(mode.group, desk, self.seat.stations)
        if mode.group:
            return group_tiles(mode.group, desk)
        if mode.pad:
            return pad_tiles(mode.pad, desk)
        return wheel_tiles() if mode.wheel else ()

    def _key(self, event: InputEvent, controls: Sequence[Control]) -> list[Act]:
        if event.code in SHIFTS:
            (self._shifted.add if event.down else self._shifted.discard)(event.code)
            return []
        name = HELP_KEY if event.code == "Slash" and self._shifted else event.code
        if not event.down:
            return self._release(event.code, event.stamp_ms, inside=True)
        if self.menu and self.menu.sheet.grab and not self.menu.sheet.clash:
            return self._turn(self.menu.pressed(name), event.stamp_ms)
        binding = self._binding(name, controls)
        if binding is None or event.code in self._presses or self._rests(binding, event.stamp_ms):
            return []
        return self._press(event.code, binding, event.stamp_ms)

    def _is_twice(self, key: str, stamp_ms: float) -> bool:
        """True for the digit that has just opened the pad, pressed again."""
        mode = self.mode
        opened = mode.pad and not (mode.path or mode.group) and key == f"Digit{mode.pad}"
        return bool(opened) and stamp_ms - self._pad_opened_ms < TWICE_MS

    def _rests(self, binding: Binding, stamp_ms: float) -> bool:
        """True for a digit that would order from the dock although it was meant for choices that have just closed."""
        another_pad = binding.intent.op == Local.PAD and binding.key != self._closed_by
        orders = binding.key in DIGITS and binding.intent.op in DOCK_ORDERS and not another_pad
        return orders and not self.mode.choosing and stamp_ms < self._dock_rests_until_ms

    def _binding(self, physical: str, controls: Sequence[Control]) -> Binding | None:
        """What a physical key means now, wherever the player has put the keys of the design."""
        desk, settings = self.seat.desk, self.seat.settings
        if self.mode.menu and (settings.letter_keys or not is_sign(physical)):
            own = next((binding for binding in menu_layer() if binding.key == physical), None)
            if own:
                return own
        key = meaning(physical, settings)
        if desk is None and key == "Escape":
            return Binding(key, Intent(Local.MENU))
        if desk is not None:
            keys = keymap(self.seat.stations, self.seat.seat, desk, self.mode, len(self.tiles))
            if key in keys:
                return keys[key]
        control = next((control for control in reversed(controls) if control.key == key and control.enabled), None)
        return Binding(key, control.intent, control.feel) if control else None

    def _press(self, name: str, binding: Binding, stamp_ms: float, control: Control | None = None) -> list[Act]:
        intent, feel = binding.intent, binding.feel
        press = Press(stamp_ms, None, binding.held, None, control, helps=intent.op == Local.HELP)
        self._presses[name] = press
        if self._is_twice(binding.key, stamp_ms):
            self.mode = self.mode.closed()
            return []
        if feel is Feel.EDGES:
            press.stroke = EDGE_KEYS[intent.op]
            return [Stroke(press.stroke, down=True, stamp_ms=stamp_ms)]
        if feel is Feel.HOLD:
            press.held = intent
            return []
        if binding.held is not None:
            press.tap = intent
            return []
        return self.mean(intent, stamp_ms)

    def _release(self, name: str, stamp_ms: float, *, inside: bool) -> list[Act]:
        press = self._presses.pop(name, None)
        if self.mode.wheel and meaning(name, self.seat.settings) == "Tab":
            tapped = press is not None and stamp_ms - press.since_ms < TAP_MS and self.mode.cursor < 0
            return [] if tapped else self._send_wheel(stamp_ms)
        if press is None:
            return []
        if press.stroke is not None:
            return [Stroke(press.stroke, down=False, stamp_ms=stamp_ms)]
        return self.mean(press.tap, stamp_ms) if press.tap and inside and not press.fired else []

    def _pointer(self, event: InputEvent, controls: Sequence[Control]) -> list[Act]:
        name = f"pointer {event.pointer}"
        place = (event.x, event.y)
        if event.kind is Kind.MOVE:
            press = self._presses.get(name)
            if press and press.control and press.control.stops:
                self._pull(press.control, event.x)
                return []
            # A held control that the finger slides off is cancelled; a stroke ends only when the finger lifts.
            if press and press.control and press.stroke is None and not press.control.rect.collidepoint(place):
                del self._presses[name]
            return []
        if not event.down:
            return self._release(name, event.stamp_ms, inside=True)
        control = next((control for control in reversed(controls) if control.rect.collidepoint(place)), None)
        if control is None or name in self._presses:
            return []
        if not control.enabled:
            return self._why_not(control.intent)
        self._grabbed = (event.x, self.mode.pulled)
        held = self._held_twin(control.intent)
        return self._press(name, Binding("", control.intent, control.feel, held), event.stamp_ms, control)

    def _pull(self, control: Control, x: float) -> None:
        """The plunger goes as far as the finger that took it, to the stop nearest to there."""
        from_x, pulled = self._grabbed
        wanted = control.stops[min(pulled, len(control.stops) - 1)] + x - from_x
        nearest = min(range(len(control.stops)), key=lambda stop: abs(control.stops[stop] - wanted))
        if (desk := self.seat.desk) is not None:
            self.mode = hand.plunge(self.mode, nearest - self.mode.pulled, desk)

    def _held_twin(self, intent: Intent) -> Intent | None:
        """A next-step button is held to correct, as its key is."""
        desk = self.seat.desk
        if desk is None or intent.op not in (Local.STEP, "confirm"):
            return None
        answer = next_step(self.seat.stations, desk.view)
        return answer.held if answer else None

    def _why_not(self, intent: Intent) -> list[Act]:
        op = str(intent.args[0]) if intent.op == Local.OPEN else intent.op
        reason = self._reason(op)
        return [Notice(op, reason)] if reason else []

    def _reason(self, op: str) -> Refusal:
        desk = self.seat.desk
        return refusal(op, self.seat.stations, desk.view) if desk else Refusal.DONE

    def mean(self, intent: Intent, stamp_ms: float) -> list[Act]:
        """A command goes out; what is local changes the mode, and may end in a command."""
        if intent.op in EDGE_KEYS:
            return []
        if intent.op not in _LOCAL:
            if intent.op == "draw" and (reason := self._reason("draw")):
                return [Notice("draw", reason)]
            named = _named(intent, self.mode)
            # A drawer stays open until it is closed: its digits never turn into reports by themselves.
            group = self.mode.group if self.mode.group in DRAWERS else ""
            pulled = 0 if intent.op == "draw" else self.mode.pulled
            self.mode = self.mode.closed()._replace(history=self.mode.history, group=group, pulled=pulled)
            return [named]
        return self._local(Local(intent.op), intent.args, stamp_ms)

    def _local(self, op: Local, args: tuple[Plain, ...], stamp_ms: float) -> list[Act]:
        mode = self.mode
        if self.menu and op in MENU_OPS:
            return self._turn(self.menu.turn(op, args), stamp_ms)
        if op is Local.OPEN:
            return self._open(args, stamp_ms)
        if op is Local.CHOOSE:
            return self._choose(int(str(args[0])), stamp_ms)
        if op is Local.TAKE:
            return self._take(stamp_ms)
        if op is Local.STEP:
            desk = self.seat.desk
            answer = next_step(self.seat.stations, desk.view) if desk else None
            return self.mean(answer.intent, stamp_ms) if answer else []
        if op is Local.MOVE:
            self.mode = self._moved(int(str(args[0])))
        elif op is Local.PAGE:
            self.mode = mode._replace(page=mode.page + 1, cursor=modes.start(mode.wheel))
        elif op in (Local.PICK, Local.PLUNGER):
            self.mode = self._handled(op, args[0])
        else:
            self._pad_opened_ms = stamp_ms if op is Local.PAD else self._pad_opened_ms
            self.mode = modes.turned(op, args, mode, stamp_ms)
        return []

    def _handled(self, op: Local, what: Plain) -> Mode:
        """The mode with another container in the hand, or its plunger moved."""
        desk = self.seat.desk
        if desk is None:
            return self.mode
        if op is Local.PICK:
            return hand.pick(self.mode, str(what), desk)
        return hand.plunge(self.mode, int(str(what)), desk)

    def _open(self, args: tuple[Plain, ...], stamp_ms: float) -> list[Act]:
        """Opens the choices of a half-said command. A place with but one choice is no choice: it is taken."""
        op = str(args[0])
        if reason := self._reason(op):
            return [Notice(op, reason)]
        before = self.mode
        self.mode = modes.opened(args, before)
        path = self.mode.path
        tiles = self._all_tiles()
        if not tiles:
            self.mode = before
            return [Notice(op, Refusal.NO_LINE if _asks_place(path) else Refusal.NOT_SENSED)]
        if len(tiles) == 1 and _asks_place(path) and len(path) > 1:
            return self.mean(tiles[0].intent, stamp_ms)
        return []

    def _choose(self, place: int, stamp_ms: float) -> list[Act]:
        tiles = self.tiles
        if not 0 <= place < len(tiles):
            return []
        intent = tiles[place].intent
        if self.mode.wheel and self._holds("Tab") and intent.op not in (Local.OPEN, Local.PAGE):
            self.mode = self.mode._replace(cursor=place)
            return []
        if intent.op == Local.PICK:
            self.mode = self.mode._replace(cursor=place)
        return self.mean(intent, stamp_ms)

    def _holds(self, key: str) -> bool:
        """True while a key of the design is down."""
        return place(key, self.seat.settings.keys) in self._presses

    def _send_wheel(self, stamp_ms: float) -> list[Act]:
        """Tab was held and let go: what was chosen is sent; nothing chosen, nothing sent."""
        chosen, tiles = self.mode.cursor, self.tiles
        self.mode = self.mode.closed()
        return self.mean(tiles[chosen].intent, stamp_ms) if 0 <= chosen < len(tiles) else []

    def _to_draw(self) -> Intent | None:
        """What Enter draws up: the amount that is set, unless the cursor is on another container."""
        tiles, mode, desk = self.tiles, self.mode, self.seat.desk
        under = tiles[mode.cursor].intent if 0 <= mode.cursor < len(tiles) else None
        elsewhere = under is not None and under != Intent(Local.PICK, (mode.picked,))
        return None if desk is None or elsewhere else hand.to_draw(mode, desk.pack)

    def _take(self, stamp_ms: float) -> list[Act]:
        if drawn := self._to_draw():
            return self.mean(drawn, stamp_ms)
        if self.tiles:
            return self._choose(self.mode.cursor, stamp_ms)
        entries, desk = self.tray(), self.seat.desk
        if desk is None or not entries:
            return []
        return self.mean(taken(entries[self.mode.tray % len(entries)], desk.view), stamp_ms)

    def tray(self) -> tuple[str, ...]:
        """What the action tray shows, where the keyboard's cursor walks: commands and drawers."""
        desk = self.seat.desk
        return tray_of(self.seat.stations, self.mode.turn, desk.view) if desk else ()

    def _moved(self, way: int) -> Mode:
        """The mode with the cursor of the open choices, or of the tray, moved on; it goes round."""
        mode = self.mode
        if tiles := self.tiles:
            return mode._replace(cursor=(mode.cursor + way) % len(tiles) if mode.cursor >= 0 else 0)
        count = len(self.tray())
        return mode._replace(tray=(mode.tray + way) % count) if count else mode


_LOCAL: Final = frozenset(Local)


def _named(intent: Intent, mode: Mode) -> Intent:
    """A call-out of the wheel goes to whom the wheel names: to the first station that seat holds."""
    if intent.op != "callout" or not (mode.wheel and mode.to):
        return intent
    return Intent("call_to", (*intent.args, mode.to & -mode.to))


def _asks_place(path: tuple[Plain, ...]) -> bool:
    """True if the next argument of a half-said command is where something goes in."""
    kinds = arguments(str(path[0]), path[1:])
    return len(path) <= len(kinds) and kinds[len(path) - 1] in (Choice.SITE, Choice.WAY)
