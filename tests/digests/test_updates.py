"""A corrected article in an edition: an update with what changed, never a new story."""

from __future__ import annotations

import pytest

from digests.compose import compose
from digests.model import Edit
from digests.render import render
from digests.view import view
from tests.digests.examples import PERIOD, facts, stored

CASES = (
    ("en", Edit(12, 3, False), "changed since it was sent: +12 −3 words"),
    ("en", Edit(0, 0, True), "changed since it was sent: new headline"),
    ("en", Edit(40, 0, True), "changed since it was sent: +40 −0 words, new headline"),
    ("en", Edit(0, 0, False), "changed since it was sent"),
    ("en", None, "changed since it was sent"),
    ("id", Edit(12, 3, True), "berubah sejak dikirim: +12 −3 kata, judul baru"),
)


@pytest.mark.parametrize(("language", "edit", "told"), CASES)
def test_an_update_says_what_changed(language: str, edit: Edit | None, told: str) -> None:
    again = facts((stored(1, version=2),), earlier={1: (PERIOD,)}, edits={1: edit} if edit else {})
    content = compose(again)
    (story,) = view(content, language).stories
    assert story.kicker.endswith("Update" if language == "en" else "Pembaruan")
    assert story.byline is not None
    assert story.byline.notes.endswith(told)
    assert told in " ".join(render(content, language, "text").decode().split())
