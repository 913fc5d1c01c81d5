"""How the tables came to be: Alembic revisions, add first, remove a release later."""
