"""What every phone screen shares: top bar, dock, the order with its answer, the line of speech and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.skills.params import skills
from game.stations import LinkState, Station
from game.ui import docks, frame, icons, shapes, text
from game.ui.drawers import pictures
from game.ui.keyboard import cap
from game.ui.phone.places import HELP, MENU, OWN, TOP, WIDTH, Places, moved, pairs
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align, Family, Part
from game.ui.theme import (
    ACC,
    CAPTION,
    DANGER,
    DANGER_BG,
    DANGER_PALE,
    DANGER_TEXT,
    INK,
    LINE,
    LINE2,
    S2,
    S3,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    State,
    livery,
)
from game.ui.values import drug_dose
from game.ui.widgets import badge, gauge
from game.ui.widgets.bars import SLOTS, Slot
from game.ui.widgets.button import Label, button
from game.ui.widgets.panel import panel
from game.ui.words import clock, knows, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.ui.board import Board, Paint
    from game.ui.screen import Model

PACK_PX: Final = 12
LINE_PX: Final = 27


def declare(board: Board, model: Model, places: Places) -> None:
    """Declares the top bar and the dock of the seat."""
    top_bar(board, model)
    leads = bool(model.stations & Station.LEAD)
    slots = tuple(docks.leader_slots(model) if leads else bedside(docks.bedside_slots(model)))
    dock(board, model, places, slots)


def controls(model: Model, places: Places) -> list[Control]:
    """Hit areas of top bar and dock."""
    found = top_controls(model)
    if model.stations & Station.LEAD:
        return found + moved(docks.controls(model), pairs(SLOTS, places.orders)) + dock_ends(places)
    chest = model.stations & Station.CHEST
    five = [*SLOTS[:4], SLOTS[docks.PULSE] if chest else SLOTS[5]]
    bedside = moved(docks.controls(model), pairs(five, places.slots))
    if chest:
        bedside = [control for control in bedside if control.rect != places.slots[4]]
        bedside.append(Control(places.slots[4], pulse_intent(model)))
    return found + bedside + dock_ends(places)


def pulse_intent(model: Model) -> Intent:
    """Fingers on the neck first; once they are there, what they feel."""
    return Intent(Local.OPEN, ("pulse",)) if frame.works(model, "pulse") else Intent("feel")


def bedside(slots: Sequence[Slot]) -> list[Slot]:
    """Four findings, and the fifth place: the pulse where there is one, else "say again"."""
    pulse = slots[docks.PULSE].label.words == say("chest.pulse")
    if not pulse:
        return [*slots[:4], slots[5]]
    felt = slots[docks.PULSE].state is not State.DISABLED
    second = "chest.pulse_say" if felt else "phone.pulse_feel"
    return [*slots[:4], Slot(Label(say("chest.pulse"), say(second), px=15), State.WARN if felt else State.IDLE)]


def top_bar(board: Board, model: Model) -> None:
    """Declares who you are, the hands of the others, the connection, help and menu."""
    crew = frame.people(model)
    bars = frame.signal(model)
    key = (crew, model.seat, model.stations, bars)
    board.part("top bar", TOP, key, lambda surface: _paint_top(surface, model, crew, bars))


def _paint_top(surface: pygame.Surface, model: Model, crew: tuple[frame.Person, ...], bars: int) -> None:
    own = livery(model.stations)
    surface.blit(shapes.box(TOP.size, 0, INK, opacity=0.9), TOP.topleft)
    surface.fill(own.colour, (0, 46, WIDTH, 2))
    badge.draw(surface, own, (60, 23), 30)
    name = crew[model.seat].name if model.seat < len(crew) else ""
    role = role_word(model.stations) if model.stations else say("watch.title")
    turns = len(pictures(model.stations)) > 1
    room = round(OWN.right - 80 - text.width(role, 17, 700)) - (28 if turns else 0)
    name = text.fit(f" / {name}", 17, 500, room) if name else ""
    end = text.rich(surface, 82, 29, (Part(role, 700, TEXT), Part(name, 500, TEXT2)), 17)
    if turns:
        icons.draw(surface, "swap", (end + 18, 23), 18, ACC, 2.2)
    others = [(seat, person) for seat, person in enumerate(crew) if seat != model.seat and person.stations]
    for place, (_, person) in enumerate(others[:3]):
        _paint_other(surface, 290 + 118 * place, person)
    for bar in range(3):
        shade = frame.SIGNAL[bars] if bar < bars else S3
        surface.blit(shapes.box((4, 6 + bar * 5), 1, shade), (652 + bar * 6, 27 - bar * 5))
    for rect in (HELP, MENU):
        surface.blit(shapes.box(rect.size, 8, S2, LINE, 1.5), rect.topleft)
    text.middle(surface, *HELP.center, say("frame.help"), 20, 700, family=Family.MONO, align=Align.MIDDLE)
    icons.draw(surface, "menu", MENU.center, 20, TEXT)


def _paint_other(surface: pygame.Surface, x: int, person: frame.Person) -> None:
    link = LinkState(person.link)
    badge.draw(surface, livery(person.stations), (x + 14, 23), 24, link)
    words = say("frame.hands_on" if person.hands_on else "frame.hands_off")
    ink = TEXT if person.hands_on else TEXT2
    if link is LinkState.AWAY:
        words, ink = say("link.away"), WARN
    text.middle(surface, x + 32, 23, words, 14, 600, ink)


def top_controls(model: Model) -> list[Control]:
    """Help, menu, and the way to the seat's other picture where it has one."""
    found = [Control(HELP, Intent(Local.HELP)), Control(MENU, Intent(Local.MENU))]
    if len(pictures(model.stations)) > 1:
        found.append(Control(OWN, Intent(Local.TURN)))
    return found


def dock(board: Board, model: Model, places: Places, slots: Sequence[Slot]) -> None:
    """Declares the buttons: five or six, the wheel and STOP, and the line of pack and purpose."""
    leads = bool(model.stations & Station.LEAD)
    key = (tuple(slots), leads, model.pack.label)
    board.part("dock", places.dock, key, lambda surface: _paint_dock(surface, model, places, slots, leads=leads))


def _paint_dock(surface: pygame.Surface, model: Model, places: Places, slots: Sequence[Slot], *, leads: bool) -> None:
    surface.blit(shapes.box(places.dock.size, 0, INK, opacity=0.96), places.dock.topleft)
    for rect, slot in zip(places.orders if leads else places.slots, slots, strict=False):
        if slot.label.words:
            button(surface, rect, _fitted(slot.label, rect.w - 8), slot.state)
    button(surface, places.wheel, Label(say("dock.wheel"), px=15))
    _paint_stop(surface, places.stop, say("frame.lead" if leads else "frame.bedside"))
    _paint_legal(surface, places, f"{model.pack.label} · {say('frame.training')}")


def legal(board: Board, model: Model, places: Places) -> None:
    """Declares the line of pack and purpose where there is no dock."""
    line = f"{model.pack.label} · {say('frame.training')}"
    board.part("legal", places.dock, line, lambda surface: _paint_legal(surface, places, line))


def _paint_legal(surface: pygame.Surface, places: Places, line: str) -> None:
    text.write(surface, WIDTH / 2, places.height - 6, line, PACK_PX, 500, TEXT3, align=Align.MIDDLE)


def _fitted(label: Label, room: int) -> Label:
    """A label without its key cap, in as much room as a phone has."""
    words = text.fit(label.words, label.px, 600, room)
    if not label.second and text.width(label.words, label.px, 600) > room:
        lines = text.wrap(label.words, 14, 600, room)
        words, second = lines[0], " ".join(lines[1:])
        return label._replace(words=words, second=text.fit(second, 14, 500, room), key="", px=15, tone=TEXT)
    return label._replace(words=words, second=text.fit(label.second, 14, 500, room), key="")


def _paint_stop(surface: pygame.Surface, rect: pygame.Rect, second: str) -> None:
    surface.blit(shapes.box(rect.size, 10, DANGER_BG, DANGER, 2), rect.topleft)
    icons.draw(surface, "stop", (rect.x + 24, rect.centery), 22, DANGER_TEXT, 2.2)
    text.write(surface, rect.x + 44, rect.y + 23, say("frame.stop"), 17, 800, DANGER_PALE)
    text.write(surface, rect.x + 44, rect.y + 43, second, 15, 600, DANGER_TEXT)


def dock_ends(places: Places) -> list[Control]:
    """Wheel and STOP, which every seat has in every mode."""
    return [Control(places.wheel, Intent(Local.WHEEL)), Control(places.stop, Intent("stop"))]


def order(board: Board, model: Model, rect: pygame.Rect) -> None:
    """Declares the order card where this seat is asked something."""
    asked = frame.own_order(model)
    if asked is None:
        return
    held = model.view.cart
    key = (asked, model.roster, held.drug if held else "", held.dose_ug if held else 0)
    board.part("order card", rect, key, _order_painter(model, rect))


def _order_painter(model: Model, rect: pygame.Rect) -> Paint:
    return lambda surface: _paint_order(surface, model, rect)


def answer_rect(rect: pygame.Rect) -> pygame.Rect:
    """The button of an order card."""
    wide, edge = (102, 4) if rect.h > 50 else (100, 3)
    return pygame.Rect(rect.right - 6 - wide, rect.y + edge, wide, rect.h - 2 * edge)


def _paint_order(surface: pygame.Surface, model: Model, rect: pygame.Rect) -> None:
    asked_of = frame.own_order(model)
    if asked_of is None:
        return
    asked = frame.asked(model, asked_of, 0)
    surface.blit(shapes.box(rect.size, 12, "#101A24", asked.border, 1.5, 0.96), rect.topleft)
    badge.draw(surface, asked.livery, (rect.x + 24, rect.centery), 24)
    step = answer_rect(rect)
    room = (step.x if asked.step else rect.right) - rect.x - 54
    high = 2 if rect.h > 50 else 0 if rect.h == 50 else -2
    text.write(surface, rect.x + 44, rect.y + 21 + high, text.fit(asked.order, 17, 700, room), 17, 700)
    detail = _held_words(model) if asked_of.op == "give" else asked.detail
    text.write(surface, rect.x + 44, rect.y + 41 + high * 3 // 2, text.fit(detail, 14, 500, room), 14, 500, TEXT2)
    if asked.step:
        button(
            surface,
            step,
            Label(asked.step, key=cap("KeyR") if rect.h > 50 else "", px=14 if rect.h <= 50 else 16),
            State.HOVER,
        )


def _held_words(model: Model) -> str:
    """What the hand holds, since only that can be read back."""
    cart = model.view.cart
    if cart is None or not cart.drug:
        return say("meds.hold_nothing")
    return f"{say('meds.hold')} {say(f'drug.{cart.drug}')} {drug_dose(model, cart.drug, cart.dose_ug)}"


def order_bar(surface: pygame.Surface, model: Model, rect: pygame.Rect, now_ms: int) -> None:
    """The running time to say "heard", at the foot of the card; drawn every frame."""
    asked = frame.own_order(model)
    if asked and asked.state == "sent":
        left = 1 - (now_ms - asked.since_ms) / skills().times.heard_ms
        gauge.bar(surface, pygame.Rect(rect.x + 12, rect.bottom - 5, rect.w - 24, 4), left, ACC, INK, opacity=0.8)


def order_controls(model: Model, rect: pygame.Rect) -> list[Control]:
    """The whole card answers."""
    return [Control(rect, Intent(Local.STEP))] if frame.own_order(model) else []


def task(board: Board, model: Model, rect: pygame.Rect) -> None:
    """Declares what keeps the hands busy."""
    busy = model.view.task
    if busy is None:
        return
    words = say(f"command.{busy.op}.doing") if knows(f"command.{busy.op}.doing") else say(f"command.{busy.op}.label")
    board.part("task", rect, words, lambda surface: _paint_task(surface, rect, words))


def _paint_task(surface: pygame.Surface, rect: pygame.Rect, words: str) -> None:
    surface.blit(shapes.box(rect.size, 10, INK, ACC, 1.5, 0.94), rect.topleft)
    line = text.fit(words, 15, 600, rect.w - 24)
    text.middle(surface, rect.centerx, rect.y + 14, line, 15, 600, align=Align.MIDDLE)


def task_bar(surface: pygame.Surface, model: Model, rect: pygame.Rect, now_ms: int) -> None:
    """How far the task has come; drawn every frame."""
    busy = model.view.task
    if busy:
        share = (now_ms - busy.start_ms) / max(1, busy.end_ms - busy.start_ms)
        gauge.bar(surface, pygame.Rect(rect.x + 12, rect.bottom - 8, rect.w - 24, 5), share, ACC, LINE)


def caption(board: Board, model: Model, rect: pygame.Rect, now_ms: int) -> None:
    """Declares the line of speech while it is fresh."""
    last = model.captions[-1] if model.captions else None
    if last is None or now_ms - last.at_ms >= frame.CAPTION_HOLD_MS:
        return
    board.part("caption", rect, (last, rect.y), lambda surface: _paint_caption(surface, model, rect))


def _paint_caption(surface: pygame.Surface, model: Model, rect: pygame.Rect) -> None:
    said = model.captions[-1]
    look = livery(frame.stations_of(model, said.seat))
    surface.blit(shapes.box(rect.size, 10, CAPTION, opacity=0.97), rect.topleft)
    badge.draw(surface, look, (rect.x + 20, rect.centery), 22)
    speaker = f"{said.speaker}: "
    room = round(rect.w - 50 - text.width(speaker, 16, 700))
    px = text.largest(said.words, (16, 15, 14), 600, room)
    parts = (Part(speaker, 700, look.colour), Part(text.fit(said.words, px, 600, room), 600, TEXT))
    text.rich(surface, rect.x + 38, rect.y + 24, parts, px)


def paint_two_lines(surface: pygame.Surface, *, model: Model, rect: pygame.Rect) -> None:
    """The last thing that was said, its speaker above the words; it stays, fainter, until the next."""
    surface.blit(shapes.box(rect.size, 10, CAPTION, LINE, 1, 0.92), rect.topleft)
    if not model.captions:
        return
    said = model.captions[-1]
    look = livery(frame.stations_of(model, said.seat))
    badge.draw(surface, look, (rect.x + 20, rect.centery), 22)
    room = rect.w - 48
    text.write(surface, rect.x + 38, rect.y + 18, text.fit(said.speaker, 14, 700, room), 14, 700, look.colour)
    px = text.largest(said.words, (15, 14), 600, room)
    text.write(surface, rect.x + 38, rect.y + 37, text.fit(said.words, px, 600, room), px, 600)


def caption_controls(rect: pygame.Rect) -> list[Control]:
    """A tap on what was said opens all that was said."""
    return [Control(rect.inflate(0, 8).move(0, -4), Intent(Local.CAPTIONS))]


def history(board: Board, model: Model, places: Places) -> None:
    """Declares the last lines of speech over the stage."""
    fit = (places.body.h - 44) // LINE_PX
    lines = tuple(model.captions)[-fit:]
    board.part("history", places.body, lines, lambda surface: _paint_history(surface, model, places))


def _paint_history(surface: pygame.Surface, model: Model, places: Places) -> None:
    rect = places.body
    panel(surface, rect, say("frame.history"), say("phone.close"), fill=CAPTION, border=LINE2)
    lines = tuple(model.captions)[-((rect.h - 44) // LINE_PX) :]
    for row, said in enumerate(lines):
        y = rect.y + 58 + row * LINE_PX
        colour = livery(frame.stations_of(model, said.seat)).colour
        text.write(surface, rect.x + 16, y, clock(said.at_ms), 14, 400, TEXT3, family=Family.MONO)
        speaker = f"{said.speaker}: "
        words = text.fit(said.words, 15, 500, round(rect.w - 90 - text.width(speaker, 15, 700)))
        text.rich(surface, rect.x + 66, y, (Part(speaker, 700, colour), Part(words, 500, TEXT)), 15)


def tab_bar(
    board: Board, model: Model, places: Places, tabs: Sequence[tuple[str, str]], calling: frozenset[str], *, up: int
) -> None:
    """Declares the tabs down the left: (name, icon); those in `calling` carry a mark."""
    own = livery(model.stations).colour
    for place, ((name, icon), rect) in enumerate(zip(tabs, places.tabs, strict=False)):
        key = (place == up, name in calling)
        board.part(f"tab {name}", rect, key, _tab_painter(rect, name, icon, own, key))


def _tab_painter(rect: pygame.Rect, name: str, icon: str, own: str, key: tuple[bool, bool]) -> Paint:
    return lambda surface: _paint_tab(surface, rect, name, icon, own, *key)


def _paint_tab(
    surface: pygame.Surface, rect: pygame.Rect, name: str, icon: str, own: str, up: bool, calls: bool
) -> None:
    surface.blit(shapes.box(rect.size, 10, S3 if up else S2, own if up else LINE2, 2 if up else 1.2), rect.topleft)
    ink = TEXT if up else TEXT2
    if rect.h < 50:
        icons.draw(surface, icon, (rect.x + 18, rect.centery), 18, ink, 2)
        words = text.fit(say(f"phone_tab.{name}"), 14, 600, rect.w - 34)
        text.middle(surface, rect.x + 32, rect.centery, words, 14, 600, ink)
    else:
        icons.draw(surface, icon, (rect.centerx, rect.y + 21), 22, ink, 2)
        text.middle(surface, rect.centerx, rect.y + 43, say(f"phone_tab.{name}"), 14, 600, ink, align=Align.MIDDLE)
    if calls:
        shapes.put(surface, shapes.disc(8, WARN), (rect.right - 10, rect.y + 10))
        text.middle(surface, rect.right - 10, rect.y + 10, "!", 13, 800, INK, align=Align.MIDDLE)


def tab_controls(places: Places, count: int) -> list[Control]:
    """Each tab opens itself."""
    return [Control(rect, Intent(Local.TAB, (place,))) for place, rect in enumerate(places.tabs[:count])]
