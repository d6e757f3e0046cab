"""Waiting: each kind of item is listed with what settles it, and an e-mail becomes an application."""

import tempfile
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from gui.app import Window
from gui.pages.applications.waiting import PAGE
from models.operations.applications.attachments import AttachFiles, put_attached
from models.operations.applications.placing import keep_change
from models.queries.applications.applications import applications
from models.queries.applications.attachments import attachments
from models.queries.applications.waiting import WAITING
from models.record import Opener, Record
from models.values.attachments import APPLICATION, ROUND, Subject, kept_file
from tests.exchange.messages import mail
from tests.gui.listed.page_user import PageUser, Uses
from tests.gui.pages.applications.conftest import OFFICER, make_office, row
from tests.gui.pressing import words_in

OF_ROUND, OF_FIRST = Subject(ROUND, 1), Subject(APPLICATION, 1, "S-001")
PLAN = b"a plan of the garden"
QUESTION = mail({"plan.jpg": PLAN}, words="Please help us to buy a bench.").as_bytes()
FILES = (
    (OF_ROUND, "Question.eml", "e-mail", QUESTION),
    (OF_ROUND, "plan.jpg", "not sorted", PLAN),
    (OF_ROUND, "left out.docx", "form", b"a form"),
    (OF_FIRST, "bench.pdf", "quote", b"a bench, 900 pounds"),
    (OF_FIRST, "accounts.pdf", "accounts", b"accounts"),
)
"""File 1 to 5: whose it is, its name, its kind and its bytes."""


def came_in(folder: Path) -> Path:
    """Make a record in which an item of each kind waits."""
    first = replace(row(1, None), answers=(("Column D", "We open at six."),))
    alike = replace(row(2, None), organisation="Group 1", project="Project 1")
    path = make_office(folder / "office.panel", first, alike)
    with Record.open(path, Opener("Priya Nair", "tests")) as record:
        for subject, name, kind, content in FILES:
            change = AttachFiles(**asdict(subject), files=(kept_file(name, content, kind),))
            record.perform_beside(change, partial(put_attached, contents=(content,)), OFFICER)
    return path


def waiting(at: Uses) -> PageUser:
    """Use the page where an item of each kind waits."""
    return at(PAGE, on=came_in(Path(tempfile.mkdtemp())))


def keys(user: PageUser) -> list[str]:
    return [one.key for one in user.view.table.rows]


def test_each_kind_is_listed_with_what_settles_it(at: Uses) -> None:
    user = waiting(at)

    assert {one.kind.code for one in user.view.table.rows} == {*WAITING}
    assert user.view.summary.text().startswith("1 e-mail gave no application, 1 form gave no application")
    for key, first in (
        ("1", "Make an application of this…"),
        ("2", "Make an application of this…"),
        ("3", "Make an application of this…"),
        ("4", "Read: no contacts, no bank details…"),
        ("5", "Read: no contacts, no bank details…"),
        ("S-001:Column D", "Give it a question…"),
        ("S-001+S-002", "Compare…"),
    ):
        user.pick(key)
        assert first in user.offered, key
        assert user.row.kind.keep in user.offered
        assert user.row.kind.note in user.said


@pytest.mark.parametrize("key", ["1", "2", "3", "4", "5", "S-001:Column D", "S-001+S-002"])
def test_an_item_is_kept_as_it_is_and_waits_again_once_that_is_undone(at: Uses, key: str) -> None:
    user = waiting(at)
    before = keys(user)

    user.pick(key).press(user.row.kind.keep)
    assert keys(user) == [one for one in before if one != key]

    user.undo()
    assert keys(user) == before


def test_an_e_mail_becomes_an_application_that_takes_its_files_along(at: Uses) -> None:
    user = waiting(at)
    user.pick("1").press("Make an application of this…")
    assert user.form["summary"].toPlainText() == "Please help us to buy a bench."

    user.fill(organisation="Bench Friends", amount_requested="900", area="Dudley").agree()

    with_it: list[tuple[str, ...]] = []
    new = Subject(APPLICATION, 1, "ACF-0001")
    user.workspace.ask(
        partial(attachments, subject=new), lambda found: with_it.append(tuple(one.name for one in found))
    )
    assert with_it == [("Question.eml", "plan.jpg")]
    rows: list[str] = []
    user.workspace.ask(
        partial(applications, round_id=1), lambda found: rows.extend(one.organisation for one in found)
    )
    assert rows == ["Group 1", "Group 1", "Bench Friends"]
    assert "1" not in keys(user)

    user.undo()
    assert keys(user)[:2] == ["1", "2"]


def test_an_e_mail_is_given_to_an_application_and_an_answer_to_a_question(at: Uses) -> None:
    user = waiting(at)
    user.pick("1").press("Give to an application…").fill(application="S-002 Group 1").agree()
    assert "1" not in keys(user)

    user.pick("S-001:Column D").press("Give it a question…")
    assert "We open at six." in user.asked
    user.fill(question="When do you open?").agree()
    assert "S-001:Column D" not in keys(user)

    user.pick("S-001+S-002").press("Compare…").press("Merge")
    assert "S-001+S-002" not in keys(user)


@pytest.mark.overview
def test_overview_asks_until_all_is_dealt_with_and_leads_to_the_list(window: Window, tmp_path: Path) -> None:
    window.controller.open(came_in(tmp_path))
    overview = window.main.pages.page("overview")
    task = next(one for one in overview.figures.tasks if "not dealt with" in words_in(one))
    assert "7 items that came in are not dealt with" in words_in(task)
    assert "1 e-mail gave no application, 1 form gave no application" in words_in(task).lower()

    task.button.click()

    page = window.main.pages.current
    assert page is not None
    assert page.key == "waiting"
    for one in (*page.answer.items,):
        window.workspace.perform(keep_change(1, one))
    window.main.actions_by_name["overview"].trigger()
    assert not any("not dealt with" in words_in(one) for one in overview.figures.tasks)
