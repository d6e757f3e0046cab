"""What is typed at the check through the real window: on the Summary, As submitted, Correct, History."""

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from exchange.applications.importer import CHECK_IT
from gui.app import Window
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.applications.detail import SUBMITTED, SUMMARY
from gui.pages.applications.importing.check_step import AreaBox, FixBox
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.page import ApplicationsPage
from gui.theme.look import look
from models.queries.applications.applications import applications
from scoring.written.area_label import AREA, AreaLabel
from scoring.written.text import Refused
from tests.cli.applications import test_import_files as forms
from tests.gui.pages.applications.importing.test_import_wizard import at_check, click, saved, say_why
from tests.gui.pressing import box_of, page_of

HEADS = (
    *("Organisation name", "Project title", "Which areas will you deliver in?"),
    *("How much are you asking for? (£)", "Match funding"),
)
ROWS = (
    ("Example Kite Club", "Kites", "Dudley", "1500", "500 own funds"),
    ("Example Rowers", "Boats", "Northmarch; Southmarch", "2000", "850 in kind"),
    ("Example Bakers", "Bread", "Dudley", "", ""),
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


def typed_of(wizard: ImportWizard, number: int) -> list[str]:
    """Return what stands in the boxes of a row of the file."""
    wizard.check.table.select(number)
    return [str(box.currentData()) if isinstance(box, AreaBox) else box.text() for box in wizard.check.boxes]


def imported(opened: Window, organisation: str) -> list[str]:
    """Return the references of what an organisation has in the round."""
    found: list[str] = []
    opened.workspace.ask(
        partial(applications, round_id=1),
        lambda rows: found.extend(row.reference for row in rows if row.organisation == organisation),
    )
    return found


def words_of(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_what_was_typed_at_the_check_stands_beside_the_applicants_words(
    opened: Window, page: ApplicationsPage, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    path = saved(tmp_path / "form.csv", [HEADS, *ROWS])
    look.call_areas(AreaLabel("District"))
    try:
        at_check(wizard, path, qtbot)
        wizard.check.table.select(3)
        said = words_of(wizard.check.reading)
        fix(wizard, 3, "Dudley")
        fixed = words_of(wizard.check.reading)
    finally:
        look.call_areas(AREA)
    assert "District: Dudley, submitted as “Northmarch; Southmarch”" in fixed
    assert "Which areas will you deliver in?" in said
    assert "is not one of the districts here" in said

    fix(wizard, 2, "1500")
    fix(wizard, 3, "850")
    fix(wizard, 4, "£1,500")
    assert "Amount requested: £1,500.00, submitted as nothing" in words_of(wizard.check.reading)
    for area, amount in (("Solihull", "805"), ("Dudley", "850")):  # a slip, put right where it was made
        fix(wizard, 3, area)
        assert typed_of(wizard, 3)[0] == area
        box = wizard.check.boxes[-1]
        assert isinstance(box, FixBox)
        box.setText(amount)
        box.give()
        assert typed_of(wizard, 3) == [area, amount]
    click(qtbot, wizard.on)
    for line in (
        "4 corrections are recorded; what was submitted is kept beside.",
        "Match funding: £1,500.00, submitted as “500 own funds”.",
        "Area: Dudley, submitted as “Northmarch; Southmarch”.",
        "Match funding: £850.00, submitted as “850 in kind”.",
        "Amount requested: £1,500.00, submitted as nothing.",
    ):
        assert line in wizard.summary.words

    click(qtbot, wizard.on)
    asked = box_of(opened, DataForm)
    asked.do.click()
    assert not wizard.summary.is_done, "nothing is imported without a reason"
    asked.reject()
    click(qtbot, wizard.on)
    say_why(opened, "They sent a corrected budget")
    click(qtbot, wizard.on)
    found = imported(opened, "Example Kite Club")
    page.show_reference(found[0])
    page.detail.sections.choose(SUBMITTED)
    said = words_of(page.detail.reading)
    assert (
        "Match funding corrected to £1,500.00, submitted as “500 own funds”: They sent a corrected budget "
        "(typed at the import of form.csv), " in said
    )
    assert "How much are you asking for? (£)" in said
    assert "500 own funds" in said.split("\n")

    click(qtbot, page.detail.buttons["Correct…"])
    form = box_of(opened, DataForm)
    assert form["match_funding"].text() == "1500"
    note = form["match_funding"].accessibleDescription()
    assert note.startswith("Submitted as “500 own funds”. Corrected by ")
    assert note in words_of(form)
    form.reject()

    opened.main.tools.go("history")
    history = page_of(opened, ListedView)
    assert f"{found[0]}, Match funding: £1,500.00 (was “500 own funds”)" in history.table.rows[0].detail


def test_an_area_that_has_moved_on_is_told_before_and_the_reason_stays_where_it_is_refused(
    opened: Window, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("Dudley has moved on.")

    at_check(wizard, saved(tmp_path / "form.csv", [HEADS, *ROWS[:1]]), qtbot)
    assert wizard.target is not None
    areas = tuple(replace(one, stage="scoring") for one in wizard.target.line.areas)
    wizard.target = replace(wizard.target, line=replace(wizard.target.line, areas=areas))
    fix(wizard, 2, "1500", "Match funding")
    click(qtbot, wizard.on)
    assert "1 of an area that has moved on: nothing is imported until each" in wizard.summary.words

    monkeypatch.setattr("models.operations.applications.applications.check_stages", refuse)
    click(qtbot, wizard.on)
    say_why(opened, "They sent a corrected budget")
    assert not wizard.summary.is_done
    monkeypatch.undo()
    click(qtbot, wizard.on)
    asked = box_of(opened, DataForm)
    assert asked["reason"].toPlainText() == "They sent a corrected budget"
    asked.do.click()
    assert wizard.summary.is_done


def test_what_is_only_read_from_prose_is_to_check_until_its_correction_is_saved(
    opened: Window, page: ApplicationsPage, wizard: ImportWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        ",".join(HEADS) + "\nExample Kite Club,Kites,Dudley,1500,£850 in kind\n", encoding="utf-8"
    )
    at_check(wizard, path, qtbot)
    assert "“£850 in kind” is read as £850.00; check it." in words_of(wizard.check.reading)
    click(qtbot, wizard.on)
    assert "1 with something to check." in wizard.summary.words
    assert "correction" not in wizard.summary.words
    click(qtbot, wizard.on)
    assert wizard.summary.is_done, "nobody corrected anything, so that no reason is asked for"

    found = imported(opened, "Example Kite Club")
    page.show_reference(found[0])
    for tab in (SUMMARY, SUBMITTED):
        page.detail.sections.choose(tab)
        said = words_of(page.detail.reading)
        assert "Match funding to check: £850.00 is only read from “£850 in kind”" in said

    click(qtbot, page.detail.buttons["Correct…"])
    form = box_of(opened, DataForm)
    assert form["match_funding"].accessibleDescription() == f"Submitted as “£850 in kind”. {CHECK_IT}"
    form["reason"].setText("The council confirmed it")
    click(qtbot, form.do)
    assert "to check" not in words_of(page.detail.reading)
    assert "£850 in kind" in words_of(page.detail.reading).split("\n")


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

    assert wizard.preview is not None
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
    shown = words_of(page.detail.reading)
    assert "about 45 teenagers" in shown.split("\n")
    assert "People who benefit corrected to 45, submitted as “about 45 teenagers”: They said so" in shown
    opened.workspace.session.undo_stack.undo()
    assert not imported(opened, "Example Kite Club")
