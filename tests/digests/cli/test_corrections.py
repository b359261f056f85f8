"""A person's corrections, from the command line: they hold over re-crawls, editions and exports, and can be undone."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

from tests.digests.cli.desk import PIECES, Desk, sets, url
from tests.digests.cli.running import command


def an_article(home: Path) -> Any:
    """The ANTARA article on the opening, which four other outlets print too."""
    found = command(home, "articles", "list", "--json", "--outlet", "antara", "--text", "dibuka suhu perkotaan").lines
    (article,) = [each for each in found if each["headline"].startswith("MGMAC-AMF")]
    return article


def edition(home: Path, today: date) -> str:
    return command(home, "digest", "show", "--date", today.isoformat(), "--format", "html").out


def disposition(home: Path, url: str) -> str:
    return str(command(home, "explain", url, "--json").json["record"]["disposition"])


def test_a_withheld_article_leaves_the_edition_at_once_and_comes_back_when_undone(home: Path, today: date) -> None:
    article = an_article(home)
    before = edition(home, today)
    assert article["url"] in before
    done = command(home, "articles", "withhold", article["url"], "--reason", "court order 12", "--by", "Rina")
    assert done.status == 0, done.err
    assert article["url"] not in edition(home, today)
    assert disposition(home, article["url"]) == "withheld"
    assert command(home, "articles", "withhold", article["url"], "--undo", "--reason", "lifted").status == 0
    assert edition(home, today) == before


def test_a_withheld_article_is_a_tombstone_in_every_export(home: Path, tmp_path: Path) -> None:
    article = an_article(home)
    command(home, "articles", "withhold", article["url"], "--reason", "court order 12")
    for form in ("jsonl", "csv", "warc"):
        target = tmp_path / f"out.{form}.gz"
        ran = command(home, "export", "--format", form, "-o", str(target), "--full-text")
        assert ran.status == 0, ran.err
        written = target.read_bytes()
        assert article["headline"].encode() not in (gzip.decompress(written) if form == "warc" else written)
        receipt = json.loads(target.with_name(target.name + ".receipt.json").read_bytes())
        (stone,) = receipt["withheld"]
        assert (stone["url"], stone["reason"]) == (article["canonical_url"], "court order 12")


def test_corrections_survive_a_re_crawl(home: Path) -> None:
    article = an_article(home)
    other = command(home, "articles", "list", "--json", "--outlet", "beritajakarta").lines[0]
    command(home, "articles", "reject", str(article["url"]), "--reason", "an advertisement", "--by", "Rina")
    command(home, "articles", "withhold", str(other["url"]), "--reason", "court order 12")
    ran = command(home, "crawl", "--url", article["url"], "--url", other["url"])
    assert ran.status == 0, ran.out + ran.err
    assert disposition(home, article["url"]) == "rejected"
    assert disposition(home, other["url"]) == "withheld"
    trail = command(home, "explain", article["url"]).out
    assert "an advertisement" in trail
    assert "Rina" in trail


def members(home: Path, story: str) -> list[Any]:
    return list(command(home, "stories", "show", story, "--json").json["members"])


def test_a_rejected_article_leaves_its_story(home: Path) -> None:
    article = an_article(home)
    story = command(home, "articles", "show", article["url"], "--json").json["story_id"]
    before = members(home, story)
    (rejected,) = [m for m in before if m["role"] == "origin"]
    command(home, "articles", "reject", article["url"], "--reason", "not ours")
    other = next(str(m["article_id"]) for m in before if m != rejected)
    after = members(home, command(home, "articles", "show", other, "--json").json["story_id"])
    assert {m["article_id"] for m in after} == {m["article_id"] for m in before} - {rejected["article_id"]}


# --- over a small store: every rework, and the record ----------------------------------------------------------------


def test_a_rejected_article_stays_out_of_stories_through_every_rework(both: Desk) -> None:
    story = both.name(2)
    done = both.run("articles", "reject", url(2), "--reason", "an advertisement", "--by", "Rina")
    assert done.status == 0, done.err
    left = sets((1, 3), (4, 5), (6,))
    assert both.told() == left
    assert both.story(2) is None
    outlet, headline, text, hours = PIECES[2]
    both.write(2, outlet, headline, text, hours, code="of another day")  # read anew by other code
    both.write(2, outlet, headline, (*text, "Halte terakhir di Pasar Baru."), hours)  # printed anew
    both.assemble()
    both.retell()
    assert both.told() == left
    assert "rejected by a person" in both.run("explain", url(2)).out
    assert both.run("articles", "reject", url(2), "--undo", "--reason", "ours after all", "--by", "Budi").status == 0
    assert both.told() == sets((1, 2, 3), (4, 5), (6,))
    assert both.name(2) == story


def test_rejecting_the_first_article_leaves_the_story_its_name_and_another_first(desk: Desk) -> None:
    story = desk.name(1)
    desk.run("articles", "reject", url(1), "--reason", "not ours")
    assert desk.name(2) == desk.name(3) == story
    assert desk.json("stories", "show", story)["first"] == "inews"


def test_a_withheld_article_leaves_its_story_at_once_and_comes_back_to_it(desk: Desk) -> None:
    before = desk.json("stories", "show", desk.name(1))
    desk.run("articles", "withhold", url(3), "--reason", "court order 12", "--by", "Rina")
    assert desk.told() == sets((1, 2), (4, 5), (6,))
    desk.write(3, *PIECES[3], code="of another day")
    desk.assemble()
    assert desk.told() == sets((1, 2), (4, 5), (6,))
    trail = desk.run("explain", url(3)).out
    assert "now withheld, at person: withheld by a person (court order 12)" in trail
    assert "decided by Rina" in trail
    desk.run("articles", "withhold", url(3), "--undo", "--reason", "lifted")
    assert desk.json("stories", "show", desk.name(1))["members"] == before["members"]


def test_who_corrected_what_and_why_is_in_the_audit(desk: Desk) -> None:
    desk.run("articles", "reject", url(2), "--reason", "an advertisement", "--by", "Rina")
    desk.run("articles", "reject", url(2), "--undo", "--reason", "ours after all", "--by", "Budi")
    here = desk.office()
    acts = [(one.actor, one.action, one.reason) for one in here.store.audit.list(f"article:{desk.number(2)}")]
    here.close()
    assert acts == [("Budi", "undo reject", "ours after all"), ("Rina", "reject", "an advertisement")]


def test_explain_tells_the_story_of_an_article_and_why_it_is_there(desk: Desk) -> None:
    told = desk.run("explain", url(2)).out
    assert f"  story {desk.name(2)}, 3 article(s); this one: reprints antara's text" in told
