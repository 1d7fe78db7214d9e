"""The lower row of a check: calls, pulse answers, the device or findings; and the way on at its left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pygame

from game.rules.commands import Feel
from game.stations import Station
from game.ui import frame, icons, shapes, text
from game.ui.keyboard import cap
from game.ui.keymap import steps_in
from game.ui.screen import Control, Intent, Local
from game.ui.screens import device
from game.ui.screens.checking.fingers import TALL, Touching, touching
from game.ui.theme import (
    ACC,
    COMP,
    INK,
    LINE2,
    S1,
    S2,
    STATE_COLOURS,
    TEXT,
    TEXT2,
    TEXT3,
    WARN,
    State,
)
from game.ui.values import finding_label, finding_value
from game.ui.widgets.button import keycap, keycap_width
from game.ui.words import say

if TYPE_CHECKING:
    from game.ui.board import Paint
    from game.ui.screen import Model


QUARTERS: Final = tuple(pygame.Rect(400 + place * 218, 444, 210, 132) for place in range(4))
THIRDS: Final = tuple(pygame.Rect(400 + place * 292, 444, 280, 132) for place in range(3))
NARROW: Final = pygame.Rect(846, 518, 92, 48)
WIDE: Final = pygame.Rect(943, 518, 92, 48)
LEFT: Final = pygame.Rect(58, 464, 312, 112)
CALLS: Final = (
    ("KeyV", "vf", "bolt", Intent("call", ("vf",))),
    ("KeyT", "vt", "bolt", Intent("call", ("vt",))),
    ("KeyO", "organised", "heart", Intent(Local.SPLIT)),
    ("KeyF", "flat", "wave", Intent("call", ("flat",))),
)
PULSES: Final = ("felt", "none", "unsure")


class Choice(NamedTuple):
    """A large tile of the lower row."""

    title: str
    second: str
    key: str
    icon: str
    state: State


def lower(model: Model) -> list[tuple[pygame.Rect, Choice]]:
    """The tiles of the lower row: calls, pulse answers, the device, or findings to say."""
    view = model.view
    if view.lead is not None:
        made = [
            Choice(say(f"ring.{name}"), say(f"ring.{name}_what"), cap(key), icon, called_state(view.check.call, name))
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


def called_state(call: str, name: str) -> State:
    """How a call looks once it was made."""
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


def lower_controls(model: Model) -> list[Control]:
    """Hit areas of the lower row."""
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


def choice_painter(rect: pygame.Rect, choice: Choice) -> Paint:
    """Paints a tile of the lower row."""
    return lambda surface: paint_choice(surface, rect, choice)


def paint_choice(surface: pygame.Surface, rect: pygame.Rect, choice: Choice) -> None:
    """A tile of the lower row."""
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


def paint_split(surface: pygame.Surface, *, asked: bool) -> None:
    """Narrow or wide, once Organised was called."""
    for rect, key, words in ((NARROW, "KeyN", "ring.narrow"), (WIDE, "KeyW", "ring.wide")):
        surface.blit(shapes.box(rect.size, 10, INK, ACC if asked else LINE2, 2 if asked else 1.2), rect.topleft)
        keycap(surface, rect.x + 8, rect.centery, cap(key))
        text.middle(surface, rect.x + 38, rect.centery, say(words), 15, 600)


class Way(NamedTuple):
    """The card under the ring: how the check ends for this seat."""

    key: str
    title: str
    second: str
    hint: str
    border: str
    solid: bool


def way_on(model: Model) -> Way:
    """How the check ends for this seat."""
    check = model.view.check
    if model.stations & Station.LEAD:
        hint = "ring.pending" if check.shock_pending else "" if check.call else "ring.call_first"
        due = bool(check.call) and not check.shock_pending
        words = (say("ring.resume"), say("ring.resume_what"), say(hint) if hint else "")
        return Way(cap("Enter"), *words, LINE2, solid=due)
    chest = model.view.chest
    if chest is not None and touching(chest, check) is Touching.CHEST:
        return Way("", say("ring.wait"), say("ring.wait_what"), "", LINE2, solid=False)
    if model.stations & Station.CHEST:
        words = (say("ring.first_push"), say("ring.first_push_what"), say("ring.on_word"))
        return Way(cap("Space"), *words, COMP, solid=False)
    if steps_in(model.seat, model.view):
        words = (say("ring.first_push"), say("ring.first_push_what"), say("ring.take_over"))
        return Way(cap("Space"), *words, COMP, solid=False)
    return Way("", say("ring.head_free"), say("ring.closing_what"), "", LINE2, solid=False)


def way_controls(model: Model) -> list[Control]:
    """Hit area of the way on."""
    if model.stations & Station.LEAD:
        return [Control(LEFT, Intent("resume"))]
    if model.stations & Station.CHEST or steps_in(model.seat, model.view):
        return [Control(LEFT, Intent("push"), Feel.EDGES)]
    return []


def paint_way(surface: pygame.Surface, way: Way) -> None:
    """The card under the ring."""
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
