"""What a page of the newsroom says, apart from any markup: input of `render.render_article`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RelatedForm = Literal[
    "span",  # "Baca juga: HEADLINE" in span.baca-juga
    "strong",  # "Baca juga: HEADLINE" in p > strong
    "next-line",  # "Baca Juga :" and the headline on the line below
    "box",  # iNews's article.bacaJuga
    "bare-link",  # a paragraph that is nothing but the linked headline
    "bare-text",  # the same without a link: only the related list below the text links it
    "glued",  # the linked headline at the end of the paragraph before it
    "colon",  # "Baca juga : HEADLINE" in a paragraph of its own
    "line",  # the same without a link: only the related list below the text links it
    "two-lines",  # the marker in one paragraph, the linked headline in the next
    "aside",  # an aside with a heading
    "table",  # Detik's table.linksisip
    "row",  # a heading and a list of links; those that stand at one place make one list
    "item",  # an item more in the list of the text
    "glued-marked",  # "Baca juga: HEADLINE", linked, at the end of the paragraph before it
    "glued-inside",  # the linked headline between two sentences of the paragraph before it
    "glued-bare",  # the headline without a link or a space at the end of the paragraph before it
    "glued-bare-inside",  # the same between two of its sentences
    "linked",  # no furniture: words of the paragraph's own, linked to another article
]
PromptForm = Literal[
    "advert",  # an advert's element and script
    "scroll",  # the line above and below an advert
    "follow",  # "Follow us on Google News"
    "share",  # buttons with the names of networks
    "caption",  # a second picture with its caption
    "video",  # [Gambas:Video 20detik]
    "notice",  # machines may not take the page
    "tags",  # the keywords, linked, in the text's own element
    "popular",  # "Berita Terpopuler" there, each line with another date and its views
]


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """Another article's headline inside the body."""

    headline: str
    url: str
    after: int  # stands after this many paragraphs; 0: before the first
    form: RelatedForm = "span"
    marker: str | None = None  # "Xem thêm"; None: as the outlet has it


@dataclass(frozen=True, slots=True)
class Prompt:
    """Furniture of the body that is no related link. `text` is what it says, if it says anything."""

    form: PromptForm
    after: int  # as of a `RelatedLink`
    text: str = ""


@dataclass(frozen=True, slots=True)
class PopularItem:
    """One line of "Berita Terpopuler": another article with its own date, views and reporter."""

    headline: str
    url: str
    date_text: str
    views: str
    person: str


# Furniture of Beritajakarta pages: fixed days of other years, so that a date taken from here is always wrong.
POPULAR = (
    PopularItem(
        "Taman Kota di Cakung Dipasangi Lampu Hemat Energi", "/read/101877/taman-kota", "18-02-2024", "3638", "Tirta"
    ),
    PopularItem(
        "Warga Rorotan Panen Selada dari Atap Rusun", "/read/101852/panen-selada", "16-02-2024", "1041", "Wulan"
    ),
    PopularItem(
        "Lomba Mural Tepi Kali Ramai Peserta", "/read/101849/lomba-mural", "15-02-2024", "947", "Galih Pamungkas"
    ),
    PopularItem(
        "Petugas Bersihkan Saringan Sampah Manggarai", "/read/101901/saringan-sampah", "20-02-2024", "879", "Tirta"
    ),
    PopularItem("Langit Cerah Temani Akhir Pekan", "/read/101866/langit-cerah", "17-02-2024", "857", "Wulan"),
)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of one article page. Absent parts are `None` or empty: then the page prints none of them."""

    paragraphs: tuple[str, ...]
    headline: str | None = None
    description: str | None = None
    opening: str | None = None  # dateline and credit as printed before the first paragraph: "Jakarta (ANTARA) - "
    items: tuple[str, ...] = ()  # a numbered list
    items_after: int | None = None  # it stands after this many paragraphs; None: after the last
    date: datetime | None = None  # of publication, aware
    date_modified: datetime | None = None  # aware; in the metadata only
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    photographers: tuple[str, ...] = ()
    caption: str | None = None  # under the chief picture
    related: tuple[RelatedLink, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    pull_quote: str | None = None  # printed a second time, after the first paragraph
    closing: tuple[str, ...] = ()  # last lines of the body: "Sumber: ANTARA"
    tail: tuple[str, ...] | None = None  # byline tail as printed; None: built from the names, in the outlet's way
    tags: tuple[str, ...] = ()
    section: str | None = None
    language: str = "id"
    url: str | None = None  # canonical, for the metadata
    amp_url: str | None = None
    pages: int = 1  # over this many pages (iNews)
    page: int | None = 1  # the one shown; None: "Show All"
    short: bool = False  # a short note (iNews prints it by another template)
    popular: tuple[PopularItem, ...] = POPULAR
    noscript: str = "JavaScript mati di peramban Anda. Sebagian fitur tidak berjalan."
