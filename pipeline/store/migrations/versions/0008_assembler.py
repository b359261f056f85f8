"""What waits for the assembler is found without a search; the nightly passes; what changed is found by date."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("articles", sa.Column("placed", sa.Boolean(), nullable=False, server_default=sa.false()))
    articles = sa.table("articles", sa.column("id"), sa.column("placed", sa.Boolean()))
    members = sa.table("story_members", sa.column("article_id"))
    placed = sa.update(articles).where(articles.c.id.in_(sa.select(members.c.article_id)))
    op.execute(placed.values(placed=sa.true()))
    _waiting("ix_articles_unplaced", ["dated_at", "id"], "in_scope", "placed")
    _waiting("ix_articles_misplaced", ["id"], "placed", "in_scope")
    op.create_index("ix_stories_continues", "stories", ["continues"])
    op.create_index("ix_audit_action_at", "audit", ["action", "at"])
    op.create_table(
        "nights",
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("merged", sa.Integer(), nullable=False),
        sa.Column("split", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", name="pk_nights"),
    )


def _waiting(name: str, columns: list[str], true: str, false: str) -> None:
    """An index of the articles for which one mark is set and the other is not."""
    op.create_index(
        name,
        "articles",
        columns,
        sqlite_where=sa.text(f"{true} = 1 AND {false} = 0"),
        postgresql_where=sa.text(f"{true} AND NOT {false}"),
    )
