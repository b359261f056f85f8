"""Dossiers: all that is known of one event, composed from its articles. Pure; the store keeps persons' decisions."""

from pipeline.dossiers.claims import read_claims
from pipeline.dossiers.compose import Material, OutletFacts, compose
from pipeline.dossiers.find import Event, Found, Match, find_events
from pipeline.dossiers.model import (
    Claim,
    Dispute,
    Dossier,
    Entry,
    EventDays,
    First,
    OutletCount,
    Phase,
    Place,
    Print,
    Side,
    Subject,
    Voice,
)

__all__ = [
    "Claim",
    "Dispute",
    "Dossier",
    "Entry",
    "Event",
    "EventDays",
    "First",
    "Found",
    "Match",
    "Material",
    "OutletCount",
    "OutletFacts",
    "Phase",
    "Place",
    "Print",
    "Side",
    "Subject",
    "Voice",
    "compose",
    "find_events",
    "read_claims",
]
