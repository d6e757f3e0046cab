"""Information on request: no marker, no applicant without an award unless ticked; no contact, no account."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from models.queries.papers.transparency.public_award import WITHHELD, Withheld, names_in
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.rows import RoundRows
from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_record
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.ready_to_pay import ACCOUNT, ready_to_pay

REASON = "Ask Ann Sample, 0121 496 0000 or ann@example.org, about it"
ENDINGS = (".xlsx", ".pdf", ".docx")


def _said(field: str) -> str:
    """Return what stands in a field; the panel's reason names a marker and a way to reach them."""
    named = {"panel reason": REASON, "member": "Ann Sample", "contact": "Cora Contact"}
    return named.get(field, f"Some {field}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RoundRows]:
    """A decided round with an account, and its rows."""
    path = decided_record(tmp_path_factory.mktemp("made"), _said)
    with Record.open(path, OPENER) as record:
        ready_to_pay(record, "ACF-001", DAY, FINANCE)
        return path, record.ask(lambda s: round_rows(s, 1))


@pytest.fixture
def office(made: tuple[Path, RoundRows], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[0], tmp_path))


def _text(path: Path) -> str:
    """Return every word of a paper."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)
    if path.suffix == ".pdf":
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(str(path)))
    word = Document(str(path))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in word.paragraphs), *cells))


def _raw(path: Path) -> Iterable[bytes]:
    """Yield a file's own bytes and, of a zip, those of its parts."""
    from zipfile import ZipFile, is_zipfile

    yield path.read_bytes()
    if is_zipfile(path):
        with ZipFile(path) as parts:
            yield from (parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_that_must_not_be_told_stands_in_the_file(
    office: Path, made: tuple[Path, RoundRows], run: Run, tmp_path: Path, ending: str
) -> None:
    out, rows = tmp_path / f"given{ending}", made[1]

    assert run("export", office, "disclosure", "--round", "Autumn", "--out", out).status == 0

    text = " ".join(_text(out).split())
    lost = next(row for row in rows.applications if row.reference == "ACF-005")
    secrets = [member.name for member in rows.members]
    secrets += [row.contact_name for row in rows.applications] + [lost.reference]
    secrets += ["ann@example.org", "0121 496 0000", *(ACCOUNT.sort_code, ACCOUNT.account_number)]
    for secret in filter(None, secrets):
        assert secret not in text
        is_number = secret.isdigit()  # the forms themselves are full of numbers
        assert is_number or all(secret.encode() not in part for part in _raw(out))
    assert "Applicant 1" in text
    assert f"Ask {WITHHELD}, {WITHHELD} or (address left out), about it" in text
    assert "A-031-01" in text
    assert "on the reserve list" in text


def test_what_is_ticked_is_named_and_contacts_never(
    office: Path, made: tuple[Path, RoundRows], run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "given.xlsx"
    names = ("--name-declined", "--name-panel")

    assert run("export", office, "disclosure", "--round", "Autumn", *names, "--out", out).status == 0

    text = _text(out)
    assert all(member.name in text for member in made[1].members)
    assert "ACF-005" in text
    assert "Applicant 1" not in text
    assert "ann@example.org" not in text
    contacts = {row.contact_name for row in made[1].applications} - {""}
    assert all(contact not in text for contact in contacts)


def test_a_tick_that_says_nothing_about_a_paper_is_wrong_usage(
    office: Path, run: Run, tmp_path: Path
) -> None:
    ran = run("export", office, "finance", "--round", "Autumn", "--name-panel", "--out", tmp_path / "f.xlsx")

    assert (ran.status, "--name-panel says nothing about finance" in ran.err) == (2, True)


def test_a_name_is_found_without_its_title_and_post() -> None:
    withheld = Withheld((*names_in("Mrs Jo Example, Treasurer"), *names_in("Al Made and Bo Upp")))

    told = withheld.without("Jo Example (Mrs Example) leads it with Bo Upp; our treasurer is new.")

    assert told == f"{WITHHELD} ({WITHHELD}) leads it with {WITHHELD}; our treasurer is new."


@pytest.mark.parametrize(
    ("secret", "written"),
    [
        ("Saddlers' Yard Choir", "Saddlers’ Yard Choir"),
        ("Saddler's Yard Choir", "Saddlers Yard choir"),
        ("Drop-in & Stay", "Drop in and Stay"),
        ("Kites and Strings", "Kites & Strings"),
        ("WS1 1AA", "WS11AA"),
        ("WS11AA", "ws1 1aa"),
        ("1170001", "1 170 001"),
    ],
)
def test_names_and_numbers_are_found_as_people_write_them(secret: str, written: str) -> None:
    assert Withheld([secret]).without(f"From {written}, again.") == f"From {WITHHELD}, again."


def test_a_name_that_is_told_stays_whole_where_a_secret_is_a_part_of_it() -> None:
    withheld = Withheld(("O'Brien", "Ann Sample"), ("O'Brien's Boat Yard", "Ann Sample"))

    told = withheld.without("A project of O’Brien's Boat Yard, led by O'Brien and Ann Sample.")

    assert told == f"A project of O’Brien's Boat Yard, led by {WITHHELD} and {WITHHELD}."


def test_names_are_found_in_any_case_and_spacing_and_never_within_a_word() -> None:
    withheld = Withheld(("Ann Sample", "Kites", "", "Ed"))

    told = withheld.without("ANN  sample and the kites; Kitesurfers and Ed stay. Call +44 (0)121 496 0000.")

    assert told == f"{WITHHELD} and the {WITHHELD}; Kitesurfers and Ed stay. Call {WITHHELD}."
    assert Withheld(()).without("nothing") == "nothing"
