"""Every page drawn as a picture, light and dark."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.runner import InlineRunner
from gui.screenshots import SIZE, draw
from tests.gui.conftest import Opens


def test_every_page_is_drawn_light_and_dark_at_the_stated_size(
    opens: Opens, record_path: Path, tmp_path: Path, qapp: QApplication
) -> None:
    window = opens(InlineRunner())
    written = draw(qapp, window, record_path, tmp_path / "shots")
    names = {path.name for path in written}
    light = QImage(str(tmp_path / "shots" / "ranking-light.png"))
    dark = QImage(str(tmp_path / "shots" / "ranking-dark.png"))

    for page in window.main.tools.pages | {
        "overview",
        "ranking",
        "help",
        "person",
        "search",
        "stage",
        "import",
    }:
        assert {f"{page}-light.png", f"{page}-dark.png"} <= names
    assert (light.width(), light.height()) == SIZE
    assert light.pixelColor(300, 740).lightness() > 200 > 60 > dark.pixelColor(300, 740).lightness()
