"""Faults that can be switched on for a host or an outlet while the newsroom runs."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from markupsafe import escape

from crawlers.newsroom import hosts
from crawlers.newsroom.listings import broken
from crawlers.newsroom.odd import LOOPBACK, challenge, not_found
from crawlers.newsroom.response import Request, Response, redirect, text_response

KINDS: dict[str, str] = {
    "503": "everything answers 503, robots.txt too",
    "robots503": "robots.txt answers 503, the rest is in order",
    "crawl-delay": "robots.txt asks for two seconds between requests",
    "retry-after": "the first page asked for at each host answers 429 with Retry-After: 2, the rest is in order",
    "captcha": "every page is a captcha page with status 200; robots.txt is in order",
    "empty-feed": "feeds and sitemaps hold no item",
    "broken-feed": "feeds and sitemaps are cut off in the middle",
    "slow": "every answer takes a second longer",
    "hang": "requests get no answer at all until the newsroom closes",
    "reset": "the connection is reset in place of an answer",
    "gone": "articles answer 410",
    "soft404": "articles answer 200 with a page that says there is none",
    "redirect-loopback": "articles lead to 127.0.0.1",
    "zipbomb": "articles are a small gzip that unpacks to 300 MB",
    "edited": "articles carry a changed paragraph",
    "comma": "articles carry a comma more",
    "layout": "classes and ids of articles are renamed",
    "dateless": "articles print no date",
}
BOMB_BYTES = 300 * 1024 * 1024
_DELAY = 2  # seconds, of crawl-delay and retry-after
_FEEDS = tuple(f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "xml", "feed+json"))
# language: the sentence that stands at the end of an edited article
_CORRECTIONS = {
    "id": "Redaksi memperbaiki jumlah peserta yang dalam berita ini semula keliru ditulis.",
    "en": "The newsroom has corrected the number of participants, which an earlier version gave wrongly.",
    "ms": "Pihak editor telah membetulkan jumlah peserta yang tersilap ditulis dalam laporan terdahulu.",
    "th": "กองบรรณาธิการแก้ไขจำนวนผู้เข้าร่วมซึ่งระบุผิดพลาดในรายงานฉบับก่อนหน้า",
    "vi": "Tòa soạn đã sửa lại số người tham dự bị ghi sai trong bản tin trước đó.",
    "tl": "Itinama ng patnugutan ang bilang ng mga dumalo na mali ang pagkakasulat sa naunang ulat.",
    "km": "ការិយាល័យនិពន្ធបានកែតម្រូវចំនួនអ្នកចូលរួម ដែលបានសរសេរខុសនៅក្នុងសេចក្តីរាយការណ៍មុន។",
    "lo": "ກອງບັນນາທິການໄດ້ແກ້ໄຂຈຳນວນຜູ້ເຂົ້າຮ່ວມ ທີ່ຂຽນຜິດໃນລາຍງານກ່ອນໜ້ານີ້.",
    "my": "ယခင်သတင်းတွင် မှားယွင်းဖော်ပြခဲ့သည့် တက်ရောက်သူဦးရေကို အယ်ဒီတာအဖွဲ့က ပြင်ဆင်ထားသည်။",
    "zh": "编辑部已更正此前报道中有误的与会人数。",
    "ta": "முந்தைய செய்தியில் தவறாக வெளியான பங்கேற்பாளர் எண்ணிக்கையை ஆசிரியர் குழு திருத்தியுள்ளது.",
    "pt": "A redação corrigiu o número de participantes, que estava errado na versão anterior.",
    "tet": "Redasaun hadi'a ona númeru partisipante sira-nian ne'ebé hakerek sala iha notísia uluk.",
}


def check_troubles(troubles: Mapping[str, str]) -> dict[str, str]:
    """A copy. Raises ValueError for a host, outlet or kind that is unknown, naming what can be used."""
    for name, kind in troubles.items():
        if name not in hosts.HOSTS and name not in hosts.OUTLETS:
            raise ValueError(
                f"no host or outlet {name!r}: use one of {', '.join((*hosts.OUTLETS, *sorted(hosts.HOSTS)))}"
            )
        if kind not in KINDS:
            raise ValueError(f"no trouble {kind!r}: use one of {', '.join(KINDS)}")
    return dict(troubles)


def trouble_of(troubles: Mapping[str, str], request: Request) -> str | None:
    """The trouble of this request: its host's, else that of the outlet whose page it asks for.

    An outlet that shares its host is troubled in its own pages only: robots.txt belongs to both.
    """
    if request.host in troubles:
        return troubles[request.host]
    chief = hosts.ALIASES.get(request.host, request.host)
    outlets = hosts.OUTLETS_OF.get(chief, ())
    if len(outlets) > 1:
        if request.path == "/robots.txt":
            return None
        if chief in hosts.PLAIN:
            name = hosts.plain_outlet(chief, request.path)
            return troubles.get(name) if name else None
        english = request.path == "/en" or request.path.startswith("/en/")
        outlets = tuple(name for name in outlets if name.endswith("_en") == english)
    return next((troubles[name] for name in outlets if name in troubles), None)


def replaced(trouble: str | None, request: Request, *, first: Callable[[str], bool]) -> Response | None:
    """The answer a trouble puts in place of the true one; None where the true one is asked for first.

    `first(host)` says, once, that this host has not been refused yet.
    """
    robots = request.path == "/robots.txt"
    if trouble == "503" or (trouble == "robots503" and robots):
        return _wait(503, "Service Unavailable", 1)
    if trouble == "retry-after" and not robots and first(request.host):
        return _wait(429, "Too Many Requests", _DELAY)
    if trouble == "captcha" and not robots:
        return challenge(request.host)
    return None


def _wait(status: int, reason: str, seconds: int) -> Response:
    return replace(text_response(f"{status} {reason}\n", status), headers=(("Retry-After", str(seconds)),))


def spoiled(trouble: str | None, request: Request, response: Response) -> Response:
    """The true answer after the trouble has been at it. Its validators are `validators.renewed`'s to put right."""
    if trouble == "crawl-delay" and request.path == "/robots.txt":
        return replace(response, body=re.sub(rb"Crawl-delay: \S+", b"Crawl-delay: %d" % _DELAY, response.body))
    if trouble in ("empty-feed", "broken-feed") and response.content_type.startswith(_FEEDS):
        text = response.body.decode()
        text = broken(text) if trouble == "broken-feed" else _without_items(text)
        return Response(response.status, text.encode(), response.content_type)
    if response.article is None:
        return response
    made: dict[str, Callable[[], Response]] = {
        "gone": lambda: not_found(410),
        "soft404": lambda: not_found(200),
        "redirect-loopback": lambda: redirect(LOOPBACK, 302),
        "zipbomb": lambda: Response(200, _bomb(), headers=(("Content-Encoding", "gzip"),)),
        "edited": lambda: _rewritten(response, -1, _corrected(response.article.language if response.article else "id")),
        "comma": lambda: _rewritten(response, 0, lambda text: text.replace(" ", ", ", 1)),
        "layout": lambda: replace(response, body=_renamed(response.body)),
    }
    return made[trouble]() if trouble in made else response


def _without_items(text: str) -> str:
    if text.startswith("{"):
        return re.sub(r'"items": \[.*\]', '"items": []', text, flags=re.DOTALL)
    text = re.sub(r"<rdf:li [^>]*/>\s*", "", text)
    for name in ("item", "entry", "url"):
        opening, closing = re.search(rf"<{name}[ >]", text), f"</{name}>"
        if opening:
            return text[: opening.start()] + text[text.rfind(closing) + len(closing) :]
    return text


def _corrected(language: str) -> Callable[[str], str]:
    sentence = _CORRECTIONS[language]
    return lambda text: f"{text} {sentence}"


def _rewritten(response: Response, position: int, change: Callable[[str], str]) -> Response:
    """The page with one paragraph of its article changed, wherever the page prints it."""
    shown = response.article
    if shown is None or not shown.paragraphs:
        return response
    old = shown.paragraphs[position]
    charset = "utf-8" if "charset" in response.content_type else "windows-1252"
    before, after = (str(escape(text)).encode(charset, "xmlcharrefreplace") for text in (old, change(old)))
    return replace(response, body=response.body.replace(before, after))


def _renamed(page: bytes) -> bytes:
    """Every class and id under another name: a new design of the same site."""

    def rename(match: re.Match[bytes]) -> bytes:
        names = b" ".join(b"k" + hashlib.sha256(name).hexdigest()[:6].encode() for name in match[2].split())
        return match[1] + names + b'"'

    return re.sub(rb'((?:class|id)=")([^"]*)"', rename, page)


@cache
def _bomb() -> bytes:
    """About 300 kB."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"<p>0</p>" * (1024 * 1024 // 8)
    return b"".join(packer.compress(block) for _ in range(BOMB_BYTES // len(block))) + packer.flush()
