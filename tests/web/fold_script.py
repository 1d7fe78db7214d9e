"""Runs inside the bundle's own Python: folds an exported log and prints the state's hash. Not a test by itself."""

import gzip
import json
import sys
from pathlib import Path

from game.content import load_level, load_pack
from game.log import Entry, Plain, kind_of
from game.room.fold import verify


def plain(value: Plain | list[Plain]) -> Plain:
    """JSON's lists as the log's tuples."""
    return tuple(plain(item) for item in value) if isinstance(value, list) else value


with gzip.open(Path(sys.argv[1]), "rt", encoding="utf-8") as lines:
    header, *rows = [json.loads(line) for line in lines]
entries = [Entry(ms, kind_of(kind), seat, tuple(plain(arg) for arg in args)) for ms, kind, seat, args in rows]
level = load_level(header["level_text"], header["level"])
pack = load_pack(header["pack_text"], level.pack)
print(verify(level, pack, header["seed"], entries).room.state_hash())
