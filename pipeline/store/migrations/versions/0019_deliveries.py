"""Deliveries that expire; their messages in a table of their own; troubles of the sender, and who was told of what."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _messages()
    with op.batch_alter_table("deliveries") as batch:
        batch.drop_column("message")
        batch.add_column(sa.Column("expires_at", _MOMENT))
    op.create_table(
        "troubles",
        sa.Column("name", sa.String(length=31), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_troubles"),
    )
    op.create_table(
        "tellings",
        sa.Column("occurrence", sa.String(length=127), nullable=False),
        sa.Column("road", sa.String(length=15), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("occurrence", "road", name="pk_tellings"),
    )


def _messages() -> None:
    op.create_table(
        "delivery_messages",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], name="fk_delivery_messages_delivery_id"),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_delivery_messages"),
    )
    op.execute("INSERT INTO delivery_messages (delivery_id, message) SELECT id, message FROM deliveries")
