"""Playing alone, in the page: the room, its bots and the score in this process, and no server."""
