"""Reads a small JSON request body into typed fields, and says in words which one is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.requests import ClientDisconnect, Request

from server.front.errors import ApiError
from server.front.limits import BODY_BYTES, BODY_WAIT_S

SEED_MAX: Final = 2**53 - 1
"""The largest whole number that JavaScript's JSON keeps exact."""


async def read_fields(request: Request, *allowed: str) -> Fields:
    """The fields of a JSON object body; raises ApiError for one that is too large, too slow, not JSON or has others."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        # A form of another site can post text or form data unasked, but not this type.
        raise ApiError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not-json", "The body must be sent as application/json.")
    try:
        async with asyncio.timeout(BODY_WAIT_S):
            data = json.loads(await _read_body(request))
    except TimeoutError as error:
        raise ApiError(HTTPStatus.REQUEST_TIMEOUT, "too-slow", "The body took too long to arrive.") from error
    except (ValueError, RecursionError) as error:
        raise ApiError(HTTPStatus.BAD_REQUEST, "bad-json", "The body is not JSON.") from error
    if not isinstance(data, dict):
        raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-field", "The body must be a JSON object.")
    unknown = sorted(set(data) - set(allowed))
    if unknown:
        raise _bad(f"This request has no field {unknown[0][:40]!r}: it takes {', '.join(allowed)}.")
    return Fields(data)


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > BODY_BYTES:
                raise ApiError(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    "too-large",
                    f"The body must be at most {BODY_BYTES} bytes.",
                    {"connection": "close"},
                )
    except ClientDisconnect as error:
        raise ApiError(
            HTTPStatus.BAD_REQUEST, "disconnected", "The client left before the body was complete."
        ) from error
    return bytes(body)


class Fields:
    """The fields of one request, read by type; each reader raises ApiError 422 with a sentence that names the field."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self._data = data

    def text(self, name: str, max_length: int) -> str:
        """A string of 1 to `max_length` printable characters."""
        value = self._data.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= max_length or not value.isprintable():
            raise _bad(f"{name} must be text of 1 to {max_length} characters.")
        return value

    def optional_text(self, name: str, max_length: int) -> str | None:
        """As `text`, or None when the field is absent or null."""
        return None if self._data.get(name) is None else self.text(name, max_length)

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._data.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise _bad(f"{name} must be a whole number from {low} to {high}.")
        return value

    def optional_whole(self, name: str, low: int, high: int) -> int | None:
        """As `whole`, or None when the field is absent or null."""
        return None if self._data.get(name) is None else self.whole(name, low, high)

    def flag(self, name: str) -> bool:
        """A true or false; False when absent."""
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise _bad(f"{name} must be true or false.")
        return value


def _bad(sentence: str) -> ApiError:
    return ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, "bad-field", sentence)
