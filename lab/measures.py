"""Each published quantity, counted from the rows of a cohort: what was asked of people, asked of simulated ones.

A measure of row C2 is the function `c2`; it takes the cohorts and gives an Estimate for each key of that row in
`published.toml`, percentages as percentages. What could not be observed is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from lab.frame import Frame, Mask
from lab.record import SHOCKABLE
from lab.statistics import (
    UNKNOWN,
    Z95,
    Estimate,
    Floats,
    linear,
    mean,
    median,
    odds_ratio,
    paired_difference,
    rate,
    roc_area,
    share,
    share_difference,
    share_of,
    vertex,
)

QUIET: Final = ("pea", "asystole")
PULSE: Final = "rosc"
ENDED: Final = ("asystole", "organised")
"""What a shock left behind when it ended the fibrillation."""

_CONFOUNDERS: Final = ("age", "witnessed", "bystander_cpr", "collapse_to_als_s")
_MINUTE_S: Final = 60.0
_EARLY_S: Final = 540.0
_ONSET_S: Final = 30.0
_FIRST_RHYTHMS: Final = {"pvt": "ihca_vt", "vf": "ihca_vf", "pea": "ihca_pea", "asystole": "ihca_asystole"}
"""The cohort of each first rhythm in hospital."""
_FIRST_SHARES: Final = {"pvt": 7.0, "vf": 17.0, "pea": 37.0, "asystole": 39.0}
"""Percent of arrests in hospital (Meaney 2010)."""


class Cohorts(Protocol):
    """Where rows come from: each spec by its name, run when first asked for."""

    def rows(self, spec: str) -> Frame:
        """One row a patient."""
        ...

    def shocks(self, spec: str) -> Frame:
        """One row a shock."""
        ...

    def spells(self, spec: str) -> Frame:
        """One row for each stay of a patient in one rhythm, or with a pulse."""
        ...


Found = Mapping[str, Estimate]
Measure = Callable[[Cohorts], Found]


def percent(found: Estimate) -> Estimate:
    """A share as a percentage."""
    return found.scaled(100.0)


def confounders(rows: Frame) -> list[Floats]:
    """What registries adjust for."""
    return [rows[name] for name in _CONFOUNDERS]


def between(rows: Frame, outcome: str, exposure: str, more: Mask, less: Mask) -> Estimate:
    """Adjusted odds ratio of two groups, leaving out those that are in neither."""
    flags = np.where(more, 1.0, np.where(less, 0.0, np.nan))
    return odds_ratio(rows[outcome], flags + 0.0 * rows[exposure], confounders(rows))


def c1(data: Cohorts) -> Found:
    """Survival by the share of time with compressions."""
    rows = data.rows("ccf").where(data.rows("ccf").among("first_rhythm", *SHOCKABLE))
    ccf = rows["ccf"]
    lowest = ccf <= 0.205
    return {
        "high": between(rows, "survived_30d", "ccf", (ccf > 0.605) & (ccf <= 0.805), lowest),
        "highest": between(rows, "survived_30d", "ccf", ccf > 0.805, lowest),
        "per_10": odds_ratio(rows["survived_30d"], ccf, confounders(rows), per=0.1),
    }


def c2(data: Cohorts) -> Found:
    """Survival by pauses around shocks."""
    rows = data.rows("pauses")
    before, around = rows["pre_shock_pause_s"], rows["peri_shock_pause_s"]
    survived = rows["survived_30d"]
    return {
        "pre_20": between(rows, "survived_30d", "pre_shock_pause_s", before >= 20, before < 10),
        "peri_40": between(rows, "survived_30d", "peri_shock_pause_s", around >= 40, around < 20),
        "pre_per_5": odds_ratio(survived, before, confounders(rows), per=5.0),
        "peri_per_5": odds_ratio(survived, around, confounders(rows), per=5.0),
    }


def c3(data: Cohorts) -> Found:
    """The first shock by pause and by depth."""
    pauses, depth, shocks = data.rows("pauses"), data.rows("depth"), data.shocks("pauses")
    first = shocks.where(shocks["number"] == 1)
    ended = _of_patients(pauses, first, "first_shock_terminated")
    others = [_of_patients(pauses, first, name) for name in _CONFOUNDERS]
    return {
        "pause_less_5": odds_ratio(ended, first["pre_pause_s"], others, per=-5.0),
        "depth_more_5": odds_ratio(
            depth["first_shock_terminated"], depth["depth_mean_mm"], confounders(depth), per=5.0
        ),
    }


def c4(data: Cohorts) -> Found:
    """Return of circulation over the rate of compressions."""
    rows = data.rows("rate")
    peak, bend = vertex(rows["rosc"], rows["rate_mean"])
    return {
        "peak": peak,
        "bend": bend,
        "survival_per_10": odds_ratio(rows["survived_30d"], rows["rate_mean"], confounders(rows), per=10.0),
    }


def c5(data: Cohorts) -> Found:
    """Survival over depth."""
    rows = data.rows("depth")
    depth = rows["depth_mean_mm"]
    return {
        "over_38": between(rows, "survived_30d", "depth_mean_mm", depth > 38, depth <= 38),
        "per_5": odds_ratio(rows["survived_30d"], depth, confounders(rows), per=5.0),
        "peak": vertex(rows["survived_30d"], depth)[0],
    }


def c6(data: Cohorts) -> Found:
    """Highest coronary perfusion pressure and return of circulation."""
    rows = data.rows("ohca")
    highest, rosc = rows["max_cpp_mmhg"], rows["rosc"]
    return {
        "max_without": mean(highest[rosc == 0]),
        "max_with": mean(highest[rosc == 1]),
        "rosc_over_15": percent(share_of(rosc[highest >= 15])),
        "rosc_under_15": percent(share_of(rosc[highest < 15])),
    }


def c10(data: Cohorts) -> Found:
    """End-tidal carbon dioxide at 20 minutes of a PEA."""
    rows = data.rows("ohca").where(data.rows("ohca").among("first_rhythm", "pea"))
    exhaled, admitted = rows["etco2_20min"], rows["admitted"]
    return {
        "died": mean(exhaled[admitted == 0]),
        "admitted": mean(exhaled[admitted == 1]),
        "area": roc_area(exhaled, admitted),
    }


def c11(data: Cohorts) -> Found:
    """Survival of witnessed VF over three delays: at four places, and the plane through spread ones."""
    rows = data.rows("larsen")
    spread = rows.arm("any")
    delays = [spread[f"collapse_to_{what}_s"] / _MINUTE_S for what in ("cpr", "shock", "als")]
    names = ("start", "cpr", "shock", "als")
    plane = linear(spread["survived_30d"], *delays)
    places = ("1_3_6", "2_5_8", "5_8_12", "8_10_14")
    return {f"at_{place}": percent(share_of(rows.arm(place)["survived_30d"])) for place in places} | {
        name: percent_points(term) for name, term in zip(names, plane, strict=True)
    }


def percent_points(found: Estimate) -> Estimate:
    """A slope of a share as percentage points."""
    return found.scaled(100.0)


def c12(data: Cohorts) -> Found:
    """How long VF lasts untreated, and survival over the delay to the shock."""
    grid, all_rows = data.rows("larsen"), data.rows("ohca")
    delay = grid["collapse_to_shock_s"]
    survived, who = grid["survived_30d"], grid["patient"]
    soon, late = data.rows("holmberg").arm("soon"), data.rows("holmberg").arm("late")
    vf = all_rows.among("first_rhythm", *SHOCKABLE)
    return {
        "still_vf": percent(_still_vf(data.spells("untreated"), 30 * _MINUTE_S)),
        "early": percent(share_of(soon["survived_30d"])),
        "late": percent(share_of(late["survived_30d"][late["collapse_to_shock_s"] > 0])),
        "by_minute": odds_ratio(survived, delay, per=_MINUTE_S, groups=who),
        "vf": percent(share_of(all_rows["survived_30d"][vf])),
        "other": percent(share_of(all_rows["survived_30d"][~vf])),
    }


def _still_vf(spells: Frame, at_s: float) -> Estimate:
    untreated = spells.where(spells.among("arm", "nothing"))
    began = set(_names(untreated.where((untreated["start_s"] <= 1.0) & untreated.among("state", "vf"))))
    now = untreated.where((untreated["start_s"] <= at_s) & (untreated["end_s"] > at_s))
    names = _names(now)
    flags = [float(state == "vf") for name, state in zip(names, now.words("state"), strict=True) if name in began]
    return share_of(flags)


def c13(data: Cohorts) -> Found:
    """Odds of VF and asystole per minute, untreated and with compressions only."""
    spells = data.spells("untreated")
    found: dict[str, Estimate] = {}
    for arm, word in (("nothing", "without"), ("compressions", "with")):
        minutes, states, patients = _looks(spells.where(spells.among("arm", arm)))
        for state, name in (("vf", "vf"), ("asystole", "asystole")):
            found[f"{name}_{word}"] = odds_ratio((states == state).astype(float), minutes, groups=patients)
    return found


def _looks(spells: Frame) -> tuple[Floats, NDArray[np.str_], Floats]:
    """A look at every patient in each of the first fifteen minutes: minute, state, patient."""
    starts, ends, states, patients = spells["start_s"], spells["end_s"], spells.words("state"), spells["patient"]
    minutes = np.arange(1, 16) * _MINUTE_S
    rows, columns = np.nonzero((starts[:, None] <= minutes) & (ends[:, None] > minutes))
    return np.asarray(columns + 1.0, dtype=np.float64), states[rows], patients[rows]


def c14(data: Cohorts) -> Found:
    """What follows the first shock, by its delay."""
    shocks, rows = data.shocks("herlitz"), data.rows("herlitz")
    first = shocks.where(shocks["number"] == 1)
    pulse, at = first["pulse_60s"], first["time_s"]
    early, late = at < 300, at >= 720
    survived = _of_patients(rows, first, "survived_30d")
    flat = first.among("rhythm_60s", "asystole")
    return {
        "pulse_early": percent(share_of(pulse[early])),
        "pulse_late": percent(share_of(pulse[late])),
        "delay": odds_ratio(pulse, np.where(late, 1.0, np.where(early, 0.0, np.nan))),
        "survive_pulse": percent(share_of(survived[pulse == 1])),
        "survive_asystole": percent(share_of(survived[flat])),
        "foretells": percent(share_difference(survived[pulse == 1], survived[flat])),
    }


def _of_patients(rows: Frame, others: Frame, column: str) -> Floats:
    """A column of the patients' rows, for the patient of each row of another table."""
    values = dict(zip(_names(rows), rows[column], strict=True))
    return np.array([values.get(name, np.nan) for name in _names(others)], dtype=np.float64)


def _names(rows: Frame) -> list[tuple[str, int]]:
    return list(zip(rows.words("arm").tolist(), rows["patient"].astype(int).tolist(), strict=True))


def c15(data: Cohorts) -> Found:
    """Amiodarone and lidocaine against placebo in VF that shocks do not end."""
    arms = {name: data.rows("antiarrhythmic").arm(name) for name in ("placebo", "amiodarone", "lidocaine")}
    found: dict[str, Estimate] = {}
    for name, arm in arms.items():
        found[f"survival_{name}"] = percent(share_of(arm["survived_30d"]))
        found[f"rosc_{name}"] = percent(share_of(arm["rosc_sustained"]))
        if name != "placebo":
            found[f"gain_{name}"] = percent_points(difference(arm, arms["placebo"], "survived_30d"))
    return found


def difference(a: Frame, b: Frame, column: str) -> Estimate:
    """The mean of a column in one arm less that in another: by pairs where both hold the same patients."""
    if len(a) == len(b) and (a["patient"] == b["patient"]).all():
        return paired_difference(a[column], b[column])
    return share_difference(a[column], b[column])


def c16(data: Cohorts) -> Found:
    """Epinephrine against placebo."""
    placebo, drug = (data.rows("epinephrine").arm(name) for name in ("placebo", "epinephrine"))
    found: dict[str, Estimate] = {"rosc_gain": percent_points(difference(drug, placebo, "rosc"))}
    for name, arm in (("placebo", placebo), ("epinephrine", drug)):
        for key, column in (("rosc", "rosc"), ("admitted", "admitted"), ("survival", "survived_30d")):
            found[f"{key}_{name}"] = percent(share_of(arm[column]))
        found[f"good_{name}"] = percent(share_of(arm["good_neuro"]))
        alive = arm["survived_30d"].sum()
        found[f"severe_{name}"] = percent(share(float(alive - arm["good_neuro"].sum()), float(alive)))
    both = np.concatenate([drug["survived_30d"], placebo["survived_30d"]])
    treated = np.concatenate([np.ones(len(drug)), np.zeros(len(placebo))])
    return found | {
        "survival_odds": odds_ratio(both, treated, groups=np.concatenate([drug["patient"], placebo["patient"]]))
    }


def c17(data: Cohorts) -> Found:
    """In hospital: survival by first rhythm, and later VF.

    Each rhythm has patients of its own; the odds put them together in the study's shares of first rhythms.
    """
    found = dict[str, Estimate]()
    chances = dict[str, float]()
    for name, spec in _FIRST_RHYTHMS.items():
        rows = data.rows(spec)
        began = rows.among("first_rhythm", name)
        survived = rows["survived_30d"]
        found[f"survival_{name}"] = percent(share_of(survived[began]))
        chances[name] = found[f"survival_{name}"].value / 100.0
        if name in QUIET:
            later = _later_shockable(rows, data.spells(spec))
            found[f"later_{name}"] = percent(share_of(later[began]))
            if name == "pea":
                found["pea_without_later"] = percent(share_of(survived[began & (later == 0)]))
                found["pea_with_later"] = percent(share_of(survived[began & (later == 1)]))
    return found | {"shockable": _odds(_mixed(chances, *SHOCKABLE), _mixed(chances, *QUIET))}


def _mixed(chances: Mapping[str, float], *rhythms: str) -> float:
    """The chance of several first rhythms together."""
    known = [name for name in rhythms if name in chances]
    return sum(_FIRST_SHARES[name] * chances[name] for name in known) / sum(_FIRST_SHARES[name] for name in known)


def _odds(one: float, other: float) -> Estimate:
    """The odds of one chance against another; UNKNOWN where one is not known, or is 0 or 1."""
    if not (0.0 < one < 1.0 and 0.0 < other < 1.0):
        return UNKNOWN
    return Estimate(one / (1.0 - one) / (other / (1.0 - other)))


def _later_shockable(rows: Frame, spells: Frame) -> Floats:
    """1 for each patient who was in VF or VT after the first rhythm."""
    hit = set(_names(spells.where(spells.among("state", *SHOCKABLE) & (spells["start_s"] > 1.0))))
    return np.array([float(name in hit) for name in _names(rows)])


def c20(data: Cohorts) -> Found:
    """The waveform before shocks that gave an organised rhythm and those that did not.

    Success in the study is a rhythm of its own of at least 40 a minute that starts within 60 s: VF that comes back
    later does not undo it.
    """
    shocks = data.shocks("ohca_vf")
    success, amsa = shocks["perfusing_60s"], shocks["amsa"]
    return {
        "success": percent(share_of(success, shocks["patient"])),
        "amsa_success": mean(amsa[success == 1]),
        "amsa_failure": mean(amsa[success == 0]),
        "per_unit": odds_ratio(success, amsa, groups=shocks["patient"]),
    }


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in one state: which one, when (seconds), what came before in this patient and what after ("" for none)."""

    state: str
    start_s: float
    end_s: float
    before: tuple[str, ...]
    next: str


def walk(spells: Frame) -> Iterator[Spell]:
    """All spells, each with the states that came before it in its patient, the latest last."""
    order = np.lexsort((spells["start_s"], spells["patient"], spells.words("arm")))
    sorted_ones = spells.where(order)
    states, nexts = sorted_ones.words("state").tolist(), sorted_ones.words("next").tolist()
    starts, ends, names = sorted_ones["start_s"].tolist(), sorted_ones["end_s"].tolist(), _names(sorted_ones)
    before: list[str] = []
    for n, state in enumerate(states):
        if n and names[n] != names[n - 1]:
            before = []
        yield Spell(state, starts[n], ends[n], tuple(before), nexts[n])
        before.append(state)


def c23(data: Cohorts) -> Found:
    """How often PEA turns into a pulse, by what it came from.

    A pulse of the patient is called true after 10 s of pressure. The study's annotators saw it in hindsight: beats that
    have a pulse within 30 s of their beginning were one from the first, and no PEA that turned into it.
    """
    events = {"primary": 0.0, "secondary": 0.0}
    minutes = {"primary": 0.0, "secondary": 0.0}
    for spell in walk(data.spells("ihca")):
        if spell.state == "pea" and not (spell.next == PULSE and spell.end_s - spell.start_s <= _ONSET_S):
            kind = "secondary" if spell.before and spell.before[-1] in (*SHOCKABLE, PULSE) else "primary"
            minutes[kind] += (spell.end_s - spell.start_s) / _MINUTE_S
            events[kind] += spell.next == PULSE
    found = {kind: rate(events[kind], minutes[kind]) for kind in events}
    return found | {"contrast": over(found["secondary"], found["primary"])}


def over(a: Estimate, b: Estimate) -> Estimate:
    """One rate over another, with the interval of two counts; UNKNOWN where the second is 0."""
    if not (a.known and b.known) or b.value == 0:
        return UNKNOWN
    ratio = a.value / b.value
    widest = float(np.exp(Z95 * np.sqrt(1 / max(a.n, 0.5) + 1 / max(b.n, 0.5))))
    return Estimate(ratio, ratio / widest, ratio * widest, a.n + b.n)


def c24(data: Cohorts) -> Found:
    """How often a pulse is lost again, by the rhythm that the arrest began with."""
    events: dict[str, float] = {}
    minutes: dict[str, float] = {}
    for spell in walk(data.spells("ihca")):
        if spell.state != PULSE:
            continue
        origin = "vf" if _origin(spell.before) in SHOCKABLE else "other"
        length = spell.end_s - spell.start_s
        part = "late" if length > _EARLY_S else "early"
        minutes[f"{origin} early"] = minutes.get(f"{origin} early", 0.0) + min(length, _EARLY_S) / _MINUTE_S
        minutes[f"{origin} late"] = minutes.get(f"{origin} late", 0.0) + max(0.0, length - _EARLY_S) / _MINUTE_S
        to = "vf" if spell.next in SHOCKABLE else "other" if spell.next in QUIET else "none"
        events[f"{origin} {to} {part}"] = events.get(f"{origin} {to} {part}", 0.0) + 1.0

    def per_min(origin: str, to: str, *parts: str) -> Estimate:
        seen = sum(events.get(f"{origin} {to} {part}", 0.0) for part in parts)
        return rate(seen, sum(minutes.get(f"{origin} {part}", 0.0) for part in parts))

    vf, other = per_min("vf", "vf", "early", "late"), per_min("other", "vf", "early", "late")
    return {
        "other_to_other": percent(per_min("other", "other", "early")),
        "other_to_vf": percent(other),
        "vf_to_vf": percent(per_min("vf", "vf", "early")),
        "origin": over(vf, other),
        "other_to_other_late": percent(per_min("other", "other", "late")),
        "vf_to_vf_late": percent(per_min("vf", "vf", "late")),
    }


def _origin(before: tuple[str, ...]) -> str:
    """The rhythm in which the arrest before this pulse began: the first after the pulse before it, if there was one."""
    since = 0
    for n, state in enumerate(before):
        if state == PULSE:
            since = n + 1
    return before[since] if since < len(before) else ""


def c25(data: Cohorts) -> Found:
    """How soon VF comes back after a shock that ended it."""
    shocks, spells = data.shocks("ohca_vf"), data.spells("ohca_vf")
    ended = shocks.among("result", *ENDED)
    returns = _returns(shocks.where(ended), spells)
    back = ~np.isnan(returns)
    within = returns[back] <= _MINUTE_S
    who = shocks["patient"][ended]
    soon = float(within.sum())
    return {
        "ended": percent(share_of(ended.astype(float), shocks["patient"])),
        "back": percent(share_of(back.astype(float), who)),
        "median": median(returns),
        "within_60": percent(share_of(within.astype(float), who[back])),
        "soon": Estimate(soon / (len(within) - soon), n=len(within)) if soon < len(within) else UNKNOWN,
    }


def _returns(shocks: Frame, spells: Frame) -> Floats:
    """Seconds from each shock to the next time its patient fibrillates; NaN for never."""
    again = spells.where(spells.among("state", *SHOCKABLE))
    starts: dict[tuple[str, int], list[float]] = {}
    for name, start in zip(_names(again), again["start_s"].tolist(), strict=True):
        starts.setdefault(name, []).append(start)
    found = []
    for name, at in zip(_names(shocks), shocks["time_s"].tolist(), strict=True):
        after = [start - at for start in starts.get(name, ()) if start > at]
        found.append(min(after) if after else np.nan)
    return np.array(found, dtype=np.float64)


def c26(data: Cohorts) -> Found:
    """Blood gases at 20 minutes, with and without a later return of circulation."""
    rows = data.rows("ohca")
    still = ~(rows["rosc_time_s"] <= rows["collapse_to_als_s"] + 20 * _MINUTE_S)
    found: dict[str, Estimate] = {}
    for word, group in (("rosc", still & (rows["rosc"] == 1)), ("none", still & (rows["rosc"] == 0))):
        for key, column in (("ph", "ph_20min"), ("co2", "paco2_20min"), ("lactate", "lactate_20min")):
            found[f"{key}_{word}"] = mean(rows[column][group]) if column in rows else UNKNOWN
    return found


def c34(data: Cohorts) -> Found:
    """An extraglottic airway against a tube."""
    sga, tube = (data.rows("airway").arm(name) for name in ("sga", "tube"))
    return {
        "success_sga": percent(share_of(sga.among("airway", "sga").astype(float))),
        "success_tube": percent(share_of(tube.among("airway", "tube").astype(float))),
        "good": percent_points(difference(sga, tube, "good_neuro")),
    }


def c36(data: Cohorts) -> Found:
    """The first shock."""
    return {"first": percent(share_of(data.rows("ohca_vf")["first_shock_terminated"]))}


def c37(data: Cohorts) -> Found:
    """Return of circulation over perfusion pressure."""
    rows = data.rows("ohca")
    return {"per_mmhg": odds_ratio(rows["rosc"], rows["max_cpp_mmhg"], confounders(rows))}


def c38(data: Cohorts) -> Found:
    """Good outcome over the share of time with compressions."""
    rows = data.rows("ccf")
    return {"good": odds_ratio(rows["good_neuro"], rows["ccf"], confounders(rows), per=0.1)}


def c39(data: Cohorts) -> Found:
    """Depth over rate."""
    rows = data.rows("rate")
    fast = rows["rate_mean"] > 120
    slope = linear(rows["depth_mean_mm"][fast], rows["rate_mean"][fast])[1]
    return {
        "depth_fast": mean(rows["depth_mean_mm"][rows["rate_mean"] > 145]),
        "per_10": slope.scaled(10.0),
    }


MEASURES: Final[Mapping[str, Measure]] = {
    "C1": c1,
    "C2": c2,
    "C3": c3,
    "C4": c4,
    "C5": c5,
    "C6": c6,
    "C10": c10,
    "C11": c11,
    "C12": c12,
    "C13": c13,
    "C14": c14,
    "C15": c15,
    "C16": c16,
    "C17": c17,
    "C20": c20,
    "C23": c23,
    "C24": c24,
    "C25": c25,
    "C26": c26,
    "C34": c34,
    "C36": c36,
    "C37": c37,
    "C38": c38,
    "C39": c39,
}
