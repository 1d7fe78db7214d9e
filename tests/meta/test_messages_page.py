"""The message reference says what the code says."""

from __future__ import annotations

import dataclasses
import re
import typing
from pathlib import Path

import pytest

from game.rules.refusals import Refusal
from game.wire.limits import LIMITS
from game.wire.messages import ClientMessage, CloseCode, Full, ServerMessage, TeamEvent


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/reference/messages.md").read_text(encoding="utf-8")


def _cells(page: str) -> set[tuple[str, ...]]:
    """Every table row of the page as its cells, without marks of code."""
    rows = (line.strip("|").split("|") for line in page.splitlines() if line.startswith("|"))
    return {tuple(cell.strip().replace("`", "") for cell in row) for row in rows}


def test_each_message_stands_there_with_its_number_and_its_fields_in_order(page: str) -> None:
    messages = (*typing.get_args(ClientMessage), *typing.get_args(ServerMessage))
    wanted = {
        (str(int(m.TYPE)), m.TYPE.name, ", ".join(field.name for field in dataclasses.fields(m))) for m in messages
    }
    assert wanted - {row[:3] for row in _cells(page)} == set()


def test_a_resync_stands_there_with_its_fields_in_order(page: str) -> None:
    fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(Full))
    assert f"`full` is an array of {fields}." in page


@pytest.mark.parametrize("codes", [CloseCode, Refusal])
def test_each_code_stands_there(codes: type[CloseCode | Refusal], page: str) -> None:
    assert {(str(int(code)), code.name) for code in codes} - {row[:2] for row in _cells(page)} == set()


def test_each_event_of_the_team_stands_there(page: str) -> None:
    assert {event.value for event in TeamEvent} - {row[0] for row in _cells(page)} == set()


def test_each_limit_stands_there_with_its_number(page: str) -> None:
    assert {(name, str(int(limit))) for name, limit in LIMITS.items()} - {row[:2] for row in _cells(page)} == set()


def test_each_path_it_names_exists(page: str, root: Path) -> None:
    named = re.findall(r"`((?:game|server|assets)/[\w./]+)`", page)
    assert [path for path in named if not (root / path).exists()] == []
