"""What persons judged, in words and as labelled cases; the same wherever it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from digests.cli.office import Office
from pipeline.reviews import doubt
from pipeline.store.review_records import Judgement

if TYPE_CHECKING:
    from pipeline.evaluate.watches import Case
    from pipeline.model import StoredArticle


def told(one: Judgement, zone: tzinfo) -> str:
    """ "ours (mgmac 2023), says Ani, 2026-11-20 10:00 WIB: governors meet"."""
    said = one.correction
    names = ", ".join(name if year is None else f"{name} {year}" for name, year in one.watches.items())
    word = f"ours ({names})" if one.ours else "not ours"
    undone = f"; taken back by {said.undone_by}" if said.undone_at else ""
    return f"{word}, says {said.actor}, {said.at.astimezone(zone):%Y-%m-%d %H:%M %Z}: {said.reason}{undone}"


def review_lines(here: Office, stored: StoredArticle) -> Iterator[str]:
    """What the review of an article has come to, or that it waits; nothing where there was none to ask about."""
    judged = here.store.reviews.of_article(stored.id)
    yield from (told(one, here.settings.zone) for one in judged)
    if doubt(stored.article) is not None and not any(one.stands for one in judged):
        names = ", ".join(match.id for match in stored.article.possible)
        yield f"possibly {names}, waits: `kliping review show {stored.id}`"


def judgement_document(one: Judgement) -> dict[str, object]:
    said = one.correction
    return {
        "ours": one.ours,
        "watches": dict(one.watches),
        "doubtful": list(one.doubtful),
        "reason": said.reason,
        "actor": said.actor,
        "at": said.at,
        "undone_at": said.undone_at,
        "undone_by": said.undone_by,
    }


def case_document(one: Judgement) -> dict[str, object]:
    """A labelled case: the text as it was judged. Places and topics are not labelled by a yes or no."""
    return {
        "id": case_name(one),
        "lang": one.in_language,
        "scope": "in" if one.ours else "near",
        "headline": one.headline,
        "body": list(one.article_body),
        "description": one.description,
        "keywords": list(one.keywords),
        "date_published": one.date_published.isoformat() if one.date_published else None,
        "watches": dict(one.watches),
    }


def case_name(one: Judgement) -> str:
    return f"judged-{one.correction.article_id}"


def cases(here: Office) -> list[Case]:
    """All that persons judged, withheld texts too: they are measured here and go nowhere."""
    from pipeline.evaluate.watches import Case  # heavy: it reads texts

    return [
        Case(
            id=case_name(one),
            headline=one.headline,
            body=one.article_body,
            description=one.description,
            keywords=one.keywords,
            date_published=one.date_published,
            lang=one.in_language,
            scope="in" if one.ours else "near",
            watches=one.watches,
        )
        for one in here.store.reviews.judged()
    ]
