"""An outlet file as a site itself suggests it, and what stays unproven. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawlers.addresses import ListingAddress
from crawlers.discovery import survey
from crawlers.trial.answers import Answer
from crawlers.trial.explore import Site
from crawlers.trial.gather import Gathered, ReadListing, ReadPage
from crawlers.trial.judging import Checked, ReadArticle, judge, read_page
from crawlers.trial.markup import propose_markup
from crawlers.trial.pattern import domain_of
from pipeline.dates import home_zones
from pipeline.errors import OutletError
from pipeline.model import Article, Listing
from pipeline.outlet import Canonical, Discovery, Outlet, Terms
from pipeline.watches import Watches

# Where a language is written whose site names no country; the others of the region tell by their domain.
_COUNTRIES = {
    "id": "ID", "ms": "MY", "tl": "PH", "fil": "PH", "th": "TH", "vi": "VN", "km": "KH", "lo": "LA", "my": "MM",
    "tet": "TL", "ta": "SG", "zh": "SG", "jv": "ID", "su": "ID",
}  # fmt: skip
_EAST = {8: "Asia/Makassar", 9: "Asia/Jayapura"}  # Indonesia's other zones, by their offset in hours
_SHARED_DOMAINS = frozenset({"blogspot.com", "wordpress.com", "medium.com", "substack.com", "github.io"})
_LONG_SITEMAP = 1000  # entries; a sitemap of all years would put every old article into the ledger
_INDEX_LEAST = 5  # articles that a front must link to serve as an index
_UNREAD_TERMS = "Terms of use not read yet: read them before enabling it."


@dataclass(frozen=True, slots=True)
class Proposal:
    """An outlet file to look at, what was read by it, and what it rests on."""

    outlet: Outlet
    read: tuple[ReadArticle, ...]  # the site's pages by the proposed file
    generic: tuple[ReadArticle, ...]  # the same pages without its selectors
    checked: Checked
    proven: tuple[str, ...]
    unproven: tuple[str, ...]


def propose(site: Site, watches: Watches, *, name: str | None = None) -> Proposal:
    """Raises `OutletError` where the site shows no article at all."""
    if not site.induced.article:
        told = f"; {site.failed[0]}" if site.failed else ""
        raise OutletError(f"{site.home}: no article found among its feeds, sitemaps and links{told}")
    bare = _bare(site, name or name_of(site.host))
    articles = [read.article for page in site.pages if (read := read_page(page, bare, watches))]
    outlet = _at_home(bare, site, articles)
    generic = tuple(read for page in site.pages if (read := read_page(page, outlet, watches)))
    markup = propose_markup(site.pages, [read.article for read in generic])
    if markup is not None:
        outlet = replace(outlet, markup=(markup,))
    by_file = tuple(one for page in site.pages if (one := read_page(page, outlet, watches)))
    checked = judge(_gathered(site, outlet, watches), watches)
    return Proposal(outlet, by_file, generic, checked, *_proofs(site, outlet, checked))


def name_of(host: str) -> str:
    """A name for the file: the domain without its ending, "kabarkota" for www.kabarkota.test."""
    labels = domain_of(host).split(".")
    name = re.sub(r"[^a-z0-9_-]", "", labels[0].lower())
    return name if re.fullmatch(r"[a-z][a-z0-9_-]{1,62}", name) else f"site-{name}"[:63]


def _bare(site: Site, name: str) -> Outlet:
    """What needs no page to be read: where articles are listed, and what their addresses look like."""
    induced = site.induced
    return Outlet(
        name=name,
        title=site.front.title or domain_of(site.host),
        country=_country_of(site.host) or "ID",
        language=_primary(site.front.language) or "id",
        timezone="Asia/Jakarta",
        hosts=_hosts(site),
        evidence="seen",
        enabled=False,
        terms=Terms(_UNREAD_TERMS, url=site.front.terms),
        canonical=Canonical(keep_parameters=induced.keep_parameters),
        discovery=Discovery(
            article=induced.article,
            exclude=induced.exclude,
            feeds=tuple(found.url for found in site.listings if found.road == "feed"),
            sitemaps=tuple(
                found.url for found in site.listings if found.road == "sitemap" and not _is_long(found.entries)
            ),
            indexes=(site.home,) if len(site.index) >= _INDEX_LEAST else (),
            searches=(site.search.template,) if site.search and site.search.searches else (),
            wordpress=site.home if site.wordpress else None,
        ),
    )


def _is_long(entries: Sequence[Listing]) -> bool:
    return len(entries) > _LONG_SITEMAP


def _hosts(site: Site) -> tuple[str, ...]:
    """The chief host, the bare domain (which stands for all below it), its mobile and AMP forms that it links."""
    domain = domain_of(site.host)
    linked = {urlsplit(url).hostname or "" for url in (*site.front.links, *(entry.url for entry in site.entries))}
    own = sorted(host for host in linked if domain_of(host) == domain and re.match(r"(?:m|amp)\.", host))
    bare = [domain] if domain not in _SHARED_DOMAINS and (site.host == f"www.{domain}" or len(linked) > 1) else []
    lists = [urlsplit(found.url).hostname or "" for found in site.listings]
    return tuple(dict.fromkeys([site.host, *bare, *own, *(host for host in lists if domain_of(host) == domain)]))


def _country_of(host: str) -> str | None:
    ending = host.rsplit(".", 1)[-1]
    return ending.upper() if ending in home_zones().domain else None


def _primary(language: str | None) -> str | None:
    code = (language or "").split("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def _at_home(bare: Outlet, site: Site, articles: Sequence[Article]) -> Outlet:
    """Language, country and zone, from the pages themselves where they tell."""
    spoken = Counter(article.in_language for article in articles if article.in_language)
    language = spoken.most_common(1)[0][0] if spoken else bare.language
    region = (site.front.language or "").partition("-")[2].upper()
    country = _country_of(site.host) or (region if region.lower() in home_zones().domain else None)
    country = country or _COUNTRIES.get(language) or "ID"
    zone = home_zones().domain.get(country.lower()) or home_zones().language.get(language) or "Asia/Jakarta"
    return replace(bare, language=language, country=country, timezone=_zone(zone, country, site, articles))


def _zone(zone: str, country: str, site: Site, articles: Sequence[Article]) -> str:
    """Indonesia has three zones: what the dates print decides, where they agree."""
    if country != "ID":
        return zone
    offsets = Counter(_offsets(site, articles))
    if not offsets:
        return zone
    hours, _ = offsets.most_common(1)[0]
    return _EAST.get(hours, zone)


def _offsets(site: Site, articles: Sequence[Article]) -> Iterable[int]:
    """Hours that printed dates are ahead of UTC; a zone's letters count, an offset of nothing says nothing."""
    texts = [entry.date_published_text for entry in site.entries] + [
        article.date_published_text for article in articles
    ]
    for text in filter(None, texts):
        if named := re.search(r"\b(WITA|WIT|WIB)\b", text):
            yield {"WIB": 7, "WITA": 8, "WIT": 9}[named[1]]
        elif (printed := re.search(r"[+]0?(\d{1,2}):?00\b", text)) and int(printed[1]):
            yield int(printed[1])


def _gathered(site: Site, outlet: Outlet, watches: Watches) -> Gathered:
    """What was captured, as a check would have gathered it."""
    kept = {*outlet.discovery.feeds, *outlet.discovery.sitemaps}
    answered = [(found.url, found.road, found.page) for found in site.listings if found.url in kept]
    answered += [(url, "index", site.home_page) for url in outlet.discovery.indexes]
    listings = [
        ReadListing(
            ListingAddress(url, road, url, 1, 1),
            Answer(url, page),
            survey(page, road, outlet, watches, since=None, until=None),
        )
        for url, road, page in answered
    ]
    pages = [ReadPage(Listing(page.url, site.home, "feed"), Answer(page.url, page)) for page in site.pages]
    return Gathered(outlet, tuple(listings), None, tuple(pages))


def _proofs(site: Site, outlet: Outlet, checked: Checked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what the captured pages prove, what a person must look at)."""
    induced = site.induced
    pattern = f"the article pattern takes {induced.accepted} of {induced.examples} listed articles"
    proven = [pattern + f" and refuses {induced.others} other links"] if induced.accepted else []
    proven += [finding.detail for finding in checked.findings if finding.good and finding.what != "robots"]
    if site.search and site.search.searches:
        proven.append(
            f"search finds “{site.search.word}” {site.search.hits} times, and nothing for a word that is none"
        )
    unproven = [finding.detail for finding in checked.findings if finding.good is False]
    if site.search and not site.search.searches:
        unproven.append("its search form does not search: left out")
    unproven += [
        f"{found.url}: lists {len(found.entries)} addresses of all times: left out"
        for found in site.listings
        if _is_long(found.entries)
    ]
    if _country_of(site.host) is None:
        unproven.append(f"country {outlet.country} and zone {outlet.timezone}: by the language alone")
    unproven.append("terms of use: read them" + (f" ({outlet.terms.url})" if outlet.terms.url else ""))
    if not outlet.discovery.feeds and not outlet.discovery.sitemaps:
        unproven.append("no feed and no sitemap: only what its front links is found")
    return tuple(proven), (*unproven, *site.failed)
