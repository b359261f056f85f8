"""The documents are kept true: every command, every option and every setting is told of in the README."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer.main
from pydantic import BaseModel

from digests.cli.app import app
from pipeline.config import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = typer.main.get_command(app)


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
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
def test_the_readme_tells_of_every_option(path: tuple[str, ...], command: click.Command) -> None:
    row = re.search(rf"^\| `kliping {' '.join(path)}(?![\w-]).*$", README, re.MULTILINE)
    assert row
    options = [option for p in command.params if isinstance(p, click.Option) for option in p.opts if option != "--help"]
    common = {"--json", "--by", "--reason"}  # told of once, above the table
    assert [option for option in options if option not in row[0] and option not in common] == []


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=[" ".join(path) for path, _ in LEAVES])
def test_every_command_and_option_has_help(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


@pytest.mark.parametrize("name", list(settings(Settings)))
def test_the_readme_tells_of_the_setting(name: str) -> None:
    assert f"`{name}`" in README


def test_no_machine_or_registry_is_named_in_the_tree() -> None:
    names = re.compile("py" + r"pi\.org|python" + r"hosted|npmjs\.|deb\.debian|/wo" + r"rk/|/opt/" + "py" + "pi")
    wrong = [
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*")
        if file.is_file()
        and not any(part.startswith(".") and part != ".ci" or part in {"var", "build"} for part in file.relative_to(ROOT).parts)
        and file.suffix in {".py", ".toml", ".md", ".lock", ".cfg", ".txt", ".html", ".json", ".j2", ""}
        and names.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert wrong == []
