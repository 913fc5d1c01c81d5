"""The tables. Names and meanings follow docs/glossary.md; migrations/ holds how they came to be.

Enums are strings, moments are `UtcDateTime`, folded columns serve search, and every parent that a person can
change at the same time as another person carries a `version` for compare-and-set.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

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


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, required: bool = True, index: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.id"), nullable=not required, index=index)


def _moment(name: str, *, required: bool = True) -> Column:  # type: ignore[type-arg]
    return Column(name, UtcDateTime, nullable=not required)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, server_default="1")


# The office's own data

settings = Table(
    "settings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", JSON, nullable=False),
    _moment("updated_at"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Integer, nullable=False),
)

calendar_versions = Table(
    "calendar_versions",
    metadata,
    _id(),
    _moment("created_at"),
    Column("source", Text, nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("source", Text, nullable=False),
    _ref("version_id", "calendar_versions"),
)

# Agencies and people

agencies = Table(
    "agencies",
    metadata,
    _id(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, index=True),
    Column("level", String(30), nullable=False, index=True),
    Column("parent_code", String(40)),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor_code", String(40)),
    Column("relation", String(30), nullable=False, server_default=""),
    Column("coordinating", Boolean, nullable=False),
    _moment("created_at"),
    _version(),
)

agency_aliases = Table(
    "agency_aliases",
    metadata,
    _id(),
    _ref("agency_id", "agencies"),
    Column("alias", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    UniqueConstraint("agency_id", "folded"),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, index=True),
    Column("position", Text, nullable=False, server_default=""),
    Column("phone", LargeBinary),
    _moment("created_at"),
    _version(),
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    _ref("person_id", "people", index=True),
    _ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    _moment("created_at"),
    _moment("ended_at", required=False),
    UniqueConstraint("person_id", "agency_id", "role"),
    Index(None, "agency_id", "role", "state"),
)

invites = Table(
    "invites",
    metadata,
    _id(),
    Column("code_hash", String(64), nullable=False, unique=True),
    _ref("person_id", "people", required=False),
    _ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("used_at", required=False),
    _moment("revoked_at", required=False),
)

citizens = Table(
    "citizens",
    metadata,
    _id(),
    Column("name", LargeBinary),
    Column("address", LargeBinary),
    Column("phone", LargeBinary),
    Column("mail", LargeBinary),
    _moment("created_at"),
    _moment("erased_at", required=False),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    _ref("citizen_id", "citizens", index=True),
    Column("purpose", String(40), nullable=False),
    Column("notice_version", String(20), nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("channel", String(20), nullable=False),
    _moment("at"),
)

endpoints = Table(
    "endpoints",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    _ref("person_id", "people", required=False, index=True),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    _moment("created_at"),
    _moment("died_at", required=False),
    UniqueConstraint("channel", "chat"),
)

join_attempts = Table(
    "join_attempts",
    metadata,
    _id(),
    _ref("endpoint_id", "endpoints"),
    _moment("at"),
    Index(None, "endpoint_id", "at"),
)

# Plans, tasks and what they ask of each agency

plans = Table(
    "plans",
    metadata,
    _id(),
    Column("kind", String(60)),
    Column("number", String(80)),
    Column("date", Date),
    Column("issuer", Text),
    Column("place", Text),
    Column("year", Integer),
    Column("title", Text),
    Column("signer", Text),
    Column("coordinating_office", Text),
    Column("state", String(20), nullable=False),
    _moment("created_at"),
    _moment("issued_at", required=False),
    _version(),
)

plan_versions = Table(
    "plan_versions",
    metadata,
    _id(),
    _ref("plan_id", "plans", index=True),
    Column("number", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("draft", JSON, nullable=False),
    _moment("imported_at"),
    UniqueConstraint("plan_id", "number"),
)

ladders = Table(
    "ladders",
    metadata,
    _id(),
    Column("name", String(40), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("rungs", JSON, nullable=False),
    _moment("created_at"),
)

matters = Table(
    "matters",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    Column("due_on", Date, index=True),
    Column("due_version", Integer, nullable=False, server_default="0"),
    Column("calendar_version", Integer, nullable=False, server_default="0"),
    _ref("ladder_id", "ladders", required=False),
    _moment("opened_at"),
    _moment("closed_at", required=False),
    _version(),
)

due_versions = Table(
    "due_versions",
    metadata,
    _id(),
    _ref("matter_id", "matters"),
    Column("number", Integer, nullable=False),
    Column("due_on", Date),
    Column("reason", Text, nullable=False),
    _ref("decided_by", "people", required=False),
    Column("calendar_version", Integer, nullable=False),
    Column("explanation", JSON, nullable=False),
    _moment("at"),
    UniqueConstraint("matter_id", "number"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    _ref("plan_id", "plans", index=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("plan_id", "position"),
)

task_versions = Table(
    "task_versions",
    metadata,
    _id(),
    _ref("task_id", "tasks"),
    _ref("plan_version_id", "plan_versions"),
    Column("appendix", Text),
    Column("section", JSON, nullable=False),
    Column("number", String(40)),
    Column("content", Text, nullable=False),
    Column("content_folded", Text, nullable=False),
    Column("lead", JSON, nullable=False),
    Column("coordinating", JSON, nullable=False),
    Column("following", JSON, nullable=False),
    Column("deadline_raw", Text, nullable=False),
    Column("deadline", JSON, nullable=False),
    Column("product", Text, nullable=False),
    Column("also", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    UniqueConstraint("task_id", "plan_version_id"),
)

task_agencies = Table(
    "task_agencies",
    metadata,
    _id(),
    _ref("task_id", "tasks"),
    _ref("agency_id", "agencies", index=True),
    Column("part", String(20), nullable=False),
    UniqueConstraint("task_id", "agency_id", "part"),
)

doubts = Table(
    "doubts",
    metadata,
    _id(),
    _ref("plan_version_id", "plan_versions", index=True),
    _ref("task_id", "tasks", required=False),
    Column("field", String(40), nullable=False),
    Column("said", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("suggestion", JSON),
    Column("value", JSON),
    _moment("settled_at", required=False),
    _ref("settled_by", "people", required=False),
)

attached_plans = Table(
    "attached_plans",
    metadata,
    Column("plan_id", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    _ref("task_id", "tasks", index=True),
    _moment("at"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    Column("code", String(20), nullable=False, unique=True),
    _ref("task_id", "tasks"),
    _ref("agency_id", "agencies"),
    Column("part", Integer, nullable=False),
    Column("period", String(30), nullable=False),
    Column("starts_on", Date),
    Column("deadline", JSON, nullable=False),
    Column("product", Text, nullable=False),
    Column("state", String(30), nullable=False),
    _ref("handler_id", "people", required=False),
    _moment("issued_at"),
    _moment("accepted_at", required=False),
    _moment("reported_at", required=False),
    _moment("confirmed_at", required=False),
    Column("completed_on", Date),
    UniqueConstraint("task_id", "agency_id", "part", "period"),
    Index(None, "agency_id", "state"),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _ref("matter_id", "matters", index=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("percent", Integer),
    _ref("person_id", "people", required=False),
    _moment("at"),
)

files = Table(
    "files",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer),
    Column("digest", String(64), index=True),
    Column("channel", String(20), nullable=False),
    Column("reference", Text, nullable=False),
    _moment("created_at"),
    _moment("fetched_at", required=False),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    Column("number", String(80)),
    Column("date", Date),
    Column("text", Text, nullable=False, server_default=""),
    _ref("file_id", "files", required=False),
    _ref("person_id", "people", required=False),
    _moment("at"),
)

evidence_assignments = Table(
    "evidence_assignments",
    metadata,
    _id(),
    _ref("evidence_id", "evidence"),
    _ref("assignment_id", "assignments", index=True),
    UniqueConstraint("evidence_id", "assignment_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    Column("code", String(40), nullable=False, unique=True),
    Column("secret_hash", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("legal_class", String(30)),
    Column("state", String(30), nullable=False, index=True),
    _ref("citizen_id", "citizens"),
    _ref("endpoint_id", "endpoints", required=False),
    Column("channel", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("about", Text, nullable=False),
    _ref("agency_id", "agencies", required=False),
    _moment("received_at"),
    Column("received_on", Date, nullable=False),
    Column("law_pack", String(40), nullable=False),
)

# What will be said, what is said, and to whom

planned = Table(
    "planned",
    metadata,
    _id(),
    _ref("matter_id", "matters"),
    Column("rung", String(30), nullable=False),
    Column("due_version", Integer, nullable=False),
    _moment("at"),
    _ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    UniqueConstraint("matter_id", "rung", "due_version", "agency_id", "role"),
    Index(None, "state", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("lane", Integer, nullable=False),
    _ref("endpoint_id", "endpoints"),
    _ref("person_id", "people", required=False),
    Column("message", JSON),
    Column("text_sent", Text),
    Column("state", String(20), nullable=False),
    _moment("not_before"),
    _moment("created_at"),
    Column("business_day", Date),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    Column("claimed_by", String(60)),
    _moment("claimed_at", required=False),
    _moment("sent_at", required=False),
    Column("provider_id", String(80)),
    Column("error", Text),
    Index(None, "state", "lane", "not_before", "id"),
    Index(None, "person_id", "business_day"),
    Index(None, "endpoint_id", "id"),
)

notices = Table(
    "notices",
    metadata,
    _id(),
    _ref("matter_id", "matters", required=False),
    Column("occasion", String(80), nullable=False),
    _ref("person_id", "people"),
    _ref("agency_id", "agencies", required=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("data", JSON),
    _moment("not_before"),
    _moment("created_at"),
    _ref("outbox_id", "outbox", required=False, index=True),
    Index(None, "state", "person_id"),
)
Index(
    "uq_notices_occasion",
    func.coalesce(notices.c.matter_id, 0),
    notices.c.occasion,
    notices.c.person_id,
    unique=True,
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    Column("channel", String(20), nullable=False),
    Column("update_key", String(120), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    _moment("received_at"),
    _moment("handled_at", required=False),
    UniqueConstraint("channel", "update_key"),
    Index(None, "state", "id"),
    Index(None, "channel", "chat", "id"),
)

intakes = Table(
    "intakes",
    metadata,
    _id(),
    _ref("endpoint_id", "endpoints"),
    _ref("person_id", "people"),
    Column("channel", String(20), nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    _ref("plan_id", "plans", required=False),
    _moment("created_at"),
    _moment("not_before"),
    _moment("finished_at", required=False),
    Index(None, "state", "id"),
)

page_links = Table(
    "page_links",
    metadata,
    _id(),
    Column("token_hash", String(64), nullable=False, unique=True),
    _ref("person_id", "people", index=True),
    _ref("plan_id", "plans"),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("used_at", required=False),
)

page_sessions = Table(
    "page_sessions",
    metadata,
    _id(),
    Column("token_hash", String(64), nullable=False, unique=True),
    _ref("person_id", "people", index=True),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("ended_at", required=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("endpoint_id", Integer, ForeignKey("endpoints.id"), primary_key=True, autoincrement=False),
    Column("step", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("misses", Integer, nullable=False, server_default="0"),
    _moment("expires_at"),
    _version(),
)

channel_state = Table(
    "channel_state",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _moment("at"),
    Column("actor", String(20), nullable=False),
    _ref("person_id", "people", required=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
    Index(None, "subject", "subject_id"),
)
