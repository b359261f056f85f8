"""What is watched, who holds what, runs, URLs and captures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _outlet_settings()
    _audit()
    _leases()
    _generations()
    _due()
    _runs()
    _urls()
    _url_changes()
    _sightings()
    _listings()
    _captures()
    _attempts()


def _outlet_settings() -> None:
    op.create_table(
        "outlet_settings",
        sa.Column("outlet", sa.String(length=63), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text()),
        sa.Column("terms_shown", sa.Text()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("outlet", name="pk_outlet_settings"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=63), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_target", "audit", ["target"])


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _generations() -> None:
    op.create_table(
        "generations",
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_generations"),
    )


def _due() -> None:
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=63), nullable=False),
        sa.Column("scheduled_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_due"),
        sa.UniqueConstraint("kind", "scheduled_for", name="uq_due_kind_scheduled_for"),
    )
    op.create_index("ix_due_state_scheduled_for", "due", ["state", "scheduled_for"])


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.String(length=63)),
        sa.Column("kind", sa.String(length=15), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("presence", sa.JSON()),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String(length=31)),
        sa.Column("detail", sa.Text()),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("archive_file", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_outlet_started_at", "runs", ["outlet", "started_at"])


def _urls() -> None:
    op.create_table(
        "urls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.String(length=63)),
        sa.Column("disposition", sa.String(length=15), nullable=False),
        sa.Column("stage", sa.String(length=15)),
        sa.Column("rule", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("duplicate_of", sa.Integer()),
        sa.Column("listing", sa.JSON()),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["duplicate_of"], ["urls.id"], name="fk_urls_duplicate_of"),
        sa.PrimaryKeyConstraint("id", name="pk_urls"),
        sa.UniqueConstraint("url", name="uq_urls_url"),
    )
    op.create_index("ix_urls_canonical_url", "urls", ["canonical_url"])
    op.create_index("ix_urls_outlet_disposition", "urls", ["outlet", "disposition"])


def _url_changes() -> None:
    op.create_table(
        "url_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disposition", sa.String(length=15), nullable=False),
        sa.Column("stage", sa.String(length=15)),
        sa.Column("rule", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("actor", sa.Text()),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_url_changes_run_id"),
        sa.ForeignKeyConstraint(["url_id"], ["urls.id"], name="fk_url_changes_url_id"),
        sa.PrimaryKeyConstraint("id", name="pk_url_changes"),
    )
    op.create_index("ix_url_changes_run_id", "url_changes", ["run_id"])
    op.create_index("ix_url_changes_url_id", "url_changes", ["url_id"])


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Text(), nullable=False),
        sa.Column("road", sa.String(length=15), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_sightings_run_id"),
        sa.ForeignKeyConstraint(["url_id"], ["urls.id"], name="fk_sightings_url_id"),
        sa.PrimaryKeyConstraint("run_id", "url_id", name="pk_sightings"),
    )
    op.create_index("ix_sightings_url_id", "sightings", ["url_id"])


def _listings() -> None:
    op.create_table(
        "listings",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outlet", sa.String(length=63)),
        sa.Column("outlet_digest", sa.String(length=64), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer()),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_listings_run_id"),
        sa.PrimaryKeyConstraint("url", name="pk_listings"),
    )


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.String(length=63), nullable=False),
        sa.Column("run_id", sa.Integer()),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.Text()),
        sa.Column("role", sa.String(length=15), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_captures_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("record_id", name="uq_captures_record_id"),
    )
    op.create_index("ix_captures_file", "captures", ["file"])
    op.create_index("ix_captures_url", "captures", ["url"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("failure", sa.String(length=31)),
        sa.Column("detail", sa.Text()),
        sa.Column("record_id", sa.String(length=63)),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_attempts_run_id"),
        sa.ForeignKeyConstraint(["url_id"], ["urls.id"], name="fk_attempts_url_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_run_id", "attempts", ["run_id"])
    op.create_index("ix_attempts_url_id", "attempts", ["url_id"])
