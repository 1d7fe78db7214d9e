"""The first minutes on a device: a card with three keys, and hints that end when somebody has done it once."""
