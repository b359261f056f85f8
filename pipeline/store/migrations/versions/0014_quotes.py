"""Quotes of the current texts, to be asked for by speaker, words and time."""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
