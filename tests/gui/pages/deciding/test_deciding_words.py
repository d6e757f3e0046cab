"""The words of the office on a line: they start empty, money needs them, the panel's come by a button."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel

from gui.app import Window
from gui.listed.form import DataForm
from gui.pages.deciding.decisions.lines import totals
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.decisions.state import (
    agree_all_words,
    as_begun,
    as_recommended,
    in_words,
    record_words,
    sign_words,
)
from gui.pages.page import UNBOUNDED, Identity
from models.operations.deciding.recommendations import RecordRecommendations
from models.queries.deciding.decisions import decisions, recommendations
from models.queries.deciding.round_list import Mark
from models.record import Opener, Record
from models.reference.defaults import Condition
from models.values.recommending import SCOPE, LineDecision
from scoring.money import short_pounds
from tests.gui.deciding import (
    COMMANDER,
    OFFICER,
    at_page,
    make_recommended,
    record_answers,
    said_on,
    sign_and_decide,
)
from tests.gui.pressing import answer, answer_to, box_of, page_of

DECIDER = Identity("Dan Decides", "decider")
OWN = "Boys off the street on Friday nights."


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record signed by chair and commander; of the best two lines the panel wrote reason and condition."""
    path = make_recommended(tmp_path_factory.mktemp("words") / "office.panel")
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        items = sorted(record.ask(lambda session: recommendations(session, 1)), key=lambda i: i.place or 99)
        chosen = tuple(replace(item, reason=OWN, conditions=("receipts",)) for item in items[:2])
        record.perform(RecordRecommendations(1, chosen), OFFICER)
        sign_and_decide(record, COMMANDER, post="Commander", own_reasons=True)
    return path


@pytest.fixture
def shown(window: Window, template: Path, tmp_path: Path) -> Window:
    """A window at the Decisions page, everything signed by chair and commander, used by the decider."""
    return at_page(window, Path(shutil.copy(template, tmp_path / "office.panel")), DECIDER, "decisions")


@pytest.fixture
def page(shown: Window) -> DecisionsPage:
    return page_of(shown, DecisionsPage)


def test_the_words_of_a_line_start_empty_and_money_waits_for_them(page: DecisionsPage) -> None:
    first, second = page.lines[0].reference, page.lines[1].reference
    page.show_reference(first)
    assert page.office.words == ""
    page.office.reading.setFixedHeight(page.office.reason.height())
    QApplication.processEvents()
    page.office.as_recommended.click()
    assert not page.office.problem.isHidden()
    assert not page.office.reason.visibleRegion().isEmpty(), "it is scrolled to"
    page.office.reading.setMinimumHeight(0)
    page.office.reading.setMaximumHeight(UNBOUNDED)
    assert page.lines[0].pending is None
    assert page.record.isHidden()
    page.office.reason.setPlainText("half a sentence")
    page.show_reference(second)
    assert page.office.words == ""
    page.show_reference(first)
    assert page.office.words == "half a sentence"

    page.office.fill_in(replace(page.lines[2], panel_reason=""), (), LineDecision(""))  # of an older record
    assert not page.office.use.isEnabled()
    assert "the list's own note is not one" in page.office.use.toolTip()
    own = ("Keep the hall open.", "Tell us the dates.")
    line = replace(page.lines[0], last=None, recommended=replace(page.lines[0].recommended, conditions=own))
    page.office.fill_in(line, (), as_begun(line, (), {}).answer)
    assert page.office.conditions == own
    reserve = next(line for line in page.lines if line.recommended.outcome == "reserve")
    page.show_reference(reserve.reference)
    page.office.as_recommended.click()  # which is without money, and needs no words
    assert next(line for line in page.lines if line.reference == reserve.reference).pending is not None


def test_what_lines_lack_their_step_and_what_they_come_to_are_told(page: DecisionsPage) -> None:
    first, second = page.table.rows[:2]
    unsaid = replace(first, recommended=replace(first.recommended, outcome=Mark.PART, conditions=()))
    said = replace(unsaid.recommended, application="W-777", conditions=(f"{SCOPE}the hall alone",))
    words = sign_words([unsaid, replace(second, recommended=said)], "Wolverhampton")
    assert words[1].startswith(
        f"Not stated yet: what the part-fund of {first.reference} pays for. Part-fund…"
    )
    assert not any("undecided" in one for one in words)
    answered = [replace(unsaid, pending=LineDecision(first.reference))]
    assert record_words(answered, "Commander", is_last=False)[2] == (
        f"Not stated yet: what the part-fund of {first.reference} pays for. "
        "Send back a line to have that stated."
    )
    assert "W-013 is not ranked and stays undecided." in sign_words([unsaid], "", ["W-013"])[2]

    assert page.within[0].lines[1].text().endswith("by Priya Nair")
    assert page.within[1].lines[0].text() == "9 to fund £29,480 · 4 reserve"
    less = replace(first, takes_pence=100_000)
    pounds = short_pounds(first.recommended.amount_pence or 0)
    assert totals([less]) == f"As recommended: 1 to fund {pounds}. As it stands: £1,000"
    page.show_reference(first.reference)
    every = [label.text() for label in page.office.findChildren(QLabel) if label.isVisible()]
    said = every[every.index("Signed by") + 1 :][:3]
    assert [words.partition(": ")[0] for words in said] == ["Panel", "Commander", "Chief Executive"]
    assert "Priya Nair" in said[0]
    assert said[2] == "Chief Executive: waiting"

    # lines of an older record without a reason wait for one
    plain = partial(as_begun, library=(), answers={})
    silent = [replace(line, panel_reason="") for line in page.lines[:7]]
    taken = as_recommended([*silent, *page.lines[7:]], plain, lambda _: True)
    assert taken.wordless == tuple(line.reference for line in silent)
    assert "and 2 more: write one there. They stay open." in agree_all_words(taken)[1]
    odd = replace(page.lines[0], is_departure=True)
    taken = as_recommended([odd, *page.lines[1:]], plain, lambda _: True)
    assert taken.wordless == (page.lines[0].reference,)
    assert agree_all_words(as_recommended((), plain, lambda _: True)) == ()


def test_a_condition_of_the_recommendation_reaches_the_decision_in_words(
    page: DecisionsPage, shown: Window
) -> None:
    page.show_reference(page.lines[0].reference)
    words = "Send receipts for everything bought with the grant."
    assert words in page.office.conditions
    page.office.use.click()
    page.office.as_recommended.click()
    record_answers(shown, page, "031/2026")

    found = answer_to(shown, lambda s: [d.conditions for d in decisions(s, 1) if d.is_last])
    assert [words in conditions for conditions in found] == [True]
    assert page.lines[0].last.reason == OWN


def test_a_change_to_money_at_the_last_step_asks_for_the_reason(page: DecisionsPage, shown: Window) -> None:
    page.show_reference(page.lines[0].reference)
    page.office.change.click()
    asked = box_of(shown, DataForm)
    assert "words" in asked.fields
    part = {"outcome": "Part-fund", "amount": "1,000", "scope": "all sessions but one"}
    answer(shown, **part, reason="one session fewer")
    assert asked.problem.text().startswith("Write why it reduces crime")

    answer(shown, words="Fewer break-ins.")

    chosen = page.lines[0].pending
    assert (chosen.reason, chosen.change_reason, chosen.amount_pence) == (
        "Fewer break-ins.",
        "one session fewer",
        100_000,
    )


def test_the_panel_s_words_come_by_their_button_and_the_next_step_is_another_s(
    page: DecisionsPage, shown: Window
) -> None:
    page.show_reference(page.lines[0].reference)
    assert page.office.use.isEnabled()
    page.office.use.click()
    page.office.as_recommended.click()
    assert page.lines[0].pending.reason == OWN

    shown.main.tools.use_as(Identity("Cora Command", "decider"))
    said = said_on(page.office)
    assert "You signed as Commander on this line. Each step of the chain" in said
    assert not page.office.as_recommended.isVisible()
    assert not page.all_agreed.isVisible()


def test_conditions_by_code_are_put_in_words_once() -> None:
    library = (Condition("a", "Do a."), Condition("b", "Do b."))

    assert in_words(("b", "Do b.", "Something else."), library) == ("Do b.", "Something else.")
