"""A client at the moments that the design draws: the same case, team and second as on each sheet."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from game.bots.crew import CrewBot
from game.log import Entry
from game.room.host import Host
from game.room.told import result_text
from game.rules.commands import CAUSES, commands_of
from game.rules.refusals import Refusal
from game.rules.views import (
    BodyView,
    CrewView,
    FindingView,
    FormView,
    InfusionView,
    LeadView,
    LineView,
    OrderView,
    ReportedView,
    SlipView,
    SwitchView,
    TubeView,
)
from game.scoring import score
from game.stations import LinkState, Station
from game.ui import library
from game.ui.screen import Finished, Hands, Jolt, Mode, Sheet, Spoken, Toast
from tests.ui import views
from tests.ui.stills import Still
from tests.ui.views import NOW_MS

CHEST, AIRWAY, CART = Station.CHEST, Station.AIRWAY, Station.CART
MEDS = Station.CART | Station.DEFIBRILLATOR
LEAD = Station.LEAD
SEATS = (CHEST, AIRWAY, MEDS, LEAD)
SEED = 7
FELT = (
    FindingView("chest_feel", "springs back fully"),
    FindingView("skin", "cool, mottled"),
    FindingView("belly", "soft, not swollen"),
    FindingView("limbs", "no swelling"),
)
"""What the compressor's sheet shows, in its own words."""
HEARD = tuple(
    FindingView(*pair)
    for pair in (
        ("etco2", "16"),
        ("chest_rise", "both"),
        ("breath_right", "clear"),
        ("breath_left", "clear"),
        ("stomach_gurgle", "none"),
    )
)
"""What the airway's sheets show."""


def at(seat: int, words: str, speaker: str, said_by: int, **changes: object) -> Still:
    """A seat of the usual four, and what was said last."""
    still = Still(SEATS[seat], seat, **changes)
    still.captions = (Spoken(NOW_MS - 2_000, said_by, speaker, words),)
    return still


def crew(*on: int, away: int = -1, bot: int = -1) -> tuple[CrewView, ...]:
    """The usual four, with hands on at the seats `on`."""
    links = {away: LinkState.AWAY, bot: LinkState.BOT}
    return tuple(
        CrewView(int(held), hands_on=seat in on, link=int(links.get(seat, LinkState.HERE)))
        for seat, held in enumerate(SEATS)
    )


def chest(*, device: bool = True, **changes: object) -> Still:
    """03 and 03b: pushing, asked to switch at the next check, arms heavy."""
    figures = {"depth_um": 53_000, "rate_per_min": 112} if device else {"depth_um": -1, "residual_um": -1}
    figures |= {} if device else {"rate_per_min": -1}
    rows = [row.op for row in commands_of(CHEST)]
    asked = OrderView(7, int(CHEST), "switch_ask", (), "sent", NOW_MS - 3_000, ())
    held = {
        "findings": FELT,
        "ready": tuple(int(Refusal.FINGERS_FIRST) if op == "pulse" else 0 for op in rows),
        "switch": SwitchView(NOW_MS - 14_000, -1, open=False),
        "orders": (asked,),
        "chest": replace(views.chest(), heavy=True, **figures),  # type: ignore[arg-type]  # fields by name
        "crew": crew(0, 1),
    }
    words = "Good rate. Keep going, switch at the next check, about 20 seconds."
    still = at(0, words, "Leader to Compressor", 3, **(held | changes))
    still.level = replace(still.level, feedback_device=device)
    return still


def first_touch() -> Still:
    """The chest before anything is known: nobody has pushed, nothing was felt."""
    fresh = replace(views.chest(), on_chest=False, count=0, depth_um=-1, residual_um=-1, rate_per_min=-1)
    quiet = SwitchView(-1, -1, open=False)
    return chest(device=False, findings=(), orders=(), switch=quiet, chest=fresh, crew=crew())


def fingers() -> Still:
    """Fingers on the neck, not sure yet."""
    felt = replace(views.chest(), on_chest=False, fingers_ms=NOW_MS - 2_600, touch=60, beat_ms=NOW_MS - 600)
    return chest(orders=(), chest=felt, crew=crew(1))


def hand_on_pulse() -> Still:
    """After the pulse is back: no hands on the chest, the cuff was read, a tube is in."""
    read = (("systolic_mmhg", 104), ("diastolic_mmhg", 62), ("mean_mmhg", 76))
    known = replace(views.chest(), on_chest=False, slips=(SlipView("nibp", NOW_MS - 60_000, NOW_MS - 64_000, read),))
    check = replace(views.view(CHEST).check, pulse="felt")
    still = chest(orders=(), chest=known, check=check, body=BodyView(pads=True, device="tube"), crew=crew(1))
    still.level = library.level("S14")
    return still


def awake(seat: int) -> Still:
    """A woman who is awake and looks at you: nobody pushes, nobody bags."""
    seen = BodyView(pads=True, eyes_open=True)
    check = replace(views.view(CHEST).check, pulse="felt")
    own = replace(views.airway(), window=False, breaths_due=0, last_breath_ms=-1, last_volume_ml=0, seal=None, bag="")
    parts: dict[str, object] = {"chest": replace(views.chest(), on_chest=False)} if seat == 0 else {"airway": own}
    still = at(seat, "I feel faint.", "Patient", -1, body=seen, check=check, crew=crew(), findings=(), **parts)
    still.level = library.level("S16B")
    return still


def placing() -> Still:
    """A supraglottic airway goes in while the chest is pushed."""
    return airway(orders=(), task=views.task("sga"), crew=crew(0, 1), airway=replace(views.airway(), window=False))


def airway(**changes: object) -> Still:
    """04: a breath window, the seal good, one of two breaths given."""
    order = OrderView(7, int(AIRWAY), "squeeze", (), "sent", NOW_MS - 2_000, ())
    words = "Twenty-eight, twenty-nine, thirty. Pause, two breaths."
    given = {"findings": HEARD, "orders": (order,), "crew": crew(1), "check": views.pause(2_400)}
    still = at(1, words, "Compressor to Airway", 0, **(given | changes))
    still.hands = Hands(-1, -1, -1, seal_left=True, seal_right=True)
    return still


def coach() -> Still:
    """04b: the tube is in, a breath every six seconds, and Airway coaches."""
    tubed = replace(
        views.airway(),
        device="tube",
        window=False,
        seal=None,
        etco2_mmhg=19,
        breaths_per_min=10,
        spo2_connected=True,
        compressing=True,
        depth_um=53_000,
        residual_um=9_000,
        rate_per_min=122,
    )
    words = "Slower. Let it up between pushes."
    still = at(1, words, "Airway to Compressor", 1, airway=tubed, crew=crew(0, 1), findings=HEARD)
    still.level = replace(still.level, feedback_device=True)
    return still


def blade() -> Still:
    """Looking for the cords."""
    look = TubeView("view", NOW_MS - 1_500, 12_345_678, shaking=True, attempts=1)
    return at(1, "Pause for the tube.", "Airway to Leader", 1, airway=replace(views.airway(), seal=None, tube=look))


def meds(**changes: object) -> Still:
    """05: epinephrine in the hand, charged, nobody clear yet."""
    lines = (LineView("iv_left", "open", ""), LineView("io_tibia", "trying", ""))
    gas = SlipView("gas", NOW_MS + 41_000, NOW_MS - 19_000, ())
    cart = replace(views.cart(), lines=lines, slips=(gas,), chart_read=True)
    order = OrderView(3, int(CART), "give", ("epinephrine", 1000), "heard", NOW_MS - 6_000, ())
    findings = (FindingView("in_hand", "epinephrine 1000"), FindingView("allergies", ""), FindingView("ecg_before", ""))
    given = {"cart": cart, "orders": (order,), "findings": findings, "crew": crew(0, 1)}
    words = "Epinephrine one milligram I V now, then charge before the check."
    return at(2, words, "Leader to Meds", 3, **(given | changes))


def bag_open() -> Still:
    """16b: second 0, pads and lines still in their packets."""
    ecg = replace(views.ECG, rhythm="sinus", rate_per_min=96, connected=False, compressing=False)
    shocker = replace(
        views.defibrillator(), ecg=ecg, pads=False, charge="idle", dump_ms=-1, ready_ms=-1, shocks=0,
        chest_off=True, head_off=True,
    )  # fmt: skip
    empty = replace(views.cart(), lines=(), drug="", dose_ug=0, may_give=False, slips=())
    changes = {
        "cart": empty,
        "defibrillator": shocker,
        "orders": (),
        "findings": (),
        "crew": crew(),
        "body": BodyView(),
    }
    return at(2, "My chest... it is so tight. I feel...", "Patient", -1, **changes)


def fast_heart() -> Still:
    """18: a regular fast rhythm with a pulse, sync on, charged."""
    form = FormView(qrs_ms=164, qt_ms=277)
    ecg = replace(views.SINUS, rhythm="vt", rate_per_min=178, atrial_per_min=90, p_ms=NOW_MS, pr_ms=0, form=form)
    shocker = replace(views.defibrillator(), ecg=ecg, energy_j=100, sync=True, chest_off=True, head_off=True, shocks=0)
    given = replace(views.cart(), drug="midazolam", dose_ug=3_000, chart_read=True, slips=())
    order = OrderView(9, int(Station.DEFIBRILLATOR), "shock", (), "sent", NOW_MS - 4_000, ())
    findings = (FindingView("in_hand", "midazolam 3000"), FindingView("old_ecg", ""), FindingView("chart_drugs", ""))
    clear = replace(views.view(MEDS).check, clear_said=True)
    changes = {
        "cart": given, "defibrillator": shocker, "orders": (order,), "crew": crew(), "findings": findings,
        "check": clear,
    }  # fmt: skip
    still = at(2, "One hundred joules, synchronised. Everybody clear, hands off.", "Meds to all", 2, **changes)
    still.case("S16")
    return still


def slow_heart() -> Still:
    """The pacemaker at work."""
    ecg = replace(
        views.SINUS, rhythm="complete_block", rate_per_min=36, pr_ms=0, atrial_per_min=85, p_ms=NOW_MS, spike_ms=NOW_MS
    )
    shocker = replace(views.defibrillator(), ecg=ecg, charge="idle", pacing=True, pace_rate_per_min=70, pace_ma=60)
    pumps = (InfusionView("norepinephrine", 10, "iv_left"),)
    changes = {"defibrillator": shocker, "cart": replace(views.cart(), infusions=pumps), "crew": crew()}
    return at(2, "Pacing at seventy, sixty milliamperes.", "Meds to Leader", 2, **changes)


def papers(page: int = 0) -> Still:
    """The paper of the cart, large: what is known, and on its other side twelve leads of a closed artery."""
    measured = {
        "rate_per_min": 80, "pr_ms": 160, "qrs_ms": 84, "qt_ms": 364, "qtc_ms": 400, "st_tenth_mm": 25,
        "st_territory": 1, "tall_t_tenth_mm": 0, "u_wave": 0, "osborn_tenth_mm": 0, "r_in_avr_tenth_mm": 0,
        "s1q3t3": 0, "low_voltage": 0, "alternans": 0,
    }  # fmt: skip
    sheet = replace(views.SINUS, beat_ms=NOW_MS - 60_000)
    leads = SlipView("ecg12", NOW_MS - 40_000, NOW_MS - 60_000, tuple(measured.items()), sheet)
    still = meds(cart=replace(views.cart(), chart_read=True, slips=(leads,)))
    still.input.mode = Mode(paper=True, page=page)
    return still


REPORTED = (
    ReportedView("rhythm", "vf", NOW_MS - 84_000, 3),
    ReportedView("pulse", "none", NOW_MS - 84_000, 0),
    ReportedView("etco2", "16", NOW_MS - 8_000, 1),
    ReportedView("breaths", "9", NOW_MS - 8_000, 1),
)


def lead(**changes: object) -> Still:
    """06: six orders open, four values reported, a cause with two clues."""
    causes = [0] * len(CAUSES)
    causes[3], causes[4], causes[5], causes[8], causes[9] = 1, 2, 2, 2, 3
    clues = (0, 1, 1, 2, 0, 0, 0, 0, 0, 1, 0, 0)
    seen = replace(views.lead(), reported=REPORTED, causes=tuple(causes), clues=clues)
    give = ("epinephrine", 1000)
    orders = (
        OrderView(3, int(CART), "give", give, "read_back", NOW_MS - 12_000, ("give", *give)),
        OrderView(4, int(CHEST), "switch_ask", (), "heard", NOW_MS - 22_000, ()),
        OrderView(5, int(AIRWAY), "sga", (), "sent", NOW_MS - 4_000, ()),
        OrderView(6, int(CART), "access", ("iv_left",), "heard", NOW_MS - 4_000, ()),
        OrderView(8, int(AIRWAY), "co2", (), "heard", NOW_MS - 4_000, ()),
    )
    given = {"lead": seen, "orders": orders, "crew": crew(0, 1)}
    words = "Reading back: epinephrine one milligram, I V left arm."
    still = at(3, words, "Meds to Leader", 2, **(given | changes))
    over = (int(Station.DEFIBRILLATOR), "charge", (), "done", NOW_MS - 20_000)
    still.finished = (Finished(1, *over), Finished(2, int(AIRWAY), "suction", (), "lapsed", NOW_MS - 9_000))
    return still


def lead_book() -> Still:
    """All that was asked and said, open over the Leader's picture."""
    still = lead()
    more = (
        ("skin", "cool", 20_000, 0), ("mouth", "vomit", 50_000, 1), ("gas.ph_thousandth", "7050", 30_000, 2),
        ("gas.potassium_tenth_mmol_l", "71", 30_000, 2), ("pupils", "wide", 70_000, 1), ("belly", "soft", 190_000, 0),
    )  # fmt: skip
    said = tuple(ReportedView(key, value, NOW_MS - age, seat) for key, value, age, seat in more)
    assert still.view.lead is not None
    still.view = replace(still.view, lead=replace(still.view.lead, reported=still.view.lead.reported + said))
    still.input.mode = Mode(paper=True)
    return still


def lead_pad() -> Still:
    """06b: the pad of drugs open."""
    still = lead()
    still.input.mode = Mode(pad=4)
    return still


def walk_in() -> Still:
    """16: second 0."""
    ecg = replace(views.ECG, rhythm="sinus", rate_per_min=96, connected=False, compressing=False)
    seen = LeadView(ecg, -1, -1, False, (), (0,) * len(CAUSES), (0,) * len(CAUSES), (), ())
    return at(3, "My chest... it is so tight. I feel...", "Patient", -1, lead=seen, orders=(), crew=crew())


def pulse_back() -> Still:
    """17: the heart beats, and there are targets to hold."""
    values = (
        ("pulse", "felt", 6_000, 0), ("nibp", "92/50 (64)", 41_000, 0), ("spo2", "96", 8_000, 1),
        ("breaths", "16", 8_000, 1), ("etco2", "31", 8_000, 1), ("glucose.glucose_tenth_mmol_l", "81", 82_000, 1),
    )  # fmt: skip
    reported = tuple(ReportedView(key, value, NOW_MS - age, seat) for key, value, age, seat in values)
    ecg = replace(views.SINUS, rate_per_min=104, form=FormView(qrs_ms=88, qt_ms=333, st_uv=250))
    seen = replace(views.lead(), ecg=ecg, reported=reported)
    orders = (
        OrderView(3, int(CART), "pump", ("norepinephrine", 10), "heard", NOW_MS - 12_000, ()),
        OrderView(4, int(CHEST), "ecg12", (), "heard", NOW_MS - 22_000, ()),
    )
    words = "Strong pulse. Pressure ninety-two over fifty."
    check = replace(views.view(LEAD).check, pulse="felt", hands_off_ms=90_000)
    return at(3, words, "Compressor to Leader", 0, lead=seen, orders=orders, crew=crew(0), check=check)


def ring(seat: int, call: str = "", pulse: str = "", *, shock_pending: bool = True, age_ms: int = 4_200) -> Still:
    """07 and 07b: the ten seconds."""
    check = views.ring(call, pulse, shock_pending=shock_pending, age_ms=age_ms)
    quiet = replace(views.ECG, compressing=False)
    changes: dict[str, object] = {"check": check, "crew": crew()}
    if seat == 0:
        fingers = replace(views.chest(), on_chest=False, fingers_ms=NOW_MS - 3_000, touch=400, beat_ms=NOW_MS - 500)
        changes["chest"] = fingers
    if seat == 2:
        changes["defibrillator"] = replace(views.defibrillator(), ecg=quiet)
    if seat == 3:
        said = (ReportedView("etco2", "12", NOW_MS - 2_000, 1), ReportedView("pulse", "none", NOW_MS - 84_000, 0))
        held = ReportedView("in_hand", "epinephrine 1000", NOW_MS - 3_000, 2)
        changes["lead"] = replace(views.lead(), ecg=quiet, reported=(*said, held))
    return at(seat, "Two hundred joules charged. Standing by.", "Meds to Leader", 2, **changes)


def shock(*, pushing: bool = False) -> Still:
    """08 and 08b: the shock, and the first push after it."""
    check = replace(views.view(CHEST).check, hands_off_ms=4_100)
    still = at(
        0, "Shock delivered. Back on the chest.", "Meds to all", 2, check=check, crew=crew(0) if pushing else crew()
    )
    still.jolt = Jolt(NOW_MS - 400, 2, 200, 2, frozenset())
    return still


def wheel() -> Still:
    """15: the call-out wheel over Airway."""
    still = airway(orders=())
    still.input.mode = Mode(wheel=True, cursor=-1)
    return still


def menu(sheet: Sheet | None = None) -> Still:
    """Esc."""
    still = chest()
    still.input.mode = Mode(menu=sheet or Sheet())
    return still


def keys_listed() -> Still:
    """? held."""
    still = lead()
    still.input.mode = Mode(lit_until_ms=NOW_MS + 4_000)
    return still


def frozen() -> Still:
    """Play stands still."""
    still = lead()
    still.phase = "frozen"
    return still


def taken_back() -> Still:
    """The teacher has taken the run back in time."""
    still = lead()
    still.back_to_ms, still.back_until_ms = 150_000, float(NOW_MS + 4_000)
    return still


def quiet_minute() -> Still:
    """After a lost case, a minute in which nothing is asked."""
    still = results("S03", "distracted")
    still.input.mode = Mode(paper=True)
    return still


def cut_off() -> Still:
    """The connection is gone."""
    still = meds()
    still.connected = False
    return still


def waiting(phase: str) -> Still:
    """Between runs."""
    still = chest()
    still.phase = phase
    return still


def told() -> Still:
    """A press that could not work, and a value out of range."""
    still = meds()
    still.toasts = (Toast("Not charged yet", NOW_MS + 9_000, False), Toast("Pads came off", NOW_MS + 9_000, True))
    return still


def watcher() -> Still:
    """Somebody who holds no station."""
    still = Still(Station(0), 4, crew=crew(0, 1))
    words = "Epinephrine one milligram, please, then charge before the check."
    still.captions = (Spoken(NOW_MS - 1_000, 3, "Leader to Meds", words),)
    return still


def joint(*held: Station) -> Still:
    """The first seat of a smaller team."""
    return Still(held[0], 0, crew=tuple(CrewView(int(stations), hands_on=False, link=0) for stations in held))


@cache
def played(level: str, skill: str) -> str:
    """The score of a run that bots have played, as the client hears it."""
    case, pack = library.case(level)
    bots = {seat: CrewBot(seat, case, pack, SEED, skill) for seat in range(4)}
    host = Host(case, pack, SEED, bots)
    for seat in range(4):
        host.link(seat, LinkState.BOT)
    log: list[Entry] = []
    while not host.ended:
        log += host.tick(host.now_ms + 1_000).entries
    return result_text("run", score(log, pack, case, library.weights()))


def results(level: str = "S01", skill: str = "trainee") -> Still:
    """13 and 22: it is over."""
    still = chest()
    still.case(level)
    still.phase, still.result = "debrief", played(level, skill)
    return still
