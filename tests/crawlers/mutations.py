"""What can happen to an outlet's site, applied from outside to the newsroom's answers by a seeded generator."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import urlsplit

from crawlers.newsroom.response import Request, Response
from pipeline.model import FailureClass as F
from pipeline.outlet import Outlet
from pipeline.urls import canonical_url, is_article

Change = Callable[[Request, Response], Response]
Rewrite = Callable[[str, Random], str]

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ])(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_MONTH = r"(?:Jan|Feb|Mar|Apr|Mei|May|Jun|Jul|Ag|Aug|Sep|Okt|Oct|Nov|Des|Dec)[a-z]*"
_PRINTED = re.compile(rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}},?) \d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?: ?(?:WIB|[ap]m))?")
_JSON_LD = re.compile(r"(<script[^>]*ld\+json[^>]*>)(.*?)(</script>)", re.DOTALL)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_OTHER_LANGUAGES = (
    "Der Rat der Hafenstadt hat gestern über die neue Fährlinie gesprochen, die noch vor dem Regen eröffnet wird.",
    "Le conseil de la ville portuaire a parlé hier de la nouvelle ligne de bac, qui doit ouvrir avant les pluies.",
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One thing that can happen. `right`: the classes under which a person would look for it."""

    name: str
    right: frozenset[F]
    make: Callable[[Random, Outlet], Change]
    needs: frozenset[str] = frozenset()  # what the outlet's articles or listings must have: "json-ld", "feed", a field


def is_article_page(request: Request, outlet: Outlet) -> bool:
    """By the outlet file, which is all that a crawl knows too."""
    try:
        return is_article(canonical_url(f"https://{request.host}{request.target}", outlet), outlet)
    except ValueError:
        return False


def _text(response: Response) -> str:
    return response.body.decode("utf-8", "surrogateescape")


def _with_text(response: Response, text: str) -> Response:
    return replace(response, body=text.encode("utf-8", "surrogateescape"))


def _on_articles(rewrite: Rewrite) -> Callable[[Random, Outlet], Change]:
    """Article pages that answer 200, each rewritten in the same way."""

    def make(random: Random, outlet: Outlet) -> Change:
        seed = random.random()

        def change(request: Request, response: Response) -> Response:
            if response.status != 200 or not is_article_page(request, outlet):
                return response
            return _with_text(response, rewrite(_text(response), Random(seed)))

        return change

    return make


def _on_listings(rewrite: Rewrite, *, xml_only: bool = False) -> Callable[[Random, Outlet], Change]:
    def make(random: Random, outlet: Outlet) -> Change:
        seed = random.random()

        def change(request: Request, response: Response) -> Response:
            ordinary = response.status == 200 and request.path != "/robots.txt"
            wanted = "xml" in response.content_type or not xml_only
            if not ordinary or not wanted or is_article_page(request, outlet):
                return response
            return _with_text(response, rewrite(_text(response), Random(seed)))

        return change

    return make


def _instead(answer: Response, *, robots: bool, pages: bool, listings: bool) -> Callable[[Random, Outlet], Change]:
    """Another answer for all requests of these kinds."""

    def make(_random: Random, outlet: Outlet) -> Change:
        def change(request: Request, response: Response) -> Response:
            if request.path == "/robots.txt":
                return answer if robots else response
            wanted = pages if is_article_page(request, outlet) else listings
            return answer if wanted else response

        return change

    return make


# --- rewriting pages --------------------------------------------------------------------------------------------------


def classes_renamed(text: str, random: Random) -> str:
    """As a build tool with hashed names does; names of data stay."""
    salt = random.randrange(16**4)

    def rename(match: re.Match[str]) -> str:
        names = " ".join(f"x{(hash_of(name) + salt) % 16**5:05x}" for name in match[3].split())
        return f"{match[1]}={match[2]}{names}{match[2]}"

    return re.sub(r"\b(class|id)=([\"'])(.*?)\2", rename, text)


def hash_of(name: str) -> int:
    return sum(ord(letter) * 31**place for place, letter in enumerate(name))


def tags_moved(text: str, random: Random) -> str:
    """Headline and text into other elements, somewhere else, under other names."""
    box = f"c{random.randrange(10**5)}"
    body = "\n".join(match[0] for match in _PARAGRAPH.finditer(text))
    title = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    headline = title[1] if title else ""
    bare = re.sub(r"<h1[^>]*>.*?</h1>", "", _PARAGRAPH.sub("", text), flags=re.DOTALL)
    moved = f"<div id='{box}'><h2>{headline}</h2><div>{body}</div></div>"
    return re.sub(r"(<body[^>]*>).*(</body>)", lambda match: f"{match[1]}{moved}{match[2]}", bare, flags=re.DOTALL)


def dates_reformatted(text: str, _random: Random) -> str:
    """Roman months, as no machine reads them."""
    text = _ISO.sub(lambda match: f"{int(match[3])}.{_roman(int(match[2]))}.MMXXVI", text)
    return _CLOCK.sub("senja", _PRINTED.sub("X.XI.MMXXVI", text))


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number - 1]


def first_of_january(text: str, _random: Random) -> str:
    text = _ISO.sub(lambda match: f"{match[1]}-01-01T00:00:00+07:00", text)
    return _CLOCK.sub("00:00", _PRINTED.sub("1 Januari 2026", text))


def one_date_for_all(text: str, _random: Random) -> str:
    """The software prints when the page was made, not when the article was."""
    text = _ISO.sub("2026-11-09T01:02:03+07:00", text)
    return _CLOCK.sub("01:02", _PRINTED.sub("9 November 2026", text))


def dates_dropped(text: str, _random: Random) -> str:
    return _CLOCK.sub("", _PRINTED.sub("", _ISO.sub("", text)))


def headline_dropped(text: str, _random: Random) -> str:
    text = re.sub(r"<(h1|title)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    named = r"<[^>]*(?:entry-title|headerTitle|ishort-title|post-title)[^>]*>.*?</\w+>"
    text = re.sub(named, "", text, flags=re.DOTALL)
    return re.sub(r"<meta[^>]*(?:title)[^>]*>|\"headline\": *\"[^\"]*\",?", "", text)


def byline_dropped(text: str, _random: Random) -> str:
    """Nobody is named any more, nowhere."""
    text = re.sub(r"(Pewarta|Reporter|Editor|Penulis|Uploader|Redaktur|Penerjemah)\s*:[^<|]*", "", text)
    text = re.sub(r"<ul class=\"author\">.*?</ul>|<span class=\"author[^>]*>.*?</span>", "", text, flags=re.DOTALL)
    text = re.sub(r"(person-fill\"></i> <small>).*?(</small>)", r"\1\2", text)
    text = re.sub(r"<span[^>]*itemprop=\"?author[^>]*>.*?</span>|\"author\": *\{[^}]*\},?", "", text, flags=re.DOTALL)
    text = re.sub(r"<div class=\"(?:byline|reporter)[^>]*>.*?</div>", "", text, flags=re.DOTALL)
    return re.sub(r"<meta[^>]*name=\"author\"[^>]*>|\((?:Tim|[A-Z]\w+)\)", "", text)


def description_dropped(text: str, _random: Random) -> str:
    return re.sub(r"<meta[^>]*description[^>]*>|\"description\": *\"[^\"]*\",?", "", text)


def json_ld_removed(text: str, _random: Random) -> str:
    return _JSON_LD.sub("", text)


def json_ld_broken(text: str, _random: Random) -> str:
    return _JSON_LD.sub(lambda match: match[1] + match[2][: len(match[2]) // 3] + match[3], text)


def body_behind_script(text: str, _random: Random) -> str:
    """The text comes by a script; the page itself is an empty frame."""
    text = _JSON_LD.sub(lambda m: m[1] + re.sub(r"\"articleBody\": *\"[^\"]*\",?", "", m[2]) + m[3], text)
    bare = re.sub(r"<(p|blockquote|h5|li)\b[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"(</body>)", r"<div id='app'></div><script src='/static/app.js'></script>\1", bare)


def charset_broken(text: str, _random: Random) -> str:
    """Encoded twice, as after a move of the database; the texts hold typographic marks that show it."""
    marked = _PARAGRAPH.sub(lambda match: f"<p>{match[1].replace(',', ' –').replace('.', ' …')}</p>", text)
    return marked.encode("utf-8", "replace").decode("cp1252", "replace")


def language_swapped(text: str, random: Random) -> str:
    """The address of another edition now answers here."""
    other = random.choice(_OTHER_LANGUAGES)
    text = re.sub(r"(<h1[^>]*>).*?(</h1>)", rf"\g<1>{other[:60]}\g<2>", text, flags=re.DOTALL)
    return _PARAGRAPH.sub(lambda match: f"<p>{other}</p>" if len(match[1]) > 60 else "", text)


def furniture_in_text(text: str, random: Random) -> str:
    """A box of the page now stands between the paragraphs of every text."""
    line = f"Ikuti saluran warta kami setiap pagi dan raih {random.randrange(10, 99)} buku catatan perjalanan kota."
    return _PARAGRAPH.sub(lambda match: f"{match[0]}\n<p>{line}</p>", text, count=2)


def paywalled(text: str, _random: Random) -> str:
    """Only the beginning is shown."""
    first = next((match[0] for match in _PARAGRAPH.finditer(text) if len(match[1]) > 40), "")
    wall = (
        "<div class='paywall'><h3>Lanjutkan membaca</h3><p>Berlangganan untuk membaca artikel ini selengkapnya. "
        "Sudah berlangganan? Masuk</p></div>"
    )
    state = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    seen = False

    def keep_first(match: re.Match[str]) -> str:
        nonlocal seen
        if match[0] == first and not seen:
            seen = True
            return first + wall
        return ""

    return _PARAGRAPH.sub(keep_first, text).replace("</head>", f"{state}</head>")


def soft_404(_text: str, _random: Random) -> str:
    return (
        "<html><head><title>Halaman tidak ditemukan</title></head><body><h1>Halaman tidak ditemukan</h1>"
        "<p>Halaman yang Anda cari tidak ada.</p><a href='/'>Beranda</a></body></html>"
    )


# --- rewriting listings -----------------------------------------------------------------------------------------------


def links_changed(text: str, _random: Random) -> str:
    """Addresses of another pattern: a new CMS."""
    slug = r"/(?:[^\s\"'<]*/)?([^\s\"'</?]*-[^\s\"'</?]*)/?"
    text = re.sub(rf"(https?://[a-z0-9.-]+){slug}(?=[\"'<\s])", r"\1/~/\2.cms?v=2", text)
    text = re.sub(r"/\?p=(\d+)", r"/~/\1.cms", text)
    return re.sub(rf"(href=[\"']){slug}(?=[\"'])", r"\1/~/\2.cms?v=2", text)


def feed_emptied(text: str, _random: Random) -> str:
    return re.sub(r"<(item|entry|url)>.*</\1>", "", text, flags=re.DOTALL)


def feed_cut(text: str, _random: Random) -> str:
    return text[: len(text) // 2]


def feed_shortened(text: str, _random: Random) -> str:
    """Two entries where there were many: a limit that somebody set."""
    items = list(re.finditer(r"<(item|entry|url)>.*?</\1>", text, re.DOTALL))
    return text[: items[2].start()] + text[items[-1].end() :] if len(items) > 2 else text


def feed_dates_dropped(text: str, _random: Random) -> str:
    return re.sub(r"<(pubDate|dc:date|published|updated|news:publication_date|lastmod)>.*?</\1>", "", text)


_CHALLENGE = Response(
    200,
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the site</h1>"
    b"<form id='challenge-form' action='/cdn-cgi/challenge'><div class='g-recaptcha' data-sitekey='k'></div></form>"
    b"<p>Please complete the security check to access. Verify you are human.</p></body></html>",
)
_BUSY = Response(503, b"503 Service Unavailable\n", "text/plain", (("Retry-After", "1"),))
_FORBIDDEN = Response(403, b"<html><body><h1>403 Forbidden</h1></body></html>")
_GONE = Response(404, b"<html><body><h1>404 Not Found</h1></body></html>")
_ALL, _PAGES = {"robots": False, "pages": True, "listings": True}, {"robots": False, "pages": True, "listings": False}


def _redirected_home(_random: Random, outlet: Outlet) -> Change:
    def change(request: Request, response: Response) -> Response:
        if not is_article_page(request, outlet) or response.status != 200:
            return response
        return Response(302, b"", headers=(("Location", f"https://{urlsplit(f'//{request.host}').hostname}/"),))

    return change


def _mutation(name: str, right: set[F], make: Callable[[Random, Outlet], Change], *needs: str) -> Mutation:
    return Mutation(name, frozenset(right), make, frozenset(needs))


_READ = {F.LAYOUT, F.EMPTY}
MUTATIONS: tuple[Mutation, ...] = (
    _mutation("classes renamed", {F.LAYOUT}, _on_articles(classes_renamed), "markup"),
    _mutation("tags moved", {F.LAYOUT}, _on_articles(tags_moved), "markup"),
    _mutation("dates reformatted", {F.DATE}, _on_articles(dates_reformatted), "date_published"),
    _mutation("dates are 1 January", {F.DATE}, _on_articles(first_of_january), "date_published"),
    _mutation("one date for all", {F.DATE}, _on_articles(one_date_for_all), "date_published"),
    _mutation("dates dropped", {F.DATE}, _on_articles(dates_dropped), "date_published"),
    _mutation("headline dropped", {F.LAYOUT}, _on_articles(headline_dropped), "headline"),
    _mutation("byline dropped", {F.LAYOUT}, _on_articles(byline_dropped), "authors"),
    _mutation("description dropped", {F.LAYOUT}, _on_articles(description_dropped), "description"),
    _mutation("JSON-LD removed", {F.LAYOUT, F.DATE}, _on_articles(json_ld_removed), "json-ld"),
    _mutation("JSON-LD broken", {F.LAYOUT, F.DATE}, _on_articles(json_ld_broken), "json-ld"),
    _mutation("body behind a script", _READ, _on_articles(body_behind_script)),
    _mutation("charset broken", {F.LAYOUT}, _on_articles(charset_broken)),
    _mutation("language swapped", {F.LANGUAGE}, _on_articles(language_swapped)),
    _mutation("furniture in the text", {F.LAYOUT}, _on_articles(furniture_in_text)),
    _mutation("paywall", {F.NOT_AN_ARTICLE}, _on_articles(paywalled)),
    _mutation("soft 404", {F.NOT_AN_ARTICLE}, _on_articles(soft_404)),
    _mutation("redirect to home", {F.NOT_AN_ARTICLE}, _redirected_home),
    _mutation("article pages 404", {F.HTTP_STATUS}, _instead(_GONE, **_PAGES)),
    _mutation("listing links changed", _READ, _on_listings(links_changed)),
    _mutation("feed emptied", _READ, _on_listings(feed_emptied, xml_only=True), "feed"),
    _mutation("feed cut off", {F.LAYOUT}, _on_listings(feed_cut, xml_only=True), "feed"),
    _mutation("feed shortened", {F.EMPTY}, _on_listings(feed_shortened, xml_only=True), "long feed"),
    _mutation("feed dates dropped", {F.DATE}, _on_listings(feed_dates_dropped, xml_only=True), "feed"),
    _mutation("captcha page", {F.BLOCKED}, _instead(_CHALLENGE, **_ALL)),
    _mutation("captcha on articles", {F.BLOCKED}, _instead(_CHALLENGE, **_PAGES)),
    _mutation("403 everywhere", {F.BLOCKED}, _instead(_FORBIDDEN, **_ALL)),
    _mutation("503 everywhere", {F.HTTP_STATUS}, _instead(_BUSY, **_ALL)),
    _mutation("robots.txt 503", {F.ROBOTS}, _instead(_BUSY, robots=True, pages=False, listings=False)),
)
