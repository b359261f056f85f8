"""What an article claims of an event: read by rule, each with its words. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.annotations import Evidence
from pipeline.dossiers import beginnings, counts, ordinals, settings
from pipeline.dossiers.lines import Line, lines
from pipeline.dossiers.model import Claim, Subject
from pipeline.model import Article
from pipeline.watches import Watches


def read_claims(article: Article, watch: str, watches: Watches) -> tuple[Claim, ...]:
    """The claims of an article on one forum, in the order of the text."""
    published = article.date_published.date() if article.date_published else None
    found = [claim for line in lines(article, watch, watches) for claim in _of_line(line, watch, published)]
    return tuple(dict.fromkeys(found))


def _of_line(line: Line, watch: str, published: date | None) -> Iterator[Claim]:
    make = _Maker(line, watch)
    yield from _counts(line, make)
    for one in beginnings.founded(line, watch):
        year = int(one.value)
        yield make(Subject.FOUNDED, one.start, one.end, one.value, low=year, high=year, edition=None)
    for one in beginnings.first_together(line, watch):
        yield make(Subject.TOGETHER, one.start, one.end, "first", about=one.other)
    for one in beginnings.held_together(line, watch):
        yield make(Subject.TOGETHER, one.start, one.end, one.value, about=one.other, edition=int(one.value))
    if line.edition is not None:
        for one in ordinals.ordinals(line, watch):
            number = int(one.value)
            yield make(Subject.ORDINAL, one.start, one.end, one.value, low=number, high=number)
    for printed, sure in settings.days(line, watch, published):
        value = f"{printed.first:%Y-%m-%d}/{printed.last:%Y-%m-%d}"
        yield make(Subject.DAYS, printed.start, printed.end, value, about="" if sure else "beside")
    for one, held in settings.hosts(line, watch):
        if held is not None:
            yield make(Subject.HOST, one.start, one.end, one.value, edition=held)
    if line.edition is not None:
        for one in settings.venues(line):
            yield make(Subject.VENUE, one.start, one.end, one.value)


def _counts(line: Line, make: _Maker) -> Iterator[Claim]:
    """A count of a sentence that does not name the event may be of a part of it."""
    elsewhere = bool(line.names) and not line.spoken_of
    if elsewhere or line.edition is None:
        return
    for one in counts.counts(line.text):
        if any(one.start < name.end and name.start < one.end for name in line.names) or one.value == str(line.edition):
            continue  # "the 2021 ASEAN Governors' Forum"
        own = line.spoken_of and not line.part
        about = f"{one.predicate} {one.unit}"
        yield make(Subject.COUNT, one.start, one.end, one.value, about=about, low=one.low, high=one.high, own=own)


class _Maker:
    """Makes the claims of one line."""

    def __init__(self, line: Line, watch: str) -> None:
        self._line = line
        self._watch = watch

    def __call__(
        self,
        subject: Subject,
        start: int,
        end: int,
        value: str,
        *,
        about: str = "",
        low: int | None = None,
        high: int | None = None,
        own: bool = True,
        edition: int | None = -1,
    ) -> Claim:
        line = self._line
        return Claim(
            subject=subject,
            about=about,
            watch=self._watch,
            edition=line.edition if edition == -1 else edition,
            value=value,
            low=low,
            high=high,
            own=own,
            sentence=line.text,
            evidence=Evidence(line.field, line.offset + start, line.offset + end, line.text[start:end], subject.value),
        )
