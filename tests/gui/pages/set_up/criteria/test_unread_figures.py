"""What was typed on the set-up page and cannot be read stays beside what it was typed of alone."""

from pathlib import Path

from gui.app import Window
from gui.pages.set_up.criteria.page import RULES
from scoring.scheme import Method
from tests.gui.pages.set_up.criteria.test_criteria import (  # noqa: F401  fixtures
    CHAIR,
    OFFICER,
    Shows,
    draft_path,
    on_show,
    shows,
)


def test_what_cannot_be_read_of_one_criterion_is_not_shown_of_another(shows: Shows) -> None:  # noqa: F811
    page = shows(OFFICER)
    form = page.criteria.side.form
    for code in ("A6", "A7"):
        page.draft.pick(code)
        form["method"].given.emit(Method.LINEAR)
    page.draft.pick("A6")
    form["high"].line.setText("some")
    form["high"].line.editingFinished.emit()
    assert form["high"].problem.isVisibleTo(form)

    page.draft.pick("A7")

    assert form["high"].line.text() != "some"
    assert not form["high"].problem.isVisibleTo(form)


def test_putting_an_amendment_back_takes_what_cannot_be_read_along(window: Window, record_path: Path) -> None:
    window.controller.open(record_path)
    window.main.tools.use_as(CHAIR)
    page = on_show(window)
    page.amend.click()
    page.sections.choose(RULES)
    page.rules["cap_per_award_pence"].line.setText("much")
    page.rules["cap_per_award_pence"].line.editingFinished.emit()
    assert page.rules["cap_per_award_pence"].problem.isVisibleTo(page.rules)

    page.put_back.click()

    assert page.rules["cap_per_award_pence"].line.text() != "much"
    assert not page.rules["cap_per_award_pence"].problem.isVisibleTo(page.rules)
