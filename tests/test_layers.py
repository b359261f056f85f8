"""The arrows of the architecture: who may import whom (CONTRIBUTING, "Where things go")."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("crawlers", "digests", "pipeline", "tests")
ALLOWED = {"pipeline": {"pipeline"}, "crawlers": {"crawlers", "pipeline"}, "digests": {"digests", "pipeline"}}
TOP = {
    "pyproject.toml", "scrapy.cfg", "crawlers", "pipeline", "digests", "tests", "README.md", "CHANGELOG.md",
    "CONTRIBUTING.md", "LICENSE", "Makefile", "requirements.lock",
}  # fmt: skip
BUILT = {"build", "var", "kliping.egg-info"}


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """(module, whether the import stands inside a function) of every import of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {
        id(node)
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(f)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the arrow"
            yield str(node.module), id(node) in inner


def files(package: str) -> list[Path]:
    found = sorted((ROOT / package).rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_the_arrows_allow(package: str) -> None:
    wrong = []
    for file in files(package):
        root_of_composition = package == "digests" and "cli" in file.relative_to(ROOT).parts
        for module, lazy in imports(file):
            top = module.split(".")[0]
            allowed = top not in OURS or top in ALLOWED[package]
            if not allowed and not (root_of_composition and top == "crawlers" and lazy):
                wrong.append(f"{file.relative_to(ROOT)}: {module}")
    assert wrong == []


def test_the_pipeline_knows_no_scrapy() -> None:
    wrong = [
        str(f) for f in files("pipeline") for module, _ in imports(f) if module.split(".")[0] in {"scrapy", "twisted"}
    ]
    assert wrong == []


def test_nothing_else_stands_at_the_top() -> None:
    there = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert there - BUILT == TOP
