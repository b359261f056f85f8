"""`kliping articles tone`: a person's word is shown, exported and taken back."""

from __future__ import annotations

from tests.digests.cli.desk import Desk
from tests.digests.cli.running import one_line


def test_a_word_on_the_tone_is_shown_and_taken_back(desk: Desk) -> None:
    done = desk.run("articles", "tone", "1", "negatif", "--reason", "the fares rise", "--by", "Rina")
    assert done.status == 0
    assert "tone of its body set to negatif by Rina; `kliping articles tone 1 --undo --reason …`" in done.err
    assert desk.run("articles", "tone", "1", "positif", "--headline", "--reason", "glad").status == 0
    shown = desk.json("articles", "show", "1")
    assert (shown["tone"], shown["headline_tone"]["value"], shown["tones_differ"]) == ("negatif", "positif", True)
    assert shown["body_tone"]["reason"] == "set by Rina: the fares rise"
    assert "set by Rina: the fares rise" in " ".join(desk.run("articles", "show", "1").out.split())
    assert desk.lines("articles", "list", "--text", "bus listrik")[-1]["tone"] == "negatif"
    assert desk.run("articles", "tone", "1", "--undo", "--reason", "read again").status == 0
    assert desk.run("articles", "tone", "1", "--headline", "--undo", "--reason", "read again").status == 0
    assert desk.json("articles", "show", "1")["tone"] is None


def test_none_says_that_it_is_not_to_be_told(desk: Desk) -> None:
    assert desk.run("articles", "tone", "1", "none", "--reason", "irony").status == 0
    assert desk.json("articles", "show", "1")["body_tone"] == {
        "value": None,
        "reason": "set by " + desk.office().actor + ": irony",
        "evidence": [],
    }


def test_what_makes_no_sense_is_told_in_one_line(desk: Desk) -> None:
    nothing = desk.run("articles", "tone", "1", "--reason", "why")
    both = desk.run("articles", "tone", "1", "netral", "--undo", "--reason", "why")
    assert (nothing.status, both.status) == (2, 2)
    assert one_line(nothing.err) == one_line(both.err)
    assert "or --undo to take one back" in one_line(nothing.err)
    undone = desk.run("articles", "tone", "1", "--undo", "--reason", "why")
    assert undone.status == 1
    assert "nobody set the tone of its body" in one_line(undone.err)
    assert desk.run("articles", "tone", "1", "good", "--reason", "why").status == 2
    assert desk.run("articles", "tone", "99", "netral", "--reason", "why").status == 1
