"""What each seat can sense: its findings to say, and its whole view (decisions 6).

The one place where the patient's and the team's state become something shown. A part of the view belongs to a station
and is None for a seat that does not hold it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from game.log import Plain
from game.rules import breathing, cart, defibrillator, intubating, signs, slips, switch, trace
from game.rules.commands import TABLE
from game.rules.game import Game
from game.rules.refusals import Refusal
from game.rules.setup import Sight
from game.rules.skills.compression import heavy
from game.rules.state import Order
from game.rules.views import (
    AirwayView,
    BodyView,
    CartView,
    CheckView,
    ChestView,
    CrewView,
    DefibrillatorView,
    ExpertView,
    FindingView,
    FluidView,
    InfusionView,
    LeadView,
    LineView,
    OrderView,
    ReportedView,
    SwitchView,
    TaskView,
)
from game.stations import AIRWAY, CART, CHEST, DEFIBRILLATOR, LEAD, Station

MINUTE_MS: Final = 60_000

AT_A_LINE: Final = frozenset({"access", "give", "flush", "pads", "move_pads", "drain", "scan", "treat"})
ON_THE_PATIENT: Final = AT_A_LINE | {row.op for row in TABLE if row.station & (CHEST | AIRWAY)}
"""Tasks that keep hands on the patient: all of chest and airway, and these of the others."""

FULL_SWING_MMHG: Final = 45
"""Pulse pressure at which the wave of a finger probe is as high as the screen draws it."""

SCREENS: Final = ("etco2", "spo2", "breaths")
"""Numbers that stand on screens and go on changing; a measurement is taken once and stays what it was."""


def sensed(game: Game, seat: int) -> tuple[FindingView, ...]:
    """Everything this seat could say now, the telling first: numbers, what is in hand, signs, findings, values."""
    stations = game.state.seats[seat].stations
    findings = game.level.findings
    of_the_level = [
        signs.spoken(finding.key, finding.value)
        for finding in findings
        if int(finding.station) & stations and (not finding.found_by or finding.key in game.state.shown)
    ]
    telling, normal = signs.known(game, stations)
    before = [*_numbers(game, stations), *_in_hand(game, stations), *telling]
    after = [*slips.telling(game, stations), *normal]
    own_words = {finding.key for finding in findings}
    if own_words:
        before = [view for view in before if view.key not in own_words]
        after = [view for view in after if view.key not in own_words]
    return (*before, *of_the_level, *after)


def _numbers(game: Game, stations: int) -> list[FindingView]:
    """What stands on screens: capnograph, probe and cuff; and the trace's name where the Leader has no monitor."""
    numbers = []
    if stations & AIRWAY:
        found = zip(SCREENS, (_etco2(game), _spo2(game), _breaths_per_min(game)), strict=True)
        numbers += [signs.spoken(key, str(value)) for key, value in found if value >= 0]
    if stations & CHEST:
        numbers += slips.pressure_found(game)
    if stations & DEFIBRILLATOR and game.state.sight == Sight.BLIND and signs.trace_readable(game):
        numbers.append(FindingView("trace", signs.trace_call(game)))
    return numbers


def _in_hand(game: Game, stations: int) -> list[FindingView]:
    if not stations & CART:
        return []
    held = game.state.cart
    hold = [FindingView("in_hand", f"{held.drug} {held.dose_ug}")] if held.drug else []
    lines = [FindingView("line", site) for site, state in held.lines.items() if state == cart.OPEN]
    return hold + lines[:1]


def _etco2(game: Game) -> int:
    """What the capnograph shows, -1 without one or without a breath that came back."""
    etco2 = game.patient.etco2_mmhg if game.state.airway.co2 else None
    return -1 if etco2 is None else etco2


def _spo2(game: Game) -> int:
    """What the probe shows, -1 without one or without a pulse it can find."""
    spo2 = game.patient.spo2_pct if game.state.airway.spo2 else None
    return -1 if spo2 is None else spo2


def _breaths_per_min(game: Game) -> int:
    """Breaths pushed in the last minute, or else the patient's own; -1 while there are none."""
    return len(game.state.airway.breaths) or game.patient.own_breaths_per_min or -1


def orders_for(game: Game, seat: int) -> tuple[OrderView, ...]:
    """The Leader sees every open order; another seat those asked of its stations."""
    stations = game.state.seats[seat].stations
    everything = bool(stations & LEAD)
    return tuple(_order(order) for order in game.state.orders if everything or order.station & stations)


def _order(order: Order) -> OrderView:
    args, said = _words(order.args), _words(order.said)
    return OrderView(order.order_id, order.station, order.op, args, order.state, order.sent_ms, said)


@lru_cache(maxsize=1024)
def _words(args: tuple[Plain, ...]) -> tuple[int | str, ...]:
    return tuple(arg for arg in args if isinstance(arg, int | str))


@lru_cache(maxsize=1024)
def _reported(key: str, said: tuple[str, int, int]) -> ReportedView:
    """A report as it stands on the board, on every tick until somebody says another."""
    return ReportedView(key, *said)


def crew(game: Game) -> tuple[CrewView, ...]:
    """Crew chips: hands on or off, and no more."""
    return tuple(
        CrewView(seat.stations, hands_on(game, number), seat.link) for number, seat in enumerate(game.state.seats)
    )


def hands_on(game: Game, seat: int) -> bool:
    """True while this seat's hands are on the patient."""
    state = game.state
    stations, task = state.seats[seat].stations, state.seats[seat].task
    at_chest = stations & CHEST and state.chest.hands_on
    at_head = stations & AIRWAY and breathing.hands_at_the_head(game)
    return bool(at_chest or at_head or (task is not None and task.op in ON_THE_PATIENT))


def check_view(game: Game) -> CheckView:
    """The ring, the same for all seats."""
    ring, chest, device = game.state.check, game.state.chest, game.state.defibrillator
    clear = device.charge == "charged" and device.clear_ms >= device.since_ms
    off_ms = -1 if chest.hands_on or chest.last_up_ms < 0 else game.now_ms - chest.last_up_ms
    pulse = "felt" if ring.since_ms < 0 and game.state.pulse_said else ring.pulse
    return CheckView(ring.since_ms, ring.call, pulse, ring.shock_pending, clear, off_ms)


def switch_view(game: Game) -> SwitchView:
    """The handshake as both sides see it."""
    asked = game.state.switch
    return SwitchView(asked.asked_ms, asked.partner, switch.may_step_in(game, asked.partner))


def task_view(game: Game, seat: int) -> TaskView | None:
    """What this seat's own hands are busy with."""
    task = game.state.seats[seat].task
    if task is None:
        return None
    return TaskView(task.op, _words(task.args), task.start_ms, task.end_ms)


def body_view(game: Game) -> BodyView:
    """What anybody at the bed sees; who has lost his pulse once does not open his eyes again."""
    state = game.state
    return BodyView(
        pads=state.defibrillator.pads,
        device=state.airway.device,
        eyes_open=game.level.start.awake and state.pulse_lost_ms < 0,
        press_ms=state.chest.last_down_ms,
    )


def _feedback(game: Game) -> tuple[int, int, int]:
    """Depth and rest of the last push (um) and rate (1/min), -1 where the level has no feedback device."""
    chest = game.state.chest
    if not game.level.feedback_device:
        return -1, -1, -1
    return chest.depth_um, chest.residual_um, MINUTE_MS // chest.last_gap_ms if chest.last_gap_ms > 0 else -1


def chest_view(game: Game, seat: int) -> ChestView:
    """What hands and fingers on the chest know."""
    chest = game.state.chest
    depth_um, residual_um, rate_per_min = _feedback(game)
    masked = game.state.airway.device == "mask"
    arms = game.state.seats[seat].arms
    felt = signs.touch(game) if chest.fingers_ms >= 0 else -1
    return ChestView(
        on_chest=chest.hands_on,
        count=chest.count,
        breaths_after=game.pack.compressions_per_set if masked else 0,
        breaths_given=game.state.airway.breaths_in_pause,
        heavy=heavy(arms, game.now_ms, game.skills),
        fingers_ms=chest.fingers_ms,
        touch=felt,
        beat_ms=game.patient.last_beat_ms if felt > 0 else -1,
        depth_um=depth_um,
        residual_um=residual_um,
        rate_per_min=rate_per_min,
        slips=slips.of(game, Station.CHEST),
    )


def airway_view(game: Game) -> AirwayView:
    """The head of the bed."""
    state, patient = game.state.airway, game.patient
    masked = state.device == "mask" and not game.state.pulse_said
    felt = pleth_pct(game)
    depth_um, residual_um, rate_per_min = _feedback(game)
    return AirwayView(
        device=state.device,
        oral=state.oral,
        flow_l_min=state.flow_l_min,
        co2_connected=state.co2,
        etco2_mmhg=_etco2(game),
        spo2_pct=_spo2(game),
        breaths_per_min=max(0, _breaths_per_min(game)),
        window=breathing.window_open(game),
        breaths_due=max(0, breathing.breaths_owed(game) - state.breaths_in_pause) if masked else 1,
        squeeze_ms=state.down_ms,
        last_breath_ms=state.breaths[-1] if state.breaths else -1,
        last_volume_ml=state.last_volume_ml,
        nasal=state.nasal,
        spo2_connected=state.spo2,
        ventilator_per_min=state.ventilator_per_min,
        bag=signs.bag(game),
        throat=signs.throat(game),
        seal=breathing.seal_view(game),
        tube=intubating.view(game),
        cooling=state.cooling,
        head_up=state.head_up,
        slips=slips.of(game, Station.AIRWAY),
        capnogram=signs.capnogram(game),
        own_breaths_per_min=patient.own_breaths_per_min,
        compressing=game.state.chest.hands_on,
        pulse_ms=patient.last_beat_ms if felt else -1,
        next_pulse_ms=patient.next_beat_ms if felt else -1,
        pulse_per_min=patient.heart_rate_per_min if felt else 0,
        pleth_pct=felt,
        depth_um=depth_um,
        residual_um=residual_um,
        rate_per_min=rate_per_min,
    )


def pleth_pct(game: Game) -> int:
    """How high the wave of the probe is, 0 where it finds no pulse: with the pulse pressure, up to a strong one."""
    if _spo2(game) < 0:
        return 0
    swing_mmhg = game.patient.systolic_mmhg - game.patient.diastolic_mmhg
    return max(20, min(100, 100 * swing_mmhg // FULL_SWING_MMHG))


def cart_view(game: Game, seat: int) -> CartView:
    """The cart, the lines and the syringe in hand."""
    held = game.state.cart
    return CartView(
        lines=tuple(
            LineView(site, state, held.unflushed[site][0] if site in held.unflushed else "")
            for site, state in cart.lines(game, seat).items()
        ),
        drug=held.drug,
        dose_ug=held.dose_ug,
        may_give=cart.may_give(game, seat) is Refusal.DONE,
        chart_read=held.chart_read,
        infusions=tuple(InfusionView(drug, rate, site) for drug, (rate, site) in held.infusions.items()),
        fluids=tuple(FluidView(*bag) for bag in held.fluids),
        slips=slips.of(game, Station.CART),
    )


def defibrillator_view(game: Game) -> DefibrillatorView:
    """The device's own panel."""
    device, state = game.state.defibrillator, game.state
    since = device.since_ms
    return DefibrillatorView(
        ecg=trace.ecg_view(game),
        pads=device.pads,
        energy_j=defibrillator.energy_j(game),
        charge=device.charge,
        since_ms=since,
        ready_ms=since + game.pack.charge_ms if device.charge == "charging" else -1,
        dump_ms=since + game.pack.disarm_ms if device.charge == "charged" else -1,
        chest_off=not state.chest.hands_on,
        head_off=not breathing.hands_at_the_head(game),
        shocks=device.shocks,
        vector=device.vector,
        sync=device.sync,
        pacing=device.pacing,
        pace_rate_per_min=device.pace_rate_per_min,
        pace_ma=device.pace_ma,
    )


def lead_view(game: Game) -> LeadView:
    """What the Leader has: the live ECG, clocks, and what people said."""
    lead = game.state.lead
    return LeadView(
        ecg=trace.NEUTRAL if game.state.sight == Sight.BLIND else trace.ecg_view(game),
        cycle_ms=lead.cycle_ms,
        last_epinephrine_ms=lead.last_epinephrine_ms,
        started=lead.started,
        reported=tuple([_reported(key, said) for key, said in lead.reported.items()]),
        causes=tuple(lead.causes),
        clues=tuple(lead.clues),
        experts=tuple(ExpertView(key, *times) for key, times in lead.experts.items()),
        answers=tuple(lead.answers),
    )
