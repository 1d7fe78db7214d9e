"""The film of the README shows four screens of one run, and hands that move."""

from __future__ import annotations

import pygame

from tests.ui import film


def test_each_seat_has_a_quarter_of_the_picture_with_a_screen_of_its_own(canvas: pygame.Surface) -> None:
    first = next(film.pictures(begin_ms=9_000, length_ms=200))
    wide, high = (side // 2 for side in first.get_size())
    places = [(0, 0), (wide, 0), (0, high), (wide, high)]
    quarters = {pygame.image.tobytes(first.subsurface((*place, wide, high)), "RGB") for place in places}
    assert len(quarters) == film.SEATS


def test_the_presses_of_a_bot_are_presses_of_the_client_that_watches(canvas: pygame.Surface) -> None:
    play = film.Play()
    chest = film.Watcher(play, seat=0)
    held = set()
    while play.host.now_ms < 4_000:
        chest.hear(play.tick())
        chest.frame(play.host.now_ms)
        held.add(chest.client.hands.push_since_ms >= 0)
    assert held == {True, False}


def test_the_film_is_of_half_a_minute_with_a_drug_and_the_most_kinds_of_facts(canvas: pygame.Surface) -> None:
    begin_ms = film.busiest_ms()
    play, kinds = film.Play(), set()
    while play.host.now_ms < begin_ms + film.LENGTH_MS:
        kinds |= {entry.kind for entry in play.tick().entries if entry.ms >= begin_ms}
    assert {"charge", "check", "shock", "drug", "order", "read-back", "compression"} <= kinds
