"""A process that writes exchanges until it is killed, and says of each that it is on the disk: offset and record id."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.archive.writer import WarcWriter
from tests.pipeline.archive.samples import NOW, PLAIN


def main(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    with WarcWriter(folder, f"kota-{seed}", run_id=seed, now=NOW) as writer:
        while True:
            (capture,) = writer.write(replace(PLAIN, body=dice.randbytes(dice.choice((0, 100, 10_000, 1_000_000)))))
            print(capture.offset, capture.length, capture.record_id, capture.payload_sha256, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
