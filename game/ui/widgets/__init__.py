"""The parts screens are made of: each paints itself on a surface from cached pieces and remembers nothing."""
