"""Urgings as entrances read them."""

from storage.urges import get, matters_of, of_matters, unnumbered

__all__ = ["get", "matters_of", "of_matters", "unnumbered"]
