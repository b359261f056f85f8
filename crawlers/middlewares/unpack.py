"""Content-Encoding undone (gzip, deflate, br, zstd), never further than `crawl.max_bytes`.

Scrapy's own does the work. Where it fails the body is read as the archive's readers read it, so that a page gives the
same article now and from its record later.
"""

from __future__ import annotations

import logging
import sys
import zlib
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # ships no types
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.responsetypes import responsetypes
from scrapy.utils._compression import _DecompressionMaxSizeExceeded

from crawlers.limits import TooLargeError
from pipeline.archive.payload import payload

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.http import Response

_MOST_ENCODINGS = 3  # one over the other; honest servers use one
_BROKEN = (OSError, EOFError, zlib.error, brotli.error, zstd.ZstdError)
logging.getLogger("scrapy.downloadermiddlewares.httpcompression").setLevel(logging.ERROR)  # the run records it


class UnpackMiddleware(HttpCompressionMiddleware):
    """Undoes content encodings within bounds; what is mislabelled or cut is read as far as it goes."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        """Raises `TooLargeError` for a body that unpacks to more than the limit; the archive has it as it came."""
        encodings = b",".join(response.headers.getlist("Content-Encoding"))
        if encodings.count(b",") >= _MOST_ENCODINGS:
            return self._as_archived(response)
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            if isinstance(error.__cause__, _DecompressionMaxSizeExceeded):
                raise TooLargeError("larger than crawl.max_bytes when unpacked") from error.__cause__
            raise
        except _BROKEN:
            return self._as_archived(response)

    def _as_archived(self, response: Response) -> Response:
        headers = response.headers.copy()
        pairs = tuple((name, value) for name, values in headers.items() for value in values)
        body = payload(response.body, pairs)
        if len(body) > self._max_size:
            raise TooLargeError("larger than crawl.max_bytes when unpacked")
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, headers=headers, body=body)
