"""What can be found out about a patient: by hand, eye and ear now, and by samples after their delay. Read-only."""

from game.sim.findings.samples import sample, sample_delay_ms
from game.sim.findings.senses import Finding, findings

__all__ = ["Finding", "findings", "sample", "sample_delay_ms"]
