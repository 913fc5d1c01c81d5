"""What will be said, what is said, to whom, and what came in."""

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

planned = Table(
    "planned",
    metadata,
    key(),
    ref("matter_id", "matters"),
    Column("rung", String(30), nullable=False),
    Column("due_version", Integer, nullable=False),
    moment("at"),
    ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    Column("kind", String(30), nullable=False, server_default="reminder"),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    moment("previewed_at", required=False),
    ref("person_id", "people", required=False),
    Column("direct", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("matter_id", "rung", "due_version", "agency_id", "role"),
    Index(None, "state", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("key", String(120), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("lane", Integer, nullable=False),
    ref("endpoint_id", "endpoints"),
    ref("person_id", "people", required=False),
    Column("message", JSON),
    Column("text_sent", Text),
    Column("state", String(20), nullable=False),
    moment("not_before"),
    moment("created_at"),
    Column("business_day", Date),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("unknowns", Integer, nullable=False, server_default="0"),
    Column("claimed_by", String(60)),
    moment("claimed_at", required=False),
    moment("sent_at", required=False),
    moment("rerouted_at", required=False),
    Column("provider_id", String(80)),
    Column("error", Text),
    Index(None, "state", "lane", "id"),
    Index(None, "person_id", "business_day"),
    Index(None, "endpoint_id", "id"),
    Index(None, "endpoint_id", "provider_id"),
)

receipts = Table(
    "receipts",
    metadata,
    key(),
    ref("outbox_id", "outbox"),
    Column("kind", String(20), nullable=False),
    moment("at"),
    UniqueConstraint("outbox_id", "kind"),
)

channel_uses = Table(
    "channel_uses",
    metadata,
    key(),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    moment("at"),
    Index(None, "channel", "chat", "at"),
    Index(None, "channel", "kind", "at"),
)

notices = Table(
    "notices",
    metadata,
    key(),
    ref("matter_id", "matters", required=False),
    Column("occasion", String(80), nullable=False),
    ref("person_id", "people"),
    ref("agency_id", "agencies", required=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("urgent", Boolean, nullable=False, server_default=text("false")),
    Column("data", JSON),
    moment("not_before"),
    moment("created_at"),
    ref("outbox_id", "outbox", required=False, index=True),
    Index(None, "state", "person_id"),
    Index(None, "matter_id", "occasion", "person_id", unique=True),
)
_OF_NO_MATTER = notices.c.matter_id.is_(None)
Index(
    "uq_notices_occasion",
    notices.c.occasion,
    notices.c.person_id,
    unique=True,
    sqlite_where=_OF_NO_MATTER,
    postgresql_where=_OF_NO_MATTER,
)

inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String(20), nullable=False),
    Column("update_key", String(120), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    Column("album", String(80)),
    moment("not_before", required=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    moment("received_at"),
    moment("handled_at", required=False),
    UniqueConstraint("channel", "update_key"),
    Index(None, "state", "id"),
    Index(None, "channel", "chat", "id"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("endpoint_id", Integer, ForeignKey("endpoints.id"), primary_key=True, autoincrement=False),
    Column("step", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("misses", Integer, nullable=False, server_default="0"),
    moment("expires_at"),
    version(),
)

sightings = Table(
    "sightings",
    metadata,
    key(),
    ref("matter_id", "matters"),
    ref("person_id", "people"),
    moment("first_at"),
    moment("last_at"),
    UniqueConstraint("matter_id", "person_id"),
)
