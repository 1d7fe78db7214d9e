"""The words of a log: what an entry is, which kinds are inputs and which are facts.

A room is a fold over its *inputs*; *facts* ride along, must be reproduced by a replay, and are what scoring reads.
All times are integer milliseconds of room time; all arguments are plain integers, strings, or (nested) tuples of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

Plain = int | str | None | tuple["Plain", ...]

NO_SEAT: Final = -1
"""The seat of an entry that no seat caused (the patient, the clock, the host)."""


class Input(StrEnum):
    """What drives the fold. A replay feeds these, and nothing else, to a new room."""

    COMMAND = "command"  # (op, *args) by a seat: a row of the command table, game/rules/commands.py
    EDGES = "edges"  # (key, first_is_down, ms, ms, ...) alternating down and up, absolute room times, by a seat
    LINK = "link"  # (LinkState,) a seat's connection: here, away, bot
    INJECT = "inject"  # (key,) an instructor's surprise from the level's list


class Fact(StrEnum):
    """What happened, stamped with when it happened: up to the patient's lag before the entry's place in the log."""

    ENDED = "ended"  # (reason, outcome)      reason: held, stopped, time;  outcome: pulse_held, no_pulse
    PULSE = "pulse"  # (0 or 1,)              true pulse lost or back
    RHYTHM = "rhythm"  # (rhythm,)            value of game.sim.Rhythm, lower case: vf, asystole, pea, sinus ...
    COMPRESSION = "compression"  # (start_ms, down_ms, up_ms, depth_um, residual_um)   entry.ms is start_ms
    HANDS = "hands"  # (0 or 1,)              hands on or off the chest, by a seat
    BREATH = "breath"  # (start_ms, duration_ms, volume_ml, airway, seal_pct)    airway: mask, sga, tube
    CHARGE = "charge"  # (state, energy_j)    state: charging, charged, dumped, delivered
    CLEAR = "clear"  # ()                     somebody said clear
    SHOCK = "shock"  # (energy_j, result)   what it did: failed, asystole, organised; for the log, nobody is told
    DRUG = "drug"  # (drug, dose_ug, site)    given into the patient; site "" if none
    TASK = "task"  # (op, state, *args)       state: started, done, broken
    ORDER = "order"  # (order_id, station, op, *args)   the Leader asks a station
    HEARD = "heard"  # (order_id,)
    READ_BACK = "read-back"  # (order_id, op, *args)    what the seat really holds
    CONFIRMED = "confirmed"  # (order_id, matches)
    CORRECTED = "corrected"  # (order_id,)
    CLOSED = "closed"  # (order_id,)          the ordered act was done
    LAPSED = "lapsed"  # (order_id,)          30 s without an answer
    CHECK = "check"  # (step, call)           step: stop, call, resume, pulse; call "" or one of commands.RHYTHM_CALLS
    PULSE_FELT = "pulse-felt"  # (answer,)    felt, none, unsure: said by the seat with fingers on
    REPORT = "report"  # (finding, value)     said aloud by a seat
    SHOWN = "shown"  # (finding, value)       a station came to sense a finding
    SWITCH = "switch"  # (step, partner)      asked, yes, done
    DONE = "done"  # (op, *args)              an act of a station is complete: the one fact for "who did what when"
    AIRWAY = "airway"  # (device, place)      what sits in the airway now, and where it truly is; for the log
    INFUSION = "infusion"  # (drug, ug_per_min, site)   a pump was set; 0 stops it
    FLUID = "fluid"  # (fluid, volume_ml, site)         a bag was opened
    VENTILATOR = "ventilator"  # (breaths_per_min,)     0: bagged by hand
    PADS = "pads"  # (vector,)                al, ap
    PACE = "pace"  # (rate_per_min, current_ma, captured)
    SYNC = "sync"  # (0 or 1,)
    EXPERT = "expert"  # (key, step)          step: called, there
    HANDOVER = "handover"  # (step, station, to_seat)   step: offered, taken
    HUSH = "hush"  # ()                       the Leader asks for quiet
    INJECTED = "injected"  # (key,)           an instructor's surprise took hold
    VITALS = "vitals"  # (systolic, diastolic, mean_mmhg, etco2_mmhg, spo2_pct, paco2_mmhg, tenth_degc, own_breaths)
    #                    the patient each 5 s, true values, -1 where there is none; for the score, nobody is told
    PROGNOSIS = "prognosis"  # (survival_permille, good_permille)   at the end, for the debrief
    CAUSE = "cause"  # (cause, state)         state: possible, ruled_out, working, treated
    SUMMARY = "summary"  # (true_chips,)      the Leader's summary, 0 to 3 chips true
    STOP = "stop"  # ()                       key 0: a seat called stop
    ASSISTED = "assisted"  # (press,)          the rhythm of this seat is made by its device: commands.PRESSES
    CALLOUT = "callout"  # (code, to_station) any other call-out; a concern said again within 30 s is "concern_again"
    SAFETY = "safety"  # (code, critical, *why)   see game/rules/safety.py, doses.py, course.py and ending.py
    REFUSED = "refused"  # (op, refusal)      a command that could not be done
    LATE = "late"  # (key, ms)                an edge that came after sealing
    HASH = "hash"  # (hex digest,)            state of the whole room, every 10 s


class Entry(NamedTuple):
    """One line of a log: `seat` did (or met) `kind` with `args` at `ms` of room time."""

    ms: int
    kind: Input | Fact
    seat: int
    args: tuple[Plain, ...]


def is_input(entry: Entry) -> bool:
    """True for an entry that drives the fold."""
    return isinstance(entry.kind, Input)


_KINDS: Final[dict[str, Input | Fact]] = {**{k.value: k for k in Input}, **{k.value: k for k in Fact}}


def kind_of(word: str) -> Input | Fact:
    """The kind that a log spells as `word`; raises KeyError for a word no log of this version knows."""
    return _KINDS[word]
