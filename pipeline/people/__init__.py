"""People, their offices, and the organisations and events that a text names."""

from pipeline.people.entities import find_entities
from pipeline.people.find import find_people

__all__ = ["find_entities", "find_people"]
