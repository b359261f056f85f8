"""Subscribers: cities, formats, states, tokens, what they ask for; and the returned messages that were read."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _widen()
    _fill()
    _tighten()
    op.create_index("ix_deliveries_message_id", "deliveries", ["message_id"])
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("address", sa.String(length=254)),
        sa.Column("status", sa.String(length=15)),
        sa.Column("detail", sa.Text()),
        sa.Column("reported_at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bounces"),
        sa.UniqueConstraint("digest", name="uq_bounces_digest"),
    )
    op.create_index("ix_bounces_address", "bounces", ["address"])


def _widen() -> None:
    with op.batch_alter_table("subscribers") as batch:
        batch.add_column(sa.Column("cities", sa.JSON()))
        batch.add_column(sa.Column("formats", sa.JSON()))
        batch.add_column(sa.Column("state", sa.String(length=15)))
        batch.add_column(sa.Column("state_at", _MOMENT))
        batch.add_column(sa.Column("state_reason", sa.Text()))
        batch.add_column(sa.Column("token", sa.String(length=43)))
        batch.add_column(sa.Column("asked", sa.JSON()))
        batch.add_column(sa.Column("asked_at", _MOMENT))
        batch.add_column(sa.Column("asks", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("mailed_at", _MOMENT))


def _fill() -> None:
    """Who was removed is unsubscribed; everybody else is active. Each gets a token of his own."""
    table = sa.table(
        "subscribers",
        *(sa.column(name) for name in ("id", "state", "state_at", "token", "created_at", "removed_at")),
        sa.column("cities", sa.JSON()),
        sa.column("formats", sa.JSON()),
    )
    connection = op.get_bind()
    connection.execute(table.update().values(cities=[], formats=["html"], state="active", state_at=table.c.created_at))
    gone = table.update().where(table.c.removed_at.is_not(None))
    connection.execute(gone.values(state="unsubscribed", state_at=table.c.removed_at))
    for number in connection.execute(sa.select(table.c.id)).scalars().all():
        connection.execute(table.update().where(table.c.id == number).values(token=secrets.token_urlsafe(24)))


def _tighten() -> None:
    with op.batch_alter_table("subscribers") as batch:
        for name, kind in (
            ("cities", sa.JSON()),
            ("formats", sa.JSON()),
            ("state", sa.String(length=15)),
            ("state_at", _MOMENT),
            ("token", sa.String(length=43)),
        ):
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.drop_column("removed_at")
        batch.create_unique_constraint("uq_subscribers_token", ["token"])
