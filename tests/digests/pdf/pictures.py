"""Pages of a PDF as pictures, to be looked at."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

_SCALE = 100 / 72  # 100 dots an inch: small print can be read


def pages_as_pictures(pdf: bytes, folder: Path, stem: str, most: int) -> list[Path]:
    """The first `most` pages as `STEM-01.png` … in `folder`."""
    made = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(most, len(document))):
            made.append(folder / f"{stem}-{number + 1:02}.png")
            document[number].render(scale=_SCALE).to_pil().save(made[-1])
    return made
