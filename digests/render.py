"""An edition as bytes, in any of its forms. Pure: the same content and dressing give the same bytes."""

from __future__ import annotations

from digests.dressing import PLAIN, Dressing
from digests.layout import as_text
from digests.letter import BUDGET, Html, as_html
from digests.model import Content
from digests.pdf import as_pdf
from digests.personal import Links, personal
from digests.public import as_json
from digests.view import view
from digests.web import as_web
from digests.whatsapp import as_whatsapp
from pipeline.errors import SettingsError

__all__ = ["BUDGET", "FORMATS", "Html", "Links", "as_html", "as_json", "personal", "render"]
FORMATS = ("html", "text", "json", "web", "pdf", "whatsapp")


def render(content: Content, language: str, form: str, dressing: Dressing = PLAIN) -> bytes:
    """The edition in `language` (id, en) in one of `FORMATS`. Raises `SettingsError` for any other."""
    if form == "html":
        return as_html(content, language, dressing).body
    if form == "text":
        return as_text(view(content, language, base_url=dressing.base_url)).encode()
    if form == "json":
        return as_json(content)
    if form == "web":
        return as_web(content, language, dressing)
    if form == "pdf":
        return as_pdf(content, language, dressing)
    if form == "whatsapp":
        return as_whatsapp(content, language, dressing)
    raise SettingsError(f"format {form!r}: the digest is made as {', '.join(FORMATS)}")
