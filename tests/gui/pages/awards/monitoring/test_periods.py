"""The fund's returns to the Ministry on Monitoring: periods and their state, submitted and corrected."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from gui.pages.awards.monitoring.ministry import BY_TIME, COMPLETE, PERIOD_COLUMNS
from gui.pages.awards.monitoring.page import PAGE
from gui.pages.overview.figures import Task
from gui.pages.page import Identity
from gui.papers.source import CHANGED, PaperSource
from gui.record import clock
from models.operations.awards.monitoring import PutReturns, ReturnPut
from models.papers.monitoring.monitoring import ReturnContent
from models.queries.panel.to_do import Harm, ToDo, What
from scoring.written.days import short_day
from tests.gui.listed.page_user import PageUser, Uses
from tests.models.operations.awards.reported_funds import HARBOUR, HARBOUR_SAID, reported_file

AWARDS, MINISTRY = 0, 2
Q3 = "2026/27-Q3"
LAST_ROW = date(2027, 5, 3)


@pytest.fixture
def user(at: Uses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PageUser:
    """An officer at the periods of a year of the Victims Fund, as on 3 May 2027."""
    monkeypatch.setattr(clock, "utc_now", lambda: datetime(2027, 5, 3, 12, 0, tzinfo=UTC))
    found = at(PAGE, reported_file(tmp_path / "fund.panel"))
    found.view.tabs.choose(MINISTRY)
    return found


def recorded_today() -> str:
    """Return the day of what is recorded now: the record's last row is no later, whatever the calendar."""
    return short_day(max(LAST_ROW, datetime.now(UTC).date()))


def states(user: PageUser) -> list[tuple[str, str]]:
    return [(one.period.name, one.words) for one in user.view.table.rows]


def test_a_period_is_submitted_then_corrected_and_written(user: PageUser, tmp_path: Path) -> None:
    view = user.view
    QAbstractItemModelTester(view.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert states(user)[1:] == [("2026/27-Q4", "4 awards missing"), (Q3, "3 awards missing")]
    assert [side is view.detail for side in view.details if side and side.isVisible()] == [True]
    assert view.focusProxy() is view.table
    view.table.select(Q3)
    assert "£43,158 paid less returned · £1,234.56 evidenced" in user.said
    assert "Paid less returned" in [column.head for column in PERIOD_COLUMNS]
    assert "• Return 1 gives no spend." in user.said
    assert BY_TIME in user.said
    assert "• Domestic violence: 20" in user.said

    user.press("Submit…")
    assert "Something is missing of Lantern Project, Quiet Rooms" in user.asked
    user.agree()
    assert states(user)[2] == (Q3, f"Submitted {recorded_today()}")
    assert "Version 1, submitted by Grace Okoro" in user.said
    assert set(view.detail.buttons) == {"Write it…"}
    later = replace(HARBOUR_SAID, spent_pence=123_457)
    user.workspace.perform(PutReturns(1, (ReturnPut(HARBOUR, 1, later, HARBOUR_SAID),)))
    assert states(user)[2] == (Q3, f"3 changes since {recorded_today()}")
    assert "evidenced: £1,234.57, was £1,234.56." in user.said

    user.press("Correct…").agree()
    assert user.faults == "Say why it is corrected."
    user.fill(reason="Counted again.")
    a_correction_that_changed_as_it_was_drawn_comes_back(user, later)
    assert states(user)[2] == (Q3, f"3 changes since {recorded_today()}")
    assert "Version 2, submitted by Grace Okoro" in user.agree().said

    path = tmp_path / "q3.xlsx"
    user.tools.dialogs.files.save = lambda *_: path  # type: ignore[method-assign]
    user.press("Write it…")
    assert load_workbook(path)["Changes"]["A5"].value is not None


def a_correction_that_changed_as_it_was_drawn_comes_back(user: PageUser, before: ReturnContent) -> None:
    now, box = replace(before, spent_pence=123_458), user.form
    draw = PaperSource.draw

    def drawn(source: PaperSource, *more: Any) -> Any:
        user.workspace.perform(PutReturns(1, (ReturnPut(HARBOUR, 1, now, before),)))
        return draw(source, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PaperSource, "draw", drawn)
        user.agree()
    QApplication.processEvents()  # it comes back once the button that ended it is done
    assert user.form is box
    assert user.faults.startswith(CHANGED)
    assert box["reason"].toPlainText() == "Counted again."


def test_a_task_opens_the_list_at_its_period_and_more_spend_than_was_paid_is_told_to_who_only_reads(
    user: PageUser,
) -> None:
    view = user.view
    for name in (view.table.rows[0].period.name, view.table.rows[-1].period.name):
        view.tabs.choose(AWARDS)
        user.open(Task(ToDo(What.SUBMIT_RETURN, Harm.DANGER, "", "", reference=name)).reference)
        assert (view.tabs.number, view.table.current) == (MINISTRY, name)
    assert len(view.table.rows) > 1
    user.be(Identity("Priya Nair", "chair"))
    view.table.select(Q3)
    assert set(view.detail.buttons) == {"Write it…"}
    view.table.opened.emit(Q3)
    assert view.tabs.number == MINISTRY

    one = next(state for state in view.table.rows if state.period.name == Q3)
    whole = tuple(replace(line, missing=()) for line in one.value.providers)
    warned = (replace(whole[0], warning="£4,500.00 more than was paid."), *whole[1:])
    for lines, is_complete in ((whole, True), (warned, False)):
        state = replace(one, value=replace(one.value, providers=lines))
        view.detail.show_at(view.at(state), Q3)
        assert (COMPLETE in user.said) == is_complete
        assert ("£4,500.00 more than was paid." in user.said) == (not is_complete)
