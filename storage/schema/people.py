"""Agencies, the people in them, citizens, and the chats by which they are reached."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.base import key, metadata, moment, ref, version

agencies = Table(
    "agencies",
    metadata,
    key(),
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
    moment("created_at"),
    version(),
)

agency_aliases = Table(
    "agency_aliases",
    metadata,
    key(),
    ref("agency_id", "agencies"),
    Column("alias", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    UniqueConstraint("agency_id", "folded"),
)

people = Table(
    "people",
    metadata,
    key(),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, index=True),
    Column("position", Text, nullable=False, server_default=""),
    Column("phone", LargeBinary),
    Column("quiet_until", Integer),
    Column("quiet_from", Integer),
    moment("created_at"),
    version(),
)

memberships = Table(
    "memberships",
    metadata,
    key(),
    ref("person_id", "people", index=True),
    ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("rank", Integer, nullable=False, server_default="0"),
    moment("created_at"),
    moment("ended_at", required=False),
    UniqueConstraint("person_id", "agency_id", "role"),
    Index(None, "agency_id", "role", "state"),
)

invites = Table(
    "invites",
    metadata,
    key(),
    Column("code_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", required=False),
    ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", required=False),
    moment("revoked_at", required=False),
)

citizens = Table(
    "citizens",
    metadata,
    key(),
    Column("name", LargeBinary),
    Column("address", LargeBinary),
    Column("phone", LargeBinary),
    Column("mail", LargeBinary),
    Column("kind", String(20), nullable=False, server_default="person"),
    Column("email", LargeBinary),
    Column("extra", LargeBinary),
    moment("restricted_at", required=False),
    moment("created_at"),
    moment("erased_at", required=False),
)

consents = Table(
    "consents",
    metadata,
    key(),
    ref("citizen_id", "citizens", index=True),
    Column("purpose", String(40), nullable=False),
    Column("notice_version", String(20), nullable=False),
    Column("text_digest", String(64), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("granted", Boolean, nullable=False, server_default=text("true")),
    moment("withdrawn_at", required=False),
    moment("at"),
)

endpoints = Table(
    "endpoints",
    metadata,
    key(),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    ref("person_id", "people", required=False, index=True),
    Column("state", String(20), nullable=False),
    Column("reason", Text),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("brief", Boolean, nullable=False, server_default=text("false")),
    moment("heard_at", required=False),
    ref("agency_id", "agencies", required=False, index=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("summary", Boolean, nullable=False, server_default=text("false")),
    moment("created_at"),
    moment("died_at", required=False),
    UniqueConstraint("channel", "chat"),
)

join_attempts = Table(
    "join_attempts",
    metadata,
    key(),
    ref("endpoint_id", "endpoints"),
    moment("at"),
    Index(None, "endpoint_id", "at"),
)

page_links = Table(
    "page_links",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", index=True),
    ref("plan_id", "plans", required=False),
    ref("assignment_id", "assignments", required=False),
    Column("path", String(200)),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", required=False),
)

page_sessions = Table(
    "page_sessions",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", index=True),
    moment("created_at"),
    moment("expires_at"),
    moment("ended_at", required=False),
)

account_codes = Table(
    "account_codes",
    metadata,
    key(),
    Column("code_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", required=False, index=True),
    ref("agency_id", "agencies", required=False),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", required=False),
    ref("endpoint_id", "endpoints", required=False),
)

chat_links = Table(
    "chat_links",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("purpose", String(20), nullable=False),
    ref("endpoint_id", "endpoints", index=True),
    ref("person_id", "people", required=False),
    ref("matter_id", "matters", required=False),
    Column("data", JSON),
    moment("created_at"),
    moment("expires_at"),
    moment("used_at", required=False),
)

substitutes = Table(
    "substitutes",
    metadata,
    key(),
    ref("person_id", "people", index=True),
    ref("substitute_id", "people", index=True),
    ref("agency_id", "agencies"),
    Column("role", String(20), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date, nullable=False),
    moment("created_at"),
    moment("ended_at", required=False),
    Index(None, "agency_id", "role"),
)

successions = Table(
    "successions",
    metadata,
    key(),
    ref("from_id", "agencies"),
    ref("to_id", "agencies"),
    Column("effective_on", Date, nullable=False),
    Column("basis", Text, nullable=False),
    Column("taken_over", JSON, nullable=False),
    ref("person_id", "people", required=False),
    moment("at"),
)
