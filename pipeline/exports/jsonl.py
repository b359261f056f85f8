"""Articles as JSON Lines: one document a line, UTF-8, in the shape that every `--json` of an article has.

Absent is null or an empty list. Datetimes are ISO 8601 with offset.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from pipeline.exports.found import found
from pipeline.model import Article, CaptureRef, Provenance, Rights, StoredArticle

SCHEMA_VERSION = 1
# The names of a document's fields, in their order.
FIELDS = (
    "schema_version", "url", "canonical_url", "outlet", "kind", "version", "headline", "description",
    "article_body", "date_published", "date_published_text", "date_modified", "date_modified_text", "byline",
    "authors", "editors", "translators", "photographers", "dateline", "credit_line", "article_section",
    "keywords", "in_language", "language_confidence", "syndicated_from", "source_links", "copy_of", "press_release",
    "pull_quote", "watches", "possible", "tags", "places", "content_locations", "people", "organisations", "events",
    "quotes", "tone", "headline_tone", "body_tone", "tones_differ", "needs_clarification", "summary", "disputed",
    "story_id",
    "disposition", "rights", "fetched_at", "sha256", "capture", "provenance", "refused",
)  # fmt: skip


def line(document: dict[str, object]) -> bytes:
    """One line of the file, its end included."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def article_json(stored: StoredArticle, copy_of: str | None = None) -> dict[str, object]:
    """The document of one article. `copy_of`: canonical URL of the text it reprints (`exports.reprinted` knows)."""
    article = stored.article
    return {
        "schema_version": SCHEMA_VERSION,
        **_page(article),
        "version": stored.version,
        **_text(article),
        "copy_of": copy_of,
        "press_release": article.press_release,
        "pull_quote": article.pull_quote,
        **found(article),
        "story_id": stored.story_id,
        "disposition": stored.disposition.value,
        "rights": _rights(article.rights),
        "fetched_at": _moment(article.fetched_at),
        "sha256": article.sha256,
        "capture": _capture(stored.captures),
        "provenance": _provenance(article.provenance),
        "refused": [_refused(entry) for entry in article.refused],
    }


def page_json(article: Article) -> dict[str, object]:
    """What one page alone tells, in the same shape: without version, story, disposition and capture."""
    return {
        "schema_version": SCHEMA_VERSION,
        **_page(article),
        **_text(article),
        "press_release": article.press_release,
        "pull_quote": article.pull_quote,
        **found(article),
        "rights": _rights(article.rights),
        "fetched_at": _moment(article.fetched_at),
        "sha256": article.sha256,
        "provenance": _provenance(article.provenance),
        "refused": [_refused(entry) for entry in article.refused],
    }


def _page(article: Article) -> dict[str, object]:
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet,
        "kind": article.kind.value,
    }


def _rights(rights: Rights) -> dict[str, object]:
    return {
        "terms": rights.terms,
        "permission": rights.permission,
        "robots": rights.robots,
        "copyright": rights.copyright,
    }


def _text(article: Article) -> dict[str, object]:
    """What the outlet printed."""
    return {
        "headline": article.headline,
        "description": article.description,
        "article_body": list(article.article_body),
        "date_published": _moment(article.date_published),
        "date_published_text": article.date_published_text,
        "date_modified": _moment(article.date_modified),
        "date_modified_text": article.date_modified_text,
        "byline": article.byline,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "translators": list(article.translators),
        "photographers": list(article.photographers),
        "dateline": article.dateline,
        "credit_line": article.credit_line,
        "article_section": article.article_section,
        "keywords": list(article.keywords),
        "in_language": article.in_language,
        "language_confidence": article.language_confidence,
        "syndicated_from": article.syndicated_from,
        "source_links": list(article.source_links),
    }


def _capture(captures: Sequence[CaptureRef]) -> dict[str, object] | None:
    """Of the first page."""
    if not captures:
        return None
    return {"record_id": captures[0].record_id, "file": captures[0].file, "offset": captures[0].offset}


def _provenance(entries: Sequence[Provenance]) -> dict[str, str]:
    """The first entry of a field counts: later ones say what else agreed."""
    return {entry.field: entry.source for entry in reversed(entries)}


def _refused(entry: Provenance) -> dict[str, object]:
    """A value that was read and not believed."""
    return {"field": entry.field, "source": entry.source, "detail": entry.detail}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
