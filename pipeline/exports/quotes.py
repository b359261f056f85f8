"""Statements as JSON or CSV, with the outlet-days on which nobody looked. One row is one print of a quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pipeline.covered import Gap
from pipeline.exports.csv import BYTE_ORDER_MARK, defused
from pipeline.exports.found import quote_json
from pipeline.wordings import Said, Statement

COLUMNS = (
    *("record", "statement", "wording", "date", "until", "outlet", "speaker", "role", "kind", "language", "text"),
    *("url", "article", "start", "end", "copied", "why"),
)  # `record`: quote, or not_covered: that outlet was not read from `date` to `until`, for the reason `why`


def statements_json(statements: Sequence[Statement], gaps: Sequence[Gap]) -> dict[str, object]:
    """One document: who said what where, and what the answer does not cover."""
    return {
        "statements": [_statement(one) for one in statements],
        "not_covered": [
            {"outlet": gap.outlet, "since": gap.first.isoformat(), "until": gap.last.isoformat(), "why": gap.why}
            for gap in gaps
        ],
    }


def statements_csv(statements: Iterable[Statement], gaps: Iterable[Gap]) -> bytes:
    """A table (RFC 4180) that a spreadsheet opens as it should."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*_quotes(statements), *map(_gap, gaps)):
        writer.writerow([defused("" if cell is None else str(cell)) for cell in row])
    return BYTE_ORDER_MARK + out.getvalue().encode("utf-8", "replace")


def _statement(one: Statement) -> dict[str, object]:
    return {
        "text": one.text,
        "speaker": one.speaker,
        "role": one.role,
        "language": one.language,
        "wordings": [
            {"text": wording.text, "prints": [_print(said) for said in wording.prints]} for wording in one.wordings
        ],
    }


def _print(said: Said) -> dict[str, object]:
    return {
        "article_id": said.article_id,
        "outlet": said.outlet,
        "url": said.url,
        "date_published": said.published.isoformat() if said.published else None,
        "copied": said.copied,
        **quote_json(said.quote),
    }


def _quotes(statements: Iterable[Statement]) -> Iterator[tuple[object, ...]]:
    for number, one in enumerate(statements, start=1):
        for place, wording in enumerate(one.wordings, start=1):
            for said in wording.prints:
                quote = said.quote
                yield (
                    *("quote", number, place, said.published.isoformat() if said.published else None, None),
                    *(said.outlet, quote.speaker, quote.role, quote.kind, said.language, quote.text),
                    *(said.url, said.article_id, quote.start, quote.end, "yes" if said.copied else "no", None),
                )


def _gap(gap: Gap) -> tuple[object, ...]:
    nothing = [None] * (len(COLUMNS) - 7)
    return ("not_covered", None, None, gap.first, gap.last, gap.outlet, *nothing, gap.why)
