"""HTTP messages as the block of a WARC record, and back. Pure.

What is written reads back as it was, with these exceptions: credentials are left out, a line break inside a
header becomes a space (RFC 9112 §5.2), and a transfer coding that is no longer there gets another header name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.archive.exchange import Exchange, Headers

# Never written: they would let a reader of the archive act as us, or know who was served what.
CREDENTIALS = frozenset({b"cookie", b"set-cookie", b"set-cookie2", b"authorization", b"proxy-authorization"})
_FORMERLY = b"X-Archive-Orig-"  # what archives put before a header that no longer describes the body
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"(HTTP/\d(?:\.\d)?)[ \t]+(\d{3})(?:[ \t]+(.*?))?[ \t]*")
_PROTOCOL = re.compile(r"HTTP/\d(?:\.\d)?")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Response:
    """A response as recorded. `body` is free of transfer coding, still content-encoded."""

    protocol: str
    status: int
    reason: str
    headers: Headers
    body: bytes = field(repr=False)


def head(start_line: bytes, headers: Headers) -> bytes:
    """A message head with its closing empty line."""
    lines = [_one_line(start_line), *(b"%s: %s" % (_name(name), _one_line(value)) for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def response_head(exchange: Exchange) -> bytes:
    protocol = exchange.protocol if _PROTOCOL.fullmatch(exchange.protocol) else "HTTP/1.1"
    start = f"{protocol} {exchange.status:03d} {exchange.reason}".encode("latin-1", "replace")
    return head(start, tuple(_formerly(item) for item in public(exchange.response_headers)))


def request_head(exchange: Exchange, method: str) -> bytes:
    """The request as sent; `Host` is put in where the client adds it by itself."""
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = public(exchange.request_headers)
    if get(headers, b"host") is None:
        headers = ((b"Host", parts.netloc.rpartition("@")[2].encode()), *headers)
    return head(f"{method} {target} HTTP/1.1".encode(), headers)


def public(headers: Headers) -> Headers:
    """The headers without credentials."""
    return tuple((name, value) for name, value in headers if _name(name).lower() not in CREDENTIALS)


def get(headers: Headers, name: bytes) -> bytes | None:
    """The first value of a header, by its lower-case name."""
    return next((value for key, value in headers if key.lower() == name), None)


def parse_response(block: bytes) -> Response | None:
    """Read the block of a response record; None when it is no HTTP response."""
    start, headers, body = split(block)
    matched = _STATUS_LINE.fullmatch(start)
    if matched is None:
        return None
    protocol, status, reason = matched.groups()
    if (get(headers, b"transfer-encoding") or b"").strip().lower() == b"chunked":
        body = dechunk(body)
    return Response(protocol.decode(), int(status), (reason or b"").decode("latin-1"), headers, body)


def parse_request(block: bytes) -> tuple[str, Headers] | None:
    """The method and the headers of a request record's block; None when it is no HTTP request."""
    start, headers, _ = split(block)
    method = start.partition(b" ")[0]
    return (method.decode(), headers) if re.fullmatch(rb"[A-Z]{1,20}", method) else None


def split(block: bytes) -> tuple[bytes, Headers, bytes]:
    """A message as (start line, headers, body); folded header lines are joined."""
    end = _HEAD_END.search(block)
    text, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    start, *lines = re.split(rb"\r?\n", text)
    headers: list[tuple[bytes, bytes]] = []
    for line in lines:
        if line[:1] in (b" ", b"\t") and headers:
            headers[-1] = (headers[-1][0], headers[-1][1] + b" " + line.strip(b" \t"))
            continue
        name, colon, value = line.partition(b":")
        if colon:
            headers.append((name.rstrip(b" \t"), value.strip(b" \t")))
    return start, tuple(headers), body


def dechunk(body: bytes) -> bytes:
    """Undo the chunked transfer coding; a body that is not in chunks is returned as it is."""
    parts: list[bytes] = []
    position = 0
    while position < len(body):
        size = _CHUNK_SIZE.match(body, position)
        if size is None:
            return b"".join(parts) if parts else body
        length = int(size[1], 16)
        if length == 0:
            break
        parts.append(body[size.end() : size.end() + length])
        position = size.end() + length + 2  # the CRLF after the data
    return b"".join(parts)


def _formerly(item: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = item
    return (_FORMERLY + name, value) if name.lower() == b"transfer-encoding" else item


def _one_line(value: bytes) -> bytes:
    return re.sub(rb"[\r\n]+[ \t]*", b" ", value).strip(b" \t")


def _name(name: bytes) -> bytes:
    """A header name that cannot break the head; servers do send names that no standard allows."""
    return re.sub(rb"[\r\n:]", b"_", name).strip(b" \t") or b"_"
