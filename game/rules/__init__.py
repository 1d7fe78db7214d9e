"""The game: stations, commands, who may do what, orders and loops, what each seat senses. Pure."""
