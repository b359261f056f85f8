"""The documents are kept true: every command, every option and every setting is told of in the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import typer.main
from pydantic import BaseModel
from typer.core import TyperGroup, TyperOption

from digests.cli.app import app
from pipeline.config import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = typer.main.get_command(app)
Command: TypeAlias = Any


def commands(command: Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Command]]:
    if isinstance(command, TyperGroup):
        for name, sub in command.commands.items():
            yield from commands(sub, (*path, name))
    else:
        yield path, command


LEAVES = list(commands(COMMAND))


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settings(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("path", [path for path, _ in LEAVES], ids=" ".join)
def test_the_readme_tells_of_the_command(path: tuple[str, ...]) -> None:
    assert re.search(rf"^\| `kliping {' '.join(path)}(?![\w-])", README, re.MULTILINE)


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_the_readme_tells_of_every_option(path: tuple[str, ...], command: Command) -> None:
    row = re.search(rf"^\| `kliping {' '.join(path)}(?![\w-]).*$", README, re.MULTILINE)
    assert row
    options = [option for p in command.params if isinstance(p, TyperOption) for option in p.opts if option != "--help"]
    common = {"--json", "--by", "--reason"}  # told of once, above the table
    assert [option for option in options if option not in row[0] and option not in common] == []


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_command_and_option_has_help(path: tuple[str, ...], command: Command) -> None:
    assert command.help
    assert [p.name for p in command.params if isinstance(p, TyperOption) and not p.help] == []


@pytest.mark.parametrize("name", list(settings(Settings)))
def test_the_readme_tells_of_the_setting(name: str) -> None:
    assert f"`{name}`" in README


def tree() -> Iterator[Path]:
    """The files of the project, without what was built or crawled."""
    for file in ROOT.rglob("*"):
        parts = file.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part != ".ci" for part in parts)
        if file.is_file() and not hidden and not {"var", "build", "__pycache__"} & set(parts):
            yield file


def test_no_machine_or_registry_is_named_in_the_tree() -> None:
    names = re.compile("py" + r"pi\.org|python" + r"hosted|npmjs\.|deb\.debian|/wo" + r"rk/|/opt/" + "py" + "pi")
    assert [str(f) for f in tree() if names.search(f.read_text(encoding="utf-8", errors="replace"))] == []
