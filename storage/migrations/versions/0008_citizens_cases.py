"""The register of citizens' feedback: what a case is, what happens to it, its search, and the rights over its data."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

import storage.types
from domain.words import fold

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEW_TABLES = (
    "case_imports",
    "case_drafts",
    "case_events",
    "case_questions",
    "case_answers",
    "case_files",
    "case_handlings",
    "case_proposals",
    "case_publications",
    "case_tellings",
    "identity_reads",
    "data_requests",
    "incidents",
)

_NEW_COLUMNS = {
    "cases": (
        "prior_state",
        "source",
        "registered_by",
        "happened",
        "happened_on",
        "place",
        "proposal",
        "folded",
        "field",
        "urgency",
        "sensitive",
        "crowded",
        "may_publish",
        "withheld",
        "handler_id",
        "outside",
        "by_document",
        "master_id",
        "external_code",
        "incoming_number",
        "incoming_on",
        "forward_number",
        "forward_on",
        "posted_on",
        "posted_url",
        "bounces",
        "supplements",
        "appeals",
        "rounds",
        "forwarded_at",
        "passed_on",
        "acknowledged_at",
        "due_at",
        "wait_until",
        "answered_at",
        "answered_on",
        "answer_due_on",
        "published_at",
        "ended_at",
        "spam_at",
        "anonymised_at",
    ),
    "citizens": (
        "kind",
        "email",
        "extra",
        "restricted_at",
    ),
    "consents": (
        "granted",
        "withdrawn_at",
    ),
    "planned": (
        "person_id",
        "direct",
    ),
}

_REFERENCES = {("cases", "registered_by"), ("cases", "handler_id"), ("planned", "person_id")}

_NEW_INDEXES = {
    "cases": (
        "ix_cases_agency_id_state",
        "ix_cases_answered_on",
        "ix_cases_citizen_id",
        "ix_cases_endpoint_id",
        "ix_cases_forward_number",
        "ix_cases_incoming_number",
        "ix_cases_passed_on",
        "ix_cases_master_id",
        "ix_cases_received_on",
        "ix_cases_source_external_code",
        "ix_cases_state_id",
        "ix_cases_wait_until",
        "ix_cases_state_ended_at",
    ),
}


def _moment(name: str) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, storage.types.UtcDateTime(timezone=True), nullable=True)


def _refer(table: str, column: str, target: str) -> None:
    """Add a reference without making the table anew: others refer to it."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
        f"CONSTRAINT fk_{table}_{column}_{target} REFERENCES {target} (id)"
    )


def _case_imports() -> None:
    op.create_table(
        "case_imports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_imports_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_imports")),
    )


def _case_drafts() -> None:
    op.create_table(
        "case_drafts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("saved_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoints.id"], name=op.f("fk_case_drafts_endpoint_id_endpoints")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_drafts")),
        sa.UniqueConstraint("endpoint_id", name=op.f("uq_case_drafts_endpoint_id")),
    )


def _case_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("data", sa.JSON(), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_case_events_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_events_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    op.create_index(op.f("ix_case_events_case_id"), "case_events", ["case_id"], unique=False)


def _case_questions() -> None:
    op.create_table(
        "case_questions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reminded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_case_questions_asked_by_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_questions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_questions")),
    )
    op.create_index(
        op.f("ix_case_questions_answered_at_until"), "case_questions", ["answered_at", "until"], unique=False
    )
    op.create_index(op.f("ix_case_questions_case_id"), "case_questions", ["case_id"], unique=False)


def _case_answers() -> None:
    op.create_table(
        "case_answers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=120), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("drafted_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("rating", sa.String(length=10), nullable=True),
        sa.Column("rating_reason", sa.Text(), nullable=True),
        sa.Column("rated_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_case_answers_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_answers_case_id_cases")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_case_answers_decided_by_people")),
        sa.ForeignKeyConstraint(["drafted_by"], ["people.id"], name=op.f("fk_case_answers_drafted_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_answers")),
    )
    op.create_index(op.f("ix_case_answers_case_id"), "case_answers", ["case_id"], unique=False)


def _case_files() -> None:
    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("clean_digest", sa.String(length=64), nullable=True),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["case_answers.id"], name=op.f("fk_case_files_answer_id_case_answers")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_files_case_id_cases")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_case_files_file_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
        sa.UniqueConstraint("case_id", "file_id", "origin", name=op.f("uq_case_files_case_id_file_id_origin")),
    )
    op.create_index(op.f("ix_case_files_case_id"), "case_files", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_files_file_id"), "case_files", ["file_id"], unique=False)


def _case_handlings() -> None:
    op.create_table(
        "case_handlings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=80), server_default="", nullable=False),
        sa.Column("nature", sa.String(length=20), server_default="regulation", nullable=False),
        sa.Column("source", sa.String(length=20), server_default="chat", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("disputed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("late_before", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("rating", sa.String(length=10), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_case_handlings_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_handlings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_handlings")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_handlings_case_id_number")),
    )
    op.create_index(
        op.f("ix_case_handlings_ended_on_begun_on"), "case_handlings", ["ended_on", "begun_on"], unique=False
    )
    op.create_index(op.f("ix_case_handlings_published_on"), "case_handlings", ["published_on"], unique=False)
    op.create_index(op.f("ix_case_handlings_rated_on"), "case_handlings", ["rated_on"], unique=False)
    op.execute(
        "INSERT INTO case_handlings (case_id, number, agency_id, nature, received_on, begun_on) "
        "SELECT id, 1, agency_id, kind, received_on, received_on FROM cases ORDER BY id"
    )


def _case_proposals() -> None:
    op.create_table(
        "case_proposals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_proposals_case_id_cases")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_case_proposals_decided_by_people")),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("fk_case_proposals_proposed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_proposals")),
    )
    op.create_index(op.f("ix_case_proposals_case_id"), "case_proposals", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_proposals_state"), "case_proposals", ["state"], unique=False)


def _case_publications() -> None:
    op.create_table(
        "case_publications",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=80), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("prepared_by", sa.Integer(), nullable=False),
        sa.Column("prepared_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_case_publications_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_publications_case_id_cases")),
        sa.ForeignKeyConstraint(["prepared_by"], ["people.id"], name=op.f("fk_case_publications_prepared_by_people")),
        sa.ForeignKeyConstraint(["released_by"], ["people.id"], name=op.f("fk_case_publications_released_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_publications")),
    )
    op.create_index(op.f("ix_case_publications_case_id"), "case_publications", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_case_publications_state_released_at"), "case_publications", ["state", "released_at"], unique=False
    )
    for first in ("field", "agency_id"):
        name = op.f(f"ix_case_publications_state_{first}_released_at")
        op.create_index(name, "case_publications", ["state", first, "released_at"], unique=False)


def _case_tellings() -> None:
    op.create_table(
        "case_tellings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("told_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tellings_case_id_cases")),
        sa.ForeignKeyConstraint(["told_by"], ["people.id"], name=op.f("fk_case_tellings_told_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tellings")),
        sa.UniqueConstraint("case_id", "occasion", name=op.f("uq_case_tellings_case_id_occasion")),
    )
    op.create_index(op.f("ix_case_tellings_case_id"), "case_tellings", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_tellings_state"), "case_tellings", ["state"], unique=False)


def _identity_reads() -> None:
    op.create_table(
        "identity_reads",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_identity_reads_case_id_cases")),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizens.id"], name=op.f("fk_identity_reads_citizen_id_citizens")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identity_reads_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_reads")),
    )
    op.create_index(op.f("ix_identity_reads_case_id"), "identity_reads", ["case_id"], unique=False)
    op.create_index(op.f("ix_identity_reads_citizen_id"), "identity_reads", ["citizen_id"], unique=False)


def _data_requests() -> None:
    op.create_table(
        "data_requests",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=True),
        sa.Column("citizen_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("respond_by", sa.Date(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizens.id"], name=op.f("fk_data_requests_citizen_id_citizens")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_data_requests_decided_by_people")),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoints.id"], name=op.f("fk_data_requests_endpoint_id_endpoints")),
        sa.ForeignKeyConstraint(["id"], ["matters.id"], name=op.f("fk_data_requests_id_matters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_requests")),
    )
    op.create_index(op.f("ix_data_requests_citizen_id"), "data_requests", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_data_requests_endpoint_id"), "data_requests", ["endpoint_id"], unique=False)
    op.create_index(op.f("ix_data_requests_state"), "data_requests", ["state"], unique=False)


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("discovered_at", storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["matters.id"], name=op.f("fk_incidents_id_matters")),
        sa.ForeignKeyConstraint(["registered_by"], ["people.id"], name=op.f("fk_incidents_registered_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("code", name=op.f("uq_incidents_code")),
    )


def _columns_of_cases() -> None:
    op.add_column("cases", sa.Column("prior_state", sa.String(length=30), nullable=True))
    op.add_column("cases", sa.Column("source", sa.String(length=20), server_default="chat", nullable=False))
    _refer("cases", "registered_by", "people")
    op.add_column("cases", sa.Column("happened", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("happened_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("place", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("proposal", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("field", sa.String(length=80), server_default="", nullable=False))
    op.add_column("cases", sa.Column("urgency", sa.String(length=20), server_default="normal", nullable=False))
    op.add_column("cases", sa.Column("sensitive", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("cases", sa.Column("crowded", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("cases", sa.Column("may_publish", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("cases", sa.Column("withheld", sa.Text(), nullable=True))
    _refer("cases", "handler_id", "people")
    op.add_column("cases", sa.Column("outside", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("by_document", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("cases", sa.Column("master_id", sa.Integer(), nullable=True))
    op.add_column("cases", sa.Column("external_code", sa.String(length=80), nullable=True))
    op.add_column("cases", sa.Column("incoming_number", sa.String(length=80), nullable=True))
    op.add_column("cases", sa.Column("incoming_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("forward_number", sa.String(length=80), nullable=True))
    op.add_column("cases", sa.Column("forward_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("posted_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("posted_url", sa.Text(), nullable=True))
    op.add_column("cases", sa.Column("bounces", sa.Integer(), server_default="0", nullable=False))
    op.add_column("cases", sa.Column("supplements", sa.Integer(), server_default="0", nullable=False))
    op.add_column("cases", sa.Column("appeals", sa.Integer(), server_default="0", nullable=False))
    op.add_column("cases", sa.Column("rounds", sa.Integer(), server_default="0", nullable=False))
    op.add_column("cases", _moment("forwarded_at"))
    op.add_column("cases", sa.Column("passed_on", sa.Date(), nullable=True))
    op.add_column("cases", _moment("acknowledged_at"))
    op.add_column("cases", _moment("due_at"))
    op.add_column("cases", sa.Column("wait_until", sa.Date(), nullable=True))
    op.add_column("cases", _moment("answered_at"))
    op.add_column("cases", sa.Column("answered_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("answer_due_on", sa.Date(), nullable=True))
    op.add_column("cases", _moment("published_at"))
    op.add_column("cases", _moment("ended_at"))
    op.add_column("cases", _moment("spam_at"))
    op.add_column("cases", _moment("anonymised_at"))
    op.drop_index(op.f("ix_cases_state"), table_name="cases")
    op.create_index(op.f("ix_cases_agency_id_state"), "cases", ["agency_id", "state"], unique=False)
    op.create_index(op.f("ix_cases_answered_on"), "cases", ["answered_on"], unique=False)
    op.create_index(op.f("ix_cases_citizen_id"), "cases", ["citizen_id"], unique=False)
    op.create_index(op.f("ix_cases_endpoint_id"), "cases", ["endpoint_id"], unique=False)
    op.create_index(op.f("ix_cases_master_id"), "cases", ["master_id"], unique=False)
    op.create_index(op.f("ix_cases_received_on"), "cases", ["received_on"], unique=False)
    op.create_index(op.f("ix_cases_source_external_code"), "cases", ["source", "external_code"], unique=True)
    op.create_index(op.f("ix_cases_state_id"), "cases", ["state", "id"], unique=False)
    op.create_index(op.f("ix_cases_wait_until"), "cases", ["wait_until"], unique=False)
    for column in ("forward_number", "incoming_number", "passed_on"):
        op.create_index(op.f(f"ix_cases_{column}"), "cases", [column], unique=False)
    op.create_index(op.f("ix_cases_state_ended_at"), "cases", ["state", "ended_at"], unique=False)


def _other_columns() -> None:
    op.add_column("citizens", sa.Column("kind", sa.String(length=20), server_default="person", nullable=False))
    op.add_column("citizens", sa.Column("email", sa.LargeBinary(), nullable=True))
    op.add_column("citizens", sa.Column("extra", sa.LargeBinary(), nullable=True))
    op.add_column("citizens", _moment("restricted_at"))
    op.add_column("consents", sa.Column("granted", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("consents", _moment("withdrawn_at"))
    _refer("planned", "person_id", "people")
    op.add_column("planned", sa.Column("direct", sa.Boolean(), server_default=sa.text("false"), nullable=False))


_SQLITE = (
    "CREATE VIRTUAL TABLE case_search USING fts5("
    "folded, content='cases', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER case_search_insert AFTER INSERT ON cases BEGIN "
    "INSERT INTO case_search(rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER case_search_delete AFTER DELETE ON cases BEGIN "
    "INSERT INTO case_search(case_search, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    "CREATE TRIGGER case_search_update AFTER UPDATE OF folded ON cases BEGIN "
    "INSERT INTO case_search(case_search, rowid, folded) VALUES ('delete', old.id, old.folded); "
    "INSERT INTO case_search(rowid, folded) VALUES (new.id, new.folded); END",
    "INSERT INTO case_search(case_search) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE case_search_public USING fts5("
    "folded, content='case_publications', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER case_search_public_insert AFTER INSERT ON case_publications BEGIN "
    "INSERT INTO case_search_public(rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER case_search_public_delete AFTER DELETE ON case_publications BEGIN "
    "INSERT INTO case_search_public(case_search_public, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    "CREATE TRIGGER case_search_public_update AFTER UPDATE OF folded ON case_publications BEGIN "
    "INSERT INTO case_search_public(case_search_public, rowid, folded) VALUES ('delete', old.id, old.folded); "
    "INSERT INTO case_search_public(rowid, folded) VALUES (new.id, new.folded); END",
)
_SQLITE_DOWN = (
    "DROP TRIGGER case_search_public_insert",
    "DROP TRIGGER case_search_public_delete",
    "DROP TRIGGER case_search_public_update",
    "DROP TABLE case_search_public",
    "DROP TRIGGER case_search_insert",
    "DROP TRIGGER case_search_delete",
    "DROP TRIGGER case_search_update",
    "DROP TABLE case_search",
)
_POSTGRESQL = (
    "CREATE INDEX ix_case_search ON cases USING gin (to_tsvector('simple', folded))",
    "CREATE INDEX ix_case_search_public ON case_publications USING gin (to_tsvector('simple', folded))",
)
_POSTGRESQL_DOWN = ("DROP INDEX ix_case_search", "DROP INDEX ix_case_search_public")


def _run(statements: Iterable[str]) -> None:
    for one in statements:
        op.execute(one.replace(":", r"\:"))


def _search() -> None:
    """Fold what is there, and let the database keep an index over the words."""
    cases = sa.table("cases", sa.column("id"), sa.column("content"), sa.column("about"), sa.column("folded"))
    bind = op.get_bind()
    for row in bind.execute(sa.select(cases.c.id, cases.c.content, cases.c.about)).all():
        folded = fold(f"{row.content} {row.about}")
        bind.execute(sa.update(cases).where(cases.c.id == row.id).values(folded=folded))
    _run(_POSTGRESQL if bind.dialect.name == "postgresql" else _SQLITE)


def upgrade() -> None:
    """Add tables and columns; none is made anew, for others refer to them."""
    _columns_of_cases()
    _other_columns()
    _case_imports()
    _case_drafts()
    _case_events()
    _case_questions()
    _case_answers()
    _case_files()
    _case_handlings()
    _case_proposals()
    _case_publications()
    _case_tellings()
    _identity_reads()
    _data_requests()
    _incidents()
    _search()


def _dropped(indexes: Iterable[str], table: str) -> None:
    for index in indexes:
        op.drop_index(op.f(index), table)


def downgrade() -> None:
    """Take them away again."""
    _run(_POSTGRESQL_DOWN if op.get_bind().dialect.name == "postgresql" else _SQLITE_DOWN)
    for table in reversed(_NEW_TABLES):
        op.drop_table(table)
    for table, indexes in _NEW_INDEXES.items():
        _dropped(indexes, table)
    for table, columns in _NEW_COLUMNS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                if (table, column) in _REFERENCES:
                    batch_op.drop_constraint(op.f(f"fk_{table}_{column}_people"), type_="foreignkey")
                batch_op.drop_column(column)
    op.create_index(op.f("ix_cases_state"), "cases", ["state"], unique=False)
