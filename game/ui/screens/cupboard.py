"""The crash cart: five drawers, six places of the open one, and the printed label of what is under the cursor."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.ui import frame, icons, shapes, text, tray
from game.ui.desk import Desk
from game.ui.drawers import DRAWERS, drawer_tiles, strength
from game.ui.keyboard import cap
from game.ui.keymap import DIGITS
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.stock import Container, container_of, stock
from game.ui.text import Align
from game.ui.theme import ACC, INK, LINE, LINE2, MEDS, OK, OK_BG, S2, S3, TEXT, TEXT2, TEXT3
from game.ui.tiles import PAGE, Tile, page
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.panel import panel
from game.ui.words import say

if TYPE_CHECKING:
    from game.content import Pack
    from game.ui.board import Board, Paint
    from game.ui.screen import Model


class Places(NamedTuple):
    """Where the parts of the cart lie on a canvas."""

    cart: pygame.Rect
    fronts: tuple[pygame.Rect, ...]
    tray: pygame.Rect
    slots: tuple[pygame.Rect, ...]
    zoom: pygame.Rect


DESK: Final = Places(
    pygame.Rect(16, 300, 426, 280),
    tuple(pygame.Rect(28, 328 + 50 * place, 104, 44) for place in range(5)),
    pygame.Rect(136, 326, 298, 248),
    tuple(pygame.Rect(140 + place % 3 * 98, 330 + place // 3 * 86, 92, 80) for place in range(6)),
    pygame.Rect(140, 502, 290, 70),
)
AT_FIRST: Final = "arrest_drugs"
"""The drawer one sees while none is open."""
LABEL: Final = "#F3F6F8"
PRINT: Final = "#33475A"
BACK_PX: Final = 102
LABEL_PX: Final = 70
"""A label as high as this has room for its third line."""
SMALL: Final = 0.74
SLOT_PX: Final = 90
"""What a place holds of a line."""


class Front(NamedTuple):
    """A drawer from outside."""

    title: str
    page: str
    open: bool
    cursor: bool


class Slot(NamedTuple):
    """What lies in a place of the open drawer."""

    title: str
    detail: str
    key: str
    container: str
    icon: str
    cursor: bool
    held: bool
    works: bool


def opened(model: Model) -> bool:
    """True while the places show choices that the digits take."""
    return bool(model.tiles) and not (model.mode.wheel or model.mode.menu)


def declare(board: Board, model: Model, at: Places = DESK) -> None:
    """Declares drawers, places and label."""
    board.part("cart", at.cart, 0, lambda surface: _paint_ground(surface, at))
    for (name, front), rect in zip(_fronts(model).items(), at.fronts, strict=True):
        board.part(f"drawer {name}", rect, front, _front_painter(rect, front))
    for place, (slot, rect) in enumerate(zip(_slots(model), at.slots, strict=False)):
        board.part(f"slot {place}", rect, slot, _slot_painter(rect, slot))
    if opened(model) and (model.mode.path or model.mode.group not in DRAWERS):
        trail, more = rail.said_so_far(model), len(model.tiles) > PAGE
        board.part("zoom", at.zoom, (trail, more), lambda surface: _paint_trail(surface, at.zoom, trail, more=more))
        return
    shown = _zoomed(model)
    board.part("zoom", at.zoom, shown, lambda surface: _paint_zoom(surface, at.zoom, *shown, model.pack))


def controls(model: Model, at: Places = DESK) -> list[Control]:
    """Hit areas: the fronts, what lies in the open drawer, the way back from a half-said command."""
    mode, found = model.mode, []
    many = opened(model) and len(model.tiles) > PAGE
    for name, rect in zip(DRAWERS, at.fronts, strict=True):
        turns = many and mode.group == name and not mode.path
        found.append(Control(rect, Intent(Local.PAGE) if turns else Intent(Local.GROUP, (name,))))
    if opened(model):
        found += tray.offer_controls(model, at.slots)
        if mode.path or mode.group not in DRAWERS:
            found += [Control(rect, intent) for rect, intent in _ways_on(at.zoom, more=many)]
        return found
    if not model.tiles:
        tiles = zip(_shown(model), at.slots, strict=False)
        found += [Control(rect, tile.intent, enabled=_works(model, tile)) for tile, rect in tiles]
    return found


def _ways_on(zoom: pygame.Rect, *, more: bool) -> list[tuple[pygame.Rect, Intent]]:
    back = pygame.Rect(zoom.right - BACK_PX - 6, zoom.y + 10, BACK_PX, zoom.h - 20)
    ways = [(back, Intent(Local.BACK))]
    return [*ways, (back.move(-BACK_PX - 6, 0), Intent(Local.PAGE))] if more else ways


def _fronts(model: Model) -> dict[str, Front]:
    mode = model.mode
    names = tuple(DRAWERS)
    under = mode.tray if mode.tray and not model.tiles else -1
    pages = model.tiles[PAGE].detail if opened(model) and len(model.tiles) > PAGE else ""
    up = mode.group if mode.group in DRAWERS else "" if opened(model) else AT_FIRST
    return {
        name: Front(
            say(f"group.{name}"), pages if mode.group == name and not mode.path else "", name == up, place == under
        )
        for place, name in enumerate(names)
    }


def _shown(model: Model) -> tuple[Tile, ...]:
    """What lies in the drawer one sees while none is open."""
    desk = Desk(model.level, model.pack, model.view, model.seat, model.sight)
    return page(drawer_tiles(AT_FIRST, desk, model.stations), 0, wide=True)[:PAGE]


def _slots(model: Model) -> list[Slot]:
    up, mode, hands = opened(model), model.mode, _in_hand(model)
    tiles = tuple(model.tiles)[:PAGE] if up else _shown(model)
    return [
        Slot(
            tile.title,
            _detail(tile, model.pack),
            cap(DIGITS[place]) if up else "",
            _key_of(tile),
            tile.icon,
            up and place == mode.cursor,
            bool(hands) and _key_of(tile) == hands,
            up or _works(model, tile),
        )
        for place, tile in enumerate(tiles)
    ]


def _detail(tile: Tile, pack: Pack) -> str:
    """What a slot says second; where content and volume are too long for it, the strength."""
    container = stock().get(_key_of(tile))
    if container is None or not container.drug or text.width(tile.detail, 14) <= SLOT_PX:
        return tile.detail
    return printed(container, pack)[1]


def _in_hand(model: Model) -> str:
    """The container that was taken, else the one that what is held came from; "" for none."""
    cart = model.view.cart
    usual = container_of(cart.drug) if cart and cart.drug else None
    return model.mode.picked or (usual.key if usual else "")


def _works(model: Model, tile: Tile) -> bool:
    """Taking a container costs nothing; a flush needs a line."""
    op = str(tile.intent.args[0]) if tile.intent.op == Local.OPEN else tile.intent.op
    return op == Local.PICK or frame.works(model, op)


def _key_of(tile: Tile) -> str:
    """The container a tile is about, "" for none."""
    if tile.intent.op == Local.PICK:
        return str(tile.intent.args[0])
    return "flush" if "flush" in (tile.intent.op, *tile.intent.args[:1]) else ""


def _zoomed(model: Model) -> tuple[Container | None, tuple[str, str]]:
    """What the label is read of: what is under the cursor, else what was taken or is held; else plain words."""
    mode = model.mode
    if opened(model) and 0 <= mode.cursor < min(PAGE, len(model.tiles)):
        tile = model.tiles[mode.cursor]
        return stock().get(_key_of(tile)), (tile.title, tile.detail)
    return stock().get(_in_hand(model)), (say("meds.choose_first"), say("meds.choose_what"))


def _paint_ground(surface: pygame.Surface, at: Places) -> None:
    panel(surface, at.cart)
    text.write(surface, at.cart.x + 16, at.cart.y + 19, say("meds.cart"), 15, 600, TEXT2)
    hint = say("meds.cart_hint")
    text.write(surface, at.cart.right - 16, at.cart.y + 19, hint, 14, 500, TEXT3, align=Align.END)
    surface.blit(shapes.box(at.tray.size, 9, INK, LINE, 1), at.tray.topleft)


def _front_painter(rect: pygame.Rect, front: Front) -> Paint:
    return lambda surface: _paint_front(surface, rect, front)


def _paint_front(surface: pygame.Surface, rect: pygame.Rect, front: Front) -> None:
    border = ACC if front.cursor else MEDS if front.open else LINE2
    strong = front.open or front.cursor
    surface.blit(shapes.box(rect.size, 8, S3 if strong else S2, border, 2 if strong else 1), rect.topleft)
    title = text.fit(front.title, 14, 600, rect.w - 18)
    if front.page:
        text.write(surface, rect.x + 11, rect.y + 19, title, 14, 600)
        text.write(surface, rect.x + 11, rect.y + 37, front.page, 14, 500, TEXT2)
        icons.draw(surface, "right", (rect.right - 14, rect.y + 32), 16, TEXT2)
        return
    text.middle(surface, rect.x + 11, rect.y + 19, title, 14, 600)
    surface.blit(shapes.box((40, 3), 1.5, MEDS if front.open else TEXT3), (rect.centerx - 20, rect.y + 37))


def _slot_painter(rect: pygame.Rect, slot: Slot) -> Paint:
    return lambda surface: _paint_slot(surface, rect, slot)


def _paint_slot(surface: pygame.Surface, rect: pygame.Rect, slot: Slot) -> None:
    fill, border = (OK_BG, OK) if slot.held else (S3 if slot.cursor else S2, ACC if slot.cursor else LINE2)
    strong = 2 if slot.held or slot.cursor else 1
    surface.blit(shapes.box(rect.size, 8, fill, border, strong, dashed=not slot.works), rect.topleft)
    lines = text.wrap(slot.title, 14, 700, rect.w - 6)[:2]
    middle, small = rect.centerx + (13 if slot.key else 0), bool(slot.key) or len(lines) > 1
    top = rect.y + (17 if small else 22)
    if slot.container:
        made = stock()[slot.container]
        shapes.put(surface, picture(made.kind, made.colour, small=small), (middle, top))
    elif slot.icon:
        icons.draw(surface, slot.icon, (middle, top), 20, TEXT2 if slot.works else TEXT3)
    if slot.key:
        keycap(surface, rect.x + 5, rect.y + 17, slot.key)
    if slot.held:
        icons.draw(surface, "check", (rect.right - 11, rect.y + 11), 14, OK, 2.6)
    ink = TEXT if slot.works else TEXT3
    below = [(text.fit(line, 14, 700, rect.w - 4), 700, ink) for line in lines]
    if slot.detail:
        below.append((text.fit(slot.detail, 14, 500, rect.w - 4), 500, TEXT2))
    step = 15 if len(below) > 2 else 17
    for row, (line, weight, colour) in enumerate(below):
        baseline = rect.bottom - 7 - step * (len(below) - 1 - row)
        text.write(surface, rect.centerx, baseline, line, 14, weight, colour, align=Align.MIDDLE)


SHAPES: Final[dict[str, tuple[float, tuple[tuple[float, float, float, float, float, str], ...]]]] = {
    "vial": (
        0.72,
        (
            (13, 0, 20, 8, 2, ""), (16, 8, 14, 5, 0, "#B9C7D1"), (9, 13, 28, 36, 5, "#E6EEF3"), (9, 23, 28, 17, 0, ""),
            (13, 27, 20, 2, 0, LABEL), (13, 32, 14, 2, 0, LABEL),
        ),
    ),
    "syringe": (
        0.9,
        (
            (14, 2, 42, 16, 3, "#E6EEF3"), (24, 2, 20, 16, 0, ""), (27, 6, 14, 2, 0, LABEL),
            (56, 7, 8, 6, 0, "#B9C7D1"),
            (4, 7, 10, 6, 0, "#B9C7D1"), (0, 2, 4, 16, 1.5, "#C9D8E1"),
        ),
    ),
    "bag": (
        0.72,
        (
            (18, 0, 10, 5, 2, "#B9C7D1"), (8, 4, 30, 40, 6, "#E6EEF3"), (8, 14, 30, 18, 0, ""),
            (13, 19, 20, 2, 0, LABEL),
            (13, 24, 14, 2, 0, LABEL), (20, 44, 6, 6, 1, "#B9C7D1"),
        ),
    ),
    "tablet": (0.9, ((2, 2, 46, 24, 4, "#C9D8E1"), (7, 6, 14, 14, 7, ""), (28, 6, 14, 14, 7, ""))),
}  # fmt: skip
"""Containers as boxes (x, y, width, height, radius, colour), the label in the colour of the drug's class; and scale."""


@lru_cache(maxsize=128)
def picture(kind: str, colour: str, *, small: bool = False) -> pygame.Surface:
    """A container, baked once; small beside a key cap or over a long name."""
    scale, boxes = SHAPES[kind]
    scale *= SMALL if small else 1
    wide, high = max(x + w for x, _, w, _, _, _ in boxes), max(y + h for _, y, _, h, _, _ in boxes)
    fine = shapes.FINE * scale
    large = shapes.clear((round(wide * fine), round(high * fine)), "#B9C7D1")
    for x, y, w, h, radius, fill in boxes:
        rect = pygame.Rect(round(x * fine), round(y * fine), round(w * fine), round(h * fine))
        pygame.draw.rect(large, pygame.Color(fill or colour), rect, border_radius=round(radius * fine))
    return pygame.transform.smoothscale(large, (round(wide * scale), round(high * scale)))


def _paint_trail(surface: pygame.Surface, zoom: pygame.Rect, trail: tuple[str, ...], *, more: bool) -> None:
    """While a command is half said: what was said so far, and the way back."""
    surface.blit(shapes.box(zoom.size, 9, INK, ACC, 2), zoom.topleft)
    ways = _ways_on(zoom, more=more)
    room = ways[-1][0].x - zoom.x - 20
    for row, line in enumerate(text.wrap(" > ".join(trail), 15, 700, room)[:2]):
        text.write(surface, zoom.x + 12, zoom.y + 30 + row * 20, text.fit(line, 15, 700, room), 15, 700, ACC)
    button(surface, ways[0][0], Label(say("choose.back"), px=14, key=cap("Escape")))
    if more:
        button(surface, ways[1][0], Label(say("choose.more"), px=14, key=cap(DIGITS[PAGE])))


def _paint_zoom(
    surface: pygame.Surface, zoom: pygame.Rect, shown: Container | None, words: tuple[str, str], pack: Pack
) -> None:
    """The label as printed: read it, do not trust the colour. Without one, plain words."""
    if shown is None:
        surface.blit(shapes.box(zoom.size, 9, INK, LINE, 1), zoom.topleft)
        text.write(surface, zoom.x + 12, zoom.y + 30, text.fit(words[0], 15, 600, zoom.w - 24), 15, 600, TEXT2)
        text.write(surface, zoom.x + 12, zoom.y + 52, text.fit(words[1], 14, 500, zoom.w - 24), 14, 500, TEXT3)
        return
    name, strong, holds = printed(shown, pack)
    surface.blit(shapes.box(zoom.size, 9, LABEL, ACC, 2.5), zoom.topleft)
    surface.blit(shapes.box((zoom.w - 4, 25), 7, shown.colour), (zoom.x + 2, zoom.y + 2))
    surface.fill(shown.colour, (zoom.x + 2, zoom.y + 14, zoom.w - 4, 13))
    right = zoom.right - 10
    text.number(surface, right, zoom.y + 21, strong, 16, 700, "#FFFFFF", align=Align.END)
    room = round(right - text.number_width(strong, 16) - zoom.x - 20)
    px = text.largest(name, (17, 16, 15, 14), 800, room)
    text.write(surface, zoom.x + 12, zoom.y + 21, text.fit(name, px, 800, room), px, 800, "#FFFFFF")
    text.write(surface, zoom.x + 12, zoom.y + 45, text.fit(holds, 15, 700, zoom.w - 52), 15, 700, INK)
    if zoom.h < LABEL_PX:
        return
    text.write(surface, zoom.x + 12, zoom.y + 63, say("stock.use_by", date=shown.use_by), 14, 500, PRINT)
    glass = (zoom.right - 32, zoom.y + 50)
    shapes.put(surface, shapes.disc(10, "", PRINT, 2), glass)
    shapes.stroke(surface, PRINT, (glass[0] + 7, glass[1] + 7), (glass[0] + 14, glass[1] + 14), 2.5)


def printed(container: Container, pack: Pack) -> tuple[str, str, str]:
    """What a label says: name, strength, content with the ways it may go in."""
    if not container.drug:
        volume = say("unit.volume", volume=f"{container.volume_ml:g}")
        name, strong = say(f"stock.{container.key}_name"), say(f"stock.{container.key}_strength")
        return name.upper(), strong, say(f"stock.{container.key}_holds", volume=volume)
    drug = pack.drugs[container.drug]
    name = say(f"drug.{container.drug}").upper()
    routes = say("stock.route_or").join(say(f"route.{route}") for route in drug.routes)
    content = f"{container.content:g} {drug.unit}"
    if not container.volume_ml:
        holds = say("stock.holds_tablet", content=content) if container.content else say("stock.tablet_label")
        return name, strength(container, pack), f"{holds} {routes}"
    volume = say("unit.volume", volume=f"{container.volume_ml:g}")
    strong = f"{float(f'{container.content / container.volume_ml:.3g}'):g} {drug.unit}/mL"
    return name, strong, f"{say('stock.holds', content=content, volume=volume)} {routes}"
