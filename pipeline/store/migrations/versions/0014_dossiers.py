"""Dossiers: what was opened, and persons' notes, closings and days."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("watch", sa.String(length=63), nullable=False),
        sa.Column("edition", sa.Integer()),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossiers"),
        sa.ForeignKeyConstraint(["anchor"], ["articles.id"], name="fk_dossiers_anchor"),
    )
    op.create_table(
        "dossier_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=15), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("first_day", sa.String(length=10)),
        sa.Column("last_day", sa.String(length=10)),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_decisions"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_dossier_decisions_dossier_id"),
    )
    op.create_index("ix_dossier_decisions_dossier_id", "dossier_decisions", ["dossier_id"])
