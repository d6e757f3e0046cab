"""The window draws with the letters that ship, alike on every computer; the computer's own are a choice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox

import resources
from gui.app import Window
from gui.pages.settings.page import SettingsPage
from gui.settings import Settings
from gui.theme.fonts import Lettering, rename, shipped_families
from gui.theme.look import Look
from tests.gui.lettering import FONTS, WIDE, draw_with

DRAWS = """
import os, sys, tempfile
from pathlib import Path
from gui.app import Window, application
from gui.record.runner import InlineRunner
from gui.settings import Settings
def draw(record, picture, fonts):
    os.environ["FONTCONFIG_FILE"] = fonts
    app = application()
    with tempfile.TemporaryDirectory() as kept:
        settings = Settings(Path(kept))
        settings.person = "Priya Nair"
        window = Window(app, InlineRunner(), settings)
        window.main.show()
        window.controller.open(record)
        window.main.tools.go("settings")
        for _ in range(4):
            app.processEvents()
        window.main.pages.grab().save(picture)
        window.workspace.finish(window.main.let_close)
for fonts in sys.argv[3:]:
    child = os.fork()
    if not child:
        try:
            draw(Path(sys.argv[1]), f"{sys.argv[2]}/{Path(fonts).name}.png", fonts)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Draws a page that shows no time and no folder, once for each computer: what it loads, it loads once."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system forks no processes")
def test_a_page_is_drawn_alike_whatever_fonts_the_computer_has(record_path: Path, tmp_path: Path) -> None:
    fonts = [FONTS / name for name in ("none.conf", "other.conf")]
    # A locale that the computer was told of and does not have would be told of by Qt, in place of the fonts.
    environment = {**os.environ, "PYTHONPATH": str(FONTS.parents[2]), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", DRAWS, str(record_path), str(tmp_path), *map(str, fonts)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    without, with_others = ((tmp_path / f"{one.name}.png").read_bytes() for one in fonts)
    assert without == with_others


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_all_figures_are_of_equal_width_in_the_letters_that_ship(window: Window, weight: int) -> None:
    font = window.look.font(13, weight)
    metrics = QFontMetricsF(font)

    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1
    assert QFontInfo(font).family() == shipped_families()[0]
    assert QFontInfo(font).bold() is (weight >= 600)


@pytest.mark.parametrize("letter", "−✓→⊘≤☐ĄŵਪŁ")
def test_every_letter_that_the_window_prints_ships(window: Window, letter: str) -> None:
    fonts = [QRawFont.fromFont(QFont(family)) for family in window.look.font().families()]

    assert any(font.supportsCharacter(ord(letter)) for font in fonts)


def test_a_family_that_ships_has_a_name_that_no_computer_has() -> None:
    font = resources.path("fonts/NotoSans-Regular.ttf").read_bytes()

    changed = bytearray(font)
    rename(changed)

    assert len(changed) == len(font)
    assert "Noto Sans".encode("utf-16-be") not in changed
    assert not {"Noto Sans", "DejaVu Sans", "Noto Sans Gurmukhi"} & set(shipped_families())
    assert set(shipped_families()) <= set(QFontDatabase.families())


def test_the_computers_own_letters_are_chosen_in_settings_and_kept(
    qapp: QApplication, settings: Settings, request: pytest.FixtureRequest
) -> None:
    draw_with(WIDE, qapp, settings)
    settings.lettering = Lettering.SHIPPED
    window: Window = request.getfixturevalue("window")
    window.main.tools.go("settings")
    page = window.main.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.letters.currentText() == "Grant Panel's own, Noto Sans"

    page.letters.activated.emit(1)

    assert QFontInfo(window.look.font()).family() == WIDE
    assert settings.lettering is Lettering.COMPUTER
    assert page.letters.currentText() == "The computer's own"
    page.letters.activated.emit(0)
    assert QFontInfo(page.says.font()).family() == shipped_families()[0]
    assert settings.lettering is Lettering.SHIPPED


def test_a_computer_that_names_no_real_family_draws_with_the_one_it_means(
    qapp: QApplication, settings: Settings
) -> None:
    draw_with(WIDE, qapp, settings)
    qapp.setFont(QFont("Sans Serif", 18))
    meant, size = QFontInfo(qapp.font()).family(), QFontInfo(qapp.font()).pixelSize()

    look = Look(qapp, lettering=Lettering.COMPUTER)

    assert meant not in ("", "Sans Serif")
    assert (size > 13, look.px(13)) == (True, size)
    assert QFontInfo(look.font()).family() == meant
    look.deleteLater()


def test_a_setting_that_nobody_wrote_means_the_letters_that_ship(settings: Settings) -> None:
    settings._store.keep("letters", "gothic")

    assert settings.lettering is Lettering.SHIPPED


def test_every_part_of_a_window_on_show_takes_another_text_size(window: Window) -> None:
    window.main.show()
    window.main.tools.go("settings")
    QApplication.processEvents()
    parts = [*window.main.findChildren(QComboBox), *window.main.findChildren(QCheckBox)]
    assert parts
    for percent in (200, 100):
        window.look.set_percent(percent)

        assert {part.font().pixelSize() for part in parts} == {window.look.px(13)}
