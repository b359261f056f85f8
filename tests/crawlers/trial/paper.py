"""A made-up site on paper: its answers by address, for trials that ask nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from crawlers.trial.answers import Recorded
from pipeline.model import Page

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
HOST = "https://www.kotasiar.test"
DAYS = {0: "Sabtu", 1: "Jumat", 2: "Kamis", 3: "Rabu", 4: "Selasa"}
STORIES = (
    ("taman-tepi-kali-dibuka-untuk-umum", "Taman tepi kali dibuka untuk umum", "Sri Wulandari"),
    ("pasar-ikan-pindah-ke-gedung-baru", "Pasar ikan pindah ke gedung baru", "Bimo Ardianto"),
    ("jalur-sepeda-diperpanjang-sampai-pelabuhan", "Jalur sepeda diperpanjang sampai pelabuhan", "Sri Wulandari"),
    ("perpustakaan-kota-buka-sampai-malam", "Perpustakaan kota buka sampai malam", "Dewi Lestari Putri"),
)
MARKUP = {"root": "isi-berita", "headline": "judul-berita", "date": "tanggal-berita", "byline": "penulis-berita"}


def printed(number: int) -> str:
    """The date a story prints."""
    day = NOW - timedelta(days=number)
    return f"{DAYS[number]}, {day:%d} November 2026 1{number}:30 WIB"


def paragraphs(number: int) -> tuple[str, ...]:
    """The text of a story, three paragraphs of our own."""
    _, headline, name = STORIES[number]
    return (
        f"{headline}, kata pemerintah kota pada hari itu, setelah pekerjaan selama {number + 2} tahun bersama warga.",
        f"Menurut {name}, banyak warga datang sejak pagi dan mencoba sendiri apa yang baru di kota mereka itu.",
        f"Pemerintah kota menambahkan bahwa pekerjaan ke-{number + 1} dari rencana lima tahun itu selesai tepat waktu.",
    )


def article(number: int, classes: Mapping[str, str] | None = None, *, date: str | None = None) -> str:
    """An article page; `classes`: what its elements are called."""
    names = {**MARKUP, **(classes or {})}
    _, headline, name = STORIES[number]
    body = "".join(f"<p>{text}</p>" for text in paragraphs(number))
    return f"""<html lang="id"><head><title>{headline} - Kota Siar</title>
<meta property="og:title" content="{headline}"><meta property="og:site_name" content="Kota Siar"></head><body>
<div class="kepala"><a href="/">Kota Siar</a><a href="/tag/taman">Taman</a><a href="/foto/12/pasar">Foto</a></div>
<div class="lajur"><h1 class="{names["headline"]}">{headline}</h1>
<div class="{names["byline"]}">Penulis: {name}</div>
<div class="{names["date"]}">{printed(number) if date is None else date}</div>
<div class="{names["root"]}">{body}</div></div>
<div class="samping"><p>Berita lain hari ini dari seluruh kota.</p></div></body></html>"""


def url_of(number: int) -> str:
    return f"{HOST}/berita/{4100 + number}/{STORIES[number][0]}"


def feed() -> str:
    items = "".join(
        f"<item><title>{headline}</title><link>{url_of(number)}</link>"
        f"<pubDate>{NOW - timedelta(days=number):%a, %d %b %Y} 1{number}:30:00 +0700</pubDate></item>"
        for number, (_, headline, _) in enumerate(STORIES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kota Siar</title>{items}</channel></rss>'


def front() -> str:
    links = "".join(f'<a href="{url_of(number)}">{story[1]}</a>' for number, story in enumerate(STORIES))
    return f"""<html lang="id"><head><title>Kota Siar - kabar kota</title>
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="alternate" type="application/rss+xml" href="/komentar/rss.xml"></head><body>
<form action="/cari" method="get"><input name="q"></form>
{links}<a href="/tag/taman">Taman</a><a href="/foto/12/pasar-ikan-pagi-hari">Foto</a><a href="/syarat">Syarat</a>
<a href="/berita/video/pasar-ikan-di-pagi-hari">Video</a></body></html>"""


def results(numbers: tuple[int, ...]) -> str:
    links = "".join(f'<a href="{url_of(number)}">{STORIES[number][1]}</a>' for number in numbers)
    return f"<html><body><h2>Hasil pencarian</h2>{links}</body></html>"


def site(classes: Mapping[str, str] | None = None) -> dict[str, str]:
    """All its pages. The search finds the first story's longest word, and nothing else."""
    pages = {f"{HOST}/": front(), f"{HOST}/rss.xml": feed(), f"{HOST}/robots.txt": "User-agent: *\nDisallow: /ajax/\n"}
    pages |= {url_of(number): article(number, classes) for number in range(len(STORIES))}
    return {**pages, f"{HOST}/cari?q=dibuka": results((0,)), f"{HOST}/cari?q=qxzvwkjpy": results(())}


def page(url: str, body: str, status: int = 200) -> Page:
    kind = (
        "text/plain" if url.endswith("robots.txt") else "application/xml" if body.startswith("<?xml") else "text/html"
    )
    return Page(url, status, (("Content-Type", f"{kind}; charset=utf-8"),), body.encode(), NOW, None)


def recorded(pages: Mapping[str, str], statuses: Mapping[str, int] | None = None) -> Recorded:
    """Whoever answers with these pages; an address that is not there answers 404."""
    found = statuses or {}
    return Recorded(lambda url: page(url, pages.get(url, "<p>404</p>"), found.get(url, 200 if url in pages else 404)))
