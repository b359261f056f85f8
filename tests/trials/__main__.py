"""`python -m tests.trials delivery [--trials N] [--recipients N] [--seed N]`: totals; exit status 1 when one failed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.trials import delivery


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trials")
    parser.add_argument("what", choices=["delivery"])
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--recipients", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20230801)
    chosen = parser.parse_args()
    totals = delivery.run(chosen.trials, chosen.recipients, chosen.seed, told=_told(chosen.trials))
    print(totals.line())
    for name, number in sorted(totals.faults.items()):
        print(f"  {name}: {number}")
    return 0 if totals.good else 1


def _told(total: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done}/{total} trials", end="" if done < total else "\n", file=sys.stderr)

    return told


if __name__ == "__main__":
    sys.exit(main())
