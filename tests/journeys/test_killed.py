"""The power is cut while somebody types: at most one second of it is lost, and the rest is offered again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.pages.page import Identity
from gui.pages.panel.scoring.page import ScoringPage
from tests.gui.pages.panel.scoring.test_scoring_page import made_scoring_record  # noqa: F401  a fixture
from tests.journeys.acting.user import User

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
KEYS = 60
"""How many keys are typed before the end, one every 40 ms: without a pause of a second between them."""
LETTERS = "abcdefghij"
ROOT = Path(__file__).parents[2]


def type_and_kill(path: Path, home: Path) -> list[float]:
    """Type at a window of another process, kill it after so many keys; return when each was typed."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.acting.typist", str(path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    typed: list[float] = []
    for line in program.stdout:
        typed.append(float(line.split()[1]))
        if len(typed) == KEYS:
            break
    program.kill()
    program.wait()
    program.stdout.close()
    return typed


def test_a_killed_window_loses_at_most_a_second_of_typing(
    user: User,
    made_scoring_record: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = tmp_path / "scoring.panel"
    path.write_bytes(made_scoring_record.read_bytes())

    typed = type_and_kill(path, tmp_path)

    assert len(typed) == KEYS, "the window came to its end by itself"
    user.window.main.tools.settings.person = "Priya Nair"
    user.open(path)
    user.window.main.tools.use_as(Identity("Priya Nair", "chair", "NAIR"))
    user.press("Ctrl+5")
    page = user.page(ScoringPage)
    assert page.drafts.isVisible()
    user.click(page.drafts.use)
    assert page.form.open_box is not None
    kept = page.form.open_box.reason.text
    assert kept == (LETTERS * KEYS)[: len(kept)]
    lost = [at for at in typed[len(kept) :] if at < typed[-1] - 1.0]
    assert not lost, f"{len(lost)} keys older than a second are gone; {len(kept)} of {KEYS} were kept"
