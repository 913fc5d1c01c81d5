"""What is the office's own: settings, counters, the work calendar, alarms, the trail of acts."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text

from storage.schema.base import key, metadata, moment, ref

settings = Table(
    "settings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", JSON, nullable=False),
    moment("updated_at"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Integer, nullable=False),
)

channel_state = Table(
    "channel_state",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

calendar_versions = Table(
    "calendar_versions",
    metadata,
    key(),
    moment("created_at"),
    Column("source", Text, nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("source", Text, nullable=False),
    ref("version_id", "calendar_versions"),
)

calendar_changes = Table(
    "calendar_changes",
    metadata,
    key(),
    ref("version_id", "calendar_versions", index=True),
    Column("day", Date, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("effect", JSON, nullable=False),
)

alarms = Table(
    "alarms",
    metadata,
    key(),
    Column("name", String(40), nullable=False, index=True),
    Column("data", JSON, nullable=False),
    moment("raised_at"),
    moment("seen_at"),
    moment("sent_at", required=False),
    moment("cleared_at", required=False),
)

audit = Table(
    "audit",
    metadata,
    key(),
    moment("at"),
    Column("actor", String(20), nullable=False),
    ref("person_id", "people", required=False),
    Column("act", String(40), nullable=False),
    Column("subject", String(20), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
    Index(None, "subject", "subject_id"),
)
