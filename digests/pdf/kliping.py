"""An edition as a kliping file. Pure but for the fonts it is set in: the same content and dressing, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from markupsafe import Markup

from digests.arrangement import places
from digests.dressing import PLAIN, Dressing, Letterhead
from digests.environment import environment
from digests.imprint import imprint
from digests.model import Content
from digests.pdf.index import Group, index
from digests.pdf.paper import LOGO, Paper, print_paper
from digests.pdf.recap import Recap, recap
from digests.pdf.sheets import Sheet, sheets
from digests.period import days, names
from digests.phrases import Phrases
from digests.plain import one_line
from digests.safe import safe
from digests.view import WHOLE, View, view


@dataclass(frozen=True, slots=True)
class Clippings:
    """What the file says beyond `view`, which all forms share. None and empty where there is nothing to say."""

    view: View
    letterhead: Letterhead
    logo: str | None  # its address within the page
    address: tuple[str, ...]  # lines
    kind: str | None  # "Kliping harian"; None where the title says it
    title: str
    days: str
    made: str  # when it was frozen, for the file's properties: ISO 8601
    groups: tuple[Group, ...]
    left_out: tuple[str, ...]  # how many placements have no sheet, how many are not even listed
    recap: Recap | None
    sheets: tuple[Sheet, ...]
    footer: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's title."""
        titled = " – ".join(part for part in (self.title, self.kind) if part)
        return f"{titled}, {self.days}"


def as_pdf(content: Content, language: str, dressing: Dressing = PLAIN) -> bytes:
    """A PDF file. Needs the libraries of WeasyPrint; raises `SettingsError` where the system has them not."""
    shown = clippings(safe(content), language, dressing)
    css = Markup(_template("kliping.css"))  # noqa: S704 (our own file, no value in it)
    template = environment().get_template("kliping.html.j2")
    page = template.render(file=shown, view=shown.view, words=shown.view.words, css=css)
    return print_paper(Paper(page, dressing.letterhead.logo))


def clippings(content: Content, language: str, dressing: Dressing) -> Clippings:
    """What the file says."""
    shown = view(content, language, WHOLE, dressing.base_url)
    words = shown.words
    named, title = names(words, content)
    arranged = places(words, content)
    made = sheets(words, tuple(place.block for place in arranged), dressing)
    groups = index(words, arranged, len(made))
    listed = sum(len(story.entries) for group in groups for story in group.stories)
    return Clippings(
        view=shown,
        letterhead=safe(replace(dressing.letterhead, address="")),
        logo=LOGO if dressing.letterhead.logo else None,
        address=tuple(line for each in dressing.letterhead.address.splitlines() if (line := one_line(each))),
        kind=named,
        title=title,
        days=days(words, content),
        made=content.until.isoformat(timespec="seconds"),
        groups=groups,
        left_out=tuple(_left_out(words, content.totals.articles, listed, len(made))),
        recap=recap(words, content),
        sheets=made,
        footer=imprint(words, content),
    )


def _left_out(words: Phrases, articles: int, listed: int, sheeted: int) -> Iterator[str]:
    if listed > sheeted:
        yield words.text("sheet_listed_only", placements=words.count("placements", listed - sheeted))
    if articles > listed:
        yield words.text("sheet_not_listed", placements=words.count("placements", articles - listed))


def _template(name: str) -> str:
    return files("digests").joinpath("templates", name).read_text(encoding="utf-8")
