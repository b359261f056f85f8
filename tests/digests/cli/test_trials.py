"""An outlet added, proven, broken and mended without code, over the newsroom: `outlets try`, `check`, `mend`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crawlers.newsroom import Newsroom, serve
from crawlers.newsroom.response import Request, Response
from crawlers.trial.recordings import record
from digests.cli import entry
from digests.cli.mend import standing
from digests.cli.trial import write_file
from pipeline.errors import OutletError
from pipeline.model import Run as CrawlRun
from pipeline.model import RunCounts, RunState
from pipeline.store.records import AuditEntry
from tests.digests.cli.running import Ran, one_line, warcio

SITE = "https://www.kabarkota.test/"
RENAMED = ("wrap__article-detail", "list-inline-item", "blog-tags", "text-muted", "text-secondary", "breadcrumbs__item")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with serve(datetime.now(ZoneInfo("Asia/Jakarta")).date(), troubles={"beritajakarta_en": "reset"}) as room:
        yield room


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trials")


Run = Callable[..., Ran]


@pytest.fixture
def run(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process; what it crawls is a process of its own, over the newsroom."""
    monkeypatch.setenv("KLIPING_NEWSROOM", newsroom.address)

    def command(home: Path, *arguments: str) -> Ran:
        status = entry.run(["--home", str(home), *arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return command


def listed(run: Run, home: Path, name: str) -> Any:
    rows = {row["name"]: row for row in run(home, "outlets", "list", "--json").lines}
    return rows.get(name)


def test_a_site_becomes_an_outlet_that_is_crawled(newsroom: Newsroom, run: Run, home: Path) -> None:
    before = len(newsroom.requests)
    ran = run(home, "outlets", "try", SITE, "--json")
    assert ran.status == 0, ran.err
    file = home / "outlets" / "kabarkota.toml"
    assert ran.json["file"] == str(file)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["discovery"]["feeds"] == [f"{SITE}feed.xml"]
    asked = newsroom.requests[before:]
    assert len(asked) <= 20
    assert len({entry.path for entry in asked}) == len(asked)  # nothing twice
    assert not listed(run, home, "kabarkota")["enabled"]
    again = run(home, "outlets", "try", SITE)
    assert (again.status, "is there already" in one_line(again.err)) == (2, True)
    permission = ("--yes", "--permission", "surat 1 Mei", "--by", "Sri")
    assert run(home, "outlets", "enable", "kabarkota", *permission).status == 0
    (crawled,) = run(home, "crawl", "kabarkota", "--json").lines
    assert (crawled["run"]["counts"]["listed"], crawled["run"]["counts"]["kept"]) == (1, 1)
    shown = run(home, "outlets", "show", "kabarkota").out
    assert "accepted by Sri" in shown
    assert "permission: surat 1 Mei" in shown


def test_what_is_shown_of_a_trial_writes_nothing(run: Run, tmp_path: Path) -> None:
    ran = run(tmp_path, "outlets", "try", "www.kabarkota.test", "--dry-run")
    assert ran.status == 0, ran.err
    assert "Ibu Kota ASEAN Mulai Pembicaraan" in ran.out
    assert "meta:article:published_time" in ran.out
    assert "to look at terms of use: read them" in ran.out
    assert list((tmp_path / "outlets").iterdir()) == []


def test_the_first_morning_is_recorded_and_judged_elsewhere(
    newsroom: Newsroom, run: Run, home: Path, tmp_path: Path
) -> None:
    names, file = ("antara", "beritajakarta_en", "redaksijakarta"), tmp_path / "pagi.warc.gz"
    before = len(newsroom.requests)
    ran = run(home, "outlets", "check", *names, "--record", str(file), "--json")
    assert ran.status == 3, ran.err  # one of them is down
    found = {row["outlet"]: row for row in ran.lines}
    assert [found[name]["outcome"] for name in names] == ["proven", "not reachable", "proven"]
    assert "the trial ended before" not in found["beritajakarta_en"]["why"]  # why there was no answer is remembered
    assert (found["antara"]["search"], found["antara"]["generation"] is None) == (True, False)
    assert len(newsroom.requests) - before <= 9 * len(names)
    assert warcio("check", str(file)) == ""
    elsewhere = run(tmp_path / "elsewhere", "outlets", "check", "--all", "--replay", str(file), "--json")
    again = {row["outlet"]: row for row in elsewhere.lines}
    assert {name: again[name]["findings"] for name in again} == {
        name: found[name]["findings"] for name in ("antara", "redaksijakarta")
    }
    offline = run(tmp_path / "elsewhere", "outlets", "mend", "antara", "--replay", str(file), "--json")
    assert (offline.status, offline.json["pages"], offline.json["markup"]) == (0, 3, None)
    row = listed(run, home, "antara")
    assert (row["proven"], row["checked"]["outcome"], row["checked"]["newsroom"]) == (True, "proven", True)
    assert not listed(run, home, "beritajakarta_en")["proven"]
    refused = run(home, "outlets", "check", "antara", "--record", str(file))
    assert (refused.status, "is there already" in one_line(refused.err)) == (2, True)


def test_another_layout_is_told_mended_and_undone(newsroom: Newsroom, run: Run, home: Path) -> None:
    assert run(home, "outlets", "check", "antara_en").status == 0  # good pages to compare with
    newsroom.set_change(_renamed)
    try:
        ran = run(home, "outlets", "check", "antara_en", "--json")
        assert (ran.status, ran.lines[0]["outcome"]) == (3, "broken")
        mended = run(home, "outlets", "mend", "antara_en", "--apply", "--by", "Sri", "--json")
        assert mended.status == 0, mended.err
        fields = {field["field"]: field for field in mended.json["fields"]}
        assert {"root", "headline", "date"} <= {name for name, field in fields.items() if field["broken"]}
        assert all(field["after"] == mended.json["pages"] for field in fields.values() if field["field"] in _NEEDED)
        assert "nx-" in fields["root"]["proposed"]
        assert run(home, "outlets", "check", "antara_en").status == 0
        file = home / "outlets" / "antara_en.toml"
        assert file.exists()
        assert run(home, "outlets", "mend", "antara_en", "--undo").status == 0
        assert not file.exists()
        assert run(home, "outlets", "check", "antara_en").status == 3
    finally:
        newsroom.set_change(None)
    assert "no mending stands" in one_line(run(home, "outlets", "mend", "antara_en", "--undo").err)


_NEEDED = ("root", "headline", "date")


def _renamed(request: Request, response: Response) -> Response:
    """The class names of another release of the site's software."""
    body = response.body
    for name in RENAMED:
        body = body.replace(name.encode(), f"nx-{name.replace('__', '-')}-baru".encode())
    return replace(response, body=body)


OUTLET = """name = "kotakita"
title = "Kota Kita"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["kotakita.example"]
[terms]
summary = "Made up."
[discovery]
article = ['^https://kotakita\\.example/berita/\\d+$']
feeds = ["https://kotakita.example/rss"]
"""


def test_a_file_is_added_and_removed(run: Run, tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "kotakita.toml"
    file.write_text(OUTLET, encoding="utf-8")
    assert run(home, "outlets", "add", str(file)).status == 0
    again = run(home, "outlets", "add", str(file))
    assert (again.status, "--force" in one_line(again.err)) == (2, True)
    assert run(home, "outlets", "add", str(file), "--force").status == 0
    assert run(home, "outlets", "remove", "kotakita").status == 0
    assert len(list((home / "outlets" / ".former").iterdir())) == 2
    gone = run(home, "outlets", "remove", "kotakita")
    assert (gone.status, "no file of yours" in one_line(gone.err)) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("mend", "antara", "--set", "judul=h1"), "write FIELD=SELECTOR"),
        (("mend", "antara", "--set", "headline=h1["), "not a CSS selector"),
        (("mend", "antara"), "no article page of it was captured yet"),
        (("mend", "antara", "--undo"), "no mending stands"),
        (("check", "--replay", "nowhere.warc.gz"), "there is no such file"),
        (("try", "ftp://a.test/"), "not an http or https address"),
        (("remove", "antara"), "comes with Kliping"),
        (("remove", "../kliping"), "write 2 to 63 of a-z"),
        (("try", "https://www.kabarkota.test/", "--name", "../../x"), "write 2 to 63 of a-z"),
        (("mend", "antara", "--undo", "--apply"), "leave the other options out"),
        (("mend", "antara", "--captures", "99999999999999999999"), "--captures"),
        (("check", "antara", "--record", "nowhere/a.warc.gz"), "there is no folder nowhere"),
        (("add", "."), "is no file"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(run: Run, tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    ran = run(tmp_path, "outlets", *arguments)
    assert ran.status in (1, 2)
    assert told in one_line(ran.err)


def test_an_unusable_file_is_told_by_its_name_and_can_be_taken_away(run: Run, tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir(parents=True)
    (tmp_path / "outlets" / "antara.toml").write_text('name = "antara', encoding="utf-8")
    ran = run(tmp_path, "outlets", "mend", "antara")
    assert ran.status == 2
    assert "kliping outlets remove antara" in ran.err.splitlines()[-1]
    assert run(tmp_path, "outlets", "remove", "antara").status == 0
    assert run(tmp_path, "outlets", "show", "antara").status == 0


def test_the_settings_of_a_home_are_not_removed_as_an_outlet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kliping.toml").write_text("", encoding="utf-8")
    assert run(tmp_path, "outlets", "remove", "../kliping").status == 2
    assert (tmp_path / "kliping.toml").exists()


def entries(*actions: str) -> list[AuditEntry]:
    """Newest last, numbered from 1."""
    at = datetime(2026, 11, 21, tzinfo=UTC)
    numbered = enumerate(actions, start=1)
    return [AuditEntry(n, at, "sri", action, "outlet:antara", None, None) for n, action in numbered][::-1]


@pytest.mark.parametrize(
    ("actions", "undone_next"),
    [
        ((), None),
        (("check",), None),
        (("mend",), 1),
        (("mend", "retry", "check"), 1),
        (("mend", "mend"), 2),
        (("mend", "mend", "undo mend"), 1),
        (("mend", "mend", "undo mend", "undo mend"), None),
        (("mend", "undo mend", "mend"), 3),
        (("mend", "remove"), None),
        (("mend", "add", "mend", "undo mend"), None),
    ],
)
def test_each_undoing_takes_back_one_mending(actions: tuple[str, ...], undone_next: int | None) -> None:
    found = standing(entries(*actions))
    assert (found.id if found else None) == undone_next


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "kotakita.toml"
    write_file(target, OUTLET)

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(target, OUTLET.replace("Kota Kita", "Kota Lain"), before=killed)
    assert target.read_text(encoding="utf-8") == OUTLET
    with pytest.raises(OutletError):
        write_file(target, "name = ")
    assert target.read_text(encoding="utf-8") == OUTLET


def test_half_a_recording_is_taken_away(tmp_path: Path) -> None:
    counts = RunCounts()
    at = datetime(2026, 11, 21, tzinfo=UTC)
    run = CrawlRun(1, None, "trial", RunState.FINISHED, at, at, at, counts, None, None, 1, "x", "gone.warc.gz")
    with pytest.raises(FileNotFoundError):
        record(tmp_path, [run], tmp_path / "pagi.warc.gz")
    assert list(tmp_path.iterdir()) == []
