"""What is counted and reported: indicators, imported figures, forms of units, frozen reports, publications."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.schema.base import key, metadata, moment, ref, version

indicators = Table(
    "indicators",
    metadata,
    key(),
    ref("plan_id", "plans", required=False, index=True),
    ref("task_id", "tasks", required=False, index=True),
    ref("parent_id", "indicators", required=False),
    Column("year", Integer, nullable=False, index=True),
    Column("number", String(40)),
    Column("content", Text, nullable=False),
    Column("content_folded", Text, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("operator", String(2), nullable=False),
    Column("target", String(40), nullable=False),
    Column("scope", JSON, nullable=False),
    Column("agencies", JSON, nullable=False),
    Column("state", String(20), nullable=False),
    moment("created_at"),
    moment("ended_at", required=False),
)
"""A target: of a plan, of a task whose text holds it, or of the office alone. Numbers are decimal strings.

`agencies` holds the ids of those that owe a value, none where the office alone keeps it. `state` is "in_force",
"suggested" (found in a task's words, for a coordinator to take) or "declined".
"""

indicator_values = Table(
    "indicator_values",
    metadata,
    key(),
    ref("indicator_id", "indicators"),
    ref("agency_id", "agencies", required=False),
    Column("period", String(10), nullable=False),
    Column("part", String(40)),
    Column("whole", String(40)),
    Column("value", String(40), nullable=False),
    Column("source", Text, nullable=False, server_default=""),
    ref("person_id", "people", required=False),
    moment("at"),
    moment("superseded_at", required=False),
    Index(None, "indicator_id", "agency_id", "period"),
)
"""A value of an agency (or of all, without one) in a period; `part` of `whole` where both are known."""

figure_sets = Table(
    "figure_sets",
    metadata,
    key(),
    Column("series", String(40), nullable=False),
    Column("period", String(10), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    ref("person_id", "people", required=False),
    moment("at"),
    moment("superseded_at", required=False),
    Index(None, "series", "period"),
)
"""One imported table of figures from another system (dossiers, scores) for one period."""

figure_rows = Table(
    "figure_rows",
    metadata,
    key(),
    ref("set_id", "figure_sets", index=True),
    ref("agency_id", "agencies", required=False),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("values", JSON, nullable=False),
)

collections = Table(
    "collections",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    ref("task_id", "tasks", required=False, index=True),
    Column("period", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("outline", JSON, nullable=False),
    Column("due_on", Date),
    ref("person_id", "people", required=False),
    moment("opened_at"),
    moment("closed_at", required=False),
    version(),
)
"""A form that units fill in: the periodic report's sections, or a task's collecting table. The outline is frozen."""

collection_units = Table(
    "collection_units",
    metadata,
    key(),
    ref("collection_id", "collections"),
    ref("agency_id", "agencies", index=True),
    moment("asked_at"),
    moment("sent_at", required=False),
    ref("sent_by", "people", required=False),
    UniqueConstraint("collection_id", "agency_id"),
)
"""Who is asked, and who has sent."""

contributions = Table(
    "contributions",
    metadata,
    key(),
    ref("collection_id", "collections"),
    ref("agency_id", "agencies"),
    Column("section", String(40), nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("rows", JSON, nullable=False),
    ref("person_id", "people", required=False),
    moment("at"),
    version(),
    UniqueConstraint("collection_id", "agency_id", "section"),
)

snapshots = Table(
    "snapshots",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("number", Integer, nullable=False),
    Column("cut_off", Date, nullable=False),
    Column("data", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    ref("person_id", "people", required=False),
    moment("at"),
    UniqueConstraint("kind", "period", "number"),
)
"""A report's figures as they stood at the cut-off: what is changed later does not change a report that was sent."""

publications = Table(
    "publications",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    ref("snapshot_id", "snapshots"),
    Column("state", String(20), nullable=False),
    ref("made_by", "people"),
    moment("made_at"),
    ref("approved_by", "people", required=False),
    moment("approved_at", required=False),
    Column("link", Text),
    ref("posted_by", "people", required=False),
    moment("posted_at", required=False),
    version(),
)
"""What is made public: made from a frozen table, approved by a named leader, done when the posted link stands here."""
