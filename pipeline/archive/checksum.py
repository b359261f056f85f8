"""Checking the digests that WARC records carry: any algorithm and notation that archives use."""

from __future__ import annotations

import base64
import hashlib

from pipeline.archive import message
from pipeline.archive.records import WarcRecord

_ALGORITHMS = {"sha256": 32, "sha1": 20, "sha512": 64, "md5": 16}  # bytes of the digest


def disagreement(record: WarcRecord) -> str | None:
    """In words, which digest does not fit the record's bytes; None when all fit or none can be checked."""
    if record.type == "revisit":
        return None  # its payload digest is that of another record's payload
    if _fits(record.get("WARC-Block-Digest"), record.block) is False:
        return "block digest differs"
    digest = record.get("WARC-Payload-Digest")
    if digest is None or record.get("WARC-Segment-Number") is not None:
        return None
    http = record.type in ("request", "response") and (record.url or "").lower().startswith(("http:", "https:"))
    payload = message.split(record.block)[2] if http else record.block
    return "payload digest differs" if _fits(digest, payload) is False else None


def _fits(digest: str | None, data: bytes) -> bool | None:
    """None: no digest, or one of an unknown kind."""
    algorithm, _, value = (digest or "").partition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return None
    expected = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    if len(value) == 2 * _ALGORITHMS[algorithm]:
        return value.lower() == expected.hex()
    return value.upper().rstrip("=") == base64.b32encode(expected).decode().rstrip("=")
