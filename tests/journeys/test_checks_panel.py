"""What a stranger does with a stopwatch at the panel: import, interests, the meeting, what is said aloud."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from gui.pages.panel.declaring import DeclareDialog
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.page import PanelPage
from gui.pages.panel.scoring import form
from gui.shell.page_list import PAGES
from gui.theme.look import Choice
from models.queries.panel.meeting import meeting
from tests.gui.announcing import hear
from tests.gui.meeting_rounds import meeting_record
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.gui.theme.test_theme import contrast
from tests.journeys.acting.acf import start_round, take_in
from tests.journeys.acting.dialog_records import make_record
from tests.journeys.acting.sample import Panel
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CHAIR = ("Priya Nair", "chair")
PANEL_PAGES = ("overview", "applications", "criteria", "panel", "scoring", "meeting", "ranking", "decisions")
ONLY_THE_OFFICE = ("approve", "award")


@pytest.fixture
def scoring(user: User, made_scoring_record: Path, tmp_path: Path) -> User:  # noqa: F811
    """The chair at the round while it is scored."""
    path = tmp_path / "scoring.panel"
    path.write_bytes(made_scoring_record.read_bytes())
    user.open(path)
    user.be(*CHAIR)
    return user


@pytest.fixture
def at_meeting(user: User, tmp_path: Path) -> MeetingPage:
    """The chair at the meeting of three applications; Tom Hale stands aside on two."""
    user.open(meeting_record(tmp_path / "meeting.panel", "scoring", "meeting"))
    user.be(*CHAIR)
    user.press("Ctrl+6")
    return user.page(MeetingPage)


def test_a_matched_form_is_taken_in_again_by_keys_and_undone_with_one(user: User, office: Path) -> None:
    user.open(office)
    start_round(user, Panel("acf"), name="Autumn round")
    page = take_in(user, "acf-applications.xlsx")
    assert len(page.table.rows) == 40

    user.press("Ctrl+Z")

    assert not page.table.isVisible()
    user.press("Ctrl+2", "Space", "Space", *["Alt+N"] * 4)  # what was matched is remembered: a step less
    assert len(page.table.rows) == 40


def test_an_interest_is_declared_by_keys_and_search_finds_the_text_no_more(scoring: User) -> None:
    user = scoring
    user.be("Jo Adeyemi", "member")
    assert user.found_by_search("Whitmore") == []  # nothing opens before interests are declared

    user.press("Ctrl+4")
    press_tab_to(user, user.page(PanelPage).declare)
    user.press("Return")
    dialog = user.dialog(DeclareDialog)
    at = [line.reference for line in dialog.lines].index("W-003")
    user.press(*["Down"] * at, "N", "Right", "Right")
    press_tab_to(user, dialog.rest)
    user.press("Space")
    press_tab_to(user, dialog.detail)
    user.write("Sits on its board.")
    press_tab_to(user, dialog.do)
    user.press("Return")

    assert not user.has_dialog, dialog.problem.text()
    assert user.found_by_search("Whitmore") == []
    assert user.found_by_search("Safe routes") == []
    assert user.found_by_search("Bilston") == ["W-014  Bilston Boxing Futures"]


def press_tab_to(user: User, wanted: QWidget) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(40):
        if user.focused is wanted:
            return
        user.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def test_who_leaves_is_on_show_without_a_click(user: User, at_meeting: MeetingPage) -> None:
    assert at_meeting.state is not None
    words = " ".join(label.text() for label in at_meeting.findChildren(QLabel) if label.isVisible())

    assert "Tom Hale" in words


def test_a_mark_is_agreed_with_reason_and_dissent_by_keys(user: User, at_meeting: MeetingPage) -> None:
    assert at_meeting.state is not None
    reference = at_meeting.state.item.reference

    press_tab_to(user, at_meeting.matrix)
    user.press("Home", "4", "Tab")  # to its reason
    user.write("Three wards asked for it.")
    user.press("Tab", "Tab")  # past the tick that keeps the reason for the panel
    user.write("Okoro would give 5.")
    user.press("Ctrl+Return")

    rows = user.ask(partial(meeting, round_id=1)).rows.agreed
    row = next(row for row in rows if row.application == reference)
    assert (row.marks[0], row.reasons[0]) == (4, "Three wards asked for it.")
    assert row.dissent == "Okoro would give 5."


def test_the_total_is_said_after_a_mark(scoring: User, monkeypatch: pytest.MonkeyPatch) -> None:
    said = hear(monkeypatch, form)
    scoring.press("Ctrl+5", "4")

    scoring._qtbot.waitUntil(lambda: bool(said))
    first = said.pop()
    scoring.press("5")
    scoring._qtbot.waitUntil(lambda: bool(said))

    # 4 of 5 at a weight of 25, then 5 of 5 there
    assert first.startswith("Item 2 of 14: W-003"), "which sheet it is, as it comes on show"
    assert first.endswith("Total 20.00 of 25 marked, 100 in all.")
    assert said == ["Total 25.00 of 25 marked, 100 in all"]


def test_light_turns_dark_and_every_word_can_be_read(scoring: User) -> None:
    look = scoring.window.main.tools.look
    scoring.press("Ctrl+5")
    look.choose(Choice.DARK)
    QApplication.processEvents()

    palette = scoring.window.main.palette()
    ground = palette.color(QPalette.ColorRole.Window).name()
    for label in scoring.page(QWidget).findChildren(QLabel):
        if label.isVisible() and label.text():
            ink = label.palette().color(QPalette.ColorRole.WindowText).name()
            assert contrast(ink, ground) >= 4.5, (label.text(), ink, ground)


def test_no_panel_page_says_what_only_the_office_may(user: User, tmp_path: Path) -> None:
    user.open(make_record(tmp_path / "office.panel", "recommended", tmp_path))
    user.be(*CHAIR)
    keys = {entry.key: entry.key_sequence for entry in PAGES}
    for page in PANEL_PAGES:
        user.press(keys[page])
        assert user.window.main.pages.key == page
        found = [words for words in _words(user.page(QWidget)) if _is_the_offices(words)]
        assert not found, (page, found)


def _words(page: QWidget) -> list[str]:
    labels = [label.text() for label in page.findChildren(QLabel)]
    buttons = [button.text() for button in page.findChildren(QPushButton)]
    names = [widget.accessibleName() for widget in page.findChildren(QWidget)]
    return [*labels, *buttons, *names, *(widget.toolTip() for widget in page.findChildren(QWidget))]


def _is_the_offices(words: str) -> bool:
    return any(one in words.casefold() for one in ONLY_THE_OFFICE)
