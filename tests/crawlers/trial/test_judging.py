"""The gate: what is proven, what is broken and why, what cannot be reached. Each trouble is one change of the site."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawlers.trial.answers import Recorded
from crawlers.trial.gather import NONSENSE, Gathered, gather, search_word
from crawlers.trial.judging import Checked, Outcome, judge
from pipeline.model import FailureClass
from pipeline.outlet import Discovery, Markup, Outlet, Terms
from pipeline.watches import bundled_watches
from tests.crawlers.trial.paper import HOST, NOW, article, page, recorded, site, url_of

WATCHES = bundled_watches()
OUTLET = Outlet(
    name="kotasiar",
    title="Kota Siar",
    country="ID",
    language="id",
    timezone="Asia/Jakarta",
    hosts=("www.kotasiar.test",),
    discovery=Discovery(
        article=(r"^https://www\.kotasiar\.test/berita/\d+/[^/]+$",),
        feeds=(f"{HOST}/rss.xml",),
        searches=(f"{HOST}/cari?q={{query}}",),
    ),
    terms=Terms("Made up."),
    markup=(Markup(name="2026", root=".isi-berita", headline=".judul-berita", date=".tanggal-berita"),),
)
Pages = dict[str, str]


def gathered(asker: Recorded, outlet: Outlet = OUTLET) -> Gathered:
    return asyncio.run(gather(outlet, asker, WATCHES, now=NOW))


def checked(pages: Pages, outlet: Outlet = OUTLET, statuses: dict[str, int] | None = None) -> Checked:
    return judge(gathered(recorded(pages, statuses), outlet), WATCHES)


def all_articles(make: Callable[[int], str]) -> Pages:
    return site() | {url_of(number): make(number) for number in range(4)}


def test_a_site_that_keeps_its_word_is_proven() -> None:
    result = checked(site())
    assert (result.outcome, result.why, result.search, result.generation) == (Outcome.PROVEN, None, True, "2026")
    assert (result.listed, result.read, result.asked) == (4, 3, 3)


def test_an_outlet_that_fetches_only_what_matches_is_checked_by_any_article() -> None:
    assert checked(site(), replace(OUTLET, fetch="matching")).outcome is Outcome.PROVEN


def test_without_headlines_the_addresses_give_the_word() -> None:
    pages = site()
    pages[f"{HOST}/rss.xml"] = re.sub(r"<title>.*?</title>", "", pages[f"{HOST}/rss.xml"])
    assert checked(pages).search


def test_a_check_asks_for_eight_addresses_at_most_beside_robots() -> None:
    asker = recorded(site())
    gathered(
        asker, replace(OUTLET, discovery=replace(OUTLET.discovery, indexes=(f"{HOST}/",), tags=(f"{HOST}/tag/a",)))
    )
    asked = [url for url in asker.pages if not url.endswith("/robots.txt")]
    assert len(asked) <= 8
    assert f"{HOST}/cari?q={NONSENSE}" in asked


def in_english(number: int) -> str:
    head = article(number).split("<p>")[0]
    return f"""{head}<p>The city opened a park beside the river on Saturday and invited everybody to come.</p>
<p>The mayor said that it had been built together with the people of the neighbourhood over two years.</p></div>"""


NO_ENTRY = '<?xml version="1.0"?><rss version="2.0"><channel><title>a</title></channel></rss>'
BROKEN: dict[str, tuple[Pages, str]] = {
    "dates of new year": (all_articles(lambda n: article(n, date="1 Januari 2025 08:00 WIB")), "1st of January"),
    "one date for all": (all_articles(lambda n: article(n, date="2 Maret 2026 08:00 WIB")), "the same date"),
    "no date": (all_articles(lambda n: article(n, date="segera")), "no date on"),
    "renamed markup": (site({"root": "konten", "headline": "h"}), "none of its selectors applies"),
    "renamed headline": (site({"headline": "judul-baru"}), "nothing matches the selector of headline"),
    "the site's name": (
        all_articles(lambda n: article(n).replace('"judul-berita">', '"judul-berita">Kota Siar</h1><h1>')),
        "the headline is the name of the site",
    ),
    "no text": (all_articles(lambda n: article(n).replace("<p>", "<!--").replace("</p>", "-->")), "could be read"),
    "another language": (all_articles(in_english), "the pages are in en, not id"),
    "a search that ignores its word": (
        site() | {f"{HOST}/cari?q={NONSENSE}": site()[f"{HOST}/cari?q=dibuka"]},
        "it does not search",
    ),
    "a search that finds nothing": (
        site() | {f"{HOST}/cari?q=dibuka": site()[f"{HOST}/cari?q={NONSENSE}"]},
        "finds nothing",
    ),
    "an empty feed": (
        site() | {f"{HOST}/rss.xml": NO_ENTRY},
        "no link to any article",
    ),
    "no feed but a page": (site() | {f"{HOST}/rss.xml": "<html><body>Tidak ada</body></html>"}, "rss.xml"),
    "pages gone": ({url: body for url, body in site().items() if "/berita/" not in url}, "could be read"),
}  # fmt: skip


@pytest.mark.parametrize("trouble", BROKEN)
def test_each_trouble_is_told(trouble: str) -> None:
    pages, why = BROKEN[trouble]
    result = checked(pages)
    assert result.outcome is Outcome.BROKEN
    assert why in (result.why or "")


def test_a_date_in_the_future_is_told() -> None:
    result = checked(all_articles(lambda n: article(n).replace("</head>", "").replace("2026", "2027")))
    assert result.outcome is Outcome.BROKEN
    assert "no date on" in (result.why or "")  # the reader refuses what is yet to come


@pytest.mark.parametrize("status", [500, 503, 403, 429])
def test_a_site_that_refuses_is_not_reachable_and_not_broken(status: int) -> None:
    assert checked(site(), statuses={f"{HOST}/rss.xml": status}).outcome is Outcome.UNREACHABLE


def test_a_feed_that_moved_away_is_broken() -> None:
    result = checked(site(), statuses={f"{HOST}/rss.xml": 404})
    assert result.outcome is Outcome.BROKEN
    assert "the server answered 404" in (result.why or "")


def test_what_robots_forbids_is_told() -> None:
    result = checked(site() | {f"{HOST}/robots.txt": "User-agent: *\nDisallow: /berita/"})
    assert result.outcome is Outcome.BROKEN
    assert "every page is forbidden" in (result.why or "")


def test_why_a_trial_got_no_answer_is_remembered() -> None:
    failures = {f"{HOST}/rss.xml": (FailureClass.DNS, "no such host")}
    result = judge(gathered(Recorded(lambda url: None, failures)), WATCHES)
    assert (result.outcome, result.why) == (Outcome.UNREACHABLE, f"{HOST}/rss.xml: no such host")


def test_redirects_of_a_recording_are_followed() -> None:
    pages = site()

    def find(url: str) -> object:
        if url == f"{HOST}/rss.xml":
            return replace(page(url, "", 301), headers=(("Location", "/feed/"),))
        return page(url, pages[f"{HOST}/rss.xml"]) if url == f"{HOST}/feed/" else page(url, pages.get(url, ""))

    assert judge(gathered(Recorded(find)), WATCHES).outcome is Outcome.PROVEN  # type: ignore[arg-type]  # as pages


@pytest.mark.parametrize(
    ("headlines", "word"),
    [
        (["Taman tepi kali dibuka"], "dibuka"),
        (["กรุงเทพ จัดประชุมเมือง"], "จัดประชุมเมือง"),
        ([None, "Di 12 kota", "Wali kota hadir"], "hadir"),
        ([None], None),
    ],
)
def test_the_word_to_search_is_of_the_newest_headline(headlines: list[str | None], word: str | None) -> None:
    assert search_word(headlines) == word
