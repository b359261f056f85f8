"""Doubtful articles wait for a person, and what a person judged is kept."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
