"""A piece as the text of a page, before any markup."""

from __future__ import annotations

from crawlers.newsroom.article import ArticleText, RelatedLink
from crawlers.newsroom.stories import Piece
from crawlers.newsroom.world import World, variants


def article_text(world: World, piece: Piece, form: str = "page") -> ArticleText:
    """A piece as the text of a page. `form`: page, amp, all (every part of a paged one) or a page's number."""
    record = piece.record
    spelled = variants(piece)
    return ArticleText(
        paragraphs=piece.paragraphs,
        headline=record.headline,
        description=piece.description,
        opening=record.opening,
        items=record.items,
        items_after=record.items_after,
        date=piece.published if record.prints_date else None,
        date_modified=piece.modified,
        authors=record.authors,
        editors=record.editors,
        translators=record.translators,
        photographers=record.photographers,
        caption=record.caption,
        related=_related_links(world, piece),
        pull_quote=record.pull_quote,
        closing=record.closing,
        tags=record.tags,
        section=record.section,
        language=record.language,
        url=piece.url,
        amp_url=spelled.get("amp"),
        pages=record.pages,
        page=None if form in ("all", "amp") else int(form) if form.isdecimal() else 1,
        short=record.short,
    )


def _related_links(world: World, piece: Piece) -> tuple[RelatedLink, ...]:
    return tuple(
        RelatedLink(world.by_id[link.to].record.headline, world.by_id[link.to].url, link.after, link.form)
        for link in piece.record.related
    )
