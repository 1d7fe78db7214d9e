"""The chest station: your hands, what they feel, the count, the switch, and the level's feedback device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.rules.skills.params import skills
from game.stations import Station
from game.ui import art, docks, frame, icons, shapes, text, tray
from game.ui.board import Board, backdrop
from game.ui.drawers import CHEST_TRAY
from game.ui.keymap import cap, said_by_digit
from game.ui.screen import Control, Intent, Local
from game.ui.screens import rail
from game.ui.text import Align
from game.ui.theme import (
    AIR,
    COMP,
    INK,
    LINE,
    LINE2,
    OK,
    S3,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    WARN_TEXT,
    State,
    livery,
)
from game.ui.values import finding_label, finding_value
from game.ui.widgets import dial, gauge
from game.ui.widgets.button import Label, button, keycap
from game.ui.widgets.handshake import Handshake, Side, act_rect, handshake
from game.ui.widgets.panel import assist_tag, panel, pill
from game.ui.widgets.press import DepthPlot, Mark, Moment, Stroke, legend, verdict
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.rules.views import ChestView, FindingView
    from game.ui.screen import Model


CENTRE: Final = (512, 284)
"""The compression point on the canvas."""

HANDS: Final = pygame.Rect(422, 194, 180, 200)
MONITOR: Final = pygame.Rect(16, 74, 250, 54)
FEEL: Final = pygame.Rect(124, 138, 184, 48)
NECK: Final = pygame.Rect(340, 216, 60, 60)
PULSE: Final = pygame.Rect(301, 170, 90, 96)
"""The line from the button to the neck, and the mark there."""

TRAY: Final = tuple(pygame.Rect(16, 138 + 64 * place, 100, 58) for place in range(len(CHEST_TRAY)))

DEVICE: Final = pygame.Rect(948, 74, 316, 292)
PLOT: Final = pygame.Rect(998, 158, 252, 166)
RATE: Final = pygame.Rect(948, 378, 316, 198)
DIAL: Final = (1106, 536)
HOW: Final = pygame.Rect(402, 544, 220, 38)
"""Between the forearms."""
HEAVY: Final = pygame.Rect(446, 500, 134, 34)
CHOICES: Final = pygame.Rect(332, 480, 604, 96)
ARMS: Final = pygame.Rect(948, 488, 316, 88)

FEEL_ROWS: Final = {True: pygame.Rect(16, 336, 300, 240), False: pygame.Rect(948, 74, 316, 402)}
SWITCH: Final = {True: pygame.Rect(640, 428, 292, 148), False: pygame.Rect(16, 376, 300, 200)}
COUNT: Final = {True: ((734, 294), 74), False: ((790, 268), 96)}
"""By whether the level has a feedback device: its panels take the right column."""

HEAT: Final = pygame.Rect(316, 440, 632, 198)

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
SINK_PX: Final = 16
"""How far the hands sink at full depth."""
DEEP_UM: Final = 60_000
DENT_STEPS: Final = 8
LIFTED_PX: Final = 96
LIFT_MS: Final = 220
SHAKE_PX: Final = 2
SHAKE_HZ: Final = 7


class ChestScreen:
    """The compressor's picture."""

    def __init__(self) -> None:
        self._ground = Board(backdrop(art.stage("compressor")))
        self._over = Board()
        self._changes = rail.Changes()
        self._stroke = Stroke()
        self._arms = _arms()
        self._heat = _heat()
        self._plot: DepthPlot | None = None
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame; own hands move with the press itself."""
        self._model = model
        chest = model.view.chest
        if chest is None:
            return
        device = model.level.feedback_device
        if self._changes.seen(model, now_ms):
            self._declare_ground(model, chest, device=device)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
        self._declare_over(model, chest, device=device, now_ms=now_ms)
        depth = self._stroke.follow(model.hands, now_ms)
        self._draw_hands(surface, model, chest, depth, now_ms)
        _draw_count(surface, model, chest, device=device)
        if device:
            self._draw_device(surface, model, chest, depth, now_ms)
        if model.view.task:
            tray.progress(surface, model, CHEST_TRAY, TRAY, now_ms)
        self._over.show(surface)
        frame.order_bar(surface, model, now_ms)

    def controls(self) -> Sequence[Control]:
        """The stage is the pad for pushing; everything else lies on top of it."""
        model = self._model
        if model is None or model.view.chest is None:
            return ()
        device = model.level.feedback_device
        found = [
            Control(frame.STAGE_RECT, Intent("push"), Feel.EDGES),
            Control(HANDS, Intent("push"), Feel.EDGES),
            Control(FEEL, Intent("feel"), enabled=frame.works(model, "feel")),
            Control(NECK, Intent("feel"), enabled=frame.works(model, "feel")),
            Control(act_rect(SWITCH[device]), Intent("switch_ask"), enabled=frame.works(model, "switch_ask")),
        ]
        for rect, finding in zip(_rows(device), said_by_digit(model.stations, model.view), strict=False):
            found.append(Control(rect, Intent("report", (finding.key,))))
        found += tray.controls(model, CHEST_TRAY, TRAY)
        found += [*frame.station_controls(model), *docks.controls(model)]
        if model.tiles and not (model.mode.wheel or model.mode.menu):
            places = enumerate(rail.choice_rects(CHOICES, model))
            found += [Control(rect, Intent(Local.CHOOSE, (place,))) for place, rect in places]
            found += rail.back_control(model, CHOICES)
        return found

    def _declare_ground(self, model: Model, chest: ChestView, *, device: bool) -> None:
        """What lies under the hands."""
        ground = self._ground
        ground.part("monitor", MONITOR, 0, _paint_monitor)
        feeling = chest.fingers_ms >= 0
        ground.part("pulse", PULSE, feeling, lambda surface: _paint_neck(surface, feeling=feeling))
        ground.part("feel", FEEL, feeling, lambda surface: _paint_feel(surface, feeling=feeling))
        findings = said_by_digit(model.stations, model.view)
        rows = FEEL_ROWS[device]
        ground.part("rows", rows, findings, lambda surface: _paint_rows(surface, model, findings, device=device))
        if device:
            ground.part("device", DEVICE, 0, _paint_device)
            band = model.pack.rate_per_min
            ground.part("rate", RATE, 0, lambda surface: _paint_rate(surface, band))
        else:
            ground.part("arms", ARMS, chest.heavy, lambda surface: _paint_arms(surface, heavy=chest.heavy))
        frame.top_bar(ground, model)
        docks.declare(ground, model)
        tray.declare(ground, "tray", tray.cells(model, CHEST_TRAY), TRAY)

    def _declare_over(self, model: Model, chest: ChestView, *, device: bool, now_ms: int) -> None:
        """What lies over them."""
        over, feeling = self._over, chest.fingers_ms >= 0
        frame.order_part(over, model, now_ms)
        shake = switch_card(model, now_ms)
        over.part("switch", SWITCH[device], shake, lambda surface: handshake(surface, SWITCH[device], shake))
        if device and chest.heavy:
            over.part("heavy", HEAVY, 0, _paint_heavy)
        pulse = model.view.check.pulse == "felt"
        if model.hands.push_since_ms < 0 and not (feeling or pulse) and _lift(model, chest, now_ms) == LIFTED_PX:
            over.part("how", HOW, 0, _paint_how)
        rail.choices(over, model, CHOICES)
        frame.captions(over, model, now_ms)

    def _draw_hands(self, surface: pygame.Surface, model: Model, chest: ChestView, depth: int, now_ms: int) -> None:
        lifted = _lift(model, chest, now_ms)
        share = min(1.0, depth / DEEP_UM)
        if not lifted:
            dent = art.faded("dent_overlay", DENT_STEPS)[round(share * DENT_STEPS)]
            surface.blit(dent, (CENTRE[0] - 120, CENTRE[1] - 112))
        shake = 0
        if chest.heavy and not lifted:
            shake = round(SHAKE_PX * (1 if now_ms * SHAKE_HZ * 2 // 1000 % 2 else -1) / 2)
        surface.set_clip(frame.STAGE_RECT)
        surface.blit(self._arms, (CENTRE[0] - 210 + shake, CENTRE[1] - 120 + round(share * SINK_PX) + lifted))
        if chest.heavy:
            surface.blit(self._heat, HEAT)
        surface.set_clip(None)

    def _draw_device(self, surface: pygame.Surface, model: Model, chest: ChestView, depth: int, now_ms: int) -> None:
        if self._plot is None:
            self._plot = DepthPlot(PLOT, model.pack)
        mark = Mark(chest.depth_um, chest.residual_um)
        self._plot.draw(surface, Moment(depth, self._stroke.peak, mark, chest.count), now_ms)
        figure = str(chest.depth_um // 1000) if chest.depth_um > 0 else "--"
        end = text.number(surface, DEVICE.x + 16, DEVICE.y + 74, figure, 44)
        text.write(surface, end + 3, DEVICE.y + 74, say("chest.mm"), 16, 500, TEXT2)
        if chest.depth_um > 0:
            icon, word, shade = verdict(mark, model.pack)
            icons.draw(surface, icon, (DEVICE.x + 134, DEVICE.y + 60), 20, shade, 3)
            text.write(surface, DEVICE.x + 150, DEVICE.y + 66, say(f"chest.{word}"), 16, 600, shade)
        dial.needle(surface, DIAL, chest.rate_per_min if chest.on_chest else -1)
        rate = str(chest.rate_per_min) if chest.rate_per_min > 0 and chest.on_chest else "--"
        text.number_middle(surface, DIAL[0], DIAL[1] - 22, rate, 48)


def _rows(device: bool) -> list[pygame.Rect]:
    rect, high = FEEL_ROWS[device], 52 if device else 73
    top = 368 if device else 110
    return [pygame.Rect(rect.x, top + row * high, rect.w, high) for row in range(4 if device else 5)]


def switch_card(model: Model, now_ms: int) -> Handshake:
    """The handshake as the compressor sees it."""
    switch = model.view.switch
    asked = switch.asked_ms >= 0
    agreed = switch.partner >= 0
    partner = frame.seated(model, Station.AIRWAY)
    if agreed and switch.partner < len(model.view.crew):
        partner = partner._replace(stations=model.view.crew[switch.partner].stations)
    said = say("switch.asked" if asked else "switch.not_asked")
    own = Side(livery(Station.CHEST), say("switch.you"), said, asked, False)
    answer = "switch.yes" if agreed else "switch.no_answer" if asked else "switch.ready"
    other = Side(livery(partner.stations), role_word(Station(partner.stations)), say(answer), agreed, not agreed)
    act, state = say("switch.tiring"), State.IDLE
    if agreed:
        act, state = say("switch.agreed"), State.OK
    elif asked:
        act, state = say("switch.tiring_ago", ago=clock(now_ms - switch.asked_ms)), State.WARN
    hint = say("switch.open" if asked else "switch.nobody")
    who = partner.name or role_word(Station(partner.stations))
    return Handshake(hint, own, other, say("switch.explain", who=who), act, state)


def _lift(model: Model, chest: ChestView, now_ms: int) -> int:
    """How far the hands are drawn back: off the chest some time after the last press, back on with the next."""
    hands = model.hands
    if hands.push_since_ms >= 0:
        return 0
    away_ms = now_ms - hands.push_up_ms - skills().push.hands_linger_ms
    if hands.push_up_ms < 0 or chest.fingers_ms >= 0:
        away_ms = LIFT_MS
    return round(LIFTED_PX * max(0.0, min(1.0, away_ms / LIFT_MS)))


def _arms() -> pygame.Surface:
    """The sprite with its last row drawn out, so that arms never end above the dock."""
    drawn = art.sprite("compressor_hands_arms")
    wide, high = drawn.get_size()
    made = pygame.Surface((wide, high + 40), pygame.SRCALPHA)
    made.blit(drawn, (0, 0))
    made.blit(pygame.transform.scale(drawn.subsurface((0, high - 2, wide, 1)), (wide, 42)), (0, high - 2))
    return art.quick(made)


def _heat() -> pygame.Surface:
    """The glow of tired arms at the lower edge, between the columns of panels."""
    made = pygame.Surface((HEAT.w, HEAT.h), pygame.SRCALPHA)
    for row in range(0, HEAT.h, 2):
        for column in range(0, HEAT.w, 4):
            edge = min(1.0, column / 120, (HEAT.w - column) / 120)
            made.fill((122, 32, 16, round(110 * edge * (row / HEAT.h) ** 2)), (column, row, 4, 2))
    return art.quick(made)


def _draw_count(surface: pygame.Surface, model: Model, chest: ChestView, *, device: bool) -> None:
    centre, radius = COUNT[device]
    if model.view.check.pulse == "felt" and not chest.on_chest:
        _draw_pulse(surface, centre, radius)
        return
    every = chest.breaths_after
    full = 0 < every <= chest.count
    shapes.put(surface, shapes.disc(radius, INK, AIR if full else "", 3 if full else 0, opacity=0.86), centre)
    done = min(chest.count, every) if every else chest.count
    stroke = 10 if device else 12
    if every:
        gauge.ring(surface, centre, radius - 12, done, every, stroke, AIR if full else COMP)
    below = say("chest.of", count=every) if every else say("chest.pushes")
    rise, drop, px, small = (7, 33, 60, 16) if device else (10, 46, 84, 19)
    ink = AIR if full else TEXT
    text.number_middle(surface, centre[0], centre[1] - rise, str(done), px if done < 100 else px * 3 // 4, 700, ink)
    text.middle(surface, centre[0], centre[1] + drop, below, small, 500, TEXT2, align=Align.MIDDLE)
    words = say("chest.breaths_in", count=every - done) if every else say("chest.no_pause")
    if full:
        words = say("chest.breaths_now", count=model.pack.breaths_per_set)
    wide = 164 if full else 132 if every else 188
    tag = pygame.Rect(centre[0] - wide // 2, centre[1] + radius + 6, wide, 32)
    fill, ink, opacity = (AIR, INK, 1.0) if full else (INK, TEXT, 0.86)
    pill(surface, tag, words, fill=fill, colour=ink, opacity=opacity, px=17, weight=700)
    assist_tag(surface, pygame.Rect(centre[0] - 38, centre[1] - radius - 32, 76, 26), say("frame.assist"))


def _draw_pulse(surface: pygame.Surface, centre: tuple[int, int], radius: int) -> None:
    """In the place of the count while the team knows of a pulse: nobody pushes."""
    shapes.put(surface, shapes.disc(radius, INK, OK, 3, opacity=0.86), centre)
    icons.draw(surface, "heart", (centre[0], centre[1] - 8), 44, OK, 2.4)
    text.middle(surface, centre[0], centre[1] + 33, say("chest.pulse"), 16, 500, TEXT2, align=Align.MIDDLE)
    tag = pygame.Rect(centre[0] - 106, centre[1] + radius + 6, 212, 32)
    pill(surface, tag, say("chest.has_pulse"), fill=INK, colour=TEXT, opacity=0.86, px=17, weight=700)


def _paint_monitor(surface: pygame.Surface) -> None:
    surface.blit(shapes.box(MONITOR.size, 10, "#2D3E4E", "#47607A", 1.5), MONITOR.topleft)
    for slit in range(4):
        surface.fill("#1A2733", (MONITOR.x + 12, MONITOR.y + 13 + slit * 8, 22, 3))
    eye = (MONITOR.x + 58, MONITOR.centery)
    icons.draw(surface, "eye", eye, 22, TEXT3)
    shapes.stroke(surface, TEXT3, (eye[0] - 12, eye[1] + 11), (eye[0] + 12, eye[1] - 11), 2)
    text.write(surface, MONITOR.x + 80, MONITOR.centery - 3, say("chest.monitor"), 15, 600, TEXT2)
    text.write(surface, MONITOR.x + 80, MONITOR.centery + 15, say("chest.ask_leader"), 14, 500, TEXT3)


def _paint_neck(surface: pygame.Surface, *, feeling: bool) -> None:
    colour = AIR if feeling else TEXT
    start, end = pygame.Vector2(308, 176), pygame.Vector2(363, 239)
    for step in range(0, round(start.distance_to(end)), 7):
        dot = start.move_towards(end, step)
        pygame.draw.aaline(surface, TEXT2, dot, dot.move_towards(end, 3))
    shapes.put(surface, shapes.disc(9, "", colour, 2), (370, 246))
    shapes.put(surface, shapes.disc(5 if feeling else 3, colour), (370, 246))


def _paint_feel(surface: pygame.Surface, *, feeling: bool) -> None:
    words = say("chest.feeling" if feeling else "chest.feel")
    button(surface, FEEL, Label(words, key="P", px=15), State.HOVER if feeling else State.IDLE)


def _paint_rows(surface: pygame.Surface, model: Model, findings: tuple[FindingView, ...], *, device: bool) -> None:
    rect = FEEL_ROWS[device]
    panel(surface, rect, say("chest.feel_title"), say("dock.say_it"), opacity=0.94 if device else 0.96)
    small, large, icon = (14, 16, 18) if device else (15, 19, 24)
    for row, (place, finding) in enumerate(zip(_rows(device), findings, strict=False)):
        if row:
            surface.fill(LINE, (place.x + 16, place.y, place.w - 32, 1))
        at = (place.x + (26 if device else 32), place.centery)
        icons.draw(surface, ICONS.get(finding.key, "eye"), at, icon, TEXT3)
        x = place.x + (44 if device else 58)
        lift = 4 if device else 7
        value = finding_value(model, finding.key, finding.value)
        text.write(surface, x, place.centery - lift, finding_label(model, finding.key), small, 500, TEXT3)
        text.write(surface, x, place.centery + (16 if device else 18), text.fit(value, large, 600, 200), large, 600)
        keycap(surface, place.right - 50, place.centery, str(row + 1))


def _paint_device(surface: pygame.Surface) -> None:
    panel(surface, DEVICE, say("chest.device"), opacity=0.96)
    tag = pygame.Rect(DEVICE.right - 118, DEVICE.y + 10, 104, 24)
    pill(surface, tag, say("chest.in_level"), fill=S3, colour=TEXT2)
    for depth, drop in ((2, 0), (50, 0), (60, 3)):
        y = PLOT.y + 4 + depth / 70 * (PLOT.h - 8) + drop
        label = str(depth) if depth > 2 else "0"
        text.number(surface, PLOT.x - 6, y + 14 * text.CENTRE, label, 14, 400, TEXT2, align=Align.END)
    legend(surface, DEVICE.x + 20, DEVICE.bottom - 20, 11)


def _paint_rate(surface: pygame.Surface, band: tuple[float, float]) -> None:
    panel(surface, RATE, say("chest.rate"), opacity=0.96)
    dial.scale(surface, DIAL, band)
    text.middle(surface, DIAL[0], DIAL[1] + 14, say("chest.per_minute"), 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_arms(surface: pygame.Surface, *, heavy: bool) -> None:
    colour = WARN if heavy else TEXT2
    panel(surface, ARMS, opacity=0.96, border=WARN if heavy else LINE2)
    icons.draw(surface, "hand", (ARMS.x + 32, ARMS.centery), 28, colour, 2.2)
    text.write(surface, ARMS.x + 62, ARMS.y + 36, say("chest.arms"), 15, 500, TEXT3)
    words = say("chest.heavy" if heavy else "chest.fresh")
    text.write(surface, ARMS.x + 62, ARMS.y + 62, words, 19, 700, colour)


def _paint_how(surface: pygame.Surface) -> None:
    """What the one key of this station does, while the hands are off the chest."""
    surface.blit(shapes.box(HOW.size, HOW.h / 2, INK, COMP, 1.5, 0.92), HOW.topleft)
    wide = keycap(surface, HOW.x + 14, HOW.centery, cap("Space"))
    text.middle(surface, HOW.x + wide + 24, HOW.centery, say("hold.push"), 16, 700)


def _paint_heavy(surface: pygame.Surface) -> None:
    pill(
        surface,
        HEAVY,
        say("chest.heavy_tag"),
        fill=INK,
        border=WARN,
        colour=WARN_TEXT,
        icon="hand",
        icon_colour=WARN,
        opacity=0.88,
        px=15,
        weight=700,
    )
