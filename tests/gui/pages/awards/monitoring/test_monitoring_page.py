"""The Monitoring page: agree, plan, record, import, and what is overdue."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from gui.dialogs.confirm import ListingDialog
from gui.listed.paper_forms import bands_words
from gui.listed.view import ONE
from gui.pages.awards.monitoring.lines import AWARD_COLUMNS, OVERDUE_COLUMNS, late_days
from gui.pages.awards.monitoring.page import PAGE
from gui.pages.page import Identity
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.variations import VaryAward
from models.papers.monitoring.monitoring import AgreedOutput, AwardMonitoring
from models.reference.defaults import FundDefaults, ReferenceList, ReturnBand
from models.values.awards import PlannedReturn, Terms
from tests.gui.listed.page_user import PageUser, Uses

CHAIR = Identity("Priya Nair", "chair")
AWARDS, OVERDUE, MINISTRY = range(3)
OUTPUTS = (
    AgreedOutput(1, "Evening sessions", 40),
    AgreedOutput(2, "Young people feel safer", is_outcome=True),
)
NEEDS = ReferenceList("needs", "Category of need", ("Shelter and accommodation", "Drugs and alcohol"))
NO_DATE = "“{}” is not a date; write it day first, like 03/04/2026 or 3 April 2026."


@pytest.fixture
def user(at: Uses) -> PageUser:
    """An officer at Monitoring of a record in which everything is decided."""
    return at(PAGE)


@pytest.fixture
def planned(user: PageUser) -> PageUser:
    """The same when the first award has two outputs and two returns, one of them 40 days late."""
    of = first(user).application
    user.workspace.perform(SetAgreedOutputs(1, of, OUTPUTS, ()))
    late = PlannedReturn(1, date.today() - timedelta(days=40), "half way")
    later = PlannedReturn(2, date.today() + timedelta(days=90), "the end")
    user.workspace.perform(PlanReturns(1, (AwardPlan(of, (late, later), ()),)))
    return user


@pytest.fixture
def counted_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fund counts people under two needs."""
    monkeypatch.setattr(FundDefaults, "counted_lists", lambda of: (NEEDS,))


def first(user: PageUser) -> AwardMonitoring:
    return user.view.answer.found.awards[0]  # type: ignore[no-any-return]


def write(user: PageUser, path: Path, words: str = "Workbook…") -> openpyxl.Workbook:
    """Write a workbook, or an award's form, and return it to be filled in."""
    user.tools.dialogs.files.save = lambda *_: path  # type: ignore[method-assign]
    user.press(words)
    return openpyxl.load_workbook(path)


def take_in(user: PageUser, path: Path, filled: openpyxl.Workbook | None = None) -> PageUser:
    """Import a workbook, as it was filled in."""
    if filled is not None:
        filled.save(path)
    user.tools.dialogs.files.open = lambda *_: path  # type: ignore[method-assign]
    return user.press("Import…")


def test_a_plan_is_typed_and_sorted_by_day_and_an_output_emptied(planned: PageUser) -> None:
    planned.press("Change the plan…").fill(words3="the start").agree()
    assert planned.faults == "Type a day, such as 25 Nov or 02/12/2026."
    planned.fill(due3="02/01/2024").agree()
    assert "no return is due before that" in planned.faults
    planned.fill(due3=f"{date.today() + timedelta(days=45):%d/%m/%Y}", due4="03/01/2024").agree()
    assert planned.faults.startswith("Say in a word or two")
    planned.fill(due4="").agree()
    assert [(each.number, each.words) for each in first(planned).planned] == [
        (1, "half way"),
        (3, "the start"),
        (2, "the end"),
    ]

    planned.press("Change what is agreed…").fill(words1="", target1="", words3="A play").agree()
    assert [(each.number, each.words) for each in first(planned).outputs] == [
        (2, "Young people feel safer"),
        (3, "A play"),
    ], "what is emptied goes, and a new line has a number of its own"


def test_a_return_is_recorded_with_a_warning_and_taken_back(planned: PageUser) -> None:
    planned.press("Return 1: record…").fill(received="soon").agree()
    assert planned.faults == NO_DATE.format("soon")
    planned.fill(received="03/03/2026", spent="about 5").agree()
    assert planned.faults.startswith("“about 5” is not an exact amount")
    planned.fill(spent="£450.50", **{"reached 1": "-1"}).agree()
    assert planned.faults.startswith("Type a whole number, 0 or more")
    planned.fill(words="Twelve evenings.", **{"reached 1": "12", "told 2": "Most say so"}).agree()
    assert first(planned).progress == (
        "Evening sessions: 12 of 40\nYoung people feel safer: Most say so\nTwelve evenings."
    )
    assert "more than the £0.00 that was paid" in planned.said
    assert first(planned.press("Take back 1: take back")).received == ()
    assert first(planned.undo()).evidenced_pence == 45_050


def test_people_are_counted_under_the_fund_s_lists(counted_people: None, planned: PageUser) -> None:
    planned.press("Return 1: record…").fill(**{"people needs Shelter and accommodation": "7"}).agree()
    assert "7 people by category of need" in planned.said


def test_what_a_variation_agrees_is_taken_over(planned: PageUser) -> None:
    terms = Terms(outcomes="Evening sessions; Summer school for 12 people")
    varied = VaryAward(1, first(planned).application, 1, terms, "A smaller hall.", date.today())
    planned.workspace.perform(varied)
    assert "A variation agreed new outcomes" in planned.said
    planned.press("Take the varied outcomes over…")
    assert planned.form["words2"].text() == "Summer school for 12 people"
    assert [one.words for one in first(planned.agree()).outputs] == [
        "Evening sessions",
        "Summer school for 12 people",
    ]
    assert "A variation agreed new outcomes" not in planned.said


def test_outputs_visits_and_the_rule_are_typed_and_checked(user: PageUser) -> None:
    assert user.press("Record a visit…").form["who"].text() == "Grace Okoro"
    for given, fault in (
        ({}, "Say what was seen."),
        ({"seen": "A full hall.", "who": ""}, "Say who went."),
        ({"who": "Una Test", "on": "x"}, NO_DATE.format("x")),
    ):
        assert user.fill(**given).agree().faults == fault
    user.fill(on="02/02/2026").agree()
    assert [visit.seen for visit in first(user).visits] == ["A full hall."]
    assert first(user.press("Visit 1: remove")).visits == ()

    user.press("Returns by amount…").fill(pence2="£4,000").agree()
    assert user.faults.startswith("Type an amount in pounds that is more")
    user.fill(pence2="").agree()
    bands = user.view.answer.found.bands
    assert bands == (ReturnBand(500_000, "end"), ReturnBand(None, "quarterly"))
    assert bands_words(bands) in user.view.foot.text()
    assert not user.press("Returns by amount…").agree().has_form

    user.press("Record what is agreed…").fill(words1="Evening sessions", target1="many").agree()
    assert user.faults == "Type a whole number, such as 40, or leave the figure out."
    user.fill(target1="1,200", target2="3").agree()
    assert user.faults == "Say in words what the figure is of."
    user.fill(words2="People feel safer", target2="", measure2="Asked twice", is_outcome2="Outcome").agree()
    assert first(user).outputs == (
        AgreedOutput(1, "Evening sessions", 1200),
        AgreedOutput(2, "People feel safer", is_outcome=True, measure="Asked twice"),
    )
    assert "Evening sessions (1,200)" in user.said


def test_a_workbook_goes_out_and_comes_back(planned: PageUser, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    filled = write(planned, path)
    filled["Returns"]["G5"] = "03/03/2026"
    filled["Progress"]["I5"] = 12
    assert "1 return is new: nothing had come in. " in take_in(planned, path, filled).asked
    assert first(planned.agree()).achieved(1) == 12
    filled["Progress"]["I5"] = 13
    asked = take_in(planned, path, filled).asked
    assert "1 return changes what the record says:" in asked
    assert ", return 1: output 1 achieved from 12 to 13." in asked
    assert first(planned.agree().undo()).achieved(1) == 12
    planned.workspace.undo_stack.redo()
    take_in(planned, path)
    assert planned.tools.notices.current.words == (
        "“out.xlsx” says nothing that the record does not say already. Nothing was changed."
    )
    assert first(planned.undo().undo()).received == ()


def test_a_file_with_faults_or_none_of_ours_changes_nothing(planned: PageUser, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    filled = write(planned, path, "Write its form…")
    filled["Returns"]["I5"] = "A good start"
    assert take_in(planned, path, filled).form.do.text() == "Import 1 return"
    planned.fill(on="3 March 2026").agree()  # the day is left to the office
    assert [one.said.received_on for one in first(planned).received if one.said] == [date(2026, 3, 3)]
    planned.undo()

    filled["Returns"]["H5"] = "about 5"
    asked = take_in(planned, path, filled).tools.dialogs.dialog
    assert isinstance(asked, ListingDialog)
    assert asked.list.toPlainText().splitlines()[0].startswith("Returns!H5: “about 5”")
    asked.cancel.click()
    assert first(planned).received == ()
    take_in(planned, tmp_path / "list.xlsx", openpyxl.Workbook())
    assert "has no sheet “Returns”" in planned.told[-1]


def test_returns_are_listed_in_every_room_and_read_by_the_chair(planned: PageUser) -> None:
    view = planned.view
    for table in view.tables:
        QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(AWARD_COLUMNS) + len(OVERDUE_COLUMNS) == 12
    for size in ((1366, 688), (1093, 535), (700, 600)):
        planned.room(*size)
        assert view.table.isVisible()
        assert view.panes()[0] is view.table
        view.find_words()
        if not view.detail.isVisible():
            view.sides.choose(ONE)
            assert not view.table.isVisible()
        assert view.detail.isVisible()
        assert view.buttons[2].isVisible()
        view.sides.choose(0)
    planned.room(1366, 688)
    assert view.table.isVisible()
    view.tabs.choose(AWARDS)
    assert late_days(first(planned)) == 40
    assert "40 days late" in planned.said
    view.tabs.choose(OVERDUE)
    overdue = [(one.award.application, one.days) for one in view.table.rows]
    assert overdue == [(first(planned).application, 40)]
    assert view.table.isVisible()
    assert view.table.current == (first(planned).application, 1)

    planned.be(CHAIR)
    assert view.detail.buttons == {}
    assert [button.isHidden() for button in view.buttons] == [False, True, True]
