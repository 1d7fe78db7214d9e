"""A token opens a seat once, is replaced by the next, and is never kept."""

from __future__ import annotations

import pytest

from server.authority.tokens import TokenBook


@pytest.fixture
def book() -> TokenBook[str]:
    return TokenBook()


def test_a_token_opens_its_seat_and_brings_the_next(book: TokenBook[str]) -> None:
    token = book.issue("seat", until_ms=100)
    redeemed = book.redeem(token, 50)
    assert redeemed is not None
    assert redeemed[0] == "seat"
    assert redeemed[1] != token


def test_once_the_next_has_arrived_the_old_one_is_void(book: TokenBook[str]) -> None:
    first = book.issue("seat", until_ms=100)
    _, second = book.redeem(first, 50) or ("", "")
    book.settle("seat")
    assert book.redeem(first, 60) is None
    assert book.redeem(second, 60) is not None


def test_until_the_next_has_arrived_the_old_one_still_opens(book: TokenBook[str]) -> None:
    first = book.issue("seat", until_ms=100)
    _, lost = book.redeem(first, 50) or ("", "")
    _, second = book.redeem(first, 200) or ("", "")
    assert second
    assert book.holder_of(lost, 200) is None
    book.settle("seat")
    assert book.holder_of(second, 10_000) == "seat"


def test_a_first_token_is_short_lived(book: TokenBook[str]) -> None:
    token = book.issue("seat", until_ms=100)
    assert book.redeem(token, 101) is None


def test_a_seat_given_up_is_opened_by_nothing(book: TokenBook[str]) -> None:
    token = book.issue("seat", until_ms=100)
    _, following = book.redeem(token, 50) or ("", "")
    book.revoke("seat")
    assert book.holder_of(token, 50) is None
    assert book.holder_of(following, 50) is None
    book.revoke("seat")


def test_a_new_person_in_a_seat_shuts_out_the_last(book: TokenBook[str]) -> None:
    last = book.issue("seat", until_ms=100)
    book.issue("seat", until_ms=100)
    assert book.holder_of(last, 50) is None


def test_guesses_open_nothing(book: TokenBook[str]) -> None:
    book.issue("seat", until_ms=100)
    for guess in ("", "x", "ÿ" * 64):
        assert book.redeem(guess, 50) is None


def test_no_token_is_kept(book: TokenBook[str]) -> None:
    token = book.issue("seat", until_ms=100)
    assert token not in repr(vars(book))
