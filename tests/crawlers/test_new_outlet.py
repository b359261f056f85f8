"""CONTRIBUTING's "Add an outlet", done at run time: its file goes into an operator's folder and is crawled; no code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from crawlers.loader import load_outlets
from crawlers.newsroom import Newsroom, truth
from crawlers.request import CrawlRequest
from pipeline.model import Disposition
from tests.crawlers.crawling import ROOT, TODAY, Home
from tests.digests.cli.running import kliping

NAME = "kabarkota"


def example() -> str:
    """The outlet file that CONTRIBUTING shows."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    (found,) = [block for block in blocks if f'name = "{NAME}"' in block]
    return str(found)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, newsroom: Newsroom) -> Iterator[Home]:
    path = tmp_path_factory.mktemp("operator")
    (path / "outlets").mkdir()
    (path / "outlets" / f"{NAME}.toml").write_text(example(), encoding="utf-8")
    home = Home(path, newsroom)
    yield home
    home.close()


def test_the_example_is_at_most_thirty_lines() -> None:
    lines = [line for line in example().splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 30


def test_it_is_off_until_somebody_accepts_its_terms(home: Home) -> None:
    assert not load_outlets(home.settings).outlets[NAME].enabled
    enabled = kliping(home.path, "outlets", "enable", NAME, "--yes", "--by", "Budi", "--permission", "none is needed")
    assert enabled.status == 0
    assert "Made up: everything is allowed." in enabled.err
    (noted,) = home.store.audit.list(f"outlet:{NAME}")
    assert noted.actor == "Budi"
    (row,) = [row for row in kliping(home.path, "outlets", "list", "--json").lines if row["name"] == NAME]
    assert (row["enabled"], row["evidence"]) == (True, "seen")


def test_its_crawl_keeps_what_the_newsroom_printed(home: Home) -> None:
    (true,) = [article for article in truth(TODAY) if "kabarkota" in article.url]
    ended = home.one(CrawlRequest(outlet=NAME))
    assert ended.status == 0, ended.log
    counts = ended.run.counts
    assert (counts.listed, counts.kept) == (1, 1)
    (stored,) = home.articles(NAME)
    article = stored.article
    assert (article.canonical_url, stored.disposition) == (true.url, Disposition.KEPT)
    assert (article.headline, article.date_published) == (true.headline, true.date_published)
    assert article.article_body == true.article_body
    assert {"css:main article h1", "css:main article"} <= {found.source for found in article.provenance}
