"""The index by which cases are searched by words: derived from their folded text, kept by the database itself.

SQLite keeps a full-text table (FTS5) that triggers follow; PostgreSQL an index over the words. Neither holds anything
that the cases do not, so a backup leaves them out and whatever is written to the cases is found at once.
"""

SEARCH = "case_search"
"""The name of the full-text table, and the beginning of the names of what SQLite keeps it in."""


PUBLIC = "case_search_public"
"""The same for what is public of cases: never searched by what its sender wrote, only by what everybody may read."""


def is_derived(table: str) -> bool:
    """Whether a table of the database is part of the index, not one of the program's own."""
    return table.startswith(SEARCH)
