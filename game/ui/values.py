"""What is sensed, measured and ordered, in words and people's units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from game.content import Level, Pack
from game.log import Plain
from game.rules.commands import OTHER_WAYS, SITES
from game.stations import STATION_WORDS
from game.ui.words import dose, first_upper, knows, per_time, say

SCALES: Final[Mapping[str, float]] = {
    "thousandth": 1000,
    "tenth_mmol_l": 10,
    "hundredth_mmol_l": 100,
    "tenth_degc": 10,
    "tenth_mm": 10,
    "mmhg": 1,
    "g_l": 1,
    "pct": 1,
    "per_min": 1,
    "ms": 1,
    "mm": 1,
}
"""Ends of the names of values, the longest first where one ends like another, and how many of it make the unit."""

MG_DL_PER_MMOL_L: Final = 18.0
"""Glucose in the other unit people know it in."""

NAMED: Final[Mapping[str, str]] = {
    "drug": "drug",
    "site": "site",
    "way": "site",
    "fluid": "fluid",
    "method": "method",
    "side": "side",
    "treatment": "treatment",
    "vector": "vector",
}
"""Groups of words that an argument can belong to, and the field of an order's sentence that it fills."""


class Case(Protocol):
    """What words may depend on: the level's own and the pack's units."""

    @property
    def level(self) -> Level: ...
    @property
    def pack(self) -> Pack: ...


def drug_dose(case: Case, drug: str, dose_ug: int) -> str:
    """A dose in the unit the pack prescribes the drug in."""
    return dose(dose_ug, case.pack.drugs[drug].unit if drug in case.pack.drugs else "mg")


def drug_rate(case: Case, drug: str, ug_per_min: int) -> str:
    """The rate of a pump; 0 is off."""
    unit = case.pack.drugs[drug].unit if drug in case.pack.drugs else "mg"
    return per_time(ug_per_min, unit) if ug_per_min else say("unit.off")


def way_words(site: str) -> str:
    """A line, or a way into the body that needs none."""
    return say(f"way.{site}") if site in OTHER_WAYS else say(f"site.{site}") if site in SITES else site


def act_fields(case: Case, op: str, args: tuple[Plain, ...]) -> dict[str, str]:
    """Names for the arguments that a command, a task or a reading carries, told apart by what they are."""
    fields: dict[str, str] = {}
    drug = ""
    for arg in args:
        if isinstance(arg, str):
            group = next((group for group in NAMED if knows(f"{group}.{arg}")), "")
            if group:
                fields[NAMED[group]] = say(f"{group}.{arg}")
                drug = arg if group == "drug" else drug
        elif isinstance(arg, int):
            name, words = _amount(case, op, drug, arg)
            fields[name] = words
    return fields


def _amount(case: Case, op: str, drug: str, amount: int) -> tuple[str, str]:
    """What a whole number among the arguments of `op` is, and its words."""
    match op:
        case "oxygen":
            return "flow", say("unit.flow", flow=amount)
        case "ventilator":
            return "breaths", say("unit.breaths", count=amount) if amount else say("unit.by_hand")
        case "hang":
            return "volume", say("unit.volume", volume=amount)
        case "pump":
            return "rate", drug_rate(case, drug, amount)
        case "hand_over" | "take":
            word = next((word for word, station in STATION_WORDS.items() if station == amount), "")
            return "station", say(f"station.{word}") if word else ""
        case _:
            return "dose", drug_dose(case, drug, amount)


ALL_FIELDS: Final = (*NAMED.values(), "dose", "flow", "breaths", "volume", "rate", "station")


def act_words(case: Case, key: str, op: str, args: tuple[Plain, ...], **more: str) -> str:
    """The sentence `key` about an act, with what its arguments leave open left out."""
    blank = dict.fromkeys(ALL_FIELDS, "")
    words = " ".join(say(key, **(blank | act_fields(case, op, args) | more)).split())
    return first_upper(words.replace(" ,", ",").replace(" .", ".").replace(",.", ".").strip(" ,"))


def command_words(case: Case, op: str, args: tuple[Plain, ...]) -> str:
    """A command as an order says it: "IV or IO in, IV left arm", "Epinephrine 1 mg"."""
    key = f"command.{op}.order"
    return act_words(case, key, op, args) if knows(key) else op


def finding_label(case: Case, key: str) -> str:
    """What a finding is called: the level's label, else the game's."""
    for finding in case.level.findings:
        if finding.key == key:
            return finding.label
    kind, _, name = key.partition(".")
    if kind == "question" and name in case.level.questions:
        return case.level.questions[name].label
    if kind == "expert" and name in case.level.experts:
        return case.level.experts[name].label
    if knows(f"finding.{key}"):
        return say(f"finding.{key}")
    if knows(f"value.{name}"):
        return say(f"value.{name}")
    return first_upper((name or kind).replace("_", " "))


def finding_value(case: Case, key: str, value: str) -> str:
    """What is found, in words and units; the level's own words where `value` is empty."""
    for finding in case.level.findings:
        if finding.key == key and value in ("", finding.value):
            return finding.value
    kind, _, name = key.partition(".")
    if name and knows(f"slip.{kind}") and _is_whole(value):
        return measured(name, int(value))
    if key == "in_hand":
        drug, dose_ug = value.split()
        return f"{say(f'drug.{drug}')} {drug_dose(case, drug, int(dose_ug))}"
    if knows(f"sign.{key}.{value}"):
        return say(f"sign.{key}.{value}")
    if knows(f"finding_unit.{key}"):
        return say(f"finding_unit.{key}", value=value)
    return next(
        (say(f"{group}.{value}") for group in ("rhythm", "site", "pulse_short") if knows(f"{group}.{value}")), value
    )


def _is_whole(value: str) -> bool:
    return value.removeprefix("-").isdigit()


def measured(name: str, value: int) -> str:
    """A measured value with its unit, which the end of its name tells; codes and flags become words."""
    if knows(f"flag.{name}.{value}"):
        return say(f"flag.{name}.{value}")
    for end, scale in SCALES.items():
        if name.endswith(end):
            words = say(f"value_unit.{end}", value=value / scale)
            if name == "glucose_tenth_mmol_l":
                return say("unit.both", one=words, other=f"{value / scale * MG_DL_PER_MMOL_L:.0f} mg/dL")
            return words
    return say("flag.yes" if value else "flag.no")


WITH_PULSE: Final = "_with_pulse"
"""What ends the code of a drug that was pushed with a pulse."""


def safety_words(case: Case, code: str, why: str) -> str:
    """What a safety event was: `why` is the drug, or the key of the level's own mistake."""
    mistake = next((mistake.label for mistake in case.level.mistakes if mistake.key == why), "")
    drug = code.removesuffix(WITH_PULSE)
    if knows(f"drug.{drug}"):
        return first_upper(say("safety.with_pulse", what=say(f"drug.{drug}")))
    what = say(f"drug.{why}") if knows(f"drug.{why}") else mistake or why
    return first_upper(say(f"safety.{code}", what=what)) if knows(f"safety.{code}") else code.replace("_", " ")
