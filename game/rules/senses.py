"""What each seat can sense: its findings to say, and its whole view (decisions 6).

The one place where the patient's and the team's state become something shown. A part of the view belongs to a station
and is None for a seat that does not hold it.
"""

from __future__ import annotations

from typing import Final

from game.rules import airway, cart, commands, defibrillator
from game.rules.game import Game
from game.rules.refusals import Refusal
from game.rules.skills.compression import heavy
from game.rules.skills.params import on_curve
from game.rules.state import Order
from game.rules.views import (
    AirwayView,
    CartView,
    CheckView,
    ChestView,
    CrewView,
    DefibrillatorView,
    EcgView,
    FindingView,
    LeadView,
    LineView,
    OrderView,
    ReportedView,
    SwitchView,
    TaskView,
)
from game.sim.rhythm import TRAITS
from game.stations import AIRWAY, CART, CHEST, LEAD

MINUTE_MS: Final = 60_000


def sensed(game: Game, seat: int) -> tuple[FindingView, ...]:
    """Everything this seat could say now, in the order of its dock."""
    stations = game.state.seats[seat].stations
    found = [
        FindingView(finding.key, finding.value)
        for finding in game.level.findings
        if int(finding.station) & stations and (not finding.found_by or finding.key in game.state.shown)
    ]
    numbers = _airway_numbers(game) if stations & AIRWAY else []
    hands = _in_hand(game) if stations & CART else []
    return (*numbers, *hands, *found)


def _airway_numbers(game: Game) -> list[FindingView]:
    numbers = []
    if game.state.airway.co2 and _etco2(game) >= 0:
        numbers.append(FindingView("etco2", str(_etco2(game))))
    if game.patient.spo2_pct is not None:
        numbers.append(FindingView("spo2", str(game.patient.spo2_pct)))
    if game.state.airway.breaths:
        numbers.append(FindingView("breaths", str(_breaths_per_min(game))))
    return numbers


def _in_hand(game: Game) -> list[FindingView]:
    held = game.state.cart
    hold = [FindingView("in_hand", f"{held.drug} {held.dose_ug}")] if held.drug else []
    lines = [FindingView("line", site) for site, state in held.lines.items() if state == cart.OPEN]
    return hold + lines[:1]


def _etco2(game: Game) -> int:
    etco2 = game.patient.etco2_mmhg
    return -1 if etco2 is None else etco2


def _breaths_per_min(game: Game) -> int:
    return len(game.state.airway.breaths)


def orders_for(game: Game, seat: int) -> tuple[OrderView, ...]:
    """The Leader sees every open order; another seat those asked of its stations."""
    stations = game.state.seats[seat].stations
    everything = bool(stations & LEAD)
    return tuple(_order(order) for order in game.state.orders if everything or order.station & stations)


def _order(order: Order) -> OrderView:
    args = tuple(arg for arg in order.args if isinstance(arg, int | str))
    said = tuple(arg for arg in order.said if isinstance(arg, int | str))
    return OrderView(order.order_id, order.station, order.op, args, order.state, order.sent_ms, said)


def crew(game: Game) -> tuple[CrewView, ...]:
    """Crew chips: hands on or off, and no more."""
    return tuple(
        CrewView(seat.stations, hands_on(game, number), seat.link) for number, seat in enumerate(game.state.seats)
    )


def hands_on(game: Game, seat: int) -> bool:
    """True while this seat's hands are on the patient."""
    state = game.state
    stations = state.seats[seat].stations
    if stations & CHEST and state.chest.hands_on:
        return True
    task = state.seats[seat].task
    at_head = stations & AIRWAY and (state.airway.down_ms >= 0 or task is not None)
    at_line = stations & CART and task is not None and task.op in ("access", "give", "flush", "pads")
    return bool(at_head or at_line)


def check_view(game: Game) -> CheckView:
    """The ring, the same for all seats."""
    ring, chest, device = game.state.check, game.state.chest, game.state.defibrillator
    clear = device.charge == "charged" and device.clear_ms >= device.since_ms
    off_ms = -1 if chest.hands_on or chest.last_up_ms < 0 else game.now_ms - chest.last_up_ms
    return CheckView(ring.since_ms, ring.call, ring.pulse, ring.shock_pending, clear, off_ms)


def switch_view(game: Game) -> SwitchView:
    """The handshake as both sides see it."""
    switch = game.state.switch
    return SwitchView(switch.asked_ms, switch.partner, switch.open)


def task_view(game: Game, seat: int) -> TaskView | None:
    """What this seat's own hands are busy with."""
    task = game.state.seats[seat].task
    if task is None:
        return None
    args = tuple(arg for arg in task.args if isinstance(arg, int | str))
    return TaskView(task.op, args, task.start_ms, task.end_ms)


def ecg_view(game: Game) -> EcgView:
    """The trace's parameters, as the patient was `patient_lag_ms` ago."""
    patient = game.patient
    return EcgView(
        rhythm=patient.pattern,
        rate_per_min=patient.heart_rate_per_min,
        amplitude_uv=patient.vf_amplitude_uv,
        frequency_mhz=patient.vf_frequency_mhz,
        beat_ms=patient.last_beat_ms,
        connected=game.state.defibrillator.pads,
        compressing=game.state.chest.hands_on,
    )


def chest_view(game: Game, seat: int) -> ChestView:
    """What hands and fingers on the chest know."""
    chest, device = game.state.chest, game.level.feedback_device
    masked = game.state.airway.device == "mask"
    arms = game.state.seats[seat].arms
    return ChestView(
        on_chest=chest.hands_on,
        count=chest.count,
        breaths_after=game.pack.compressions_per_set if masked else 0,
        breaths_given=game.state.airway.breaths_in_pause,
        heavy=heavy(arms, game.now_ms, game.skills),
        fingers_ms=chest.fingers_ms,
        touch=_touch(game) if chest.fingers_ms >= 0 else -1,
        beat_ms=game.patient.last_beat_ms if chest.fingers_ms >= 0 else -1,
        depth_um=chest.depth_um if device else -1,
        residual_um=chest.residual_um if device else -1,
        rate_per_min=MINUTE_MS // chest.last_gap_ms if device and chest.last_gap_ms > 0 else -1,
    )


def _touch(game: Game) -> int:
    """What the fingers feel of the heart's own beats, 0 to 100."""
    beating = TRAITS[game.patient.rhythm].organised and not game.state.chest.hands_on
    return on_curve(game.skills.touch, game.patient.systolic_mmhg) if beating else 0


def airway_view(game: Game) -> AirwayView:
    """The head of the bed."""
    state = game.state.airway
    spo2 = game.patient.spo2_pct
    return AirwayView(
        device=state.device,
        oral=state.oral,
        flow_l_min=state.flow_l_min,
        co2_connected=state.co2,
        etco2_mmhg=_etco2(game) if state.co2 and state.breaths else -1,
        spo2_pct=-1 if spo2 is None else spo2,
        breaths_per_min=_breaths_per_min(game),
        window=airway.window_open(game),
        breaths_due=max(0, game.pack.breaths_per_set - state.breaths_in_pause) if state.device == "mask" else 1,
        squeeze_ms=state.down_ms,
        last_breath_ms=state.breaths[-1] if state.breaths else -1,
        last_volume_ml=state.last_volume_ml,
    )


def cart_view(game: Game, seat: int) -> CartView:
    """The cart, the lines and the syringe in hand."""
    held, task = game.state.cart, game.state.seats[seat].task
    return CartView(
        lines=tuple(LineView(site, state) for site, state in cart.lines(game, seat).items()),
        drug=held.drug,
        dose_ug=held.dose_ug,
        may_give=cart.may_give(game, seat) is Refusal.DONE,
        chart_read=held.chart_read,
        gas_due_ms=task.end_ms if task is not None and task.op == "gas" else -1,
    )


def defibrillator_view(game: Game) -> DefibrillatorView:
    """The device's own panel."""
    device, state = game.state.defibrillator, game.state
    since = device.since_ms
    return DefibrillatorView(
        ecg=ecg_view(game),
        pads=device.pads,
        energy_j=defibrillator.energy_j(game),
        charge=device.charge,
        since_ms=since,
        ready_ms=since + game.pack.charge_ms if device.charge == "charging" else -1,
        dump_ms=since + game.pack.disarm_ms if device.charge == "charged" else -1,
        chest_off=not state.chest.hands_on,
        head_off=state.airway.down_ms < 0,
        shocks=device.shocks,
    )


def lead_view(game: Game) -> LeadView:
    """What the Leader has: the live ECG, clocks, and what people said."""
    lead = game.state.lead
    return LeadView(
        ecg=ecg_view(game),
        cycle_ms=lead.cycle_ms,
        last_epinephrine_ms=lead.last_epinephrine_ms,
        started=lead.started,
        reported=tuple(ReportedView(key, *said) for key, said in lead.reported.items()),
        causes=tuple(lead.causes),
        clues=tuple(0 for _ in commands.CAUSES),
    )
