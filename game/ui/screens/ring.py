"""The rhythm-check ring, the same for all seats: ten seconds, what each seat senses, and the calls of the Leader."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.rules.skills import touch
from game.rules.skills.params import skills
from game.stations import Station
from game.ui import art, docks, frame, icons, shapes, text
from game.ui.board import Board, backdrop
from game.ui.keymap import cap, steps_in
from game.ui.screen import Control, Intent, Local
from game.ui.screens import device, rail
from game.ui.text import Align, Part
from game.ui.theme import (
    ACC,
    AIR,
    COMP,
    DANGER,
    DANGER_BG,
    ECG,
    INK,
    LEAD,
    LINE,
    LINE2,
    MON,
    OK,
    S1,
    S2,
    STATE_COLOURS,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    State,
    livery,
)
from game.ui.traces import Ecg, Glass, Sweep
from game.ui.values import finding_label, finding_value
from game.ui.widgets import badge, gauge
from game.ui.widgets.bars import Slot
from game.ui.widgets.button import Label, keycap, keycap_width
from game.ui.words import clock, role_word, say

if TYPE_CHECKING:
    from game.rules.views import CheckView, ChestView, EcgView, SeatView
    from game.ui.board import Paint
    from game.ui.screen import Model


CENTRE: Final = (214, 250)
RADIUS: Final = 142
SEGMENTS: Final = 10
DIAL: Final = pygame.Rect(58, 94, 312, 312)
LATE_MS: Final = 3_000
"""From here on the ring is in warning colour."""

SENSE: Final = pygame.Rect(400, 76, 864, 232)
TALL: Final = pygame.Rect(400, 76, 864, 300)
STRIP: Final = pygame.Rect(408, 120, 848, 176)
CARDS: Final = tuple(pygame.Rect(400 + place * 292, 320, 280, 84) for place in range(3))
LOW_CARD: Final = 64
"""Height of a card that says nothing but hands."""
YOUR_CALL: Final = pygame.Rect(400, 410, 864, 30)
CALLED: Final = pygame.Rect(400, 388, 864, 44)
QUARTERS: Final = tuple(pygame.Rect(400 + place * 218, 444, 210, 132) for place in range(4))
THIRDS: Final = tuple(pygame.Rect(400 + place * 292, 444, 280, 132) for place in range(3))
NARROW: Final = pygame.Rect(846, 518, 92, 48)
WIDE: Final = pygame.Rect(943, 518, 92, 48)
LEFT: Final = pygame.Rect(58, 464, 312, 112)

NECK: Final = pygame.Rect(402, 78, 412, 296)
TOUCH: Final = pygame.Rect(834, 160, 410, 104)
SURE: Final = pygame.Rect(834, 304, 410, 20)
SURE_MARK: Final = 0.8
"""Where on the bar the fingers are sure."""

CALLS: Final = (
    ("KeyV", "vf", "bolt", Intent("call", ("vf",))),
    ("KeyT", "vt", "bolt", Intent("call", ("vt",))),
    ("KeyO", "organised", "heart", Intent(Local.SPLIT)),
    ("KeyF", "flat", "wave", Intent("call", ("flat",))),
)
LEADER_DOCK: Final = (
    "command.check.label",
    "dock_lead.resume",
    "dock_lead.shock",
    "dock_lead.drugs",
    "pad_title.5",
    "pad_title.6",
)
PULSES: Final = ("felt", "none", "unsure")


class Touch:
    """What fingers on the neck feel: pressure with noise; a weak pulse stays ambiguous."""

    RISE_MS: Final = 220

    def __init__(self) -> None:
        self._beats: deque[int] = deque(maxlen=16)
        self._strength = 0.0

    def note(self, chest: ChestView) -> None:
        """Takes in the latest beat and how strong it is."""
        self._strength = max(0, chest.touch) / 100
        if chest.beat_ms >= 0 and (not self._beats or chest.beat_ms > self._beats[-1]):
            self._beats.append(chest.beat_ms)

    def step(self, at_ms: int) -> float:
        """Pressure at `at_ms`, 0 to about 1."""
        tremor = 0.05 * (((at_ms * 7919) % 97) / 48.5 - 1) + 0.04 * (((at_ms // 36) * 31 % 13) / 6.5 - 1)
        beat = next((beat for beat in reversed(self._beats) if beat <= at_ms), None)
        since = at_ms - beat if beat is not None else self.RISE_MS
        if since >= self.RISE_MS:
            return tremor
        share = since / self.RISE_MS
        return tremor + self._strength * 4 * share * (1 - share)


class Touching(Enum):
    """Where the hands of the chest's seat are in a check, and what it should do with them."""

    CHEST = auto()  # let go
    NOTHING = auto()  # a pulse may be felt for
    ASKED = auto()  # an organised rhythm was called: feel for a pulse
    NECK = auto()


class Choice(NamedTuple):
    """A large tile of the lower row."""

    title: str
    second: str
    key: str
    icon: str
    state: State


class RingScreen:
    """The ring over whatever station the seat holds."""

    def __init__(self) -> None:
        self._ground = Board(_ground())
        self._changes = rail.Changes()
        self._ecg: Ecg | None = None
        self._sweep: Sweep | None = None
        self._touch = Touch()
        self._feel = Sweep(Glass(TOUCH, 5.0, -0.4, 1.1, "#F0B48C", 2, 26, MON, "#131B22"), self._touch)
        self._model: Model | None = None

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None:
        """One frame."""
        self._model = model
        view = model.view
        if self._changes.seen(model, now_ms):
            self._declare(model, now_ms)
            self._ground.show(surface)
        else:
            self._ground.again(surface)
        _draw_clock(surface, model, view.check, now_ms)
        ecg = _ecg_of(view)
        if ecg is not None and ecg.connected:
            self._trace(ecg).draw(surface, now_ms)
        elif view.chest is not None:
            self._touch.note(view.chest)
            if _touching(view.chest, view.check) is Touching.NECK:
                self._feel.draw(surface, now_ms)
                _draw_certainty(surface, view.chest, now_ms)

    def controls(self) -> Sequence[Control]:
        """The calls or the answers of this seat, the way on at the left, and the furniture; the dock is dead."""
        model = self._model
        if model is None:
            return ()
        asleep = model.stations & (Station.LEAD | Station.CHEST)
        said = [] if asleep else docks.controls(model)
        return [*frame.station_controls(model), *said, *_lower_controls(model), *_left_controls(model)]

    def _declare(self, model: Model, now_ms: int) -> None:
        board, view = self._ground, model.view
        frame.top_bar(board, model)
        frame.dock_bar(board, _dock(model), lead=bool(model.stations & Station.LEAD))
        frame.captions(board, model, now_ms)
        dial = _dial(model, now_ms)
        board.part("dial", DIAL, dial, lambda surface: _paint_dial(surface, dial))
        left = _left(model)
        board.part("left", LEFT, left, lambda surface: _paint_left(surface, left))
        if view.lead is not None or view.defibrillator is not None:
            ecg = _ecg_of(view)
            key = (ecg.connected, ecg.compressing) if ecg else ()
            board.part("strip", SENSE, key, lambda surface: _paint_strip(surface, ecg))
        elif view.chest is not None:
            touch = _touching(view.chest, view.check)
            board.part("fingers", TALL, touch, lambda surface: _paint_fingers(surface, touch))
        else:
            senses = tuple(view.findings)
            board.part("senses", TALL, senses, lambda surface: _paint_senses(surface, model))
        if view.lead is not None or view.defibrillator is not None:
            self._declare_cards(model, now_ms)
        if view.lead is not None:
            board.part("your call", YOUR_CALL, 0, _paint_your_call)
        else:
            call = (view.check.call, view.check.shock_pending)
            board.part("called", CALLED, call, lambda surface: _paint_called(surface, *call))
        for rect, choice in _lower(model):
            board.part(f"lower {rect.x}", rect, choice, _choice_painter(rect, choice))
        if view.lead is not None:
            split = model.mode.ring_split
            board.part("split", NARROW.union(WIDE), split, lambda surface: _paint_split(surface, asked=split))

    def _declare_cards(self, model: Model, now_ms: int) -> None:
        board = self._ground
        others = [seat for seat in range(len(model.view.crew)) if seat != model.seat]
        low = model.view.lead is None
        for full, seat in zip(CARDS, others, strict=False):
            rect = pygame.Rect(full.x, full.y - 4, full.w, LOW_CARD) if low else full
            card = _card(model, seat, now_ms)
            board.part(f"card {seat}", rect, card, _card_painter(rect, card))

    def _trace(self, view: EcgView) -> Sweep:
        if self._sweep is None or self._ecg is None:
            self._ecg = Ecg(view)
            self._sweep = Sweep(Glass(STRIP, 7.0, -1.9, 1.9, ECG, 3, 24, MON, "#0D1C14", 5), self._ecg)
        self._ecg.view = view
        return self._sweep


def _ecg_of(view: SeatView) -> EcgView | None:
    """The trace this seat sees; the device's own where the Leader sees none."""
    if view.lead is not None and (view.lead.ecg.connected or view.defibrillator is None):
        return view.lead.ecg
    return view.defibrillator.ecg if view.defibrillator is not None else None


def _dock(model: Model) -> list[Slot]:
    """The Leader's orders and the chest's findings sleep: their digits belong to the ring."""
    if model.stations & Station.LEAD:
        return [Slot(Label(say(words), px=15), State.DISABLED) for words in LEADER_DOCK]
    slots = docks.bedside_slots(model)
    if model.stations & Station.CHEST:
        return [Slot(slot.label._replace(key=""), State.DISABLED) for slot in slots]
    return slots


@cache
def _ground() -> pygame.Surface:
    """The room, darkened, with the ring's face: baked once."""
    canvas = backdrop(art.stage("leader_nocrew"))
    scrim = pygame.Surface(canvas.get_size())
    scrim.fill("#070C12")
    scrim.set_alpha(219)
    canvas.blit(scrim, (0, 0))
    shapes.put(canvas, shapes.disc(RADIUS + 14, INK), CENTRE)
    side = 2 * (RADIUS - 16)
    face = pygame.transform.smoothscale(art.stage("leader_nocrew").subsurface((497, 75, 210, 210)), (side, side))
    veil = pygame.Surface((side, side))
    veil.fill("#070C12")
    veil.set_alpha(150)
    mask = shapes.disc(side / 2 - 1, "#FFFFFF")
    picture = pygame.Surface(mask.get_size(), pygame.SRCALPHA)
    picture.blit(face, face.get_rect(center=picture.get_rect().center))
    picture.blit(veil, veil.get_rect(center=picture.get_rect().center))
    picture.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    shapes.put(canvas, picture, CENTRE)
    return canvas


def _left_ms(model: Model, now_ms: int) -> int:
    """What is left of the time a check may take; below 0 once it is over."""
    return round(model.pack.max_pause_s * 1000) - max(0, now_ms - model.view.check.since_ms)


class Dial(NamedTuple):
    """The ring's segments: it steps, it never moves."""

    filled: int
    colour: str


def _dial(model: Model, now_ms: int) -> Dial:
    left_ms = _left_ms(model, now_ms)
    if left_ms <= 0:
        return Dial(SEGMENTS, DANGER)
    filled = -(-left_ms * SEGMENTS // round(model.pack.max_pause_s * 1000))
    return Dial(filled, LEAD if left_ms > LATE_MS else WARN)


def _paint_dial(surface: pygame.Surface, dial: Dial) -> None:
    gauge.segments(surface, CENTRE, RADIUS, dial.filled, SEGMENTS, 20, dial.colour)


def _draw_clock(surface: pygame.Surface, model: Model, check: CheckView, now_ms: int) -> None:
    """The running figures: seconds left, and how long the hands have been off."""
    left_ms = _left_ms(model, now_ms)
    text.number_middle(surface, CENTRE[0], CENTRE[1] - 18, f"{abs(left_ms) / 1000:.1f}", 88, 700, TEXT)
    words = say("ring.left" if left_ms > 0 else "ring.over")
    text.middle(surface, CENTRE[0], CENTRE[1] + 46, words, 20, 600, TEXT2, align=Align.MIDDLE)
    x, y = CENTRE[0], CENTRE[1] + RADIUS + 41
    if check.hands_off_ms < 0:
        # Where nobody has pushed yet, there is no time since when, and no hand on the chest either.
        pushing = any(seat.hands_on and seat.stations & Station.CHEST for seat in model.view.crew)
        words, colour = ("ring.hands_on", WARN) if pushing else ("ring.hands_off", TEXT)
        text.write(surface, x, y, say(words), 20, 700, colour, align=Align.MIDDLE)
        return
    off_ms = check.hands_off_ms + max(0, now_ms - model.view.now_ms)
    title, figure = say("ring.hands_off"), f"{off_ms / 1000:.1f}"
    wide = text.width(title, 20, 700) + text.number_width(figure, 20) + 26
    end = text.write(surface, x - wide / 2, y, title, 20, 700)
    end = text.number(surface, end + 8, y, figure, 20)
    text.write(surface, end + 6, y, say("ring.second"), 20, 700)


def _paint_strip(surface: pygame.Surface, ecg: EcgView | None) -> None:
    surface.blit(shapes.box(SENSE.size, 14, MON, ECG, 1.5), SENSE.topleft)
    text.write(surface, 420, 110, say("lead.ecg"), 22, 700, ECG)
    if ecg is None or not ecg.connected:
        text.middle(surface, *SENSE.center, say("lead.no_trace"), 22, 700, WARN, align=Align.MIDDLE)
        return
    words, colour = ("ring.noisy", COMP) if ecg.compressing else ("ring.clean", TEXT2)
    text.write(surface, 1244, 110, say(words), 18, 600, colour, align=Align.END)


def _paint_your_call(surface: pygame.Surface) -> None:
    end = text.write(surface, 400, 432, say("ring.your_call"), 20, 700)
    text.write(surface, end + 14, 432, say("ring.your_call_hint"), 16, 500, TEXT2)


class Card(NamedTuple):
    """What the Leader sees of another seat: hands, and the last thing it said."""

    stations: int
    who: str
    hands_on: bool
    said: str
    age: str
    fresh: bool


def _card(model: Model, seat: int, now_ms: int) -> Card:
    person = frame.people(model)[seat]
    role = role_word(person.stations)
    who = say("frame.title", seat=role, name=person.name) if person.name else role
    if model.view.lead is None:
        return Card(person.stations, who, person.hands_on, "", "", fresh=not person.hands_on)
    reported = [said for said in model.view.lead.reported if said.seat == seat]
    if not reported:
        return Card(person.stations, who, person.hands_on, say("ring.report_none"), "", fresh=False)
    last = max(reported, key=lambda said: said.at_ms)
    label = finding_label(model, last.key)
    words = f"{label}: {finding_value(model, last.key, last.value)}"
    fresh = last.at_ms >= model.view.check.since_ms
    return Card(person.stations, who, person.hands_on, words, clock(now_ms - last.at_ms), fresh)


def _card_painter(rect: pygame.Rect, card: Card) -> Paint:
    return lambda surface: _paint_card(surface, rect, card)


def _paint_card(surface: pygame.Surface, rect: pygame.Rect, card: Card) -> None:
    border = WARN if card.hands_on else OK if card.fresh else LINE2
    surface.blit(shapes.box(rect.size, 12, S1, border, 1.5), rect.topleft)
    badge.draw(surface, livery(card.stations), (rect.x + 34, rect.centery), 38)
    text.write(surface, rect.x + 64, rect.y + 25, card.who, 15, 600, TEXT2)
    if card.fresh and not card.hands_on:
        icons.draw(surface, "check", (rect.right - 22, rect.y + 21), 16, OK, 2.6)
    hands = say("frame.hands_on" if card.hands_on else "frame.hands_off")
    text.write(surface, rect.x + 64, rect.y + 49, hands, 18, 700, WARN if card.hands_on else TEXT)
    if rect.h <= LOW_CARD:
        return
    said = f"{card.said}, {card.age}" if card.age else card.said
    text.write(surface, rect.x + 64, rect.y + 70, text.fit(said, 14, 500, rect.w - 76), 14, 500, TEXT2)


def _paint_called(surface: pygame.Surface, call: str, shock_pending: bool) -> None:
    surface.blit(shapes.box(CALLED.size, 10, S1, LEAD, 1.5), CALLED.topleft)
    badge.draw(surface, livery(Station.LEAD), (424, 410), 26)
    if not call:
        text.write(surface, 446, 416, say("ring.not_called"), 17, 500, TEXT2)
        return
    key = "ring.called_pulse" if call.startswith("organised") else "ring.called_push"
    key = "ring.called_shock" if shock_pending else key
    parts = (
        Part(say("ring.called") + " ", 500, TEXT2),
        Part(say(f"rhythm.{call}") + ". ", 700, LEAD),
        Part(say(key), 500, TEXT),
    )
    text.rich(surface, 446, 416, parts, 17)


def _lower(model: Model) -> list[tuple[pygame.Rect, Choice]]:
    """The tiles of the lower row: calls, pulse answers, the device, or findings to say."""
    view = model.view
    if view.lead is not None:
        made = [
            Choice(say(f"ring.{name}"), say(f"ring.{name}_what"), cap(key), icon, _called(view.check.call, name))
            for key, name, icon, _ in CALLS
        ]
        return list(zip(QUARTERS, made, strict=True))
    if view.chest is not None:
        state = State.IDLE if frame.works(model, "pulse") else State.DISABLED
        called = view.check.call.startswith("organised")
        asleep = say("refusal.fingers_first" if called else "ring.after_organised")
        answers = [
            Choice(
                say(f"pulse.{answer}"),
                say(f"ring.{answer}_what") if state is State.IDLE else asleep,
                str(place),
                "",
                State.OK if view.check.pulse == answer else state,
            )
            for place, answer in enumerate(PULSES, 1)
        ]
        return list(zip(THIRDS, answers, strict=True))
    if view.defibrillator is not None:
        return _device_tiles(model)
    said = [
        Choice(
            text.fit(finding_label(model, seen.key), 22, 700, 200),
            text.fit(finding_value(model, seen.key, seen.value), 16, 500, 210),
            str(place),
            "",
            State.IDLE,
        )
        for place, seen in enumerate(view.findings[:3], 1)
    ]
    return list(zip(THIRDS, said, strict=False))


def _called(call: str, name: str) -> State:
    return State.OK if call and call.startswith(name) else State.IDLE


def _device_tiles(model: Model) -> list[tuple[pygame.Rect, Choice]]:
    view = model.view.defibrillator
    assert view is not None
    said = model.view.check.clear_said
    shot = device.shot_of(view, said)
    charged = view.charge == "charged"
    charge = State.WARN if charged else State.IDLE if frame.works(model, "charge") else State.DISABLED
    joules = say("unit.joules", energy=view.energy_j)
    words = {"charged": "defib.charged", "charging": "defib.charging"}.get(view.charge, "defib.charge")
    clear = State.OK if said else State.IDLE
    dump = State.IDLE if frame.works(model, "dump") else State.DISABLED
    made = [
        Choice(say(words), joules, "C", "bolt", charge),
        Choice(say("command.clear.label"), say("defib.clear_said") if said else "", "V", "speak", clear),
        Choice(say("defib.shock"), shot.words, "X", "bolt", shot.state),
        Choice(say("defib.dump"), joules if charged else "", "", "down2", dump),
    ]
    return list(zip(QUARTERS, made, strict=True))


def _lower_controls(model: Model) -> list[Control]:
    view = model.view
    if view.lead is not None:
        found = [Control(rect, intent) for rect, (_, _, _, intent) in zip(QUARTERS, CALLS, strict=True)]
        found.append(Control(NARROW, Intent("call", ("organised_narrow",))))
        return [*found, Control(WIDE, Intent("call", ("organised_wide",)))]
    if view.chest is not None:
        works = frame.works(model, "pulse")
        answers = zip(THIRDS, PULSES, strict=True)
        found = [Control(rect, Intent("pulse", (answer,)), enabled=works) for rect, answer in answers]
        return [Control(TALL, Intent("feel"), enabled=frame.works(model, "feel")), *found]
    if view.defibrillator is not None:
        ops = ("charge", "clear", "shock", "dump")
        return [
            Control(rect, Intent(op), Feel.HOLD if op == "shock" else Feel.TAP, frame.works(model, op))
            for rect, op in zip(QUARTERS, ops, strict=True)
        ]
    return [Control(rect, Intent("report", (seen.key,))) for rect, seen in zip(THIRDS, view.findings, strict=False)]


def _choice_painter(rect: pygame.Rect, choice: Choice) -> Paint:
    return lambda surface: _paint_choice(surface, rect, choice)


def _paint_choice(surface: pygame.Surface, rect: pygame.Rect, choice: Choice) -> None:
    colours = STATE_COLOURS[choice.state]
    off = choice.state is State.DISABLED
    fill = S2 if choice.state is State.IDLE else colours.fill
    surface.blit(shapes.box(rect.size, 14, fill, colours.border, 1.5, dashed=off), rect.topleft)
    split = choice.key == "O"
    y = rect.y + 30 if split else rect.centery
    x = rect.x + 14
    if choice.key:
        x += keycap(surface, x, y, choice.key) + 12
    if choice.icon:
        icons.draw(surface, choice.icon, (x + 16, y), 26, TEXT2 if choice.state is State.IDLE else colours.text, 2.2)
        x += 38
    px = 22 if choice.icon else 24
    px = 19 if split else px
    room = rect.right - 4 - x
    second = colours.text if choice.state in (State.DANGER, State.ARMED) else TEXT2
    lift = -6 if choice.second else px * text.CENTRE
    text.write(surface, x, y + lift, text.fit(choice.title, px, 700, room), px, 700, colours.text)
    if choice.second:
        text.write(surface, x, y + 19, text.fit(choice.second, 15, 500, room), 15, 500, second)


def _paint_split(surface: pygame.Surface, *, asked: bool) -> None:
    for rect, key, words in ((NARROW, "N", "ring.narrow"), (WIDE, "W", "ring.wide")):
        surface.blit(shapes.box(rect.size, 10, INK, ACC if asked else LINE2, 2 if asked else 1.2), rect.topleft)
        keycap(surface, rect.x + 8, rect.centery, key)
        text.middle(surface, rect.x + 38, rect.centery, say(words), 15, 600)


class Way(NamedTuple):
    """The card under the ring: how the check ends for this seat."""

    key: str
    title: str
    second: str
    hint: str
    border: str
    solid: bool


def _left(model: Model) -> Way:
    check = model.view.check
    if model.stations & Station.LEAD:
        hint = "ring.pending" if check.shock_pending else "" if check.call else "ring.call_first"
        due = bool(check.call) and not check.shock_pending
        words = (say("ring.resume"), say("ring.resume_what"), say(hint) if hint else "")
        return Way(cap("Enter"), *words, LINE2, solid=due)
    chest = model.view.chest
    if chest is not None and _touching(chest, check) is Touching.CHEST:
        return Way("", say("ring.wait"), say("ring.wait_what"), "", LINE2, solid=False)
    if model.stations & Station.CHEST:
        words = (say("ring.first_push"), say("ring.first_push_what"), say("ring.on_word"))
        return Way(cap("Space"), *words, COMP, solid=False)
    if steps_in(model.seat, model.view):
        words = (say("ring.first_push"), say("ring.first_push_what"), say("ring.take_over"))
        return Way(cap("Space"), *words, COMP, solid=False)
    return Way("", say("ring.head_free"), say("ring.closing_what"), "", LINE2, solid=False)


def _left_controls(model: Model) -> list[Control]:
    if model.stations & Station.LEAD:
        return [Control(LEFT, Intent("resume"))]
    if model.stations & Station.CHEST or steps_in(model.seat, model.view):
        return [Control(LEFT, Intent("push"), Feel.EDGES)]
    return []


def _paint_left(surface: pygame.Surface, way: Way) -> None:
    state = State.PRIMARY if way.solid else State.IDLE
    colours = STATE_COLOURS[state]
    fill, border = (colours.fill, colours.border) if way.solid else (S1, way.border)
    surface.blit(shapes.box(LEFT.size, 14, fill, border, 2 if way.border == COMP else 1.5), LEFT.topleft)
    x = LEFT.x + 14
    if way.key:
        keycap(surface, x, LEFT.y + 42, way.key)
        x += keycap_width(way.key) + 14
    ink = colours.text if way.solid else TEXT
    text.write(surface, x, LEFT.y + 43, way.title, 21, 700, ink)
    second = text.fit(way.second, 16, 600, LEFT.right - 12 - x)
    text.write(surface, x, LEFT.y + 65, second, 16, 600, ink if way.solid else TEXT2)
    # Only the Leader's hint warns: resuming would leave a shock undone or the rhythm uncalled.
    text.write(surface, LEFT.x + 14, LEFT.y + 98, way.hint, 14, 500, TEXT3 if way.border == COMP else WARN)


@cache
def _neck() -> pygame.Surface:
    """A close look at the neck with two fingers on it."""
    part = art.stage("compressor").subsurface((268, 126, 142, 198))
    picture = pygame.transform.rotozoom(part, -90, 2.1)
    made = pygame.Surface(NECK.size)
    made.blit(picture, picture.get_rect(center=made.get_rect().center))
    fingers = ((428, 232, 380, 190, 320, 162, 250, 156), (428, 276, 380, 232, 320, 206, 254, 198))
    for path in fingers:
        points = [(float(x), float(y)) for x, y in zip(path[::2], path[1::2], strict=True)]
        for stroke, colour in ((42, "#4A73B8"), (38, "#7FA6DE"), (13, "#A9C5EE")):
            shapes.thick_lines(made, pygame.Color(colour), points, stroke)
    return made


def _touching(chest: ChestView, check: CheckView) -> Touching:
    # Before the first push nothing has been let go of either.
    if chest.on_chest and check.hands_off_ms < 0:
        return Touching.CHEST
    if chest.fingers_ms >= 0:
        return Touching.NECK
    return Touching.ASKED if check.call.startswith("organised") else Touching.NOTHING


def _paint_let_go(surface: pygame.Surface) -> None:
    """While hands are on the chest nothing else matters: one headline."""
    surface.blit(shapes.box(TALL.size, 14, DANGER_BG, DANGER, 3), TALL.topleft)
    x, y = TALL.center
    text.write(surface, x, y + 4, say("ring.hands_off"), 72, 700, DANGER, align=Align.MIDDLE)
    text.write(surface, x, y + 48, say("ring.let_go_what"), 20, 600, TEXT, align=Align.MIDDLE)


def _paint_fingers(surface: pygame.Surface, touch: Touching) -> None:
    if touch is Touching.CHEST:
        _paint_let_go(surface)
        return
    fingers = touch is Touching.NECK
    surface.blit(shapes.box(TALL.size, 14, "#101A24", COMP, 1.5), TALL.topleft)
    picture = _neck()
    picture.set_alpha(255 if fingers else 110)
    surface.blit(picture, NECK)
    if fingers:
        for radius, opacity in ((18, 0.95), (34, 0.5), (52, 0.25)):
            circle = shapes.disc(radius, "", TEXT, 2.5)
            circle.set_alpha(round(255 * opacity))
            shapes.put(surface, circle, (648, 254))
            circle.set_alpha(255)
    title = say("ring.fingers" if fingers else "ring.fingers_off")
    px, colour = {Touching.ASKED: (22, WARN), Touching.NOTHING: (18, TEXT2)}.get(touch, (22, TEXT))
    text.write(surface, 834, 116, title, px, 700, colour)
    end = text.write(surface, 834, 142, say("ring.fingers_what"), 16, 500, TEXT2)
    keycap(surface, end + 12, 137, "P")
    surface.blit(shapes.box(TOUCH.size, 10, MON, LINE), TOUCH.topleft)
    text.write(surface, 834, 292, say("ring.sure"), 16, 600, TEXT2)
    surface.blit(shapes.box(SURE.size, 10, INK), SURE.topleft)
    surface.fill(TEXT, (SURE.x + round(SURE.w * SURE_MARK), 298, 2, 32))
    text.write(surface, SURE.right, 350, say("ring.sure_hint"), 14, 500, TEXT3, align=Align.END)


def _draw_certainty(surface: pygame.Surface, chest: ChestView, now_ms: int) -> None:
    certain_ms = touch.certain_ms(max(0, chest.touch), skills())
    share = min(1.0, SURE_MARK * (now_ms - chest.fingers_ms) / certain_ms)
    sure = share >= SURE_MARK
    gauge.bar(surface, SURE, share, OK if sure else WARN, INK, opacity=0.6)
    surface.fill(TEXT, (SURE.x + round(SURE.w * SURE_MARK), 298, 2, 32))
    words = say("ring.sure_enough" if sure else "ring.not_yet")
    text.middle(surface, SURE.x + 12, SURE.centery, words, 14, 700)


def _paint_senses(surface: pygame.Surface, model: Model) -> None:
    """The head's own sense of the pause: the numbers only this seat has."""
    surface.blit(shapes.box(TALL.size, 14, "#101A24", AIR, 1.5), TALL.topleft)
    text.write(surface, TALL.x + 20, TALL.y + 38, say("ring.say"), 22, 700)
    text.write(surface, TALL.right - 20, TALL.y + 38, say("airway.only_you"), 16, 500, TEXT2, align=Align.END)
    for row, seen in enumerate(model.view.findings[:5]):
        y = TALL.y + 62 + row * 46
        surface.fill(LINE, (TALL.x + 20, y, TALL.w - 40, 1))
        keycap(surface, TALL.x + 20, y + 23, str(row + 1))
        text.write(surface, TALL.x + 60, y + 29, finding_label(model, seen.key), 17, 500, TEXT2)
        text.write(surface, TALL.x + 260, y + 30, finding_value(model, seen.key, seen.value), 20, 700)
