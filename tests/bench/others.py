"""Other programs on the same pages, run out of process by the python of `make peers`."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import Measured, compared, measure
from tests.bench.pages import Read
from tests.bench.peers import PROGRAMS
from tests.bench.steps import trafilatura_alone
from tests.language.peers import PROGRAMS as DETECTORS

_ROOT = Path(__file__).resolve().parents[2]
PYTHON = _ROOT / ".venv-peers" / "bin" / "python"
_SCRIPT = Path(__file__).with_name("peers.py")
_LONGEST = 600  # seconds for all pages of a folder


def installed() -> bool:
    return PYTHON.exists()


def predict(data: Path, folder: Path) -> list[Path]:
    """A file of predictions for each program."""
    return [_run(program, data, folder / f"{program}.jsonl") for program in PROGRAMS]


def detect(data: Path, folder: Path) -> list[Path]:
    """A file of answers of each language detector for the texts of `data`."""
    script = _ROOT / "tests" / "language" / "peers.py"
    return [_run(name, data, folder / f"{name}.jsonl", script) for name in DETECTORS]


def costs(data: Path, folder: Path, items: Sequence[Read], rounds: int = 3) -> list[Measured]:
    """Each program against trafilatura on the same pages, round by round."""
    seconds: dict[str, list[list[float]]] = {program: [] for program in PROGRAMS}
    reference: list[list[float]] = []
    for _ in range(rounds):
        for path in predict(data, folder):
            lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            seconds[path.stem].append([line["seconds"] for line in lines])
        reference.append([_milliseconds(one) / 1000 for one in items])
    theirs = _medians(reference)
    return [compared(program, _medians(found), theirs) for program, found in seconds.items()]


def _milliseconds(one: Read) -> float:
    (row,) = measure({"": lambda _: None}, trafilatura_alone, [one], rounds=1)
    return row.reference_ms


def _medians(rounds: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def _run(program: str, data: Path, out: Path, script: Path = _SCRIPT) -> Path:
    with out.open("w", encoding="utf-8") as file:
        command = [str(PYTHON), str(script), program, str(data)]
        subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, check=True, timeout=_LONGEST)
    return out
