"""One spelling, one page, one outlet, article or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outlet import Discovery, Outlet, Terms
from pipeline.urls import canonical_url, is_article, normalise, outlet_for
from tests.pipeline.reading import outlets


@pytest.mark.parametrize(
    ("seen", "normal"),
    [
        ("HTTPS://Www.Example.COM:443/A/b?x=1#part", "https://www.example.com/A/b?x=1"),
        ("http://example.com:80", "http://example.com/"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("  https://example.com/a b\n", "https://example.com/a%20b"),
        ("https://example.com/%7ekota/%e1%ba%a1", "https://example.com/~kota/%E1%BA%A1"),
        ("https://example.com/ạ", "https://example.com/%E1%BA%A1"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a/../b/./c", "https://example.com/b/c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.com./a", "https://example.com/a"),
    ],
)
def test_normalise_gives_one_spelling(seen: str, normal: str) -> None:
    assert normalise(seen) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    "address",
    ["", "kota", "javascript:void(0)", "mailto:a@b.example", "ftp://a.example/", "http://", "//a.example/x", "http://[::1",
     "http://a b/", "http://u:p@a.example/", "http://a.example:99999/", "http://" + "a" * 300, "data:text/html,x"],
)  # fmt: skip
def test_normalise_refuses_what_is_no_web_address(address: str) -> None:
    with pytest.raises(ValueError, match=r"address|host|URL|Port|IPv6"):
        normalise(address)


@given(st.text(max_size=80))
def test_normalise_raises_only_value_errors(text: str) -> None:
    for address in (text, "https://" + text, "https://a.example/" + text):
        try:
            normal = normalise(address)
        except ValueError:
            continue
        assert normalise(normal) == normal


@pytest.mark.parametrize(
    ("name", "seen", "canonical"),
    [
        ("antara", "http://m.antaranews.com/amp/berita/12/taman-kota?utm_source=x#y", "https://www.antaranews.com/berita/12/taman-kota"),
        ("antara", "https://makassar.antaranews.com/amp/berita/3/taman", "https://makassar.antaranews.com/berita/3/taman"),
        ("antara", "https://antaranews.com/berita/12/taman/?page=all", "https://www.antaranews.com/berita/12/taman"),
        ("antara_en", "http://en.antaranews.com/news/7/park?page=2", "https://en.antaranews.com/news/7/park"),
        ("beritajakarta", "http://m.beritajakarta.id/read/9/taman", "https://www.beritajakarta.id/read/9/taman"),
        ("beritajakarta_en", "https://beritajakarta.id/en/read/9/park", "https://www.beritajakarta.id/en/read/9/park"),
        ("inews", "https://inews.id/news/nasional/taman-kota-baru/2", "https://www.inews.id/news/nasional/taman-kota-baru"),
        ("inews", "https://www.inews.id/news/nasional/taman-kota-baru/all", "https://www.inews.id/news/nasional/taman-kota-baru"),
        ("inews", "https://karawang.inews.id/read/23/taman-kota", "https://karawang.inews.id/read/23/taman-kota"),
        ("redaksijakarta", "http://www.redaksijakarta.com/taman-kota-baru", "https://redaksijakarta.com/taman-kota-baru/"),
        ("redaksijakarta", "https://redaksijakarta.com/taman-kota-baru/amp/", "https://redaksijakarta.com/taman-kota-baru/"),
        ("redaksijakarta", "https://redaksijakarta.com/?p=12&share=x", "https://redaksijakarta.com/?p=12"),
        (None, "http://kabar.example/a/?fbclid=1&id=2&utm_medium=m&page=all&gclid=3", "http://kabar.example/a/?id=2"),
    ],
)  # fmt: skip
def test_canonical_url_of_a_variant(name: str | None, seen: str, canonical: str) -> None:
    outlet = outlets()[name] if name else None
    assert canonical_url(seen, outlet) == canonical
    assert canonical_url(canonical, outlet) == canonical


KABAR = Outlet(
    name="kabar",
    title="Kabar",
    country="ID",
    language="id",
    timezone="Asia/Jakarta",
    hosts=("www.kabar.example", "kabar.example", "kota.kabar.example"),
    discovery=Discovery(article=(r"^https://[a-z]+\.kabar\.example/(?:kota/)?\d*/?[a-z0-9-]+(?:\.html)?$",)),
    terms=Terms(summary="none"),
)
TAMAN = "https://www.kabar.example/kota/51/taman-kota-baru"


@pytest.mark.parametrize(
    "seen",
    [
        "http://www.kabar.example/kota/51/taman-kota-baru",
        "http://kabar.example/kota/51/taman-kota-baru",
        "https://m.kabar.example/kota/51/taman-kota-baru",
        "https://mobile.kabar.example/kota/51/taman-kota-baru/",
        "https://amp.kabar.example/kota/51/taman-kota-baru",
        "https://m.kabar.example/amp/kota/51/taman-kota-baru?source=m",
        "https://www.kabar.example/amp/kota/51/taman-kota-baru",
        "https://www.kabar.example/kota/amp/51/taman-kota-baru",
        "https://www.kabar.example/kota/51/taman-kota-baru/amp",
        "https://www.kabar.example/kota/51/taman-kota-baru/amp/",
        "https://www.kabar.example/kota/51/taman-kota-baru?amp=1",
        "https://www.kabar.example/kota/51/taman-kota-baru?amp",
        "https://www.kabar.example/kota/51/taman-kota-baru?outputType=amp",
        "https://www.kabar.example/print/kota/51/taman-kota-baru",
        "https://www.kabar.example/kota/51/taman-kota-baru/print",
        "https://www.kabar.example/kota/51/taman-kota-baru/cetak/",
        "https://www.kabar.example/kota/51/taman-kota-baru?print=1",
        "https://www.kabar.example/kota/51/taman-kota-baru/2",
        "https://www.kabar.example/kota/51/taman-kota-baru/12/",
        "https://www.kabar.example/kota/51/taman-kota-baru/all",
        "https://www.kabar.example/kota/51/taman-kota-baru/page/3",
        "https://www.kabar.example/kota/51/taman-kota-baru/halaman/2",
        "https://www.kabar.example/kota/51/taman-kota-baru/amp/2",
        "https://www.kabar.example/kota/51/taman-kota-baru?page=2",
        "https://www.kabar.example/kota/51/taman-kota-baru?page=all&utm_source=x",
        "https://www.kabar.example/kota/51/taman-kota-baru?fbclid=Iw1&utm_medium=m#komentar",
    ],
)
def test_every_variant_of_an_article_has_its_one_address(seen: str) -> None:
    assert canonical_url(seen, KABAR) == TAMAN
    assert canonical_url(TAMAN, KABAR) == TAMAN


@pytest.mark.parametrize(
    ("seen", "canonical"),
    [
        ("https://lain.example/2026/11/taman-kota-baru-dibuka/amp/", "https://lain.example/2026/11/taman-kota-baru-dibuka/"),
        ("https://lain.example/amp/2026/11/taman-kota-baru-dibuka", "https://lain.example/2026/11/taman-kota-baru-dibuka"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka.amp.html", "https://lain.example/2026/11/taman-kota-baru-dibuka.html"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka?page=2", "https://lain.example/2026/11/taman-kota-baru-dibuka"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka/2/", "https://lain.example/2026/11/taman-kota-baru-dibuka/"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka?halaman=3&id=4", "https://lain.example/2026/11/taman-kota-baru-dibuka?id=4"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka?print=true", "https://lain.example/2026/11/taman-kota-baru-dibuka"),
    ],
)  # fmt: skip
def test_an_unlisted_sites_variants_are_known_by_the_article_they_leave(seen: str, canonical: str) -> None:
    assert canonical_url(seen, None) == canonical
    assert canonical_url(canonical, None) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [  # of no listed outlet
        ("https://lain.example/indeks?page=2", "https://lain.example/indeks?page=3"),
        ("https://lain.example/baca?id=7&page=2", "https://lain.example/baca?id=8&page=2"),
        ("https://lain.example/artikel/12", "https://lain.example/artikel/13"),
        ("https://lain.example/kota/2", "https://lain.example/kota/3"),
        ("https://lain.example/lampu-amp", "https://lain.example/lampu"),
        ("https://lain.example/2026/11/taman-kota-baru-dibuka", "https://lain.example/2026/11/taman-kota-baru-dibuka-2"),
        ("https://lain.example/2026/11/02", "https://lain.example/2026/11/03"),
        ("https://lain.example/berita/2026/112", "https://lain.example/berita/2026/113"),
        ("https://m.lain.example/2026/11/taman-kota-baru", "https://lain.example/2026/11/taman-kota-baru"),
        ("https://lain.example/print?id=12345", "https://lain.example/read?id=12345"),
        ("https://lain.example/baca?m=4", "https://lain.example/baca?m=5"),
        # of a listed one
        ("https://www.kabar.example/51", "https://www.kabar.example/52"),
        ("https://www.kabar.example/kota/51", "https://www.kabar.example/kota/12"),
        ("https://www.kabar.example/kota/51/taman-kota-2", "https://www.kabar.example/kota/51/taman-kota-3"),
        ("https://www.kabar.example/kota/51/taman-kota-baru", "https://www.kabar.example/kota/52/taman-kota-baru"),
        ("https://m.kabar.example/kota/51/taman-kota", "https://kota.kabar.example/kota/51/taman-kota"),
        ("https://www.kabar.example/kota/51/cetak-biru-kota", "https://www.kabar.example/kota/51/biru-kota"),
    ],
)  # fmt: skip
def test_different_pages_are_never_made_one(one: str, other: str) -> None:
    outlet = KABAR if "kabar" in one else None
    assert canonical_url(one, outlet) != canonical_url(other, outlet)


@given(
    st.lists(
        st.sampled_from(["amp", "2", "all", "page", "print", "taman-kota-baru", "kota", "51", "x.amp.html"]), max_size=6
    )
)
def test_a_canonical_address_is_its_own(segments: list[str]) -> None:
    for outlet in (KABAR, None):
        canonical = canonical_url("https://www.kabar.example/" + "/".join(segments), outlet)
        assert canonical_url(canonical, outlet) == canonical


@pytest.mark.parametrize(
    ("url", "name", "article"),
    [
        ("https://www.antaranews.com/berita/12/taman-kota", "antara", True),
        ("https://megapolitan.antaranews.com/berita/12/taman-kota", "antara", True),
        ("https://otomotif.antaranews.com/news/12/mobil-listrik", "antara", True),
        ("https://www.antaranews.com/foto/12/taman-kota", "antara", False),
        ("https://www.antaranews.com/video/12/taman-kota", "antara", False),
        ("https://www.antaranews.com/infografik/12/taman-kota", "antara", False),
        ("https://www.antaranews.com/tag/taman-kota", "antara", False),
        ("https://www.antaranews.com/search?q=mgmac", "antara", False),
        ("https://en.antaranews.com/news/12/city-park", "antara_en", True),
        ("https://en.antaranews.com/photo/12/city-park", "antara_en", False),
        ("https://www.beritajakarta.id/read/9/taman", "beritajakarta", True),
        ("https://www.beritajakarta.id/en/read/9/park", "beritajakarta_en", True),
        ("https://www.beritajakarta.id/foto/9/taman", "beritajakarta", False),
        ("https://www.inews.id/news/nasional/taman-kota-baru-dibuka", "inews", True),
        ("https://www.inews.id/multimedia/video/taman-kota-baru", "inews", False),
        ("https://www.inews.id/tag/taman", "inews", False),
        ("https://karawang.inews.id/read/23/taman-kota", "inews", True),
        ("https://redaksijakarta.com/taman-kota-baru/", "redaksijakarta", True),
        ("https://redaksijakarta.com/tag/taman-kota-baru/", "redaksijakarta", False),
        ("https://kabar.example/2026/11/taman-kota-baru-dibuka", None, True),
        ("https://kabar.example/arsip/4410/wali-kota-membahas-taman", None, True),
        ("https://kabar.example/foto/2026/11/taman-kota-baru-dibuka", None, False),
        ("https://video.kabar.example/read/12345/taman-kota-baru", None, False),
        ("https://kabar.example/tag/taman-kota-baru-dibuka", None, False),
        ("https://kabar.example/login?next=/a", None, False),
        ("https://www.facebook.com/kabar/posts/12345", None, False),
        ("https://kabar.example/foto-2026-11-taman.jpg", None, False),
        ("https://kabar.example/", None, False),
        ("https://kabar.example/ekonomi", None, False),
    ],
)
def test_is_article_and_outlet_for(url: str, name: str | None, article: bool) -> None:
    found = outlet_for(url, tuple(outlets().values()))
    assert (found.name if found else None) == name
    assert is_article(canonical_url(url, found), found) is article


def test_outlet_for_refuses_nonsense() -> None:
    assert outlet_for("kota", tuple(outlets().values())) is None
    assert outlet_for("https://evilantaranews.com/berita/1/a", tuple(outlets().values())) is None
