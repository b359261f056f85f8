"""`kliping review`: a handful a day, a yes or no that stands, and labelled cases that evaluations use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digests.cli.office import Office
from tests.digests.cli.desk import BUS, POOL, Desk, url
from tests.digests.cli.running import one_line
from tests.pipeline.store.build import NOW, POSSIBLE, article, doubtful, keep, start

SEVEN = range(21, 28)


def wait(desk: Desk, n: int, *names: str, outlet: str = "antara", text: tuple[str, ...] = ()) -> int:
    """A doubtful text at `url(n)`, published n minutes after NOW; its number."""
    here = desk.office(NOW)
    run = start(here.store, outlet)
    here.store.ledger.add(url(n), url(n), outlet, None, run.id, NOW)
    made = article(url(n), outlet=outlet, headline="Para Wali Kota Bertemu", date_published=NOW + timedelta(minutes=n))
    made = replace(made, article_body=text or made.article_body)
    number = keep(here.store, run, doubtful(replace(made, in_language="id"), *names), verdict=POSSIBLE).article_id
    here.close()
    return number


def numbers(desk: Desk, *words: str) -> list[int]:
    return [one["id"] for one in desk.lines("review", "list", *words)]


def told(desk: Desk, *words: str) -> str:
    done = desk.run(*words)
    assert done.status == 0, done.err
    return done.out + done.err


def test_the_list_shows_what_a_person_needs_to_decide(desk: Desk) -> None:
    one = wait(desk, 21)
    shown = told(desk, "review", "list")
    for part in (
        f"{one}  Para Wali Kota Bertemu",
        f"antara, 2026-11-20, {url(21)}",
        "possibly amf 2026: mayors meet, no forum is named",
        "headline: [Para] Wali Kota Bertemu",
        f"kliping review yes {one} --reason",
    ):
        assert part in shown
    (document,) = desk.lines("review", "list")
    assert (document["id"], document["score"], document["possible"][0]["id"]) == (one, 3.0, "amf")
    assert document["possible"][0]["evidence"][0]["text"] == "[Para] Wali Kota Bertemu"


def test_at_most_five_are_asked_about_in_a_day_and_the_rest_is_counted(desk: Desk) -> None:
    waiting = [wait(desk, n) for n in SEVEN]
    assert numbers(desk) == waiting[:1:-1]
    assert "2 more wait: `kliping review list --all`" in desk.run("review", "list").err
    assert numbers(desk, "--all") == waiting[::-1]
    assert numbers(desk, "--limit", "2") == waiting[:-3:-1]
    told(desk, "review", "no", *map(str, waiting[2:6]), "--reason", "not ours")
    assert numbers(desk) == [waiting[6]]
    told(desk, "review", "yes", str(waiting[6]), "--reason", "ours")
    done = desk.run("review", "list")
    assert (done.out, done.err) == ("", "today's 5 are judged; 2 more wait: `kliping review list --all` shows them\n")
    told(desk, "review", "no", str(waiting[0]), str(waiting[1]), "--reason", "not ours")
    assert "nothing waits" in desk.run("review", "list").err


def test_the_next_day_asks_about_the_next_five(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [wait(desk, n) for n in SEVEN]
    told(desk, "review", "no", *map(str, waiting[2:]), "--reason", "not ours")
    assert numbers(desk) == []
    here = desk.office()
    monkeypatch.setattr(Office, "now", here.now + timedelta(days=1))
    here.close()
    assert numbers(desk) == waiting[1::-1]


def test_a_yes_brings_it_into_scope_and_into_a_story(desk: Desk) -> None:
    one = wait(desk, 21)
    assert f"article {one}: ours (amf 2026), says Rina" in told(
        desk, "review", "yes", url(21), "--reason", "mayors of ASEAN", "--by", "Rina"
    )
    shown = desk.json("articles", "show", str(one))
    assert (shown["disposition"], shown["watches"][0]["id"], shown["possible"]) == ("kept", "amf", [])
    assert shown["story_id"]
    for command in (("explain", url(21)), ("articles", "show", str(one)), ("review", "show", str(one))):
        assert "ours (amf 2026), says Rina" in told(desk, *command)


def test_a_no_and_its_undo(desk: Desk) -> None:
    one = wait(desk, 21)
    assert "possibly amf, waits" in told(desk, "explain", url(21))
    told(desk, "review", "no", str(one), "--reason", "a league of bowlers", "--by", "Rina")
    assert numbers(desk) == []
    assert "not ours, says Rina" in told(desk, "explain", url(21))
    assert "the no of Rina is taken back; it is rejected; it waits again" in told(desk, "review", "undo", str(one))
    assert numbers(desk) == [one]
    assert "taken back by" in told(desk, "review", "show", str(one))
    document = desk.json("review", "show", str(one))
    assert [case["ours"] for case in document["judged"]] == [False]


def test_undo_of_a_yes_takes_it_out_of_its_story(desk: Desk) -> None:
    one = wait(desk, 21)
    told(desk, "review", "yes", str(one), "--reason", "ours")
    told(desk, "review", "undo", str(one))
    assert desk.story(21) is None
    assert numbers(desk) == [one]


def test_reprints_of_one_text_are_asked_about_once(desk: Desk) -> None:
    first, second, third = (
        wait(desk, n, outlet=name, text=BUS) for n, name in ((21, "inews"), (22, "antara"), (23, "x"))
    )
    other = wait(desk, 24, text=POOL)
    listed = desk.lines("review", "list")
    assert [one["id"] for one in listed] == [other, third]
    assert [copy["id"] for copy in listed[1]["reprints"]] == [second, first]
    done = desk.run("review", "list")
    assert f"reprints: {second} (antara), {first} (inews); --copies answers for them too" in done.out
    assert "more wait" not in done.err
    told(desk, "review", "no", str(second), "--copies", "--reason", "a bus line")
    assert numbers(desk) == [other]
    told(desk, "review", "undo", str(first))
    assert numbers(desk) == [other, first]
    told(desk, "review", "yes", str(first), "--copies", "--watch", "mgmac", "--reason", "ours")
    assert numbers(desk) == [other]


def test_of_several_possible_watches_one_is_named(desk: Desk) -> None:
    one = wait(desk, 21, "amf", "mgmac")
    done = desk.run("review", "yes", str(one), "--reason", "ours")
    assert (done.status, "say which: --watch amf or --watch mgmac" in one_line(done.err)) == (2, True)
    assert "ours (mgmac 2023)" in told(desk, "review", "yes", str(one), "--watch", "mgmac=2023", "--reason", "ours")
    match = desk.json("articles", "show", str(one))["watches"]
    assert [(found["id"], found["edition"]) for found in match] == [("mgmac", 2023)]


WRONG: tuple[tuple[tuple[str, ...], int, str], ...] = (
    (("yes", "{kept}", "--reason", "why"), 1, "is ours already (mgmac)"),
    (("yes", "{waits}", "--watch", "nosuch", "--reason", "why"), 2, "no watch is called so"),
    (("yes", "{waits}", "--watch", "mgmac=20x3", "--reason", "why"), 2, "no watch is called so"),
    (("yes", "{waits}"), 2, "--reason"),
    (("yes", "{waits}", "--reason", "  "), 2, "say why, in words"),
    (("yes", "99999", "--reason", "why"), 1, "no article is stored as 99999"),
    (("no", "{waits}", "99999", "--reason", "why"), 1, "no article is stored as 99999"),
    (("undo", "{waits}"), 1, "nobody has judged it"),
    (("show", "https://kota.example/none"), 1, "no article is stored"),
    (("export", "-o", "{folder}"), 1, "cannot be written"),
)


def test_wrong_use_is_one_line_and_changes_nothing(desk: Desk) -> None:
    names = {"kept": desk.number(1), "waits": wait(desk, 21), "folder": desk.home}
    for words, status, message in WRONG:
        done = desk.run("review", *(word.format(**names) for word in words))
        assert done.status == status, done.err
        assert message in one_line(done.err)
    assert numbers(desk) == [names["waits"]]


def test_judged_articles_are_cases_that_evaluations_use(desk: Desk, tmp_path: Path) -> None:
    ours, other, hidden = (wait(desk, n) for n in (21, 22, 23))
    told(desk, "review", "yes", str(ours), "--reason", "ours")
    told(desk, "review", "no", str(other), str(hidden), "--reason", "not ours")
    told(desk, "articles", "reject", url(1), "--reason", "wrongly matched")
    told(desk, "articles", "withhold", str(hidden), "--reason", "court order")
    file = tmp_path / "judged.jsonl"
    assert "3 labelled case(s); 1 withheld left out" in told(desk, "review", "export", "-o", str(file))
    cases = {case["id"]: case for case in map(json.loads, file.read_text(encoding="utf-8").splitlines())}
    assert cases[f"judged-{ours}"]["watches"] == {"amf": 2026}
    assert cases[f"judged-{other}"]["watches"] == {}
    assert cases[f"judged-{ours}"]["body"] == ["Para wali kota bertemu."]
    assert cases[f"judged-{ours}"]["date_published"] == "2026-11-20T03:21:00+00:00"
    assert [json.loads(line) for line in desk.run("review", "export").out.splitlines()] == list(cases.values())
    for data in ((), (str(file),)):  # what was exported is not counted twice
        report = desk.json("evaluate", "watches", *data)
        assert report["tables"][0]["title"].startswith("Cases: 4, ")
    assert [row[:2] for row in report["tables"][0]["rows"]] == [["in", 1], ["near", 3]]


def test_evaluate_watches_without_any_case_says_what_to_do(desk: Desk) -> None:
    done = desk.run("evaluate", "watches")
    assert (done.status, "judge what `kliping review list` shows" in one_line(done.err)) == (1, True)
