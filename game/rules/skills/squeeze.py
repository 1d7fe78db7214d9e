"""From a squeeze of the bag to a breath: volume by hold time, less what the mask leaks."""

from __future__ import annotations

from game.rules.skills.params import Skills, on_curve


def volume_ml(hold_ms: int, *, seal_pct: int, skills: Skills) -> int:
    """Millilitres that pass the seal when the bag is squeezed for `hold_ms`; `seal_pct` is 100 with an airway in."""
    return on_curve(skills.squeeze.volume_ml, hold_ms) * seal_pct // 100


def fio2_pct(flow_l_min: int, skills: Skills) -> int:
    """Oxygen in the bag, percent, at a flow of `flow_l_min`."""
    return on_curve(skills.fio2_pct, flow_l_min)
