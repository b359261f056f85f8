"""`kliping stories explain A B`: why two articles are one story, or two, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

import typer

from digests.cli import rulings
from digests.cli.articles import find_article
from digests.cli.office import Office, office
from digests.cli.options import AsJson
from digests.cli.output import print_json, print_wrapped, progress
from pipeline.assemble import WINDOW
from pipeline.errors import SettingsError
from pipeline.model import StoredArticle
from pipeline.store import DecisionAction
from pipeline.store.records import ArticleFilter
from pipeline.why import Shared, Why, why
from pipeline.window import open_window

_DAY = timedelta(days=1)
_UNCHANGED = 0.99  # a weight that nobody need be told of

First = Annotated[str, typer.Argument(metavar="A", help="An article by number or address.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Another one.")]


def explain(context: typer.Context, a: First, b: Second, as_json: AsJson = False) -> None:
    """Say why two articles are one story, or two: texts in common, likeness, what bars it, persons' words.

    \b
    Examples:
      kliping stories explain 12 15
    """
    here = office(context)
    one, other = find_article(here, a), find_article(here, b)
    if one.id == other.id:
        raise SettingsError(f"{a} and {b} are one article, number {one.id}; name two")
    found = _look(here, one, other)
    if as_json:
        print_json(_document(found))
        return
    for line in _told(found):
        print_wrapped(line)


def _look(here: Office, one: StoredArticle, other: StoredArticle) -> Why:
    """Beside the articles of their days, by which words are weighed."""
    with progress("comparing with the articles of those days"):
        around = {stored.id: stored for stored in (one, other)}
        for stored in (one, other):
            last = (stored.article.date_published or stored.committed_at) + _DAY
            days = ArticleFilter(since=last - WINDOW, until=last, in_scope=True)
            around |= {found.id: found for found in here.store.articles.find(days)}
        homes = {stored.story_id for stored in (one, other)} - {None}
        window = open_window(
            around.values(),
            late={n for n, found in around.items() if found.story_id in homes or n in (one.id, other.id)},
        )
    places = {stored.id: place for place, stored in enumerate(window.articles)}
    return why(window, places[one.id], places[other.id], here.store.decisions.touching([one.id, other.id]))


def _told(found: Why) -> Iterator[str]:
    a, b = found.a, found.b
    yield _line(a)
    yield _line(b)
    yield ""
    yield _verdict(found)
    yield from (f"  a person: decision {one.id} of {one.actor}: {rulings.told(one)}" + (
        f" ({one.reason})" if one.reason else "") for one in found.words)  # fmt: skip
    yield f"  texts: {_texts(found)}"
    yield from (f"  source: {line}" for line in found.credits)
    yield f"  likeness: {found.likeness:.2f} of the 1 that two reports of one event need{_against(found)}"
    yield from _shared("both have", found.both)
    yield from _shared(f"only {a.id} has", found.only_a)
    yield from _shared(f"only {b.id} has", found.only_b)
    yield from (f"  bar: {bar}; such articles are never joined by likeness" for bar in found.bars)
    yield _needed(found)


def _line(stored: StoredArticle) -> str:
    home = f"story {stored.story_id}" if stored.story_id else f"in no story: {stored.disposition}"
    return f"article {stored.id}, {stored.article.outlet or 'no outlet'}, {home}: {stored.article.headline or '–'}"


def _verdict(found: Why) -> str:
    """The reason that decided it, in one line."""
    if found.together:
        return f"one story, {found.a.story_id}: {_joined_by(found)}"
    if found.a.story_id is None or found.b.story_id is None:
        return "not in one story: rejected, withheld and unread articles are in none"
    return f"two stories: {_parted_by(found)}"


def _joined_by(found: Why) -> str:
    if found.word is DecisionAction.TOGETHER:
        return "a person said so"
    if found.copy is not None:
        return "one is a copy of the other"
    if found.credits:
        return "one names the other as its source"
    if found.likeness >= 1:
        return "they are as like as two reports of one event"
    return f"through other articles of the story, which are like both (mean likeness in it {found.stories:.2f})"


def _parted_by(found: Why) -> str:
    if found.word is DecisionAction.APART:
        return "a person said so"
    if found.bars:
        return found.bars[0]
    if found.likeness < 1:
        return "they are not like enough"
    return f"these two are like, their stories as wholes are not (mean likeness {found.stories:.2f})"


def _texts(found: Why) -> str:
    if found.copy is not None:
        return f"one text; of the shorter one {found.copy.reason.replace('its sentences', 'the sentences')}"
    if not found.same_language:
        return "in two languages, so that no sentences are in common"
    return f"two; {round(100 * found.contained)} % of the shorter one's word triples stand in the other too"


def _against(found: Why) -> str:
    """What was held against it already, in the number shown."""
    if not found.doubts or found.weight > _UNCHANGED:
        return ""
    return f"; lowered to {100 * found.weight:.0f} % of what their words say, as {' and '.join(found.doubts)}"


def _shared(title: str, terms: Shared) -> Iterator[str]:
    kinds = (("names", terms.names), ("figures", terms.figures), ("words", terms.words))
    told = "; ".join(f"{kind} {', '.join(values)}" for kind, values in kinds if values)
    if told:
        yield f"    {title}: {told}"


def _needed(found: Why) -> str:
    a, b = found.a, found.b
    if a.story_id is None or b.story_id is None:
        return "nothing joins an article that is in no story; `kliping explain URL` tells what became of it"
    if found.together:
        return f"to part them: `kliping stories split {a.story_id} {max(a.id, b.id)}`"
    person = f"`kliping stories merge {a.story_id} {b.story_id}`"
    if found.bars or found.word is DecisionAction.APART:
        return f"to join them, only a person's word: {person}"
    if found.likeness < 1:
        return f"to join them: a likeness of 1, a text in common, or a person's word: {person}"
    return f"to join them: further articles that are like both, or a person's word: {person}"


def _document(found: Why) -> dict[str, object]:
    return {
        "articles": [{"article_id": s.id, "story_id": s.story_id, "url": s.article.canonical_url,
                      "headline": s.article.headline} for s in (found.a, found.b)],
        "together": found.together,
        "because": _verdict(found),
        "copy": found.copy,
        "contained": round(found.contained, 4),
        "likeness": round(found.likeness, 4),
        "stories": round(found.stories, 4),
        "weight": round(found.weight, 4),
        "both": found.both,
        "only_a": found.only_a,
        "only_b": found.only_b,
        "bars": found.bars,
        "doubts": found.doubts,
        "credits": found.credits,
        "decisions": [{"id": one.id, "actor": one.actor, "words": rulings.told(one)} for one in found.words],
        "needed": _needed(found),
    }  # fmt: skip
