"""The page of all keys, made from the controls that the menu lists: `python -m tests.ui --keys` renews it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from game.stations import STATIONS_OF
from game.ui.controls import controls_of
from game.ui.keyboard import letter

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "reference" / "keys.md"
HEAD: Final = """# Keys

Made from the game's own table by `python -m tests.ui --keys`; a test holds it fresh. Keys are meant by their place on a
US keyboard; caps on the screen show the letters of the player's own where the browser tells them.

- `Esc` opens the menu, and goes one step back where something is open. It is the one key that cannot be moved.
- The digits are the dock at the foot of the screen, from left to right; open choices take them over. On the dock lies
  what the seat can say just now. The Leader has orders there: `1` starts compressions, later it stops them for a
  check; `2` resumes; `3` to `6` open a pad of orders.
- A seat with several stations turns between their screens with the key left of `1`.
- Where a key has several meanings they never meet: a rhythm check, the wheel and a drawer have their own while they
  are up.
- Everything here can be done by pointer and finger as well.
"""


def text() -> str:
    """The whole page."""
    seats = {role.name.capitalize(): controls_of(int(held)) for role, held in STATIONS_OF.items()}
    first, *others = seats.values()
    everywhere = {key: words for key, words in first.items() if all(seat.get(key) == words for seat in others)}
    parts = [HEAD, _table("Every seat", everywhere.items())]
    for name, keys in seats.items():
        own = [(key, words) for key, words in keys.items() if key not in everywhere]
        parts.append(_table(name, own))
    return "\n".join(parts)


def _table(title: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    lines = [f"| `{letter(key, _NO_CAPS)}` | {'; '.join(words)} |" for key, words in rows]
    return "\n".join([f"## {title}", "", "| Key | What it does |", "|---|---|", *lines, ""])


_NO_CAPS: Final[Mapping[str, str]] = {}
