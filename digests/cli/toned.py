"""`kliping articles tone`: a person says how a headline or a text speaks; it stands in every later reading."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from digests.cli.articles import Undo, Which, find_article
from digests.cli.office import Office, office
from digests.cli.options import Actor, Reason
from digests.cli.output import remark
from pipeline.errors import SettingsError
from pipeline.model import StoredArticle
from pipeline.tone import TonePart


class ToneValue(StrEnum):
    POSITIVE = "positif"
    NEUTRAL = "netral"
    NEGATIVE = "negatif"
    NONE = "none"


def tone(
    context: typer.Context,
    which: Which,
    reason: Reason,
    value: Annotated[
        ToneValue | None,
        typer.Argument(metavar="TONE", help="positif, netral or negatif; none: it is not to be told."),
    ] = None,
    headline: Annotated[bool, typer.Option("--headline", help="Of the headline, not of the text.")] = False,
    by: Actor = None,
    undo: Undo = False,
) -> None:
    """Say how an article speaks of its subject, where the program reads it otherwise; it stands in every later reading.

    \b
    Examples:
      kliping articles tone 12 negatif --reason "the delegates complain of the buses"
      kliping articles tone 12 netral --headline --reason "a plain question"
      kliping articles tone 12 --undo --reason "the program was right"
    """
    if undo == (value is not None):
        raise SettingsError("articles tone: give a tone (positif, netral, negatif or none), or --undo to take one back")
    here = office(context)
    stored = find_article(here, which)
    part = TonePart.HEADLINE if headline else TonePart.BODY
    actor = by or here.actor
    if value is None:
        here.store.tones.undo(stored.id, part, reason=reason, actor=actor, now=here.now)
        remark(f"article {stored.id}: the program's reading of its {part} counts again")
        return
    _set(here, stored, part, value, reason, actor)


def _set(here: Office, stored: StoredArticle, part: TonePart, value: ToneValue, reason: str, actor: str) -> None:
    told = None if value is ToneValue.NONE else value.value
    here.store.tones.override(stored.id, part, told, reason=reason, actor=actor, now=here.now)
    flag = " --headline" if part is TonePart.HEADLINE else ""
    undoing = f"`kliping articles tone {stored.id}{flag} --undo --reason …` takes it back"
    remark(f"article {stored.id}: tone of its {part} set to {value} by {actor}; {undoing}")
