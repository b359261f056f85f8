"""Members of stories: how each print of a text compares with the text it repeats."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("story_members") as batch:
        batch.add_column(sa.Column("relation", sa.String(length=15)))
        batch.add_column(sa.Column("compared_to", sa.Integer()))
        for counted in ("kept", "changed", "added", "cut"):
            batch.add_column(sa.Column(counted, sa.Integer()))
        batch.create_foreign_key("fk_story_members_compared_to", "articles", ["compared_to"], ["id"])
