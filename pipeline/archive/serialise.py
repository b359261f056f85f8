"""Records as the bytes of gzip members, written by warcio. Pure.

The digests are SHA-256 in hex, as `sha256sum` prints them: `warcio check` verifies these as well as SHA-1.
"""

from __future__ import annotations

import hashlib
import io
import ipaddress
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.archive import message
from pipeline.archive.exchange import Exchange

CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
LEFT_OUT = "Cookie, Set-Cookie, Authorization and Proxy-Authorization headers are left out of every record"
_TRUNCATED = ("length", "time", "disconnect", "unspecified")  # the values that WARC 1.1 §5.13 knows
_EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Info:
    """What the first record of a file says of all others."""

    made_at: datetime  # aware
    robots: str  # the policy, in words: "obeyed (RFC 9309)"
    run_id: int | None = None  # None where no one run made the file, as in an export
    description: str | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """An HTTP message; its head is written as it is, while warcio would percent-encode what is not ASCII."""

    head: bytes
    body: bytes = field(repr=False)


class _RawHead(StatusAndHeaders):  # type: ignore[misc]  # warcio ships no types
    """A head that is already bytes."""

    def __init__(self, head: bytes) -> None:
        super().__init__("as recorded", [])
        self.headers_buff = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        """The bytes are there."""


def warcinfo(info: Info, *, file: str, record_id: str) -> bytes:
    """The gzip member of the `warcinfo` record."""
    values = {
        "software": f"kliping/{version('kliping')} warcio/{version('warcio')}",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "robots": info.robots,
        "isPartOf": None if info.run_id is None else f"run {info.run_id}",
        "description": info.description,
        "note": LEFT_OUT,
    }
    text = "".join(f"{name}: {one_line(value)}\r\n" for name, value in values.items() if value is not None).encode()
    fields = {"WARC-Record-ID": record_id, "WARC-Filename": file, "WARC-Date": warc_date(info.made_at)}
    fields["WARC-Block-Digest"] = _digest(text)
    return _member("warcinfo", "", fields, _Block(b"", text))


def metadata(block: bytes, moment: datetime, *, record_id: str) -> bytes:
    """The gzip member of a `metadata` record that holds JSON about the file as a whole."""
    fields = {"WARC-Record-ID": record_id, "WARC-Date": warc_date(moment), "WARC-Block-Digest": _digest(block)}
    return _member("metadata", "", fields, _Block(b"", block), "application/json")


def response(exchange: Exchange, *, record_id: str, request_id: str | None) -> bytes:
    """The gzip member of a response record; `request_id` names the request record that follows it."""
    block = _Block(message.response_head(exchange), exchange.body)
    fields = {"WARC-Record-ID": record_id, "WARC-Date": warc_date(exchange.fetched_at)}
    if request_id is not None:
        fields["WARC-Concurrent-To"] = request_id
    if address := _address(exchange.remote_address):
        fields["WARC-IP-Address"] = address
    if exchange.truncated is not None:
        fields["WARC-Truncated"] = exchange.truncated if exchange.truncated in _TRUNCATED else "unspecified"
    fields["WARC-Payload-Digest"] = _digest(exchange.body)
    fields["WARC-Block-Digest"] = _digest(block.head, block.body)
    return _member("response", target(exchange.url), fields, block)


def request(exchange: Exchange, method: str, *, record_id: str, response_id: str) -> bytes:
    """The gzip member of a request record."""
    head = message.request_head(exchange, method)
    fields = {
        "WARC-Record-ID": record_id,
        "WARC-Date": warc_date(exchange.fetched_at),
        "WARC-Concurrent-To": response_id,
        "WARC-Payload-Digest": f"sha256:{_EMPTY}",
        "WARC-Block-Digest": _digest(head),
    }
    return _member("request", target(exchange.url), fields, _Block(head, b""))


def target(url: str) -> str:
    """A URL as WARC-Target-URI: without user name and password, one line, no spaces."""
    url = re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#@]*@", r"\1", url)
    return re.sub(
        r"[\x00-\x20\x7f\x85\xa0\u2028\u2029<>\ud800-\udfff]", lambda found: quote(found[0], errors="replace"), url
    )


def warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def one_line(text: str) -> str:
    return " ".join(text.split())


def _member(
    record_type: str, url: str, fields: dict[str, str], block: _Block, content_type: str | None = None
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    headers = StatusAndHeaders("", list({"WARC-Type": record_type, **fields}.items()), protocol="WARC/1.1")
    if url:
        headers.add_header("WARC-Target-URI", url)
    http_head = _RawHead(block.head) if block.head else None
    content_type = content_type or writer.WARC_RECORDS[record_type]
    body = io.BytesIO(block.body)
    record = ArcWarcRecord("warc", record_type, headers, body, http_head, content_type, len(block.body))
    record.payload_length = len(block.body)
    writer.write_record(record)
    return out.getvalue()


def _digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return f"sha256:{whole.hexdigest()}"


def _address(address: str | None) -> str | None:
    try:
        return str(ipaddress.ip_address(address)) if address else None
    except ValueError:
        return None
