"""One story with all that is known of it: parts, reprints, what it continues, its history, persons' decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo

from digests.cli import rulings
from digests.cli.decided import document as decisions_document
from digests.cli.lookup import first_articles, headline
from digests.cli.office import Office
from digests.cli.output import print_wrapped
from digests.cli.tables import print_table
from digests.plain import shorten
from pipeline.decisions import Overruled, overruled
from pipeline.model import Member, Relation, StoredArticle, Story
from pipeline.reprints import Differences, differences
from pipeline.store import StoryDecision
from pipeline.store.story_records import StoryChange

_SENTENCE = 160  # characters shown of a sentence that was added or cut
_SENTENCES = 5  # of each kind, for a person; `--json` has all


@dataclass(frozen=True, slots=True)
class Reprint:
    """What a print of another member's text did to it. Sentences are those of the texts as stored."""

    of: int  # article id of the text it prints
    words: str  # "keeps 5 of 8 sentences, cuts 2, adds 3"
    share: float  # of the original's sentences that stand in it, 0..1
    added: tuple[str, ...]
    cut: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]  # before, after


@dataclass(frozen=True, slots=True)
class Page:
    """All that is told of one story."""

    story: Story
    articles: Mapping[int, StoredArticle]
    reprints: Mapping[int, Reprint]  # by the number of the print
    before: Story | None  # the one it continues
    after: tuple[Story, ...]  # those that continue it
    headlines: Mapping[str, str | None]  # of these stories, by name
    changes: tuple[StoryChange, ...]  # newest first
    decisions: tuple[StoryDecision, ...]  # oldest first, undone ones too


def page(here: Office, story: Story) -> Page:
    """Read all that is known of it."""
    store = here.store
    articles = {one.id: one for one in store.articles.many([m.article_id for m in story.members])}
    before = store.stories.get(story.continues) if story.continues else None
    after = tuple(store.story_lists.following(story.id))
    others = [other for other in (before, *after) if other is not None]
    return Page(
        story=story,
        articles=articles,
        reprints={m.article_id: told for m in story.members if (told := _reprint(m, articles)) is not None},
        before=before,
        after=after,
        headlines={other.id: headline(other, first_articles(here, others)) for other in others},
        changes=tuple(store.stories.changes(story=story.id)),
        decisions=tuple(store.decisions.of_articles(list(articles))),
    )


def _reprint(member: Member, articles: Mapping[int, StoredArticle]) -> Reprint | None:
    """A print in its original's own language; of a translation no sentences can be compared."""
    other = member.comparison.to if member.comparison else member.copy_of
    if other not in articles or other is None or member.article_id not in articles:
        return None
    original, printed = articles[other].article.text, articles[member.article_id].article.text
    if member.comparison is not None and member.comparison.kept is None:
        return None
    found = differences(original, printed)
    return _told(other, found, original, printed)


def _told(other: int, found: Differences, original: str, printed: str) -> Reprint:
    return Reprint(
        of=other,
        words=found.words,
        share=round(found.share, 3),
        added=tuple(span.of(printed) for span in found.added),
        cut=tuple(span.of(original) for span in found.cut),
        changed=tuple((one.before.of(original), one.after.of(printed)) for one in found.changed),
    )


def document(here: Office, told: Page, asked: str) -> dict[str, object]:
    """The page as one JSON value."""
    story = told.story
    first = told.articles.get(story.origin) if story.origin is not None else None
    return {
        "id": story.id,
        "asked": asked if asked != story.id else None,
        "headline": headline(story, told.articles),
        "origin": story.origin,
        "first": first.article.outlet if first else None,
        "continues": story.continues,
        "continues_reason": story.continues_reason,
        "continued_by": [other.id for other in told.after],
        "members": [_member_document(member, told) for member in story.members],
        "history": list(told.changes),
        "decisions": decisions_document(here, told.decisions),
    }


def _member_document(member: Member, told: Page) -> dict[str, object]:
    stored, reprint = told.articles.get(member.article_id), told.reprints.get(member.article_id)
    article = stored.article if stored else None
    return {
        "article_id": member.article_id,
        "role": member.role,
        "reason": member.reason,
        "copy_of": member.copy_of,
        "comparison": member.comparison,
        "outlet": article.outlet if article else None,
        "url": article.canonical_url if article else None,
        "headline": article.headline if article else None,
        "in_language": article.in_language if article else None,
        "date_published": article.date_published if article else None,
        "reprint": asdict(reprint) if reprint else None,
    }


def print_page(told: Page, standing: Sequence[StoryDecision], zone: tzinfo, *, explain: bool) -> None:
    """For a person. `standing`: all decisions that stand, for which is overruled by which."""
    for line in _opening(told, zone):
        print_wrapped(line)
    rows = [
        (m.article_id, m.role, s.article.outlet, s.article.date_published, s.article.in_language, s.article.headline)
        for m in told.story.members
        if (s := told.articles.get(m.article_id)) is not None
    ]
    print_table(("article", "part", "outlet", "published", "lang", "headline"), rows, zone=zone, last_below=True)
    lines = [*(_reasons(told) if explain else ()), *_reprinted(told, explain=explain)]
    lines += [*_history(told.changes, told.story.id, zone), *_decided(told.decisions, overruled(standing), zone)]
    for line in lines:
        print_wrapped(line)


def _opening(told: Page, zone: tzinfo) -> Iterator[str]:
    story = told.story
    yield f"story {story.id}: {headline(story, told.articles) or 'without a headline'}"
    outlets = {stored.article.outlet for stored in told.articles.values()}
    yield f"  {_count(len(story.members), 'article')} of {_count(len(outlets), 'outlet')}{_dates(told, zone)}"
    first = told.articles.get(story.origin) if story.origin is not None else None
    if first:
        yield f"  first: {first.article.outlet or first.article.canonical_url}{_at(first, zone)}"
    else:
        yield "  first: no outlet of these; why, `--explain` says"
    if told.before is not None:
        why = f" ({story.continues_reason})" if story.continues_reason else ""
        yield f"  continues {told.before.id}: {told.headlines[told.before.id]}{why}"
    for other in told.after:
        yield f"  continued by {other.id}: {told.headlines[other.id]}"
    yield ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _dates(told: Page, zone: tzinfo) -> str:
    dates = sorted(s.article.date_published for s in told.articles.values() if s.article.date_published)
    if not dates:
        return ""
    first, last = (f"{one.astimezone(zone):%Y-%m-%d %H:%M}" for one in (dates[0], dates[-1]))
    return f", {first}" + (f" to {last}" if first != last else "")


def _at(stored: StoredArticle, zone: tzinfo) -> str:
    published = stored.article.date_published
    return f", {published.astimezone(zone):%Y-%m-%d %H:%M}" if published else ""


def reason_line(member: Member, articles: Mapping[int, StoredArticle]) -> str:
    """ "article 12, antara: the first to publish"."""
    stored = articles.get(member.article_id)
    outlet = f", {stored.article.outlet}" if stored and stored.article.outlet else ""
    return f"article {member.article_id}{outlet}: {member.reason}"


def _reasons(told: Page) -> Iterator[str]:
    yield "\nwhy each is here"
    yield from (f"  {reason_line(member, told.articles)}" for member in told.story.members)


def _reprinted(told: Page, *, explain: bool) -> Iterator[str]:
    translated = [m for m in told.story.members if m.comparison and m.comparison.relation is Relation.TRANSLATION]
    if not told.reprints and not translated:
        return
    yield "\nwhat reprints did"
    yield from (f"  article {m.article_id} translates article {m.comparison.to}" for m in translated if m.comparison)
    for number, one in told.reprints.items():
        yield f"  article {number} of article {one.of}: {one.words}"
        if explain:
            yield from _sentences("+", one.added)
            yield from _sentences("-", one.cut)
            for old, new in one.changed[:_SENTENCES]:
                yield from (*_sentences("<", [old]), *_sentences(">", [new]))


def _sentences(mark: str, texts: Sequence[str]) -> Iterator[str]:
    yield from (f"    {mark} {shorten(text, _SENTENCE)}" for text in texts[:_SENTENCES])
    if len(texts) > _SENTENCES:
        yield f"    {mark} {len(texts) - _SENTENCES} more, with --json"


def change_line(change: StoryChange, zone: tzinfo) -> str:
    """ "2026-11-21 03:00  split, article 39: antara's article left s1, now s2: …"."""
    moved = rulings.articles(change.articles)
    return f"{_when(change.at, zone)}  {change.action.value.rpartition('.')[2]}, {moved}: {change.reason}"


def decision_line(decision: StoryDecision, contradicted: Mapping[int, Overruled], zone: tzinfo) -> str:
    """ "2026-11-21 09:10  decision 4, Sari: … (…): stands"."""
    why = f" ({decision.reason})" if decision.reason else ""
    state = rulings.state(decision, contradicted)
    return (
        f"{_when(decision.at, zone)}  decision {decision.id}, {decision.actor}: {rulings.told(decision)}{why}: {state}"
    )


def _when(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _history(changes: Sequence[StoryChange], story: str, zone: tzinfo) -> Iterator[str]:
    if changes:
        yield f"\nwhat changed in {story}"
        yield from (f"  {change_line(change, zone)}" for change in changes)


def _decided(decisions: Sequence[StoryDecision], contradicted: Mapping[int, Overruled], zone: tzinfo) -> Iterator[str]:
    if decisions:
        yield "\nwhat persons decided"
        yield from (f"  {decision_line(one, contradicted, zone)}" for one in reversed(decisions))
