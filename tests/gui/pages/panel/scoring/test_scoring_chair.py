"""The chair who does not score says so once, on the scoring page."""

from pathlib import Path

from msgspec.structs import replace

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from gui.pages.panel.scoring.words import closed_words, opener_words
from gui.settings import Settings
from models.operations.panel.members import Declare, SetChairScores
from models.operations.set_up.areas import MoveAreas
from models.queries.panel.score_sheets import SheetState
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.gui.builders import whole_round
from tests.gui.pages.panel.scoring_rounds import record_of
from tests.gui.pressing import answer, box_of, page_of


def test_the_chair_says_once_that_they_do_not_score(
    window: Window, tmp_path: Path, settings: Settings
) -> None:
    rows = replace(whole_round(), sheets=(), agreed=())
    declared = Declare(1, "NAIR", (InterestRow("NAIR", None, InterestKind.NONE),))
    path = record_of(tmp_path / "chair.panel", replace(rows, scheme=replace(rows.scheme, quorum=2)), declared)
    settings.role = "chair"
    window.controller.open(path)
    window.main.tools.go("scoring")
    page = page_of(window, ScoringPage)
    assert page.chair.isVisible()

    page.chair.button.click()
    assert window.main.toast.words == "Recorded: you do not score in this round."
    assert not page.chair.isVisible()
    assert page.empty.words.startswith("You said that you do not score in this round")
    assert page.empty.button.text() == "I score after all"

    page.empty.button.click()
    assert page.chair.isVisible()
    opener = opener_words(("Priya Nair",), may_open=True)
    assert closed_words(page.sheets.current, opener).endswith(
        "is not open for scoring yet. You open it with the stages at the top."
    )
    window.controller.rounds.choose_area("Dudley")
    page.navigation.focus_marks()
    assert page.form.open_box is None
    window.workspace.perform(MoveAreas(1, ("Dudley",), "scoring"))
    box = page.form.open_box
    assert box is not None, "scoring opened while the sheet was on show"
    assert window.main.focusWidget() is box.marks.stop
    reference, stood = page.sheets.current.reference, page.chair.geometry()
    page.sheets.mark(reference, "A1", 3)
    page.refresh()
    assert page.sheets.current.marks[0] == 3
    assert (page.chair.isVisible(), page.chair.geometry()) == (True, stood), "nothing moves under the pointer"
    other = next(line.reference for line in page.sheets.lines if line.reference != reference)
    page.sheets.mark(other, "A1", 3)  # as in the grid, where the sheet on show stays
    page.refresh()
    assert not page.chair.isVisible()
    page.sheets.mark(other, "A1", None)
    page.sheets.mark(reference, "A1", None)
    for scores in (False, True):
        window.main.tools.perform(SetChairScores(1, page.sheets.member, scores))
    window.workspace.undo_stack.undo()
    assert page.empty.isVisible()
    window.main.tools.use_as(Identity("Tom Hale", "member", "HALE"))
    assert not page.chair.isVisible()


def test_an_officer_puts_down_what_a_member_rules_in_the_chairs_place(window: Window, tmp_path: Path) -> None:
    rows = whole_round()
    of = rows.sheets[0].application
    rows = replace(rows, sheets=(replace(rows.sheets[0], member="HALE"),))
    own = InterestRow("NAIR", of, InterestKind.PECUNIARY)
    interests = (*(one for one in rows.interests if one.member != "NAIR"), own)
    scheme = replace(rows.scheme, not_applicable_allowed=True)
    rows = replace(rows, scheme=scheme, interests=interests, agreed=())
    area = next(one.area for one in rows.applications if one.reference == of)
    window.controller.open(record_of(tmp_path / "place.panel", rows, MoveAreas(1, (area,), "scoring")))
    window.main.tools.use_as(Identity("Grace Okafor", "officer"))
    window.main.tools.go("scoring")
    page = page_of(window, ScoringPage)
    page.head.paper.picked.emit("HALE")
    page.grid.table.choose(of)
    line = page.sheets.line(of)
    assert line.in_place
    assert page.head.rule.text() == "Reopen sheet…"

    page.head.rule.click()
    answer(window, reason="Read the wrong form")

    line = page.sheets.line(of)
    assert line.reopened == f"Read the wrong form (in the chair’s place {line.in_place[0][0]})"
    assert line.state is SheetState.READY
    code = page.sheets.codes[0]
    assert page.head.rule.text() == "Set aside…"
    page.head.rule.click()
    answer(window, reason="No such part")
    line = page.sheets.line(of)
    assert dict(line.why_not_applicable)[code].startswith("No such part (in the chair’s place ")
    page.head.rule.click()
    again = box_of(window, DataForm)
    assert list(again.fields) == ["in_place"]
    again.do.click()
    line = page.sheets.line(of)
    assert not line.not_applicable
