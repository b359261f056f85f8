"""What can be known of an address without fetching it: one spelling, one page, one outlet, article or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

from pipeline.outlet import Outlet
from pipeline.wordlists import load

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|\[[0-9a-f:.]+\]", re.ASCII)
_HEADLINE_WORDS = 4  # in the last part of an address: fewer may name a section
_PAGE_NUMBER = re.compile(r"[1-9]|[1-4][0-9]")  # of a paged article; nobody cuts one into more
_VARIANT_SUFFIX = re.compile(r"(?i)\.amp(\.html?)?$")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "mil", "net", "or", "org", "sch", "web"})
_MAX_LENGTH = 4000  # no page of a newsroom has a longer address


@dataclass(frozen=True, slots=True)
class _Tracking:
    prefixes: tuple[str, ...]
    names: tuple[str, ...]
    paging: tuple[str, ...]
    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Variants:
    hosts: tuple[str, ...]
    segments: tuple[str, ...]
    whole: tuple[str, ...]
    before_number: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    words: tuple[str, ...]
    sections: tuple[str, ...]
    suffixes: tuple[str, ...]
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Lists:
    tracking: _Tracking
    variants: _Variants
    other: _Other


@cache
def _lists() -> _Lists:
    return load("urls", _Lists)


def normalise(url: str) -> str:
    """One spelling of an address: absolute, lower-case scheme and host, no default port, no fragment, RFC 3986 escapes.

    Raises `ValueError` on anything that is not http(s), has no host, or carries a user name.
    """
    parts = urlsplit(re.sub(r"[\x00-\x20\x7f]", lambda match: "%20" if match[0] == " " else "", url.strip()))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http or https address: {url[:200]!r}")
    if len(url) > _MAX_LENGTH or "@" in parts.netloc:
        raise ValueError(f"an address that is too long or carries a user name: {url[:200]!r}")
    host = _ascii_host(parts.hostname)
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    query = f"?{_escapes(parts.query)}" if parts.query else ""
    return f"{parts.scheme}://{netloc}{_path(parts.path)}{query}"


def _ascii_host(host: str) -> str:
    """The host in ASCII, lower case, without the root's dot. Raises `ValueError` where it cannot be one."""
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    try:
        name = name.encode("ascii").decode() if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        raise ValueError(f"not a host name: {host[:100]!r}") from None
    if not _HOST.fullmatch(name.lower()):
        raise ValueError(f"not a host name: {host[:100]!r}")
    return name.lower()


def _path(path: str) -> str:
    path = _escapes(path) or "/"
    if "/." in path:  # only then are there dot segments to resolve; urljoin leaves a leading // alone elsewhere
        path = urlsplit(urljoin("http://host/", "/" + path.lstrip("/"))).path
    return path


def _escapes(text: str) -> str:
    """Percent-encoding in one form: unreserved characters plain, upper-case digits, the rest of Unicode escaped."""

    def plain(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else match[0].upper()

    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = re.sub(r"%([0-9A-Fa-f]{2})", plain, text)
    return re.sub(
        r"""[^!-~]+|["<>\\^`{|}]+""",
        lambda match: "".join(f"%{b:02X}" for b in match[0].encode("utf-8", "replace")),
        text,
    )


def canonical_url(url: str, outlet: Outlet | None) -> str:
    """The one address of a page: campaign marks and its AMP, mobile, print and paging variants gone.

    An unlisted site keeps its scheme, host and trailing slash, as nothing proves that they do not matter there; of its
    paths only what leaves an article's address is taken away. Raises `ValueError` as `normalise` does.
    """
    parts = urlsplit(normalise(url))
    if outlet is None:
        return _canonical_elsewhere(parts)
    query = urlencode([pair for pair in _pairs(parts) if pair[0] in outlet.canonical.keep_parameters])
    path = parts.path.rstrip("/") or "/"
    plain = parts._replace(scheme="https", path=path, query=_escapes(query))
    for netloc in dict.fromkeys((_chief_host(parts.netloc, outlet), parts.netloc)):
        for form in (*_without_variant(path), path):
            candidate = _rewritten(plain._replace(netloc=netloc, path=form).geturl(), outlet)
            if is_article(candidate, outlet):
                return candidate
    return _rewritten(plain.geturl(), outlet)


def _rewritten(url: str, outlet: Outlet) -> str:
    """By the outlet file's own rules."""
    for pattern, replacement in outlet.canonical.rewrite:
        url = re.sub(pattern, replacement, url)
    return url


def _canonical_elsewhere(parts: SplitResult) -> str:
    pairs = [pair for pair in _pairs(parts) if _names_page(*pair)]
    plain = parts._replace(query=_escapes(urlencode(pairs)))
    whole = [pair for pair in pairs if pair[0].lower() not in _lists().tracking.paging]
    for path in (*_without_variant(parts.path), parts.path):
        candidate = parts._replace(path=path, query=_escapes(urlencode(whole))).geturl()
        if (path != parts.path or len(whole) < len(pairs)) and _is_named(path) and _looks_like_article(candidate):
            return candidate
    return plain.geturl()


def _chief_host(netloc: str, outlet: Outlet) -> str:
    """Of kota.example, www.kota.example and a phone's or AMP's m.kota.example the one the outlet file names first.

    A file that names kota.example alone means all its hosts: then www.kota.example stays what it is.
    """
    label, _, rest = netloc.partition(".")
    is_variant = label in _lists().variants.hosts
    domain = rest if is_variant or label == "www" else netloc
    named = [host for host in outlet.hosts if host in (domain, f"www.{domain}")]
    return named[0] if len(named) == 2 or (named and is_variant) else netloc


def _without_variant(path: str) -> Iterator[str]:
    """What a path may be a variant of, the shortest first; whether it is one the outlet's patterns decide.

    An AMP, print or one-page mark may stand anywhere; the number of a page only behind a headline.
    """
    lists = _lists().variants
    slash = "/" if path.endswith("/") and path != "/" else ""
    segments = [segment for segment in path.split("/") if segment]
    if not segments:
        return
    last = _VARIANT_SUFFIX.sub(r"\1", segments[-1])
    kept = [one for one in (*segments[:-1], last) if one.lower() not in lists.segments]
    for count in (2, 1):
        if len(kept) > count and _is_page_number(kept[-count:]) and _is_headline(kept[-count - 1]):
            yield "/" + "/".join(kept[:-count]) + slash
    if kept and kept != segments:
        yield "/" + "/".join(kept) + slash


def _is_page_number(segments: Sequence[str]) -> bool:
    """/2, /all, /page/2, /halaman/2"""
    lists, number = _lists().variants, segments[-1].lower()
    if not (_PAGE_NUMBER.fullmatch(number) or number in lists.whole):
        return False
    return len(segments) == 1 or segments[0].lower() in lists.before_number


def _is_headline(segment: str) -> bool:
    return _words_of(segment) >= _HEADLINE_WORDS - 1


def _is_named(path: str) -> bool:
    """Whether the end of a path names one article: by a headline, or by an id."""
    last = path.rstrip("/").rpartition("/")[2]
    return _is_headline(last) or bool(re.search(r"\d{5,}", last))


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)


def _names_page(name: str, value: str) -> bool:
    tracking, key = _lists().tracking, name.lower()
    if key in tracking.names or key.startswith(tracking.prefixes):
        return False
    return value.lower() not in tracking.values.get(key, ())


def is_article(canonical_url: str, outlet: Outlet | None) -> bool:
    """May this address be an article? For a listed outlet its file says; for others the address's own words do."""
    if outlet is None:
        return _looks_like_article(canonical_url)
    rules = outlet.discovery
    return any(_compiled(pattern).search(canonical_url) for pattern in rules.article) and not any(
        _compiled(pattern).search(canonical_url) for pattern in rules.exclude
    )


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def other_words() -> frozenset[str]:
    return frozenset(_lists().other.words)


def _looks_like_article(url: str) -> bool:
    """No media, tag or account word in host or path, and a last segment that reads like a headline or an id."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path.lower()
    lists = _lists().other
    if any(host == name or host.endswith("." + name) for name in lists.hosts) or path.endswith(lists.suffixes):
        return False
    segments = [segment for segment in path.split("/") if segment]
    if not segments or not other_words().isdisjoint([*segments, *host.split(".")[:-1]]):
        return False
    if not set(lists.sections).isdisjoint(segments):
        return _words_of(segments[-1]) >= _HEADLINE_WORDS
    return _reads_like_headline(segments) or any(
        re.fullmatch(r"p|id|newsid|article_?id", name) for name, _ in _pairs(parts)
    )


def _reads_like_headline(segments: Sequence[str]) -> bool:
    words = _words_of(segments[-1])
    named = any(re.search(r"\d{5,}|(?:19|20)\d\d", segment) for segment in segments)  # a date or an id in the path
    return words >= _HEADLINE_WORDS or (named and (words >= 2 or bool(re.search(r"\d{5,}", segments[-1]))))


def _words_of(segment: str) -> int:
    """How many words a path segment spells."""
    plain = re.sub(r"\.(?:s?html?|php|aspx?|cms|amp)$", "", segment)
    return sum(1 for word in re.split(r"[-_.+,]|%[0-9a-f]{2}", plain) if word)


def outlet_for(url: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """The outlet that publishes an address, or `None`.

    A host belongs to the outlet that lists it, or the nearest domain above it: "inews.id" stands for "x.inews.id".
    Between outlets sharing a host the article patterns decide, and the first by name where none matches.
    """
    try:
        host = urlsplit(normalise(url)).hostname or ""
    except ValueError:
        return None
    nearest: dict[str, int] = {outlet.name: _nearness(host, outlet) for outlet in outlets}
    best = max(nearest.values(), default=0)
    if not best:
        return None
    claims = sorted((outlet for outlet in outlets if nearest[outlet.name] == best), key=lambda outlet: outlet.name)
    for outlet in claims:
        if is_article(canonical_url(url, outlet), outlet):
            return outlet
    return claims[0]


def _nearness(host: str, outlet: Outlet) -> int:
    """Length of the longest listed host that is `host` or a domain above it; 0 for none."""
    return max((len(name) for name in outlet.hosts if host == name or host.endswith("." + name)), default=0)


def domain(host: str) -> str:
    """What is registered: kota.example of news.kota.example, kota.co.id of news.kota.co.id."""
    labels = host.split(".")
    length = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-length:])
