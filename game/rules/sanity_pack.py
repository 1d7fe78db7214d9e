"""Can a pack be played by? Its drugs, doses, acts and times, beside the command table, the patient and the limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from game.content import ContentError, Drug, Level, Pack, line_of
from game.content.limits import limits
from game.content.pack import UNITS
from game.log import Plain
from game.rules.commands import CAUSES, COMMANDS, Choice, choices, item_of
from game.sim.events import FLUIDS
from game.sim.formulary import known_drugs, unit_of
from game.stations import Station

Fault = tuple[str, object, str]
"""What is wrong with one table of a file: key, value, expectation."""

NEVER_DONE: Final = frozenset({
    "push", "squeeze", "seal_left", "seal_right", "tube_aim", "tube_pass", "pulse", "stop", "report", "callout",
    "call_to", "assisted", "switch_ask", "switch_yes", "order", "hear", "read_back", "confirm", "correct",
})  # fmt: skip
"""Rows that leave no DONE fact: presses, steps of a longer act, what is said, and the steps of orders."""

Values = tuple[Plain, ...]
Argument = Choice | Callable[[Pack], Values]


def _energies(_: Pack) -> Values:
    """Of any device: a level is played by several packs, and another act of the same row may fit the next one."""
    return tuple(range(20, 361))


def _yes_or_no(_: Pack) -> Values:
    return (0, 1)


DONE_ARGS: Final[dict[str, tuple[Argument, ...]]] = {
    "give": (Choice.DRUG, Choice.DOSE, Choice.WAY),
    "pump": (Choice.INFUSION, Choice.PER_MIN, Choice.SITE),
    "hang": (Choice.FLUID, Choice.VOLUME, Choice.SITE),
    "access": (Choice.SITE,),
    "draw": (Choice.DRUG, Choice.DOSE),
    "flush": (Choice.SITE,),
    "decompress": (Choice.METHOD, Choice.SIDE),
    "ventilator": (Choice.RATE,),
    "oxygen": (Choice.FLOW,),
    "call_expert": (Choice.EXPERT,),
    "ask": (Choice.QUESTION,),
    "call": (Choice.RHYTHM,),
    "cause": (Choice.CAUSE, Choice.CAUSE_STATE),
    "treat": (Choice.TREATMENT,),
    "shock": (_energies, _yes_or_no),
    "pace": (_yes_or_no,),
    "pads": (Choice.VECTOR,),
    "move_pads": (Choice.VECTOR,),
}
"""What follows the op in a DONE fact (game/log.py); acts that are not here stand alone."""

_COUNTED_IN: Final = {"mcg": "g", "mg": "g", "g": "g", "mmol": "mol", "U": "U"}
_RHYTHMS: Final = ("af_j", "flutter_j", "narrow_j", "wide_j")


def pack_problems(pack: Pack, file: str) -> list[ContentError]:
    """Everything wrong with `pack`, in the order of the file; empty when it can be played by."""
    found = [
        *_device_faults(pack),
        *(
            (("drugs", name, key), value, wish)
            for name, drug in pack.drugs.items()
            for key, value, wish in drug_faults(drug, pack)
        ),
        *_fluid_faults(pack),
        *_care_faults(pack),
    ]
    problems = [ContentError(file, line_of(pack.text, path), value, wish) for path, value, wish in found]
    return sorted(problems, key=lambda problem: problem.line)


_Path = tuple[str | int, ...]


def _device_faults(pack: Pack) -> Iterator[tuple[_Path, object, str]]:
    for task in sorted({row.task for row in COMMANDS.values() if row.task} - pack.tasks_ms.keys()):
        yield ("tasks",), "nothing", f"a time for {task!r}"
    device = pack.energies_j
    if list(device) != sorted(set(device)):
        yield ("shock", "energies_j"), list(device), "rising energies"
    for kind in _RHYTHMS:
        if (energy := getattr(pack.cardioversion, kind)) not in device:
            yield ("cardioversion", kind), energy, f"one of the device's: {some(device)}"


def _fluid_faults(pack: Pack) -> Iterator[tuple[_Path, object, str]]:
    for name, fluid in pack.fluids.items():
        if fluid.kind not in FLUIDS:
            yield ("fluids", name, "kind"), fluid.kind, f"one of {some(FLUIDS)}"
        for cause in fluid.causes:
            if cause not in CAUSES:
                yield ("fluids", name, "causes"), cause, f"causes among {some(CAUSES)}"


def _care_faults(pack: Pack) -> Iterator[tuple[_Path, object, str]]:
    for number, care in enumerate(pack.care):
        for value, wish in act_faults(care.does, None, pack):
            yield ("care", number, "does"), value, wish
        for value, wish in station_faults(care.does, care.station):
            yield ("care", number, "station"), value, wish


def drug_faults(drug: Drug, pack: Pack) -> Iterator[Fault]:
    """What is wrong with a drug: its name, units, amounts, and the names it mentions."""
    if drug.name not in known_drugs():
        yield "source", drug.name, "a drug that the patient knows: " + some(known_drugs())
        return
    counted = unit_of(drug.name)
    if drug.doses_ug and _COUNTED_IN[drug.unit] != counted:
        yield "unit", drug.unit, "one of " + some(unit for unit in UNITS if _COUNTED_IN[unit] == counted)
    elif drug.rates_ug_per_min and _COUNTED_IN[drug.rate_unit.split("/")[0]] != counted:
        yield "rate_unit", drug.rate_unit, f"a rate of what {drug.name} is counted in: {counted}"
    else:
        yield from _amount_faults(drug)
    for cause in drug.causes:
        if cause not in CAUSES:
            yield "causes", cause, "causes among " + some(CAUSES)
    for other in drug.clashes:
        if other not in pack.drugs or drug.name not in pack.drugs[other].clashes:
            yield "clashes", other, f"a drug of this pack that names {drug.name} among its clashes too"


def _amount_faults(drug: Drug) -> Iterator[Fault]:
    limit = limits()[drug.name]
    for dose in drug.doses_ug:
        if limit.dose_ug is None or dose > limit.dose_ug:
            shown = f"{dose / UNITS[drug.unit]:g} {drug.unit}"
            yield "doses", shown, f"at most {limit.dose or 'no push at all'}, an adult's limit of {drug.name}"
    for rate in drug.rates_ug_per_min:
        if limit.rate_ug_per_min is None or rate > limit.rate_ug_per_min:
            shown = f"{rate} millionths a minute"
            yield "rates", shown, f"at most {limit.rate or 'no pump at all'}, an adult's limit of {drug.name}"


def act_faults(acts: Iterable[Values], level: Level | None, pack: Pack) -> Iterator[tuple[object, str]]:
    """What is wrong with acts that a DONE fact must begin with: (value, expectation)."""
    for op, *args in acts:
        row = COMMANDS.get(str(op))
        if row is None or row.op in NEVER_DONE:
            yield op, "an act that is done: " + some(sorted(set(COMMANDS) - NEVER_DONE))
            continue
        kinds = DONE_ARGS.get(row.op, ())
        if len(args) > len(kinds):
            yield list(args), f"after {op!r} at most " + (" and ".join(map(_kind, kinds)) or "nothing")
            continue
        item = item_of(tuple(args), pack)
        for arg, kind in zip(args, kinds, strict=False):
            if arg not in (known := _known(kind, level, pack, item)):
                yield arg, _wish(kind, known, pack)
                break


def _known(kind: Argument, level: Level | None, pack: Pack, item: str) -> Values:
    """What an argument may be; without a level only what the pack itself knows."""
    if not isinstance(kind, Choice):
        return kind(pack)
    return choices(kind, level, pack, of=item) if level else _of_pack(kind, pack, item)


def _of_pack(kind: Choice, pack: Pack, item: str) -> Values:
    """The choices of acts that a pack can owe by itself."""
    drug = pack.drugs.get(item)
    table: dict[Choice, Values] = {
        Choice.DRUG: tuple(pack.drugs),
        Choice.DOSE: drug.doses_ug if drug else (),
        Choice.INFUSION: pack.infusions,
        Choice.PER_MIN: drug.rates_ug_per_min if drug else (),
        Choice.FLUID: tuple(pack.fluids),
        Choice.RATE: pack.ventilator_rates_per_min,
        Choice.FLOW: pack.oxygen_flows_l_min,
    }
    return table.get(kind, ())


def station_faults(acts: Iterable[Values], station: Station) -> Iterator[tuple[object, str]]:
    """What is wrong with the station that shall do these acts: (value, expectation)."""
    for op, *_ in acts:
        row = COMMANDS.get(str(op))
        if row and not row.station & station:
            own = [each.name.lower() for each in Station if each & row.station and each.name]
            yield (station.name or "").lower(), f"the station that does {op!r}: {some(own)}"


def _wish(kind: Argument, known: Values, pack: Pack) -> str:
    if kind is _energies:
        return f"joules from {known[0]} to {known[-1]}"
    return f"a {_kind(kind)} of {pack.name}: {some(known) or 'none is there'}"


def _kind(kind: Argument) -> str:
    if isinstance(kind, Choice):
        return str(kind)
    return "number of joules" if kind is _energies else "0 or 1"


def some(words: Iterable[Plain]) -> str:
    """Words and numbers with commas between."""
    return ", ".join(map(str, words))
