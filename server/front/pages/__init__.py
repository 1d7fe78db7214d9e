"""The front's own few pages, for when the game's page cannot be the answer."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files

from starlette.responses import Response

_NO_STORE = {"cache-control": "no-store"}


def not_found_page() -> Response:
    """404 for people: what a join address looks like, and the way back."""
    return Response(_read("not_found.html"), HTTPStatus.NOT_FOUND, _NO_STORE, "text/html")


def not_built_page() -> Response:
    """503 for people: the server runs but has no client to hand out."""
    return Response(_read("not_built.html"), HTTPStatus.SERVICE_UNAVAILABLE, _NO_STORE, "text/html")


def stylesheet() -> Response:
    """The style of these pages; a file of its own, because the policy allows no inline style."""
    return Response(_read("front.css"), headers={"cache-control": "no-cache"}, media_type="text/css")


def _read(name: str) -> str:
    return (files(__name__) / name).read_text("utf-8")
