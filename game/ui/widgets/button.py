"""Buttons, their key caps, and the one STOP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from game.ui import icons, shapes, text
from game.ui.keyboard import cap
from game.ui.text import Align, Family
from game.ui.theme import (
    ACC,
    ACC_DEEP,
    DANGER,
    DANGER_BG,
    DANGER_DEEP,
    DANGER_PALE,
    DANGER_TEXT,
    DISABLED,
    INK,
    LINE2,
    STATE_COLOURS,
    TEXT2,
    Colours,
    State,
)

if TYPE_CHECKING:
    import pygame

    from game.ui.screen import Intent


CAP: Final = Colours(INK, LINE2, TEXT2)
CAP_PRIMARY: Final = Colours(ACC_DEEP, ACC_DEEP, ACC)
CAP_DANGER: Final = Colours(DANGER_DEEP, "#7A2028", DANGER_PALE)
CAP_ARMED: Final = Colours(DANGER_DEEP, DANGER_DEEP, DANGER_PALE)
_CAPS: Final = {State.PRIMARY: CAP_PRIMARY, State.ARMED: CAP_ARMED}


def keycap_width(label: str) -> int:
    """Pixels a cap takes: at least a square."""
    return max(24, round(text.width(label, 13, 700, Family.MONO)) + 12)


def keycap(surface: pygame.Surface, x: float, centre_y: float, label: str, colours: Colours = CAP) -> int:
    """A key cap with its left edge at `x`; returns its width."""
    wide = keycap_width(label)
    cap = shapes.box((wide, 24), 5, colours.fill, colours.border, 1)
    surface.blit(cap, (round(x), round(centre_y - 12)))
    text.middle(surface, x + wide / 2, centre_y, label, 13, 700, colours.text, family=Family.MONO, align=Align.MIDDLE)
    return wide


class Label(NamedTuple):
    """What a button says: one or two lines, an icon, the key that fires it."""

    words: str = ""
    second: str = ""
    key: str = ""
    icon: str = ""
    px: int = 16
    tone: str = TEXT2
    """Colour of the second line; on a disabled or primary button its own goes before."""


def button(
    surface: pygame.Surface, rect: pygame.Rect, label: Label, state: State = State.IDLE, *, radius: int = 10
) -> None:
    """A control in one of its states; two lines are set 15 and 14 px."""
    colours = STATE_COLOURS[state]
    off = state is State.DISABLED
    picture = shapes.box(rect.size, radius, colours.fill, colours.border, 1 if off else 1.5, dashed=off)
    surface.blit(picture, rect.topleft)
    cap = 0
    if label.key:
        cap = keycap(surface, rect.x + 10, rect.centery, label.key, _CAPS.get(state, CAP))
    if label.icon and not label.words:
        icons.draw(surface, label.icon, rect.center, 22, colours.text)
        return
    room = _room(rect, label, cap)
    words, px = text.fitted(label.words, label.px, 600, room)
    x, align = _label_start(surface, rect, label, cap, text.width(words, px, 600), colours.text)
    if not label.second:
        text.middle(surface, x, rect.centery, words, px, 600, colours.text, align=align)
        return
    step = label.px * 0.59
    text.middle(surface, x, rect.centery - step, words, px, 600, colours.text, align=align)
    second = DISABLED if off else colours.text if state is State.PRIMARY else label.tone
    detail, px = text.fitted(label.second, max(14, label.px - 2), 500, room)
    text.middle(surface, x, rect.centery + step, detail, px, 500, second, align=align)


def _room(rect: pygame.Rect, label: Label, cap: int) -> int:
    """Pixels that words have on a button, beside its cap and its icon."""
    return rect.w - 12 - (cap + 14 if cap else 0) - (28 if label.icon else 0)


def _label_start(
    surface: pygame.Surface, rect: pygame.Rect, label: Label, cap: int, wide: float, colour: str
) -> tuple[float, Align]:
    if label.icon:
        left = rect.x + cap + (6 if cap else 0) + (rect.w - cap - wide - 28) / 2
        icons.draw(surface, label.icon, (left + 10, rect.centery), 20, colour)
        return left + 28, Align.START
    if label.key:
        return rect.x + cap + 18, Align.START
    return rect.centerx, Align.MIDDLE


class Pressable(NamedTuple):
    """A button with what pressing it means; `focus` is true where the keyboard is."""

    rect: pygame.Rect
    intent: Intent
    label: Label
    state: State = State.IDLE
    focus: bool = False

    def paint(self, surface: pygame.Surface) -> None:
        """Draws it; the focus is a ring of its own around it."""
        if self.focus:
            ring = self.rect.inflate(6, 6)
            surface.blit(shapes.box(ring.size, 12, INK, ACC, 2), ring.topleft)
        button(surface, self.rect, self.label, self.state)


def stop(surface: pygame.Surface, rect: pygame.Rect, words: str, second: str) -> None:
    """STOP, on key 0: tells all seats and blocks the charge; it never stops compressions."""
    surface.blit(shapes.box(rect.size, 10, DANGER_BG, DANGER, 2), rect.topleft)
    keycap(surface, rect.x + 10, rect.centery, cap("Digit0"), CAP_DANGER)
    icons.draw(surface, "stop", (rect.x + 56, rect.centery), 26, DANGER_TEXT, 2.2)
    text.write(surface, rect.x + 76, rect.centery - 3, words, 18, 800, DANGER_PALE)
    text.write(surface, rect.x + 76, rect.centery + 17, second, 15, 600, DANGER_TEXT)
