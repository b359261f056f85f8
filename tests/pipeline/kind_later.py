"""Pages written after the rules were, to see what the rules had not been told. Other templates, other words."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_site import Case, bare, linked_data
from tests.pipeline.kind_texts import HEADLINES, SENTENCES

BASE = "https://www.suaratepi.example"
STORY = f"{BASE}/2026/06/01/wali-kota-resmikan-jembatan-baru"
SAID = {
    "id": [
        "Jembatan itu menghubungkan dua kelurahan yang selama ini hanya dilayani perahu tambang, kata kepala dinas pekerjaan umum.",
        "Warga yang datang sejak subuh menyambut peresmian dengan membawa bunga dan makanan dari dapur masing-masing.",
        "Pembangunan memakan waktu dua tahun dan sempat tertunda karena banjir pada awal musim hujan tahun lalu.",
        "Pemerintah kota berjanji akan memasang lampu di sepanjang jalan masuk sebelum akhir bulan depan.",
        "Seorang pedagang mengatakan bahwa jualannya lebih cepat sampai ke pasar sejak jalan itu dibuka untuk umum.",
        "Pengamat perkotaan meminta pemerintah menghitung kembali biaya perawatan agar tidak membebani anggaran.",
        "Anggota dewan akan memeriksa laporan proyek itu dalam rapat yang dijadwalkan pekan depan di balai kota.",
    ],
    "en": [
        "The bridge joins two districts that until now were served only by small boats, the head of public works said.",
        "Residents who came before dawn greeted the opening with flowers and food from their own kitchens.",
        "Construction took two years and was held up by floods at the beginning of the rainy season last year.",
        "The city has promised to put up lights along the approach road before the end of next month.",
        "A trader said that her goods had reached the market sooner ever since the road was opened to everybody.",
        "An urban planner asked the government to count again what the upkeep of the bridge will cost.",
    ],
}


HEADING = "<h1>Wali kota resmikan jembatan baru</h1>"


def shell(inside: str, title: str = "Suara Tepi", head: str = "") -> str:
    """Another template: tables of divs, no semantic elements."""
    menu = "".join(
        f"<div class=m><a href='/{name}'>{name.title()}</a></div>"
        for name in ("nasional", "daerah", "ekonomi", "hiburan", "video", "foto")
    )
    return f"<html><head><title>{title}</title>{head}</head><body><div id=top>{menu}</div><div id=isi>{inside}</div><div id=bawah>Suara Tepi &copy; 2026. Hak cipta dilindungi.</div></body></html>"


def told(language: str, count: int) -> str:
    return "".join(f"<div>{text}</div>" for text in SAID[language][:count])


def links(count: int, start: int = 0) -> str:
    return "".join(
        f"<div class=k><a href='/2026/05/{n % 28 + 1:02d}/kabar-lain-dari-kota-tetangga-{n}'>Kabar lain dari kota tetangga yang ke-{n}</a><span>{n} jam lalu</span></div>"
        for n in range(start, start + count)
    )


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
