"""A time zone's name, checked where it is read."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator


def check_zone(name: str) -> str:
    """The IANA name as it was given. Raises `ValueError` for one that is not known."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError("not an IANA time zone such as Asia/Jakarta") from None
    return name


Zone = Annotated[str, AfterValidator(check_zone)]
