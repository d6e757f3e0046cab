"""What came in and has no place yet, listed and settled by the command."""

from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Run
from tests.exchange.application_forms.made_up_forms import Word, saved
from tests.exchange.messages import mail

ROUND = ("--round", "Spring")


def unreadable_form() -> bytes:
    """Return a form whose amount is not exact, so that its row is left out."""
    word: Word = Document()
    table = word.add_table(0, 2)
    for question, answer in (
        ("Name of group", "Mill Choir"),
        ("Project title", "Sing"),
        ("How much are you asking for?", "about £900"),
        ("Why is it needed?", "Nobody sings here."),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = question, answer
    return saved(word)


@pytest.fixture
def record(empty: Path, tmp_path: Path, run: Run) -> Path:
    """A record into which a list, an e-mail with a plan, and a form left out came."""
    listed = tmp_path / "list.csv"
    listed.write_text(
        "Ref,Organisation,Amount requested,Area,\nS-1,Fell Choir,500,Coventry,by tram\n"
        "S-2,Lantern Gym,700,Coventry,by bus\n"
    )
    assert run("import", empty, listed, *ROUND, "--fund", "ACF", "--year", "2026/27").status == 0
    folder = tmp_path / "in"
    folder.mkdir()
    words = "Could you help us to buy a bench?"
    (folder / "bench.eml").write_bytes(mail({"plan.png": b"PNG"}, words=words).as_bytes())
    (folder / "form.docx").write_bytes(unreadable_form())
    assert run("import", empty, folder, *ROUND).status == 0
    return empty


def items(run: Run, record: Path) -> dict[str, str]:
    found = run("waiting", record, "list", *ROUND, "--json").json["waiting"]
    return {one["item"]: one["kind"] for one in found}


def test_all_that_has_no_place_is_listed_and_gets_one(record: Path, run: Run) -> None:
    assert items(run, record) == {
        "1": "message",
        "2": "unsorted",
        "3": "form",
        "S-1:Column E": "answer",
        "S-2:Column E": "answer",
    }

    lacks = run("waiting", record, "make", "1", *ROUND)
    assert (lacks.status, "Type the name of the organisation. Give --set" in lacks.err) == (1, True)
    facts = ("--set", "organisation=Bench Friends", "--set", "amount_requested=900")
    assert " of 2 files." in run("waiting", record, "make", "1", *facts, *ROUND).out
    form = run("waiting", record, "make", "3", "--set", "amount_requested=900", *ROUND, "--json").json
    assert form["done"][0].startswith("Made ")
    name = run("waiting", record, "name", "S-1:Column E", "--question", "How will you come?", *ROUND)
    assert name.status == 0, name.err
    assert run("waiting", record, "keep", "S-2:Column E", *ROUND).status == 0
    left = items(run, record)
    assert list(left.values()) == ["unsorted"]
    (plan,) = left
    assert run("waiting", record, "keep", plan, *ROUND).status == 0
    assert run("waiting", record, "list", *ROUND).out.strip() == "Nothing waits."


def test_a_file_is_given_with_what_came_with_it_and_other_acts_are_refused(record: Path, run: Run) -> None:
    assert "Gave 2 files to S-1" in run("waiting", record, "give", "1", "--to", "S-1", *ROUND).out
    wrong = run("waiting", record, "make", "S-1:Column E", *ROUND)
    assert "which “make” does not settle. Choose of: name, keep." in wrong.err
    assert "Nothing that waits is called 99" in run("waiting", record, "keep", "99", *ROUND).err
    odd = run("waiting", record, "make", "3", "--set", "cake=yes", *ROUND)
    assert "is not FIELD=VALUE" in odd.err


def test_what_is_by_no_question_of_a_form_is_an_answer_but_for_bank_details(
    empty: Path, tmp_path: Path, run: Run
) -> None:
    word: Word = Document()
    table = word.add_table(0, 2)
    for question, answer in (
        ("Name of group", "Mill Choir"),
        ("Project title", "Sing"),
        ("How much are you asking for?", "£900"),
        ("Area", "Coventry"),
        ("Contact e-mail", "a@b.example"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = question, answer
    for alone in ("We also keep bees, ring 07700 900123.", "12-34-56 12345678"):
        word.add_table(1, 1).rows[0].cells[0].text = alone
    (tmp_path / "form.docx").write_bytes(saved(word))
    found = run(
        "import", empty, tmp_path / "form.docx", *ROUND, "--fund", "ACF", "--year", "2026/27", "--json"
    )

    (one,) = found.json["applications"]
    assert one["answers"] == {"Not placed": "We also keep bees, ring 07700 900123."}
    assert one["phone"] is None
    assert list(items(run, empty).values()) == ["answer"]
