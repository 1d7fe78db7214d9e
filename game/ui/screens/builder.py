"""The syringe: what was taken, how far the plunger is pulled, what is really held; then read back, give, flush."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import SITES, Feel
from game.ui import frame, hand, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import next_step
from game.ui.screen import Control, Intent, Local
from game.ui.stock import container_of
from game.ui.text import Align, Part
from game.ui.theme import ACC, INK, LINE, MEDS, OK, OK_TEXT, S3, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.tiles import lined
from game.ui.values import drug_dose
from game.ui.widgets import gauge
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.rules.views import CartView
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


class Places(NamedTuple):
    """Where the parts of the builder lie on a canvas; `barrel` is the left end of the scale at half height."""

    panel: pygame.Rect
    syringe: pygame.Rect
    barrel: tuple[int, int]
    more: pygame.Rect
    less: pygame.Rect
    hold: pygame.Rect
    lines: tuple[pygame.Rect, ...]
    read_back: pygame.Rect
    give: pygame.Rect
    flush: pygame.Rect


DESK: Final = Places(
    panel=pygame.Rect(454, 300, 402, 280),
    syringe=pygame.Rect(462, 338, 390, 80),
    barrel=(494, 378),
    more=pygame.Rect(804, 332, 48, 44),
    less=pygame.Rect(804, 378, 48, 44),
    hold=pygame.Rect(466, 422, 378, 36),
    lines=tuple(pygame.Rect(466 + place * 96, 464, 90, 44) for place in range(4)),
    read_back=pygame.Rect(466, 518, 150, 54),
    give=pygame.Rect(624, 518, 118, 54),
    flush=pygame.Rect(750, 518, 94, 54),
)
PIPS: Final = ("drug", "volume", "line", "give")
SCALE_PX: Final = 188
"""Pixels of a full barrel."""
STROKE_PX: Final = 46
"""How far the plunger's plate goes out."""
FREE: Final = ("free", "")
LABEL_PX: Final = 144
"""What the label on the barrel holds of a line."""
STEPS: Final = 40
"""Pictures of a barrel that fills."""


class Fill(NamedTuple):
    """The barrel as it is painted: what is in it, how full in STEPS, what the plunger is at."""

    drug: str
    colour: str
    share: int
    volume: str
    size_ml: int
    held: bool


def declare(board: Board, model: Model, cart: CartView, now_ms: int, at: Places = DESK) -> None:
    """Declares the panel with its pips, barrel, "You hold" line, lines and the three steps."""
    steps = _steps(model, cart)
    board.part("builder", at.panel, steps, lambda surface: _paint_ground(surface, at, steps))
    fill = _fill(model, now_ms)
    board.part("syringe", at.syringe, fill, lambda surface: _paint_syringe(surface, at, fill))
    held = _held(model, cart)
    board.part("hold", at.hold, held, lambda surface: _paint_hold(surface, at.hold, held))
    states = line_states(cart)
    for site, rect in zip(SITES, at.lines, strict=True):
        line = states.get(site, FREE)
        board.part(f"line {site}", rect, line, _line_painter(rect, site, *line))
    for rect, act in _acts(model, cart, at):
        board.part(f"act {rect.topleft}", rect, act, _act_painter(rect, act))


def draw(surface: pygame.Surface, model: Model, at: Places = DESK) -> None:
    """What moves: how long Give has been held."""
    if model.mode.hold == "give":
        bar = pygame.Rect(at.give.x + 8, at.give.bottom - 9, at.give.w - 16, 5)
        gauge.bar(surface, bar, model.mode.hold_pct / 100, ACC, LINE)


def controls(model: Model, cart: CartView, at: Places = DESK) -> list[Control]:
    """Hit areas: the plunger to drag and its two buttons, the lines, the three steps."""
    mode = model.mode
    found = [Control(at.syringe, Intent(Local.PLUNGER, (0,)), stops=_stops(model, at))] if mode.picked else []
    found += [Control(rect, Intent(Local.PLUNGER, (way,))) for rect, way in ((at.more, 1), (at.less, -1))]
    found += line_controls(model, cart, at.lines)
    drawn = hand.to_draw(mode, model.pack)
    if drawn and not frame.works(model, "draw"):
        found.append(Control(at.read_back, drawn, enabled=False))
    else:
        found.append(Control(at.read_back, drawn or Intent(Local.STEP)))
    give, flush = lined("give", model.view), lined("flush", model.view)
    feel = Feel.HOLD if give.op == "give" else Feel.TAP
    found.append(Control(at.give, give, feel, frame.works(model, "give")))
    found.append(Control(at.flush, flush, enabled=frame.works(model, "flush")))
    return found


def line_states(cart: CartView) -> dict[str, tuple[str, str]]:
    """State of each line, and what waits in it for a flush."""
    return {line.site: (line.state, line.holds) for line in cart.lines}


def line_controls(model: Model, cart: CartView, rects: tuple[pygame.Rect, ...]) -> list[Control]:
    """A free place is for a line; into an open one goes what is in the hand, or a flush."""
    states = line_states(cart)
    found = []
    for site, rect in zip(SITES, rects, strict=True):
        state, holds = states.get(site, FREE)
        op = "access" if state != "open" else "give" if cart.drug and not holds else "flush"
        works = frame.works(model, op) and state in ("open", "free")
        found.append(Control(rect, Intent(op, (site,)), Feel.HOLD if op == "give" else Feel.TAP, works))
    return found


def _stops(model: Model, at: Places) -> tuple[int, ...]:
    """The x of the plunger at home and at each amount."""
    container = hand.syringe(model.mode, model.view, model.pack).container
    if container is None or not container.drug:
        return (at.barrel[0],)
    size = hand.size_ml(container, model.pack)
    return tuple(round(at.barrel[0] + SCALE_PX * ml / size) for ml in hand.stops_ml(container, model.pack))


def _steps(model: Model, cart: CartView) -> tuple[bool, ...]:
    """Which of drug, volume, line and give are done."""
    picked = bool(model.mode.picked or cart.drug)
    line = any(line.state == "open" for line in cart.lines)
    given = any(line.holds for line in cart.lines)
    return picked, bool(cart.drug), line, given


def _fill(model: Model, now_ms: int) -> Fill:
    seen = hand.syringe(model.mode, model.view, model.pack)
    container, size = seen.container, hand.size_ml(seen.container, model.pack)
    if container is None or not container.drug:
        return Fill("", "", 0, _millilitres(0.0), size, held=False)
    volume = container.volume_of(model.pack, seen.dose_ug)
    gone = 1.0
    if seen.until_ms >= 0:
        gone = max(0.0, min(1.0, (now_ms - seen.since_ms) / max(1, seen.until_ms - seen.since_ms)))
    share = round(STEPS * gone * volume / size) if container.volume_ml else STEPS * (seen.dose_ug > 0)
    measured = _millilitres(volume) if container.volume_ml else ""
    return Fill(container.drug, container.colour, share, measured, size, held=seen.ready or seen.until_ms >= 0)


def _millilitres(volume: float) -> str:
    return say("unit.volume", volume=f"{volume:.1f}" if volume else "0")


class Held(NamedTuple):
    """The "You hold" line: what is really held, and what stands after it."""

    lead: str
    what: str
    after: str
    warns: bool = False


def _held(model: Model, cart: CartView) -> Held:
    task, view = model.view.task, hand.syringe(model.mode, model.view, model.pack)
    if task is not None and task.op == "draw":
        dose = drug_dose(model, str(task.args[0]), int(task.args[1]))
        return Held(say("syringe.drawing") + " ", f"{say(f'drug.{task.args[0]}')} {dose}", "")
    if cart.drug:
        held = container_of(cart.drug, model.mode.picked)
        volume = held.volume_of(model.pack, cart.dose_ug) if held else 0.0
        open_ = [line.site for line in cart.lines if line.state == "open"]
        after = say("syringe.in_volume", volume=say("unit.volume", volume=f"{volume:g}")) if volume else ""
        after += f", {say(f'site_short.{open_[0]}')}" if len(open_) == 1 else ""
        dose = drug_dose(model, cart.drug, cart.dose_ug)
        return Held(say("syringe.you_hold"), f"{say(f'drug.{cart.drug}')} {dose}", after)
    waits = next((line for line in cart.lines if line.holds), None)
    if waits is not None:
        drug, site = say(f"drug.{waits.holds}"), say(f"site_short.{waits.site}")
        return Held("", say("syringe.waits", drug=drug, site=site), "", warns=True)
    lead, what = say("syringe.you_hold"), say("syringe.nothing")
    if view.dose_ug and view.container:
        return Held(lead, what, say("syringe.set_to", dose=drug_dose(model, view.container.drug, view.dose_ug)))
    if view.container and view.container.drug:
        return Held(lead, what, say("syringe.pull"))
    return Held(lead, what, say("syringe.no_lines" if not cart.lines else "syringe.some_lines"))


def _paint_ground(surface: pygame.Surface, at: Places, steps: tuple[bool, ...]) -> None:
    rect = at.panel
    panel(surface, rect)
    text.write(surface, rect.x + 14, rect.y + 20, say("syringe.prepare"), 15, 600, TEXT2)
    y = rect.y + 15
    for place, (name, done) in enumerate(zip(PIPS, steps, strict=True)):
        x = rect.x + 100 + place * 80
        shapes.put(surface, shapes.disc(9, OK if done else S3), (x, y))
        if done:
            icons.draw(surface, "check", (x, y), 12, "#06211F", 2.4)
        else:
            text.number_middle(surface, x, y, str(place + 1), 14)
        text.middle(surface, x + 13, y, say(f"syringe.{name}"), 14, 600, TEXT2 if done else TEXT)


def _paint_syringe(surface: pygame.Surface, at: Places, fill: Fill) -> None:
    """The barrel with its scale; the plunger at home beside an empty one, with a ring where it is held."""
    x, y = at.barrel
    wide = round(SCALE_PX * fill.share / STEPS)
    surface.blit(shapes.box((222, 50), 8, "#D7E6EE", "#BBD0DC", 2, 0.16), (x - 4, y - 25))
    surface.blit(
        shapes.box((SCALE_PX, 42), 5, "#BFE3F2", opacity=0.5 if fill.held else 0.22), (x, y - 21), (0, 0, wide, 42)
    )
    rubber, plate = x + max(4, wide), x + 228 + round(STROKE_PX * fill.share / STEPS)
    rod = plate - rubber - 10
    surface.blit(shapes.box((270, 12), 3, "#9FB4C1"), (rubber + 10, y - 6), (0, 0, rod, 12))
    surface.blit(shapes.box((10, 44), 3, "#33444F"), (rubber, y - 22))
    surface.blit(shapes.box((12, 52), 4, "#C9D8E1"), (plate, y - 26))
    if fill.drug:
        surface.blit(shapes.box((8, 60), 3, "#BBD0DC"), (x + 218, y - 30))
    shapes.put(surface, shapes.polygon((16, 20), ((15, 1), (1, 6), (1, 14), (15, 19)), "#BBD0DC"), (x - 11, y))
    surface.fill("#BBD0DC", (x - 32, y - 1, 14, 3))
    _paint_scale(surface, at, fill.size_ml)
    if fill.drug:
        surface.blit(shapes.box((150, 32), 4, fill.colour), (x + 18, y - 15))
        words = say(f"drug.{fill.drug}").upper()
        lines = (words,) if text.width(words, 16, 800) <= LABEL_PX else text.wrap(words, 14, 800, LABEL_PX)[:2]
        px = 14 if len(lines) > 1 else text.largest(words, (16, 15, 14), 800, LABEL_PX)
        for row, line in enumerate(lines):
            middle = y + 1 + 15 * (row - (len(lines) - 1) / 2)
            fitted = text.fit(line, px, 800, LABEL_PX)
            text.middle(surface, x + 93, middle, fitted, px, 800, "#FFFFFF", align=Align.MIDDLE)
    shapes.put(surface, shapes.ring(30, ACC, 4, 5), (plate + 6, y))
    level = max(at.panel.y + 43, at.syringe.y + 12)  # inside its own part, or a repaint cuts the figures
    text.number(surface, at.panel.right - 12, level, fill.volume, 15, align=Align.END)
    for key, rect, down in (("PageUp", at.more, 10), ("PageDown", at.less, -8)):
        if at.syringe.colliderect(rect):
            keycap(surface, rect.x + 4, rect.centery + down, cap(key))


def _paint_scale(surface: pygame.Surface, at: Places, size_ml: int) -> None:
    x, y = at.barrel
    for mark in range(11):
        high = 8 if mark % 5 else 14
        surface.fill("#E9F3F8", (round(x + mark * SCALE_PX / 10), y - 25, 1 if mark % 5 else 2, high))
        if mark % 5 == 0:
            words = f"{size_ml * mark / 10:g}"
            text.number(surface, x + mark * SCALE_PX / 10, y - 31, words, 14, 400, TEXT2, align=Align.MIDDLE)


def _paint_hold(surface: pygame.Surface, rect: pygame.Rect, held: Held) -> None:
    surface.blit(shapes.box(rect.size, 8, INK, WARN if held.warns else LINE, 1), rect.topleft)
    icons.draw(
        surface, "drop" if held.warns else "syringe", (rect.x + 20, rect.centery), 18, WARN if held.warns else MEDS
    )
    parts = (
        Part(held.lead, 500, TEXT2),
        Part(held.what, 700, WARN if held.warns else TEXT),
        Part(held.after, 500, TEXT),
    )
    text.rich(surface, rect.x + 36, rect.y + 24, parts, 15, room=rect.w - 44)


def _line_painter(rect: pygame.Rect, site: str, state: str, holds: str) -> Paint:
    return lambda surface: _paint_line(surface, rect, site, state, holds)


def _paint_line(surface: pygame.Surface, rect: pygame.Rect, site: str, state: str, holds: str) -> None:
    states = {"open": State.OK, "trying": State.HOVER, "blown": State.DISABLED}
    second = say(f"line.{state}") if state != "free" else say("meds.line_free")
    colour, look = OK_TEXT if state == "open" else TEXT3, states.get(state, State.IDLE)
    if holds:
        second, colour, look = say(f"drug.{holds}"), WARN, State.WARN
    button(surface, rect, Label(""), look, radius=8)
    words = text.fit(say(f"site_short.{site}"), 14, 600, rect.w - 8)
    text.write(surface, rect.centerx, rect.centery - 3, words, 14, 600, TEXT, align=Align.MIDDLE)
    line = text.fit(second, 14, 500, rect.w - 8)
    text.write(surface, rect.centerx, rect.centery + 15, line, 14, 500, colour, align=Align.MIDDLE)


class Act(NamedTuple):
    """One of the three steps under the syringe."""

    label: Label
    state: State


def _acts(model: Model, cart: CartView, at: Places) -> list[tuple[pygame.Rect, Act]]:
    first = _first(model, cart)
    works = {
        "give": bool(cart.drug) and frame.works(model, "give"),
        "flush": any(line.state == "open" for line in cart.lines) and frame.works(model, "flush"),
    }
    give = State.IDLE if first.state is State.PRIMARY else State.PRIMARY
    waits = State.PRIMARY if any(line.holds for line in cart.lines) else State.IDLE
    holding = model.mode.hold == "give"
    second = say("syringe.giving" if _gives(model) else "syringe.holding" if holding else "syringe.hold")
    return [
        (at.read_back, first),
        (
            at.give,
            Act(
                Label(say("syringe.give"), second, cap("KeyG")),
                (State.PRESSED if holding else give) if works["give"] else State.DISABLED,
            ),
        ),
        (
            at.flush,
            Act(Label(say("syringe.flush"), key=cap("KeyL"), px=15), waits if works["flush"] else State.DISABLED),
        ),
    ]


def _gives(model: Model) -> bool:
    return model.view.task is not None and model.view.task.op == "give"


def _first(model: Model, cart: CartView) -> Act:
    """Draw up what the plunger is set to; else R's next step: hear, read back what is in the hand."""
    if hand.to_draw(model.mode, model.pack):
        label = Label(say("syringe.draw_up"), key=cap("Enter"))
        return Act(label, State.PRIMARY if frame.works(model, "draw") else State.DISABLED)
    answer = next_step(model.stations, model.view)
    if answer is None and _said(model, cart):
        return Act(Label(say("syringe.read_back"), icon="check"), State.OK)
    op = answer.intent.op if answer else "read_back"
    # Only what is in the hand can be read back.
    asked = answer is not None and (op != "read_back" or bool(cart.drug))
    return Act(Label(say(f"command.{op}.label"), key=cap("KeyR")), State.PRIMARY if asked else State.DISABLED)


def _said(model: Model, cart: CartView) -> bool:
    """True if what is in the hand was read back and not corrected."""
    held = ("give", cart.drug, cart.dose_ug)
    gives = [order for order in model.view.orders if order.op == "give"]
    return any(order.state in ("read_back", "confirmed") and order.said == held for order in gives)


def _act_painter(rect: pygame.Rect, act: Act) -> Paint:
    return lambda surface: button(surface, rect, act.label, act.state)
