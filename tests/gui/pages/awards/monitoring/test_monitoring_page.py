"""The Monitoring page through the real window: agree, plan, record, import, and what is overdue."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.dialogs.listing import ListingDialog
from gui.listed.form import DataForm
from gui.listed.paper_forms import bands_words
from gui.listed.view import ONE, ListedView
from gui.pages.awards.monitoring.award import ask_agreed
from gui.pages.awards.monitoring.lines import AWARD_COLUMNS, MINISTRY_COLUMNS, OVERDUE_COLUMNS, late_days
from gui.pages.awards.monitoring.page import NO_AWARDS, NOTHING_LATE
from gui.pages.page import Identity
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.variations import VaryAward
from models.papers.monitoring.monitoring import AgreedOutput, AwardMonitoring
from models.queries.awards import monitoring as querying
from models.reference.defaults import FundDefaults, ReferenceList, ReturnBand
from models.values.awards import PlannedReturn, Terms
from scoring.written.days import full_day
from tests.gui.deciding import at_page, make_decided

OFFICER = Identity("Grace Okoro", "officer")
CHAIR = Identity("Priya Nair", "chair")
AWARDS, OVERDUE, PEOPLE, MINISTRY = range(4)
OUTPUTS = (
    AgreedOutput(1, "Evening sessions", 40),
    AgreedOutput(2, "Young people feel safer", is_outcome=True),
)
NEEDS = ReferenceList("needs", "Category of need", ("Shelter and accommodation", "Drugs and alcohol"))


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window on a record in which everything is decided, at its Monitoring page, used by an officer."""
    return at_page(window, make_decided(tmp_path / "office.panel"), OFFICER, "monitoring")


@pytest.fixture
def page(shown: Window) -> ListedView:
    found = shown.main.pages.current
    assert isinstance(found, ListedView)
    return found


@pytest.fixture
def planned(page: ListedView, shown: Window) -> ListedView:
    """The page when the first award has two outputs and two returns, one of them 40 days late."""
    of = first(page).application
    shown.workspace.perform(SetAgreedOutputs(1, of, OUTPUTS, ()))
    late = PlannedReturn(1, date.today() - timedelta(days=40), "half way")
    later = PlannedReturn(2, date.today() + timedelta(days=90), "the end")
    shown.workspace.perform(PlanReturns(1, (AwardPlan(of, (late, later), ()),)))
    return page


@pytest.fixture
def counted_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fund counts people under two needs."""
    monkeypatch.setattr(FundDefaults, "counted_lists", lambda of: (NEEDS,))


def first(page: ListedView) -> AwardMonitoring:
    return page.answer.found.awards[0]  # type: ignore[no-any-return]


def box(shown: Window, kind: type[QDialog]) -> QDialog:
    found = shown.main.tools.dialogs.dialog
    assert isinstance(found, kind)
    return found


def form(shown: Window) -> DataForm:
    found = shown.main.tools.dialogs.dialog
    assert isinstance(found, DataForm)
    return found


def press(page: ListedView, words: str) -> None:
    """Press a button by its words, or by what a reader calls it."""
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisibleTo(page)]
    called = {one.text(): one for one in buttons} | {one.accessibleName(): one for one in buttons}
    called[words].click()


def write(page: ListedView, shown: Window, path: Path, words: str = "Workbook…") -> None:
    """Write a workbook, or an award's form."""
    shown.main.tools.dialogs.files.save_as = lambda *_: (path, "")  # type: ignore[method-assign]
    press(page, words)


def take_in(page: ListedView, shown: Window, path: Path) -> None:
    """Import a workbook."""
    shown.main.tools.dialogs.files.open = lambda *_: path  # type: ignore[method-assign]
    press(page, "Import…")


def texts(page: ListedView) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden())


def awards_are_listed_with_their_sums_and_the_rule(page: ListedView) -> None:
    came = "9 awards · 0 of 0 returns received · 0 overdue"
    assert page.summary.text() == f"{came} · £0 evidenced of £0 paid less returned"
    heads = [column.head for column in AWARD_COLUMNS]
    assert {"Stands at", "Paid less returned"} <= set(heads), "not as Awards & payments counts them"
    assert not {"Awarded", "Paid"} & set(heads)
    assert "Stands at £4,800 · £0 paid less returned · £0 evidenced" in texts(page)
    assert page.foot.text() == (
        "Returns: up to £5,000: one at the end · up to £20,000: half way and at the end · "
        "any other: every quarter"
    )
    assert len(page.table.rows) == 9
    assert "Nothing is agreed yet." in texts(page)


def models_hold_together(planned: ListedView) -> None:
    for table in planned.tables:
        QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(AWARD_COLUMNS) + len(OVERDUE_COLUMNS) + len(MINISTRY_COLUMNS) == 15


def returns_of_all_awards_are_planned_at_once_and_undone(page: ListedView, shown: Window) -> None:
    assert page.buttons[3].text() == "Plan 9 awards"
    assert page.buttons[3].accessibleName() == "Plan the returns of 9 awards"

    page.buttons[3].click()

    # each award is at most £5,000, so each has one at the end
    assert [len(award.returns) for award in page.answer.found.awards] == [1] * 9
    assert page.buttons[3].isHidden()
    shown.workspace.undo_stack.undo()
    assert first(page).returns == ()


def what_is_agreed_is_typed_line_by_line(page: ListedView, shown: Window) -> None:
    press(page, "Record what is agreed…")
    asked = form(shown)
    asked["words1"].setText("Evening sessions")
    asked["target1"].setText("many")
    asked.do.click()
    assert asked.problem.text() == "Type a whole number, such as 40, or leave the figure out."
    asked["target1"].setText("1,200")
    asked["target2"].setText("3")
    asked.do.click()
    assert asked.problem.text() == "Say in words what the figure is of."
    asked["words2"].setText("People feel safer")
    asked["target2"].setText("")
    asked["measure2"].setText("Asked twice")
    asked["is_outcome2"].setCurrentIndex(1)

    asked.do.click()

    assert first(page).outputs == (
        AgreedOutput(1, "Evening sessions", 1200),
        AgreedOutput(2, "People feel safer", is_outcome=True, measure="Asked twice"),
    )
    assert "Evening sessions (1,200)" in texts(page)


def a_line_that_is_emptied_goes_and_a_new_one_gets_a_number_of_its_own(
    planned: ListedView, shown: Window
) -> None:
    press(planned, "Change what is agreed…")
    asked = form(shown)
    asked["words1"].setText("")
    asked["target1"].setText("")
    asked["words3"].setText("A play")

    asked.do.click()

    assert [(each.number, each.words) for each in first(planned).outputs] == [
        (2, "Young people feel safer"),
        (3, "A play"),
    ]


def the_application_s_words_are_the_first_draft(page: ListedView, shown: Window) -> None:
    award = first(page)
    at = page.at(replace(award, wished="40 sessions. Less noise."))
    asked = DataForm(ask_agreed(at), shown.main)

    assert [(asked[f"words{line}"].text(), asked[f"target{line}"].text()) for line in (1, 2, 3)] == [
        ("40 sessions", "40"),
        ("Less noise", ""),
        ("", ""),
    ]


def a_plan_is_typed_and_sorted_by_day(planned: ListedView, shown: Window) -> None:
    press(planned, "Change the plan…")
    asked = form(shown)
    asked["words3"].setText("the start")
    asked.do.click()
    assert asked.problem.text() == "Type a day, such as 25 Nov or 02/12/2026."
    asked["due3"].setText("02/01/2024")
    asked.do.click()
    assert "no return is due before that" in asked.problem.text()
    asked["due3"].setText(f"{date.today() + timedelta(days=45):%d/%m/%Y}")
    asked["due4"].setText("03/01/2024")
    asked.do.click()
    assert asked.problem.text().startswith("Say in a word or two")
    asked["due4"].setText("")

    asked.do.click()

    assert [(each.number, each.words) for each in first(planned).planned] == [
        (1, "half way"),
        (3, "the start"),
        (2, "the end"),
    ]


def test_a_plan_is_typed_and_an_output_emptied(planned: ListedView, shown: Window) -> None:
    a_plan_is_typed_and_sorted_by_day(planned, shown)
    a_line_that_is_emptied_goes_and_a_new_one_gets_a_number_of_its_own(planned, shown)


def what_is_overdue_is_listed_and_leads_to_its_award(planned: ListedView) -> None:
    assert late_days(first(planned)) == 40
    assert "40 days late" in texts(planned)

    planned.tabs.choose(OVERDUE)

    assert [(one.award.application, one.days) for one in planned.table.rows] == [
        (first(planned).application, 40)
    ]
    assert planned.table.isVisible()
    assert planned.table.current == (first(planned).application, 1)


def nothing_overdue_is_said_in_words(page: ListedView) -> None:
    page.tabs.choose(OVERDUE)

    assert page.empty.words == NOTHING_LATE
    page.tabs.choose(AWARDS)


def test_a_return_is_recorded_with_a_warning_and_taken_back(planned: ListedView, shown: Window) -> None:
    press(planned, "Return 1: record…")
    asked = form(shown)
    asked["received"].setText("soon")
    asked.do.click()
    assert (
        asked.problem.text() == "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    )
    asked["received"].setText("03/03/2026")
    asked["spent"].setText("about 5")
    asked.do.click()
    assert asked.problem.text().startswith("“about 5” is not an exact amount")
    asked["spent"].setText("£450.50")
    asked["reached 1"].setText("-1")
    asked.do.click()
    assert asked.problem.text().startswith("Type a whole number, 0 or more")
    asked["reached 1"].setText("12")
    asked["told 2"].setText("Most say so")
    asked["words"].setPlainText("Twelve evenings.")

    asked.do.click()

    award = first(planned)
    assert award.progress == (
        "Evening sessions: 12 of 40\nYoung people feel safer: Most say so\nTwelve evenings."
    )
    assert "more than the £0.00 that was paid" in texts(planned)
    press(planned, "Take back 1: take back")
    assert first(planned).received == ()
    shown.workspace.undo_stack.undo()
    assert first(planned).evidenced_pence == 45_050


def test_people_are_counted_under_the_fund_s_lists(
    counted_people: None, planned: ListedView, shown: Window
) -> None:
    press(planned, "Return 1: record…")
    asked = form(shown)
    asked["people needs Shelter and accommodation"].setText("7")
    asked.do.click()
    assert "7 people by category of need" in texts(planned)

    planned.tabs.choose(PEOPLE)

    assert [(one.figures.line, one.figures.supported, one.figures.missing) for one in planned.table.rows] == [
        ("Shelter and accommodation", 7, 0),  # of the 8 others no return is planned
        ("Drugs and alcohol", 0, 1),
    ]
    assert planned.foot.text() == (
        f"1 of 2 lines are complete. Lines are empty in what came from {first(planned).reference}. "
        f"No return of 8 awards was due by {full_day(date.today())}."
    )
    assert planned.detail is None


def test_what_a_variation_agrees_is_taken_over(planned: ListedView, shown: Window) -> None:
    of = first(planned)
    terms = Terms(outcomes="Evening sessions; Summer school for 12 people")
    shown.workspace.perform(VaryAward(1, of.application, 1, terms, "A smaller hall.", date.today()))
    assert "A variation agreed new outcomes" in texts(planned)
    press(planned, "Take the varied outcomes over…")
    asked = form(shown)
    assert asked["words2"].text() == "Summer school for 12 people"
    asked.do.click()

    assert [one.words for one in first(planned).outputs] == [
        "Evening sessions",
        "Summer school for 12 people",
    ]
    assert "A variation agreed new outcomes" not in texts(planned)


def a_fund_without_lists_has_no_ministry_return(page: ListedView) -> None:
    assert not page.tabs._group.button(PEOPLE).isVisible()
    assert not page.tabs._group.button(MINISTRY).isVisible()
    assert page.tabs.current == AWARDS


def a_visit_is_recorded_and_taken_out(page: ListedView, shown: Window) -> None:
    press(page, "Record a visit…")
    asked = form(shown)
    assert asked["who"].text() == "Grace Okoro"
    asked.do.click()
    assert asked.problem.text() == "Say what was seen."
    asked["seen"].setPlainText("A full hall.")
    asked["who"].setText("")
    asked.do.click()
    assert asked.problem.text() == "Say who went."
    asked["who"].setText("Una Test")
    asked["on"].setText("x")
    asked.do.click()
    assert asked.problem.text() == "“x” is not a date; write it day first, like 03/04/2026 or 3 April 2026."
    asked["on"].setText("02/02/2026")
    asked.do.click()
    assert [visit.seen for visit in first(page).visits] == ["A full hall."]

    press(page, "Visit 1: remove")

    assert first(page).visits == ()


def the_round_s_own_rule_is_set(page: ListedView, shown: Window) -> None:
    page.buttons[2].click()
    asked = form(shown)
    amount = asked["pence2"]
    amount.setText("£4,000")
    asked.do.click()
    assert asked.problem.text().startswith("Type an amount in pounds that is more")
    amount.setText("")

    asked.do.click()

    assert page.answer is not None
    assert page.answer.found.bands == (ReturnBand(500_000, "end"), ReturnBand(None, "quarterly"))
    assert bands_words(page.answer.found.bands) in page.foot.text()
    page.buttons[2].click()
    again = form(shown)
    again.do.click()


def test_outputs_visits_and_the_rule_are_typed_and_checked(page: ListedView, shown: Window) -> None:
    a_visit_is_recorded_and_taken_out(page, shown)
    the_round_s_own_rule_is_set(page, shown)
    what_is_agreed_is_typed_line_by_line(page, shown)


def test_a_workbook_goes_out_and_comes_back(planned: ListedView, shown: Window, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(planned, shown, path)
    filled = openpyxl.load_workbook(path)
    filled["Returns"]["G5"] = "03/03/2026"
    filled["Progress"]["I5"] = 12
    filled.save(path)

    take_in(planned, shown, path)
    asked = box(shown, ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    assert asked.words[0].startswith("1 return is new: nothing had come in. ")
    asked.do.click()

    assert first(planned).achieved(1) == 12
    filled["Progress"]["I5"] = 13
    filled.save(path)
    take_in(planned, shown, path)
    asked = box(shown, ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    assert asked.words[0] == "1 return changes what the record says:"
    assert asked.words[1].endswith(", return 1: output 1 achieved from 12 to 13.")
    asked.do.click()
    shown.workspace.undo_stack.undo()
    assert first(planned).achieved(1) == 12
    assert shown.main.toast.words.startswith("Undone: Record return 1")
    shown.workspace.undo_stack.redo()
    take_in(planned, shown, path)
    notice = shown.main.notices.current
    assert notice is not None
    assert (
        notice.words == "“out.xlsx” says nothing that the record does not say already. Nothing was changed."
    )
    for _ in range(2):
        shown.workspace.undo_stack.undo()
    assert first(planned).received == ()


def a_form_that_leaves_the_day_to_the_office_is_asked_for_it(
    planned: ListedView, shown: Window, tmp_path: Path
) -> None:
    path = tmp_path / "form.xlsx"
    write(planned, shown, path, "Write its form…")
    filled = openpyxl.load_workbook(path)
    filled["Returns"]["I5"] = "A good start"
    filled.save(path)

    take_in(planned, shown, path)

    asked = form(shown)
    assert asked.do.text() == "Import 1 return"
    asked["on"].setText("3 March 2026")
    asked.do.click()
    assert [one.said.received_on for one in first(planned).received if one.said] == [date(2026, 3, 3)]
    shown.workspace.undo_stack.undo()


def faults_are_listed_and_nothing_is_taken(planned: ListedView, shown: Window, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write(planned, shown, path, "Write its form…")
    filled = openpyxl.load_workbook(path)
    filled["Returns"]["H5"] = "about 5"
    filled.save(path)

    take_in(planned, shown, path)

    asked = box(shown, ListingDialog)
    assert isinstance(asked, ListingDialog)
    assert asked.list.toPlainText().splitlines()[0].startswith("Returns!H5: “about 5”")
    asked.copy.click()
    asked.cancel.click()
    assert first(planned).received == ()


def a_file_that_is_no_workbook_is_told(planned: ListedView, shown: Window, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    openpyxl.Workbook().save(path)

    take_in(planned, shown, path)

    notice = shown.main.notices.current
    assert notice is not None
    assert "has no sheet “Returns”" in notice.words


def test_a_file_with_faults_or_none_of_ours_changes_nothing(
    planned: ListedView, shown: Window, tmp_path: Path
) -> None:
    a_form_that_leaves_the_day_to_the_office_is_asked_for_it(planned, shown, tmp_path)
    faults_are_listed_and_nothing_is_taken(planned, shown, tmp_path)
    a_file_that_is_no_workbook_is_told(planned, shown, tmp_path)


def the_chair_reads_and_changes_nothing(planned: ListedView, shown: Window) -> None:
    shown.main.tools.use_as(CHAIR)
    planned.refresh()

    assert planned.detail.buttons == {}
    for button in planned.buttons[1:]:
        assert button.isHidden()
    assert not planned.buttons[0].isHidden()


def the_page_fits_every_room(planned: ListedView, shown: Window, size: tuple[int, int]) -> None:
    shown.main.resize(*size)

    assert planned.table.isVisible()
    assert planned.panes()[0] is planned.table
    planned.find_words()
    if not planned.detail.isVisible():
        planned.sides.choose(ONE)
        assert not planned.table.isVisible()
    assert planned.detail.isVisible()
    assert planned.buttons[2].isVisible()
    planned.sides.choose(0)
    shown.main.resize(1366, 688)
    assert planned.table.isVisible()


def test_returns_are_listed_in_every_room_and_read_by_the_chair(planned: ListedView, shown: Window) -> None:
    models_hold_together(planned)
    for size in ((1366, 688), (1093, 535), (700, 600)):
        the_page_fits_every_room(planned, shown, size)
    planned.tabs.choose(AWARDS)
    what_is_overdue_is_listed_and_leads_to_its_award(planned)
    the_chair_reads_and_changes_nothing(planned, shown)


def a_round_without_awards_says_when_there_are_some(
    page: ListedView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(querying, "monitored_rows", lambda session, round_id: ())
    page.refresh()

    assert page.empty.words == NO_AWARDS
    assert page.buttons[0].isHidden()
    page.show_place(None)
    assert page.empty.words.startswith("This record has no round yet.")


def test_awards_without_returns_are_listed_planned_and_none_is_late(
    page: ListedView, shown: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    awards_are_listed_with_their_sums_and_the_rule(page)
    a_fund_without_lists_has_no_ministry_return(page)
    the_application_s_words_are_the_first_draft(page, shown)
    returns_of_all_awards_are_planned_at_once_and_undone(page, shown)
    nothing_overdue_is_said_in_words(page)
    a_round_without_awards_says_when_there_are_some(page, monkeypatch)


def test_a_return_of_a_project_that_has_not_begun_is_asked_about(planned: ListedView, shown: Window) -> None:
    before = first(planned).start_on - timedelta(days=1)

    def enter() -> ConfirmDialog:
        press(planned, "Return 2: record…")
        entry = form(shown)
        entry["received"].setText(before.isoformat())
        entry["words"].setPlainText("All is done.")
        entry.do.click()
        asked = box(shown, ConfirmDialog)
        assert isinstance(asked, ConfirmDialog)
        return asked

    asked = enter()
    told = "\n".join(label.text() for label in asked.findChildren(QLabel))
    assert "Return 2 of A-031-01, “the end”, is said to have come in on " in told
    assert "before its project begins on " in told
    asked.reject()
    assert first(planned).received == ()

    enter().do.click()
    assert [one.plan.number for one in first(planned).received] == [2]


def test_a_workbook_with_a_return_of_a_project_that_has_not_begun_is_asked_about(
    planned: ListedView, shown: Window, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    write(planned, shown, path)
    filled = openpyxl.load_workbook(path)
    filled["Returns"]["G5"] = (first(planned).start_on - timedelta(days=1)).isoformat()
    filled["Progress"]["I5"] = 12
    filled.save(path)
    take_in(planned, shown, path)
    box(shown, ConfirmDialog).do.click()  # type: ignore[attr-defined]

    asked = box(shown, ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    assert "before its project begins on " in asked.words[0]
    assert first(planned).received == ()
    asked.do.click()
    assert first(planned).achieved(1) == 12
