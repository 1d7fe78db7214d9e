"""Who the patient is at collapse."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseParameters:
    """See `case.toml`."""

    energy: float
    weight_kg: float
    age: float
