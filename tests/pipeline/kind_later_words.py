"""Addresses and words that look like a list's or a wall's, written after the rules were."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_shell import BASE, HEADING, SAID, STORY, links, shell, told
from tests.pipeline.kind_site import Case


def later_addresses() -> Iterator[Case]:
    """The same page at addresses that are a list's, and at some that only look so."""
    lists = f"<h1>Kota</h1>{links(9)}<p>{SAID['id'][0]}</p>"
    paths = (
        "tag/jembatan",
        "tag/jembatan/2",
        "penulis/ratna-dewi",
        "indeks/2026/06/01",
        "arsip/2026",
        "kategori/kota",
        "kategori/kota-dan-desa",
        "topik/jembatan",
        "?s=jembatan",
        "search?q=jembatan",
        "page/3",
    )
    for path in paths:
        yield Case(f"later: nine links and a line at /{path}", Kind.LISTING, shell(lists), f"{BASE}/{path}")
    note = f"{HEADING}{told('id', 2)}{links(9)}"
    for path in (
        "kategori/kota/wali-kota-resmikan-jembatan-baru",
        "fokus/wali-kota-resmikan-jembatan-baru",
        "page/wali-kota-resmikan-jembatan-baru",
        "topik/jembatan/wali-kota-resmikan-jembatan-baru",
        "terkini/777123/wali-kota-resmikan-jembatan-baru",
    ):
        yield Case(f"later: a note at /{path}", Kind.SHORT_NOTE, shell(note), f"{BASE}/{path}")


def later_words() -> Iterator[Case]:
    """Short notes whose headline, sidebar or form holds a word of a wall."""
    captcha = "<form><textarea></textarea><div class='g-recaptcha' data-sitekey='x'></div></form>"
    for headline in (
        "KPU mulai verifikasi partai politik",
        "Sebentar lagi jembatan dibuka",
        "Road to the bridge blocked by mud",
        "Konten tidak tersedia di perpustakaan, kata warga",
        "Captcha baru di loket",
    ):
        yield Case(
            f"later: {headline}",
            Kind.SHORT_NOTE,
            shell(f"<h1>{headline}</h1>{told('id', 2)}{captcha}", headline),
            STORY,
        )
    for headline in (
        "Account suspended: wali kota kehilangan akunnya",
        "Rumah dijual, this domain is for sale katanya",
        "Kota ini coming soon di bioskop",
        "Halaman sekolah tidak tersedia untuk parkir",
        "Dokumen proyek tidak ditemukan di gudang",
    ):
        yield Case(f"later: {headline}", Kind.SHORT_NOTE, shell(f"<h1>{headline}</h1>{told('id', 2)}", headline), STORY)
    for badge in ("Khusus pelanggan", "Subscribers only", "Konten premium", "เฉพาะสมาชิก", "会员专享"):
        cards = f"<div class=k><b>{badge}</b><a href='/2026/05/01/kabar-lain-dari-kota-tetangga'>Kabar lain dari kota tetangga</a></div>"
        yield Case(
            f"later: a note beside a card with {badge}", Kind.SHORT_NOTE, shell(HEADING + told("id", 2) + cards), STORY
        )
    yield Case(
        "later: a cookie bar over a note",
        Kind.SHORT_NOTE,
        shell("<div>We value your privacy. <button>OK</button></div>" + HEADING + told("id", 2)),
        STORY,
    )
    yield Case(
        "later: a note with a search box for lost pages",
        Kind.SHORT_NOTE,
        shell(HEADING + told("id", 2) + "<div>Halaman yang Anda cari tidak ada? Tulis kepada kami.</div>"),
        STORY,
    )
    yield Case(
        "later: a note in a gallery's frame",
        Kind.SHORT_NOTE,
        shell(HEADING + told("id", 2) + "<figure><img src=a.jpg><figcaption>Jembatan baru.</figcaption></figure>"),
        STORY,
    )
    yield Case(
        "later: a note with a player",
        Kind.SHORT_NOTE,
        shell(HEADING + told("id", 2) + "<video src=v.mp4></video>"),
        STORY,
    )
    yield Case(
        "later: a note by a log-in box",
        Kind.SHORT_NOTE,
        shell("<form>Masuk <input type=password></form>" + HEADING + told("id", 2)),
        STORY,
    )
