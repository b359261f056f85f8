"""`kliping outlets try`, `add`, `remove`: an outlet file from a site, into the operator's folder, and out of it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer
from pydantic import TypeAdapter, ValidationError

from digests.cli.asking import run_trial
from digests.cli.office import Office, office
from digests.cli.options import Actor, AsJson
from digests.cli.output import print_json, print_text, remark
from digests.cli.tables import print_table
from pipeline.errors import NotFoundError, SettingsError
from pipeline.outlet import Name, Outlet, read_outlet
from pipeline.urls import normalise, outlet_for

if TYPE_CHECKING:
    from crawlers.trial.draft import Proposal
    from crawlers.trial.explore import Site
    from crawlers.trial.judging import ReadArticle
    from pipeline.model import Article

_NAME = TypeAdapter(Name)
FORMER = ".former"  # folder of the versions that were replaced, for undo; the loader reads no hidden folder
_SHOWN = 2  # pages told field by field
_BEGINNING = 60  # characters of a text that show where it begins
_SHOWN_FIELDS = ("headline", "date_published", "byline", "authors", "editors", "article_section", "in_language")

Force = Annotated[bool, typer.Option("--force", help="Replace a file of that name; the former one is kept.")]


def try_site(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The site's address, or any page of it.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What the outlet is called here; default: by its host.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the file, write none.")] = False,
    force: Force = False,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Propose an outlet file for a site: feeds, sitemaps, article addresses, language, zone, selectors.

    Asks the site for some twenty addresses, shows what is read of its pages, and writes the file into
    KLIPING_HOME/outlets, switched off. Read its terms of use, then: kliping outlets enable NAME.

    \b
    Examples:
      kliping outlets try https://www.example.org/
      kliping outlets try https://www.example.org/news/1/title --name example --dry-run
    """
    here = office(context)
    address = _address(url)
    from crawlers.trial.draft import name_of, propose

    if name is not None:
        _check_name(name, "--name")
    if not dry_run:
        _free(here, name or name_of(urlsplit(address).hostname or ""), force=force)  # before anything is asked
    if owner := outlet_for(address, list(here.loaded.outlets.values())):
        remark(f"{owner.name} is an outlet of this host already: `kliping outlets show {owner.name}`")
    site = _explored(here, address)
    wanted = name or name_of(site.host)
    target = None if dry_run else _free(here, wanted, force=force)
    proposal = propose(site, here.watches, name=wanted)
    text = _file_text(proposal, address, here.now)
    if target is not None:
        keep_former(here, target)
        write_file(target, text)
        here.store.audit.add(by or here.actor, "try", f"outlet:{wanted}", detail={"url": address}, now=here.now)
    if as_json:
        print_json(_document(proposal, text, target))
    else:
        _show(here, proposal, text)
        _tell(proposal, target)


def _address(text: str) -> str:
    try:
        return normalise(text if "://" in text else f"https://{text}")
    except ValueError as error:
        raise SettingsError(f"{text}: {error}") from None


def _explored(here: Office, address: str) -> Site:
    from crawlers.launch import CrawlRequest
    from crawlers.trial.explore import explore
    from crawlers.trial.recordings import of_run

    host = urlsplit(address).hostname
    run = run_trial(here, CrawlRequest(trial=(address,), urls=(address,)), f"looking at {host}")
    if run is None:
        raise NotFoundError(f"{address}: the trial was refused, see above")
    site = asyncio.run(explore(address, of_run(here.store, here.settings.archive, run)))
    if site is None:
        raise NotFoundError(f"{address}: its front page gives no answer: {run.detail or run.failure or 'nothing'}")
    return site


def _check_name(name: str, where: str) -> None:
    """Before it becomes a part of a path. Raises `SettingsError`."""
    try:
        _NAME.validate_python(name)
    except ValidationError:
        raise SettingsError(
            f"{where} {name!r}: write 2 to 63 of a-z, 0-9, _ and -, beginning with a letter, such as kabarkota"
        ) from None


def _free(here: Office, name: str, *, force: bool) -> Path:
    """Where the file goes. Raises `SettingsError` for a name that is taken."""
    target = here.settings.outlets / f"{name}.toml"
    if target.exists() and not force:
        raise SettingsError(f"{target}: is there already; --name gives another name, --force replaces it")
    if name in here.loaded.outlets and not target.exists() and not force:
        raise SettingsError(f"{name}: an outlet that comes with Kliping has this name; --name gives another one")
    return target


def keep_former(here: Office, target: Path) -> Path | None:
    """A copy of the file that is about to be replaced, beside the others; `None` where there is none."""
    if not target.exists():
        return None
    folder = here.settings.outlets / FORMER
    former = folder / f"{target.stem}-{here.now:%Y%m%dT%H%M%S%f}.toml"
    try:
        folder.mkdir(exist_ok=True)
        shutil.copyfile(target, former)
    except OSError as error:
        raise SettingsError(f"{former}: cannot be written: {error.strerror}; {target} is as it was") from None
    return former


def write_file(target: Path, text: str, before: Callable[[], None] | None = None) -> None:
    """An outlet file, once it is proven to be one; whole or not at all, for another command may read it this moment.

    `before`: what the store must know first. It runs when only the renaming is left, so that a kill on either side
    of it leaves nothing that cannot be undone. Raises `OutletError`, `SettingsError`.
    """
    from crawlers.trial.toml import checked

    checked(text, str(target))
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        if before is not None:
            before()
        beside.replace(target)
    except OSError as error:
        raise SettingsError(f"{target}: cannot be written: {error.strerror}; it is as it was") from None


def _file_text(proposal: Proposal, address: str, now: datetime) -> str:
    from crawlers.trial.toml import outlet_toml

    outlet = proposal.outlet
    comments = [
        f"{outlet.title}: proposed by `kliping outlets try` on {now:%Y-%m-%d} from what {address} shows.",
        *(f"Seen: {line}." for line in proposal.proven[:3]),
        *(f"To look at: {line}." for line in proposal.unproven[:3]),
    ]
    return outlet_toml(outlet, comments)


# --- what a person sees -----------------------------------------------------------------------------------------------


def _show(here: Office, proposal: Proposal, text: str) -> None:
    print_text(text)
    for read in proposal.read[:_SHOWN]:
        rows = list(_rows(read, proposal))
        print_table(("field", "read as", "on the page", "from"), rows, title=read.url, zone=here.settings.zone)
        print_text("")


def _rows(read: ReadArticle, proposal: Proposal) -> Iterator[tuple[str, object, object, str]]:
    """(field, value, as printed, where from) of what matters of one page."""
    article = read.article
    for field in _SHOWN_FIELDS:
        value = getattr(article, field)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        yield field, shown, _printed(article, field), _source(article, field)
    body = article.article_body
    begins = f"{len(body)} paragraphs, {len(article.text)} characters"
    yield "article_body", begins, f"{article.text[:_BEGINNING]} …" if body else None, _source(article, "article_body")
    generic = next((one.article for one in proposal.generic if one.url == read.url), article)
    if generic.article_body != body:
        told = f"{len(generic.article_body)} paragraphs, {len(generic.text)} characters"
        yield "without selectors", told, f"{generic.text[:_BEGINNING]} …", _source(generic, "article_body")


def _printed(article: Article, field: str) -> str | None:
    if field == "date_published":
        return article.date_published_text
    return article.byline if field in ("authors", "editors") and getattr(article, field) else None


def _source(article: Article, field: str) -> str:
    return next((entry.source for entry in article.provenance if entry.field == field), "")


def _tell(proposal: Proposal, target: Path | None) -> None:
    for line in proposal.proven:
        print_text(f"proven     {line}")
    for line in proposal.unproven:
        print_text(f"to look at {line}")
    name = proposal.outlet.name
    if target is None:
        remark("nothing was written: --dry-run")
    else:
        remark(f"written: {target}; it is off. Read its terms of use, then `kliping outlets enable {name}`")


def _document(proposal: Proposal, text: str, target: Path | None) -> dict[str, object]:
    pages = [
        {
            "url": read.url,
            "kind": read.article.kind,
            "headline": read.article.headline,
            "date_published": read.article.date_published,
            "authors": read.article.authors,
            "in_language": read.article.in_language,
            "paragraphs": len(read.article.article_body),
            "generation": read.generation,
        }
        for read in proposal.read
    ]
    return {
        "outlet": proposal.outlet,
        "file": target,
        "text": text,
        "outcome": proposal.checked.outcome,
        "proven": proposal.proven,
        "unproven": proposal.unproven,
        "pages": pages,
    }


# --- add and remove ---------------------------------------------------------------------------------------------------


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An outlet file; its name is NAME.toml.")],
    force: Force = False,
    by: Actor = None,
) -> None:
    """Copy an outlet file into KLIPING_HOME/outlets once it is proven to be one; it is off until it is enabled."""
    here = office(context)
    if not file.is_file():
        raise NotFoundError(f"{file}: {'is no file' if file.exists() else 'there is no such file'}")
    outlet: Outlet = read_outlet(file)
    _check_platform(outlet, file)
    target = here.settings.outlets / f"{outlet.name}.toml"
    if target.exists() and not force:
        raise SettingsError(f"{target}: is there already; --force replaces it")
    keep_former(here, target)
    write_file(target, file.read_text(encoding="utf-8"))
    here.store.audit.add(by or here.actor, "add", f"outlet:{outlet.name}", detail={"file": str(file)}, now=here.now)
    remark(f"{outlet.title} is added; `kliping outlets check {outlet.name}` proves it, `outlets enable` watches it")


def _check_platform(outlet: Outlet, file: Path) -> None:
    from crawlers.platforms import BACK_FILL

    if outlet.platform is not None and outlet.platform not in BACK_FILL:
        raise SettingsError(f"{file}: platform: {outlet.platform!r} is unknown; there are: {', '.join(BACK_FILL)}")


def remove(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the outlet, as `outlets list` shows it.")],
    by: Actor = None,
) -> None:
    """Take an operator's outlet file away; what is stored stays, and a bundled file of that name counts again."""
    here = office(context)
    _check_name(name, "NAME")
    target = here.settings.outlets / f"{name}.toml"
    if not target.exists():
        told = (
            "comes with Kliping: `kliping outlets disable` stops watching it" if name in here.loaded.outlets else "none"
        )
        raise SettingsError(f"{name}: no file of yours in {here.settings.outlets} has this name ({told})")
    former = keep_former(here, target)
    target.unlink()
    here.store.audit.add(by or here.actor, "remove", f"outlet:{name}", detail={"former": str(former)}, now=here.now)
    remark(f"{target} is removed; its text is kept in {former}")
