"""What the compressor's hands feel and eyes see: rows that say it, and what to do while there is nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS, said_by_digit
from game.ui.screen import Control, Intent
from game.ui.theme import ACC, DISABLED, LINE, LINE2, S2, TEXT, TEXT2, TEXT3
from game.ui.values import finding_label, finding_value
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import FindingView
    from game.ui.board import Board
    from game.ui.screen import Model


PANEL: Final = {True: pygame.Rect(16, 336, 300, 240), False: pygame.Rect(948, 74, 316, 402)}
"""By whether the level has a feedback device: its panels take the right column."""
TOP: Final = {True: 368, False: 110}
HIGH: Final = {True: 52, False: 73}
ROWS: Final = {True: 4, False: 5}

ICONS: Final = {
    "chest_feel": "up",
    "chest_wall": "up",
    "skin": "temp",
    "skin_warmth": "temp",
    "limbs": "hand",
    "legs": "hand",
    "pulse": "heart",
    "nibp": "heart",
}
"""Icons of what hands feel; all else is seen."""


GHOSTS: Final[dict[str, tuple[str, ...]]] = {
    "chest": ("chest_feel", "chest_wall", "chest_rise"),
    "skin": ("skin", "skin_colour", "skin_warmth", "skin_moisture"),
    "belly": ("belly", "womb", "pelvis"),
    "limbs": ("limbs", "legs", "knees"),
}
"""What hands and eyes at the chest can tell of, and the findings that do; shown pale while there is none of them."""
GHOST_ICONS: Final = {"chest": "up", "skin": "temp", "belly": "eye", "limbs": "hand"}


class _Invitation(NamedTuple):
    """Whether a free row offers to examine, and whether that works now."""

    up: bool
    works: bool


def rows(device: bool) -> list[pygame.Rect]:
    """The places of the findings."""
    rect, high = PANEL[device], HIGH[device]
    return [pygame.Rect(rect.x, TOP[device] + row * high, rect.w, high) for row in range(ROWS[device])]


def _invites(model: Model) -> bool:
    """True while there is room for a row that examines, and hands could."""
    known = said_by_digit(model.stations, model.view)
    task = model.view.task
    return len(known) < ROWS[True] and (task is None or task.op != "examine")


def declare(board: Board, model: Model, *, device: bool) -> None:
    """Declares the panel."""
    findings = said_by_digit(model.stations, model.view)
    invites, works = _invites(model), frame.works(model, "examine")
    key = (findings, invites, works, model.view.check.pulse, model.view.body.eyes_open)
    invitation = _Invitation(invites, works)
    board.part("rows", PANEL[device], key, lambda surface: _paint(surface, model, findings, invitation, device=device))


def controls(model: Model, *, device: bool) -> list[Control]:
    """A tap on a row says it; on the first free one it examines."""
    findings = said_by_digit(model.stations, model.view)
    places = rows(device)
    found = [Control(rect, Intent("report", (seen.key,))) for rect, seen in zip(places, findings, strict=False)]
    if _invites(model):
        rect = _invitation(places, len(findings))
        found.append(Control(rect, Intent("examine"), enabled=frame.works(model, "examine")))
    return found


def _invitation(places: list[pygame.Rect], taken: int) -> pygame.Rect:
    """The first row that is still free."""
    return places[taken].inflate(-32, -8)


def _paint(
    surface: pygame.Surface, model: Model, findings: tuple[FindingView, ...], free: _Invitation, *, device: bool
) -> None:
    opacity = 0.94 if device else 0.96
    panel(surface, PANEL[device], say("chest.feel_title"), say("dock.say_it") if findings else "", opacity=opacity)
    places = rows(device)
    for row, (place, finding) in enumerate(zip(places, findings, strict=False)):
        if row:
            surface.fill(LINE, (place.x + 16, place.y, place.w - 32, 1))
        _paint_row(surface, model, place, finding, row, large=not device)
    beats = model.view.check.pulse == "felt" or model.view.body.eyes_open
    known = {seen.key for seen in findings}
    ghosts = [name for name, keys in GHOSTS.items() if not known.intersection(keys) and not (beats and name == "chest")]
    for place, name in zip(places[len(findings) + free.up :], ghosts, strict=False):
        _paint_ghost(surface, place, name, large=not device)
    if free.up:
        _paint_invitation(surface, _invitation(places, len(findings)), first=not findings, works=free.works)


def _paint_row(
    surface: pygame.Surface, model: Model, place: pygame.Rect, finding: FindingView, row: int, *, large: bool
) -> None:
    small, px, size = (15, 19, 24) if large else (14, 16, 18)
    at = (place.x + (32 if large else 26), place.centery)
    icons.draw(surface, ICONS.get(finding.key, "eye"), at, size, TEXT3)
    x = place.x + (58 if large else 44)
    value = finding_value(model, finding.key, finding.value)
    text.write(surface, x, place.centery - (7 if large else 4), finding_label(model, finding.key), small, 500, TEXT3)
    lines = text.wrap(value, px, 600, 200)
    words = lines[0] if len(lines) == 1 else text.fit(value, px - 2, 600, 204)
    text.write(surface, x, place.centery + (18 if large else 16), words, px if len(lines) == 1 else px - 2, 600)
    keycap(surface, place.right - 50, place.centery, cap(DIGITS[row]))


def _paint_ghost(surface: pygame.Surface, place: pygame.Rect, name: str, *, large: bool) -> None:
    small, px, size = (15, 17, 24) if large else (14, 15, 18)
    surface.fill(LINE, (place.x + 16, place.y, place.w - 32, 1))
    icons.draw(surface, GHOST_ICONS[name], (place.x + (32 if large else 26), place.centery), size, LINE2)
    x = place.x + (58 if large else 44)
    text.write(surface, x, place.centery - (7 if large else 4), say(f"chest.ghost.{name}"), small, 500, TEXT3)
    below = say(f"chest.ghost_how.{name}")
    text.write(surface, x, place.centery + (18 if large else 16), below, px, 500, DISABLED)


def _paint_invitation(surface: pygame.Surface, rect: pygame.Rect, *, first: bool, works: bool) -> None:
    """What hands would find if they left the chest for some seconds."""
    border = ACC if works else LINE2
    surface.blit(shapes.box(rect.size, 10, S2, border, 1.2, 0.7, dashed=True), rect.topleft)
    icon, ink = (rect.x + 28, rect.centery), TEXT if works else TEXT3
    icons.draw(surface, "hand", icon, 26, ACC if works else TEXT3, 2)
    title = say("chest.nothing_felt" if first else "chest.more_to_feel")
    room = rect.w - 66
    lines = text.wrap(say("chest.examine_what"), 14, 500, room)[:1]
    text.write(surface, rect.x + 54, rect.centery - 4, text.fit(title, 15, 600, room), 15, 600, ink)
    for line in lines:
        text.write(surface, rect.x + 54, rect.centery + 15, line, 14, 500, TEXT2)
