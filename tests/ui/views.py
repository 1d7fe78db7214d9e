"""Seat views at fixed states, for tests and pictures of screens."""

from dataclasses import replace

from game.rules.commands import commands_of
from game.rules.views import (
    AirwayView,
    BodyView,
    CartView,
    CheckView,
    ChestView,
    CrewView,
    DefibrillatorView,
    EcgView,
    FindingView,
    FormView,
    LeadView,
    LineView,
    OrderView,
    ReportedView,
    SealView,
    SeatView,
    SlipView,
    SwitchView,
    TaskView,
)
from game.stations import Station

NOW_MS = 402_000
ECG = EcgView("vf", 0, 900, 5500, -1, connected=True, compressing=True)
SINUS = EcgView(
    "sinus", 80, 0, 0, NOW_MS, connected=True, compressing=False, pr_ms=160, form=FormView(qrs_ms=84, qt_ms=364)
)

FINDINGS = {
    Station.CHEST: ("chest_feel", "skin", "belly", "limbs"),
    Station.AIRWAY: ("pupils", "mouth", "breath_sounds"),
    Station.CART: ("ecg_before", "allergies"),
    Station.LEAD: (),
    Station.DEFIBRILLATOR: (),
}


def chest() -> ChestView:
    return ChestView(
        on_chest=True, count=24, breaths_after=30, breaths_given=0, heavy=False, fingers_ms=-1, touch=-1, beat_ms=-1,
        depth_um=54_000, residual_um=1_000, rate_per_min=112, slips=(),
    )  # fmt: skip


def airway() -> AirwayView:
    return AirwayView(
        device="mask", oral=True, flow_l_min=15, co2_connected=True, etco2_mmhg=16, spo2_pct=-1, breaths_per_min=9,
        window=True, breaths_due=1, squeeze_ms=-1, last_breath_ms=NOW_MS - 2_000, last_volume_ml=480,
        nasal=False, spo2_connected=False, ventilator_per_min=0, bag="easy", throat="clear",
        seal=SealView(dot=240, drift_per_s=300, left=False, right=False, at_ms=NOW_MS - 200, pct=97, moving=False),
        tube=None, cooling=False, head_up=False, slips=(),
    )  # fmt: skip


def cart() -> CartView:
    lines = (LineView("iv_left", "open", ""), LineView("io_tibia", "trying", ""))
    gas = SlipView("gas", NOW_MS + 41_000, NOW_MS - 19_000, ())
    return CartView(lines, "epinephrine", 1000, may_give=True, chart_read=False, infusions=(), fluids=(), slips=(gas,))


def defibrillator() -> DefibrillatorView:
    return DefibrillatorView(
        ECG, pads=True, energy_j=200, charge="charged", since_ms=NOW_MS - 12_000, ready_ms=NOW_MS - 12_000,
        dump_ms=NOW_MS + 48_000, chest_off=False, head_off=False, shocks=2,
        vector="al", sync=False, pacing=False, pace_rate_per_min=70, pace_ma=30,
    )  # fmt: skip


def lead() -> LeadView:
    reported = (ReportedView("rhythm", "vf", NOW_MS - 84_000, 3), ReportedView("etco2", "16", NOW_MS - 8_000, 1))
    return LeadView(
        ECG, NOW_MS - 84_000, NOW_MS - 130_000, started=True, reported=reported, causes=(0,) * 12, clues=(0,) * 12,
        experts=(), answers=(),
    )  # fmt: skip


def view(stations: Station, **changes: object) -> SeatView:
    """What a seat with `stations` could be shown; `changes` replace fields of the view."""
    seen = [FindingView("etco2", "16"), FindingView("breaths", "9")] if stations & Station.AIRWAY else []
    seen += (
        [FindingView("in_hand", "epinephrine 1000"), FindingView("line", "iv_left")] if stations & Station.CART else []
    )
    findings = (*seen, *(FindingView(key, "") for held, keys in FINDINGS.items() if held & stations for key in keys))
    whole = SeatView(
        now_ms=NOW_MS,
        crew=tuple(CrewView(held, hands_on=held == 1, link=0) for held in (1, 2, 12, 16)),
        orders=(),
        check=CheckView(-1, "", "", shock_pending=False, hands_off_ms=0, clear_said=False),
        switch=SwitchView(-1, -1, open=False),
        task=None,
        findings=findings,
        offers=(),
        hush_until_ms=-1,
        ready=(0,) * len(commands_of(stations)),
        chest=chest() if stations & Station.CHEST else None,
        airway=airway() if stations & Station.AIRWAY else None,
        cart=cart() if stations & Station.CART else None,
        defibrillator=defibrillator() if stations & Station.DEFIBRILLATOR else None,
        lead=lead() if stations & Station.LEAD else None,
        body=BodyView(pads=True),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # the tests name real fields


def order(
    order_id: int, station: Station, op: str, *args: int | str, state: str = "sent", said: tuple[int | str, ...] = ()
) -> OrderView:
    return OrderView(order_id, int(station), op, args, state, NOW_MS - 3_000, said)


def ring(call: str = "", pulse: str = "", *, shock_pending: bool = False, age_ms: int = 4_200) -> CheckView:
    return CheckView(NOW_MS - age_ms, call, pulse, shock_pending=shock_pending, hands_off_ms=age_ms, clear_said=False)


def pause(off_ms: int) -> CheckView:
    """No check, and hands that have been off the chest for so long."""
    return CheckView(-1, "", "", shock_pending=False, hands_off_ms=off_ms, clear_said=False)


def task(op: str, *args: int | str) -> TaskView:
    return TaskView(op, args, NOW_MS - 2_000, NOW_MS + 6_000)
