"""The first run on a device: three keys on a card, hints where they cover nothing, and all of it remembered."""

from __future__ import annotations

import pygame
import pytest

from game.rules.commands import COMMANDS
from game.ui import text
from game.ui.first.lessons import LESSONS
from game.ui.first.minutes import CARDS, HINT_SIZE
from game.ui.keyboard import cap
from game.ui.words import knows, say
from tests.ui.table import Table

MIDDLE = pygame.Rect(0, 0, 160, 120).move_to(center=(640, 350))


def kept(table: Table) -> set[str]:
    """What this device remembers."""
    return set(table.platform.setting("learned").split(","))


@pytest.mark.parametrize(("seat", "picture"), list(enumerate(CARDS)))
def test_every_station_begins_with_a_card_away_from_the_middle(canvas: pygame.Surface, seat: int, picture: str) -> None:
    table = Table(seat, "D1", first_run=True)
    table.play(2)
    card = table.app.first.card
    assert card is not None
    assert not card.colliderect(MIDDLE)
    table.click(*card.center)
    table.play(0.1)
    assert table.app.first.card is None
    assert kept(table) == {f"card.{picture}"}


def test_the_card_goes_with_the_first_good_push_and_does_not_come_back(canvas: pygame.Surface) -> None:
    table = Table(0, "D1", first_run=True)
    table.play(2)
    table.push(1)
    table.play(0.1)
    assert table.app.first.card is None
    assert kept(table) == {"push", "card.chest"}


def test_help_puts_the_card_away_since_it_says_more(canvas: pygame.Surface) -> None:
    table = Table(3, "D1", first_run=True)
    table.play(2)
    table.key("ShiftLeft", down=True)
    table.tap("Slash")
    assert table.app.first.card is None


def test_the_leader_is_told_how_to_begin_until_the_case_has_begun(canvas: pygame.Surface) -> None:
    table = Table(3, first_run=True)
    table.play(6)
    assert table.app.first.said == "start"
    table.tap("Digit1")
    table.play(0.2)
    assert table.app.first.said == ""
    assert "start" in kept(table)


@pytest.mark.parametrize("op", sorted(LESSONS))
def test_every_hint_is_one_sentence_that_fits(canvas: pygame.Surface, op: str) -> None:
    assert op in COMMANDS
    caps = dict.fromkeys(("space", "step", "left", "right", "start", "shock", "flush"), cap("Space"))
    words = say(f"first.hint.{op}", **caps)
    assert text.fit(words, 16, 600, HINT_SIZE[0] - 60) == words


def test_every_key_of_a_card_has_its_words() -> None:
    assert all(knows(f"first.key.{words}") for rows in CARDS.values() for _, words in rows)
