"""The body of a page as a list of blocks in reading order; templates turn each into markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawlers.newsroom.article import ArticleText, PopularItem, Prompt, RelatedLink

MARKERS = {"id": "Baca juga", "en": "Read also"}  # where neither link nor template has one
_INSIDE = ("glued", "linked")  # forms that stand inside a paragraph
_LINKED = (3, 8)  # of a paragraph's words, those that are linked
_SENTENCE_ENDS = re.compile(r"(?<=[^\W\d_]{3}[.!?။။。])[”’\"]?\s*(?=[\"“‘]?[^\W\da-z_])")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `kind`: paragraph | items | quote | closing | advert, a form of prompt or of related link."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    link: RelatedLink | None = None  # the related link, for a paragraph one that is glued to `text`
    rest: str = ""  # of a paragraph: what follows the glued link
    links: tuple[RelatedLink, ...] = ()  # of "row" and "items": all links of the list
    marker: str | None = None  # of a related link
    popular: tuple[PopularItem, ...] = ()


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
            yield _paragraph(page, position, next((link for link in here if link.form.startswith(_INSIDE)), None))
        if position == 1 and page.pull_quote:
            yield Block("quote", page.pull_quote)
        if page.items and position == items_after:
            yield Block("items", items=page.items, links=tuple(one for one in page.related if one.form == "item"))
        yield from (_prompt(page, prompt) for prompt in page.prompts if prompt.after == position)
        yield from _related(here)
        if position == 2:
            yield Block("advert")
    yield from (Block("closing", line) for line in page.closing)


def _prompt(page: ArticleText, prompt: Prompt) -> Block:
    tags = page.tags or ("kota", "warga")
    popular = page.popular if prompt.form == "popular" else ()
    return Block(prompt.form, prompt.text, items=tags if prompt.form == "tags" else (), popular=popular)


def _related(here: Sequence[RelatedLink]) -> Iterator[Block]:
    """The related links that stand by themselves at one place; those of a row as one block."""
    for link in here:
        if not link.form.startswith(_INSIDE) and link.form not in ("item", "row"):
            yield Block(link.form, link.headline, link=link, marker=link.marker)
    if row := tuple(link for link in here if link.form == "row"):
        yield Block("row", links=row, marker=row[0].marker)


def _paragraph(page: ArticleText, position: int, glued: RelatedLink | None) -> Block:
    opening = page.opening if position == 1 and page.opening else ""
    text = opening + page.paragraphs[position - 1]
    if glued is None or glued.form == "glued":
        return Block("paragraph", text, link=glued)
    if glued.form == "linked":
        return _with_own_words_linked(text, glued)
    if glued.form == "glued-marked":
        marker = glued.marker or MARKERS.get(page.language, MARKERS["en"])
        return Block("paragraph", f"{text} {marker}:", link=glued)
    if glued.form == "glued-bare":
        return Block("paragraph", text + glued.headline)
    cut = _after_a_sentence(text, len(opening))
    if glued.form == "glued-bare-inside":
        return Block("paragraph", " ".join(filter(None, (text[:cut] + glued.headline, text[cut:].strip()))))
    return Block("paragraph", text[:cut].rstrip(), link=glued, rest=text[cut:].strip())


def _with_own_words_linked(text: str, link: RelatedLink) -> Block:
    """A paragraph with a link on some of its words; as it is where it has too few."""
    words, (first, end) = text.split(" "), _LINKED
    if len(words) < end + 2:
        return Block("paragraph", text)
    before, after = " ".join(words[:first]) + " ", " " + " ".join(words[end:])
    return Block("paragraph", before, link=replace(link, headline=" ".join(words[first:end])), rest=after)


def _after_a_sentence(text: str, least: int) -> int:
    """Where the first sentence ends that another follows; the end of the text where there is none."""
    return next((found.end() for found in _SENTENCE_ENDS.finditer(text, least)), len(text))


def related_list(page: ArticleText) -> tuple[RelatedLink, ...]:
    """The related list below the text: every related link of the body once more."""
    others = (link for link in page.related if link.form != "linked")
    return tuple(dict.fromkeys(replace(link, after=0, form="span", marker=None) for link in others))
