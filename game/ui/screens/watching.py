"""Somebody who holds no station: the room from the foot of the bed, who has hands on, and what is said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import LinkState
from game.ui import art, frame, icons, patient, shapes, text
from game.ui.board import Board
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.screens.leading import overview
from game.ui.text import Align, Family, Part
from game.ui.theme import BAR, HEIGHT, INK, LINE, OK, S2, TEXT, TEXT2, TEXT3, WARN, WIDTH, livery
from game.ui.widgets import badge
from game.ui.widgets.button import keycap
from game.ui.widgets.panel import panel
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from game.ui.screen import Model, Spoken


ROOM: Final = pygame.Rect(16, 76, 760, 556)
STAGE_SHIFT: Final = (-206, 80)
"""From the Leader's picture to this one."""
CREW: Final = tuple(pygame.Rect(792 + place % 2 * 240, 76 + place // 2 * 108, 232, 100) for place in range(4))
CHECK: Final = pygame.Rect(792, 292, 472, 56)
SAID: Final = pygame.Rect(792, 356, 472, 276)
LINES: Final = 7
FOOT: Final = pygame.Rect(0, 638, 1280, 82)


class Member(NamedTuple):
    """What the room sees of a seat: its person, hands, and the last thing it said."""

    stations: int
    who: str
    hands_on: bool
    link: int
    said: str


class WatchingScreen:
    """What the room sees and hears, and no hidden value."""

    def __init__(self) -> None:
        self._ground = Board(_ground())
        self._changes = rail.Changes()
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame: panels as they change, the clock as it runs."""
        self._model = model
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
        minutes, seconds = divmod(max(0, now_ms) // 1000, 60)
        end = text.number(surface, 330, 41, f"{minutes:02d}:{seconds:02d}", 32)
        text.write(surface, end + 8, 39, say("watch.of", limit=clock(model.level.time_limit_ms)), 16, 500, TEXT2)

    def controls(self) -> Sequence[Control]:
        """Help, the menu, and all that was said; nothing here acts on the patient."""
        log = Control(SAID, Intent(Local.CAPTIONS), key="KeyK")
        return [
            Control(frame.HELP_RECT, Intent(Local.HELP)),
            Control(frame.MENU_RECT, Intent(Local.MENU), key="Escape"),
            log,
        ]

    def _declare(self, model: Model, now_ms: int) -> None:
        board = self._ground
        body, crew = patient.body_of(model), frame.people(model)
        board.part("room", ROOM, (body, crew), lambda surface: _paint_room(surface, model, body))
        top = (model.team, model.level.name, model.pack.label)
        board.part("top", frame.TOP_RECT, top, lambda surface: _paint_top(surface, model))
        for seat, rect in enumerate(CREW[: len(crew)]):
            member = _member(model, seat)
            board.part(f"seat {seat}", rect, member, partial(_paint_member, rect=rect, seen=member))
        check = _check(model, now_ms)
        board.part("check", CHECK, check, lambda surface: _paint_check(surface, *check))
        lines = tuple(model.captions)[-LINES:]
        board.part("said", SAID, lines, lambda surface: _paint_said(surface, model, lines))
        board.part("foot", FOOT, 0, _paint_foot)
        if model.mode.history:
            frame.history(board, model)


def _ground() -> pygame.Surface:
    canvas = pygame.Surface((WIDTH, HEIGHT))
    canvas.fill(INK)
    return canvas


def _paint_room(surface: pygame.Surface, model: Model, body: art.Body) -> None:
    """The overview camera, with everybody's hands."""
    inside = surface.get_clip().clip(ROOM)
    before = surface.get_clip()
    surface.set_clip(inside)
    surface.blit(art.stage("leader_nocrew", body), (STAGE_SHIFT[0], 60 + STAGE_SHIFT[1]))
    overview.paint_crew(surface, model, STAGE_SHIFT)
    surface.blit(shapes.box(ROOM.size, 12, "", LINE, 1.5), ROOM.topleft)
    surface.set_clip(before)


def _paint_top(surface: pygame.Surface, model: Model) -> None:
    surface.fill(BAR, frame.TOP_RECT)
    surface.fill(TEXT2, (0, 57, WIDTH, 3))
    shapes.put(surface, shapes.disc(18, S2, TEXT2, 2), (36, 28))
    icons.draw(surface, "eye", (36, 28), 20, TEXT, 2)
    text.write(surface, 68, 26, say("watch.title"), 21, 700)
    text.write(surface, 68, 46, say("watch.team", team=model.team, level=model.level.name), 14, 500, TEXT2)
    case = say("frame.case", setting=model.level.setting, who=model.level.who)
    line = f"{case} · {model.pack.label} · {say('frame.training')}"
    text.write(surface, 560, 37, text.fit(line, 14, 500, 600), 14, 500, TEXT2)
    frame.paint_keys(surface)


def _member(model: Model, seat: int) -> Member:
    person = frame.people(model)[seat]
    role = role_word(person.stations) if person.stations else ""
    who = say("frame.title", seat=role, name=person.name) if person.name and role else role
    last = next((spoken.words for spoken in reversed(model.captions) if spoken.seat == seat), "")
    return Member(person.stations, who, person.hands_on, person.link, last)


def _paint_member(surface: pygame.Surface, rect: pygame.Rect, seen: Member) -> None:
    link = LinkState(seen.link)
    panel(surface, rect, border=livery(seen.stations).colour if seen.hands_on else LINE, stroke=1.5)
    badge.draw(surface, livery(seen.stations), (rect.x + 28, rect.y + 28), 34, link)
    text.write(surface, rect.x + 54, rect.y + 25, text.fit(seen.who, 15, 600, rect.w - 64), 15, 600, TEXT2)
    words = say("frame.hands_on" if seen.hands_on else "frame.hands_off")
    words = words if link is LinkState.HERE else f"{words}, {say(f'link.{link.name.lower()}')}"
    colour = WARN if link is LinkState.AWAY else TEXT if seen.hands_on else TEXT2
    text.write(surface, rect.x + 54, rect.y + 45, words, 16, 700, colour)
    for row, line in enumerate(text.wrap(seen.said or say("watch.silent"), 14, 500, rect.w - 28)[:2]):
        shade = TEXT2 if seen.said else TEXT3
        text.write(surface, rect.x + 14, rect.y + 69 + row * 18, text.fit(line, 14, 500, rect.w - 26), 14, 500, shade)


def _check(model: Model, now_ms: int) -> tuple[str, str, str]:
    """The chest now: hands on it, or since when not, and what is being done with the pause."""
    check = model.view.check
    off_ms = check.hands_off_ms + max(0, now_ms - model.view.now_ms) if check.hands_off_ms >= 0 else -1
    state = say("watch.check") if check.since_ms >= 0 else say("watch.pulse") if check.pulse == "felt" else ""
    if off_ms < 0:
        return say("watch.chest_on"), state, OK
    return say("watch.chest_off", seconds=f"{off_ms / 1000:.0f}"), state, TEXT if check.pulse == "felt" else WARN


def _paint_check(surface: pygame.Surface, chest: str, state: str, colour: str) -> None:
    panel(surface, CHECK)
    icons.draw(surface, "compress", (CHECK.x + 28, CHECK.centery), 26, colour, 2.4)
    text.middle(surface, CHECK.x + 54, CHECK.centery, chest, 18, 700, colour)
    text.middle(surface, CHECK.right - 16, CHECK.centery, state, 16, 600, TEXT2, align=Align.END)


def _paint_said(surface: pygame.Surface, model: Model, lines: Sequence[Spoken]) -> None:
    panel(surface, SAID, say("frame.history"))
    keycap(surface, SAID.right - 40, SAID.y + 21, cap("KeyK"))
    for row, spoken in enumerate(lines):
        y = SAID.y + 62 + row * 32
        stations = frame.stations_of(model, spoken.seat)
        text.write(surface, SAID.x + 16, y, clock(spoken.at_ms), 14, 400, TEXT3, family=Family.MONO)
        badge.draw(surface, livery(stations), (SAID.x + 74, y - 5), 20)
        lead_in = f"{spoken.speaker}: "
        room = round(SAID.w - 106 - text.width(lead_in, 15, 700))
        words = text.fit(spoken.words, 15, 500, max(40, room))
        parts = (Part(lead_in, 700, livery(stations).colour), Part(words, 500, TEXT))
        text.rich(surface, SAID.x + 92, y, parts, 15)


def _paint_foot(surface: pygame.Surface) -> None:
    surface.fill(BAR, FOOT)
    surface.fill(LINE, (0, FOOT.y, WIDTH, 1))
    icons.draw(surface, "eye", (32, FOOT.centery), 20, TEXT3)
    text.middle(surface, 54, FOOT.centery, say("watch.rule"), 16, 500, TEXT2)
