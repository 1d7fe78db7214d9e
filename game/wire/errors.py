"""The one error that bytes from outside can raise."""

from __future__ import annotations

from enum import StrEnum


class WireFault(StrEnum):
    """What was wrong with a message; short words, fit for a metric's label."""

    TOO_LARGE = "too-large"
    MALFORMED = "malformed"
    UNKNOWN_TYPE = "unknown-type"
    WRONG_LENGTH = "wrong-length"
    WRONG_TYPE = "wrong-type"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    TOO_DEEP = "too-deep"


class WireError(Exception):
    """Bytes or data that are no message of this protocol. `detail` says where and why, without quoting the data."""

    def __init__(self, code: WireFault, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
