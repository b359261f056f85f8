"""Fingerprint keys as numbers: 48 bits of a hash, and above them whether they are of a whole sentence.

They were 13 characters: w or s (a sentence), and the 48 bits in hexadecimal. Both directions keep every key.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_DIGITS = "0123456789abcdef"
_SENTENCE = 1 << 48
_LOW = _SENTENCE - 1


def upgrade() -> None:
    digits = " + ".join(
        f"((instr('{_DIGITS}', substr(key, {place + 2}, 1)) - 1) << {44 - 4 * place})" for place in range(12)
    )
    number = "('x' || lpad(substr(key, 2), 16, '0'))::bit(64)::bigint" if _is_postgresql() else digits
    whole = f"CASE WHEN substr(key, 1, 1) = 's' THEN {_SENTENCE} ELSE 0 END"
    _rebuild(sa.Column("key", sa.BigInteger(), nullable=False, autoincrement=False), f"{number} + {whole}")


def downgrade() -> None:
    low = f"key & {_LOW}"
    digits = f"lpad(to_hex({low}), 12, '0')" if _is_postgresql() else f"printf('%012x', {low})"
    _rebuild(
        sa.Column("key", sa.String(length=63), nullable=False),
        f"CASE WHEN key >= {_SENTENCE} THEN 's' ELSE 'w' END || {digits}",
    )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _rebuild(column: sa.Column[int] | sa.Column[str], key: str) -> None:
    """The table anew with `key`, an expression of the old one; rows go in by key, which keeps the new tree dense."""
    op.rename_table("fingerprint_keys", "old_fingerprint_keys")
    op.drop_index("ix_fingerprint_keys_article_id", table_name="old_fingerprint_keys")
    if _is_postgresql():
        op.execute("ALTER TABLE old_fingerprint_keys DROP CONSTRAINT pk_fingerprint_keys")
    op.create_table(
        "fingerprint_keys",
        column,
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_fingerprint_keys_article_id"),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_fingerprint_keys"),
        sqlite_with_rowid=not isinstance(column.type, sa.BigInteger),
    )
    old = sa.table("old_fingerprint_keys", sa.column("article_id"))
    rows = sa.select(sa.literal_column(key).label("key"), old.c.article_id).order_by("key", old.c.article_id)
    op.execute(
        sa.table("fingerprint_keys", sa.column("key"), sa.column("article_id"))
        .insert()
        .from_select(["key", "article_id"], rows)
    )
    op.drop_table("old_fingerprint_keys")
    op.create_index("ix_fingerprint_keys_article_id", "fingerprint_keys", ["article_id"])
