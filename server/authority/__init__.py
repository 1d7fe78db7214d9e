"""The authority: sessions, teams and seats; the life of a run; the tick of all rooms; players' connections."""
