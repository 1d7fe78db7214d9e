"""How the patient changes: functions over the states of `game.sim.body`, and nothing else.

They keep to a subset of Python that a compiler takes as it stands, so that the product and the cohorts run one source.
"""
