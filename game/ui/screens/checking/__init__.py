"""The parts of the rhythm check's picture."""
