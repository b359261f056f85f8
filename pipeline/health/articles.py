"""What is measured of the articles a run read: can they be had, are they articles, is every field there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.health.alarm import ARTICLES, Alarm, Measure
from pipeline.health.odds import Share, pooled
from pipeline.model import FailureClass
from pipeline.outlet import Outlet
from pipeline.vitals import FIELDS, FailureVitals, FieldVitals, Past, Vitals

_CORE = ("article_body", "headline", "date_published", "in_language")  # every article of every outlet has them
_LEAST = 3  # articles, all of them bad, that are an alarm without a past
_LEAST_SAME = 4  # articles of one instant
_SIZABLE = 0.2  # share of articles that a source must have given a field to be missed there
_OUTLANDISH = 0.05  # share of articles below which a language is none of the outlet's
_OLD = 8  # power of two of hours: 256 and more. Longer than our own outages, shorter than a month put for a day
_FAR = 2  # powers of two from the usual length of a text: a quarter, or four times as long
_KEEPABLE = ("article", "short_note")
Words = tuple[str, str | None, str | None]  # of an alarm: detail, last good and present value
_CLASSES = {"date_published": FailureClass.DATE, "in_language": FailureClass.LANGUAGE}


@dataclass(frozen=True, slots=True)
class Subject:
    """An outlet's run among its earlier ones, newest first, all read by the same outlet file."""

    outlet: Outlet
    now: Vitals
    past: tuple[Past, ...]
    whole: bool = False  # measure the past also of what is well: for a person who wants to see it

    def measure(
        self,
        good: str,
        failure: FailureClass,
        subject: str,
        count: Callable[[Vitals], Share],
        words: Words,
        *,
        absolute: int | None = None,
    ) -> Measure:
        """`good`: what is true of the good ones, in a word or two; `count` gives a run's bad ones."""
        alarm, now = Alarm(self.outlet.name, failure, subject, *words), count(self.now)
        past = tuple(map(count, self.earlier(subject))) if now.count or self.whole else ()
        return Measure(good, alarm, now, past, absolute)

    def earlier(self, subject: str) -> list[Vitals]:
        """The earlier runs in which that was well."""
        return [each.vitals for each in self.past if subject not in each.vitals.ill]


def article_measures(subject: Subject) -> Iterator[Measure]:
    """In the order of their weight."""
    yield from _failures(subject)
    yield from _kinds(subject)
    if not subject.now.articles:
        return
    for name in FIELDS:
        yield from _field(subject, name)
    yield _generic(subject)
    yield from _texts(subject)
    yield from _languages(subject)
    yield from _dates(subject)


# --- pages that cannot be had, or are no articles --------------------------------------------------------------------


def _failures(subject: Subject) -> Iterator[Measure]:
    for name, seen in subject.now.failures.items():
        detail = f"{seen.count} of {subject.now.tried} article pages failed: {seen.detail}"
        words: Words = (detail, _readable(subject), f"{seen.url}: {seen.detail}")
        yield subject.measure(f"no {name}", FailureClass(name), ARTICLES, _failed(name), words, absolute=_LEAST)
    blocked = subject.now.failures.get(FailureClass.BLOCKED, FailureVitals())
    if blocked.in_a_row >= _LEAST:  # then the crawl asks that host nothing more: the share says too little
        detail = f"{blocked.in_a_row} article pages in a row were refused: {blocked.detail}"
        words = (detail, _readable(subject), f"{blocked.url}: {blocked.detail}")
        yield subject.measure("never refused in a row", FailureClass.BLOCKED, ARTICLES, _refused, words, absolute=1)


def _refused(vitals: Vitals) -> Share:
    """One bad thing: a row of refusals. Runs without one say nothing, so that the second is as bad as the first."""
    row = vitals.failures.get(FailureClass.BLOCKED, FailureVitals()).in_a_row
    return Share(1, 1) if row >= _LEAST else Share(0, 0)


def _failed(name: str) -> Callable[[Vitals], Share]:
    return lambda vitals: Share(vitals.failures.get(name, FailureVitals()).count, vitals.tried)


def _kinds(subject: Subject) -> Iterator[Measure]:
    now = subject.now
    for kind, count in now.kinds.items():
        if kind not in _KEEPABLE:
            words: Words = (f"{count} of {now.tried} article pages are {kind}", _readable(subject), kind)
            yield subject.measure(
                f"no {kind}", FailureClass.NOT_AN_ARTICLE, ARTICLES, _of_kind(kind), words, absolute=_LEAST
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
            absolute=_LEAST,
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
    absolute = _LEAST if name in _CORE else None
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


def last_good(subject: Subject, name: str) -> str | None:
    """The field's value in the last run in which it was well."""
    for vitals in subject.earlier(name):
        seen = vitals.fields.get(name)
        if seen and seen.value and seen.source != "trafilatura":
            return f"{seen.value} ({', '.join(filter(None, (seen.source, seen.url)))})"
    return None


def _generic(subject: Subject) -> Measure:
    """The outlet file describes markup, and none of it fits. An outlet without any is always read so."""
    now = subject.now

    def count(vitals: Vitals) -> Share:
        return Share(vitals.generations.get("generic", 0) if subject.outlet.markup else 0, vitals.articles)

    detail = f"no markup of the outlet file fits {count(now).count} of {now.articles} articles"
    body = now.fields.get("article_body", FieldVitals())
    words = (detail, last_good(subject, "article_body"), f"{body.value} ({body.source}, {body.url})")
    return subject.measure("by known markup", FailureClass.LAYOUT, "article_body", count, words, absolute=_LEAST)


# --- texts, languages, dates -----------------------------------------------------------------------------------------


def _texts(subject: Subject) -> Iterator[Measure]:
    now, name = subject.now, "article_body"
    good = last_good(subject, name)
    detail = f"{now.garbled} of {now.articles} texts hold characters of a wrong charset"
    words = (detail, good, now.garbled_example)
    yield subject.measure(
        "of a right charset", FailureClass.LAYOUT, name, lambda v: Share(v.garbled, v.articles), words, absolute=_LEAST
    )
    detail = f"{now.furniture} of {now.articles} texts share a paragraph that is the page's, not theirs"
    words = (detail, good, now.furniture_example)
    yield subject.measure(
        "without furniture", FailureClass.LAYOUT, name, lambda v: Share(v.furniture, v.articles), words, absolute=_LEAST
    )
    usual = _usual_length(subject.earlier(name))
    if usual is None:
        return
    for word, far in (("short", lambda power: power <= usual - _FAR), ("long", lambda power: power >= usual + _FAR)):
        count = _powers(lambda vitals: vitals.bodies, far)
        detail = f"{count(now).count} of {now.articles} texts are far too {word}"
        words = (detail, f"{2**usual} to {2 ** (usual + 1)} characters", f"{now.body_median} characters (median)")
        yield subject.measure(f"not far too {word}", FailureClass.LAYOUT, name, count, words)


def _usual_length(earlier: Sequence[Vitals]) -> int | None:
    """The power of two of the median text's characters."""
    powers = sorted(int(power) for vitals in earlier for power, number in vitals.bodies.items() for _ in range(number))
    return powers[len(powers) // 2] if powers else None


def _powers(
    histogram: Callable[[Vitals], Mapping[str, int]], wanted: Callable[[int], bool]
) -> Callable[[Vitals], Share]:
    def count(vitals: Vitals) -> Share:
        powers = histogram(vitals)
        return Share(sum(number for power, number in powers.items() if wanted(int(power))), sum(powers.values()))

    return count


def _languages(subject: Subject) -> Iterator[Measure]:
    now, name = subject.now, "in_language"
    earlier = subject.earlier(name)
    articles = sum(sum(vitals.languages.values()) for vitals in earlier)
    usual = {
        language
        for language in {language for vitals in earlier for language in vitals.languages}
        if sum(vitals.languages.get(language, 0) for vitals in earlier) >= _OUTLANDISH * articles
    } or {subject.outlet.language}

    def count(vitals: Vitals) -> Share:
        strange = sum(number for language, number in vitals.languages.items() if language not in usual)
        return Share(strange, sum(vitals.languages.values()))

    other = ", ".join(sorted(set(now.languages) - usual))
    detail = f"{count(now).count} of {now.articles} articles are in {other or 'another language'}"
    words = (detail, ", ".join(sorted(usual)), f"{other} ({now.fields.get('headline', FieldVitals()).url})")
    yield subject.measure("a usual one", FailureClass.LANGUAGE, name, count, words, absolute=_LEAST)


def _dates(subject: Subject) -> Iterator[Measure]:
    now, name = subject.now, "date_published"
    dates, failure = now.dates, FailureClass.DATE
    good = last_good(subject, name)
    present = f"{dates.value} ({dates.url})" if dates.url else dates.value
    dated = sum(dates.ages.values())
    counts: list[tuple[str, str, Callable[[Vitals], Share], int | None]] = [
        ("past", f"{dates.future} of {dated} dates lie in the future", lambda v: _of_dated(v, v.dates.future), _LEAST),
        ("not 1 January", f"{dates.january} of {dated} dates are 1 January", _of_january, _LEAST),
        ("one's own", f"{dates.same} of {dated} articles have one and the same date", _same, _LEAST_SAME - 1),
        ("as listed", f"{dates.differing} of {dates.compared} dates differ from the listing's", _differing, _LEAST),
    ]
    if now.daily:
        counts.append(("fresh", f"{_weeks_old(now).count} of {dated} articles are weeks old", _weeks_old, None))
    for label, detail, count, absolute in counts:
        yield subject.measure(label, failure, name, count, (detail, good, present), absolute=absolute)


def _weeks_old(vitals: Vitals) -> Share:
    return _powers(lambda seen: seen.dates.ages if seen.daily else {}, lambda power: power >= _OLD)(vitals)


def _of_january(vitals: Vitals) -> Share:
    return _of_dated(vitals, vitals.dates.january)


def _differing(vitals: Vitals) -> Share:
    return Share(vitals.dates.differing, vitals.dates.compared)


def _of_dated(vitals: Vitals, count: int) -> Share:
    return Share(count, sum(vitals.dates.ages.values()))


def _same(vitals: Vitals) -> Share:
    """How many articles repeat the date of another one."""
    return Share(max(vitals.dates.same - 1, 0), max(sum(vitals.dates.ages.values()) - 1, 0))
