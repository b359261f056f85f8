"""What was told at once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("mailed_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_alerts_edition_id"),
        sa.UniqueConstraint("edition_id", name="uq_alerts_edition_id"),
    )
    op.create_index("ix_alerts_list_told_at", "alerts", ["list", "told_at"])
    op.create_table(
        "alert_articles",
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("rule", sa.String(length=100), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.String(length=63), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list", "rule", "article_id", name="pk_alert_articles"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_alert_articles_article_id"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_articles_alert_id"),
    )
    op.create_index("ix_alert_articles_alert_id", "alert_articles", ["alert_id"])
