"""The gallery makes what it promises: a picture, the mail, its text and an index."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests import gallery
from tests.digests import browser


@pytest.mark.chromium
def test_the_gallery_has_a_picture_of_the_mail_at_both_widths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.installed()
    chosen = ["--stories", "1", "--languages", "km", "--schemes", "dark", "--folder", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["gallery", *chosen])
    assert gallery.main() == 0
    assert capsys.readouterr().out == f"{tmp_path / 'index.html'}\n"
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {"index.html", "001-km.html", "001-km.txt", "001-km-dark.png"}
    assert '<img src="001-km-dark.png"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    with Image.open(tmp_path / "001-km-dark.png") as picture:
        colours = picture.convert("RGB").resize((40, 40)).getcolors(1600)
        assert picture.width == 360 + 800 + 3 * 20
        assert 800 < picture.height < 9000
    assert colours is not None
    assert len(colours) > 20  # something was drawn
