"""The moment of a shock, on every seat: light, who was clear, the pause running on, and who pushes next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.rules.skills.params import skills
from game.stations import Station
from game.ui import art, docks, frame, icons, library, patient, shapes, text
from game.ui.board import Board, backdrop
from game.ui.keyboard import cap
from game.ui.keymap import steps_in
from game.ui.screen import Control, Intent
from game.ui.text import Align, Family
from game.ui.theme import (
    COMP,
    DANGER,
    DANGER_BG,
    DANGER_TEXT,
    INK,
    LEAD,
    LINE,
    OK,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    Colours,
    livery,
)
from game.ui.widgets import badge, gauge
from game.ui.widgets.button import keycap, keycap_width
from game.ui.widgets.panel import assist_tag, panel, pill
from game.ui.words import clock, say

if TYPE_CHECKING:
    from game.ui.board import Paint
    from game.ui.screen import Jolt, Model


STAGE: Final = "shock_nocrew"
HOLD_MS: Final = 2_500
"""How long the moment stays."""
PROMPT_MS: Final = 10_000
"""How long whoever pushes is asked to, at most."""
RISE_MS: Final = 80
FALL_MS: Final = 520
PEAK: Final = 150
"""Of 255: the brightest the light gets, one ramp up and down and never again."""
LIGHT_RADIUS: Final = 330
RING: Final = "#FFE9A8"

CENTRE: Final = (588, 318)
BANNER: Final = pygame.Rect(16, 76, 330, 96)
CHIPS: Final = tuple(pygame.Rect(16, 188 + 48 * seat, 190, 42) for seat in range(4))
CLOCK: Final = pygame.Rect(948, 76, 316, 188)
BAR: Final = pygame.Rect(968, 198, 276, 16)
PUSH: Final = pygame.Rect(948, 276, 316, 300)
COUNT: Final = (1106, 394)
ASSIST: Final = pygame.Rect(1172, 290, 76, 26)
NEAR_MISS: Final = pygame.Rect(16, 384, 150, 34)
RAISED: Final = (CENTRE[0] - 210, CENTRE[1] + 116)
ON_CHEST: Final = (CENTRE[0] - 210, CENTRE[1] - 120)
"""Where the sprite of the own hands lies."""
CAMERA: Final = 112
"""Per cent: this camera's scale."""
FIGURES: Final = (("crew_air_hands_up", 90, (262, 318)), ("crew_meds_hands_up", 180, (655, 108)))
FIGURE_COMP: Final = ("crew_comp_hands_up", 0, (588, 540))
ON_COMP: Final = "#240C00"
CAP_COMP: Final = Colours("#4A1C04", "#4A1C04", "#FFE3D2")


def lasts(model: Model, now_ms: int) -> bool:
    """True while the moment is shown: to whoever pushes until the push, to the others until hands are back."""
    jolt = model.jolt
    if jolt is None or now_ms < jolt.at_ms:
        return False
    since = now_ms - jolt.at_ms
    if pushes(model):
        return since < HOLD_MS or (since < PROMPT_MS and not pushed(model, jolt) and model.view.check.since_ms < 0)
    return since < HOLD_MS and not (pushed(model, jolt) and since > RISE_MS + FALL_MS)


def pushed(model: Model, jolt: Jolt) -> bool:
    """True once hands are back on the chest; the player's own in the same frame."""
    if max(model.hands.push_since_ms, model.hands.push_up_ms) > jolt.at_ms + _near_ms():
        return True
    return any(seen.hands_on for seen in model.view.crew if seen.stations & Station.CHEST)


def near_miss(model: Model, jolt: Jolt) -> bool:
    """True where this player's own hands came down or off within a blink of the shock."""
    hands = model.hands
    return any(edge >= 0 and abs(edge - jolt.at_ms) <= _near_ms() for edge in (hands.push_since_ms, hands.push_up_ms))


def pushes(model: Model) -> bool:
    """True for the seat whose push ends the pause."""
    return bool(model.stations & Station.CHEST) or steps_in(model.seat, model.view)


class ShockScreen:
    """The shock camera."""

    def __init__(self) -> None:
        self._ground = Board(backdrop(art.stage(STAGE)))
        self._over = Board()
        self._model: Model | None = None
        self._shock_ms = -1
        self._pause_ms = 0
        self._pushed_ms = -1

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        jolt = model.jolt
        if jolt is None:
            return
        on = self._watch(model, jolt, now_ms)
        patient.declare(self._ground, STAGE, model)
        self._ground.part("crew", frame.STAGE_RECT, model.stations, lambda surface: _paint_crew(surface, model))
        frame.top_bar(self._ground, model)
        docks.declare(self._ground, model)
        self._ground.show(surface)
        surface.set_clip(frame.STAGE_RECT)
        if not on:
            _draw_light(surface, now_ms - jolt.at_ms, still=model.settings.calm)
        if pushes(model):
            surface.blit(art.sprite("compressor_hands_arms"), ON_CHEST if on else RAISED)
        surface.set_clip(None)
        self._declare(model, jolt, now_ms, on=on)
        self._over.show(surface)
        _draw_pause(surface, model, self._pause_ms)
        if on and model.view.chest is not None and not beats(model):
            text.number_middle(surface, COUNT[0], COUNT[1] - 10, str(model.view.chest.count), 78)

    def _watch(self, model: Model, jolt: Jolt, now_ms: int) -> bool:
        """Keeps how long the pause was once it is over; returns whether it is."""
        if jolt.at_ms != self._shock_ms:
            self._shock_ms, self._pushed_ms, self._pause_ms = jolt.at_ms, -1, 0
        on = pushed(model, jolt)
        if not on:
            self._pushed_ms = -1
            off_ms = model.view.check.hands_off_ms
            self._pause_ms = max(0, off_ms) + max(0, now_ms - model.view.now_ms) if off_ms >= 0 else 0
        elif self._pushed_ms < 0:
            self._pushed_ms = now_ms
        return on

    def controls(self) -> Sequence[Control]:
        """A push anywhere on the stage, for the seat whose push it is."""
        model = self._model
        if model is None:
            return ()
        stage = [Control(frame.STAGE_RECT, Intent("push"), Feel.EDGES)] if pushes(model) else []
        return [*stage, *frame.station_controls(model), *docks.controls(model)]

    def _declare(self, model: Model, jolt: Jolt, now_ms: int, *, on: bool) -> None:
        over = self._over
        over.part("banner", BANNER, jolt, lambda surface: _paint_banner(surface, jolt))
        if near_miss(model, jolt):
            over.part("near miss", NEAR_MISS, 0, _paint_near_miss)
        if not on:
            for seat, seen in enumerate(model.view.crew[: len(CHIPS)]):
                chip = (seen.stations, seat in jolt.touching)
                over.part(f"chip {seat}", CHIPS[seat], chip, _chip_painter(CHIPS[seat], *chip))
        over.part("clock", CLOCK, on, lambda surface: _paint_clock(surface, model, stopped=on))
        own, pulse = pushes(model), beats(model)
        if on and not pulse:
            since_s = max(0, now_ms - self._pushed_ms) // 1000
            begun = Begun(since_s, model.view.chest.count if model.view.chest else -1, set_of(model))
            over.part("push", PUSH, begun, lambda surface: _paint_begun(surface, begun))
        else:
            over.part("push", PUSH, (own, pulse), lambda surface: _paint_push(surface, own=own, pulse=pulse))
        frame.captions(over, model, now_ms)


class Begun(NamedTuple):
    """The new cycle: seconds since the first push, pushes so far (-1 where this seat does not count), of how many."""

    since_s: int
    made: int
    of: int


def beats(model: Model) -> bool:
    """True where the shock was given in step with a beating heart."""
    return model.view.check.pulse == "felt"


def set_of(model: Model) -> int:
    """Compressions of a set."""
    return model.view.chest.breaths_after if model.view.chest else 0


def _near_ms() -> int:
    return skills().times.near_miss_ms


def _paint_crew(surface: pygame.Surface, model: Model) -> None:
    """The others, hands up; whoever pushes sees their own hands instead."""
    people = FIGURES if pushes(model) else (*FIGURES, FIGURE_COMP)
    for name, turn, place in people:
        shapes.put(surface, art.turned(name, turn, CAMERA), place)


@cache
def bolt() -> pygame.Surface:
    """The path of the current between the pads."""
    path = ((-46, -46), (-26, -30), (-32, -16), (-6, -8), (-10, 6), (20, 10), (18, 22), (54, 34))
    # The patient lies head left in this camera: local (x, y) turns to (y, -x).
    points = tuple((128 + 1.12 * y, 128 - 1.12 * x) for x, y in path)
    made = pygame.Surface((256, 256), pygame.SRCALPHA)
    for stroke, colour, alpha in ((12, "#FFF7D6", 90), (4, "#FFFDF2", 255)):
        layer = shapes.clear((256 * shapes.FINE, 256 * shapes.FINE), colour)
        fine = [(x * shapes.FINE, y * shapes.FINE) for x, y in points]
        shapes.thick_lines(layer, pygame.Color(colour), fine, stroke * shapes.FINE)
        small = pygame.transform.smoothscale(layer, (256, 256))
        small.set_alpha(alpha)
        made.blit(small, (0, 0))
    return made


@cache
def light() -> pygame.Surface:
    """A soft warm light, brightest in the middle."""
    side = 2 * LIGHT_RADIUS
    made = pygame.Surface((side, side), pygame.SRCALPHA)
    for radius in range(LIGHT_RADIUS, 0, -6):
        share = 1 - radius / LIGHT_RADIUS
        pygame.draw.circle(made, (255, 244, 214, round(255 * share * share)), (LIGHT_RADIUS, LIGHT_RADIUS), radius)
    for radius, stroke, opacity in ((250, 5, 0.7), (LIGHT_RADIUS - 3, 3, 0.4)):
        circle = shapes.disc(radius, "", RING, stroke).copy()
        circle.set_alpha(round(255 * opacity))
        shapes.put(made, circle, (LIGHT_RADIUS, LIGHT_RADIUS))
    return made


def _draw_light(surface: pygame.Surface, since_ms: int, *, still: bool) -> None:
    """One ramp: up in 80 ms, down in 520, and the bolt fades with it; for those who asked for calm, a `still` bolt."""
    if still:
        bolt().set_alpha(255)
        shapes.put(surface, bolt(), CENTRE)
        return
    if since_ms < 0 or since_ms > RISE_MS + FALL_MS:
        return
    share = since_ms / RISE_MS if since_ms < RISE_MS else 1 - (since_ms - RISE_MS) / FALL_MS
    for picture, peak in ((light(), PEAK), (bolt(), 255)):
        picture.set_alpha(round(peak * share))
        shapes.put(surface, picture, CENTRE)


def _paint_banner(surface: pygame.Surface, jolt: Jolt) -> None:
    surface.blit(shapes.box(BANNER.size, 14, INK, LEAD, 2, 0.94), BANNER.topleft)
    icons.draw(surface, "bolt", (54, 124), 44, LEAD, 2.6)
    title = say("shock.delivered", number=jolt.number) if jolt.number else say("shock.delivered_late")
    text.write(surface, 90, 116, title, 23, 700)
    key, colour = ("shock.touching", WARN) if jolt.touching else ("shock.clear", OK)
    text.write(surface, 90, 146, say(key, energy=jolt.energy_j), 17, 600, colour)


def _chip_painter(rect: pygame.Rect, stations: int, touching: bool) -> Paint:
    return lambda surface: _paint_chip(surface, rect, stations, touching=touching)


def _paint_chip(surface: pygame.Surface, rect: pygame.Rect, stations: int, *, touching: bool) -> None:
    fill, border = (DANGER_BG, DANGER) if touching else (INK, OK)
    surface.blit(shapes.box(rect.size, 21, fill, border, 1.5, 0.92), rect.topleft)
    badge.draw(surface, livery(stations), (rect.x + 24, rect.centery), 26)
    words, ink = ("shock.chip_touching", DANGER_TEXT) if touching else ("shock.chip_clear", TEXT)
    text.middle(surface, rect.x + 46, rect.centery, say(words), 16, 700, ink)
    icon, colour = ("hand", DANGER_TEXT) if touching else ("check", OK)
    icons.draw(surface, icon, (rect.right - 24, rect.centery), 20, colour, 2.8)


def goal_ms() -> int:
    """What the score allows a pause around a shock."""
    return library.weights().pauses.shock_allowance_ms


def most_ms(model: Model) -> int:
    """How long a pause may be at most."""
    return round(model.pack.max_pause_s * 1000)


def _paint_clock(surface: pygame.Surface, model: Model, *, stopped: bool) -> None:
    panel(surface, CLOCK, opacity=0.96, border=OK if stopped else LINE, stroke=2 if stopped else 1)
    text.write(surface, CLOCK.x + 20, 106, say("shock.pause"), 17, 600, TEXT2)
    if stopped:
        icons.draw(surface, "check", (CLOCK.right - 32, 100), 22, OK, 3)
        text.write(surface, CLOCK.right - 20, 176, say("shock.stopped"), 17, 600, OK, align=Align.END)
    goal, most = (f"{ms / 1000:g}" for ms in (goal_ms(), most_ms(model)))
    text.write(surface, BAR.x, 240, say("shock.goal", seconds=goal), 15, 500, TEXT2)
    half = say("unit.seconds", seconds=goal)
    middle = BAR.x + round(BAR.w * goal_ms() / most_ms(model))
    text.write(surface, middle, 240, half, 15, 400, TEXT2, family=Family.MONO, align=Align.MIDDLE)
    last = say("unit.seconds", seconds=most)
    text.write(surface, BAR.right, 240, last, 15, 400, TEXT2, family=Family.MONO, align=Align.END)


def _draw_pause(surface: pygame.Surface, model: Model, off_ms: int) -> None:
    """How long the hands were off, running on until the first push."""
    end = text.number(surface, CLOCK.x + 20, 176, f"{off_ms / 1000:.1f}", 72)
    text.write(surface, end + 8, 176, say("shock.seconds"), 26, 500, TEXT2)
    goal, most = goal_ms(), most_ms(model)
    gauge.bar(surface, BAR, off_ms / most, OK if off_ms <= goal else WARN, INK)
    for share, colour in ((goal / most, TEXT), (1.0, TEXT3)):
        surface.fill(colour, (BAR.x + round(BAR.w * share) - 1, 192, 2, 28))


def _paint_near_miss(surface: pygame.Surface) -> None:
    """A fact, without blame."""
    pill(surface, NEAR_MISS, say("shock.near_miss"), fill=INK, border=LEAD, colour=LEAD, icon="bolt", px=15)


def _paint_begun(surface: pygame.Surface, begun: Begun) -> None:
    """The first push was made: the count runs, the cycle begins."""
    panel(surface, PUSH, opacity=0.96, border=COMP, stroke=2, radius=20)
    if begun.made >= 0:
        gauge.ring(surface, COUNT, 84, begun.made if begun.of else 0, begun.of or 1, 12, COMP)
        of = say("chest.of", count=begun.of) if begun.of else say("chest.pushes")
        text.middle(surface, COUNT[0], COUNT[1] + 44, of, 18, 500, TEXT2, align=Align.MIDDLE)
        assist_tag(surface, ASSIST, say("frame.assist"))
    else:
        icons.draw(surface, "compress", (PUSH.centerx, 384), 92, COMP, 3.6)
    title = say("shock.begun", time=clock(begun.since_s * 1000))
    text.write(surface, PUSH.centerx, 522, title, 20, 700, align=Align.MIDDLE)
    text.write(surface, PUSH.centerx, 551, say("shock.begun_what"), 15, 500, TEXT2, align=Align.MIDDLE)


def _paint_push(surface: pygame.Surface, *, own: bool, pulse: bool) -> None:
    if pulse:
        # A shock in step with a beating heart: nobody pushes before somebody has felt that the pulse is gone.
        panel(surface, PUSH, opacity=0.96, border=COMP, stroke=2, radius=20)
        icons.draw(surface, "heart", (PUSH.centerx, 372), 72, COMP, 3.2)
        text.write(surface, PUSH.centerx, 470, say("shock.pulse_1"), 26, 700, align=Align.MIDDLE)
        text.write(surface, PUSH.centerx, 502, say("shock.pulse_2"), 18, 600, TEXT2, align=Align.MIDDLE)
        return
    if not own:
        panel(surface, PUSH, opacity=0.96, border=COMP, stroke=2, radius=20)
        icons.draw(surface, "compress", (PUSH.centerx, 372), 72, COMP, 3.2)
        text.write(surface, PUSH.centerx, 470, say("shock.others_1"), 26, 700, align=Align.MIDDLE)
        text.write(surface, PUSH.centerx, 502, say("shock.others_2"), 18, 600, TEXT2, align=Align.MIDDLE)
        return
    surface.blit(shapes.box(PUSH.size, 20, COMP), PUSH.topleft)
    icons.draw(surface, "compress", (PUSH.centerx, 346), 92, ON_COMP, 3.6)
    text.write(surface, PUSH.centerx, 448, say("shock.push_now"), 48, 700, ON_COMP, align=Align.MIDDLE)
    text.write(surface, PUSH.centerx, 480, say("shock.push_1"), 18, 600, "#4A1C04", align=Align.MIDDLE)
    text.write(surface, PUSH.centerx, 504, say("shock.push_2"), 18, 600, "#4A1C04", align=Align.MIDDLE)
    key = cap("Space")
    keycap(surface, PUSH.centerx - keycap_width(key) / 2, 544, key, CAP_COMP)
