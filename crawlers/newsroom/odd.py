"""Answers that are no ordinary article: what real sites also send."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.newsroom.render import render_template
from crawlers.newsroom.response import Response, html_response, redirect
from crawlers.newsroom.stories import Piece

HUGE_BYTES = 12 * 1024 * 1024  # above the default limit of 10 MiB
LOOPBACK = "http://127.0.0.1/admin"  # an address no crawler may be led to


def odd_response(piece: Piece, host: str) -> Response | None:
    """The answer of an odd piece; None where its ordinary page is served (robots.txt alone forbids that one)."""
    answers: dict[str, Callable[[], Response]] = {
        "photo": lambda: html_response(render_template("multimedia.html", piece=piece)),
        "video": lambda: html_response(render_template("multimedia.html", piece=piece)),
        "not-found": not_found,
        "gone": lambda: not_found(410),
        "error": lambda: html_response("<html><body><h1>500 Internal Server Error</h1></body></html>", 500),
        "captcha": lambda: challenge(host),
        "loopback": lambda: redirect(LOOPBACK, 302),
        "huge": lambda: _huge(piece),
        "soft-404": lambda: not_found(200),
    }
    make = answers.get(piece.record.odd or "")
    return make() if make else None


def not_found(status: int = 404) -> Response:
    return html_response(render_template("not_found.html"), status)


def challenge(host: str) -> Response:
    """A captcha page with status 200, as a protection service in front of a site sends it."""
    page = html_response(render_template("challenge.html", host=host))
    return Response(200, page.body, headers=(("Server", "cloudflare"), ("Cache-Control", "private, no-store")))


def _huge(piece: Piece) -> Response:
    """About 12 MB of HTML, made when asked for."""
    start = f"<html><head><title>{piece.record.headline}</title></head><body>".encode()
    line = b"<p>One more line of a very long record of the day.</p>\n"
    return Response(200, start + line * (HUGE_BYTES // len(line)) + b"</body></html>")
