"""Who sits where, and what each seat holds: as the authority tells it, and as stations go from seat to seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.screen import Seated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.log import Plain
    from game.wire.messages import RosterSeat


def seated(rows: Sequence[RosterSeat]) -> tuple[Seated, ...]:
    """The roster of a resync."""
    return tuple(Seated(row.seat, row.stations, row.name or "", row.link) for row in rows)


def told(rows: Sequence[Plain]) -> tuple[Seated, ...]:
    """The roster of an event: a row is (seat, stations, name or None, link)."""
    return tuple(_row(row) for row in rows if isinstance(row, tuple))


def _row(row: tuple[Plain, ...]) -> Seated:
    seat, stations, name, link = row
    return Seated(int(str(seat)), int(str(stations)), name if isinstance(name, str) else "", int(str(link)))


def traded(rows: Sequence[Seated], one: int, other: int) -> tuple[Seated, ...]:
    """Two seats have exchanged their stations."""
    other_of = {one: other, other: one}
    return tuple(row._replace(stations=stations_of(rows, other_of.get(row.seat, row.seat))) for row in rows)


def given_over(rows: Sequence[Seated], station: int, to_seat: int) -> tuple[Seated, ...]:
    """A station has gone from whoever held it to another seat."""
    return tuple(
        row._replace(stations=row.stations | station if row.seat == to_seat else row.stations & ~station)
        for row in rows
    )


def stations_of(rows: Sequence[Seated], seat: int, unknown: int = 0) -> int:
    """What a seat holds; `unknown` where it is not in the roster."""
    return next((row.stations for row in rows if row.seat == seat), unknown)
