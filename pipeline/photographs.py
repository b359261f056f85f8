"""Who took the picture: the credit in a caption, or a line that is nothing else."""

from __future__ import annotations

import re

from pipeline.persons import names

_NAME = r"(?P<name>[^()/]{3,60}?)"
_LONGEST_CAPTION = 400  # characters; the credit stands at its end
_AGENCY = (
    r"(?:ANTARA(?:\s+FOTO)?|Antara(?:\s+Foto)?|AFP|REUTERS|Reuters|AP(?:\s+Photo)?|EPA|Xinhua|BERNAMA|Bernama|TTXVN)"
)
_LABEL = (
    r"(?:foto|photo|ảnh|picture|photograph|kredit foto|photo credit|gambar|kuha|larawan|ภาพ)s?(?:\s+(?:by|oleh|ni))?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?i)\bphoto\s+(?P<name>[^-–()]{3,60}?)\s+[-–]\s+[\w.]+\s*$",  # "photo NAME - Site"
        rf"{_AGENCY}\s*/\s*{_NAME}\s*(?:/[^()/]{{2,20}}\s*)?\)?\.?\s*$",  # "(ANTARA FOTO/NAME/aww)"
        rf"(?i)\b[\w-]{{2,30}}\.(?:com|id|co\.id|net|vn|my)\s*/\s*{_NAME}\s*\)?\.?\s*$",  # "(Kabar.com/NAME)"
        rf"(?i)[(\[]?\b{_LABEL}\s*[:：]\s*(?P<name>[^()]{{3,60}}?)\s*[)\]]?\.?\s*$",  # "(Foto: NAME)"
        r"(?i)[—–-]\s*(?:picture|photo|foto|pix)s?\s+by\s+(?P<name>[^()]{3,60}?)\.?\s*$",
    )
)
_LINE = re.compile(r"(?i)(?:photo|foto)\s+[^-–:]{3,60}\s[-–]\s\S+\.[a-z]{2,4}")


def photo_credit(caption: str, house: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The photographers of a caption: "photo NAME - Beritajakarta.id", "(ANTARA FOTO/NAME)", "(Foto: NAME)"."""
    for pattern in _PATTERNS:
        match = pattern.search(caption[-_LONGEST_CAPTION:])
        if match:
            return names(match["name"].split("/")[-1], house)
    return ()


def is_photo_line(line: str) -> bool:
    """Is the whole line a photographer's credit: "photo NAME - Beritajakarta.id"?"""
    return bool(_LINE.fullmatch(line))
