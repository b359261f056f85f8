"""The frozen editions on the web: who has the link of a mail reads one, or everybody reads all, or nobody, as set.

The link's key follows from what the edition says: it cannot be guessed, names no reader, and may be passed on among
colleagues without giving away how anybody unsubscribes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from digests import editions
from digests.console.answers import Answer, Asked
from digests.console.drawing import EditionLink, Frame, Said, draw
from digests.console.words import page_words
from digests.letterbox import edition_key
from digests.period import WEEKLY
from digests.phrases import LANGUAGES, Phrases
from pipeline.config import Settings
from pipeline.outlet import Outlet
from pipeline.store import EditionRecord, Store

_KINDS = {
    "web": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "whatsapp": "text/plain; charset=utf-8",
}
_SHOWN = 60  # editions in the list
_PERIOD = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIST = re.compile(r"[a-z][a-z0-9-]{0,62}")


@dataclass
class Editions:
    """The pages, over one store. For several threads."""

    store: Store
    settings: Settings
    outlets: Callable[[], Mapping[str, Outlet]]
    failed: Callable[[int, Phrases], Answer]
    _rendering: Lock = field(default_factory=Lock)  # one at a time: a PDF is seconds of work

    def index(self, asked: Asked) -> Answer:
        """The newest editions, where everybody may read them."""
        words = self._words(asked)
        if self.settings.web.editions != "public":
            return self.failed(404, words)
        found = self.store.editions.list(self.settings.digest.list, limit=_SHOWN)
        links = tuple(self._link(record, words) for record in found)
        lines = () if links else (words.text("editions_none"),)
        frame = Frame(self.settings.digest.title, words, switches=True)
        return draw(Said(words.text("editions_title"), lines, editions=links), frame)

    def edition(self, asked: Asked) -> Answer:
        """One edition in one form."""
        words = self._words(asked)
        record = self._record(asked.parts)
        form = asked.query.get("format", "web")
        if record is None or form not in _KINDS:
            return self.failed(404, words)
        with self._rendering:
            body = self._body(record, words.language, form)
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Content-Language": words.language}
        if form in ("pdf", "json"):
            suffix = {"pdf": "pdf", "json": "json"}[form]
            headers["Content-Disposition"] = f'inline; filename="{record.list}-{record.period}.{suffix}"'
        if etag in (part.strip().removeprefix("W/") for part in asked.etag.split(",")):
            return Answer(b"", 304, _KINDS[form], headers)
        return Answer(body, kind=_KINDS[form], headers=headers)

    def _body(self, record: EditionRecord, language: str, form: str) -> bytes:
        dress = editions.dresser(self.store, self.settings, self.outlets())
        return editions.rendering(self.store, record, language, form, dress=dress)

    def _record(self, parts: tuple[str, ...]) -> EditionRecord | None:
        """The edition that the path names, when whoever asks may read it."""
        mode = self.settings.web.editions
        if mode == "off" or len(parts) not in (2, 3):
            return None
        if not _LIST.fullmatch(parts[0]) or not _PERIOD.fullmatch(parts[1]):
            return None
        record = self.store.editions.get(parts[0], parts[1])
        if record is None:
            return None
        if len(parts) == 3:
            return record if hmac.compare_digest(edition_key(record).encode(), parts[2].encode()) else None
        own = self.settings.digest.list
        return record if mode == "public" and record.list in (own, own + WEEKLY) else None

    def _link(self, record: EditionRecord, words: Phrases) -> EditionLink:
        content = editions.current(self.store, record)
        figures = words.count("stories", content.totals.stories) if content.totals.stories else words.text("no_news")
        address = f"editions/{record.list}/{record.period}?language={words.language}"
        return EditionLink(address, words.day(content.period), figures)

    def _words(self, asked: Asked) -> Phrases:
        chosen = asked.query.get("language", "")
        return page_words(chosen if chosen in LANGUAGES else asked.language, self.settings.timezone)
