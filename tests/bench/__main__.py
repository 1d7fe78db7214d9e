"""`python -m tests.bench [NAME...]`: runs the benches, prints their table and writes build/bench.json."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Final

from tests.bench import browser, bundle, downloads, frames, log, patient, room, rooms, snapshot, stations
from tests.bench.figure import BenchError, Figure
from tests.bench.report import machine, table, write_json

OUT: Final = Path(__file__).resolve().parents[2] / "build" / "bench.json"

Bench = Callable[[], Iterator[Figure]]

BENCHES: Final[Mapping[str, Bench]] = {
    "patient": patient.bench,
    "room": room.bench,
    "snapshot": snapshot.bench,
    "log": log.bench,
    "frames": frames.bench,
    "bundle": bundle.bench,
    "browser": browser.bench,
    "stations": stations.bench,
    "rooms": rooms.bench,
    "downloads": downloads.bench,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if everything asked for was measured; budgets that are not kept are shown, not judged."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure how fast and how large it is.")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"{', '.join(BENCHES)} (default: all)")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, default=OUT, help="where the JSON goes (default: %(default)s)"
    )
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in BENCHES]:
        parser.error(f"there is no bench {unknown[0]!r}: choose from {', '.join(BENCHES)}")
    facts = machine()
    figures, failed = measure({name: BENCHES[name] for name in asked.names or BENCHES})
    print()
    print(table(figures))
    write_json(asked.out, figures, facts)
    print(f"\n{asked.out}: {len(figures)} figures; the machine's load was {facts['machine_load']} at the start")
    return int(failed)


def measure(benches: Mapping[str, Bench]) -> tuple[list[Figure], bool]:
    """All figures of all benches, and whether one could not be measured: the others go on."""
    figures: list[Figure] = []
    failed = False
    for name, bench in benches.items():
        began_s = monotonic()
        print(f"{name}: {(sys.modules[bench.__module__].__doc__ or name).splitlines()[0]}", flush=True)
        try:
            figures += bench()
        except BenchError as error:
            failed = True
            print(f"{name}: could not be measured: {error}", file=sys.stderr, flush=True)
        else:
            print(f"    {monotonic() - began_s:.0f} s", flush=True)
    return figures, failed


if __name__ == "__main__":
    # So that servers and browsers are stopped too when this is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main())
