"""What a person writes is read, or refused in one line; word lists refuse what nobody would read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from pipeline.errors import OutletError, SettingsError, WatchError
from pipeline.toml_files import parse_as, parse_table, read_text, read_text_if_there
from pipeline.wordlists import load


@dataclass(frozen=True, slots=True)
class Delay:
    seconds: float
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shorter:
    """`facts.toml` without its table of subjects."""

    verbs: tuple[str, ...]


def test_a_table_becomes_its_shape() -> None:
    text = 'seconds = 2\nhosts = ["kota.example"]'
    assert parse_as(TypeAdapter(Delay), text, file="a.toml", error=OutletError) == Delay(2.0, ("kota.example",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seconds", "a.toml: not valid TOML: "),
        ("", "a.toml: seconds: Field required"),
        ('seconds = "x"\nhosts = 3', r"a.toml: seconds: Input should be a valid number.* \(and 1 more\)"),
    ],
)
def test_a_fault_is_one_line_of_the_callers_error(text: str, message: str) -> None:
    with pytest.raises(WatchError, match=f"^{message}[^\n]*$"):
        parse_as(TypeAdapter(Delay), text, file="a.toml", error=WatchError)


def test_a_missing_file_is_none_only_where_it_may_be_missing(tmp_path: Path) -> None:
    assert read_text_if_there(tmp_path / "a.toml", SettingsError) is None
    (tmp_path / "file").touch()
    assert read_text_if_there(tmp_path / "file" / "a.toml", SettingsError) is None
    with pytest.raises(SettingsError, match="cannot be read"):
        read_text(tmp_path / "a.toml", SettingsError)


def test_what_is_no_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match=r"a\.toml: cannot be read"):
        read_text_if_there(tmp_path / "a.toml", SettingsError)


def test_an_empty_text_is_an_empty_table() -> None:
    assert parse_table("", file="a.toml", error=SettingsError) == {}


def test_a_word_list_with_a_key_that_nobody_reads_is_refused() -> None:
    with pytest.raises(ValidationError, match="subject"):
        load("facts", Shorter)
