"""The other commands over the demo's home: what they print and what they leave alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.digests.cli.running import command, one_line, warcio


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("status", "URLs seen"),
        ("outlets list", "redaksijakarta"),
        ("outlets show antara", "antaranews.com/rss"),
        ("watches list", "mgmac"),
        ("watches test mgmac", "would catch"),
        ("articles list --watch amf --limit 3", "headline"),
        ("articles list --disposition rejected", "headline"),
        ("stories list", "headline"),
        ("subscribers list", "tim@balaikota.example"),
        ("digest deliveries", "sent"),
        ("digest report --since 10d", "peristiwa"),
    ],
)
def test_a_table_for_a_person(demo_home: Path, words: str, told: str) -> None:
    ran = command(demo_home, *words.split())
    assert (ran.status, told in ran.out) == (0, True), ran.out + ran.err


def test_a_story_says_in_words_why_its_articles_are_together(demo_home: Path) -> None:
    stories = command(demo_home, "stories", "list", "--json").lines
    largest = max(stories, key=lambda story: story["articles"])
    ran = command(demo_home, "stories", "show", largest["id"], "--explain")
    _, _, told = ran.out.partition("\nwhy each is here\n")
    reasons = [line for line in told.partition("\n\n")[0].splitlines() if line.startswith("  article ")]
    assert len(reasons) == largest["articles"] >= 4


# DESIGN §4, and what the README adds to it: press_release, pull_quote, disputed, source_links, rights.copyright
ARTICLE = """
    schema_version url canonical_url outlet kind version headline description article_body date_published
    date_published_text date_modified date_modified_text byline authors editors translators photographers dateline
    credit_line
    article_section keywords in_language language_confidence syndicated_from copy_of watches tags places people quotes
    tone summary story_id disposition rights fetched_at sha256 capture provenance refused press_release pull_quote
    disputed source_links possible content_locations organisations events headline_tone body_tone tones_differ
    needs_clarification
"""
EVIDENCE = {"field", "start", "end", "text", "rule"}
PARTS = {
    "watches": {"id", "edition", "reason", "evidence"}, "tags": {"id", "label", "reason", "evidence"},
    "possible": {"id", "edition", "reason", "evidence"}, "organisations": {"name", "aliases", "evidence"},
    "content_locations": {"id", "name", "kind", "country", "province", "reason", "evidence"},
    "people": {"name", "role", "office", "city", "aliases", "evidence"}, "events": {"name", "aliases", "evidence"},
    "quotes": {"text", "speaker", "role", "kind", "start", "end", "cue"},
    "headline_tone": {"value", "reason", "evidence"}, "body_tone": {"value", "reason", "evidence"},
    "capture": {"record_id", "file", "offset"},
    "rights": {"terms", "permission", "robots", "copyright"}, "refused": {"field", "source", "detail"},
}  # fmt: skip
LISTS = """
    article_body authors editors translators photographers keywords source_links watches possible tags places
    content_locations people organisations events quotes disputed
"""


def test_an_article_in_json_has_exactly_the_documented_keys(demo_home: Path) -> None:
    articles = command(demo_home, "articles", "list", "--json", "--limit", "100").lines
    assert command(demo_home, "articles", "show", articles[0]["url"], "--json").json == articles[0]
    for article in articles:
        assert set(article) == set(ARTICLE.split())
        assert "" not in article.values()  # absent is null or an empty list
        assert [name for name in LISTS.split() if not isinstance(article[name], list)] == []
        for name, keys in PARTS.items():
            found = article[name] if isinstance(article[name], list) else [article[name]]
            assert all(set(part) == keys for part in found)
        for name in ("date_published", "date_modified", "fetched_at"):
            assert article[name] is None or datetime.fromisoformat(article[name]).tzinfo is not None
        assert set(article["provenance"]) <= set(article)


def test_an_edition_in_json_has_exactly_the_documented_keys(demo_home: Path, today: date) -> None:
    built = command(demo_home, "digest", "build", "--date", today.isoformat(), "--json").json
    assert set(built) == {"list", "period", "frozen_at", "digest", "totals"}
    shown = command(demo_home, "digest", "show", "--date", today.isoformat(), "--format", "json").json
    assert built["totals"] == shown["totals"]
    assert built["period"] == shown["period"] == today.isoformat()


def test_inspect_reads_a_captured_page_and_a_saved_one_alike(demo_home: Path, tmp_path: Path) -> None:
    article = command(demo_home, "articles", "list", "--json", "--outlet", "inews", "--limit", "1").lines[0]
    captured = command(demo_home, "inspect", article["url"], "--json").json
    same = ("headline", "article_body", "date_published", "authors", "description", "provenance", "sha256")
    assert [captured[key] for key in same] == [article[key] for key in same]  # with what its listing said, too
    assert captured["verdict"]["disposition"] == "kept"
    shown = command(demo_home, "inspect", article["url"])
    assert "read as iNews.id" in shown.out
    saved = tmp_path / "page.html"
    saved.write_text(f"<html><body><h1>{article['headline']}</h1><p>Pendek.</p></body></html>", encoding="utf-8")
    assert (
        command(demo_home, "inspect", str(saved), "--outlet", "inews", "--json").json["headline"] == article["headline"]
    )


def test_an_export_is_what_its_receipt_says_and_the_same_twice(demo_home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for target in (first, second):
        ran = command(demo_home, "export", "--format", "jsonl", "--watch", "ascn", "-o", str(target), "--json")
        assert ran.status == 0, ran.err
        receipt = ran.json
        assert receipt["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
        assert receipt["articles"] == len(target.read_text(encoding="utf-8").splitlines()) > 0
    assert first.read_bytes() == second.read_bytes()
    again = command(demo_home, "export", "--format", "jsonl", "-o", str(first))
    assert again.status == 1
    assert "--overwrite" in one_line(again.err) or "overwrite" in one_line(again.err)


def test_a_warc_export_holds_the_selection_only_and_warcio_passes_it(demo_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "selection.warc.gz"
    options = ("--format", "warc", "--outlet", "antara", "--full-text", "-o", str(target), "--json")
    ran = command(demo_home, "export", *options)
    assert ran.status == 0, ran.err
    wanted = command(demo_home, "articles", "list", "--outlet", "antara", "--json").lines
    assert ran.json["articles"] == len(wanted)
    assert warcio("check", str(target)) == ""
    recorded = warcio("index", "-f", "warc-type,warc-target-uri", str(target))
    rows = [json.loads(line) for line in recorded.splitlines()]
    responses = {row["warc-target-uri"] for row in rows if row["warc-type"] == "response"}
    assert {article["url"] for article in wanted} <= responses
    assert all("antaranews.com" in url for url in responses)


def test_what_was_recorded_can_be_replayed_into_another_home(demo_home: Path, tmp_path: Path) -> None:
    archive = min((demo_home / "archive").glob("antara_en-*.warc.gz"))
    ran = command(tmp_path / "other", "crawl", "antara_en", "--replay", str(archive), "--json")
    assert ran.status in {0, 3}, ran.err
    names = ("canonical_url", "headline", "article_body", "date_published", "authors", "watches", "sha256")

    def texts(home: Path) -> list[dict[str, object]]:
        found = command(home, "articles", "list", "--outlet", "antara_en", "--json").lines
        return sorted(
            ({name: each[name] for name in names} for each in found), key=lambda each: str(each["canonical_url"])
        )

    assert texts(tmp_path / "other") == texts(demo_home) != []


def test_an_address_of_no_listed_outlet_is_crawled(home: Path) -> None:
    """The unlisted site reprints ANTARA's English story in Indonesian and says so."""
    from crawlers.newsroom import truth  # noqa: PLC0415

    day = date.fromisoformat((home / "kliping.toml").read_text(encoding="utf-8").split("bundled:")[1][:10])
    (true,) = [article for article in truth(day) if article.outlet is None or article.outlet == "kabarkota"]
    ran = command(home, "crawl", "--url", true.url)
    assert ran.status == 0, ran.out + ran.err
    shown = command(home, "articles", "show", true.url, "--json").json
    assert (shown["outlet"], shown["syndicated_from"]) == (None, true.syndicated_from)
    assert shown["headline"] == true.headline


def test_a_new_watch_shows_what_it_catches_before_it_is_added(home: Path) -> None:
    tried = command(home, "watches", "test", "heat-map", "--name", "peta panas", "--json").json
    assert tried["caught"]
    assert {one["watch"] for one in tried["caught"]} == {"heat-map"}
    added = command(home, "watches", "add", "peta panas", "--id", "heat-map", "--yes")
    assert (added.status, f"would catch {len(tried['caught'])} " in added.out) == (0, True), added.err
    assert "heat-map" in command(home, "watches", "list").out
    twice = command(home, "watches", "add", "peta panas", "--id", "heat-map", "--yes")
    assert twice.status == 2
    assert "there already" in one_line(twice.err)


def test_a_disabled_outlet_is_not_crawled_and_not_counted(home: Path) -> None:
    assert command(home, "outlets", "disable", "inews").status == 0
    runs = command(home, "run", "--all", "--json").json["runs"]
    assert "inews" not in {each["outlet"] for each in runs}
    enabled = command(home, "outlets", "enable", "inews", "--yes", "--permission", "letter of 3 November")
    assert enabled.status == 0
    assert {row["name"] for row in command(home, "outlets", "list", "--json").lines if row["enabled"]} >= {"inews"}


def test_enabling_asks_and_a_no_changes_nothing(home: Path) -> None:
    ran = command(home, "outlets", "enable", "kompas")
    assert ran.status == 130
    assert "kompas" not in {r["name"] for r in command(home, "outlets", "list", "--json").lines if r["enabled"]}


def test_subscribers_come_and_go(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("address,language\nani@example.org,id\nnobody,id\n", encoding="utf-8")
    ran = command(home, "subscribers", "import", str(file))
    assert ran.status == 3
    assert "line 3" in ran.err
    assert command(home, "subscribers", "add", "budi@example.org", "--weekly", "--watch", "ascn").status == 0
    assert command(home, "subscribers", "remove", "ani@example.org").status == 0
    left = {s["address"]: s["frequency"] for s in command(home, "subscribers", "list", "--json").lines}
    assert left["budi@example.org"] == "weekly"
    assert "ani@example.org" not in left


def test_sending_again_sends_nothing_again(home: Path, today: date) -> None:
    ran = command(home, "digest", "send", "--date", today.isoformat(), "--json")
    assert (ran.status, ran.json["attempted"]) == (0, [])
    assert list((home / "outbox").glob("*.eml")) == []


def test_a_report_over_past_dates_takes_nothing_from_the_next_edition(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    ran = command(home, "digest", "report", "--since", "10d", "--format", "html", "--language", "en", "-o", str(target))
    assert ran.status == 0
    assert "<html" in target.read_text(encoding="utf-8")
    assert len(command(home, "digest", "deliveries", "--json").lines) == 2


@pytest.mark.shared
@pytest.mark.parametrize(
    ("task", "data", "told"),
    [("pages", ("pages",), "title"), ("duplicates", ("neardup",), "datasketch")],
)
def test_evaluate_prints_scores_and_writes_predictions(
    tmp_path: Path, shared: Callable[..., Path], task: str, data: tuple[str, ...], told: str
) -> None:
    predictions = tmp_path / "predictions.jsonl"
    ran = command(tmp_path, "evaluate", task, str(shared(*data)), "--predictions", str(predictions))
    assert ran.status == 0, ran.err
    assert told in ran.out
    assert all(json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines())


def test_data_that_are_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n", encoding="utf-8")
    ran = command(tmp_path, "evaluate", "language", str(tmp_path / "x.jsonl"))
    assert ran.status in {1, 2}
    assert "x.jsonl" in one_line(ran.err)
