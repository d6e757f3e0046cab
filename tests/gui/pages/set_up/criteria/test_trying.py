"""Test the model, from the criteria page: what each criterion decides on made-up rounds, and advice."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QPushButton

from gui.app import Window
from gui.dialogs.confirm import ListingDialog
from gui.pages.set_up.criteria.page import TRY_IT
from gui.pages.set_up.criteria.trying import FINE, NO_TOTALS, advice_words, cost_words, percent, tie_words
from scoring.scheme import Side
from scoring.sensitivity.model_test import Decides, ModelTest
from tests.gui.pages.set_up.criteria.test_criteria import OFFICER, Shows, draft_path, shows, weigh  # noqa: F401  fixtures
from tests.gui.pressing import box_of, words_in

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def made(*, awards: int = 30, cost: int | None = 40, ties: int = 0) -> ModelTest:
    return ModelTest(100, 2_000, (Decides("A7", "Volunteers", Side.COST, 12, awards),), cost, ties)


def test_a_draft_is_tested_on_made_up_rounds_once_its_weights_add_to_100(
    window: Window,
    shows: Shows,  # noqa: F811  the fixture
) -> None:
    page = shows(OFFICER)
    page.tabs.choose(TRY_IT)
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Test the model…")
    button.click()
    box = box_of(window, ListingDialog)
    lines = box.list.toPlainText().splitlines()

    assert words_in(box).count("100 made-up rounds of 20 applications each") == 1
    assert [line.split()[0] for line in lines[:7]] == [f"A{n}" for n in range(1, 8)]
    assert lines[8].startswith("The cost side decides an award in ")
    assert "on the budget line" in lines[9]
    assert lines[10:], "advice, or that none is needed"

    box.cancel.click()
    weigh(page, 22)
    assert (button.isEnabled(), button.toolTip()) == (False, NO_TOTALS)


def test_a_criterion_that_never_moves_anything_is_said_so() -> None:
    assert advice_words(made()) == (FINE,)
    assert advice_words(made(awards=0)) == (
        "A7 Volunteers never moves an award here. It could weigh more, or be left out of the form.",
    )
    idle = replace(made(), criteria=(Decides("A7", "Volunteers", Side.COST, 0, 0),))
    assert advice_words(idle)[0].startswith("A7 Volunteers never moves anything here.")


def test_the_cost_side_and_ties_are_told_and_advised_on() -> None:
    assert cost_words(made(cost=None)) == "The scheme has one side only."
    assert cost_words(made(cost=40)) == "The cost side decides an award in 40% of rounds."
    assert cost_words(made(cost=0)).startswith("The cost side never decides an award")
    assert advice_words(made(cost=0)) == ("Give the cost side more weight, or do without it.",)
    assert tie_words(made()) == "No tie falls on the budget line."
    assert tie_words(made(ties=9)).startswith("A tie falls on the budget line in 9% of rounds")
    assert advice_words(made(ties=9)) == (FINE,)
    assert advice_words(made(ties=10))[0].startswith("Add a tie-break")


@pytest.mark.parametrize(
    ("count", "of", "words"), [(0, 900, "0%"), (1, 900, "1%"), (899, 900, "99%"), (900, 900, "100%")]
)
def test_none_and_all_are_said_only_when_they_are(count: int, of: int, words: str) -> None:
    assert percent(count, of) == words
