"""Facts of made-up mornings, in our own words, for the tests of composition and rendering."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from digests.known import EditionFacts, RunFacts, WatchedOutlet
from digests.model import FailureCount, FollowUp
from pipeline.model import (
    Article,
    Disposition,
    FailureClass,
    Kind,
    Member,
    Role,
    Run,
    RunCounts,
    RunState,
    StoredArticle,
    Story,
    Tag,
    WatchMatch,
)

WIB = timezone(timedelta(hours=7))
NOW = datetime(2023, 8, 1, 6, 25, tzinfo=WIB)
PERIOD = date(2023, 8, 1)
OUTLETS = (
    WatchedOutlet("antara", "ANTARA", owned=False),
    WatchedOutlet("antara_en", "ANTARA English", owned=False),
    WatchedOutlet("beritajakarta", "Beritajakarta", owned=True),
    WatchedOutlet("beritajakarta_en", "Beritajakarta English", owned=True),
    WatchedOutlet("inews", "iNews", owned=False),
    WatchedOutlet("redaksijakarta", "Redaksi Jakarta", owned=False),
)
WATCH_TITLES = {"mgmac": "MGMAC", "amf": "ASEAN Mayors Forum"}

# (language, headline, extract): one event told by many
EVENTS = (
    (
        "id",
        "Dua puluh wali kota tiba di Jakarta untuk pertemuan ibu kota ASEAN",
        (
            "Dua puluh wali kota dan gubernur ibu kota ASEAN tiba di Jakarta pada Senin malam. Mereka akan membahas "
            "angkutan umum rendah emisi dan kualitas udara selama dua hari."
        ),
    ),
    (
        "en",
        "Capitals agree on a common air-quality dashboard",
        (
            "Delegates agreed to publish hourly readings of ten pollutants on one shared page. The first cities will "
            "join before the end of the year."
        ),
    ),
    (
        "th",
        "ผู้ว่าราชการกรุงเทพมหานครเสนอเครือข่ายเมืองอัจฉริยะร่วมกัน",
        "ผู้ว่าราชการกรุงเทพมหานครเสนอให้เมืองหลวงอาเซียนแบ่งปันข้อมูลน้ำท่วมและการจราจรแบบเปิด โดยจะเริ่มทดลองในสามเมืองภายในปีหน้า",
    ),
    (
        "vi",
        "Hà Nội chia sẻ kinh nghiệm chuyển đổi xe buýt điện",
        (
            "Đại diện Hà Nội cho biết một phần ba đội xe buýt sẽ chạy điện trong ba năm tới. Thành phố mời các thủ đô "
            "khác đến thăm bãi sạc mới."
        ),
    ),
    (
        "km",
        "រាជធានីភ្នំពេញនឹងធ្វើជាម្ចាស់ផ្ទះនៃវេទិកាអភិបាលក្រុងអាស៊ាន",
        "រាជធានីភ្នំពេញបានប្រកាសថា ខ្លួននឹងធ្វើជាម្ចាស់ផ្ទះនៃវេទិកាអភិបាលក្រុងអាស៊ានលើកក្រោយ។",
    ),
    ("my", "ရန်ကုန်မြို့တော် ဘတ်စ်ကားစနစ်သစ် မိတ်ဆက်", "မြို့တော်ဝန်က ဘတ်စ်ကားလမ်းကြောင်းသစ် ဆယ်ခုကို ဖွင့်လှစ်ခဲ့သည်။"),
    ("zh", "吉隆坡市长介绍河岸步道计划", "吉隆坡市长表示，新的河岸步道将连接六个社区，并在两年内全部开放。"),
)


def article(number: int, *, outlet: str | None = "antara", hours_ago: float = 12, event: int = 0) -> Article:
    """An article of the event, published `hours_ago` before the freeze."""
    language, headline, summary = EVENTS[event % len(EVENTS)]
    host = f"{outlet or 'www'}.example"
    return Article(
        url=f"https://{host}/berita/{3660000 + number}/{'ibu-kota-asean-bertemu' * 2}-{number}",
        canonical_url=f"https://{host}/berita/{3660000 + number}",
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=NOW - timedelta(hours=hours_ago) + timedelta(minutes=20),
        sha256="0" * 64,
        headline=headline,
        date_published=NOW - timedelta(hours=hours_ago),
        in_language=language,
        summary=summary,
        article_body=(summary,),
        watches=(WatchMatch("mgmac" if event % 3 else "amf", 2023, "named in the headline"),),
        tags=(Tag("topic:air", "kualitas udara", "named"), Tag("topic:transport", "angkutan umum", "named")),
    )


def stored(number: int, written: Article | None = None, **values: object) -> StoredArticle:
    """It as the store gives it, in its first version."""
    text = written or article(number)
    base = StoredArticle(
        id=number,
        article=text,
        version=1,
        version_id=1000 + number,
        committed_at=text.fetched_at,
        disposition=Disposition.KEPT,
        content_digest=f"{number:064x}",
    )
    return replace(base, **values)  # type: ignore[arg-type]  # the names are checked by dataclasses.replace


def run(number: int, outlet: str | None, state: RunState = RunState.FINISHED, **values: object) -> RunFacts:
    """A crawl that began an hour before the freeze."""
    base = Run(
        id=number,
        outlet=outlet,
        kind="crawl",
        state=state,
        started_at=NOW - timedelta(hours=1),
        heartbeat_at=NOW - timedelta(minutes=50),
        ended_at=None if state is RunState.RUNNING else NOW - timedelta(minutes=50),
        counts=RunCounts(listings=3, listed=40, new=12, fetched=12, kept=2, rejected=10),
        failure=None,
        detail=None,
        pid=1,
        host="here",
        archive_file=None,
    )
    return RunFacts(replace(base, **values))  # type: ignore[arg-type]  # as above


def facts(articles: tuple[StoredArticle, ...] = (), **values: object) -> EditionFacts:
    """An edition's facts with every outlet checked."""
    base = EditionFacts(
        kind="edition",
        list="daily",
        period=PERIOD,
        title="Kliping",
        timezone="Asia/Jakarta",
        since=NOW - timedelta(hours=24),
        now=NOW,
        window_hours=72,
        max_stories=40,
        articles=articles,
        known=(),
        stories=(),
        followed={},
        earlier={},
        runs=tuple(run(index, outlet.name) for index, outlet in enumerate(OUTLETS, start=1)),
        watched=OUTLETS,
        titles={outlet.name: outlet.title for outlet in OUTLETS},
        watch_titles=WATCH_TITLES,
    )
    return replace(base, **values)  # type: ignore[arg-type]  # as above


def morning(count: int, languages: int = 2) -> EditionFacts:
    """`count` stories of three articles each, a copy among them, and two outlets in trouble."""
    articles: list[StoredArticle] = []
    stories: list[Story] = []
    for index in range(count):
        first = 3 * index + 1
        event = index % languages
        told = [
            stored(first, article(first, outlet="antara", hours_ago=10 + index % 50, event=event)),
            stored(first + 1, article(first + 1, outlet="beritajakarta", hours_ago=9 + index % 50, event=event)),
            stored(first + 2, article(first + 2, outlet="redaksijakarta", hours_ago=8, event=event), copy_of=first),
        ]
        articles += told[: 1 + index % 3] if index else told
        stories.append(
            Story(
                id=f"s{first}",
                members=(
                    Member(first, Role.ORIGIN, "earliest"),
                    Member(first + 1, Role.REPORT, "same event"),
                    Member(first + 2, Role.COPY, "same words", copy_of=first),
                ),
                origin=first,
                continues="s0" if index == 1 else None,
            )
        )
    told_runs = tuple(
        run(index, outlet.name)
        for index, outlet in enumerate(OUTLETS, start=1)
        if outlet.name not in ("inews", "antara_en")
    )
    broken = run(
        98,
        "inews",
        RunState.FAILED,
        failure=FailureClass.HTTP_STATUS,
        detail="503 on /indeks",
        counts=RunCounts(failed=3),
    )
    partly = run(
        99, "antara_en", RunState.PARTIAL, counts=RunCounts(listings=2, listings_failed=1, listed=20, new=4, kept=1)
    )
    return facts(
        tuple(articles),
        stories=tuple(stories),
        runs=(*told_runs, replace(broken, failures=(FailureCount("http_status", 3),)), partly),
        followed={"s0": FollowUp("s0", "Jakarta menyiapkan pertemuan ibu kota ASEAN", NOW - timedelta(days=9))},
        earlier={4: (date(2023, 7, 31),)} if count > 1 else {},
    )


def utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
