"""People, their offices, and the organisations and events that a text names."""

from pipeline.people.entities import find_entities
from pipeline.people.find import find_people
from pipeline.people.mentions import Mention, last_named, mentions, resolve

__all__ = ["Mention", "find_entities", "find_people", "last_named", "mentions", "resolve"]
