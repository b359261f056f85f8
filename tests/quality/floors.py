"""The pinned floors of `floors.toml`, and the one way to raise them. To lower one a person edits the file."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")
_STEP = 1000  # floors are written to three places


def read_floors(text: str) -> dict[str, dict[str, float]]:
    """task -> name -> floor"""
    return {
        task: {name: float(value) for name, value in floors.items()} for task, floors in tomllib.loads(text).items()
    }


def below(floors: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """One sentence for every figure under its floor, for every floor nobody measured, and every figure without one."""
    told = [
        f"{name}: measured {measured[name]:.4f}, the floor is {floor}"
        for name, floor in floors.items()
        if name in measured and measured[name] < floor
    ]
    told += [f"{name}: has a floor and was not measured" for name in sorted(floors.keys() - measured.keys())]
    return told + [f"{name}: was measured and has no floor" for name in sorted(measured.keys() - floors.keys())]


def raised(text: str, task: str, measured: Mapping[str, float]) -> str:
    """The file's text with the floors of one task raised to what was measured, cut to three places; comments stay."""
    floors = read_floors(text).get(task, {})
    head, begin, rest = text.partition(f"[{task}]\n")
    section, end, tail = rest.partition("\n[")
    for name, figure in measured.items():
        cut = math.floor(figure * _STEP + 1e-9) / _STEP
        if name not in floors:
            section = f"{section.rstrip()}\n{name} = {cut}\n"
        elif cut > floors[name]:
            section = re.sub(rf"(?m)^({re.escape(name)} = )[-\d.]+", rf"\g<1>{cut}", section)
    return head + (begin or f"\n[{task}]\n") + section + end + tail
