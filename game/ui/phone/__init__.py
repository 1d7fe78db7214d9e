"""The game on a phone held sideways: a screen a station, under thumbs, on a canvas 844 wide and 390 or 330 high."""
