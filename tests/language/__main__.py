"""`python -m tests.language`: make the table, or answer on texts it has not learned from.

    python -m tests.language train DATA pipeline/data/latin.npz
    python -m tests.language parts DATA tests/language/held-out.jsonl.gz
    python -m tests.language sources DATA tests/language/left-out.jsonl.gz

DATA is the labelled texts (JSON Lines, `.gz`). wordfreq and lingua-language-detector 1.3.5 are needed, beside what the
project needs. `parts` and `sources` write one {lang, confidence} a line for `kliping evaluate language DATA --against`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.language import Guess, detect, detect_with
from pipeline.language.latin import write_tables
from tests.language import folds
from tests.language.sources import allowed, labelled, own
from tests.language.train import learn

_SPLITS: dict[str, Callable[..., Iterator[folds.Split]]] = {"parts": folds.parts, "sources": folds.sources}


def train(data: Path, out: Path) -> None:
    out.write_bytes(write_tables(learn((*allowed(labelled(data)), *own()))))


def held_out(splits: Callable[..., Iterator[folds.Split]], data: Path, out: Path) -> None:
    """Answers in the order of the data. What no split asks about is of no learned source: the package's table tells."""
    texts = labelled(data)
    permitted = {id(one) for one in allowed(texts)}
    guesses: dict[int, Guess] = {}
    for split in splits(texts, lambda one: id(one) in permitted):
        print(split.name, f"{len(split.learned)} texts learned, {len(split.asked)} asked", file=sys.stderr)
        tables = learn(split.learned)
        guesses |= {place: detect_with(tables, texts[place].text) for place in split.asked}
    write(out, [guesses.get(place) or detect(one.text) for place, one in enumerate(texts)])


def write(out: Path, guesses: list[Guess]) -> None:
    """The same bytes for the same guesses: no time stamp."""
    rows = (json.dumps({"lang": one.language, "confidence": round(one.confidence, 3)}) for one in guesses)
    out.write_bytes(gzip.compress("".join(f"{row}\n" for row in rows).encode(), mtime=0))


def main(task: str, data: str, out: str) -> None:
    if task == "train":
        train(Path(data), Path(out))
    else:
        held_out(_SPLITS[task], Path(data), Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
