"""The front as browsers and programs meet it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import brotli
import httpx
import pytest

from server import lan
from server.bus import BusError, CreateSession
from server.front import fields
from server.front.app import create_app
from server.front.limits import BODY_BYTES, SESSIONS
from server.front.site import PIECE_BYTES
from tests.front.conftest import CODE, WASM, FakeAuthority

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WASM_PATH = "/app/main.0123abcd.wasm"
HTML = {"accept": "text/html,application/xhtml+xml"}
EVERYWHERE = [
    "/",
    f"/j/{CODE}",
    WASM_PATH,
    f"/api/sessions/{CODE}",
    "/api/nothing",
    "/nothing",
    "/healthz",
    "/front.css",
]


def assert_error(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status
    assert set(response.json()) == {"error", "code"}
    assert response.json()["code"] == code
    assert response.json()["error"].endswith(".")
    assert response.headers["content-type"] == "application/json"


class TestPages:
    async def test_the_page_stands_at_the_root_and_at_each_join_address(self, client: httpx.AsyncClient) -> None:
        for path in ("/", f"/j/{CODE}", "/j/k7m4qx"):
            response = await client.get(path)
            assert response.status_code == 200
            assert response.headers["content-type"] == "text/html; charset=utf-8"
            assert response.headers["cache-control"] == "no-cache"
            assert "Resus Crew" in response.text

    async def test_what_cannot_be_a_code_meets_a_friendly_page(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/j/not-a-code", headers=HTML)
        assert response.status_code == 404
        assert response.headers["content-type"].startswith("text/html")
        assert "To the first page" in response.text
        assert "For training only" in response.text

    async def test_a_program_that_strays_gets_json(self, client: httpx.AsyncClient) -> None:
        assert_error(await client.get("/nothing"), 404, "not-found")
        assert_error(await client.get("/api/nothing", headers=HTML), 404, "not-found")

    async def test_the_friendly_pages_use_no_inline_style_or_script(self, client: httpx.AsyncClient) -> None:
        text = (await client.get("/nothing", headers=HTML)).text
        assert "<style" not in text
        assert "style=" not in text
        assert "<script" not in text
        assert (await client.get("/front.css")).headers["content-type"].startswith("text/css")

    async def test_without_a_build_the_page_says_what_to_do_and_the_api_works(self, authority: FakeAuthority) -> None:
        transport = httpx.ASGITransport(app=create_app(authority, None))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            for path in ("/", f"/j/{CODE}"):
                response = await client.get(path)
                assert response.status_code == 503
                assert "make build" in response.text
            assert (await client.get(f"/api/sessions/{CODE}")).status_code == 200
            assert (await client.get("/healthz")).json()["site"] is False


class TestFiles:
    async def test_a_browser_gets_the_smallest_coding_it_takes(self, client: httpx.AsyncClient) -> None:
        request = client.build_request("GET", WASM_PATH, headers={"accept-encoding": "gzip, deflate, br, zstd"})
        response = await client.send(request, stream=True)
        raw = b"".join([piece async for piece in response.aiter_raw()])
        assert response.headers["content-encoding"] == "br"
        assert response.headers["content-type"] == "application/wasm"
        assert response.headers["vary"] == "Accept-Encoding"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert brotli.decompress(raw) == WASM

    async def test_a_client_that_takes_no_coding_gets_the_file_itself(self, client: httpx.AsyncClient) -> None:
        response = await client.get(WASM_PATH)
        assert "content-encoding" not in response.headers
        assert response.content == WASM
        assert len(WASM) > 2 * PIECE_BYTES

    async def test_head_tells_the_length_and_sends_nothing(self, client: httpx.AsyncClient) -> None:
        response = await client.head(WASM_PATH)
        assert response.status_code == 200
        assert response.headers["content-length"] == str(len(WASM))
        assert response.content == b""

    async def test_an_unchanged_file_is_not_sent_again(self, client: httpx.AsyncClient) -> None:
        etag = (await client.get("/")).headers["etag"]
        response = await client.get("/", headers={"if-none-match": etag})
        assert response.status_code == 304
        assert response.content == b""
        assert response.headers["etag"] == etag

    @pytest.mark.parametrize(
        "path", ["/manifest.json", WASM_PATH + ".br", "/../pyproject.toml", "/%2e%2e/pyproject.toml", "/app/"]
    )
    async def test_only_what_the_manifest_names_is_handed_out(self, client: httpx.AsyncClient, path: str) -> None:
        assert (await client.get(path)).status_code == 404


class TestHeaders:
    @pytest.mark.parametrize("path", EVERYWHERE)
    async def test_every_answer_carries_the_security_headers(self, client: httpx.AsyncClient, path: str) -> None:
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; style-src 'self'; "
            "img-src 'self' data:; font-src 'self'; "
            "connect-src 'self' ws://resus.test:8080 wss://resus.test:8080; worker-src 'self'; manifest-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )

    async def test_so_does_the_answer_to_a_defect_of_ours(
        self, client: httpx.AsyncClient, authority: FakeAuthority
    ) -> None:
        authority.failure = RuntimeError("a defect")
        response = await client.get(f"/api/sessions/{CODE}")
        assert_error(response, 500, "internal")
        assert "a defect" not in response.text
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in response.headers["content-security-policy"]

    @pytest.mark.parametrize("host", ["evil.test; script-src *", "a b", "evil.test/path", "", "x" * 400])
    async def test_a_host_that_is_none_cannot_widen_the_policy(self, client: httpx.AsyncClient, host: str) -> None:
        headers = (await client.get("/", headers={"host": host})).headers
        assert "connect-src 'self';" in headers["content-security-policy"]


class TestSessions:
    async def test_a_session_is_created(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        response = await client.post("/api/sessions", json={"level": "S01", "seed": 7})
        assert response.status_code == 201
        assert response.json() == {"code": CODE, "host_key": "host-key", "team": "Kestrel"}
        assert response.headers["cache-control"] == "no-store"
        assert authority.asked == [("create_session", CreateSession("S01", 7))]

    async def test_a_session_is_opened_as_wished(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        body = {"level": "S03B", "pack": "erc2025", "sight": "blind", "players": 2, "bots": "trainee"}
        assert (await client.post("/api/sessions", json=body)).status_code == 201
        assert authority.asked == [("create_session", CreateSession("S03B", None, "erc2025", "blind", 2, "trainee"))]

    async def test_what_can_be_opened_is_listed(self, client: httpx.AsyncClient) -> None:
        answer = (await client.get("/api/levels")).json()
        assert answer["levels"] == [
            {"name": "S01", "kind": "case", "title": "Bay 3: man, 58", "forms": ["S01", "S01B"]}
        ]
        assert [pack["name"] for pack in answer["packs"]] == ["aha2025"]

    async def test_a_session_says_who_sits_where(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/api/sessions/k7m4qx")
        assert response.json() == {
            "code": CODE,
            "level": "S01",
            "title": "Bay 3: man, 58",
            "brief": "He fell.",
            "pack": "AHA 2025 r1",
            "pack_name": "aha2025",
            "phase": "lobby",
            "teams": [
                {
                    "team": "Kestrel",
                    "phase": "lobby",
                    "seats": [{"seat": 0, "role": "compressor", "taken": True, "name": "Badger", "link": 0}],
                }
            ],
            "join_url": f"http://resus.test:8080/j/{CODE}",
        }

    async def test_a_seat_is_taken(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        body = {"team": "Kestrel", "seat": 1, "understood": True}
        response = await client.post(f"/api/sessions/{CODE}/join", json=body)
        assert response.status_code == 201
        assert response.json() == {
            "token": "seat-token",
            "seat": 1,
            "role": "airway",
            "name": "Otter",
            "team": "Kestrel",
            "level": "S01",
        }
        assert authority.asked == [("join", CODE, "Kestrel", 1, None)]

    async def test_what_the_authority_refuses_is_told_in_its_words(self, client: httpx.AsyncClient) -> None:
        body = {"team": "Kestrel", "seat": 0, "understood": True}
        assert_error(await client.post(f"/api/sessions/{CODE}/join", json=body), 409, "seat-taken")
        assert_error(await client.get("/api/sessions/AAAAAA"), 404, "unknown-session")

    async def test_nobody_joins_without_having_understood(self, client: httpx.AsyncClient) -> None:
        for understood in ({}, {"understood": False}):
            body = {"team": "Kestrel", "seat": 1, **understood}
            assert_error(await client.post(f"/api/sessions/{CODE}/join", json=body), 422, "not-understood")

    @pytest.mark.parametrize(
        "body",
        [
            [],
            {},
            {"level": 3},
            {"level": ""},
            {"level": "S01\n"},
            {"level": "x" * 41},
            {"level": "S01", "seed": 1.5},
            {"level": "S01", "seed": True},
            {"level": "S01", "seed": -1},
            {"level": "S01", "seed": 2**53},
            {"level": "S01", "other": 1},
        ],
    )
    async def test_a_wrong_field_is_named(self, client: httpx.AsyncClient, body: object) -> None:
        assert_error(await client.post("/api/sessions", json=body), 422, "bad-field")

    @pytest.mark.parametrize("body", ["", "{", "\x00", "[" * 3000, '{"level": NaN'])
    async def test_what_is_not_json_is_refused(self, client: httpx.AsyncClient, body: str) -> None:
        response = await client.post("/api/sessions", content=body, headers={"content-type": "application/json"})
        assert_error(response, 400, "bad-json")

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
    async def test_a_form_of_another_site_cannot_create_sessions(self, client: httpx.AsyncClient, kind: str) -> None:
        response = await client.post("/api/sessions", content='{"level": "S01"}', headers={"content-type": kind})
        assert_error(response, 415, "not-json")

    async def test_a_large_body_is_refused_before_it_is_read(self, client: httpx.AsyncClient) -> None:
        sent = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal sent
            while True:
                sent += 1024
                yield b" " * 1024

        response = await client.post("/api/sessions", content=endless(), headers={"content-type": "application/json"})
        assert_error(response, 413, "too-large")
        assert sent <= BODY_BYTES + 2048

    async def test_a_body_that_never_ends_is_given_up(
        self, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fields, "BODY_WAIT_S", 0.01)

        async def stalled() -> AsyncIterator[bytes]:
            yield b"{"
            await asyncio.sleep(5)

        response = await client.post("/api/sessions", content=stalled(), headers={"content-type": "application/json"})
        assert_error(response, 408, "too-slow")

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", "/api/sessions"), ("DELETE", f"/api/sessions/{CODE}"), ("POST", "/"), ("PUT", WASM_PATH)],
    )
    async def test_another_method_is_refused_with_those_allowed(
        self, client: httpx.AsyncClient, method: str, path: str
    ) -> None:
        response = await client.request(method, path)
        assert_error(response, 405, "method-not-allowed")
        assert response.headers["allow"]


class TestScore:
    async def test_a_score_needs_the_token_of_a_seat(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        response = await client.get("/api/runs/run-1/score", headers={"authorization": "Bearer seat-token"})
        assert response.json() == {"score": 812}
        assert authority.asked == [("score_of", "run-1", "seat-token")]

    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer ", "Basic c2VhdA=="])
    async def test_without_a_token_nobody_asks_the_authority(
        self, client: httpx.AsyncClient, authority: FakeAuthority, header: str | None
    ) -> None:
        response = await client.get("/api/runs/run-1/score", headers={"authorization": header} if header else {})
        assert_error(response, 401, "no-token")
        assert authority.asked == []


class TestQr:
    async def test_the_code_is_drawn_for_the_address_the_browser_used(self, client: httpx.AsyncClient) -> None:
        response = await client.get(f"/api/sessions/{CODE}/qr.svg")
        assert response.headers["content-type"] == "image/svg+xml"
        assert response.text.startswith("<?xml")
        other = await client.get(f"/api/sessions/{CODE}/qr.svg", headers={"host": "192.168.1.4:8080"})
        assert other.text != response.text

    @pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"])
    async def test_a_teacher_on_loopback_shows_the_address_that_the_others_can_use(
        self, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, host: str
    ) -> None:
        monkeypatch.setattr(lan, "lan_addresses", lambda: ["192.168.1.4", "10.0.0.2"])
        own, others = [
            (await client.get(f"/api/sessions/{CODE}/qr.svg", headers={"host": name})).text
            for name in (host, "192.168.1.4:8080")
        ]
        assert own == others
        session = await client.get(f"/api/sessions/{CODE}", headers={"host": host})
        assert session.json()["join_url"] == f"http://192.168.1.4:8080/j/{CODE}"

    async def test_a_host_that_is_none_draws_nothing(self, client: httpx.AsyncClient) -> None:
        response = await client.get(f"/api/sessions/{CODE}/qr.svg", headers={"host": "evil.test/?"})
        assert_error(response, 400, "bad-host")

    async def test_an_unknown_session_has_none(self, client: httpx.AsyncClient) -> None:
        assert_error(await client.get("/api/sessions/AAAAAA/qr.svg"), 404, "unknown-session")


class TestHealth:
    async def test_healthy_means_that_the_authority_answers(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/healthz")
        assert response.status_code == 200
        assert response.json() == {"status": "ok", "site": True, "rooms": 3, "clients": 12, "recording": True}

    async def test_without_the_authority_it_is_down(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        authority.failure = BusError(503, "authority-gone", "The game server is restarting.")
        response = await client.get("/healthz")
        assert response.status_code == 503
        assert response.json()["status"] == "down"
        assert response.json()["code"] == "authority-gone"
        assert_error(await client.get(f"/api/sessions/{CODE}"), 503, "authority-gone")

    async def test_metrics_hold_both_processes_and_no_codes(self, client: httpx.AsyncClient) -> None:
        await client.get(f"/j/{CODE}")
        await client.get("/nothing")
        text = (await client.get("/metrics")).text
        assert "resus_rooms 3.0" in text
        assert "resus_authority_up 1.0" in text
        assert 'resus_front_requests_total{method="GET",route="page",status="200"} 1.0' in text
        assert 'resus_front_requests_total{method="GET",route="none",status="404"} 1.0' in text
        assert CODE not in text

    async def test_metrics_survive_the_authority(self, client: httpx.AsyncClient, authority: FakeAuthority) -> None:
        authority.failure = BusError(503, "authority-gone", "The game server is restarting.")
        response = await client.get("/metrics")
        assert response.status_code == 200
        assert "resus_authority_up 0.0" in response.text


class TestRates:
    async def test_an_address_that_creates_without_end_must_wait(
        self, client: httpx.AsyncClient, authority: FakeAuthority
    ) -> None:
        body = {"level": "S01"}
        for _ in range(SESSIONS.burst):
            assert (await client.post("/api/sessions", json=body)).status_code == 201
        response = await client.post("/api/sessions", json=body, headers={"x-forwarded-for": "198.51.100.7"})
        assert_error(response, 429, "too-many")
        assert 1 <= int(response.headers["retry-after"]) <= SESSIONS.interval_s + 1
        assert len(authority.asked) == SESSIONS.burst
        assert 'resus_front_refused_total{limit="sessions"} 1.0' in (await client.get("/metrics")).text

    async def test_behind_a_trusted_proxy_the_last_forwarded_address_counts(self, authority: FakeAuthority) -> None:
        app = create_app(authority, None, trust_proxy=True)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://resus.test") as client:
            statuses = [
                (
                    await client.post(
                        "/api/sessions",
                        json={"level": "S01"},
                        headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.{number % 2}"},
                    )
                ).status_code
                for number in range(2 * SESSIONS.burst + 2)
            ]
        assert statuses.count(HTTPStatus.CREATED) == 2 * SESSIONS.burst
        assert statuses[-2:] == [HTTPStatus.TOO_MANY_REQUESTS] * 2
