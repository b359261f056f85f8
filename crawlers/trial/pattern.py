"""The address of an article, learnt from examples: what all their addresses have in common, as a regular expression.

Each part of a path has a class: figures, a headline in words joined by hyphens, an id, or a plain word. Addresses
with the same classes from the first figure or headline on are of one shape; the plain words before it are sections,
of which any may stand there, unless all examples have the same one. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from pipeline.urls import is_article, normalise, other_words

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "mil", "net", "or", "org", "web"})
_SECTION = r"[A-Za-z0-9_.-]+"
_FEW = 0.05  # share of likely examples below which a shape may be chance
_HEADLINE = "headline"  # marks such a part while shapes are compared
_FIGURES = "figures"
_MEDIA = frozenset(
    {"foto", "photo", "photos", "video", "videos", "galeri", "gallery", "infografis", "infographic", "podcast"}
)
_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|cms|jsp)$")
_WORDS = re.compile(r"[-_+,.]|%20")


@dataclass(frozen=True, slots=True)
class Induced:
    """Patterns over canonical addresses, and what they make of the examples."""

    article: tuple[str, ...]
    exclude: tuple[str, ...]
    keep_parameters: tuple[str, ...]  # query parameters that name the page
    accepted: int  # of the examples
    examples: int
    others: int  # links of the site that are none, and that the patterns refuse

    def canonical(self, url: str) -> str:
        """The address as the patterns mean it: https, no slash at the end, only the parameters that name a page."""
        return _canonical(_plain(url), self.keep_parameters)

    def accepts(self, url: str) -> bool:
        """Whether a canonical address is an article's."""
        return any(re.search(p, url) for p in self.article) and not any(re.search(p, url) for p in self.exclude)


@dataclass(frozen=True, slots=True)
class _Shape:
    """An address in classes: the words before its core, the classes of its core, and its query's parameters."""

    url: str
    host: str
    lead: tuple[str, ...]
    core: tuple[str, ...]
    query: tuple[str, ...]
    figures: tuple[str, ...]  # each part of the core that is figures; "": it is something else
    words: int  # of the headline in its last part; 0: none there


def induce(examples: Sequence[str], links: Iterable[str] = (), *, sure: bool = True) -> Induced:
    """From addresses that feeds and sitemaps name, and all links of the site. No pattern where nothing is learnt.

    Not `sure`: the examples are only likely to be articles, and what few of them have in common is left out. One that
    by its own words is a photo page, a video, a tag … teaches what to exclude, not what to accept.
    """
    domains = {domain_of(urlsplit(url).hostname or "") for url in examples}
    named = tuple(dict.fromkeys(_plain(url) for url in examples))
    telling = [url for url in named if not _other_word(url)]
    parameters = _page_parameters(telling)
    canonical = tuple(dict.fromkeys(_canonical(url, parameters) for url in telling))
    patterns = _patterns(canonical, 0.0 if sure else _FEW)
    around = {
        _canonical(url, parameters) for url in map(_plain, links) if domain_of(urlsplit(url).hostname or "") in domains
    }
    exclude = _exclusions({*around, *(_canonical(url, parameters) for url in named)}, patterns)
    induced = Induced(patterns, exclude, parameters, 0, len(canonical), 0)
    return Induced(
        patterns,
        exclude,
        parameters,
        accepted=sum(map(induced.accepts, canonical)),
        examples=len(canonical),
        others=sum(not induced.accepts(url) for url in around - set(canonical)),
    )


def likely_articles(links: Iterable[str], host: str) -> tuple[str, ...]:
    """Links of the same site whose own words say that they are articles: examples where no feed gives any."""
    domain = domain_of(host)
    spelled = [url for url in map(_plain, links) if domain_of(urlsplit(url).hostname or "") == domain]
    return tuple(dict.fromkeys(url for url in spelled if is_article(url, None)))


def domain_of(host: str) -> str:
    """The site a host belongs to: "news.detik.com" to "detik.com", "www.republika.co.id" to "republika.co.id"."""
    labels = host.lower().split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def _plain(url: str) -> str:
    """https, without a slash at the end: as `pipeline.urls.canonical_url` gives it for a listed outlet."""
    parts = urlsplit(normalise(url))
    return parts._replace(scheme="https", path=parts.path.rstrip("/") or "/").geturl()


def _canonical(url: str, parameters: Sequence[str]) -> str:
    parts = urlsplit(url)
    kept = "&".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if name in parameters)
    return parts._replace(query=kept).geturl()


def _page_parameters(urls: Sequence[str]) -> tuple[str, ...]:
    """The parameters that name the page: figures that differ where the paths do not."""
    paths = {urlsplit(url).path for url in urls}
    if len(paths) * 2 > len(urls):
        return ()
    values: dict[str, set[str]] = defaultdict(set)
    for url in urls:
        for name, value in parse_qsl(urlsplit(url).query):
            values[name].add(value)
    naming = [name for name, found in values.items() if len(found) * 2 > len(urls)]
    return tuple(sorted(naming))


def _patterns(urls: Sequence[str], least: float) -> tuple[str, ...]:
    """One for each shape, the commonest first; none for a shape that a commoner one's pattern covers."""
    shapes: dict[tuple[object, ...], list[_Shape]] = defaultdict(list)
    for shape in filter(None, map(_shape, urls)):
        shapes[domain_of(shape.host), shape.core, shape.query].append(shape)
    found: list[str] = []
    for _, group in sorted(shapes.items(), key=lambda item: (-len(item[1]), str(item[0]))):
        if len(group) < max(least * len(urls), 2 if least else 1):
            continue
        if not all(any(re.search(pattern, shape.url) for pattern in found) for shape in group):
            found.append(_pattern(group))
    return tuple(found)


def _shape(url: str) -> _Shape | None:
    """`None` for an address that says nothing: no figure, no id and no headline in it."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    classes = [_class(segment, last=n == len(segments) - 1) for n, segment in enumerate(segments)]
    query = tuple(sorted(name for name, _ in parse_qsl(parts.query)))
    start = next((n for n, found in enumerate(classes) if found is not None), None)
    if start is None and not query:
        return None
    start = len(segments) if start is None else start
    core = [
        found or _inner(segment, last=n == len(segments) - 1)
        for n, (segment, found) in enumerate(zip(segments, classes, strict=True))
    ]
    headline = len(_split(segments[-1])) if core and core[-1].startswith(_HEADLINE) else 0
    figures = tuple(
        _SUFFIX.sub("", segment) if part.startswith(_FIGURES) else ""
        for segment, part in zip(segments, core, strict=True)
    )
    return _Shape(
        url, parts.hostname or "", tuple(segments[:start]), tuple(core[start:]), query, figures[start:], headline
    )


def _inner(segment: str, *, last: bool) -> str:
    """A plain word behind figures: at the end a short headline, else part of the shape."""
    return _HEADLINE + _ending(segment) if last else re.escape(segment)


def _ending(segment: str) -> str:
    suffix = _SUFFIX.search(segment)
    return re.escape(suffix[0]) if suffix else ""


def _split(segment: str) -> list[str]:
    return [word for word in _WORDS.split(_SUFFIX.sub("", segment)) if word]


def _class(segment: str, *, last: bool) -> str | None:
    """Figures, an id, a headline (with an id before or behind it), or `None`: a plain word."""
    stem, ending = _SUFFIX.sub("", segment), _ending(segment)
    words = _split(segment)
    if stem.isdecimal():
        return _FIGURES + ending
    if match := re.fullmatch(r"([a-z]{1,3}[-_]?)\d{4,}", stem):
        return re.escape(match[1]).replace(r"\-", "-") + r"\d+" + ending
    if re.match(r"\d{3,}[-_]", stem):
        return r"\d+[-_][^/]+" + ending
    if re.search(r"[-_.][a-z]{0,2}\d{5,}$", stem):
        return (r"[^/]+[-_][^/]+" if len(words) > 2 else "[^/]+") + r"[-_.][a-z]{0,2}\d+" + ending
    if len(words) >= (2 if last else 4) or "%" in stem:
        return _HEADLINE + ending
    return r"[^/]*\d[^/]*" + ending if re.search(r"\d{5,}", stem) else None


def _pattern(group: Sequence[_Shape]) -> str:
    """One regular expression for all addresses of a shape."""
    first = group[0]
    core = "/".join(_told(part, n, group) for n, part in enumerate(first.core))
    lead = _lead([shape.lead for shape in group])
    path = lead + core if core else lead.removesuffix("/")
    query = "&".join(rf"{re.escape(name)}=[^&]+" for name in first.query)
    return rf"^https://{_hosts({shape.host for shape in group})}/{path}{chr(92) + '?' + query if query else ''}$"


def _told(part: str, place: int, group: Sequence[_Shape]) -> str:
    """A headline beside figures may be anything; alone, it has at least half the words of the shortest example."""
    if part.startswith(_FIGURES):
        return _figures({shape.figures[place] for shape in group}) + part.removeprefix(_FIGURES)
    if not part.startswith(_HEADLINE):
        return part
    ending = part.removeprefix(_HEADLINE)
    if len(group[0].core) > 1:
        return r"[^/]+" + ending
    words = max(min(shape.words for shape in group) // 2 + 1, 2)
    return rf"[^/_-]+(?:[-_]+[^/_-]+){{{words - 1},}}{ending}"


def _figures(values: set[str]) -> str:
    """A year, a month or day in two figures, or a number of any length."""
    if all(re.fullmatch(r"(?:199|20[0-4])\d", value) for value in values):
        return r"\d{4}"
    return r"\d{2}" if all(re.fullmatch(r"[0-3]\d", value) for value in values) else r"\d+"


def _lead(leads: Sequence[tuple[str, ...]]) -> str:
    """The words before the core, each with its slash: the same in all, or any section."""
    if len({len(lead) for lead in leads}) > 1:
        return f"(?:{_SECTION}/)*"
    return "".join(_one_of({lead[n] for lead in leads}) + "/" for n in range(len(leads[0])))


def _one_of(words: set[str]) -> str:
    return re.escape(words.pop()).replace(r"\-", "-") if len(words) == 1 else _SECTION


def _hosts(hosts: set[str]) -> str:
    if len(hosts) == 1:
        return re.escape(hosts.pop()).replace(r"\-", "-")
    domains = sorted({domain_of(host) for host in hosts})
    return "[a-z0-9.-]*" + (re.escape(domains[0]) if len(domains) == 1 else f"(?:{'|'.join(map(re.escape, domains))})")


def _other_word(url: str) -> str | None:
    """The word of the address that says it is no written article: a part of the path or the first label of the host.

    "foto-news" and a headline that begins with "video-" say so too.
    """
    parts = urlsplit(url)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    labels = (parts.hostname or "").split(".")[:1]
    word = next((word for word in (*segments, *labels) if word in other_words()), None)
    return (
        word
        or next((first for segment in segments if (first := _split(segment)[:1]) and first[0] in _MEDIA), [None])[0]
    )


def _exclusions(urls: Iterable[str], patterns: Sequence[str]) -> tuple[str, ...]:
    """What the patterns would let in although a word of the address says that it is none."""
    whole: set[str] = set()
    begun: set[str] = set()
    hosts: set[str] = set()
    for url in urls:
        word = _other_word(url)
        if word is None or not any(re.search(pattern, url) for pattern in patterns):
            continue
        parts = urlsplit(url)
        by_host = (parts.hostname or "").startswith(word + ".")
        (hosts if by_host else whole if word in parts.path.lower().split("/") else begun).add(word)
    found = [f"/(?:{_any(whole)})(?:/|$)"] if whole else []
    found += [f"/(?:{_any(begun)})[-_]"] if begun else []
    return (*found, *([f"^https://(?:{_any(hosts)})\\."] if hosts else []))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\-", "-") for word in sorted(words))
