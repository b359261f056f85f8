"""Articles and short notes in ten languages, and those that a rule may take for something else."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_site import Case, cards, figures, linked_data, site, story
from tests.pipeline.kind_texts import HEADLINES, LANGUAGES, SENTENCES, paragraphs


def of_text() -> Iterator[Case]:
    """Articles and short notes: lengths in characters mean different things in different scripts."""
    for language in LANGUAGES:
        yield Case(f"article in {language}", Kind.ARTICLE, story(language, 12))
        yield Case(f"note of one sentence in {language}", Kind.SHORT_NOTE, story(language, 1))
    related = f"<aside><h2>Berita terkait</h2>{cards(40)}</aside>"
    yield Case("article with forty related links", Kind.ARTICLE, site(story("id", 8) + related))
    yield Case("article at an address that names nothing", Kind.ARTICLE, story(), "https://kabar.example/baca?x=1")
    yield Case(
        "article under a category",
        Kind.ARTICLE,
        story(),
        "https://kabar.example/kategori/kota/taman-kota-baru-dibuka-hari-ini",
    )
    yield Case(
        "article under a page word",
        Kind.ARTICLE,
        story(),
        "https://kabar.example/page/kota/taman-kota-baru-dibuka-hari-ini",
    )
    yield Case(
        "article whose metadata draw an image",
        Kind.ARTICLE,
        story(
            head=linked_data(
                **{
                    "@graph": [
                        {"@type": "ImageObject", "url": "/a.jpg"},
                        {"@type": "WebPage"},
                        {"@type": "Person", "name": "Ratna"},
                    ]
                }
            )
        ),
    )
    yield Case(
        "article with a video in its metadata",
        Kind.ARTICLE,
        story(
            head=linked_data(**{"@type": "NewsArticle", "headline": HEADLINES["id"], "video": {"@type": "VideoObject"}})
        ),
    )
    yield Case(
        "article beside a VideoObject",
        Kind.ARTICLE,
        story(
            head=linked_data(
                **{"@graph": [{"@type": "NewsArticle", "headline": HEADLINES["id"]}, {"@type": "VideoObject"}]}
            )
        ),
    )
    yield Case(
        "short note with a video",
        Kind.SHORT_NOTE,
        story(
            "id",
            2,
            head=linked_data(
                **{"@graph": [{"@type": "NewsArticle", "headline": HEADLINES["id"]}, {"@type": "VideoObject"}]}
            ),
        ),
    )
    yield Case("article with six pictures", Kind.ARTICLE, story("id", 8, figures(6)))
    yield Case(
        "article about captchas",
        Kind.ARTICLE,
        site(
            "<main><h1>Mengapa captcha meminta kita memilih lampu</h1><div class='entry-content'>"
            + paragraphs("id", 6)
            + "<p>Pembaca diminta membuktikan bahwa ia bukan robot, kata situs itu.</p></div></main>"
        ),
    )
    yield Case(
        "note about a captcha",
        Kind.SHORT_NOTE,
        site(
            "<main><h1>Situs balai kota kini memakai captcha</h1><div class='entry-content'><p>Balai kota memasang captcha di situsnya"
            " sehingga pengunjung harus membuktikan bahwa ia bukan robot sebelum mengambil nomor antrean.</p></div></main>"
        ),
    )
    yield Case(
        "note about a 404 error",
        Kind.SHORT_NOTE,
        site(
            "<main><h1>Situs pendaftaran sekolah menampilkan error 404 sepanjang pagi</h1><div class='entry-content'><p>Orang tua murid"
            " mengeluh karena situs pendaftaran hanya menampilkan tulisan error 404 sejak Senin pukul enam pagi.</p></div></main>",
            "Situs pendaftaran sekolah menampilkan error 404 sepanjang pagi - Kabar Kota",
        ),
    )
    yield Case(
        "article about a 404 error",
        Kind.ARTICLE,
        site(
            "<main><h1>404 not found: asal mula sebuah angka</h1><div class='entry-content'>"
            + paragraphs("id", 8)
            + "</div></main>"
        ),
    )
    yield Case(
        "article quoting access denied",
        Kind.ARTICLE,
        site(
            "<main><h1>Layar itu menulis access denied</h1><div class='entry-content'><p>“Access denied,” tulis layar di balai kota,"
            " dan warga pulang tanpa kartu.</p>" + paragraphs("id", 6) + "</div></main>",
            "Access denied di balai kota",
        ),
    )
    yield Case(
        "note on a lost child",
        Kind.SHORT_NOTE,
        site(
            "<main><h1>Anak hilang di taman belum ditemukan</h1><div class='entry-content'><p>"
            + SENTENCES["id"]
            + "</p></div></main>",
            "Anak hilang di taman belum ditemukan",
        ),
    )
    yield Case(
        "note that a flat is for sale",
        Kind.SHORT_NOTE,
        site(
            "<main><h1>Rumah dinas wali kota dijual</h1><div class='entry-content'><p>"
            + SENTENCES["id"]
            + "</p></div></main>"
        ),
    )
    yield Case(
        "article on a site's upkeep",
        Kind.ARTICLE,
        site(
            "<main><h1>Situs kota dalam pemeliharaan sepekan</h1><div class='entry-content'>"
            + paragraphs("id", 6)
            + "</div></main>"
        ),
    )
    yield Case(
        "article on cookies",
        Kind.ARTICLE,
        site(
            "<main><h1>Sebelum Anda melanjutkan: arti persetujuan kuki</h1><div class='entry-content'>"
            + paragraphs("id", 6)
            + "</div></main>"
        ),
    )
    yield Case(
        "article under a cookie banner",
        Kind.ARTICLE,
        site(
            "<div class='cookie-banner'><p>We value your privacy. Accept all cookies to continue.</p></div>" + story()
        ),
    )
    yield Case(
        "article with a timetable",
        Kind.ARTICLE,
        site(
            "<main><h1>Jadwal pembukaan taman kota pekan ini</h1><div class='entry-content'>"
            + paragraphs("id", 5)
            + "".join(f"<p>0{n}.00 WIB Pintu {n} dibuka untuk umum</p>" for n in range(6, 10))
            + "</div></main>"
        ),
    )
    yield Case(
        "article with a noscript hint", Kind.ARTICLE, site("<noscript>Please enable JavaScript</noscript>" + story())
    )
    yield Case(
        "article with a log-in in its menu",
        Kind.ARTICLE,
        site("<form><input name=u><input type=password name=p><button>Masuk</button></form>" + story()),
    )
    yield Case(
        "article with a refresh for readers", Kind.ARTICLE, story(head="<meta http-equiv=refresh content='900'>")
    )
    yield Case(
        "article of one block between br",
        Kind.ARTICLE,
        site(
            "<main><h1>"
            + HEADLINES["id"]
            + "</h1><div class='isi'>"
            + "<br><br>".join([SENTENCES["id"]] * 2 + [f"{n} {SENTENCES['id']}" for n in range(6)])
            + "</div></main>"
        ),
    )
