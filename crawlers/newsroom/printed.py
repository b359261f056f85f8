"""Days and times as newsrooms print them, and the day placeholders of story texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ms": ("Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad"),
    "tl": ("Lunes", "Martes", "Miyerkules", "Huwebes", "Biyernes", "Sabado", "Linggo"),
}
_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_EN = "January February March April May June July August September October November December"
_MS = "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember"
_TL = "Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre"
_TH = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
MONTHS = {
    language: tuple(names.split())
    for language, names in (("id", _ID), ("en", _EN), ("ms", _MS), ("tl", _TL), ("th", _TH))
}
_THU = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")  # inside a sentence
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(-?\d+))?\}")


def weekday(day: date, language: str) -> str:
    return DAYS[language][day.weekday()]


def day_month_year(day: date, language: str) -> str:
    """17 November 2026"""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def month_day_year(day: date) -> str:
    """November 17, 2026"""
    return f"{MONTHS['en'][day.month - 1]} {day.day}, {day.year}"


# placeholder: how the day stands in prose. {hari:-1} is the weekday of yesterday, in Indonesian.
_FORMS: dict[str, Callable[[date], str]] = {
    "hari": lambda day: weekday(day, "id"),
    "dm": lambda day: f"{day.day}/{day.month}",
    "dmy": lambda day: f"{day.day}/{day.month}/{day.year}",
    "tanggal": lambda day: day_month_year(day, "id"),
    "weekday": lambda day: weekday(day, "en"),
    "md": lambda day: f"{day.month}/{day.day}",
    "long": month_day_year,
    "hari_ms": lambda day: weekday(day, "ms"),
    "tarikh": lambda day: day_month_year(day, "ms"),
    "short": lambda day: f"{MONTHS['en'][day.month - 1][:3]} {day.day}",
    "thu": lambda day: _THU[day.weekday()],
    "araw": lambda day: weekday(day, "tl"),
    "petsa": lambda day: f"{MONTHS['tl'][day.month - 1]} {day.day}",
    "wan": lambda day: f"{day.day} {MONTHS['th'][day.month - 1]}",
}


def fill(text: str, today: date) -> str:
    """Replace `{year}` by the forum's year, `{form:offset}` by the day that many days after today.

    The forum's last day is yesterday, so on 1 January it is still last year's.

    Raises ValueError on any other placeholder.
    """

    def replace(match: re.Match[str]) -> str:
        name, offset = match.groups()
        if name in ("year", "next_year") and offset is None:
            return str((today - timedelta(days=1)).year + (name == "next_year"))
        if name not in _FORMS or offset is None:
            raise ValueError(f"unknown placeholder {match.group()}")
        return _FORMS[name](today + timedelta(days=int(offset)))

    return _PLACEHOLDER.sub(replace, text)


def antara(moment: datetime, language: str) -> str:
    """Selasa, 17 November 2026 14:31 WIB; the English desk prints another order and a zone of its own."""
    local = moment.astimezone(JAKARTA)
    if language == "en":
        return f"{month_day_year(local)} {local:%H:%M} GMT+700"
    return f"{weekday(local, 'id')}, {day_month_year(local, 'id')} {local:%H:%M} WIB"


def inews(moment: datetime) -> str:
    """Selasa, 17 November 2026 - 08:00 WIB"""
    local = moment.astimezone(JAKARTA)
    return f"{weekday(local, 'id')}, {day_month_year(local, 'id')} - {local:%H:%M} WIB"


def beritajakarta(moment: datetime, language: str) -> str:
    """Selasa, 17 November 2026 14:05 WIB; month first in English."""
    local = moment.astimezone(JAKARTA)
    if language == "en":
        return f"{weekday(local, 'en')}, {month_day_year(local)} {local:%H:%M} WIB"
    return f"{weekday(local, 'id')}, {day_month_year(local, 'id')} {local:%H:%M} WIB"
