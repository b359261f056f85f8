"""`kliping alerts`: what was told at once, and what would be now."""

from __future__ import annotations

import typer

from digests import alerts
from digests.cli.office import Office, office
from digests.cli.options import MOST, AsJson, Limit
from digests.cli.output import print_json_lines, remark
from digests.cli.tables import print_table
from digests.urgent import Urgent
from pipeline.store import AlertRecord

group = typer.Typer(no_args_is_help=True, help="Immediate alerts: what was told at once, what would be now.")


@group.command("list")
def list_alerts(context: typer.Context, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the alerts that were told, by which rule, and whether their messages are frozen."""
    here = office(context)
    found = here.store.alerts.list(here.settings.alerts.list, min(limit, MOST))
    if as_json:
        print_json_lines(found)
        return
    print_table(
        ("alert", "told", "rules", "stories", "messages frozen"),
        [_row(one) for one in found],
        zone=here.settings.zone,
        none="no alert was told; `kliping alerts test` shows what would be",
    )


def _row(one: AlertRecord) -> tuple[object, ...]:
    rules = ", ".join(dict.fromkeys(told.rule for told in one.told))
    stories = ", ".join(dict.fromkeys(told.story_id for told in one.told))
    return (one.period, one.told_at, rules, stories, one.mailed_at)


@group.command()
def test(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what would be told now, to whom, and by which rule. Nothing is sent."""
    here = office(context)
    found = alerts.find(here.store, here.settings, now=here.now)
    if as_json:
        print_json_lines(found)
        return
    headlines = _headlines(here, found)
    print_table(
        ("story", "rule", "urgent since", "outlets", "headline"),
        [(one.story_id, one.rule, one.met_at, one.outlets, headlines.get(one.story_id)) for one in found],
        zone=here.settings.zone,
        none="nothing is urgent now",
        last_below=True,
    )
    remark(_how(here))


def _headlines(here: Office, found: tuple[Urgent, ...]) -> dict[str, str | None]:
    """Of each story, that of its oldest article."""
    first = {one.story_id: one.articles[0] for one in found}
    articles = {stored.id: stored for stored in here.store.articles.many(sorted(first.values()))}
    return {story: articles[number].article.headline for story, number in first.items() if number in articles}


def _how(here: Office) -> str:
    """The rules in force, or what to do where there is none."""
    rules = alerts.rules_of(here.settings)
    readers = len(here.store.subscribers.list(here.settings.alerts.list))
    if not rules:
        return "no rule is set: `kliping watches urgent ID`, or alerts.outlets in kliping.toml"
    told = [f"watch {name}" for name in sorted(rules.watches)]
    if rules.outlets:
        told.append(f"{rules.outlets} outlets within {here.settings.alerts.within_hours} hours")
    return f"told at once: {', '.join(told)}; to {readers} subscriber(s) of the list {here.settings.alerts.list!r}"
