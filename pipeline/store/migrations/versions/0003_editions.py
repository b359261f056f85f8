"""Subscribers, editions, renderings and deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _subscribers()
    _editions()
    _edition_versions()
    _renderings()
    _deliveries()


def _subscribers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("language", sa.String(length=15), nullable=False),
        sa.Column("frequency", sa.String(length=15), nullable=False),
        sa.Column("watches", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("address", "list", name="uq_subscribers_address_list"),
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("period", sa.String(length=15), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("list", "period", name="uq_editions_list_period"),
    )


def _edition_versions() -> None:
    op.create_table(
        "edition_versions",
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=15), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_edition_versions_edition_id"),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name="fk_edition_versions_version_id"),
        sa.PrimaryKeyConstraint("list", "version_id", name="pk_edition_versions"),
    )
    op.create_index("ix_edition_versions_edition_id", "edition_versions", ["edition_id"])


def _renderings() -> None:
    op.create_table(
        "renderings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=15), nullable=False),
        sa.Column("format", sa.String(length=15), nullable=False),
        sa.Column("selection", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_renderings_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_renderings"),
        sa.UniqueConstraint(
            "edition_id", "language", "format", "selection", name="uq_renderings_edition_id_language_format_selection"
        ),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("message_id", sa.String(length=254), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer()),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_deliveries_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("edition_id", "recipient", name="uq_deliveries_edition_id_recipient"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
