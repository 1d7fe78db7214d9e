"""After the return of the pulse: what is to be held until the end, who says it, and whether it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.stations import Station
from game.ui import frame, icons, library, shapes, text
from game.ui.screen import Control, Intent, Local
from game.ui.text import Align
from game.ui.theme import INK, LINE2, OK, OK_BG, S2, TEXT, TEXT2, TEXT3, WARN, WARN_BG, WARN_TEXT, livery
from game.ui.widgets import badge
from game.ui.widgets.panel import panel
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from game.rules.views import LeadView, ReportedView
    from game.ui.screen import Model


TARGETS: Final = pygame.Rect(16, 452, 1248, 124)
TILES: Final = tuple(pygame.Rect(28 + place * 205, 486, 197, 82) for place in range(6))
HEAD: Final = 34
"""Height of the panel's title line, which turns the board over."""
BAND: Final = (0.4, 0.75)
"""Where on a tile's bar the band begins and ends."""
OK_PALE: Final = "#9BE8D2"
MINUTE_S: Final = 60

Limits = tuple[float, float]


class Target(NamedTuple):
    """One thing to hold: the findings that tell it, the station that says it, and what to ask of that station."""

    name: str
    keys: tuple[str, ...]
    station: Station
    ask: Intent


def _order(station: Station, op: str) -> Intent:
    return Intent("order", (int(station), op))


HELD: Final = (
    Target("spo2", ("spo2",), Station.AIRWAY, _order(Station.AIRWAY, "spo2")),
    Target("map", ("nibp",), Station.CHEST, _order(Station.CHEST, "nibp")),
    Target("breaths", ("breaths",), Station.AIRWAY, Intent(Local.OPEN, ("order", int(Station.AIRWAY), "ventilator"))),
    Target("co2", ("etco2",), Station.AIRWAY, _order(Station.AIRWAY, "co2")),
    Target("temp", ("temperature.core_tenth_degc",), Station.AIRWAY, _order(Station.AIRWAY, "temperature")),
    Target("ecg12", ("ecg12.st_tenth_mm", "ecg12.rate_per_min"), Station.CHEST, _order(Station.CHEST, "ecg12")),
)


class Tile(NamedTuple):
    """What a tile says now. `state`: ok and warn in and out of the band, said without one, asked, or unsaid."""

    title: str
    value: str
    wanted: str
    below: str
    state: str
    share: float
    stations: int


def up(model: Model) -> bool:
    """True while there are targets to hold: the chest was pushed, and a pulse is felt since."""
    check = model.view.check
    return check.pulse == "felt" and check.hands_off_ms >= 0 and check.since_ms < 0


def tiles(model: Model, lead: LeadView, now_ms: int) -> tuple[Tile, ...]:
    """The six tiles by what was last said, and by the pack of this run."""
    said = {report.key: report for report in lead.reported}
    return tuple(_tile(model, target, said, now_ms) for target in HELD)


def controls(model: Model, board: pygame.Rect = TARGETS, places: Sequence[pygame.Rect] = TILES) -> list[Control]:
    """A tap on a tile asks the seat that can say it; one on the title shows the board of causes."""
    head = Control(pygame.Rect(board.x, board.y, board.w, HEAD), Intent(Local.LOOK))
    return [head, *(Control(rect, target.ask) for rect, target in zip(places, HELD, strict=True))]


def paint(
    surface: pygame.Surface,
    model: Model,
    shown: Sequence[Tile],
    board: pygame.Rect = TARGETS,
    places: Sequence[pygame.Rect] = TILES,
) -> None:
    """The row of targets."""
    panel(surface, board, opacity=0.97, border=OK, stroke=1.5)
    icons.draw(surface, "heart", (board.x + 24, board.y + 18), 18, OK, 2.2)
    end = text.write(surface, board.x + 40, board.y + 24, say("target.title"), 15, 600, TEXT2)
    hint = text.fit(say("target.hint", pack=model.pack.label), 14, 500, round(board.right - 32 - end))
    text.write(surface, board.right - 16, board.y + 24, hint, 14, 500, TEXT3, align=Align.END)
    for rect, tile in zip(places, shown, strict=True):
        _paint_tile(surface, rect, tile)


def _limits(model: Model) -> Mapping[str, Limits]:
    """The bands of the pack; a limit at least has its end where the bar ends."""
    rosc, pack = model.pack.rosc, model.pack
    breaths, slack = MINUTE_S / pack.breath_interval_s, library.weights().curves.advanced_rate.at[0]
    return {
        "spo2": rosc.spo2_pct,
        "map": (rosc.map_mmhg, float("inf")),
        "breaths": (breaths - slack, breaths + slack),
        "co2": rosc.paco2_mmhg,
        "temp": rosc.temperature_degc,
    }


def _tile(model: Model, target: Target, said: Mapping[str, ReportedView], now_ms: int) -> Tile:
    report = next((said[key] for key in target.keys if key in said), None)
    limits = _limits(model).get(target.name)
    holder = frame.seated(model, target.station).stations
    title, wanted = say(f"target.{target.name}"), _wanted(model, target.name, limits)
    if report is None:
        asked = any(order.op == target.ask.args[-1] for order in model.view.orders)
        below = role_word(holder) if asked else say("lead.nobody_yet")
        return Tile(title, say("target.asked") if asked else "?", wanted, below, "asked" if asked else "", 0, holder)
    age = say("lead.last_ago", ago=clock(max(0, now_ms - report.at_ms) // 1000 * 1000))
    value = _number(target.name, report.value)
    if value is None or limits is None:
        return Tile(title, say("target.done"), wanted, age, "said", 0, holder)
    held = limits[0] <= value <= limits[1]
    unit = say(f"target.{target.name}_unit")
    return Tile(title, f"{value:g}{unit}", wanted, age, "ok" if held else "warn", _share(value, limits), holder)


def _wanted(model: Model, name: str, limits: Limits | None) -> str:
    if limits is None:
        return say(f"target.{name}_wanted")
    start = MINUTE_S / model.pack.breath_interval_s
    return say(f"target.{name}_wanted", low=f"{limits[0]:g}", high=f"{limits[1]:g}", start=f"{start:g}")


def _number(name: str, value: str) -> float | None:
    """The figure in a report: of a pressure the mean in brackets, of a temperature tenths; None for words."""
    found = re.search(r"\((\d+)\)" if name == "map" else r"(-?\d+)", value)
    if found is None:
        return None
    return int(found[1]) / 10 if name == "temp" else int(found[1])


def _share(value: float, limits: Limits) -> float:
    """Where on the bar a value lies: the band lies at BAND, whatever its figures."""
    low, high = limits
    wide = min(high - low, low / 2) or 1.0
    return max(0.03, min(0.97, BAND[0] + (value - low) / wide * (BAND[1] - BAND[0])))


_FILLS: Final = {"ok": (OK_BG, OK, OK_PALE), "warn": (WARN_BG, WARN, WARN_TEXT)}


def _paint_tile(surface: pygame.Surface, rect: pygame.Rect, tile: Tile) -> None:
    fill, border, ink = _FILLS.get(tile.state, (S2, LINE2, TEXT2))
    surface.blit(shapes.box(rect.size, 10, fill, border, 1.5, dashed=not tile.state), rect.topleft)
    text.write(surface, rect.x + 12, rect.y + 21, tile.title, 15, 600, TEXT2)
    badge.draw(surface, livery(tile.stations), (rect.right - 20, rect.y + 17), 20)
    figure = tile.value[:1].isdigit() or tile.value == "?"
    if figure:
        wide = text.number_width(tile.value, 28)
        text.number(surface, rect.x + 12, rect.y + 54, tile.value, 28)
    else:
        room = round(max(rect.w - 32 - text.width(tile.wanted, 14, 600), rect.w * 0.4))
        px, wide = text.largest(tile.value, (28, 24, 20, 16), 700, room), float(room)
        text.write(surface, rect.x + 12, rect.y + 54, tile.value, px, 700, TEXT, room=room)
    left = max(1, rect.w - 32 - wide)
    text.write(surface, rect.right - 12, rect.y + 54, tile.wanted, 14, 600, ink, align=Align.END, room=left)
    if tile.state not in _FILLS:
        text.write(surface, rect.x + 12, rect.y + 74, tile.below, 14, 500, TEXT3)
        return
    end = text.width(tile.title, 15, 600) + rect.x + 20
    if end + text.width(tile.below, 14) < rect.right - 30:
        text.write(surface, end, rect.y + 21, tile.below, 14, 500, TEXT3)
    bar = pygame.Rect(rect.x + 12, rect.y + 66, rect.w - 24, 7)
    surface.blit(shapes.box(bar.size, 3.5, INK), bar.topleft)
    band = shapes.box((round(bar.w * (BAND[1] - BAND[0])), bar.h), 3, OK, opacity=0.35)
    surface.blit(band, (bar.x + round(bar.w * BAND[0]), bar.y))
    shapes.put(surface, shapes.disc(5.5, "#FFFFFF", border, 2.5), (bar.x + bar.w * tile.share, bar.y + 3.5))
