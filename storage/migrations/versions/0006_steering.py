"""Steering a plan: follows, urging, broadcasts, digests, leaders' words, feeds; who proposes and who confirms."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEW_TABLES = (
    "follows",
    "subscriptions",
    "digest_readers",
    "digests",
    "digest_checks",
    "directions",
    "urges",
    "urge_matters",
    "broadcasts",
    "reconfirmations",
    "feeds",
)
_NEW_COLUMNS = {
    "extensions": ("agreed_on", "proposed_note", "proposed_at", "proposed_by", "proposed_until"),
    "assignments": ("head_confirmed_by", "head_confirmed_at"),
    "plans": ("head_confirms", "oral"),
    "page_links": ("path",),
    "memberships": ("rank",),
}
_REFERENCES = {"proposed_by", "head_confirmed_by"}


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, storage.types.UtcDateTime(timezone=True), nullable=True)


def _refer(table: str, column: str, target: str) -> None:
    """Add a reference in place: a table that others refer to cannot be made anew on SQLite."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
        f" CONSTRAINT fk_{table}_{column}_{target} REFERENCES {target} (id)"
    )


def _following() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(length=30), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("created_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_follows_agency_id_agencies")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id_people")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_follows_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
    )
    op.create_index(op.f("ix_follows_agency_id"), "follows", ["agency_id"], unique=False)
    op.create_index(op.f("ix_follows_person_id"), "follows", ["person_id"], unique=False)
    op.create_index(op.f("ix_follows_role_person_id"), "follows", ["role", "person_id"], unique=False)
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_subscriptions_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_subscriptions_person_id_kind")),
    )
    op.create_table(
        "reconfirmations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=10), nullable=False),
        sa.Column("asked_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answered_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_reconfirmations_agency_id_agencies")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reconfirmations_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconfirmations")),
        sa.UniqueConstraint("agency_id", "round", name=op.f("uq_reconfirmations_agency_id_round")),
    )
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("created_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_feeds_agency_id_agencies")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feeds_token_hash")),
    )
    op.create_index(op.f("ix_feeds_person_id"), "feeds", ["person_id"], unique=False)


def _digests() -> None:
    op.create_table(
        "digest_readers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"], name=op.f("fk_digest_readers_leader_id_people")),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_digest_readers_reader_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_readers")),
    )
    op.create_index(op.f("ix_digest_readers_leader_id"), "digest_readers", ["leader_id"], unique=False)
    op.create_index(op.f("ix_digest_readers_reader_id"), "digest_readers", ["reader_id"], unique=False)
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_digests_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("person_id", "kind", "day", name=op.f("uq_digests_person_id_kind_day")),
    )
    op.create_table(
        "digest_checks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_digest_checks_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_checks")),
        sa.UniqueConstraint("day", name=op.f("uq_digest_checks_day")),
    )
    op.create_table(
        "directions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("passed_text", sa.Text(), nullable=True),
        sa.Column("passed_by", sa.Integer(), nullable=True),
        sa.Column("passed_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("delivered_text", sa.Text(), nullable=True),
        sa.Column("closed_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_directions_agency_id_agencies")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_directions_answered_by_people")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_directions_file_id_files")),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"], name=op.f("fk_directions_leader_id_people")),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_directions_matter_id_matters")),
        sa.ForeignKeyConstraint(["passed_by"], ["people.id"], name=op.f("fk_directions_passed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directions")),
    )
    op.create_index(op.f("ix_directions_leader_id"), "directions", ["leader_id"], unique=False)
    op.create_index(op.f("ix_directions_matter_id"), "directions", ["matter_id"], unique=False)
    op.create_index(op.f("ix_directions_state"), "directions", ["state"], unique=False)


def _urging() -> None:
    op.create_table(
        "urges",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), server_default="", nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_urges_person_id_people")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("fk_urges_recorded_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urges")),
    )
    op.create_table(
        "urge_matters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("urge_id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_urge_matters_matter_id_matters")),
        sa.ForeignKeyConstraint(["urge_id"], ["urges.id"], name=op.f("fk_urge_matters_urge_id_urges")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urge_matters")),
        sa.UniqueConstraint("urge_id", "matter_id", name=op.f("uq_urge_matters_urge_id_matter_id")),
    )
    op.create_index(op.f("ix_urge_matters_matter_id"), "urge_matters", ["matter_id"], unique=False)
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_broadcasts_file_id_files")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_broadcasts_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )


def upgrade() -> None:
    """Add tables and columns; none is made anew, for others refer to them."""
    _following()
    _digests()
    _urging()
    op.add_column("memberships", sa.Column("rank", sa.Integer(), server_default="0", nullable=False))
    op.add_column("page_links", sa.Column("path", sa.String(length=200), nullable=True))
    op.add_column("plans", sa.Column("oral", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("plans", sa.Column("head_confirms", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("assignments", _moment("head_confirmed_at"))
    _refer("assignments", "head_confirmed_by", "people")
    op.create_index(op.f("ix_assignments_state"), "assignments", ["state"], unique=False)
    op.add_column("extensions", sa.Column("proposed_until", sa.Date(), nullable=True))
    _refer("extensions", "proposed_by", "people")
    op.add_column("extensions", _moment("proposed_at"))
    op.add_column("extensions", sa.Column("proposed_note", sa.Text(), nullable=True))
    op.add_column("extensions", sa.Column("agreed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_assignments_state"), "assignments")
    for table, columns in _NEW_COLUMNS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                if column in _REFERENCES:
                    batch_op.drop_constraint(op.f(f"fk_{table}_{column}_people"), type_="foreignkey")
                batch_op.drop_column(column)
    for table in reversed(_NEW_TABLES):
        op.drop_table(table)
