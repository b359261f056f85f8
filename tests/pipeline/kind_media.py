"""Photo, video and live pages, and lists."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Kind
from tests.pipeline.kind_site import Case, cards, figures, linked_data, site, story
from tests.pipeline.kind_texts import HEADLINES, SENTENCES, paragraphs


def of_pictures() -> Iterator[Case]:
    gallery = f"<main><h1>Galeri pembukaan taman kota</h1><div class='galeri'>{figures(9)}</div></main>"
    for path in (
        "foto/2026",
        "photo/kota",
        "galeri-foto",
        "gallery/news",
        "fotonews",
        "photos",
        "slideshow",
        "larawan",
    ):
        yield Case(
            f"photos under /{path}/",
            Kind.PHOTO,
            site(gallery),
            f"https://kabar.example/{path}/pembukaan-taman-kota-12345",
        )
    yield Case(
        "photos on a host of their own",
        Kind.PHOTO,
        site(gallery),
        "https://foto.kabar.example/read/12345/pembukaan-taman-kota",
    )
    yield Case("a gallery at an ordinary address", Kind.PHOTO, site(gallery))
    yield Case("a gallery by its JSON-LD", Kind.PHOTO, site(gallery, head=linked_data(**{"@type": "ImageGallery"})))
    yield Case(
        "a gallery with one line of text", Kind.PHOTO, site(gallery.replace("<div", f"<p>{SENTENCES['id']}</p><div", 1))
    )
    yield Case(
        "one picture and its caption",
        Kind.PHOTO,
        site(f"<main><h1>Foto hari ini</h1>{figures(1)}</main>"),
        "https://kabar.example/foto/12345/foto-hari-ini-di-taman",
    )
    yield Case(
        "a photo story with a text",
        Kind.ARTICLE,
        story("id", 9, figures(8)),
        "https://kabar.example/foto/12345/di-balik-taman-kota-yang-baru",
    )
    yield Case(
        "an infographic",
        Kind.PHOTO,
        site("<main><h1>Taman kota dalam angka</h1><img src='/i.png'></main>"),
        "https://kabar.example/infografik/12345/taman-kota-dalam-angka",
    )
    yield Case(
        "an infographic with a sentence",
        Kind.PHOTO,
        story("id", 1),
        "https://kabar.example/infografis/taman-kota-dalam-angka-1",
    )
    yield Case(
        "an infographic with an article",
        Kind.ARTICLE,
        story("id", 9),
        "https://kabar.example/infografis/taman-kota-dalam-angka-1",
    )


def of_videos() -> Iterator[Case]:
    player = "<main><h1>Video: pembukaan taman kota</h1><video src='/v.mp4'></video>{}</main>"
    for path in ("video", "videos", "tv", "20detik", "watch", "shorts"):
        yield Case(
            f"video under /{path}/",
            Kind.VIDEO,
            site(player.format("")),
            f"https://kabar.example/{path}/12345/pembukaan-taman-kota",
        )
    yield Case(
        "video with two sentences",
        Kind.VIDEO,
        site(player.format(f"<div class='entry-content'>{paragraphs('id', 2)}</div>")),
        "https://kabar.example/video/12345/pembukaan-taman-kota",
    )
    yield Case(
        "video by its JSON-LD",
        Kind.VIDEO,
        site(player.format(f"<p>{SENTENCES['id']}</p>"), head=linked_data(**{"@type": "VideoObject"})),
    )
    yield Case(
        "video by OpenGraph",
        Kind.VIDEO,
        site(player.format(f"<p>{SENTENCES['id']}</p>"), head="<meta property='og:type' content='video.other'>"),
    )
    yield Case(
        "video on a host of its own",
        Kind.VIDEO,
        site(player.format("")),
        "https://tv.kabar.example/read/pembukaan-taman-kota-1",
    )
    yield Case(
        "video with a whole article",
        Kind.ARTICLE,
        story("id", 10),
        "https://kabar.example/video/12345/pembukaan-taman-kota",
    )


def of_live() -> Iterator[Case]:
    entries = "".join(f"<h3>1{n}.15 WIB</h3><p>{SENTENCES['id']} Catatan {n}.</p>" for n in range(6))
    lines = "".join(f"<p>1{n}:15 WIB - {SENTENCES['id']} Catatan {n}.</p>" for n in range(6))
    yield Case(
        "live blog by its JSON-LD",
        Kind.LIVE_BLOG,
        story(head=linked_data(**{"@type": "LiveBlogPosting", "headline": "Taman"})),
    )
    yield Case(
        "live blog in a graph", Kind.LIVE_BLOG, story(head=linked_data(**{"@graph": [{"@type": "LiveBlogPosting"}]}))
    )
    for path in ("live", "live-blog", "live-report", "liputan-langsung", "tuong-thuat"):
        yield Case(
            f"live under /{path}/", Kind.LIVE_BLOG, story(), f"https://kabar.example/{path}/pembukaan-taman-kota-12345"
        )
    for headline in (
        "LIVE: Pembukaan taman kota",
        "Live Update: pembukaan taman kota",
        "Trực tiếp: mở cửa công viên",
        "直播：公园开放",
        "สด: เปิดสวน",
    ):
        for form, what in ((entries, "headings"), (lines, "lines")):
            yield Case(
                f"{headline} with {what}",
                Kind.LIVE_BLOG,
                site(f"<main><h1>{headline}</h1><div class='entry-content'>{form}</div></main>", headline),
            )
    yield Case(
        "an article that begins with LIVE",
        Kind.ARTICLE,
        site(
            f"<main><h1>Live: konser di taman kota</h1><div class='entry-content'>{paragraphs('id', 8)}</div></main>",
            "Live: konser",
        ),
    )


def of_lists() -> Iterator[Case]:
    teaser = "Ringkasan berita tentang kota dan warganya pada pekan ini di bagian nomor"
    for path in (
        "",
        "tag/taman-kota",
        "tag/taman-kota/",
        "indeks/2026-06-01",
        "search?q=taman",
        "kategori/kota",
        "author/ratna-dewi",
        "topik/taman",
        "kota",
        "kota/",
        "page/2",
        "terkini",
        "foto/",
    ):
        yield Case(f"list at /{path}", Kind.LISTING, site(f"<main>{cards(24)}</main>"), f"https://kabar.example/{path}")
    for path in ("", "tag/taman-kota", "penulis/ratna-dewi", "topik/taman", "indeks"):
        yield Case(
            f"list with teasers at /{path}",
            Kind.LISTING,
            site(f"<main>{cards(12, teaser)}</main>"),
            f"https://kabar.example/{path}",
        )
    yield Case(
        "list by its JSON-LD",
        Kind.LISTING,
        site(f"<main>{cards(10, teaser)}</main>", head=linked_data(**{"@type": "CollectionPage"})),
        "https://kabar.example/taman",
    )
    yield Case(
        "list of plain links",
        Kind.LISTING,
        site(
            "<main><ul>"
            + "".join(f"<li><a href='#'>Judul berita kota yang agak panjang nomor {n}</a></li>" for n in range(30))
            + "</ul></main>"
        ),
        "https://kabar.example/kota",
    )
    feed = (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Kabar</title>"
        + "".join(
            f"<item><title>Judul berita kota {n}</title><link>https://kabar.example/{n}</link><description>{SENTENCES['id']}</description></item>"
            for n in range(9)
        )
        + "</channel></rss>"
    )
    yield Case("a feed at an article's address", Kind.LISTING, feed)
    yield Case(
        "an Atom feed",
        Kind.LISTING,
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Kabar</title><entry><title>{HEADLINES['id']}</title></entry></feed>",
    )
    yield Case(
        "a sitemap", Kind.LISTING, "<?xml version='1.0'?><urlset><url><loc>https://kabar.example/a</loc></url></urlset>"
    )
