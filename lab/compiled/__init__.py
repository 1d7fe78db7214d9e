"""The patient compiled, for cohorts: `CompiledPatient` is a `Patient` with the same bits, far quicker."""

from __future__ import annotations

from lab.compiled.patient import CompiledPatient

__all__ = ["CompiledPatient"]
