"""Links to the authority and the clock that follows it."""
