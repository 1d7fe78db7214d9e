"""How densely and how late traces are drawn."""

from typing import Final

SAMPLE_MS: Final = 4
"""250 samples a second."""

DELAY_MS: Final = 600
"""Traces are this much behind the room: by then everything has come that is drawn there. The patient lives half a
second behind (`patient_lag_ms`), and a view comes ten times a second."""
