"""The furniture that every station shares: top bar, order card, captions bar, dock. It never moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.log import NO_SEAT
from game.rules.refusals import Refusal
from game.rules.skills.params import skills
from game.stations import LinkState, Station
from game.ui import icons, shapes, text
from game.ui.desk import refusal
from game.ui.drawers import pictures
from game.ui.keyboard import cap
from game.ui.keymap import answered_next
from game.ui.screen import Control, Intent, Local, Model, Seated, Spoken
from game.ui.text import Align, Family, Part
from game.ui.theme import (
    ACC,
    BAR,
    CAPTION,
    DANGER,
    LEAD,
    LINE,
    LINE2,
    OK,
    ROOM_LIVERY,
    S2,
    S3,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    WIDTH,
    State,
    livery,
)
from game.ui.values import command_words
from game.ui.widgets import badge
from game.ui.widgets.bars import CAPTION_RECT, DOCK_RECT, STOP_RECT, WHEEL_RECT, Slot, caption_bar, dock
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.crew import Chip, crew_chip
from game.ui.widgets.order import Asked, order_card, order_time
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import OrderView
    from game.ui.board import Board


TOP_RECT: Final = pygame.Rect(0, 0, 1280, 60)
STAGE_RECT: Final = pygame.Rect(0, 60, 1280, 578)
CHIPS: Final = tuple(pygame.Rect(552 + 155 * seat, 6, 152, 44) for seat in range(4))
HELP_RECT: Final = pygame.Rect(1176, 8, 44, 44)
MENU_RECT: Final = pygame.Rect(1228, 8, 44, 44)
ORDER_RECT: Final = pygame.Rect(332, 72, 322, 116)
CAPTION_KEY_RECT: Final = pygame.Rect(1220, 588, 44, 44)
HISTORY_RECT: Final = pygame.Rect(16, 150, 1248, 430)
HISTORY_MORE: Final = pygame.Rect(1084, 156, 140, 32)

TITLE_PX: Final = 220
"""From the seat's name to the case."""

HISTORY_LINES: Final = 13

CAPTION_HOLD_MS: Final = 6000
SIGNAL: Final = {3: OK, 2: WARN, 1: DANGER}
"""Colours of the connection, by its bars."""


class Person(NamedTuple):
    """Everything the top bar says of one seat."""

    stations: int
    name: str
    hands_on: bool
    link: int


def people(model: Model) -> tuple[Person, ...]:
    """The crew by seat: what the view knows of hands and links, and the names of the roster."""
    names = {line.seat: line.name for line in model.roster}
    return tuple(
        Person(seen.stations, names.get(seat, ""), seen.hands_on, seen.link)
        for seat, seen in enumerate(model.view.crew)
    )


def seated(model: Model, station: int) -> Seated:
    """Who holds `station` now."""
    for seat, person in enumerate(people(model)):
        if person.stations & station:
            return Seated(seat, person.stations, person.name, person.link)
    return Seated(NO_SEAT, station, "", LinkState.HERE)


def signal(model: Model) -> int:
    """How good the connection is, in bars: 3 to 1."""
    return 3 if model.ping_ms < 80 else 2 if model.ping_ms < 200 else 1


def top_bar(board: Board, model: Model) -> None:
    """Declares the top bar: who you are, the case, pack and "Training only", and the crew."""
    crew = people(model)
    bars = signal(model)
    key = (crew, model.seat, model.stations, model.team, model.level.name, model.pack.label, bars, model.ping_ms)
    board.part("top bar", TOP_RECT, key, lambda surface: _paint_top(surface, model, crew, bars))


def _paint_top(surface: pygame.Surface, model: Model, crew: tuple[Person, ...], bars: int) -> None:
    own = livery(model.stations)
    surface.fill(BAR, TOP_RECT)
    surface.fill(own.colour, (0, 57, WIDTH, 3))
    badge.draw(surface, own, (36, 28), 40)
    name = crew[model.seat].name if model.seat < len(crew) else ""
    role = role_word(model.stations)
    name = text.fit(f" / {name}", 21, 500, round(TITLE_PX - text.width(role, 21, 700))) if name else ""
    text.rich(surface, 68, 26, (Part(role, 700, TEXT), Part(name, 500, TEXT2)), 21)
    text.write(surface, 68, 46, say("frame.team", team=model.team, level=model.level.name), 14, 500, TEXT2)
    case = say("frame.case", setting=model.level.setting, who=model.level.who)
    text.write(surface, 296, 26, text.fit(case, 15, 500, 250), 15, 500, TEXT2)
    paint_ping(surface, bars)
    _paint_pack(surface, model)
    for seat, person in enumerate(crew[: len(CHIPS)]):
        crew_chip(surface, CHIPS[seat], _chip(model, seat, person))
    if len(pictures(model.stations)) > 1:
        keycap(surface, CHIPS[model.seat].right - 30, CHIPS[model.seat].y + 15, cap("Backquote"))
    paint_keys(surface)


def paint_keys(surface: pygame.Surface) -> None:
    """Help and the menu, at the right end of every top bar."""
    for rect in (HELP_RECT, MENU_RECT):
        surface.blit(shapes.box(rect.size, 8, S2, LINE, 1.5), rect.topleft)
    text.middle(surface, *HELP_RECT.center, say("frame.help"), 20, 700, family=Family.MONO, align=Align.MIDDLE)
    icons.draw(surface, "menu", (1250, 22), 20, TEXT)
    text.middle(surface, 1250, 41, say("frame.menu"), 13, 700, TEXT2, family=Family.MONO, align=Align.MIDDLE)


def paint_ping(surface: pygame.Surface, bars: int, x: int = 296) -> None:
    """The connection in three bars, from `x` on."""
    for bar in range(3):
        shade = SIGNAL[bars] if bar < bars else S3
        surface.blit(shapes.box((4, 6 + bar * 5), 1, shade), (x + bar * 6, 43 - bar * 5))


def _paint_pack(surface: pygame.Surface, model: Model) -> None:
    """Pack and "Training only" always; the ping in figures where there is room (its bars tell it anyway)."""
    always = f"{model.pack.label} · {say('frame.training')}"
    full = f"{say('frame.ping', ping=model.ping_ms)} · {always}"
    line = full if text.width(full, 12) <= 228 else always
    text.write(surface, 320, 46, line, 12, 500, TEXT3, room=228)


def _chip(model: Model, seat: int, person: Person) -> Chip:
    own = seat == model.seat
    link = LinkState(person.link)
    hands = say("frame.hands_on" if person.hands_on else "frame.hands_off")
    words = hands if link is LinkState.HERE else say(f"link.{link.name.lower()}")
    who = say("frame.you") if own else role_word(Station(person.stations))
    return Chip(livery(person.stations), who, person.name, words, person.hands_on, link, own)


def captions(board: Board, model: Model, now_ms: int) -> None:
    """Declares the captions bar, and the history over it while K is on."""
    last = model.captions[-1] if model.captions else None
    shown = last if last and now_ms - last.at_ms < CAPTION_HOLD_MS else None
    hush = now_ms < model.view.hush_until_ms
    words = (shown, hush)
    board.part("captions", CAPTION_RECT, words, lambda surface: _paint_caption(surface, model, shown, hush=hush))
    if model.mode.history:
        history(board, model)


def history_pages(model: Model) -> int:
    """How many pages of what was said there are."""
    return max(1, -(-len(model.captions) // HISTORY_LINES))


def history(board: Board, model: Model, rect: pygame.Rect = HISTORY_RECT) -> None:
    """Declares what was said so far, the latest page first and on it the latest last."""
    pages = history_pages(model)
    page = model.mode.page % pages
    end = len(model.captions) - page * HISTORY_LINES
    lines = tuple(model.captions)[max(0, end - HISTORY_LINES) : end]
    where = say("book.page", page=page + 1, pages=pages) if pages > 1 else ""
    board.part("history", rect, (lines, where), lambda surface: _paint_history(surface, model, lines, where))


def stations_of(model: Model, seat: int) -> int:
    """What a seat of the view holds, nothing for the room."""
    return model.view.crew[seat].stations if 0 <= seat < len(model.view.crew) else 0


def _paint_caption(surface: pygame.Surface, model: Model, shown: Spoken | None, *, hush: bool) -> None:
    if shown is None:
        caption_bar(surface, ROOM_LIVERY, "", "")
    else:
        caption_bar(surface, livery(stations_of(model, shown.seat)), shown.speaker, shown.words)
    if hush:
        x, y = CAPTION_KEY_RECT.x - 8, CAPTION_RECT.centery
        text.middle(surface, x, y, say("frame.quiet"), 16, 700, LEAD, align=Align.END)


def _paint_history(surface: pygame.Surface, model: Model, lines: tuple[Spoken, ...], where: str) -> None:
    panel(surface, HISTORY_RECT, say("frame.history"), cap("KeyK"), fill=CAPTION, border=LINE2)
    if where:
        label = Label(where, key=cap("PageDown"), px=14)
        button(surface, HISTORY_MORE, label)
    for row, spoken in enumerate(lines):
        y = HISTORY_RECT.y + 56 + row * 27
        colour = livery(stations_of(model, spoken.seat)).colour
        text.write(surface, HISTORY_RECT.x + 16, y, clock(spoken.at_ms), 14, 400, TEXT3, family=Family.MONO)
        parts = (Part(f"{spoken.speaker}: ", 700, colour), Part(text.fit(spoken.words, 16, 500, 860), 500, TEXT))
        text.rich(surface, HISTORY_RECT.x + 72, y, parts, 16)


def dock_bar(board: Board, slots: Sequence[Slot], *, lead: bool, wheel: State = State.IDLE) -> None:
    """Declares the dock."""
    stop_words = (say("frame.stop"), say("frame.lead" if lead else "frame.bedside"))
    wheel_slot = Slot(Label(say("dock.wheel"), key=cap("Tab"), px=15), wheel)
    key = (tuple(slots), wheel, lead)
    board.part("dock", DOCK_RECT, key, lambda surface: dock(surface, slots, wheel_slot, stop_words))


def own_order(model: Model) -> OrderView | None:
    """The order on the card of a bedside seat: the one that R answers, then the newest."""
    mine = [order for order in model.view.orders if order.station & model.stations]
    return answered_next(model.stations, model.view) or (mine[-1] if mine else None)


def order_part(board: Board, model: Model, now_ms: int, rect: pygame.Rect = ORDER_RECT) -> None:
    """Declares the order card where this seat is asked something."""
    order = own_order(model)
    if order is None:
        return
    age_s = max(0, now_ms - order.since_ms) // 1000
    key = (order, age_s, model.roster)
    board.part("order_card", rect, key, lambda surface: order_card(surface, rect, asked(model, order, age_s)))


def order_bar(surface: pygame.Surface, model: Model, now_ms: int, rect: pygame.Rect = ORDER_RECT) -> None:
    """Draws the running time to say "heard" of an order nobody has heard yet, over its card."""
    order = own_order(model)
    if order and order.state == "sent":
        order_time(surface, rect, 1 - (now_ms - order.since_ms) / skills().times.heard_ms)


_BORDERS: Final = {"heard": LINE2, "read_back": WARN, "confirmed": ACC, "corrected": WARN}


def asked(model: Model, order: OrderView, age_s: int) -> Asked:
    """An order in words, as its card shows it."""
    leader = seated(model, Station.LEAD)
    who = say("frame.title", seat=say("role.leader"), name=leader.name) if leader.name else say("role.leader")
    detail = say(f"order_detail.{order.op}") if knows(f"order_detail.{order.op}") else ""
    step = {"sent": "frame.heard"}.get(order.state, "")
    # Only what is in the hand can be read back.
    held = model.view.cart is not None and bool(model.view.cart.drug)
    if held and order.op == "give" and order.state in ("heard", "corrected"):
        step = "frame.read_back"
    return Asked(
        livery(leader.stations),
        say("frame.to_you", who=who),
        clock(age_s * 1000),
        command_words(model, order.op, order.args),
        detail,
        say(step) if step else "",
        -1.0,
        _BORDERS.get(order.state, LEAD),
    )


def station_controls(model: Model) -> list[Control]:
    """Hit areas of the furniture and of the order card."""
    found = furniture_controls()
    if len(pictures(model.stations)) > 1:
        found.append(Control(CHIPS[model.seat], Intent(Local.TURN)))
    if own_order(model):
        found.append(Control(ORDER_RECT, Intent(Local.STEP)))
    if model.mode.history and history_pages(model) > 1:
        found.append(Control(HISTORY_MORE, Intent(Local.PAGE), key="PageDown"))
    return found


def furniture_controls() -> list[Control]:
    """Hit areas that every seat has."""
    return [
        Control(HELP_RECT, Intent(Local.HELP)),
        Control(MENU_RECT, Intent(Local.MENU)),
        Control(CAPTION_KEY_RECT, Intent(Local.CAPTIONS)),
        Control(WHEEL_RECT, Intent(Local.WHEEL)),
        Control(STOP_RECT, Intent("stop")),
    ]


def works(model: Model, op: str) -> bool:
    """True if the seat's own view says that `op` works now."""
    return refusal(op, model.stations, model.view) is Refusal.DONE
