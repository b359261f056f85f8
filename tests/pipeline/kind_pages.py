"""Made-up pages of every kind, in the ways sites print them: name, kind, address, status, headers, bytes."""

from __future__ import annotations

from tests.pipeline.kind_articles import of_text
from tests.pipeline.kind_later import later
from tests.pipeline.kind_later_walls import later_nothing, later_walls
from tests.pipeline.kind_later_words import later_addresses, later_words
from tests.pipeline.kind_media import of_lists, of_live, of_pictures, of_videos
from tests.pipeline.kind_nothing import of_nothing
from tests.pipeline.kind_site import Case
from tests.pipeline.kind_walls import of_payment, of_refusal

CASES: list[Case] = [
    *of_text(),
    *of_pictures(),
    *of_videos(),
    *of_live(),
    *of_lists(),
    *of_payment(),
    *of_refusal(),
    *of_nothing(),
    *later(),
    *later_walls(),
    *later_nothing(),
    *later_addresses(),
    *later_words(),
]
