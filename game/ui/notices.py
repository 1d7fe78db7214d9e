"""What comes over a station for a moment: the light of the help key, and the keys of a new station."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import commands_of
from game.ui import shapes, text
from game.ui.keymap import cap, same_act, useful
from game.ui.screen import Intent, Local
from game.ui.theme import ACC, COMP, INK, TEXT2, livery
from game.ui.tiles import Desk
from game.ui.widgets import badge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import role_word, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from game.ui.client import Client
    from game.ui.screen import Control


KEYS: Final = pygame.Rect(332, 200, 616, 248)
KEYS_SHOWN: Final = 12


def draw(surface: pygame.Surface, client: Client, controls: Callable[[], Sequence[Control]], now_ms: float) -> None:
    """Draws whatever is up at a local stamp."""
    if client.seen and now_ms < client.new_keys_until_ms:
        _draw_keys(surface, client)
    if client.seen and client.mode.lit_until_ms > now_ms:
        _draw_light(surface, client, controls())


def _draw_light(surface: pygame.Surface, client: Client, controls: Sequence[Control]) -> None:
    desk = Desk(client.level, client.pack, client.view)
    wanted = useful(client.stations, client.seat, desk)
    if wanted and wanted.op in ("hear", "read_back"):
        wanted = Intent(Local.STEP)
    topmost = next((control for control in reversed(controls) if same_act(control.intent, wanted)), None)
    if topmost:
        rect = topmost.rect.inflate(8, 8).clip(surface.get_rect())
        surface.blit(shapes.box(rect.size, 14, "", ACC, 3), rect.topleft)


def _draw_keys(surface: pygame.Surface, client: Client) -> None:
    look = livery(client.stations)
    panel(surface, KEYS, fill=INK, border=look.colour, stroke=2, radius=14, opacity=0.97)
    badge.draw(surface, look, (KEYS.x + 34, KEYS.y + 34), 36)
    text.write(surface, KEYS.x + 64, KEYS.y + 41, say("notice.now_you", role=role_word(client.stations)), 20, 700)
    rows = [row for row in commands_of(client.stations) if row.key and row.op not in ("hear", "read_back", "correct")]
    for place, row in enumerate(rows[:KEYS_SHOWN]):
        x, y = KEYS.x + 24 + place % 3 * 196, KEYS.y + 88 + place // 3 * 42
        wide = keycap(surface, x, y, cap(row.key))
        label = text.fit(say(f"command.{row.op}.label"), 15, 600, 180 - wide)
        text.middle(surface, x + wide + 8, y, label, 15, 600, COMP if row.op == "push" else TEXT2)
