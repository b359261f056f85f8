"""What a CMS shared by several outlets can do beyond their files: `platform = "NAME"` in an outlet file."""

from __future__ import annotations

from collections.abc import Callable

from crawlers.addresses import ListingAddress
from crawlers.platforms import wordpress
from pipeline.outlet import Outlet

# Listings for a back-fill, by platform.
BACK_FILL: dict[str, Callable[[Outlet], tuple[ListingAddress, ...]]] = {"wordpress": wordpress.back_fill}


def back_fill(outlet: Outlet) -> tuple[ListingAddress, ...]:
    """Listings that reach further back than those of the outlet's file."""
    return BACK_FILL[outlet.platform](outlet) if outlet.platform else ()
