"""A round that is not given as a whole to one says so in the place of what is worked out of it."""

from pathlib import Path

import pytest

from gui.pages.closed import ClosedPage
from gui.record.runner import InlineRunner
from tests.gui.conftest import Opens

WHY = "Something of this round is closed to you."


@pytest.fixture
def closed_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.shell.rounds.why_closed", lambda *_: WHY)


@pytest.mark.usefixtures("closed_in_part")
def test_a_round_read_in_part_closes_what_is_worked_out_of_it(opens: Opens, record_path: Path) -> None:
    main = opens(InlineRunner(), record_path).main

    main.tools.go("ranking")
    shown = main.pages.current
    assert isinstance(shown, ClosedPage)
    assert shown.accessibleDescription() == WHY
    assert not shown.empty.button.isVisible()
    assert main.tools.pages >= {"applications", "history"}
    main.tools.go("history")
    assert main.pages.key == "history"
