"""Logs made by hand: trains of compressions, checks, shocks, doses, loops."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from game.content import Level, Pack, load_level, load_pack
from game.log import Entry, Fact, Input, Plain
from game.scoring import Score, Weights, load_weights, score
from game.stations import Station

LEVELS: Final = Path(__file__).parents[2] / "levels"
WEIGHTS_TEXT: Final = (LEVELS / "score.toml").read_text("utf-8")
WEIGHTS: Final[Weights] = load_weights(WEIGHTS_TEXT, "score.toml")
PACK: Final[Pack] = load_pack((LEVELS / "packs" / "aha2025.toml").read_text("utf-8"), "aha2025.toml")
ERC: Final[Pack] = load_pack((LEVELS / "packs" / "erc2025.toml").read_text("utf-8"), "erc2025.toml")
LEVEL: Final[Level] = load_level((Path(__file__).parent / "case.toml").read_text("utf-8"), "case.toml")
INTERVAL_MS: Final = 60_000 / 110


@dataclass(slots=True)
class Log:
    """A log that grows by what a team does. Times in ms; seats: 0 chest, 1 airway, 2 meds, 3 leader."""

    entries: list[Entry] = field(default_factory=list)
    orders: int = 0

    def fact(self, ms: int, kind: Fact, *args: Plain, seat: int = -1) -> Log:
        self.entries.append(Entry(ms, kind, seat, args))
        return self

    def link(self, ms: int, state: int, seat: int) -> Log:
        self.entries.append(Entry(ms, Input.LINK, seat, (state,)))
        return self

    def press(self, ms: int, depth_um: int = 54_000, residual_um: int = 1_000, seat: int = 0) -> Log:
        return self.fact(ms, Fact.COMPRESSION, ms, 180, 365, depth_um, residual_um, seat=seat)

    def train(self, start_ms: float, end_ms: float, *, interval_ms: float = INTERVAL_MS, seat: int = 0) -> Log:
        """Evenly spaced compressions from `start_ms` to `end_ms`, about `interval_ms` apart."""
        count = max(1, round((end_ms - start_ms) / interval_ms))
        for number in range(count + 1):
            self.press(round(start_ms + (end_ms - start_ms) * number / count), seat=seat)
        return self

    def sets(self, start_ms: float, end_ms: float, *, gap_ms: float = 4_000, breaths: int = 2, seat: int = 0) -> Log:
        """30:2 from `start_ms` until `end_ms`."""
        at, count = start_ms, 0
        while at <= end_ms:
            self.press(round(at), seat=seat)
            count += 1
            if count == 30:
                for number in range(breaths):
                    self.breath(round(at + 700 + 1_300 * number))
                at, count = at + gap_ms, 0
            else:
                at += INTERVAL_MS
        return self

    def breath(self, ms: int, volume_ml: int = 500, airway: str = "mask") -> Log:
        return self.fact(ms, Fact.BREATH, ms, 1_000, volume_ml, airway, seat=1)

    def vf(self, ms: int = 0) -> Log:
        return self.fact(ms, Fact.RHYTHM, "vf")

    def check(self, ms: int, call: str = "vf", call_ms: int = 2_000, resume_ms: int = 4_000) -> Log:
        self.fact(ms, Fact.CHECK, "stop", "", seat=3)
        self.fact(ms + call_ms, Fact.CHECK, "call", call, seat=3)
        return self.fact(ms + resume_ms, Fact.CHECK, "resume", call, seat=3)

    def shock(self, ms: int, charged_ms: int, result: str = "failed") -> Log:
        self.fact(charged_ms, Fact.CHARGE, "charged", 200, seat=2)
        self.fact(ms, Fact.CHARGE, "delivered", 200, seat=2)
        return self.fact(ms, Fact.SHOCK, 200, result)

    def dose(self, ms: int, drug: str = "epinephrine", dose_ug: int = 1_000) -> Log:
        return self.fact(ms, Fact.DRUG, drug, dose_ug, "iv_left", seat=2)

    def order(
        self,
        ms: int,
        station: Station,
        op: str,
        *args: Plain,
        said: tuple[Plain, ...] = (),
        closed_ms: int | None = None,
    ) -> Log:
        """An order that is heard after two seconds, read back as `said` after four, and closed."""
        self.orders += 1
        self.fact(ms, Fact.ORDER, self.orders, int(station), op, *args, seat=3)
        self.fact(ms + 2_000, Fact.HEARD, self.orders, seat=2)
        if said:
            self.fact(ms + 4_000, Fact.READ_BACK, self.orders, *said, seat=2)
            self.fact(ms + 5_000, Fact.CONFIRMED, self.orders, int(said == (op, *args)), seat=3)
        if closed_ms is not None:
            self.fact(closed_ms, Fact.CLOSED, self.orders, seat=2)
        return self

    def give(self, ms: int, drug: str = "epinephrine", dose_ug: int = 1_000) -> Log:
        """A dose with its whole loop."""
        said = ("give", drug, dose_ug)
        return self.order(ms - 20_000, Station.CART, *said, said=said, closed_ms=ms).dose(ms, drug, dose_ug)

    def act(self, ms: int, *does: Plain, seat: int = 2) -> Log:
        """A completed act."""
        return self.fact(ms, Fact.DONE, *does, seat=seat)

    def vitals(
        self, start_ms: int, end_ms: int, *, mean: int = 75, etco2: int = 38, spo2: int = 96, paco2: int = 40
    ) -> Log:
        """The patient each five seconds."""
        for ms in range(start_ms, end_ms, 5_000):
            self.fact(ms, Fact.VITALS, mean + 30, mean - 15, mean, etco2, spo2, paco2, 366, 0)
        return self

    def end(self, ms: int, reason: str = "time", outcome: str = "no_pulse") -> Log:
        return self.fact(ms, Fact.ENDED, reason, outcome)

    def score(self, level: Level = LEVEL, pack: Pack = PACK) -> Score:
        return score(sorted(self.entries, key=lambda entry: entry.ms), pack, level, WEIGHTS)


def level_of(time_limit_s: int) -> Level:
    """The test case with another length."""
    return replace(LEVEL, time_limit_ms=time_limit_s * 1000)
