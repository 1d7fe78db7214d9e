"""Can a level be played by a pack? What the readers of TOML alone cannot see: names, acts, doses and the patient."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Final

from game.content import ContentError, Level, Pack, line_of
from game.content.table import TWIN
from game.rules.commands import CAUSES, COMMANDS, ORDER_ARGS, SITES, choices, item_of, orders_to
from game.rules.injects import EQUIPMENT
from game.rules.sanity_pack import act_faults, drug_faults, pack_problems, some, station_faults
from game.sim import Case
from game.sim.events import CHANGES, TREATMENTS
from game.sim.parameters import CaseError

__all__ = ["authoring_problems", "pack_problems", "problems"]

LABEL_CHARS: Final = 24
VALUE_CHARS: Final = 44
"""What fits a finding's row on the smallest screen."""


def problems(level: Level, pack: Pack, file: str) -> list[ContentError]:
    """Everything that keeps `level` from being played by `pack`, in the order of the file; empty when it can be."""
    parts = (_head, _patient, _findings, _people, _acts, _loops, _injects, _overrides)
    said = _Said(level, file)
    found = [problem for part in parts for problem in part(said, pack)]
    return sorted(found, key=lambda problem: problem.line)


def authoring_problems(level: Level, file: str) -> list[ContentError]:
    """What `level` lacks, though it can be played: a treatment of its cause, words that fit a screen."""
    said = _Said(level, file)
    found: list[ContentError] = []
    if level.kind == "case" and not any(action.treats for action in level.actions):
        found.append(said.wrong(("cause",), level.cause, "an [[action]] with treats = true, which treats it"))
    labels = [("finding", each.key, each.label) for each in level.findings]
    labels += [("question", each.key, each.label) for each in level.questions.values()]
    labels += [("expert", each.key, each.label) for each in level.experts.values()]
    for table, key, label in labels:
        if len(label) > LABEL_CHARS:
            found.append(said.entry(table, key, "label", label, f"at most {LABEL_CHARS} characters"))
    long = [finding for finding in level.findings if len(finding.value) > VALUE_CHARS]
    wish = f"at most {VALUE_CHARS} characters"
    found += [said.entry("finding", finding.key, "value", finding.value, wish) for finding in long]
    return found


class _Said:
    """A level and where in its file each thing stands."""

    def __init__(self, level: Level, file: str) -> None:
        self.level = level
        self._file = file

    def wrong(self, path: tuple[str | int, ...], value: object, expected: str) -> ContentError:
        """A problem at `path`; in form B the line of the twin key, where there is one."""
        if self.level.form == "B":
            twin = (*path[:-1], f"{path[-1]}{TWIN}")
            line = line_of(self.level.text, twin)
            if line != line_of(self.level.text, path[:-1]):
                return ContentError(self._file, line, value, expected)
        return ContentError(self._file, line_of(self.level.text, path), value, expected)

    def entry(self, table: str, key: str, field: str, value: object, expected: str) -> ContentError:
        """A problem of `field` in the table [[table]] whose key is `key`."""
        entries = tomllib.loads(self.level.text).get(table, [])
        number = next((n for n, entry in enumerate(entries) if key in {entry.get("key"), entry.get("key" + TWIN)}), 0)
        return self.wrong((table, number, field), value, f"{field}: {expected}")


def _head(said: _Said, pack: Pack) -> Iterator[ContentError]:
    level, start = said.level, said.level.start
    if level.cause not in CAUSES and not (level.kind == "drill" and not level.cause):
        yield said.wrong(("cause",), level.cause, "one of " + some(CAUSES))
    for cause in level.accepts:
        if cause not in CAUSES:
            yield said.wrong(("accepts",), cause, "causes among " + some(CAUSES))
    for site in start.lines:
        if site not in SITES:
            yield said.wrong(("start", "lines"), site, "one of " + some(SITES))
    if start.oxygen_l_min not in pack.oxygen_flows_l_min:
        yield said.wrong(("start", "oxygen_l_min"), start.oxygen_l_min, f"one of {some(pack.oxygen_flows_l_min)}")
    rates = pack.ventilator_rates_per_min if start.airway != "mask" else (0,)
    if start.ventilator_per_min not in rates:
        path = ("start", "ventilator_per_min")
        yield said.wrong(path, start.ventilator_per_min, f"with airway {start.airway!r} one of {some(rates)}")


def _patient(said: _Said, _: Pack) -> Iterator[ContentError]:
    try:
        Case.of(**said.level.patient)
    except CaseError as error:
        yield said.wrong(("patient", error.name), error.value, f"{error.name}: {error.expected}")


def _findings(said: _Said, pack: Pack) -> Iterator[ContentError]:
    timed = [op for op, row in COMMANDS.items() if row.task in pack.tasks_ms]
    for finding in said.level.findings:
        if finding.found_by and finding.found_by not in timed:
            yield said.entry("finding", finding.key, "found_by", finding.found_by, "a timed act: " + some(timed))
        elif obstacle := _out_of_reach(finding.found_by, said.level):
            yield said.entry("finding", finding.key, "found_by", finding.found_by, obstacle)
        yield from _causes(said, "finding", finding.key, finding.suggests, finding.against)


def _out_of_reach(op: str, level: Level) -> str:
    """Why an act cannot be done from where the level starts, or ""."""
    start = level.start
    needs = {
        "pads": (not start.pads, "an act still to do: the pads are on at the start"),
        "co2": (not start.co2, "an act still to do: the capnograph is on at the start"),
        "spo2": (not start.spo2, "an act still to do: the probe is on at the start"),
        "oral": (start.airway == "mask", "an act that can be done with the airway of the start"),
        "nasal": (start.airway == "mask", "an act that can be done with the airway of the start"),
        "pull_back": (start.airway == "tube", "an act that can be done: there is no tube at the start"),
        "remove_airway": (start.airway != "mask", "an act that can be done: there is no device at the start"),
    }
    can, obstacle = needs.get(op, (True, ""))
    return "" if can else obstacle


def _people(said: _Said, _: Pack) -> Iterator[ContentError]:
    for question in said.level.questions.values():
        yield from _causes(said, "question", question.key, question.suggests, question.against)
    for expert in said.level.experts.values():
        if expert.brings and expert.brings not in TREATMENTS:
            yield said.entry("expert", expert.key, "brings", expert.brings, "nothing, or one of " + some(TREATMENTS))


def _causes(
    said: _Said, table: str, key: str, suggests: tuple[str, ...], against: tuple[str, ...]
) -> Iterator[ContentError]:
    for field, causes in (("suggests", suggests), ("against", against)):
        for cause in causes:
            if cause not in CAUSES:
                yield said.entry(table, key, field, cause, "causes among " + some(CAUSES))
    for cause in set(suggests) & set(against):
        yield said.entry(table, key, "against", cause, "a cause that it does not also suggest")


def _acts(said: _Said, pack: Pack) -> Iterator[ContentError]:
    level = said.level
    for action in level.actions:
        for value, expected in act_faults(action.does, level, pack):
            yield said.entry("action", action.key, "does", value, expected)
    for mistake in level.mistakes:
        for value, expected in act_faults(mistake.does, level, pack):
            yield said.entry("mistake", mistake.key, "does", value, expected)
    for care in level.care:
        for value, expected in act_faults(care.does, level, pack):
            yield said.entry("care", care.key, "does", value, expected)
        for value, expected in station_faults(care.does, care.station):
            yield said.entry("care", care.key, "station", value, expected)


def _loops(said: _Said, pack: Pack) -> Iterator[ContentError]:
    for number, loop in enumerate(said.level.loops):
        kinds = ORDER_ARGS.get(loop.op, ())
        if loop.op not in orders_to(loop.station):
            yield said.wrong(("loop", number, "op"), loop.op, "one of " + some(orders_to(loop.station)))
        elif len(loop.args) > len(kinds):
            wish = " and ".join(kinds) or "no args"
            yield said.wrong(("loop", number, "args"), list(loop.args), f"at most {wish}")
        else:
            item = item_of(loop.args, pack)
            for arg, kind in zip(loop.args, kinds, strict=False):
                if arg not in (known := choices(kind, said.level, pack, of=item)):
                    yield said.wrong(("loop", number, "args"), arg, f"a {kind} of {pack.name}: {some(known)}")


def _injects(said: _Said, _: Pack) -> Iterator[ContentError]:
    for inject in said.level.injects.values():
        if inject.change not in (*CHANGES, *EQUIPMENT):
            yield said.entry("inject", inject.key, "change", inject.change, "one of " + some((*CHANGES, *EQUIPMENT)))


def _overrides(said: _Said, pack: Pack) -> Iterator[ContentError]:
    """What a level lays over a pack must hold the limits as the pack does."""
    for name, changes in said.level.overrides.items():
        drugs = changes.get("drugs")
        for drug in drugs if isinstance(drugs, dict) and name in ("any", pack.name) else ():
            for key, value, expected in drug_faults(pack.drugs[drug], pack):
                yield said.wrong(("override", name, "drugs", drug, key), value, expected)
