"""The dock of a seat: the Leader's orders and pads, or what a bedside seat can say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from game.stations import Station
from game.ui import text
from game.ui.drawers import first_acts, sleeps
from game.ui.frame import dock_bar, works
from game.ui.keyboard import cap
from game.ui.keymap import COACHED, DIGITS, coaches, dock_places, said_by_digit
from game.ui.screen import Control, Intent, Local
from game.ui.theme import TEXT, State
from game.ui.values import finding_label, finding_value
from game.ui.widgets.bars import SLOTS, Slot
from game.ui.widgets.button import Label
from game.ui.words import knows, say

if TYPE_CHECKING:
    from game.rules.views import FindingView
    from game.ui.board import Board
    from game.ui.screen import Model


WORDS_PX: Final = 96
PULSE: Final = 4
"""The place of the pulse on the dock of whoever holds the chest."""


def declare(board: Board, model: Model) -> None:
    """Declares the dock of the seat, the same on all its pictures."""
    leads = bool(model.stations & Station.LEAD)
    wheel = State.DISABLED if model.mode.pad else State.HOVER if model.mode.wheel else State.IDLE
    slots = leader_slots(model) if leads else bedside_slots(model)
    if model.mode.wheel:
        # The wheel has the digits now.
        slots = [Slot(slot.label._replace(key=""), State.DISABLED) for slot in slots]
    dock_bar(board, slots, lead=leads, wheel=wheel)


def controls(model: Model) -> list[Control]:
    """Its hit areas."""
    return _leader_controls(model) if model.stations & Station.LEAD else _bedside_controls(model)


def bedside_slots(model: Model) -> list[Slot]:
    """The first findings this seat can say, the pulse for whoever holds the chest, then "Say again"; or the coach's."""
    if coaches(model.stations, model.view):
        return [Slot(_call(place, call)) for place, call in enumerate(COACHED)]
    said = said_by_digit(model.stations, model.view)
    slots = [Slot(_finding(model, seen, place)) for place, seen in enumerate(said)]
    slots += [_first_act(model, act, len(said) + place) for place, act in enumerate(_offered(model))]
    slots += [Slot(Label())] * (5 - len(slots))
    if model.stations & Station.CHEST:
        slots[PULSE] = _pulse(model)
    slots.append(Slot(Label(say("dock.say_again"), key=cap(DIGITS[5]), px=15)))
    return [slot._replace(label=slot.label._replace(key="")) for slot in slots] if _asleep(model) else slots


def _asleep(model: Model) -> bool:
    """True while the digits belong to an open drawer or choice: the dock shows no caps, and fingers still reach it."""
    return model.mode.choosing and not model.mode.wheel and not sleeps(model.mode, model.view)


def _offered(model: Model) -> tuple[Intent, ...]:
    """What the dock offers to do where it has nothing to say yet."""
    free = dock_places(model.stations) - len(said_by_digit(model.stations, model.view))
    return first_acts(model.stations, model.view)[:free]


def _first_act(model: Model, act: Intent, place: int) -> Slot:
    label = Label(say(f"dock_act.{act.op}"), say(f"dock_act.{act.op}_what"), cap(DIGITS[place]), px=15)
    return Slot(label, State.IDLE if works(model, act.op) else State.DISABLED)


def _call(place: int, call: str) -> Label:
    second = say(f"coach_detail.{call}") if knows(f"coach_detail.{call}") else ""
    return Label(say(f"callout.{call}"), second, cap(DIGITS[place]), px=15)


def _finding(model: Model, seen: FindingView, place: int) -> Label:
    label = text.fit(finding_label(model, seen.key), 15, 600, WORDS_PX)
    return Label(label, short(finding_value(model, seen.key, seen.value)), cap(DIGITS[place]), px=15)


def _pulse(model: Model) -> Slot:
    """It wakes when the fingers are there."""
    chest = model.view.chest
    second = "chest.pulse_say" if chest and chest.fingers_ms >= 0 else "chest.pulse_first"
    return Slot(
        Label(say("chest.pulse"), say(second, cap=cap("KeyP")), cap(DIGITS[PULSE]), px=15),
        State.IDLE if works(model, "pulse") else State.DISABLED,
    )


@lru_cache(maxsize=128)
def short(words: str) -> str:
    """As many clauses of a finding as a dock button holds, or as many words: never a number without its unit."""
    clauses = words.split(", ")
    for count in range(len(clauses), 0, -1):
        joined = ", ".join(clauses[:count])
        if text.width(joined, 14) <= WORDS_PX:
            return joined
    lines = text.wrap(clauses[0], 14, 500, WORDS_PX)
    if len(lines) > 1 and lines[0][-1].isdigit():
        return lines[0].rpartition(" ")[0]
    return lines[0].rstrip(";:") if lines else ""


def _bedside_controls(model: Model) -> list[Control]:
    if coaches(model.stations, model.view):
        calls = zip(SLOTS, COACHED, strict=True)
        return [Control(rect, Intent("callout", (call,))) for rect, call in calls]
    said = said_by_digit(model.stations, model.view)
    found = [Control(rect, Intent("report", (seen.key,))) for rect, seen in zip(SLOTS, said, strict=False)]
    acts = zip(SLOTS[len(said) :], _offered(model), strict=False)
    found += [Control(rect, act, enabled=works(model, act.op)) for rect, act in acts]
    if model.stations & Station.CHEST:
        found.append(Control(SLOTS[PULSE], Intent(Local.OPEN, ("pulse",)), enabled=works(model, "pulse")))
    return [*found, Control(SLOTS[5], Intent("callout", ("say_again",)))]


_PADS: Final = {3: "dock_lead.shock", 4: "dock_lead.drugs", 5: "dock_lead.do", 6: "dock_lead.tell"}


def _started(model: Model) -> bool:
    return model.view.lead is not None and model.view.lead.started


def leader_slots(model: Model) -> list[Slot]:
    """Start or stop and check, resume, and the four pads."""
    closed, started = not model.mode.pad, _started(model)
    idle = State.IDLE if closed else State.DISABLED
    if started:
        state = idle if works(model, "check") else State.DISABLED
        first = Slot(_leader_label("dock_lead.check", 1, shown=closed), state)
    else:
        first = Slot(
            Label(say("dock_lead.start"), key=cap("Digit1"), px=20), State.PRIMARY if closed else State.DISABLED
        )
    resume = idle if started else State.DISABLED
    slots = [first, Slot(_leader_label("dock_lead.resume", 2, shown=closed), resume)]
    for digit, words in _PADS.items():
        is_open = model.mode.pad == digit
        slots.append(Slot(_leader_label(words, digit, shown=closed or is_open), State.HOVER if is_open else idle))
    return slots


def _leader_label(words: str, digit: int, *, shown: bool) -> Label:
    key = str(digit) if shown else ""
    if knows(words):
        return Label(say(words), key=key, px=15)
    return Label(say(f"{words}_1"), say(f"{words}_2"), key, px=15, tone=TEXT)


def _leader_controls(model: Model) -> list[Control]:
    started = _started(model)
    first = "check" if started else "start"
    found = [Control(SLOTS[0], Intent(first), enabled=works(model, first))]
    found.append(Control(SLOTS[1], Intent("resume"), enabled=started))
    return found + [Control(SLOTS[digit - 1], Intent(Local.PAD, (digit,))) for digit in _PADS]
