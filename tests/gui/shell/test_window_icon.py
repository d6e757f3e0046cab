"""The program's mark on the window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from gui.shell.window_icon import window_icon
from tests.gui.looks import look_of


def test_the_mark_is_drawn_for_every_size_in_two_colours(qapp: QApplication) -> None:
    look = look_of(qapp)
    icon = window_icon(look)

    assert icon.availableSizes() == [QSize(16, 16), QSize(32, 32), QSize(64, 64)]
    drawn = icon.pixmap(64, 64).toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(64) for y in range(64)}
    assert {look.theme.accent.lower(), look.theme.on_accent.lower()} <= colours
