"""ETag and Last-Modified: which answers carry them, and when a client's still hold (RFC 9110)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from crawlers.newsroom.response import Request, Response


def validated(response: Response, modified: datetime | None) -> Response:
    """The answer with an ETag of its body, and Last-Modified where the moment (aware) is known."""
    found = [("ETag", _etag(response.body))]
    if modified:
        found.append(("Last-Modified", format_datetime(modified.astimezone(UTC), usegmt=True)))
    return replace(response, headers=(*response.headers, *found))


def renewed(before: Response, after: Response) -> Response:
    """An answer that something was done to, with validators that are true of it.

    A changed body gets its own ETag, and no Last-Modified: with the old one, a 304 would hide the change.
    """
    if after.body == before.body or "ETag" not in dict(after.headers):
        return after
    kept = tuple((name, value) for name, value in after.headers if name not in ("ETag", "Last-Modified"))
    return replace(after, headers=(*kept, ("ETag", _etag(after.body))))


def conditional(request: Request, response: Response) -> Response:
    """304 where the validators the client sent still hold; If-None-Match goes first."""
    held = dict(response.headers)
    if response.status != 200 or "ETag" not in held:
        return response
    tags = request.headers.get("if-none-match")
    if tags is not None:
        fresh = tags.strip() == "*" or held["ETag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    else:
        fresh = _not_newer(held.get("Last-Modified"), request.headers.get("if-modified-since"))
    return Response(304, b"", response.content_type, response.headers) if fresh else response


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _not_newer(modified: str | None, since: str | None) -> bool:
    if modified is None or since is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
