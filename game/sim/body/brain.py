"""The brain: what it has suffered, how much blood it gets, and how well it drives breathing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Brain:
    """`burden` counts minutes of full ischaemia, or what costs as much; `flow` is the share of normal blood flow.

    `stem` (0 to 1) is how well the brain stem works: it drives breathing and guards the throat. The others count
    minutes with a pulse in which something avoidable went on hurting.
    """

    burden: float = 0.0
    flow: float = 1.0
    stem: float = 1.0
    hypoxia_min: float = 0.0
    hyperoxia_min: float = 0.0
    hypotension_min: float = 0.0
    hypocapnia_min: float = 0.0
    fever_min: float = 0.0
    glucose_min: float = 0.0
