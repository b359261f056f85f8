"""Pages written after the rules were, to see what the rules had not been told. Other templates, other words."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_shell import BASE, HEADING, SAID, STORY, links, shell, told
from tests.pipeline.kind_site import Case, linked_data


def later() -> Iterator[Case]:

    yield Case("later: plain article", Kind.ARTICLE, shell(HEADING + told("id", 7)), STORY)
    yield Case("later: article above sixty links", Kind.ARTICLE, shell(HEADING + told("id", 6) + links(60)), STORY)
    yield Case(
        "later: short text above forty links", Kind.SHORT_NOTE, shell(HEADING + told("id", 2) + links(40)), STORY
    )
    yield Case(
        "later: index by day", Kind.LISTING, shell("<h1>Arsip 1 Juni 2026</h1>" + links(30)), f"{BASE}/arsip/2026/06/01"
    )
    yield Case("later: section page", Kind.LISTING, shell("<h1>Daerah</h1>" + links(18)), f"{BASE}/daerah")
    yield Case(
        "later: search without results",
        Kind.EMPTY,
        shell("<h1>Hasil pencarian: jembatan</h1><p>Tidak ada hasil.</p>"),
        f"{BASE}/?s=jembatan",
        also=Kind.LISTING,
    )
    yield Case(
        "later: search with results",
        Kind.LISTING,
        shell("<h1>Hasil pencarian: jembatan</h1>" + links(15)),
        f"{BASE}/?s=jembatan",
    )
    yield Case(
        "later: author page with a biography",
        Kind.LISTING,
        shell(
            "<h1>Ratna Dewi</h1><p>Ratna Dewi menulis tentang kota dan sungai sejak lama untuk koran ini.</p>"
            + links(20)
        ),
        f"{BASE}/author/ratna-dewi",
    )
    yield Case(
        "later: topic page with an introduction",
        Kind.LISTING,
        shell("<h1>Jembatan</h1><p>" + SAID["id"][0] + "</p>" + links(20)),
        f"{BASE}/tag/jembatan",
    )
    yield Case(
        "later: front page with long teasers",
        Kind.LISTING,
        shell(
            "".join(
                f"<div><a href='/2026/06/01/kabar-kota-yang-ke-{n}-hari-ini'>Kabar kota yang ke-{n} hari ini</a><div>{SAID['id'][n % 7]}</div></div>"
                for n in range(14)
            )
        ),
        f"{BASE}/",
    )
    yield Case(
        "later: a liputan under tag words",
        Kind.ARTICLE,
        shell(HEADING + told("id", 7)),
        f"{BASE}/topik/jembatan/wali-kota-resmikan-jembatan-baru-777123",
    )
    yield Case(
        "later: gallery in divs",
        Kind.PHOTO,
        shell(
            HEADING
            + "".join(
                f"<div class=g><img src={n}.jpg><div class='photo-caption'>Warga menyeberangi jembatan baru pada pagi pertama, gambar {n}.</div></div>"
                for n in range(6)
            )
        ),
        f"{BASE}/foto/2026/06/jembatan-baru-dalam-gambar",
    )
    yield Case(
        "later: gallery of captions in paragraphs",
        Kind.PHOTO,
        shell(
            HEADING
            + "".join(f"<p><img src={n}.jpg></p><p>Warga menyeberangi jembatan, gambar {n}.</p>" for n in range(6))
        ),
        f"{BASE}/galeri/2026/06/jembatan-baru-dalam-gambar",
    )
    yield Case(
        "later: photo essay that is long",
        Kind.ARTICLE,
        shell(HEADING + told("id", 7) + "<img src=a.jpg><img src=b.jpg>"),
        f"{BASE}/foto/2026/06/jembatan-baru-dalam-gambar",
    )
    yield Case(
        "later: video with its summary",
        Kind.VIDEO,
        shell(HEADING + "<iframe src='https://video.example/1'></iframe>" + told("id", 3)),
        f"{BASE}/video/2026/06/jembatan-baru-diresmikan",
    )
    yield Case(
        "later: video alone",
        Kind.VIDEO,
        shell(HEADING + "<iframe src='https://video.example/1'></iframe>"),
        f"{BASE}/video/2026/06/jembatan-baru-diresmikan",
    )
    yield Case(
        "later: article with a film inside",
        Kind.ARTICLE,
        shell(HEADING + told("id", 4) + "<iframe src='https://video.example/1'></iframe>" + told("id", 7)),
        STORY,
    )
    yield Case(
        "later: live by times in spans",
        Kind.LIVE_BLOG,
        shell(
            "<h1>LIVE: Peresmian jembatan baru</h1>"
            + "".join(
                f"<div><span class=t>0{n}.30 WIB</span><div>{SAID['id'][n - 5]}</div></div>" for n in range(5, 10)
            )
        ),
        STORY,
    )
    yield Case(
        "later: live in English",
        Kind.LIVE_BLOG,
        shell(
            "<h1>Bridge opening: as it happened</h1>"
            + "".join(f"<div><time>1{n}:05</time><div>{SAID['en'][n]}</div></div>" for n in range(6)),
            "Bridge opening: as it happened",
        ),
        STORY,
    )
    yield Case(
        "later: live in English, schema",
        Kind.LIVE_BLOG,
        shell(
            "<h1>Bridge opening</h1>" + told("en", 6),
            head=linked_data(**{"@type": ["NewsArticle", "LiveBlogPosting"], "headline": "Bridge opening"}),
        ),
        STORY,
    )
