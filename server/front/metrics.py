"""What the front counts about itself, in Prometheus text."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Metrics:
    """Requests by the name of their route (never by path: a path may hold a code), their time, and the bytes sent."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "resus_front_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "resus_front_request_seconds", "From the request's head to the end of its answer.", registry=self._registry
        )
        self.sent = Counter("resus_front_sent_bytes", "Bytes of bodies sent.", registry=self._registry)
        self.refused = Counter(
            "resus_front_refused", "Requests refused by a limit.", ("limit",), registry=self._registry
        )

        self.authority_up = Gauge(
            "resus_authority_up", "1 while the authority answers, and its own metrics follow.", registry=self._registry
        )

    def text(self) -> str:
        return generate_latest(self._registry).decode()


class Measured:
    """ASGI middleware: counts and times every HTTP request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def counting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                self._metrics.sent.inc(len(message.get("body", b"")))
            await send(message)

        begun_s = perf_counter()
        try:
            await self._app(scope, receive, counting_send)
        finally:
            self._metrics.seconds.observe(perf_counter() - begun_s)
            self._metrics.requests.labels(_method(scope), route_of(scope), status).inc()


def route_of(scope: Scope) -> str:
    """The name of the route that answered; "none" if no route did."""
    return getattr(scope.get("route"), "name", "none")


def _method(scope: Scope) -> str:
    """The method, with those that no route takes under one name so that nobody can grow the table."""
    method: str = scope["method"]
    return method if method in {"GET", "HEAD", "POST"} else "other"
