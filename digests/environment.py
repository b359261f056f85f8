"""The templates of pages and mails: whatever is put into them is escaped, and a word that is not there is an error."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def environment() -> Environment:
    """Of `digests/templates`, made once."""
    return Environment(
        loader=PackageLoader("digests", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
