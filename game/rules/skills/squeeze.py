"""From a squeeze of the bag to a breath: volume by hold time, less what leaks."""

from __future__ import annotations

from game.rules.skills.params import Skills, on_curve


def volume_ml(hold_ms: int, *, mask: bool, chest_moving: bool, skills: Skills) -> int:
    """Millilitres that reach the lungs when the bag is squeezed for `hold_ms`."""
    volume: float = on_curve(skills.squeeze.volume_ml, hold_ms)
    if mask:
        volume *= skills.squeeze.mask_seal
        if chest_moving:
            volume *= skills.squeeze.during_compressions
    return int(volume)


def fio2_pct(flow_l_min: int, skills: Skills) -> int:
    """Oxygen in the bag, percent, at a flow of `flow_l_min`."""
    return on_curve(skills.fio2_pct, flow_l_min)
