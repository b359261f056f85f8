"""What a page is asked and what it answers: plain values, so that pages are functions."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_STYLES = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address of a page may be a secret
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, read and bounded."""

    method: str  # GET | HEAD | POST
    parts: tuple[str, ...] = ()  # of the path, after the page's name
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readable: bool = True  # the form was one that a browser sends from our pages, or none
    language: str = "id"  # that the reader's browser likes most
    client: str = ""
    etag: str = ""

    @property
    def posts(self) -> bool:
        return self.method == "POST"

    def one(self, name: str) -> str:
        """A field of the form; "" where there is none."""
        return next(iter(self.form.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response."""

    body: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def headers(answer: Answer) -> dict[str, str]:
    """All headers of the answer: what a browser may do with it is as little as the page needs."""
    cache = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    kind = {"Content-Type": answer.kind, "Content-Length": str(len(answer.body))}
    policy = f"{_POLICY}; {_style_policy(answer)}".rstrip("; ")
    return {**kind, "Content-Security-Policy": policy, **_ALWAYS, **cache, **answer.headers}


def _style_policy(answer: Answer) -> str:
    """Our own style sheets by their hashes; a mail's form has its style in every element and can name none."""
    if not answer.kind.startswith("text/html"):
        return ""
    if re.search(rb"<[a-z][^>]*\sstyle=", answer.body):
        return "style-src 'unsafe-inline'; img-src data:"
    hashes = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in _STYLES.findall(answer.body)]
    return " ".join(["style-src", *(f"'sha256-{digest}'" for digest in hashes)]) + "; img-src data:" if hashes else ""
