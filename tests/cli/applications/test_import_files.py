"""Forms, e-mails, folders and a form tool's uploads taken in by the command."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest
from docx import Document

from models.queries.applications.attachments import attachments, attachments_of_round
from models.queries.set_up.rounds import rounds
from models.record import Opener, Record
from models.values.attachments import ROUND, Subject
from tests.cli.conftest import Run
from tests.exchange.application_forms.made_up_forms import Word, saved
from tests.exchange.incoming.test_gathering import packed
from tests.exchange.messages import mail, ole, outlook


@pytest.fixture
def record(empty: Path) -> Path:
    """A record without a round."""
    return empty


def kept(record: Path) -> dict[str, list[str]]:
    """Return the names of the files that are kept with each application of the only round, "" with itself."""
    with Record.open(record, Opener("Olive Officer", "test")) as opened:
        found = dict(opened.ask(partial(attachments_of_round, round_id=1)))
        if opened.ask(rounds):
            found[""] = opened.ask(partial(attachments, subject=Subject(ROUND, 1)))
    return {of: sorted(one.name for one in own) for of, own in found.items() if own}


def form(organisation: str, amount: str = "£900", others: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Return a filled-in form of a few questions, and `others`."""
    word: Word = Document()
    table = word.add_table(0, 2)
    asked = {
        "Name of group": organisation,
        "Project title": "Lights",
        "Area": "Coventry",
        "How much are you asking for?": amount,
        **others,
    }
    for question, answer in asked.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = question, answer
    return saved(word)


def test_a_folder_of_forms_and_messages_is_one_import(record: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    (folder / "fell").mkdir(parents=True)
    (folder / "fell" / "form.docx").write_bytes(form("Fell Road Club"))
    (folder / "fell" / "plan.png").write_bytes(b"PNG")
    (folder / "a.eml").write_bytes(mail({"form.docx": form("Lantern Club"), "hall.png": b"PNG"}).as_bytes())
    (folder / "b.msg").write_bytes(ole(outlook({"form.docx": form("Mill Choir", "about £900")})))
    (folder / "odd.txt").write_text("hello")
    (folder / ".DS_Store").write_bytes(b"x")

    found = run("import", record, folder, "--round", "Autumn", "--json").json

    taken = {one["organisation"]: one for one in found["applications"]}
    assert {name: one["received_at"] for name, one in taken.items()} == {
        "Lantern Club": "2026-08-01T00:30:00",
        "Fell Road Club": None,
    }
    assert [one["cell"] for one in found["problems"]] == ["b.msg › form.docx"]
    assert {one["file"]: one["applications"] for one in found["forms"]} == {
        "a.eml › form.docx": [taken["Lantern Club"]["reference"]],
        "fell › form.docx": [taken["Fell Road Club"]["reference"]],
        "b.msg › form.docx": [],
    }
    assert [(one["file"], one["from"], one["words"]) for one in found["messages"]] == [
        ("a.eml", "Zoë Lantern <zoe@lantern.example>", "Please find our form."),
        ("b.msg", "Zoë Lantern <zoe@lantern.example>", "Please find our form."),
    ]
    placed = {one["file"]: one["application"] for one in found["attachments"]}
    assert placed["a.eml › hall.png"] == taken["Lantern Club"]["reference"]
    assert placed["fell › plan.png"] == taken["Fell Road Club"]["reference"]
    assert [(one["file"], one["state"]) for one in found["unplaced"]] == [
        ("b.msg", "new"),
        ("b.msg › form.docx", "new"),
        ("odd.txt", "new"),
    ]
    assert found["passed_over"] == ["Passed over 1 hidden or lock file: .DS_Store."]

    assert {(one["name"], one["kind"], one["state"], one["received"]) for one in found["attachments"]} == {
        ("a.eml", "e-mail", "new", "2026-08-01T00:30:00"),
        ("form.docx", "form", "new", "2026-08-01T00:30:00"),
        ("hall.png", "not sorted", "new", "2026-08-01T00:30:00"),
        ("form.docx", "form", "new", None),
        ("plan.png", "not sorted", "new", None),
    }
    assert kept(record) == {
        taken["Lantern Club"]["reference"]: ["a.eml", "form.docx", "hall.png"],
        taken["Fell Road Club"]["reference"]: ["form.docx", "plan.png"],
        "": ["b.msg", "form.docx", "odd.txt"],
    }

    again = run("import", record, folder, "--round", "Autumn", "--json").json
    assert (again["imported"], again["duplicates"]) == (0, 2)
    assert [one["file"] for one in again["rows"]] == [
        "a.eml › form.docx",
        "b.msg › form.docx",
        "fell › form.docx",
    ]
    assert {one["state"] for one in (*again["attachments"], *again["unplaced"])} == {"already here"}
    told = run("import", record, folder, "--round", "Autumn").out
    assert "fell › form.docx is here already, as " in told
    assert told.startswith("3 forms.\n")


def test_what_fits_no_application_is_kept_with_the_round(record: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    minutes: Word = Document()
    minutes.add_paragraph("Minutes of the meeting of 3 June.")
    (folder / "minutes.docx").write_bytes(saved(minutes))
    (tmp_path / "hello.eml").write_bytes(mail().as_bytes())
    ran = run("import", record, tmp_path / "hello.eml", "--round", "Autumn")
    assert "not kept. Nothing in its name" in ran.out, "there is no round to keep it with"
    assert (ran.status, "Nothing of hello.eml was imported" in ran.err) == (1, True)

    (tmp_path / "form.docx").write_bytes(form("Lantern Club"))
    run("import", record, tmp_path / "form.docx", "--round", "Autumn")
    for name in ("vague.docx", "here.docx"):
        (folder / name).write_bytes(form("Lantern Club" if name == "here.docx" else "Mill Choir", "some"))
    ran = run("import", record, folder, "--round", "Autumn")

    assert ", the round, new. Nothing in its name" in ran.out
    assert ", the round, new. No application was taken from it." in ran.out
    assert kept(record)[""] == ["here.docx", "minutes.docx", "vague.docx"]
    assert run("verify", record).status == 0


def test_uploads_are_matched_to_the_rows_of_a_list(record: Path, tmp_path: Path, run: Run) -> None:
    export, uploads = tmp_path / "export.csv", tmp_path / "uploads.zip"
    export.write_text(
        "Organisation,Amount requested,Area,Quote\n"
        "Lantern Club,£900,Coventry,https://forms.example/files/881/quote%20one.pdf\n"
        "Fell Road Club,£800,Coventry,\n"
    )
    uploads.write_bytes(
        packed({"quote one.pdf": b"%PDF", "Fell Road Club.docx": form("Other"), "x.pdf": b"x"})
    )

    ran = run("import", record, export, uploads, "--round", "Autumn")

    assert "2 new" in ran.out
    assert "uploads.zip › quote one.pdf" in ran.out
    assert "ACF-0001" in ran.out.split("quote one.pdf")[1].splitlines()[0]
    assert "ACF-0002" in ran.out.split("Fell Road Club.docx")[1].splitlines()[0]
    assert "Nothing in its name" in ran.out.split("x.pdf")[1].splitlines()[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("gone.eml", None, "gone.eml is not there"), ("a.docx", b"PK no form", "Nothing was imported.")],
)
def test_what_cannot_be_read_is_refused(
    record: Path, tmp_path: Path, run: Run, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    ran = run("import", record, tmp_path / name, "--round", "Autumn")

    assert (ran.status, words in ran.err) == (1, True)
