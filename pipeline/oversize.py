"""Pages larger or deeper than any newsroom's, cut down to what can be read in bounded time and memory.

The largest of 241 real pages had 1.5 million characters (nearly all of them scripts), 4,101 tags and elements 51 deep;
the limits stand well above that. What is cut is said, so that an article tells that its page was not read whole.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 2_000_000  # of a page that is read
MAX_TAGS = 60_000  # "<" of a page that is read
MAX_DEPTH = 120  # elements within elements
_LARGE = 300_000  # bytes from which on a page is looked at for what makes it large
_LONGEST_TAG = 60_000  # bytes; a picture written into its address had 27,000. Parsers take the square of it
_LONG_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{%d,}>?" % _LONGEST_TAG)
_COMMENT = (re.compile(rb"<!--.*?-->", re.DOTALL), b"-->")
_SILENT = [
    (
        re.compile(rb"<%s\b(?![^<>]{0,200}ld\+json).*?</%s(?:[^<>]{0,40}>)?" % (name, name), re.DOTALL | re.IGNORECASE),
        b"</" + name,
    )
    for name in (b"script", b"style", b"svg")
]
_REPEATED = re.compile(r"((?:<[^<>]{1,200}>\s{0,20}){1,12}?)\1{7,}")  # tags and nothing else, again and again
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})[^<>]{0,5000}>")
_ALONE = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "html",
        "head",
        "body",
        "p",
        "li",
        "option",
        "tr",
        "td",
        "th",
    ]
)  # elements that hold none, and those that the next of their kind ends


def without_ballast(body: bytes) -> bytes:
    """A large page without what no reader looks at: the attributes of overlong tags and, where it is larger than what
    is read, scripts, styles, drawings and comments. JSON-LD stays. For bytes of a charset that holds ASCII.
    """
    if len(body) <= _LARGE:
        return body
    body = _LONG_TAG.sub(rb"<\1>", body)
    if len(body) <= MAX_CHARACTERS:
        return body
    for pattern, end in (_COMMENT, *_SILENT):
        body = _without(body, pattern, end)
    return body


def _without(body: bytes, pattern: re.Pattern[bytes], end: bytes) -> bytes:
    """Without what the pattern matches. Behind the last `end` none can, and looking for one would take for ever."""
    last = max(body.rfind(end), body.rfind(end.upper()))
    last = max(last + len(end), body.find(b">", last) + 1) if last >= 0 else 0
    return pattern.sub(b"", body[:last]) + body[last:]


def within_limits(text: str) -> tuple[str, str | None]:
    """(the markup, in words what was cut of it). The middle goes: a menu stands before a text, comments behind it."""
    if _fits(text):
        return text, None
    if len(text) <= 5 * MAX_CHARACTERS:
        text = _REPEATED.sub(r"\1", text)  # holds no text: nothing is lost that needs to be told
        if _fits(text):
            return text, None
    head, tail = text[: _head(text)], text[_tail(text) :]
    cut = len(text) - len(head) - len(tail)
    # what the first part leaves open must not swallow the second
    return f"{head}</script></style></title>{tail}", f"{cut:,} characters in the middle of the page were not read"


def _fits(text: str) -> bool:
    return len(text) <= MAX_CHARACTERS and (len(text) < MAX_TAGS or text.count("<") <= MAX_TAGS)


def _head(text: str) -> int:
    """Where the first half of what is read ends, outside of a tag."""
    end = _before(text, MAX_TAGS // 2, MAX_CHARACTERS // 2)
    opened = text.rfind("<", 0, end)
    return opened if opened > text.rfind(">", 0, end) else end


def _before(text: str, tags: int, characters: int) -> int:
    """Where the first so many tags or characters end."""
    place = 0
    for _ in range(tags):
        place = text.find("<", place, characters) + 1
        if not place:
            return characters
    return place - 1


def _tail(text: str) -> int:
    """Where the last half begins, outside of a tag."""
    place, first = len(text), max(len(text) - MAX_CHARACTERS // 2, _head(text))
    for _ in range(MAX_TAGS // 2):
        found = text.rfind("<", first, place)
        if found < 0:
            place = first
            break
        place = found
    closed, opened = text.find(">", place), text.find("<", place)
    return closed + 1 if 0 <= closed < opened or (closed >= 0 > opened) else place


def flattened(text: str) -> str:
    """The markup, with all open elements ended where they nest deeper than `MAX_DEPTH`; no text is lost or moved.

    Only for pages whose tree is too deep: what an element ends by itself, and what is left open, is not told exactly.
    """
    parts: list[str] = []
    opened: list[str] = []
    done = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _ALONE:
            continue
        if match[1]:
            if opened and opened[-1] == name:
                opened.pop()
            continue
        if len(opened) >= MAX_DEPTH:
            parts += [text[done : match.start()], *(f"</{one}>" for one in reversed(opened))]
            done, opened = match.start(), []
        opened.append(name)
    return "".join((*parts, text[done:]))
