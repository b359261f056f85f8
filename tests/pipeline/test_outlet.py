"""Reading outlet files: defaults, portals, shared markup, and one clear line for what is wrong."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pipeline.errors import OutletError
from pipeline.outlet import parse_outlet, read_alone, read_outlet, share_markup

PLAIN = r"""
name = "warta"
title = "Warta Kota"
country = "ID"
language = "id"
timezone = "Asia/Jakarta"
hosts = ["warta.example"]
[terms]
summary = "Made up."
[discovery]
article = ['^https://warta\.example/\d+$']
feeds = ["https://warta.example/feed"]
"""
PORTALS = PLAIN.replace('["warta.example"]', '["{portal}.warta.example"]').replace(
    'feeds = ["https://warta.example/feed"]',
    'feeds = ["https://{portal}.warta.example/feed", "https://warta.example/all"]\nportals = ["utara", "selatan"]',
)
MARKUP = '[[markup]]\nname = "{0}"\nroot = ".{0}"\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text.replace('"warta"', f'"{name}"', 1), encoding="utf-8")
    return path


def test_a_file_that_says_no_more_is_off_earned_and_a_guess() -> None:
    outlet = parse_outlet(PLAIN)
    assert (outlet.enabled, outlet.ownership, outlet.evidence, outlet.markup) == (False, "earned", "guess", ())
    assert outlet.discovery.roads == {"feed": ("https://warta.example/feed",)}
    assert pickle.loads(pickle.dumps(outlet)) == outlet


def test_wordpress_and_the_date_of_an_entry_are_read() -> None:
    outlet = parse_outlet(PLAIN + 'wordpress = "https://warta.example"\ndate = ".entry time"\n')
    assert outlet.discovery.roads["api"] == ("https://warta.example",)
    assert outlet.discovery.date == ".entry time"


def test_digest_differs_with_any_value_and_with_the_markup_it_shares() -> None:
    plain = parse_outlet(PLAIN)
    other = parse_outlet(PLAIN.replace('"warta"', '"kabar"', 1) + MARKUP.format("now"))
    sharing = parse_outlet('markup_of = "kabar"\n' + PLAIN)
    shared = share_markup(sharing, {"kabar": other})
    assert len({plain.digest, sharing.digest, shared.digest, other.digest}) == 4
    assert parse_outlet(PLAIN).digest == plain.digest


def test_portals_are_filled_into_hosts_and_listings() -> None:
    outlet = parse_outlet(PORTALS)
    assert outlet.hosts == ("utara.warta.example", "selatan.warta.example")
    assert outlet.discovery.feeds == (
        "https://utara.warta.example/feed",
        "https://selatan.warta.example/feed",
        "https://warta.example/all",
    )


def test_shared_markup_stands_behind_the_files_own(tmp_path: Path) -> None:
    write(tmp_path, "kabar", PLAIN + MARKUP.format("new") + MARKUP.format("old"))
    path = write(tmp_path, "warta", 'markup_of = "kabar"\n' + PLAIN + MARKUP.format("own"))
    assert [markup.name for markup in read_outlet(path).markup] == ["own", "new", "old"]
    assert [markup.name for markup in read_alone(path).markup] == ["own"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PLAIN.replace("[terms]", "colour = 'red'\n[terms]"), "colour: Unexpected keyword argument"),
        (PLAIN.replace('country = "ID"', 'country = "Indonesia"'), "country: String should match pattern"),
        (PLAIN.replace("Asia/Jakarta", "Jakarta"), "timezone: Value error, not an IANA time zone"),
        (PLAIN.replace(r"\d+$", "("), "discovery.article.0: Value error, not a regular expression"),
        (
            PLAIN.replace('"warta.example"]', '"https://warta.example"]'),
            "hosts.0: Value error, a host is lower-case",
        ),
        (PLAIN.replace('["warta.example"]', "[]"), "hosts: Tuple should have at least 1"),
        (
            PLAIN.replace(r"['^https://warta\.example/\d+$']", "[]"),
            "discovery.article: Tuple should have at least 1 item",
        ),
        (PLAIN + "wordpress = 'warta.example'\n", "discovery.wordpress: Value error, an address begins with http"),
        (PLAIN + "date = 'p['\n", "discovery.date: Value error, not a CSS selector"),
        (PLAIN + "portals = ['utara']\n", "discovery.portals: no address has {portal} to fill in"),
        (PLAIN.replace("warta.example/feed", "{portal}.example/feed"), "discovery.feeds: {portal} needs"),
        (PLAIN.replace('["warta.ex', '["{portal}.warta.ex'), "hosts: {portal} needs discovery.portals"),
        ("markup_of = 'warta'\n" + PLAIN, "markup_of: names the outlet itself"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(OutletError) as raised:
        parse_outlet(text, file="warta.toml")
    assert str(raised.value).startswith(f"warta.toml: {told}")
    assert "\n" not in str(raised.value)


def test_markup_of_an_unknown_outlet_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "warta", 'markup_of = "kabar"\n' + PLAIN)
    with pytest.raises(OutletError, match=r"warta\.toml: markup_of: no outlet is called 'kabar'"):
        read_outlet(path)


def test_a_file_must_bear_its_outlets_name(tmp_path: Path) -> None:
    path = tmp_path / "kabar.toml"
    path.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(OutletError, match="name: is 'warta', must be the file's name 'kabar'"):
        read_outlet(path)
