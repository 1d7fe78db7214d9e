"""The client: its model of the room, its input, its screens. The only part of the game that draws."""
