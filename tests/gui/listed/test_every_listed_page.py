"""What every described page keeps to, whatever it lists."""

import inspect
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.listed.acts import WAYS, ActButton, Go, Hint, Run, Save
from gui.listed.form import Asked, Form
from gui.listed.page import ListedPage
from gui.pages.awards.monitoring.page import PAGE as MONITORING
from gui.pages.awards.page import PAGE as AWARDS
from gui.pages.copies import PAGE as COPIES
from gui.pages.history import PAGE as HISTORY
from gui.pages.page import Identity
from gui.pages.papers.reports import PAGE as REPORTS
from gui.pages.retention import PAGE as RETENTION
from gui.pages.set_up.office import PAGE as OFFICE
from gui.shell.page_list import PAGES
from models.operation import Operation
from models.permissions.table import PERMISSIONS
from tests.gui.deciding import make_payable
from tests.gui.listed.page_user import NARROW, TALL, PageUser, Uses, names_of
from tests.gui.pages.applications.test_organisations import merged
from tests.gui.pages.applications.test_waiting import waiting
from tests.gui.pages.awards.test_budget import allocated
from tests.gui.pages.awards.test_year_end import ending
from tests.gui.pages.deciding.test_challenges import recorded
from tests.gui.pages.packs.test_member_controller import returned
from tests.gui.pages.set_up.test_funds import clauses
from tests.models.operations.awards.reported_funds import reported_file

DESCRIBED = {entry.key: page for entry in PAGES if isinstance(page := entry.load(), ListedPage)}
PAID = Identity("Finn Pays", "finance")


def payable_award(at: Uses) -> PageUser:
    path = Path(tempfile.mkdtemp()) / "office.panel"
    user = at(AWARDS, on=make_payable(path, "halves"), as_=PAID)
    user.view.detail.rare.button.click()
    return user


SHOWN: dict[str, Callable[[Uses], PageUser]] = {
    "challenges": recorded,
    "awards": payable_award,
    "budget": allocated,
    "funds": clauses,
    "year-end": ending,
    "history": lambda at: at(HISTORY),
    "retention": lambda at: at(RETENTION).open("W-014"),
    "monitoring": lambda at: at(MONITORING, on=reported_file(Path(tempfile.mkdtemp()) / "fund.panel")),
    "organisations": lambda at: merged(at)[0],
    "copies": lambda at: at(COPIES),
    "office": lambda at: at(OFFICE),
    "waiting": waiting,
    "reports": lambda at: at(REPORTS),
    "return": lambda at: returned(at, Path(tempfile.mkdtemp())),
}
"""Each page in a state in which most of its acts are offered."""
ELSEWHERE = {
    "awards": {
        *("Enter bank details…", "Remove the date", "Mark as verified…", "New award…", "set instalments"),
        *("Set my own instalments…", "Take back", "The bank sent it back…", "Remove the proof"),
        *("Record money returned unasked…", "Ask for money back…", "Record money received back…"),
        *("Sign the variation…", "Withdraw the variation…"),
    },
    "budget": {"Open Funds", "reopen round"},
    "challenges": {"What was done…", "Open the award"},
    "monitoring": {"Submit…", "Correct…", "Write it…"},
    "funds": {"set fund"},
    "office": {"Choose a logo…", "Remove the logo"},
    "organisations": {"Correct successor…"},
    "retention": {"delete bank details"},
    "waiting": {
        *("Read: no contacts, no bank details…", "Kind and name…", "Give it a question…", "Compare…"),
        "Open the application",
    },
    "year-end": {"Open Funds", "decide year end"},
}
"""What no page is offered in that state: the tests of the page itself do it."""
LOOKED_UP = {"All held on a person…"}
"""What asks by a form of whom to read."""
READERS = (Identity("Rita Reads", "reader"), Identity("Ada Auditor", "auditor"))


def enter_opens_the_row_and_f6_goes_through_the_panes(user: PageUser) -> None:
    view = user.view
    if view.page.own is not None:
        assert view.panes()[-1] in view.owned[0].panes()
        return
    view.fit(NARROW)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    if view.detail is None:
        assert user.went or user.told, "it leads somewhere, or says why not"
    else:
        assert view.detail.isVisibleTo(view)
        assert not view.table.isVisibleTo(view)
    view.fit(TALL)
    assert view.table in view.panes()
    assert view.detail is None or view.detail.reading in view.panes()
    assert all(pane.focusPolicy() != Qt.FocusPolicy.NoFocus for pane in view.panes())


def rows_are_spoken_in_full_and_the_model_is_sound(user: PageUser) -> None:
    model = user.view.table.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert all(names_of(model))
    assert user.view.table.accessibleName()


def the_record_is_asked_again_whatever_tab_is_on_show(user: PageUser) -> None:
    for number in reversed(range(len(user.view.lists))):
        if user.view.tabs is not None:
            user.view.tabs.choose(number)
        user.view.answer = None
        user.view.refresh()
        assert user.view.answer is not None


def whoever_may_change_nothing_is_offered_or_asked_nothing(user: PageUser) -> None:
    for reader in READERS:
        user.be(reader)
        for offer in filter(lambda one: one.act.kind, user.view.offered):
            before = len(user.told)
            user.view.doing.press(offer)
            assert not user.has_form, offer.words
            assert len(user.told) == before + 1


def every_act_is_offered_but_for_those_that_are_named(user: PageUser, key: str) -> None:
    offered = {id(offer.act) for offer in user.view.offered}
    never = [act for act in user.view.page.every_act if id(act) not in offered]
    named = {act.words if isinstance(act.words, str) else act.kind for act in never}
    assert named == ELSEWHERE.get(key, set())


def each_act_names_an_operation_of_the_permission_table(user: PageUser) -> None:
    for act in user.view.page.every_act:
        assert not act.kind or act.kind in PERMISSIONS, act.words


def _forms(user: PageUser) -> Iterator[tuple[str, Form]]:
    for offer in (one for one in user.view.offered if not one.why_not):
        deed = offer.act.does(offer.at)
        assert deed is None or isinstance(deed, (Operation, *WAYS)), offer.words
        if isinstance(deed, Form):
            yield offer.words, deed


def what_a_form_does_takes_just_what_it_asks_for(user: PageUser) -> None:
    for words, form in _forms(user):
        names = [field.name for field in form.named]
        assert len(names) == len(set(names)), words
        inspect.signature(form.does).bind(**dict.fromkeys(names))


def each_form_says_what_is_missing_and_keeps_what_is_typed(user: PageUser) -> None:
    for words, form in tuple(_forms(user)):
        user.press(words)
        box = user.form
        for name, field in box.fields.items():
            assert field.accessibleName(), (words, name)
        if any(field.wanted for field in form.named):
            for field in (box[one.name] for one in form.named if one.wanted):
                if hasattr(field, "clear") and not hasattr(field, "addItem"):
                    field.clear()
            box.press()
            assert user.has_form, words
            assert user.faults or (box.do.toolTip() and not box.do.isEnabled()), words
        user.tools.dialogs.drop()


def every_act_is_in_the_menu_and_the_search(user: PageUser) -> None:
    buttons = user.view.findChildren(QPushButton)
    seen = {one.text().replace("&&", "&") for one in buttons if one.isVisibleTo(user.view)}
    assert {offer.words for offer in user.view.offered} <= seen


def an_act_that_asks_no_permission_only_goes_somewhere_reads_or_writes_a_file(user: PageUser) -> None:
    for offer in user.view.offered:
        if not offer.act.kind:
            found = offer.act.does(offer.at)
            assert isinstance(found, Asked | Go | Hint | Run | Save) or offer.words in LOOKED_UP, offer.words


@pytest.mark.parametrize("key", DESCRIBED)
def test_a_page_keeps_to_what_every_page_does(at: Uses, key: str) -> None:
    user = SHOWN[key](at)
    each_act_names_an_operation_of_the_permission_table(user)
    rows_are_spoken_in_full_and_the_model_is_sound(user)
    every_act_is_offered_but_for_those_that_are_named(user, key)
    every_act_is_in_the_menu_and_the_search(user)
    an_act_that_asks_no_permission_only_goes_somewhere_reads_or_writes_a_file(user)
    what_a_form_does_takes_just_what_it_asks_for(user)
    each_form_says_what_is_missing_and_keeps_what_is_typed(user)
    the_record_is_asked_again_whatever_tab_is_on_show(user)
    enter_opens_the_row_and_f6_goes_through_the_panes(user)
    whoever_may_change_nothing_is_offered_or_asked_nothing(user)


def test_no_act_can_be_pressed_before_its_page_was_read(qtbot: QtBot) -> None:
    for act in (*AWARDS.acts, *COPIES.acts):
        button = ActButton(act)
        qtbot.addWidget(button)
        assert button.isHidden(), act.words
