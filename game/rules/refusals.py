"""Why a command could not be done: one code a reason, said in words by `refusal.<name>` of assets/words."""

from __future__ import annotations

from enum import IntEnum


class Refusal(IntEnum):
    """0 is done; every other code is a reason a person can act on."""

    DONE = 0
    UNKNOWN_COMMAND = 1
    BAD_ARGUMENTS = 2
    NOT_YOUR_STATION = 3
    RUN_OVER = 4
    BUSY = 5
    TOO_LATE = 6
    NOTHING_TO_ANSWER = 7
    NOT_NOW = 8
    NO_PADS = 9
    NOT_CHARGED = 10
    CHARGING = 11
    NO_LINE = 12
    NOTHING_IN_HAND = 13
    ALREADY_DONE = 14
    HANDS_NEEDED = 15
    NOT_SENSED = 16
    CHECK_OPEN = 17
    NO_CHECK = 18
    FINGERS_FIRST = 19
    READ_BACK_FIRST = 20
    BLOCKED_BY_STOP = 21
    SWITCH_INSTEAD = 22
    WRONG_WAY = 23
    LINE_BLOWN = 24
    PACING = 25
