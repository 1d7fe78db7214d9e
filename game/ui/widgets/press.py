"""The player's own hands on the chest: how deep they are now, and the plot of the feedback device."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.skills.params import on_curve, skills
from game.ui import shapes, text
from game.ui.theme import AIR, MON, OK, TEXT, TEXT2, WARN
from game.ui.words import say

if TYPE_CHECKING:
    from game.content import Pack
    from game.ui.screen import Hands


RELEASE_MS: Final = 170
"""How long the drawn chest takes to rise after a release."""

DEEPEST_UM: Final = 70_000
"""The plot's lower edge."""

UNSEEN_MS: Final = 500
"""Longer between two frames, and the screen was away: what was pressed meanwhile is not drawn."""


def _pressed(hold_ms: int) -> int:
    """Depth of a press held so long, by the rules' own curve."""
    curve = skills().push.depth_um
    first_ms, first_um = curve[0]
    if hold_ms < first_ms:
        return first_um * max(0, hold_ms) // first_ms
    return on_curve(curve, hold_ms)


class Peak(NamedTuple):
    """The deepest point of a finished press of this device's hands."""

    ms: int
    depth_um: int


class Stroke:
    """Follows own hands from frame to frame: falls with the press and springs back after it."""

    def __init__(self) -> None:
        self.peak: Peak | None = None
        """The press that ended since the last frame; frames may be few, presses are not lost."""
        self._from_um = 0
        self._since_ms = -1
        self._down_ms = -1
        self._up_ms = -1
        self._seen_ms = 0

    def follow(self, hands: Hands, now_ms: int) -> int:
        """The depth of this frame in micrometres."""
        self.peak = None
        if now_ms - self._seen_ms > UNSEEN_MS:
            self._down_ms = -1
        self._seen_ms = now_ms
        if hands.push_up_ms != self._up_ms:
            self._let_go(hands.push_up_ms)
        if hands.push_since_ms < 0:
            return self._rest(now_ms)
        self._down_ms = hands.push_since_ms
        return max(_pressed(now_ms - hands.push_since_ms), self._rest(now_ms))

    def _let_go(self, up_ms: int) -> None:
        if self._down_ms >= 0 and up_ms > self._down_ms:
            self._from_um, self._since_ms = _pressed(up_ms - self._down_ms), up_ms
            self.peak = Peak(up_ms, self._from_um)
        self._up_ms = up_ms

    def _rest(self, now_ms: int) -> int:
        if self._since_ms < 0:
            return 0
        share = min(1.0, max(0, now_ms - self._since_ms) / RELEASE_MS)
        return round(self._from_um * (1 - share) * (1 - share))


AHEAD: Final = 7
"""Pixels between the writing point and the right edge."""

PERIOD: Final = 18
"""Pixels after which the dashes of the plot's ground repeat: fresh columns go on where the last ones ended."""


class Mark(NamedTuple):
    """A finished press as the device judged it."""

    depth_um: int
    residual_um: int


class Verdict(NamedTuple):
    """A press in a word: an icon, the key of the word, and a colour that never stands alone."""

    icon: str
    word: str
    colour: str


def verdict(mark: Mark, pack: Pack) -> Verdict:
    """What to mend first in a press; full recoil where it was neither too deep nor leant on."""
    if mark.depth_um > pack.depth_mm[1] * 1000:
        return Verdict("down2", "too_deep", WARN)
    if mark.residual_um > pack.full_recoil_mm * 1000:
        return Verdict("down", "leaning", AIR)
    return Verdict("check", "recoil_full", OK)


def _in_band() -> pygame.Surface:
    return shapes.disc(4.5, OK)


def _shallow() -> pygame.Surface:
    return shapes.polygon((14, 13), ((1, 12), (13, 12), (7, 1)), WARN)


def _too_deep() -> pygame.Surface:
    return shapes.polygon((15, 15), ((7.5, 0), (15, 7.5), (7.5, 15), (0, 7.5)), WARN)


def _leaning() -> pygame.Surface:
    return shapes.box((10, 10), 0, AIR)


MARKS: Final = {"in_band": _in_band, "shallow": _shallow, "too_deep": _too_deep, "leaning": _leaning}
"""The plot's marks by the key of their word: told apart by shape, and then by colour."""


def legend(surface: pygame.Surface, left: int, centre_y: int, step: int, room: int) -> None:
    """The marks in a row, each with its word; `step` pixels lie between a word and the middle of the next mark.

    Words that are together wider than `room` leaves them share it by their length.
    """
    x = float(left)
    words = {key: say(f"chest.{key}") for key in MARKS}
    share = min(1.0, (room - (11 + step) * len(MARKS)) / sum(text.width(word, 14) for word in words.values()))
    for key, mark in MARKS.items():
        shapes.put(surface, mark(), (x, centre_y))
        wide = text.width(words[key], 14) * share + 1
        text.middle(surface, x + 11, centre_y, words[key], 14, 500, TEXT2, room=wide)
        x += 11 + wide - 1 + step


class Moment(NamedTuple):
    """What a frame knows: own hands now, the press that just ended, and the authority's latest figures."""

    depth_um: int
    peak: Peak | None
    mark: Mark
    presses: int
    """Since the last breaths."""


class DepthPlot:
    """The device's strip: 0 mm at the top, scrolling left, one mark for each press."""

    PX_PER_S: Final = 49

    def __init__(self, rect: pygame.Rect, pack: Pack) -> None:
        self.rect = rect
        self._pack = pack
        self._ground = self._paint_ground()
        self._kept = self._ground.copy()
        self._column = -1
        self._point: tuple[float, float] = (rect.w - AHEAD, self._at(0))
        self._count = -1
        self._peaks: deque[Peak] = deque(maxlen=4)
        """Presses that wait for the authority's figure."""
        self._marks: deque[tuple[Mark, Peak]] = deque()
        """Judged ones whose place has not yet cleared the writing point."""
        self._gain = 1.0

    def draw(self, surface: pygame.Surface, moment: Moment, now_ms: int) -> None:
        """Scrolls to `now_ms`, draws the depth of this frame, and marks a press once it has been judged.

        The line is broken where nobody watched the hands.
        """
        column = self._column_of(now_ms)
        steps = column - self._column
        unseen = steps > self._column_of(UNSEEN_MS)
        if self._column < 0 or not 0 <= steps < self.rect.w - 2 * PERIOD:
            self._kept.blit(self._ground, (0, 0))
            self._count, steps = moment.presses, 0
        self._column = column
        self._scroll(steps)
        if unseen:
            self._point = (self.rect.w - AHEAD, self._at(round(moment.depth_um * self._gain)))
        if moment.peak:
            self._peaks.append(moment.peak)
            self._line_to(self._x_of(moment.peak), self._at(round(moment.peak.depth_um * self._gain)))
        self._line_to(self.rect.w - AHEAD, self._at(round(moment.depth_um * self._gain)))
        self._judge(moment)
        surface.blit(self._kept, self.rect)
        shapes.put(surface, shapes.disc(4, "#FFFFFF"), (self.rect.x + self._point[0], self.rect.y + self._point[1]))

    def _column_of(self, ms: int) -> int:
        return ms * self.PX_PER_S // 1000

    def _x_of(self, peak: Peak) -> int:
        return self.rect.w - AHEAD - (self._column - self._column_of(peak.ms))

    def _line_to(self, x: float, y: float) -> None:
        shapes.stroke(self._kept, TEXT, self._point, (x, y), 2.2)
        self._point = (x, y)

    def _scroll(self, steps: int) -> None:
        if steps <= 0:
            return
        self._kept.scroll(-steps, 0)
        left = self.rect.w - AHEAD + 2 - steps
        strip = pygame.Rect((self._column + 2 - steps) % PERIOD, 0, self.rect.w - left, self.rect.h)
        self._kept.blit(self._ground, (left, 0), strip)
        self._point = (self._point[0] - steps, self._point[1])

    def _judge(self, moment: Moment) -> None:
        if moment.presses != self._count:
            # Breaths set the count back to nothing: that is no press.
            if moment.presses and self._peaks:
                self._marks.append((moment.mark, self._peaks.popleft()))
            self._count = moment.presses
        while self._marks and self._x_of(self._marks[0][1]) < self.rect.w - 2 * AHEAD:
            self._draw_mark(*self._marks.popleft())

    def _draw_mark(self, mark: Mark, peak: Peak) -> None:
        """The authority's figure for a press: its mark, and how tired arms bend the curve from now on."""
        if peak.depth_um > 20_000 and mark.depth_um > 0:
            self._gain += (max(0.6, min(1.1, mark.depth_um / peak.depth_um)) - self._gain) / 3
        x = self._x_of(peak)
        low, high = self._pack.depth_mm
        y, foot = self._at(mark.depth_um), self.rect.h - 8
        if mark.depth_um < low * 1000:
            shapes.put(self._kept, _shallow(), (x, min(foot, y + 11)))
        elif mark.depth_um <= high * 1000:
            shapes.put(self._kept, _in_band(), (x, y))
        else:
            shapes.put(self._kept, _too_deep(), (x, min(foot, y)))
        if mark.residual_um > self._pack.full_recoil_mm * 1000:
            shapes.put(self._kept, _leaning(), (x - 10, self._at(mark.residual_um)))

    def _at(self, depth: int) -> float:
        return 4 + max(0, min(DEEPEST_UM, depth)) / DEEPEST_UM * (self.rect.h - 8)

    def _paint_ground(self) -> pygame.Surface:
        made = pygame.Surface(self.rect.size)
        made.fill(MON)
        low, high = (round(self._at(round(depth * 1000))) for depth in self._pack.depth_mm)
        free = round(self._at(round(self._pack.full_recoil_mm * 1000)))
        made.blit(shapes.box((self.rect.w, high - low), 0, OK, opacity=0.2), (0, low))
        made.blit(shapes.box((self.rect.w, free), 0, AIR, opacity=0.18), (0, 0))
        for y in (low, high):
            made.blit(shapes.dashes(self.rect.w, OK, 5, 4), (0, y))
        made.blit(shapes.dashes(self.rect.w, AIR, 2, 4, 1), (0, free))
        return made
