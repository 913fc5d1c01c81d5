"""Tasks given in one line of chat: who, what, by when, by which document."""

from domain.adhoc.basis import Basis
from domain.adhoc.reading import Spoken, is_giving, read
from domain.adhoc.when import When, read_when
from domain.adhoc.who import Named, names

__all__ = ["Basis", "Named", "Spoken", "When", "is_giving", "names", "read", "read_when"]
