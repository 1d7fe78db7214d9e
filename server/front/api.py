"""The HTTP API: sessions, seats, scores, join codes as pictures, health and metrics."""

from __future__ import annotations

import asyncio
import io
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import segno
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from server.bus import BusError, CreateSession
from server.front.errors import ApiError
from server.front.fields import SEED_MAX, read_fields
from server.front.headers import valid_host
from server.front.limits import HEALTH_WAIT_S, JOINS, SESSIONS, RateLimit
from server.lan import for_others

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from server.bus import Authority
    from server.front.metrics import Metrics


LEVEL_CHARS: Final = 40
WORD_CHARS: Final = 40
TEAM_CHARS: Final = 40
NAME_CHARS: Final = 24
SEAT_MAX: Final = 15
_NO_STORE: Final = {"cache-control": "no-store"}


class Api:
    """The endpoints, and what they share: the authority, the limits and the counts."""

    def __init__(
        self, authority: Authority, metrics: Metrics, *, site_built: bool, trust_proxy: bool, bound: str
    ) -> None:
        self._authority = authority
        self._metrics = metrics
        self._site_built = site_built
        self._trust_proxy = trust_proxy
        self._bound = bound
        self._limits = {"sessions": RateLimit(SESSIONS), "joins": RateLimit(JOINS)}

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/api/levels", self.levels, name="levels"),
            Route("/api/sessions", self.create_session, methods=["POST"], name="create-session"),
            Route("/api/sessions/{code}", self.describe_session, name="session"),
            Route("/api/sessions/{code}/join", self.join, methods=["POST"], name="join"),
            Route("/api/sessions/{code}/qr.svg", self.qr, name="qr"),
            Route("/api/runs/{run}/score", self.score, name="score"),
            Route("/healthz", self.healthz, name="healthz"),
            Route("/metrics", self.metrics, name="metrics"),
        ]

    async def create_session(self, request: Request) -> Response:
        """`{"level", "seed"?, "pack"?, "sight"?, "players"?, "bots"?}` -> 201 `{"code", "host_key", "team"}`."""
        self._limit("sessions", request)
        fields = await read_fields(request, "level", "seed", "pack", "sight", "players", "bots")
        level, seed = fields.text("level", LEVEL_CHARS), fields.optional_whole("seed", 0, SEED_MAX)
        wished: dict[str, Any] = {key: fields.optional_text(key, WORD_CHARS) for key in ("pack", "sight", "bots")}
        wished["players"] = fields.optional_whole("players", 1, SEAT_MAX)
        wish = CreateSession(level, seed, **{key: value for key, value in wished.items() if value is not None})
        return _json(asdict(await self._authority.create_session(wish)), HTTPStatus.CREATED)

    async def levels(self, request: Request) -> Response:
        """-> 200: what can be opened: `levels` (name, kind, title, forms), `packs` (name, label), `sights`, `bots` and
        `seats` (their words for each number of players).
        """
        return _json(asdict(await self._authority.playable()))

    async def describe_session(self, request: Request) -> Response:
        """-> 200: the level, the teams, who sits where, and `join_url`, the address for everybody else."""
        session = await self._authority.describe_session(_code(request))
        return _json({**asdict(session), "join_url": self._join_url(request, session.code)})

    async def join(self, request: Request) -> Response:
        """`{"team", "seat", "name"?, "understood"}` -> 201 `{"token", "seat", "role", "name", "team", "level"}`."""
        self._limit("joins", request)
        fields = await read_fields(request, "team", "seat", "name", "understood")
        team, seat = fields.text("team", TEAM_CHARS), fields.whole("seat", 0, SEAT_MAX)
        name = fields.optional_text("name", NAME_CHARS)
        if not fields.flag("understood"):
            raise ApiError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "not-understood",
                "Confirm that this is for training only, not for the care of patients.",
            )
        return _json(asdict(await self._authority.join(_code(request), team, seat, name)), HTTPStatus.CREATED)

    async def score(self, request: Request) -> Response:
        """With `Authorization: Bearer <token>` of a seat that played the run -> 200: the score."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise ApiError(
                HTTPStatus.UNAUTHORIZED,
                "no-token",
                "This needs the token of a seat that played the run.",
                {"www-authenticate": "Bearer"},
            )
        text = await self._authority.score_of(request.path_params["run"], token.strip())
        return Response(text, headers=_NO_STORE, media_type="application/json")

    async def qr(self, request: Request) -> Response:
        """The join address of a session as a QR code."""
        session = await self._authority.describe_session(_code(request))
        picture = io.BytesIO()
        code = segno.make(self._join_url(request, session.code), error="m", micro=False)
        code.save(picture, kind="svg", scale=8, border=4, light="#fff")
        return Response(picture.getvalue(), headers=_NO_STORE, media_type="image/svg+xml")

    async def healthz(self, request: Request) -> Response:
        """200 while this process and the authority both answer, else 503; in either case what is known."""
        try:
            async with asyncio.timeout(HEALTH_WAIT_S):
                health = await self._authority.health()
        except (BusError, TimeoutError) as error:
            reason = error.code if isinstance(error, BusError) else "authority-late"
            answer = {"status": "down", "site": self._site_built, "error": "The game server is down.", "code": reason}
            return _json(answer, HTTPStatus.SERVICE_UNAVAILABLE)
        return _json({"status": "ok", "site": self._site_built, **asdict(health)})

    async def metrics(self, request: Request) -> Response:
        """Prometheus text: the front's own, then the authority's; `resus_authority_up` tells if that is missing."""
        try:
            theirs, up = await self._authority.metrics(), 1
        except BusError:
            theirs, up = "", 0
        self._metrics.authority_up.set(up)
        text = self._metrics.text() + theirs
        return PlainTextResponse(text, headers=_NO_STORE, media_type="text/plain; version=0.0.4; charset=utf-8")

    def _limit(self, name: str, request: Request) -> None:
        wait_s = self._limits[name].take(self._address(request))
        if wait_s > 0:
            self._metrics.refused.labels(name).inc()
            raise ApiError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too-many",
                "Too many requests from your network. Wait a moment and try again.",
                {"retry-after": str(int(wait_s) + 1)},
            )

    def _address(self, request: Request) -> str:
        """Who asks. Of forwarded addresses the last counts: our own proxy wrote it, the others anyone may have."""
        forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() if self._trust_proxy else ""
        return forwarded or (request.client.host if request.client else "")

    def _join_url(self, request: Request, code: str) -> str:
        """Where others join. The teacher's browser may have come by a loopback address, which leads them nowhere."""
        host = request.headers.get("host", "")
        if not valid_host(host):
            raise ApiError(HTTPStatus.BAD_REQUEST, "bad-host", "The Host header is not a host name or address.")
        return f"{self._scheme(request)}://{for_others(host, self._bound)}/j/{code}"

    def _scheme(self, request: Request) -> str:
        forwarded = request.headers.get("x-forwarded-proto", "") if self._trust_proxy else ""
        return forwarded if forwarded in {"http", "https"} else request.url.scheme


def _code(request: Request) -> str:
    """The session code as the authority spells it: people type small letters too."""
    code: str = request.path_params["code"]
    return code.upper()


def _json(value: object, status: int = HTTPStatus.OK) -> Response:
    return JSONResponse(value, status, _NO_STORE)
