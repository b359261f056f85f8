"""What a person judged: a labelled case for each word on whether an article is ours."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from pipeline.store.columns import CleanText, Json, UtcDateTime, metadata

judgements = Table(  # one for each `accept` and `reject` among the corrections, with the text as it was judged
    "judgements",
    metadata,
    Column("correction_id", ForeignKey("corrections.id"), primary_key=True),
    Column("version_id", Integer, nullable=False),  # the version judged; no foreign key: an equal one may replace it
    Column("watches", Json, nullable=False),  # {watch: edition or null}: all that it is about; {} = not ours
    Column("accepted", Json, nullable=False),  # those that only the person's word puts it under
    Column("doubtful", Json, nullable=False),  # [watch] that it was possibly about; [] = it did not wait for a person
    Column("headline", CleanText),
    Column("description", CleanText),
    Column("keywords", Json, nullable=False),  # [word]
    Column("date_published", UtcDateTime),
    Column("article_body", Json, nullable=False),  # [paragraph]
    Column("in_language", String(15)),
)
