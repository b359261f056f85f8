"""Articles, their versions and extractions, corrections, copies and stories."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()
    _versions()
    _version_captures()
    _extractions()
    _article_watches()
    _article_tags()
    _corrections()
    _fingerprint_keys()
    _stories()
    _story_members()
    _story_decisions()


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=63)),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Integer()),
        sa.Column("extraction_id", sa.Integer()),
        sa.Column("verdict", sa.JSON(), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("in_language", sa.String(length=15)),
        sa.Column("date_published", sa.DateTime(timezone=True)),
        sa.Column("dated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["url_id"], ["urls.id"], name="fk_articles_url_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("canonical_url", name="uq_articles_canonical_url"),
        sa.UniqueConstraint("url_id", name="uq_articles_url_id"),
    )
    op.create_index("ix_articles_dated_at", "articles", ["dated_at"])
    op.create_index("ix_articles_outlet_dated_at", "articles", ["outlet", "dated_at"])


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_versions_article_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_versions_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sa.UniqueConstraint("article_id", "n", name="uq_versions_article_id_n"),
    )


def _version_captures() -> None:
    op.create_table(
        "version_captures",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=63), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_version_captures_version_id"),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_version_captures"),
    )
    op.create_index("ix_version_captures_record_id", "version_captures", ["record_id"])


def _extractions() -> None:
    op.create_table(
        "extractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("article", sa.JSON(), nullable=False),
        sa.Column("extracted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_extractions_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_extractions"),
        sa.UniqueConstraint("version_id", "code_digest", name="uq_extractions_version_id_code_digest"),
    )


def _article_watches() -> None:
    op.create_table(
        "article_watches",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("watch", sa.String(length=63), nullable=False),
        sa.Column("edition", sa.Integer()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_watches_article_id"),
        sa.PrimaryKeyConstraint("article_id", "watch", name="pk_article_watches"),
    )
    op.create_index("ix_article_watches_watch", "article_watches", ["watch"])


def _article_tags() -> None:
    op.create_table(
        "article_tags",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=63), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_tags_article_id"),
        sa.PrimaryKeyConstraint("article_id", "tag", name="pk_article_tags"),
    )
    op.create_index("ix_article_tags_tag", "article_tags", ["tag"])


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=15), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_corrections_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_article_id", "corrections", ["article_id"])


def _fingerprint_keys() -> None:
    op.create_table(
        "fingerprint_keys",
        sa.Column("key", sa.String(length=63), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_fingerprint_keys_article_id"),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_fingerprint_keys"),
    )
    op.create_index("ix_fingerprint_keys_article_id", "fingerprint_keys", ["article_id"])


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=63), nullable=False),
        sa.Column("origin_article_id", sa.Integer()),
        sa.Column("continues", sa.String(length=63)),
        sa.Column("first_published", sa.DateTime(timezone=True)),
        sa.Column("last_published", sa.DateTime(timezone=True)),
        sa.Column("merged_into", sa.String(length=63)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["origin_article_id"], ["articles.id"], name="fk_stories_origin_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_last_published", "stories", ["last_published"])


def _story_members() -> None:
    op.create_table(
        "story_members",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=63), nullable=False),
        sa.Column("role", sa.String(length=15), nullable=False),
        sa.Column("copy_of", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_story_members_article_id"),
        sa.ForeignKeyConstraint(["copy_of"], ["articles.id"], name="fk_story_members_copy_of"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_members_story_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_members"),
    )
    op.create_index("ix_story_members_story_id", "story_members", ["story_id"])


def _story_decisions() -> None:
    op.create_table(
        "story_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=15), nullable=False),
        sa.Column("article_a", sa.Integer(), nullable=False),
        sa.Column("article_b", sa.Integer()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["article_a"], ["articles.id"], name="fk_story_decisions_article_a"),
        sa.ForeignKeyConstraint(["article_b"], ["articles.id"], name="fk_story_decisions_article_b"),
        sa.PrimaryKeyConstraint("id", name="pk_story_decisions"),
    )
