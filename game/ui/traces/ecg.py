"""Lead II by its parameters: beats, what goes on between them, marks of devices, and the artefact over all."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from game.rules.views import FormView
from game.ui.traces import beats, wander
from game.ui.traces.beats import BEATLESS, BEFORE_MS, bent, coarse, p_wave, shape_of, table
from game.ui.traces.sampling import DELAY_MS, SAMPLE_MS
from game.ui.traces.train import Beat, Train

if TYPE_CHECKING:
    from game.rules.views import EcgView

HEART_LEFT: Final = 0.4
"""What is left of the heart's own waves under compressions."""
SPIKE_MV: Final = 3.0
SPIKES_KEPT: Final = 6
SPIKE_MS: Final = 4
SPIKE_LEAD_MS: Final = 82
"""How long before its R wave a spike that captures stands."""
ALTERNANS: Final = 0.65
"""Every second beat of a heart that swings in fluid."""
LOW_VOLTAGE_PCT: Final = 60
FLICKER_MV: Final = 0.05
FLICKER_HZ: Final = 6.0
SAW_MV: Final = 0.22
SAW_RISE: Final = 0.12
"""Share of a flutter wave in which it climbs back."""
SPINDLE_HZ: Final = 0.22
FREE_P: Final = 0.9
"""Height of P waves that march through, as a share of the usual."""


class Drawn(NamedTuple):
    """A beat as samples: where its table begins in time, and the samples."""

    start_ms: int
    samples: beats.Table
    gain: float


class Mark(NamedTuple):
    """Where on the glass an R wave stands, 0 to 1 of its width, and whether the trace there is fresh."""

    share: float
    fresh: bool


class Ecg:
    """Lead II as the view describes it; `view` is replaced whenever a newer one comes. Times are room time."""

    def __init__(self, view: EcgView) -> None:
        self.view = view
        self.train = Train()
        self.trembling = 1.0
        """Height of what is not beats, as a share of that in lead II."""
        self._vf = wander.fibrillation()
        self._flicker = wander.flicker()
        self._artefact = wander.Compressions()
        self._drawn: list[Drawn] = []
        self._spikes: deque[int] = deque(maxlen=SPIKES_KEPT)
        self._form = FormView()
        self._changes = -1
        self._last_ms = -1

    def step(self, at_ms: int) -> float:
        """The next sample in mV; what stands at the glass at `at_ms` is `DELAY_MS` old."""
        view = self.view
        shaken = view.compressing or at_ms < view.still_ms
        artefact = self._artefact.step(at_ms - DELAY_MS, compressing=shaken)
        heart = self.heart(at_ms - DELAY_MS) * (1 - (1 - HEART_LEFT) * self._artefact.hiding)
        return heart + artefact

    def heart(self, at_ms: int) -> float:
        """What the electrodes see at `at_ms` of heart and devices, in mV."""
        view = self.view
        at_ms -= at_ms % SAMPLE_MS
        if at_ms < self._last_ms:
            self.train = Train()
            self._changes = -1
        self._last_ms = at_ms
        self.train.note(view)
        self.train.reach(at_ms)
        if self.train.changes != self._changes:
            self._changes = self.train.changes
            self._bake(view, at_ms)
        total = wander.baseline(at_ms, 1.6 if view.rhythm in BEATLESS else 1.0)
        for drawn in self._drawn:
            place = (at_ms - drawn.start_ms) // SAMPLE_MS
            if 0 <= place < len(drawn.samples):
                total += drawn.gain * drawn.samples[place]
        total += self.trembling * self._between(view, at_ms)
        if view.p_ms >= 0 and view.atrial_per_min > 0:
            total += self.trembling * self._free_p(view, at_ms)
        if view.shock_ms >= 0:
            total += wander.shock(at_ms - view.shock_ms)
        return total

    def seen(self, waves: beats.Shape) -> beats.Shape:
        """The waves of a beat as this lead sees them."""
        return waves

    def marks(self, now_ms: int, window_s: float, *, dimmed_at: float = 0.5) -> tuple[Mark, ...]:
        """The R waves that are on a glass of `window_s` now, for sync markers."""
        window_ms = window_s * 1000
        found = []
        if self.view.compressing:
            return ()
        for beat in self.train:
            age = (now_ms - DELAY_MS - beat.at_ms) / window_ms
            if 0 <= age < 0.97:
                found.append(Mark((beat.at_ms + DELAY_MS) % window_ms / window_ms, age < dimmed_at))
        return tuple(found)

    def _bake(self, view: EcgView, at_ms: int) -> None:
        """Beats that are drawn around `at_ms`, with the P waves that lead to none."""
        if view.form.qrs_ms or view.rhythm not in BEATLESS:
            self._form = coarse(view.form)
        self._drawn = []
        if view.spike_ms >= 0 and view.spike_ms not in self._spikes:
            self._spikes.append(view.spike_ms)
        for spike_ms in self._spikes:
            self._add(spike_ms + SPIKE_LEAD_MS, (SPIKE,), 1.0)
        before: Beat | None = None
        for beat in self.train:
            name = shape_of(beat.rhythm, view.rate_per_min)
            if name and beat.at_ms > at_ms - beats.AFTER_MS:
                shape = self.seen(bent(name, beat.pr_ms, self._form, beat.rhythm != "flutter").waves)
                swings = view.form.qrs_pct < LOW_VOLTAGE_PCT and beat.number % 2
                self._add(beat.at_ms, shape, (1 - self._sine) * (ALTERNANS if swings else 1.0))
                if beat.rhythm == "paced":
                    self._add(beat.at_ms, (SPIKE,), 1.0)
                if before is not None:
                    self._add_dropped(view, name, before, beat)
            before = beat

    def _add(self, at_ms: int, shape: beats.Shape, gain: float) -> None:
        start_ms = at_ms - at_ms % SAMPLE_MS - BEFORE_MS
        self._drawn.append(Drawn(start_ms, SPIKE_TABLE if shape == (SPIKE,) else table(shape), gain))

    def _add_dropped(self, view: EcgView, name: str, before: Beat, beat: Beat) -> None:
        """P waves between two beats that led to none: the group's last in a block, all in a pause."""
        if view.atrial_per_min <= 0 or not before.pr_ms or not beat.pr_ms:
            return
        start_ms = before.at_ms - before.pr_ms
        gap_ms = beat.at_ms - beat.pr_ms - start_ms
        count = round(gap_ms * view.atrial_per_min / 60_000)
        on_ms = bent(name, beat.pr_ms, self._form).qrs_on_ms
        for place in range(1, count):
            self._add(start_ms + round(on_ms + gap_ms * place / count), self.seen(p_wave(self._form)), 1.0)

    @property
    def _sine(self) -> float:
        return self.view.form.sine_pct / 100

    def _between(self, view: EcgView, at_ms: int) -> float:
        """What is not made of beats."""
        if view.rhythm == "vf":
            wave = self._vf.value(at_ms, view.frequency_mhz / 1000)
            return wave * view.amplitude_uv / 1000 / wander.VF_PEAK_TO_PEAK
        if view.rhythm == "af":
            return FLICKER_MV * 1.3 * self._flicker.value(at_ms, FLICKER_HZ)
        if view.rhythm == "flutter":
            return _saw(self._turn(at_ms, view.atrial_per_min))
        if view.rhythm == "torsades":
            turn = self._turn(at_ms, 0)
            twist = math.sin(math.tau * SPINDLE_HZ * at_ms / 1000)
            return (0.9 * twist + 0.12) * math.sin(math.tau * turn)
        if self._sine > 0:
            turn = math.tau * self._turn(at_ms, 0)
            return self._sine * (0.9 * math.sin(turn) + 0.18 * math.sin(2 * turn + 0.6))
        return 0.0

    def _turn(self, at_ms: int, waves_per_min: int) -> float:
        """How far the time between two beats has gone, in waves: one, or as many as `waves_per_min` makes of it."""
        before: Beat | None = None
        for beat in self.train:
            if beat.at_ms > at_ms:
                if before is None:
                    break
                gap_ms = beat.at_ms - before.at_ms
                waves = max(1, round(gap_ms * waves_per_min / 60_000)) if waves_per_min else 1
                return (at_ms - before.at_ms) / gap_ms * waves
            before = beat
        return 0.0

    def _free_p(self, view: EcgView, at_ms: int) -> float:
        gap_ms = 60_000 / view.atrial_per_min
        into_ms = (at_ms - view.p_ms) % gap_ms
        share = (into_ms - 50) / 20
        return FREE_P * 0.12 * view.form.p_pct / 100 * math.exp(-0.5 * share * share) if -4.5 < share < 4.5 else 0.0


SPIKE: Final = beats.Wave("spike", -SPIKE_LEAD_MS, 1, SPIKE_MV)
SPIKE_TABLE: Final = tuple(
    SPIKE_MV if 0 <= place * SAMPLE_MS - BEFORE_MS + SPIKE_LEAD_MS + 2 < SPIKE_MS else 0.0
    for place in range(BEFORE_MS // SAMPLE_MS)
)
"""A spike is drawn as one sample: a Gaussian of its width would fall between two."""


def _saw(turn: float) -> float:
    """Flutter waves in lead II: a slow fall and a quick climb."""
    share = turn % 1
    if share < 1 - SAW_RISE:
        return SAW_MV - 2 * SAW_MV * share / (1 - SAW_RISE)
    climb = (share - 1 + SAW_RISE) / SAW_RISE
    return -SAW_MV + 2 * SAW_MV * climb * climb * (3 - 2 * climb)
