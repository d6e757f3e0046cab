"""Every page drawn as a picture."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from gui.pages.papers.exports.page import ExportsPage
from gui.record.runner import InlineRunner
from gui.screenshots import FOLDER, OTHERS, draw
from gui.theme.look import Choice
from tests.gui.conftest import Opens

ALWAYS = {"overview", "ranking", "help", "person", "search", "stage", "import", "stages"}


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_sample, tmp_path))


@pytest.mark.painted
def test_the_sample_is_drawn_at_work_and_without_the_folder_it_lies_in(
    opens: Opens, sample: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.screenshots.LOOKS", (Choice.LIGHT,))
    save = QPixmap.save

    def save_little(picture: QPixmap, path: str) -> bool:
        """Write of all but one picture a corner: to press them takes as long as to draw them."""
        return save(picture if "ranking-" in path else picture.copy(0, 0, 1, 1), path)

    monkeypatch.setattr(QPixmap, "save", save_little)
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
