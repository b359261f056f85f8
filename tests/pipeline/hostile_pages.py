"""Pages that break parsers: bytes no newsroom means to send. Each is built when it is asked for; all text is our own."""
# ruff: noqa: E501 (a table: one case to a line)

from __future__ import annotations

import json
from collections.abc import Callable

SENTENCE = "Wali kota membuka taman kota yang baru di tepi sungai pada hari Senin pagi bersama warga sekitar."
TEXT = "".join(f"<p>{SENTENCE} Bagian {number}.</p>" for number in range(8))
ARTICLE = f"<main><h1>Taman kota baru dibuka di tepi sungai</h1><div class='entry-content'>{TEXT}</div></main>"
TAGS = (
    "div", "span", "font", "b", "i", "em", "strong", "u", "small", "a", "p", "ul", "li", "ol", "dl", "dd", "table",
    "tr", "td", "tbody", "form", "section", "article", "main", "aside", "nav", "header", "footer", "blockquote", "center",
    "fieldset", "label", "button", "select", "option", "h1", "h2", "h6", "pre", "code", "svg", "g", "math", "object",
    "video", "iframe", "noscript", "template", "textarea", "title", "style", "script", "custom-tag", "ins", "del",
    "figure", "figcaption", "body", "html", "head", "frameset", "marquee", "ruby", "details",
)  # fmt: skip
Build = Callable[[], bytes]


def whole(inside: str, head: str = "") -> bytes:
    return f"<html lang='id'><head>{head}</head><body>{inside}</body></html>".encode()


def nested(tag: str, depth: int, closed: bool = True) -> bytes:
    return whole(f"<{tag}>" * depth + ARTICLE + (f"</{tag}>" * depth if closed else ""))


def _deep_json(depth: int) -> bytes:
    value = '{"@graph":[' * depth + "]}" * depth
    return whole(ARTICLE, f'<script type="application/ld+json">{value}</script>')


def _many_json(count: int) -> bytes:
    node = json.dumps({"@type": "NewsArticle", "headline": "Taman kota baru", "author": [{"name": "Ratna Dewi"}]})
    return whole(ARTICLE, f'<script type="application/ld+json">[{",".join([node] * count)}]</script>')


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<?xml version='1.0'?><!DOCTYPE html [{entities}]><html><body>&l9;{ARTICLE}</body></html>".encode()


def _bombs() -> dict[str, Build]:
    """Text on which a careless regular expression runs for ever, 200 kB each, as one paragraph and as many."""
    pieces = {
        "spaces": " ", "tabs and spaces": " \t", "dots": ".", "letters": "a", "capitals": "A", "open brackets": "(",
        "quotes": '"', "curly quotes": "“", "hyphens": "-", "dashes": " – ", "digits": "1", "digits and slashes": "1/",
        "digits and colons": "1:", "initials": "A. ", "names": "Ratna Dewi ", "commas": ",", "labels": "Editor: ",
        "reporters": "Pewarta: A Editor: B ", "places": "JAKARTA, ", "datelines": "Jakarta (ANTARA) - ",
        "open datelines": "Jakarta (", "months": "Mei ", "dates": "5 Mei 2026 ", "half dates": "5 Mei ",
        "zones": "10:00 WIB ", "baca juga": "Baca juga: ", "copyright": "Copyright © ", "ampersands": "&amp;",
        "entities": "&#x41;", "less": "&lt;", "thai": "ก", "khmer": "ក", "burmese": "က", "chinese": "城",
        "combining": "a\u0301", "marks": "\u0301", "zero width": "\u200b", "no-break": "\u00a0", "bars": " | ",
        "urls": "https://a.example/b ", "mails": "a@b.example ", "sources": "(Sumber: ", "quoted": '"Ya," kata A. ',
        "slashes": "/", "brackets": "[", "stars": "*", "times": "1 jam lalu ", "forum": "MGMAC ", "roman": "IV ",
        "titles": "Wali Kota ", "emoji": "😀", "fullwidth": "１", "mojibake": "â€œ", "oleh": "Oleh A ", "and": "dan ",
    }  # fmt: skip
    found: dict[str, Build] = {}
    for name, piece in pieces.items():
        many = 200_000 // len(piece)
        found[f"bomb of {name}"] = lambda piece=piece, many=many: whole(  # type: ignore[misc]  # bound per turn
            f"<main><h1>{piece * 40}</h1><div class='entry-content'><p>{piece * many}</p>{TEXT}</div></main>",
            f"<title>{piece * 2000}</title><meta name='author' content='{piece * 2000}'>"
            f"<meta name='pubdate' content='{piece * 2000}'>",
        )
    for name in ("initials", "names", "datelines", "half dates", "baca juga", "reporters", "quoted", "forum"):
        line = f"<p>{pieces[name] * 4}</p>"
        found[f"lines of {name}"] = lambda line=line: whole(  # type: ignore[misc]  # bound per turn
            f"<main><h1>Taman kota baru dibuka</h1><div class='entry-content'>{line * 5000}</div></main>"
        )
    return found


def _sized() -> dict[str, Build]:
    menu = "<li><a href='/kota/judul-berita-kota-nomor-%d'>Judul berita kota nomor %d</a></li>"
    return {
        "nothing": lambda: b"",
        "blanks": lambda: b" \n" * 1000,
        "NULs": lambda: b"\x00" * 1_000_000,
        "NULs in an article": lambda: whole(ARTICLE.replace(" ", " \x00")),
        "every byte": lambda: bytes(range(256)) * 4000,
        "less-than signs": lambda: b"<" * 1_000_000,
        "greater-than signs": lambda: b"<p>" + b">" * 1_000_000,
        "slashes and less": lambda: b"</" * 500_000,
        "a menu of 30 MB": lambda: whole("<ul>" + "".join(menu % (n, n) for n in range(360_000)) + "</ul>" + ARTICLE),
        "a million links": lambda: whole("<a href=/a/b-c-d-e>x</a>" * 1_000_000 + ARTICLE),
        "a million br": lambda: whole("<br>" * 1_000_000 + ARTICLE),
        "text between a million br": lambda: whole("<p>" + "a<br>" * 1_000_000 + "</p>" + ARTICLE),
        "an attribute of 100 MB": lambda: whole(f"<div data-x='{'x' * 100_000_000}'></div>{ARTICLE}"),
        "a class of 1 MB": lambda: whole(f"<div class='{'x ' * 500_000}'>{ARTICLE}</div>"),
        "100,000 attributes": lambda: whole("<div " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{ARTICLE}</div>"),
        "50,000 JSON-LD objects": lambda: _many_json(50_000),
        "JSON 500 deep": lambda: _deep_json(500),
        "JSON 100,000 deep": lambda: _deep_json(100_000),
        "JSON-LD of 5 MB of brackets": lambda: whole(ARTICLE, f'<script type="application/ld+json">{"[" * 5_000_000}</script>'),
        "JSON-LD of commas": lambda: whole(ARTICLE, f'<script type="application/ld+json">[{"," * 1_000_000}</script>'),
        "JSON with a number of 1 MB": lambda: whole(
            ARTICLE, f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {"9" * 1_000_000}}}</script>'
        ),
        "20,000 JSON-LD scripts": lambda: whole(
            ARTICLE, '<script type="application/ld+json">{"@type": "NewsArticle"}</script>' * 20_000
        ),
        "a billion laughs": _laughs,
        "one text of 20 MB": lambda: whole("<p>" + (SENTENCE + " ") * 200_000 + "</p>"),
        "one word of 20 MB": lambda: whole("<p>" + "x" * 20_000_000 + "</p>" + ARTICLE),
        "300,000 empty elements": lambda: whole("<i></i>" * 300_000 + ARTICLE),
        "300,000 empty divs": lambda: whole("<div></div>" * 300_000 + ARTICLE),
        "100,000 unclosed paragraphs": lambda: whole(ARTICLE + "<p>a" * 100_000),
        "100,000 headings": lambda: whole(ARTICLE + "<h1>Taman kota</h1>" * 100_000),
        "100,000 times": lambda: whole("<time datetime='2026-05-05T10:00:00Z'>5 Mei 2026</time>" * 50_000 + ARTICLE),
        "200,000 meta elements": lambda: whole(ARTICLE, "<meta name='author' content='Ratna Dewi'>" * 50_000),
        "20,000 meta names": lambda: whole(ARTICLE, "".join(f"<meta name='a{n}' content='b'>" for n in range(20_000))),
        "50,000 forms": lambda: whole("<form><input name=a>" * 50_000 + ARTICLE),
        "50,000 tables": lambda: whole("<table><tr><td>" * 50_000 + ARTICLE),
        "50,000 misnested tags": lambda: whole("<b><i></b></i>" * 50_000 + ARTICLE),
        "50,000 misnested links": lambda: whole("<a href=/x><p></a>" * 50_000 + ARTICLE),
        "an unclosed attribute": lambda: whole(ARTICLE + "<a href='" + "x" * 500_000),
        "an unclosed comment": lambda: whole(ARTICLE + "<!--" + "x" * 500_000),
        "100,000 comments": lambda: whole("<!-- x -->" * 100_000 + ARTICLE),
        "an unclosed script": lambda: whole(ARTICLE + "<script>" + "x" * 500_000),
        "an unclosed title": lambda: b"<html><head><title>Taman kota" + ARTICLE.encode(),
        "plaintext": lambda: whole(f"{ARTICLE}<plaintext><p>{SENTENCE}"),
        "an unclosed textarea": lambda: whole(ARTICLE + "<textarea>" + "x" * 500_000),
        "a base that is none": lambda: whole(ARTICLE, "<base href='javascript:alert(1)'><base href='http://[::1'>"),
        "links that are none": lambda: whole("<a href='http://[::1/a-b-c-d-e'>satu dua tiga empat lima</a>" * 3000 + ARTICLE),
        "long addresses": lambda: whole(
            "".join(f"<a href='/a/{'b-' * 1900}{n}'>satu dua tiga empat lima</a>" for n in range(450)) + ARTICLE
        ),
        "surrogates": lambda: whole("<p>&#xD800;&#xDFFF;&#xD83D;&#xDE00;</p>" * 1000 + ARTICLE),
        "entities too large": lambda: whole("<p>&#99999999999999999999;&#x110000;&#-1;&#x;&#0;</p>" * 1000 + ARTICLE),
        "controls": lambda: whole("<p>\x01\x02\x0b\x1b[31m\x7f\x85\u2028\u2029\ufdd0</p>" * 1000 + ARTICLE),
        "overlong UTF-8": lambda: whole(ARTICLE).replace(b"<p>", b"<p>\xc0\xbcscript\xe0\x80\xaf"),
        "CESU-8 surrogates": lambda: whole(ARTICLE).replace(b"<p>", b"<p>\xed\xa0\xbd\xed\xb8\x80 "),
        "UTF-7": lambda: b"<meta charset=utf-7>" + b"<p>+ADw-script+AD4-</p>" + ARTICLE.encode(),
        "a frameset": lambda: b"<frameset><frame src=x></frameset>" * 10_000,
        "a data address of 5 MB": lambda: whole(f"<img src='data:image/png;base64,{'A' * 5_000_000}'>{ARTICLE}"),
        "a style of 10 MB": lambda: whole(ARTICLE, f"<style>{'.a{b:c}' * 1_500_000}</style>"),
        "a script of 10 MB": lambda: whole(f"<script>{'var a=1;' * 1_250_000}</script>{ARTICLE}"),
        "a JPEG": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4000,
        "a PDF": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + bytes(range(256)) * 4000,
        "100,000 pull quotes": lambda: whole(
            "<main><h1>Taman kota</h1><div class=entry-content>"
            + "".join(f"<blockquote>{SENTENCE} {n}</blockquote>" for n in range(3000)) + "</div></main>"
        ),
        "3,000 equal paragraphs": lambda: whole(
            f"<main><h1>Taman kota</h1><div class=entry-content>{f'<p>{SENTENCE}</p>' * 10_000}</div></main>"
        ),
        "10,000 linked headlines in one line": lambda: whole(
            "<main><h1>Taman kota</h1><div class=entry-content><p>"
            + "".join(f"{SENTENCE} <a href='/a/b-c-d-e-{n}'>satu dua tiga empat {n}</a> " for n in range(3000))
            + "</p></div></main>"
        ),
        "50,000 list items": lambda: whole(f"<main><h1>Taman kota</h1><div class=entry-content><ol>{'<li>butir' * 50_000}"),
    }  # fmt: skip


def _nestings() -> dict[str, Build]:
    found: dict[str, Build] = {}
    for tag in TAGS:
        for depth in (10_000, 100_000):
            for closed in (True, False):
                name = f"{tag} {depth:,} deep{'' if closed else ', unclosed'}"
                found[name] = lambda tag=tag, depth=depth, closed=closed: nested(tag, depth, closed)  # type: ignore[misc]  # bound per turn
    mixed = "<div><p><b><ul><li><table><tr><td><i><span>"
    found["ten tags mixed, 30,000 deep"] = lambda: whole(mixed * 3000 + ARTICLE)
    return found


def hostile_pages() -> dict[str, Build]:
    """Every case by its name."""
    return {**_sized(), **_bombs(), **_nestings()}
