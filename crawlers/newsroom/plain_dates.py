"""Moments as outlets of eleven countries print them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from crawlers.newsroom.printed import DAYS, MONTHS

_NAMES = {
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "tet": "Janeiru Fevereiru Marsu Abríl Maiu Juñu Jullu Agostu Setembru Outubru Novembru Dezembru",
}
_MONTHS = {**MONTHS, **{language: tuple(names.split()) for language, names in _NAMES.items()}}
_DAYS = {
    **DAYS,
    "vi": ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"),
    "km": ("ច័ន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍", "អាទិត្យ"),
}
_DIGITS = {"km": "០១២៣៤៥៦៧៨៩", "my": "၀၁၂၃၄၅၆၇၈၉"}
_BUDDHIST = 543  # years that the Thai calendar is ahead
# language: how the moment is printed; {month} and {weekday} in that language, figures are its script's
_FORMS = {
    "id": "{weekday}, {d} {month} {y} {clock} WIB",
    "en": "{month} {d}, {y} {clock}",
    "ms": "{weekday}, {d} {month} {y} {clock}",
    "th": "{d} {month} {buddhist} {clock} น.",
    "vi": "{weekday}, {d}/{m}/{y}, {clock} (GMT+7)",
    "tl": "{month} {d}, {y} {clock}",
    "km": "ថ្ងៃ{weekday} ទី{d} ខែ{month} ឆ្នាំ{y} ម៉ោង {clock}",
    "lo": "ວັນທີ {d} {month} {y} {clock}",
    "my": "{d} {month} {y}",
    "zh": "{y}年{m}月{d}日 {clock}",
    "ta": "{d} {month} {y} {clock}",
    "pt": "{d} de {month} de {y} {clock}",
    "tet": "{d} {month} {y} {clock}",
}


def printed(moment: datetime, language: str) -> str:
    """The moment in its own zone. Raises KeyError for a language without a form."""
    text = _FORMS[language].format(
        weekday=_DAYS.get(language, _DAYS["en"])[moment.weekday()],
        d=moment.day,
        m=moment.month,
        month=_MONTHS.get(language, MONTHS["en"])[moment.month - 1],
        y=moment.year,
        buddhist=moment.year + _BUDDHIST,
        clock=f"{moment:%H:%M}",
    )
    digits = _DIGITS.get(language)
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def clock(moment: datetime, form: str, zone: str = "Asia/Jakarta") -> str:
    """A moment by a form: {hari} {bulan} {bln} in Indonesian, {weekday} {month} {mon} in English, {thu} in Vietnamese.

    Figures: {d} {dd} {m} {mm} {y} {H} {M} {S}; {h} and {ampm} of the twelve-hour clock.
    """
    local = moment.astimezone(ZoneInfo(zone))
    month = {language: MONTHS[language][local.month - 1] for language in ("id", "en")}
    return form.format(
        hari=_DAYS["id"][local.weekday()],
        weekday=_DAYS["en"][local.weekday()],
        thu=_DAYS["vi"][local.weekday()],
        bulan=month["id"],
        bln=month["id"][:3],
        month=month["en"],
        mon=month["en"][:3],
        d=local.day,
        m=local.month,
        y=local.year,
        h=local.hour % 12 or 12,
        dd=f"{local:%d}",
        mm=f"{local:%m}",
        H=f"{local:%H}",
        M=f"{local:%M}",
        S=f"{local:%S}",
        ampm="AM" if local.hour < 12 else "PM",
    )
