"""Who can find out what in a level, and whether it takes a team: the facts of each seat and what they point to.

Facts are the level's own findings and questions, the signs of the patient's body soon after the start, and what samples
of him say. A seat *alone* knows, within the first cycle, what it senses and what it is told: not the slips of the
laboratory, which come late, nor the ultrasound and the 12-lead, which take hands of two seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from game.content import ContentError, Level, line_of
from game.content.clues import Clue, clues
from game.rules.commands import CAUSES
from game.sim import Case, Patient
from game.sim.findings import sample
from game.stations import STATION_WORDS, STATIONS_OF, Role, Station

LEAD: Final = 2
"""A seat names the cause alone when its facts put it ahead of every other tile by this many clues."""

SEEDS: Final = (1, 2)
SENSED_AT_MS: Final = 30_000
"""A team comes to what a body shows half a minute after the start."""
READ_BY: Final[dict[str, Station]] = {
    "nibp": Station.CHEST,
    "glucose": Station.AIRWAY,
    "temperature": Station.AIRWAY,
    "ecg12": Station.CART,
    "gas": Station.CART,
    "labs": Station.CART,
    "ultrasound": Station.CART,
}
"""Samples of the patient, and the station that reads each."""

NOT_ALONE: Final = frozenset({"ecg12", "gas", "labs", "ultrasound", "scan"})
"""Samples, and the acts that take them, that come too late or need a second seat."""

NEEDS_BREATHS: Final = frozenset({"capnogram", "chest_rise"})
"""Signs that tell of the team's breaths, and nothing yet at the start."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that a seat can come to know: by what act ("" for sensed all the time), and what it points to."""

    role: Role
    key: str
    value: str
    by: str
    clue: Clue
    alone: bool
    own: bool
    """It stands in the level, not in the body."""


def known(level: Level, seed: int) -> list[Known]:
    """Every fact of the level that one of its four seats can come to know, for one patient."""
    return [*_written(level), *_bodily(level, seed)]


def _written(level: Level) -> Iterator[Known]:
    for finding in level.findings:
        clue = Clue(finding.suggests, finding.against)
        alone = finding.found_by not in NOT_ALONE
        yield Known(_role(finding.station), finding.key, finding.value, finding.found_by, clue, alone, own=True)
    for question in level.questions.values():
        clue = Clue(question.suggests, question.against)
        yield Known(Role.LEADER, question.key, question.answer, "ask", clue, alone=True, own=True)


def _bodily(level: Level, seed: int) -> Iterator[Known]:
    case = Case.of(**level.patient)
    patient = Patient.new(case, seed)
    patient.advance(SENSED_AT_MS)
    told = {finding.key for finding in level.findings}
    seen: set[tuple[Role, str]] = set()
    for sign in patient.findings:
        role = _role(STATION_WORDS[sign.station])
        if sign.name not in told | NEEDS_BREATHS and (role, sign.name) not in seen:
            seen.add((role, sign.name))
            yield Known(role, sign.name, sign.value, "", clues().of(sign.name, sign.value), alone=True, own=False)
    for kind, station in READ_BY.items():
        if kind not in told:
            for name, value in sample(kind, patient.body, case.parameters):
                clue = clues().of(f"{kind}.{name}", str(value))
                key = f"{kind}.{name}"
                yield Known(_role(station), key, str(value), kind, clue, alone=kind not in NOT_ALONE, own=False)


def _role(station: Station) -> Role:
    return next(role for role, stations in STATIONS_OF.items() if stations & station)


def evidence_problems(level: Level, file: str) -> list[ContentError]:
    """Why the level takes no team, or leaves a seat without a part; empty for a good one and for a drill."""
    if not level.cause:
        return []
    right = {level.cause, *level.accepts}
    found: dict[tuple[Role, str], ContentError] = {}
    for seed in SEEDS:
        facts = known(level, seed)
        for role in Role:
            mine = [fact for fact in facts if fact.role == role]
            if wrong := _names_it(level, mine, right, file):
                found.setdefault((role, "alone"), wrong)
            if not any(_moves(fact.clue, right) for fact in mine):
                line = line_of(level.text, ("cause",))
                wish = "a fact of its own that speaks for the cause or against another"
                found.setdefault(
                    (role, "none"), ContentError(file, line, f"the {role.name.lower()} without part", wish)
                )
    return list(found.values())


def _moves(clue: Clue, right: set[str]) -> bool:
    return bool(right & set(clue.suggests) or set(clue.against) - right)


def _names_it(level: Level, mine: list[Known], right: set[str], file: str) -> ContentError | None:
    """Why a seat with these facts needs nobody else, or None."""
    counts: Counter[str] = Counter()
    for fact in mine:
        if fact.alone:
            counts.update(fact.clue.suggests)
            counts.subtract(fact.clue.against)
    best = max(counts[cause] for cause in right)
    other = max(counts[cause] for cause in CAUSES if cause not in right)
    if best - other < LEAD:
        return None
    proofs = [f"{fact.key}={fact.value[:24]}" for fact in mine if fact.alone and right & set(fact.clue.suggests)]
    role = mine[0].role.name.lower()
    value = f"{role} alone names {level.cause} by {best} clues to {max(other, 0)}: {', '.join(proofs)}"
    wish = f"fewer than {LEAD} ahead: move a finding to another seat, or name the other causes it may mean"
    return ContentError(file, line_of(level.text, ("cause",)), value, wish)


def form_problems(first: Level, second: Level, file: str) -> Iterator[ContentError]:
    """How two forms of a level differ that should not, and do not differ that should."""
    if not first.cause:
        return
    line = line_of(first.text, ("name",))
    a, b = (Counter(fact.role for fact in _written(level) if fact.clue) for level in (first, second))
    for role in Role:
        if a[role] != b[role]:
            value = f"{a[role]} clues for the {role.name.lower()} in form {first.form}, {b[role]} in form {second.form}"
            yield ContentError(file, line, value, "as many in both forms")
    texts = [{(fact.key, fact.value) for fact in _written(level)} for level in (first, second)]
    if texts[0] == texts[1] and first.patient == second.patient:
        yield ContentError(
            file, line, "two forms that find the same", 'some other findings in form B (keys that end in "_b")'
        )
