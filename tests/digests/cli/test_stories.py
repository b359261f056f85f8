"""`kliping stories`: what is shown of stories, and why articles are together."""

from __future__ import annotations

from tests.digests.cli.desk import BUS, CHOIR, POOL, Desk, of_year, sets, url

ALL = sets((1, 2, 3), (4, 5), (6,))


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_the_list_tells_each_story_in_a_row_newest_first(desk: Desk) -> None:
    rows = desk.lines("stories", "list")
    assert [(row["headline"], row["first"], row["articles"], row["outlets"]) for row in rows] == [
        ("Paduan suara lansia tampil", "antara", 1, 1),
        ("Kolam retensi Cempaka dibuka", "antara", 2, 2),
        ("Empat puluh bus listrik melayani rute pengumpan", "antara", 3, 3),
    ]
    shown = desk.run("stories", "list").out
    assert shown.splitlines()[0].split() == ["id", "published", "articles", "outlets", "first", "continues", "headline"]
    assert len(shown.splitlines()) == 4


FILTERS: list[tuple[tuple[str, ...], list[tuple[int, ...]]]] = [
    (("--outlet", "inews"), [(1, 2, 3)]),
    (("--outlet", "antara", "--limit", "1"), [(6,)]),
    (("--text", "kolam retensi"), [(4, 5)]),
    (("--text", "KOLAM"), [(4, 5)]),
    (("--text", "bus laila"), []),
    (("--language", "en"), []),
    (("--language", "id", "--watch", "mgmac"), [(1, 2, 3), (4, 5), (6,)]),
    (("--since", "2026-11-21"), []),
    (("--until", "2026-11-19"), []),
    (("--outlet", "beritajakarta", "--text", "Melati"), [(4, 5)]),
    (("--outlet", "antara", "--text", "Melati"), []),  # one article has to meet all of them
]


def test_the_list_is_filtered_by_the_articles_of_a_story(both: Desk) -> None:
    for words, found in FILTERS:
        stories = [row["id"] for row in both.lines("stories", "list", *words)]
        assert {frozenset(both.pieces(name)) for name in stories} == sets(*found), words


def test_explain_lists_the_stories_with_the_reason_of_each_article(desk: Desk) -> None:
    listed = desk.run("stories", "--explain")
    assert listed.status == 0
    assert listed.out == desk.run("stories", "list", "--explain").out
    story = listed.out[listed.out.index(f"story {desk.name(1)}: Empat puluh bus") :]
    assert f"article {desk.number(1)}, antara: had it first" in story
    assert f"article {desk.number(2)}, inews: reprints antara's text" in story
    (first, *_) = desk.lines("stories", "--explain", "--limit", "1")
    assert [why["article_id"] for why in first["why"]] == [int(desk.number(6))]


def test_the_group_alone_tells_its_commands_and_misplaced_options_are_refused(desk: Desk) -> None:
    assert desk.run("stories").status == 2
    refused = desk.run("stories", "--explain", "list")
    assert refused.status == 2
    assert "write options behind the command: kliping stories list" in refused.err


def test_show_tells_parts_first_reprints_and_reasons(desk: Desk) -> None:
    shown = desk.run("stories", "show", desk.name(1), "--explain")
    assert shown.status == 0
    assert f"story {desk.name(1)}: Empat puluh bus listrik melayani rute pengumpan" in shown.out
    assert "  3 articles of 3 outlets, 2026-11-20 10:00 to 2026-11-20 12:00" in shown.out
    assert "  first: antara, 2026-11-20 10:00" in shown.out
    assert "\nwhy each is here\n" in shown.out
    assert f"  article {desk.number(3)} of article {desk.number(1)}: keeps 5 of 6 sentences, cuts 1" in shown.out
    assert f"    - {BUS[5]}" in shown.out
    assert "persons decided" not in shown.out
    assert "why each" not in desk.run("stories", "show", desk.name(1)).out


def test_show_in_json_tells_the_sentences_too(desk: Desk) -> None:
    story = desk.json("stories", "show", desk.name(1))
    assert (story["origin"], story["first"], story["asked"]) == (int(desk.number(1)), "antara", None)
    assert [member["role"] for member in story["members"]] == ["origin", "copy", "copy"]
    third = story["members"][2]
    assert (third["outlet"], third["url"], third["copy_of"]) == ("redaksijakarta", url(3), int(desk.number(1)))
    assert third["reprint"]["cut"] == [BUS[5]]
    assert (story["history"], story["decisions"], story["continued_by"]) == ([], [], [])


# --- why two articles are together -----------------------------------------------------------------------------------


def test_explain_tells_why_two_articles_are_one_story(desk: Desk) -> None:
    told = desk.run("stories", "explain", desk.number(1), url(3)).out
    assert f"one story, {desk.name(1)}: one is a copy of the other" in told
    assert "of the sentences stand there too" in told
    assert "both have: names" in told
    assert "Siregar" in told
    assert f"to part them: `kliping stories split {desk.name(1)} {desk.number(3)}`" in told
    found = desk.json("stories", "explain", url(1), url(2))
    assert (found["together"], found["copy"]["kind"], found["bars"]) == (True, "copy", [])


def test_explain_tells_why_two_articles_are_two_stories(desk: Desk) -> None:
    told = desk.run("stories", "explain", url(1), url(4)).out
    assert "two stories: they are not like enough" in told
    assert "word triples stand in the other too" in told
    assert f"`kliping stories merge {desk.name(1)} {desk.name(4)}`" in told
    found = desk.json("stories", "explain", url(1), url(4))
    assert found["likeness"] < 1
    assert "Wattimena" in found["only_b"]["names"]


def test_explain_tells_the_bar_of_another_edition_and_of_time(desk: Desk) -> None:
    desk.write(11, "antara", "Sidang MGMAC 2025 dibuka", POOL[:3], 0, watches=of_year(2025))
    desk.write(12, "inews", "Sidang MGMAC 2026 dibuka", CHOIR, 0, watches=of_year(2026))
    desk.write(13, "antara", "Sidang lama", CHOIR[:2], -24 * 30)
    desk.assemble()
    told = desk.run("stories", "explain", url(11), url(12)).out
    assert "two stories: one tells of mgmac 2025, the other of mgmac 2026" in told
    assert "to join them, only a person's word" in told
    assert "they were published 30 days apart" in desk.run("stories", "explain", url(1), url(13)).out


def test_explain_tells_a_persons_word(desk: Desk) -> None:
    desk.run("stories", "split", desk.name(1), desk.number(3), "--by", "Sari", "--reason", "another day")
    told = desk.run("stories", "explain", url(1), url(3)).out
    assert "two stories: a person said so" in told
    assert "decision 1 of Sari" in told
    assert "(another day)" in told
    desk.run("stories", "merge", desk.name(1), desk.name(6), "--by", "Budi")
    assert "one story, " in desk.run("stories", "explain", url(1), url(6)).out
    assert desk.json("stories", "explain", url(2), url(6))["because"].endswith("a person said so")


def test_explain_tells_of_an_article_in_no_story(desk: Desk) -> None:
    desk.run("articles", "withhold", url(2), "--reason", "court order")
    told = desk.run("stories", "explain", url(1), url(2)).out
    assert "in no story: withheld" in told
    assert "not in one story" in told
