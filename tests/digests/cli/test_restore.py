"""Lines that were another article's headline: told, put back by a person, and in no edition."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from digests.cli import cycle
from digests.cli.entry import run
from digests.cli.office import Office
from pipeline.fingerprint import content_digest, keys
from pipeline.model import Article
from pipeline.process import read_text, verdict
from pipeline.store import CommitArticle, EditionRecord, Store
from pipeline.watches import bundled_watches
from tests.pipeline.store.build import NOW, article, listed, read, start, url

WATCHES = bundled_watches()
OPENING = "Para gubernur dan wali kota ASEAN bertemu di Jakarta dalam ASEAN Mayors Forum 2026."
CLOSING = "Pertemuan berlangsung tiga hari dan dihadiri utusan dari sepuluh negara."
FOREIGN = "Wali Kota Resmikan Taman Baru di Tepi Kanal Timur"
OTHER = "Dinas Taman Tanam Seribu Pohon di Tepi Kanal"


def keep(store: Store, n: int, headline: str, *body: str) -> None:
    plain = article(url(n), outlet="antara", headline=headline, article_body=body, date_published=NOW)
    made: Article = read_text(plain, WATCHES, "id")
    run_id = start(store, "antara").id
    store.ledger.record_listing(run_id, read(listed(made.url)), NOW)
    new = CommitArticle(made.url, made, verdict(made), content_digest(made), "c", keys(made), run_id, watches=WATCHES)
    store.articles.commit(new, NOW)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Its article 1 holds the headlines of 2 and 3."""
    here = Office(tmp_path, fixed_now=NOW)
    keep(here.store, 1, "Wali kota ASEAN bertemu", OPENING, FOREIGN, OTHER, CLOSING)
    keep(here.store, 2, FOREIGN, "Taman itu dibuka pada Selasa pagi.")
    keep(here.store, 3, OTHER, "Pohon ditanam pada Selasa pagi.")
    here.close()
    return tmp_path


def kliping(home: Path, *words: str) -> int:
    return run(["--home", str(home), *words])


def body(home: Path) -> list[str]:
    here = Office(home)
    found = here.store.articles.by_url(url(1))
    here.close()
    assert found is not None
    return list(found.article.article_body)


def checked(home: Path) -> None:
    here = Office(home, fixed_now=NOW)
    cycle.assemble_stories(here)
    here.close()


def test_show_and_explain_tell_what_was_taken_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(home)
    assert "lines of 1 text(s) are headlines of other articles" in capsys.readouterr().err
    assert body(home) == [OPENING, CLOSING]
    assert kliping(home, "articles", "show", "1") == 0
    shown = capsys.readouterr().out
    assert f'removed "{FOREIGN}": headline of {url(2)}' in shown
    assert "`kliping articles restore 1 --line 1 --reason …` puts it back" in shown
    assert kliping(home, "explain", url(1)) == 0
    assert f'line 2 was taken out of the text: "{OTHER}", the headline of {url(3)}' in capsys.readouterr().out
    assert kliping(home, "explain", url(1), "--json") == 0
    assert [one["text"] for one in json.loads(capsys.readouterr().out)["removals"]] == [FOREIGN, OTHER]


def test_a_person_puts_one_line_back_or_all(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checked(home)
    assert kliping(home, "articles", "restore", "1", "--line", "2", "--by", "Sari", "--reason", "a subhead") == 0
    assert body(home) == [OPENING, OTHER, CLOSING]
    assert f'article 1: put back: "{OTHER}"' in capsys.readouterr().err
    kliping(home, "explain", url(1))
    assert "line 2 stays in the text, says Sari (a subhead)" in capsys.readouterr().out
    assert kliping(home, "articles", "restore", url(1), "--reason", "all are subheads") == 0
    assert body(home) == [OPENING, FOREIGN, OTHER, CLOSING]
    assert kliping(home, "articles", "restore", "1", "--undo", "--reason", "links after all") == 0
    assert body(home) == [OPENING, CLOSING]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2",), "article 2: nothing was taken out of its text"),
        (("1", "--line", "3"), "article 1: has no line 3; it has 2"),
        (("1", "--undo"), "article 1: no line was put back"),
        (("1", "--line", "0"), "--line"),
        (("99",), "no article is stored as 99"),
    ],
)
def test_what_cannot_be_put_back_is_said_in_one_line(
    home: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    checked(home)
    capsys.readouterr()
    assert kliping(home, "articles", "restore", *words, "--reason", "why") != 0
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert told in line


def edition(home: Path, days: int = 0) -> EditionRecord:
    here = Office(home, fixed_now=NOW + timedelta(days=days))
    made = cycle.make_edition(here, (NOW + timedelta(days=days)).date())
    here.close()
    return made


FORUM = "Jakarta Jadi Tuan Rumah ASEAN Mayors Forum 2026"


def kept_later(home: Path, n: int, headline: str, *lines: str) -> None:
    here = Office(home, fixed_now=NOW)
    keep(here.store, n, headline, *lines)
    here.close()


def test_no_edition_tells_an_article_that_only_a_foreign_headline_put_in_scope(home: Path) -> None:
    kept_later(home, 5, "Pohon ditanam di tepi kanal", "Seribu pohon ditanam di tepi kanal.", FORUM, CLOSING)
    kept_later(home, 6, FORUM, "Taman di tepi kanal itu dibuka pada Selasa pagi.", OPENING)
    told = json.dumps(edition(home).content)
    assert url(6) in told
    assert url(5) not in told


def test_an_edition_that_was_made_stays_and_the_next_one_does_not_tell_it_again(home: Path) -> None:
    kept_later(home, 5, "Wali kota ASEAN membahas kanal", OPENING, FORUM, CLOSING)
    made = edition(home)
    assert url(5) in json.dumps(made.content)
    kept_later(home, 6, FORUM, "Taman di tepi kanal itu dibuka pada Selasa pagi.", OPENING)
    tomorrow = json.dumps(edition(home, days=1).content)
    assert edition(home).content == made.content
    assert url(6) in tomorrow
    assert url(5) not in tomorrow
    here = Office(home)
    found = here.store.articles.by_url(url(5))
    here.close()
    assert found is not None
    assert (found.version, found.article.article_body) == (1, (OPENING, CLOSING))
