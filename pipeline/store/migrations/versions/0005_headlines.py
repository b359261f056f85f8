"""Headlines of the outlets, and what was taken out of texts that held another article's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("extractions", sa.Column("read_by", sa.String(length=64)))
    op.create_index("ix_urls_duplicate_of", "urls", ["duplicate_of"])
    _headlines()
    _text_openings()
    _unchecked_texts()
    _removals()
    # What is stored already is compared by the next check, which also learns its headlines.
    op.execute(
        "INSERT INTO unchecked_texts (article_id, extraction_id) "
        "SELECT id, extraction_id FROM articles WHERE extraction_id IS NOT NULL"
    )


def _headlines() -> None:
    op.create_table(
        "headlines",
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.Column("opening", sa.String(length=63), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["urls.id"], name="fk_headlines_url_id"),
        sa.PrimaryKeyConstraint("url_id", "key", name="pk_headlines"),
    )
    op.create_index("ix_headlines_scope_opening", "headlines", ["scope", "opening"])
    op.create_index("ix_headlines_checked", "headlines", ["checked"])


def _text_openings() -> None:
    op.create_table(
        "text_openings",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("opening", sa.String(length=63), nullable=False),
        sa.Column("scope", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_text_openings_article_id"),
        sa.PrimaryKeyConstraint("article_id", "opening", name="pk_text_openings"),
    )
    op.create_index("ix_text_openings_scope_opening", "text_openings", ["scope", "opening"])


def _unchecked_texts() -> None:
    op.create_table(
        "unchecked_texts",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_unchecked_texts_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_unchecked_texts"),
    )


def _removals() -> None:
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("restored_at", _MOMENT),
        sa.Column("restored_by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_removals_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_removals"),
        sa.UniqueConstraint("article_id", "key", name="uq_removals_article_id_key"),
    )
