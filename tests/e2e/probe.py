"""Runs in the page's own Python: what can be pressed now and where, what each press means, and what became of it.

The tests read this file and hand it to the page; there it finds the running game. Nothing in it presses anything.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import pygame

from game.rules.commands import EDGE_OPS, commands_of
from game.ui.app import App
from game.ui.client import Client
from game.ui.desk import refusal
from game.ui.input import _named
from game.ui.keymap import Binding, keymap, menu_layer, next_step, taken
from game.ui.screen import Control, Intent, Local

if TYPE_CHECKING:
    from game.rules.refusals import Refusal

SHARES: Final = (1 / 2, 1 / 4, 3 / 4, 1 / 8, 7 / 8, 1 / 16, 15 / 16)
"""Where in a control, as shares of its sides, a point is looked for that nothing else covers."""

app: App = next(each for each in gc.get_objects() if isinstance(each, App))
sent: list[tuple[Any, ...]] = []
refused: list[tuple[str, str]] = []


def remember() -> None:
    """From now on every command that goes out is kept, and every refusal that is said."""
    command, say_refused = Client.command, Client._say_refused

    def commanding(client: Client, op: str, *args: Any) -> None:
        sent.append((op, *args))
        command(client, op, *args)

    def refusing(client: Client, op: str, why: Refusal, now_ms: float) -> None:
        refused.append((op, why.name))
        say_refused(client, op, why, now_ms)

    vars_of: Any = Client
    vars_of.command, vars_of._say_refused = commanding, refusing


def look() -> str:
    """All of it as JSON."""
    client, stage = app.client, app._stagehand
    view = client.view if client.seen else None
    controls = stage.controls(client) if stage else ()
    card = app.first.card
    surface = pygame.display.get_surface()
    return json.dumps(
        {
            "frames": app.pace.frames,
            "seat": client.seat,
            "stations": int(client.stations),
            "screen": stage.name if stage else "",
            "size": surface.get_size() if surface else (1, 1),
            "now_ms": view.now_ms if view else -1,
            "task": view.task.op if view and view.task else "",
            "checking": bool(view and view.check.since_ms >= 0),
            "orders": [(order.op, order.state) for order in view.orders] if view else [],
            "ready": {row.op: refusal(row.op, client.stations, view).name for row in commands_of(client.stations)}
            if view
            else {},
            "waits": len(client._unanswered),
            "down": [EDGE_OPS[key] for key in client._strokes.down_ms],
            "mode": repr(client.mode._replace(hold="", hold_pct=0, lit_until_ms=0)),
            "settings": {"press": client.settings.press},
            "up": list(_up(client)),
            "pulled": client.mode.pulled,
            "sent": sent,
            "refused": refused,
            "ways": [*_keys(client, controls), *_places(client, controls)],
            "card": (card.centerx, card.centery) if card else (),
        }
    )


def _up(client: Client) -> Iterator[tuple[Any, ...]]:
    """What is open or picked already, as the local intents that would make it so."""
    mode = client.mode
    state = {
        Local.PAD: mode.pad,
        Local.GROUP: mode.group,
        Local.TARGET: mode.to,
        Local.PICK: mode.picked,
        Local.SHEET: mode.menu.name if mode.menu else "",
    }
    yield from ((op, value) for op, value in state.items() if value)
    flags = {Local.WHEEL: mode.wheel, Local.MENU: mode.menu, Local.SPLIT: mode.ring_split, Local.PAPER: mode.paper}
    yield from ((op,) for op, value in flags.items() if value)


def _keys(client: Client, controls: Sequence[Control]) -> Iterator[dict[str, Any]]:
    """Every key that means something now."""
    desk, menu = client.desk, client.input.menu
    bindings: dict[str, Binding] = {}
    for control in controls:
        if control.key and control.enabled:
            bindings[control.key] = Binding(control.key, control.intent, control.feel)
    if desk is not None:
        bindings |= keymap(client.stations, client.seat, desk, client.mode, len(client.tiles))
    if menu:
        bindings |= {binding.key: binding for binding in menu_layer()}
    for key, binding in bindings.items():
        yield _way(client, binding.intent, str(binding.feel), binding.held) | {"key": key, "works": True}


def _places(client: Client, controls: Sequence[Control]) -> Iterator[dict[str, Any]]:
    """Every control with a point of it that nothing covers, the topmost last."""
    for control in controls:
        point = _free_point(control, controls)
        if point is None:
            continue
        held = client.input._held_twin(control.intent)
        way = _way(client, control.intent, str(control.feel), held)
        yield way | {"at": point, "works": control.enabled, "stops": control.stops}


def _free_point(control: Control, controls: Sequence[Control]) -> tuple[int, int] | None:
    rect, card = control.rect, app.first.card
    for down in SHARES:
        for along in SHARES:
            point = (round(rect.x + rect.w * along), round(rect.y + rect.h * down))
            top = next((each for each in reversed(controls) if each.rect.collidepoint(point)), None)
            if top is control and not (card and card.collidepoint(point)):
                return point
    return None


def _way(client: Client, intent: Intent, feel: str, held: Intent | None) -> dict[str, Any]:
    means = _meant(client, intent)
    return {
        "does": (intent.op, *intent.args),
        "means": (means.op, *means.args),
        "feel": feel,
        "held": (held.op, *held.args) if held else (),
    }


def _meant(client: Client, intent: Intent) -> Intent:
    """What a press comes to: behind a choice, the cursor and the next step there is another intent."""
    desk, menu = client.desk, client.input.menu
    if intent.op == Local.SET:
        name, place = intent.args
        row = next(row for row in menu.rows if row.name == name) if menu else None
        return Intent(Local.SET, (name, row.options[int(str(place))].value)) if row else intent
    if menu and intent.op in (Local.NUDGE, Local.TAKE):
        rows = menu.rows if menu.sheet.name != "keys" and not menu.sheet.asked else ()
        row = rows[menu.sheet.row] if rows else None
        if row and row.act and intent.op == Local.TAKE:
            return row.act
        place = row.chosen + int(str(intent.args[0])) if row and intent.args else -1
        known = row is not None and 0 <= place < len(row.options)
        return Intent(Local.SET, (row.name, row.options[place].value)) if row and known else intent
    if intent.op == Local.CHOOSE:
        return _named(client.tiles[int(str(intent.args[0]))].intent, client.mode)
    if intent.op == Local.STEP and desk is not None:
        step = next_step(client.stations, desk.view)
        return step.intent if step else intent
    if intent.op == Local.TAKE and desk is not None:
        return _under_the_cursor(client) or intent
    return intent


def _under_the_cursor(client: Client) -> Intent | None:
    hands, desk = client.input, client.desk
    if drawn := hands._to_draw():
        return drawn
    if client.tiles:
        return client.tiles[client.mode.cursor].intent if client.mode.cursor >= 0 else None
    entries = hands.tray()
    return taken(entries[client.mode.tray % len(entries)], desk.view) if desk and entries else None


remember()
