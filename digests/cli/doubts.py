"""What waits for a review, in words and as JSON: why it is doubtful, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digests.cli.output import print_text, remark
from pipeline.model import StoredArticle, WatchMatch
from pipeline.reviews import snippet
from pipeline.store.review_records import Doubt

_SNIPPETS = 3  # of each watch in the list; `show` has all


def print_list(found: Sequence[Sequence[Doubt]]) -> None:
    for one, *copies in found:
        for line in told_lines(one.stored):
            print_text(line)
        if copies:
            others = ", ".join(f"{copy.stored.id} ({copy.stored.article.outlet})" for copy in copies)
            print_text(f"  reprints: {others}; --copies answers for them too")
        print_text("")
    if found:
        first = found[0][0].stored.id
        remark(f"`kliping review yes {first} --reason …` or `no`; `kliping review show {first}` has the whole text")


def told_lines(stored: StoredArticle, *, every: bool = False) -> Iterator[str]:
    """What a person needs to decide: headline, outlet, link, then each watch with the words that speak for it."""
    article = stored.article
    when = article.date_published.date().isoformat() if article.date_published else "no date"
    yield f"{stored.id}  {article.headline or 'without a headline'}"
    yield f"  {article.outlet or 'no outlet'}, {when}, {article.canonical_url}"
    for match, word in (*((m, "possibly") for m in article.possible), *((m, "ours:") for m in article.watches)):
        edition = f" {match.edition}" if match.edition else ""
        yield f"  {word} {match.id}{edition}: {match.reason}"
        shown = match.evidence if every else match.evidence[:_SNIPPETS]
        yield from (f"    {one.field}: {snippet(article, one)}" for one in shown)


def asked_document(one: Doubt, copies: Sequence[Doubt]) -> dict[str, object]:
    reprints = [
        {"id": copy.stored.id, "outlet": copy.stored.article.outlet, "url": copy.stored.article.canonical_url}
        for copy in copies
    ]
    return {**document(one.stored, one.score), "reprints": reprints}


def document(stored: StoredArticle, score: float | None) -> dict[str, object]:
    article = stored.article
    return {
        "id": stored.id,
        "headline": article.headline,
        "outlet": article.outlet,
        "date_published": article.date_published,
        "url": article.canonical_url,
        "score": score,
        "watches": [_match(stored, match) for match in article.watches],
        "possible": [_match(stored, match) for match in article.possible],
    }


def _match(stored: StoredArticle, match: WatchMatch) -> dict[str, object]:
    shown = [{"field": one.field, "rule": one.rule, "text": snippet(stored.article, one)} for one in match.evidence]
    return {"id": match.id, "edition": match.edition, "reason": match.reason, "evidence": shown}
