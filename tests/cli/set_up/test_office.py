"""What is known of the office, shown and changed on the command line."""

import json
from pathlib import Path

import pytest

from cli.command import main
from models.papers.office import BY_KEY
from models.reference.defaults import OrganisationDefaults


@pytest.fixture
def record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The path of a new record, whose office has no name yet."""
    path = str(tmp_path / "office.panel")
    assert main(["new", path]) == 0
    assert "The office has no name yet" in capsys.readouterr().out
    return path


def shown(record: str, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str | None]:
    """Return what the command prints as JSON."""
    capsys.readouterr()
    assert main(["office", record, "--json", *more]) == 0
    found: dict[str, str | None] = json.loads(capsys.readouterr().out)
    return found


def test_facts_stand_under_their_keys_and_hold_from_a_day(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(record, capsys) == dict.fromkeys(BY_KEY)

    facts = ("--set", "name=Office of Westmarch", "--set", "area_label=Local policing area")
    assert main(["office", record, *facts, "--as", "Priya Nair"]) == 0

    assert "2 facts of the office were saved." in capsys.readouterr().out
    found = shown(record, capsys)
    assert (found["name"], found["area_label"], found["email"]) == (
        "Office of Westmarch",
        "Local policing area",
        None,
    )

    main(["office", record, "--set", "name=Mayor of Westmarch", "--from", "1 April 2099", "--date-is-right"])

    assert shown(record, capsys)["name"] == "Office of Westmarch"
    assert shown(record, capsys, "--on", "2099-04-01")["name"] == "Mayor of Westmarch"


def test_whoever_takes_reports_of_faults_is_a_fact_of_the_office(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    contact = {
        "faults_name": "IT service desk",
        "faults_email": "it@office.example",
        "faults_telephone": "01905 555 0100",
    }
    facts = [part for pair in contact.items() for part in ("--set", "=".join(pair))]

    assert main(["office", record, *facts, "--as", "Priya Nair"]) == 0
    assert contact.items() <= shown(record, capsys).items()
    assert main(["office", record, "--set", "faults_email=IT service desk"]) == 1
    assert "is not an e-mail address" in capsys.readouterr().err


def test_an_organisation_may_have_every_record_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_here = OrganisationDefaults(may_leave_plain=(), faults=("A fault.",))
    monkeypatch.setattr("cli.record.record.organisation_defaults", lambda: set_here)

    assert main(["new", str(tmp_path / "office.panel")]) == 1

    assert capsys.readouterr().err == (
        "A fault. Ask those who look after this computer to correct it. "
        "Your organisation has every record encrypted on this computer, so none was made. "
        "Give it a passphrase, with --encrypt or --passphrase-file.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [("--set", "name"), ("--set", "logo=crest.png"), ("--from", "2026-04-01")])
def test_half_a_change_is_wrong_usage(record: str, given: tuple[str, ...]) -> None:
    assert main(["office", record, *given]) == 2
