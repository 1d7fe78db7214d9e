"""What guideline and level ask of a team, as far as the score asks: the one place where it meets pack and level."""

from __future__ import annotations

from dataclasses import dataclass

from game.content import Level, Pack, Start
from game.log import Plain
from game.stations import STATION_WORDS

Acts = tuple[tuple[Plain, ...], ...]
"""Acts of which any one will do: op, then the arguments it must begin with."""


@dataclass(frozen=True, slots=True)
class RequiredLoop:
    """An order that must be on record; `args` are the arguments it must begin with."""

    station: int
    op: str
    args: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class KeyAct:
    """An act owed by a limit: of the case (`counts_from` start, pulse_lost or rosc), or of the care after it."""

    key: str
    label: str
    does: Acts
    times: int
    limit_ms: int
    counts_from: str
    treats: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What a patient with a pulse should be kept at: bands that both ends belong to."""

    mean_mmhg: tuple[float, float]
    spo2_pct: tuple[float, float]
    paco2_mmhg: tuple[float, float]
    temperature_degc: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Targets:
    """The figures that measures compare with. Times in milliseconds, depth in millimetres, rates per minute."""

    level: str
    pack: str
    first_rhythm: str
    """The true rhythm at the collapse, which no fact of the log tells; "" if the level does not say."""
    causes: tuple[str, ...]
    """Tiles of the board that are right; () where the case has none."""
    clues: frozenset[str]
    """Findings and questions of the level that bear on a cause."""
    focus: tuple[str, ...]
    """Stations that a drill trains; () for a case."""
    time_limit_ms: int
    cycle_ms: int
    switch_ms: int
    max_pause_ms: int
    rate_per_min: tuple[float, float]
    depth_mm: tuple[float, float]
    full_recoil_mm: float
    compressions_per_set: int
    breaths_per_set: int
    breath_interval_ms: int
    tidal_volume_ml: tuple[float, float]
    epinephrine: tuple[str, ...]
    epinephrine_after_shock: int
    """After which shock the first dose is due; 0 for none."""
    epinephrine_at_once: bool
    """Due as soon as there is a rhythm that no shock ends."""
    epinephrine_interval_ms: tuple[int, int] | None
    antiarrhythmics: tuple[str, ...]
    """Any of them will do; further ones of the group that the guideline ties to no shock do not belong here."""
    antiarrhythmic_after_shock: tuple[int, ...]
    loops: tuple[RequiredLoop, ...]
    actions: tuple[KeyAct, ...]
    care: tuple[KeyAct, ...]
    """Owed after the return of the pulse."""
    in_place: tuple[tuple[Plain, ...], ...]
    """Acts that were done before room time 0."""
    held: Held


def targets_of(pack: Pack, level: Level) -> Targets:
    """The targets of a level played by a pack, which already carries what the level changes of it."""
    pressors = [drug for drug in pack.drugs.values() if drug.group == "epinephrine" and drug.doses_ug]
    by_shock = [drug for drug in pack.drugs.values() if drug.group == "antiarrhythmic" and drug.after_shock]
    first = pressors[0] if pressors else None
    repeat_s = first.repeat_s if first else None
    rosc = pack.rosc
    return Targets(
        level=f"{level.name} r{level.revision}",
        pack=pack.label,
        first_rhythm=str(level.patient.get("rhythm", "")),
        causes=(level.cause, *level.accepts) if level.cause else (),
        clues=frozenset(
            [f"question.{each.key}" for each in level.questions.values() if each.suggests or each.against]
            + [each.key for each in level.findings if each.suggests or each.against]
        ),
        focus=tuple(word for word in level.focus if word in STATION_WORDS) if level.kind == "drill" else (),
        time_limit_ms=level.time_limit_ms,
        cycle_ms=pack.cycle_ms,
        switch_ms=round(pack.switch_s * 1000),
        max_pause_ms=round(pack.max_pause_s * 1000),
        rate_per_min=pack.rate_per_min,
        depth_mm=pack.depth_mm,
        full_recoil_mm=pack.full_recoil_mm,
        compressions_per_set=pack.compressions_per_set,
        breaths_per_set=pack.breaths_per_set,
        breath_interval_ms=round(pack.breath_interval_s * 1000),
        tidal_volume_ml=pack.tidal_volume_ml,
        epinephrine=tuple(drug.name for drug in pressors),
        epinephrine_after_shock=first.after_shock[0] if first and first.after_shock else 0,
        epinephrine_at_once=first is not None and first.at_once,
        epinephrine_interval_ms=(round(repeat_s[0] * 1000), round(repeat_s[1] * 1000)) if repeat_s else None,
        antiarrhythmics=tuple(drug.name for drug in by_shock),
        antiarrhythmic_after_shock=by_shock[0].after_shock if by_shock else (),
        loops=tuple(RequiredLoop(int(loop.station), loop.op, loop.args) for loop in level.loops),
        actions=tuple(
            KeyAct(act.key, act.label, act.does, act.times, act.limit_ms, act.counts_from, act.treats)
            for act in level.actions
        ),
        care=tuple(
            KeyAct(act.key, act.label, act.does, 1, act.limit_ms, "rosc", treats=False)
            for act in {each.key: each for each in (*pack.care, *level.care)}.values()
        ),
        in_place=_in_place(level.start),
        held=Held(
            mean_mmhg=(rosc.map_mmhg, float("inf")),
            spo2_pct=rosc.spo2_pct,
            paco2_mmhg=rosc.paco2_mmhg,
            temperature_degc=rosc.temperature_degc,
        ),
    )


def _in_place(start: Start) -> tuple[tuple[Plain, ...], ...]:
    acts: list[tuple[Plain, ...]] = [("access", site) for site in start.lines]
    acts += [(op,) for op in ("pads", "co2", "spo2") if getattr(start, op)]
    if start.airway != "mask":
        acts.append((start.airway,))
    if start.ventilator_per_min:
        acts.append(("ventilator", start.ventilator_per_min))
    return tuple(acts)
