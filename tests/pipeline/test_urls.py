"""One spelling, one page, one outlet, article or not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
