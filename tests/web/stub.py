"""Stands in for the front and the authority, so that the page can be tested by itself."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.front.headers import SecurityHeaders
from server.front.site import Site

ROLES = ("compressor", "airway", "meds", "leader")


class Stub:
    """One session with one team, whose Leader is taken; every socket is accepted and listened to."""

    def __init__(self, folder: Path) -> None:
        self.heard: list[bytes] = []
        self.joined: list[dict[str, object]] = []
        self._site = Site.load(folder)

    def app(self) -> Starlette:
        routes = [
            Route("/api/levels", self._levels),
            Route("/api/sessions/{code}", self._session),
            Route("/api/sessions/{code}/join", self._join, methods=["POST"]),
            Route("/api/sessions/{code}/qr.svg", self._qr),
            WebSocketRoute("/ws", self._socket),
            Route("/{path:path}", self._file),
        ]
        return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])

    async def _file(self, request: Request) -> Response:
        path = request.url.path
        page = path == "/" or path.startswith("/j/")
        asset = self._site.index if page else self._site.assets.get(path)
        return asset.response(request.headers) if asset else PlainTextResponse("", 404)

    async def _levels(self, _: Request) -> Response:
        level = {"name": "S01", "kind": "case", "title": "Bay 3: man, 58", "forms": ["S01", "S01B"]}
        packs = [{"name": "aha2025", "label": "Adult ALS, AHA 2025 r2"}]
        drill = {"name": "D1", "kind": "drill", "title": "Drill: compressions", "forms": ["D1", "D1B"]}
        joined = ("compressor+airway", "meds+leader")
        seats = [ROLES, (*ROLES[:2], joined[1]), joined, ("+".join(ROLES),)]
        offered = {"packs": packs, "sights": ["open", "real"], "bots": ["expert"], "seats": seats}
        return JSONResponse({"levels": [drill, level], **offered})

    async def _session(self, request: Request) -> Response:
        if request.path_params["code"] != "K7M4QX":
            return JSONResponse({"error": "There is no session with this code.", "code": "no-session"}, 404)
        seats = [
            {"seat": seat, "role": role, "taken": seat == 3, "name": "Hare" if seat == 3 else None, "link": 0}
            for seat, role in enumerate(ROLES)
        ]
        team = {"team": "Kestrel", "phase": "lobby", "seats": seats}
        facts = {"level": "S01", "title": "Bay 3: man, 58", "brief": "He fell.", "pack": "Adult ALS", "phase": "lobby"}
        facts["join_url"] = "http://192.168.1.4:8000/j/K7M4QX"
        return JSONResponse({"code": "K7M4QX", **facts, "teams": [team]})

    async def _join(self, request: Request) -> Response:
        wish = await request.json()
        self.joined.append(wish)
        given = {"token": "t", "seat": wish["seat"], "role": "airway", "name": wish["name"], "team": wish["team"]}
        return JSONResponse({**given, "level": "S01"}, 201)

    async def _qr(self, _: Request) -> Response:
        return Response('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', media_type="image/svg+xml")

    async def _socket(self, connection: WebSocket) -> None:
        await connection.accept()
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                self.heard.append(await connection.receive_bytes())


@contextlib.contextmanager
def serving(stub: Stub) -> Iterator[str]:
    """The stub's address, while it serves."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(stub.app(), log_level="error", lifespan="off", ws="websockets-sansio"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
