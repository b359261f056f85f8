"""Round-ups: articles that tell of many events, and are a report of none of them."""

from __future__ import annotations

import re

# By hand; Indonesian, Malay, English, Vietnamese, Filipino, Thai.
_COUNT = (
    r"(?:\d{1,2}|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|sepuluh|two|three|four|five|six|seven|eight|nine"
    r"|ten)"
)
_ROUNDUP = re.compile(
    rf"\b(?:terpopuler|terpopular|rangkuman\b|sepekan\b|seminggu ini|kaleidoskop|news in brief|in brief:|round-?up"
    rf"|week in review|tổng hợp tin|điểm tin|mga balita ngayong|top {_COUNT}\b[^:.]{{0,30}}:"
    rf"|{_COUNT} (?:hal (?:yang|penting|menarik|dari)|berita (?:utama|pilihan|penting)|perkara (?:yang|penting)"
    r"|things (?:to|you|we)|takeaways|stories|điều cần))"
    r"|สรุปข่าว|รวมข่าว",
    re.IGNORECASE,
)


def is_roundup(headline: str) -> bool:
    """Does a headline promise several events: "Lima hal dari pekan wali kota", "Top 3 Tekno: …"?"""
    return bool(_ROUNDUP.search(headline))
