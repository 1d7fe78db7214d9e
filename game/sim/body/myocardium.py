"""The heart muscle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Myocardium:
    """Readiness for work and what it costs to have been without blood.

    `energy` (0 to 1) is readiness; `damage` (0 to 1) is the share of it lost for good. `stun` (0 to 1) is the share of
    contractility that sleeps for now, after shocks and after `ischaemia` (0 to 1), the want of blood so far.
    `perfusion` (0 to 1.1) is how far blood and oxygen now meet the needs of an arrested heart. `contractility` is the
    share of full contractility of the next beats, without what drugs and the reflex add.
    """

    energy: float = 0.9
    damage: float = 0.0
    stun: float = 0.0
    ischaemia: float = 0.0
    perfusion: float = 0.0
    contractility: float = 0.0
