"""Drills: the office as real processes, failing in every way we know of, against servers that refuse what real ones do.

`python -m benchmarks.drills` runs them and prints what was promised, lost, said twice and held.
"""
