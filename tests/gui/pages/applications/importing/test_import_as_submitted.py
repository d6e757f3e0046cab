"""What is typed at the check through the real window: on the Summary, As submitted, Correct, History."""

from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from exchange.applications.importer import CHECK_IT
from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.applications.detail import SUBMITTED, SUMMARY
from gui.pages.applications.importing.check_step import AreaBox
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.page import ApplicationsPage
from models.queries.applications.applications import applications
from tests.cli.applications import test_import_files as forms
from tests.gui.pages.applications.importing.test_import_wizard import at_check, click, say_why
from tests.gui.pressing import answer_to, box_of, words_in

HEADS = (
    *("Organisation name", "Project title", "Which areas will you deliver in?"),
    *("How much are you asking for? (£)", "Match funding"),
)


def fix(wizard: ImportWizard, number: int, text: str, asked: str = "") -> None:
    """Type a text over, or choose it, in the first box of a row that is `asked` so."""
    wizard.check.table.select(number)
    box = next(box for box in wizard.check.boxes if asked in box.accessibleName())
    if isinstance(box, AreaBox):
        box.setCurrentIndex(box.findData(text))
        box.activated.emit(box.currentIndex())
    else:
        box.setText(text)
        box.give()


def imported(opened: Window, organisation: str) -> list[str]:
    """Return the references of what an organisation has in the round."""
    rows = answer_to(opened, partial(applications, round_id=1))
    return [row.reference for row in rows if row.organisation == organisation]


def test_what_is_only_read_from_prose_is_to_check_until_its_correction_is_saved(
    opened: Window, page: ApplicationsPage, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        ",".join(HEADS) + "\nExample Kite Club,Kites,Dudley,1500,£850 in kind\n", encoding="utf-8"
    )
    at_check(wizard, path, qtbot)
    assert "“£850 in kind” is read as £850.00; check it." in words_in(wizard.check.reading)
    click(qtbot, wizard.on)
    assert "1 with something to check." in wizard.summary.words
    assert "correction" not in wizard.summary.words
    click(qtbot, wizard.on)
    assert wizard.summary.is_done, "nobody corrected anything, so that no reason is asked for"

    found = imported(opened, "Example Kite Club")
    page.show_reference(found[0])
    for tab in (SUMMARY, SUBMITTED):
        page.detail.sections.choose(tab)
        said = words_in(page.detail.reading)
        assert "Match funding to check: £850.00 is only read from “£850 in kind”" in said

    click(qtbot, page.detail.buttons["Correct…"])
    form = box_of(opened, DataForm)
    assert form["match_funding"].accessibleDescription() == f"Submitted as “£850 in kind”. {CHECK_IT}"
    form["reason"].setText("The council confirmed it")
    click(qtbot, form.do)
    assert "to check" not in words_in(page.detail.reading)
    assert "£850 in kind" in words_in(page.detail.reading).split("\n")


def test_what_a_form_says_is_corrected_as_a_row_of_a_workbook_is(
    opened: Window, page: ApplicationsPage, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    benefit = "How many people will benefit?"
    said = {benefit: "about 45 teenagers", "Area": "Northmarch; Southmarch"}
    paths = tmp_path / "kites.docx", tmp_path / "bakers.docx"
    paths[0].write_bytes(forms.form("Example Kite Club", others=said))
    paths[1].write_bytes(forms.form("Example Bakers", "about £900", {"Area": "Dudley"}))
    wizard.read(*paths)
    click(qtbot, wizard.on)
    click(qtbot, wizard.on)

    first, second = (row.number for row in wizard.preview.rows)
    for asked, slip, right in ((benefit, "54", "45"), ("Area", "Solihull", "Dudley")):
        fix(wizard, first, slip, asked)
        fix(wizard, first, right, asked)
    fix(wizard, second, "900")
    click(qtbot, wizard.on)
    for line in (
        "3 corrections are recorded; what was submitted is kept beside.",
        "People who benefit: 45, submitted as “about 45 teenagers”.",
        "Area: Dudley, submitted as “Northmarch; Southmarch”.",
        "Amount requested: £900.00, submitted as “about £900”.",
    ):
        assert line in wizard.summary.words
    click(qtbot, wizard.on)
    say_why(opened, "They said so on the telephone")
    assert wizard.summary.is_done

    (reference,) = imported(opened, "Example Kite Club")
    page.show_reference(reference)
    page.detail.sections.choose(SUBMITTED)
    shown = words_in(page.detail.reading)
    assert "about 45 teenagers" in shown.split("\n")
    assert "People who benefit corrected to 45, submitted as “about 45 teenagers”: They said so" in shown
    opened.workspace.session.undo_stack.undo()
    assert not imported(opened, "Example Kite Club")
