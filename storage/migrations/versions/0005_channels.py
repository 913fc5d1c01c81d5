"""What talking by many channels asks for: groups, preferences, links into a chat, receipts, quotas, albums."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEW_TABLES = ("sent_files", "channel_uses", "receipts", "chat_links", "account_codes")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, storage.types.UtcDateTime(timezone=True), nullable=nullable)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _key(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    column = sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)
    return column, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _links() -> None:
    op.create_table(
        "account_codes",
        *_key("account_codes"),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        sa.Column("endpoint_id", sa.Integer(), nullable=True),
        _reference("account_codes", "person_id", "people"),
        _reference("account_codes", "agency_id", "agencies"),
        _reference("account_codes", "endpoint_id", "endpoints"),
        sa.UniqueConstraint("code_hash", name=op.f("uq_account_codes_code_hash")),
    )
    op.create_index(op.f("ix_account_codes_person_id"), "account_codes", ["person_id"])
    op.create_table(
        "chat_links",
        *_key("chat_links"),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=True),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        _reference("chat_links", "endpoint_id", "endpoints"),
        _reference("chat_links", "person_id", "people"),
        _reference("chat_links", "matter_id", "matters"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_chat_links_token_hash")),
    )
    op.create_index(op.f("ix_chat_links_endpoint_id"), "chat_links", ["endpoint_id"])


def _providers() -> None:
    op.create_table(
        "receipts",
        *_key("receipts"),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _moment("at"),
        _reference("receipts", "outbox_id", "outbox"),
        sa.UniqueConstraint("outbox_id", "kind", name=op.f("uq_receipts_outbox_id_kind")),
    )
    op.create_table(
        "channel_uses",
        *_key("channel_uses"),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        _moment("at"),
    )
    op.create_index(op.f("ix_channel_uses_channel_chat_at"), "channel_uses", ["channel", "chat", "at"])
    op.create_index(op.f("ix_channel_uses_channel_kind_at"), "channel_uses", ["channel", "kind", "at"])
    op.create_index(op.f("ix_outbox_endpoint_id_provider_id"), "outbox", ["endpoint_id", "provider_id"])


def _sent_files() -> None:
    op.create_table(
        "sent_files",
        *_key("sent_files"),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.Integer(), nullable=True),
        sa.Column("album", sa.String(length=80), nullable=True),
        sa.Column("quiet", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("not_before"),
        _moment("finished_at", nullable=True),
        _reference("sent_files", "file_id", "files"),
        _reference("sent_files", "endpoint_id", "endpoints"),
        _reference("sent_files", "person_id", "people"),
    )
    op.create_index(op.f("ix_sent_files_endpoint_id"), "sent_files", ["endpoint_id"])
    op.create_index(op.f("ix_sent_files_bundle"), "sent_files", ["bundle"])
    op.create_index(op.f("ix_sent_files_state_id"), "sent_files", ["state", "id"])


def upgrade() -> None:
    """Add tables and columns; none is made anew, for others refer to them."""
    _links()
    _providers()
    _sent_files()
    op.add_column("people", sa.Column("quiet_until", sa.Integer(), nullable=True))
    op.add_column("people", sa.Column("quiet_from", sa.Integer(), nullable=True))
    op.add_column("endpoints", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.add_column("endpoints", sa.Column("brief", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("endpoints", _moment("heard_at", nullable=True))
    op.execute(
        "ALTER TABLE endpoints ADD COLUMN agency_id INTEGER"
        " CONSTRAINT fk_endpoints_agency_id_agencies REFERENCES agencies (id)"
    )
    op.create_index(op.f("ix_endpoints_agency_id"), "endpoints", ["agency_id"])
    op.add_column("endpoints", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("endpoints", sa.Column("summary", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("inbox", sa.Column("album", sa.String(length=80), nullable=True))
    op.add_column("inbox", _moment("not_before", nullable=True))


def downgrade() -> None:
    """Take them away again."""
    for column in ("not_before", "album"):
        op.drop_column("inbox", column)
    op.drop_index(op.f("ix_endpoints_agency_id"), table_name="endpoints")
    with op.batch_alter_table("endpoints", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_endpoints_agency_id_agencies"), type_="foreignkey")
        for column in ("summary", "title", "agency_id", "heard_at", "brief", "position"):
            batch_op.drop_column(column)
    for column in ("quiet_from", "quiet_until"):
        op.drop_column("people", column)
    op.drop_index(op.f("ix_outbox_endpoint_id_provider_id"), table_name="outbox")
    for table in _NEW_TABLES:
        op.drop_table(table)
