"""The body of a page as a list of blocks in reading order; templates turn each into markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from crawlers.newsroom.article import ArticleText, RelatedLink


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `kind`: paragraph | items | quote | closing | advert, or a form of related link."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    link: RelatedLink | None = None  # the related link, for "glued" within its paragraph


def body_blocks(page: ArticleText) -> tuple[Block, ...]:
    """Paragraphs with everything that stands between them; only the shown part of a paged article."""
    blocks = tuple(_all_blocks(page))
    if page.pages == 1 or page.page is None:
        return blocks
    size = -(-len(blocks) // page.pages)
    return blocks[(page.page - 1) * size : page.page * size]


def _all_blocks(page: ArticleText) -> Iterator[Block]:
    items_after = len(page.paragraphs) if page.items_after is None else page.items_after
    for position in range(len(page.paragraphs) + 1):
        here = [link for link in page.related if link.after == position]
        if position:
            yield _paragraph(page, position, next((link for link in here if link.form == "glued"), None))
        if position == 1 and page.pull_quote:
            yield Block("quote", page.pull_quote)
        if page.items and position == items_after:
            yield Block("items", items=page.items)
        yield from (Block(link.form, link.headline, link=link) for link in here if link.form != "glued")
        if position == 2:
            yield Block("advert")
    yield from (Block("closing", line) for line in page.closing)


def _paragraph(page: ArticleText, position: int, glued: RelatedLink | None) -> Block:
    opening = page.opening if position == 1 and page.opening else ""
    return Block("paragraph", opening + page.paragraphs[position - 1], link=glued)


def related_list(page: ArticleText) -> tuple[RelatedLink, ...]:
    """The related list below the text: every related link of the body once more."""
    return tuple(dict.fromkeys(replace(link, after=0, form="span") for link in page.related))
