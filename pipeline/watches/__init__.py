"""Watches: which forums the team follows, and whether a text is about one."""

from pipeline.watches.add import add_watch, new_watch, watch_toml
from pipeline.watches.compare import WatchDiff, compare
from pipeline.watches.match import match, match_listing
from pipeline.watches.model import Alias, Names, Watch, Watches
from pipeline.watches.read import bundled_watches, load_watches, parse_watches, search_terms

__all__ = [
    "Alias",
    "Names",
    "Watch",
    "WatchDiff",
    "Watches",
    "add_watch",
    "bundled_watches",
    "compare",
    "load_watches",
    "match",
    "match_listing",
    "new_watch",
    "parse_watches",
    "search_terms",
    "watch_toml",
]
