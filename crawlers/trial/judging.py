"""The verdict on an outlet file from what a check gathered: proven, broken and why, or not reachable. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from crawlers.extraction import Extracted, examine
from crawlers.trial.answers import Answer
from crawlers.trial.gather import Gathered, ReadPage
from pipeline.document import folded, parse, select
from pipeline.model import Article, FailureClass, Kind, Page
from pipeline.outlet import Outlet
from pipeline.watches import Watches

_UNREACHABLE = frozenset(
    {
        FailureClass.DNS,
        FailureClass.CONNECT,
        FailureClass.TLS,
        FailureClass.TIMEOUT,
        FailureClass.BLOCKED,
        FailureClass.ROBOTS,
        FailureClass.FORBIDDEN_ADDRESS,
    }
)
_LEAST_BODY = 150  # characters; the shortest real notice of the labelled pages has 200
_ENOUGH_PAGES = 2  # that must be read well: one of three may be gone or a photo page
_AHEAD = timedelta(hours=1)  # as `pipeline.published`: clocks of newsrooms run ahead by minutes
_NEW_YEAR = timedelta(days=3)  # around it an article may rightly be of the 1st of January
_LANGUAGE_SURE = 0.7  # of a detection that contradicts the file
_KIN = {"id": {"ms"}, "ms": {"id"}}  # told apart by few words: one page of the other proves nothing


class Outcome(StrEnum):
    PROVEN = "proven"
    BROKEN = "broken"
    UNREACHABLE = "not reachable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `good` None: it could not be, or the outlet has none of it."""

    what: str  # robots | listings | articles | search | pages | headline | body | dates | language | markup
    good: bool | None
    detail: str


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A page of the check as it was read; `generation`: the markup that applied, None: the generic path."""

    url: str
    article: Article
    generation: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one outlet."""

    outlet: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    listed: int  # articles that its listings named
    read: int  # pages read well
    asked: int  # pages asked for
    generation: str | None
    digest: str  # of the outlet file: a changed file is not proven

    @property
    def why(self) -> str | None:
        """What is wrong, in one line; `None` when nothing is."""
        return "; ".join(finding.detail for finding in self.findings if finding.good is False) or None

    @property
    def search(self) -> bool | None:
        return next((finding.good for finding in self.findings if finding.what == "search"), None)


def judge(gathered: Gathered, watches: Watches) -> Checked:
    """Look at everything; what one page breaks does not hide another's fault."""
    outlet = gathered.outlet
    articles = [read for page in gathered.pages if (read := read_article(page, outlet, watches))]
    good = [read for read in articles if read.article.kind in (Kind.ARTICLE, Kind.SHORT_NOTE)]
    findings = tuple(_findings(gathered, articles, good))
    generations = Counter(read.generation for read in good if read.generation)
    return Checked(
        outlet=outlet.name,
        outcome=_outcome(gathered, findings),
        findings=findings,
        listed=len({listing.url for read in gathered.listings for listing in read.articles}),
        read=len(good),
        asked=len(gathered.pages),
        generation=generations.most_common(1)[0][0] if generations else None,
        digest=outlet.digest,
    )


def read_article(read: ReadPage, outlet: Outlet, watches: Watches) -> ReadArticle | None:
    """The page as a crawl reads it, without what its listing says; `None` where there is none."""
    if read.answer.failure or read.answer.page is None:
        return None
    return read_page(read.answer.page, outlet, watches)


def read_page(page: Page, outlet: Outlet, watches: Watches) -> ReadArticle | None:
    """One page of an outlet, its first part where it is paged."""
    result = examine((page,), None, outlet, watches, complete=True)
    document = parse(page, outlet)
    markup = document.markup if document else None
    if not isinstance(result, Extracted):
        return None
    return ReadArticle(page.url, result.article, markup.name if markup else None)


def _outcome(gathered: Gathered, findings: Sequence[Finding]) -> Outcome:
    search = [gathered.search.relevant.answer] if gathered.search else []
    answers = [read.answer for read in gathered.listings] or search
    if answers and all(map(_is_unreachable, answers)):
        return Outcome.UNREACHABLE
    return Outcome.BROKEN if any(finding.good is False for finding in findings) else Outcome.PROVEN


def _is_unreachable(answer: Answer) -> bool:
    """The site, not the file, is the trouble: no answer at all, a refusal, or a server's own error."""
    server_error = answer.page is not None and answer.page.status >= 500
    return answer.failure in _UNREACHABLE or server_error


def _findings(gathered: Gathered, read: Sequence[ReadArticle], good: Sequence[ReadArticle]) -> Iterator[Finding]:
    yield _robots(gathered)
    yield _listings(gathered)
    yield _articles(gathered)
    yield _search(gathered)
    yield _pages(gathered, read, good)
    if good:
        yield _headlines(good, gathered.outlet)
        yield _bodies(good)
        yield _dates(good)
        yield _language(good, gathered.outlet)
    yield _markup(gathered, read)


def _robots(gathered: Gathered) -> Finding:
    """An advertisement that robots.txt forbids breaks nothing; what the file lives on may not be forbidden."""
    for name, answers in (
        ("listing", [r.answer for r in gathered.listings]),
        ("page", [p.answer for p in gathered.pages]),
    ):
        forbidden = [answer for answer in answers if answer.failure is FailureClass.ROBOTS]
        if forbidden and len(forbidden) == len(answers):
            return Finding("robots", False, f"every {name} is forbidden: {forbidden[0].told}")
    return Finding("robots", True, "robots.txt allows it")


def _listings(gathered: Gathered) -> Finding:
    faults = [fault for read in gathered.listings if (fault := read.fault)]
    if not gathered.listings:
        return Finding("listings", False if not gathered.outlet.discovery.searches else None, "no listing but searches")
    if faults:
        return Finding("listings", False, faults[0] + (f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""))
    return Finding("listings", True, f"{len(gathered.listings)} listing(s) answer")


def _articles(gathered: Gathered) -> Finding:
    listed = sum(len(read.articles) for read in gathered.listings)
    if not listed:
        told = "no article among its links"
        return Finding("articles", None if all(read.found is None for read in gathered.listings) else False, told)
    return Finding("articles", True, f"{listed} article(s) listed")


def _search(gathered: Gathered) -> Finding:
    tried = gathered.search
    if tried is None:
        return Finding("search", None, "no search to try")
    if fault := _search_fault(tried.relevant.answer.failure, tried.relevant.fault):
        return Finding("search", False, f"search: {fault}")
    if not tried.relevant.articles:
        return Finding("search", False, f"search for “{tried.word}”, a word of its newest headline, finds nothing")
    if tried.nonsense.articles and _same(tried.relevant.articles, tried.nonsense.articles):
        return Finding("search", False, "search finds the same for a word that is none: it does not search")
    if tried.nonsense.articles:
        return Finding("search", False, "search finds articles for a word that is none")
    return Finding("search", True, f"search finds “{tried.word}”, and nothing for a word that is none")


def _search_fault(failure: FailureClass | None, fault: str | None) -> str | None:
    return fault if failure else None


def _same(one: Sequence[object], other: Sequence[object]) -> bool:
    return {getattr(entry, "url", None) for entry in one} == {getattr(entry, "url", None) for entry in other}


def _pages(gathered: Gathered, read: Sequence[ReadArticle], good: Sequence[ReadArticle]) -> Finding:
    asked = len(gathered.pages)
    if not asked:
        return Finding("pages", None, "no article to ask for")
    if len(good) >= min(_ENOUGH_PAGES, asked):
        return Finding("pages", True, f"{len(good)} of {asked} pages read")
    unanswered = [page.answer.told for page in gathered.pages if page.answer.failure]
    unread = [f"{one.url}: {one.article.kind.value} ({one.article.reason})" for one in read if one not in good]
    return Finding("pages", False, f"only {len(good)} of {asked} pages could be read: {(unread + unanswered)[0]}")


def _headlines(good: Sequence[ReadArticle], outlet: Outlet) -> Finding:
    site = {folded(name) for name in (outlet.title, outlet.name, *outlet.hosts, *outlet.credits)}
    headlines = [folded(read.article.headline or "") for read in good]
    if not all(headlines):
        return Finding("headline", False, f"no headline on {good[headlines.index('')].url}")
    if site & set(headlines):
        return Finding("headline", False, "the headline is the name of the site")
    if len(good) > 1 and len(set(headlines)) == 1:
        return Finding("headline", False, f"the same headline on every page: {good[0].article.headline}")
    return Finding("headline", True, "headlines read")


def _bodies(good: Sequence[ReadArticle]) -> Finding:
    short = [read for read in good if len(read.article.text) < _LEAST_BODY]
    if len(short) == len(good):
        return Finding("body", False, f"hardly any text: {len(short[0].article.text)} characters on {short[0].url}")
    if len(good) > 1 and len({read.article.text for read in good}) == 1:
        return Finding("body", False, "the same text on every page")
    lengths = sorted(len(read.article.text) for read in good)
    return Finding("body", True, f"texts of {lengths[0]} to {lengths[-1]} characters")


def _dates(good: Sequence[ReadArticle]) -> Finding:
    dates = [read.article.date_published for read in good]
    known = [date for date in dates if date]
    if 2 * len(known) <= len(dates):  # a page or two without a date are ordinary
        return Finding("dates", False, f"no date on {good[dates.index(None)].url}")
    late = [read for read in good if read.article.date_published and _is_late(read)]
    if late:
        return Finding("dates", False, f"a date in the future: {late[0].article.date_published} on {late[0].url}")
    if all((date.month, date.day) == (1, 1) for date in known) and not _is_new_year(good[0]):
        return Finding("dates", False, "every date is a 1st of January")
    if len(known) > 1 and len(set(known)) == 1:
        return Finding("dates", False, f"the same date on every page: {known[0].isoformat()}")
    return Finding("dates", True, f"{min(known).date().isoformat()} to {max(known).date().isoformat()}")


def _is_late(read: ReadArticle) -> bool:
    date = read.article.date_published
    return date is not None and date > read.article.fetched_at + _AHEAD


def _is_new_year(read: ReadArticle) -> bool:
    fetched = read.article.fetched_at
    return min(abs(fetched - fetched.replace(month=1, day=1)), abs(fetched - fetched.replace(month=12, day=31))) <= (
        _NEW_YEAR
    )


def _language(good: Sequence[ReadArticle], outlet: Outlet) -> Finding:
    wanted = {outlet.language} | _KIN.get(outlet.language, set())
    other = [
        read.article
        for read in good
        if read.article.in_language not in wanted and (read.article.language_confidence or 0) >= _LANGUAGE_SURE
    ]
    if len(other) * 2 > len(good):
        return Finding("language", False, f"the pages are in {other[0].in_language}, not {outlet.language}")
    return Finding("language", True, f"the pages are in {outlet.language}")


def _markup(gathered: Gathered, read: Sequence[ReadArticle]) -> Finding:
    """Whether the file's selectors apply; a page that is no article need not have the markup."""
    outlet = gathered.outlet
    if not outlet.markup:
        return Finding("markup", None, "no selectors: the generic path")
    if not read:
        return Finding("markup", None, "no page to apply its selectors to")
    if not any(one.generation for one in read):
        return Finding("markup", False, f"none of its selectors applies; {_without_selectors(read)}")
    missing = missing_fields([page.answer.page for page in gathered.pages if page.answer.page], outlet)
    if missing:
        return Finding("markup", False, f"nothing matches the selector of {', '.join(missing)}")
    return Finding("markup", True, f"selectors of {next(one.generation for one in read if one.generation)}")


def _without_selectors(read: Sequence[ReadArticle]) -> str:
    well = sum(one.article.kind in (Kind.ARTICLE, Kind.SHORT_NOTE) for one in read)
    return f"the generic path reads {well} of {len(read)} pages"


def missing_fields(pages: Sequence[Page], outlet: Outlet) -> tuple[str, ...]:
    """Of headline and date, which have a selector that matches on few of the pages whose root was found."""
    documents = [document for page in pages if (document := parse(page, outlet)) and document.markup]
    missing = []
    for field in ("headline", "date"):
        sought = [(document, css) for document in documents if (css := getattr(document.markup, field))]
        lacking = sum(not select(document.tree, css) for document, css in sought)
        if 2 * lacking > len(documents):
            missing.append(field)
    return tuple(missing)
