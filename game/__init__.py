"""All that can run in a browser tab: the pure core (patient, rules, score, bots, room) and the client."""

__version__ = "0.2.0"
