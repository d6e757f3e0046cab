"""The Decisions page through the real window: signing, deciding in order, and who may do neither."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.app import Window
from gui.dialogs.confirm import ConfirmDialog
from gui.listed.form import DataForm, FinalDataForm
from gui.pages.deciding.decisions import page as decisions_page
from gui.pages.deciding.decisions.acts import before_signing
from gui.pages.deciding.decisions.forms import OFFERED, change_form, record_form
from gui.pages.deciding.decisions.page import DecisionsPage
from gui.pages.deciding.decisions.state import conditions_asked
from gui.pages.deciding.decisions.what_you_sign import WhatYouSignDialog, source_of
from gui.pages.page import Identity
from gui.pages.papers.exports.page import ExportsPage
from gui.tables.column_widths import SHAPE_ALONE
from models.clock import utc_now
from models.operation import Actor
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.budget import allocating
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.areas import SetPot
from models.operations.set_up.people import GiveRole
from models.papers.order import PaperOrder
from models.papers.to_sign import ToSign
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import budget_key, fund_budget
from models.queries.deciding.allowances import allowances
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.round_list import Deciding
from models.queries.panel.score_sheets import drafts
from models.reference.schemes import shipped_funds
from models.values.direct_award import CONTRACTS, DirectAward
from models.values.recommending import SCOPE, LineDecision, RecommendationRow
from models.values.rows import InterestRow
from scoring.money import pounds
from scoring.ranking import Allowance
from scoring.round import Area, InterestKind
from scoring.written.days import full_day
from tests.gui.builders import WOLVERHAMPTON
from tests.gui.deciding import at_page, make_recommended, open_anew, record_answers, said_on
from tests.gui.pressing import answer, answer_to, box_of, page_of, words_in
from tests.gui.walking import settle, stops
from tests.models.operations.awards.proposals import BOXING, MANAGER

CHAIR = Identity("Priya Nair", "chair", "NAIR")
COMMANDER = Identity("Cora Command", "commander")
DECIDER = Identity("Dan Decides", "decider")
DEPUTY = Identity("Una Deputy", "commander")
NOTHING_FOUND = Deciding((), (), (), (), (), (), frozenset(), frozenset(), {})


@pytest.fixture
def shown(window: Window, tmp_path: Path) -> Window:
    """A window on a record with recommendations to sign, at its Decisions page, used by the chair."""
    return at_page(window, make_recommended(tmp_path / "office.panel"), CHAIR, "decisions")


def begin_anew(window: Window) -> None:
    """Go on in the same window with the record as it was made."""
    before = window.workspace.facts.path
    open_anew(window, make_recommended(before.with_stem(f"{before.stem} anew")), CHAIR, "decisions")


def tell_each(page: DecisionsPage, shown: Window, *stories: Callable[[DecisionsPage, Window], None]) -> None:
    """Tell stories one after another, each on the record as it was made."""
    for number, story in enumerate(stories):
        if number:
            begin_anew(shown)
        story(page, shown)


@pytest.fixture
def page(shown: Window) -> DecisionsPage:
    return page_of(shown, DecisionsPage)


def sign(window: Window, page: DecisionsPage) -> None:
    page.sign.click()
    box_of(window, ConfirmDialog).do.click()


def sign_to_commander(window: Window, page: DecisionsPage) -> list[str]:
    """Sign, and sit down as the commander, who has a deputy; return the lines in order."""
    window.workspace.perform(GiveRole(1, DEPUTY.name, DEPUTY.role, areas=(WOLVERHAMPTON,)))
    sign(window, page)
    window.main.tools.use_as(COMMANDER)
    return [line.reference for line in page.lines]


def take(page: DecisionsPage, *references: str) -> None:
    """Take lines as recommended, one after another."""
    for reference in references:
        page.show_reference(reference)
        page.office.as_recommended.click()


def send_back(page: DecisionsPage, window: Window, reference: str) -> None:
    page.show_reference(reference)
    page.office.send_back.click()
    answer(window, reason="ask for a quote")


def agree_each(page: DecisionsPage, reason: str = "Fewer young people drawn into violence.") -> None:
    """Take every line as recommended, each with words of the office."""
    for line in page.lines:
        page.show_reference(line.reference)
        page.office.reason.setPlainText(reason)
        page.office.as_recommended.click()


def shown_recommendations(window: Window) -> list[RecommendationRow]:
    """Return what is recommended with money, in the order of the round."""
    found = answer_to(window, lambda session: recommendations(session, 1))
    return [item for item in found if item.amount_pence]


def the_chair_signs_after_the_counts_and_sums_are_stated(page: DecisionsPage, shown: Window) -> None:
    assert len(page.lines) == 13
    page.sign.click()
    asked = box_of(shown, ConfirmDialog)
    # 4,800 + 3,250 + 1,980 + 2,400 + 4,950 + 3,600 + 4,400 = 25,380; then 2,750 fits in £30,000 (28,130),
    # and of the rest 3,700, 3,600, 2,100, 4,700 do not, while 1,350 does: 29,480, nine in all
    assert asked.sentences[0] == "Wolverhampton: 13 recommendations: 9 to fund £29,480 · 4 reserve."
    assert asked.focusWidget() is asked.cancel
    assert asked.sentences[-3].startswith("W-013 is not ranked and stays undecided.")
    elsewhere = partial(before_signing, round_id=1, area="", areas=("Coventry",), references=(), name="")
    assert answer_to(shown, elsewhere).left == (), "it is of no area whose lines are signed"

    asked.do.click()

    assert all(line.signed == "Priya Nair" for line in page.lines)
    assert not page.sign.isVisible()
    assert page.chain.chips[0].accessibleName() == "Panel, step 1 of 3, signed"
    assert page.chain.chips[2].accessibleName() == "Chief Executive, step 3 of 3, waiting"


def what_stands_in_the_way_of_signing_is_named_before(page: DecisionsPage, shown: Window) -> None:
    items = shown_recommendations(shown)
    shown.workspace.perform(RecordRecommendations(1, tuple(replace(item, reason="") for item in items[:2])))
    page.sign.click()
    asked = box_of(shown, ConfirmDialog)
    assert not asked.do.isEnabled()
    named = ", ".join(item.application for item in items[:2])
    assert f"{named} need the reason why it reduces crime or helps victims." in asked.do.toolTip()
    asked.reject()
    shown.workspace.undo_stack.undo()

    set_pot(shown, 3_000_000, 2_000_000)
    page.sign.click()
    asked = box_of(shown, ConfirmDialog)
    assert not asked.do.isEnabled()
    # nine to fund come to £29,480 by the rule, against a pot that is £20,000 now
    assert asked.do.toolTip() == (
        "Wolverhampton: £29,480.00 is £9,480.00 over the £20,000.00 pot, and nobody allows that. Lower an "
        "amount, move one to reserve, or record who allows it and by how much."
    )
    asked.reject()


def set_pot(window: Window, before: int, after: int) -> None:
    """Have an officer set another pot, and the chair sit down again."""
    window.main.tools.use_as(Identity("Grace Okoro", "officer"))
    window.workspace.perform(SetPot(1, Area(WOLVERHAMPTON, after), Area(WOLVERHAMPTON, before)))
    window.main.tools.use_as(CHAIR)


def declaring(shown: Window, name: str) -> None:
    """Have it recorded that somebody declared none."""
    shown.workspace.perform(DeclareToSign(1, name, (InterestRow(name, None, InterestKind.NONE),)))


def the_commander_then_the_chief_executive_decide_and_correct_under_a_new_notice(
    page: DecisionsPage, shown: Window
) -> None:
    sign(shown, page)
    declaring(shown, "Sid Other")  # the chair records it
    shown.main.tools.use_as(DECIDER)
    assert "This line waits for the Commander." in said_on(page.office)
    shown.main.tools.use_as(COMMANDER)
    page.all_agreed.click()
    asked = box_of(shown, DataForm)
    assert asked.do.text() == "State no interests and record 13 answers"
    assert asked.sentences[-1].startswith("You can withdraw your signature on a line until somebody signs")
    record_answers(shown, page)
    assert {line.steps for line in page.lines} == {1}
    shown.main.tools.use_as(replace(COMMANDER, name="Sid Other"))
    assert "This line waits for the Chief Executive" in said_on(page.office)
    assert "Commander: Cora Command" in said_on(page.office), "not whoever else acts in that role"

    shown.main.tools.use_as(DECIDER)
    agree_each(page)
    page.record.click()
    asked = box_of(shown, DataForm)
    assert asked.do.text() == "State no interests and record 13 decisions"
    assert asked.sentences[-1].startswith("This cannot be undone.")
    record_answers(shown, page, "031/2026")

    assert all(line.is_decided for line in page.lines)
    assert "Notice of decision 031/2026" in said_on(page.office)
    assert page.chain.chips[2].accessibleName() == "Chief Executive, step 3 of 3, signed"

    corrected = page.lines[0].reference
    page.show_reference(corrected)
    page.office.correct.click()
    part = {"outcome": "Part-fund", "amount": "1,000", "scope": "the first half"}
    answer(shown, **part, reason="part was paid elsewhere")
    asked = box_of(shown, DataForm)
    asked["interests"].setText("none")
    asked["notice"].setText("032/2026")

    asked.do.click()

    last = page.lines[0].last
    assert (last.amount_pence, last.notice) == (100_000, "032/2026")
    assert "Cora Command, " in said_on(page.office)
    assert ", before the correction" in said_on(page.office)
    assert "waiting" not in said_on(page.office), "nobody signs a decided line"
    shown.main.tools.use_as(COMMANDER)
    assert not page.office.correct.isVisible()


def enter_opens_a_line_and_takes_it_as_recommended_and_f2_changes_the_next(
    page: DecisionsPage, shown: Window, patched: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    patched.setattr(decisions_page, "announce", lambda source, words: said.append(words))
    sign_to_commander(shown, page)
    page.table.setFocus()
    first = page.lines[0].reference

    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.lines[0].pending is None, "opening a line answers nothing"
    assert page.office.as_recommended.hasFocus()
    QTest.keyClick(page.office.as_recommended, Qt.Key.Key_Return)
    assert said == [f"{first} is answered. {page.table.current} is at hand. {page.left.text()}"]
    QTest.keyClick(page.office.as_recommended, Qt.Key.Key_F2)
    asked = answer(shown, amount="a lot")
    assert "“a lot” is not an exact amount" in asked.problem.text()
    answer(shown, amount="9,999,999")
    assert "Type an amount up to" in words_in(asked)
    answer(shown, amount="1,000")
    assert "Fund gives the whole £3,250. For a part of it choose part-fund." in words_in(asked)
    answer(shown, outcome="Part-fund", amount="3,250")
    assert "That is the whole amount requested. Choose fund" in words_in(asked)
    assert not asked.do.isEnabled()
    answer(shown, amount="1,000")
    assert "Say what the part pays for" in asked.problem.text()
    answer(shown, scope="ten sessions of twenty")
    assert "Say why it is changed" in asked.problem.text()
    answer(shown, reason="fewer sessions")
    pending = page.lines[1].pending
    assert (pending.conditions or ())[0] == "Reduced scope: ten sessions of twenty"

    assert [(line.reference == first, line.office.word) for line in page.lines[:2]] == [
        (True, "As recommended"),
        (False, "Changed: £1,000"),
    ]
    assert page.record.text() == "Record 2 answers…"
    settle()
    in_order = [page.office.ticks, page.office.more, page.office.as_recommended]
    assert [one for one in stops(page) if one in in_order] == in_order


def as_an_amount_is_typed_what_the_year_lacks_is_named_and_what_a_part_pays_for_stays(
    page: DecisionsPage, shown: Window
) -> None:
    def shortage(pence: int) -> str:
        return "Nobody allows that." if pence > 100_000 else ""

    of = (page.lines[0], LineDecision(page.lines[0].reference, "change"))
    how = {"whole_pence": 480_000, "asks_words": False}
    asked = DataForm(change_form(*of, shortage, print, **how), shown.main)
    asked["amount"].setText("1,000.01")
    assert asked.says[0].startswith("Fund gives the whole £4,800.")
    assert not asked.do.isEnabled()
    next(pill for pill in asked["outcome"].pills if pill.text() == "Part-fund").click()
    assert asked.says[0] == "Nobody allows that."
    assert asked.do.isEnabled(), "it is asked about when the decision is recorded"
    asked["amount"].setText("a lot")
    assert not asked.says[0]
    for outcome, asks_scope in (("Fund", False), ("Part-fund", True), ("Decline", False)):
        next(pill for pill in asked["outcome"].pills if pill.text() == outcome).click()
        assert asked["scope"].isHidden() is not asks_scope
    assert not asked.says[0]

    line, given = page.lines[0], list[LineDecision]()  # recommended: fund £4,800, the whole
    kept = ("Receipts are kept.", f"{SCOPE}ten sessions")
    less = replace(line, recommended=replace(line.recommended, amount_pence=100_000, conditions=kept))
    before = LineDecision(line.reference, "change", conditions=kept)
    asked = DataForm(change_form(less, before, lambda pence: "", given.append, **how), shown.main)
    assert (asked["outcome"].value, asked["scope"].text()) == ("fund", "ten sessions")
    for amount, is_hidden in (("4,800", True), ("1,000", False)):
        asked["amount"].setText(amount)
        assert asked["scope"].isHidden() is is_hidden
    asked["reason"].setText("A typing error.")
    asked.do.click()
    assert [one.conditions for one in given] == [(f"{SCOPE}ten sessions", "Receipts are kept.")]


def what_an_earlier_step_changed_is_never_called_as_recommended(page: DecisionsPage, shown: Window) -> None:
    sign_to_commander(shown, page)
    page.show_reference("W-014")  # recommended £4,800
    page.office.change.click()
    part = {"outcome": "Part-fund", "amount": "4,000", "scope": "all but the venue"}
    answer(shown, **part, reason="match money came in")
    page.all_agreed.click()
    record_answers(shown, page)

    shown.main.tools.use_as(DECIDER)
    page.show_reference("W-014")
    line = next(line for line in page.lines if line.reference == "W-014")
    assert line.office.word == "Step 3 of 3: £4,000"
    assert page.office.as_recommended.text() == "As changed: part-fund £4,000"
    page.office.reason.setPlainText("Fewer break-ins.")
    page.office.as_recommended.click()
    assert answered(page) == [("W-014", "As changed: £4,000")]
    page.record.click()
    box = box_of(shown, DataForm)
    assert box.sentences[0].endswith("1 line: 1 as an earlier step changed it.")
    box.reject()

    page.show_reference("W-014")
    page.office.change.click()
    asked = box_of(shown, DataForm)
    assert asked.sentences[1] == "Since then it was changed: part-fund £4,000."
    assert asked["amount"].text() == "£4,000"


def a_line_is_sent_back_with_a_reason(page: DecisionsPage, shown: Window) -> None:
    line, *_ = sign_to_commander(shown, page)
    send_back(page, shown, line)
    page.record.click()
    assert box_of(shown, DataForm).sentences[-1].startswith("This cannot be undone.")
    record_answers(shown, page)

    assert (page.lines[0].signed, page.lines[0].office.word) == ("", "Sent back")
    page.show_reference(line)
    assert "ask for a quote" in said_on(page.office)


def the_box_asks_for_interests_date_notice_and_power(page: DecisionsPage, shown: Window) -> None:
    sign_to_commander(shown, page)
    page.all_agreed.click()
    record_answers(shown, page)
    shown.main.tools.use_as(DECIDER)
    page.office.reason.setPlainText("Fewer break-ins.")
    page.office.as_recommended.click()
    page.record.click()
    asked = box_of(shown, DataForm)
    assert asked["notice"].text() == f"001/{date.today().year}"  # the first of the year, suggested
    asked["notice"].clear()
    said = []
    for text in ("soon", "02/12/2199", "02/12/2025"):
        asked["on"].setText(text)
        asked.do.click()
        said.append(asked.problem.text())
    stays = []
    for text in ("tomorrow", "today"):
        asked["on"].setFocus()
        asked["on"].setText(text)
        asked.press_enter()
        stays.append(asked.focusWidget() is asked["on"])
    assert stays == [True, False], "a second Enter is for what can be recorded"
    asked["notice"].setText("031/2026")
    asked["legal_power"].setText(
        "section 143 of the Anti-social Behaviour, Crime and Policing Act 2014, and more " * 2
    )
    assert asked.says[1] == asked["legal_power"].text().strip(), "what the field would cut is read below it"
    asked["legal_power"].setText("")
    assert not asked.says[1]
    asked.do.click()

    assert said == [
        "“soon” is not a date; write it day first, like 03/04/2026 or 3 April 2026.",
        "That day is still to come. A decision is recorded once it is signed.",
        "Each notice of decision has a number of its own, like 031/2026.",
    ]
    assert asked.problem.text() == "Name the legal power."
    assert asked.do.text() == "State no interests and record 1 decision"
    asked["interests"].setText("my cousin is a trustee")
    assert asked.do.text() == "Record 1 decision"
    asked.cancel.click()
    assert not any(line.is_decided for line in page.lines)


def what_is_chosen_and_begun_is_taken_back_and_no_other_person_s_or_record_s(
    page: DecisionsPage, shown: Window
) -> None:
    first, second, *_ = sign_to_commander(shown, page)
    take(page, first)
    page.show_reference(first)
    page.office.clear.click()
    assert page.record.isHidden(), "nothing is answered"

    take(page, first)
    page.show_reference(first)
    QTest.keyClicks(page.office.reason, "In other words.")
    assert page.record.isHidden(), "it is to be given again, in the words on show"
    assert page.office.reason.toPlainText() == "In other words."
    shown.main.searchable()[0].trigger()
    page.show_reference(second)
    page.office.reason.setPlainText("Begun by the commander.")
    shown.main.tools.use_as(DEPUTY)
    declaring(shown, DEPUTY.name)
    page.show_reference(second)
    assert page.office.answer.isVisible()
    assert page.record.isHidden()
    assert page.office.reason.toPlainText() == ""

    shown.main.tools.use_as(COMMANDER)
    page.show_reference(second)
    assert page.record.text() == "Record 1 answer…"
    assert page.office.reason.toPlainText() == "Begun by the commander."

    begin_anew(shown)
    sign_to_commander(shown, page)
    page.show_reference(second)
    assert page.record.isHidden(), "it is not recorded in the next record"
    assert page.office.reason.toPlainText() == ""


def kept(window: Window) -> dict[str, str]:
    window.workspace.session.drafts.hand_on()
    return answer_to(window, lambda session: drafts(session, COMMANDER.name, "answer/"))


def what_is_answered_is_there_again_until_it_is_recorded(page: DecisionsPage, shown: Window) -> None:
    first, second, third, *_ = sign_to_commander(shown, page)
    take(page, first, second)
    path, came = shown.workspace.facts.path, kept(shown)
    shown.workspace.close()

    asked: list[Callable[[dict[str, str]], object]] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shown.workspace, "ask_drafts", lambda start, done: asked.append(done))
        at_page(shown, path, COMMANDER, "decisions")
        send_back(page, shown, first)
    asked[-1](came)

    assert answered(page) == [(first, "Send back"), (second, "As recommended")]
    shown.main.searchable()[0].trigger()
    assert answered(page) == [(first, "As recommended"), (second, "As recommended")]

    take(page, third)
    send_back(page, shown, second)
    page.show_reference(third)
    page.office.clear.click()
    page.office.reason.setPlainText("Begun before it was closed.")
    page.office.ticks.item(0).setCheckState(Qt.CheckState.Unchecked)
    begun = page.office.decision()
    shown.workspace.keep_draft(f"answer/1/commander/{third}/", '{"answer": {"of": "another build"}}')
    shown.workspace.close()

    at_page(shown, path, COMMANDER, "decisions")
    assert answered(page) == [(first, "As recommended"), (second, "Send back")]
    assert f"answer/1/commander/{third}/" not in kept(shown), "what cannot be read is dropped"
    assert page.record.text() == "Record 2 answers…"
    page.show_reference(third)
    assert page.office.decision() == begun

    shown.main.tools.use_as(DEPUTY)
    declaring(shown, DEPUTY.name)
    assert page.record.isHidden(), "nobody records what another one answered"
    take(page, first)
    record_answers(shown, page)
    shown.workspace.close()
    at_page(shown, path, COMMANDER, "decisions")
    assert [line.reference for line in page.lines if line.pending is not None] == [second]
    fields = {f"answer/1/commander/{second}/", f"answer/1/commander/{third}/begun/"}
    assert {*kept(shown)} == fields, "somebody else signed the other since"

    page.all_agreed.click()
    assert [line.pending for line in page.lines if line.reference == third] == [begun]
    record_answers(shown, page)
    assert kept(shown) == {}


def answered(page: DecisionsPage) -> list[tuple[str, str]]:
    """Return the lines with an answer that is not recorded, each with it."""
    return [(line.reference, line.office.word) for line in page.lines if line.pending is not None]


def what_is_answered_to_a_line_that_is_recommended_anew_is_dropped(
    page: DecisionsPage, shown: Window
) -> None:
    first, second, *_ = sign_to_commander(shown, page)
    take(page, first, second)

    shown.main.tools.use_as(DEPUTY)
    declaring(shown, DEPUTY.name)
    send_back(page, shown, second)
    record_answers(shown, page)
    shown.main.tools.use_as(CHAIR)
    sent_back = next(one for one in shown_recommendations(shown) if one.application == second)
    shown.workspace.perform(RecordRecommendations(1, (replace(sent_back, reason="With a quote."),)))
    sign(shown, page)

    shown.main.tools.use_as(COMMANDER)
    assert answered(page) == [(first, "As recommended")], "the other was given to what is no longer there"
    assert shown.main.searchable()[0].text() == f"&Undo answer on {first}"

    page.show_reference(second)
    waiting = list[tuple[Callable[..., object], ...]]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shown.workspace, "ask", lambda *asked: waiting.append(asked))
        page.office.change.click()
        page.office.change.click()
    shown.workspace.ask(*waiting[0])
    assert shown.main.dialogs.dialog is None, "it was pressed again meanwhile"
    shown.workspace.ask(*waiting[1])
    signed = RecordDecisions(1, 0, DEPUTY.name, "Commander", date.today(), "none", (LineDecision(second),))
    shown.workspace.session.record.perform(signed, Actor(DEPUTY.name, DEPUTY.role))
    page.refresh()
    asked = answer(shown, outcome="Decline", reason="Nothing is left.")
    assert asked.problem.text().startswith(f"{second} is not as it was: somebody else changed, decided")
    assert asked["reason"].text() == "Nothing is left."
    asked.problem.clear()
    page._leave_round()
    asked.press()
    assert asked.problem.text().startswith(f"{second} is not as it was"), "the page is asked anew"
    asked.leave()


def undo_takes_back_answers_as_they_were_given_before_any_change_and_never_another_s(
    page: DecisionsPage, shown: Window, patched: pytest.MonkeyPatch
) -> None:
    first, second, *_ = sign_to_commander(shown, page)
    undo = shown.main.searchable()[0]
    take(page, first)
    send_back(page, shown, first)
    page.show_reference(first)
    page.office.clear.click()
    page.all_agreed.click()
    assert undo.text() == "&Undo 13 answers"
    box_of(shown, DataForm).reject()

    said = []
    for _ in range(4):
        undo.trigger()
        said.append((undo.text(), answered(page)))
    assert said[:3] == [
        (f"&Undo cleared answer on {first}", []),
        (f"&Undo answer on {first}", [(first, "Send back")]),
        (f"&Undo answer on {first}", [(first, "As recommended")]),
    ]
    assert said[3][1] == []
    assert kept(shown) == {}

    sixth = page.lines[5].reference
    interest = InterestRow(COMMANDER.name, sixth, InterestKind.PECUNIARY)
    declared = DeclareToSign(1, COMMANDER.name, (interest,))
    take(page, first)
    shown.main.tools.perform(declared)
    assert closed_lines(page) == [sixth]
    shown.main.toast.undo.click()

    assert closed_lines(page) == [], "it is what the toast tells of"
    assert answered(page) == [(first, "As recommended")]

    place = shown.controller.rounds.place
    with patched.context() as waiting:
        waiting.setattr(page, "refresh", lambda: None)
        page.show_place(replace(place, line=replace(place.line, round_id=99)))
        page.show_place(place)
        assert not undo.isEnabled()
    page.refresh()
    assert undo.text() == f"&Undo answer on {first}"

    with patched.context() as waiting:
        waiting.setattr(page, "refresh", lambda: None)
        shown.main.tools.use_as(DECIDER)
        assert not undo.isEnabled(), "nobody takes back what another one answered"

    shown.main.tools.use_as(COMMANDER)
    undo.trigger()
    shown.workspace.perform(declared)
    take(page, first, second)
    said = []
    for _ in range(2):
        said.append(undo.text())
        undo.trigger()
    assert said == [f"&Undo answer on {second}", f"&Undo answer on {first}"]
    assert not any(line.pending for line in page.lines)
    assert closed_lines(page) == [sixth], "the declaration stands"
    assert kept(shown) == {}

    page.show_reference("W-013")
    page.refresh()
    assert page.table.current is None, "an application without a line is not another's line"
    assert "Choose a line" in said_on(page.office)
    take(page, first)
    shown.main.tools.go("panel")
    undo.trigger()
    shown.main.tools.go("decisions")
    assert closed_lines(page) == [], "away from the page a change is undone"
    assert page.record.text() == "Record 1 answer…"


def closed_lines(page: DecisionsPage) -> list[str]:
    return [line.reference for line in page.lines if line.is_closed]


def what_the_panel_recommends_is_read_and_left_unsigned(page: DecisionsPage, shown: Window) -> None:
    assert "Fewer break-ins on the estate." in said_on(page.office).splitlines()
    assert "left" not in said_on(page.office), "the note of the rule"
    said = [label.text() for label in page.findChildren(QLabel)]
    said += [button.text() for button in page.findChildren(QPushButton)]
    only_the_office = ("approve", "award", "reject")
    assert not [words for words in said if any(one in words.casefold() for one in only_the_office)]
    QAbstractItemModelTester(page.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.refresh()
    assert len(page.table.rows) == 13
    page.sign.click()
    box_of(shown, ConfirmDialog).cancel.click()
    assert not any(line.signed for line in page.lines)


def the_page_fits_every_room(page: DecisionsPage, shown: Window, width: int, height: int) -> None:
    """Where a commander signs, no button is cut at either end and no reason at its right."""
    shown.main.tools.use_as(COMMANDER)
    shown.main.resize(width, height)
    settle()
    assert page.table.columnWidth(1) >= 100
    states = page.table.columnWidth(3) > SHAPE_ALONE or page.table.isColumnHidden(3)
    assert states or width < 1366, "what is recommended is said in words beside its shape"

    page.table.opened.emit(page.table.rows[0].reference)
    settle()
    inside = page.office.reading.widget()
    buttons = [one for one in page.office.findChildren(QPushButton) if one.isVisible()]
    assert page.office.as_recommended in buttons
    assert not [one.text() for one in buttons if one.width() < one.sizeHint().width()]
    assert inside.width() <= page.office.reading.viewport().width()


def what_is_signed_is_closed_to_who_scored_and_fits_every_room_of_who_decides(
    page: DecisionsPage, shown: Window
) -> None:
    sign(shown, page)
    assert "this side is closed to you: nobody both scores and decides" in said_on(page.office)
    assert not page.office.as_recommended.isVisible()
    shown.main.tools.use_as(Identity("Priya Nair", "commander"))
    assert not page.record.isVisible()
    assert not page.office.as_recommended.isVisible()

    shown.main.tools.use_as(COMMANDER)
    page.show_reference(page.lines[0].reference)
    standard = page.office.conditions
    assert "Sign and return the grant agreement before any payment." in standard
    page.office.more.setText("Tell us the dates.")
    assert page.office.decision().conditions == (*standard, "Tell us the dates.")
    for width, height in ((1366, 688), (1093, 535), (880, 600)):
        the_page_fits_every_room(page, shown, width, height)


def enter_in_a_line_goes_to_the_button_and_a_second_one_records(shown: Window, qtbot: QtBot) -> None:
    recorded: list[object] = []
    found = replace(NOTHING_FOUND, legal_power="A section", interests="I have none.")
    given = {"is_last": True, "number": "1/26", "signed": date.today()}
    form = record_form(found, ("1 line.",), "Record", lambda **said: recorded.append(said), **given)
    box = FinalDataForm(form, shown.main)
    shown.main.dialogs.show(box)
    assert not box.says[0]
    assert OFFERED in words_in(box)
    box["on"].setText("5 December 2025")
    assert box.says[0].startswith("5 December 2025 is before the last signature in the record")
    box["on"].setText(full_day(date.today()))
    assert not box.says[0]

    box["interests"].setText("none")
    for line in (box["on"], box["interests"], box["notice"], box["legal_power"]):
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert box.focusWidget() is box.do
    assert recorded == []

    qtbot.keyClick(box.do, Qt.Key.Key_Return)

    assert len(recorded) == 1


def whoever_signs_and_whoever_decides_reads_what_is_over_the_pot(page: DecisionsPage, shown: Window) -> None:
    set_pot(shown, 2_000_000, 2_900_000)
    # nine to fund come to £29,480 by the rule
    allowed = Allowance(WOLVERHAMPTON, 48_000, "A. Example", "Commissioner", "the last two are one project")
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    shown.workspace.perform(AllowOverPot(1, allowed))
    shown.main.tools.use_as(CHAIR)
    over = (
        "Wolverhampton: £480 over the pot, allowed by A. Example, Commissioner: the last two are one project."
    )

    page.sign.click()
    asked = box_of(shown, ConfirmDialog)
    assert asked.do.isEnabled()
    assert over in words_in(asked)
    asked.do.click()
    shown.main.tools.use_as(COMMANDER)
    page.all_agreed.click()
    page.record.click()
    assert over in words_in(box_of(shown, DataForm))


def a_decision_past_what_is_allowed_is_said_before_it_is_pressed(page: DecisionsPage, shown: Window) -> None:
    sign(shown, page)
    set_pot(shown, 3_000_000, 2_900_000)
    shown.main.tools.use_as(COMMANDER)
    page.all_agreed.click()
    page.record.click()

    asked = words_in(box_of(shown, DataForm))
    assert "This is £480 over the round budget of Wolverhampton, and nobody allows that yet." in asked
    assert answer(shown).do.toolTip() == "Name who allows it."
    by = {"allowed_name": "A. Example", "allowed_post": "Commissioner", "allowed_why": "one project"}
    box = answer(shown, **by, **{"allowed_pence, Wolverhampton": "479.99"})
    assert box.do.toolTip() == "It takes £480, no more and no less."
    answer(shown, interests="none", **{"allowed_pence, Wolverhampton": "480"})
    found = answer_to(shown, lambda session: allowances(session, 1))
    assert [(one.name, one.post, one.pence) for one in found] == [("A. Example", "Commissioner", 48_000)]
    assert all(line.pending is None and line.progress.since for line in page.lines), "signed with it"


def awards_without_a_reason_stay_open_as_all_are_taken(page: DecisionsPage, shown: Window) -> None:
    page._facts = replace(page._facts, panel_reasons={})  # as where the panel leaves the order of its list
    page._show_found()
    for action in ("Answer the others", "Write them"):
        page.all_agreed.click()
        asked = box_of(shown, ConfirmDialog)
        assert asked.do.text() == action
        asked.do.click()
        assert [line.recommended.amount_pence is None for line in page.lines if line.pending] == [True] * 4
    page.refresh()


def what_the_year_lacks_is_said_before_it_is_pressed(page: DecisionsPage, shown: Window) -> None:
    sign_to_commander(shown, page)
    page.all_agreed.click()
    record_answers(shown, page)
    shown.main.tools.use_as(Identity("Grace Okoro", "officer"))
    place = shown.controller.rounds.place
    decision = YearDecision(0, 0, "as agreed", "Cora Chief, Chief Executive", date(2026, 4, 1))
    given = {WOLVERHAMPTON: (2_000_000, None)}
    fund, year = place.line.fund, place.line.year
    allocated = answer_to(shown, lambda session: allocating(session, fund, year, given, decision))
    shown.workspace.perform(allocated)
    shown.main.tools.use_as(DECIDER)
    awards_without_a_reason_stay_open_as_all_are_taken(page, shown)
    agree_each(page)
    page.record.click()

    # £29,480 is decided of £20,000
    assert f"This is £9,480 over the money of Wolverhampton for {year}" in words_in(box_of(shown, DataForm))
    by = {"allowed_name": "A. Example", "allowed_post": "Commissioner", "allowed_why": "one project"}
    said = {"interests": "none", "notice": "031/2026", "legal_power": "an Act"}
    answer(shown, **by, **said, **{"allowed_pence, Wolverhampton": "9,480"})
    assert all(line.is_decided for line in page.lines)
    budget = answer_to(shown, lambda session: fund_budget(session, budget_key(session, 1)))
    assert budget.of(WOLVERHAMPTON).allowed_pence == 948_000


def test_what_stands_in_the_way_of_signing_is_said_and_the_chair_signs(
    page: DecisionsPage, shown: Window
) -> None:
    what_the_panel_recommends_is_read_and_left_unsigned(page, shown)
    what_stands_in_the_way_of_signing_is_named_before(page, shown)
    whoever_signs_and_whoever_decides_reads_what_is_over_the_pot(page, shown)
    begin_anew(shown)
    tell_each(
        page,
        shown,
        what_the_year_lacks_is_said_before_it_is_pressed,
        the_chair_signs_after_the_counts_and_sums_are_stated,
    )


def test_whoever_decides_changes_sends_back_corrects_and_records_in_order(
    page: DecisionsPage, shown: Window
) -> None:
    tell_each(
        page,
        shown,
        a_line_is_sent_back_with_a_reason,
        what_an_earlier_step_changed_is_never_called_as_recommended,
        a_decision_past_what_is_allowed_is_said_before_it_is_pressed,
        the_box_asks_for_interests_date_notice_and_power,
        the_commander_then_the_chief_executive_decide_and_correct_under_a_new_notice,
    )


def test_a_choice_is_made_by_keys_taken_back_and_kept_from_others(
    shown: Window, qtbot: QtBot, page: DecisionsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_in_a_line_goes_to_the_button_and_a_second_one_records(shown, qtbot)
    begin_anew(shown)
    with monkeypatch.context() as patched:
        enter_opens_a_line_and_takes_it_as_recommended_and_f2_changes_the_next(page, shown, patched)
    begin_anew(shown)
    tell_each(
        page,
        shown,
        as_an_amount_is_typed_what_the_year_lacks_is_named_and_what_a_part_pays_for_stays,
        what_is_chosen_and_begun_is_taken_back_and_no_other_person_s_or_record_s,
        what_is_answered_is_there_again_until_it_is_recorded,
        what_is_answered_to_a_line_that_is_recommended_anew_is_dropped,
        partial(
            undo_takes_back_answers_as_they_were_given_before_any_change_and_never_another_s,
            patched=monkeypatch,
        ),
        what_is_signed_is_closed_to_who_scored_and_fits_every_room_of_who_decides,
    )


def what_you_sign(shown: Window, page: DecisionsPage, place: Path) -> list[str]:
    """Open what the person signs, write it, and return its words."""
    page.what.click()
    asked = box_of(shown, WhatYouSignDialog)
    assert asked.pages.pages >= 1
    assert asked.pages.state.text() == "Draft before signing"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shown.main.tools.dialogs.files, "save", lambda *_: place)
        asked.do.click()
    paper = Document(str(place))
    return [
        *(one.text for one in paper.paragraphs),
        *(cell.text for table in paper.tables for row in table.rows for cell in row.cells),
    ]


def test_whoever_signs_sees_it_whole_first_and_an_answer_with_it(
    page: DecisionsPage, shown: Window, tmp_path: Path
) -> None:
    before = what_you_sign(shown, page, tmp_path / "chair.docx")
    assert sum(words == page.lines[0].reference or page.lines[0].reference in words for words in before) >= 2
    assert "Total, 13 lines" in before
    assert not any(line.signed for line in page.lines), "nothing is signed by that"
    # Who sits down before it is read, or drawn, is not shown it.
    tools, held = shown.main.tools, list[Callable[[], object]]()
    for of, name in ((tools, "ask"), (tools.workspace, "work")):
        asks = getattr(of, name)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(
                of, name, lambda *for_, asks=asks, **more: held.append(partial(asks, *for_, **more))
            )
            page.what.click()
        tools.use_as(COMMANDER)
        held.pop()()
        assert shown.controller.dialog is None
        tools.use_as(CHAIR)
    here = shown.controller.rounds.place
    with pytest.MonkeyPatch.context() as patched:  # a line is picked while another round is read
        patched.setattr(tools, "ask", lambda *_, **more: None)
        page.show_place(replace(here, line=replace(here.line, round_id=9)))
        page.table.setCurrentIndex(page.table.model().index(1, 0))
    page.show_place(here)
    shown.main.tools.use_as(COMMANDER)
    assert not page.what.isVisible(), "no line waits for them yet"

    shown.main.tools.use_as(CHAIR)
    sign(shown, page)
    assert not page.what.isVisible()
    first, second = (line.reference for line in page.lines[:2])
    interest = (InterestRow("Cora Command", first, InterestKind.PECUNIARY),)
    declared = DeclareToSign(1, "Cora Command", interest)
    shown.main.tools.use_as(COMMANDER)
    shown.workspace.perform(declared)
    page.show_reference(second)
    page.office.as_recommended.click()
    answered = what_you_sign(shown, page, tmp_path / "commander.docx")

    assert "Total, 1 line" in answered
    assert "As it came." in answered
    closed = [words for words in answered if first in words]
    assert [words.partition(":")[0] for words in closed] == [f"You declared an interest in {first}"]

    shown.main.tools.go("exports")
    papers = page_of(shown, ExportsPage)
    assert papers.choices.list.codes == ("to-sign",)
    assert isinstance(papers.ready.source.value, ToSign)
    assert papers.ready.source.value.closed == (first,)
    assert papers.write.isEnabled()
    assert not papers.issue.isEnabled(), "what is to be signed is never issued"
    assert papers.ready.source.value.posts == ("Commander",)

    shown.main.tools.use_as(DECIDER)
    assert papers.ready is None, "no line waits for them yet"
    assert "Nothing waits for your signature there." in papers.views.empty.accessibleName()


def test_what_is_signed_has_one_form_of_money(page: DecisionsPage, shown: Window) -> None:
    line = page.lines[0]
    answer = LineDecision(line.reference, "change", "part_fund", 100_050, change_reason="Less is enough.")
    order = PaperOrder("to-sign", utc_now(), 1)

    source = answer_to(shown, lambda session: source_of(session, order, (answer,), {line.reference}))

    assert isinstance(source.value, ToSign)
    told = dict(source.value.lines[0].told)
    assert told["Your answer"].startswith("Changed to part-fund £1,000.50")
    assert told["The panel recommends"].startswith(
        f"Recommended for {pounds(line.recommended.amount_pence or 0)}."
    )


@pytest.mark.parametrize("given", [BOXING, MANAGER], ids=lambda one: one.route)
def test_the_box_offers_a_contract_the_conditions_of_a_contract(
    shown: Window, page: DecisionsPage, given: DirectAward
) -> None:
    sign_to_commander(shown, page)
    (fund,) = shipped_funds(["ACF"])
    line = replace(page.lines[0], direct=given)
    begun = LineDecision(
        line.reference, conditions=(*conditions_asked(line, fund.conditions), "Our own grant.")
    )
    page.office.fill_in(line, fund.conditions, begun)
    ticks = page.office.ticks

    offered = {ticks.item(row).text() for row in range(ticks.count())}
    is_contract = given.route in CONTRACTS
    assert ("There is no promise of a further contract." in offered) == is_contract
    assert ("There is no promise of a further grant." in offered) != is_contract
    assert ("Return any money not spent as agreed." in offered) != is_contract
    assert "Our own grant." in offered, "an office's own words stay"
