"""Whole contents, in our own words, with everything that a morning may have: for the forms that lay them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from digests.compose import compose
from digests.marks import QuoteMark, TagMark
from digests.model import Checked, Content, Edit, FollowUp, OutletCoverage, Placement, StoryBlock, Totals, total
from digests.recap import (
    Correction,
    CorrectionRule,
    DayCount,
    OutletTones,
    Reason,
    Section,
    Tones,
    TopReason,
    TopStory,
    Trend,
)
from digests.selection import recount
from tests.digests.examples import EVENTS, NOW, PERIOD, morning

QUOTES = {
    "id": ("Udara bersih bukan soal satu kota, karena asap tidak mengenal batas.", "Sri Wulandari", "Wali Kota Bogor"),
    "en": ("One shared page is worth more than ten separate promises.", "Daniel Tan", "deputy mayor"),
    "th": ("ข้อมูลเปิดช่วยให้เมืองของเราตัดสินใจได้เร็วขึ้น", "สมชาย ใจดี", "ผู้ว่าราชการกรุงเทพมหานคร"),
    "vi": ("Xe buýt điện phải rẻ hơn xe máy thì người dân mới đi.", "Nguyễn Thu Hà", "phó chủ tịch thành phố"),
    "km": ("ទីក្រុងរបស់យើងត្រៀមខ្លួនរួចរាល់ហើយ។", "សុខ ចាន់", "អភិបាលរាជធានី"),
    "my": ("မြို့တော်အားလုံး အတူတကွ ကြိုးစားရမည်။", "ဦးအောင်", "မြို့တော်ဝန်"),
    "zh": ("河岸应当属于每一位市民。", "陈美玲", "市长"),
}
MORE: dict[str, tuple[tuple[str, str | None], ...]] = {  # further events in the languages that most readers read
    "id": (
        ("Jakarta buka rute bus listrik ke tiga kota penyangga", "Rute pertama beroperasi pekan depan. Tarifnya sama."),
        (
            "Warga keluhkan banjir di kawasan konferensi",
            "Air setinggi lutut menggenangi dua ruas jalan. Petugas baru datang tiga jam kemudian.",
        ),
        ("Menuju MGMAC: sekretariat bersama mulai bekerja di Kuningan", None),
    ),
    "en": (
        ("Jakarta opens three electric bus routes", "The first runs next week. Fares stay as they are."),
        ("Secretariat of the capitals' meeting starts work in Kuningan", None),
    ),
}
TOPICS = (TagMark("climate", "Climate change"), TagMark("transport", "Transport"))
TONES = ("positif", "netral", "negatif", None)
_OUTLETS = 31


def empty() -> Content:
    """A morning without news: every outlet was read."""
    made = compose(morning(0))
    rows = tuple(replace(row, state=Checked.WHOLE, why=None, failures=(), failed=0) for row in _coverage(made))
    return _with_trends(_counted(replace(made, coverage=rows, corrections=())))


def full(count: int, language: str = "id") -> Content:
    """`count` stories told in `language`, with all that may stand beside them."""
    return _whole(count, (language,))


def mixed(count: int) -> Content:
    """The same, each story in the next of seven languages and scripts."""
    return _whole(count, tuple(event[0] for event in EVENTS))


def _whole(count: int, languages: tuple[str, ...]) -> Content:
    known = [event[0] for event in EVENTS]
    numbers = [known.index(language) for language in languages]
    made = compose(morning(count, languages=1))
    stories = tuple(
        _story(index, _told_in(block, index, numbers[index % len(numbers)])) for index, block in enumerate(made.stories)
    )
    made = _counted(replace(made, stories=stories, coverage=_coverage(made)))
    made = replace(made, top=_top(made), sections=_sections(made), tones=_tones(made))
    return _with_trends(replace(made, corrections=_corrections(languages[0])))


def _counted(content: Content) -> Content:
    made = recount(content)
    return replace(made, totals=_totals(made))


def _totals(content: Content) -> Totals:
    return replace(total(content.stories, content.coverage, content.older), dropped=2 if content.stories else 0)


def _told_in(block: StoryBlock, index: int, number: int) -> StoryBlock:
    language, first, told = EVENTS[number]
    events = ((first, told), *MORE.get(language, ()))
    headline, extract = events[index % len(events)]
    tellings = tuple(
        replace(telling, language=language, headline=headline, extract=extract) for telling in block.tellings[:1]
    )
    places = tuple(replace(place, language=language, headline=headline) for place in block.placements)
    return replace(block, tellings=tellings, placements=places)


def _story(index: int, block: StoryBlock) -> StoryBlock:
    """Each has something of its own, so that few lines stand under every story."""
    language = block.lead.language or "id"
    text, speaker, role = QUOTES[language]
    quote = QuoteMark(text, speaker, role, "direct", language, block.placements[0].outlet_title,
                      block.placements[0].url, block.placements[0].version_id)  # fmt: skip
    return replace(
        block,
        placements=tuple(_placement(index + number, place) for number, place in enumerate(block.placements)),
        tags=TOPICS[: 1 + index % 2],
        quote=quote if index % 3 == 0 else None,
        note="Humas menyiapkan jawaban sebelum pukul sembilan." if index == 1 else None,
        pinned=index == 2,
        earlier=(PERIOD - timedelta(days=1),) if index % 5 == 1 else (),
        follows=FollowUp("s0", EVENTS[0][1], NOW - timedelta(days=9), language="id") if index == 3 else None,
    )


def _placement(number: int, place: Placement) -> Placement:
    unanswered = number % 7 == 2
    return replace(
        place,
        tone=TONES[number % len(TONES)],
        tones_differ=number % 9 == 4,
        late=number % 11 == 5,
        changed=number % 5 == 1,
        edit=Edit(120, 45, headline=True) if number % 5 == 1 else None,
        clarify="a complaint that nobody of the city answers" if unanswered else None,
        clarify_rule="unanswered" if unanswered else None,
    )


def _top(content: Content) -> tuple[TopStory, ...]:
    reasons = (
        (TopReason(Reason.REACH, 9), TopReason(Reason.OWN, detail="Jakarta"), TopReason(Reason.GROWTH, 4)),
        (TopReason(Reason.NEW),),
        (TopReason(Reason.PINNED), TopReason(Reason.OWN, detail="Bandung")),
    )
    return tuple(TopStory(block.story_id, why) for block, why in zip(content.stories, reasons, strict=False))


def _sections(content: Content) -> tuple[Section, ...]:
    """All but the top three, by watch and topic; the last few stand in none."""
    rest = content.stories[3:-2]
    if not rest:
        return ()
    middle = (len(rest) + 1) // 2
    halves = ((TOPICS[0], rest[:middle]), (TOPICS[1], rest[middle:]))
    return tuple(
        Section(block[0].watches[0].id, block[0].watches[0].title, topic, tuple(one.story_id for one in block))
        for topic, block in halves
        if block
    )


def _corrections(language: str) -> tuple[Correction, ...]:
    headline = EVENTS[[event[0] for event in EVENTS].index(language)][1]
    day, url = PERIOD - timedelta(days=1), "https://antara.example/berita/3659001"
    return (
        Correction(CorrectionRule.REJECTED, day, "s7", 7, headline, "iNews", url, language, "Hotel bernama sama"),
        Correction(CorrectionRule.CHANGED, day, "s8", 8, headline, "ANTARA", url, language),
        Correction(CorrectionRule.WITHHELD, day, "s9", 9, None, None, None, None),
    )


def _with_trends(content: Content) -> Content:
    first = PERIOD - timedelta(days=27)
    totals = content.totals
    mgmac = sum(any(mark.id == "mgmac" for mark in block.watches) for block in content.stories)
    subjects = (("stories", None, totals.stories), ("articles", None, totals.articles), ("watch:mgmac", "MGMAC", mgmac))
    return replace(content, trends=tuple(_trend(first, *subject) for subject in subjects))


def _trend(first: date, subject: str, title: str | None, last: int) -> Trend:
    """A month with two days without an edition and one without a story."""
    counts = [None if day in (11, 12) else 0 if day == 18 else 4 + (day * 7 + len(subject)) % 11 for day in range(27)]
    days = tuple(DayCount(first + timedelta(days=day), count) for day, count in enumerate((*counts, last)))
    known = [count for count in counts if count is not None]
    return Trend(subject, title, days, sum(known[-7:]) / 7, sum(known) / len(known))


def _tones(content: Content) -> tuple[OutletTones, ...]:
    outlets = {(p.outlet, p.outlet_title, p.owned) for block in content.stories for p in block.placements}
    told = Counter((p.outlet, p.tone) for block in content.stories for p in block.placements)
    return tuple(
        OutletTones(
            name, title, owned,
            Tones(*(told[name, tone] for tone in TONES)),
            Tones(positive=2, neutral=1) if owned else None,
        )
        for name, title, owned in sorted(outlets)
    )  # fmt: skip


def _coverage(content: Content) -> tuple[OutletCoverage, ...]:
    """Those that the morning has, and as many more as a real list would."""
    whole = next(row for row in content.coverage if row.state is Checked.WHOLE)
    more = (
        replace(whole, outlet=f"harian{number}", title=f"Harian Kota {number}", articles=0, owned=False)
        for number in range(len(content.coverage) + 1, _OUTLETS + 1)
    )
    return (*content.coverage, *more)
