"""The cart and the defibrillator: lines, drawers, the syringe in hand, paper, and the device beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import SITES, Feel
from game.stations import Station
from game.ui import art, docks, frame, icons, shapes, text, tray
from game.ui.board import Board, backdrop
from game.ui.desk import Desk
from game.ui.drawers import drawer_of, drawer_tiles, tray_of
from game.ui.keymap import DIGITS, cap, lined, meant, next_step
from game.ui.screen import Control, Intent, Local
from game.ui.screens import device, paper, rail
from game.ui.text import Align, Part
from game.ui.theme import ACC, INK, LINE, LINE2, MEDS, OK, OK_TEXT, S2, S3, TEXT, TEXT2, TEXT3, WARN, State
from game.ui.tiles import Tile, page
from game.ui.values import drug_dose
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import knows, say

if TYPE_CHECKING:
    from game.rules.views import CartView
    from game.ui.board import Paint
    from game.ui.screen import Model


ORDER: Final = pygame.Rect(332, 72, 290, 112)
CHART: Final = pygame.Rect(16, 72, 306, 214)
CART: Final = pygame.Rect(16, 300, 426, 280)
DRAWERS: Final = pygame.Rect(28, 328, 104, 244)
TRAY: Final = pygame.Rect(136, 326, 298, 248)
SLOTS: Final = tuple(pygame.Rect(140 + place % 3 * 98, 330 + place // 3 * 86, 92, 80) for place in range(6))
ZOOM: Final = pygame.Rect(140, 502, 290, 70)
BACK: Final = pygame.Rect(322, 512, 102, 50)

BUILDER: Final = pygame.Rect(454, 300, 402, 280)
SYRINGE: Final = pygame.Rect(462, 338, 390, 80)
HOLD: Final = pygame.Rect(466, 422, 378, 36)
LINES: Final = tuple(pygame.Rect(466 + place * 96, 464, 90, 44) for place in range(4))
READ_BACK: Final = pygame.Rect(466, 518, 150, 54)
GIVE: Final = pygame.Rect(624, 518, 118, 54)
FLUSH: Final = pygame.Rect(750, 518, 94, 54)
STAGE: Final = pygame.Rect(324, 60, 544, 226)

PINS: Final = {"iv_left": (649, 266), "iv_right": (649, 93), "io_tibia": (487, 210), "io_humerus": (746, 263)}
"""Where the access sites lie on the patient."""
PIN_RIGHT: Final = frozenset({"iv_right", "io_humerus"})
"""Sites whose name stands at their right."""

LABELS: Final = {"epinephrine": "#8F4FD0", "amiodarone": "#3E7FB5", "atropine": "#3D8B57", "lidocaine": "#7D8790"}
"""Colours of real syringe labels by class; the name always stands beside them."""
OTHER_LABEL: Final = "#7D8790"
OPEN_AT_FIRST: Final = "arrest_drugs"
"""The drawer that is up while no other is open."""


class MedsScreen:
    """The picture from the patient's left side."""

    def __init__(self) -> None:
        self._board = Board(backdrop(art.stage("meds")))
        self._changes = rail.Changes()
        self._device = device.Device()
        self._arms = art.turned("compressor_hands_arms", 180, 60)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        shocker = model.view.defibrillator
        if model.view.cart is None and shocker is None:
            return
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._board.show(surface)
        else:
            self._board.again(surface)
        if shocker:
            self._device.draw(surface, model, shocker, now_ms)
        if model.view.task:
            self._draw_progress(surface, model, now_ms)
        if not model.mode.paper:
            frame.order_bar(surface, model, now_ms, ORDER)

    def controls(self) -> Sequence[Control]:
        """Pins and lines, drawers and what lies in them, the syringe's three steps, the device."""
        model = self._model
        if model is None:
            return ()
        found: list[Control] = []
        if model.view.cart:
            found += _cart_controls(model, model.view.cart)
        if model.view.defibrillator:
            found += device.controls(model)
        found += [*frame.station_controls(model), *docks.controls(model)]
        return [*found, *paper.controls()] if model.mode.paper else found

    def _declare(self, model: Model, now_ms: int) -> None:
        board = self._board
        on = _compressed(model)
        board.part("arms", STAGE, on, lambda surface: self._paint_arms(surface, on=on))
        frame.top_bar(board, model)
        docks.declare(board, model)
        cart, shocker = model.view.cart, model.view.defibrillator
        if cart:
            _declare_cart(board, model, cart, now_ms)
        if shocker:
            self._device.declare(board, model, shocker, now_ms)
        rail.switch(board, model, now_ms)
        frame.order_part(board, model, now_ms, ORDER)
        frame.captions(board, model, now_ms)
        if model.mode.paper:
            paper.declare(board, model, now_ms)

    def _draw_progress(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """The bar of the running task, over the drawer or the button it came from."""
        task = model.view.task
        drawers = _entries(model)
        rects = tray.grid(DRAWERS, len(drawers), columns=1)
        place = drawer_of(task.op) if task else ""
        if task and place in drawers:
            tray.progress(surface, model, (task.op,), (rects[drawers.index(place)],), now_ms)
        tray.progress(surface, model, ("give", "flush", "draw", "pads"), (GIVE, FLUSH, HOLD, device.CHARGE), now_ms)

    def _paint_arms(self, surface: pygame.Surface, *, on: bool) -> None:
        """Whoever compresses, seen from here."""
        if on:
            kept = surface.get_clip()
            surface.set_clip(STAGE.clip(kept))
            surface.blit(self._arms, self._arms.get_rect(midbottom=(704, 258)))
            surface.set_clip(kept)


def _compressed(model: Model) -> bool:
    """True while somebody pushes, not for hands that examine: what lies on this chest must agree with "all clear"."""
    if shocker := model.view.defibrillator:
        return not shocker.chest_off
    return any(seen.hands_on and seen.stations & Station.CHEST for seen in model.view.crew)


def _entries(model: Model) -> tuple[str, ...]:
    """The drawers of what this seat holds."""
    return tray_of(model.stations & (Station.CART | Station.DEFIBRILLATOR), 0, model.view)


def _line_states(cart: CartView) -> dict[str, tuple[str, str]]:
    """State of each line, and what waits in it for a flush."""
    return {line.site: (line.state, line.holds) for line in cart.lines}


def _declare_cart(board: Board, model: Model, cart: CartView, now_ms: int) -> None:
    states = _line_states(cart)
    for site in SITES:
        state, _ = states.get(site, FREE)
        board.part(f"pin {site}", _pin_rect(site), state, _pin_painter(site, state))
    rows = paper.summary(model, now_ms)
    board.part("chart", CHART, rows, lambda surface: paper.paint_card(surface, CHART, rows))
    board.part("cart", CART, 0, _paint_cart)
    entries = _entries(model)
    tray.declare(board, "drawer", tray.cells(model, entries), tray.grid(DRAWERS, len(entries), columns=1))
    _declare_slots(board, model, cart)
    steps = _steps(model, cart)
    board.part("builder", BUILDER, steps, lambda surface: _paint_builder(surface, steps))
    held = (cart.drug, drug_dose(model, cart.drug, cart.dose_ug) if cart.drug else "")
    board.part("syringe", SYRINGE, held, lambda surface: _paint_syringe(surface, *held))
    board.part("hold", HOLD, held, lambda surface: _paint_hold(surface, *held))
    for site, rect in zip(SITES, LINES, strict=True):
        line = states.get(site, FREE)
        board.part(f"line {site}", rect, line, _line_painter(rect, site, *line))
    for rect, act in _acts(model, cart):
        board.part(f"act {rect.x}", rect, act, _act_painter(rect, act))


def _cart_controls(model: Model, cart: CartView) -> list[Control]:
    found = _line_controls(model, cart)
    chart = meant("chart", model.view)
    found.append(Control(CHART, chart, enabled=chart.op == Local.PAPER or frame.works(model, "chart")))
    entries = _entries(model)
    found += tray.controls(model, entries, tray.grid(DRAWERS, len(entries), columns=1))
    opened = bool(model.tiles) and not (model.mode.wheel or model.mode.menu)
    if opened:
        found += tray.offer_controls(model, SLOTS)
        found.append(Control(BACK, Intent(Local.BACK)))
    elif not model.tiles:
        works = frame.works(model, "draw")
        drugs = zip(_drugs(model), SLOTS, strict=False)
        found += [Control(rect, tile.intent, enabled=works) for tile, rect in drugs]
    give, flush = lined("give", model.view), lined("flush", model.view)
    feel = Feel.HOLD if give.op == "give" else Feel.TAP
    found.append(Control(READ_BACK, Intent(Local.STEP)))
    found.append(Control(GIVE, give, feel, frame.works(model, "give")))
    found.append(Control(FLUSH, flush, enabled=frame.works(model, "flush")))
    if model.view.switch.asked_ms >= 0 and frame.works(model, "switch_yes"):
        found.append(Control(rail.SWITCH, Intent("switch_yes")))
    return found


FREE: Final = ("free", "")


def _line_controls(model: Model, cart: CartView) -> list[Control]:
    """A free place is for a line; into an open one goes what is in the hand, or a flush."""
    states = _line_states(cart)
    found = []
    for site in SITES:
        state, holds = states.get(site, FREE)
        op = "access" if state != "open" else "give" if cart.drug and not holds else "flush"
        works = frame.works(model, op) and (state in ("open", "free"))
        feel = Feel.HOLD if op == "give" else Feel.TAP
        pin = pygame.Rect(0, 0, 44, 44).move_to(center=PINS[site])
        found += [Control(rect, Intent(op, (site,)), feel, works) for rect in (pin, LINES[SITES.index(site)])]
    return found


def _drugs(model: Model) -> tuple[Tile, ...]:
    """What lies in the first drawer while no other is open."""
    desk = Desk(model.level, model.pack, model.view, model.seat, model.sight)
    return page(drawer_tiles(OPEN_AT_FIRST, desk, model.stations), 0)


def _declare_slots(board: Board, model: Model, cart: CartView) -> None:
    opened = bool(model.tiles) and not (model.mode.wheel or model.mode.menu)
    tiles = model.tiles if opened else _drugs(model)
    works = opened or frame.works(model, "draw")
    for place, (tile, rect) in enumerate(zip(tiles, SLOTS, strict=False)):
        key = cap(DIGITS[place]) if opened else ""
        slot = Slot(tile.title, tile.detail, key, _label_colour(tile), opened and place == model.mode.cursor, works)
        board.part(f"slot {place}", rect, slot, _slot_painter(rect, slot))
    trail = rail.said_so_far(model) if opened else ()
    held = (cart.drug, drug_dose(model, cart.drug, cart.dose_ug) if cart.drug else "")
    board.part("zoom", ZOOM, (trail, held), lambda surface: _paint_zoom(surface, trail, *held))


class Slot(NamedTuple):
    """What lies in a place of the open drawer."""

    title: str
    detail: str
    key: str
    colour: str
    chosen: bool
    works: bool


def _label_colour(tile: Tile) -> str:
    """The label colour of the drug that a tile is about, "" for a tile about no drug."""
    return next((LABELS.get(str(arg), OTHER_LABEL) for arg in tile.intent.args if knows(f"drug.{arg}")), "")


def _slot_painter(rect: pygame.Rect, slot: Slot) -> Paint:
    return lambda surface: _paint_slot(surface, rect, slot)


def _paint_slot(surface: pygame.Surface, rect: pygame.Rect, slot: Slot) -> None:
    border = ACC if slot.chosen else LINE2
    surface.blit(shapes.box(rect.size, 8, S2, border, 2 if slot.chosen else 1, dashed=not slot.works), rect.topleft)
    if slot.key:
        keycap(surface, rect.x + 6, rect.y + 17, slot.key)
    if slot.colour:
        _paint_ampoule(surface, rect.right - 60 if slot.key else rect.centerx - 28, rect.y + 11, slot.colour)
    ink = TEXT if slot.works else TEXT3
    lines = text.wrap(slot.title, 14, 700, rect.w - 8)[:2]
    below = [*((line, 700, ink) for line in lines), *([(slot.detail, 500, TEXT2)] if slot.detail else [])][:2]
    for row, (words, weight, colour) in enumerate(below):
        baseline = rect.bottom - 8 - 17 * (len(below) - 1 - row)
        line = text.fit(words, 14, weight, rect.w - 6)
        text.write(surface, rect.centerx, baseline, line, 14, weight, colour, align=Align.MIDDLE)


def _paint_ampoule(surface: pygame.Surface, x: float, y: float, colour: str) -> None:
    """A small prefilled syringe with its label."""
    left, top = round(x), round(y)
    surface.fill("#C9D8E1", (left, top, 4, 15))
    surface.fill("#B9C7D1", (left + 4, top + 5, 9, 6))
    surface.blit(shapes.box((38, 15), 3, "#E6EEF3"), (left + 13, top))
    surface.fill(colour, (left + 22, top, 18, 15))
    surface.fill("#FFFFFF", (left + 25, top + 6, 12, 2))
    surface.fill("#B9C7D1", (left + 51, top + 5, 7, 5))


def _paint_zoom(surface: pygame.Surface, trail: tuple[str, ...], drug: str, dose: str) -> None:
    """While choosing: what was said so far and the way back. Else the printed label of what is in hand."""
    if trail:
        surface.blit(shapes.box(ZOOM.size, 9, INK, ACC, 2), ZOOM.topleft)
        for row, line in enumerate(text.wrap(" > ".join(trail), 15, 700, 180)[:2]):
            text.write(surface, ZOOM.x + 12, ZOOM.y + 30 + row * 20, line, 15, 700, ACC)
        button(surface, BACK, Label(say("choose.back"), px=14, key=cap("Escape")))
        return
    if not drug:
        surface.blit(shapes.box(ZOOM.size, 9, INK, LINE, 1), ZOOM.topleft)
        text.write(surface, ZOOM.x + 12, ZOOM.y + 30, say("meds.choose_first"), 14, 600, TEXT2)
        text.write(surface, ZOOM.x + 12, ZOOM.y + 50, say("meds.choose_what"), 14, 500, TEXT3)
        return
    colour = LABELS.get(drug, OTHER_LABEL)
    surface.blit(shapes.box(ZOOM.size, 9, "#F3F6F8", ACC, 2.5), ZOOM.topleft)
    surface.fill(colour, (ZOOM.x + 3, ZOOM.y + 4, ZOOM.w - 6, 25))
    text.write(surface, ZOOM.x + 12, ZOOM.y + 22, say(f"drug.{drug}").upper(), 17, 700, "#FFFFFF")
    text.write(surface, ZOOM.x + 12, ZOOM.y + 53, dose, 18, 700, INK)


def _pin_rect(site: str) -> pygame.Rect:
    x, y = PINS[site]
    wide = round(text.width(say(f"site_short.{site}"), 14, 600)) + 18
    return pygame.Rect(x - 14 if site in PIN_RIGHT else x - wide - 18, y - 16, wide + 32, 32)


def _pin_painter(site: str, state: str) -> Paint:
    return lambda surface: _paint_pin(surface, site, state)


def _paint_pin(surface: pygame.Surface, site: str, state: str) -> None:
    rect, centre = _pin_rect(site), PINS[site]
    words = say(f"site_short.{site}")
    wide = rect.w - 32
    left = centre[0] + 16 if site in PIN_RIGHT else centre[0] - wide - 16
    surface.blit(shapes.box((wide, 28), 14, INK, opacity=0.86), (left, centre[1] - 14))
    looks = {"open": ("check", OK, OK_TEXT), "trying": ("clock", WARN, WARN), "blown": ("x", WARN, WARN)}
    icon, border, ink = looks.get(state, ("plus", TEXT, TEXT))
    shapes.put(surface, shapes.disc(12, INK, border, 2.2, 0.6), centre)
    icons.draw(surface, icon, centre, 14, border, 2.4)
    text.middle(surface, left + wide / 2, centre[1], words, 14, 600, ink, align=Align.MIDDLE)


def _paint_cart(surface: pygame.Surface) -> None:
    panel(surface, CART)
    text.write(surface, 32, 319, say("meds.cart"), 15, 600, TEXT2)
    text.write(surface, 426, 319, say("meds.cart_hint"), 14, 500, TEXT3, align=Align.END)
    surface.blit(shapes.box(TRAY.size, 9, INK, LINE, 1), TRAY.topleft)


class Step(NamedTuple):
    """One of the four steps to a given drug; `key` is that of its words."""

    key: str
    done: bool


def _steps(model: Model, cart: CartView) -> tuple[Step, ...]:
    """Which of drug, read-back and line are done; nobody reads back what nobody ordered."""
    gives = [order for order in model.view.orders if order.op == "give"]
    held = ("give", cart.drug, cart.dose_ug)
    said = any(order.state in ("read_back", "confirmed") and order.said == held for order in gives)
    line = any(line.state == "open" for line in cart.lines)
    back = Step("step_back" if gives else "step_not_asked", said)
    return Step("step_drug", bool(cart.drug)), back, Step("step_line", line), Step("step_give", done=False)


def _paint_builder(surface: pygame.Surface, steps: tuple[Step, ...]) -> None:
    panel(surface, BUILDER)
    text.write(surface, 468, 320, say("meds.prepare"), 15, 600, TEXT2)
    x = 540.0
    for number, (key, done) in enumerate(steps, 1):
        shapes.put(surface, shapes.disc(9, OK if done else S3), (x, 315))
        if done:
            icons.draw(surface, "check", (x, 315), 12, "#06211F", 2.4)
        else:
            text.number_middle(surface, x, 315, str(number), 14)
        ink = TEXT2 if done else TEXT3 if key == "step_not_asked" else TEXT
        end = text.middle(surface, x + 13, 315, say(f"meds.{key}"), 14, 600, ink)
        x = end + 24


def _paint_syringe(surface: pygame.Surface, drug: str, dose: str) -> None:
    """A syringe: empty with its plunger home, or full with its label."""
    x, y = BUILDER.x, 378
    surface.blit(shapes.box((222, 50), 8, "#D7E6EE", "#BBD0DC", 2, 0.16), (x + 36, y - 25))
    plunger, handle = (x + 228, x + 314) if drug else (x + 44, x + 268)
    if drug:
        surface.blit(shapes.box((188, 42), 5, "#BFE3F2", opacity=0.5), (x + 40, y - 21))
    surface.blit(shapes.box((10, 44), 3, "#33444F"), (plunger, y - 22))
    surface.blit(shapes.box((handle - plunger - 10, 12), 3, "#9FB4C1"), (plunger + 10, y - 6))
    surface.blit(shapes.box((12, 52), 4, "#C9D8E1"), (handle, y - 26))
    surface.blit(shapes.box((8, 60), 3, "#BBD0DC"), (x + 258, y - 30))
    tip = shapes.polygon((16, 20), ((15, 1), (1, 6), (1, 14), (15, 19)), "#BBD0DC")
    shapes.put(surface, tip, (x + 29, y))
    surface.fill("#BBD0DC", (x + 8, y - 1, 14, 3))
    for mark in range(11):
        high = 8 if mark % 5 else 14
        surface.fill("#E9F3F8", (round(x + 40 + mark * 18.8), y - 25, 1 if mark % 5 else 2, high))
    if drug:
        surface.blit(shapes.box((150, 32), 4, LABELS.get(drug, OTHER_LABEL)), (x + 58, y - 15))
        text.middle(surface, x + 133, y + 1, say(f"drug.{drug}").upper(), 16, 700, "#FFFFFF", align=Align.MIDDLE)
        text.write(surface, BUILDER.right - 12, y + 5, dose, 15, 700, align=Align.END)


def _paint_hold(surface: pygame.Surface, drug: str, dose: str) -> None:
    surface.blit(shapes.box(HOLD.size, 8, INK, LINE, 1), HOLD.topleft)
    icons.draw(surface, "syringe", (HOLD.x + 20, HOLD.centery), 18, MEDS if drug else TEXT3)
    if not drug:
        text.write(surface, HOLD.x + 36, HOLD.y + 24, say("meds.hold_nothing"), 15, 500, TEXT3)
        return
    held = f"{say(f'drug.{drug}')} {dose}"
    text.rich(surface, HOLD.x + 36, HOLD.y + 24, (Part(say("meds.hold") + " ", 500, TEXT2), Part(held, 700, TEXT)), 15)


def _line_painter(rect: pygame.Rect, site: str, state: str, holds: str) -> Paint:
    return lambda surface: _paint_line(surface, rect, site, state, holds)


def _paint_line(surface: pygame.Surface, rect: pygame.Rect, site: str, state: str, holds: str) -> None:
    states = {"open": State.OK, "trying": State.HOVER, "blown": State.DISABLED}
    second = say(f"line.{state}") if state != "free" else say("meds.line_free")
    colour = OK_TEXT if state == "open" else TEXT3
    look = states.get(state, State.IDLE)
    if holds:
        second, colour, look = say(f"drug.{holds}"), WARN, State.WARN
    button(surface, rect, Label(""), look, radius=8)
    words = say(f"site_short.{site}")
    text.write(surface, rect.centerx, rect.centery - 3, words, 14, 600, TEXT, align=Align.MIDDLE)
    line = text.fit(second, 14, 500, rect.w - 8)
    text.write(surface, rect.centerx, rect.centery + 15, line, 14, 500, colour, align=Align.MIDDLE)


class ActLook(NamedTuple):
    """One of the three steps under the syringe."""

    label: Label
    state: State


def _acts(model: Model, cart: CartView) -> list[tuple[pygame.Rect, ActLook]]:
    answer = next_step(model.stations, model.view)
    op = answer.intent.op if answer else "read_back"
    label = Label(say(f"command.{op}.label"), key="R")
    # Only what is in the hand can be read back.
    asked = answer is not None and (op != "read_back" or bool(cart.drug))
    read_back = State.PRIMARY if asked else State.DISABLED
    give = State.PRIMARY if frame.works(model, "give") and read_back is not State.PRIMARY else State.IDLE
    give = give if frame.works(model, "give") else State.DISABLED
    waits = State.PRIMARY if any(line.holds for line in cart.lines) else State.IDLE
    flush = waits if frame.works(model, "flush") else State.DISABLED
    return [
        (READ_BACK, ActLook(label, read_back)),
        (GIVE, ActLook(Label(say("meds.give"), say("meds.give_hold"), "G"), give)),
        (FLUSH, ActLook(Label(say("meds.flush"), key="L", px=15), flush)),
    ]


def _act_painter(rect: pygame.Rect, act: ActLook) -> Paint:
    return lambda surface: button(surface, rect, act.label, act.state)
