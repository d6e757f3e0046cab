"""The stages in the header, what stops the next one, and the chair who moves an area on."""

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.listed.form import DataForm, FinalDataForm, Ticks
from gui.pages.page import Identity, Place
from gui.widgets.frame.header import StageStrip
from gui.widgets.frame.sidebar import Badge
from models.operations.set_up.areas import MoveAreas, RenameArea
from models.queries.panel.left_to_do import progress, references_marked, to_check, to_discuss, undeclared
from models.queries.panel.meeting import left_open
from models.values.rounds import AreaLine, RoundLine, allowed_words, by_stage, counts, stages_at
from models.values.rows import AgreedRow, InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import Area, InterestKind
from tests.gui.builders import WOLVERHAMPTON, scheme, whole_round, without_nair
from tests.gui.pressing import answer, answer_to, box_of, words_in


def line(*stages: str, of: str = "open") -> RoundLine:
    areas = tuple(AreaLine(f"Area {n}", stage, 0, 0, 0) for n, stage in enumerate(stages))
    return RoundLine(1, "uid", "Fund", "F", "2026/27", "Round 2", of, "OFFICIAL", areas, 3)


def drawn(*stages: str) -> QImage:
    strip = StageStrip()
    strip.show_place(Place(line(*stages), None))
    return strip.grab().toImage()


def dialog_of(window: Window) -> FinalDataForm:
    window.main.header.stages.click()
    return box_of(window, FinalDataForm)


def areas_of(dialog: FinalDataForm) -> list[str]:
    (ticks,) = dialog.form.named
    assert isinstance(ticks, Ticks)
    return [area for _, area in ticks.options]


def stage_in(window: Window) -> str:
    place = window.controller.rounds.place
    return next(area.stage for area in place.line.areas if area.name == WOLVERHAMPTON)


@pytest.fixture
def wolverhampton(opened: Window) -> Window:
    opened.controller.rounds.choose_area(WOLVERHAMPTON)
    return opened


def test_the_areas_of_one_stage_stand_together_in_the_order_of_the_stages() -> None:
    place = Place(line("intake", "intake", of="set up"), None)

    assert counts(stages_at(place)) == (2, 0, 0, 0, 0)
    assert allowed_words(place.line, 0).startswith("The scheme is drafted")

    told = by_stage(Place(line("meeting", "scoring", "meeting", "done"), None))

    assert [words.split(".")[0] for words in told] == [
        "Score: Area 1",
        "Meeting: Area 0, Area 2",
        "Done: Area 3",
    ]


def test_an_area_goes_back_with_a_reason_and_on_by_the_chair_alone_with_items_open_for_a_reason(
    wolverhampton: Window,
) -> None:
    dialog = dialog_of(wolverhampton)
    assert "You move it on, as the chair." in dialog.sentences
    assert (stage_in(wolverhampton), dialog.do.text()) == ("intake", "Open scoring")
    words = words_in(dialog).splitlines()
    said = words[words.index("Done") + 1 :]
    assert said[:3] == ["14 applications are ready.", "Every gate is checked.", "2 members have declared."]
    assert "Still open" not in words
    dialog.do.click()
    assert stage_in(wolverhampton) == "scoring"
    assert "Stage 2 of 5, Score" in wolverhampton.main.header.stages.accessibleName()
    assert wolverhampton.main.toast.words == "Scoring is open in Wolverhampton."
    dialog = dialog_of(wolverhampton)
    next(lead for lead in dialog.leads if lead.text().startswith("Move back to")).click()
    answer(wolverhampton)
    assert stage_in(wolverhampton) == "scoring"
    answer(wolverhampton, reason="Two applications came late")
    assert stage_in(wolverhampton) == "intake"

    wolverhampton.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    dialog = dialog_of(wolverhampton)
    assert "Only the chair moves an area on, not the member. The chair is Priya Nair." in words_in(dialog)
    assert not dialog.do.isVisible()
    dialog.reject()
    # a meeting is left with items open for the chair's reason alone
    wolverhampton.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    for _ in range(3):
        dialog_of(wolverhampton).do.click()
    why = box_of(wolverhampton, DataForm)
    assert (stage_in(wolverhampton), why.heading.text()) == ("meeting", "Move on with items open")
    why.do.click()
    assert stage_in(wolverhampton) == "meeting", "it stays open without a reason"
    why["reason"].setPlainText("Two members left at noon")
    why.do.click()
    assert stage_in(wolverhampton) == "recommending"
    said = answer_to(wolverhampton, lambda session: left_open(session, 1))
    assert said == {WOLVERHAMPTON: "Two members left at noon"}
    once_closed = drawn("done")
    assert drawn("done", "done") == once_closed, "each stage is ticked, and none counted"
    assert drawn("deciding", "done") != once_closed
    wolverhampton.workspace.perform(RenameArea(1, WOLVERHAMPTON, "Wulfrun"))
    assert wolverhampton.controller.rounds.place.area is None, "none is called as the one on show was"


def test_opening_scoring_for_all_areas_takes_two_acts(opened: Window, qtbot: QtBot) -> None:
    header = opened.main.header
    qtbot.waitUntil(header.next.isVisible)  # counted a moment after the record is opened

    # seven areas of four applications and Wolverhampton of fourteen; both have declared
    assert header.next.text() == "Open scoring…"
    assert header.next.accessibleName() == "Open scoring: 8 areas, 42 applications ready, 2 declared"
    assert opened.main.sidebar.link("overview").badge == Badge(2, is_mine=True), "one of two tasks"

    header.next.click()  # the first act
    dialog = box_of(opened, FinalDataForm)
    assert dialog.focusWidget() is dialog.cancel
    assert dialog.do.text() == "Open scoring in 8 areas"
    dialog.do.click()  # the second

    place = opened.controller.rounds.place
    assert {area.stage for area in place.line.areas} == {"scoring"}
    assert opened.main.toast.words == "Scoring is open in 8 areas."
    qtbot.waitUntil(header.next.isHidden)
    focused = QApplication.focusWidget()
    assert focused is None or not header.isAncestorOf(focused), "what goes takes the focus nowhere"


def test_areas_are_left_out_and_one_stage_leads_to_another(opened: Window) -> None:
    opened.workspace.perform(MoveAreas(1, ("Dudley",), "scoring"))
    dialog = dialog_of(opened)

    dialog["areas"].tick(map(str, range(dialog["areas"].count())), is_ticked=False)
    assert (dialog.do.isEnabled(), dialog.do.toolTip()) == (False, "Tick at least one area.")
    dialog["areas"].tick([str(areas_of(dialog).index("Sandwell"))], is_ticked=True)
    assert dialog.do.text() == "Open scoring in 1 area"
    dialog.do.click()
    again = dialog_of(opened)
    assert [button.text() for button in again.leads] == ["Open the meeting: 2 areas…"]
    again.leads[0].click()
    meeting = box_of(opened, FinalDataForm)
    # neither is ready for its meeting, since Hale handed nothing in
    assert areas_of(meeting) == ["Dudley", "Sandwell"]
    assert not meeting["areas"].ticked


def test_anybody_else_sees_the_checklist_of_all_areas(opened: Window) -> None:
    opened.main.tools.use_as(Identity("Grace Okoro", "officer"))
    dialog = dialog_of(opened)
    assert "Only the chair moves an area on, not the officer. The chair is Priya Nair." in words_in(dialog)
    assert not dialog.do.isVisible()
    assert dialog.leads[0].text() == "Continue as Priya Nair, chair"
    dialog.leads[0].click()
    assert opened.main.status.person.text() == "Priya Nair, chair"


def test_a_member_has_the_sheets_of_the_areas_served_and_none_where_an_interest_stands() -> None:
    rows = whole_round()
    references = references_marked(rows, {WOLVERHAMPTON})
    by_code = {one.member.code: one for one in progress(rows, references, {})}

    # fourteen applications; Hale declared an interest in one; Nair handed in thirteen full sheets
    assert (by_code["NAIR"].handed_in, by_code["NAIR"].of) == (13, 14)
    assert (by_code["HALE"].handed_in, by_code["HALE"].of) == (0, 13)
    assert [member.code for member in undeclared(without_nair(rows))] == ["NAIR"]
    assert to_check(rows, None) == 0

    # and those begun elsewhere than in the areas served
    references = references_marked(rows, {WOLVERHAMPTON, "Coventry"})
    served = {"NAIR": ("Coventry",), "HALE": ("Coventry",)}
    by_code = {one.member.code: one for one in progress(rows, references, served)}

    # Coventry has four applications; Nair began thirteen of Wolverhampton's all the same, and handed them in
    assert (by_code["NAIR"].handed_in, by_code["NAIR"].of) == (4 + 13, 4 + 13)
    assert (by_code["HALE"].handed_in, by_code["HALE"].of) == (0, 4)


def spread() -> RoundRows:
    """Two members two marks apart on W-1, one mark apart on W-2."""
    near, far = (3, 3, 3, 3, 3, 3, 3), (3, 3, 3, 3, 3, 3, 5)
    return RoundRows(
        "Fund",
        "Round",
        "",
        scheme(),
        (Area("A", 1),),
        whole_round().applications[:2],
        (MemberRow("M1", "Ann"), MemberRow("M2", "Ben")),
        sheets=(
            SheetRow("M1", "BE-001", True, near),
            SheetRow("M2", "BE-001", True, far),
            SheetRow("M1", "BE-002", True, near),
            SheetRow("M2", "BE-002", True, (4, 3, 3, 3, 3, 3, 3)),
        ),
    )


def test_marks_two_apart_are_to_discuss_until_that_criterion_is_agreed() -> None:
    rows, references = spread(), frozenset({"BE-001", "BE-002"})
    none = (None,) * 6

    assert to_discuss(rows, references) == ("BE-001",)
    assert to_discuss(replace(rows, agreed=(AgreedRow("BE-001", (4, *none)),)), references) == ("BE-001",)
    assert to_discuss(replace(rows, agreed=(AgreedRow("BE-001", (*none, 4)),)), references) == ()
    interest = InterestRow("M2", "BE-001", InterestKind.PREJUDICIAL)
    assert to_discuss(replace(rows, interests=(interest,)), references) == ()
