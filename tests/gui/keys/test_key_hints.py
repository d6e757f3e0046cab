"""Hints that name a key follow the key map, so that none names a key that does nothing."""

from PySide6.QtGui import QKeySequence

from gui.app import Window
from gui.pages.panel.meeting.page import MeetingPage
from gui.pages.panel.scoring.page import ScoringPage


def test_the_hints_of_the_pages_follow_a_key_that_was_changed(opened: Window) -> None:
    keys = opened.main.actions_by_name.keys
    scoring, meeting = (opened.main.pages.page(key) for key in ("scoring", "meeting"))
    assert isinstance(scoring, ScoringPage)
    assert isinstance(meeting, MeetingPage)
    footer = scoring.form.footer
    assert footer.next.toolTip() == "Save and go to the next application (Ctrl+Enter)"
    assert footer.skip.toolTip() == "Come back to it at the end (Ctrl+Shift+Enter)"
    assert meeting.buttons.next.toolTip() == "Ctrl+Enter"

    keys.choose("page_next", QKeySequence("Ctrl+J"))
    keys.choose("page_skip", QKeySequence())

    assert footer.next.toolTip() == "Save and go to the next application (Ctrl+J)"
    assert footer.skip.toolTip() == "Come back to it at the end"
    assert meeting.buttons.next.toolTip() == "Ctrl+J"
    keys.reset_all()
    assert meeting.buttons.next.toolTip() == "Ctrl+Enter"


def test_the_filter_and_the_projector_name_their_keys(opened: Window) -> None:
    keys, page = opened.main.actions_by_name.keys, opened.main.ranking
    assert page.filters.words.toolTip() == "Filter by reference, applicant or project (Ctrl+F)"

    keys.choose("find", QKeySequence("Ctrl+J"))
    keys.choose("projector", QKeySequence("F7"))

    assert page.filters.words.toolTip() == "Filter by reference, applicant or project (Ctrl+J)"
    assert page.projecting.button.toolTip() == "Show the list on the projector (F7)"
