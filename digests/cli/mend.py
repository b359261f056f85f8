"""`kliping outlets mend`: what broke of an outlet's selectors, a proposal tried on captured pages, apply and undo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError

from digests.cli.check import recorded_file
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson
from digests.cli.output import print_json, print_text, progress, remark
from digests.cli.proof import print_alarms
from digests.cli.tables import print_table
from digests.cli.trial import keep_former, write_file
from pipeline.archive.reader import read_response
from pipeline.errors import ArchiveError, NotFoundError, SettingsError
from pipeline.outlet import Outlet
from pipeline.store.records import AuditEntry
from pipeline.urls import canonical_url, is_article, normalise, outlet_for

if TYPE_CHECKING:
    from crawlers.trial.breakage import Seen
    from crawlers.trial.mending import Mended
    from pipeline.model import Page

ACTION, UNDONE = "mend", "undo mend"  # in the audit
_OTHER_FILE = ("add", "remove", "try")
_LOOKED_AT = 10  # captures looked through for each that is compared: other outlets' trials lie among them


def mend(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the outlet, as `outlets list` shows it.")],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=SELECTOR", help="Try this selector for a field; repeat it."),
    ] = None,
    captures: Annotated[
        int,
        typer.Option(
            "--captures", metavar="N", help="How many of the newest captured pages to compare.", min=2, max=500
        ),
    ] = 20,
    replay: Annotated[
        list[Path] | None, typer.Option("--replay", metavar="FILE", help="Pages of this WARC file too; repeat it.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the mended file, and ask again for what failed.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Put back the file as it was before the last --apply.")] = False,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Mend an outlet's selectors: compares the last good page with the present ones, field by field.

    Proposes a selector for what broke, tries it on the captured pages and shows both; --apply writes it.

    \b
    Examples:
      kliping outlets mend antara
      kliping outlets mend antara --set headline='h1.post-title' --apply
      kliping outlets mend antara --undo
    """
    here = office(context)
    outlet = here.outlet(name)
    actor = by or here.actor
    if undo:
        if apply or settings or replay:
            raise SettingsError("--undo puts the former file back and nothing else: leave the other options out")
        restored = _undo(here, name, actor)
        if as_json:
            print_json({"outlet": name, "undone": True, "restored": restored})
        return
    mended = _compared(here, outlet, dict(map(_setting, settings or ())), _seen(here, outlet, captures, replay or ()))
    if as_json:
        print_json(mended)
    else:
        print_alarms(here, outlet)
        _show(mended, outlet)
    if apply:
        _apply(here, outlet, mended, actor)
    elif mended.markup is not None:
        remark(f"nothing was written: `kliping outlets mend {name} --apply` writes it")


def _compared(here: Office, outlet: Outlet, given: Mapping[str, str], seen: Sequence[Seen]) -> Mended:
    from crawlers.trial.mending import mend as compare

    with progress(f"comparing {len(seen)} pages of {outlet.title}"):
        return compare(seen, outlet, here.watches, given=given, name=f"{here.now:%Y-%m-%d}")


def _setting(text: str) -> tuple[str, str]:
    from crawlers.trial.breakage import FIELDS

    field, equals, css = text.partition("=")
    if field.strip() not in FIELDS or not equals or not css.strip():
        raise SettingsError(f"--set {text}: write FIELD=SELECTOR; the fields are {', '.join(FIELDS)}")
    try:
        CSSSelector(css.strip())
    except (SyntaxError, XPathError) as error:
        raise SettingsError(f"--set {text}: not a CSS selector: {error}") from None
    return field.strip(), css.strip()


# --- the pages --------------------------------------------------------------------------------------------------------


def _seen(here: Office, outlet: Outlet, count: int, replay: Sequence[Path]) -> tuple[Seen, ...]:
    """The newest captured article pages, one for each address. Raises `NotFoundError` where there is none."""
    from crawlers.trial.breakage import Seen

    pages: dict[str, Page] = {}
    for page in sorted((*_recorded(replay), *_captured(here, outlet, count)), key=lambda p: p.fetched_at, reverse=True):
        if _is_of(page.url, outlet, here):
            pages.setdefault(canonical_url(page.url, outlet), page)
    if not pages:
        told = f"`kliping crawl {outlet.name}` or `kliping outlets check {outlet.name}` fetches some"
        raise NotFoundError(f"{outlet.name}: no article page of it was captured yet; {told}")
    found = list(pages.values())[:count]
    return tuple(Seen(page, record.listing if (record := here.store.ledger.get(page.url)) else None) for page in found)


def _recorded(replay: Sequence[Path]) -> tuple[Page, ...]:
    from crawlers.trial.recordings import recorded_pages

    return recorded_pages([recorded_file(file) for file in replay]) if replay else ()


def _captured(here: Office, outlet: Outlet, count: int) -> list[Page]:
    pages: list[Page] = []
    for capture in here.store.mending.pages(outlet.name, count * _LOOKED_AT):
        if len(pages) >= count:
            break
        if not _is_of(capture.url, outlet, here):
            continue
        try:
            pages.append(read_response(here.settings.archive, capture))
        except ArchiveError as error:
            remark(f"left out: {error}")
    return pages


def _is_of(url: str, outlet: Outlet, here: Office) -> bool:
    """An article's address of this outlet, and of no other that shares its host."""
    if not is_article(canonical_url(normalise(url), outlet), outlet):
        return False
    owner = outlet_for(url, list(here.loaded.outlets.values()))
    return owner is not None and owner.name == outlet.name


# --- what a person sees -----------------------------------------------------------------------------------------------


def _show(mended: Mended, outlet: Outlet) -> None:
    print_text(f"{outlet.title}: {mended.pages} captured pages compared, newest {mended.newest or 'none'}")
    print_text(f"last page that had root, headline and date: {mended.last_good or 'none of these'}")
    if not outlet.markup:
        print_text("its file has no selectors: pages are read by the generic path")
    rows = [
        (
            r.field,
            "BROKEN" if r.broken else "well",
            f"{r.before}/{mended.pages}",
            f"{r.after}/{mended.pages}",
            r.proposed,
        )
        for r in mended.fields
    ]
    print_table(("field", "state", "before", "after", "proposed selector"), rows)
    for report in mended.fields:
        if report.broken or report.proposed:
            print_text(f"\n{report.field}: {report.selector or 'no selector'}")
            values = (("last good", report.last_good), ("present", report.present), ("mended", report.mended))
            print_table(("", "what it says"), values)
    for doubt in mended.doubts:
        print_text(f"to look at {doubt}")
    if not mended.broken and mended.markup is None:
        print_text("nothing is broken on these pages")


# --- apply and undo ---------------------------------------------------------------------------------------------------


def _apply(here: Office, outlet: Outlet, mended: Mended, actor: str) -> None:
    """Write the mended file over the outlet's, keep the former one, and put what failed back to pending."""
    if mended.markup is None:
        raise NotFoundError(f"{outlet.name}: there is nothing to apply; --set FIELD=SELECTOR gives a selector")
    from crawlers.trial.mending import mended_outlet

    target = here.settings.outlets / f"{outlet.name}.toml"
    comment = f"mended on {here.now:%Y-%m-%d}: {', '.join(mended.broken) or 'by hand'}"
    text, _ = mended_outlet(_text_of(outlet.name, target), mended, str(target), comment)
    former = keep_former(here, target)
    detail: Mapping[str, object] = {
        "former": former.name if former else None,
        "fields": {report.field: report.proposed for report in mended.fields if report.proposed},
        "pages": mended.pages,
    }
    again: list[str] = []

    def told() -> None:
        """Known before it happens: a kill after this leaves a mending that can be undone, or done once more."""
        here.store.audit.add(actor, ACTION, f"outlet:{outlet.name}", reason=comment, detail=detail, now=here.now)
        again.extend(here.store.mending.retry(outlet.name, actor, here.now))

    write_file(target, text, before=told)
    remark(f"written: {target}; {len(again)} failed address(es) will be asked for again by the next crawl")
    remark(f"`kliping outlets mend {outlet.name} --undo` puts the former file back")
    if here.store.alarms.open(outlet.name):
        remark("its alarm closes with the next crawl that reads new articles well")


def _text_of(name: str, target: Path) -> str:
    """The operator's file, else the bundled one."""
    if target.exists():
        return target.read_text(encoding="utf-8")
    return files("crawlers").joinpath("outlets", f"{name}.toml").read_text(encoding="utf-8")


def standing(entries: Sequence[AuditEntry]) -> AuditEntry | None:
    """The newest mending that was not undone; each undoing takes back one. `entries`: newest first.

    What came before a file was added, removed or proposed anew is of another file, and is not taken back any more.
    """
    undone = 0
    for entry in entries:
        if entry.action in _OTHER_FILE:
            return None
        if entry.action == UNDONE:
            undone += 1
        elif entry.action == ACTION and undone == 0:
            return entry
        elif entry.action == ACTION:
            undone -= 1
    return None


def _undo(here: Office, name: str, actor: str) -> str | None:
    """Put back what the last `--apply` replaced: its kept name; `None` where there was none, and the file goes."""
    mending = standing(here.store.audit.list(f"outlet:{name}", limit=None))
    if mending is None:
        raise NotFoundError(f"{name}: no mending stands to be undone")
    target = here.settings.outlets / f"{name}.toml"
    former = (mending.detail or {}).get("former")
    replaced = keep_former(here, target)
    if isinstance(former, str):
        from digests.cli.trial import FORMER

        kept = here.settings.outlets / FORMER / re.sub(r"[/\\]", "", former)
        if not kept.is_file():
            raise NotFoundError(f"{kept}: the former file is gone; write {target} by hand")
        write_file(target, kept.read_text(encoding="utf-8"))
    else:
        target.unlink(missing_ok=True)
    detail = {"restored": former, "replaced": replaced.name if replaced else None}
    here.store.audit.add(actor, UNDONE, f"outlet:{name}", detail=detail, now=here.now)
    what = f"{target} is as it was before" if former else f"{target} is removed: the bundled file counts again"
    remark(f"{what}; addresses that were asked for again by the mended file stay as they are")
    return former if isinstance(former, str) else None
