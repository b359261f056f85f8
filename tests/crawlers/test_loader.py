"""Outlet files: the bundled ones, then the operator's."""

from pathlib import Path

import pytest

from crawlers.loader import OutletSpiderLoader, load_outlets
from pipeline.config import load_settings

OWN = """
name = "{name}"
title = "Warta Kota Kecil"
country = "ID"
language = "id"
timezone = "Asia/Makassar"
hosts = ["warta.example"]
[terms]
summary = "Free to read."
[discovery]
article = ['^https://warta\\.example/\\d+']
feeds = ["https://warta.example/feed"]
"""
BUNDLED = {"antara", "antara_en", "beritajakarta", "beritajakarta_en", "inews", "redaksijakarta"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "outlets").mkdir()
    return tmp_path


def test_bundled_outlets_are_there_without_a_home(tmp_path: Path) -> None:
    loaded = load_outlets(load_settings(tmp_path / "nothing"))
    assert set(loaded.outlets) >= BUNDLED
    assert loaded.errors == ()


def test_operators_outlet_is_added(home: Path) -> None:
    (home / "outlets" / "warta.toml").write_text(OWN.format(name="warta"))
    loaded = load_outlets(load_settings(home))
    assert loaded.outlets["warta"].timezone == "Asia/Makassar"
    assert set(loaded.outlets) >= BUNDLED


def test_operators_file_replaces_the_bundled_one(home: Path) -> None:
    (home / "outlets" / "inews.toml").write_text(OWN.format(name="inews"))
    assert load_outlets(load_settings(home)).outlets["inews"].title == "Warta Kota Kecil"


def test_an_operators_new_outlet_is_off_until_it_is_enabled(home: Path) -> None:
    (home / "outlets" / "warta.toml").write_text(OWN.format(name="warta"))
    assert not load_outlets(load_settings(home)).outlets["warta"].enabled


@pytest.mark.parametrize(("name", "watched"), [("inews", True), ("kompas", False)])
def test_an_operators_replacement_is_watched_as_the_bundled_one_is(home: Path, name: str, watched: bool) -> None:
    (home / "outlets" / f"{name}.toml").write_text(OWN.format(name=name))
    (outlet,) = [found for found in load_outlets(load_settings(home)).outlets.values() if found.name == name]
    assert (outlet.title, outlet.enabled) == ("Warta Kota Kecil", watched)


def test_markup_mended_by_the_operator_mends_every_outlet_on_the_same_cms(home: Path) -> None:
    text = OWN.format(name="antara") + "[[markup]]\nname = 'mended'\nroot = '.mended'\n"
    (home / "outlets" / "antara.toml").write_text(text)
    outlets = load_outlets(load_settings(home)).outlets
    for name in ("antara", "antara_en", "antara_regional"):
        assert [markup.name for markup in outlets[name].markup] == ["mended"]


def test_an_outlet_whose_markup_is_gone_is_left_out_and_told(home: Path) -> None:
    (home / "outlets" / "beritajakarta.toml").write_text("name = 1")
    loaded = load_outlets(load_settings(home))
    assert "beritajakarta_en" not in loaded.outlets
    assert any("no outlet is called 'beritajakarta'" in error for error in loaded.errors)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("broken.toml", "name = ", "not valid TOML"),
        ("other.toml", OWN.format(name="warta"), "must be the file's name 'other'"),
        ("warta.toml", OWN.format(name="warta") + "\ncolour = 'red'", "colour"),
        ("warta.toml", "platform = 'joomla'\n" + OWN.format(name="warta"), "platform: 'joomla' is unknown"),
        ("warta.toml", OWN.format(name="warta").replace("Asia/Makassar", "Asia/Nowhere"), "timezone"),
        ("warta.toml", "enabled = true\n" + OWN.format(name="warta"), "`kliping outlets enable warta` does"),
        ("warta.toml", "markup_of = 'nobody'\n" + OWN.format(name="warta"), "no outlet is called 'nobody'"),
    ],
)
def test_a_broken_file_disables_only_itself(home: Path, file: str, text: str, expected: str) -> None:
    (home / "outlets" / file).write_text(text)
    loaded = load_outlets(load_settings(home))
    assert set(loaded.outlets) >= BUNDLED
    assert file.removesuffix(".toml") not in loaded.outlets
    (error,) = loaded.errors
    assert file in error
    assert expected in error
    assert "\n" not in error


def test_a_broken_replacement_disables_its_outlet(home: Path) -> None:
    (home / "outlets" / "inews.toml").write_text("name = 1")
    loaded = load_outlets(load_settings(home))
    assert "inews" not in loaded.outlets
    assert set(loaded.outlets) >= BUNDLED - {"inews"}


def test_spider_loader_names_what_there_is(tmp_path: Path) -> None:
    loader = OutletSpiderLoader(load_outlets(load_settings(tmp_path)))
    assert set(loader.list()) >= BUNDLED
    with pytest.raises(KeyError, match="no outlet is called 'nobody'; there are: antara"):
        loader.load("nobody")
