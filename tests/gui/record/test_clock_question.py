"""A clock that seems wrong is asked about once, as a record is opened."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.dialogs.confirm import ConfirmDialog
from gui.record.runner import InlineRunner
from models import clock
from tests.gui.conftest import Opens


@pytest.mark.parametrize(
    ("wrong", "why"), [(-3, "before the newest change"), (401, "401 days after the newest change")]
)
@pytest.mark.parametrize("is_right", [True, False])
def test_a_clock_that_is_doubted_is_asked_about_and_the_record_closed_where_it_is_wrong(
    opens: Opens,
    record_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    *,
    is_right: bool,
    wrong: int,
    why: str,
) -> None:
    def doubted(_now: datetime, newest: datetime) -> str:
        return clock.doubt(newest + timedelta(days=wrong), newest)

    monkeypatch.setattr("models.transactions.doubt", doubted)
    window = opens(InlineRunner(), record_path)

    (dialog,) = window.main.findChildren(ConfirmDialog)
    assert why in dialog.accessibleDescription()
    if is_right:
        dialog.try_action()
    else:
        dialog.reject()

    qtbot.waitUntil(lambda: (window.workspace.facts is not None) is is_right)
