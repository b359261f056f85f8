"""Quotes: words spoken, with who spoke them and where they stand."""

from pipeline.quotes.find import find_quotes

__all__ = ["find_quotes"]
