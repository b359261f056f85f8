"""Alembic migrations, run by `pipeline.store.opening`. A change of the schema is a new file in `versions/`."""

HEAD = "0019"  # the revision this code is written for; a test compares it with the newest file
