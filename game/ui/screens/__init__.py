"""The pictures of the game: one module a station or moment."""
