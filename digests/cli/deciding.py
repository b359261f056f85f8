"""`kliping stories split|merge|pin|unpin|undo`: a person's word on which articles tell one event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer

from digests.cli import cycle, rulings
from digests.cli.articles import find_article
from digests.cli.decided import document
from digests.cli.entry import PARTLY_FAILED
from digests.cli.lookup import find_story
from digests.cli.office import Office, office
from digests.cli.options import MOST, Actor, AsJson, OptionalReason
from digests.cli.output import print_json, print_text, remark
from pipeline import proposals
from pipeline.errors import NotFoundError, SettingsError
from pipeline.model import StoredArticle, Story
from pipeline.origins import order_key
from pipeline.proposals import Proposal
from pipeline.store import StaleError, StoryDecision

LARGE = 10  # articles that change their story; of more, one is asked
_ATTEMPTS = 5  # at deciding what the stories, changed meanwhile, still allow
_TOLD = 8  # articles of a story told one by one in a result

StoryName = Annotated[str, typer.Argument(metavar="STORY", help="A story, as `stories list` shows it.")]
Articles = Annotated[
    list[str], typer.Argument(metavar="ARTICLE…", help="The articles that leave it, by number or address.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without being asked.")]


def split(
    context: typer.Context,
    story: StoryName,
    articles: Articles,
    reason: OptionalReason = None,
    by: Actor = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take articles out of a story: they tell another event, and become a story of their own.

    It holds in every later assembling, whatever comes between. An article alone is a story too.

    \b
    Examples:
      kliping stories split sc5tih7iuf 15 16 --reason "the side event"
    """
    here = office(context)

    def plan() -> Proposal:
        found = find_story(here, story)
        return proposals.split(found, [_member(here, found, which) for which in articles])

    _settle(here, plan, reason, by, yes=yes, as_json=as_json)


def merge(
    context: typer.Context,
    stories: Annotated[list[str], typer.Argument(metavar="STORY STORY…", help="The stories that tell one event.")],
    reason: OptionalReason = None,
    by: Actor = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Make one story of several: they tell one event. The one with the oldest article keeps its name.

    \b
    Examples:
      kliping stories merge sc5tih7iuf snga6bu736 --reason "one meeting"
    """
    here = office(context)

    def plan() -> Proposal:
        found = [find_story(here, name) for name in stories]
        order = [stored.id for stored in sorted(_members(here, found), key=order_key)]
        return proposals.merge(found, order)

    _settle(here, plan, reason, by, yes=yes, as_json=as_json)


def pin(
    context: typer.Context,
    story: StoryName,
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Keep the articles that a story has together, whatever later assembling finds. New ones may still join it."""
    here = office(context)

    def plan() -> Proposal:
        proposed = proposals.pin(find_story(here, story))
        standing = here.store.decisions.touching(proposed.groups[0])
        already = [one for one in standing if one.action is proposed.action and one.groups == proposed.groups]
        if already:
            raise SettingsError(f"story {proposed.stories[0]} is pinned as it is, by decision {already[0].id}")
        return proposed

    _settle(here, plan, reason, by, yes=True, as_json=as_json)


def unpin(
    context: typer.Context,
    story: StoryName,
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Let later assembling move the articles of a pinned story again."""
    here = office(context)
    found = find_story(here, story)
    pins = proposals.pins(found, here.store.decisions.of_articles([m.article_id for m in found.members]))
    if not pins:
        raise NotFoundError(f"story {found.id} is not pinned; `kliping stories decisions` lists what is")
    undone = [here.store.decisions.undo(p.id, actor=by or here.actor, reason=reason, now=here.now) for p in pins]
    _applied(here, undone, as_json=as_json)


def undo(
    context: typer.Context,
    decision: Annotated[
        int, typer.Argument(metavar="DECISION", help="Its number, as `stories decisions` shows it.", min=1, max=MOST)
    ],
    reason: OptionalReason = None,
    by: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Take a decision back: stories are again as if it had not been made; an earlier one on them counts again."""
    here = office(context)
    undone = here.store.decisions.undo(decision, actor=by or here.actor, reason=reason, now=here.now)
    _applied(here, [undone], as_json=as_json)


def _member(here: Office, story: Story, which: str) -> int:
    """The article's number. Raises `SettingsError` where it is not in the story, saying where it is."""
    stored = find_article(here, which)
    if stored.story_id is None:
        raise SettingsError(f"article {stored.id} is in no story: it is {stored.disposition}")
    if stored.story_id != story.id:
        raise SettingsError(
            f"article {stored.id} is in story {stored.story_id}, not in {story.id}; "
            f"`kliping stories split {stored.story_id} {stored.id}` takes it out of that one"
        )
    return stored.id


def _members(here: Office, stories: Iterable[Story]) -> list[StoredArticle]:
    return here.store.articles.many([member.article_id for story in stories for member in story.members])


def _settle(
    here: Office, plan: Callable[[], Proposal], reason: str | None, by: str | None, *, yes: bool, as_json: bool
) -> None:
    """Show what will change, ask where much does, decide, apply, and tell what has become of it."""
    generation = here.store.stories.generation()
    proposed = plan()
    _ask(here, proposed, reason, yes=yes)
    actor = by or here.actor
    for _ in range(_ATTEMPTS):
        try:
            made = here.store.decisions.decide(
                proposed.action, proposed.groups, actor=actor, reason=reason, generation=generation, now=here.now
            )
        except StaleError:
            generation = here.store.stories.generation()
            if plan() != proposed:
                seen = f"`kliping stories show {proposed.stories[0]}`"
                raise StaleError(f"story {proposed.stories[0]} changed meanwhile: look at it, {seen}") from None
        else:
            _applied(here, [made], as_json=as_json)
            return
    raise StaleError("the stories keep changing; try again when the crawl has ended")


def _ask(here: Office, proposed: Proposal, reason: str | None, *, yes: bool) -> None:
    """Tell what it will do. Asks where many articles move, or where it goes against a bar or a person's word."""
    remark(rulings.what(proposed.action, proposed.groups, proposed.stories))
    numbers = [number for group in proposed.groups for number in group]
    stated = StoryDecision(MOST, proposed.action, proposed.groups, proposed.stories, here.actor, reason, here.now)
    earlier = proposals.contradicted(here.store.decisions.touching(numbers), stated)
    warnings = [
        f"other editions of a forum: {bar}" for bar in proposals.barred(proposed, here.store.articles.many(numbers))
    ]
    warnings += [f"goes against decision {one.id} of {one.actor}: {rulings.told(one)}" for one in earlier]
    for warning in warnings:
        remark(warning)
    if not yes and (warnings or proposed.moved > LARGE):
        typer.confirm(f"Let {proposed.moved} article(s) change their story?", abort=True, err=True)


def _applied(here: Office, made: Sequence[StoryDecision], *, as_json: bool) -> None:
    """Bring the stories up to date, and tell what they are now."""
    done = cycle.assemble_stories(here)
    numbers = [number for one in made for number in one.articles]
    names = sorted({s.story_id for s in here.store.articles.many(numbers) if s.story_id is not None})
    stories = [story for name in names if (story := here.store.stories.get(name)) is not None]
    undoing = [f"kliping stories undo {one.id}" for one in made if one.stands]
    if as_json:
        told = [{"id": story.id, "articles": [m.article_id for m in story.members]} for story in stories]
        print_json({"decisions": document(here, made), "stories": told, "undo": undoing, "applied": done is not None})
    else:
        for story in stories:
            numbers = [member.article_id for member in story.members]
            print_text(f"story {story.id}: {rulings.articles(numbers)} {_outlets(here, numbers)}")
        for one in made:
            remark(_outcome(one))
    if done is None:
        remark("it is kept, and changes the stories when they are assembled next")
        raise typer.Exit(PARTLY_FAILED)


def _outlets(here: Office, numbers: Sequence[int]) -> str:
    found = sorted({stored.article.outlet or "no outlet" for stored in here.store.articles.many(list(numbers))})
    more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    return "of " + ", ".join(found[:_TOLD]) + more


def _outcome(one: StoryDecision) -> str:
    if one.stands:
        return f"decision {one.id} of {one.actor} stands; `kliping stories undo {one.id}` takes it back"
    return f"decision {one.id} of {one.actor} does not stand any more: {rulings.told(one)}"
