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
    INJECT = "inject"  # (name, *args) an instructor's event from the level's list


class Fact(StrEnum):
    """What happened, stamped with when it happened: up to the patient's lag before the entry's place in the log."""

    ENDED = "ended"  # (reason, outcome)      reason: held, stopped, time;  outcome: pulse_held, no_pulse
    PULSE = "pulse"  # (0 or 1,)              true pulse lost or back
    RHYTHM = "rhythm"  # (rhythm,)            value of game.sim.Rhythm, lower case: vf, asystole, pea, sinus ...
    COMPRESSION = "compression"  # (start_ms, down_ms, up_ms, depth_um, residual_um)   entry.ms is start_ms
    HANDS = "hands"  # (0 or 1,)              hands on or off the chest, by a seat
    BREATH = "breath"  # (start_ms, duration_ms, volume_ml, airway)    airway: mask, sga, tube
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
    CAUSE = "cause"  # (cause, state)         state: possible, ruled_out, working, treated
    SUMMARY = "summary"  # (true_chips,)      the Leader's summary, 0 to 3 chips true
    STOP = "stop"  # ()                       key 0: a seat called stop
    CALLOUT = "callout"  # (code, to_station) any other call-out
    SAFETY = "safety"  # (code, critical)     a safety event, see game/rules/safety.py
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
