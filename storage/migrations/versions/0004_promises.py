"""What keeping promises asks for: calendar changes, ladders of one's own, substitutes, extensions, alarms."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


_KINDS = {
    "assigned": ["issue"],
    "overdue": ["over1", *(f"week{n}" for n in range(1, 9))],
    "escalation": ["over3", "over5"],
}
"""What the rungs laid out before this revision say; all others remind."""


def _page_links(*, of_plans_only: bool) -> None:
    """Make the table anew: links live a quarter of an hour, none is worth keeping."""
    to_assignments = (
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_page_links_assignment_id_assignments")
        ),
    )
    with op.batch_alter_table("page_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_links_person_id"))
    op.drop_table("page_links")
    op.create_table(
        "page_links",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=not of_plans_only),
        *(() if of_plans_only else to_assignments),
        sa.Column("created_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_page_links_person_id_people")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_page_links_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_page_links_token_hash")),
    )
    with op.batch_alter_table("page_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_links_person_id"), ["person_id"], unique=False)


def upgrade() -> None:
    _page_links(of_plans_only=False)
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("raised_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("cleared_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
    )
    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarms_name"), ["name"], unique=False)

    op.create_table(
        "substitutes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("created_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_substitutes_agency_id_agencies")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_substitutes_person_id_people")),
        sa.ForeignKeyConstraint(["substitute_id"], ["people.id"], name=op.f("fk_substitutes_substitute_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitutes")),
    )
    with op.batch_alter_table("substitutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_substitutes_agency_id_role"), ["agency_id", "role"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitutes_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_substitutes_substitute_id"), ["substitute_id"], unique=False)

    op.create_table(
        "successions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("taken_over", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["agencies.id"], name=op.f("fk_successions_from_id_agencies")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_successions_person_id_people")),
        sa.ForeignKeyConstraint(["to_id"], ["agencies.id"], name=op.f("fk_successions_to_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successions")),
    )
    op.create_table(
        "calendar_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("effect", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["calendar_versions.id"], name=op.f("fk_calendar_changes_version_id_calendar_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
    )
    with op.batch_alter_table("calendar_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_changes_version_id"), ["version_id"], unique=False)

    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matters.id"], name=op.f("fk_sightings_matter_id_matters")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sightings_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
        sa.UniqueConstraint("matter_id", "person_id", name=op.f("uq_sightings_matter_id_person_id")),
    )
    op.create_table(
        "ladder_overrides",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("ladder_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_ladder_overrides_agency_id_agencies")),
        sa.ForeignKeyConstraint(["ladder_id"], ["ladders.id"], name=op.f("fk_ladder_overrides_ladder_id_ladders")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ladder_overrides_person_id_people")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_ladder_overrides_plan_id_plans")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_ladder_overrides_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_overrides")),
    )
    with op.batch_alter_table("ladder_overrides", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ladder_overrides_plan_id"), ["plan_id"], unique=False)
    op.create_index(
        "uq_ladder_overrides_place",
        "ladder_overrides",
        ["plan_id", sa.text("coalesce(task_id, 0)"), sa.text("coalesce(agency_id, 0)")],
        unique=True,
    )

    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_extensions_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_extensions_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_extensions_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_extensions_state"), ["state"], unique=False)

    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_requests_agency_id_agencies")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_requests_file_id_files")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_requests_answered_by_people")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_requests_asked_by_people")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_requests_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["id"], ["matters.id"], name=op.f("fk_requests_id_matters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requests_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requests_assignment_id"), ["assignment_id"], unique=False)

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prior_state", sa.String(length=30), nullable=True))

    with op.batch_alter_table("due_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("basis", sa.Text(), nullable=True))

    with op.batch_alter_table("ladders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("internal_days", sa.Integer(), nullable=True))

    with op.batch_alter_table("planned", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=30), server_default="reminder", nullable=False))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("previewed_at", storage.types.UtcDateTime(timezone=True), nullable=True))
    op.drop_index(op.f("ix_outbox_state_lane_not_before_id"), "outbox")
    op.create_index(op.f("ix_outbox_state_lane_id"), "outbox", ["state", "lane", "id"])
    op.drop_index("uq_notices_occasion", "notices")
    op.create_index(
        op.f("ix_notices_matter_id_occasion_person_id"), "notices", ["matter_id", "occasion", "person_id"], unique=True
    )
    op.create_index(
        "uq_notices_occasion",
        "notices",
        ["occasion", "person_id"],
        unique=True,
        sqlite_where=sa.text("matter_id IS NULL"),
        postgresql_where=sa.text("matter_id IS NULL"),
    )
    for kind, rungs in _KINDS.items():
        op.execute(
            sa.text("UPDATE planned SET kind = :kind WHERE rung IN :rungs").bindparams(
                sa.bindparam("kind", kind), sa.bindparam("rungs", rungs, expanding=True)
            )
        )

    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", storage.types.UtcDateTime(timezone=True), nullable=True))

    op.add_column("outbox", sa.Column("rerouted_at", storage.types.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "rerouted_at")

    _page_links(of_plans_only=True)
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_column("closed_at")

    op.drop_index(op.f("ix_outbox_state_lane_id"), "outbox")
    op.create_index(op.f("ix_outbox_state_lane_not_before_id"), "outbox", ["state", "lane", "not_before", "id"])
    op.drop_index("uq_notices_occasion", "notices")
    op.drop_index(op.f("ix_notices_matter_id_occasion_person_id"), "notices")
    op.create_index(
        "uq_notices_occasion",
        "notices",
        [sa.text("coalesce(matter_id, 0)"), "occasion", "person_id"],
        unique=True,
    )

    with op.batch_alter_table("planned", schema=None) as batch_op:
        batch_op.drop_column("previewed_at")
        batch_op.drop_column("reason")
        batch_op.drop_column("kind")

    with op.batch_alter_table("ladders", schema=None) as batch_op:
        batch_op.drop_column("internal_days")

    with op.batch_alter_table("due_versions", schema=None) as batch_op:
        batch_op.drop_column("basis")

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_column("prior_state")

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requests_assignment_id"))
        batch_op.drop_index(batch_op.f("ix_requests_agency_id"))

    op.drop_table("requests")
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extensions_state"))
        batch_op.drop_index(batch_op.f("ix_extensions_assignment_id"))

    op.drop_table("extensions")
    with op.batch_alter_table("ladder_overrides", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ladder_overrides_plan_id"))

    op.drop_table("ladder_overrides")
    op.drop_table("sightings")
    with op.batch_alter_table("calendar_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_changes_version_id"))

    op.drop_table("calendar_changes")
    op.drop_table("successions")
    with op.batch_alter_table("substitutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_substitutes_substitute_id"))
        batch_op.drop_index(batch_op.f("ix_substitutes_person_id"))
        batch_op.drop_index(batch_op.f("ix_substitutes_agency_id_role"))

    op.drop_table("substitutes")
    with op.batch_alter_table("alarms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alarms_name"))

    op.drop_table("alarms")
