"""A level on one sheet of paper for the instructor: the case, who finds what, what is asked of the team, and why."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import takewhile
from typing import Final, Protocol

from game.content import Level, Pack
from game.content.clues import Clue
from game.content.level import Action, Start
from game.log import Plain
from game.sim.params.findings import senses
from game.stations import Role
from server.level_evidence import SEEDS, Known, known
from server.resources import words_dir

WIDTH: Final = 100
LABEL_WIDTH: Final = 26
COUNTED: Final = {"start": "", "pulse_lost": " after the pulse is lost", "rosc": " after the pulse is back"}
UNITS: Final = {
    "_tenth_mmol_l": (10, " mmol/L"),
    "_hundredth_mmol_l": (100, " mmol/L"),
    "_thousandth": (1000, ""),
    "_tenth_degc": (10, " C"),
    "_tenth_mm": (10, " mm"),
    "_mmhg": (1, " mmHg"),
    "_g_l": (1, " g/L"),
    "_pct": (1, " %"),
    "_mm": (1, " mm"),
    "_ms": (1, " ms"),
}
MARK: Final = "TREATS: "
WARNING: Final = "For the instructor: it tells the cause. Training only, not clinical guidance."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its rows: a short name, or "", and a text."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)


def as_text(level: Level, pack: Pack) -> str:
    """The sheet for a terminal or a plain printer, at most WIDTH columns wide."""
    lines = [*textwrap.wrap(_headline(level, pack), WIDTH), WARNING]
    for section in _sections(level, pack):
        lines += ["", section.title.upper()]
        for label, text in section.rows:
            lead = f"  {label:<{LABEL_WIDTH}} " if label else "  "
            indent = " " * len(lead) if len(lead) <= LABEL_WIDTH + 3 else " " * (LABEL_WIDTH + 3)
            lines += textwrap.wrap(lead + text, WIDTH, subsequent_indent=indent, drop_whitespace=True)
    return "\n".join(lines) + "\n"


def as_html(level: Level, pack: Pack) -> str:
    """The sheet as a page of its own that prints on one side of A4 or letter paper."""
    parts = [f"<h1>{escape(_headline(level, pack))}</h1>", f"<p>{escape(WARNING)}</p>", "<main>"]
    for section in _sections(level, pack):
        rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in section.rows)
        parts.append(f"<section><h2>{escape(section.title)}</h2><dl>{rows}</dl></section>")
    body = "\n".join([*parts, "</main>"])
    return _PAGE.format(title=escape(f"{level.name} {level.title}"), body=body)


_PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 9mm }}
body {{ font: 7.2pt/1.2 system-ui, sans-serif; margin: 0 auto; max-width: 192mm; color: #111 }}
h1 {{ font-size: 11pt; margin: 0 }}
p {{ margin: 0 0 2mm; color: #555 }}
main {{ columns: 2; column-gap: 6mm }}
section {{ margin: 0 0 1.6mm }}
h2 {{ break-after: avoid; font-size: 8pt; margin: 0 0 .5mm; border-bottom: .3mm solid #888 }}
dl {{ display: grid; grid-template-columns: 28mm 1fr; gap: 0 2mm; margin: 0 }}
dt {{ font-weight: 600 }}
dd {{ margin: 0 }}
dt:empty {{ display: none }}
dt:empty + dd {{ grid-column: 1 / -1 }}
</style>
{body}
</html>
"""


def _headline(level: Level, pack: Pack) -> str:
    return f"{level.name} {level.title} | form {level.form}, revision {level.revision} | {pack.label}"


def _sections(level: Level, pack: Pack) -> Iterator[Section]:
    care = {each.key: each for each in (*pack.care, *level.care)}
    parts = [
        Section("The case", list(_case(level))),
        *_by_seat(level),
        Section("Key actions", [(each.label, _limit(each, pack)) for each in level.actions]),
        Section(
            "Not in this case",
            [
                (each.label, _done(each.does, pack) + (" (critical)" if each.critical else ""))
                for each in level.mistakes
            ],
        ),
        Section(
            "Loops to close", [(_station(each.station), _act((each.op, *each.args), pack)) for each in level.loops]
        ),
        Section(
            "People to call", [(each.label, _expert(each.answer, each.after_ms)) for each in level.experts.values()]
        ),
        Section(
            "Once the pulse is back",
            [(each.label, f"{_clock(each.limit_ms)}, {_station(each.station)}") for each in care.values()],
        ),
        Section("Surprises", [(each.label, _plain(each.change)) for each in level.injects.values()]),
        Section("Changed for this case", list(_changes(level, pack))),
        Section("It teaches", [("", words) for words in level.teaches]),
        Section("Debrief", [("", words) for words in level.debrief]),
        Section("Sources", [("", ", ".join(_sources(level))), *_meaning_of_sources(level)]),
    ]
    return (section for section in parts if section.rows)


def _case(level: Level) -> Iterator[tuple[str, str]]:
    yield "Who and where", f"{level.who}; {level.setting}"
    yield "Told to the team", level.brief
    if level.cause:
        also = "".join(f"; {word('cause', each)} is right as well" for each in level.accepts)
        yield "Cause", word("cause", level.cause) + also
    yield "Patient", ", ".join(f"{name} {value}" for name, value in level.patient.items())
    yield "In place", ", ".join(_in_place(level.start)) or "nothing"
    yield "Ends", f"after {_clock(level.hold_ms)} with a pulse, or at {_clock(level.time_limit_ms)}"


def _in_place(start: Start) -> Iterator[str]:
    devices = {"pads": start.pads, "capnograph": start.co2, "oxygen probe": start.spo2}
    yield from (name for name, there in devices.items() if there)
    if start.airway != "mask":
        yield start.airway
    if start.ventilator_per_min:
        yield f"ventilator at {start.ventilator_per_min} a minute"
    if start.oxygen_l_min:
        yield f"oxygen {start.oxygen_l_min} L/min"
    yield from (word("site", site) for site in start.lines)


def _by_seat(level: Level) -> Iterator[Section]:
    """What each seat can find: all the level says, and the patient's signs that are not normal or point somewhere."""
    labels = {finding.key: finding.label for finding in level.findings}
    labels |= {question.key: question.label for question in level.questions.values()}
    facts = known(level, SEEDS[0])
    for role in Role:
        rows = [_fact(fact, labels) for fact in facts if fact.role == role and _worth_saying(fact)]
        yield Section(f"{role.name.capitalize()} can find", rows)


def _worth_saying(fact: Known) -> bool:
    """True for what the level says, and for what the body shows that is not normal; of samples only what points."""
    if fact.own or fact.clue.suggests:
        return True
    sense = senses().get(fact.key)
    return sense is not None and fact.value != sense.normal


def _fact(fact: Known, labels: Mapping[str, str]) -> tuple[str, str]:
    how = f" [{_plain(fact.by)}]" if fact.by not in ("", "ask") else ""
    sample, _, name = fact.key.rpartition(".")
    if fact.own:
        label, value = labels[fact.key], fact.value
    elif sample:
        label, value = _plain(sample), _measured(name, int(fact.value))
    else:
        label, value = word("finding", fact.key), word(f"sign.{fact.key}", fact.value)
    return label, f"{value}{how}{_points(fact.clue)}"


def _measured(name: str, value: int) -> str:
    """A value of a sample as people write it: its unit and scale are the end of its name."""
    for ending, (scale, unit) in UNITS.items():
        if name.endswith(ending):
            return f"{_plain(name.removesuffix(ending))} {value / scale:g}{unit}"
    return f"{_plain(name)} {value}"


def _points(clue: Clue) -> str:
    suggests = "".join(f", {word('cause', cause)}" for cause in clue.suggests)
    against = "".join(f", not {word('cause', cause)}" for cause in clue.against)
    return f" ->{(suggests + against).removeprefix(',')}" if clue else ""


def _limit(action: Action, pack: Pack) -> str:
    times = f"{action.times} times " if action.times > 1 else ""
    when = f"by {_clock(action.limit_ms)}{COUNTED[action.counts_from]}"
    return f"{MARK if action.treats else ''}{times}{_done(action.does, pack)}, {when}"


def _done(acts: Iterable[tuple[Plain, ...]], pack: Pack) -> str:
    return " or ".join(_act(act, pack) for act in acts)


def _act(act: tuple[Plain, ...], pack: Pack) -> str:
    drug = next((pack.drugs[str(part)] for part in act if part in pack.drugs), None)
    return _plain(" ".join(_part(part, drug.unit if drug else "") for part in act))


def _part(part: Plain, unit: str) -> str:
    sizes = {"mcg": 1, "mg": 1000, "g": 1_000_000, "mmol": 1000, "U": 1_000_000}
    return f"{part / sizes[unit]:g} {unit}" if unit and isinstance(part, int) else str(part)


def _expert(answer: str, after_ms: int) -> str:
    return answer + (f" (there after {_clock(after_ms)})" if after_ms else "")


def _changes(level: Level, pack: Pack) -> Iterator[tuple[str, str]]:
    for name in ("any", pack.name):
        for table, values in level.overrides.get(name, {}).items():
            rows = values.items() if isinstance(values, dict) else [("", values)]
            yield from ((_plain(table), f"{_plain(str(key))} {value}") for key, value in rows)


class _Sourced(Protocol):
    @property
    def source(self) -> str: ...


def _sources(level: Level) -> list[str]:
    tables: tuple[Iterable[_Sourced], ...] = (
        level.findings, level.questions.values(), level.experts.values(), level.actions, level.mistakes, level.care,
        level.loops, level.injects.values(),
    )  # fmt: skip
    return list(dict.fromkeys([level.source, *(row.source for rows in tables for row in rows)]))


def _meaning_of_sources(level: Level) -> Iterator[tuple[str, str]]:
    """What the comment at the head of the file says of the keys of sources."""
    head = takewhile(lambda line: line.startswith("#"), level.text.splitlines())
    _, said, meaning = " ".join(line.lstrip("# ") for line in head).partition("Keys of sources:")
    if said:
        yield "", meaning.strip()


def _station(station: object) -> str:
    return str(getattr(station, "name", station)).lower()


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"


def _plain(key: str) -> str:
    return key.replace("_", " ")


def word(group: str, key: str) -> str:
    """What players read for a key, or the key itself in plain letters where they never do."""
    found: object = _words()
    for part in (*group.split(".", 1), key):
        found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, str) else _plain(key)


@cache
def _words() -> dict[str, object]:
    return tomllib.loads((words_dir() / "values.toml").read_text("utf-8"))
