"""What languages are called, for sentences that a person reads."""

from __future__ import annotations

_NAMES = {
    "id": "Indonesian", "en": "English", "ms": "Malay", "tl": "Filipino", "vi": "Vietnamese", "th": "Thai",
    "km": "Khmer", "lo": "Lao", "my": "Burmese",
    "zh": "Chinese", "ta": "Tamil", "tet": "Tetum", "pt": "Portuguese", "jv": "Javanese",
    "su": "Sundanese",
}  # fmt: skip


def language_name(code: str | None) -> str:
    """ "English" of "en"; of a code that is not listed the code, of none "another language"."""
    return _NAMES.get(code, code) if code else "another language"
