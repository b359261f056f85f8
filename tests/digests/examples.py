"""Facts of made-up mornings, in our own words, for the tests of composition and rendering."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from digests.known import Editing, EditionFacts, EditorialDecision, PastEdition, RunFacts, WatchedOutlet
from digests.model import Edit, FailureCount, FollowUp, total
from digests.recap import Correction, CorrectionRule, OutletTones, Tones
from pipeline.model import (
    Article,
    Disposition,
    FailureClass,
    Kind,
    Location,
    Member,
    Quote,
    Role,
    Run,
    RunCounts,
    RunState,
    StoredArticle,
    Story,
    Tag,
    ToneReading,
    WatchMatch,
)
from tests.digests import example_texts

WIB = timezone(timedelta(hours=7))
NOW = datetime(2023, 8, 1, 6, 25, tzinfo=WIB)
PERIOD = date(2023, 8, 1)
YESTERDAY = date(2023, 7, 31)
OUTLETS = (
    WatchedOutlet("antara", "ANTARA", owned=False),
    WatchedOutlet("antara_en", "ANTARA English", owned=False),
    WatchedOutlet("beritajakarta", "Beritajakarta", owned=True),
    WatchedOutlet("beritajakarta_en", "Beritajakarta English", owned=True),
    WatchedOutlet("inews", "iNews", owned=False),
    WatchedOutlet("redaksijakarta", "Redaksi Jakarta", owned=False),
)
OWN, REPRINTER = "beritajakarta", "redaksijakarta"
WATCH_TITLES = {"mgmac": "MGMAC", "amf": "ASEAN Mayors Forum"}
AUTHORS = ("Laras Ayuningtyas", "Bagus Prakoso", "Nurul Hikmah", "Daniel Situmeang")
EDITORS = ("Teguh Handoko", "Sri Wahyuni")
UNANSWERED = 'The text complains ("mengeluhkan") and no city official answers in it.'

EVENTS = tuple((event.language, event.headline, event.extract) for event in example_texts.EVENTS)
LANGUAGES = 7  # of the events; the first seven are in one language each, so are the second


def article(number: int, *, outlet: str | None = "antara", hours_ago: float = 12, event: int = 0) -> Article:
    """An article of the event, published `hours_ago` before the freeze: with its quote, tone, place and people."""
    told = example_texts.EVENTS[event % len(EVENTS)]
    host = f"{outlet or 'www'}.example"
    paragraphs = (told.extract, f"\u201c{told.quote}\u201d, {told.speaker}.")
    return Article(
        url=f"https://{host}/berita/{3660000 + number}/{'ibu-kota-asean-bertemu' * 2}-{number}",
        canonical_url=f"https://{host}/berita/{3660000 + number}",
        outlet=outlet,
        kind=Kind.ARTICLE,
        fetched_at=NOW - timedelta(hours=hours_ago) + timedelta(minutes=20),
        sha256="0" * 64,
        headline=told.headline,
        date_published=NOW - timedelta(hours=hours_ago),
        authors=(AUTHORS[number % len(AUTHORS)],),
        editors=(EDITORS[number % len(EDITORS)],) if number % 2 else (),
        article_section=told.section,
        in_language=told.language,
        summary=told.extract,
        article_body=paragraphs,
        watches=(WatchMatch("mgmac" if event % 3 else "amf", 2023, "named in the headline"),),
        tags=tuple(Tag(identifier, label, "named") for identifier, label in told.topics),
        content_locations=(_location(told),),
        quotes=(_quote(told, "\n".join(paragraphs)),),
        headline_tone=ToneReading(told.tone, "its words"),
        body_tone=ToneReading(told.tone, "its words"),
        needs_clarification=UNANSWERED if told.tone == "negatif" else None,
    )


def _location(told: example_texts.Event) -> Location:
    identifier = f"{told.country.lower()}-{told.city.lower().replace(' ', '-')}"
    return Location(identifier, told.city, "city", told.country, None, "named in the first sentence")


def _quote(told: example_texts.Event, body: str) -> Quote:
    start = body.index(told.quote)
    return Quote(told.quote, told.speaker, told.role, told.kind, start, start + len(told.quote))


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


def morning(count: int, languages: int = 2, *, rich: bool = True) -> EditionFacts:
    """`count` stories of up to three articles each, a copy among them, and two outlets in trouble.

    `rich`: the list has 28 days behind it (figures, tones, corrections, an outlet that was not read yesterday), an
    editor has pinned a story and noted something on it, and Jakarta is the readers' own city.
    """
    articles: list[StoredArticle] = []
    stories: list[Story] = []
    for index in range(count):
        first = 3 * index + 1
        articles += _told(index, languages)[: 1 + index % 3 if index else 3]
        stories.append(_story(first, continues="s0" if index == 1 else None))
    seen = facts(
        tuple(articles),
        stories=tuple(stories),
        runs=_troubled_runs(),
        followed={"s0": FollowUp("s0", "Jakarta menyiapkan pertemuan ibu kota ASEAN", NOW - timedelta(days=9))},
        earlier={4: (YESTERDAY,)} if count > 1 else {},
        edits={4: Edit(added=34, removed=6, headline=True)} if count > 1 else {},
    )
    return with_history(seen) if rich else seen


def _told(index: int, languages: int) -> list[StoredArticle]:
    """The three articles of a story."""
    first, event = 3 * index + 1, index % languages + LANGUAGES * (index // languages % 2)
    hours = 20 if index == 2 else index % 50
    story = f"s{first}"
    return [
        stored(first, article(first, hours_ago=10 + hours, event=event), story_id=story),
        stored(first + 1, article(first + 1, outlet=OWN, hours_ago=9 + hours, event=event), story_id=story),
        stored(
            first + 2, article(first + 2, outlet=REPRINTER, hours_ago=8, event=event), copy_of=first, story_id=story
        ),
    ]


def _story(first: int, continues: str | None) -> Story:
    return Story(
        id=f"s{first}",
        members=(
            Member(first, Role.ORIGIN, "earliest"),
            Member(first + 1, Role.REPORT, "same event"),
            Member(first + 2, Role.COPY, "same words", copy_of=first),
        ),
        origin=first,
        continues=continues,
    )


def _troubled_runs() -> tuple[RunFacts, ...]:
    told = tuple(
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
    return (*told, replace(broken, failures=(FailureCount("http_status", 3),)), partly)


def with_history(seen: EditionFacts) -> EditionFacts:
    """The same morning after four weeks of editions, with an editor's words, corrections and the readers' own city."""
    pinned = seen.stories[min(4, len(seen.stories) - 1)].id if seen.stories else "s-unknown"
    return replace(
        seen,
        past=past_editions(),
        corrections=CORRECTIONS,
        decisions=(
            EditorialDecision(Editing.PIN, pinned, None, "budi", NOW - timedelta(minutes=20)),
            EditorialDecision(
                Editing.NOTE, pinned, "Biro sudah menyiapkan keterangan tertulis.", "budi", NOW - timedelta(minutes=19)
            ),
        ),
        own_cities=("Jakarta",),
        full_text=frozenset({OWN}),
    )


def past_editions() -> tuple[PastEdition, ...]:
    """Of the last 28 days, newest first, without two of them; yesterday Beritajakarta could not be wholly read."""
    return tuple(past_edition(days) for days in range(1, 29) if days not in (5, 12))


def past_edition(days: int) -> PastEdition:
    """The edition of so many days ago."""
    stories = 2 + (days * 7) % 5
    told = {"positive": stories, "neutral": 1 + days % 2, "negative": int(days % 3 == 0)}
    return PastEdition(
        period=PERIOD - timedelta(days=days),
        totals=replace(
            total((), (), ()), stories=stories, articles=2 * stories, outlets=3, owned=stories, earned=stories
        ),
        by_watch={"amf": days % 3, "mgmac": stories},
        tones=(
            OutletTones("antara", "ANTARA", owned=False, now=Tones(**told), last_week=None),
            OutletTones("inews", "iNews", owned=False, now=Tones(neutral=1), last_week=None),
        ),
        reach={"s4": 1},
        unread=(OWN,) if days == 1 else (),
        corrected=(),
    )


CORRECTIONS = (
    Correction(
        CorrectionRule.REJECTED, YESTERDAY, "s900", 900, "Klub sepeda ibu kota membuka pendaftaran anggota", "iNews",
        "https://inews.example/berita/900", "id", "Forum lain dengan nama yang mirip", 1900,
    ),
    Correction(
        CorrectionRule.CHANGED, YESTERDAY, "s901", 901, "Fifteen cities to test one ticket for buses and trains",
        "ANTARA English", "https://antara_en.example/news/901", "en", None, 1901,
    ),
    Correction(
        CorrectionRule.WITHDRAWN, PERIOD - timedelta(days=2), "s902", 902, "Pj Gubernur bertemu wali kota Hanoi",
        "Redaksi Jakarta", "https://redaksijakarta.example/902", "id", None, 1902,
    ),
    Correction(CorrectionRule.WITHHELD, PERIOD - timedelta(days=3), "s903", 903, None, "iNews", None, None, None, 1903),
)  # fmt: skip


def utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
