"""Alembic's entry: runs over the connection it is handed, within that connection's transaction."""

from alembic import context
from sqlalchemy import Connection

from pipeline.store.schema import metadata


def run(connection: Connection) -> None:
    """Bring the database to the wanted revision. Tables are rebuilt for SQLite, which cannot alter them in place."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
