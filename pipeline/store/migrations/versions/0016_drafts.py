"""What editors do to a draft."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.PrimaryKeyConstraint("list", "period", name="pk_drafts"),
    )
    op.create_table(
        "draft_stories",
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=63), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("list", "period", "number", name="pk_draft_stories"),
    )
    _decisions()


def _decisions() -> None:
    op.create_table(
        "draft_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("action", sa.String(length=15), nullable=False),
        sa.Column("story_id", sa.String(length=63), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_draft_decisions"),
    )
    op.create_index("ix_draft_decisions_list_period", "draft_decisions", ["list", "period"])
