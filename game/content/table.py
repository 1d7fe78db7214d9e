"""The one reader of levels and packs: TOML text in, checked frozen records out, or an error that says where and why."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from game.log import Plain
from game.stations import STATION_WORDS, Station

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"^\s*([A-Za-z0-9_.\-\"']+)\s*=")


class ContentError(ValueError):
    """A level or pack that cannot be used. `line` is 1-based, 0 where no single line is to blame."""

    def __init__(self, file: str, line: int, value: object, expected: str) -> None:
        super().__init__(f"{file}:{line}: found {value!r}, expected {expected}")
        self.file = file
        self.line = line
        self.value = value
        self.expected = expected


def line_of(text: str, path: tuple[str | int, ...]) -> int:
    """The line where `path` stands in a TOML text, or that of its nearest parent, or 0."""
    best, best_length = 0, 0
    prefix: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = header[2].replace('"', "")
            prefix = tuple(name.split("."))
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                prefix = (*prefix, counts[name])
            here = prefix
        elif key := _KEY.match(line):
            here = (*prefix, *key[1].replace('"', "").split("."))
        else:
            continue
        if len(here) > best_length and path[: len(here)] == here:
            best, best_length = number, len(here)
    return best


class Table:
    """A TOML table being read: each getter checks one key; `done` refuses the keys nobody asked for."""

    def __init__(self, data: Mapping[str, object], text: str, file: str, path: tuple[str | int, ...] = ()) -> None:
        self._data = data
        self._text = text
        self._file = file
        self._path = path
        self._asked: set[str] = set()

    def error(self, key: str, value: object, expected: str) -> ContentError:
        return ContentError(self._file, line_of(self._text, (*self._path, key)), value, f"{key}: {expected}")

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._data:
            return self._data[key]
        if default is None:
            raise ContentError(self._file, line_of(self._text, self._path), "nothing", f"a value for {key!r}")
        return default

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.error(key, value, "words in quotes")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, value, "true or false")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.error(key, value, f"a number from {low:g} to {high:g}")
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(key, value, f"a whole number from {low} to {high}")
        return value

    def milliseconds(self, key: str, low_s: float, high_s: float, default_s: float | None = None) -> int:
        return round(self.number(key, low_s, high_s, default_s) * 1000)

    def numbers(self, key: str, low: float, high: float) -> tuple[float, ...]:
        value = self._get(key, None)
        fits = isinstance(value, list) and all(
            isinstance(item, int | float) and not isinstance(item, bool) and low <= item <= high for item in value
        )
        if not isinstance(value, list) or not fits or not value:
            raise self.error(key, value, f"a list of numbers from {low:g} to {high:g}")
        return tuple(value)

    def integers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        values = self.numbers(key, low, high)
        if any(value != int(value) for value in values):
            raise self.error(key, list(values), "whole numbers")
        return tuple(int(value) for value in values)

    def band(self, key: str, low: float, high: float) -> tuple[float, float]:
        values = self.numbers(key, low, high)
        if len(values) != 2 or values[0] >= values[1]:
            raise self.error(key, list(values), "two numbers, the lower first")
        return values[0], values[1]

    def plain(self, key: str, default: list[object] | None = None) -> tuple[Plain, ...]:
        value = self._get(key, default)
        if not isinstance(value, list) or not all(isinstance(item, int | str) for item in value):
            raise self.error(key, value, "a list of whole numbers and words")
        return tuple(value)

    def station(self, key: str) -> Station:
        word = self.text(key)
        if word not in STATION_WORDS:
            raise self.error(key, word, "one of " + ", ".join(STATION_WORDS))
        return STATION_WORDS[word]

    def table(self, key: str, default: Mapping[str, object] | None = None) -> Table:
        value = self._get(key, default)
        if not isinstance(value, dict):
            raise self.error(key, value, f"a table [{key}]")
        return Table(value, self._text, self._file, (*self._path, key))

    def tables(self, key: str) -> list[Table]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, value, f"tables [[{key}]]")
        return [Table(item, self._text, self._file, (*self._path, key, n)) for n, item in enumerate(value)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def settings(self) -> dict[str, int | float | str]:
        """Every key of this table as a number or a word, for the patient's parameter overrides."""
        found: dict[str, int | float | str] = {}
        for key in self:
            value = self._get(key, None)
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise self.error(key, value, "a number or a word")
            found[key] = value
        return found

    def done(self) -> None:
        for key in self._data:
            if key not in self._asked:
                raise ContentError(
                    self._file,
                    line_of(self._text, (*self._path, key)),
                    key,
                    "a known key: " + ", ".join(sorted(self._asked)),
                )


def read_toml(text: str, file: str) -> Table:
    """The root table of a TOML text; raises ContentError with the line where it is not TOML."""
    try:
        return Table(tomllib.loads(text), text, file)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        raise ContentError(file, int(where[1]) if where else 0, str(error), "a TOML file") from None


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug of the pack: doses in micrograms, in the order a team gives them."""

    name: str
    doses_ug: tuple[int, ...]
    after_shock: tuple[int, ...]
    """After which shock each dose is due in a shockable rhythm; () where no shock decides."""
    repeat_s: tuple[float, float] | None
    """Window between doses, seconds; None for a drug that is not repeated by time."""
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A guideline pack: what a guideline asks for, as data. Its revision stands on every screen and export."""

    name: str
    title: str
    revision: int
    source: str
    cycle_ms: int
    rate_per_min: tuple[float, float]
    depth_mm: tuple[float, float]
    full_recoil_mm: float
    compressions_per_set: int
    breaths_per_set: int
    breath_interval_s: float
    tidal_volume_ml: tuple[float, float]
    max_pause_s: float
    switch_s: float
    energies_j: tuple[int, ...]
    charge_ms: int
    disarm_ms: int
    drugs: Mapping[str, Drug]
    oxygen_flows_l_min: tuple[int, ...]
    tasks_ms: Mapping[str, int]
    text: str

    @property
    def label(self) -> str:
        """What screens and exports show: title and revision."""
        return f"{self.title} r{self.revision}"


def load_pack(text: str, name: str) -> Pack:
    """A pack from its TOML text; `name` is the file's name for errors. Raises ContentError."""
    root = read_toml(text, name)
    cpr, shock, oxygen = root.table("cpr"), root.table("shock"), root.table("oxygen")
    tasks = root.table("tasks")
    pack = Pack(
        name=root.text("name"),
        title=root.text("title"),
        revision=root.integer("revision", 1, 999),
        source=root.text("source"),
        cycle_ms=cpr.milliseconds("cycle_s", 30, 300),
        rate_per_min=cpr.band("rate_per_min", 60, 180),
        depth_mm=cpr.band("depth_mm", 20, 80),
        full_recoil_mm=cpr.number("full_recoil_mm", 0, 20),
        compressions_per_set=cpr.integer("compressions_per_set", 5, 60),
        breaths_per_set=cpr.integer("breaths_per_set", 1, 5),
        breath_interval_s=cpr.number("breath_interval_s", 2, 20),
        tidal_volume_ml=cpr.band("tidal_volume_ml", 100, 1200),
        max_pause_s=cpr.number("max_pause_s", 1, 30),
        switch_s=cpr.number("switch_s", 30, 300),
        energies_j=shock.integers("energies_j", 50, 360),
        charge_ms=shock.milliseconds("charge_s", 0.5, 20),
        disarm_ms=shock.milliseconds("disarm_s", 5, 120),
        drugs={key: _drug(key, table) for key, table in _subtables(root.table("drugs"))},
        oxygen_flows_l_min=oxygen.integers("flows_l_min", 0, 25),
        tasks_ms={key: tasks.milliseconds(key, 0, 300) for key in tasks if key != "source"},
        text=text,
    )
    for table in (cpr, shock, oxygen, tasks):
        table.text("source")
        table.done()
    root.done()
    return pack


def _subtables(table: Table) -> list[tuple[str, Table]]:
    return [(key, table.table(key)) for key in table]


def _drug(name: str, table: Table) -> Drug:
    highest_mg = table.number("max_dose_mg", 0.001, 10_000)
    doses = table.numbers("doses_mg", 0.001, highest_mg)
    drug = Drug(
        name=name,
        doses_ug=tuple(round(dose * 1000) for dose in doses),
        after_shock=table.integers("after_shock", 1, 20) if "after_shock" in table else (),
        repeat_s=table.band("repeat_s", 30, 1800) if "repeat_s" in table else None,
        source=table.text("source"),
    )
    table.done()
    return drug


@dataclass(frozen=True, slots=True)
class Finding:
    """Something one station can sense, in the level's own words."""

    key: str
    station: Station
    label: str
    value: str
    found_by: str
    """The timed act (op) that finds it; "" for what is sensed all the time."""
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the Leader can ask people, and what they answer."""

    key: str
    label: str
    answer: str
    source: str


@dataclass(frozen=True, slots=True)
class Loop:
    """An order that this level's team must put on record: a row of the command table asked of a station."""

    station: Station
    op: str
    args: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What is already in place when the patient collapses."""

    pads: bool
    co2: bool
    oxygen_l_min: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A case: the patient, what is in place, what each station can find, and when it ends."""

    name: str
    title: str
    setting: str
    who: str
    brief: str
    source: str
    pack: str
    revision: int
    cause: str
    feedback_device: bool
    hold_ms: int
    time_limit_ms: int
    start: Start
    patient: Mapping[str, int | float | str]
    """Overrides of the patient's parameters by name; game.sim.Case.of checks them."""
    findings: tuple[Finding, ...]
    questions: Mapping[str, Question]
    loops: tuple[Loop, ...]
    text: str

    @property
    def hash(self) -> str:
        """16 hex digits over the level's text: tells a client that it holds the same level."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def load_level(text: str, name: str) -> Level:
    """A level from its TOML text; `name` is the file's name for errors. Raises ContentError."""
    root = read_toml(text, name)
    start, patient = root.table("start"), root.table("patient")
    questions = [_question(table) for table in _refuse_twins(root.tables("question"))]
    level = Level(
        name=root.text("name"),
        title=root.text("title"),
        setting=root.text("setting"),
        who=root.text("who"),
        brief=root.text("brief"),
        source=root.text("source"),
        pack=root.text("pack"),
        revision=root.integer("revision", 1, 999),
        cause=root.text("cause"),
        feedback_device=root.flag("feedback_device", False),
        hold_ms=root.milliseconds("hold_s", 5, 1800, 120),
        time_limit_ms=root.milliseconds("time_limit_s", 10, 3600, 720),
        start=Start(
            pads=start.flag("pads"),
            co2=start.flag("co2"),
            oxygen_l_min=start.integer("oxygen_l_min", 0, 25),
            lines=tuple(str(site) for site in start.plain("lines")),
        ),
        patient=patient.settings(),
        findings=tuple(_finding(table) for table in _refuse_twins(root.tables("finding"))),
        questions={question.key: question for question in questions},
        loops=tuple(_loop(table) for table in root.tables("loop")),
        text=text,
    )
    start.done()
    root.done()
    return level


def _refuse_twins(tables: list[Table]) -> list[Table]:
    """The tables, each with a `key` of its own."""
    seen: set[str] = set()
    for table in tables:
        key = table.text("key")
        if key in seen:
            raise table.error("key", key, "each key only once")
        seen.add(key)
    return tables


def _finding(table: Table) -> Finding:
    finding = Finding(
        key=table.text("key"),
        station=table.station("station"),
        label=table.text("label"),
        value=table.text("value"),
        found_by=table.text("found_by", ""),
        source=table.text("source"),
    )
    table.done()
    return finding


def _question(table: Table) -> Question:
    question = Question(
        key=table.text("key"), label=table.text("label"), answer=table.text("answer"), source=table.text("source")
    )
    table.done()
    return question


def _loop(table: Table) -> Loop:
    loop = Loop(station=table.station("station"), op=table.text("op"), args=table.plain("args", []))
    table.text("source")
    table.done()
    return loop
