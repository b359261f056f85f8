"""What broke of an outlet's selectors, and what is proposed in its place: pages on paper before and after a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from crawlers.trial.breakage import Seen
from crawlers.trial.judging import read_page
from crawlers.trial.mending import Mended, mend, mended_outlet
from crawlers.trial.toml import outlet_toml
from pipeline.model import Listing
from pipeline.outlet import Discovery, Markup, Outlet, Terms, parse_outlet
from pipeline.watches import bundled_watches
from tests.crawlers.trial.paper import MARKUP, STORIES, article, page, paragraphs, printed, url_of

WATCHES = bundled_watches()
FIELDS = ("root", "headline", "date", "byline")
OUTLET = Outlet(
    name="kotasiar",
    title="Kota Siar",
    country="ID",
    language="id",
    timezone="Asia/Jakarta",
    hosts=("www.kotasiar.test",),
    discovery=Discovery(article=(r"^https://www\.kotasiar\.test/berita/\d+/[^/]+$",)),
    terms=Terms("Made up."),
    markup=(Markup("2024", ".isi-berita", headline=".judul-berita", date=".tanggal-berita", byline=".penulis-berita"),),
)


def seen(number: int, classes: Mapping[str, str] | None = None, *, age: int = 0, listed: bool = True) -> Seen:
    """A capture of a story; `age`: days ago."""
    captured = page(url_of(number), article(number, classes))
    captured = replace(captured, fetched_at=captured.fetched_at - timedelta(days=age) + timedelta(hours=12))
    listing = Listing(url_of(number), "https://www.kotasiar.test/rss.xml", "feed", headline=STORIES[number][1])
    return Seen(captured, listing if listed else None)


def changed(classes: Mapping[str, str], **given: str) -> Mended:
    """Two pages after a change, and two before it."""
    pages = [seen(0, classes), seen(1, classes), seen(2, age=3), seen(3, age=3)]
    return mend(pages, OUTLET, WATCHES, given=given, name="2026-11-21")


def renamed(*fields: str) -> dict[str, str]:
    return {field: f"{MARKUP[field].split('-')[0]}-baru" for field in fields}


@pytest.mark.parametrize("fields", [(), ("root",), ("headline",), ("date",), ("byline",), ("root", "date"), FIELDS])
def test_what_was_renamed_is_found_and_named_anew(fields: tuple[str, ...]) -> None:
    mended = changed(renamed(*fields))
    expected = {"root", *fields} if len(set(fields) & {"root", "headline", "date"}) > 1 else set(fields)
    assert set(mended.broken) == expected
    for report in mended.fields:
        assert report.after == 4, report
        assert report.before == (2 if report.field in fields else 4)
    assert mended.doubts == ()
    assert (mended.markup is None) == (not fields)


def test_the_values_before_and_now_are_told() -> None:
    reports = {report.field: report for report in changed(renamed("headline", "byline")).fields}
    assert (reports["headline"].last_good, reports["headline"].present) == (STORIES[2][1], None)
    assert reports["headline"].mended == STORIES[0][1]
    assert reports["headline"].proposed == ".judul-baru"
    assert reports["byline"].last_good == f"Penulis: {STORIES[2][2]}"
    assert reports["byline"].mended == f"Penulis: {STORIES[0][2]}"


def test_another_root_makes_a_new_generation_and_the_old_one_stays() -> None:
    mended = changed(renamed(*FIELDS))
    assert mended.place is None
    assert mended.markup == Markup(
        "2026-11-21", ".isi-baru", headline=".judul-baru", date=".tanggal-baru", byline=".penulis-baru"
    )
    _, outlet = mended_outlet(outlet_toml(OUTLET), mended, "kotasiar.toml", "mended")
    assert outlet.markup == (mended.markup, *OUTLET.markup)


def test_another_headline_joins_the_old_one_in_its_generation() -> None:
    mended = changed(renamed("headline"))
    assert mended.place == 0
    _, outlet = mended_outlet(outlet_toml(OUTLET), mended, "kotasiar.toml", "mended")
    assert [markup.headline for markup in outlet.markup] == [".judul-baru, .judul-berita"]


def test_a_date_printed_in_no_known_way_is_broken_though_its_element_is_there() -> None:
    pages = [seen(0), seen(1), seen(2, age=3)]
    strange = replace(pages[0].page, body=pages[0].page.body.replace(printed(0).encode(), b"segera terbit"))
    stated = strange.body.replace(b"</head>", b'<meta name="pubdate" content="2026-11-21T10:30:00+07:00"></head>')
    mended = mend([Seen(replace(strange, body=stated)), *pages[1:]], OUTLET, WATCHES, given={}, name="x")
    assert mended.broken == ("date",)


def test_one_odd_page_among_good_ones_is_no_breakage() -> None:
    odd = renamed("headline")
    mended = mend([seen(0), seen(1, odd), seen(2), seen(3)], OUTLET, WATCHES, given={}, name="x")
    assert (mended.broken, mended.markup) == ((), None)


def test_a_persons_selector_is_tried() -> None:
    mended = changed(renamed("headline"), headline="h1")
    report = next(report for report in mended.fields if report.field == "headline")
    assert (report.proposed, report.after) == ("h1", 4)


def test_a_wrong_selector_is_doubted() -> None:
    mended = changed({}, headline=".penulis-berita")
    assert any("its listing said" in doubt for doubt in mended.doubts)
    mended = changed({}, root=".tanggal-berita")
    assert any(doubt.startswith("root:") for doubt in mended.doubts)


def test_the_mended_file_reads_pages_of_both_times() -> None:
    classes = renamed(*FIELDS)
    _, outlet = mended_outlet(outlet_toml(OUTLET), changed(classes), "kotasiar.toml", "mended")
    for number, names, generation in ((0, classes, "2026-11-21"), (2, {}, "2024")):
        read = read_page(page(url_of(number), article(number, names)), outlet, WATCHES)
        assert read is not None
        assert (read.generation, read.article.article_body) == (generation, paragraphs(number))


def test_comments_of_the_file_stay() -> None:
    text = outlet_toml(OUTLET, ["Kota Siar: why it is odd."])
    text = text.replace("[[markup]]", "# seen in saved pages\n[[markup]]")
    for fields in (("root",), ("headline",)):
        changed_text, outlet = mended_outlet(text, changed(renamed(*fields)), "kotasiar.toml", "mended on a day")
        assert "# Kota Siar: why it is odd." in changed_text
        assert "# seen in saved pages\n[[markup]]" in changed_text
        assert parse_outlet(changed_text) == outlet


def test_without_any_good_page_what_the_page_says_is_enough() -> None:
    """The first morning: the file was a guess, and no page ever fitted it."""
    classes = renamed(*FIELDS)
    mended = mend([seen(0, classes, listed=False), seen(1, classes, listed=False)], OUTLET, WATCHES, given={}, name="x")
    assert set(mended.broken) == {"root", "headline", "date"}
    assert mended.markup is not None
    assert (mended.markup.root, mended.markup.headline, mended.markup.date) == (
        ".isi-baru",
        ".judul-baru",
        ".tanggal-baru",
    )


def test_two_new_templates_at_once_are_named_by_one_selector_each() -> None:
    other = {**renamed("root"), "root": "teks-lain"}
    pages = [seen(0, renamed("root")), seen(1, other), seen(2, age=3), seen(3, age=3)]
    mended = mend(pages, OUTLET, WATCHES, given={}, name="2026-11-21")
    assert mended.markup is not None
    assert set(mended.markup.root.split(", ")) == {".isi-baru", ".teks-lain"}
    (root,) = (report for report in mended.fields if report.field == "root")
    assert (root.before, root.after) == (2, 4)
    assert mended.doubts == ()
