"""A second home, made from the first one's archive alone, makes the same edition to the byte."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from digests.cli.entry import run
from digests.cli.office import Office
from pipeline.archive.run_record import read_run
from pipeline.store import EditionRecord

FORMS = ("json", "text", "html", "web", "whatsapp", "pdf")


def kliping(home: Path, *words: str) -> None:
    """In this process; only crawls are others."""
    assert run(["--home", str(home), *words]) == 0


def edition(home: Path) -> EditionRecord:
    here = Office(home)
    record = here.store.editions.list(here.settings.digest.list)[0]
    here.close()
    return record


def forms(home: Path, folder: Path, day: str) -> dict[str, bytes]:
    """Every public form of the day's edition."""
    folder.mkdir()
    for form in FORMS:
        kliping(home, "digest", "show", "--date", day, "--format", form, "-o", str(folder / form))
    return {form: (folder / form).read_bytes() for form in FORMS}


def middle(archive: Path) -> datetime:
    """An instant at which some of the runs have begun."""
    began = sorted(read_run(path).started_at for path in archive.glob("*.warc.gz"))
    return began[len(began) // 2]


@pytest.mark.pdf
@pytest.mark.timeout(900)  # the demo's crawls, where it is the first test to ask for them, and their second run
def test_an_edition_made_again_from_the_archive_alone_is_the_same_to_the_byte(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The demo's runs, one of an outlet that is down, are rebuilt in two goes; the third finds nothing to do."""
    made, second = edition(home), tmp_path / "second"
    second.mkdir()
    shutil.copy(home / "kliping.toml", second)  # what a person wrote is in no archive
    kliping(second, "rebuild", str(home / "archive"), "--until", middle(home / "archive").isoformat())
    kliping(second, "rebuild", str(home / "archive"))
    capsys.readouterr()
    kliping(second, "rebuild", str(second / "archive"))
    assert capsys.readouterr().err.startswith("0 run(s) rebuilt, ")
    kliping(second, "digest", "build", "--date", made.period, "--at", made.frozen_at.isoformat())
    assert edition(second).frozen_at == made.frozen_at
    first, again = forms(home, tmp_path / "a", made.period), forms(second, tmp_path / "b", made.period)
    assert [form for form in FORMS if first[form] != again[form]] == []
