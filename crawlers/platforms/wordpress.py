"""WordPress: its feeds hold ten entries, and `?paged=N` gives the ten before those, back to the first post.

Past the last page it answers 404, which a run takes for the end of a paged listing. Where the outlet file names the
REST interface (`[discovery] wordpress`), that gives a hundred a page and its feeds are not paged: `crawlers.addresses`.
"""

from __future__ import annotations

from crawlers.addresses import ListingAddress
from pipeline.outlet import Outlet

_LAST_PAGE = 50  # 500 posts; a run stops before, at the first page that is all older than what was asked for


def back_fill(outlet: Outlet) -> tuple[ListingAddress, ...]:
    """The second page of each feed; the others follow from it."""
    if outlet.discovery.wordpress:
        return ()
    templates = [f"{feed}{'&' if '?' in feed else '?'}paged={{page}}" for feed in outlet.discovery.feeds]
    return tuple(ListingAddress(one.replace("{page}", "2"), "feed", one, 2, _LAST_PAGE) for one in templates)
