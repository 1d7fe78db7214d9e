"""The electrocardiogram: its parameters for the clients that draw it, and its marks that no beat tells of.

The patient lives `patient_lag_ms` behind the room, and so do the beats of the view; marks are told as they come.
"""

from __future__ import annotations

from typing import Final

from game.rules.game import Game
from game.rules.views import EcgView, FormView
from game.sim.rhythm import Rhythm

MINUTE_MS: Final = 60_000
NEVER: Final = -1

FREE_ATRIA: Final = frozenset({Rhythm.VT, Rhythm.COMPLETE_BLOCK, Rhythm.COMPLETE_BLOCK_WIDE, Rhythm.P_WAVES})
"""Rhythms whose atria beat for themselves: their P waves march through."""

UV_PER_TENTH_MM: Final = 10
"""Paper is written at 10 mm per mV."""

NEUTRAL: Final = EcgView("", 0, 0, 0, NEVER, connected=False, compressing=False)
"""What a monitor without pads shows, and what a Leader sees who has none."""


def ecg_view(game: Game) -> EcgView:
    """The trace of the pads; neutral figures without them."""
    return seen(game) if game.state.defibrillator.pads else NEUTRAL


def seen(game: Game) -> EcgView:
    """What electrodes on this patient see now, whoever is shown it."""
    patient, strip = game.patient, game.state.strip
    beating = patient.next_beat_ms >= 0
    return EcgView(
        rhythm=patient.pattern,
        rate_per_min=patient.heart_rate_per_min,
        amplitude_uv=patient.vf_amplitude_uv,
        frequency_mhz=patient.vf_frequency_mhz,
        beat_ms=max(patient.last_beat_ms, NEVER),
        connected=True,
        compressing=game.state.chest.hands_on,
        next_ms=patient.next_beat_ms,
        beat_no=patient.beats,
        pr_ms=round(patient.trace.pr_ms) if beating else 0,
        next_pr_ms=patient.next_pr_ms if beating else 0,
        atrial_per_min=round(patient.trace.atrial_per_min),
        p_ms=strip.p_ms,
        spike_ms=strip.spike_ms,
        shock_ms=game.state.defibrillator.shock_ms,
        still_ms=max(0, game.state.chest.last_up_ms),
        form=_form(game),
    )


def _form(game: Game) -> FormView:
    trace, changes = game.patient.trace, game.patient.lead_changes
    return FormView(
        qrs_ms=round(trace.qrs_ms),
        qt_ms=round(trace.qt_ms),
        p_pct=round(100.0 * trace.p_share),
        qrs_pct=round(100.0 * trace.qrs_share),
        t_pct=round(100.0 * trace.t_share),
        st_uv=round(trace.st_uv),
        j_uv=round(trace.j_uv),
        u_uv=round(trace.u_uv),
        late_uv=changes.avr_tenth_mm * UV_PER_TENTH_MM,
        sine_pct=round(100.0 * trace.sine),
        strain=changes.strain,
    )


def keep(game: Game) -> None:
    """Go on with the P waves of free atria and with the spikes that no beat follows; once a tick."""
    strip, patient = game.state.strip, game.patient
    atrial = patient.trace.atrial_per_min if patient.pattern in FREE_ATRIA else 0.0
    if atrial <= 0.0:
        strip.p_ms = NEVER
    elif strip.p_ms < 0:
        strip.p_ms = game.now_ms
    else:
        gap_ms = round(MINUTE_MS / atrial)
        strip.p_ms += (game.now_ms - strip.p_ms) // gap_ms * gap_ms
    _fire(game)


def _fire(game: Game) -> None:
    """A pacemaker on demand fires when a beat is late; where its spikes make beats, the beats show them."""
    device, strip, patient = game.state.defibrillator, game.state.strip, game.patient
    if not device.pacing or device.captured or not device.pace_ma:
        strip.spike_ms = NEVER
        return
    gap_ms = MINUTE_MS // device.pace_rate_per_min
    last_ms = max(strip.spike_ms, patient.last_beat_ms, game.now_ms - 2 * gap_ms)
    while last_ms + gap_ms <= game.now_ms:
        if last_ms < patient.next_beat_ms <= last_ms + gap_ms:
            last_ms = patient.next_beat_ms
        else:
            last_ms += gap_ms
            strip.spike_ms = last_ms
