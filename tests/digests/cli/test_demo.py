"""The whole main job against the newsroom's truth: one demo, then everything it left behind."""

from __future__ import annotations

import email
import email.policy
import json
import mailbox
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select

from crawlers.newsroom import TrueEdition, truth, truth_edition
from digests.pdf.fonts import libraries
from pipeline.model import Disposition
from pipeline.store import ArticleFilter, Store, open_store
from pipeline.store.schema import sightings, urls
from tests.digests.cli.running import Ran, kliping, warcio


@pytest.fixture(scope="module")
def store(demo_home: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{demo_home / 'kliping.sqlite'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def expected(store: Store, today: date) -> TrueEdition:
    """What the newsroom knows to be true of the listings that were read."""
    with store.database.engine.connect() as connection:
        read = connection.execute(select(sightings.c.found_on).distinct()).scalars().all()
    return truth_edition(today, listings=read)


@pytest.fixture(scope="module")
def edition(demo_home: Path, today: date) -> Any:
    ran = kliping(demo_home, "digest", "show", "--date", today.isoformat(), "--format", "json")
    assert ran.status == 0, ran.err
    return ran.json


def known_urls(store: Store) -> list[str]:
    with store.database.engine.connect() as connection:
        return list(connection.execute(select(urls.c.url)).scalars())


def test_it_says_where_everything_is(shown: tuple[Path, Ran]) -> None:
    home, ran = shown
    for name in ("edition", "mailbox", "database", "archive"):
        assert re.search(rf"^  {name} +.*{re.escape(str(home))}", ran.out, re.MULTILINE)
    assert "fetched 0 articles again; building once more gave the same edition" in ran.out


def test_every_form_is_written_and_tells_the_top_stories(
    shown: tuple[Path, Ran], demo_home: Path, edition: Any
) -> None:
    (folder,) = demo_home.glob("edition-*")
    pdf = ["id.pdf"] if libraries() is None else []
    texts = [
        f"{language}.{form}" for language in ("en", "id") for form in ("mail.html", "page.html", "txt", "whatsapp.txt")
    ]
    assert sorted(file.name for file in folder.iterdir()) == sorted(["edition.json", *texts, *pdf])
    assert json.loads((folder / "edition.json").read_bytes()) == edition
    told = {story["story_id"]: story["tellings"][0]["headline"] for story in edition["stories"]}
    first = [told[story["story_id"]] for story in edition["top"]]
    assert len(first) == 3
    assert all(headline in shown[1].out for headline in first)
    for form in ("id.mail.html", "id.page.html"):
        page = html.fromstring((folder / form).read_text(encoding="utf-8")).text_content()
        assert [headline for headline in first if headline not in page] == []


def test_the_editions_stories_are_the_newsrooms(edition: Any, store: Store, expected: TrueEdition) -> None:
    address = canonical(store)
    told = {frozenset(address[p["url"]] for p in story["placements"]) for story in edition["stories"]}
    assert told == {frozenset(story.urls) for story in expected.stories}


def test_who_reported_first_is_right(edition: Any, store: Store, expected: TrueEdition) -> None:
    origins = {frozenset(story.urls): story.origin for story in expected.stories}
    address = canonical(store)
    for story in edition["stories"]:
        origin = origins[frozenset(address[p["url"]] for p in story["placements"])]
        assert (story["first"]["url"] if story["first"] else None) == origin


def test_older_articles_are_counted_apart(edition: Any, expected: TrueEdition) -> None:
    assert edition["totals"]["older"] == len(expected.older)


def test_the_counts_of_every_outlet_are_the_newsrooms(edition: Any, expected: TrueEdition) -> None:
    for row in edition["coverage"]:
        true = expected.outlets[row["outlet"]]
        assert (row["outlet"], row["listed"], row["kept"], row["rejected"]) == (
            row["outlet"],
            true.listed,
            true.kept,
            true.rejected,
        )


def test_the_failed_outlet_reads_not_checked(edition: Any, demo_home: Path, today: date) -> None:
    states = {row["outlet"]: row["state"] for row in edition["coverage"]}
    assert states.pop("beritajakarta_en") == "not_checked"
    assert "not_checked" not in states.values()
    text = kliping(demo_home, "digest", "show", "--date", today.isoformat(), "--language", "en").out
    assert "Beritajakarta English: not checked" in " ".join(text.split())


def test_seen_is_the_sum_of_the_dispositions(store: Store) -> None:
    assert store.ledger.seen() == sum(store.ledger.counts().values()) == len(known_urls(store)) > 0


def test_every_kept_article_is_true_in_every_field(store: Store, today: date) -> None:
    true = {article.url: article for article in truth(today)}
    names = (
        "headline",
        "article_body",
        "date_published",
        "authors",
        "editors",
        "dateline",
        "credit_line",
        "in_language",
    )
    for stored in store.articles.find(ArticleFilter(disposition=Disposition.KEPT)):
        article, expected = stored.article, true[stored.article.canonical_url]
        assert {n: getattr(article, n) for n in names} == {n: getattr(expected, n) for n in names}
        assert {m.id: m.edition for m in article.watches} == dict(expected.watches)


def test_two_messages_lie_in_the_mailbox_each_with_a_text_and_an_html_part(demo_home: Path) -> None:
    box = mailbox.Maildir(demo_home / "mailbox", create=False)
    messages = [
        email.message_from_bytes(box.get_bytes(name), policy=email.policy.default) for name in sorted(box.iterkeys())
    ]
    assert sorted(str(m["To"]) for m in messages) == ["desk@balaikota.example", "tim@balaikota.example"]
    for message in messages:
        assert [part.get_content_type() for part in message.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]


def test_explain_answers_for_every_url(demo_home: Path, store: Store) -> None:
    from digests.cli.explain import find_trail, told  # noqa: PLC0415 (the module imports the whole command)
    from digests.cli.office import Office  # noqa: PLC0415

    here = Office(demo_home)
    for url in known_urls(store):
        lines = told(find_trail(here, url), here.settings.zone)
        assert lines[0] == url
        assert re.match(r"  now [a-z_]+", lines[1])
    here.close()
    ran = kliping(demo_home, "explain", known_urls(store)[0])
    assert ran.status == 0
    assert ran.out.startswith(known_urls(store)[0])


def test_a_second_run_fetches_no_article_and_makes_no_second_edition(home: Path, store: Store, today: date) -> None:
    before = store.editions.list("daily")
    ran = kliping(home, "run", "--all", "--json")
    assert ran.status == 3, ran.err  # the outlet that is down is still down
    runs = [each["run"] for each in ran.json["runs"]]
    assert len(runs) == 6
    assert [run["counts"]["fetched"] for run in runs] == [0] * 6
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as afterwards:
        assert afterwards.editions.list("daily") == before


def test_warcio_finds_nothing_wrong_in_the_archive(demo_home: Path) -> None:
    files = sorted((demo_home / "archive").iterdir())
    assert files
    assert {"".join(file.suffixes[-2:]) for file in files} == {".warc.gz"}
    assert warcio("check", *map(str, files)) == ""


def canonical(store: Store) -> dict[str, str]:
    """The kept articles' canonical addresses by the addresses they were read at."""
    kept = store.articles.find(ArticleFilter(disposition=Disposition.KEPT))
    return {stored.article.url: stored.article.canonical_url for stored in kept}
