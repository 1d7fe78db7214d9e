"""Sounds on a grid, handed over ahead of their time: the metronome, the pulse tone, the seconds of a rhythm check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.stations import Station
from game.ui.sounds.moment import AHEAD_MS
from game.ui.traces import DELAY_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from game.rules.views import AirwayView
    from game.ui.sounds.moment import Moment

MINUTE_MS: Final = 60_000
SECOND_MS: Final = 1_000
NEVER_MS: Final = -MINUTE_MS

ACCENT_EVERY: Final = 5

PCT_A_SEMITONE: Final = 2
"""The pulse tone is at its highest at 100 % and falls a semitone with each 2 % (design system 11)."""
SEMITONES: Final = 12
OWN_BEAT: Final = 0.5
"""A beat that comes sooner than this share of an interval after the last tone is the same one, better known by now."""

LAST_SECONDS: Final = 3
LOW: Final = 0.75
"""How far the last seconds of a check sink in pitch."""
COUNT_DOWN: Final = 5
"""The seconds before the end of a check that a switch is counted in: 5, 4, 3, 2, 1."""


class Metronome:
    """A beat at the middle of the guideline's rate for whoever pushes, if they want one. Its grid never moves."""

    def __init__(self) -> None:
        self._start_ms: float | None = None
        self._beat = 0
        self._told = False

    def listen(self, moment: Moment) -> None:
        """Hands over the beats of the next moment; a check or a pulse ends them, and the next beat is a first one."""
        wanted = (
            moment.client.settings.metronome and moment.holds(Station.CHEST) and not moment.ring and not moment.pulse
        )
        if not wanted:
            if self._start_ms is not None:
                moment.end("metro", "metro5")
            self._start_ms = None
            return
        if self._start_ms is None:
            # Half the way ahead: the frames in which a run begins are slow ones.
            self._start_ms, self._beat = moment.now_ms + AHEAD_MS / 2, 0
        pace = sum(moment.client.pack.rate_per_min) / 2
        interval_ms = MINUTE_MS / pace / moment.client.clock.rate
        while (at_ms := self._start_ms + self._beat * interval_ms) < moment.now_ms + AHEAD_MS:
            # After a long sleep the beats that were missed stay missed: late ones would be no beat.
            if at_ms >= moment.now_ms:
                moment.play("metro" if self._beat % ACCENT_EVERY else "metro5", at_ms)
            self._beat += 1
        if not self._told:
            self._told = True
            moment.caption("sound.metro", rate=round(pace))


def beats_of(airway: AirwayView) -> Iterator[int]:
    """Room times of the beats that the probe finds, from the latest on; none without a probe or a pulse."""
    if airway.spo2_pct < 0 or airway.pulse_ms < 0 or airway.pulse_per_min <= 0:
        return
    yield airway.pulse_ms
    later_ms = float(airway.next_pulse_ms)
    if later_ms <= airway.pulse_ms:
        later_ms = airway.pulse_ms + MINUTE_MS / airway.pulse_per_min
    while True:
        yield round(later_ms)
        later_ms += MINUTE_MS / airway.pulse_per_min


class PulseTone:
    """A tone with each beat that the oxygen probe finds, the lower the less oxygen, as its R wave is drawn.

    Only the probe's own seat hears it: pitch tells what the probe reads. In arrest it is silent, which tells, too.
    """

    def __init__(self) -> None:
        self._heard = False
        self._last_ms = NEVER_MS

    def listen(self, moment: Moment) -> None:
        """Hands over the next beats."""
        airway = moment.view.airway
        if airway is None or next(beats_of(airway), None) is None:
            if self._heard:
                moment.end("pulse")
                moment.caption("sound.pulse_stops")
            self._heard, self._last_ms = False, NEVER_MS
            return
        if not self._heard:
            self._heard = True
            moment.caption("sound.pulse")
        own_ms = OWN_BEAT * MINUTE_MS / airway.pulse_per_min
        for beat_ms in beats_of(airway):
            # Traces are drawn this much behind the room: the tone falls on the beat that is seen.
            at_ms = moment.local_ms(beat_ms + DELAY_MS)
            if at_ms >= moment.now_ms + AHEAD_MS:
                break
            if at_ms >= moment.now_ms and beat_ms - self._last_ms >= own_ms:
                self._last_ms = beat_ms
                moment.play("pulse", at_ms, pitch=2 ** ((airway.spo2_pct - 100) / PCT_A_SEMITONE / SEMITONES))


class Ring:
    """A tick for each second of a rhythm check, lower for the last three; a switch is counted down on wood instead."""

    def __init__(self) -> None:
        self._since_ms = -1
        self._second = 0
        self._half_told = False

    def listen(self, moment: Moment) -> None:
        """Hands over the next seconds; nothing is left of them when the check ends early."""
        since_ms = moment.view.check.since_ms
        if since_ms != self._since_ms:
            if self._since_ms >= 0:
                moment.end("check10", "switch")
            self._since_ms, self._second, self._half_told = since_ms, 0, False
        if since_ms < 0:
            return
        seconds = round(moment.client.pack.max_pause_s)
        while self._second < seconds:
            at_ms = moment.local_ms(since_ms + (self._second + 1) * SECOND_MS)
            if at_ms >= moment.now_ms + AHEAD_MS:
                break
            self._second += 1
            if at_ms >= moment.now_ms:
                self._tick(moment, at_ms, seconds - self._second)
        half_ms = seconds * SECOND_MS // 2
        if not self._half_told and half_ms <= moment.room_ms - since_ms:
            self._half_told = True
            moment.caption("sound.check10", seconds=seconds // 2)

    def _tick(self, moment: Moment, at_ms: float, left: int) -> None:
        if _trades(moment) and left < COUNT_DOWN:
            moment.play("switch", at_ms, pitch=1.0 if left else 1 / LOW)
            if left == COUNT_DOWN - 1:
                moment.caption("sound.switch", seconds=COUNT_DOWN)
        else:
            moment.play("check10", at_ms, pitch=LOW if left < LAST_SECONDS else 1.0)


def _trades(moment: Moment) -> bool:
    """True where this seat gives its place to another, or takes one, at this check."""
    partner = moment.view.switch.partner
    return partner >= 0 and (partner == moment.client.seat or moment.holds(Station.CHEST))
