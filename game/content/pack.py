"""Guideline packs: what a guideline asks for, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from game.content.table import Table, read_toml
from game.log import Plain
from game.stations import Station

UNITS: Final = {"mcg": 1, "mg": 1000, "g": 1_000_000, "mmol": 1000, "U": 1_000_000}
"""Units of doses, and how many millionths of what the body counts (g, mol, U) each is."""

RATE_UNITS: Final = {
    f"{unit}/{time}": (size, minutes) for unit, size in UNITS.items() for time, minutes in (("min", 1), ("h", 60))
}
"""Units of infusions: millionths a unit, and the minutes they are for."""

ROUTES: Final = ("iv", "im", "in", "po", "neb")
"""Ways into the body; `iv` means any line, in a vein or in bone."""

GROUPS: Final = ("epinephrine", "antiarrhythmic", "calcium", "bicarbonate", "other")
"""The Leader's tiles for drugs (decisions 7)."""

RHYTHM_KINDS: Final = ("shockable", "nonshockable", "pulse")
"""The states of a patient in which a drug can be right."""


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug of the pack. Doses are millionths of what the body counts: for grams, micrograms."""

    name: str
    group: str
    unit: str
    doses_ug: tuple[int, ...]
    """Doses on offer, in the order a team gives them."""
    rate_unit: str
    rates_ug_per_min: tuple[int, ...]
    """Rates on offer for an infusion, the usual one first; () for a drug that is only pushed."""
    routes: tuple[str, ...]
    after_shock: tuple[int, ...]
    """After which shock each dose is due in a shockable rhythm; () where no shock decides."""
    at_once: bool
    """In a rhythm that no shock ends the first dose is due as soon as there is a line."""
    repeat_s: tuple[float, float] | None
    """Window between doses, seconds; None for a drug that is not repeated by time."""
    rhythms: tuple[str, ...]
    """RHYTHM_KINDS in which it may be given at all."""
    causes: tuple[str, ...]
    """Causes it treats: given in an arrest without one of them it was not asked for (clinical 2.5, D4)."""
    routine: bool
    """Part of the algorithm itself, whatever the cause."""
    danger_with_pulse_ug: int | None
    """From this dose on a push into a patient whose pulse was said is a critical error; None where it is not."""
    clashes: tuple[str, ...]
    """Drugs that spoil it, and it them, in one line without a flush between."""
    most_ug: int | None
    """Greatest total; None where there is none."""
    draw_ms: int
    """Time to draw it up."""
    source: str


@dataclass(frozen=True, slots=True)
class Infusible:
    """Something that hangs on a pole: crystalloid, blood."""

    name: str
    kind: str
    """What the body knows it as: crystalloid, warm, cold, blood."""
    volumes_ml: tuple[int, ...]
    ml_per_min: int
    causes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Care:
    """An act owed after the pulse is back: a row of the command table and its first arguments, and by when."""

    key: str
    label: str
    does: tuple[tuple[Plain, ...], ...]
    """Acts of which any one does it: op, then the arguments it must begin with."""
    station: Station
    limit_ms: int
    source: str


@dataclass(frozen=True, slots=True)
class Rosc:
    """What a patient with a pulse should be kept at."""

    map_mmhg: float
    spo2_pct: tuple[float, float]
    paco2_mmhg: tuple[float, float]
    temperature_degc: tuple[float, float]
    temperature_h: float
    glucose_mmol_l: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cardioversion:
    """First energy of a synchronised shock by kind of rhythm, joules."""

    af_j: int
    flutter_j: int
    narrow_j: int
    wide_j: int


@dataclass(frozen=True, slots=True)
class Pacing:
    """The transcutaneous pacemaker's controls."""

    rates_per_min: tuple[int, ...]
    step_ma: int
    most_ma: int
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A guideline pack. Its revision stands on every screen and export."""

    name: str
    title: str
    revision: int
    source: str
    cycle_ms: int
    rate_per_min: tuple[float, float]
    depth_mm: tuple[float, float]
    full_recoil_mm: float
    compressions_per_set: int
    breaths_per_set: int
    first_breaths: int
    """Breaths before the first compression; 0 for compressions first."""
    breath_interval_s: float
    tidal_volume_ml: tuple[float, float]
    max_pause_s: float
    switch_s: float
    energies_j: tuple[int, ...]
    """What the device offers, rising."""
    first_shock_j: int
    """The first shock in an arrest; later ones take the next step up."""
    charge_ms: int
    disarm_ms: int
    vector_change_after: int
    """After how many shocks without success the pads are moved; 0 where the guideline does not say."""
    most_shocks: int
    """Shocks to give at all (in the cold); 0 for no limit."""
    cardioversion: Cardioversion
    pacing: Pacing
    drugs: Mapping[str, Drug]
    fluids: Mapping[str, Infusible]
    oxygen_flows_l_min: tuple[int, ...]
    ventilator_rates_per_min: tuple[int, ...]
    rosc: Rosc
    care: tuple[Care, ...]
    tasks_ms: Mapping[str, int]
    text: str

    @property
    def label(self) -> str:
        """What screens and exports show: title and revision."""
        return f"{self.title} r{self.revision}"

    @property
    def first_step(self) -> int:
        """Where the energy stands when the device is switched on: the position of `first_shock_j` in `energies_j`."""
        return self.energies_j.index(self.first_shock_j)

    @property
    def infusions(self) -> tuple[str, ...]:
        """The drugs that can run in by a pump."""
        return tuple(name for name, drug in self.drugs.items() if drug.rates_ug_per_min)


def load_pack(text: str, name: str) -> Pack:
    """A pack from its TOML text; `name` is the file's name for errors. Raises ContentError."""
    return read_pack(read_toml(text, name), text)


def read_pack(root: Table, text: str) -> Pack:
    """A pack from its root table, which may be that of a pack with a level's overrides laid over it."""
    cpr, shock, oxygen, rosc = root.table("cpr"), root.table("shock"), root.table("oxygen"), root.table("rosc")
    cardioversion, pacing, ventilator = root.table("cardioversion"), root.table("pacing"), root.table("ventilator")
    tasks = root.table("tasks")
    energies_j = shock.integers("energies_j", 20, 360)
    pack = Pack(
        name=root.text("name"),
        title=root.text("title"),
        revision=root.integer("revision", 1, 999),
        source=root.text("source"),
        cycle_ms=cpr.milliseconds("cycle_s", 30, 300),
        rate_per_min=cpr.band("rate_per_min", 60, 180),
        depth_mm=cpr.band("depth_mm", 20, 80),
        full_recoil_mm=cpr.number("full_recoil_mm", 0, 20),
        compressions_per_set=cpr.integer("compressions_per_set", 5, 60),
        breaths_per_set=cpr.integer("breaths_per_set", 1, 5),
        first_breaths=cpr.integer("first_breaths", 0, 10, 0),
        breath_interval_s=cpr.number("breath_interval_s", 2, 20),
        tidal_volume_ml=cpr.band("tidal_volume_ml", 100, 1200),
        max_pause_s=cpr.number("max_pause_s", 1, 30),
        switch_s=cpr.number("switch_s", 30, 300),
        energies_j=energies_j,
        first_shock_j=shock.one_of("first_j", energies_j),
        charge_ms=shock.milliseconds("charge_s", 0.5, 20),
        disarm_ms=shock.milliseconds("disarm_s", 5, 120),
        vector_change_after=shock.integer("vector_change_after", 0, 20, 0),
        most_shocks=shock.integer("most_shocks", 0, 99, 0),
        cardioversion=Cardioversion(
            **{key: cardioversion.integer(key, 20, 360) for key in ("af_j", "flutter_j", "narrow_j", "wide_j")}
        ),
        pacing=Pacing(
            rates_per_min=pacing.integers("rates_per_min", 30, 180),
            step_ma=pacing.integer("step_ma", 1, 50),
            most_ma=pacing.integer("most_ma", 20, 300),
            source=pacing.text("source"),
        ),
        drugs={key: _drug(key, table) for key, table in _subtables(root.table("drugs"))},
        fluids={key: _fluid(key, table) for key, table in _subtables(root.table("fluids"))},
        oxygen_flows_l_min=oxygen.integers("flows_l_min", 0, 25),
        ventilator_rates_per_min=ventilator.integers("rates_per_min", 0, 60),
        rosc=Rosc(
            map_mmhg=rosc.number("map_mmhg", 30, 120),
            spo2_pct=rosc.band("spo2_pct", 70, 100),
            paco2_mmhg=rosc.band("paco2_mmhg", 10, 100),
            temperature_degc=rosc.band("temperature_degc", 25, 42),
            temperature_h=rosc.number("temperature_h", 1, 96),
            glucose_mmol_l=rosc.band("glucose_mmol_l", 1, 30),
        ),
        care=tuple(read_care(table) for table in root.tables("care")),
        tasks_ms={key: tasks.milliseconds(key, 0, 300) for key in tasks if key != "source"},
        text=text,
    )
    for table in (cpr, shock, oxygen, ventilator, cardioversion, rosc, tasks):
        table.text("source")
        table.done()
    pacing.done()
    root.done()
    return pack


def read_care(table: Table) -> Care:
    """An act owed after the pulse is back, from a pack or a level."""
    care = Care(
        key=table.text("key"),
        label=table.text("label"),
        does=table.acts("does"),
        station=table.station("station"),
        limit_ms=table.milliseconds("limit_s", 1, 3600),
        source=table.text("source"),
    )
    table.done()
    return care


def _subtables(table: Table) -> list[tuple[str, Table]]:
    return [(key, table.table(key)) for key in table]


def _drug(name: str, table: Table) -> Drug:
    unit = table.word("unit", UNITS, "mg")
    size = UNITS[unit]
    highest = table.number("max_dose", 0, 1_000_000, 0)
    doses = table.numbers("doses", 0.000_001, highest or 1_000_000, [])
    if doses and not highest:
        raise table.error("doses", list(doses), "a max_dose beside doses: the most that is drawn up")
    rate_unit = table.word("rate_unit", RATE_UNITS, "mcg/min")
    rate_size, minutes = RATE_UNITS[rate_unit]
    rates = table.numbers("rates", 0.000_001, 1_000_000, [])
    drug = Drug(
        name=name,
        group=table.word("group", GROUPS, "other"),
        unit=unit,
        doses_ug=tuple(round(dose * size) for dose in doses),
        rate_unit=rate_unit,
        rates_ug_per_min=tuple(round(rate * rate_size / minutes) for rate in rates),
        routes=table.words("routes", ROUTES, ["iv"]),
        after_shock=table.integers("after_shock", 1, 20, []),
        at_once=table.flag("at_once", False),
        repeat_s=table.band("repeat_s", 30, 3600) if "repeat_s" in table else None,
        rhythms=table.words("rhythms", RHYTHM_KINDS, list(RHYTHM_KINDS)),
        causes=table.words("causes", (), []),
        routine=table.flag("routine", False),
        danger_with_pulse_ug=_amount(table, "danger_with_pulse", size),
        clashes=table.words("clashes", (), []),
        most_ug=_amount(table, "most", size),
        draw_ms=table.milliseconds("draw_s", 0, 300),
        source=table.text("source"),
    )
    if not drug.doses_ug and not drug.rates_ug_per_min:
        raise table.error("doses", "nothing", "doses, or rates of an infusion")
    table.done()
    return drug


def _amount(table: Table, key: str, size: int) -> int | None:
    return round(table.number(key, 0, 1_000_000) * size) if key in table else None


def _fluid(name: str, table: Table) -> Infusible:
    fluid = Infusible(
        name=name,
        kind=table.text("kind"),
        volumes_ml=table.integers("volumes_ml", 10, 5000),
        ml_per_min=table.integer("ml_per_min", 1, 2000),
        causes=table.words("causes", (), []),
        source=table.text("source"),
    )
    table.done()
    return fluid
