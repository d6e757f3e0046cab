"""A clock that seems wrong is asked about once, as a record is opened."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.dialogs.confirm import ConfirmDialog
from gui.record.runner import InlineRunner
from tests.gui.conftest import Opens

WRONG = "The clock of this computer shows 1 January 2050."


@pytest.mark.parametrize("is_right", [True, False])
def test_a_clock_that_is_doubted_is_asked_about_and_the_record_closed_where_it_is_wrong(
    opens: Opens, record_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, *, is_right: bool
) -> None:
    monkeypatch.setattr("models.transactions.doubt", lambda *_: WRONG)
    window = opens(InlineRunner(), record_path)

    (dialog,) = window.main.findChildren(ConfirmDialog)
    assert WRONG in dialog.accessibleDescription()
    if is_right:
        dialog.try_action()
    else:
        dialog.reject()

    qtbot.waitUntil(lambda: (window.workspace.facts is not None) is is_right)
