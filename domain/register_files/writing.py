"""The same list written: the columns that another register is filled in from, and that come in again unchanged."""

from collections.abc import Mapping
from datetime import date

from domain.cases.kinds import Kind
from domain.register_files.fields import Field
from domain.register_files.rows import ATTRIBUTES, RegisterRow

WRITTEN: tuple[Field, ...] = tuple(Field)
"""The columns of a list that we write, in their order."""
WITHOUT_PERSONS: tuple[Field, ...] = tuple(one for one in Field if not one.is_personal)
"""The columns of a list that may go where citizens' names may not."""

_KINDS: Mapping[Kind, str] = {
    Kind.CONDUCT: "Hành vi của cán bộ, công chức",
    Kind.REGULATION: "Quy định, thủ tục hành chính",
    Kind.FIELD: "Việc hiện trường",
}


def cells_of(row: RegisterRow, fields: tuple[Field, ...] = WRITTEN) -> list[str | date | None]:
    """Return a case as the cells of these columns; what is not known is left empty."""
    return [_cell(row, one) or None for one in fields]


def _cell(row: RegisterRow, field: Field) -> str | date | None:
    match field:
        case Field.NAME:
            return row.who.name
        case Field.ADDRESS:
            return row.who.address or row.who.mail
        case Field.PHONE:
            return row.who.phone
        case Field.MAIL:
            return row.who.email
        case Field.KIND:
            return _KINDS.get(row.kind, row.kind.label) if row.kind else ""
        case Field.STATE:
            return row.stage.label
        case _:
            value: str | date | None = getattr(row, ATTRIBUTES[field])
            return value
