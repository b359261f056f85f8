"""Which alarms a run raises beside its earlier ones, and which it closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.health import ARTICLES, OUTLET, compare, judge, recovered, what_to_do
from pipeline.model import FailureClass as F
from pipeline.outlet import Discovery, Markup, Outlet, Terms
from pipeline.vitals import DateVitals, FailureVitals, FieldVitals, ListingVitals, Past, Vitals, from_json

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # a Friday morning in Jakarta
FEED = "https://kota.example/feed"
SEARCH = "https://kota.example/?s={query}"
DAY_INDEX = "https://kota.example/indeks/{day}"
OUTLET_FILE = Outlet(
    name="kota",
    title="Kota",
    country="ID",
    language="id",
    timezone="Asia/Jakarta",
    hosts=("kota.example",),
    discovery=Discovery(article=(r"/berita/\d+",), feeds=(FEED,), indexes=(DAY_INDEX,), searches=(SEARCH,)),
    terms=Terms(summary="ours"),
    markup=(Markup(name="2026", root="article"),),
)


def feed(links: int = 20, **fields: object) -> ListingVitals:
    return replace(
        ListingVitals(FEED, "feed", read=1, links=links, most=links, dated=links, titled=links, url=FEED),
        **fields,  # type: ignore[arg-type]  # fields of the same dataclass
    )


def failed(failure: F, *, lasting: bool = False, template: str = FEED, road: str = "feed") -> ListingVitals:
    return ListingVitals(template, road, failed=1, failure=failure, lasting=lasting, detail="as it is", url=template)


def fields(articles: int, **changed: FieldVitals) -> dict[str, FieldVitals]:
    """Every core field in every article."""
    usual = {
        "article_body": {"css": articles},
        "headline": {"css": articles},
        "date_published": {"json-ld": articles},
        "in_language": {},
        "description": {"meta": articles},
    }
    found = {
        name: FieldVitals(articles, sources, f"https://kota.example/berita/{articles}", f"a {name}", "css:x")
        for name, sources in usual.items()
    }
    return found | changed


def run(articles: int = 6, **changed: object) -> Vitals:
    """An ordinary one."""
    usual = Vitals(
        listings=(feed(),),
        listed=20,
        new=articles,
        articles=articles,
        kinds={"article": articles},
        fields=fields(articles),
        generations={"2026": articles},
        languages={"id": articles},
        dates=DateVitals(ages={"2": articles}, same=1, compared=articles),
        bodies={"11": articles},
        body_median=2500,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # fields of the same dataclass


def history(days: int = 30, usual: Vitals | None = None) -> list[Past]:
    return [Past(NOW - timedelta(days=day), usual or run()) for day in range(1, days + 1)]


def keys(now: Vitals, past: Sequence[Past]) -> list[tuple[F, str]]:
    return [alarm.key for alarm in judge(OUTLET_FILE, NOW, now, past)]


BAD: list[tuple[str, Vitals, tuple[F, str]]] = [
    ("dns", run(0, listings=(failed(F.DNS),)), (F.DNS, OUTLET)),
    ("connect", run(0, listings=(failed(F.CONNECT),)), (F.CONNECT, OUTLET)),
    ("tls", run(0, listings=(failed(F.TLS),)), (F.TLS, OUTLET)),
    ("timeout", run(0, listings=(failed(F.TIMEOUT),)), (F.TIMEOUT, OUTLET)),
    ("http status", run(0, listings=(failed(F.HTTP_STATUS),)), (F.HTTP_STATUS, OUTLET)),
    ("robots", run(0, listings=(failed(F.ROBOTS),)), (F.ROBOTS, OUTLET)),
    ("blocked", run(0, listings=(failed(F.BLOCKED),)), (F.BLOCKED, OUTLET)),
    ("limit", run(0, listings=(failed(F.LIMIT),)), (F.LIMIT, OUTLET)),
    ("a feed is gone", run(listings=(feed(), failed(F.HTTP_STATUS, lasting=True, template="x"))), (F.HTTP_STATUS, "x")),
    ("a feed is broken", run(listings=(feed(9, failed=1, failure=F.LAYOUT, lasting=True),)), (F.LAYOUT, FEED)),
    ("a feed is empty", run(listings=(failed(F.EMPTY, lasting=True), feed(template="y"))), (F.EMPTY, FEED)),
    ("a feed is short", run(listings=(feed(2),)), (F.EMPTY, FEED)),
    ("other addresses", run(listings=(feed(0, foreign=20), feed(template="y"))), (F.LAYOUT, FEED)),
    ("no links at all", run(0, listings=(feed(0, empty=1),)), (F.EMPTY, OUTLET)),
    ("entries without date", run(listings=(feed(dated=0),)), (F.DATE, FEED)),
    ("entries without headline", run(listings=(feed(titled=0),)), (F.LAYOUT, FEED)),
    ("pages are refused", run(0, failures={"blocked": FailureVitals(3, 3, "u", "403")}), (F.BLOCKED, ARTICLES)),
    ("pages are gone", run(1, failures={"http_status": FailureVitals(8, 8, "u", "404")}), (F.HTTP_STATUS, ARTICLES)),
    ("pages are too large", run(0, failures={"limit": FailureVitals(8, 8, "u", "12 MB")}), (F.LIMIT, ARTICLES)),
    ("texts are gone", run(0, failures={"empty": FailureVitals(6, 6, "u", "no text")}), (F.EMPTY, ARTICLES)),
    ("soft 404", run(0, kinds={"soft_404": 6}), (F.NOT_AN_ARTICLE, ARTICLES)),
    ("led away", run(0, kinds={}, led_away=6, led_example="a → b"), (F.NOT_AN_ARTICLE, ARTICLES)),
    ("no headline", run(fields=fields(6, headline=FieldVitals(0, absent="u"))), (F.LAYOUT, "headline")),
    ("another source", run(fields=fields(6, headline=FieldVitals(6, {"html": 6}))), (F.LAYOUT, "headline")),
    ("no description", run(fields=fields(6, description=FieldVitals(0, absent="u"))), (F.LAYOUT, "description")),
    ("no markup fits", run(generations={"generic": 6}), (F.LAYOUT, "article_body")),
    ("no date", run(fields=fields(6, date_published=FieldVitals(0, absent="u"))), (F.DATE, "date_published")),
    ("dates to come", run(dates=DateVitals(future=6, ages={"-1": 6})), (F.DATE, "date_published")),
    ("1 January", run(dates=DateVitals(january=6, ages={"12": 6})), (F.DATE, "date_published")),
    ("one date for all", run(dates=DateVitals(same=6, ages={"2": 6})), (F.DATE, "date_published")),
    ("weeks old", run(dates=DateVitals(ages={"9": 6})), (F.DATE, "date_published")),
    ("not the listing's", run(dates=DateVitals(compared=6, differing=6, ages={"2": 6})), (F.DATE, "date_published")),
    ("another language", run(languages={"de": 6}), (F.LANGUAGE, "in_language")),
    ("wrong charset", run(garbled=6, garbled_example="â€œ"), (F.LAYOUT, "article_body")),
    ("furniture", run(furniture=6, furniture_example="Baca"), (F.LAYOUT, "article_body")),
    ("stumps of texts", run(bodies={"8": 6}, body_median=300), (F.LAYOUT, "article_body")),
    ("whole pages", run(bodies={"14": 6}, body_median=20_000), (F.LAYOUT, "article_body")),
]


@pytest.mark.parametrize(("now", "key"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_the_first_bad_run_raises_an_alarm_of_its_class(now: Vitals, key: tuple[F, str]) -> None:
    assert key in keys(now, history())


NO_PAST = [case for case in BAD if case[0] in (
    "dns", "robots", "blocked", "a feed is gone", "a feed is broken", "a feed is empty", "other addresses", "soft 404",
    "pages are refused", "texts are gone", "led away", "no headline", "no markup fits", "no date", "1 January",
    "one date for all", "another language", "wrong charset", "furniture",
)]  # fmt: skip


@pytest.mark.parametrize(("now", "key"), [case[1:] for case in NO_PAST], ids=[case[0] for case in NO_PAST])
def test_some_rules_need_no_past(now: Vitals, key: tuple[F, str]) -> None:
    assert key in keys(now, [])


WELL: list[tuple[str, Vitals, list[Past]]] = [
    ("as ever", run(), history()),
    ("the very first run", run(), []),
    ("nothing new", run(0, new=0), history()),
    ("one article without description", run(6, fields=fields(6, description=FieldVitals(5, {"meta": 5}))), history()),
    ("one listing of two was slow", run(listings=(feed(template="y"), failed(F.TIMEOUT))), history()),
    ("listings unchanged", run(0, new=0, listings=(ListingVitals(FEED, "feed", unchanged=1),)), history()),
    (
        "a day's index that is often empty",
        run(listings=(feed(), failed(F.EMPTY, lasting=True, template=DAY_INDEX, road="index"))),
        history(usual=run(listings=(feed(), failed(F.EMPTY, template=DAY_INDEX, road="index")))),
    ),
    ("an outlet that never prints a description", run(fields=fields(6, description=FieldVitals())),
     history(usual=run(fields=fields(6, description=FieldVitals())))),
    ("a search that finds nothing", run(listings=(feed(), ListingVitals(SEARCH, "search", read=5, empty=5))),
     history(usual=run(listings=(feed(), ListingVitals(SEARCH, "search", read=5, empty=4, links=2))))),
    ("a mended outlet file begins anew", run(digest="new", fields=fields(6, description=FieldVitals())), history()),
]  # fmt: skip


@pytest.mark.parametrize(("now", "past"), [case[1:] for case in WELL], ids=[case[0] for case in WELL])
def test_an_ordinary_run_raises_none(now: Vitals, past: list[Past]) -> None:
    assert judge(OUTLET_FILE, NOW, now, past) == ()


def test_a_listing_without_answer_is_told_at_the_second_run() -> None:
    """A single time-out is gone with the next run; two in a row are none."""
    bad = run(listings=(feed(template="y"), failed(F.TIMEOUT)))
    assert keys(bad, history()) == []
    assert keys(bad, [Past(NOW - timedelta(hours=1), bad), *history()]) == [(F.TIMEOUT, FEED)]


def test_the_first_of_january_is_a_day_like_others_in_january() -> None:
    new_year = datetime(2027, 1, 2, 3, tzinfo=UTC)
    now = run(dates=DateVitals(january=6, ages={"4": 6}))
    assert judge(OUTLET_FILE, new_year, now, []) == ()


def test_an_alarm_shows_the_last_good_and_the_present_value() -> None:
    now = run(
        fields=fields(6, headline=FieldVitals(6, {"html": 6}, "https://kota.example/7", "Kota - Kota", "html:title"))
    )
    (alarm,) = [alarm for alarm in judge(OUTLET_FILE, NOW, now, history()) if alarm.subject == "headline"]
    assert alarm.last_good == "a headline (css:x, https://kota.example/berita/6)"
    assert alarm.present == "Kota - Kota (html:title, https://kota.example/7)"
    assert alarm.detail == "headline is read by css in 0 of 6 articles only (now: html 6)"
    assert what_to_do("kota", alarm.failure) == "kliping outlets mend kota"


def test_ill_runs_are_no_measure_of_health() -> None:
    """A break that lasts for weeks must not become the new usual."""
    bad = run(fields=fields(6, headline=FieldVitals(0, absent="u")))
    ill = [Past(NOW - timedelta(hours=hour), replace(bad, ill=("headline",))) for hour in range(1, 200)]
    assert (F.LAYOUT, "headline") in keys(bad, [*ill, *history()])


SILENT = run(0, new=0)
ELSEWHERE = FieldVitals(1, {"html": 1})
UNCHANGED = ListingVitals(FEED, "feed", unchanged=1)


@pytest.mark.parametrize(("days", "silent"), [(3, False), (5, False), (15, True)])
def test_a_silence_far_longer_than_ever_is_told(days: int, silent: bool) -> None:
    quiet = [Past(NOW - timedelta(days=day), SILENT) for day in range(days)]
    past = [*quiet[1:], *(Past(NOW - timedelta(days=day), run()) for day in range(days, 50))]
    assert keys(SILENT, past) == ([(F.EMPTY, OUTLET)] if silent else [])


@pytest.mark.parametrize(
    ("name", "now", "key", "closed"),
    [
        ("articles again have it", run(3), (F.LAYOUT, "headline"), True),
        ("a quiet run says nothing", run(0), (F.LAYOUT, "headline"), False),
        ("still without", run(1, fields=fields(1, headline=FieldVitals(0, absent="u"))), (F.LAYOUT, "headline"), False),
        ("from elsewhere", run(1, fields=fields(1, headline=ELSEWHERE)), (F.LAYOUT, "headline"), False),
        ("listings answer", run(0), (F.DNS, OUTLET), True),
        ("they do not", run(0, listings=(failed(F.DNS),)), (F.DNS, OUTLET), False),
        ("the feed is full", run(0), (F.EMPTY, FEED), True),
        ("the feed was not asked", run(0, listings=(feed(template="y"),)), (F.EMPTY, FEED), False),
        ("the feed is unchanged", run(0, listings=(UNCHANGED,)), (F.EMPTY, FEED), False),
        ("an unchanged feed answers", run(0, listings=(UNCHANGED,)), (F.TIMEOUT, FEED), True),
        ("the file names it no more", run(0), (F.EMPTY, "https://kota.example/old"), True),
        ("pages can be read", run(2), (F.BLOCKED, ARTICLES), True),
    ],
)  # fmt: skip
def test_an_alarm_closes_with_evidence_only(name: str, now: Vitals, key: tuple[F, str], closed: bool) -> None:
    assert recovered(OUTLET_FILE, NOW, now, history(), [key]) == ((key,) if closed else ()), name


def test_usual_and_present_stand_side_by_side() -> None:
    rows = compare(OUTLET_FILE, NOW, run(fields=fields(6, headline=FieldVitals(3, {"css": 3}))), history())
    (missing,) = [row for row in rows if (row.subject, row.good) == ("headline", "there")]
    assert (missing.usual, missing.now, missing.ill) == (1.0, 0.5, True)


def test_vitals_come_back_from_json_as_they_were() -> None:
    whole = run(failures={"dns": FailureVitals(1, 1, "u", "no")}, listings=(failed(F.TLS),), ill=("headline",))
    assert from_json(whole.as_json()) == whole
    assert Vitals().as_json() == {}
    assert from_json({"articles": "many"}) is None
