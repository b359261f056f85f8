"""Locations: the cities and provinces that a text names."""

from pipeline.locations.find import find_locations

__all__ = ["find_locations"]
