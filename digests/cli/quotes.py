"""`kliping quotes`: who said what, in which words, where; and which outlets nobody looked at meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from digests.cli.articles import check_names
from digests.cli.dates import parse_window
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, OnlyLanguage, OnlyOutlet, OnlyWatch, Since, Until
from digests.cli.output import print_json, print_text, print_wrapped, progress, remark
from digests.plain import one_line
from pipeline.asked import Question, asked_for
from pipeline.covered import Gap, gaps
from pipeline.draft import Draft
from pipeline.errors import ExportError, SettingsError
from pipeline.exports.quotes import statements_csv, statements_json
from pipeline.store.records import ArticleFilter
from pipeline.wordings import Said, Statement, group_quotes, outlets_of

_SHOWN_GAPS = 12  # lines of what was not covered, for a person; the files have all
_YEAR = timedelta(days=365)


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class Kind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"


About = Annotated[
    str | None,
    typer.Option("--about", metavar="WORDS", help="A watch, as `watches list` names it; or words beside the quote."),
]
Speaker = Annotated[str | None, typer.Option("--speaker", metavar="WORDS", help="Words of the speaker's name or role.")]
OnlyKind = Annotated[Kind | None, typer.Option("--kind", help="Only words in quotation marks, or only others.")]
Most = Annotated[int | None, typer.Option("--limit", metavar="N", help="At most so many statements.", min=1)]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write it there; default: standard output.")
]


def quotes(
    context: typer.Context,
    about: About = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    kind: OnlyKind = None,
    outlet: OnlyOutlet = None,
    watch: OnlyWatch = None,
    language: OnlyLanguage = None,
    limit: Most = None,
    form: Annotated[Form | None, typer.Option("--format", help="For a person, or as JSON, or as CSV.")] = None,
    output: Output = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Who said what about us: every statement once, with its wordings, prints, and the days no outlet was read.

    Only what is in scope. Without --since it looks back a year.

    \b
    Examples:
      kliping quotes --about mgmac --since 30d
      kliping quotes --about "bus listrik" --speaker Sekda --format csv -o sekda.csv
    """
    here = office(context)
    form = _form(form, as_json=as_json, output=output)
    first, last = parse_window(since, until, now=here.now, zone=here.settings.zone)
    first = first or here.now - _YEAR
    about, speaker = one_line(about), one_line(speaker)
    if watch is None and about is not None and here.watches.get(about.lower()) is not None:
        watch, about = about.lower(), None
    check_names(here, outlet=outlet, watch=watch)
    wanted = ArticleFilter(
        since=first, until=last, outlet=outlet, watch=watch, language=language, in_scope=True,
        text=" ".join(part for part in (about, speaker) if part) or None,
    )  # fmt: skip
    question = Question(about, speaker, kind.value if kind else None)
    found = group_quotes(_asked(here, wanted, question))[: min(limit or MOST, MOST)]
    _tell(form, found, _missing(here, outlet, first, last), output, overwrite=overwrite)


def _tell(
    form: Form, found: tuple[Statement, ...], missing: tuple[Gap, ...], output: Path | None, *, overwrite: bool
) -> None:
    if form is Form.TEXT:
        _show(found, missing)
    elif form is Form.JSON and output is None:
        print_json(statements_json(found, missing))
    else:
        written = statements_csv(found, missing) if form is Form.CSV else _json_bytes(found, missing)
        _write(written, output, overwrite=overwrite)
        remark(f"{len(found)} statement(s), {sum(gap.days for gap in missing)} outlet-day(s) not covered")


def _form(form: Form | None, *, as_json: bool, output: Path | None) -> Form:
    """Raises `SettingsError` where the options contradict each other."""
    if as_json and form not in (None, Form.JSON):
        raise SettingsError(f"--json and --format {form}: give one of them")
    form = Form.JSON if as_json else form or Form.TEXT
    if output is not None and form is Form.TEXT:
        raise SettingsError("-o writes a file of --format csv or json; a text for a person is printed")
    return form


def _asked(here: Office, wanted: ArticleFilter, question: Question) -> Iterator[Said]:
    with progress("reading quotes") as bar:
        for number, stored in enumerate(here.store.articles.find(wanted), start=1):
            bar(number)
            yield from asked_for(stored, question)


def _missing(here: Office, outlet: str | None, first: datetime, last: datetime | None) -> tuple[Gap, ...]:
    """What the answer does not cover, of the outlets that are watched; tomorrow is no gap."""
    zone = here.settings.zone
    today = here.now.astimezone(zone).date()
    begin = first.astimezone(zone).date()
    end = min(today, (last - timedelta(microseconds=1)).astimezone(zone).date()) if last else today
    outlets = [outlet] if outlet is not None else list(here.enabled)
    crawled = here.store.runs.crawled(first - timedelta(days=1), (last or here.now) + timedelta(days=1))
    return gaps(outlets, crawled, begin, end, zone)


def _json_bytes(found: tuple[Statement, ...], missing: tuple[Gap, ...]) -> bytes:
    return json.dumps(statements_json(found, missing), ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def _write(written: bytes, output: Path | None, *, overwrite: bool) -> None:
    """Raises `ExportError` where the file cannot be written; it appears whole or not at all."""
    if output is None:
        print_text(written.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n"))
        return
    with Draft(output, ExportError, overwrite=overwrite) as draft:
        draft.write(written)
        draft.finish()
        draft.publish()


def _show(found: tuple[Statement, ...], missing: tuple[Gap, ...]) -> None:
    for one in found:
        who = ", ".join(dict.fromkeys(part for part in (one.speaker, one.role) if part)) or "nobody named"
        print_wrapped(f"{who}, {_day(one.prints[0].published)}")
        print_wrapped(f"  {_marked(one.text, one.wordings[0].prints)}")
        for other in one.wordings[1:]:
            print_wrapped(f"  also: {_marked(other.text, other.prints)}")
        outlets = ", ".join(f"{name} ({times})" if times > 1 else name for name, times in outlets_of(one).items())
        print_wrapped(f"  {outlets or 'no listed outlet'}: {one.prints[0].url}")
        print_text("")
    if not found:
        print_text("no quotes; leave a condition out, or look further back with --since")
    print_wrapped(_not_covered(missing))
    for gap in missing[:_SHOWN_GAPS]:
        print_text(f"  {gap.outlet}: {_span(gap.first, gap.last)} ({gap.why.replace('_', ' ')})")
    if len(missing) > _SHOWN_GAPS:
        print_text(f"  and {len(missing) - _SHOWN_GAPS} more: --format json has all")


def _marked(text: str, prints: Iterable[Said]) -> str:
    """Words in quotation marks only where a print has them so."""
    plain = " ".join(text.split())
    return f"“{plain}”" if any(said.quote.kind == "direct" for said in prints) else plain


def _not_covered(missing: tuple[Gap, ...]) -> str:
    days = sum(gap.days for gap in missing)
    if not days:
        return "every outlet was read on every day of this time"
    return f"not covered: {days} outlet-day(s), on which these outlets were not read"


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else "undated"


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first} to {last}"
