"""Persons' corrections: what they record, which of them counts, and what it makes of an article.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from pipeline.errors import NotFoundError
from pipeline.model import Disposition, Stage, Verdict
from pipeline.reviews import waits
from pipeline.store import accepted, commits, extracts, stored
from pipeline.store.audit import note
from pipeline.store.dispositions import Act, by_id, settle
from pipeline.store.generations import move_on
from pipeline.store.json_values import VERDICT
from pipeline.store.records import Correction, CorrectionAction
from pipeline.store.schema import articles, corrections, judgements

_OUTCOME = {
    CorrectionAction.ACCEPT: (Disposition.KEPT, "accepted by a person"),
    CorrectionAction.REJECT: (Disposition.REJECTED, "rejected by a person"),
    CorrectionAction.WITHHOLD: (Disposition.WITHHELD, "withheld by a person"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an article now. `watches`: under which an ACCEPT puts it, with their editions."""

    article_id: int
    action: CorrectionAction
    reason: str
    actor: str
    now: datetime
    watches: Mapping[str, int | None] = field(default_factory=dict)


def correct(connection: Connection, said: Said) -> None:
    """Record it, and let it count at once; repeating changes nothing. Raises `NotFoundError` for no article."""
    page = page_of(connection, said.article_id)
    if _is_said(connection, said):
        return
    case = None if said.action is CorrectionAction.WITHHOLD else _case(connection, said)
    values = {"article_id": said.article_id, "action": said.action.value, "reason": said.reason}
    new = corrections.insert().values(**values, actor=said.actor, at=said.now).returning(corrections.c.id)
    correction_id = connection.execute(new).scalar_one()
    if case is not None:
        connection.execute(judgements.insert().values(correction_id=correction_id, **case))
    detail: dict[str, object] = {"url": page["url"], **({"watches": dict(said.watches)} if said.watches else {})}
    target = f"article:{said.article_id}"
    note(connection, said.actor, said.action.value, target, reason=said.reason, detail=detail, now=said.now)
    apply(connection, said.article_id, page, Act(said.now, actor=said.actor))


def undo(  # noqa: PLR0917 (a correction, who takes it back, when and why)
    connection: Connection, article_id: int, action: CorrectionAction, actor: str, now: datetime, reason: str | None
) -> None:
    """Take every standing one of this action back. Raises `NotFoundError` where there is none."""
    page = page_of(connection, article_id)
    mine = [one for one in standing(connection, article_id) if one.action is action]
    if not mine:
        raise NotFoundError(f"article {article_id}: no {action.value} stands; see `kliping articles show {article_id}`")
    _take_back(connection, page, mine, Act(now, actor=actor), reason)


def undo_last(connection: Connection, article_id: int, actor: str, now: datetime, reason: str | None) -> Correction:
    """Take the newest word on whether it is ours back, and tell it. Raises `NotFoundError` where there is none."""
    page = page_of(connection, article_id)
    last = judging(standing(connection, article_id))
    if last is None:
        raise NotFoundError(f"article {article_id}: nobody has judged it; `kliping review list` shows what waits")
    _take_back(connection, page, [last], Act(now, actor=actor), reason)
    return last


def _take_back(
    connection: Connection, page: RowMapping, mine: Sequence[Correction], act: Act, reason: str | None
) -> None:
    """All of one article and one action, which stand."""
    article_id, action = mine[-1].article_id, mine[-1].action.value
    undone = update(corrections).where(corrections.c.id.in_([one.id for one in mine]))
    connection.execute(undone.values(undone_at=act.now, undone_by=act.actor))
    detail = {"url": page["url"]}
    actor = act.actor or ""
    note(connection, actor, f"undo {action}", f"article:{article_id}", reason=reason, detail=detail, now=act.now)
    apply(connection, article_id, page, act)


def standing(connection: Connection, article_id: int) -> list[Correction]:
    """Those that nobody took back, oldest first."""
    query = select(corrections).where(corrections.c.article_id == article_id, corrections.c.undone_at.is_(None))
    return [correction_of(row) for row in connection.execute(query.order_by(corrections.c.id)).mappings()]


def judging(stood: list[Correction]) -> Correction | None:
    """The newest word on whether it is ours."""
    return next((one for one in reversed(stood) if one.action is not CorrectionAction.WITHHOLD), None)


def apply(connection: Connection, article_id: int, page: RowMapping, act: Act) -> None:
    """Give the page what the standing corrections say: withholding first, then the newest word on whether it is ours.

    Without any, what our code decided stands.
    """
    stood = standing(connection, article_id)
    withheld = next((one for one in stood if one.action is CorrectionAction.WITHHOLD), None)
    if page["disposition"] != Disposition.TAKEN_DOWN:
        settle(connection, page, _verdict(connection, article_id, withheld or judging(stood)), act, by_commit=True)
    commits.withhold_captures(connection, page["id"], withheld=withheld is not None)
    for found in stored.current(connection, [article_id]):
        extracts.list_found(connection, article_id, found.article)
    move_on(connection)


def page_of(connection: Connection, article_id: int) -> RowMapping:
    """The article's URL, locked. Raises `NotFoundError`."""
    url_id = connection.execute(select(articles.c.url_id).where(articles.c.id == article_id)).scalar()
    if url_id is None:
        raise NotFoundError(f"article {article_id}: is not stored; `kliping articles list` shows what is")
    return by_id(connection, url_id)


def correction_of(row: RowMapping) -> Correction:
    return Correction(
        id=row["id"],
        article_id=row["article_id"],
        action=CorrectionAction(row["action"]),
        reason=row["reason"],
        actor=row["actor"],
        at=row["at"],
        undone_at=row["undone_at"],
        undone_by=row["undone_by"],
    )


def _is_said(connection: Connection, said: Said) -> bool:
    """Whether the same stands already, and nothing later contradicts it."""
    stood = standing(connection, said.article_id)
    if said.action is CorrectionAction.WITHHOLD:
        return any(one.action is said.action for one in stood)
    last = judging(stood)
    if last is None or last.action is not said.action:
        return False
    (found,) = stored.current(connection, [said.article_id])
    editions = {match.id: match.edition for match in found.article.watches}
    return all(name in editions and edition in {None, editions[name]} for name, edition in said.watches.items())


def _case(connection: Connection, said: Said) -> dict[str, object]:
    """The text as it is judged, with what it is about by this word. A further yes adds to one that counts."""
    (found,) = stored.current(connection, [said.article_id])
    article = found.article
    ours = said.action is CorrectionAction.ACCEPT
    if ours and not article.article_body:
        raise NotFoundError(f"article {said.article_id}: no text of it is stored, so it cannot come into scope")
    word = accepted.words(connection, [said.article_id]).get(said.article_id)
    before = dict(word.watches) if ours and word is not None else {}
    watches = {match.id: match.edition for match in article.watches} | dict(said.watches)
    return {
        "version_id": found.version_id,
        "watches": watches if ours else {},
        "accepted": before | dict(said.watches),
        "doubtful": [match.id for match in article.possible] if waits(article) else [],
        "headline": article.headline,
        "description": article.description,
        "keywords": list(article.keywords),
        "date_published": _instant(article.date_published),
        "article_body": list(article.article_body),
        "in_language": article.in_language,
    }


def _instant(date: datetime | None) -> datetime | None:
    """A date that has no instant in UTC (the year 1 of some systems) is none."""
    return date if date is not None and date.year > 1 else None


def _verdict(connection: Connection, article_id: int, correction: Correction | None) -> Verdict:
    if correction is None:
        decided = connection.execute(select(articles.c.verdict).where(articles.c.id == article_id)).scalar_one()
        return VERDICT.validate_python(decided)
    disposition, rule = _OUTCOME[correction.action]
    return Verdict(disposition, Stage.PERSON, rule, correction.reason)
