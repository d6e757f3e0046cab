"""The fund's returns to the Ministry on Monitoring: periods and their state, submitted and corrected."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm
from gui.listed.view import ListedView
from gui.pages.awards.monitoring.ministry import BY_TIME, COMPLETE, PERIOD_COLUMNS
from gui.pages.overview.figures import Task
from gui.pages.page import Identity
from gui.papers.paper_issue import CHANGED
from gui.papers.source import PaperSource
from gui.record import clock
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.monitoring.monitoring import ReturnContent
from models.queries.panel.to_do import Harm, ToDo, What
from scoring.written.days import short_day
from tests.gui.deciding import at_page
from tests.models.operations.awards.reported_funds import HARBOUR, HARBOUR_SAID, reported_file

AWARDS, MINISTRY = 0, 3
OFFICER = Identity("Grace Okoro", "officer")
Q3 = "2026/27-Q3"
LAST_ROW = date(2027, 5, 3)


@pytest.fixture
def shown(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A window on a year of the Victims Fund, as on 3 May 2027, at Monitoring of its round."""
    monkeypatch.setattr(clock, "utc_now", lambda: datetime(2027, 5, 3, 12, 0, tzinfo=UTC))
    return at_page(window, reported_file(tmp_path / "fund.panel"), OFFICER, "monitoring")


@pytest.fixture
def page(shown: Window) -> ListedView:
    found = shown.main.pages.current
    assert isinstance(found, ListedView)
    found.tabs.choose(MINISTRY)
    return found


def texts(page: ListedView) -> str:
    labels = page.detail.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if not label.isHidden())


def recorded_today() -> str:
    """Return the day of what is recorded now: the record's last row is no later, whatever the calendar."""
    return short_day(max(LAST_ROW, datetime.now(UTC).date()))


def states(page: ListedView) -> list[tuple[str, str]]:
    return [(one.period.name, one.words) for one in page.table.rows]


def test_more_spend_than_was_paid_is_no_period_of_which_nothing_is_missing(page: ListedView) -> None:
    one = next(state for state in page.table.rows if state.period.name == Q3)
    whole = tuple(replace(line, missing=()) for line in one.value.providers)
    warned = (replace(whole[0], warning="£4,500.00 more than was paid."), *whole[1:])

    said = []
    for lines in (whole, warned):
        state = replace(one, value=replace(one.value, providers=lines))
        page.detail.show_at(page.at(state), Q3)
        said.append((COMPLETE in texts(page), "£4,500.00 more than was paid." in texts(page)))

    assert said == [(True, False), (False, True)]


def test_a_period_is_submitted_then_corrected_and_written(
    page: ListedView, shown: Window, tmp_path: Path
) -> None:
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert states(page)[1:] == [("2026/27-Q4", "4 awards missing"), (Q3, "3 awards missing")]
    assert [side is page.detail for side in page.details if side and side.isVisible()] == [True]
    assert page.focusProxy() is page.table
    page.table.select(Q3)
    assert "£43,158 paid less returned · £1,234.56 evidenced" in texts(page)
    assert "Paid less returned" in [column.head for column in PERIOD_COLUMNS]
    assert "• Return 1 gives no spend." in texts(page)
    assert BY_TIME in texts(page)
    assert "• Domestic violence: 20" in texts(page)

    page.detail.buttons["Submit…"].click()
    asked = shown.main.tools.dialogs.dialog
    assert isinstance(asked, ConfirmDialog)
    assert "Something is missing of Lantern Project, Quiet Rooms" in " ".join(
        label.text() for label in asked.findChildren(QLabel)
    )
    asked.do.click()

    assert states(page)[2] == (Q3, f"Submitted {recorded_today()}")
    assert "Version 1, submitted by Grace Okoro" in texts(page)
    assert set(page.detail.buttons) == {"Write it…"}
    later = replace(HARBOUR_SAID, spent_pence=123_457)
    shown.workspace.perform(PutReturns(1, (ReturnPut(HARBOUR, 1, later, HARBOUR_SAID),)))
    assert states(page)[2] == (Q3, f"3 changes since {recorded_today()}")
    assert "evidenced: £1,234.57, was £1,234.56." in texts(page)

    page.detail.buttons["Correct…"].click()
    box = shown.main.tools.dialogs.dialog
    assert isinstance(box, DataForm)
    box.do.click()
    assert box.problem.text() == "Say why it is corrected."
    box["reason"].setPlainText("Counted again.")
    a_correction_that_changed_as_it_was_drawn_comes_back(shown, box, later)
    assert states(page)[2] == (Q3, f"3 changes since {recorded_today()}")
    box.do.click()

    assert "Version 2, submitted by Grace Okoro" in texts(page)
    path = tmp_path / "q3.xlsx"
    shown.main.tools.dialogs.files.save_as = lambda *_: (path, "")  # type: ignore[method-assign]
    page.detail.buttons["Write it…"].click()
    book = load_workbook(path)
    assert book["Changes"]["A5"].value is not None


def a_correction_that_changed_as_it_was_drawn_comes_back(
    shown: Window, box: DataForm, before: ReturnContent
) -> None:
    now = replace(before, spent_pence=123_458)
    draw = PaperSource.draw

    def drawn(source: PaperSource, *more: Any) -> Any:
        shown.workspace.perform(PutReturns(1, (ReturnPut(HARBOUR, 1, now, before),)))
        return draw(source, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PaperSource, "draw", drawn)
        box.do.click()
        QApplication.processEvents()  # it comes back once the button that ended it is done

    assert shown.main.tools.dialogs.dialog is box
    assert box.problem.text().startswith(CHANGED)
    assert box["reason"].toPlainText() == "Counted again."


def test_a_task_of_a_period_opens_the_list_at_that_period(page: ListedView, shown: Window) -> None:
    for name in (page.table.rows[0].period.name, page.table.rows[-1].period.name):
        page.tabs.choose(AWARDS)
        task = Task(ToDo(What.SUBMIT_RETURN, Harm.DANGER, "", "", reference=name))
        shown.main.tools.go("monitoring", task.reference)
        assert (page.tabs.current, page.table.current) == (MINISTRY, name)
    assert len(page.table.rows) > 1


def test_the_chair_reads_periods_and_submits_none(page: ListedView, shown: Window) -> None:
    shown.main.tools.use_as(Identity("Priya Nair", "chair"))
    page.table.select(Q3)

    assert set(page.detail.buttons) == {"Write it…"}
    page.table.opened.emit(Q3)
    assert page.tabs.current == MINISTRY


def test_a_round_without_awards_shows_the_periods_of_its_fund_alone(page: ListedView, shown: Window) -> None:
    there = page.answer
    page._take(replace(there, found=replace(there.found, awards=())))

    assert not page.is_empty
    assert page.tabs.current == MINISTRY
    assert page.detail.isVisible()
    assert not page.buttons[0].isVisible()
    page.refresh()
    page.tabs.choose(AWARDS)
    assert page.detail.isVisible()
