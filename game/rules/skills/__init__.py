"""Pure models of the micro-games: the authority runs them, the client only predicts."""
