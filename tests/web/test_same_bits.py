"""One recorded game, folded by CPython and by the bundle's own interpreter: the same bits."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

from game.bots.crew import crew_of_bots
from game.content import load_level, load_pack
from game.log import Entry
from game.room.host import Host
from game.stations import LinkState

SEED = 5


def test_a_recorded_game_folds_to_the_same_hash_in_the_bundles_python(root: Path, artefacts: Path) -> None:
    level_text = (root / "levels" / "S01.toml").read_text()
    pack_text = (root / "levels" / "packs" / "aha2025.toml").read_text()
    level, pack = load_level(level_text, "S01"), load_pack(pack_text, "aha2025")
    host = Host(level, pack, SEED, crew_of_bots(level, pack, SEED))
    for seat in range(4):
        host.link(seat, LinkState.BOT)
    entries = host.tick(level.time_limit_ms).entries
    log = artefacts / "same-bits.jsonl.gz"
    write(log, {"level": "S01", "level_text": level_text, "pack_text": pack_text, "seed": SEED}, entries)

    command = ["node", "web/node/run_python.mjs", "tests/web/fold_script.py", str(log.relative_to(root))]
    folded = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert folded.returncode == 0, folded.stderr
    assert folded.stdout.split()[-1] == host.room.state_hash()


def write(path: Path, header: dict[str, object], entries: list[Entry]) -> None:
    """A log file as `resus log export` writes it: the header, then a line an entry."""
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for row in (header, *entries):
            lines.write(json.dumps(row) + "\n")
