"""`articles show --versions` and `--diff`, `outlets show` with what its roads found, and the cost in `doctor`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.store import open_store
from tests.digests.cli.running import command
from tests.digests.examples import article
from tests.digests.world import FROZEN, crawl


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose first article has two versions, its second one, which is gone."""
    home = tmp_path_factory.mktemp("edited")
    with open_store(f"sqlite:///{home / 'kliping.sqlite'}") as store:
        first = replace(article(1), article_body=("Sebanyak 38 kota hadir.", "Acara berakhir Jumat."))
        crawl(store, "antara", first, article(2, event=1))
        crawl(store, "antara", replace(first, article_body=("Sebanyak 39 kota hadir.", "Acara berakhir Jumat.")))
        store.articles.mark_gone(2, FROZEN)
    return home


def test_the_versions_are_listed_with_what_changed(edited: Path) -> None:
    ran = command(edited, "articles", "show", "1", "--versions")
    assert ran.status == 0, ran.err
    _, first, second = ran.out.splitlines()
    assert "first stored" in first
    assert "1 word added, 1 removed" in second


def test_the_difference_is_shown_as_text(edited: Path) -> None:
    ran = command(edited, "articles", "show", "1", "--diff")
    assert ran.status == 0, ran.err
    assert "Sebanyak [-38-]{+39+} kota hadir." in ran.out.splitlines()
    assert "version 1 to 2" in ran.out


def test_both_texts_stand_in_the_json(edited: Path) -> None:
    first, second = command(edited, "articles", "show", "1", "--versions", "--json").json
    assert first["article_body"][0] == "Sebanyak 38 kota hadir."
    assert second["article_body"][0] == "Sebanyak 39 kota hadir."
    assert (first["change"], second["change"]) == (None, {"added": 1, "removed": 1, "headline": False})


def test_an_article_of_one_version_says_so(edited: Path) -> None:
    ran = command(edited, "articles", "show", "2", "--diff")
    assert (ran.status, ran.out) == (0, "")
    assert "one version" in ran.err


def test_a_gone_article_is_shown_as_that_and_whole(edited: Path) -> None:
    ran = command(edited, "articles", "show", "2")
    assert "gone" in [line.split()[0] for line in ran.out.splitlines() if line]
    assert "the outlet removed it" in ran.out


def test_an_outlet_tells_how_complete_it_is_or_why_that_is_not_known(edited: Path) -> None:
    ran = command(edited, "outlets", "show", "antara")
    assert "complete, all articles: not known" in ran.out
    found = command(edited, "outlets", "show", "antara", "--json").json
    assert found["name"] == "antara"
    assert found["completeness"]["days"] == 14
    assert found["completeness"]["articles"]["estimate"] is None


def test_doctor_tells_what_a_day_costs(edited: Path) -> None:
    findings = {finding["check"]: finding for finding in command(edited, "doctor", "--json").json}
    assert "requests and" in findings["cost"]["told"]
    details = findings["cost"]["details"]
    assert {"outlet", "requests_a_day", "bytes_a_day", "measured"} <= details["outlets"][0].keys()


def test_doctor_warns_where_the_delays_leave_no_time(edited: Path, tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    bundled = Path("crawlers/outlets/antara.toml").read_text(encoding="utf-8")
    slow = bundled.replace("\ntimezone", "\ndelay = 900.0\ntimezone", 1)
    (tmp_path / "outlets" / "antara.toml").write_text(slow, encoding="utf-8")
    ran = command(tmp_path, "doctor", "--json")
    (cost,) = [finding for finding in ran.json if finding["check"] == "cost"]
    assert (ran.status, cost["good"]) == (3, False)
    assert "more than fits between two runs: www.antaranews.com" in cost["told"]
