"""Signs of the patient's own body: those sensed all the time, and those that a look, an ear or fingers find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from game.log import Fact
from game.rules.game import Game
from game.rules.setup import Sight
from game.rules.skills.touch import certain_ms, felt
from game.rules.views import FindingView
from game.sim.params.findings import senses
from game.sim.rhythm import TRAITS
from game.stations import DEFIBRILLATOR, STATION_WORDS

FOUND_BY: Final = ("look", "listen", "examine")
"""Timed acts that find signs; what they found is kept as it was then."""

WELLS_UP: Final = ("foam", "blood", "secretions")
"""What comes back into a throat from below, so that a suction holds it off for a while only."""

GURGLES: Final = ("vomit", *WELLS_UP)
"""What in a throat is heard and seen without a look into it."""

CALLS: Final = {"vf": "vf", "asystole": "flat", "p_waves": "flat", "vt": "vt", "torsades": "vt"}
"""How a trace is called that is not organised beats."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: which stations sense it (a mask), its normal word, and the act that finds it ("": sensed always)."""

    name: str
    stations: int
    normal: str
    by: str


@cache
def table() -> tuple[Sign, ...]:
    """Every sign, in the order in which it is said."""
    return tuple(
        Sign(sense.name, sum(int(STATION_WORDS[word]) for word in sense.stations), sense.normal, sense.by)
        for sense in senses().values()
    )


def notice(game: Game) -> None:
    """A glance at the patient, twice a second."""
    if game.now_ms % game.skills.senses.look_every_ms == 0:
        game.state.signs = {finding.name: finding.value for finding in game.patient.findings}


def find(game: Game, seat: int, op: str) -> None:
    """A look, an ear or hands of `seat` have found their signs, as they are now; what was not so before is news."""
    now = {finding.name: finding.value for finding in game.patient.findings}
    seen = game.state.seen
    for sign in table():
        if sign.by == op:
            word = now[sign.name]
            if word != seen.get(sign.name, sign.normal):
                game.emit(Fact.SHOWN, seat, sign.name, word)
            seen[sign.name] = word


def forget(game: Game, *names: str) -> None:
    """What was found is not so any more, since hands have changed it."""
    for name in names:
        game.state.seen.pop(name, None)


@lru_cache(maxsize=4096)
def spoken(key: str, value: str) -> FindingView:
    """A finding as it is said; the same few are said again and again, to every seat on every tick."""
    return FindingView(key, value)


def known(game: Game, stations: int) -> tuple[list[FindingView], list[FindingView]]:
    """The signs `stations` know of: those that are not normal, sensed or found, and those they found normal."""
    now, by_name = game.state.signs, _by_name()
    telling = [
        spoken(sign.name, word)
        for sign in _at_a_glance(stations)
        if (word := now.get(sign.name, sign.normal)) != sign.normal and _sensed(game, sign, stations)
    ]
    normal: list[FindingView] = []
    heard = throat(game)
    found = game.state.seen | {"throat": heard} if heard else game.state.seen
    for name, word in found.items():
        sign = by_name[name]
        if sign.stations & stations:
            (normal if word == sign.normal else telling).append(spoken(name, word))
    return telling, normal


def throat(game: Game) -> str:
    """What gurgles or was seen in the mouth; "" while nothing is known of it. A tube keeps it away from the breath."""
    now, airway = game.state.signs.get("throat", ""), game.state.airway
    held_off = airway.device == "tube" or (now in WELLS_UP and game.now_ms < airway.dry_until_ms)
    return now if now in GURGLES and not held_off else game.state.seen.get("throat", "")


def capnogram(game: Game) -> str:
    """The shape of the waves on the capnograph, "" while there are none to see."""
    sign = _by_name()["capnogram"]
    return game.state.signs.get("capnogram", "") if _sensed(game, sign, sign.stations) else ""


def bag(game: Game) -> str:
    """How the bag felt in the last breath, "" before the first."""
    airway = game.state.airway
    return game.state.signs.get("bag", "") if airway.breaths and not airway.ventilator_per_min else ""


def touch(game: Game) -> int:
    """What fingers on the neck would feel of the heart's own beats, 0 to 100."""
    beating = TRAITS[game.patient.rhythm].organised and not game.state.chest.hands_on
    return felt(game.patient.systolic_mmhg, game.skills) if beating else 0


def fingers_certain(game: Game) -> bool:
    """True once the fingers have lain there long enough to tell."""
    fingers_ms = game.state.chest.fingers_ms
    return fingers_ms >= 0 and game.now_ms - fingers_ms >= certain_ms(touch(game), game.skills)


def trace_readable(game: Game) -> bool:
    """True while the monitor shows the heart: pads on, and nobody shakes the trace."""
    return game.state.defibrillator.pads and not game.state.chest.hands_on


def trace_call(game: Game) -> str:
    """How the trace is called: one of `commands.RHYTHM_CALLS`."""
    pattern = game.patient.pattern
    wide = game.state.signs.get("trace_width") == "wide"
    return CALLS.get(pattern, "organised_wide" if wide else "organised_narrow")


@cache
def _by_name() -> dict[str, Sign]:
    return {sign.name: sign for sign in table()}


@cache
def _at_a_glance(stations: int) -> tuple[Sign, ...]:
    """The signs that `stations` sense without looking for them."""
    return tuple(sign for sign in table() if sign.stations & stations and sign.by not in FOUND_BY)


def _sensed(game: Game, sign: Sign, stations: int) -> bool:
    airway = game.state.airway
    if sign.by == "fingers":
        return fingers_certain(game)
    if sign.name.startswith("trace_"):
        return trace_readable(game) and bool(stations & DEFIBRILLATOR or game.state.sight != Sight.BLIND)
    if sign.name == "capnogram":
        return airway.co2 and (_pushed_lately(game) or game.patient.own_breaths_per_min > 0)
    if sign.name == "chest_rise":
        return _pushed_lately(game) or game.patient.own_breaths_per_min > 0
    if sign.name == "bag":
        return _pushed_lately(game) and not airway.ventilator_per_min
    if sign.name == "chest_wall":
        return game.state.chest.pushes > 0
    return True


def _pushed_lately(game: Game) -> bool:
    breaths = game.state.airway.breaths
    return bool(breaths) and game.now_ms - breaths[-1] <= game.skills.senses.breath_seen_ms
