"""What the coordinating office steers by: who follows what, urging, broadcasts, digests and leaders' words."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.schema.base import key, metadata, moment, ref, version

follows = Table(
    "follows",
    metadata,
    key(),
    ref("person_id", "people", index=True),
    Column("role", String(20), nullable=False),
    ref("agency_id", "agencies", required=False, index=True),
    Column("level", String(30)),
    ref("plan_id", "plans", required=False),
    Column("section", Text),
    moment("created_at"),
    moment("ended_at", required=False),
)
"""What an official of the office follows, or a leader's portfolio: an agency, a level, a section of a plan (II.1)."""

subscriptions = Table(
    "subscriptions",
    metadata,
    key(),
    ref("person_id", "people"),
    Column("kind", String(20), nullable=False),
    Column("wanted", Integer, nullable=False),
    moment("at"),
    UniqueConstraint("person_id", "kind"),
)
"""Only what a person chose otherwise than the office's default; `wanted` is 1 or 0."""

digest_readers = Table(
    "digest_readers",
    metadata,
    key(),
    ref("leader_id", "people", index=True),
    ref("reader_id", "people", index=True),
    moment("created_at"),
    moment("ended_at", required=False),
)
"""Secretaries, who read a leader's digest and decide nothing."""

digests = Table(
    "digests",
    metadata,
    key(),
    ref("person_id", "people"),
    Column("kind", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    moment("at"),
    UniqueConstraint("person_id", "kind", "day"),
)
"""What a person's digest of a day said in figures: tomorrow's change is counted from it."""

digest_checks = Table(
    "digest_checks",
    metadata,
    key(),
    Column("day", Date, nullable=False, unique=True),
    Column("note", Text, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    ref("person_id", "people", required=False),
    moment("at"),
    version(),
)
"""The office's look at a coming day's digest: its own sentence, and whether the digest may leave."""

directions = Table(
    "directions",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    ref("leader_id", "people", index=True),
    ref("matter_id", "matters", required=False, index=True),
    ref("agency_id", "agencies", required=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    moment("at"),
    Column("passed_text", Text),
    ref("passed_by", "people", required=False),
    moment("passed_at", required=False),
    Column("answer", Text),
    ref("file_id", "files", required=False),
    ref("answered_by", "people", required=False),
    moment("answered_at", required=False),
    Column("delivered_text", Text),
    moment("closed_at", required=False),
    version(),
)
"""A leader's word on a matter or an agency: a request to account for it, or an instruction; it goes by the office."""

urges = Table(
    "urges",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    ref("person_id", "people"),
    Column("sentence", Text, nullable=False, server_default=""),
    Column("wanted_by", Date),
    moment("at"),
    Column("number", String(80)),
    Column("date", Date),
    ref("recorded_by", "people", required=False),
    moment("recorded_at", required=False),
)
"""One urging by the office: in chat, or by an official letter whose number and date stand here once it is signed."""

urge_matters = Table(
    "urge_matters",
    metadata,
    key(),
    ref("urge_id", "urges"),
    ref("matter_id", "matters", index=True),
    UniqueConstraint("urge_id", "matter_id"),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    key(),
    ref("person_id", "people"),
    Column("text", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    ref("file_id", "files", required=False),
    moment("at"),
    moment("leaves_at"),
    moment("undone_at", required=False),
    moment("left_at", required=False),
)
"""One text to many: it waits until `leaves_at`, and then either left or was taken back, never both."""

reconfirmations = Table(
    "reconfirmations",
    metadata,
    key(),
    ref("agency_id", "agencies"),
    Column("round", String(10), nullable=False),
    moment("asked_at"),
    moment("answered_at", required=False),
    ref("person_id", "people", required=False),
    Column("answer", Text),
    UniqueConstraint("agency_id", "round"),
)
"""Twice a year each agency says whether its focal officers are still these."""

feeds = Table(
    "feeds",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    ref("person_id", "people", index=True),
    ref("agency_id", "agencies", required=False),
    moment("created_at"),
    moment("revoked_at", required=False),
)
"""Secret links to a calendar of due dates: a person's, or an agency's as that person may see it."""

Index(None, follows.c.role, follows.c.person_id)
