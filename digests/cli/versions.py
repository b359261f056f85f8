"""The versions of an article: what the outlet published first, and what it made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from itertools import pairwise

from digests.cli.output import print_json, print_text, remark
from digests.cli.tables import print_table
from pipeline.changes import compare, describe, diff
from pipeline.model import StoredArticle
from pipeline.store import Store


def show_versions(store: Store, stored: StoredArticle, *, with_diff: bool, as_json: bool, zone: tzinfo) -> None:
    """List them, oldest first, each with what changed; `with_diff`: show the changed paragraphs instead."""
    versions = store.articles.versions(stored.id)
    if as_json:
        print_json(_documents(versions))
    elif not with_diff:
        rows = zip(versions, _changes(versions), strict=True)
        print_table(
            ("version", "stored", "what changed", "headline"),
            [(one.version, one.committed_at, change, one.article.headline) for one, change in rows],
            zone=zone,
        )
    elif len(versions) == 1:
        remark(f"article {stored.id} has one version; nothing has changed since it was stored")
    else:
        for old, new in pairwise(versions):
            print_text(_heading(old, new, zone))
            for line in diff(old.article, new.article):
                print_text(line)


def _changes(versions: Sequence[StoredArticle]) -> list[str]:
    """In one line each."""
    return ["first stored", *(describe(compare(old.article, new.article)) for old, new in pairwise(versions))]


def _heading(old: StoredArticle, new: StoredArticle, zone: tzinfo) -> str:
    when = new.committed_at.astimezone(zone)
    change = describe(compare(old.article, new.article))
    return f"version {old.version} to {new.version}, {when:%Y-%m-%d %H:%M %Z}: {change}"


def _documents(versions: Sequence[StoredArticle]) -> list[dict[str, object]]:
    changes = [None, *(compare(old.article, new.article) for old, new in pairwise(versions))]
    return [
        {
            "version": one.version,
            "stored_at": one.committed_at,
            "fetched_at": one.article.fetched_at,
            "headline": one.article.headline,
            "article_body": one.article.article_body,
            "captures": one.captures,
            "change": change,
            "diff": list(diff(versions[place - 1].article, one.article)) if place else None,
        }
        for place, (one, change) in enumerate(zip(versions, changes, strict=True))
    ]
