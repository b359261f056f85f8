"""Publication beside update, refused dates, addresses, and what the metadata of a page get wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipeline.model import Article, Listing, Page
from tests.pipeline.reading import SENTENCE, article_html, page, paragraphs, read

URL = "https://kabar.example/kota/taman-kota-baru-dibuka"
BODY = paragraphs(SENTENCE, SENTENCE.replace("acara", "rapat"), SENTENCE.replace("taman", "halte"))
TITLE = "<h1>Taman kota baru dibuka di Jakarta</h1>"
PUBLISHED, MODIFIED = "2026-11-05T14:30:00+07:00", "2026-11-06T09:15:00+07:00"


def meta(published: str | None = None, modified: str | None = None) -> str:
    named = (("article:published_time", published), ("article:modified_time", modified))
    return "".join(f"<meta property='{name}' content='{value}'>" for name, value in named if value)


def made(head: str = "", above: str = "", *, url: str = URL, lang: str = "id") -> Page:
    return page(article_html(BODY, head, TITLE + above).replace("lang='id'", f"lang='{lang}'"), url)


def article(head: str = "", above: str = "", *, url: str = URL, lang: str = "id", outlet: str | None = None) -> Article:
    return read(made(head, above, url=url, lang=lang), outlet=outlet)


def instants(found: Article) -> tuple[str | None, str | None]:
    first, last = found.date_published, found.date_modified
    return first.isoformat() if first else None, last.isoformat() if last else None


def origin(found: Article, field: str) -> tuple[str, float, str | None]:
    entry = next(entry for entry in found.provenance if entry.field == field)
    return entry.source, entry.confidence, entry.detail


def reasons(found: Article) -> list[str]:
    return [f"{entry.field}: {entry.detail}" for entry in found.refused]


# --- publication beside update ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("id", "Terbit: Kamis, 5 November 2026 14:30 WIB | Diperbarui: Jumat, 6 November 2026 09:15 WIB"),
        ("id", "Kamis, 5 November 2026 14:30 WIB | Update: Jumat, 6 November 2026 09:15 WIB"),
        ("id", "Diperbarui 06 Nov 2026, 09:15 WIB - Diterbitkan 05 Nov 2026, 14:30 WIB"),
        ("id", "Dipublikasikan 5 Nov 2026, 14.30 WIB. Terakhir diperbarui 6 Nov 2026, 09.15 WIB"),
        ("en", "Published Nov 5, 2026 2:30 PM GMT+7 Updated Nov 6, 2026 9:15 AM GMT+7"),
        ("en", "Posted 5 Nov 2026, 14:30 (UTC+7) | Last updated 6 Nov 2026, 09:15 (UTC+7)"),
        ("ms", "Diterbitkan: 5 November 2026, 3.30 petang MYT | Dikemas kini: 6 November 2026, 10.15 pagi MYT"),
        ("tl", "Inilathala Nobyembre 5, 2026, 3:30 ng hapon PHT | Na-update Nobyembre 6, 2026, 10:15 ng umaga PHT"),
        ("vi", "Đăng lúc 14:30, 05/11/2026 | Cập nhật lúc 09:15, 06/11/2026"),
        ("vi", "Xuất bản: 05/11/2026 14:30 GMT+7 - Cập nhật: 06/11/2026 09:15 GMT+7"),
        ("th", "เผยแพร่: 5 พ.ย. 2569 14:30 น. ปรับปรุง: 6 พ.ย. 2569 09:15 น."),
        ("th", "วันที่เผยแพร่ ๕ พฤศจิกายน ๒๕๖๙ เวลา ๑๔.๓๐ น. อัปเดตล่าสุด ๖ พฤศจิกายน ๒๕๖๙ เวลา ๐๙.๑๕ น."),
        ("km", "ចេញផ្សាយ ៥ វិច្ឆិកា ២០២៦ ម៉ោង ២:៣០ រសៀល | ធ្វើបច្ចុប្បន្នភាព ៦ វិច្ឆិកា ២០២៦ ម៉ោង ៩:១៥ ព្រឹក"),
        ("lo", "ເຜີຍແຜ່ 5 ພະຈິກ 2026, 14:30 | ອັບເດດ 6 ພະຈິກ 2026, 09:15"),
        ("my", "ထုတ်ဝေ ၅ နိုဝင်ဘာ ၂၀၂၆ ညနေ ၂:၀၀ | ပြင်ဆင် ၆ နိုဝင်ဘာ ၂၀၂၆ နံနက် ၈:၄၅"),
        ("zh", "发布于2026年11月5日 14:30 (GMT+7) 更新于2026年11月6日 09:15 (GMT+7)"),
        ("zh", "2026-11-05 14:30 GMT+7 (发布) 2026-11-06 09:15 GMT+7 (更新)"),
        ("pt", "Publicado em 5 de novembro de 2026, 14h30 (UTC+7) | Atualizado em 6 de novembro de 2026, 9h15 (UTC+7)"),
        ("tet", "Publika loron 5 fulan Novembru tinan 2026, 16:30 TLT | Atualiza 6 Novembru 2026, 11:15 TLT"),
    ],
)
def test_an_update_printed_beside_the_publication_is_the_update(lang: str, line: str) -> None:
    found = article(above=f"<div class='article-meta'>{line}</div>", lang=lang)
    assert found.date_published == datetime.fromisoformat(PUBLISHED)
    assert found.date_modified == datetime.fromisoformat(MODIFIED)


@pytest.mark.parametrize(
    "above",
    [
        "<p class='date'>Terbit: <i>5 Nov 2026 14:30 WIB</i> Diperbarui: <i>6 Nov 2026 09:15 WIB</i></p>",
        "<b>Diperbarui</b> <time>6 Nov 2026 09:15 WIB</time> <b>Terbit</b> <time>5 Nov 2026 14:30 WIB</time>",
        "<time class='updated'>6 Nov 2026 09:15 WIB</time><time class='published'>5 Nov 2026 14:30 WIB</time>",
        "<i class='modified'>Diperbarui pada 6 Nov 2026 09:15 WIB</i><i class='date'>5 Nov 2026 14:30 WIB</i>",
        "<div>Update: 6 Nov 2026 09:15 WIB</div><div>5 Nov 2026 14:30 WIB</div>",
    ],
)
def test_an_update_in_an_element_of_its_own(above: str) -> None:
    found = article(above=above)
    assert found.date_published == datetime.fromisoformat(PUBLISHED)
    assert found.date_modified in (datetime.fromisoformat(MODIFIED), None)


def test_an_update_alone_is_no_publication() -> None:
    found = article(above="<p class='date'>Diperbarui 6 Nov 2026, 09:15 WIB</p>")
    assert instants(found) == (None, MODIFIED)
    assert found.date_modified_text == "6 Nov 2026, 09:15 WIB"


def test_a_time_alone_is_one_of_the_day_of_publication() -> None:
    found = article(above="<p class='date'>5 Nov 2026 14:30 WIB | Update: 16.00 WIB</p>")
    assert instants(found) == (PUBLISHED, "2026-11-05T16:00:00+07:00")


def test_metadata_that_give_the_update_as_publication_are_corrected() -> None:
    above = "<p class='date'>Terbit: 5 Nov 2026 14:30 WIB | Diperbarui: 6 Nov 2026 09:15 WIB</p>"
    found = article(meta(MODIFIED, MODIFIED), above)
    assert instants(found) == (PUBLISHED, MODIFIED)
    assert "the metadata give the update instead" in str(origin(found, "date_published")[2])


def test_metadata_that_give_the_moment_of_fetching_are_corrected() -> None:
    found = article(meta("2026-11-20T11:59:58Z"), "<p class='date'>5 Nov 2026 14:30 WIB</p>")
    assert instants(found)[0] == PUBLISHED


def test_the_clock_at_the_top_of_a_page_is_no_publication() -> None:
    header = "<div class='tanggal'>Jumat, 20 November 2026 19:00 WIB</div>"
    html = article_html(BODY, "", TITLE).replace("<main>", f"{header}<main>")
    found = read(page(html))
    assert found.date_published is None
    assert "a clock that the page shows" in reasons(found)[0]


def test_the_date_at_the_top_of_a_page_never_wins_over_the_one_at_the_headline() -> None:
    header = "<div class='tanggal'>Jumat, 20 November 2026 13:00 WIB</div>"
    html = article_html(BODY, "", TITLE + "<p class='tgl'>5 November 2026</p>").replace("<main>", f"{header}<main>")
    assert instants(read(page(html)))[0] == "2026-11-05T00:00:00+07:00"


@pytest.mark.parametrize("line", ["Kamis, 5 November 2026", "05/11/2026", "15 hari lalu"])
def test_a_day_that_the_metadata_agree_with_is_the_printed_text(line: str) -> None:
    found = article(meta(PUBLISHED), f"<p class='tgl'>{line}</p>")
    assert (instants(found)[0], found.date_published_text) == (PUBLISHED, line)


def test_a_time_beside_the_day_is_taken() -> None:
    above = "<p class='tgl'>5 November 2026</p><p class='jam'>5 November 2026 14:30 WIB</p>"
    assert instants(article(above=above))[0] == PUBLISHED


def test_an_element_that_only_its_name_calls_an_update_dates_a_page_without_any_other() -> None:
    found = article(above="<span class='date updated'>5 Nov 2026 14:30 WIB</span>")
    assert instants(found) == (PUBLISHED, None)
    assert origin(found, "date_published")[1] < 0.8


def test_a_time_element_says_when_a_relative_time_was() -> None:
    found = article(above="<time datetime='2026-11-20T08:12:44Z'>4 jam lalu</time>")
    assert instants(found)[0] == "2026-11-20T15:12:44+07:00"
    assert origin(found, "date_published")[1] > 0.8


def test_a_time_element_of_an_update_is_no_publication() -> None:
    head, line = meta(PUBLISHED), "<p>Diperbarui <time datetime='2026-11-06T09:15:30+07:00'>6 Nov 2026</time></p>"
    assert instants(article(head, line)) == (PUBLISHED, "2026-11-06T09:15:30+07:00")


def test_an_editors_name_is_no_update() -> None:
    assert instants(article(above="<p class='info'>Edited by Tirta | 5 Nov 2026 14:30 WIB</p>")) == (PUBLISHED, None)


def test_every_date_has_its_source_confidence_and_zone() -> None:
    found = article(meta(PUBLISHED, MODIFIED), "<p class='date'>Kamis, 5 November 2026 14:30 WIB</p>")
    assert origin(found, "date_published") == ("meta:article:published_time", 1.0, "zone: +07:00, as it says")
    assert origin(found, "date_published_text")[0] == "html:p.date"
    assert origin(found, "date_modified") == ("meta:article:modified_time", 0.9, "zone: +07:00, as it says")
    bare = article(above="<p class='date'>Kamis, 5 November 2026 14:30</p>")
    assert origin(bare, "date_published")[2] == "zone: Asia/Jakarta, at home with id"


# --- the metadata's lies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("letters", "hours"), [("WIB", 7), ("WITA", 8), ("WIT", 9)])
@pytest.mark.parametrize(
    ("seconds", "local"), [(-1, "2026-11-04T23:59:59"), (0, "2026-11-05T00:00:00"), (1, "2026-11-05T00:00:01")]
)
def test_midnight_in_the_zone_that_is_printed(letters: str, hours: int, seconds: int, local: str) -> None:
    moment = datetime(2026, 11, 5, tzinfo=timezone(timedelta(hours=hours))) + timedelta(seconds=seconds)
    stated = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    found = article(meta(stated), f"<p class='tgl'>{moment:%d/%m/%Y %H:%M} {letters}</p>")
    assert instants(found)[0] == f"{local}+{hours:02}:00"
    assert found.date_published_text == f"{moment:%d/%m/%Y %H:%M} {letters}"


def test_an_offset_that_lies_about_the_publication_lies_about_the_update() -> None:
    head = meta("2026-11-05T14:30:00Z", "2026-11-06T09:15:00Z")
    found = article(head, "<p class='date'>Kamis, 5 November 2026 14:30 WIB</p>")
    assert instants(found) == (PUBLISHED, MODIFIED)


def test_of_two_values_with_one_clock_the_one_with_the_offset_of_home_is_right() -> None:
    head = "<meta name='pubdate' content='2026-11-05T14:30:00Z'>" + meta(PUBLISHED)
    assert instants(article(head))[0] == PUBLISHED


def test_numbers_are_read_in_the_order_that_the_metadata_prove() -> None:
    found = article(meta("2026-11-05"), "<p class='date'>11/05/2026 14:30 WIB</p>")
    assert instants(found)[0] == PUBLISHED


def test_numbers_that_would_lie_in_the_future_are_read_in_the_other_order() -> None:
    assert instants(article(above="<p class='date'>11/12/2026 14:30 WIB</p>"))[0] == "2026-11-12T14:30:00+07:00"


def test_a_page_of_the_philippines_prints_the_month_first() -> None:
    found = article(above="<p class='date'>03/04/2026 2:30 PM</p>", url="https://balita.example.ph/a", lang="en")
    assert instants(found)[0] == "2026-03-04T14:30:00+08:00"


@pytest.mark.parametrize(
    ("url", "lang", "head", "offset"),
    [
        ("https://berita.example.my/a", "ms", "", "+08:00"),
        ("https://berita.example.com/a", "ms-MY", "", "+08:00"),
        ("https://news.example.com/a", "en-SG", "", "+08:00"),
        ("https://news.example.com/a", "en", "<meta property='og:locale' content='id_ID'>", "+07:00"),
        ("https://news.example.com/a", "my", "", "+06:30"),
        ("https://news.example.com/a", "en", "", "+00:00"),
    ],
)
def test_the_zone_of_an_unlisted_site(url: str, lang: str, head: str, offset: str) -> None:
    found = article(head, "<p class='date'>5 Nov 2026 14:30</p>", url=url, lang=lang)
    assert instants(found)[0] == f"2026-11-05T14:30:00{offset}"


# --- what is not to be believed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("2026-11-20T13:30:00Z", "future"),
        ("2027-01-01T00:00:00+07:00", "future"),
        ("1970-01-01T00:00:00Z", "epoch"),
        ("1994-12-31T23:59:59Z", "before 1995"),
        ("0001-01-01T00:00:00Z", "before 1995"),
        ("9999-12-31T23:59:59Z", "last year"),
        ("0000-00-00 00:00:00", "no date"),
        ("besok", "no date"),
        ("2026-01-01", "1 January"),
        ("2026-01-01T00:00:00", "1 January"),
        ("2026-01-01T00:00:00Z", "1 January"),
        ("2025-12-31T17:00:00Z", "1 January"),  # midnight of it in Jakarta
    ],
)
def test_a_date_that_is_not_plausible_is_refused_with_its_reason(value: str, reason: str) -> None:
    found = article(meta(value))
    assert found.date_published is None
    (told,) = reasons(found)
    assert value in told
    assert reason in told


@pytest.mark.parametrize("value", ["2026-11-20T12:59:00Z", "2026-01-01T00:00:01+07:00", "1995-01-02T00:00:00+07:00"])
def test_what_is_nearly_refused(value: str) -> None:
    assert article(meta(value)).date_published == datetime.fromisoformat(value)


def test_the_first_of_january_stands_where_something_else_says_so() -> None:
    new_year = "2026-01-01T00:00:00+07:00"
    assert instants(article(meta("2026-01-01"), "<p class='date'>Kamis, 1 Januari 2026</p>"))[0] == new_year
    assert instants(article(meta("2026-01-01"), url="https://kabar.example/2026/01/01/taman"))[0] == new_year
    listing = Listing(URL, URL, "feed", date_published=datetime.fromisoformat("2026-01-01T05:00:00+07:00"))
    assert instants(read(made(meta("2026-01-01")), listing=listing))[0] == new_year
    assert instants(read(made(meta("2026-01-01")), listing=replace(listing, date_published=None)))[0] is None


def test_nothing_is_older_than_its_outlet() -> None:
    html = made("<meta name='pubdate' content='1997-05-05T10:00:00'>", url="https://news.detik.com/berita/d-12/taman")
    found = read(html, outlet="detik")
    assert found.date_published is None
    assert "before 1998" in reasons(found)[0]


def test_a_refused_date_gives_way_to_the_next_best() -> None:
    found = article(meta("2027-01-01T10:00:00+07:00"), url="https://kabar.example/2026/11/05/taman")
    assert instants(found)[0] == "2026-11-05T00:00:00+07:00"
    assert len(found.refused) == 1


def test_an_update_before_the_publication_is_refused() -> None:
    found = article(meta(MODIFIED, PUBLISHED))
    assert instants(found) == (MODIFIED, None)
    assert "before the publication" in reasons(found)[0]


@pytest.mark.parametrize(
    "sentence",
    ["Rapat digelar Selasa (3/11/2026), kata panitia.", "JAKARTA, 3 November 2026 - Rapat digelar.",
     "Acara itu dimulai 3 November 2026 pukul 10.00 WIB."],
)  # fmt: skip
def test_a_date_of_the_prose_is_never_the_articles(sentence: str) -> None:
    html = article_html(paragraphs(sentence) + BODY, "", TITLE)
    assert read(page(html)).date_published is None


@pytest.mark.parametrize("name", ["info", "date", "entry-meta"])
def test_a_sentence_in_an_element_named_for_a_date_is_prose(name: str) -> None:
    above = f"<p class='{name}'>Acara itu dimulai pada 3 November 2026 pukul 10.00 WIB di balai kota.</p>"
    assert article(above=above).date_published is None


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2026/11/05/taman-kota", "2026-11-05"), ("/read/2026/11/5/123/taman", "2026-11-05"),
        ("/20261105/taman", "2026-11-05"),
        ("/2026-11-05-taman-kota", "2026-11-05"), ("/berita/05-11-2026/taman", "2026-11-05"),
        ("/taman-20261105143015.htm", "2026-11-05"),
        ("/news/2026/nov/05/park", "2026-11-05"), ("/daerah/26/11/05/o2l07x-taman", "2026-11-05"),
        ("/2569/11/05/taman", "2026-11-05"),
        ("/taman?tanggal=2026-11-05", "2026-11-05"), ("/taman-20261105143015476.htm", "2026-11-05"),
        ("/2026_11_05/taman", "2026-11-05"),
        ("/harga-emas-5-november-2026", "2026-11-05"),
        ("/2026/13/05/taman", None), ("/2026/02/30/taman", None), ("/2027/11/05/taman", None),
        ("/1989/11/05/taman", None),
        ("/d-20261399/taman", None), ("/read/7304436/taman", None), ("/2026/11/taman", None),
    ],
)  # fmt: skip
def test_the_day_that_an_address_names(path: str, day: str | None) -> None:
    found = article(url=f"https://kabar.example{path}")
    assert instants(found)[0] == (f"{day}T00:00:00+07:00" if day else None)
    if day:
        assert origin(found, "date_published")[1] < 0.7


def test_a_day_among_the_words_of_an_address_is_less_sure() -> None:
    own, among = (
        origin(article(url=f"https://kabar.example{path}"), "date_published")[1]
        for path in ("/2026/11/05/harga", "/harga-05-11-2026")
    )
    assert among < own
