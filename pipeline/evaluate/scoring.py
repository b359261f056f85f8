"""One page's prediction against its label, field by field, by the same rules for every program.

The rules are kind where a program cannot know better: a clock without offset counts as the instant when it shows the
label's local time or its UTC time, the day of a date alone is shown in a row of its own, names count in any order, and
the opening of a text ("Jakarta (ANTARA) - ") may stand in the body or not. A page of which nothing is read is not clean
either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.dateline import read_opening
from pipeline.document import folded
from pipeline.evaluate.labels import Label
from pipeline.evaluate.predictions import Prediction
from pipeline.outlet import Outlet

FIELDS = (
    "title", "published", "offset", "day", "printed date", "author", "editor", "dateline", "language", "kind", "body",
    "furniture",
)  # fmt: skip
_TOKEN = re.compile(r"\w+")
# Words that stand in no article's text: what a page prints around it.
_FURNITURE = re.compile(
    r"(?im)^\s*(?:baca juga|lihat juga|simak juga|read also|berita terkait|berita terpopuler|pewarta\s*:|editor\s*:"
    r"|copyright|advertisement|scroll to continue|\(adsbygoogle|\[gambas|komentari artikel)"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Of one page: 1 right, 0 wrong, a share for the body, `None` where nothing is labelled."""

    file: str
    values: tuple[float | None, ...]  # in the order of FIELDS


def score(label: Label, prediction: Prediction, outlet: Outlet | None) -> Score:
    """Names and title exact, the instant to the second, the body by words. `outlet`: whose credit opens the text."""
    wanted, told = _moment(label.published), _moment(prediction.date_published)
    body = prediction.text
    values = (
        _same(label.title, prediction.headline),
        _if_labelled(wanted, told is not None and _is_instant(wanted, told)),
        _if_labelled(wanted, told is not None and wanted is not None and told.utcoffset() == wanted.utcoffset()),
        _if_labelled(wanted, told is not None and _is_day(wanted, told)),
        _same(label.visible_date, prediction.date_published_text),
        _same_names(label.author, prediction.authors),
        _same_names(label.editor, prediction.editors),
        _same(label.dateline, f"{prediction.dateline} ({prediction.credit_line})"),
        _same(label.lang, prediction.in_language),
        _same(label.kind, prediction.kind),
        None if label.text is None else token_f1(_opened(label.text, outlet), _opened(body, outlet)),
        None if label.text is None else float(bool(body) and not _FURNITURE.search(body)),
    )
    return Score(label.file, values)


def predicts(field: str, predictions: Sequence[Prediction]) -> bool:
    """Does the program give this field at all, on any page?"""
    return any(_told(field, one) for one in predictions)


def _told(field: str, one: Prediction) -> object:
    if field == "offset":
        told = _moment(one.date_published)
        return told is not None and told.tzinfo
    values: dict[str, object] = {
        "title": one.headline, "published": one.date_published, "day": one.date_published,
        "printed date": one.date_published_text, "author": one.authors, "editor": one.editors,
        "dateline": one.dateline or one.credit_line, "language": one.in_language, "kind": one.kind,
        "body": one.article_body, "furniture": one.article_body,
    }  # fmt: skip
    return values[field]


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


def _if_labelled(wanted: datetime | None, right: bool) -> float | None:
    return None if wanted is None else float(right)


def _is_instant(wanted: datetime | None, told: datetime) -> bool:
    if wanted is None:
        return False
    if told.tzinfo:
        return told == wanted
    return told in (wanted.replace(tzinfo=None), wanted.astimezone(UTC).replace(tzinfo=None))


def _is_day(wanted: datetime | None, told: datetime) -> bool:
    """The day by the label's own clock."""
    if wanted is None:
        return False
    return (told.astimezone(wanted.tzinfo) if told.tzinfo else told).date() == wanted.date()


def _same(label: str | None, value: str | None) -> float | None:
    """Equal but for white space."""
    return None if label is None else float(" ".join(label.split()) == " ".join((value or "").split()))


def _same_names(label: str | None, value: Sequence[str] | None) -> float | None:
    if label is None:
        return None
    return float(sorted(label.split("; ")) == sorted(" ".join(name.split()) for name in value or ()))


def _opened(text: str, outlet: Outlet | None) -> str:
    """Without "Jakarta (ANTARA) - ": it is a field of its own, and labels keep it in the body or not."""
    opening = read_opening(text.split("\n", 1)[0], outlet.credits if outlet else ())
    return text[opening.length :] if opening else text


def token_f1(label: str, value: str) -> float:
    """Harmonic mean of precision and recall over words as multisets; texts equal but for white space give 1."""
    if folded(label) == folded(value):
        return 1.0
    wanted, told = Counter(_TOKEN.findall(label)), Counter(_TOKEN.findall(value))
    common = sum((wanted & told).values())
    return 2 * common / (sum(wanted.values()) + sum(told.values())) if common else 0.0
