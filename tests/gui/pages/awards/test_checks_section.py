"""Due diligence on the Awards page: looked at, recorded check by check, and a register loaded."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gui.app import Window
from gui.dialogs.files import FileDialogs
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.page import Identity
from models.values.diligence import FAILED, RESULTS
from tests.exchange.reading.register_files import LIST_HEADINGS, comma_text, listed
from tests.gui.deciding import at_page, make_decided

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


def check(every: object, what: str) -> None:
    assert isinstance(every, DataForm)
    next(lead for lead in every.leads if lead.text().startswith(what)).click()


def told(page: ListedView) -> str:
    return page.detail.reading.accessibleDescription() + " ".join(
        label.text() for label in page.detail.findChildren(QLabel)
    )


def test_a_register_is_loaded_looked_at_and_decided_upon(
    page: ListedView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.row is not None
    path = tmp_path / "UK-Sanctions-List.csv"
    rows = [listed("GHO0001", page.row.organisation.upper())]
    path.write_bytes(comma_text(LIST_HEADINGS, rows, "Report Date: 01-Nov-2024\r\n"))
    monkeypatch.setattr(FileDialogs, "open", lambda *_: path)
    assert "0 of 9 checks settled." in told(page)

    ask(page, "Load a register…")
    box = dialog(DataForm)
    assert isinstance(box, DataForm)
    box.do.click()
    ask(page, "Checks…")
    check(dialog(DataForm), "Sanctions list: ")
    one = dialog(DataForm)
    assert isinstance(one, DataForm)

    assert "Probable match, for a person to decide" in one.sentences[0]
    one.do.click()
    assert "why it is another body" in one.problem.text()
    one["result"].setCurrentText(RESULTS[FAILED])
    one["note"].setPlainText("The same body, by its address.")
    one.do.click()
    again = dialog(DataForm)
    assert isinstance(again, DataForm)
    assert "Sanctions list: not passed" in [lead.text().rstrip("…") for lead in again.leads]
    again.reject()
    assert "Sanctions list: not passed (Finn Pays" in told(page)

    ask(page, "Checks…")
    check(dialog(DataForm), "Sanctions list: ")
    one = dialog(DataForm)
    assert isinstance(one, DataForm)
    one.take_out.click()
    assert "not passed" not in told(page)
