"""Which phase of an event an article tells of: what is to come, its opening, its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pipeline.days import MONTH_AWAY, Day, days_until, named_days
from pipeline.model import Article
from pipeline.words import rough_sentences, words

# By hand; Indonesian, Malay, English, Filipino, Vietnamese, Thai. Words that announce an event by themselves:
_ANNOUNCING = frozenset(
    """
    jelang menjelang sambut menyambut besok esok lusa mendatang rencananya dijadwalkan dijadualkan persiapan
    upcoming ahead tomorrow prepares preparing prepare readies ready scheduled slated
    gaganapin idaraos bubuksan magbubukas magsisimula paparating nakatakda naghahanda
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
# pairs of neighbours; Vietnamese writes its words as syllables
_ANNOUNCING_PAIRS = frozenset(
    {
        ("next", "week"), ("next", "month"), ("set", "to"), ("to", "welcome"), ("to", "open"),
        ("to", "hold"), ("to", "convene"), ("to", "gather"), ("hitung", "mundur"), ("pekan", "depan"),
        ("minggu", "depan"), ("bulan", "depan"), ("minggu", "hadapan"), ("bulan", "hadapan"), ("sắp", "diễn"),
        ("sắp", "khai"), ("sắp", "tổ"), ("sẽ", "diễn"), ("sẽ", "tổ"), ("sẽ", "khai"), ("sẽ", "đăng"),
        ("chuẩn", "bị"), ("ngày", "mai"), ("tuần", "tới"), ("tháng", "tới"),
    }
)  # fmt: skip
_ANNOUNCING_THAI = ("เตรียม", "พรุ่งนี้", "สัปดาห์หน้า", "เดือนหน้า", "จะจัด")
# and words that announce one only before what is done at events: "akan digelar", but not "akan berkoordinasi"
_TO_COME = frozenset("akan bakal siap segera bersedia bersiap will".split())  # noqa: SIM905
_REACH = 3  # words behind them
_HAPPENING = frozenset(
    """
    digelar gelar menggelar diadakan adakan mengadakan diselenggarakan selenggarakan menyelenggarakan berlangsung
    dilangsungkan dilaksanakan dihelat dibuka buka membuka dirasmikan merasmikan rasmikan diresmikan resmikan meresmikan
    dimulai mulai bermula dihadiri hadiri menghadiri hadir datang tiba berkumpul bertemu temui menemui bertandang
    kunjungi mengunjungi dikunjungi menjamu jamu terima menerima diluncurkan luncurkan meluncur dilancarkan
    sambut menyambut disambut bahas membahas dibahas berunding bersidang sidang
    be open hold meet gather convene visit attend welcome receive begin start launch take kick discuss
    """.split()  # noqa: SIM905
)

_OPENING = frozenset(
    "dibuka buka membuka pembukaan dirasmikan rasmikan opens opened opening kicks binuksan pagbubukas".split()  # noqa: SIM905
)
_OPENING_PAIRS = frozenset({("khai", "mạc"), ("gets", "underway"), ("kicks", "off"), ("kicked", "off")})
_CLOSING = frozenset(
    """
    ditutup tutup menutup penutupan berakhir usai hasilkan menghasilkan hasil closes closed closing concludes concluded
    ends ended wraps outcome nagtapos isinara natapos
    """.split()  # noqa: SIM905
)
_CLOSING_PAIRS = frozenset({("bế", "mạc"), ("kết", "thúc"), ("wraps", "up"), ("wrapped", "up")})


class Phase(StrEnum):
    """Of an event that begins and ends, as a headline says."""

    OPENING = "opening"
    CLOSING = "closing"


def announces(article: Article) -> bool:
    """Does it tell of an event to come?

    A headline that speaks of the future decides; of a dated article then the days it names; then its first sentence.
    Without headline and date the text's own words do not decide: reports are full of what will be (.04 on ECB+).
    """
    if article.headline and _speaks_of_future(article.headline):
        return True
    if article.date_published is None:
        return False
    ahead = _all_ahead(article.date_published.date(), named_days(article.text))
    return _speaks_of_future(" ".join(rough_sentences(article.text)[:1])) if ahead is None else ahead


def phase(headline: str | None) -> Phase | None:
    """The phase that a headline names; None: none, or both."""
    found = words(headline or "")
    neighbours = set(pairwise(found))
    opening = not _OPENING.isdisjoint(found) or not _OPENING_PAIRS.isdisjoint(neighbours)
    closing = not _CLOSING.isdisjoint(found) or not _CLOSING_PAIRS.isdisjoint(neighbours)
    if opening == closing:
        return None
    return Phase.OPENING if opening else Phase.CLOSING


def _speaks_of_future(text: str) -> bool:
    found = words(text)
    return (
        not _ANNOUNCING.isdisjoint(found)
        or not _ANNOUNCING_PAIRS.isdisjoint(pairwise(found))
        or any(word in text for word in _ANNOUNCING_THAI)
        or any(
            not _HAPPENING.isdisjoint(found[place + 1 : place + 1 + _REACH])
            for place, word in enumerate(found)
            if word in _TO_COME
        )
    )


def _all_ahead(published: date, days: Iterable[tuple[Day, ...]]) -> bool | None:
    """Are all days that the text names within a month of its publication still to come? None: it names none."""
    gaps = []
    for readings in days:
        near = [gap for day in readings if (gap := days_until(published, day, MONTH_AWAY)) is not None]
        if near:
            gaps.append(min(near, key=abs))
    return min(gaps) > 0 if gaps else None
