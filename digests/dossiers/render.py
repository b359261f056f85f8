"""A dossier as bytes: text, JSON, or a page that needs nothing else.

All text passes through Jinja2's autoescape and only http(s) addresses become links, so scraped text is never markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from importlib.resources import files

from markupsafe import Markup

from digests.dossiers.model import DossierView
from digests.environment import environment
from pipeline.dossiers.model import Dossier
from pipeline.store.dossiers import OpenedDossier


def as_html(shown: DossierView) -> bytes:
    """One page with its style inside: nothing is fetched from elsewhere."""
    css = Markup(files("digests").joinpath("templates", "dossier.css").read_text(encoding="utf-8"))  # noqa: S704 (our own file, no value in it)
    page: str = environment().get_template("dossier.html.j2").render(view=shown, labels=shown.labels, css=css)
    return page.encode("utf-8", "replace")


def document(dossier: Dossier, opened: OpenedDossier | None, late: int) -> dict[str, object]:
    """All of it as one JSON value, whole."""
    return {
        **asdict(dossier),
        "opened_at": opened.opened_at if opened else None,
        "closed": opened.closed is not None if opened else False,
        "late": late,
        "decisions": [asdict(one) for one in opened.decisions] if opened else [],
    }


def as_json(dossier: Dossier, opened: OpenedDossier | None, late: int) -> bytes:
    written = json.dumps(document(dossier, opened, late), ensure_ascii=False, indent=2, default=_plain)
    return written.encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")
