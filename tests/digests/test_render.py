"""What readers see: complete, safe, small, the same twice."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from digests.compose import compose
from digests.layout import as_text
from digests.model import Content
from digests.render import BUDGET, as_html, render
from digests.selection import Choice, select
from digests.view import subject, view
from pipeline.errors import SettingsError
from pipeline.model import Member, Role, RunCounts, RunState, Story, Tag
from tests.digests.contents import empty, full
from tests.digests.examples import NOW, OUTLETS, WIB, article, facts, morning, run, stored

LANGUAGES = ("id", "en")


def page(content: Content, language: str = "id") -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(as_html(content, language).body)


def words_of(content: Content, language: str = "id") -> str:
    return " ".join(page(content, language).text_content().split())


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        (compose(morning(12)), "id", "Kliping, 1 Agustus 2023: 12 peristiwa [tidak lengkap 4/6]"),
        (compose(morning(12)), "en", "Kliping, 1 August 2023: 12 stories [incomplete 4/6]"),
        (compose(facts((stored(1),))), "en", "Kliping, 1 August 2023: 1 story"),
        (compose(facts()), "id", "Kliping, 1 Agustus 2023: tidak ada liputan berarti"),
        (
            compose(facts((stored(1),), kind="report", window_hours=None)),
            "en",
            "Kliping, report 31 July – 1 August 2023: 1 story",
        ),
        (
            compose(facts((stored(1),), list="daily-weekly", since=NOW - timedelta(days=7))),
            "id",
            "Kliping, mingguan 25 Juli – 1 Agustus 2023: 1 peristiwa",
        ),
    ],
)
def test_subject_names_day_stories_and_gaps(content: Content, language: str, expected: str) -> None:
    assert subject(content, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "text", "json"])
def test_every_form_tells_every_story_and_outlet(form: str, language: str) -> None:
    content = compose(morning(12, languages=7))
    body = render(content, language, form).decode()
    for block in content.stories:
        assert "".join(str(block.telling(language).headline).split()) in "".join(body.split())
        assert all(str(place.url) in body for place in block.placements)
    assert all(row.title in body for row in content.coverage)


def test_the_first_screen_names_the_outlets_not_checked_and_why() -> None:
    text = words_of(replace(compose(morning(1)), corrections=()))
    screen = text[text.index("Selasa, 1 Agustus") : text.rindex("Dua puluh wali kota tiba")]
    assert "4/6 diperiksa" in screen
    assert "iNews: tidak diperiksa – server menjawab dengan galat" in screen
    assert "Redaksi Jakarta" not in screen


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Tidak ada liputan berarti: 6 dari 6 outlet diperiksa."),
        ("en", "No significant coverage: 6 of 6 outlets checked."),
    ],
)
@pytest.mark.parametrize("form", ["html", "text"])
def test_a_day_without_stories_says_so_in_words(language: str, sentence: str, form: str) -> None:
    assert sentence in " ".join(render(compose(facts()), language, form).decode().split())


@pytest.mark.parametrize("form", ["html", "text"])
def test_what_is_absent_leaves_no_trace(form: str) -> None:
    bare = replace(article(1), summary=None, tags=(), watches=())
    body = render(compose(facts((stored(1, bare),))), "id", form).decode()
    assert "None" not in body
    for word in ("Topik", "Pembaruan", "salinan", "Kelanjutan", "perlu klarifikasi", "Berita lainnya", "lampiran"):
        assert word not in body


def test_marks_stand_where_they_belong() -> None:
    undated = replace(article(1), date_published=None, fetched_at=NOW, disputed=("Dua puluh wali kota",))
    body = words_of(compose(facts((stored(1, undated, version=2),), earlier={1: (NOW.date(),)})))
    for mark in ("Pembaruan", "tanggal tidak tercetak", "berubah sejak dikirim", "[perlu klarifikasi]"):
        assert mark in body


def test_watches_go_by_their_abbreviation_and_topics_by_the_readers_language() -> None:
    tagged = replace(article(1), tags=(Tag("flood", "Floods and disasters", "r"), Tag("own", "Sendiri", "r")))
    titles = {"amf": "ASEAN Mayors Forum (AMF)"}
    content = compose(facts((stored(1, tagged),), watch_titles=titles))
    (part,) = view(content, "id").parts
    assert part.heading.startswith("AMF 2023")
    assert part.stories[0].kicker == ""  # what the heading says is not said again
    assert "Topik: Banjir dan bencana, Sendiri" in words_of(content)
    assert "Topics: Floods and disasters, Sendiri" in words_of(content, "en")


def test_articles_that_failed_are_counted_on_the_first_screen() -> None:
    counts = RunCounts(new=9, kept=5, failed=2)
    broken = run(1, "antara", RunState.PARTIAL, counts=counts)
    content = compose(facts(runs=(broken, *(run(n, o.name) for n, o in enumerate(OUTLETS[1:], 2)))))
    assert content.complete
    assert "2 artikel gagal diambil; lihat tabel di akhir." in words_of(content)


def test_older_articles_are_counted_and_stated() -> None:
    content = compose(facts((stored(1), stored(2, article(2, hours_ago=500)))))
    assert "1 artikel dari sebelum 72 jam terakhir tidak ditampilkan di sini; lihat laporan." in words_of(content)


def test_foreign_text_carries_its_language() -> None:
    content = compose(morning(7, languages=7))
    marked = page(content).xpath("//h3/a/@lang")
    assert sorted(marked) == ["en", "km", "my", "th", "vi", "zh"]
    assert page(content).get("lang") == "id"
    assert page(content, "en").get("lang") == "en"


def test_layout_tables_are_hidden_from_screen_readers_and_the_data_table_has_headers() -> None:
    tables = page(compose(morning(3))).xpath("//table")
    data = [table for table in tables if table.get("role") not in ("presentation", "img")]
    assert data
    for table in data:
        rows = table.xpath("./tbody/tr[not(contains(@class, 'wr'))]")
        assert len(table.xpath(".//th[@scope='col']")) == len(rows[0].xpath("./th | ./td"))
        assert len(table.xpath(".//th[@scope='row']")) == len(rows)


@pytest.mark.parametrize("count", [0, 1, 12])
def test_headings_go_down_one_step_at_a_time(count: int) -> None:
    levels = [int(element.tag[1]) for element in page(full(count) if count else empty()).xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("count", "languages"), [(0, 1), (1, 1), (12, 7), (300, 1), (300, 7)])
def test_html_stays_within_its_budget(count: int, languages: int, language: str) -> None:
    made = as_html(compose(morning(count, languages)), language)
    assert len(made.body) <= BUDGET
    assert made.shortened == (count == 300)


def test_html_of_three_hundred_thai_stories_stays_within_its_budget() -> None:
    seen = morning(300, languages=3)
    thai = tuple(
        replace(one, article=replace(one.article, headline="ผู้ว่าราชการ" * 24, summary="ผู้ว่าราชการ" * 26))
        for one in seen.articles
    )
    made = as_html(compose(replace(seen, articles=thai, max_stories=500)), "id")
    assert len(made.body) <= BUDGET
    assert made.shortened


def test_html_of_one_story_at_two_hundred_outlets_stays_within_its_budget() -> None:
    titles = {f"outlet{number}": f"Harian Kota {number}" for number in range(200)}
    pages = tuple(stored(number, article(number, outlet=f"outlet{number}")) for number in range(1, 200))
    story = Story("s", tuple(Member(one.id, Role.REPORT, "r") for one in pages), origin=1)
    runs = tuple(run(number, name, RunState.KILLED) for number, name in enumerate(titles))
    seen = facts(pages, stories=(story,), titles=titles, runs=runs)
    content = compose(seen)
    made = as_html(content, "id")
    assert len(made.body) <= BUDGET
    assert made.shortened
    assert "dan 187 pemuatan lain" in made.body.decode()
    assert as_text(view(content, "id")).count("https://") == 199 + 0


def test_fewer_blocks_than_stories_lists_the_rest_by_headline() -> None:
    content = replace(compose(morning(12)), max_stories=3)
    tree = page(content)
    assert len(tree.xpath("//h3")) == 3
    further = tree.xpath("//h2[.='Berita lainnya']/following-sibling::p")
    assert len(further) == 9
    assert all(line.xpath("./a/@href") for line in further)


def test_text_lines_are_at_most_72_columns_but_for_addresses() -> None:
    lines = as_text(view(compose(morning(12, languages=2)), "id")).splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 72


def test_rendering_twice_gives_the_same_bytes_in_another_process_too() -> None:
    code = (
        "import hashlib;from tests.digests.examples import morning;from digests.compose import compose;"
        "from digests.render import render;"
        "print(hashlib.sha256(render(compose(morning(30,7)),'id','html')).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"}
    )
    made = render(compose(morning(30, 7)), "id", "html")
    assert done.stdout.strip() == hashlib.sha256(made).hexdigest()
    assert render(compose(morning(30, 7)), "id", "html") == made


def test_no_part_of_the_mail_is_fetched_from_elsewhere() -> None:
    tree = page(compose(morning(12)))
    assert not tree.xpath("//img | //link | //@src | //@background")
    assert "url(" not in as_html(compose(morning(12)), "id").body.decode()


def test_dark_mode_is_announced_and_styled() -> None:
    body = as_html(compose(morning(1)), "id").body.decode()
    assert 'content="light dark"' in body
    assert "prefers-color-scheme" in body


def test_unknown_languages_and_formats_are_refused_in_one_line() -> None:
    with pytest.raises(SettingsError, match="id and en"):
        render(compose(facts()), "th", "html")
    with pytest.raises(SettingsError, match="html, text, json"):
        render(compose(facts()), "id", "fax")


def test_a_selection_renders_its_own_counts() -> None:
    content = select(compose(morning(6, languages=3)), Choice(("amf",)))
    assert f"{content.totals.articles} artikel" in words_of(content)


def test_times_are_those_of_the_lists_zone() -> None:
    late = stored(1, replace(article(1), date_published=NOW.replace(hour=0, minute=30).astimezone(WIB)))
    assert "1 Agu 00.30 WIB" in words_of(compose(facts((late,))))
