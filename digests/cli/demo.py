"""`kliping demo`: the main job, start to finish, on the bundled newsroom, in a home of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from digests import editions, subscribers
from digests.cli import cycle
from digests.cli.office import Office, office
from digests.cli.output import print_text
from digests.cli.status import state_of
from digests.letterbox import letterbox
from pipeline.config import MailSettings
from pipeline.errors import SettingsError
from pipeline.store import EditionRecord, open_store

# (form, end of the file's name)
FORMS = (("html", "mail.html"), ("web", "page.html"), ("text", "txt"), ("whatsapp", "whatsapp.txt"))
READERS = (("tim@balaikota.example", "id"), ("desk@balaikota.example", "en"))  # RFC 2606: addresses of nobody
MARK = "made by `kliping demo`"  # the first line of its kliping.toml; only such a home is made anew


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo did."""

    home: Path
    edition: EditionRecord
    forms: Path  # the folder with the edition as files
    messages: int  # in the mailbox
    fetched_again: int  # articles that the second crawl fetched; 0 unless something is wrong
    left_out: tuple[str, ...]  # what this machine cannot show, and why


def demo(
    context: typer.Context,
    keep: Annotated[bool, typer.Option("--keep", help="Leave newsroom and pages running until Ctrl-C.")] = False,
) -> None:
    """Show the main job on the bundled newsroom: crawl, process, make the edition, mail it, say where everything is."""
    outer = office(context)
    home = prepare(outer.settings.home / "demo", outer.now.astimezone(outer.settings.zone).date())
    here = Office(home)
    try:
        with cycle.web(here) as settings:
            here.use(settings)
            shown = show(here)
            _tell(here, shown)
            if keep:
                _wait(here)
    finally:
        here.close()
    if shown.fetched_again or shown.messages != len(READERS):
        raise typer.Exit(1)


def prepare(home: Path, today: date) -> Path:
    """An empty home that crawls the bundled newsroom of that day. Raises `SettingsError` for a folder not our own."""
    file = home / "kliping.toml"
    if home.exists():
        if not (file.is_file() and file.read_text(encoding="utf-8").startswith(f"# {MARK}")):
            raise SettingsError(f"{home}: is there and was not made by a demo; move it away")
        shutil.rmtree(home)
    home.mkdir(parents=True)
    file.write_text(
        f"# {MARK}: this home crawls the bundled newsroom instead of the web\n"
        f'newsroom = "bundled:{today}"\n\n[crawl]\ncontact = "https://example.org/kliping-demo"\n',
        encoding="utf-8",
    )
    return home


def show(here: Office) -> Shown:
    """The main job, told step by step."""
    names = sorted(here.enabled)
    _crawl(here, names)
    edition = _edition(here)
    folder, left_out = _forms(here, edition)
    print_text(f"4. Written: {', '.join(sorted(file.name for file in folder.iterdir()))}.")
    messages = _mail(here, edition)
    print_text(f"5. Mailed over SMTP: {messages} messages arrived.")
    fetched = sum(each.run.counts.fetched for each in cycle.crawl_all(here, cycle.requests(here, names)) if each.run)
    again = cycle.make_edition(here, date.fromisoformat(edition.period))
    same = "the same edition" if again.id == edition.id else "ANOTHER edition"
    print_text(f"6. A second crawl fetched {fetched} articles again; building once more gave {same}.")
    return Shown(here.settings.home, edition, folder, messages, fetched, left_out)


def _crawl(here: Office, names: Sequence[str]) -> None:
    print_text(
        f"1. The newsroom answers at {here.settings.newsroom} for {len(names)} outlets; one of them is down on purpose."
    )
    for each in cycle.crawl_all(here, cycle.requests(here, names)):
        print_text("   " + cycle.crawl_line(each))
    made = cycle.assemble_stories(here)
    if made:
        print_text(
            f"2. {made.articles} articles tell {made.stories} stories; {made.copies} are copies of another's text."
        )


def _edition(here: Office) -> EditionRecord:
    """Today's edition; what stands on top of it is told."""
    edition = cycle.make_edition(here, here.now.astimezone(here.settings.zone).date())
    content = editions.content(edition)
    totals = content.totals
    print_text(
        f"3. The edition of {edition.period}: {totals.stories} stories from {totals.articles} articles, "
        f"{totals.checked} of {totals.watched} outlets checked. On top:"
    )
    for story in content.top:
        block = content.block(story.story_id)
        print_text(f"   {block.lead.headline} ({block.reach} outlet{'' if block.reach == 1 else 's'})")
    return edition


def _mail(here: Office, edition: EditionRecord) -> int:
    from digests.mailbox import serve_mailbox  # lazily: only the demo has a mail server of its own

    known = [watch.id for watch in here.watches]
    for address, language in READERS:
        choice = subscribers.Choice(language=language)
        subscribers.add(here.store, edition.list, address, choice, known=known, now=here.now)
    with serve_mailbox(here.settings.home / "mailbox") as box:
        mail = MailSettings(host=box.host, port=box.port, security="none", sender="kliping@balaikota.example")
        here.use(here.settings.model_copy(update={"mail": mail}))
        cycle.deliver_edition(here, edition)
        return len(box.messages())


def _forms(here: Office, edition: EditionRecord) -> tuple[Path, tuple[str, ...]]:
    """Every form of the edition as a file; the folder, and what cannot be made here."""
    folder = here.settings.home / f"edition-{edition.period}"
    folder.mkdir()
    home = here.settings.digest.language
    asked = [(f"{language}.{ending}", language, form) for language in ("id", "en") for form, ending in FORMS]
    left_out = []
    dress = editions.dresser(here.store, here.settings, here.loaded.outlets)
    for name, language, form in (*asked, ("edition.json", home, "json"), (f"{home}.pdf", home, "pdf")):
        try:
            body = editions.rendering(here.store, edition, language, form, dress=dress)
        except SettingsError as error:
            left_out.append(str(error))
        else:
            (folder / name).write_bytes(body)
    return folder, tuple(left_out)


def _tell(here: Office, shown: Shown) -> None:
    state = state_of(here)
    home = shown.home.resolve()
    print_text(f"\n{state.seen} URLs seen: " + ", ".join(f"{number} {name}" for name, number in state.urls.items()))
    print_text("\nWhere everything is")
    for name, path in (
        ("edition", shown.forms.resolve()),
        ("mailbox", home / "mailbox"),
        ("database", here.settings.database_url),
        ("archive", home / "archive"),
    ):
        print_text(f"  {name:<9} {path}")
    if shown.left_out:
        print_text("\nLeft out here: " + "; ".join(shown.left_out))
    print_text("\nGo on")
    example = f"explain {_example(here)}"
    for command in ("status", "stories list", "articles list", "digest show", example, "run --all"):
        print_text(f"  kliping --home {home} {command}")
    print_text("  kliping demo --keep   (the same with the readers' pages: subscribe, choose, unsubscribe)")


def _example(here: Office) -> str:
    first = next(iter(here.store.articles.find()), None)
    return first.article.canonical_url if first else "URL"


def _wait(here: Office) -> None:
    """The newsroom and the readers' pages, until Ctrl-C."""
    from digests.console import serving  # lazily: a web server

    pages = here.settings.web.model_copy(update={"listen": "127.0.0.1:0"})
    settings = here.settings.model_copy(update={"web": pages})
    with serving(settings, lambda: open_store(settings.database_url)) as address:
        print_text(f"\nThe newsroom stays at {settings.newsroom} until Ctrl-C. The readers' pages:")
        base = address.url if address else None
        print_text(f"  subscribe    {base}/subscribe")
        for reader in here.store.subscribers.list(settings.digest.list):
            print_text(f"  preferences  {letterbox(reader, base).preferences} ({reader.address})")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print_text("stopped")
