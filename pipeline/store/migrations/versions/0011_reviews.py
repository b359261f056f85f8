"""Doubtful articles wait for a person, and what a person judged is kept with the text as it was."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_BATCH = 200  # rejected articles whose texts are copied at a time


def upgrade() -> None:
    op.add_column("articles", sa.Column("doubt", sa.Float()))
    op.create_index(
        "ix_articles_doubtful",
        "articles",
        ["doubt", "dated_at", "id"],
        sqlite_where=sa.text("doubt IS NOT NULL"),
        postgresql_where=sa.text("doubt IS NOT NULL"),
    )
    op.create_table(
        "judgements",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("watches", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("doubtful", sa.JSON(), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("date_published", _MOMENT),
        sa.Column("article_body", sa.JSON(), nullable=False),
        sa.Column("in_language", sa.String(length=15)),
        sa.ForeignKeyConstraint(["correction_id"], ["corrections.id"], name="fk_judgements_correction_id"),
        sa.PrimaryKeyConstraint("correction_id", name="pk_judgements"),
    )
    _keep_the_rejected()


def _keep_the_rejected() -> None:
    """Articles that persons rejected so far are judged cases too, with their texts as they stand today."""
    corrections = sa.table("corrections", sa.column("id"), sa.column("article_id"), sa.column("action"))
    told = "id", "version_id", "extraction_id"
    articles = sa.table("articles", *map(sa.column, told), sa.column("date_published", _MOMENT))
    extractions = sa.table("extractions", sa.column("id"), sa.column("article", sa.JSON()))
    query = (
        sa.select(corrections.c.id, articles.c.version_id, articles.c.date_published, extractions.c.article)
        .join_from(corrections, articles, articles.c.id == corrections.c.article_id)
        .join(extractions, extractions.c.id == articles.c.extraction_id)
        .where(corrections.c.action == "reject")
        .order_by(corrections.c.id)
    )
    connection, last = op.get_bind(), 0
    while rows := connection.execute(query.where(corrections.c.id > last).limit(_BATCH)).all():
        connection.execute(_judgements.insert(), [_case(*row) for row in rows])
        last = rows[-1][0]


_judgements = sa.table(
    "judgements",
    sa.column("correction_id"),
    sa.column("version_id"),
    sa.column("watches", sa.JSON()),
    sa.column("accepted", sa.JSON()),
    sa.column("doubtful", sa.JSON()),
    sa.column("headline"),
    sa.column("description"),
    sa.column("keywords", sa.JSON()),
    sa.column("date_published", _MOMENT),
    sa.column("article_body", sa.JSON()),
    sa.column("in_language"),
)


def _case(
    correction_id: int, version_id: int, published: datetime | None, article: dict[str, object]
) -> dict[str, object]:
    return {
        "correction_id": correction_id,
        "version_id": version_id,
        "watches": {},
        "accepted": {},
        "doubtful": [],
        "headline": article.get("headline"),
        "description": article.get("description"),
        "keywords": article.get("keywords") or [],
        "date_published": published,
        "article_body": article.get("article_body") or [],
        "in_language": article.get("in_language"),
    }
