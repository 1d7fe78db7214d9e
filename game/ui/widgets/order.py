"""Order cards: what the Leader asked, who asked, and the next step of the loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.text import Align
from game.ui.theme import ACC, ACC_DEEP, DANGER, INK, LINE, OK, S2, TEXT, TEXT2, WARN, WARN_TEXT, Colours, Livery, State
from game.ui.widgets import badge, gauge
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    import pygame


CAP_STEP = Colours(ACC_DEEP, ACC, ACC)


class Asked(NamedTuple):
    """An order as the ordered seat reads it."""

    livery: Livery
    speaker: str
    age: str
    order: str
    detail: str
    step: str
    """The next step on R ("Heard", "Read back"), "" when there is none."""
    left: float
    """Share of the answering time that is left, below 0 for no bar."""
    border: str


def order_card(surface: pygame.Surface, rect: pygame.Rect, asked: Asked) -> None:
    """The card on the ordered seat."""
    panel(surface, rect, opacity=0.97, border=asked.border, stroke=1.5)
    badge.draw(surface, asked.livery, (rect.x + 24, rect.y + 24), 24)
    text.write(surface, rect.x + 44, rect.y + 29, asked.speaker, 15, 700, asked.livery.colour)
    text.number(surface, rect.right - 14, rect.y + 29, asked.age, 15, 400, TEXT2, align=Align.END)
    order = text.fit(asked.order, 20, 700, rect.w - 28)
    text.write(surface, rect.x + 14, rect.y + 56, order, 20, 700)
    if asked.detail:
        detail = text.fit(asked.detail, 15, 500, rect.w - 28)
        text.write(surface, rect.x + 14, rect.y + 76, detail, 15, 500, TEXT2)
    if asked.step:
        keycap(surface, rect.x + 14, rect.bottom - 20, cap("KeyR"), CAP_STEP)
        text.middle(surface, rect.x + 46, rect.bottom - 20, asked.step, 15, 700, ACC)


def order_time(surface: pygame.Surface, rect: pygame.Rect, left: float) -> None:
    """The 8 s bar of a card, drawn over it each frame."""
    gauge.bar(surface, _bar_rect(rect), left, ACC, INK, opacity=0.7)


def _bar_rect(rect: pygame.Rect) -> pygame.Rect:
    return rect.__class__(rect.right - 110, rect.bottom - 25, 96, 10)


class Sent(NamedTuple):
    """An order as the Leader's board lists it."""

    livery: Livery
    order: str
    state: str
    """The line under it: who does what with it now."""
    mark: str
    """sent, heard, read_back, confirmed, corrected, done, lapsed"""


MARKS = {
    "sent": ("clock", TEXT2),
    "heard": ("ear", TEXT2),
    "confirmed": ("check", ACC),
    "corrected": ("x", WARN),
    "done": ("check", OK),
    "lapsed": ("clock", DANGER),
}
"""Icon and colour of each state of a loop, beside its word."""


def order_row(surface: pygame.Surface, rect: pygame.Rect, sent: Sent, confirm: str, correct: str) -> None:
    """A row of the board; a read-back asks for Confirm or Correct on two large buttons."""
    asks = sent.mark == "read_back"
    border = {"read_back": WARN, "lapsed": DANGER}.get(sent.mark, LINE)
    surface.blit(shapes.box(rect.size, 9, S2, border, 2 if asks else 1), rect.topleft)
    badge.draw(surface, sent.livery, (rect.x + 22, rect.y + 23), 26)
    text.write(surface, rect.x + 44, rect.y + 20, text.fit(sent.order, 16, 600, rect.w - 84), 16, 600)
    state = text.fit(sent.state, 14, 500, rect.w - 84)
    text.write(surface, rect.x + 44, rect.y + 38, state, 14, 500, WARN_TEXT if asks else TEXT2)
    if asks:
        left, right = answer_rects(rect)
        button(surface, left, Label(confirm, key=cap("KeyR")), State.PRIMARY)
        button(surface, right, Label(correct, key=say("unit.hold_key", cap=cap("KeyR"))), State.WARN)
        return
    name, colour = MARKS.get(sent.mark, ("clock", TEXT))
    icons.draw(surface, name, (rect.right - 22, rect.y + 23), 20, colour, 2.2)


def answer_rects(rect: pygame.Rect) -> tuple[pygame.Rect, pygame.Rect]:
    """Where Confirm and Correct lie in a row that asks."""
    make = rect.__class__
    return make(rect.x + 10, rect.y + 48, 150, 44), make(rect.x + 168, rect.y + 48, 164, 44)
