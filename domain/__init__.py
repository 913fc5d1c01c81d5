"""The rules of the work, without I/O: standard library only, the moment is an argument."""
