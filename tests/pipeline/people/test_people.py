"""Who is named in a text, with office and city: a table of sentences, and what must hold of any text."""

from __future__ import annotations

import pytest

from pipeline.model import Article, Person
from pipeline.people import find_people
from tests.pipeline.people.person_cases import NAMED, TRAPS
from tests.pipeline.store.build import article


def read(text: str, language: str = "id", headline: str | None = None) -> Article:
    body = tuple(text.split("\n"))
    return find_people(article("https://kota.example/1", article_body=body, headline=headline, in_language=language))


def told(person: Person) -> tuple[str | None, ...]:
    return (person.name, person.role, person.office, person.city)


@pytest.mark.parametrize(("language", "text", "wanted"), NAMED, ids=[case[1][:60] for case in NAMED])
def test_the_text_names(language: str, text: str, wanted: str) -> None:
    (person,) = read(text, language).people
    for value, part in zip(told(person), wanted.split("|"), strict=True):
        if part.strip():
            assert (value or "-") == part.strip()


@pytest.mark.parametrize(("language", "text"), TRAPS, ids=[case[1][:60] for case in TRAPS])
def test_the_text_names_nobody(language: str, text: str) -> None:
    assert [told(person) for person in read(text, language).people] == []


STORY = (
    "Sekretaris Daerah (Sekda) DKI Jakarta Wahyu Agus Prakoso membuka forum itu.\n"
    "Wahyu mengatakan kota siap. Sekda Wahyu tersenyum.\n"
    "Penjabat (Pj) Gubernur DKI Jakarta Hadi Budi Santoso menyusul, kata Wahyu.\n"
    "Gubernur itu lalu berpidato. Para gubernur lain menyimak."
)


def test_shorter_forms_and_the_office_stand_as_aliases_with_their_places() -> None:
    secretary, governor = read(STORY, headline="Sekda Wahyu Sebut Kota Siap").people
    assert secretary.aliases == ("Wahyu", "Sekda Wahyu")
    assert [(one.field, one.text, one.rule) for one in secretary.evidence] == [
        ("headline", "Wahyu", "alias"),
        ("article_body[0]", "Wahyu Agus Prakoso", "name"),
        ("article_body[1]", "Wahyu", "alias"),
        ("article_body[1]", "Wahyu", "alias"),
        ("article_body[2]", "Wahyu", "alias"),
    ]
    assert [(one.text, one.rule) for one in governor.evidence] == [
        ("Hadi Budi Santoso", "name"),
        ("Gubernur", "office"),
    ]


def test_every_evidence_is_a_slice_of_its_field() -> None:
    made = read(STORY, headline="Sekda Wahyu Sebut Kota Siap")
    fields = {"headline": made.headline or ""}
    fields |= {f"article_body[{place}]": text for place, text in enumerate(made.article_body)}
    for person in made.people:
        for one in person.evidence:
            assert fields[one.field][one.start : one.end] == one.text


def test_a_short_form_never_means_somebody_of_another_text() -> None:
    text = "Sekda Joko Prasetya hadir. Joko mengatakan siap. Presiden Joko Wiryawan tidak hadir."
    secretary, president = read(text).people
    assert (secretary.name, president.name) == ("Joko Prasetya", "Joko Wiryawan")
    assert president.aliases == ()


def test_a_name_that_two_persons_share_means_neither_where_both_are_near() -> None:
    text = "Wali Kota Bogor Ratna Dewi dan Bupati Garut Ratna Sari hadir. Ratna mengatakan siap."
    first, second = read(text).people
    assert (first.aliases, second.aliases) == ((), ())


def test_an_office_before_a_shared_name_tells_who_is_meant() -> None:
    text = "Wali Kota Bogor Ratna Dewi dan Bupati Garut Ratna Sari hadir. Bupati Ratna mengatakan siap."
    first, second = read(text).people
    assert (first.aliases, second.aliases) == ((), ("Ratna", "Bupati Ratna"))


def test_what_the_text_says_somebody_is_called_is_an_alias() -> None:
    text = "Menteri Sosial Saiful Anwari atau akrab disapa Gus Iful hadir. Gus Iful tersenyum."
    (person,) = read(text).people
    assert (person.name, person.aliases) == ("Saiful Anwari", ("Iful",))
    assert [one.text for one in person.evidence] == ["Saiful Anwari", "Iful", "Iful"]


def test_who_holds_an_office_no_more_has_none() -> None:
    (person,) = read("Mantan Wali Kota Bogor Ratna Dewi hadir.").people
    assert told(person) == ("Ratna Dewi", "Mantan Wali Kota Bogor", None, None)


def test_who_is_named_by_kin_has_no_role_of_theirs() -> None:
    (person,) = read("Suami Ratna Dewi menunggu di luar.").people
    assert told(person) == ("Ratna Dewi", None, None, None)


def test_bylines_are_no_people_of_the_story() -> None:
    made = article(
        "https://kota.example/1", body="Pasar dibuka pagi ini.", authors=("Siti Rohani",), editors=("Sri M",)
    )
    assert find_people(made).people == ()


@pytest.mark.parametrize("language", ["km", "lo", "my", "th", "vi", "zh", "ta", "id", None])
def test_any_text_is_read_without_an_error_and_twice_the_same(language: str | None) -> None:
    text = "\n".join(case[1] for case in (*NAMED, *TRAPS))
    assert read(text, language or "id").people == read(text, language or "id").people
    assert read("", language or "id").people == ()


@pytest.mark.parametrize(
    "unit",
    [
        "A", "Aa ", "Gubernur ", "“Joko ", "(Joko) ", "kata Joko ", "A.", "Pak Joko ", "Ratna Dewi, Wali Kota Bogor, ",
        "市长李明说",
        "นายสม ใจ ", "ဦးဘို", "மேயர் ", "Joko-", "PT ", "Pj ", "H.", "Joko (12) ",
    ],
)  # fmt: skip
def test_a_hostile_text_ends(unit: str) -> None:
    made = read(unit * (100_000 // len(unit)))
    assert len(made.people) <= 60
