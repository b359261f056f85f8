"""The audit: every act of a person, or of the assembler, that changes what readers see."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.store.database import Part, reads, writes
from pipeline.store.records import AuditEntry
from pipeline.store.schema import audit


class Audit(Part):
    """Verbs over the audit; entries are never changed."""

    @writes
    def add(
        self,
        connection: Connection,
        actor: str,
        action: str,
        target: str,
        *,
        reason: str | None = None,
        detail: Mapping[str, object] | None = None,
        now: datetime,
    ) -> None:
        """`target` names the thing: article:12, outlet:antara, edition:daily/2026-11-21 …"""
        note(connection, actor, action, target, reason=reason, detail=detail, now=now)

    @reads
    def list(
        self, connection: Connection, target: str | None = None, limit: int | None = 100
    ) -> builtins.list[AuditEntry]:
        """Newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if target is not None:
            query = query.where(audit.c.target == target)
        return [AuditEntry(**row) for row in connection.execute(query).mappings()]


def note(
    connection: Connection,
    actor: str,
    action: str,
    target: str,
    *,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
    now: datetime,
) -> None:
    """Add an entry within the caller's transaction."""
    values = {"at": now, "actor": actor, "action": action, "target": target, "reason": reason}
    connection.execute(audit.insert().values(**values, detail=dict(detail) if detail is not None else None))
