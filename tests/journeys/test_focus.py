"""Going to a page by its key puts the focus into it, however late its content comes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.page import Identity
from gui.shell.page_list import PAGES
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.journeys.acting.dialog_records import make_record
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
KEYS = [(entry.key, entry.key_sequence) for entry in PAGES if entry.key_sequence and entry.roles is None]


@pytest.mark.parametrize(("key", "keys"), [*KEYS, ("panel", "Ctrl+4"), ("scoring", "Ctrl+5")])
def test_a_page_that_is_gone_to_has_the_focus(
    user: User,
    made_scoring_record: Path,  # noqa: F811
    tmp_path: Path,
    key: str,
    keys: str,
) -> None:
    stage = "scoring" if key == "scoring" else "recommended"
    user.open(make_record(tmp_path / "office.panel", stage, made_scoring_record))
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.window.main.resize(1920, 1000)  # room for the guide beside a page that is not in tabs
    user.press("F1", keys)

    focused = QApplication.focusWidget()

    assert user.window.main.pages.key == key
    assert focused is not None
    assert focused.isVisible()
    assert user.page(QWidget).isAncestorOf(focused)
