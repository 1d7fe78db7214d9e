"""Players made of code: a seat's view in, commands and presses out."""
