"""Plans, their wording and the doubts a person settles."""

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
    func,
    text,
)

from storage.schema.base import key, metadata, moment, ref, version

plans = Table(
    "plans",
    metadata,
    key(),
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
    Column("oral", Boolean, nullable=False, server_default=text("false")),
    Column("head_confirms", Boolean, nullable=False, server_default=text("false")),
    moment("created_at"),
    moment("issued_at", required=False),
    moment("closed_at", required=False),
    version(),
)

plan_versions = Table(
    "plan_versions",
    metadata,
    key(),
    ref("plan_id", "plans", index=True),
    Column("number", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("draft", JSON, nullable=False),
    moment("imported_at"),
    UniqueConstraint("plan_id", "number"),
)

ladders = Table(
    "ladders",
    metadata,
    key(),
    Column("name", String(40), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("rungs", JSON, nullable=False),
    Column("internal_days", Integer),
    moment("created_at"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, ForeignKey("matters.id"), primary_key=True, autoincrement=False),
    ref("plan_id", "plans", index=True),
    Column("position", Integer, nullable=False),
    UniqueConstraint("plan_id", "position"),
)

task_versions = Table(
    "task_versions",
    metadata,
    key(),
    ref("task_id", "tasks"),
    ref("plan_version_id", "plan_versions"),
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
    key(),
    ref("task_id", "tasks"),
    ref("agency_id", "agencies", index=True),
    Column("part", String(20), nullable=False),
    UniqueConstraint("task_id", "agency_id", "part"),
)

doubts = Table(
    "doubts",
    metadata,
    key(),
    ref("plan_version_id", "plan_versions", index=True),
    ref("task_id", "tasks", required=False),
    Column("field", String(40), nullable=False),
    Column("said", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("suggestion", JSON),
    Column("value", JSON),
    moment("settled_at", required=False),
    ref("settled_by", "people", required=False),
)

attached_plans = Table(
    "attached_plans",
    metadata,
    Column("plan_id", Integer, ForeignKey("plans.id"), primary_key=True, autoincrement=False),
    ref("task_id", "tasks", index=True),
    moment("at"),
)

intakes = Table(
    "intakes",
    metadata,
    key(),
    ref("endpoint_id", "endpoints"),
    ref("person_id", "people"),
    Column("channel", String(20), nullable=False),
    Column("reference", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    ref("plan_id", "plans", required=False),
    Column("purpose", String(20), nullable=False, server_default="plan"),
    Column("data", JSON),
    moment("created_at"),
    moment("not_before"),
    moment("finished_at", required=False),
    Index(None, "state", "id"),
)

ladder_overrides = Table(
    "ladder_overrides",
    metadata,
    key(),
    ref("plan_id", "plans", index=True),
    ref("task_id", "tasks", required=False),
    ref("agency_id", "agencies", required=False),
    ref("ladder_id", "ladders"),
    ref("person_id", "people", required=False),
    moment("at"),
)
Index(
    "uq_ladder_overrides_place",
    ladder_overrides.c.plan_id,
    func.coalesce(ladder_overrides.c.task_id, 0),
    func.coalesce(ladder_overrides.c.agency_id, 0),
    unique=True,
)
