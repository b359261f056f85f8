"""Persons' decisions on stories speak of groups of articles, and wait until an assembler has applied them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "decision_articles",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=63)),
        sa.ForeignKeyConstraint(["decision_id"], ["story_decisions.id"], name="fk_decision_articles_decision_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_decision_articles_article_id"),
        sa.PrimaryKeyConstraint("decision_id", "article_id", name="pk_decision_articles"),
    )
    op.create_index("ix_decision_articles_article_id", "decision_articles", ["article_id"])
    _move_the_pairs()
    with op.batch_alter_table("story_decisions") as batch:
        batch.add_column(sa.Column("undone_by", sa.Text()))
        batch.add_column(sa.Column("undone_reason", sa.Text()))
        batch.add_column(sa.Column("applied_at", _MOMENT))
        batch.drop_constraint("fk_story_decisions_article_a", type_="foreignkey")
        batch.drop_constraint("fk_story_decisions_article_b", type_="foreignkey")
        batch.drop_column("article_a")
        batch.drop_column("article_b")


def _move_the_pairs() -> None:
    """A decision spoke of two articles, or of the story that one is in."""
    op.execute(
        "INSERT INTO decision_articles (decision_id, article_id, place, story_id) "
        "SELECT d.id, d.article_a, 0, m.story_id FROM story_decisions d "
        "LEFT JOIN story_members m ON m.article_id = d.article_a"
    )
    op.execute(
        "INSERT INTO decision_articles (decision_id, article_id, place, story_id) "
        "SELECT d.id, d.article_b, 1, m.story_id FROM story_decisions d "
        "LEFT JOIN story_members m ON m.article_id = d.article_b WHERE d.article_b IS NOT NULL"
    )
    op.execute(
        "INSERT INTO decision_articles (decision_id, article_id, place, story_id) "
        "SELECT d.id, mate.article_id, 0, mate.story_id FROM story_decisions d "
        "JOIN story_members m ON m.article_id = d.article_a "
        "JOIN story_members mate ON mate.story_id = m.story_id AND mate.article_id <> d.article_a "
        "WHERE d.article_b IS NULL"
    )
