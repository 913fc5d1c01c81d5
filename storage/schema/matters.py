"""What is followed to its end: matters with their dates, assignments, evidence."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.base import key, metadata, moment, ref, version

matters = Table(
    "matters",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("due_on", Date, index=True),
    Column("due_version", Integer, nullable=False, server_default="0"),
    Column("calendar_version", Integer, nullable=False, server_default="0"),
    ref("ladder_id", "ladders", required=False),
    moment("opened_at"),
    moment("closed_at", required=False),
    version(),
)

due_versions = Table(
    "due_versions",
    metadata,
    key(),
    ref("matter_id", "matters"),
    Column("number", Integer, nullable=False),
    Column("due_on", Date),
    Column("reason", Text, nullable=False),
    ref("decided_by", "people", required=False),
    Column("calendar_version", Integer, nullable=False),
    Column("explanation", JSON, nullable=False),
    Column("basis", Text),
    moment("at"),
    UniqueConstraint("matter_id", "number"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    Column("code", String(20), nullable=False, unique=True),
    ref("task_id", "tasks"),
    ref("agency_id", "agencies"),
    Column("part", Integer, nullable=False),
    Column("period", String(30), nullable=False),
    Column("starts_on", Date),
    Column("deadline", JSON, nullable=False),
    Column("product", Text, nullable=False),
    Column("state", String(30), nullable=False),
    Column("prior_state", String(30)),
    ref("handler_id", "people", required=False),
    moment("issued_at"),
    moment("accepted_at", required=False),
    moment("reported_at", required=False),
    moment("head_confirmed_at", required=False),
    ref("head_confirmed_by", "people", required=False),
    moment("confirmed_at", required=False),
    Column("completed_on", Date),
    UniqueConstraint("task_id", "agency_id", "part", "period"),
    Index(None, "agency_id", "state"),
    Index(None, "state"),
)

comments = Table(
    "comments",
    metadata,
    key(),
    ref("matter_id", "matters", index=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("percent", Integer),
    ref("person_id", "people", required=False),
    moment("at"),
)

files = Table(
    "files",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer),
    Column("digest", String(64), index=True),
    Column("channel", String(20), nullable=False),
    Column("reference", Text, nullable=False),
    moment("created_at"),
    moment("fetched_at", required=False),
)

sent_files = Table(
    "sent_files",
    metadata,
    key(),
    ref("file_id", "files"),
    ref("endpoint_id", "endpoints", index=True),
    ref("person_id", "people"),
    Column("bundle", Integer, index=True),
    Column("album", String(80)),
    Column("quiet", Boolean, nullable=False, server_default=text("false")),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("said", Text, nullable=False),
    moment("created_at"),
    moment("not_before"),
    moment("finished_at", required=False),
    Index(None, "state", "id"),
)

evidence = Table(
    "evidence",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("number", String(80)),
    Column("date", Date),
    Column("text", Text, nullable=False, server_default=""),
    ref("file_id", "files", required=False),
    ref("person_id", "people", required=False),
    moment("at"),
)

evidence_assignments = Table(
    "evidence_assignments",
    metadata,
    key(),
    ref("evidence_id", "evidence"),
    ref("assignment_id", "assignments", index=True),
    UniqueConstraint("evidence_id", "assignment_id"),
)

extensions = Table(
    "extensions",
    metadata,
    key(),
    ref("assignment_id", "assignments", index=True),
    ref("asked_by", "people", required=False),
    moment("asked_at"),
    Column("asked_until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("proposed_until", Date),
    ref("proposed_by", "people", required=False),
    moment("proposed_at", required=False),
    Column("proposed_note", Text),
    ref("decided_by", "people", required=False),
    moment("decided_at", required=False),
    Column("granted_until", Date),
    Column("agreed_by", Text),
    Column("agreed_on", Date),
    Column("basis", Text),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    ref("assignment_id", "assignments", index=True),
    ref("agency_id", "agencies", index=True),
    Column("content", Text, nullable=False),
    Column("state", String(20), nullable=False),
    ref("asked_by", "people", required=False),
    moment("asked_at"),
    Column("answer", Text),
    ref("file_id", "files", required=False),
    ref("answered_by", "people", required=False),
    moment("answered_at", required=False),
)
