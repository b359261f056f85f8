"""A person's word on the tone of an article."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "tone_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=15), nullable=False),
        sa.Column("value", sa.String(length=15)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_tone_overrides_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tone_overrides"),
    )
    op.create_index("ix_tone_overrides_article_id", "tone_overrides", ["article_id"])
