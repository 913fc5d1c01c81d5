"""Settings, wiring, command line: the only room that may import every other."""
