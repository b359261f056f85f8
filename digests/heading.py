"""What stands around the stories: subject, day, figures, the preheader, the footer. Pure."""

from __future__ import annotations

from digests import period
from digests.coverage_view import line
from digests.model import Content, Totals
from digests.phrases import Phrases, phrases
from digests.placement_view import foreign
from digests.safe import safe
from digests.story_view import LineView, sides


def subject(content: Content, language: str) -> str:
    """Title, date, what there is, and a mark when not every outlet was wholly checked. One line."""
    words = phrases(language, content.timezone)
    if content.kind == "alert":
        return _alert(words, content)
    line = _subject(words, safe(content.title) or "", content)
    if not content.complete:
        checked, watched = words.number(content.totals.checked), words.number(content.totals.watched)
        line = f"{line} {words.text('subject_incomplete', checked=checked, watched=watched)}"
    return words.text("subject_draft", line=line) if content.kind == "draft" else line


def _alert(words: Phrases, content: Content) -> str:
    """The first headline, and how many more stories it tells."""
    line = words.text("subject_alert", headline=_first_headline(words, content) or content.title)
    more = len(content.stories) - 1
    return f"{line} (+{words.number(more)})" if more > 0 else line


def _subject(words: Phrases, title: str, content: Content) -> str:
    totals = content.totals
    news = words.count("stories", totals.stories) if totals.stories else words.text("no_news")
    days = period.short_days(words, content)
    if content.kind == "report":
        return words.text("subject_report", title=title, days=days, news=news)
    if period.is_weekly(content):
        return words.text("subject_weekly", title=title, days=days, news=news)
    return words.text("subject", title=title, date=days, news=news)


def _first_headline(words: Phrases, content: Content) -> str | None:
    return safe(content.stories[0].telling(words.language).headline) if content.stories else None


def preheader(words: Phrases, content: Content) -> LineView:
    """What a list of mails shows beside the subject: how far it was checked, then the first story."""
    checked = "" if content.kind == "alert" else line(words, content.totals)
    if not content.stories:
        return LineView(checked, "")
    top = content.stories[0].telling(words.language)
    told = top.extract if content.kind == "alert" else top.headline
    return LineView(checked, told or "", foreign(words, top.language))


def day(words: Phrases, content: Content) -> str:
    """What time it is about; of an alert, when it was told."""
    if content.kind == "alert":
        return words.text("alert_day", time=words.moment(content.until, "moment"))
    days = period.days(words, content)
    return words.text("report", days=days) if content.kind == "report" else days


def figures(words: Phrases, totals: Totals) -> str:
    """What is there; nothing for what is not. The city's own articles are told apart where there are any."""
    if not totals.stories:
        return ""
    articles = words.count("articles", totals.articles)
    inner = [words.count("copies", totals.copies)] if totals.copies else []
    inner += [sides(words, totals.owned, totals.earned)] if totals.owned else []
    articles += f" ({'; '.join(inner)})" if inner else ""
    return " · ".join((words.count("stories", totals.stories), articles, words.count("outlets", totals.outlets)))


def older(words: Phrases, content: Content) -> str | None:
    if not content.older or content.window_hours is None:
        return None
    articles = words.count("articles", len(content.older))
    return words.text("older_sentence", articles=articles, hours=words.number(content.window_hours))


def web(base_url: str | None, content: Content) -> str | None:
    """Only an edition of a list has a page of its own."""
    if not base_url or content.kind != "edition":
        return None
    return f"{base_url.rstrip('/')}/editions/{content.list}/{content.period.isoformat()}"


def footer(words: Phrases, content: Content, *, linked: bool) -> tuple[str, ...]:
    """Where figures come from and how to stop; with links for that the sentence does not say it a second time."""
    if content.kind == "report":
        return words.text("quality"), words.text("footer_report")
    if content.kind == "draft":
        return words.text("quality"), words.text("footer_draft")
    stop = words.text("footer_links" if linked else "footer_reply", list=content.list)
    if content.kind == "alert":
        return (stop,)
    return f"{words.text('frozen', time=words.moment(content.until, 'moment'))} {words.text('quality')}", stop
