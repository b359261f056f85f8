"""Pictures of what readers get, for people to look at: `make gallery`, or `python -m tests.gallery` for a part of it.

Each picture shows one mail at 360 and 800 px, once in light and once in dark; beside them the plain text, and with
`--pdf` the pages of the PDF. All of it goes to a folder that git ignores, with an `index.html`.
"""

from __future__ import annotations

import argparse
import html
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from digests.dressing import Dressing, Letterhead
from digests.model import Content
from digests.personal import Links, personal
from digests.render import render
from tests.digests import contents
from tests.digests.browser import chromium, picture

COUNTS = (0, 1, 12, 300)
LANGUAGES = ("id", "en", "th", "km", "my", "vi", "zh")
SCHEMES = ("light", "dark")
BASE = "https://kliping.example"
HEAD = Letterhead("Pemerintah Kota Contoh", "Bagian Hubungan Masyarakat", "Jalan Balai Kota 1, Kota Contoh")
LINKS = Links(f"{BASE}/unsubscribe?token=contoh", f"{BASE}/preferences?token=contoh", f"{BASE}/editions/1?key=contoh")
_WIDTHS = (360, 800)
_MANY = 300  # stories whose PDF takes 20 s: one language shows how it looks
_HEIGHT = 9000  # CSS pixels: what is longer is cut off in the picture
_GROUND = {"light": "#8f8f8f", "dark": "#5a5a5a"}
_PAGE = """<!doctype html><meta name="color-scheme" content="light dark"><style>
body {{ margin: 0; background: {ground}; white-space: nowrap }}
iframe {{ border: 0; margin: 20px 0 20px 20px; vertical-align: top; height: 100px }}</style><body>{frames}<script>
addEventListener("load", () => {{
  for (const frame of document.querySelectorAll("iframe"))
    frame.style.height = frame.contentDocument.documentElement.scrollHeight + "px";
}});
</script>"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One edition in the gallery."""

    count: int
    language: str  # of its stories

    @property
    def name(self) -> str:
        return f"{self.count:03}-{self.language}"

    @property
    def reader(self) -> str:
        """The language of the mail around them."""
        return "en" if self.language == "en" else "id"

    def content(self) -> Content:
        return contents.full(self.count, self.language) if self.count else contents.empty()


def main() -> int:
    """Make the chosen pictures; 1 where no browser is installed."""
    chosen = _options()
    program = chromium()
    if program is None:
        print("gallery: no Chromium is installed; `make system` installs it where it may", file=sys.stderr)
        return 1
    chosen.folder.mkdir(parents=True, exist_ok=True)
    pieces = [Piece(count, language) for count in chosen.stories for language in chosen.languages]
    for number, piece in enumerate(pieces, start=1):
        print(f"gallery: {number}/{len(pieces)} {piece.name}", file=sys.stderr)
        _make(program, piece, chosen.folder, chosen.schemes, pdf=chosen.pdf)
    index = chosen.folder / "index.html"
    index.write_text(_index(chosen.folder), encoding="utf-8")
    print(index)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=COUNTS, choices=COUNTS)
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--schemes", nargs="+", default=SCHEMES, choices=SCHEMES)
    parser.add_argument("--pdf", action="store_true", help="the PDF's first pages too")
    parser.add_argument("--folder", type=Path, default=Path("build/gallery"))
    return parser.parse_args()


def _make(program: str, piece: Piece, folder: Path, schemes: list[str], *, pdf: bool) -> None:
    content = piece.content()
    dressing = Dressing(HEAD, BASE)
    mail, text = (render(content, piece.reader, form, dressing) for form in ("html", "text"))
    mail, text = personal(mail, text, LINKS, piece.reader)
    (folder / f"{piece.name}.html").write_bytes(mail)
    (folder / f"{piece.name}.txt").write_bytes(text)
    for scheme in schemes:
        shoot(program, mail, folder / f"{piece.name}-{scheme}.png", scheme)
    if pdf and (piece.count < _MANY or piece.language == "id"):
        from tests.digests.pdf.pictures import pages_as_pictures  # noqa: PLC0415 (WeasyPrint takes a second to load)

        pages_as_pictures(render(content, piece.reader, "pdf", dressing), folder, piece.name, 6)


def shoot(program: str, page: bytes, png: Path, scheme: str) -> None:
    """The page at both widths side by side, cut to what it needs."""
    source = html.escape(page.decode(), quote=True)
    frames = "".join(f'<iframe width="{width}" srcdoc="{source}"></iframe>' for width in _WIDTHS)
    size = (sum(_WIDTHS) + 20 * (len(_WIDTHS) + 1), _HEIGHT)
    picture(program, _PAGE.format(frames=frames, ground=_GROUND[scheme]), png, size, dark=scheme == "dark")
    with Image.open(png) as taken:
        shown = taken.convert("RGB")
    ground = Image.new("RGB", shown.size, _GROUND[scheme])
    _, _, _, bottom = ImageChops.difference(shown, ground).getbbox() or (0, 0, 0, shown.height - 20)
    shown.crop((0, 0, shown.width, min(shown.height, bottom + 20))).save(png)


def _index(folder: Path) -> str:
    rows = "".join(_row(folder, name) for name in sorted({file.stem for file in folder.glob("*.html")} - {"index"}))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>'
        "<style>body{font:15px sans-serif;margin:2em}img{height:420px;margin:0 8px 8px 0;object-fit:cover;"
        f"object-position:top}}</style><h1>Gallery</h1>{rows}</html>"
    )


def _row(folder: Path, name: str) -> str:
    pictures = sorted(file.name for file in folder.glob(f"{name}*.png"))
    links = "".join(f'<a href="{file}"><img src="{file}" alt="{file}"></a>' for file in pictures)
    size = f"{(folder / f'{name}.html').stat().st_size:,} bytes"
    return f'<h2>{name}</h2><p><a href="{name}.html">HTML</a>, {size}; <a href="{name}.txt">text</a></p><p>{links}</p>'


if __name__ == "__main__":
    sys.exit(main())
