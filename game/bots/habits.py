"""How bots play, by skill: hands, breaths, attention and lead, read once from params/bots.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from game.bots.data import read

SKILLS: Final = ("expert", "trainee", "distracted")
"""What a bot can be like: trained, just taught, or with its mind elsewhere."""


@dataclass(frozen=True, slots=True)
class Hands:
    """At the chest: rhythm and depth of presses, patience, fingers on a pulse; all in ms."""

    interval_ms: int
    hold_ms: int
    scatter_ms: int
    starts_after_ms: int
    wait_for_first_breath_ms: int
    longest_wait_for_breaths_ms: int
    fingers_ms: int
    """How long fingers feel before they say what they felt."""
    fingers_again_ms: int
    """How often they go back to a pulse that was felt."""


@dataclass(frozen=True, slots=True)
class Breaths:
    """At the bag: how long a squeeze lasts and how breaths follow each other."""

    mask_squeeze_ms: int
    squeeze_ms: int
    scatter_ms: int
    between_ms: int
    every_ms: int
    """With an airway in: a breath this often whether it is due or not; 0 for only when it is."""
    seals: float
    """Share of breaths with both hands on the mask."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How fast a person takes something in, and what slips away."""

    hear_after_ms: int
    think_ms: int
    """Between one act and the next."""
    say_every_ms: int
    again_every_ms: int
    """How often a number that stays is said anew."""
    look_again_ms: int
    """How often eyes and ears go back to the patient unasked."""
    lapse_every_ms: int
    """Mean time between lapses of attention; 0 for none."""
    lapse_ms: int
    forgets: float
    """Share of heard orders that are not done."""
    wrong_dose: float
    """Share of syringes that hold something else than was ordered."""
    aim_ms: int
    """How late the hand is at the laryngoscope."""


@dataclass(frozen=True, slots=True)
class Leading:
    """How a Leader keeps the two-minute loop and looks for the cause."""

    starts_after_ms: int
    look_ms: int
    first_check_ms: int
    charge_before_ms: int
    """How long before a check the charge is ordered; 0 for after the call."""
    warn_before_ms: int
    """How long before a check it is announced; 0 for never."""
    switch_before_ms: int
    """How long before a check a switch is ordered where nobody asked for one; 0 for never."""
    resume_after_ms: int
    order_every_ms: int
    ask_every_ms: int
    search_every_ms: int
    board_every_ms: int
    names_from_clues: int
    names_after_ms: int
    """Before this a cause is named only where it is two clues ahead."""
    names_by_ms: int
    rules_out_after_ms: int
    summary_after_ms: int
    skips: float
    """Share of steps of the plan that are left out."""
    wrong_guess: float
    """Chance that the first cause named is another than the clues say."""
    late_ms: int
    """What each dose that the clock asks for comes too late."""
    thanks_after_ms: int
    """So long after the last word a report is thanked for; 0 for never."""
    checks_read_back: float
    """Share of read-backs that are compared with the order."""


@dataclass(frozen=True, slots=True)
class Habits:
    """A person's ways at every station."""

    hands: Hands
    breaths: Breaths
    attention: Attention
    lead: Leading


@cache
def habits(skill: str) -> Habits:
    """The habits of a skill; KeyError for one that is not among SKILLS."""
    tables = _tables()[skill]
    return Habits(
        hands=Hands(**tables["hands"]),
        breaths=Breaths(**tables["breaths"]),
        attention=Attention(**tables["attention"]),
        lead=Leading(**tables["lead"]),
    )


@cache
def _tables() -> dict[str, Any]:
    data = read("bots")
    for skill in data.values():
        for table in skill.values():
            del table["source"]
    return data
