"""A front with a built site and an authority made of plain answers."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest

from server.bus import (
    BusError,
    Created,
    CreateSession,
    Health,
    Joined,
    LevelInfo,
    PackInfo,
    Playable,
    SeatInfo,
    SessionInfo,
    TeamInfo,
)
from server.front.app import create_app
from server.front.site import Site

WASM = b"\0asm" + b"body of the program " * 8000
CODE = "K7M4QX"


class FakeAuthority:
    """Knows one session and one run; remembers what it was asked, and fails as told."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.failure: Exception | None = None

    def _note(self, *asked: object) -> None:
        self.asked.append(asked)
        if self.failure:
            raise self.failure

    async def playable(self) -> Playable:
        self._note("playable")
        level = LevelInfo("S01", "case", "Bay 3: man, 58", ("S01", "S01B"))
        return Playable((level,), (PackInfo("aha2025", "AHA 2025 r1"),), ("open", "real"), ("expert",), (("airway",),))

    async def create_session(self, wish: CreateSession) -> Created:
        self._note("create_session", wish)
        return Created(CODE, "host-key", "Kestrel")

    async def describe_session(self, code: str) -> SessionInfo:
        self._note("describe_session", code)
        if code != CODE:
            raise BusError(404, "unknown-session", "There is no session with this code.")
        seat = SeatInfo(0, "compressor", True, "Badger", 0)
        return SessionInfo(
            CODE,
            "S01",
            "Bay 3: man, 58",
            "He fell.",
            "AHA 2025 r1",
            "aha2025",
            "lobby",
            (TeamInfo("Kestrel", "lobby", (seat,)),),
        )

    async def join(self, code: str, team: str, seat: int, name: str | None = None) -> Joined:
        self._note("join", code, team, seat, name)
        if seat == 0:
            raise BusError(409, "seat-taken", "Somebody else has this seat.")
        return Joined("seat-token", seat, "airway", name or "Otter", team, "S01")

    async def score_of(self, run: str, token: str) -> str:
        self._note("score_of", run, token)
        return '{"score": 812}'

    async def metrics(self) -> str:
        self._note("metrics")
        return "# TYPE resus_rooms gauge\nresus_rooms 3.0\n"

    async def health(self) -> Health:
        self._note("health")
        return Health(rooms=3, clients=12, recording=True)


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_bytes(b"<!doctype html><title>Resus Crew</title>")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.0123abcd.wasm").write_bytes(WASM)
    (tmp_path / "app" / "main.0123abcd.wasm.gz").write_bytes(gzip.compress(WASM))
    (tmp_path / "app" / "main.0123abcd.wasm.br").write_bytes(brotli.compress(WASM))
    rows = [
        {"path": "index.html", "type": "text/html; charset=utf-8", "cache": "revalidate", "encodings": []},
        {
            "path": "app/main.0123abcd.wasm",
            "type": "application/wasm",
            "cache": "immutable",
            "encodings": ["br", "gzip"],
        },
    ]
    (tmp_path / "manifest.json").write_text(json.dumps({"files": rows}))
    return tmp_path


@pytest.fixture
def authority() -> FakeAuthority:
    return FakeAuthority()


@pytest.fixture
async def client(authority: FakeAuthority, site_folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(authority, Site.load(site_folder))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=("203.0.113.9", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://resus.test:8080") as client:
        client.headers.update({"accept-encoding": "identity"})
        yield client
