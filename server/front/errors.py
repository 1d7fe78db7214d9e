"""Every failure the front answers with: one exception, one JSON shape, one friendly page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.bus import BusError
from server.front.headers import security_headers
from server.front.metrics import route_of
from server.front.pages import not_found_page

_log: Final = structlog.get_logger("resus.front")

SENTENCES: Final[dict[int, tuple[str, str]]] = {
    HTTPStatus.NOT_FOUND: ("not-found", "There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method-not-allowed", "This address does not take that method."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("internal", "Something went wrong on the server. It has been noted."),
}
"""(code, sentence) of the failures that the framework raises by itself."""


class ApiError(Exception):
    """A request that cannot be done: the status, a code for programs and a sentence for people."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.headers = headers


def error_response(status: int, code: str, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """`{"error": sentence, "code": code}`, never stored by a cache."""
    return JSONResponse({"error": sentence, "code": code}, status, {**(headers or {}), "cache-control": "no-store"})


async def on_api_error(request: Request, error: Exception) -> Response:
    """Answers an ApiError raised by an endpoint."""
    assert isinstance(error, ApiError)
    return error_response(error.status, error.code, error.sentence, error.headers)


async def on_bus_error(request: Request, error: Exception) -> Response:
    """Answers what the authority refused, in its own words."""
    assert isinstance(error, BusError)
    return error_response(error.status, error.code, error.sentence)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answers what the framework raises: 404 and 405. People get a page, programs get JSON."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND and _wants_a_page(request):
        return not_found_page()
    code, sentence = SENTENCES.get(error.status_code, ("failed", error.detail))
    return error_response(error.status_code, code, sentence, dict(error.headers or {}))


async def on_crash(request: Request, error: Exception) -> Response:
    """Answers a defect of ours. This answer bypasses the middleware, so it brings the security headers itself."""
    _log.error("request failed", method=request.method, route=route_of(request.scope), error=type(error).__name__)
    code, sentence = SENTENCES[HTTPStatus.INTERNAL_SERVER_ERROR]
    return error_response(HTTPStatus.INTERNAL_SERVER_ERROR, code, sentence, security_headers(request.headers))


def _wants_a_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
