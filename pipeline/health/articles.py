"""What is measured of the articles a run read: can they be had, are they articles, is every field there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.health.alarm import ARTICLES, Measure
from pipeline.health.contents import content_measures
from pipeline.health.odds import Share, pooled
from pipeline.health.subject import LEAST, Subject, Words, last_good
from pipeline.model import FailureClass
from pipeline.vitals import FIELDS, FailureVitals, FieldVitals, Vitals

_CORE = ("article_body", "headline", "date_published", "in_language")  # every article of every outlet has them
_SIZABLE = 0.2  # share of articles that a source must have given a field to be missed there
_KEEPABLE = ("article", "short_note")
_CLASSES = {"date_published": FailureClass.DATE, "in_language": FailureClass.LANGUAGE}


def article_measures(subject: Subject) -> Iterator[Measure]:
    """In the order of their weight."""
    yield from _failures(subject)
    yield from _kinds(subject)
    if not subject.now.articles:
        return
    for name in FIELDS:
        yield from _field(subject, name)
    yield _generic(subject)
    yield from content_measures(subject)


# --- pages that cannot be had, or are no articles --------------------------------------------------------------------


def _failures(subject: Subject) -> Iterator[Measure]:
    for name, seen in subject.now.failures.items():
        detail = f"{seen.count} of {subject.now.tried} article pages failed: {seen.detail}"
        words: Words = (detail, _readable(subject), f"{seen.url}: {seen.detail}")
        yield subject.measure(f"no {name}", FailureClass(name), ARTICLES, _failed(name), words, absolute=LEAST)
    blocked = subject.now.failures.get(FailureClass.BLOCKED, FailureVitals())
    if blocked.in_a_row >= LEAST:  # then the crawl asks that host nothing more: the share says too little
        detail = f"{blocked.in_a_row} article pages in a row were refused: {blocked.detail}"
        words = (detail, _readable(subject), f"{blocked.url}: {blocked.detail}")
        yield subject.measure("never refused in a row", FailureClass.BLOCKED, ARTICLES, _refused, words, absolute=1)


def _refused(vitals: Vitals) -> Share:
    """One bad thing: a row of refusals. Runs without one say nothing, so that the second is as bad as the first."""
    row = vitals.failures.get(FailureClass.BLOCKED, FailureVitals()).in_a_row
    return Share(1, 1) if row >= LEAST else Share(0, 0)


def _failed(name: str) -> Callable[[Vitals], Share]:
    return lambda vitals: Share(vitals.failures.get(name, FailureVitals()).count, vitals.tried)


def _kinds(subject: Subject) -> Iterator[Measure]:
    now = subject.now
    for kind, count in now.kinds.items():
        if kind not in _KEEPABLE:
            words: Words = (f"{count} of {now.tried} article pages are {kind}", _readable(subject), kind)
            yield subject.measure(
                f"no {kind}", FailureClass.NOT_AN_ARTICLE, ARTICLES, _of_kind(kind), words, absolute=LEAST
            )
    if now.led_away:
        detail = f"{now.led_away} of {now.tried} article addresses lead to what is no article"
        words = (detail, _readable(subject), now.led_example)
        yield subject.measure(
            "leads to an article",
            FailureClass.NOT_AN_ARTICLE,
            ARTICLES,
            lambda vitals: Share(vitals.led_away, vitals.tried),
            words,
            absolute=LEAST,
        )


def _of_kind(kind: str) -> Callable[[Vitals], Share]:
    return lambda vitals: Share(vitals.kinds.get(kind, 0), vitals.tried)


def _readable(subject: Subject) -> str | None:
    """The last run that read articles."""
    for each in subject.past:
        if each.vitals.articles:
            return f"{each.started_at:%Y-%m-%d %H:%M} UTC: {each.vitals.articles} articles read"
    return None


# --- fields ----------------------------------------------------------------------------------------------------------


def _field(subject: Subject, name: str) -> Iterator[Measure]:
    """Is it there, and is it still read where it used to be read?"""
    now, failure = subject.now, _CLASSES.get(name, FailureClass.LAYOUT)
    seen = now.fields.get(name, FieldVitals())
    good = last_good(subject, name)
    detail = f"{name} is missing in {now.articles - seen.present} of {now.articles} articles"
    present = f"nothing ({seen.absent})" if seen.absent else None
    absolute = LEAST if name in _CORE else None
    yield subject.measure("there", failure, name, _missing(name), (detail, good, present), absolute=absolute)
    yield subject.measure(
        "on the page itself", failure, name, _borrowed(name), (_told_elsewhere(now, name), good, _present(seen))
    )
    for source in _usual_sources(subject, name):
        had = seen.sources.get(source, 0)
        others = ", ".join(f"{kind} {count}" for kind, count in sorted(seen.sources.items())) or "nowhere"
        detail = f"{name} is read by {source} in {had} of {now.articles} articles only (now: {others})"
        yield subject.measure(f"by {source}", failure, name, _not_from(name, source), (detail, good, _present(seen)))


def _present(seen: FieldVitals) -> str | None:
    return f"{seen.value} ({seen.source}, {seen.url})" if seen.value else None


def _told_elsewhere(now: Vitals, name: str) -> str:
    return f"{name} is no longer read from the page itself in {_borrowed(name)(now).count} of {now.articles} articles"


def _borrowed(name: str) -> Callable[[Vitals], Share]:
    """Articles whose page does not say it: the listing or the address does, or nothing."""

    def count(vitals: Vitals) -> Share:
        seen = vitals.fields.get(name, FieldVitals())
        if not seen.sources:  # of keywords and the like nobody notes where they stood
            return Share(vitals.articles - seen.present, vitals.articles)
        own = sum(number for kind, number in seen.sources.items() if kind not in ("listing", "url"))
        return Share(max(vitals.articles - own, 0), vitals.articles)

    return count


def _missing(name: str) -> Callable[[Vitals], Share]:
    def count(vitals: Vitals) -> Share:
        return Share(vitals.articles - vitals.fields.get(name, FieldVitals()).present, vitals.articles)

    return count


def _not_from(name: str, source: str) -> Callable[[Vitals], Share]:
    def count(vitals: Vitals) -> Share:
        found = vitals.fields.get(name, FieldVitals()).sources.get(source, 0)
        return Share(max(vitals.articles - found, 0), vitals.articles)

    return count


def _usual_sources(subject: Subject, name: str) -> list[str]:
    earlier = subject.earlier(name)
    articles = sum(vitals.articles for vitals in earlier)
    kinds = sorted({kind for vitals in earlier for kind in vitals.fields.get(name, FieldVitals()).sources})
    return [kind for kind in kinds if 1 - pooled(map(_not_from(name, kind), earlier)).rate >= _SIZABLE and articles]


def _generic(subject: Subject) -> Measure:
    """The outlet file describes markup, and none of it fits. An outlet without any is always read so."""
    now = subject.now

    def count(vitals: Vitals) -> Share:
        return Share(vitals.generations.get("generic", 0) if subject.outlet.markup else 0, vitals.articles)

    detail = f"no markup of the outlet file fits {count(now).count} of {now.articles} articles"
    body = now.fields.get("article_body", FieldVitals())
    words = (detail, last_good(subject, "article_body"), f"{body.value} ({body.source}, {body.url})")
    return subject.measure("by known markup", FailureClass.LAYOUT, "article_body", count, words, absolute=LEAST)
