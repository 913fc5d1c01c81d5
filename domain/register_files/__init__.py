"""Lists of citizens' cases that other registers give out: read, compared with ours, and written for entry there."""

from domain.register_files.comparing import Comparison, Known, Tally, Verdict, compare
from domain.register_files.fields import Field, field_named
from domain.register_files.mapping import ColumnMap
from domain.register_files.reading import MOST_ROWS, read_list
from domain.register_files.rows import ReadList, Refused, RegisterRow
from domain.register_files.standing import follows_another, stage_here
from domain.register_files.states import Stage
from domain.register_files.writing import WITHOUT_PERSONS, WRITTEN, cells_of

__all__ = [
    "MOST_ROWS",
    "WITHOUT_PERSONS",
    "WRITTEN",
    "ColumnMap",
    "Comparison",
    "Field",
    "Known",
    "ReadList",
    "Refused",
    "RegisterRow",
    "Stage",
    "Tally",
    "Verdict",
    "cells_of",
    "compare",
    "field_named",
    "follows_another",
    "read_list",
    "stage_here",
]
