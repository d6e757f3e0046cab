"""Every page drawn as a picture, light and dark."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.pages.papers.exports.page import ExportsPage
from gui.record.runner import InlineRunner
from gui.screenshots import FOLDER, LOOKS, OTHERS, SIZE, draw
from gui.theme.look import Choice
from tests.gui.conftest import Opens

ALWAYS = {"overview", "ranking", "help", "person", "search", "stage", "import", "stages"}


@pytest.mark.painted
def test_every_page_is_drawn_dark_at_the_stated_size(
    opens: Opens, record_path: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.screenshots.LOOKS", (Choice.DARK,))
    first = tuple(scene for scene in OTHERS if scene.name in ALWAYS)
    monkeypatch.setattr("gui.screenshots.OTHERS", first)  # the rest is drawn light below
    window = opens(InlineRunner())
    names = {path.name for path in draw(qapp, window, record_path, tmp_path / "shots")}
    dark = QImage(str(tmp_path / "shots" / "ranking-dark.png"))

    assert LOOKS == (Choice.LIGHT, Choice.DARK)
    assert {f"{page}-dark.png" for page in window.main.tools.pages | ALWAYS} <= names
    assert (dark.width(), dark.height()) == SIZE
    assert dark.pixelColor(300, 740).lightness() < 60


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_sample, tmp_path))


def test_the_window_opens_on_the_round_that_was_set_up_last(opens: Opens, sample: Path) -> None:
    window = opens(InlineRunner())
    window.controller.open(sample)
    place = window.controller.rounds.place

    assert place is not None
    assert [line.name for line in window.controller.rounds.lines] == [
        "Autumn round",
        "Round 2",
        "Small grants",
        "Awards without a competition",
        "Awards without a competition",
    ]
    assert place.line.name == "Round 2"


@pytest.mark.painted
def test_the_sample_is_drawn_at_work_and_without_the_folder_it_lies_in(
    opens: Opens, sample: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.screenshots.LOOKS", (Choice.LIGHT,))
    window = opens(InlineRunner())
    exports = window.main.pages.page("exports")
    assert isinstance(exports, ExportsPage)
    shown: list[str] = []
    papers = exports.choices.papers
    papers.changed.connect(lambda: shown.append(str(papers.folder or "")))
    names = {path.name for path in draw(qapp, window, sample, tmp_path / "shots")}

    for scene in OTHERS:
        assert f"{scene.name}-light.png" in names, scene.name
    assert {f"{page}-light.png" for page in window.main.tools.pages | ALWAYS} <= names
    light = QImage(str(tmp_path / "shots" / "ranking-light.png"))
    assert light.pixelColor(300, 740).lightness() > 200
    assert [folder for folder in shown if folder][-1] == str(FOLDER)
