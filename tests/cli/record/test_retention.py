"""`grant-panel retention RECORD erase`: alone, all together, and what it asks."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.journal import erasing
from models.journal.erasing import erase, erasure_of
from models.journal.verify import verify
from models.record import Record
from models.session import Session
from tests.cli.conftest import Run
from tests.demo import made_sample as made_sample_at
from tests.models.conftest import OFFICER, OPENER

ERASE = ("--ground", "asked for by the applicant", "--as", "Ida Protect")


@pytest.fixture(scope="module")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_sample_at(tmp_path_factory.mktemp("sample") / "sample.panel")


def every_application(session: Session) -> tuple[tuple[int, str], ...]:
    rows = session.exec_driver_sql("SELECT round_id, reference FROM applications ORDER BY id")
    return tuple((round_id, reference) for round_id, reference in rows)


def test_every_application_of_the_sample_is_erased_at_once_and_the_record_is_sound(
    made_sample: Path, tmp_path: Path, run: Run
) -> None:
    path = Path(shutil.copy(made_sample, tmp_path / "sample.panel"))
    with Record.open(path, OPENER) as record:
        references = [reference for _, reference in record.ask(every_application)]

    done = run("retention", path, "erase", *references, *ERASE)

    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"What was written in and of {len(references)} applications is erased")
    checked = run("verify", path)
    assert checked.status == 0
    assert f"{len(references)} applications: erased on " in checked.out
    assert "by Ida Protect." in checked.out


def test_each_application_of_the_sample_is_erased_alone_and_the_record_is_sound(
    made_sample: Path, tmp_path: Path
) -> None:
    """One after another, each by an erasure of its own; the one that does not fit would show at the end."""
    path = Path(shutil.copy(made_sample, tmp_path / "sample.panel"))
    with Record.open(path, OPENER) as record:
        for one in record.ask(every_application):
            found = record.ask(lambda s, one=one: erasure_of(s, (one,), "asked for", "Ida Protect"))
            erase(record, found.operation, OFFICER)

        assert {check.name: check.words for check in verify(record).checks if not check.ok} == {}


def test_what_is_named_wrongly_is_refused(record: Path, run: Run) -> None:
    unknown = run("retention", record, "erase", "ACF-999", *ERASE)
    assert (unknown.status, "no application ACF-999" in unknown.err) == (1, True)
    assert run("retention", record, "erase", "ACF-001").status == 2
    within = run("retention", record, "erase", "acf-001", *ERASE, "--round", "Autumn", "--json")
    assert within.json == {"erased": ["ACF-001"], "whole": True, "copies": within.json["copies"]}


def test_what_is_erased_already_is_told_and_not_erased_again(record: Path, run: Run) -> None:
    run("retention", record, "erase", "ACF-001", *ERASE)

    again = run("retention", record, "erase", "ACF-001", *ERASE)
    more = run("retention", record, "erase", "ACF-001", "ACF-002", *ERASE)
    last = run("retention", record, "erase", "ACF-001", *ERASE, "--json")

    told = "at the word of Ida Protect: asked for by the applicant"
    assert (again.status, told in again.out) == (0, True)
    assert again.out.endswith("Nothing of it was written since.\nNothing was left to erase.\n")
    assert told in more.out
    assert "What was written in and of 1 application is erased" in more.out
    assert last.json == {"erased": [], "whole": True, "copies": []}
    assert "2 applications: erased on " in run("verify", record).out


def test_an_erasure_that_replay_has_to_be_told_of_is_asked_about(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing.Erasing, "is_whole", False)

    asked = run("retention", record, "erase", "ACF-001", *ERASE)

    assert (asked.status, "Give --all-the-same" in asked.err) == (1, True)
    done = run("retention", record, "erase", "ACF-001", *ERASE, "--all-the-same", "--authorised-by", "Dee")
    assert done.status == 0


def test_an_organisation_and_a_person_are_written_and_printed(record: Path, tmp_path: Path, run: Run) -> None:
    book = tmp_path / "held.xlsx"

    written = run("held", record, "--organisation", "imaginary choir", "--out", book)

    assert written.out == (
        f"All that is held on Imaginary Choir was written to {book}. It is sensitive: keep it safe.\n"
    )
    assert "Applications" in load_workbook(book).sheetnames
    person = run("held", record, "--person", "Sam Sample", "--json", "--out", book).json
    assert person["held_on"] == "Sam Sample, M2 on the panel of Autumn"
    assert {"people", "members", "interests"} <= {table["name"] for table in person["tables"]}
    assert "Treasurer" in str(person["tables"])
    assert "Pat Example" not in str(person["tables"])
    assert "Members" in load_workbook(book).sheetnames


def test_what_is_not_said_is_asked_for(record: Path, tmp_path: Path, run: Run) -> None:
    nobody = run("held", record, "--person", "Nobody", "--json")
    assert (nobody.status, "Nobody called “Nobody” is in this record" in nobody.err) == (1, True)
    assert "Say where to write it" in run("held", record, "--person", "Sam Sample").err
    odd = run("held", record, "--person", "Sam Sample", "--out", tmp_path / "held.txt")
    assert (odd.status, "ends in .xlsx" in odd.err) == (1, True)
    assert "several" not in run("held", record, "--person", "Sam Sample", "--of", "autumn", "--json").err
    assert run("held", record, "--json").status == 2
