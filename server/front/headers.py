"""The security headers that every answer of the front carries."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]{0,252}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE
)

POLICY: Final[dict[str, str]] = {
    "default-src": "'none'",
    # The wasm module needs both: pygame's side module evaluates the JavaScript that its C code embeds.
    "script-src": "'self' 'unsafe-eval' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}

FIXED: Final[dict[str, str]] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def valid_host(host: str | None) -> bool:
    """True for a name or address with an optional port: nothing that could break out of a URL or a policy."""
    return host is not None and _HOST.fullmatch(host) is not None


def security_headers(request_headers: Headers) -> dict[str, str]:
    """The headers for the answer to one request.

    The page's own socket is named outright: older browsers (Safari before 15.4) do not count `ws:` as 'self'.
    """
    host = request_headers.get("host")
    own_socket = f" ws://{host} wss://{host}" if valid_host(host) else ""
    policy = {**POLICY, "connect-src": POLICY["connect-src"] + own_socket}
    return {**FIXED, "content-security-policy": "; ".join(f"{name} {sources}" for name, sources in policy.items())}


class SecurityHeaders:
    """ASGI middleware: puts the security headers on every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers(Headers(scope=scope)))
            await send(message)

        await self._app(scope, receive, send_with_headers)
