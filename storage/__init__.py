"""The database: schema, units, repositories, read-only views, migrations."""
