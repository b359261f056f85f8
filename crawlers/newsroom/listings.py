"""How a listing looks: the outlet's HTML, RSS, Atom, sitemap or JSON."""

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawlers.newsroom.render import render_template
from crawlers.newsroom.response import Response, html_response
from crawlers.newsroom.routes import ListingPage, Query, wordpress_moment
from crawlers.newsroom.stories import Piece
from crawlers.newsroom.validators import validated

_FEED_TEMPLATES = {
    "rss-2017": "feed_antara.xml",
    "rss-2022": "feed_antara.xml",
    "wordpress-feed": "feed_wordpress.xml",
    "rss": "feed_plain.xml",
    "rdf": "feed_rdf.xml",
    "atom": "feed_atom.xml",
    "sitemap": "sitemap.xml",
}
_JSON = "application/json; charset=UTF-8"
_CONTENT_TYPES = {"atom": "application/atom+xml", "rdf": "application/rdf+xml", "sitemap": "application/xml"}


def listing_response(listing: ListingPage, host: str, query: Query) -> Response:
    """The listing as the outlet answers it; feeds and sitemaps carry ETag and Last-Modified."""
    if listing.form == "json":
        return _posts_response(listing, query)
    if listing.form == "json-feed":
        return validated(
            Response(200, _json_feed(listing, host), "application/feed+json; charset=utf-8"), _newest(listing)
        )
    if not listing.is_feed:
        return html_response(_html(listing, host))
    text = _feed(listing, host)
    content_type = _CONTENT_TYPES.get(listing.form, "application/rss+xml") + "; charset=utf-8"
    return validated(Response(200, text.encode(), content_type), _newest(listing))


def broken(text: str) -> str:
    """A feed cut off in the middle of its last items."""
    return text[: len(text) * 2 // 3]


def _feed(listing: ListingPage, host: str) -> str:
    text = render_template(_FEED_TEMPLATES[listing.form], listing=listing, host=host, teaser_html=_teaser_html)
    return text.replace("&amp;#13;", "&#13;")


def _teaser_html(piece: Piece) -> str:
    """ANTARA's teaser: a picture, then the cut text with entities for its quotation marks and some spaces."""
    text = html.escape(piece.description, quote=False).replace('"', "&ldquo;").replace(", ", ",&nbsp;", 1)
    picture = f"https://img.antaranews.com/cache/255x170/{piece.record.number}.png"
    return f'<img src="{picture}" align="right" border="0"><p>{text}</p>'


def _newest(listing: ListingPage) -> datetime | None:
    """When its newest entry came out or was changed; None where it has none."""
    return max((entry.piece.modified or entry.piece.published for entry in listing.entries), default=None)


def _json_feed(listing: ListingPage, host: str) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.piece.record.headline,
            "summary": entry.piece.description,
            "date_published": entry.piece.published.isoformat(),
            "authors": [{"name": name} for name in entry.piece.record.authors],
        }
        for entry in listing.entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": listing.title,
        "home_page_url": f"https://{host}/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def _html(listing: ListingPage, host: str) -> str:
    family = listing.outlet.removesuffix("_en")
    name = f"{family}_old_listing.html" if listing.form == "old-html" else f"{family}_listing.html"
    return render_template(name, listing=listing, relative=lambda url: relative(url, host))


def relative(url: str, host: str) -> str:
    """Path and query alone where the address stands on the host of the page itself."""
    parts = urlsplit(url)
    return parts._replace(scheme="", netloc="").geturl() if parts.netloc == host else url


def _posts_response(listing: ListingPage, query: Query) -> Response:
    """`/wp-json/wp/v2/posts`, paged as WordPress does: a page beyond the last is an error, as is a wrong parameter."""
    if refused := _refused(query):
        return _error("rest_invalid_param", f"Parameter tidak sah: {refused}")
    size = int(query.get("per_page") or 10)
    page = int(query.get("page") or 1)
    pages = -(-len(listing.entries) // size)
    if page > max(pages, 1):
        return _error("rest_post_invalid_page_number", "Nomor halaman lebih besar daripada jumlah halaman yang ada.")
    shown = [_post(entry.piece) for entry in listing.entries[(page - 1) * size : page * size]]
    if fields := query.get("_fields"):
        wanted = {name.partition(".")[0] for name in fields.split(",")}
        shown = [{name: value for name, value in post.items() if name in wanted} for post in shown]
    headers = (("X-WP-Total", str(len(listing.entries))), ("X-WP-TotalPages", str(pages)))
    return Response(200, json.dumps(shown, ensure_ascii=False).encode(), _JSON, headers)


def _refused(query: Query) -> str | None:
    """The parameter that WordPress refuses, if any: a page from 1 on, 1 to 100 posts, real moments, a known order."""
    for name, most in (("page", 99_999), ("per_page", 100)):
        text = query.get(name) or "1"
        if not text.isdecimal() or len(text) > 5 or not 1 <= int(text) <= most:
            return name
    unreal = [name for name in ("after", "before") if query.get(name) and wordpress_moment(query[name]) is None]
    if unreal:
        return unreal[0]
    return None if query.get("order", "desc") in ("asc", "desc") else "order"


def _error(code: str, message: str) -> Response:
    body = {"code": code, "message": message, "data": {"status": 400}}
    return Response(400, json.dumps(body).encode(), _JSON)


def _post(piece: Piece) -> dict[str, object]:
    """The fields of a post that any WordPress answers; the text itself stays on the page."""
    host = urlsplit(piece.url).netloc
    changed = piece.modified or piece.published
    return {
        "id": piece.record.number,
        "date": f"{piece.published:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{piece.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"https://{host}/?p={piece.record.number}"},
        "modified": f"{changed:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{changed.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": urlsplit(piece.url).path.strip("/"),
        "status": "publish",
        "type": "post",
        "link": piece.url,
        "title": {"rendered": html.escape(piece.record.headline)},
        "excerpt": {"rendered": f"<p>{html.escape(piece.description)}</p>\n", "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "closed",
        "sticky": False,
        "format": "standard",
    }
