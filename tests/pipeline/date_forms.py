"""How the region's newsrooms print dates, by language: templates, filled from CLDR's words and digits (Babel).

Fields of a template: d dd m mm yyyy yy be (the Buddhist year) be2 (its last two digits) month mon (short) weekday wd
(short) H HH MI SS (24 hours) h hh ampm (12 hours) day_word (pagi, siang …) zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from functools import cache

from babel.dates import get_day_names, get_month_names, get_period_id, get_period_names

DIGITS = {"th": "๐๑๒๓๔๕๖๗๘๙", "km": "០១២៣៤៥៦៧៨៩", "lo": "໐໑໒໓໔໕໖໗໘໙", "my": "၀၁၂၃၄၅၆၇၈၉"}
TETUM = (
    "Janeiru", "Fevereiru", "Marsu", "Abríl", "Maiu", "Juñu", "Jullu", "Agostu", "Setembru", "Outubru", "Novembru",
    "Dezembru",
)  # fmt: skip  # no locale of CLDR: Tatoli's and INL's spelling
SECONDS, MINUTES, HOURS, DAYS = "second", "minute", "hour", "day"
_NUMERIC = (
    "{dd}/{mm}/{yyyy} {HH}:{MI}", "{d}/{m}/{yyyy}, {HH}:{MI}", "{dd}-{mm}-{yyyy} | {HH}:{MI}",
    "{dd}.{mm}.{yyyy} {HH}:{MI}",
    "{dd}/{mm}/{yy} {HH}:{MI}:{SS}", "{weekday}, {dd}/{mm}/{yyyy} - {HH}:{MI}", "{dd} / {mm} / {yyyy}",
)  # fmt: skip
FORMS: dict[str, tuple[str, ...]] = {
    "id": (
        "{weekday}, {d} {month} {yyyy} {HH}:{MI} {zone}",
        "{weekday}, {d} {month} {yyyy} {HH}:{MI} {zone} | 1.229 Views",
        "{weekday}, {dd} {month} {yyyy} - {HH}:{MI} {zone}", "{weekday}, {d} {mon} {yyyy} | {HH}.{MI} {zone}",
        "{weekday} , {dd} {month} {yyyy} | {HH}:{MI} {zone}", "{d} {mon} {yyyy} {HH}:{MI}{zone}",
        "{weekday}, {d} {month} {yyyy} pukul {HH}.{MI} {zone}", "{d} {month} {yyyy} jam {HH}.{MI}",
        "{d} {month} {yyyy}, {HH}.{MI}.{SS} {zone}",
        "{HH}:{MI} {zone}, {weekday} {d} {month} {yyyy}", "{d}-{mon}-{yyyy} {HH}:{MI} {zone}",
        "{mon} {d}, {yyyy} {HH}:{MI} {zone}",
        "{d} {month} {yyyy} {h}.{MI} {day_word}", "pukul {h}:{MI} {day_word}, {d} {month} {yyyy}",
        "{wd}, {dd} {mon} {yyyy} {HH}:{MI} {zone}",
        "{dd}/{mm}/{yyyy}, {HH}:{MI} {zone}", "{d} {month} {yyyy}", "{weekday} ({d}/{m}/{yyyy}) {HH}.{MI} {zone}",
        "{dd} {mon} {yy} | {HH}:{MI} {zone}",
        "Jakarta, {d} {month} {yyyy}", "Kompas.com - {dd}/{mm}/{yyyy}, {HH}:{MI} {zone}",
        "{weekday}   {dd} {mon} {yyyy}  {HH}:{MI} {zone}",
        "{d} {month} {yyyy}{HH}:{MI} {zone}", *_NUMERIC,
    ),
    "ms": (
        "{weekday}, {d} {month} {yyyy}", "{d} {mon} {yyyy}, {h}:{MI} {ampm} MYT",
        "{d} {month} {yyyy}, {h}.{MI} {day_word}",
        "{weekday}, {d} {mon} {yyyy} {h}:{MI} {day_word}", "{d} {month} {yyyy} @ {h}:{MI}{ampm}",
        "{d}hb {month} {yyyy}", "{d} haribulan {month} {yyyy}, jam {h}.{MI} {day_word}",
        "{dd}/{mm}/{yyyy} {HH}:{MI} MYT", "{h}:{MI} {day_word}, {d} {month} {yyyy}",
        "{mon} {d}, {yyyy} {h}:{MI} {ampm}", *_NUMERIC,
    ),
    "en": (
        "{d} {mon} {yyyy}, {h}:{MI} {ampm} MYT", "{mon} {d} {yyyy} | {h}:{MI} {ampm}",
        "{month} {d}, {yyyy} {h}:{MI} {ampm}",
        "{weekday}, {month} {d}, {yyyy}", "{mon}. {d}, {yyyy}, {h}:{MI} {ampm_dots}",
        "{weekday}, {d} {mon} {yyyy} {h}:{MI} {ampm} MYT",
        "{d}{th} {month} {yyyy}", "{month} {d}{th}, {yyyy} at {h}:{MI}{ampm}",
        "{h}:{MI} {ampm}, {month} {d}, {yyyy}", "{wd}, {dd} {mon} {yyyy} {HH}:{MI}:{SS} +0700",
        "{wd}, {dd} {mon} {yyyy} {HH}:{MI}:{SS} GMT", "{d} {month} {yyyy} {HH}{MI} hrs",
        "{d} {month} {yyyy} | {HH}:{MI} SGT", "{wd} {mon} {dd} {HH}:{MI}:{SS} {yyyy}",
        "{wd} {mon} {dd} {yyyy} {HH}:{MI}:{SS} GMT+0700 (Western Indonesia Time)",
        "{mon} {d}, {yyyy} {h}:{MI} {ampm} PHT", "{yyyy} {month} {d}, {HH}:{MI}", "{d}-{mon}-{yyyy}",
        "{d} of {month} {yyyy}",
        "{HH}:{MI}, {d} {mon} {yyyy} (UTC+7)", "{month} {d}, {yyyy} | {h}:{MI} {ampm} GMT+7",
        "{mon} {d} '{yy} {HH}:{MI}", "{d} {mon} '{yy}", "{month} {d}, {yyyy} - {h}.{MI}{ampm}",
        *_NUMERIC,
    ),
    "fil": (
        "{month} {d}, {yyyy}", "{mon} {d}, {yyyy} {h}:{MI} {ampm} PHT", "ika-{d} ng {month}, {yyyy}",
        "ika-{d} ng {month} {yyyy}, {h}:{MI} {day_word}", "{d} {month} {yyyy}, alas-{h}:{MI} {day_word}",
        "{month} {d}, {yyyy} | {h}:{MI}{ampm}", "{weekday}, {month} {d}, {yyyy} {h}:{MI} {ampm} PST",
        "{h}:{MI} {day_word}, {month} {d}, {yyyy}", *_NUMERIC,
    ),
    "vi": (
        "{weekday}, {d}/{m}/{yyyy}, {HH}:{MI} (GMT+7)", "{weekday}, {dd}/{mm}/{yyyy} {HH}:{MI} GMT+7",
        "{HH}:{MI} {dd}/{mm}/{yyyy}", "{HH}:{MI} | {dd}/{mm}/{yyyy}", "ngày {d} tháng {m} năm {yyyy}",
        "{weekday}, ngày {dd} tháng {mm} năm {yyyy}, {HH}:{MI}", "{dd}/{mm}/{yyyy} - {HH}h{MI}",
        "{HH}h{MI} ngày {dd}/{mm}/{yyyy}", "{H} giờ {MI} phút, ngày {d}/{m}/{yyyy}", "{d} tháng {m}, {yyyy}",
        "{d} thg {m}, {yyyy} {HH}:{MI}",
        "{dd}-{mm}-{yyyy} {h}:{MI} {ampm}", "{h}h{MI} {day_word} {dd}/{mm}/{yyyy}", "{HH}g{MI} - {dd}/{mm}/{yyyy}",
        "Tháng {m} {d}, {yyyy}", "{words} {d}, {yyyy} {h}:{MI} {ampm}", "{d} {words}, {yyyy}",
        "{HH}:{MI} (GMT+7) {weekday}, {dd}/{mm}/{yyyy}", *_NUMERIC,
    ),
    "th": (
        "{d} {month} {be} เวลา {HH}.{MI} น.", "{d} {mon} {be2} {HH}:{MI} น.", "วันที่ {d} {month} พ.ศ. {be}",
        "{weekday}ที่ {d} {month} {be} | {HH}:{MI} น.", "{weekday}ที่ {d} เดือน{month} พุทธศักราช {be}",
        "{d} {mon} {be} | {HH}:{MI}",
        "{d} {month} ค.ศ. {yyyy} {HH}:{MI}", "{dd}/{mm}/{be} {HH}:{MI}", "{d} {month} {be} - {HH}:{MI} น. (GMT+7)",
        "{dd} {mon} {yyyy} {HH}.{MI} น.", "{d} {month} {be} {h}:{MI} {day_word}", "{HH}:{MI} น. {d} {mon} {be}",
        "{d}/{m}/{be2}, {HH}:{MI}",
        "{wd} {d} {mon} {be2} เวลา {HH}:{MI}:{SS}", "{yyyy}-{mm}-{dd} {HH}:{MI}:{SS}", "{be}-{mm}-{dd}",
    ),
    "km": (
        "{d} {month} {yyyy}", "ថ្ងៃទី{d} ខែ{month} ឆ្នាំ{yyyy}",
        "ថ្ងៃទី {d} ខែ {month} ឆ្នាំ {yyyy} ម៉ោង {h}:{MI} {day_word}",
        "{d} {month} {yyyy} ម៉ោង {h}:{MI} {day_word}", "{weekday} {d} {month} {yyyy}, {HH}:{MI}",
        "{dd}/{mm}/{yyyy} {h}:{MI} {ampm}",
        "ថ្ងៃ{weekday} ទី{dd} ខែ{month} ឆ្នាំ{yyyy} {HH}:{MI} នាទី", "{dd}-{mm}-{yyyy} {HH}:{MI}",
        "ម៉ោង {HH}:{MI} ថ្ងៃទី{d} ខែ{month} ឆ្នាំ{yyyy}",
    ),
    "lo": (
        "{d} {month} {yyyy}", "ວັນທີ {d} {month} {yyyy}", "ວັນທີ {d} ເດືອນ {month} ປີ {yyyy}",
        "{weekday}, {d} {month} {yyyy}, {HH}:{MI} ໂມງ", "{d} {mon} {yyyy} {HH}:{MI}",
        "ວັນທີ {dd}/{mm}/{yyyy} ເວລາ {HH}:{MI}", "{d} {month} {yyyy} {h}:{MI} {day_word}",
        "{d} ເດືອນ {m} ປີ {yyyy}",
        "{dd}-{mm}-{yyyy} {HH}:{MI}",
    ),
    "my": (
        "{d} {month} {yyyy}", "{yyyy} {month} {d}", "{yyyy} ခုနှစ် {month}လ {d} ရက်", "{month} {d}၊ {yyyy}",
        "{month} {d}, {yyyy} {HH}:{MI}", "{d} {month} {yyyy} {day_word} {h}:{MI}",
        "{yyyy} ခုနှစ် {month} {d} ရက် {day_word} {h} နာရီ {MI} မိနစ်", "{dd}-{mm}-{yyyy} {HH}:{MI}",
        "{yyyy}၊ {month} {d} {weekday} {HH}:{MI}:{SS}", "{d} {month} {yyyy}, {HH}:{MI} MMT",
        "{h}:{MI} {day_word} {d} {month} {yyyy}",
    ),
    "zh": (
        "{yyyy}年{m}月{d}日", "{yyyy}年{mm}月{dd}日 {HH}:{MI}", "{yyyy}年{m}月{d}日 {day_word}{h}:{MI}",
        "{yyyy}年{m}月{d}日{weekday} {HH}:{MI}", "{yyyy}-{mm}-{dd} {HH}:{MI}:{SS}", "{yyyy}/{mm}/{dd} {HH}:{MI}",
        "{yyyy}年{m}月{d}日 {H}时{MI}分", "{yyyy}年{m}月{d}日{day_word}{h}点{MI}分",
        "{yyyy}.{mm}.{dd} {HH}:{MI}", "{dd}/{mm}/{yyyy} {HH}:{MI}", "{h}:{MI} {ampm} {yyyy}年{m}月{d}日",
    ),
    "pt": (
        "{d} de {month} de {yyyy}", "{weekday}, {d} de {month} de {yyyy}, {HH}:{MI}", "{d} {mon} {yyyy} {HH}h{MI}",
        "{d} de {mon} de {yyyy} às {HH}:{MI}", "{month} {d}, {yyyy}", "{dd}/{mm}/{yyyy} {HH}h{MI}",
        "{d}/{mon}/{yyyy} {HH}:{MI} TLT", "{d} de {month} de {yyyy}, {h}:{MI} {day_word}",
        *_NUMERIC,
    ),
    "tet": (
        "{d} {month} {yyyy}", "{month} {d}, {yyyy}", "loron {d} fulan {month} tinan {yyyy}",
        "{d} {month} {yyyy}, {HH}:{MI} TLT", "{d} {month} {yyyy} tuku {HH}:{MI}", "{dd}/{mm}/{yyyy} {HH}:{MI}",
        "{d} de {month} de {yyyy}", "loron {d}, fulan-{month}, {yyyy}",
    ),
    "ta": (
        "{d} {month} {yyyy}", "{d} {month}, {yyyy}", "{month} {d}, {yyyy}", "{d} {mon} {yyyy} {HH}:{MI}",
        "{weekday}, {d} {month} {yyyy} {h}:{MI} {ampm}", "{d} {month} {yyyy}, {day_word} {h}.{MI} மணி",
        "{dd}/{mm}/{yyyy} {HH}:{MI}",
    ),
    "jv": (
        "{weekday}, {d} {month} {yyyy} {HH}:{MI} {zone}", "{d} {mon} {yyyy}",
        "{d} {month} {yyyy} jam {HH}.{MI} {zone}", "{dd}-{mm}-{yyyy}, {HH}:{MI}",
    ),
    "su": (
        "{weekday}, {d} {month} {yyyy} {HH}:{MI} {zone}", "{d} {mon} {yyyy}, {HH}.{MI}.{SS}",
        "{d} {month} {yyyy} tabuh {HH}.{MI} {zone}", "{dd}/{mm}/{yyyy}, {HH}.{MI}",
    ),
}  # fmt: skip
MACHINE = (
    "{yyyy}-{mm}-{dd}T{HH}:{MI}:{SS}{offset}", "{yyyy}-{mm}-{dd}T{HH}:{MI}:{SS}.123{offset}",
    "{yyyy}-{mm}-{dd} {HH}:{MI}:{SS}{offset}", "{yyyy}-{mm}-{dd}T{HH}:{MI}:{SS}{offset_plain}",
    "{yyyy}-{mm}-{dd} {HH}:{MI}:{SS} {offset_plain}",
    "{yyyy}/{mm}/{dd} {HH}:{MI}:{SS}", "{yyyy}-{mm}-{dd}T{HH}:{MI}{offset}",
    "{yyyy}{mm}{dd}T{HH}{MI}{SS}{offset_plain}", "{yyyy}{mm}{dd}{HH}{MI}{SS}",
    "{yyyy}-{mm}-{dd} T{HH}:{MI}:{SS}{offset}", "{yyyy}-{mm}-{dd}T{HH}:{MI}:{SS}", "{yyyy}-{mm}-{dd}",
    "{yyyy}{mm}{dd}",
    "{wd}, {dd} {mon} {yyyy} {HH}:{MI}:{SS} {offset_plain}", "{weekday}, {month} {d}, {yyyy} - {HH}:{MI}",
    "{dd} {mon} {yyyy} {HH}:{MI}:{SS} {offset_plain}",
)  # fmt: skip
_VIETNAMESE = (
    "Tháng Một", "Tháng Hai", "Tháng Ba", "Tháng Tư", "Tháng Năm", "Tháng Sáu", "Tháng Bảy", "Tháng Tám",
    "Tháng Chín", "Tháng Mười", "Tháng Mười Một",
    "Tháng Mười Hai",
)  # fmt: skip


def moments(year: int, zone: tzinfo) -> Iterator[datetime]:
    """Around every month's and year's border by a second, noon and midnight, the days that an order can confuse."""
    for month in range(1, 13):
        first = datetime(year, month, 1, tzinfo=zone)
        yield from (first - timedelta(seconds=1), first, first + timedelta(seconds=1))
        for day, at in (
            (month, time(0, 30)),
            (12, time(12)),
            (13, time(11, 59, 59)),
            (28, time(14, 31)),
            (5, time(9, 5)),
        ):
            yield datetime.combine(first.date().replace(day=day), at, zone)
    if year % 4 == 0:
        yield from (datetime(year, 2, 29, hour, 0, tzinfo=zone) for hour in (0, 12, 23))


def fill(template: str, when: datetime, language: str, zone: str = "", *, native: bool = False) -> str:
    """The template with the words of the language; `native` writes its own digits."""
    numbers = _numbers(when)
    if native:
        own = str.maketrans("0123456789", DIGITS[language])
        numbers = {name: text.translate(own) for name, text in numbers.items()}
    return template.format(**numbers, **_words(when, language), zone=zone)


def exactness(template: str) -> str:
    if "{SS}" in template:
        return SECONDS
    return MINUTES if "{MI}" in template else DAYS


def truncated(when: datetime, template: str) -> datetime:
    if "{SS}" in template:
        return when
    return when.replace(second=0) if "{MI}" in template else when.replace(hour=0, minute=0, second=0)


def _numbers(when: datetime) -> dict[str, str]:
    hour = when.hour % 12 or 12
    offset = when.strftime("%z")
    return {
        "d": str(when.day), "dd": f"{when.day:02}", "m": str(when.month), "mm": f"{when.month:02}",
        "yyyy": str(when.year),
        "yy": f"{when.year % 100:02}", "be": str(when.year + 543), "be2": f"{(when.year + 543) % 100:02}",
        "H": str(when.hour),
        "HH": f"{when.hour:02}", "MI": f"{when.minute:02}", "SS": f"{when.second:02}", "h": str(hour),
        "hh": f"{hour:02}",
        "offset": f"{offset[:3]}:{offset[3:5]}", "offset_plain": offset[:5],
    }  # fmt: skip


def _words(when: datetime, language: str) -> dict[str, str]:
    months, short, days, short_days = _names(language)
    half = "AM" if when.hour < 12 else "PM"
    ordinal = "th" if 11 <= when.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(when.day % 10, "th")
    return {
        "month": months[when.month - 1], "mon": short[when.month - 1], "weekday": days[when.weekday()],
        "wd": short_days[when.weekday()],
        "ampm": half_word(when.time(), language), "ampm_dots": f"{half[0].lower()}.m.", "th": ordinal,
        "words": _VIETNAMESE[when.month - 1],
        "day_word": day_word(when.time(), language),
    }  # fmt: skip


@cache
def _names(language: str) -> tuple[tuple[str, ...], ...]:
    if language == "tet":
        return TETUM, TETUM, _names("pt")[2], _names("pt")[2]
    months = (get_month_names("wide", "format", language), get_month_names("abbreviated", "format", language))
    days = (get_day_names("wide", "format", language), get_day_names("abbreviated", "format", language))
    return (
        *(tuple(str(names[number]) for number in range(1, 13)) for names in months),
        *(tuple(str(names[number]) for number in range(7)) for names in days),
    )


@cache
def _periods(language: str) -> dict[str, str]:
    """CLDR's names of the parts of the day, the wide ones first."""
    wide, short = get_period_names("wide", "format", language), get_period_names("abbreviated", "format", language)
    return {str(key): str(names[key]) for names in (short, wide) for key in names}


def half_word(at: time, language: str) -> str:
    """CLDR's word for the half of the day."""
    name = "am" if at.hour < 12 else "pm"
    return _periods(language).get(name, name.upper()) if language != "tet" else name.upper()


def day_word(at: time, language: str) -> str:
    """CLDR's word for the part of the day, "siang"; that of the half where it has none."""
    if language == "tet":
        return half_word(at, language)
    return _periods(language).get(str(get_period_id(at, locale=language)), half_word(at, language))
