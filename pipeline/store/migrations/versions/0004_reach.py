"""Reach: readings of listings, roads of sightings, robots.txt kept, back-fills, alarms, revisits."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("runs", sa.Column("vitals", sa.JSON()))
    op.add_column("runs", sa.Column("backfill_id", sa.Integer()))
    _revisits()
    _sightings()
    _readings()
    _robots()
    _backfills()
    _alarms()


def _revisits() -> None:
    op.add_column("urls", sa.Column("revisit_at", _MOMENT))
    op.add_column("urls", sa.Column("revisits", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("urls", sa.Column("etag", sa.Text()))
    op.add_column("urls", sa.Column("last_modified", sa.Text()))
    op.create_index("ix_urls_outlet_revisit_at", "urls", ["outlet", "revisit_at"])


def _sightings() -> None:
    """The road becomes part of the key: one URL may be named by a feed and by a sitemap."""
    with op.batch_alter_table("sightings") as batch:
        batch.drop_constraint("pk_sightings", type_="primary")
        batch.create_primary_key("pk_sightings", ["run_id", "url_id", "road"])


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=63)),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("road", sa.String(length=15), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
        sa.Column("checked_at", _MOMENT, nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("oldest", _MOMENT),
        sa.Column("newest", _MOMENT),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_readings_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
    )
    op.create_index("ix_readings_outlet_read_at", "readings", ["outlet", "read_at"])
    op.create_index("ix_readings_url_read_at", "readings", ["url", "read_at"])
    op.create_index("ix_readings_run_id", "readings", ["run_id"])


def _robots() -> None:
    op.create_table(
        "robots",
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_robots"),
    )


def _backfills() -> None:
    op.create_table(
        "backfills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=63), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("listing_digest", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_backfills"),
    )
    op.create_index("ix_backfills_outlet_created_at", "backfills", ["outlet", "created_at"])
    op.create_table(
        "backfill_days",
        sa.Column("backfill_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("settled_at", _MOMENT),
        sa.ForeignKeyConstraint(["backfill_id"], ["backfills.id"], name="fk_backfill_days_backfill_id"),
        sa.PrimaryKeyConstraint("backfill_id", "day", name="pk_backfill_days"),
    )


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=63), nullable=False),
        sa.Column("failure", sa.String(length=31), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("last_good", sa.Text()),
        sa.Column("present", sa.Text()),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("opened_run", sa.Integer(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("mailed_at", _MOMENT),
        sa.ForeignKeyConstraint(["opened_run"], ["runs.id"], name="fk_alarms_opened_run"),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    op.create_index("ix_alarms_outlet_closed_at", "alarms", ["outlet", "closed_at"])
