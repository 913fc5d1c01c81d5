"""What every table is made of: the naming convention and the columns that recur."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData

from storage.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """The table's own number."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, required: bool = True, index: bool = False) -> Column[int]:
    """A reference to another table's number."""
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=not required, index=index)


def moment(name: str, *, required: bool = True) -> Column:  # type: ignore[type-arg]
    """A moment, stored in UTC."""
    return Column(name, UtcDateTime, nullable=not required)


def version() -> Column[int]:
    """The number by which two people changing one row at once are told apart."""
    return Column("version", Integer, nullable=False, server_default="1")
