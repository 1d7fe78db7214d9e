"""The heart's electricity, the pacemaker on it, and what it looks like on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from game.sim.body.circulation import NEVER_MS

LATER_MS: Final = 1_000_000_000_000
"""A time after all play."""

WAYS: Final = 24
"""Ways from rhythm to rhythm that happen by themselves."""


def _ways() -> list[float]:
    return [0.0] * WAYS


@dataclass(slots=True)
class Pacing:
    """The pacemaker: off while `rate_per_min` is 0. `capturing` while its current is enough to make beats."""

    rate_per_min: float = 0.0
    current_ma: float = 0.0
    capturing: bool = False


@dataclass(slots=True)
class HeldShock:
    """A synchronised shock that waits for a beat to fall on; none while `energy_j` is 0."""

    energy_j: int = 0
    since_ms: int = NEVER_MS
    vector: int = 0
    contact_pct: float = 100.0


@dataclass(slots=True)
class Trace:
    """What the electricity looks like, for those who draw it.

    Times in ms, 0 for what is not there; `*_share` are factors on the usual height; voltages in uV. `sine` (0 to 1) is
    how far the complexes of a high potassium have melted into a wave. VF is drawn by its peak-to-peak amplitude and
    dominant frequency, both 0 in other rhythms.
    """

    qrs_ms: float = 0.0
    pr_ms: float = 0.0
    qt_ms: float = 0.0
    qtc_ms: float = 0.0
    atrial_per_min: float = 0.0
    pr_share: float = 1.0
    p_share: float = 1.0
    qrs_share: float = 1.0
    t_share: float = 1.0
    st_uv: float = 0.0
    j_uv: float = 0.0
    u_uv: float = 0.0
    sine: float = 0.0
    vf_amplitude_uv: float = 0.0
    vf_frequency_mhz: float = 0.0


@dataclass(slots=True)
class Electrical:
    """Which rhythm (a code of `game.sim.rhythm`) since when, when it beats, and how far it is from the next rhythm.

    `beating`: there are beats, strong or weak, own or paced; `next_beat_ms` is LATER_MS otherwise. `own_beat_ms` is
    when the heart would beat unpaced. `arrested`: there has been no pulse once. `vigour` makes one fibrillation coarser
    than another. At a muscle energy of `pulse_energy` the beats are just strong enough to be felt; `strength` is the
    share of contraction that this way of spreading leaves. In second-degree block the heart stands at P wave `group_at`
    of `group_size`. While the AV node is shut by a drug the beats wait `pause_ms` from `pause_from_ms` on.
    """

    rhythm: int = 5
    since_ms: int = 0
    beating: bool = True
    arrested: bool = False
    shockable_origin: bool = False
    hazards: list[float] = field(default_factory=_ways)
    thresholds: list[float] = field(default_factory=_ways)
    entries: int = 0
    fibrillations: int = 0
    organisations: int = 0
    shocks: int = 0
    first_vector: int = -1
    vigour: float = 1.0
    pulse_energy: float = 0.0
    strength: float = 1.0
    terminated_ms: int = NEVER_MS
    amsa_mv_hz: float = 0.0

    rate_per_min: float = 0.0
    next_beat_ms: int = LATER_MS
    own_beat_ms: int = LATER_MS
    last_beat_ms: int = NEVER_MS
    beats: int = 0
    paced: bool = False
    groups: int = 0
    group_size: int = 0
    group_at: int = 0
    group_pr_ms: float = 0.0
    pauses: int = 0
    pause_from_ms: int = NEVER_MS
    pause_ms: float = 0.0

    pacing: Pacing = field(default_factory=Pacing)
    held: HeldShock = field(default_factory=HeldShock)
    trace: Trace = field(default_factory=Trace)
