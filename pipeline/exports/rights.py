"""What of an article may leave the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.exports.receipt import OutletRights
from pipeline.model import StoredArticle
from pipeline.outlet import Outlet

_TEXT = ("article_body", "quotes")  # a headline, a description and a summary are a short extract


def may_leave(outlet: str | None, outlets: Mapping[str, Outlet]) -> bool:
    """Do the outlet's rights let its full text out? An outlet that is not listed allows nothing."""
    listed = outlets.get(outlet or "")
    return listed is not None and listed.terms.full_text


def without_text(stored: StoredArticle) -> StoredArticle:
    """The article as it may be passed on where its full text may not: body and quotations gone."""
    article = stored.article
    provenance = tuple(entry for entry in article.provenance if entry.field not in _TEXT)
    return replace(stored, article=replace(article, article_body=(), quotes=(), provenance=provenance))


def outlet_rights(outlet: str, outlets: Mapping[str, Outlet], permission: str | None) -> OutletRights:
    """For the receipt. `permission`: as recorded when the outlet was enabled; None where none was given."""
    listed = outlets.get(outlet)
    if listed is None:
        return OutletRights(outlet, None, None, None, full_text=False, permission=permission)
    terms = listed.terms
    return OutletRights(outlet, listed.title, terms.summary, terms.url, terms.full_text, permission)
