"""`kliping digest draft` and `kliping alerts` as a person types them, in this process, over a small store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.digests.cli.desk import BUS, CHOIR, HOUR, POOL, Desk
from tests.pipeline.store.build import NOW


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Three stories of this hour: of two outlets, of one, of one."""
    home = tmp_path / "home"
    home.mkdir()
    made = Desk(home, capsys)
    since = (datetime.now(UTC) - NOW) / HOUR  # commands read the real clock
    for n, outlet, headline, text, hours in (
        (1, "antara", "Empat puluh bus listrik", BUS, 3),
        (2, "inews", "Bus Listrik Baru", BUS, 2),
        (4, "antara", "Kolam retensi dibuka", POOL, 2),
        (6, "antara", "Paduan suara tampil", CHOIR, 1),
    ):
        made.write(n, outlet, headline, text, since - hours, fetched_at=NOW + (since - hours) * HOUR)
    made.assemble(datetime.now(UTC))
    return made


def rows(desk: Desk) -> dict[str, tuple[int, str | None, str | None]]:
    """{headline: (number, mark, note)} of the draft."""
    stories = desk.json("digest", "draft", "show")["stories"]
    return {one["headline"] or one["story_id"]: (one["number"], one["mark"], one["note"]) for one in stories}


def test_an_editor_looks_decides_and_takes_back(desk: Desk) -> None:
    before = rows(desk)
    assert sorted(number for number, _, _ in before.values()) == [1, 2, 3]
    pool, choir = before["Kolam retensi dibuka"][0], before["Paduan suara tampil"][0]
    for words in (
        ("drop", str(pool), "--reason", "told on Monday", "--by", "Ani"),
        ("pin", desk.name(6), "--by", "Ani"),
        ("note", str(choir), "Tampil lagi besok.", "--by", "Budi"),
    ):
        done = desk.run("digest", "draft", *words)
        assert done.status == 0, done.err
        assert done.err.count("\n") == 1
    after = rows(desk)
    assert after["Paduan suara tampil"] == (choir, "pinned", "Tampil lagi besok.")
    assert after[desk.name(4)] == (pool, "dropped", "told on Monday")
    assert next(iter(after)) == "Paduan suara tampil"
    said = desk.lines("digest", "draft", "decisions")
    assert [(one["actor"], one["action"], one["state"]) for one in said] == [
        ("Ani", "drop", "stands"),
        ("Ani", "pin", "stands"),
        ("Budi", "note", "stands"),
    ]
    assert desk.run("digest", "draft", "undo", str(said[0]["id"]), "--by", "Budi").status == 0
    assert rows(desk)["Kolam retensi dibuka"] == (pool, None, None)
    assert desk.lines("digest", "draft", "decisions")[0]["state"] == "undone by Budi"
    assert "Tampil lagi besok." in desk.run("digest", "draft", "show", "--format", "text").out


def test_after_the_freeze_the_next_edition_is_meant_and_this_one_is_refused(desk: Desk) -> None:
    """Its day is named; without one, tomorrow's draft is what is shown."""
    here = desk.office()
    today: date = here.now.astimezone(here.settings.zone).date()
    here.close()
    assert desk.run("digest", "build", "--date", today.isoformat()).status == 0
    refused = desk.run("digest", "draft", "drop", desk.name(1), "--date", today.isoformat())
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "articles reject" in refused.err
    assert desk.json("digest", "draft", "show")["period"] == (today + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("digest draft show -o x.html", 2, "say which form"),
        ("digest draft show --date 2199-01-01", 2, "no draft is kept"),
        ("digest draft pin 77", 1, "no such number"),
        ("digest draft undo 77", 1, "there is none"),
        ("digest show --watch nobody", 2, "no watch is called"),
        ("digest report --city Atlantis-sur-Mer", 2, "no place of that name"),
        ("digest build --at 2199-01-01T06:25", 2, "is yet to come"),
        ("digest build --at yesterday", 2, "is no instant"),
        ("watches urgent nobody", 1, "no watch is called"),
        ("rebuild no-such-folder", 2, "there is no such folder"),
    ],
)
def test_a_slip_is_told_in_one_line(desk: Desk, words: str, status: int, told: str) -> None:
    ran = desk.run(*words.split())
    assert (ran.status, ran.err.count("\n"), told in ran.err) == (status, 1, True), ran.err


def test_what_is_urgent_is_shown_before_anybody_is_told(desk: Desk) -> None:
    assert "no rule is set" in desk.run("alerts", "test").err
    assert desk.run("watches", "urgent", "mgmac").status == 0
    assert {one["id"] for one in desk.lines("watches", "list") if one["urgent"]} == {"mgmac"}
    assert "told at once: watch mgmac; to 0 subscriber(s)" in desk.run("alerts", "test").err
    (desk.home / "kliping.toml").write_text("[alerts]\noutlets = 2\n", encoding="utf-8")
    urgent = {(one["rule"], one["story_id"]) for one in desk.lines("alerts", "test")}
    assert ("outlets", desk.name(1)) in urgent
    assert desk.run("watches", "urgent", "mgmac", "--off").status == 0
    assert {one["rule"] for one in desk.lines("alerts", "test")} == {"outlets"}
    assert "no alert was told" in desk.run("alerts", "list").err
