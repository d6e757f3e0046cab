"""Papers for the public and for a region by the command: the lines they hold, and those they never do."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from models.operation import Actor
from models.operations.applications.corrections import SetWithdrawn
from models.queries.papers.transparency.public_award import WITHHELD, Withheld, names_in
from models.queries.set_up.round_facts import round_rows
from models.record import Opener, Record
from models.values.rows import RoundRows
from tests.cli.conftest import Run
from tests.cli.decided_rounds import decided_record
from tests.exchange.papers.test_region import EAST, WEST, grant, issued, of_round
from tests.models.conftest import OPENER
from tests.models.operations.deciding_rounds import DAY, FINANCE
from tests.models.ready_to_pay import ACCOUNT, ready_to_pay
from tests.paper_text import pdf_text, word_text

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
    return pdf_text(path) if path.suffix == ".pdf" else word_text(path)


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


SAMPLES = ("Ann Sample", "Kites", "", "Ed")
TITLED = (*names_in("Mrs Jo Example, Treasurer"), *names_in("Al Made and Bo Upp"))


@pytest.mark.parametrize(
    ("secrets", "named", "written", "told"),
    [
        (TITLED, (), "Jo Example (Mrs Example) and Bo Upp; our treasurer.", "# (#) and #; our treasurer."),
        (("Saddlers' Yard Choir",), (), "From Saddlers’ Yard Choir, again.", "From #, again."),
        (("Saddler's Yard Choir",), (), "From Saddlers Yard choir, again.", "From #, again."),
        (("Drop-in & Stay",), (), "From Drop in and Stay, again.", "From #, again."),
        (("Kites and Strings",), (), "From Kites & Strings, again.", "From #, again."),
        (("WS1 1AA",), (), "From WS11AA, again.", "From #, again."),
        (("WS11AA",), (), "From ws1 1aa, again.", "From #, again."),
        (("1170001",), (), "From 1 170 001, again.", "From #, again."),
        (("O'Brien",), ("O'Brien's Yard",), "O’Brien's Yard, led by O'Brien.", "O’Brien's Yard, led by #."),
        (("Ann Sample",), ("Ann Sample",), "led by Ann Sample", "led by #"),
        (SAMPLES, (), "ANN  sample and the kites; Kitesurfers, Ed.", "# and the #; Kitesurfers, Ed."),
        (SAMPLES, (), "Call +44 (0)121 496 0000.", "Call #."),
        ((), (), "nothing", "nothing"),
    ],
)
def test_secrets_are_found_as_people_write_them_and_never_within_a_word_or_a_longer_name(
    secrets: tuple[str, ...], named: tuple[str, ...], written: str, told: str
) -> None:
    assert Withheld(secrets, named).without(written) == told.replace("#", WITHHELD)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Open data of two offices."""
    east = of_round(EAST, grant(1, 40_000, office="E"))
    return [
        issued("360giving", of_round(WEST, grant(1, 10_050)), tmp_path / "west.json"),
        issued("360giving", east, tmp_path / "east.json"),
    ]


def test_files_are_added_once_and_told_side_by_side(run: Run, files: list[Path], tmp_path: Path) -> None:
    added = run("region", "add", tmp_path / "book", *files)
    again = run("region", "add", tmp_path / "book", files[0], "--json")
    told = run("region", "report", tmp_path / "book", "--out", tmp_path / "report.xlsx")
    figures = run("region", "report", tmp_path / "book", "--out", tmp_path / "again.xlsx", "--json")

    assert added.out.splitlines()[0] == (
        f"Added Active Citizens Fund Autumn 2026/27 awards of {WEST}, version 1: 1 award. The seal holds."
    )
    assert (again.status, again.json) == (0, {"added": [], "known": ["west.json"]})
    # £400.00 and £100.50
    assert told.out == f"Wrote {tmp_path / 'report.xlsx'}: 2 offices, 2 awards, £500.50.\n"
    assert [one["awarded"] for one in figures.json["offices"]] == ["400.00", "100.50"]


def test_a_changed_file_is_refused_in_a_sentence(run: Run, files: list[Path], tmp_path: Path) -> None:
    files[1].write_text(files[1].read_text("utf-8").replace("400", "900"), "utf-8")

    done = run("region", "add", tmp_path / "book", *files)

    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert done.err.startswith("east.json was changed after it was issued: ")


ROUND = ("--round", "Autumn")


def test_words_are_written_printed_and_taken_out(run: Run, record: Path) -> None:
    texts = ("--set", "wanted=Two quotes\\nThe policy", "--set", "answer_by=20 January 2027")
    letters = ("words", record, "letters", *ROUND, "--of", "ACF-001")

    written = run(*letters, *texts).out.splitlines()
    kept = run(*letters, "--set", "answer_by=", "--json").json
    notice = run(
        "words", record, "notice", *ROUND, "--of", "031/2026", "--set", "confidential=It names a refuge."
    )

    assert written[:2] == ["The words were saved.", "wanted: Two quotes The policy"]
    assert "answer_by: 20 January 2027" in written
    assert kept == {"words": {"wanted": "Two quotes\nThe policy"}}
    assert "confidential: It names a refuge." in notice.out

    with Record.open(record, Opener("tests", "tests")) as opened:
        opened.perform(SetWithdrawn(1, "ACF-001", True, "Money elsewhere."), Actor("Grace Okoro"))
    unprinted = run(*letters, *texts).err
    assert "does not print wanted and answer_by. It prints no words of this kind." in unprinted
    assert run(*letters, "--set", "wanted=").out.startswith("The words were saved.")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("letters",), "Say of what: --of with the application's reference."),
        (("call", "--of", "x"), "The words of the call are of the round. Leave --of out."),
        (("letters", "--of", "ACF-001", "--set", "price=1"), "The letters has no field"),
        (("letters", "--of", "ACF-999", "--set", "wanted=x"), "ACF-999"),
    ],
)
def test_what_no_paper_has_is_refused(run: Run, record: Path, more: tuple[str, ...], words: str) -> None:
    refused = run("words", record, more[0], *ROUND, *more[1:])

    assert (refused.status, words in refused.err) == (1, True)
