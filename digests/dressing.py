"""What a rendering needs beside the content: the letterhead, the public address, the texts that may be shown whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who files the clippings. Empty strings stand for what is not set."""

    organisation: str = ""
    unit: str = ""
    address: str = ""
    logo: bytes | None = None  # PNG, JPEG or SVG


@dataclass(frozen=True, slots=True)
class Dressing:
    """Frozen with the rendering: the same content and dressing give the same bytes."""

    letterhead: Letterhead = Letterhead()
    base_url: str | None = None  # http(s), without a slash at its end; None: nothing is linked to
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # version id → paragraphs, where rights allow


PLAIN = Dressing()
