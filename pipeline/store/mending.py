"""What trying, checking and mending an outlet needs of the store: its captured pages, and its failed URLs again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from pipeline.model import Capture, Disposition, FailureClass, Kind, Stage, Verdict
from pipeline.store.audit import note
from pipeline.store.captures import capture_of
from pipeline.store.database import Part, reads, writes
from pipeline.store.dispositions import URL_ROWS, Act, settle
from pipeline.store.schema import captures, runs, urls

_MISREAD = tuple(
    failure.value
    for failure in (
        FailureClass.LAYOUT,
        FailureClass.EMPTY,
        FailureClass.NOT_AN_ARTICLE,
        FailureClass.DATE,
        FailureClass.LANGUAGE,
        FailureClass.INTERNAL,
    )
)
_AGAIN = Verdict(Disposition.PENDING, Stage.DISCOVERY, "the outlet file was mended")


class Mending(Part):
    """Verbs over an outlet's pages as they were fetched."""

    @reads
    def pages(self, connection: Connection, outlet: str, limit: int) -> list[Capture]:
        """The newest whole pages that crawls of the outlet, and trials of any site, captured; newest first."""
        query = (
            select(captures)
            .join(runs, runs.c.id == captures.c.run_id)
            .where(
                captures.c.status == 200,
                captures.c.withheld.is_(False),
                or_(
                    and_(runs.c.outlet == outlet, captures.c.role == "page"),
                    and_(runs.c.kind == "trial", captures.c.role == "trial"),
                ),
            )
            .order_by(captures.c.fetched_at.desc(), captures.c.id.desc())
            .limit(limit)
        )
        return [capture_of(row) for row in connection.execute(query).mappings()]

    @reads
    def unanswered(self, connection: Connection, run_id: int) -> dict[str, tuple[FailureClass, str]]:
        """{address: (class, detail)} of what a trial asked for and got no answer to."""
        vitals = connection.execute(select(runs.c.vitals).where(runs.c.id == run_id)).scalar()
        noted = vitals.get("unanswered", {}) if isinstance(vitals, dict) else {}
        return {str(url): (FailureClass(failure), str(detail)) for url, (failure, detail) in noted.items()}

    @writes
    def retry(self, connection: Connection, outlet: str, actor: str, now: datetime) -> list[str]:
        """Put what could not be read by the former file back to pending, to be asked for at once; these URLs.

        Only what our reading failed at: an address that answers 404 is not asked for again because a selector changed.
        """
        failed = and_(urls.c.disposition == Disposition.FAILED.value, urls.c.rule.in_(_MISREAD))
        mistaken = and_(urls.c.disposition == Disposition.REJECTED.value, urls.c.rule == Kind.LISTING.value)
        query = URL_ROWS.where(urls.c.outlet == outlet, or_(failed, mistaken)).order_by(urls.c.id)
        rows = connection.execute(query).mappings().all()
        for row in rows:
            settle(connection, row, _AGAIN, Act(now, actor=actor))
        found = [str(row["url"]) for row in rows]
        if found:
            note(connection, actor, "retry", f"outlet:{outlet}", reason=_AGAIN.rule, detail={"urls": found}, now=now)
        return found
