"""Dossiers as readers see them: text, page, JSON."""

from digests.dossiers.layout import as_text
from digests.dossiers.render import as_html, as_json, document
from digests.dossiers.view import view

__all__ = ["as_html", "as_json", "as_text", "document", "view"]
