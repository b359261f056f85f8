"""Variants of what stands between the paragraphs of an article and is not the article, over any text.

A variant is a form or several; a placement says where they stand. `furnished` is pure: a text in, a text out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

from crawlers.newsroom.article import ArticleText, Prompt, PromptForm, RelatedForm, RelatedLink
from crawlers.newsroom.hosts import slug_of

Placement = Literal["first", "middle", "last", "twice", "all"]
PLACEMENTS: tuple[Placement, ...] = ("middle", "first", "last", "twice", "all")
PROMPTS: tuple[PromptForm, ...] = ("scroll", "follow", "share", "caption", "video", "notice")
_BELOW: tuple[PromptForm, ...] = ("tags", "popular")  # the text, in its own element
_FILE = Path(__file__).with_name("furniture.toml")

# variant: the forms of related links it mixes, one after the other
VARIANTS: dict[str, tuple[RelatedForm, ...]] = {
    "strong": ("strong",),
    "span": ("span",),
    "colon": ("colon",),
    "line": ("line",),
    "next-line": ("next-line",),
    "two-lines": ("two-lines",),
    "box": ("box",),
    "aside": ("aside",),
    "table": ("table",),
    "row": ("row",),
    "item": ("item",),
    "bare-link": ("bare-link",),
    "bare-text": ("bare-text",),
    "glued": ("glued",),
    "glued-inside": ("glued-inside",),
    "glued-marked": ("glued-marked",),
    "glued-bare": ("glued-bare",),
    "glued-bare-inside": ("glued-bare-inside",),
    "english": ("strong", "colon"),
    "linked": ("linked",),
    "prompts": (),
    "mixed": ("strong", "glued", "next-line", "glued-bare", "row", "box"),
}
_ENGLISH = "Read also"


@dataclass(frozen=True, slots=True)
class Words:
    """What the furniture of a language says."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    marker: str
    headlines: tuple[str, ...]  # of other articles; three
    follow: str
    share: str
    scroll: str
    caption: str
    notice: str
    video: str
    tags: str
    popular: str


@cache
def words() -> dict[str, Words]:
    """By language."""
    return TypeAdapter(dict[str, Words]).validate_python(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def furnished(page: ArticleText, variant: str, url: str, placement: Placement = "middle") -> ArticleText:
    """The text with the furniture of a variant. `url`: template of the outlet's addresses ({number}, {slug} …).

    Raises ValueError for a variant there is none of.
    """
    if variant not in VARIANTS:
        raise ValueError(f"no furniture {variant!r}: use one of {', '.join(VARIANTS)}")
    said = words().get(page.language, words()["en"])
    links: list[RelatedLink] = []
    forms, others = cycle(VARIANTS[variant] or ("bare-link",)), _others(said, url)
    marker = _ENGLISH if variant == "english" else said.marker
    for after in _places(page, placement) if VARIANTS[variant] else ():
        form = next(forms)
        at = max(after, 1) if form.startswith(("glued", "linked")) else after
        count = 3 if form == "row" else 1
        links += [RelatedLink(*next(others), at, form, None if form == "box" else marker) for _ in range(count)]
    if variant == "item":
        links, page = links[:1], _with_list(page)
    prompts = _prompts(page, said) if variant in ("prompts", "mixed") else ()
    return replace(page, related=tuple(_one_glued_a_place(links)), prompts=prompts)


def parse(name: str) -> tuple[str, Placement]:
    """The variant and the place that "glued@last" names; the place is the middle where none is named.

    Raises ValueError for a place there is none of.
    """
    variant, _, place = name.partition("@")
    for placement in PLACEMENTS:
        if place in ("", placement):
            return variant, placement
    raise ValueError(f"no place {place!r}: use one of {', '.join(PLACEMENTS)}")


def _others(said: Words, url: str) -> Iterator[tuple[str, str]]:
    """(headline, address) of other articles, without an end."""
    for number, headline in cycle(enumerate(said.headlines)):
        slug = slug_of(headline)
        fit = slug if slug.count("-") > 2 else f"pasar-terapung-buka-dermaga-{number}"  # no Latin letters, no slug
        yield headline, url.format(number=4_410_000 + number, slug=fit, y="2026", m="11", d="02")


def _places(page: ArticleText, placement: Placement) -> tuple[int, ...]:
    """After how many paragraphs the links stand."""
    last = len(page.paragraphs)
    middle = max(1, last // 2)
    return {
        "first": (0,),
        "middle": (middle,),
        "last": (last,),
        "twice": (middle, middle),
        "all": (0, middle, last),
    }[placement]


def _one_glued_a_place(links: list[RelatedLink]) -> Iterator[RelatedLink]:
    """A paragraph has one headline glued to it."""
    taken: set[int] = set()
    for link in links:
        if link.form.startswith(("glued", "linked")):
            if link.after in taken:
                continue
            taken.add(link.after)
        yield link


def _with_list(page: ArticleText) -> ArticleText:
    """A text without a list gets its last two paragraphs as one."""
    if page.items or len(page.paragraphs) < 4:
        return page
    return replace(page, paragraphs=page.paragraphs[:-2], items=page.paragraphs[-2:], items_after=None)


def _prompts(page: ArticleText, said: Words) -> tuple[Prompt, ...]:
    """One prompt of each form, spread over the text, and what stands below it."""
    last = len(page.paragraphs)
    texts = {form: getattr(said, form) for form in (*PROMPTS, *_BELOW)}
    between = [Prompt(form, min(1 + n, last), texts[form]) for n, form in enumerate(PROMPTS)]
    return (*between, *(Prompt(form, last, texts[form]) for form in _BELOW))
