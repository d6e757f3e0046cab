"""Test the model, from the criteria page: what each criterion decides on made-up rounds, and advice."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from gui.app import Window
from gui.dialogs.confirm import ListingDialog
from gui.pages.page import Identity
from gui.pages.set_up.criteria.page import TRY_IT, CriteriaPage
from gui.pages.set_up.criteria.trying import FINE, advice_words, cost_words, percent, tie_words
from scoring.scheme import Side
from scoring.sensitivity.model_test import Decides, ModelTest
from tests.gui.pages.set_up.criteria.test_criteria import CHAIR, draft_path, shows, weigh  # noqa: F401  fixtures
from tests.gui.pressing import words_in

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Shows = Callable[[Identity], CriteriaPage]


def made(*, awards: int = 30, cost: int | None = 40, ties: int = 0) -> ModelTest:
    return ModelTest(100, 2_000, (Decides("A7", "Volunteers", Side.COST, 12, awards),), cost, ties)


def test_the_model_is_tested_from_try_it(window: Window, shows: Shows) -> None:  # noqa: F811
    page = shows(CHAIR)
    page.tabs.choose(TRY_IT)

    page.buttons[-1].click()

    dialog = window.controller.dialog
    assert isinstance(dialog, ListingDialog)
    assert "100 made-up rounds of 20 applications each" in words_in(dialog)
    lines = dialog.list.toPlainText().splitlines()
    assert [line.split()[0] for line in lines[:7]] == [c.code for c in page.draft.scheme.criteria]
    dialog.reject()


def test_it_waits_until_the_weights_add_up(shows: Shows) -> None:  # noqa: F811
    page = shows(CHAIR)
    page.tabs.choose(TRY_IT)

    weigh(page, 24)

    assert not page.buttons[-1].isEnabled()
    weigh(page, 25)
    assert page.buttons[-1].isEnabled()


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
