"""Levels: one case, what each station can find in it, what it asks of a team, and how it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from game.content.pack import Care, read_care
from game.content.table import Table, read_toml
from game.log import Plain
from game.stations import STATION_WORDS, Station

FORMS: Final = ("A", "B")
"""Two forms of every level: equal in what they ask, different in what is found, for neighbouring tables."""

KINDS: Final = ("case", "drill")
AIRWAYS: Final = ("mask", "sga", "tube")
SEXES: Final = ("man", "woman")
FROM: Final = ("start", "pulse_lost", "rosc")
"""What the limit of an action counts from: room time 0, the first loss of the pulse, its last return."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something one station can sense, in the level's own words.

    What the patient's body shows by itself (skin, pupils, breath sounds, slips ...) needs no finding here; a finding
    with the key of one of those puts the level's words in its place.
    """

    key: str
    station: Station
    label: str
    value: str
    found_by: str
    """The timed act (op) that finds it, by whatever station; "" for what is sensed all the time."""
    suggests: tuple[str, ...]
    """Causes it speaks for."""
    against: tuple[str, ...]
    """Causes it speaks against."""
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the Leader can ask people, and what they answer."""

    key: str
    label: str
    answer: str
    suggests: tuple[str, ...]
    against: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody the Leader can call; `brings` is a treatment of the patient that begins `after_ms` later, or ""."""

    key: str
    label: str
    answer: str
    brings: str
    after_ms: int
    source: str


@dataclass(frozen=True, slots=True)
class Action:
    """A key action of the case: any one of `does`, by its limit."""

    key: str
    label: str
    does: tuple[tuple[Plain, ...], ...]
    times: int
    """How often it must be done (units of blood, say)."""
    limit_ms: int
    counts_from: str
    treats: bool
    """Part of the treatment of the cause: without it the pulse does not come back to stay."""
    source: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that must not be done in this case (clinical 2.5, D9)."""

    key: str
    label: str
    does: tuple[tuple[Plain, ...], ...]
    critical: bool
    source: str


@dataclass(frozen=True, slots=True)
class Loop:
    """An order that this level's team must put on record: a row of the command table asked of a station."""

    station: Station
    op: str
    args: tuple[Plain, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Inject:
    """An instructor's surprise: a change of the patient's causes or airway, or of the equipment."""

    key: str
    label: str
    change: str
    amount_milli: int
    source: str


@dataclass(frozen=True, slots=True)
class Start:
    """What is already in place at room time 0."""

    pads: bool
    co2: bool
    spo2: bool
    oxygen_l_min: int
    lines: tuple[str, ...]
    airway: str
    ventilator_per_min: int
    awake: bool
    """Eyes open, for as long as the heart carries it."""


@dataclass(frozen=True, slots=True)
class Level:
    """A case: the patient, what is in place, what each station can find, and when it ends."""

    name: str
    """The level's own name, with the letter of any form but the first behind it: S03, S03B."""
    case: str
    """The name without the form."""
    form: str
    kind: str
    title: str
    setting: str
    who: str
    sex: str
    """One of SEXES: which body the pictures show."""
    brief: str
    teaches: tuple[str, ...]
    debrief: tuple[str, ...]
    source: str
    pack: str
    revision: int
    cause: str
    """The tile of the board that is right; "" for a drill without one."""
    accepts: tuple[str, ...]
    """Further tiles that are right as well."""
    focus: tuple[str, ...]
    """Stations that a drill trains; () for a case, which is everybody's."""
    feedback_device: bool
    hold_ms: int
    time_limit_ms: int
    start: Start
    patient: Mapping[str, int | float | str]
    """Overrides of the patient's parameters by name; game.sim.Case.of checks them."""
    findings: tuple[Finding, ...]
    questions: Mapping[str, Question]
    experts: Mapping[str, Expert]
    actions: tuple[Action, ...]
    mistakes: tuple[Mistake, ...]
    care: tuple[Care, ...]
    """Acts owed after the pulse is back beside those of the pack; one with a key of the pack's takes its place."""
    loops: tuple[Loop, ...]
    injects: Mapping[str, Inject]
    overrides: Mapping[str, Mapping[str, object]]
    """What this case changes of the guideline: tables of a pack by pack name, "any" for every pack."""
    text: str

    @property
    def hash(self) -> str:
        """16 hex digits over the level's text and form: tells a client that it holds the same level."""
        return hashlib.sha256(f"{self.form}\n{self.text}".encode()).hexdigest()[:16]


def load_level(text: str, name: str, form: str = "A") -> Level:
    """A level in one of its FORMS from its TOML text; `name` is the file's name for errors. Raises ContentError."""
    return read_level(read_toml(text, name, form), text, form)


def read_level(root: Table, text: str, form: str) -> Level:
    """A level from the root table of its text."""
    start, patient, case = root.table("start"), root.table("patient"), root.text("name")
    level = Level(
        name=case if form == "A" else case + form,
        case=case,
        form=form,
        kind=root.word("kind", KINDS, "case"),
        title=root.text("title"),
        setting=root.text("setting"),
        who=root.text("who"),
        sex=root.word("sex", SEXES, SEXES[0]),
        brief=root.text("brief"),
        teaches=root.words("teaches", (), []),
        debrief=root.words("debrief", (), []),
        source=root.text("source"),
        pack=root.text("pack"),
        revision=root.integer("revision", 1, 999),
        cause=root.text("cause"),
        accepts=root.words("accepts", (), []),
        focus=root.words("focus", STATION_WORDS, []),
        feedback_device=root.flag("feedback_device", False),
        hold_ms=root.milliseconds("hold_s", 5, 1800, 120),
        time_limit_ms=root.milliseconds("time_limit_s", 10, 3600, 720),
        start=Start(
            pads=start.flag("pads"),
            co2=start.flag("co2"),
            spo2=start.flag("spo2", False),
            oxygen_l_min=start.integer("oxygen_l_min", 0, 25),
            lines=tuple(str(site) for site in start.plain("lines")),
            airway=start.word("airway", AIRWAYS, "mask"),
            ventilator_per_min=start.integer("ventilator_per_min", 0, 60, 0),
            awake=start.flag("awake", False),
        ),
        patient=patient.settings(),
        findings=tuple(_finding(table) for table in _entries(root, "finding", form)),
        questions={each.key: each for each in map(_question, _entries(root, "question", form))},
        experts={each.key: each for each in map(_expert, _entries(root, "expert", form))},
        actions=tuple(_action(table) for table in _entries(root, "action", form)),
        mistakes=tuple(_mistake(table) for table in _entries(root, "mistake", form)),
        care=tuple(read_care(table) for table in _entries(root, "care", form)),
        loops=tuple(_loop(table) for table in root.tables("loop")),
        injects={each.key: each for each in map(_inject, _entries(root, "inject", form))},
        overrides=_overrides(root),
        text=text,
    )
    start.done()
    root.done()
    return level


def _entries(root: Table, name: str, form: str) -> list[Table]:
    """The tables [[name]] of this form, each with a `key` of its own; `only` keeps one to a form."""
    seen: set[str] = set()
    kept: list[Table] = []
    for table in root.tables(name):
        if table.word("only", FORMS, form) != form:
            continue
        key = table.text("key")
        if key in seen:
            raise table.error("key", key, "each key only once")
        seen.add(key)
        kept.append(table)
    return kept


def _overrides(root: Table) -> dict[str, Mapping[str, object]]:
    table = root.table("override", {})
    return {pack: table.mapping(pack) for pack in table}


def _finding(table: Table) -> Finding:
    finding = Finding(
        key=table.text("key"),
        station=table.station("station"),
        label=table.text("label"),
        value=table.text("value"),
        found_by=table.text("found_by", ""),
        suggests=table.words("suggests", (), []),
        against=table.words("against", (), []),
        source=table.text("source"),
    )
    table.done()
    return finding


def _question(table: Table) -> Question:
    question = Question(
        key=table.text("key"),
        label=table.text("label"),
        answer=table.text("answer"),
        suggests=table.words("suggests", (), []),
        against=table.words("against", (), []),
        source=table.text("source"),
    )
    table.done()
    return question


def _expert(table: Table) -> Expert:
    expert = Expert(
        key=table.text("key"),
        label=table.text("label"),
        answer=table.text("answer"),
        brings=table.text("brings", ""),
        after_ms=table.milliseconds("after_s", 0, 3600, 0),
        source=table.text("source"),
    )
    table.done()
    return expert


def _action(table: Table) -> Action:
    action = Action(
        key=table.text("key"),
        label=table.text("label"),
        does=table.acts("does"),
        times=table.integer("times", 1, 50, 1),
        limit_ms=table.milliseconds("limit_s", 1, 3600),
        counts_from=table.word("counts_from", FROM, "start"),
        treats=table.flag("treats", False),
        source=table.text("source"),
    )
    table.done()
    return action


def _mistake(table: Table) -> Mistake:
    mistake = Mistake(
        key=table.text("key"),
        label=table.text("label"),
        does=table.acts("does"),
        critical=table.flag("critical", False),
        source=table.text("source"),
    )
    table.done()
    return mistake


def _loop(table: Table) -> Loop:
    loop = Loop(
        station=table.station("station"),
        op=table.text("op"),
        args=table.plain("args", []),
        source=table.text("source"),
    )
    table.done()
    return loop


def _inject(table: Table) -> Inject:
    inject = Inject(
        key=table.text("key"),
        label=table.text("label"),
        change=table.text("change"),
        amount_milli=round(table.number("amount", -100_000, 100_000, 0) * 1000),
        source=table.text("source"),
    )
    table.done()
    return inject
