"""What a rendering needs beside the content: the letterhead, the public address, the texts that may be shown whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digests.model import Content
from digests.plain import one_line

if TYPE_CHECKING:  # who only renders loads neither the store nor the exports
    from pipeline.config import Settings
    from pipeline.outlet import Outlet
    from pipeline.store import Store


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who files the clippings. Empty strings stand for what is not set."""

    organisation: str = ""
    unit: str = ""
    address: str = ""  # lines
    logo: bytes | None = None  # PNG, JPEG or SVG


@dataclass(frozen=True, slots=True)
class Dressing:
    """Frozen with the rendering: the same content and dressing give the same bytes."""

    letterhead: Letterhead = Letterhead()
    base_url: str | None = None  # http(s), without a slash at its end; None: nothing is linked to
    texts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # version id → paragraphs, where rights allow


PLAIN = Dressing()
FILED = "pdf"  # the form that has a letterhead and whole texts
PASSED_ON = ("pdf", "whatsapp")  # from hand to hand, to readers without a key


def of(settings: Settings, store: Store, content: Content, outlets: Mapping[str, Outlet], form: str) -> Dressing:
    """What `form` of the content is dressed in. Raises `SettingsError` for a logo that cannot be shown."""
    if form != FILED:
        return Dressing(base_url=_base_url(settings, form))
    texts = _texts(store, content, outlets)
    return Dressing(letterhead=letterhead(settings), base_url=_base_url(settings, form), texts=texts)


def _base_url(settings: Settings, form: str) -> str | None:
    """Where the edition's page is. A form that is passed on has it only where everybody may open that page."""
    opened = settings.web.editions
    if opened == "off" or (form in PASSED_ON and opened != "public"):
        return None
    return settings.web.base_url


def letterhead(settings: Settings) -> Letterhead:
    """As the settings have it, with the logo read. Raises `SettingsError` for one that cannot be shown."""
    from digests.logo import read_logo  # noqa: PLC0415 (as above)

    head = settings.letterhead
    lines = (one_line(line) for line in head.address.splitlines())
    return Letterhead(
        organisation=one_line(head.organisation) or "",
        unit=one_line(head.unit) or "",
        address="\n".join(line for line in lines if line),
        logo=read_logo(settings.home / head.logo) if head.logo else None,
    )


def _texts(store: Store, content: Content, outlets: Mapping[str, Outlet]) -> dict[int, tuple[str, ...]]:
    """The bodies of those versions whose outlet let its text out when the edition was frozen, and does now."""
    from pipeline.exports.rights import may_leave  # noqa: PLC0415 (as above)

    wanted = [
        place.version_id
        for block in content.stories
        for place in block.placements
        if place.full_text and may_leave(place.outlet, outlets)
    ]
    return {stored.version_id: stored.article.article_body for stored in store.articles.at_versions(sorted(wanted))}
