"""The mail as a browser shows it: nothing overflows, all can be read in light and in dark, nothing is fetched."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from typing import Any

import pytest

from digests.model import Content
from digests.render import render
from tests.digests import browser, contents

pytestmark = pytest.mark.chromium

WIDTHS = (320, 400, 800)  # CSS pixels: a small telephone, a telephone, a window
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA)
WORD = "https://satu.example/" + "alamatyangtidakdapatdipatahkan" * 4  # a headline that is one word

# The mail stands in a frame of each width; the script measures it there and leaves what it found in the page.
PAGE = """<!doctype html><meta name="color-scheme" content="light dark"><body>{frames}<pre id="found"></pre><script>
function channel(c) {{ c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; }}
function colour(text) {{
  const parts = text.match(/[\\d.]+/g).map(Number);
  const [red, green, blue] = parts.slice(0, 3).map(channel);
  return {{light: .2126 * red + .7152 * green + .0722 * blue, alpha: parts[3] ?? 1}};
}}
function behind(element, view) {{
  for (let e = element; e; e = e.parentElement) {{
    const found = colour(view.getComputedStyle(e).backgroundColor);
    if (found.alpha === 1) return found.light;
  }}
  return 1;
}}
function contrast(element, view) {{
  const a = colour(view.getComputedStyle(element).color).light, b = behind(element, view);
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}}
function measure(frame) {{
  const page = frame.contentDocument, view = frame.contentWindow, root = page.documentElement;
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT), faint = [];
  let texts = 0;
  for (let node; node = walker.nextNode();) {{
    const element = node.parentElement;
    if (!node.data.trim() || !element.offsetParent) continue;  // not shown
    texts++;
    const ratio = contrast(element, view);
    if (ratio < {least}) faint.push([node.data.trim().slice(0, 60), ratio]);
  }}
  return {{
    width: root.clientWidth, needed: root.scrollWidth, texts, faint, ground: behind(page.body, view),
    dark: view.matchMedia("(prefers-color-scheme: dark)").matches,
    fetched: view.performance.getEntriesByType("resource").map(entry => entry.name),
  }};
}}
addEventListener("load", () => {{
  const found = [...document.querySelectorAll("iframe")].map(measure);
  document.getElementById("found").textContent = JSON.stringify(found);
}});
</script>"""


@pytest.fixture(scope="module")
def content() -> Content:
    """A morning in seven languages and scripts, with a headline that has no place to break."""
    made = contents.mixed(14)
    first = made.stories[0]
    tellings = tuple(replace(telling, headline=WORD, extract=WORD) for telling in first.tellings)
    return replace(made, stories=(replace(first, tellings=tellings), *made.stories[1:]))


def measured(*mails: bytes, dark: bool) -> list[dict[str, Any]]:
    """What the browser found in each frame: mail by mail, at each width."""
    frames = "".join(
        f'<iframe width="{width}" height="900" srcdoc="{html.escape(mail.decode(), quote=True)}"></iframe>'
        for mail in mails
        for width in WIDTHS
    )
    left = browser.found(browser.installed(), PAGE.format(frames=frames, least=LEAST_CONTRAST), dark=dark)
    frames_found: list[dict[str, Any]] = json.loads(left)
    return frames_found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_mail_fits_can_be_read_and_fetches_nothing(content: Content, *, dark: bool) -> None:
    mails = [render(content, language, "html") for language in ("id", "en")]
    frames = measured(*mails, render(contents.empty(), "id", "html"), dark=dark)
    assert [frame["width"] for frame in frames] == [*WIDTHS] * 3
    for number, frame in enumerate(frames):
        assert frame["needed"] <= frame["width"]
        assert frame["faint"] == []
        assert frame["fetched"] == []
        assert (frame["dark"], frame["ground"] < 0.1) == (dark, dark)
        assert frame["texts"] > (14 * 4 if number < 2 * len(WIDTHS) else 4)
