"""The chest station: your hands, what they feel, the count, the switch, and the level's feedback device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.rules.commands import Feel
from game.rules.refusals import Refusal
from game.rules.skills.params import skills
from game.stations import Station
from game.ui import art, docks, frame, icons, patient, shapes, text, tray
from game.ui.board import NOWHERE, Board, backdrop
from game.ui.desk import refusal
from game.ui.drawers import CHEST_TRAY
from game.ui.keyboard import cap
from game.ui.screen import Control, Intent, Local
from game.ui.screens import busy, count, feel, palpate, rail
from game.ui.text import Align
from game.ui.theme import (
    COMP,
    INK,
    LINE2,
    S3,
    TEXT2,
    TEXT3,
    WARN,
    WARN_TEXT,
    State,
    livery,
)
from game.ui.widgets import dial
from game.ui.widgets.button import keycap
from game.ui.widgets.handshake import Handshake, Side, act_rect, handshake
from game.ui.widgets.panel import panel, pill
from game.ui.widgets.press import DepthPlot, Mark, Moment, Stroke, legend, verdict
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from game.rules.views import ChestView
    from game.ui.screen import Model


CENTRE: Final = (512, 284)
"""The compression point on the canvas."""

HANDS: Final = pygame.Rect(422, 194, 180, 200)
MONITOR: Final = pygame.Rect(16, 74, 250, 54)
HANDS_CAN: Final = pygame.Rect(16, 138, 100, 190)
"""What hands can do when they are not pushing: beside the pillow, under the monitor."""
TRAY: Final = tuple(pygame.Rect(22, 144 + 60 * place, 88, 58) for place in range(len(CHEST_TRAY)))

DEVICE: Final = pygame.Rect(948, 74, 316, 292)
PLOT: Final = pygame.Rect(998, 158, 252, 166)
RATE: Final = pygame.Rect(948, 378, 316, 198)
DIAL: Final = (1106, 536)
HOW: Final = pygame.Rect(402, 544, 220, 38)
"""Between the forearms."""
HEAVY: Final = pygame.Rect(446, 500, 134, 34)
CHOICES: Final = pygame.Rect(332, 480, 604, 96)
ARMS: Final = pygame.Rect(948, 488, 316, 88)

SWITCH: Final = {True: pygame.Rect(640, 428, 292, 148), False: pygame.Rect(16, 376, 300, 200)}
"""By whether the level has a feedback device: its panels take the right column."""

HEAT: Final = pygame.Rect(316, 440, 632, 198)
STUCK: Final = pygame.Rect(380, 180, 240, 260)

SINK_PX: Final = 16
"""How far the hands sink at full depth."""
DEEP_UM: Final = 60_000
DENT_STEPS: Final = 8
LIFTED_PX: Final = 96
AWAY_PX: Final = 480
"""Hands that have nothing to do on the chest are out of the picture."""
LIFT_MS: Final = 220
SHAKE_PX: Final = 2
SHAKE_HZ: Final = 7
HEAT_STEPS: Final = 4
HEAT_GROWS_MS: Final = 30_000
"""How long the glow of tired arms takes to its full height."""
OFF_CHEST: Final = frozenset({"examine", "nibp", "ecg12"})
"""Acts of the own hands beside the chest."""
STICKERS: Final = ((556, 292), (552, 318), (548, 344), (556, 370), (574, 396), (590, 420), (404, 200), (404, 372))
"""Where the twelve leads are stuck on, as far as this picture shows."""


class ChestScreen:
    """The compressor's picture."""

    def __init__(self, rings: count.Rings = count.RING, moves: Mapping[str, tuple[int, int]] = NOWHERE) -> None:
        self._ground = Board(backdrop(art.stage("compressor")), moves=moves)
        self._over = Board(moves=moves)
        self._rings = rings
        self._order = frame.ORDER_RECT.move(moves.get("order_card", (0, 0)))
        self._changes = rail.Changes()
        self._stroke = Stroke()
        self._arms = art.quick(art.arms().copy())
        self._dents = art.faded("dent_overlay", DENT_STEPS)
        self._heat = _heat()
        self._heavy_ms = -1
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
        count.draw(surface, model, chest, now_ms, device=device, rings=self._rings)
        palpate.draw(surface, chest, now_ms)
        if device:
            self._draw_device(surface, model, chest, depth, now_ms)
        if model.view.task:
            tray.progress(surface, model, CHEST_TRAY, TRAY, now_ms)
        self._over.show(surface)
        busy.draw(surface, model, now_ms, busy.AT_CHEST)
        frame.order_bar(surface, model, now_ms, self._order)

    def controls(self) -> Sequence[Control]:
        """The stage is the pad for pushing; everything else lies on top of it."""
        model = self._model
        if model is None or model.view.chest is None:
            return ()
        device = model.level.feedback_device
        found = [
            Control(frame.STAGE_RECT, Intent("push"), Feel.EDGES),
            Control(HANDS, Intent("push"), Feel.EDGES),
            Control(palpate.FEEL, Intent("feel"), enabled=frame.works(model, "feel")),
            Control(palpate.NECK, Intent("feel"), enabled=frame.works(model, "feel")),
            Control(act_rect(SWITCH[device]), Intent("switch_ask"), enabled=frame.works(model, "switch_ask")),
        ]
        found += feel.controls(model, device=device)
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
        patient.declare(ground, "compressor", model)
        if refusal("ecg12", model.stations, model.view) is Refusal.ALREADY_DONE:
            ground.part("stickers", STUCK, 0, _paint_stickers)
        ground.part("monitor", MONITOR, 0, _paint_monitor)
        palpate.declare(ground, chest)
        feel.declare(ground, model, device=device)
        if device:
            ground.part("device", DEVICE, 0, _paint_device)
            band, ticks = model.pack.rate_per_min, model.settings.metronome
            ground.part("rate", RATE, ticks, lambda surface: _paint_rate(surface, band, ticks=ticks))
        else:
            ground.part("arms", ARMS, chest.heavy, lambda surface: _paint_arms(surface, heavy=chest.heavy))
        frame.top_bar(ground, model)
        docks.declare(ground, model)
        ground.part("hands can", HANDS_CAN, 0, lambda surface: panel(surface, HANDS_CAN, opacity=0.9))
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
        if model.hands.push_since_ms < 0 and not (feeling or pulse) and lift(model, chest, now_ms) == LIFTED_PX:
            over.part("how", HOW, 0, _paint_how)
        rail.choices(over, model, CHOICES)
        frame.captions(over, model, now_ms)

    def _draw_hands(self, surface: pygame.Surface, model: Model, chest: ChestView, depth: int, now_ms: int) -> None:
        lifted = lift(model, chest, now_ms)
        share = min(1.0, depth / DEEP_UM)
        if not lifted:
            dent = self._dents[round(share * DENT_STEPS)]
            surface.blit(dent, (CENTRE[0] - 120, CENTRE[1] - 112))
        self._heavy_ms = (self._heavy_ms if self._heavy_ms >= 0 else now_ms) if chest.heavy else -1
        shake = 0
        if chest.heavy and not lifted and not model.settings.calm:
            shake = SHAKE_PX if now_ms * SHAKE_HZ * 2 // 1000 % 2 else -SHAKE_PX
        surface.set_clip(frame.STAGE_RECT)
        surface.blit(self._arms, (CENTRE[0] - 210 + shake, CENTRE[1] - 120 + round(share * SINK_PX) + lifted))
        if chest.heavy:
            grown = 1 + (HEAT_STEPS - 1) * (now_ms - self._heavy_ms) // HEAT_GROWS_MS
            surface.blit(self._heat[max(0, min(HEAT_STEPS, grown) - 1)], HEAT)
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


def switch_card(model: Model, now_ms: int) -> Handshake:
    """The handshake as the compressor sees it."""
    switch = model.view.switch
    asked = switch.asked_ms >= 0
    agreed = switch.partner >= 0
    partner = frame.seated(model, Station.AIRWAY)
    if partner.seat == model.seat:
        # Whoever has the head as well changes over with the cart.
        partner = frame.seated(model, Station.CART)
    if agreed and switch.partner < len(model.view.crew):
        partner = partner._replace(stations=model.view.crew[switch.partner].stations)
    said = say("switch.asked" if asked else "switch.not_asked")
    own = Side(livery(Station.CHEST), say("switch.you"), said, asked, False)
    answer = "switch.yes" if agreed else "switch.no_answer" if asked else "switch.ready"
    other = Side(livery(partner.stations), role_word(Station(partner.stations)), say(answer), agreed, not agreed)
    act, state = say("switch.tiring"), State.IDLE
    if agreed and switch.open:
        act, state = say("switch.now", who=role_word(Station(partner.stations))), State.OK
    elif agreed:
        act, state = say("switch.agreed"), State.OK
    elif asked:
        act, state = say("switch.tiring_ago", ago=clock(now_ms - switch.asked_ms)), State.WARN
    hint = say("switch.open" if asked else "switch.nobody")
    who = partner.name or role_word(Station(partner.stations))
    return Handshake(hint, own, other, say("switch.explain", who=who), act, state)


def lift(model: Model, chest: ChestView, now_ms: int) -> int:
    """How far the hands are drawn back: off the chest some time after the last press, out of the picture where a pulse
    is known or they do something else, and back on with the next press.
    """
    hands = model.hands
    if hands.push_since_ms >= 0:
        return 0
    away_ms = now_ms - hands.push_up_ms - skills().push.hands_linger_ms
    if hands.push_up_ms < 0:
        away_ms = LIFT_MS
    share = max(0.0, min(1.0, away_ms / LIFT_MS))
    task = model.view.task
    elsewhere = chest.fingers_ms >= 0 or (task is not None and task.op in OFF_CHEST)
    return round((AWAY_PX if elsewhere or _beats(model) else LIFTED_PX) * share)


def _beats(model: Model) -> bool:
    """True where there is no reason for hands on the chest: a pulse is known, or the patient looks at you."""
    return model.view.check.pulse == "felt" or model.view.body.eyes_open


def _heat() -> tuple[pygame.Surface, ...]:
    """The glow of tired arms at the lower edge, between the columns of panels: the longer, the higher."""
    whole = pygame.Surface((HEAT.w, HEAT.h), pygame.SRCALPHA)
    for row in range(0, HEAT.h, 2):
        for column in range(0, HEAT.w, 4):
            edge = min(1.0, column / 120, (HEAT.w - column) / 120)
            whole.fill((122, 32, 16, round(150 * edge * (row / HEAT.h) ** 2)), (column, row, 4, 2))
    made = []
    for step in range(1, HEAT_STEPS + 1):
        glow = whole.copy()
        glow.fill((255, 255, 255, 255 * (step + 1) // (HEAT_STEPS + 1)), special_flags=pygame.BLEND_RGBA_MULT)
        made.append(art.quick(glow))
    return tuple(made)


def _paint_monitor(surface: pygame.Surface) -> None:
    surface.blit(shapes.box(MONITOR.size, 10, "#2D3E4E", "#47607A", 1.5), MONITOR.topleft)
    for slit in range(4):
        surface.fill("#1A2733", (MONITOR.x + 12, MONITOR.y + 13 + slit * 8, 22, 3))
    eye = (MONITOR.x + 58, MONITOR.centery)
    icons.draw(surface, "eye", eye, 22, TEXT3)
    shapes.stroke(surface, TEXT3, (eye[0] - 12, eye[1] + 11), (eye[0] + 12, eye[1] - 11), 2)
    x, room = MONITOR.x + 80, MONITOR.w - 88
    text.write(surface, x, MONITOR.centery - 3, say("chest.monitor"), 15, 600, TEXT2, room=room)
    text.write(surface, x, MONITOR.centery + 15, say("chest.ask_leader"), 14, 500, TEXT3, room=room)


def _paint_stickers(surface: pygame.Surface) -> None:
    """Electrodes of the twelve leads."""
    for place in STICKERS:
        shapes.put(surface, shapes.disc(9, "#E9EEF1", "#B5C2CC", 1.5), place)
        shapes.put(surface, shapes.disc(4, "#8FA2B0"), place)


def _paint_device(surface: pygame.Surface) -> None:
    panel(surface, DEVICE, say("chest.device"), opacity=0.96)
    tag = pygame.Rect(DEVICE.right - 118, DEVICE.y + 10, 104, 24)
    pill(surface, tag, say("chest.in_level"), fill=S3, colour=TEXT2)
    for depth, drop in ((2, 0), (50, 0), (60, 3)):
        y = PLOT.y + 4 + depth / 70 * (PLOT.h - 8) + drop
        label = str(depth) if depth > 2 else "0"
        text.number(surface, PLOT.x - 6, y + 14 * text.CENTRE, label, 14, 400, TEXT2, align=Align.END)
    legend(surface, DEVICE.x + 20, DEVICE.bottom - 20, 11, DEVICE.w - 36)


def _paint_rate(surface: pygame.Surface, band: tuple[float, float], *, ticks: bool) -> None:
    panel(surface, RATE, say("chest.rate"), say("chest.metronome_on" if ticks else "chest.metronome_off"), opacity=0.96)
    dial.scale(surface, DIAL, band)
    text.middle(surface, DIAL[0], DIAL[1] + 14, say("chest.per_minute"), 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_arms(surface: pygame.Surface, *, heavy: bool) -> None:
    colour = WARN if heavy else TEXT2
    panel(surface, ARMS, opacity=0.96, border=WARN if heavy else LINE2)
    icons.draw(surface, "hand", (ARMS.x + 32, ARMS.centery), 28, colour, 2.2)
    text.write(surface, ARMS.x + 62, ARMS.y + 36, say("chest.arms"), 15, 500, TEXT3)
    words = say("chest.heavy" if heavy else "chest.fresh")
    text.write(surface, ARMS.x + 62, ARMS.y + 62, words, 19, 700, colour, room=ARMS.w - 70)


def _paint_how(surface: pygame.Surface) -> None:
    """What the one key of this station does, while the hands are off the chest."""
    surface.blit(shapes.box(HOW.size, HOW.h / 2, INK, COMP, 1.5, 0.92), HOW.topleft)
    wide = keycap(surface, HOW.x + 14, HOW.centery, cap("Space"))
    text.middle(surface, HOW.x + wide + 24, HOW.centery, say("hold.push"), 16, 700, room=HOW.w - wide - 32)


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
