"""Pages on which there is nothing."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_site import Case, bare, cards, site
from tests.pipeline.kind_texts import HEADLINES, LANGUAGES, MISSING, SENTENCES


def of_nothing() -> Iterator[Case]:
    popular = f"<section><h2>Terpopuler</h2>{cards(10, 'Ringkasan berita tentang kota dan warganya pada pekan ini nomor')}</section>"
    for language in LANGUAGES:
        title, words = MISSING[language]
        yield Case(
            f"soft 404 in {language}",
            Kind.SOFT_404,
            site(f"<main><h1>{title}</h1><p>{words}</p></main>", f"{title} - Kabar Kota"),
        )
        yield Case(f"soft 404 without a title in {language}", Kind.SOFT_404, site(f"<main><p>{words}</p></main>"))
    yield Case(
        "soft 404 with popular stories",
        Kind.SOFT_404,
        site(f"<main><h1>Halaman tidak ditemukan</h1><p>Maaf.</p>{popular}</main>", "404 - Kabar Kota"),
    )
    yield Case(
        "soft 404 by its body's class",
        Kind.SOFT_404,
        site(f"<main><p>Ups.</p>{cards(3)}</main>", body="class='error404 logged-out'"),
    )
    yield Case("404 in figures alone", Kind.SOFT_404, site("<main><h1>404</h1><p>Kembali ke beranda</p></main>"))
    yield Case(
        "an article that was removed",
        Kind.SOFT_404,
        site("<main><h1>Kabar Kota</h1><p>Berita ini telah dihapus oleh redaksi.</p></main>"),
    )
    yield Case("a status 410", Kind.SOFT_404, site("<main><p>Sudah tiada</p></main>"), status=410)
    yield Case(
        "a parked domain",
        Kind.SOFT_404,
        bare("<h1>kabar.example</h1><p>This domain is for sale. Buy this domain.</p>", "kabar.example"),
    )
    yield Case(
        "a suspended account",
        Kind.SOFT_404,
        bare("<h1>Account Suspended</h1><p>Contact your hosting provider.</p>", "Account Suspended"),
    )
    yield Case("upkeep", Kind.EMPTY, bare("<h1>Dalam pemeliharaan</h1><p>Kami segera kembali.</p>", "Kabar"))
    yield Case("upkeep in English", Kind.EMPTY, bare("<h1>Down for maintenance</h1>", "Kabar"))
    yield Case("upkeep in Thai", Kind.EMPTY, bare("<h1>ปิดปรับปรุง</h1>", "Kabar"))
    yield Case(
        "a server's error", Kind.EMPTY, bare("<h1>Error establishing a database connection</h1>", "Database Error")
    )
    yield Case(
        "a shell for scripts",
        Kind.EMPTY,
        bare(
            "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript><script src='/app.js'></script>",
            "Kabar",
        ),
    )
    yield Case(
        "a shell without a word", Kind.EMPTY, bare("<div id='__next'></div><script src='/app.js'></script>", "Kabar")
    )
    yield Case("an empty template", Kind.EMPTY, site("<main><h1></h1><div class='entry-content'></div></main>"))
    yield Case(
        "an empty template with a headline",
        Kind.EMPTY,
        site(f"<main><h1>{HEADLINES['id']}</h1><div class='entry-content'></div></main>"),
    )
    yield Case(
        "a redirect by a meta element",
        Kind.EMPTY,
        bare("", "", "<meta http-equiv='refresh' content='0; url=https://kabar.example/baru'>"),
    )
    yield Case(
        "a redirect by a script",
        Kind.EMPTY,
        bare("<script>window.location.href = 'https://kabar.example/baru';</script>"),
    )
    yield Case(
        "a quiz",
        Kind.EMPTY,
        site("<main><h1>Kuis taman kota</h1><p>Berapa luas taman?</p><label><input type=radio>1</label></main>"),
        "https://kabar.example/kuis/kuis-taman-kota-12",
    )
    yield Case(
        "a PDF file",
        Kind.EMPTY,
        b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj <p>" + b"x" * 500,
        headers=(("Content-Type", "application/pdf"),),
    )
    yield Case("a picture", Kind.EMPTY, b"\xff\xd8\xff\xe0\x00\x10JFIF<a>" + bytes(range(256)) * 4)
    yield Case(
        "a JSON document",
        Kind.EMPTY,
        json.dumps({"html": "<p>" + SENTENCES["id"] * 9 + "</p>"}),
        headers=(("Content-Type", "application/json"),),
    )
    yield Case("nothing at all", Kind.EMPTY, b"")
