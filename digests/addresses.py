"""Mail addresses as they are stored and written: ASCII, lower case, without quoted names or address literals."""

from __future__ import annotations

import re

from digests.plain import one_line
from pipeline.errors import SettingsError

# RFC 5321, the forms that mail servers take: no quoted names, no address literals
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def check_address(text: str) -> str:
    """The address in the form that is stored. Raises `SettingsError` saying what is wrong."""
    address = text.strip()
    local, at, domain = address.rpartition("@")
    problem = f"{one_line(address)!r} is no mail address such as name@example.org"
    if not at or not local or not domain or len(address) > 254 or len(local) > 64:
        raise SettingsError(problem)
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        raise SettingsError(problem) from None
    if not _LOCAL.fullmatch(local) or not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        raise SettingsError(problem)
    return f"{local}@{domain}".lower()
