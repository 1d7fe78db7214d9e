"""One patient under care of every kind, hash by hash. Runs in any Python; not a test by itself."""

import sys
from collections.abc import Iterator

from game.sim import (
    AirwayAct,
    Breath,
    Case,
    Compression,
    Dose,
    Event,
    Fluid,
    Flush,
    Infuse,
    Inject,
    Oxygen,
    Pace,
    Patient,
    Sample,
    Shock,
    Treat,
)

SEED = 20
TO_MS = 300_000
EVERY_MS = 10_000


def case() -> Case:
    """Fibrillation in a body with several causes at once, so that much of the code has work to do."""
    return Case.of(rhythm="vf", potassium_mmol_l=6.2, temperature_degc=34.0)


def care() -> Iterator[Event]:
    """Five minutes: a mask, then a tube; compressions with uneven hands; every kind of event."""
    at_ms = 4_000
    for cycle in range(5):
        for push in range(30):
            depth_um = 42_000 + 1_000 * ((7 * push + cycle) % 17)
            yield Compression(at_ms, 110 + push % 20, 120, depth_um, 3_000 * (push % 3))
            at_ms += 500 + 9 * (push % 10)
        for _ in range(2):
            yield Breath(at_ms, 900, 480, 100, "mask", 70)
            at_ms += 1_800
    yield AirwayAct(at_ms, "tube", 100)
    for push in range(320):
        yield Compression(at_ms + 2_000 + push * 545, 130, 130, 40_000 + 500 * (push % 40), 0)
        if push % 11 == 0:
            yield Breath(at_ms + 2_200 + push * 545, 1_000, 550, 100, "tube")
    yield Sample(60_000, "gas")
    yield Shock(62_000, 200)
    yield Dose(70_000, "epinephrine", 1_000, "iv")
    yield Flush(75_000, "iv")
    yield Dose(90_000, "calcium_chloride", 6_800, "iv", flush=True)
    yield Dose(100_000, "amiodarone", 300_000, "io_humerus", flush=True)
    yield Fluid(110_000, 500, 60_000)
    yield Infuse(120_000, "norepinephrine", 10, "central")
    yield Shock(130_000, 200, vector="ap")
    yield Treat(140_000, "needle", "left")
    yield Oxygen(150_000, 60)
    yield Pace(200_000, 70, 90)
    yield Shock(220_000, 100, synchronised=True)
    yield Inject(230_000, "tension_left_mmhg_per_min", 5_000)


def hashes(patient: Patient) -> list[str]:
    """The hash of the state every ten seconds, and at the end all that happened."""
    for event in care():
        patient.apply(event)
    seen = []
    for to_ms in range(EVERY_MS, TO_MS + 1, EVERY_MS):
        patient.advance(to_ms)
        seen.append(patient.state_hash())
    return [*seen, " ".join(repr(happening) for happening in patient.drain())]


if __name__ == "__main__":
    print(sys.version.split()[0])
    print("\n".join(hashes(Patient.new(case(), SEED))))
