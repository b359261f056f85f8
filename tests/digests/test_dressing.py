"""Logos are read or refused in one line; whole texts are read only where rights allow; addresses go where they open."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from digests import dressing, editions
from digests.compose import compose
from digests.logo import LARGEST, read_logo
from pipeline.config import LetterheadSettings, Settings, WebSettings
from pipeline.errors import SettingsError
from pipeline.outlet import Outlet
from pipeline.store import Store, open_store
from tests.digests.examples import PERIOD, article, facts
from tests.digests.world import FROZEN, crawl, outlets, settings


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Store]:
    with open_store(sqlite_url) as opened:
        yield opened


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize("image", [picture("PNG"), picture("JPEG"), SVG], ids=["png", "jpeg", "svg"])
def test_a_logo_is_read(tmp_path: Path, image: bytes) -> None:
    (tmp_path / "logo").write_bytes(image)
    assert read_logo(tmp_path / "logo") == image


@pytest.mark.parametrize(
    ("image", "told"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is no PNG, JPEG or SVG"),
        (b"%PDF-1.7", "is no PNG, JPEG or SVG"),
        (picture("GIF"), "is no PNG, JPEG or SVG"),
        (picture("PNG")[:40], "is no PNG, JPEG or SVG"),
        (b"<html><svg/></html>", "is no PNG, JPEG or SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG, "is no PNG, JPEG or SVG"),
        (b"x" * (LARGEST + 1), "is larger than 2 MB"),
        (picture("PNG", (10_001, 1)), "is no PNG, JPEG or SVG"),
    ],
    ids=["absent", "empty", "pdf", "gif", "cut off", "html", "entities", "large", "wide"],
)
def test_what_is_no_logo_is_refused_in_one_line(tmp_path: Path, image: bytes | None, told: str) -> None:
    path = tmp_path / "logo"
    if image is not None:
        path.write_bytes(image)
    with pytest.raises(SettingsError) as refused:
        read_logo(path)
    assert str(refused.value).startswith("letterhead.logo: ")
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_is_no_logo(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_logo(tmp_path)


def test_a_letterhead_is_cleaned_and_its_logo_lies_under_home(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    head = LetterheadSettings(
        organisation=" Kota\tContoh ", address="Jalan 1\n\n  Kota\x00 2 \n", logo=Path("logo.svg")
    )
    made = dressing.letterhead(Settings(home=tmp_path, letterhead=head))
    assert made == dressing.Letterhead("Kota Contoh", "", "Jalan 1\nKota 2", SVG)


@pytest.mark.parametrize(
    ("opened", "form", "linked"),
    [
        ("public", "whatsapp", True),
        ("link", "whatsapp", False),
        ("link", "web", True),
        ("link", "html", True),
        ("off", "web", False),
        ("off", "html", False),
    ],
)
def test_an_address_stands_only_where_it_opens(
    sqlite: Store, tmp_path: Path, opened: str, form: str, *, linked: bool
) -> None:
    web = WebSettings.model_validate({"base_url": "https://kliping.example/", "editions": opened})
    made = dressing.of(Settings(home=tmp_path, web=web), sqlite, compose(facts()), {}, form)
    assert made == dressing.Dressing(base_url="https://kliping.example" if linked else None)


def letting(outlets: Mapping[str, Outlet], *names: str) -> dict[str, Outlet]:
    """The outlets, of which these let their texts out."""
    return {
        name: replace(outlet, terms=replace(outlet.terms, full_text=name in names)) for name, outlet in outlets.items()
    }


def test_whole_texts_are_of_outlets_that_let_them_out_then_and_now(store: Store, tmp_path: Path) -> None:
    for number, outlet in enumerate(("antara", "inews", "beritajakarta"), start=1):
        crawl(store, outlet, replace(article(number, outlet=outlet), article_body=(f"Isi {outlet}.", "Alinea dua.")))
    then = letting(outlets(), "antara", "inews")
    record = editions.build(store, settings(tmp_path), then, PERIOD, "daily", now=FROZEN)
    content = editions.content(record)
    made = dressing.of(settings(tmp_path), store, content, letting(outlets(), "antara", "beritajakarta"), "pdf")
    assert list(made.texts.values()) == [("Isi antara.", "Alinea dua.")]
    assert dressing.of(settings(tmp_path), store, content, then, "html").texts == {}
