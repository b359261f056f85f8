"""`python -m tests.quality [TASK…] [--raise]`: the figures beside their floors; `--raise` lifts floors to them."""

from __future__ import annotations

import sys

from tests.conftest import SHARED
from tests.quality.floors import FILE, raised, read_floors
from tests.quality.measures import TASKS


def main(arguments: list[str]) -> int:
    """0, or 1 where a figure is under its floor, or 2 where an argument is no task."""
    raising = "--raise" in arguments
    tasks = [word for word in arguments if word != "--raise"] or list(TASKS)
    if unknown := [task for task in tasks if task not in TASKS]:
        print(f"no task is called {unknown[0]!r}; there are {', '.join(TASKS)}", file=sys.stderr)
        return 2
    if not SHARED.exists():
        print("the labelled data are not here: ../shared/data", file=sys.stderr)
        return 1
    return max(_tell(task, raising=raising) for task in tasks)


def _tell(task: str, *, raising: bool) -> int:
    measured = TASKS[task](SHARED)
    floors = read_floors(FILE.read_text(encoding="utf-8")).get(task, {})
    print(task)
    for name, figure in measured.items():
        floor = floors.get(name)
        mark = "below its floor" if floor is not None and figure < floor else ""
        print(f"  {name:<44}{figure:>8.4f}  floor {'–' if floor is None else floor:<8}{mark}".rstrip())
    if raising:
        FILE.write_text(raised(FILE.read_text(encoding="utf-8"), task, measured), encoding="utf-8")
    return int(any(name in floors and figure < floors[name] for name, figure in measured.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
