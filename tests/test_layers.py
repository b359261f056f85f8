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
    """(module, whether it is imported lazily: inside a function, or for type checking only) of every import."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    lazy = {id(inner) for node in ast.walk(tree) if is_lazy(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the arrow"
            yield str(node.module), id(node) in lazy


def is_lazy(node: ast.AST) -> bool:
    type_checking = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return type_checking or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


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
