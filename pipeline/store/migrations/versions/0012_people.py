"""A register of people across articles, and persons' corrections of it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "register_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shown_name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_people"),
    )
    op.create_index("ix_register_people_key", "register_people", ["key"])
    _appearances()
    op.create_table(
        "register_reads",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_register_reads_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_register_reads"),
    )
    _decisions()


def _appearances() -> None:
    op.create_table(
        "appearances",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shown_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("office", sa.String(length=63)),
        sa.Column("city", sa.String(length=63)),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_appearances_article_id"),
        sa.ForeignKeyConstraint(["person_id"], ["register_people.id"], name="fk_appearances_person_id"),
        sa.ForeignKeyConstraint(["shown_id"], ["register_people.id"], name="fk_appearances_shown_id"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_appearances"),
    )
    op.create_index("ix_appearances_person_id", "appearances", ["person_id"])
    op.create_index("ix_appearances_shown_id", "appearances", ["shown_id"])


def _decisions() -> None:
    op.create_table(
        "person_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=15), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer()),
        sa.Column("name", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["person_id"], ["register_people.id"], name="fk_person_decisions_person_id"),
        sa.ForeignKeyConstraint(["into_id"], ["register_people.id"], name="fk_person_decisions_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person_decisions"),
    )
    op.create_table(
        "person_decision_articles",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["person_decisions.id"], name="fk_person_decision_articles_decision_id"
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_person_decision_articles_article_id"),
        sa.PrimaryKeyConstraint("decision_id", "article_id", name="pk_person_decision_articles"),
    )
