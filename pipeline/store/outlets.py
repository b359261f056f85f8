"""Which outlets are crawled: a person's settings, with who accepted which terms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from pipeline.store.audit import note
from pipeline.store.database import Part, insert, reads, writes
from pipeline.store.records import OutletSetting
from pipeline.store.schema import outlet_settings


class Outlets(Part):
    """Verbs over the settings of outlets; an outlet without one follows its file."""

    @writes
    def set_enabled(
        self,
        connection: Connection,
        outlet: str,
        enabled: bool,
        *,
        actor: str,
        permission: str | None = None,
        terms_shown: str | None = None,
        now: datetime,
    ) -> OutletSetting:
        """Switch an outlet on or off, and note it in the audit; `terms_shown` as the person saw and accepted them."""
        values = {
            "enabled": enabled,
            "actor": actor,
            "permission": permission,
            "terms_shown": terms_shown,
            "changed_at": now,
        }
        new = insert(connection, outlet_settings).values(outlet=outlet, **values)
        upsert = new.on_conflict_do_update(index_elements=["outlet"], set_=values).returning(outlet_settings)
        row = connection.execute(upsert).mappings().one()
        detail = {"permission": permission, "terms_shown": terms_shown}
        note(connection, actor, "enable" if enabled else "disable", f"outlet:{outlet}", detail=detail, now=now)
        return OutletSetting(**row)

    @reads
    def settings(self, connection: Connection) -> dict[str, OutletSetting]:
        """By outlet."""
        query = select(outlet_settings).order_by(outlet_settings.c.outlet)
        return {row["outlet"]: OutletSetting(**row) for row in connection.execute(query).mappings()}
