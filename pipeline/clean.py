"""Links to other articles inside a text, and other lines that are none of it.

Related links are told by the DOM first, by words second: outlets also glue them into a paragraph without any mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin, urlsplit

from pipeline import byline, furniture
from pipeline.blocks import FULL_STOPS, SENTENCE_END, Block, Link, is_sentence, weight
from pipeline.document import folded
from pipeline.outlet import Outlet
from pipeline.related import LONGEST_HEADLINE, is_long, leads_elsewhere

_LONGEST_BARE = 150  # the same, of a line without a link behind "Baca juga:"
_LONG_HEADLINE = 7  # words; an office with its holder's name is shorter
_LONGEST_HEADING = 60  # of a bold line
_SHORTEST_PROSE = 40  # characters of a sentence
_BRACKETS = " \u00a0.,;|•·–—-"  # what may stand between the links of one related line


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the page around the text."""

    url: str
    outlet: Outlet | None
    headlines: frozenset[str]  # its own as printed and as stated, folded
    related: dict[str, str]  # folded headline of another article -> as printed; those that the text may hold


def without_related(blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
    """The blocks without those that only lead to other articles, and without such links inside paragraphs."""
    kept: list[Block] = []
    led, bare = False, False  # whether the line before led on, and whether to a line that need be no link
    for block in blocks:
        if led and (_is_link(block) or (bare and _may_be_headline(block))):
            bare = False
            continue
        led = False
        opening = furniture.opening_marker(block.text)
        if opening and not block.text[opening.end :].strip(_BRACKETS + ":"):
            led = bare = True
        elif not (opening and _is_marked(block, opening, around)) and not _is_other_headline(block, around):
            kept += _without_inline(block, around)
    return _without_last_heading(kept, blocks)


def _without_last_heading(kept: list[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without the heading of a list of links that stood at the end and is gone."""
    while kept and kept[-1] is not blocks[-1] and _is_heading(kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_heading(block: Block) -> bool:
    return block.kind == "head" or (
        block.bold and len(block.text) <= _LONGEST_HEADING and not block.text.endswith(SENTENCE_END)
    )


def _is_link(block: Block) -> bool:
    """Is it (almost) all a link? A number or bullet before it is no more."""
    return _linked(block) >= 0.85 * len(block.text) or (
        bool(block.links) and not any(map(str.isalpha, _unlinked(block)))
    )


def _unlinked(block: Block) -> str:
    ends = [0, *(link.end for link in block.links)]
    starts = [*(link.start for link in block.links), len(block.text)]
    return "".join(block.text[end:start] for end, start in zip(ends, starts, strict=True))


def _may_be_headline(block: Block) -> bool:
    """May a line without a link be the headline to which the marker above it leads?"""
    return block.kind != "head" and len(block.text) <= _LONGEST_BARE and not block.text.endswith(FULL_STOPS)


def _is_marked(block: Block, opening: furniture.Marker, around: Around) -> bool:
    """Does the line say nothing but "Baca juga" and a headline?"""
    rest = block.text[opening.end :].strip(_BRACKETS)
    if len(rest) > LONGEST_HEADLINE:
        return False
    if _is_known(rest, around) or sum(min(len(rest), link.end - link.start) for link in block.links) >= 0.7 * len(rest):
        return True
    return opening.colon and (opening.sure or bool(block.links) or not rest.endswith("."))


def _is_other_headline(block: Block, around: Around) -> bool:
    """Is (almost) all of the text a link to another article of the site, or the headline of one?"""
    if _is_known(block.text, around):
        return True
    linked = _linked(block)
    rest = len(block.text) - linked
    if not _is_link(block) and not (linked >= 2 * rest and _is_hour_behind(block)):
        return False
    return all(_leads_on(link, block.text, around) for link in block.links)


def _is_known(text: str, around: Around) -> bool:
    return bool(around.related) and len(text) <= 2 * LONGEST_HEADLINE and folded(text) in around.related


def _linked(block: Block) -> int:
    return sum(link.end - link.start for link in block.links)


def _is_hour_behind(block: Block) -> bool:
    """Do only a few words with a number stand behind the last link: "2 jam lalu"?"""
    behind = block.text[block.links[-1].end :].strip()
    return len(behind.split()) <= 4 and bool(re.search(r"\d", behind)) and not behind.endswith(".")


def _leads_on(link: Link, text: str, around: Around) -> bool:
    """Does it lead to another article of the same site? An address printed in full is told, not linked."""
    if re.match(r"(?i)\s*(?:https?:|www\.)", text[link.start : link.end]):
        return False
    return _is_same_site(urljoin(around.url, link.href.strip()), around) and leads_elsewhere(
        link.href, around.url, around.outlet
    )


def _is_same_site(target: str, around: Around) -> bool:
    host = urlsplit(target).hostname or ""
    own = urlsplit(around.url).hostname or ""
    return _site(host) == _site(own) or bool(around.outlet and _site(host) in map(_site, around.outlet.hosts))


def _site(host: str) -> str:
    """The domain that a publisher registers: "antaranews.com", "kabar.co.id"."""
    labels = host.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else labels[-2:])


def _without_inline(block: Block, around: Around) -> list[Block]:
    """The block without headlines glued into it, linked or bare; none when nothing is left."""
    spans = [*_marked_spans(block), *_glued_spans(block, around), *_bare_spans(block.text, around)]
    if not spans:
        return [block]
    parts, end = [], 0
    for start, stop in sorted(spans):
        parts.append(block.text[end : max(start, end)].strip())
        end = max(end, stop)
    text = " ".join(part for part in (*parts, block.text[end:].strip()) if part)
    return [replace(block, text=text, links=())] if any(map(str.isalnum, text)) else []


def _marked_spans(block: Block) -> Iterator[tuple[int, int]]:
    """Where "Baca juga: …" stands behind a sentence: to the end of its links, or of the block where it has none."""
    for marker in furniture.markers(block.text):
        before, bracket = block.text[: marker.start].rstrip(), block.text[marker.start] in "[("
        end = _end_of_links(block, marker)
        begins = not before or is_sentence(before) or _is_caseless(before[-1])
        if not (bracket or begins or (marker.sure and end and not block.text[marker.start].islower())):
            continue
        if end is None:
            if not (marker.sure and marker.colon) or len(block.text) - marker.end > LONGEST_HEADLINE:
                continue
            end = len(block.text)
        closing = re.compile(r"\s*[\])]\.?").match(block.text, end) if bracket else None
        yield marker.start, closing.end() if closing else end


def _end_of_links(block: Block, marker: furniture.Marker) -> int | None:
    """Where the last of the links ends that stand right behind the marker, or around it."""
    end: int | None = None
    for link in block.links:
        if link.end > marker.end and not block.text[end or marker.end : max(link.start, 0)].strip(_BRACKETS):
            end = link.end
    return end


def _is_caseless(letter: str) -> bool:
    """Of a script without capitals, which mostly has no full stop either."""
    return letter.lower() == letter.upper() and ord(letter) > 0x0B00


def _glued_spans(block: Block, around: Around) -> Iterator[tuple[int, int]]:
    """Linked headlines between two sentences, or between a sentence and the end."""
    for link in block.links:
        if _is_glued(block.text, link, around):
            yield link.start, link.end


def _is_glued(text: str, link: Link, around: Around) -> bool:
    """Not a link on words of a sentence, nor one that begins a sentence: an office and its holder's name."""
    label, before, after = text[link.start : link.end].strip(), text[: link.start].rstrip(), text[link.end :].lstrip()
    if not is_long(label) or after[:1].islower() or after[:1] in tuple(".,;:!?)’”\"'"):
        return False
    if before and not (is_sentence(before) or before.endswith(":")):
        return False
    sure = _spells(link.href, label) or _is_known(label, around)
    ends = not after and is_sentence(before) and not label.endswith(".")
    long = len(label.split()) >= _LONG_HEADLINE and not before.endswith(":")
    return (sure or ends or long) and _leads_on(link, text, around)


def _spells(href: str, label: str) -> bool:
    """Does the address spell the words of the label, as an article's address spells its headline?"""
    path = folded(unquote(urlsplit(href).path))
    words = [folded(word) for word in label.split() if len(word) > 2]
    return sum(word in path for word in words) >= 0.6 * max(len(words), 3)


def _bare_spans(text: str, around: Around) -> Iterator[tuple[int, int]]:
    """Where another article's headline stands bare, behind a sentence or before one."""
    for headline in around.related.values():
        start = text.find(headline)
        if start < 0:
            continue
        before, after = text[:start].rstrip(), text[start + len(headline) :].lstrip()
        between = after[:1] not in tuple(".,;:!?)’”\"'") or not after
        if (not before or is_sentence(before)) and between and not after[:1].islower():
            yield start, start + len(headline)


def without_furniture(blocks: Sequence[Block], around: Around) -> tuple[Block, ...]:
    """The blocks without prompts, adverts and the page's own headline, cut where only other articles follow.

    Credit lines behind the cut stay.
    """
    kept, ended = [], False
    last = max((position for position, block in enumerate(blocks) if _is_prose(block)), default=0)
    for position, block in enumerate(blocks):
        credit = position > last and byline.is_tail(block.text)
        ended = ended or (position >= last and (credit or furniture.ends_text(block.text)))
        if ended and not credit:
            continue
        if not (furniture.is_line(block.text) or _is_prompt(block) or _is_own_headline(block.text, around)):
            kept.append(block)
    return tuple(kept)


def _is_own_headline(text: str, around: Around) -> bool:
    """The page's own headline, or a line without a letter or digit."""
    if len(text) > 2 * LONGEST_HEADLINE:
        return False
    plain = folded(text)
    return not plain or plain in around.headlines


def _is_prompt(block: Block) -> bool:
    """A short line with a link to the outlet's channel elsewhere, or that is a link to share the page."""
    if not block.links or len(block.text) > LONGEST_HEADLINE or furniture.is_speech(block.text):
        return False
    if all(furniture.shares(link.href) for link in block.links) and _is_link(block):
        return True
    return any(furniture.is_channel(link.href) for link in block.links)


def _is_prose(block: Block) -> bool:
    return weight(block.text) >= _SHORTEST_PROSE and is_sentence(block.text) and not block.links
