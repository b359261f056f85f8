"""Who reads with other means than eyes reads as much: axe finds nothing serious in the mail, in light and in dark."""

from __future__ import annotations

import pytest

from digests.dressing import Dressing
from digests.personal import Links, personal
from digests.render import render
from tests.digests import contents
from tests.digests.axe import violations

pytestmark = pytest.mark.chromium
BASE = "https://kliping.example"
LINKS = Links(f"{BASE}/unsubscribe?token=abc", f"{BASE}/preferences?token=abc")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_the_mail(*, dark: bool) -> None:
    dressed = render(contents.mixed(9), "id", "html", Dressing(base_url=BASE))
    page, _ = personal(dressed, b"", LINKS, "id")
    assert violations(page, render(contents.empty(), "en", "html"), dark=dark, widths=(360,)) == []


def test_axe_does_find_what_is_wrong() -> None:
    body = "<p style='color:#ccc;background:#fff'>faint</p><img src='#'>"
    found = violations(f"<!doctype html><html><title>x</title><body>{body}</html>", dark=False, widths=(400,))
    assert {one.partition(":")[0] for one in found} >= {"color-contrast", "html-has-lang", "image-alt"}
