"""axe, the checker of accessibility, asked about a page of ours in Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.digests import browser

_SCRIPT = Path(__file__).resolve().parents[2] / ".venv-axe" / "node_modules" / "axe-core" / "axe.min.js"
_GRAVE = ("serious", "critical")

# Every page stands in a frame of its own width; axe runs inside each frame, which stays as it is but for the script.
_PAGE = """<!doctype html><html lang="en"><head><meta name="color-scheme" content="light dark"><title>axe</title></head>
<body>{frames}<pre id="found"></pre><script id="axe" type="text/plain">{axe}</script><script>
addEventListener("load", async () => {{
  const code = document.getElementById("axe").textContent, all = [];
  for (const frame of document.querySelectorAll("iframe")) {{
    frame.contentWindow.eval(code);
    const report = await frame.contentWindow.axe.run(frame.contentDocument, {{resultTypes: ["violations"]}});
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    all.push({{dark, passes: report.passes.length, violations: report.violations.map(one => (
      {{id: one.id, impact: one.impact, nodes: one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))}}))}});
  }}
  document.getElementById("found").textContent = JSON.stringify(all);
}});
</script></body></html>"""


def script() -> str:
    """axe itself; where it is not installed the test is skipped (`make system` installs it where npm is)."""
    if not _SCRIPT.exists():
        pytest.skip("axe-core is not installed: accessibility is not checked")
    return _SCRIPT.read_text(encoding="utf-8").replace("</script", "<\\/script")


def violations(*pages: bytes | str, dark: bool, widths: tuple[int, ...] = (360, 800)) -> list[str]:
    """What axe finds serious or critical in any page at any width, contrast included: "color-contrast: [<p …>]".

    For the mail and for web pages alike; several pages cost little more than one. Raises `AssertionError` where axe did
    not run to its end.
    """
    program = browser.installed()
    texts = [page.decode() if isinstance(page, bytes) else page for page in pages]
    frames = "".join(
        f'<iframe title="{number}-{width}" width="{width}" height="900" srcdoc="{_attribute(text)}"></iframe>'
        for number, text in enumerate(texts)
        for width in widths
    )
    page = _PAGE.format(frames=frames, axe=script())
    reports: list[dict[str, Any]] = json.loads(browser.found(program, page, dark=dark))
    assert len(reports) == len(texts) * len(widths)
    assert all(report["dark"] is dark and report["passes"] > 0 for report in reports), "axe did not look at the page"
    return [
        f"{one['id']}: {one['nodes']}" for report in reports for one in report["violations"] if one["impact"] in _GRAVE
    ]


def _attribute(text: str) -> str:
    """Fit for `srcdoc`."""
    return text.replace("&", "&amp;").replace('"', "&quot;")
