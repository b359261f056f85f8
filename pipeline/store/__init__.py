"""What is known, durably: one `Store` of verbs over SQLite or PostgreSQL. Records and their fields: `records`."""

from pipeline.store.store import Store, open_store

__all__ = ["Store", "open_store"]
