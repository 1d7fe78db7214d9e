"""The front as an ASGI application: which address is answered by what, and what wraps every answer."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.bus import BusError
from server.front import pages
from server.front.api import Api
from server.front.errors import ApiError, on_api_error, on_bus_error, on_crash, on_http_error
from server.front.headers import SecurityHeaders
from server.front.metrics import Measured, Metrics

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from server.bus import Authority
    from server.front.site import Site


_log: Final = structlog.get_logger("resus.front")
_CODE: Final = re.compile(r"[A-Za-z0-9]{6}")
"""What may be a session code. Whether it is one, the page finds out, so that a slip can be mended on the spot."""


def create_app(authority: Authority, site: Site | None, *, trust_proxy: bool = False, bound: str = "") -> Starlette:
    """The whole front.

    `site` is None when the client has not been built: pages then say so, and the API works all the same.
    `trust_proxy` believes `X-Forwarded-For` and `X-Forwarded-Proto`: only for a server that nobody reaches but through
    a reverse proxy, since anyone can send these headers. `bound` is the address the server listens on, "" for all.
    """
    if site is None:
        _log.warning("the client has not been built: run `make build`, then start again")
    metrics = Metrics()
    api = Api(authority, metrics, site_built=site is not None, trust_proxy=trust_proxy, bound=bound)
    return Starlette(
        routes=[*api.routes(), *_page_routes(site)],
        middleware=[Middleware(Measured, metrics=metrics), Middleware(SecurityHeaders)],
        exception_handlers={
            ApiError: on_api_error,
            BusError: on_bus_error,
            HTTPException: on_http_error,
            Exception: on_crash,
        },
    )


def _page_routes(site: Site | None) -> list[BaseRoute]:
    """The page under its two addresses, and every file of the site under its own."""

    async def page(request: Request) -> Response:
        return pages.not_built_page() if site is None else site.index.response(request.headers)

    async def join_page(request: Request) -> Response:
        if not _CODE.fullmatch(request.path_params["code"]):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await page(request)

    async def stylesheet(request: Request) -> Response:
        return pages.stylesheet()

    async def file(request: Request) -> Response:
        assert site is not None
        return site.assets[request.url.path].response(request.headers)

    return [
        Route("/", page, name="page"),
        Route("/j/{code}", join_page, name="page"),
        Route("/front.css", stylesheet, name="file"),
        *(Route(path, file, name="file") for path in (site.assets if site else ())),
    ]
