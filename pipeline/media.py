"""Photo, video and live pages, by what the page or its address calls itself; one with a whole text is an article."""

from __future__ import annotations

import re

from pipeline.document import select, text_of
from pipeline.model import Kind
from pipeline.signs import FULL_TEXT, PROSE, Look, is_prose, names_of, signs, weight

_GALLERY = 4  # figures with a caption that make a gallery
_MOST_CAPTIONS = 100  # of a page
_ENTRIES = 4  # of a live blog, each under the time it was written
_TIMED = re.compile(
    r"^\(?(?:[01]?\d|2[0-3])[:.h][0-5]\d\)?(?:\s?(?:am|pm|wib|wita|wit|น\.?|hrs|gmt[+-]?\d*))?(?:\s|$|[-–:.,])",
    re.IGNORECASE,
)
_GALLERIES = frozenset({"imagegallery", "mediagallery", "imageobject"})
_CAPTIONS = "figure figcaption, .gallery-caption, .photo-caption, .caption-foto, .wp-caption-text"


def by_medium(page: Look) -> tuple[Kind, str] | None:
    """What it is made of besides text, with the reason."""
    return _live(page) or _photo(page) or _video(page) or _other(page)


def _live(page: Look) -> tuple[Kind, str] | None:
    marks, types = signs().media, page.reading.metadata.types
    if "liveblogposting" in types:
        return Kind.LIVE_BLOG, "a live blog, as it says: it changes all day"
    word = _word(page, marks.live)
    if word:
        return Kind.LIVE_BLOG, f"a live blog by its address (/{word}/): it changes all day"
    if not any(name.startswith(marks.live_titles) or name.endswith(marks.live_titles) for name in names_of(page)):
        return None
    entries = _entries(page)
    if entries >= _ENTRIES:
        return Kind.LIVE_BLOG, f"a live blog: {entries} entries under the time of each"
    return None


def _entries(page: Look) -> int:
    """Lines of the text that begin with a time of day, or times of day between paragraphs."""
    lines = [block.text for block in page.reading.text.blocks]
    timed = sum(1 for line in lines if _TIMED.match(line))
    if timed >= _ENTRIES:
        return timed
    marks = [
        text_of(element)
        for _, element in zip(range(200), page.tree.iter("time", "h2", "h3", "h4", "span", "strong"), strict=False)
    ]
    return sum(1 for mark in marks if _TIMED.match(mark))


def _photo(page: Look) -> tuple[Kind, str] | None:
    types = page.reading.metadata.types
    word = _word(page, signs().media.photo)
    named = _GALLERIES & types and not page.calls_itself_article
    if not (word or named) and page.prose >= 2 * FULL_TEXT:
        return None
    captions = {text_of(element) for element in select(page.tree, _CAPTIONS)[:_MOST_CAPTIONS]} - {""}
    text = _beside(page, captions)
    if text >= FULL_TEXT:
        return None
    if word or (named and (types & (_GALLERIES - {"imageobject"}) or page.prose < 2 * PROSE)):
        return Kind.PHOTO, f"a photo page {f'by its address (/{word}/)' if word else 'as it says'}"
    if len(captions) >= _GALLERY and text < 4 * PROSE:
        return Kind.PHOTO, f"a photo page: {len(captions)} pictures with captions and {text} characters of text beside"
    return None


def _beside(page: Look, captions: set[str]) -> int:
    """Characters of prose that are no caption; readers join captions into one paragraph."""
    total = 0
    for block in page.reading.text.blocks:
        if is_prose(block.text):
            rest = block.text
            for caption in captions:
                rest = rest.replace(caption, "")
            total += weight(rest) if weight(rest) >= PROSE else 0
    return total


def _video(page: Look) -> tuple[Kind, str] | None:
    if page.prose >= FULL_TEXT:
        return None
    word = _word(page, signs().media.video)
    if word:
        return Kind.VIDEO, f"a video page by its address (/{word}/)"
    types = page.reading.metadata.types
    if any(name.startswith("video") for name in types) and not page.calls_itself_article:
        return Kind.VIDEO, "a video page, as it says"
    return None


def _other(page: Look) -> tuple[Kind, str] | None:
    """Pictures that hold the words, and questions: neither has a text."""
    if page.prose >= FULL_TEXT:
        return None
    word = _word(page, signs().media.graphic)
    if word:
        return Kind.PHOTO, f"an infographic by its address (/{word}/): its words stand in a picture"
    word = _word(page, signs().media.quiz)
    if word and page.prose < 4 * PROSE:
        return Kind.EMPTY, f"a quiz by its address (/{word}/): questions, no text"
    return None


def _word(page: Look, words: tuple[str, ...]) -> str | None:
    return next((word for word in words if word in page.segments), None)
