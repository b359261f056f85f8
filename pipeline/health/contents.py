"""What is measured of the contents of articles: are their texts whole, their language and dates the usual. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.health.alarm import Measure
from pipeline.health.odds import Share
from pipeline.health.subject import LEAST, Subject, last_good
from pipeline.model import FailureClass
from pipeline.vitals import FieldVitals, Vitals

_LEAST_SAME = 4  # articles of one instant
_OUTLANDISH = 0.05  # share of articles below which a language is none of the outlet's
_OLD = 8  # power of two of hours: 256 and more. Longer than our own outages, shorter than a month put for a day
_FAR = 2  # powers of two from the usual length of a text: a quarter, or four times as long


def content_measures(subject: Subject) -> Iterator[Measure]:
    """In the order of their weight."""
    yield from _texts(subject)
    yield from _languages(subject)
    yield from _dates(subject)


def _texts(subject: Subject) -> Iterator[Measure]:
    now, name = subject.now, "article_body"
    good = last_good(subject, name)
    detail = f"{now.garbled} of {now.articles} texts hold characters of a wrong charset"
    words = (detail, good, now.garbled_example)
    yield subject.measure(
        "of a right charset", FailureClass.LAYOUT, name, lambda v: Share(v.garbled, v.articles), words, absolute=LEAST
    )
    detail = f"{now.furniture} of {now.articles} texts share a paragraph that is the page's, not theirs"
    words = (detail, good, now.furniture_example)
    yield subject.measure(
        "without furniture", FailureClass.LAYOUT, name, lambda v: Share(v.furniture, v.articles), words, absolute=LEAST
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
    yield subject.measure("a usual one", FailureClass.LANGUAGE, name, count, words, absolute=LEAST)


def _dates(subject: Subject) -> Iterator[Measure]:
    now, name = subject.now, "date_published"
    dates, failure = now.dates, FailureClass.DATE
    good = last_good(subject, name)
    present = f"{dates.value} ({dates.url})" if dates.url else dates.value
    dated = sum(dates.ages.values())
    counts: list[tuple[str, str, Callable[[Vitals], Share], int | None]] = [
        ("past", f"{dates.future} of {dated} dates lie in the future", lambda v: _of_dated(v, v.dates.future), LEAST),
        ("not 1 January", f"{dates.january} of {dated} dates are 1 January", _of_january, LEAST),
        ("one's own", f"{dates.same} of {dated} articles have one and the same date", _same, _LEAST_SAME - 1),
        ("as listed", f"{dates.differing} of {dates.compared} dates differ from the listing's", _differing, LEAST),
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
