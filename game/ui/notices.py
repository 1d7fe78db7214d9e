"""What comes over a station for a moment: the light of the help key, and the keys of a new station."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import commands_of
from game.stations import Station
from game.ui import shapes, text
from game.ui.desk import Desk
from game.ui.keyboard import cap
from game.ui.keymap import same_act, station_layer, useful_acts
from game.ui.screen import Intent, Local
from game.ui.theme import ACC, COMP, INK, TEXT2, TEXT3, livery
from game.ui.widgets import badge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import assist_tag, panel
from game.ui.words import knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.ui.client import Client
    from game.ui.screen import Control


KEYS: Final = pygame.Rect(332, 200, 616, 78)
"""The panel of keys without its rows."""
COLUMNS: Final = 3
ROW_PX: Final = 36
FOOT_PX: Final = 30
"""Room for the line that says what the tag of an assist means."""
KEYS_SHOWN: Final = 18
EVERY_SEAT: Final = frozenset({"stop", Local.WHEEL, Local.CAPTIONS, Local.MENU})


def draw(surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float) -> None:
    """Draws whatever is up at a local stamp."""
    if not client.seen:
        return
    desk = Desk(client.level, client.pack, client.view)
    asked = client.mode.lit_until_ms > now_ms
    if now_ms < client.new_keys_until_ms:
        _draw_keys(surface, client, desk, say("notice.now_you", role=role_word(client.stations)))
    elif asked:
        _draw_keys(surface, client, desk, say("help.title", role=role_word(client.stations)))
    if asked and (due := control_due(client, desk, controls())):
        draw_light(surface, due)


def control_due(client: Client, desk: Desk, controls: Sequence[Control]) -> Control | None:
    """The control of the most useful act that the screen has one for: the wheel at least."""
    acts = useful_acts(client.stations, client.seat, desk)
    return next((due for act in acts if (due := control_of(act, controls))), None)


def control_of(act: Intent, controls: Sequence[Control]) -> Control | None:
    """The topmost live control of an act, None where the screen has none.

    Where several make different things of it, it is all of them together: ? never answers for a person.
    """
    wanted = Intent(Local.STEP) if act.op in ("hear", "read_back") else act
    found = [each for each in reversed(controls) if each.enabled and same_act(each.intent, wanted)]
    exact = next((each for each in found if each.intent == wanted), None)
    if exact or len({each.intent for each in found}) < 2:
        return exact or (found[0] if found else None)
    first, *others = found
    return first._replace(rect=first.rect.unionall([each.rect for each in others]))


def draw_light(surface: pygame.Surface, due: Control) -> None:
    """A frame around the control that is useful now."""
    rect = due.rect.inflate(8, 8).clip(surface.get_rect())
    surface.blit(shapes.box(rect.size, 14, "", ACC, 3), rect.topleft)


def key_lines(client: Client, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The keys of the seat and what they do, those of every seat last; what the dock's own buttons say is left out."""
    step = "help.step_lead" if client.stations & Station.LEAD else "help.step"
    caps = {say(step): [cap("KeyR")]}
    layer = station_layer(client.stations, client.seat, desk)
    for binding in sorted(layer, key=lambda binding: binding.intent.op in EVERY_SEAT):
        words = _meaning(binding.intent, client.stations)
        if words and binding.key != "KeyR":
            caps.setdefault(words, []).append(cap(binding.key))
    return tuple((" ".join(keys), words) for words, keys in caps.items())


def _meaning(intent: Intent, stations: Station) -> str:
    """What a key does, "" where nothing need be said of it."""
    op = str(intent.args[0] if intent.op == Local.OPEN else intent.op)
    if op == Local.PAPER and stations & Station.LEAD:
        return say("book.title")
    if op == Local.PAD:
        return say(f"pad_title.{intent.args[0]}")
    own = {row.op: row for row in commands_of(stations)}
    if knows(f"help.{op}"):
        return say(f"help.{op}") if op in own or op in set(Local) else ""
    return say(f"command.{op}.label") if op in own and own[op].key else ""


def _draw_keys(surface: pygame.Surface, client: Client, desk: Desk, title: str) -> None:
    look = livery(client.stations)
    lines = key_lines(client, desk)[:KEYS_SHOWN]
    rect = pygame.Rect(KEYS.x, KEYS.y, KEYS.w, KEYS.h + -(-len(lines) // COLUMNS) * ROW_PX + FOOT_PX)
    panel(surface, rect, fill=INK, border=look.colour, stroke=2, radius=14, opacity=0.97)
    badge.draw(surface, look, (rect.x + 34, rect.y + 34), 36)
    text.write(surface, rect.x + 64, rect.y + 41, title, 20, 700)
    for place, (keys, words) in enumerate(lines):
        x, y = rect.x + 24 + place % COLUMNS * 196, rect.y + 84 + place // COLUMNS * ROW_PX
        wide = keycap(surface, x, y, keys)
        label = text.fit(words, 15, 600, 180 - wide)
        text.middle(surface, x + wide + 8, y, label, 15, 600, COMP if keys == cap("Space") else TEXT2)
    tag = pygame.Rect(rect.x + 24, rect.bottom - 38, 76, 26)
    assist_tag(surface, tag, say("frame.assist"))
    room = rect.right - tag.right - 26
    text.middle(surface, tag.right + 10, tag.centery, text.fit(say("help.assist"), 14, 500, room), 14, 500, TEXT3)
