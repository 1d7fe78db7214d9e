"""What a device plays, from its seat's view, the facts told to it and its player's hands; and every sound in words."""

from collections import deque
from dataclasses import replace
from itertools import pairwise

import pytest

from game.log import Fact
from game.net.clock import RoomClock
from game.platform import Cue
from game.rules.views import SwitchView
from game.stations import Station
from game.ui.captions import Scene, spoken
from game.ui.screen import Hands
from game.ui.settings import Settings
from game.ui.sounds import Ear
from game.ui.sounds.moment import AHEAD_MS, Moment
from game.ui.traces import DELAY_MS
from game.ui.words import knows
from game.wire.messages import Ev
from tests.ui import views
from tests.ui.stills import Still
from tests.ui.table import Table
from web.sounds import SOUNDS

NOW_MS = views.NOW_MS
SPOKEN = {
    "charge": (Fact.CHARGE, ("charging", 200)),
    "charged": (Fact.CHARGE, ("charged", 200)),
    "disarm": (Fact.CHARGE, ("dumped", 200)),
    "shock": (Fact.CHARGE, ("delivered", 200)),
    "order": (Fact.ORDER, (1, 8, "charge")),
    "copy": (Fact.HEARD, (1,)),
    "done": (Fact.CLOSED, (1,)),
    "concern": (Fact.CALLOUT, ("concern", 0)),
    "hush": (Fact.HUSH, ()),
}
"""Sounds that need no words of their own: the event has its caption."""
SAME = {"metro5": "metro", "sigh": "bag"}
"""Parts of another sound."""
ALARMS = {
    "alarm_hi": ("hands_off", "pulse_lost"),
    "alarm_med": ("oxygen_low", "disarms_soon"),
    "alarm_lo": ("result", "bag_empty"),
}


class Seat(Still):
    """A seat that hears. Its local clock is room time."""

    def __init__(self, stations: Station, **changes: object) -> None:
        super().__init__(stations, 0, **changes)
        self.clock = RoomClock()
        self.news: deque[Ev] = deque()
        self.ear = Ear()
        self.cues: list[Cue] = []
        self.ends: list[str] = []
        self.said: list[str] = []

    def room_ms(self, now_ms: float) -> int:
        return round(now_ms)

    def local_ms(self, room_ms: float, now_ms: float) -> float:
        return room_ms

    def tell(self, kind: Fact, *args: int | str, seat: int = 3) -> None:
        """Something happens now."""
        self.news.append(Ev(1, 1, NOW_MS, str(kind), seat, args))

    def hear(self, now_ms: float = NOW_MS) -> Moment:
        """One frame."""
        moment = self.ear.listen(self, now_ms)
        self.cues += moment.cues
        self.ends += moment.ends
        self.said += [said.words for said in moment.said]
        return moment

    def names(self) -> list[str]:
        return [cue.name for cue in self.cues]

    def see(self, **changes: object) -> None:
        """The view changes."""
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # the tests name real fields


def at_chest(**choices: object) -> Seat:
    seat = Seat(Station.CHEST)
    seat.settings = Settings().changed(**choices)
    return seat


@pytest.mark.parametrize("name", [*SOUNDS, "hush"])
def test_every_sound_has_a_caption(name: str) -> None:
    still = Still(Station.LEAD, 3)
    if name in ALARMS:
        assert all(knows(f"alarm.{key}") for key in ALARMS[name])
    elif name in SPOKEN:
        kind, args = SPOKEN[name]
        scene = Scene(
            still.level, still.pack, {2: Station.DEFIBRILLATOR}, {1: (8, "give", "epinephrine", 1000, "iv_left")}
        )
        assert spoken(0, kind, 2, args, scene) is not None
    else:
        assert knows(f"sound.{SAME.get(name, name)}")


def test_the_metronome_keeps_one_grid_within_the_guideline_whatever_the_frames() -> None:
    seat = at_chest(metronome=True)
    now_ms, step = float(NOW_MS), 0
    while now_ms < NOW_MS + 20_000:
        heard = seat.hear(now_ms)
        # Every beat is known well before its time, so that a frame that takes longer than this one delays none.
        assert all(cue.at_ms >= now_ms for cue in heard.cues)
        step += 1
        now_ms += (16, 16, 230, 16, 480, 33)[step % 6]
    beats = [cue.at_ms for cue in seat.cues]
    gaps = [later - earlier for earlier, later in pairwise(beats)]
    low, high = seat.pack.rate_per_min
    assert all(low <= 60_000 / gap <= high for gap in gaps)
    assert max(gaps) - min(gaps) < 1e-6
    assert len(beats) >= 19_000 / gaps[0]
    assert all((cue.name == "metro5") == (place % 5 == 0) for place, cue in enumerate(seat.cues))
    assert seat.said.count("Metronome, 110 a minute.") == 1


def test_the_metronome_is_the_chests_own_is_asked_for_and_stops_for_a_check_and_a_pulse() -> None:
    for seat in (at_chest(), Seat(Station.AIRWAY)):
        seat.hear()
        assert not seat.cues
    seat = at_chest(metronome=True)
    seat.hear()
    assert seat.names() == ["metro5"]
    seat.see(check=views.ring())
    seat.hear(NOW_MS + 16)
    assert {"metro", "metro5"} <= set(seat.ends)
    assert "metro" not in seat.names()


def push(seat: Seat, down_ms: int, up_ms: int) -> None:
    before = seat.hands.push_up_ms
    seat.hands = Hands(down_ms, before, -1)
    seat.hear(down_ms)
    seat.hands = Hands(-1, up_ms, -1)
    seat.hear(up_ms)


def test_each_push_thuds_once_and_lower_when_deeper() -> None:
    seat = at_chest()
    push(seat, NOW_MS, NOW_MS + 90)
    push(seat, NOW_MS + 600, NOW_MS + 900)
    seat.hear(NOW_MS + 950)
    assert seat.names() == ["thud", "thud"]
    shallow, deep = seat.cues
    assert 0.7 <= deep.pitch < shallow.pitch <= 1.1
    assert seat.said == ["The chest thuds with each push, lower when deeper."]


def test_leaning_creaks_the_more_the_shorter_the_release() -> None:
    seat = at_chest()
    push(seat, NOW_MS, NOW_MS + 150)
    push(seat, NOW_MS + 550, NOW_MS + 700)
    assert "creak" not in seat.names()
    push(seat, NOW_MS + 820, NOW_MS + 960)
    push(seat, NOW_MS + 1_020, NOW_MS + 1_200)
    creaks = [cue.loudness for cue in seat.cues if cue.name == "creak"]
    assert len(creaks) == 2
    assert 0 < creaks[0] < creaks[1] <= 1
    assert len([words for words in seat.said if "creaks" in words]) == 1


def test_the_bag_hisses_as_long_as_it_is_squeezed() -> None:
    seat = Seat(Station.AIRWAY)
    seat.hands = Hands(-1, -1, NOW_MS)
    seat.hear()
    seat.hear(NOW_MS + 500)
    assert (seat.names(), seat.ends) == (["bag"], [])
    seat.hands = Hands(-1, -1, -1)
    seat.hear(NOW_MS + 900)
    assert (seat.names(), seat.ends) == (["bag", "sigh"], ["bag"])


def with_pulse(spo2_pct: int = 98, *, beat_ms: int = NOW_MS - 500, per_min: int = 75) -> dict[str, object]:
    interval_ms = 60_000 // per_min
    found = replace(
        views.airway(),
        spo2_connected=True,
        spo2_pct=spo2_pct,
        pulse_ms=beat_ms,
        next_pulse_ms=beat_ms + interval_ms,
        pulse_per_min=per_min,
    )
    return {"airway": found}


def test_the_pulse_tone_falls_on_the_beat_that_is_drawn_and_falls_a_semitone_with_2_pct() -> None:
    seat = Seat(Station.AIRWAY, **with_pulse())
    for step in range(200):
        at_ms = NOW_MS + step * 16
        seat.see(**with_pulse(beat_ms=NOW_MS - 500 + max(0, (at_ms - NOW_MS - 100) // 800 * 800)))
        seat.hear(at_ms)
    beats = [cue.at_ms for cue in seat.cues if cue.name == "pulse"]
    assert beats[0] == NOW_MS - 500 + DELAY_MS
    assert {later - earlier for earlier, later in pairwise(beats)} == {800}
    assert 880 * seat.cues[0].pitch == pytest.approx(880 / 2 ** (1 / 12))
    lower = Seat(Station.AIRWAY, **with_pulse(76))
    lower.hear()
    assert 880 * lower.cues[0].pitch == pytest.approx(440)


def test_the_pulse_tone_is_silent_in_arrest_and_that_is_said() -> None:
    seat = Seat(Station.AIRWAY, **with_pulse())
    seat.hear()
    seat.see(airway=views.airway())
    seat.hear(NOW_MS + 16)
    seat.hear(NOW_MS + 32)
    assert seat.ends.count("pulse") == 1
    assert seat.said == ["Pulse tone with each beat, lower with less oxygen.", "The pulse tone has stopped."]


@pytest.mark.parametrize("stations", [Station.CHEST, Station.CART | Station.DEFIBRILLATOR, Station.LEAD])
def test_no_other_seat_hears_what_the_probe_reads(stations: Station) -> None:
    seat = Seat(stations)
    for step in range(200):
        seat.hear(NOW_MS + step * 16)
    assert "pulse" not in seat.names()


def test_a_charge_rises_for_as_long_as_it_takes_then_waits_and_ends_in_one_shock() -> None:
    seat = Seat(Station.CART | Station.DEFIBRILLATOR, defibrillator=None)
    seat.tell(Fact.CHARGE, "charging", 200)
    seat.hear()
    (rise,) = seat.cues
    assert (rise.name, rise.length_ms) == ("charge", seat.pack.charge_ms)
    assert rise.pitch * rise.glide == pytest.approx(3.0)
    seat.tell(Fact.CHARGE, "charged", 200)
    seat.hear(NOW_MS + 5_000)
    seat.tell(Fact.CHARGE, "delivered", 200)
    seat.hear(NOW_MS + 9_000)
    seat.hear(NOW_MS + 9_016)
    assert seat.names() == ["charge", "charged", "shock"]
    assert seat.ends == ["charge", "charged"] * 2


def test_a_charge_that_is_heard_of_late_begins_where_it_should_be() -> None:
    seat = Seat(Station.DEFIBRILLATOR, defibrillator=None)
    seat.tell(Fact.CHARGE, "charging", 200)
    seat.hear(NOW_MS + seat.pack.charge_ms / 2)
    (rise,) = seat.cues
    assert rise.length_ms == seat.pack.charge_ms / 2
    assert rise.pitch == pytest.approx(2.0)


def test_one_loudspeaker_a_team_plays_the_device_and_the_alarms() -> None:
    for team_alarms, heard in ((True, ["charged", "alarm_hi"]), (False, [])):
        seat = at_chest(team_alarms=team_alarms)
        seat.see(check=replace(seat.view.check, hands_off_ms=12_000))
        seat.tell(Fact.CHARGE, "charged", 200)
        seat.hear()
        assert seat.names() == heard
        # What it says is for everybody.
        assert seat.said == ["Hands off the chest for over 10 s."]


def test_an_order_is_heard_by_whom_it_asks_and_its_steps_by_both() -> None:
    order = views.order(4, Station.DEFIBRILLATOR, "charge")
    asked = Seat(Station.CART | Station.DEFIBRILLATOR, orders=(order,), defibrillator=None)
    lead = Seat(Station.LEAD, orders=(order,))
    lead.seat = 3
    other = Seat(Station.AIRWAY)
    for seat in (asked, lead, other):
        seat.tell(Fact.ORDER, 4, int(Station.DEFIBRILLATOR), "charge")
        seat.tell(Fact.CONFIRMED, 4, 1)
        seat.hear()
    assert asked.names() == ["order", "copy"]
    assert lead.names() == ["copy"]
    assert other.names() == []


def test_a_concern_said_again_is_louder() -> None:
    seat = Seat(Station.LEAD)
    seat.tell(Fact.CALLOUT, "concern", 0)
    seat.tell(Fact.CALLOUT, "concern_again", 0)
    seat.hear()
    first, again = seat.cues
    assert first.name == again.name == "concern"
    assert first.loudness < again.loudness


def test_quiet_lasts_three_seconds() -> None:
    seat = Seat(Station.LEAD)
    seat.tell(Fact.HUSH)
    seat.hear()
    assert [(cue.name, cue.length_ms) for cue in seat.cues] == [("hush", 3_000)]


def in_a_check(seat: Seat, until_ms: int) -> None:
    for at_ms in range(NOW_MS, NOW_MS + until_ms, 50):
        seat.hear(at_ms)


def test_a_check_ticks_each_second_lower_at_the_end_and_says_the_half() -> None:
    seat = Seat(Station.LEAD, check=views.ring(age_ms=0))
    in_a_check(seat, 9_900)
    assert [cue.at_ms - NOW_MS for cue in seat.cues] == [second * 1_000 for second in range(1, 11)]
    assert [cue.pitch < 1 for cue in seat.cues] == [False] * 7 + [True] * 3
    assert seat.said == ["5 seconds."]


def test_a_check_that_ends_early_takes_its_ticks_back() -> None:
    seat = Seat(Station.LEAD, check=views.ring(age_ms=0))
    in_a_check(seat, 3_800)
    seat.see(check=replace(seat.view.check, since_ms=-1))
    seat.hear(NOW_MS + 3_850)
    assert "check10" in seat.ends
    assert seat.names() == ["check10"] * 4


def test_the_two_who_trade_places_are_counted_in_on_wood() -> None:
    shake = SwitchView(NOW_MS - 30_000, 1, open=True)
    seat = Seat(Station.CHEST, check=views.ring(age_ms=0), switch=shake)
    other = Seat(Station.LEAD, check=views.ring(age_ms=0), switch=shake)
    other.seat = 3
    for each in (seat, other):
        in_a_check(each, 9_900)
    assert seat.names() == ["check10"] * 5 + ["switch"] * 5
    assert other.names() == ["check10"] * 10


def test_a_lost_pulse_alarms_only_where_a_probe_had_found_one() -> None:
    felt = replace(views.view(Station.AIRWAY).check, pulse="felt")
    gone = {"airway": replace(views.airway(), spo2_connected=True)}
    fresh = Seat(Station.AIRWAY, check=felt, **gone)
    fresh.hear()
    assert fresh.said == []
    seat = Seat(Station.AIRWAY, check=felt, **with_pulse())
    seat.hear()
    seat.see(**gone)
    assert [said.alarm for said in seat.hear(NOW_MS + 100).said] == [False, True]
    assert "alarm_hi" in seat.names()


def test_an_alarm_says_its_reason_once_and_sounds_again_while_it_lasts() -> None:
    seat = Seat(Station.LEAD)
    for second in range(26):
        seat.see(check=replace(seat.view.check, hands_off_ms=10_500 + second * 1_000))
        seat.hear(NOW_MS + second * 1_000)
    assert seat.names() == ["alarm_hi"] * 3
    assert len(seat.said) == 1


def test_alarms_are_said_without_captions_too_other_sounds_are_not() -> None:
    seat = at_chest(captions=False)
    push(seat, NOW_MS, NOW_MS + 150)
    seat.see(check=replace(seat.view.check, hands_off_ms=12_000))
    seat.hear(NOW_MS + 200)
    assert seat.said == ["Hands off the chest for over 10 s."]


def test_nothing_sounds_outside_of_play_and_what_lasts_ends_with_it() -> None:
    seat = at_chest(metronome=True)
    seat.hear()
    seat.phase = "frozen"
    seat.tell(Fact.CHARGE, "charged", 200)
    seat.hear(NOW_MS + 16)
    assert {"metro", "metro5", "charged", "bag"} <= set(seat.ends)
    seat.ends.clear()
    seat.hear(NOW_MS + 32)
    assert (seat.names(), seat.ends) == (["metro5"], [])


def test_a_room_that_rests_is_silent_and_the_metronome_takes_up_its_grid_again() -> None:
    seat = at_chest(metronome=True)
    seat.hear()
    rest = seat.ear.listen(seat, NOW_MS + 16, resting=True)
    assert {"metro", "metro5"} <= set(rest.ends)
    assert not seat.ear.listen(seat, NOW_MS + 500, resting=True).cues
    seat.hear(NOW_MS + 10_000)
    first, later = seat.cues[0].at_ms, seat.cues[-1].at_ms
    interval_ms = 60_000 / 110
    assert (later - first) / interval_ms == pytest.approx(round((later - first) / interval_ms))


def test_a_seated_table_hears_one_shock_and_only_sounds_that_are_rendered() -> None:
    table = Table(seat=0)
    table.platform.keep("metronome", "on")
    while table.platform.time_ms < 22_000:
        table.push(8)
        table.play(3)
    cues = table.platform.sounds
    assert {cue.name for cue in cues} <= {*SOUNDS, "hush"}
    assert {"thud", "metro", "metro5", "charge", "charged", "shock", "order", "check10"} <= {cue.name for cue in cues}
    delivered = [entry for entry in table.log if entry.kind == Fact.CHARGE and entry.args[0] == "delivered"]
    assert len([cue for cue in cues if cue.name == "shock"]) == len(delivered) == 1
    pushes = [entry for entry in table.log if entry.kind == Fact.COMPRESSION and entry.seat == 0]
    assert abs(len([cue for cue in cues if cue.name == "thud"]) - len(pushes)) <= 1


def test_the_pulse_tone_of_a_seated_table_follows_the_patients_heart() -> None:
    table = Table(seat=1, level="S15")
    table.play(12)
    view = table.app.client.view.airway
    assert view is not None
    tones = [cue for cue in table.platform.sounds if cue.name == "pulse"]
    assert len(tones) >= 3
    assert all(cue.at_ms + AHEAD_MS > 0 and cue.pitch <= 1 for cue in tones)
    gaps = [later.at_ms - earlier.at_ms for earlier, later in pairwise(tones)]
    assert gaps == pytest.approx([60_000 / view.pulse_per_min] * len(gaps), abs=25)
