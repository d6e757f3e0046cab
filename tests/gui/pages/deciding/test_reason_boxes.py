"""The boxes for the panel's reasons: a draft to be checked, and never a note of the rule."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.listed.form import DataForm
from gui.pages.deciding.recommend import (
    LETTER_SAYS_FLOOR,
    LETTER_WAITS,
    NO_REASON,
    NONE_WRITTEN,
    NOTE,
    ONE_LACKS,
    TOLD,
    Recommending,
    reasons_form,
)
from models.queries.deciding.reasons import AGREED, Draft, Library
from models.queries.deciding.round_list import Mark, round_list
from models.reference.schemes import shipped_funds
from models.values.recommending import SCOPE, RecommendationRow
from models.values.rows import scored_round
from scoring.rank import rank
from tests.gui.builders import whole_round
from tests.gui.pressing import pill_of

AGAINST = Draft("Costs: one sum.", AGREED)
DRAFT = Draft("Need: the street asked for it.", AGREED)
NOTED = "fits: asks £4,890.67, £14,430.63 left"
Made = Callable[..., DataForm]


@pytest.fixture
def box(dressed: None, qtbot: QtBot) -> Made:
    """Make the box of a recommendation on the first application that the rule funds."""
    lines = round_list(rank(scored_round(whole_round())), ()).lines
    line = next(line for line in lines if line.mark is Mark.FUND)
    fund, holder = shipped_funds()[0], QWidget()
    qtbot.addWidget(holder)

    def made(reason: str = "", draft: Draft | None = DRAFT, mark: Mark = Mark.FUND) -> DataForm:
        of, pence = line.standing.reference, line.standing.offer_pence
        held = RecommendationRow(of, "fund", pence, reason) if reason else None
        library = Library(fund.conditions, fund.decline_codes)
        does: tuple[Any, ...] = (
            *(lambda *_: None, lambda *_: (), lambda *_: "", lambda *_: ""),
            lambda item, allowed: item,
        )
        asking = Recommending(line, held, library, *does, draft=draft, against=draft and AGAINST)
        return DataForm(asking.form(mark), holder)

    return made


def given(dialog: DataForm) -> list[RecommendationRow]:
    items: list[RecommendationRow] = []
    dialog.given.connect(items.append)
    dialog.do.click()
    return items


def test_a_draft_is_shown_to_be_checked_and_changes_with_the_outcome_until_it_is_edited(box: Made) -> None:
    dialog = box()

    assert dialog["reason"].toPlainText() == DRAFT.words
    assert dialog.says[3] == DRAFT.note
    assert TOLD in dialog["reason"].accessibleName()
    assert [item.reason for item in given(dialog)] == [DRAFT.words]

    dialog = box()
    pill_of(dialog["outcome"], Mark.DECLINE).setChecked(True)
    against = dialog["reason"].toPlainText()
    pill_of(dialog["outcome"], Mark.FUND).setChecked(True)
    back = dialog["reason"].toPlainText()
    dialog["reason"].setPlainText("My own words.")
    pill_of(dialog["outcome"], Mark.DECLINE).setChecked(True)

    assert (against, back) == (AGAINST.words, DRAFT.words)
    assert dialog["reason"].toPlainText() == "My own words."


def test_what_was_recorded_goes_before_a_draft_and_a_reason_for_money_is_none_against_it(box: Made) -> None:
    dialog = box("Quieter evenings.")

    assert dialog["reason"].toPlainText() == "Quieter evenings."
    assert not dialog.says[3]

    pill_of(dialog["outcome"], Mark.RESERVE).setChecked(True)
    assert given(dialog) == []
    assert dialog.problem.text() == NO_REASON


def test_the_box_never_starts_with_the_note_of_the_rule_and_takes_none(box: Made) -> None:
    dialog = box(draft=None)
    assert dialog["reason"].toPlainText() == ""
    assert given(dialog) == []
    assert dialog.problem.text() == NO_REASON

    dialog["reason"].setPlainText(NOTED)

    assert given(dialog) == []
    assert dialog.problem.text() == NOTE


def test_several_reasons_are_written_in_one_box(dressed: None, qtbot: QtBot) -> None:
    holder, rows = QWidget(), whole_round()
    qtbot.addWidget(holder)
    ranking = rank(scored_round(rows))
    *above, last = ranking.standings
    ranking = ranking._replace(standings=(*above, last._replace(below_threshold=("Need, 1 of 2",))))
    low = last.reference
    first, part, declined = [one.reference for one in ranking.standings if not one.below_threshold][:3]
    items = (
        RecommendationRow(first, Mark.FUND, 500, ""),
        RecommendationRow(part, Mark.PART, 600, ""),
        RecommendationRow(declined, Mark.DECLINE, None, ""),
        RecommendationRow(low, Mark.DECLINE, None, ""),
    )
    form = reasons_form(rows, ranking, items, lambda one: one, lambda one: one)
    dialog = DataForm(form, holder)
    assert dialog[declined].accessibleDescription().endswith(LETTER_WAITS)
    assert dialog[low].accessibleDescription().endswith(LETTER_SAYS_FLOOR)
    assert [name for name in dialog.fields if name.startswith(SCOPE)] == [f"{SCOPE}{part}"], (
        "what a part pays for is asked beside its reason"
    )
    written: list[tuple[RecommendationRow, ...]] = []
    dialog.given.connect(written.append)

    for item in items:
        dialog[item.application].clear()
    dialog.do.click()
    assert dialog.problem.text() == NONE_WRITTEN
    dialog[part].setPlainText(NOTED)
    dialog.do.click()
    assert dialog.problem.text() == NOTE
    dialog[part].setPlainText(" Songs on the square. ")
    dialog[f"{SCOPE}{part}"].setText(" The songs alone ")
    dialog.do.click()

    songs = replace(items[1], reason="Songs on the square.", conditions=(f"{SCOPE}The songs alone",))
    assert written == [(songs,)]
    dialog.other.click()
    assert dialog.problem.text() == ONE_LACKS
    dialog[first].setPlainText("Boxing on Fridays.")
    dialog.other.click()  # what is declined may be signed without
    assert written[1] == (replace(items[0], reason="Boxing on Fridays."), songs)
