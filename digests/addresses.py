"""Mail addresses as they are stored and written: ASCII, lower case, without quoted names or address literals."""

from __future__ import annotations

import re

import idna

from digests.plain import one_line, shorten
from pipeline.errors import SettingsError

# RFC 5321, the forms that mail servers take: no quoted names, no address literals
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST, _LONGEST_LOCAL = 254, 64  # octets: RFC 5321, 4.5.3.1 (a path of 256 with its brackets)


def check_address(text: str) -> str:
    """The address in the form that is stored. Raises `SettingsError` saying what is wrong.

    A domain in other letters becomes its ASCII form by IDNA 2008: the older rules would turn "straße" into "strasse",
    which is somebody else's. A name before the @ in other letters needs servers that speak SMTPUTF8: it is refused.
    """
    address = text.strip()
    local, at, domain = address.rpartition("@")
    problem = f"{shorten(one_line(address), 100) or ''!r} is no mail address such as name@example.org"
    if not at or not local or not domain or len(address) > _LONGEST:
        raise SettingsError(problem)
    if not local.isascii() and local.isprintable():
        raise SettingsError(f"{problem}: what stands before the @ must be plain letters, digits and signs")
    checked = f"{local}@{_ascii_domain(domain, problem)}".lower()
    if len(local) > _LONGEST_LOCAL or len(checked) > _LONGEST:
        raise SettingsError(f"{problem}: it is too long")
    if not _LOCAL.fullmatch(local):
        raise SettingsError(problem)
    return checked


def _ascii_domain(domain: str, problem: str) -> str:
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise SettingsError(problem) from None
    if not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        raise SettingsError(problem)
    return plain
