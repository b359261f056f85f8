"""A person's corrections, from the command line: they hold over re-crawls, editions and exports, and can be undone."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.digests.cli.running import kliping


def an_article(home: Path) -> Any:
    """The ANTARA article on the opening, which four other outlets print too."""
    found = kliping(home, "articles", "list", "--json", "--outlet", "antara", "--text", "dibuka suhu perkotaan").lines
    (article,) = [each for each in found if each["headline"].startswith("MGMAC-AMF")]
    return article


def edition(home: Path, today: date) -> str:
    return kliping(home, "digest", "show", "--date", today.isoformat(), "--format", "html").out


def disposition(home: Path, url: str) -> str:
    return str(kliping(home, "explain", url, "--json").json["record"]["disposition"])


def test_a_withheld_article_leaves_the_edition_at_once_and_comes_back_when_undone(home: Path, today: date) -> None:
    article = an_article(home)
    before = edition(home, today)
    assert article["url"] in before
    done = kliping(home, "articles", "withhold", article["url"], "--reason", "court order 12", "--by", "Rina")
    assert done.status == 0, done.err
    assert article["url"] not in edition(home, today)
    assert disposition(home, article["url"]) == "withheld"
    assert kliping(home, "articles", "withhold", article["url"], "--undo", "--reason", "lifted").status == 0
    assert edition(home, today) == before


def test_a_withheld_article_is_a_tombstone_in_every_export(home: Path, tmp_path: Path) -> None:
    article = an_article(home)
    kliping(home, "articles", "withhold", article["url"], "--reason", "court order 12")
    for form in ("jsonl", "csv", "warc"):
        target = tmp_path / f"out.{form}.gz"
        ran = kliping(home, "export", "--format", form, "-o", str(target), "--full-text")
        assert ran.status == 0, ran.err
        written = target.read_bytes()
        assert article["headline"].encode() not in (gzip.decompress(written) if form == "warc" else written)
        receipt = json.loads(target.with_name(target.name + ".receipt.json").read_bytes())
        (stone,) = receipt["withheld"]
        assert (stone["url"], stone["reason"]) == (article["canonical_url"], "court order 12")


def test_corrections_survive_a_re_crawl(home: Path) -> None:
    article = an_article(home)
    other = kliping(home, "articles", "list", "--json", "--outlet", "beritajakarta").lines[0]
    kliping(home, "articles", "reject", str(article["url"]), "--reason", "an advertisement", "--by", "Rina")
    kliping(home, "articles", "withhold", str(other["url"]), "--reason", "court order 12")
    ran = kliping(home, "crawl", "--url", article["url"], "--url", other["url"])
    assert ran.status == 0, ran.out + ran.err
    assert disposition(home, article["url"]) == "rejected"
    assert disposition(home, other["url"]) == "withheld"
    trail = kliping(home, "explain", article["url"]).out
    assert "an advertisement" in trail
    assert "Rina" in trail


def members(home: Path, story: str) -> list[Any]:
    return list(kliping(home, "stories", "show", story, "--json").json["members"])


def test_a_rejected_article_leaves_its_story(home: Path) -> None:
    article = an_article(home)
    story = kliping(home, "articles", "show", article["url"], "--json").json["story_id"]
    before = members(home, story)
    (rejected,) = [m for m in before if m["role"] == "origin"]
    kliping(home, "articles", "reject", article["url"], "--reason", "not ours")
    other = next(str(m["article_id"]) for m in before if m != rejected)
    after = members(home, kliping(home, "articles", "show", other, "--json").json["story_id"])
    assert {m["article_id"] for m in after} == {m["article_id"] for m in before} - {rejected["article_id"]}
