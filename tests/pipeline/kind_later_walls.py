"""Walls and missing pages written after the rules were."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_shell import BASE, HEADING, SAID, STORY, links, shell, told
from tests.pipeline.kind_site import Case, bare
from tests.pipeline.kind_texts import HEADLINES, SENTENCES


def later_walls() -> Iterator[Case]:
    yield Case(
        "later: not free, in microdata words",
        Kind.PAYWALL,
        shell(
            HEADING
            + told("id", 2)
            + "<div id='premium-box'>Artikel ini khusus pelanggan. <a href='/langganan'>Langganan sekarang</a></div>"
        ),
        STORY,
    )
    yield Case(
        "later: metered",
        Kind.PAYWALL,
        shell(
            HEADING
            + told("en", 2)
            + "<div class=gate>You have reached your limit of free articles. <a href=/s>Subscribe</a></div>"
        ),
        STORY,
    )
    yield Case(
        "later: register",
        Kind.PAYWALL,
        shell(HEADING + told("en", 1) + "<div class=regwall>Register to continue, it is free.</div>"),
        STORY,
    )
    yield Case(
        "later: article with a newsletter box",
        Kind.ARTICLE,
        shell(HEADING + told("en", 6) + "<div>Sign up for our newsletter. Already a subscriber? Log in.</div>"),
        STORY,
    )
    yield Case(
        "later: note with a newsletter box",
        Kind.SHORT_NOTE,
        shell(HEADING + told("en", 2) + "<div>Sign up for our newsletter.</div>"),
        STORY,
    )
    yield Case(
        "later: members",
        Kind.PAYWALL,
        shell(HEADING + told("en", 1) + "<p>This content is for members only.</p>"),
        STORY,
    )
    yield Case(
        "later: wall without a name",
        Kind.BLOCK_PAGE,
        bare(
            "<h2>Akses dibatasi</h2><p>Alamat IP Anda (192.0.2.7) mengirim terlalu banyak permintaan.</p>",
            "Akses dibatasi",
        ),
        STORY,
        429,
    )
    yield Case(
        "later: wall without a name at 200",
        Kind.BLOCK_PAGE,
        bare(
            "<h2>Akses dibatasi</h2><p>Alamat IP Anda (192.0.2.7) mengirim terlalu banyak permintaan.</p>",
            "Akses dibatasi",
        ),
        STORY,
    )
    yield Case(
        "later: forbidden by a server",
        Kind.BLOCK_PAGE,
        bare("<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>", "403 Forbidden"),
        STORY,
        403,
    )
    yield Case(
        "later: forbidden at 200",
        Kind.BLOCK_PAGE,
        bare("<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>", "403 Forbidden"),
        STORY,
    )
    yield Case(
        "later: slider",
        Kind.BLOCK_PAGE,
        bare("<div class='slider-captcha'></div><script src='/captcha.js'></script>", "Verifying"),
        STORY,
    )
    yield Case(
        "later: geographic",
        Kind.BLOCK_PAGE,
        bare("<p>Sorry, this content is not available in your region.</p>", "Content is not available"),
        STORY,
        451,
    )
    yield Case(
        "later: robot question",
        Kind.BLOCK_PAGE,
        bare(
            "<p>To continue, please type the characters below. Our systems have detected unusual traffic from your network.</p><img src=captcha.gif>",
            "Sorry...",
        ),
        STORY,
    )
    yield Case(
        "later: turnstile in the newspaper's own frame",
        Kind.BLOCK_PAGE,
        shell("<h1>Memeriksa peramban Anda</h1><div class='cf-turnstile'></div><p>Pastikan Anda manusia.</p>"),
        STORY,
    )
    yield Case(
        "later: note beside a captcha form",
        Kind.SHORT_NOTE,
        shell(HEADING + told("id", 2) + "<form><div class='g-recaptcha' data-sitekey='x'></div></form>"),
        STORY,
    )
    yield Case(
        "later: article about a blocked road",
        Kind.ARTICLE,
        shell("<h1>Jalan ke jembatan diblokir, akses ditolak petugas</h1>" + told("id", 7), "Akses ditolak petugas"),
        STORY,
    )
    yield Case(
        "later: note about a blocked road",
        Kind.SHORT_NOTE,
        shell(
            "<h1>Akses ditolak: jalan ke jembatan ditutup</h1>" + told("id", 2),
            "Akses ditolak: jalan ke jembatan ditutup",
        ),
        STORY,
    )
    yield Case(
        "later: note about blocked accounts",
        Kind.SHORT_NOTE,
        shell(
            "<h1>Ribuan akun diblokir karena aktivitas mencurigakan</h1><div>Kementerian memblokir ribuan akun karena aktivitas mencurigakan, dan alamat IP Anda pun dapat diperiksa, katanya.</div>"
            + told("id", 1)
        ),
        STORY,
    )


def later_nothing() -> Iterator[Case]:
    yield Case(
        "later: lost page with a search box",
        Kind.SOFT_404,
        shell(
            "<h2>Waduh, halamannya hilang!</h2><p>Halaman yang Anda tuju tidak ada. Coba cari:</p><form><input name=s></form>"
        ),
        STORY,
    )
    yield Case(
        "later: lost page in English with stories",
        Kind.SOFT_404,
        shell(
            "<h1>Oops! That page can't be found.</h1><p>It looks like nothing was found at this location.</p>"
            + links(12)
        ),
        STORY,
    )
    yield Case(
        "later: 404 title only",
        Kind.SOFT_404,
        shell("<p>Kembali ke beranda.</p>" + links(8), "404 - Suara Tepi"),
        STORY,
    )
    yield Case(
        "later: story removed",
        Kind.SOFT_404,
        shell("<h1>Artikel telah dihapus</h1><p>Redaksi telah menghapus artikel ini.</p>"),
        STORY,
    )
    yield Case(
        "later: not found in a big template",
        Kind.SOFT_404,
        shell("<div class='not-found'><b>Data tidak ditemukan</b></div>" + links(30)),
        STORY,
    )
    yield Case(
        "later: article on missing things",
        Kind.ARTICLE,
        shell("<h1>Dokumen proyek tidak ditemukan</h1>" + told("id", 7), "Dokumen proyek tidak ditemukan - Suara Tepi"),
        STORY,
    )
    yield Case(
        "later: note on missing things",
        Kind.SHORT_NOTE,
        shell("<h1>Tidak ditemukan</h1>" + told("id", 2), "Korban tidak ditemukan sampai malam - Suara Tepi"),
        STORY,
        also=Kind.SOFT_404,
    )
    yield Case(
        "later: note on a page",
        Kind.SHORT_NOTE,
        shell("<h1>Halaman terakhir sebuah koran</h1>" + told("id", 2), "Halaman terakhir sebuah koran"),
        STORY,
    )
    yield Case(
        "later: note called Error",
        Kind.SHORT_NOTE,
        shell(
            "<h1>Error di loket membuat antrean panjang</h1>" + told("id", 2), "Error di loket membuat antrean panjang"
        ),
        STORY,
    )
    yield Case(
        "later: note that begins with Maaf",
        Kind.SHORT_NOTE,
        shell("<h1>Maaf, kata wali kota</h1>" + told("id", 2), "Maaf, kata wali kota"),
        STORY,
    )
    yield Case(
        "later: note: sorry",
        Kind.SHORT_NOTE,
        shell("<h1>Sorry, says the mayor</h1>" + told("en", 2), "Sorry, says the mayor"),
        STORY,
    )
    yield Case("later: article called Sorry", Kind.ARTICLE, shell("<h1>Sorry</h1>" + told("en", 6), "Sorry"), STORY)
    yield Case(
        "later: waiting room",
        Kind.BLOCK_PAGE,
        bare("<h1>Please wait</h1><p>Checking your browser before you go on.</p>", "Please wait..."),
        STORY,
    )
    yield Case(
        "later: upkeep",
        Kind.EMPTY,
        bare("<h2>Situs sedang dalam perbaikan</h2><p>Mohon kembali beberapa saat lagi.</p>", "Suara Tepi"),
        STORY,
    )
    yield Case(
        "later: gateway", Kind.EMPTY, bare("<center><h1>502 Bad Gateway</h1></center>", "502 Bad Gateway"), STORY, 502
    )
    yield Case(
        "later: script needed",
        Kind.EMPTY,
        bare(
            "<noscript><strong>We're sorry but this site doesn't work properly without JavaScript enabled.</strong></noscript><div id=app></div><script src=a.js></script>",
            "Suara Tepi",
        ),
        STORY,
    )
    yield Case(
        "later: redirect",
        Kind.EMPTY,
        bare(
            "<p>Redirecting…</p><script>setTimeout(function(){location.replace('/login')},10)</script>", "Redirecting"
        ),
        STORY,
    )
    yield Case(
        "later: parked",
        Kind.SOFT_404,
        bare(
            "<h1>suaratepi.example</h1><p>The domain name is available for sale. Related searches: hotels, flights</p>",
            "suaratepi.example",
        ),
        STORY,
    )
    yield Case(
        "later: server's first page",
        Kind.SOFT_404,
        bare("<h1>Welcome to nginx!</h1><p>If you see this page, the server is installed.</p>", "Welcome to nginx!"),
        STORY,
    )
    yield Case(
        "later: log in",
        Kind.PAYWALL,
        bare("<form><h2>Sign in</h2><input type=email><input type=password></form>", "Sign in"),
        STORY,
    )
    yield Case("later: only a headline", Kind.EMPTY, shell(HEADING), STORY)
    yield Case(
        "later: a poem",
        Kind.ARTICLE,
        shell(
            "<h1>Jembatan, sebuah puisi</h1><div>"
            + "<br>".join(f"Di atas air aku menunggu pagi yang ke-{n}" for n in range(24))
            + "</div>"
        ),
        STORY,
    )
    yield Case(
        "later: results of a match",
        Kind.ARTICLE,
        shell(
            "<h1>Hasil lomba perahu di jembatan baru</h1><div>"
            + SAID["id"][0]
            + "</div><ul>"
            + "".join(f"<li>Perahu {n}: {n},{n} detik, regu kampung ke-{n}</li>" for n in range(15))
            + "</ul>"
        ),
        STORY,
    )
    yield Case(
        "later: letter of the editor with links",
        Kind.ARTICLE,
        shell(
            "<h1>Pilihan redaksi pekan ini</h1>"
            + "".join(
                f"<p>{text} Selengkapnya di <a href='/2026/05/01/kabar-lain-dari-kota-{n}'>kabar lain dari kota</a>.</p>"
                for n, text in enumerate(SAID["id"])
            )
        ),
        STORY,
    )
    for language in ("th", "km", "lo", "my", "zh"):
        text = "".join(
            f"<div>{SENTENCES[language]}</div>" if n == 0 else f"<div>{n} {SENTENCES[language]}</div>" for n in range(9)
        )
        yield Case(
            f"later: article in {language} above links",
            Kind.ARTICLE,
            shell(f"<h1>{HEADLINES[language]}</h1>{text}" + links(30), HEADLINES[language]),
            STORY,
        )
        yield Case(
            f"later: note in {language} at a bare address",
            Kind.SHORT_NOTE,
            shell(f"<h1>{HEADLINES[language]}</h1><div>{SENTENCES[language]}</div>", HEADLINES[language]),
            f"{BASE}/a/99",
        )
