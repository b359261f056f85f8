"""What is known, durably: one `Store` of verbs over SQLite or PostgreSQL, and the records it takes and gives.

The verbs are imported with their first use: the records alone are all that worker processes need, and SQLAlchemy is
a quarter of a second of processor time.
"""

from typing import TYPE_CHECKING

from pipeline.store.alert_records import AlertRecord, Told
from pipeline.store.crawl_records import (
    AlarmRecord,
    Attempt,
    Change,
    Listed,
    ListingRead,
    Placement,
    Sighting,
    Trail,
    UrlRecord,
    Validators,
)
from pipeline.store.delivery_records import DeliveryRecord, DeliveryState, Mark, NewMessage, Trouble
from pipeline.store.draft_records import DraftAction, DraftDecision
from pipeline.store.records import (
    ArticleFilter,
    AuditEntry,
    CommitArticle,
    Committed,
    Correction,
    CorrectionAction,
    DecisionAction,
    DueRow,
    DueState,
    EditionBefore,
    EditionItem,
    EditionRecord,
    Lease,
    OutletSetting,
    RenderingRecord,
    StaleError,
    StoryDecision,
    Subscriber,
    SubscriberState,
)

if TYPE_CHECKING:
    from pipeline.store.store import Store, open_store

__all__ = [
    "AlarmRecord",
    "AlertRecord",
    "ArticleFilter",
    "Attempt",
    "AuditEntry",
    "Change",
    "CommitArticle",
    "Committed",
    "Correction",
    "CorrectionAction",
    "DecisionAction",
    "DeliveryRecord",
    "DeliveryState",
    "DraftAction",
    "DraftDecision",
    "DueRow",
    "DueState",
    "EditionBefore",
    "EditionItem",
    "EditionRecord",
    "Lease",
    "Listed",
    "ListingRead",
    "Mark",
    "NewMessage",
    "OutletSetting",
    "Placement",
    "RenderingRecord",
    "Sighting",
    "StaleError",
    "Store",
    "StoryDecision",
    "Subscriber",
    "SubscriberState",
    "Told",
    "Trail",
    "Trouble",
    "UrlRecord",
    "Validators",
    "open_store",
]


def __getattr__(name: str) -> object:
    """`Store` and `open_store` (PEP 562)."""
    if name not in {"Store", "open_store"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline.store import store  # noqa: PLC0415 (see above)

    return getattr(store, name)
