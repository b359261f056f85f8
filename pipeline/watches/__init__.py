"""Watches: which forums the team follows, and whether a text is about one."""

from pipeline.watches.compare import Change, WatchDiff, compare
from pipeline.watches.edit import add_watch, mark_urgent, remove_watch, undo_change
from pipeline.watches.match import match, match_listing
from pipeline.watches.model import Alias, Held, Names, Some, Together, Watch, Watches
from pipeline.watches.read import bundled_watches, load_watches, parse_watches, search_terms
from pipeline.watches.typed import new_watch, watch_toml

__all__ = [
    "Alias",
    "Change",
    "Held",
    "Names",
    "Some",
    "Together",
    "Watch",
    "WatchDiff",
    "Watches",
    "add_watch",
    "bundled_watches",
    "compare",
    "load_watches",
    "mark_urgent",
    "match",
    "match_listing",
    "new_watch",
    "parse_watches",
    "remove_watch",
    "search_terms",
    "undo_change",
    "watch_toml",
]
