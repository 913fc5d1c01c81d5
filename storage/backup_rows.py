"""Tables as JSON lines and back, whatever the database and its revision: the rows of a backup.

The first line holds the columns' names, each further one the values of a row. Moments are UTC in ISO 8601, bytes are
base64, values of JSON columns are their text.
"""

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import IO, Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    Text,
    cast,
    insert,
    inspect,
    select,
)

from domain.errors import BackupUnusable
from storage.search import is_derived
from storage.types import UtcDateTime

VERSION_TABLE = "alembic_version"
_ROWS_AT_ONCE = 1000


def tables(connection: Connection) -> list[Table]:
    """Return the tables as they stand in this database, parents before children; whatever its revision."""
    found = inspect(connection)
    names = [name for name, _ in found.get_sorted_table_and_fkc_names() if name not in {None, VERSION_TABLE}]
    return [
        Table(name, MetaData(), *(Column(one["name"], _type(one["type"])) for one in found.get_columns(name)))
        for name in names
        if name is not None and not is_derived(name)
    ]


def _type(found: Any) -> Any:
    if isinstance(found, DateTime):
        return UtcDateTime()
    return JSON(none_as_null=True) if isinstance(found, JSON) else found


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield a table as JSON lines. JSON columns are read as text: the database's null is not the value null."""
    yield _line([column.name for column in table.columns])
    wanted = [cast(one, Text) if isinstance(one.type, JSON) else one for one in table.columns]
    rows = connection.execution_options(stream_results=True).execute(select(*wanted))
    for part in rows.partitions(_ROWS_AT_ONCE):
        for row in part:
            yield _line([_written(value) for value in row])


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _written(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    return base64.b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value


def load(connection: Connection, table: Table, member: IO[bytes]) -> None:
    """Put the lines of a table into it. Raises BackupUnusable for a column that it does not have."""
    names = json.loads(member.readline())
    if not set(names) <= set(table.columns.keys()):
        raise BackupUnusable(f"bảng {table.name} có cột lạ")
    columns = [table.columns[name] for name in names]
    rows = (json.loads(line) for line in member)
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        loaded = [{one.name: _read(one, value) for one, value in zip(columns, row, strict=True)} for row in part]
        connection.execute(insert(table), loaded)


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    match column.type:
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return base64.b64decode(value)
        case JSON():
            return JSON.NULL if value == "null" else json.loads(value)
        case _:
            return value
