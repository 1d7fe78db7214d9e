"""What a trained person knows: names of rhythms, where to look, what a report calls for, what treats which cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from game.bots.data import read
from game.content import Pack
from game.rules.commands import SIDES
from game.stations import STATION_WORDS, Station


@dataclass(frozen=True, slots=True)
class Request:
    """An order without doses: what is asked of a station, and the drug, fluid, method or treatment it is about."""

    station: Station
    op: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somewhere to look for the cause; again after `again_ms`, 0 for once."""

    request: Request
    again_ms: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report calls for: a value above or below a limit (times `per`), or a word."""

    key: str
    word: str
    above: int | str | None
    below: int | str | None
    per: int
    request: Request
    pulse: bool
    """Only while there is a pulse."""
    again_ms: int

    def fits(self, value: str, pack: Pack) -> bool:
        """True where `value` was reported and calls for it."""
        if self.word:
            return value == self.word
        number = number_in(value)
        if number is None:
            return False
        above = self.above is not None and number > self._limit(self.above, pack)
        below = self.below is not None and number < self._limit(self.below, pack)
        return above or below

    def _limit(self, limit: int | str, pack: Pack) -> float:
        return self.per * (bound(limit, pack) if isinstance(limit, str) else limit)


@dataclass(frozen=True, slots=True)
class Remedy:
    """One step of the treatment of a cause, in the order of the file."""

    cause: str
    request: Request
    times: int
    pulse: bool
    """Only once there is a pulse."""
    arrest: bool
    """Only while there is none."""
    seen: tuple[tuple[str, str], ...]
    """Reports (key, word) of which one must have been made; () for none."""


@dataclass(frozen=True, slots=True)
class WithPulse:
    """What is done about a pulse that is too slow, too fast or too weak."""

    slow_below_per_min: int
    fast_from_per_min: int
    unstable_below_mmhg: int
    blocks: tuple[str, ...]
    tachycardias: Mapping[str, str]
    """Rhythms for a synchronised shock, and the energy of the pack (Cardioversion) that each is for."""
    sedative: str
    for_slow: str
    pressor: str
    slow_pressor: str
    after_tachycardia: str
    atropine_wait_ms: int
    atropine_most: int
    sleep_wait_ms: int
    """So long a fast heart waits for sleep before it is shocked all the same."""
    capture_margin_steps: int
    judge_shock_ms: int
    pressure_again_ms: int
    feel_again_ms: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it."""

    calls: Mapping[str, str]
    """What each rhythm on the trace is called; any other is organised and narrow."""
    pulse: WithPulse
    advanced_airway: str
    advanced_after_ms: int
    breaths_per_min: int
    coach_below_mmhg: int
    """Below this carbon dioxide whoever holds the tube asks for deeper compressions."""
    coach_every_ms: int
    certain: Mapping[tuple[str, str], str]
    """Reports (key, word) that tell a cause by themselves."""
    likely_shockable: str
    likely_other: str
    sides: Mapping[str, tuple[tuple[str, str], ...]]
    """Reports (key, word) that point to air on each side of the chest."""
    after_arrest: tuple[Request, ...]
    """What is owed to everybody who does not wake when the pulse is back."""
    search: tuple[Look, ...]
    answers: tuple[Answer, ...]
    remedies: Mapping[str, tuple[Remedy, ...]]


def number_in(value: str) -> int | None:
    """The number of a report: of a pressure "88/50 (63)" the mean; None where there is none."""
    text = value.partition("(")[2].rstrip(")") or value
    return int(text) if text.lstrip("-").isdigit() else None


def bound(name: str, pack: Pack) -> float:
    """A target of the pack by name: `map_mmhg`, or an end of a band as `spo2_pct.high`."""
    key, _, end = name.partition(".")
    value = getattr(pack.rosc, key)
    return float(value[end == "high"] if end else value)


@cache
def knowledge() -> Knowledge:
    """What this version's bots know."""
    data = read("knowledge")
    calls, airway, mind = data["calls"], data["airway"], data["mind"]
    del calls["source"]
    remedies: dict[str, list[Remedy]] = {}
    for table in data["remedy"]:
        remedies.setdefault(table["cause"], []).append(_remedy(table))
    return Knowledge(
        calls={rhythm: call for call, rhythms in calls.items() for rhythm in rhythms},
        pulse=_with_pulse(data["pulse"]),
        advanced_airway=airway["advanced"],
        advanced_after_ms=1000 * airway["advanced_after_s"],
        breaths_per_min=airway["breaths_per_min"],
        coach_below_mmhg=airway["coach_below_mmhg"],
        coach_every_ms=1000 * airway["coach_every_s"],
        certain={pair: cause for cause, words in mind["certain"].items() for pair in _pairs(words)},
        likely_shockable=mind["likely_shockable"],
        likely_other=mind["likely_other"],
        sides={side: _pairs(data["sides"][side]) for side in SIDES},
        after_arrest=tuple(_request(words) for words in data["after_arrest"]["orders"]),
        search=tuple(Look(_request(table["order"]), 1000 * table.get("again_s", 0)) for table in data["search"]),
        answers=tuple(map(_answer, data["answer"])),
        remedies={cause: tuple(steps) for cause, steps in remedies.items()},
    )


def _with_pulse(table: dict[str, Any]) -> WithPulse:
    del table["source"]
    numbers = {key: value for key, value in table.items() if not key.endswith("_s")}
    times = {f"{key.removesuffix('_s')}_ms": 1000 * value for key, value in table.items() if key.endswith("_s")}
    numbers["blocks"] = tuple(table["blocks"])
    return WithPulse(**numbers, **times)


def _request(words: list[str]) -> Request:
    station, op, *what = words
    return Request(STATION_WORDS[station], op, what[0] if what else "")


def _answer(table: dict[str, Any]) -> Answer:
    return Answer(
        key=table["key"],
        word=table.get("word", ""),
        above=table.get("above"),
        below=table.get("below"),
        per=table.get("per", 1),
        request=_request(table["order"]),
        pulse=table.get("pulse", False),
        again_ms=1000 * table.get("again_s", 0),
    )


def _remedy(table: dict[str, Any]) -> Remedy:
    return Remedy(
        cause=table["cause"],
        request=_request(table["order"]),
        times=table.get("times", 1),
        pulse=table.get("pulse", False),
        arrest=table.get("arrest", False),
        seen=_pairs(table.get("seen", [])),
    )


def _pairs(words: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, word) for key, _, word in (pair.partition("=") for pair in words))
