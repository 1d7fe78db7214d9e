"""The parts of the lead station's picture, one module a panel."""
