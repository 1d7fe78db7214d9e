"""What is drawn of the first minutes: the starter card of a station, and one hint beside a lit control."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.platform import PHONE_HEIGHT, Kind
from game.ui import icons, notices, shapes, text
from game.ui.drawers import picture
from game.ui.first.lessons import Lessons
from game.ui.keyboard import cap
from game.ui.keymap import useful
from game.ui.theme import ACC, INK, OK, OK_BG, TEXT, TEXT2, livery
from game.ui.widgets import badge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from game.platform import InputEvent, Platform
    from game.ui.client import Client
    from game.ui.desk import Desk
    from game.ui.input import Act
    from game.ui.screen import Control, Intent

KEPT: Final = "learned"
"""The setting that remembers the lessons, with commas between them."""
CARDS: Final[dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {
    "chest": ((("Space",), "push"), (("KeyS",), "switch"), (("KeyP",), "pulse")),
    "airway": ((("KeyF", "KeyJ"), "seal"), (("Space",), "squeeze"), (("KeyR",), "heard")),
    "meds": ((("KeyR",), "heard"), (("KeyC",), "charge"), (("KeyX",), "shock")),
    "lead": ((("Digit1",), "start"), (("Digit4",), "drugs"), (("KeyR",), "confirm")),
}
"""The three keys of each picture, and the words that say what they do."""
CARD_SIZE: Final = (276, 136)
CARD_LEFT: Final = {"chest": 664, "airway": 664, "meds": 26, "lead": 392}
CARD_TOP: Final = 66
"""Where the card lies: beside the open order, over no monitor and never in the middle."""
ROW_PX: Final = 32
HINT_SIZE: Final = (516, 40)
HINT_RIGHT: Final = 68
HINT_BOTTOM: Final = 90
"""How far the hint is from the canvas's edges: at the end of the line of captions, where it covers no control."""
STATIONS: Final = frozenset(CARDS)
HINTED: Final = STATIONS | {"ring"}
"""Screens on which hints are given."""


class FirstMinutes:
    """Card and hints of one device. Each picture is made once and kept until its words change."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._lessons = Lessons(filter(None, platform.setting(KEPT).split(",")))
        self.card: pygame.Rect | None = None
        """Where the starter card is, None where there is none."""
        self.said = ""
        """The lesson that is hinted at now."""
        self._picture = ""
        self._made: dict[str, tuple[Hashable, pygame.Surface]] = {}

    def takes(self, event: InputEvent) -> bool:
        """True for a press on the card, which puts it away."""
        pressed = event.kind is Kind.POINTER and event.down
        if not pressed or self.card is None or not self.card.collidepoint(event.x, event.y):
            return False
        self._put_away()
        return True

    def heed(self, client: Client, acts: Sequence[Act], now_ms: float) -> None:
        """Learns from the person's own acts, and remembers."""
        if not acts or not client.seen:
            return
        before = self._lessons.learned
        self._lessons.heed(acts, client.pack, client.clock.rate, now_ms)
        if self.card and self._lessons.learned != before:
            self._put_away()
        self._keep(before)

    def draw(
        self,
        surface: pygame.Surface,
        client: Client,
        name: str,
        controls: Callable[[], Sequence[Control]],
        now_ms: float,
    ) -> None:
        """Over the screen `name`, at a local stamp."""
        self.card, self.said = None, ""
        desk = client.desk
        small = surface.get_height() < PHONE_HEIGHT
        if desk is None or client.phase != "playing" or name not in HINTED or client.mode.menu or small:
            return
        self._picture = str(picture(client.stations, client.mode.turn))
        if client.mode.lit_until_ms > now_ms:
            self._put_away()  # help lists all keys
        if name in STATIONS and self._lessons.card_due(self._picture):
            self._draw_card(surface, client)
        wanted = self._wanted(client, desk)
        due = notices.control_of(wanted, controls()) if wanted else None
        self.said = self._lessons.hint(wanted if due else None, now_ms)
        if due and self.said:
            notices.draw_light(surface, due)
        if self.said or self._lessons.praised:
            self._draw_hint(surface, self.said)

    def _wanted(self, client: Client, desk: Desk) -> Intent | None:
        """The act that is due, if there is something to learn of it; breaths are due when hands are off the chest."""
        wanted = useful(client.stations, client.seat, desk)
        if wanted is None or not self._lessons.teaches(wanted.op):
            return None
        head = desk.view.airway
        return None if wanted.op == "squeeze" and not (head and head.window) else wanted

    def _draw_card(self, surface: pygame.Surface, client: Client) -> None:
        left = min(CARD_LEFT[self._picture], surface.get_width() - CARD_SIZE[0] - 16)
        self.card = pygame.Rect((left, CARD_TOP), CARD_SIZE)
        key = (self._picture, client.stations, client.settings)
        surface.blit(self._kept("card", key, lambda: _card(self._picture, client)), self.card.topleft)

    def _draw_hint(self, surface: pygame.Surface, op: str) -> None:
        wide, high = HINT_SIZE
        done = "" if op else self._lessons.praised
        spot = (surface.get_width() - HINT_RIGHT - wide, surface.get_height() - HINT_BOTTOM - high)
        surface.blit(self._kept("hint", (op, done, cap("Space")), lambda: _hint(op)), spot)

    def _kept(self, name: str, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        if name not in self._made or self._made[name][0] != key:
            self._made[name] = (key, make())
        return self._made[name][1]

    def _put_away(self) -> None:
        before = self._lessons.learned
        self._lessons.put_away(self._picture)
        self.card = None
        self._keep(before)

    def _keep(self, before: frozenset[str]) -> None:
        if self._lessons.learned != before:
            self._platform.keep(KEPT, ",".join(sorted(self._lessons.learned)))


def _card(name: str, client: Client) -> pygame.Surface:
    """Three keys and what they do."""
    made = pygame.Surface(CARD_SIZE, pygame.SRCALPHA)
    look = livery(client.stations)
    panel(made, made.get_rect(), fill=INK, border=look.colour, stroke=2, radius=14, opacity=0.97)
    badge.draw(made, look, (26, 22), 24)
    text.write(made, 46, 27, text.fit(say("first.card"), 15, 700, 214), 15, 700)
    for row, (keys, words) in enumerate(CARDS[name]):
        x, y = 14, 54 + row * ROW_PX
        for key in keys:
            x += keycap(made, x, y, cap(key)) + 4
        label = say(f"first.key.{words}")
        text.middle(made, x + 4, y, text.fit(label, 15, 600, CARD_SIZE[0] - x - 14), 15, 600, TEXT2)
    return made


def _hint(op: str) -> pygame.Surface:
    """One sentence; without an op, that it was done."""
    made = pygame.Surface(HINT_SIZE, pygame.SRCALPHA)
    fill, border = (INK, ACC) if op else (OK_BG, OK)
    made.blit(shapes.box(HINT_SIZE, 12, fill, border, 2, 0.98), (0, 0))
    icons.draw(made, "speak" if op else "check", (24, HINT_SIZE[1] // 2), 20, border)
    words = say(f"first.hint.{op}", **_caps()) if op else say("first.done")
    text.middle(made, 46, HINT_SIZE[1] / 2, text.fit(words, 16, 600, HINT_SIZE[0] - 60), 16, 600, TEXT)
    return made


def _caps() -> dict[str, str]:
    """The player's own keys by the names that the hints' words use."""
    return {
        "space": cap("Space"),
        "step": cap("KeyR"),
        "left": cap("KeyF"),
        "right": cap("KeyJ"),
        "start": cap("Digit1"),
        "shock": cap("KeyX"),
        "flush": cap("KeyL"),
    }
