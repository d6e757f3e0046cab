"""The agreement on the Awards page: sent, signed, held; subsidy control before it, and a name withheld."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.help.search_controller import acts_of
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.agreements import agreement_lines, details_form
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from models.operations.awards.agreements import RecordAgreement
from models.queries.awards.award_rows import AwardRow, IssuedAgreement
from models.queries.papers.paper_texts import published_purposes
from models.values.awards import KINDS, MINIMAL, NONE, AgreementDetails
from tests.gui.deciding import at_page, make_decided
from tests.models.operations.awards.varied_awards import varied_on

FINANCE = Identity("Finn Pays", "finance")


@pytest.fixture
def page(window: Window, tmp_path: Path) -> ListedView:
    """The Awards page on a record in which everything is decided, used by finance."""
    shown = at_page(window, make_decided(tmp_path / "office.panel"), FINANCE, "awards")
    found = shown.main.pages.current
    assert isinstance(found, ListedView)
    return found


def ask(page: ListedView, what: str) -> None:
    page.detail.buttons[what].click()


def dialog(kind: type) -> object:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def first_part(page: ListedView) -> str:
    """Return the title that stands first: that of the part in which something is next."""
    titles = ("Agreement", "Due diligence", "Bank details", "Instalments", "Changes since the decision")
    said = [label.text() for label in page.detail.reading.widget().findChildren(QLabel)]
    return next(words for words in said if words in titles)


def signed_anew(page: ListedView, row: AwardRow) -> tuple[date, int]:
    """Sign the second version of an agreement, issued after a variation, in its dialog."""
    issued = IssuedAgreement(2, datetime(2024, 12, 5, tzinfo=UTC))
    assert row.agreed_on is not None
    anew = replace(row, variations=(varied_on(row.agreed_on),), issued=(issued,))
    assert "Version 2 is not signed yet" in " ".join(words for words, _ in agreement_lines(anew))
    box = DataForm(details_form(page.at(anew)), page)
    told: list[RecordAgreement | None] = []
    box.given.connect(told.append)
    box.try_action()
    box["on"].setText("5 December 2024")
    box.try_action()
    assert told[0] is None, "nothing was signed anew"
    assert isinstance(told[1], RecordAgreement), "the first signature stays, before what was paid"
    details = told[1].details
    assert details.signed_anew_on is not None
    signed = replace(anew, agreement=details)
    assert ("Version 2 signed on 5 Dec 2024", "text2") in agreement_lines(signed)
    return details.signed_anew_on, details.signed_version or 0


def test_subsidy_control_then_sent_and_signed_with_who_and_where(
    page: ListedView, window: Window, qtbot: QtBot
) -> None:
    assert first_part(page) == "Agreement"
    rare = page.detail.buttons["Subsidy control…"]
    assert {"Subsidy control…", "Withhold the name…"} <= {one.words for one in acts_of(window.main.pages)}
    rare.click()
    box = dialog(DataForm)
    assert isinstance(box, DataForm)
    assert "£" in " ".join(box.sentences)
    assert ".00" not in " ".join(box.sentences)
    box["kind"].setCurrentText(KINDS[NONE])
    box.do.click()
    assert "Say why it is no subsidy" in box.problem.text()
    box["reason"].setPlainText("It is no enterprise.")
    box.do.click()
    ask(page, "Sent, signed, filed…")
    papers = dialog(DataForm)
    assert isinstance(papers, DataForm)
    papers["sent"].setText("3 December 2024")
    papers["on"].setText("4 December 2024")
    papers["office"].setText("Olu Example")
    papers["held"].setText("Cabinet 3")
    papers.do.click()
    asked = dialog(ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    assert page.row is not None
    assert page.row.agreed_on is None, "it was never issued, so it is asked about first"
    assert asked.words[0] == f"The agreement of {page.row.reference} was never issued from this record."
    asked.do.click()

    row = page.row
    assert row is not None
    assert row.subsidy is not None
    assert row.subsidy.kind == NONE != MINIMAL
    assert row.agreed_on is not None
    assert first_part(page) == "Bank details"
    assert row.agreement == AgreementDetails(papers["sent"].day, "Cabinet 3", "Olu Example")
    assert signed_anew(page, row) == (date(2024, 12, 5), 2)
    ask(page, "Withhold the name…")
    name = dialog(DataForm)
    assert isinstance(name, DataForm)
    name["reason"].setPlainText("A refuge.")
    name["decided_by"].setText("Olu Example")
    name.do.click()
    assert "with the post" in name.problem.text()
    name["decided_post"].setText("Chief Executive")
    name.do.click()
    assert page.row is not None
    assert page.row.withheld is not None
    ask(page, "Give the name again")
    assert page.row.withheld is None
    ask(page, "Purpose for the public…")
    words = dialog(DataForm)
    assert isinstance(words, DataForm)
    field = words.fields["purpose"]
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("x" * 401)
    words.do.click()
    assert "at most 400 letters" in words.problem.text()
    field.setPlainText("A club on Saturdays.")
    words.do.click()
    kept: list[Mapping[str, str]] = []
    window.workspace.ask(lambda session: published_purposes(session, 1), kept.append)
    assert kept == [{row.application: "A club on Saturdays."}]
    ask(page, "Write the agreement…")
    assert isinstance(window.main.pages.current, ExportsPage)
    exports = window.main.pages.current
    assert exports.choices.list.current == "agreement"
    assert exports.choices.options["award"].value == row.reference
